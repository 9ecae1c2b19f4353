//! Addresses said in parts, as an answer: of streets (`three three seven`,
//! `lockkeeper road`, `unit thirty two`, 45 CFR 164.514(b)(2)(i)(B)), and of
//! the net (`at k underscore`, `lee nine`, `dot example dot com`).

use std::ops::Range;

use crate::deid::detect::units::is_unit;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Classes, Lexicon, Reading};
use crate::domain::{Category, Role};

use super::super::{is_one_of, mark_phrase};
use super::answer::is_murmured;
use super::talk::{number, says, word};
use super::{code, fragment, gap, is_other_side, is_request};

/// How many turns a request, or the last part, stays in mind.
const IN_MIND: usize = 4;

/// Most words of one part.
pub(super) const LONGEST_PART: usize = 10;

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
    /// What was asked for.
    category: Category,
}

/// Marks the words of questions in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    let net = NET.iter().flat_map(|(_, names)| names.iter());
    for phrase in PHRASES.iter().chain(&["address", "where"]).chain(net) {
        mark_phrase(lexicon, phrase, Classes::ASKS_ADDRESS);
    }
    for phrase in HANDLES {
        mark_phrase(lexicon, phrase, Classes::HANDLE);
    }
}

/// Adds the parts of addresses in `reading` that were asked for to `out`.
pub(super) fn read(reading: &Reading<'_>, out: &mut Vec<Finding>) {
    let mut open: Option<Open> = None;
    for (index, read) in reading.turns.iter().enumerate() {
        let turn = read.turn;
        open = open.filter(|open| index - open.turn <= IN_MIND);
        if read.has(Classes::HANDLE)
            && speaks_of_handle(turn)
            && let Some(tokens) = code::handle(turn)
        {
            out.push(finding(turn, index, tokens, Category::Username));
        }
        let asked = open.as_ref().is_some_and(|open| {
            open.category == Category::Address && is_other_side(open.asker, turn.role)
        });
        if let Some(open) = &mut open
            && (open.begun || is_other_side(open.asker, turn.role))
            && let Some(tokens) = part_of(turn, open)
        {
            out.push(finding(turn, index, tokens, open.category));
            open.turn = index;
            open.begun = true;
        } else if let Some(tokens) = gap::beside(turn, asked) {
            out.push(finding(turn, index, tokens, Category::Address));
        } else if read.has(Classes::ASKS_ADDRESS)
            && let Some(category) = asks(turn)
        {
            open = Some(Open {
                category,
                turn: index,
                asker: turn.role,
                begun: false,
            });
        }
    }
}

/// What addresses of the net, names and places are called.
const NET: &[(Category, &[&str])] = &[
    (Category::Email, &["email", "e - mail", "electronic mail"]),
    (Category::Username, HANDLES),
    (
        Category::Url,
        &[
            "website",
            "web site",
            "web page",
            "webpage",
            "url",
            "web address",
            "link",
            "page",
            "portal",
            "site",
        ],
    ),
    (
        Category::Ip,
        &["ip address", "ip", "network address", "internet address"],
    ),
    (
        Category::Person,
        &[
            "name", "names", "surname", "spell", "spelling", "initials", "call you", "calling",
            "speaking",
        ],
    ),
    (Category::Photo, &["file name", "filename", "photo name"]),
    (
        Category::Geocode,
        &["coordinates", "gps", "plus code", "latitude", "longitude"],
    ),
];

/// What asks for a street address.
const PHRASES: &[&str] = &["street name", "house number", "street number"];

/// What `turn` asks for: where somebody lives, where something goes, a name on
/// the net.
fn asks(turn: &DocTurn<'_>) -> Option<Category> {
    const OTHER: &[&str] = &[
        "email", "e-mail", "mail", "ip", "mac", "web", "website", "network", "hardware", "wallet",
        "internet",
    ];
    let address = |i: usize| {
        is_one_of(turn.word(i), &["address"])
            && !(i > 0 && is_one_of(turn.word(i - 1), OTHER))
            && !number(turn, i + 1)
    };
    let asked =
        |i: usize| address(i) || asks_where(turn, i) || PHRASES.iter().any(|p| says(turn, i, p));
    if turn.tokens.len() > LONGEST_REQUEST {
        return None;
    }
    let named = |i: usize| {
        let mut kinds = NET.iter();
        kinds.find_map(|(kind, names)| names.iter().any(|n| says(turn, i, n)).then_some(*kind))
    };
    if (0..turn.tokens.len()).any(asked) {
        return Some(Category::Address);
    }
    let net = (0..turn.tokens.len()).find_map(named)?;
    is_request(turn).then_some(net)
}

/// Whether token `i` asks where somebody is or lives, or where something goes:
/// `where should we mail it`, and not `where should i email that`.
fn asks_where(turn: &DocTurn<'_>, i: usize) -> bool {
    const NEAR: usize = 6;
    const THERE: &[&str] = &[
        "live",
        "living",
        "stay",
        "staying",
        "send",
        "ship",
        "mail",
        "deliver",
        "sent",
        "shipped",
        "mailed",
        "delivered",
    ];
    is_one_of(turn.word(i), &["where"])
        && (i + 1..turn.tokens.len().min(i + NEAR)).any(|k| {
            is_one_of(turn.word(k), THERE)
                || [
                    "you right now",
                    "you located",
                    "you calling",
                    "you at right",
                ]
                .iter()
                .any(|p| says(turn, k, p))
        })
}

/// What names on the net are called.
const HANDLES: &[&str] = &[
    "username",
    "user name",
    "user id",
    "screen name",
    "handle",
    "login",
    "login name",
    "log in",
    "account shows",
    "instagram",
    "snapchat",
    "telegram",
    "twitter",
    "find me",
];

/// Whether `turn` says what a name on the net is called.
fn speaks_of_handle(turn: &DocTurn<'_>) -> bool {
    (0..turn.tokens.len()).any(|i| HANDLES.iter().any(|name| says(turn, i, name)))
}

/// The part of a `category` that `turn` is, the first or a later one.
fn part_of(turn: &DocTurn<'_>, open: &Open) -> Option<Range<usize>> {
    match open.category {
        Category::Address => part(turn),
        Category::Person => fragment::letters(turn, !open.begun),
        _ => code::part(turn),
    }
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
    let ends_street = is_kind(turn.word(end - 1));
    let named = |i: usize| ends_street && is_one_of(turn.word(i), &["old", "second", "home"]);
    let plain = (start..end).all(|i| !is_sentence_word(turn.word(i)) || named(i));
    let numbered = (start..end).all(|i| number(turn, i) || is_short(turn, i));
    let street = ends_street || (start..end).any(|i| is_inner_kind(turn, i, end));
    let boxed = says(turn, start, "p o box") || says(turn, start, "po box");
    let unit = boxed || is_unit_word(turn.word(start)) && end > start + 1;
    (words <= LONGEST_PART
        && plain
        && (numbered && number(turn, start) || street && words > 1 || unit))
        .then_some(start..end)
}

/// Whether token `i` is no part of what is said around it.
pub(super) fn is_aside(turn: &DocTurn<'_>, i: usize) -> bool {
    is_murmured(turn, i) && !is_one_of(turn.word(i), &["oh", "o"])
        || is_one_of(
            turn.word(i),
            &[
                "know", "did", "of", "course", "get", "does", "be", "should", "would",
            ],
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

pub(super) fn is_kind(word: &str) -> bool {
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
pub(super) fn is_sentence_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a",
        "about",
        "am",
        "ago",
        "an",
        "are",
        "at",
        "because",
        "but",
        "can",
        "did",
        "do",
        "does",
        "down",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "i'm",
        "if",
        "in",
        "is",
        "it",
        "just",
        "like",
        "live",
        "me",
        "my",
        "need",
        "not",
        "on",
        "or",
        "our",
        "out",
        "please",
        "she",
        "that",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "with",
        "you",
        "your",
        "over",
        "point",
        "percent",
        "minus",
        "bear",
        "believe",
        "code",
        "digit",
        "digits",
        "every",
        "hang",
        "hold",
        "minute",
        "minutes",
        "moment",
        "more",
        "number",
        "old",
        "sec",
        "second",
        "since",
        "problems",
        "problem",
        "came",
        "back",
        "until",
        "home",
        "seconds",
        "thanks",
        "wonderful",
        "think",
        "way",
        "email",
        "dot",
    ];
    is_one_of(word, WORDS)
        || word.len() > 1 && is_unit(word) && !is_kind(word) && !is_unit_word(word)
}

fn finding(turn: &DocTurn<'_>, index: usize, tokens: Range<usize>, category: Category) -> Finding {
    Finding {
        turn: index,
        span: turn.tokens[tokens.start].span.start..turn.tokens[tokens.end - 1].span.end,
        category,
        detector: "talk",
        rule: "address-part",
        strength: Strength::Cued,
        confidence: 0.85,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    pub(in crate::deid::detect::expect) fn check(turns: &[(Role, &str)], expected: &[&str]) {
        let raw = crate::deid::tests::dialogue(turns);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        read(&Reading::new(&document, &LEXICON), &mut found);
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
    fn parts_of_a_name_on_the_net_are_one_answer() {
        let parts = [
            (Agent, "what's your username"),
            (User, "um, at quillby"),
            (Agent, "i'm listening"),
            (User, "underscore thirty two"),
        ];
        check(&parts, &["at quillby", "underscore thirty two"]);
        let parts = [
            (Agent, "website?"),
            (User, "quillby twenty five"),
            (Agent, "go ahead"),
            (User, "dot blogspot dot com"),
        ];
        check(&parts, &["quillby twenty five", "dot blogspot dot com"]);
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
        check(&[(Agent, "how many boxes?"), (User, "four two five")], &[]);
    }
}
