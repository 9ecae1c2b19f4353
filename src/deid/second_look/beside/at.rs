//! `at` before what was removed of a handle: `the user name is at [ID_1]`.

use super::super::atom::Line;
use super::super::clause::breaks_off;
use super::number::is_copula;
use crate::domain::Category;

/// What a handle is called stands at most this many atoms before it.
const CUE_WITHIN: usize = 8;

/// `okay at [ID_1], correct`, `my login is at [PERSON_1] [ID_1]`: whether `at` before
/// the replacement at `i` is the sign of a handle, and no preposition: what stands
/// before it is no verb, and nobody is anywhere `at` a code.
pub(super) fn is_handle(line: &Line, category: Category, i: usize) -> bool {
    if line.word_before(i) != "at" {
        return false;
    }
    let at = i - 1;
    match category {
        Category::OtherId | Category::Secret => {
            is_handed_over(line, at) && breaks_off(line, slots_end(line, i)) || is_told(line, at)
        }
        // `it's at [PERSON_2] [ID_5]`
        Category::Person => {
            let parted = line.is_slot_of(i + 1, Category::OtherId);
            is_told(line, at) || parted && is_handed_over(line, at)
        }
        Category::City => line.is_slot_of(i + 1, Category::Person) && is_called(line, at),
        _ => false,
    }
}

/// One past the replacements that begin at `i`.
fn slots_end(line: &Line, i: usize) -> usize {
    (i..line.atoms.len())
        .find(|&end| !line.is_slot(end))
        .unwrap_or(line.atoms.len())
}

/// Whether a value may begin at `at`: the turn does, or what people say before they
/// repeat or mend one.
fn is_handed_over(line: &Line, at: usize) -> bool {
    at == 0
        || matches!(
            line.word(at - 1),
            "okay"
                | "ok"
                | "no"
                | "wait"
                | "sorry"
                | "actually"
                | "yes"
                | "yeah"
                | "it's"
                | "is"
                | "be"
                | "and"
                | "as"
        )
        || line.mark(at - 1) == Some(',') && at > 1 && is_handed_over(line, at - 1)
}

/// Whether a handle is said to be what begins at `at`: `the handle i was given was at`.
fn is_told(line: &Line, at: usize) -> bool {
    at > 0 && is_copula(line.word(at - 1)) && is_called(line, at)
}

/// Whether a word for a handle stands near before `at`.
fn is_called(line: &Line, at: usize) -> bool {
    let handle = |j: usize| {
        matches!(
            line.word(j),
            "handle" | "username" | "login" | "instagram" | "twitter" | "tiktok" | "userid"
        ) || matches!(line.word(j), "user" | "screen" | "account")
            && matches!(line.word(j + 1), "name" | "id")
    };
    (at.saturating_sub(CUE_WITHIN)..at).any(handle)
}
