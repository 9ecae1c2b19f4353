//! Codes of which a part was found and more is said right beside it: numbers,
//! letters, marks, and words that sound as numbers do between them.

use std::ops::Range;

use crate::deid::detect::expect::talk::{is_pause, number};
use crate::deid::detect::units::is_quantity;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::spoken::digits_at;
use crate::deid::word::{Words, words};

/// Most tokens that a code goes on for, to either side.
const MOST: usize = 24;

/// The tokens of the code of which `found` are a part.
pub(super) fn code(turn: &DocTurn<'_>, found: &Range<usize>) -> Range<usize> {
    let start = before(turn, found.start);
    let end = after(turn, found.end);
    start..end
}

/// One past the code that ends with token `end` at least.
fn after(turn: &DocTurn<'_>, end: usize) -> usize {
    let mut last = end;
    let mut at = end;
    while at < turn.tokens.len() && at - end < MOST && !is_pause(turn, at) {
        match piece(turn, at) {
            Piece::Code => last = at + 1,
            Piece::Joint => {}
            Piece::Homophone if ends_as_number(turn, at) => last = at + 1,
            Piece::Homophone => {}
            Piece::Other => break,
        }
        at += 1;
    }
    let quantity = last > end && is_quantity(turn.text, turn.tokens[last - 1].span.end);
    if quantity { end } else { last }
}

/// Whether token `i`, which sounds as a number does, ends a code: a preposition
/// has something after it (`nine two [for]`, but `nine two for my mother`).
fn ends_as_number(turn: &DocTurn<'_>, i: usize) -> bool {
    const TAILS: Words = words![
        "as", "correct", "did", "has", "hmm", "if", "is", "no", "okay", "scratch", "sorry", "wait",
        "was",
    ];
    let preposition = turn.is_of(i, words!["for", "to"]);
    let tail = |at: usize| {
        at >= turn.tokens.len() || turn.tokens[at].kind == TokenKind::Mark || turn.is_of(at, TAILS)
    };
    if preposition {
        tail(i + 1) || turn.is_of(i + 1, words!["oh"]) && turn.is_of(i + 2, words!["hang", "no"])
    } else {
        turn.is_of(i, words!["too", "ate"]) && ends(turn, i + 1)
    }
}

/// Words that sound as a number does and may begin a code.
const OPENING: Words = words!["ate", "for", "to", "too", "won"];

/// The first token of the code that begins with token `start` at most.
fn before(turn: &DocTurn<'_>, start: usize) -> usize {
    let mut first = start;
    for at in (start.saturating_sub(MOST)..start).rev() {
        match piece(turn, at) {
            Piece::Code => first = at,
            Piece::Homophone if turn.is_of(at, OPENING) && opens(turn, at) => {
                first = at;
            }
            Piece::Joint | Piece::Homophone => {}
            Piece::Other => break,
        }
    }
    first
}

/// Whether the turn ends before token `i`, or a mark or a tail stands there.
fn ends(turn: &DocTurn<'_>, i: usize) -> bool {
    i >= turn.tokens.len()
        || turn.tokens[i].kind == TokenKind::Mark
        || turn.is_of(
            i,
            words![
                "if", "is", "correct", "right", "let", "i'm", "hmm", "no", "wait", "sorry"
            ],
        )
}

/// Whether a code may begin with token `i`, which sounds as a number does.
fn opens(turn: &DocTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        "card", "code", "digits", "here", "id", "in", "is", "it's", "mrn", "no", "number", "okay",
        "order", "pin", "plate", "security", "serial", "social", "that's", "yeah", ",",
    ];
    i == 0 || turn.is_of(i - 1, BEFORE)
}

/// Whether the `a` or `i` at token `i` begins a code of letters and digits: it is
/// a word of grammar where something is had or is like it.
fn opens_as_letter(turn: &DocTurn<'_>, i: usize) -> bool {
    const NOT: Words = words![
        "about", "am", "and", "at", "be", "but", "did", "do", "for", "gave", "get", "give", "got",
        "had", "has", "have", "if", "just", "like", "need", "of", "on", "so", "take", "that",
        "then", "to", "took", "want", "when", "with"
    ];
    i == 0 || !turn.is_of(i - 1, NOT)
}

/// Words that sound as a number does, and the `so` that fills a pause.
const HOMOPHONES: Words = words!["ate", "for", "so", "to", "too", "won"];

/// What a token is beside a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A number, a letter.
    Code,
    /// A mark, a mark's name or a hesitation, which may join two of them.
    Joint,
    /// A word that sounds as a number does, between two of them.
    Homophone,
    /// Another word.
    Other,
}

fn piece(turn: &DocTurn<'_>, i: usize) -> Piece {
    const JOINTS: Words = words![
        "colon",
        "dash",
        "dot",
        "hyphen",
        "plus",
        "slash",
        "uh",
        "um",
        "underscore"
    ];
    let word = turn.word(i);
    let one = turn.tokens[i].span.len() == 1;
    let said = number(turn, i) && (turn.tokens[i].kind == TokenKind::Word || one);
    let letter = one && turn.tokens[i].kind == TokenKind::Word;
    let told = is_telling(turn, i + 2) || is_telling(turn, i + 3);
    let pronoun = words!["a", "i"].lists(word) && !told && !is_beside_piece(turn, i);
    let many = words!["double", "triple"];
    let multiplied = i > 0 && turn.is_of(i - 1, many) && HOMOPHONES.lists(word);
    let multiplies = many.lists(word)
        && (is_beside_piece(turn, i) || i + 1 < turn.tokens.len() && turn.is_of(i + 1, HOMOPHONES));
    if said
        || letter && !pronoun
        || words!["zero"].lists(word)
        || multiplied
        || multiplies
        || words!["oh"].lists(word) && is_beside_piece(turn, i)
        || words!["hundred"].lists(word)
            && i > 0
            && (is_beside_piece(turn, i) || i > 1 && number(turn, i - 1) && number(turn, i - 2))
        || is_telling(turn, i)
    {
        Piece::Code
    } else if JOINTS.lists(word)
        || words!["like", "in"].lists(word) && is_telling(turn, i + 1)
        || words!["as"].lists(word) && is_telling(turn, i + 2)
        || matches!(word, "-" | "." | ",")
        || is_doubt(turn, i)
        || words!["then"].lists(word)
            && (number(turn, i + 1) || turn.is_of(i + 1, words!["so", "uh", "um"]))
    {
        Piece::Joint
    } else if HOMOPHONES.lists(word) {
        Piece::Homophone
    } else {
        Piece::Other
    }
}

/// Whether token `i` is said of a digit that may be another: `8 [or a] 3 2 2 7`.
fn is_doubt(turn: &DocTurn<'_>, i: usize) -> bool {
    let digit = |i: usize| digits_at(turn, i) == 1;
    let or = |i: usize| {
        i > 0
            && turn.is_of(i, words!["or"])
            && turn.is_of(i + 1, words!["a", "an"])
            && digit(i - 1)
            && digit(i + 2)
    };
    or(i) || i > 0 && or(i - 1)
}

/// Whether token `i` tells the letter before it: `t as in [tom]`, `t like [tom]`.
fn is_telling(turn: &DocTurn<'_>, i: usize) -> bool {
    if i < 2 || i >= turn.tokens.len() || turn.tokens[i].span.len() < 2 {
        return false;
    }
    let letter = match turn.word(i - 1) {
        word if words!["for", "like"].lists(word) => i - 2,
        word if words!["in"].lists(word) && i > 2 && turn.is_of(i - 2, words!["as"]) => i - 3,
        _ => return false,
    };
    let first = turn.word(i).get(..1);
    turn.tokens[letter].span.len() == 1
        && first.is_some_and(|first| first.eq_ignore_ascii_case(turn.word(letter)))
}

/// Whether a number or a letter stands right before token `i`, and another
/// after it or nothing.
fn is_beside_piece(turn: &DocTurn<'_>, i: usize) -> bool {
    let pieced = |k: usize| {
        number(turn, k)
            || turn.tokens[k].kind == TokenKind::Word
                && turn.tokens[k].span.len() == 1
                && !turn.is_of(k, words!["i"])
            || turn.is_of(
                k,
                words![
                    "oh", "zero", "colon", "dash", "hyphen", "uh", "um", ".", "-"
                ],
            )
    };
    let before = i > 0 && pieced(i - 1);
    let after = i + 1 < turn.tokens.len() && pieced(i + 1);
    let later = after
        || i + 2 < turn.tokens.len()
            && turn.is_of(i + 1, words!["so", "double", "triple", ","])
            && (pieced(i + 2) || turn.is_of(i + 2, HOMOPHONES));
    before && (after || ends(turn, i + 1)) || later && opens_as_letter(turn, i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    /// What the code of which `found` is a part is in `text`.
    #[track_caller]
    fn check(text: &str, found: &str, expected: &str) {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let turn = &document.turns[0];
        let start = text.find(found).expect("said");
        let tokens = turn.tokens.partition_point(|t| t.span.end <= start)
            ..turn
                .tokens
                .partition_point(|t| t.span.start < start + found.len());
        let code = code(turn, &tokens);
        let said = &text[turn.tokens[code.start].span.start..turn.tokens[code.end - 1].span.end];
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn codes_go_on() {
        check("it's k l m for zero nine", "k l m", "k l m for zero nine");
        check(
            "it's k u to nine nine two",
            "nine nine two",
            "k u to nine nine two",
        );
        check(
            "four nine b colon colon one, got it",
            "four nine b",
            "four nine b colon colon one",
        );
        check(
            "is nine two, fifty three eighty five still good",
            "nine two",
            "nine two, fifty three eighty five",
        );
        check(
            "forty five uh hundred.",
            "forty five",
            "forty five uh hundred",
        );
        check("it's a . 3 . 7", "3 . 7", "a . 3 . 7");
        check(
            "is p for papa 7 u like uniform 9",
            "7 u",
            "p for papa 7 u like uniform 9",
        );
        check("two two seven ate.", "two two seven", "two two seven ate");
        check("it's to four nine six", "four nine six", "to four nine six");
        check("nine double to seven", "seven", "nine double to seven");
        check("it ends twenty one for", "twenty one", "twenty one for");
        check(
            "it's twenty one for is that right",
            "twenty one",
            "twenty one for",
        );
        check(
            "found it a n double four two",
            "four two",
            "a n double four two",
        );
        check("the dea, a, a, 8, 9", "8, 9", "a, a, 8, 9");
        check(
            "stored as i so n v dash seven",
            "n v",
            "i so n v dash seven",
        );
        check(
            "four three then so forty five",
            "four three",
            "four three then so forty five",
        );
        check("it's two triple for.", "two", "two triple for");
        check("a like apple 7 2", "7 2", "a like apple 7 2");
        check(
            "five six then eight ate then four five",
            "five six",
            "five six then eight ate then four five",
        );
    }

    #[test]
    fn sentences_do_not() {
        for text in [
            "k l nine for my mother",
            "k l nine to be sure",
            "k l nine one moment",
            "k l nine three days ago",
            "k l nine i think",
            "k l nine a letter came",
            "take two, k l nine",
        ] {
            let expected = if text.starts_with("take") {
                "two, k l nine"
            } else {
                "k l nine"
            };
            check(text, "k l nine", expected);
        }
    }
}
