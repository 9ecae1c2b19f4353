//! What asks for an address, of a street or of the net: `where do you live`.

use crate::deid::detect::fluent::FILLERS;
use crate::deid::document::DocTurn;
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::word::{Phrases, Words, phrases, words};
use crate::domain::Category;

use super::super::super::mark_phrase;
use super::super::talk::{is_said, number, said_of};
use super::super::{gap, is_request, street};

/// The parts of an address that forms head their fields with.
const HEADINGS: Words = words!["apartment", "street", "suite", "unit"];

/// Longest turn, in tokens, that asks in passing.
const LONGEST_REQUEST: usize = 30;

/// Marks the words of questions in `lexicon`.
pub(in super::super) fn mark(lexicon: &mut Lexicon) {
    let net = NET.iter().flat_map(|(_, names)| names.iter());
    for phrase in PHRASES
        .iter()
        .chain(["address", "where"])
        .chain(HEADINGS.iter())
        .chain(net)
    {
        mark_phrase(lexicon, phrase, Classes::ASKS_ADDRESS);
    }
    for word in gap::UNHEARD.iter() {
        lexicon.mark(word, Classes::UNHEARD);
    }
    for phrase in HANDLES.iter() {
        mark_phrase(lexicon, phrase, Classes::HANDLE);
    }
}

/// What a turn asks for.
pub(super) struct Asked {
    pub(super) category: Category,
    /// It asks for a street by itself.
    pub(super) street: bool,
}

/// What `read` asks for.
pub(super) fn asked_in(read: &ReadTurn<'_>) -> Option<Asked> {
    if !read.has(Classes::ASKS_ADDRESS) || read.lacks(Matter::Address) {
        return None;
    }
    let asked = asks(read.turn);
    if asked.is_none() {
        read.note_lack(Matter::Address);
    }
    asked
}

/// What addresses of the net, names and places are called.
const NET: &[(Category, Phrases)] = &[
    (
        Category::Email,
        phrases!["email", "e - mail", "e mail", "electronic mail"],
    ),
    (Category::Username, HANDLES),
    (
        Category::Url,
        phrases![
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
        phrases!["ip address", "ip", "network address", "internet address"],
    ),
    (
        Category::Person,
        phrases![
            "name",
            "names",
            "surname",
            "spell",
            "spelling",
            "initials",
            "call you",
            "calling",
            "chatting with",
            "speaking",
            "talking to",
            "talking with",
            "who am i",
        ],
    ),
    (
        Category::Photo,
        phrases!["file name", "filename", "photo name"],
    ),
    (
        Category::Geocode,
        phrases!["coordinates", "gps", "plus code", "latitude", "longitude"],
    ),
];

/// What asks for a street address.
const PHRASES: Phrases = phrases![
    "street name",
    "what street",
    "which street",
    "house number",
    "street number",
    "apartment number",
    "apt number",
    "unit number",
    "which unit",
    "what unit are",
    "suite number",
    "which apartment",
    "what apartment",
    "which flat",
    "what flat",
    "flat number",
    "which house",
    "house name",
];

/// What `turn` asks for: where somebody lives, where something goes, a name on
/// the net.
fn asks(turn: &DocTurn<'_>) -> Option<Asked> {
    const OTHER: Words = words![
        "e-mail", "email", "hardware", "internet", "ip", "mac", "mail", "network", "wallet", "web",
        "website"
    ];
    // `the email [um] address`
    let fluent = |i: &usize| !turn.is_of(*i, FILLERS);
    let address = |i: usize| {
        turn.is_of(i, words!["address"])
            && !(0..i)
                .rev()
                .find(fluent)
                .is_some_and(|k| turn.is_of(k, OTHER))
            && !number(turn, i + 1)
    };
    let asked = |i: usize| address(i) || asks_where(turn, i) || is_said(turn, i, PHRASES);
    if turn.tokens.len() > LONGEST_REQUEST {
        return None;
    }
    let street = street::asks_name(turn);
    if street || (0..turn.tokens.len()).any(asked) || is_heading(turn) {
        return Some(Asked {
            category: Category::Address,
            street,
        });
    }
    if !is_request(turn) {
        return None;
    }
    let named = |i: usize| {
        let mut kinds = NET.iter();
        kinds.find_map(|(kind, names)| said_of(turn, i, *names).map(|_| *kind))
    };
    let category = (0..turn.tokens.len()).find_map(named)?;
    Some(Asked {
        category,
        street: false,
    })
}

/// Whether a part of an address is all that a turn asks for, as a form does: `street`,
/// `and the unit`.
fn is_heading(turn: &DocTurn<'_>) -> bool {
    const MURMURS: Words = words![
        "and", "enter", "give", "is", "me", "number", "okay", "or", "please", "provide", "the",
        "type", "what", "what's", "your", ",", ".", "?"
    ];
    let part = |i: usize| turn.is_of(i, HEADINGS);
    (0..turn.tokens.len()).any(part)
        && (0..turn.tokens.len()).all(|i| part(i) || turn.is_of(i, MURMURS))
}

/// Whether token `i` asks where somebody is or lives, or where something goes:
/// `where should we mail it`, and not `where should i email that`.
fn asks_where(turn: &DocTurn<'_>, i: usize) -> bool {
    const NEAR: usize = 6;
    const THERE: Words = words![
        "deliver",
        "delivered",
        "live",
        "living",
        "mail",
        "mailed",
        "moving",
        "pick",
        "picking",
        "send",
        "sent",
        "ship",
        "shipped",
        "stay",
        "staying"
    ];
    turn.is_of(i, words!["where"])
        && (i + 1..turn.tokens.len().min(i + NEAR)).any(|k| {
            turn.is_of(k, THERE)
                || said_of(
                    turn,
                    k,
                    phrases![
                        "you right now",
                        "you located",
                        "you calling",
                        "you at right",
                    ],
                )
                .is_some()
        })
}

/// What names on the net are called.
const HANDLES: Phrases = phrases![
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
pub(super) fn speaks_of_handle(turn: &DocTurn<'_>) -> bool {
    (0..turn.tokens.len()).any(|i| is_said(turn, i, HANDLES))
}
