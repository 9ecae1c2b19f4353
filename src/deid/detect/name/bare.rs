//! Names that no cue announces: the word itself, its capital or its
//! neighbours say so.

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};
use crate::deid::word::{Key, Words, says, words};

use super::cue::Slot;
use super::reach::name_end;
use super::slot::{ends_phrase, is_auxiliary};
use super::standing::{Standing, standing};
use super::told::is_beside_name;
use super::whole::NOT_IN_FORMS;
use super::whose::says;

/// How common a given name is that is one though it names a state too.
const COMMON_GIVEN: u32 = 3;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    let classes = turn.classes(i);
    if !turn.is_word(i) {
        return None;
    }
    // A state of which few are called after names the state.
    let state = classes.any(Classes::STATE) && classes.given() < COMMON_GIVEN;
    let rule = match standing(classes) {
        _ if state => return None,
        _ if is_kin_of(turn, i) || is_dosed(turn, i) => return None,
        Standing::Name if !turn.is_all_capitals(i) || classes.given() >= 4 => "listed",
        Standing::Rare if turn.is_proper(i) && !turn.is_all_capitals(i) => "capital",
        Standing::Ambiguous if is_capital_name(turn, i) => "capital",
        Standing::Ambiguous | Standing::Word if is_spelled_out(turn, i) => "likened",
        Standing::Ambiguous if is_subject(turn, i) || has_verb(turn, i) || says(turn, i) => {
            "subject"
        }
        Standing::Ambiguous | Standing::Unlisted | Standing::Rare if is_asked_about(turn, i) => {
            "asked-about"
        }
        Standing::Ambiguous if is_addressed(turn, i) || is_asked(turn, i) => "addressed",
        Standing::Rare if is_double(turn, i) => "double",
        Standing::Ambiguous if is_sentence(turn, i) => "signed",
        Standing::Ambiguous if is_beside_name(turn, i) => "beside-name",
        Standing::Ambiguous | Standing::Rare if heads_full_name(turn, i) => "full-name",
        Standing::Word if is_eponym_before_surname(turn, i) => "full-name",
        Standing::Unlisted if turn.is_proper(i) && heads_full_name(turn, i) => "full-name",
        _ => return None,
    };
    (!is_of_thing(turn, i) && !is_cut_off(turn, i)).then(|| {
        let end = name_end(turn, i, Slot::Medium);
        (i..end, rule)
    })
}

/// Whether all who bear a surname are meant by token `i`: `the [quirrels] are away`.
pub(super) fn is_family(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> bool {
    const THE: Key = Key::of("the");
    const WHO: Words = words![
        "across", "are", "came", "have", "had", "live", "next", "were", "with"
    ];
    let classes = turn.classes(i);
    let rare = classes.commonness() + classes.given() + classes.town_size() == 0
        && standing(classes) == Standing::Rare;
    if i == 0 || turn.key(i - 1) != THE || !(classes.is_unlisted() || rare) {
        return false;
    }
    let word = turn.word(i);
    // `the [lunds] next door`
    let shortest = if WHO.has(turn.key(i + 1)) { 4 } else { 5 };
    let stems = [word.strip_suffix('s'), word.strip_suffix("es")];
    let borne = |stem: &str| {
        let classes = lexicon.get(stem);
        stem.len() >= shortest
            && classes.family() >= 1
            && matches!(standing(classes), Standing::Name | Standing::Rare)
    };
    stems.into_iter().flatten().any(borne)
}

/// Whether token `i` is a given name that an illness is called after too, written
/// as a name before a surname: `[Grover] Mchugh`.
fn is_eponym_before_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    let (classes, next) = (turn.classes(i), turn.classes(i + 1));
    classes.any(Classes::CLINICAL)
        && !classes.any(Classes::POSSESSIVE)
        && classes.given() >= 3
        && turn.is_proper(i)
        && turn.is_proper(i + 1)
        && standing(next) == Standing::Name
        && next.family() >= 2
}

/// Past the comma that is said at token `i`, which is one past a surname, and the
/// given name after it: `lindahl [comma birdie]`.
pub(super) fn past_said_comma(turn: &ReadTurn<'_>, i: usize) -> usize {
    let given = turn.classes(i + 1);
    let named = says!(turn, i, "comma")
        && turn.is_word(i + 1)
        && (given.given() >= 2
            || given.given() == 1 && given.commonness() <= 5
            || standing(given) == Standing::Unlisted)
        && ends_phrase(turn, i + 1);
    if named { i + 2 } else { i }
}

/// Whether token `i` is a word of kinship and whose it is said: `my nan`.
fn is_kin_of(turn: &ReadTurn<'_>, i: usize) -> bool {
    // A grandmother in Manila, in Lahore, in Nairobi.
    const ELDERS: Words = words!["bibi", "dadi", "lola", "lolo", "nani", "tante"];
    let elder = ELDERS.has(turn.key(i))
        && i > 0
        && says!(turn, i - 1, "my" | "your" | "his" | "her" | "our" | "their");
    elder
        || turn.classes(i).any(Classes::KIN)
            && i > 0
            && says!(
                turn,
                i - 1,
                "my" | "your" | "his" | "her" | "our" | "their" | "the" | "me"
            )
}

/// Whether a drug or an abbreviation is told how much of: `asa 81`.
fn is_dosed(turn: &ReadTurn<'_>, i: usize) -> bool {
    (turn.classes(i).any(Classes::DRUG | Classes::CLINICAL) || says!(turn, i, "asa"))
        && turn.kind(i + 1) == Some(TokenKind::Number)
        && !turn.is_proper(i)
}

/// A word that is a name too, with a capital that nothing else explains.
fn is_capital_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    turn.is_proper(i)
        && !turn.is_all_capitals(i)
        && classes.given() >= 4
        && !classes.any(Classes::CALENDAR | Classes::DRUG | Classes::STATE | Classes::COUNTRY)
}

/// Whether a given name at token `i` is followed by a sure surname.
fn heads_full_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let (classes, next) = (turn.classes(i), turn.classes(i + 1));
    let proper = turn.is_capital(i) && turn.is_capital(i + 1);
    let begins = classes.given() >= 3 || (proper && standing(classes) != Standing::Ambiguous);
    begins
        && next.family() >= 2
        && (proper || classes.commonness() <= 5)
        && (standing(next) == Standing::Name || (proper && standing(next) != Standing::Never))
        && !classes.any(Classes::STATE | Classes::COUNTRY | Classes::DRUG)
}

/// Whether token `i` is a test or a group of the blood of which the result follows:
/// `ana negative`, `o positive`. They have few letters, and but one is a name.
fn is_result(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NAMED: Words = words!["ana"];
    const RESULTS: Words = words!["negative", "positive"];
    // `positive hawkins negative neer`
    if i > 0 && RESULTS.has(turn.key(i - 1)) && RESULTS.has(turn.key(i + 1)) {
        return true;
    }
    let classes = turn.classes(i);
    let titre = NAMED.has(turn.key(i)) && turn.kind(i + 1) == Some(TokenKind::Number);
    turn.word(i).len() <= 3
        && (titre || says!(turn, i + 1, "negative" | "positive"))
        && (NAMED.has(turn.key(i)) || classes.given() < 3 && classes.family() < 3)
}

/// Whether token `i` is what is to be paid: `my credit card [bill]`.
fn is_invoice(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OF: Words = words![
        "ambulance",
        "cable",
        "card",
        "dental",
        "electric",
        "gas",
        "heating",
        "hospital",
        "lab",
        "medical",
        "phone",
        "utility",
        "water",
    ];
    // `the grace period on the co pay`
    says!(turn, i, "grace") && says!(turn, i + 1, "period")
        || says!(turn, i, "bill" | "bills") && i > 0 && OF.has(turn.key(i - 1))
}

/// Whether token `i` is of a set phrase that holds a name: `for [pete]'s sake`, a
/// `pallet [jack]`, a `[catherine] wheel`, the `[mona] lisa`.
fn is_in_phrase(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LIFTING: Words = words![
        "apple",
        "audio",
        "floor",
        "headphone",
        "hydraulic",
        "pallet",
        "phone",
        "trolley",
        "union",
    ];
    const AFTER: Words = words!["hortons", "lisa", "sake", "wheel", "wheels"];
    let phrase = AFTER.has(turn.key(i + 1))
        && matches!(
            (turn.word(i), turn.word(i + 1)),
            ("tim", "hortons")
                | ("mona", "lisa")
                | ("catherine", "wheel" | "wheels")
                | ("ferris", "wheel" | "wheels")
                | ("pete's" | "christ's" | "god's" | "heaven's", "sake")
        );
    phrase
        || says!(turn, i, "jack" | "jacks") && i > 0 && LIFTING.has(turn.key(i - 1))
        || matches!(
            (turn.word(i), turn.word(i.wrapping_sub(1))),
            ("lisa", "mona") | ("hortons", "tim")
        )
}

/// Whether what follows makes the name a disease's or a test's.
pub(crate) fn is_of_thing(turn: &ReadTurn<'_>, i: usize) -> bool {
    if is_result(turn, i) || is_invoice(turn, i) || is_in_phrase(turn, i) {
        return true;
    }
    // `[tulsa] will monitor`, and not `babinski sign`.
    let verb = says!(turn, i + 1, "can" | "must" | "should" | "to" | "will");
    (1..=2 - usize::from(verb)).any(|k| {
        says!(
            turn,
            i + k,
            "disease"
                | "syndrome"
                | "sign"
                | "maneuver"
                | "palsy"
                | "lymphoma"
                | "fracture"
                | "cyst"
                | "malformation"
                | "phenomenon"
                | "reflex"
                | "tumor"
                | "catheter"
                | "monitor"
                | "chorea"
                | "contracture"
                | "thyroiditis"
                | "esophagus"
                | "criteria"
                | "classification"
        ) || (k == 1
            && says!(
                turn,
                i + k,
                "test"
                    | "app"
                    | "period"
                    | "point"
                    | "zone"
                    | "level"
                    | "score"
                    | "scale"
                    | "tube"
                    | "drain"
                    | "stain"
                    | "horse"
                    | "horses"
                    | "cracker"
                    | "dog"
                    | "dogs"
                    | "grade"
                    | "crackers"
                    | "bean"
                    | "beans"
                    | "sprouts"
                    | "mustard"
                    | "cheese"
                    | "pepper"
                    | "terrier"
                    | "salad"
                    | "field"
                    | "fields"
                    | "visual"
                    | "procedure"
                    | "method"
                    | "incision"
                    | "ligament"
                    | "pouch"
                    | "node"
                    | "nodes"
                    | "gland"
                    | "forceps"
                    | "splint"
                    | "equation"
                    | "hernia"
            ))
    })
}

/// Whether the word was broken off: "phil- 25 milligrams".
pub(super) fn is_cut_off(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_mark(i + 1, "-") && turn.is_joined(i + 1) && !turn.is_joined(i + 2)
}

/// Whether two surnames are joined here: `okafor-lindahl`.
fn is_double(turn: &ReadTurn<'_>, i: usize) -> bool {
    let next = turn.classes(i + 2);
    turn.classes(i).family() >= 1
        && turn.is_mark(i + 1, "-")
        && turn.is_joined(i + 1)
        && turn.is_joined(i + 2)
        && next.family() >= 1
        && matches!(standing(next), Standing::Name | Standing::Rare)
}

/// Whether a presentation begins here: "rose is a 62 year old".
fn is_subject(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.classes(i).given() >= 4
        && says!(turn, i + 1, "is")
        && (turn.kind(i + 2) == Some(TokenKind::Number)
            || says!(turn, i + 2, "a" | "an" | "here" | "our")
                && (i == 0 || says!(turn, i - 1, "." | "," | "so" | "okay" | "and")))
}

/// Whether a verb follows `will` that follows no verb of grammar: `will has the
/// other key`, but not `the will has`.
fn has_verb(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i, "will")
        && says!(
            turn,
            i + 1,
            "could" | "did" | "does" | "had" | "has" | "is" | "said" | "says" | "was" | "wants"
        )
        && (i == 0
            || says!(
                turn,
                i - 1,
                "and" | "because" | "but" | "if" | "me" | "okay" | "or" | "so" | "that" | "," | "."
            ))
}

/// Whether a turn begins with a word that is told by what it sounds like:
/// `sorrel as in the plant`.
fn is_spelled_out(turn: &ReadTurn<'_>, i: usize) -> bool {
    let first = i == 0 || i == 1 && says!(turn, 0, "okay" | "so" | "oh");
    first
        && turn.word(i).len() > 2
        && says!(turn, i + 1, "as")
        && says!(turn, i + 2, "in")
        && !turn.classes(i).any(Classes::CALENDAR)
}

/// Whether a question begins here that is about a person: "is odra also living
/// with you", "is odra your first name"; or it is said whose they are: "odra is
/// your sister".
fn is_asked_about(turn: &ReadTurn<'_>, i: usize) -> bool {
    let first = i == 1 || i > 1 && says!(turn, i - 2, "," | "." | "and" | "okay" | "so");
    let classes = turn.classes(i);
    let rare = matches!(standing(classes), Standing::Unlisted | Standing::Rare);
    let related = says!(turn, i + 1, "is")
        && says!(turn, i + 2, "your" | "my" | "his" | "her")
        && turn.classes(i + 3).any(Classes::KIN);
    if related && rare && turn.word(i).len() > 3 {
        return true;
    }
    let likely = classes.given() >= 3 || turn.word(i).len() > 3 && rare;
    first
        && likely
        && says!(turn, i - 1, "is" | "does" | "was")
        && (says!(
            turn,
            i + 1,
            "also" | "still" | "authorized" | "allowed" | "living"
        ) || says!(turn, i + 1, "your")
            && (turn.classes(i + 2).any(Classes::KIN)
                || says!(turn, i + 2, "first" | "last" | "name" | "full" | "middle")))
}

/// Whether a capital word is a sentence by itself, as a signature is.
fn is_sentence(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_capital(i)
        && turn.starts_sentence(i)
        && turn.classes(i).given() >= 4
        && turn.classes(i).family() >= 2
        && (i + 1 == turn.len() || (turn.is_mark(i + 1, ".") && i + 2 == turn.len()))
        && !turn.classes(i).any(NOT_IN_FORMS)
}

/// Whether the word is set off between marks, as someone spoken to is.
fn is_addressed(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.classes(i).given() >= 4
        && turn.is_mark(i + 1, ",")
        && i > 0
        && (turn.is_mark(i - 1, ",") || says!(turn, i - 1, "so"))
        && !turn
            .classes(i)
            .any(Classes::CALENDAR | Classes::STATE | Classes::COUNTRY)
        && (turn.classes(i).commonness() <= 5 || turn.classes(i).given() >= 5)
}

/// Whether a question to whom the word names begins right before it: `so grant
/// what brings you in`.
fn is_asked(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    classes.given() >= 4
        && i > 0
        && !is_auxiliary(turn.word(i))
        && !classes.any(NOT_IN_FORMS)
        && says!(
            turn,
            i - 1,
            "so" | "okay" | "alright" | "well" | "now" | "and"
        )
        && says!(
            turn,
            i + 1,
            "what" | "how" | "when" | "where" | "why" | "tell" | "did"
        )
}
