//! The language gate: the engine judges English and nothing else, so a
//! conversation with a part in another language or script is held back.
//!
//! Method: every word votes. Frequent words of another language raise that
//! language's score, frequent English words lower it, and the score of the
//! best stretch so far is kept per speaker (Kadane's maximum subarray). A
//! stretch that collects about three unmistakable words in one sentence is
//! foreign, wherever it stands. One pass, linear.

mod chunk;
mod script;
pub(crate) mod table;
mod tally;
mod words;

use crate::domain::{RawConversation, Role, TurnKind};
use tally::Tally;
use words::{Tongue, tongue};

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// English, or too little text to be anything: the engine may judge it.
    English,
    /// All or a part of it is in another language or script.
    Unsupported,
}

/// Judges `conversation`, part by part. A source that names a language other
/// than English is believed.
#[must_use]
pub fn judge(conversation: &RawConversation) -> Verdict {
    judge_rest(conversation, |_| false)
}

/// [`judge`], where `is_english` tells turns of which it is known that all
/// their words are [`is_english`]: in most of what is said they are, and most
/// of the work is to look at each again.
#[must_use]
pub(crate) fn judge_rest(
    conversation: &RawConversation,
    is_english: impl Fn(usize) -> bool,
) -> Verdict {
    let declared = conversation.language.as_ref().map(|tag| tag.expose());
    let foreign = declared.is_some_and(|tag| names_another_language(tag));
    if foreign || foreign_turn(conversation, is_english).is_some() {
        Verdict::Unsupported
    } else {
        Verdict::English
    }
}

/// The first turn by which a stretch in another language or script is
/// certain; `None` when all turns are English.
#[must_use]
pub fn unsupported_turn(conversation: &RawConversation) -> Option<usize> {
    foreign_turn(conversation, |_| false)
}

/// [`unsupported_turn`], where `is_english` tells turns of which it is known
/// that all their words are [`is_english`].
fn foreign_turn(
    conversation: &RawConversation,
    is_english: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut tallies: [Tally; ROLES] = Default::default();
    let mut lower = String::new();
    conversation
        .turns
        .iter()
        .enumerate()
        .position(|(at, turn)| {
            let tally = &mut tallies[index_of(turn.role)];
            if turn.kind == TurnKind::Dtmf || tally.is_idle() && is_english(at) {
                return false;
            }
            tally.is_foreign_after(turn, &mut lower)
        })
}

/// The words of which [`is_english`] is true.
pub(crate) fn english() -> impl Iterator<Item = &'static str> {
    words::english().filter(|word| is_english(word))
}

/// Whether `word`, in lower case, is one that the gate takes for English.
pub(crate) fn is_english(word: &str) -> bool {
    matches!(
        tongue(word),
        Some(Tongue::English | Tongue::Vocabulary | Tongue::Shared)
    )
}

/// Whether an IETF tag names a language other than English; `und`, `mul` and
/// what is no tag name none.
fn names_another_language(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    let is_tag = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let open = ["en", "eng", "und", "mul", "zxx", "mis"];
    is_tag && !open.iter().any(|t| primary.eq_ignore_ascii_case(t))
}

const ROLES: usize = 5;

const fn index_of(role: Role) -> usize {
    match role {
        Role::Agent => 0,
        Role::User => 1,
        Role::Tool => 2,
        Role::System => 3,
        Role::Other => 4,
    }
}

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;
