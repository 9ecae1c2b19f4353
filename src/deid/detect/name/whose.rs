//! Names that what a person has, or does, tells: `im [harpers] mom`, `ok [barb] says
//! it's worse`.

use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::slot::is_auxiliary;
use super::standing::{Standing, standing};

/// Whether what only persons have follows token `i`, whose they are, the apostrophe
/// left out or an illness called after another: `im [harpers] mom`, `[jackson's] mum`.
pub(super) fn owns(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> bool {
    const SHORTEST: usize = 3;
    const OTHER: Classes = Classes::STOP
        .with(Classes::KIN)
        .with(Classes::TITLE)
        .with(Classes::CALENDAR)
        .with(Classes::DRUG);
    // `alzheimer's carer`
    const CARERS: Words = words!["caregiver", "caregivers", "carer", "carers", "guardian"];
    const OWNED: Words = words![
        "appointment",
        "appt",
        "bday",
        "birthday",
        "chart",
        "desk",
        "dob",
        "email",
        "inhaler",
        "labs",
        "meds",
        "name",
        "number",
        "phone",
        "place",
        "prescription",
        "results",
        "school",
        "script",
        "work",
    ];
    let stem = turn.word(i).strip_suffix('s');
    let Some(stem) = stem.filter(|stem| stem.len() >= SHORTEST) else {
        return false;
    };
    let classes = turn.classes(i);
    let kin = turn.classes(i + 1).any(Classes::KIN) && !CARERS.has(turn.key(i + 1));
    if classes.any(OTHER) || !turn.is_word(i) || !kin && !OWNED.has(turn.key(i + 1)) {
        return false;
    }
    let written = stem.strip_suffix(['\'', '’']);
    let stem = lexicon.get(written.unwrap_or(stem));
    let borne = match standing(stem) {
        Standing::Name => stem.given() >= 2,
        Standing::Rare => stem.given() >= 1,
        Standing::Ambiguous => stem.given() >= 4 && !is_auxiliary(written.unwrap_or_default()),
        _ => false,
    };
    let rare = classes.commonness() <= if kin { 4 } else { 2 };
    borne
        && (kin && classes.any(Classes::CLINICAL) || written.is_none() && rare)
        && (kin || !is_illness(turn.word(i), lexicon))
}

/// Whether `word` is an illness called after somebody, the apostrophe left out: `my
/// [addisons] meds`.
fn is_illness(word: &str, lexicon: &Lexicon) -> bool {
    let stem = word.strip_suffix('s').unwrap_or(word);
    [stem, &format!("{stem}'s")]
        .iter()
        .any(|word| lexicon.get(word).any(Classes::CLINICAL))
}

/// Whether token `i`, no article before it, says or thinks something, as no thing
/// does but what is written: `ok [barb] says it's worse`, but not `bill says 40`.
pub(super) fn says(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TELLS: Words = words![
        "asked", "drove", "said", "says", "texted", "thinks", "thought", "told", "wants"
    ];
    const FIRST: Words = words![
        "and", "bc", "because", "but", "cos", "cuz", "if", "k", "no", "ok", "okay", "since", "so",
        "that", "when", "yeah", "yes", "!", ",", ".", ";"
    ];
    const WRITTEN: Words = words!["bill", "case", "chase", "page", "score", "story", "will"];
    const OTHER: Classes = Classes::BRAND
        .with(Classes::CALENDAR)
        .with(Classes::COUNTRY)
        .with(Classes::DRUG)
        .with(Classes::STATE);
    // `ok barb will drive`
    const DOES: Words = words!["bring", "call", "collect", "come", "drive", "pick", "take"];
    // `hope will come back`
    const COMES: Words = words!["art", "dawn", "faith", "hope", "joy", "mercy", "peace"];
    let classes = turn.classes(i);
    let comes = says!(turn, i + 2, "come" | "take") && COMES.has(turn.key(i));
    let will = says!(turn, i + 1, "will") && DOES.has(turn.key(i + 2)) && !comes;
    (will || TELLS.has(turn.key(i + 1)))
        && classes.given() >= 2
        && !classes.any(OTHER)
        && !WRITTEN.has(turn.key(i))
        && (i == 0 || FIRST.has(turn.key(i - 1)))
}
