//! Addresses of which the recogniser heard a part: `sixty [inaudible] road`.

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Words, words};

use super::street::{LONGEST_PART, is_kind};
use super::talk::{number, word};

/// What a recogniser writes for what it did not understand.
pub(super) const UNHEARD: Words = words!["inaudible", "unintelligible"];

/// The address in `turn` of which the recogniser heard a number and not the
/// street: `my address is sixty [inaudible]`. It was `asked` for, or is named.
pub(super) fn beside(turn: &DocTurn<'_>, asked: bool) -> Option<Range<usize>> {
    const NEAR: usize = 24;
    if !(turn.text.contains("naudible") || turn.text.contains("nintelligible")) {
        return None;
    }
    let gap = (1..turn.tokens.len())
        .find(|&i| turn.is_of(i, UNHEARD) && number_before(turn, i).is_some())?;
    let start = number_before(turn, gap)?;
    let named = (start.saturating_sub(NEAR)..start).any(|i| turn.is_of(i, words!["address"]));
    let after = past_marks(turn, gap + 1);
    let kind = is_kind(turn.key(after));
    let town = kind && turn.is_of(after + 1, words!["in"]) && !word(turn, after + 2).is_empty();
    let end = if kind {
        after + 1 + 2 * usize::from(town)
    } else {
        gap
    };
    ((asked || named) && (kind || gap - start <= LONGEST_PART)).then(|| {
        let last = (start..end)
            .rev()
            .find(|&i| turn.tokens[i].kind != TokenKind::Mark);
        start..last.map_or(end, |last| last + 1)
    })
}

/// The first token of the number that is said right before token `i`, past
/// marks and hesitations.
fn number_before(turn: &DocTurn<'_>, i: usize) -> Option<usize> {
    let passed =
        |k: usize| turn.tokens[k].kind == TokenKind::Mark || turn.is_of(k, words!["um", "uh"]);
    let last = (0..i)
        .rev()
        .find(|&k| !passed(k))
        .filter(|&k| number(turn, k))?;
    (0..=last).rev().take_while(|&k| number(turn, k)).last()
}

/// The first token from `i` on that is no mark.
fn past_marks(turn: &DocTurn<'_>, i: usize) -> usize {
    let mark = |k: &usize| turn.tokens[*k].kind == TokenKind::Mark;
    (i..turn.tokens.len())
        .find(|k| !mark(k))
        .unwrap_or(turn.tokens.len())
}

#[cfg(test)]
mod tests {
    use super::super::address::tests::check;
    use crate::domain::Role::{Agent, User};

    #[test]
    fn numbers_beside_what_was_not_heard_are_addresses() {
        check(
            &[(User, "my address is, uh, forty nine [inaudible].")],
            &["forty nine"],
        );
        let asked = [
            (Agent, "and your home address?"),
            (User, "um, nine two, [inaudible] lane in Odra."),
        ];
        check(&asked, &["nine two, [inaudible] lane in Odra"]);
        check(&[(User, "i took forty [inaudible] then")], &[]);
    }
}
