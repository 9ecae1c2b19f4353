//! Persons named by a word as somebody's relative, as newborn or as dead: `[grace] her
//! sister`, `baby girl [lund]`, `since [iris] passed`.

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::slot::{is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};

/// Whose somebody may be.
pub(super) const WHOSE: Words = words!["her", "his", "my", "our", "their", "your"];

/// Whether it is said or asked whose relative token `i` is: `lives with [grace] her
/// sister`, `is [holly] your bed partner`.
pub(super) fn is_relative(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        "about", "ask", "by", "call", "called", "for", "from", "is", "like", "text", "that's",
        "told", "was", "with",
    ];
    const ROLES: Words = words![
        "aide",
        "assistant",
        "doctor",
        "nurse",
        "proxy",
        "secretary",
        "tech",
        "therapist",
    ];
    let kin = |k: usize| turn.classes(k).any(Classes::KIN) || ROLES.has(turn.key(k));
    let between = !turn.classes(i + 2).any(Classes::STOP) && turn.is_word(i + 2);
    i > 0
        && BEFORE.has(turn.key(i - 1))
        && (WHOSE.has(turn.key(i + 1)) && (kin(i + 2) || between && kin(i + 3))
            || is_of_staff(turn, i))
}

/// Whether it is said what token `i` does for a living: `with [holly] the midwife`.
fn is_of_staff(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TRADES: Words = words![
        "acupuncturist",
        "advocate",
        "assistant",
        "audiologist",
        "barber",
        "cashier",
        "counselor",
        "dietitian",
        "doctor",
        "driver",
        "hygienist",
        "manager",
        "mechanic",
        "midwife",
        "navigator",
        "nurse",
        "nutritionist",
        "optician",
        "pharmacist",
        "plumber",
        "receptionist",
        "secretary",
        "supervisor",
        "technician",
        "teller",
        "therapist",
    ];
    says!(turn, i + 1, "the")
        && TRADES.has(turn.key(i + 2))
        && turn.classes(i).given() >= 2
        && !turn
            .classes(i)
            .any(Classes::STOP | Classes::KIN | Classes::TITLE)
}

/// Whether it is said since when token `i` is dead: `since [iris] passed`.
pub(super) fn is_mourned(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WHEN: Words = words!["after", "before", "since", "when"];
    let classes = turn.classes(i);
    i > 0
        && WHEN.has(turn.key(i - 1))
        && says!(turn, i + 1, "died" | "passed")
        && (is_end_or_mark(turn, i + 2) || turn.classes(i + 2).any(Classes::STOP))
        && classes.given() >= 2
        && !classes.any(Classes::STOP | Classes::KIN | Classes::DRUG)
}

/// Whether a turn begins with whose relative token `i` is: `[skeeter] my nephew`.
pub(super) fn is_introduced(turn: &ReadTurn<'_>, i: usize) -> bool {
    const VERBS: Words = words!["bless", "hope", "love", "miss", "tell", "thank"];
    if i != 0 {
        return false;
    }
    let classes = turn.classes(i);
    let named = match standing(classes) {
        Standing::Unlisted => turn.word(i).len() > 4,
        Standing::Word | Standing::Ambiguous => classes.given() >= 1,
        _ => false,
    };
    named
        && says!(turn, 1, "my")
        && turn.classes(2).any(Classes::KIN)
        && !VERBS.has(turn.key(0))
        && classes.town_size() == 0
        && !classes.any(Classes::CALENDAR | Classes::COUNTRY)
}

/// Whether a newborn is called by a surname alone: `baby girl [sato] is six hours old`.
pub(super) fn is_newborn(turn: &ReadTurn<'_>, i: usize) -> bool {
    let newborn =
        i > 1 && words!["boy", "girl"].has(turn.key(i - 1)) && words!["baby"].has(turn.key(i - 2));
    let classes = turn.classes(i);
    newborn
        && match standing(classes) {
            Standing::Name | Standing::Rare => classes.family() >= 1,
            Standing::Ambiguous => classes.family() >= 3 && !is_auxiliary(turn.word(i)),
            _ => false,
        }
}
