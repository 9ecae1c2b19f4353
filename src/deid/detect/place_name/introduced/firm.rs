//! Which words tell a firm: the kind of it, and what no other firm is called.

use std::ops::Range;

use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

/// What departments and lines of every firm are called: they tell none.
const SHARED: Words = words![
    "access",
    "account",
    "accounts",
    "admissions",
    "advice",
    "after",
    "ambulance",
    "and",
    "answering",
    "appointment",
    "appointments",
    "authorization",
    "benefits",
    "billing",
    "care",
    "case",
    "claims",
    "clinic",
    "clinical",
    "collections",
    "control",
    "customer",
    "dental",
    "department",
    "desk",
    "device",
    "discharge",
    "dispatch",
    "doctor's",
    "eligibility",
    "emergency",
    "eye",
    "family",
    "financial",
    "fire",
    "front",
    "health",
    "help",
    "helpline",
    "home",
    "hospital",
    "hotline",
    "hours",
    "human",
    "imaging",
    "information",
    "insurance",
    "intake",
    "interpreter",
    "interventional",
    "lab",
    "laboratory",
    "line",
    "mail",
    "main",
    "management",
    "medical",
    "member",
    "members",
    "memory",
    "next",
    "nurse",
    "nurses",
    "nursing",
    "nutrition",
    "office",
    "operator",
    "order",
    "outpatient",
    "pain",
    "patient",
    "payment",
    "pediatric",
    "pharmacy",
    "physical",
    "poison",
    "police",
    "prior",
    "privacy",
    "provider",
    "providers",
    "quality",
    "radiology",
    "recorded",
    "records",
    "recovery",
    "registration",
    "rehab",
    "relations",
    "research",
    "resources",
    "scheduling",
    "school",
    "security",
    "service",
    "services",
    "sleep",
    "social",
    "specialty",
    "station",
    "study",
    "supply",
    "support",
    "surgery",
    "team",
    "tech",
    "technical",
    "telehealth",
    "therapy",
    "transfer",
    "transport",
    "travel",
    "triage",
    "upstairs",
    "urgent",
    "virtual",
    "vision",
    "wellness",
    "women's",
    "work",
    "wound"
];

/// What ends the names of those who treat, serve and collect.
const KINDS: Words = words![
    "agency",
    "associates",
    "brothers",
    "care",
    "clinic",
    "collections",
    "counseling",
    "dental",
    "dentistry",
    "dermatology",
    "diagnostics",
    "dialysis",
    "group",
    "health",
    "healthcare",
    "hospice",
    "imaging",
    "medical",
    "neurology",
    "optical",
    "orthopedics",
    "partners",
    "pediatrics",
    "pharmacy",
    "recovery",
    "rehab",
    "rehabilitation",
    "services",
    "solutions",
    "supply",
    "transport",
    "vision",
    "wellness",
];

/// Whether token `k` ends a firm's name.
pub(super) fn is_kind(turn: &ReadTurn<'_>, k: usize) -> bool {
    KINDS.has(turn.key(k)) && !(says!(turn, k, "care") && says!(turn, k.wrapping_sub(1), "urgent"))
}

/// Whether token `k` may be a word of a firm's name.
pub(super) fn is_of_name(turn: &ReadTurn<'_>, k: usize) -> bool {
    const FIRST: Words = words!["good", "great", "little", "new", "old", "three", "two"];
    let other = Classes::STOP
        .with(Classes::DRUG)
        .with(Classes::CALENDAR)
        .with(Classes::BRAND);
    let named = FIRST.has(turn.key(k));
    turn.is_word(k) && !turn.is_letter(k) && (named || !turn.classes(k).any(other))
}

/// Whether every word of `tokens` is one that firms share, or of an illness.
pub(super) fn shares_all(turn: &ReadTurn<'_>, mut tokens: Range<usize>) -> bool {
    tokens.all(|k| !is_own(turn, k))
}

/// Whether token `k` is none of the words that firms share, and no branch of medicine.
pub(super) fn is_own(turn: &ReadTurn<'_>, k: usize) -> bool {
    const BRANCHES: [&str; 6] = ["ology", "iatrics", "iatry", "paedics", "pedics", "scopy"];
    let branch = BRANCHES.iter().any(|end| turn.word(k).ends_with(end));
    !SHARED.has(turn.key(k))
        && !KINDS.has(turn.key(k))
        && !branch
        && !turn.classes(k).any(Classes::CLINICAL)
}

/// Whether `tokens` tell a firm: a name that is no word, or words that not all share
/// and the kind of firm after them.
pub(super) fn is_firm(turn: &ReadTurn<'_>, tokens: Range<usize>) -> bool {
    const LONG_ENOUGH: usize = 5;
    let own = |k: usize| is_own(turn, k);
    let rare = |k: usize| match standing(turn.classes(k)) {
        Standing::Unlisted => turn.word(k).len() >= LONG_ENOUGH,
        Standing::Rare | Standing::Name => turn.classes(k).given() == 0 || tokens.len() > 1,
        _ => false,
    };
    let kind = tokens.len() > 1 && is_kind(turn, tokens.end - 1);
    tokens
        .clone()
        .all(|k| is_of_name(turn, k) || is_kind(turn, k) || SHARED.has(turn.key(k)))
        && (tokens.clone().any(|k| own(k) && rare(k)) || kind && tokens.clone().any(own))
}
