//! Short values that identify by what they are beside: the last four of a card by its
//! kind, the plate of a British car.

use std::ops::Range;

use crate::deid::detect::units::{is_price, is_quantity};
use crate::deid::detect::value::is_year;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Words, words};

/// What cards are called after those who issue them.
const ISSUERS: Words = words!["amex", "maestro", "mastercard", "visa"];

/// Whether token `i` is four digits that a card ends with: `your visa [7718]`, `the
/// first card was [2281], the new one [9904]`.
pub(super) fn is_of_card(turn: &DocTurn<'_>, i: usize) -> bool {
    const DIGITS: usize = 4;
    const LINKS: Words = words!["card", "ending", "in", "is", "was", ":", "*", "x"];
    // What is owed on a card, or won with it.
    const SUMS: Words = words![
        "balance", "charge", "charged", "fee", "limit", "miles", "owe", "owed", "paid", "pay",
        "payment", "points", "spent", "total",
    ];
    let token = &turn.tokens[i];
    if token.kind != TokenKind::Number || turn.word(i).len() != DIGITS || is_year(turn.word(i)) {
        return false;
    }
    let links = (0..i)
        .rev()
        .take_while(|&k| turn.is_of(k, LINKS) || turn.word(k) == ":");
    let linked = links.count();
    let Some(before) = i.checked_sub(linked + 1) else {
        return false;
    };
    let said = |k: usize| turn.is_of(k, words!["card"]);
    let card = (before + 1..i).any(said) && linked > 1 && !turn.is_of(i - 1, words!["card"]);
    // `the first card was 2281, the new one [9904]`
    let other = turn.is_of(before, words!["one"])
        && (0..before).any(|k| {
            said(k)
                && (k + 1..before).any(|n| {
                    turn.word(n).len() == DIGITS && turn.tokens[n].kind == TokenKind::Number
                })
        });
    let sum = || (0..turn.tokens.len()).any(|k| turn.is_of(k, SUMS));
    let span = &token.span;
    (turn.is_of(before, ISSUERS) || (card || other) && !turn.word(i).ends_with("00") && !sum())
        && !is_quantity(turn.text, span.end)
        && !is_price(turn.text, span.start)
}

/// The plate of a British car that begins at token `i`: two letters and two digits in one
/// piece, and three letters, `[KD21 XVR]`.
pub(super) fn plate(turn: &DocTurn<'_>, i: usize) -> Option<Range<usize>> {
    const LETTERS: usize = 3;
    let (letters, digits, rest) = (i, i + 1, i + 2);
    if rest >= turn.tokens.len() || turn.word(letters).len() != 2 || turn.word(digits).len() != 2 {
        return None;
    }
    let spans = [letters, digits, rest].map(|k| turn.tokens[k].span.clone());
    let kinds = [TokenKind::Word, TokenKind::Number, TokenKind::Word];
    let shaped = (0..3).all(|k| turn.tokens[i + k].kind == kinds[k])
        && spans[0].end == spans[1].start
        && spans[1].end + 1 == spans[2].start
        && turn.word(rest).len() == LETTERS;
    if !shaped {
        return None;
    }
    let year: u8 = turn.word(digits).parse().ok()?;
    // What cells are told by, which letters follow: `CD19 CAR`.
    let marker = turn.is_of(letters, words!["ca", "cd", "cv", "hb", "ph"]);
    let text = (turn.word(letters), turn.word(rest));
    let capitals = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase());
    let spoken = |word: &str| word.bytes().any(|b| b"aeiouyAEIOUY".contains(&b));
    let written = capitals(text.0) && capitals(text.1) || !spoken(text.1);
    let apart = i == 0 || turn.tokens[i - 1].span.end < spans[0].start;
    (matches!(year, 2..=29 | 51..=79) && !marker && written && apart)
        .then_some(spans[0].start..spans[2].end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Role, TurnKind};

    fn cards(text: &str) -> Vec<&str> {
        let turn = DocTurn::cut(Role::User, TurnKind::Speech, text);
        let found = (0..turn.tokens.len()).filter(|&i| is_of_card(&turn, i));
        found.map(|i| &text[turn.tokens[i].span.clone()]).collect()
    }

    fn plates(text: &str) -> Vec<&str> {
        let turn = DocTurn::cut(Role::User, TurnKind::Speech, text);
        let found = (0..turn.tokens.len()).filter_map(|i| plate(&turn, i));
        found.map(|span| &text[span]).collect()
    }

    #[test]
    fn cards_are_told_by_their_issuer() {
        assert_eq!(cards("refunded 12.50 to your visa 6618"), ["6618"]);
        assert_eq!(
            cards("the old card was 4471, the new one 8803"),
            ["4471", "8803"]
        );
        for text in [
            "a visa 2024 rule",
            "the visa 1200 dollars limit",
            "the balance on the card was 4471",
            "this one 8803",
        ] {
            assert_eq!(cards(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn plates_are_told_by_their_shape() {
        assert_eq!(plates("6.1 m, KD21 XVR"), ["KD21 XVR"]);
        assert_eq!(plates("it's wn19 pls blue"), ["wn19 pls"]);
        for text in ["CD19 CAR therapy", "at KT40 XVR", "in21 day", "mg20 the"] {
            assert_eq!(plates(text), [""; 0], "{text}");
        }
    }
}
