//! Questions that a quantity answers: `and your weight?`, `how many`, `rent`.
//! The number that follows names nobody, whatever was asked before.

use crate::deid::detect::mark_phrase;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::word::{Phrases, Words, phrases, words};

use super::is_other_side;
use super::murmur::is_murmur;
use super::talk::is_said;

/// Longest turn, in tokens, that asks for what it names: `what is the weight`.
const LONGEST: usize = 9;

/// Longest turn, in tokens, that ends with what it asks for: `can i start with your
/// height and weight`.
const LONGEST_WITH_END: usize = 20;

/// For how many turns the question stays open.
const OPEN_FOR: usize = 3;

/// What is measured, paid or counted.
const MEASURES: Words = words![
    "age",
    "allowance",
    "amount",
    "amounts",
    "balance",
    "bathrooms",
    "bedrooms",
    "bmi",
    "bonus",
    "budget",
    "cost",
    "count",
    "color",
    "colour",
    "copay",
    "damage",
    "estimate",
    "deductible",
    "deposit",
    "diem",
    "dosage",
    "dose",
    "doses",
    "duration",
    "fee",
    "fees",
    "glucose",
    "grade",
    "height",
    "hourly",
    "income",
    "kilos",
    "length",
    "limit",
    "mileage",
    "odometer",
    "oxygen",
    "percent",
    "percentage",
    "premium",
    "pressure",
    "pressures",
    "price",
    "principal",
    "pulse",
    "quantity",
    "rate",
    "rating",
    "reading",
    "readings",
    "rent",
    "salary",
    "saturation",
    "scale",
    "score",
    "size",
    "speed",
    "strength",
    "sugar",
    "sugars",
    "temp",
    "temperature",
    "tip",
    "total",
    "version",
    "wage",
    "wages",
    "weight",
    "width",
    "worth",
];

/// What belongs to one person, and is asked after by name alone.
pub(in crate::deid::detect) const PERSONAL: Words = words![
    "account", "address", "birth", "code", "email", "id", "member", "mrn", "phone",
];

/// What else makes a question one for an identifier all the same: `the order number
/// and the amount`. Tests of memory are of digits and numbers too.
const IDENTIFIERS: Words = words![
    "card",
    "cell",
    "confirmation",
    "digit",
    "digits",
    "dob",
    "fax",
    "four",
    "license",
    "number",
    "numbers",
    "order",
    "passcode",
    "password",
    "pin",
    "policy",
    "postcode",
    "reference",
    "serial",
    "social",
    "ssn",
    "username",
    "zip",
];

/// What is billed or found, by numbers that all who bill it write: `the
/// procedure code`.
pub(in crate::deid::detect) const CODED: Words = words![
    "cpt",
    "diagnosis",
    "drg",
    "hcpcs",
    "icd",
    "modifier",
    "modifiers",
    "ndc",
    "procedure",
    "procedures",
];

/// How a quantity is asked for.
const ASKED: Phrases = phrases![
    "how much",
    "how many",
    "how long",
    "how far",
    "how fast",
    "how often",
    "how tall",
    "how big",
    "how heavy",
    "how high",
    "how low",
    "how old",
    "what age",
    "what state",
    "which state",
    "place of service",
];

/// Marks the words of questions for a quantity in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    let words = MEASURES.iter().chain(CODED.iter());
    for phrase in ASKED.iter().chain(words) {
        mark_phrase(lexicon, phrase, Classes::ASKS_QUANTITY);
    }
}

/// Whether `turn` asks for a quantity, and for no identifier.
pub(super) fn asks(turn: &DocTurn<'_>) -> bool {
    let all = || 0..turn.tokens.len();
    let measures = |i: usize| turn.is_of(i, MEASURES);
    let mut from_end = all().rev().filter(|&i| turn.word(i) != "?");
    let ends = turn.tokens.len() <= LONGEST_WITH_END && from_end.next().is_some_and(measures);
    let quantity = turn.tokens.len() <= LONGEST && all().any(measures)
        || ends
        || all().any(|i| is_said(turn, i, ASKED));
    quantity && !names_identifier(turn) && !says_number(turn) || asks_for_coded(turn)
}

/// Whether `turn` ends with a question for what is billed or found, by its
/// number or in words: `what's the diagnosis code`, `and the procedure?`.
fn asks_for_coded(turn: &DocTurn<'_>) -> bool {
    const NUMBERS: Words = words!["code", "codes", "ten", "10", "please"];
    let mut from_end = (0..turn.tokens.len())
        .rev()
        .filter(|&i| turn.tokens[i].kind != TokenKind::Mark && !turn.is_of(i, NUMBERS));
    let other = |i: usize| {
        turn.is_of(i, IDENTIFIERS) || turn.is_of(i, PERSONAL) && !turn.is_of(i, words!["code"])
    };
    turn.tokens.len() <= LONGEST_WITH_END
        && from_end.next().is_some_and(|i| turn.is_of(i, CODED))
        && !(0..turn.tokens.len()).any(other)
}

/// Whether `turn` says what an identifier is called.
fn names_identifier(turn: &DocTurn<'_>) -> bool {
    (0..turn.tokens.len()).any(|i| turn.is_of(i, PERSONAL) || turn.is_of(i, IDENTIFIERS))
}

/// Whether `turn` says a number itself: `the total is 4512`.
fn says_number(turn: &DocTurn<'_>) -> bool {
    turn.tokens.iter().any(|t| t.kind == TokenKind::Number)
}

/// Whether turn `index` of `document` answers a question for a quantity.
pub(in crate::deid) fn is_answered(document: &Document<'_>, index: usize) -> bool {
    question(document, index).is_some_and(asks)
}

/// Whether turn `index` of `document` answers a question for an identifier.
pub(in crate::deid::detect) fn is_identified(document: &Document<'_>, index: usize) -> bool {
    question(document, index).is_some_and(names_identifier)
}

/// What the other side said last before turn `index`, murmurs left out.
fn question<'d, 't>(document: &'d Document<'t>, index: usize) -> Option<&'d DocTurn<'t>> {
    let turn = &document.turns[index];
    let before = document.turns[index.saturating_sub(OPEN_FOR)..index].iter();
    let mut asked = before
        .rev()
        .take_while(|t| t.role != turn.role || is_murmur(t));
    asked.find(|t| is_other_side(t.role, turn.role) && !is_murmur(t))
}

/// Whether `turn` is the one key that `before` asks for: `press 1`.
pub(super) fn is_pressed(before: &DocTurn<'_>, turn: &DocTurn<'_>) -> bool {
    let mut words = turn.tokens.iter().filter(|t| t.kind != TokenKind::Mark);
    let key = words
        .next()
        .is_some_and(|t| t.span.len() == 1 && t.kind == TokenKind::Number)
        && words.next().is_none();
    key && (0..before.tokens.len()).any(|i| before.is_of(i, words!["press", "presione"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::dialogue;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    fn check(question: &str, expected: bool) {
        let raw = dialogue(&[(Agent, question), (User, "4512")]);
        let document = Document::new(&raw);
        assert_eq!(is_answered(&document, 1), expected, "{question}");
    }

    #[test]
    fn questions_for_a_quantity_ask_for_no_identifier() {
        check("and your monthly income", true);
        check("rent", true);
        check("how many miles are on it", true);
        check("what's the account number and the balance", false);
        check("the last four please", false);
        check("the total is 99", false);
        check("okay", false);
        check("and the procedure?", true);
        check("what is the diagnosis code please", true);
        check("the member id and the diagnosis code", false);
        check("the procedure went well", false);
    }

    #[test]
    fn one_key_is_no_part_of_a_number() {
        let raw = dialogue(&[(Agent, "if that is right press 1"), (User, "1")]);
        let document = Document::new(&raw);
        assert!(is_pressed(&document.turns[0], &document.turns[1]));
        let raw = dialogue(&[(Agent, "go on"), (User, "1")]);
        let document = Document::new(&raw);
        assert!(!is_pressed(&document.turns[0], &document.turns[1]));
    }
}
