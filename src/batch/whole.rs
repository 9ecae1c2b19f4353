//! What a batch de-identifies: closed conversations, each with what landed of
//! it before.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Context;
use super::index::First;
use crate::assemble::{Closed, join};
use crate::config::resolved::Assemble;
use crate::domain::{ConversationRef, EpochMs, RawConversation, ResearchId};
use crate::seal::{KeyedDigest, LedgerKey};

/// How many times the caps on turns and bytes a conversation may reach by
/// going on after it was cut.
const LARGEST: usize = 4;

/// Conversations that go on and first landed within the same ten minutes have
/// one sealed state, in milliseconds.
const PERIOD_MS: i64 = 600_000;

/// The period in which a conversation that goes on first landed: those of one
/// period share a file, and its timer.
#[must_use]
pub const fn period(first: EpochMs) -> i64 {
    first.0.div_euclid(PERIOD_MS)
}

/// What is known of a conversation that landed and may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Its id in research.
    pub id: ResearchId,
    /// Where its first part landed.
    pub first: First,
}

/// Conversations that landed before, by subject, as they came.
pub type Recalled = HashMap<KeyedDigest, (Earlier, RawConversation)>;

/// The digest of a conversation's source id.
#[must_use]
pub fn subject(ledger_key: &LedgerKey, conversation: &ConversationRef) -> KeyedDigest {
    ledger_key.digest("conversation", conversation.expose().as_bytes())
}

/// One conversation of a batch.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    pub(super) subject: KeyedDigest,
    pub(super) conversation: Cow<'a, RawConversation>,
    /// Records that the slot's draft counts as committed.
    pub(super) records: u64,
    pub(super) earlier: Option<Earlier>,
}

/// The conversations of `closed`, in the order of their first records. One
/// that was closed twice, or that landed before, is one; when it grows beyond
/// all bounds, what follows is another, which is told what was known.
pub(super) fn wholes<'a>(
    closed: &'a [Closed],
    recalled: &Recalled,
    context: &Context<'_>,
) -> Vec<Whole<'a>> {
    let mut by_subject: HashMap<KeyedDigest, usize> = HashMap::new();
    let mut out: Vec<Whole<'a>> = Vec::with_capacity(closed.len());
    for closed in closed {
        let subject = subject(context.ledger_key, &closed.conversation.conversation);
        let own = by_subject.get(&subject).map(|i| &mut out[*i]);
        let whole = match own {
            Some(own) => {
                let before = own.conversation.clone().into_owned();
                match go_on(before, closed, context.assemble) {
                    Next::Joined(joined) => {
                        own.conversation = Cow::Owned(joined);
                        own.records += records(closed);
                        continue;
                    }
                    Next::Another(another) => Whole::new(subject, Cow::Owned(another), closed),
                }
            }
            None => first(subject, closed, recalled, context.assemble),
        };
        by_subject.insert(subject, out.len());
        out.push(whole);
    }
    out
}

impl<'a> Whole<'a> {
    fn new(subject: KeyedDigest, conversation: Cow<'a, RawConversation>, closed: &Closed) -> Self {
        Self {
            subject,
            conversation,
            records: records(closed),
            earlier: None,
        }
    }
}

/// A conversation that the batch meets for the first time.
fn first<'a>(
    subject: KeyedDigest,
    closed: &'a Closed,
    recalled: &Recalled,
    caps: &Assemble,
) -> Whole<'a> {
    let Some((earlier, before)) = recalled.get(&subject) else {
        return Whole::new(subject, Cow::Borrowed(&closed.conversation), closed);
    };
    match go_on(before.clone(), closed, caps) {
        Next::Joined(joined) => Whole {
            earlier: Some(*earlier),
            ..Whole::new(subject, Cow::Owned(joined), closed)
        },
        Next::Another(another) => Whole::new(subject, Cow::Owned(another), closed),
    }
}

/// What becomes of a conversation of which more came.
enum Next {
    /// It is one with what was before.
    Joined(RawConversation),
    /// It is another.
    Another(RawConversation),
}

/// `before` and `closed` as one; when that is too long, `closed` alone, which
/// then knows what was known before.
fn go_on(before: RawConversation, closed: &Closed, caps: &Assemble) -> Next {
    let joined = join(before, closed);
    if !is_too_long(&joined, caps) {
        return Next::Joined(joined);
    }
    Next::Another(RawConversation {
        known: joined.known,
        provenance: joined.provenance,
        incomplete: true,
        ..closed.conversation.clone()
    })
}

fn is_too_long(conversation: &RawConversation, caps: &Assemble) -> bool {
    let texts = conversation.turns.iter().map(|t| t.text.expose().len());
    conversation.turns.len() > LARGEST.saturating_mul(caps.max_turns)
        || texts.sum::<usize>() > LARGEST.saturating_mul(caps.max_bytes)
}

fn records(closed: &Closed) -> u64 {
    closed.offsets.len() as u64 - closed.superseded
}
