//! Addresses said in parts, as an answer: `three three seven`, `lockkeeper
//! road`, `unit thirty two` (45 CFR 164.514(b)(2)(i)(B)).

use std::ops::Range;

use crate::deid::detect::units::is_unit;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::domain::{Category, Role};

use super::answer::is_murmured;
use super::is_other_side;
use super::talk::{is_one_of, number, says, word};

/// How many turns a request, or the last part, stays in mind.
const IN_MIND: usize = 4;

/// Most words of one part.
const LONGEST_PART: usize = 10;

/// Longest turn, in tokens, that asks in passing.
const LONGEST_REQUEST: usize = 30;

/// What is being asked for or said.
struct Open {
    /// The turn of the request or of the last part.
    turn: usize,
    /// Who asked.
    asker: Role,
    /// A part was said already.
    begun: bool,
}

/// Adds the parts of addresses in `document` that were asked for to `out`.
pub(in crate::deid::detect) fn read(document: &Document<'_>, out: &mut Vec<Finding>) {
    let mut open: Option<Open> = None;
    for (index, turn) in document.turns.iter().enumerate() {
        open = open.filter(|open| index - open.turn <= IN_MIND);
        if let Some(open) = &mut open
            && (open.begun || is_other_side(open.asker, turn.role))
            && let Some(tokens) = part(turn)
        {
            out.push(finding(turn, index, tokens));
            open.turn = index;
            open.begun = true;
        } else if asks(turn) {
            open = Some(Open {
                turn: index,
                asker: turn.role,
                begun: false,
            });
        }
    }
}

/// Whether `turn` asks where somebody lives or where something goes.
fn asks(turn: &DocTurn<'_>) -> bool {
    const PHRASES: &[&str] = &[
        "where do you live",
        "where do you stay",
        "where do we send",
        "where do we ship",
        "where should we send",
        "where should we ship",
        "where should i send",
        "where do we mail",
        "where do we deliver",
        "where are you located",
        "street name",
        "house number",
        "street number",
    ];
    const OTHER: &[&str] = &[
        "email", "e-mail", "mail", "ip", "mac", "web", "website", "network", "hardware", "wallet",
        "internet",
    ];
    let address = |i: usize| {
        is_one_of(turn.word(i), &["address"])
            && !(i > 0 && is_one_of(turn.word(i - 1), OTHER))
            && !number(turn, i + 1)
    };
    let asked = |i: usize| address(i) || PHRASES.iter().any(|p| says(turn, i, p));
    turn.tokens.len() <= LONGEST_REQUEST && (0..turn.tokens.len()).any(asked)
}

/// The part of an address that `turn` is, what people murmur around it left
/// out: a number, a street, a unit.
fn part(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let aside = |i: usize| is_aside(turn, i);
    let start = (0..turn.tokens.len()).find(|&i| !aside(i) || number(turn, i))?;
    let end = (start..turn.tokens.len())
        .rev()
        .find(|&i| !aside(i) || number(turn, i))?
        + 1;
    let words = turn.tokens[start..end]
        .iter()
        .filter(|t| t.kind != TokenKind::Mark)
        .count();
    let plain = (start..end).all(|i| !is_sentence_word(turn.word(i)));
    let numbered = (start..end).all(|i| number(turn, i) || is_short(turn, i));
    let street = is_kind(turn.word(end - 1)) || (start..end).any(|i| is_inner_kind(turn, i, end));
    let unit = is_unit_word(turn.word(start)) && end > start + 1;
    (words <= LONGEST_PART
        && plain
        && (numbered && number(turn, start) || street && words > 1 || unit))
        .then_some(start..end)
}

/// Whether token `i` is no part of what is said around it.
fn is_aside(turn: &DocTurn<'_>, i: usize) -> bool {
    is_murmured(turn, i) && !is_one_of(turn.word(i), &["oh", "o"])
        || is_one_of(
            turn.word(i),
            &["know", "did", "get", "does", "be", "should", "would"],
        )
}

/// A letter, a mark, a word that is a number's part.
fn is_short(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.word(i).len() == 1
        || turn.tokens[i].kind == TokenKind::Mark
        || is_one_of(
            turn.word(i),
            &[
                "oh",
                "zero",
                "double",
                "triple",
                "hundred",
                "inaudible",
                "uh",
                "um",
            ],
        )
}

/// Whether a street's kind stands at token `i`, before a unit.
fn is_inner_kind(turn: &DocTurn<'_>, i: usize, end: usize) -> bool {
    let next = i + 1 + usize::from(word(turn, i + 1) == ",");
    is_kind(turn.word(i)) && next < end && is_unit_word(turn.word(next))
}

fn is_kind(word: &str) -> bool {
    const KINDS: &[&str] = &[
        "alley",
        "ave",
        "avenue",
        "blvd",
        "boulevard",
        "circle",
        "close",
        "court",
        "cove",
        "crescent",
        "crossing",
        "ct",
        "dr",
        "drive",
        "expressway",
        "gardens",
        "grove",
        "highway",
        "hwy",
        "lane",
        "landing",
        "ln",
        "loop",
        "mews",
        "parade",
        "parkway",
        "pike",
        "pkwy",
        "place",
        "plaza",
        "quay",
        "rd",
        "ridge",
        "road",
        "row",
        "square",
        "st",
        "street",
        "terrace",
        "trail",
        "turnpike",
        "walk",
        "way",
    ];
    is_one_of(word, KINDS)
}

fn is_unit_word(word: &str) -> bool {
    const UNITS: &[&str] = &[
        "apartment",
        "apt",
        "box",
        "flat",
        "floor",
        "lot",
        "room",
        "suite",
        "unit",
    ];
    is_one_of(word, UNITS)
}

/// Words of sentences and of measures, which no part of an address has.
fn is_sentence_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "about", "am", "ago", "an", "are", "at", "because", "but", "can", "did", "do", "does",
        "down", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "i'm", "if",
        "in", "is", "it", "just", "like", "live", "me", "my", "need", "not", "on", "or", "our",
        "out", "please", "she", "that", "there", "they", "this", "to", "was", "we", "were", "what",
        "when", "where", "which", "with", "you", "your", "over", "point", "percent", "minus",
        "email", "dot",
    ];
    is_one_of(word, WORDS) || word.len() > 1 && is_unit(word) && !is_kind(word)
}

fn finding(turn: &DocTurn<'_>, index: usize, tokens: Range<usize>) -> Finding {
    Finding {
        turn: index,
        span: turn.tokens[tokens.start].span.start..turn.tokens[tokens.end - 1].span.end,
        category: Category::Address,
        detector: "talk",
        rule: "address-part",
        strength: Strength::Cued,
        confidence: 0.85,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    fn check(turns: &[(Role, &str)], expected: &[&str]) {
        let raw = crate::deid::tests::dialogue(turns);
        let mut found = Vec::new();
        read(&Document::new(&raw), &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| &turns[f.turn].1[f.span.clone()])
            .collect();
        assert_eq!(found, expected, "{turns:?}");
    }

    #[test]
    fn parts_of_an_address_are_one_answer() {
        let parts = [
            (Agent, "can i get the billing address"),
            (User, "three three seven, okay?"),
            (Agent, "right."),
            (User, "lockkeeper road"),
            (Agent, "mm-hmm"),
            (User, "next is unit thirty two."),
            (Agent, "unit thirty two, got it"),
        ];
        let expected = [
            "three three seven",
            "lockkeeper road",
            "unit thirty two",
            "unit thirty two",
        ];
        check(&parts, &expected);
        let inaudible = [
            (Agent, "and where do you live?"),
            (User, "um, two three one, [inaudible], quarry street"),
        ];
        check(&inaudible, &["two three one, [inaudible], quarry street"]);
        check(
            &[(Agent, "your street address?"), (User, "sixty [inaudible]")],
            &["sixty"],
        );
    }

    #[test]
    fn other_answers_are_no_parts() {
        for turn in [
            "two weeks ago",
            "it's the same as before",
            "i walked down the road",
            "ninety five percent",
            "sure one second",
        ] {
            check(&[(Agent, "what's your address"), (User, turn)], &[]);
        }
        check(
            &[
                (Agent, "what's your email address"),
                (User, "four two five"),
            ],
            &[],
        );
        check(&[(Agent, "how many boxes?"), (User, "four two five")], &[]);
    }
}
