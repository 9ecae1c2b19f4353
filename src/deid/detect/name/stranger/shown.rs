//! How a name is written, read back or led up to: its spelling, a title, an honour.

use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use crate::deid::detect::name::slot::{ends_phrase, is_end_or_mark};
use crate::deid::detect::name::standing::{Standing, standing};

use super::{UNLISTED, follows_article, is_strange};

/// Whether the spelling of token `i` is told by a letter: `[odra] with one d`.
pub(super) fn is_spelled_with(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MANY: Words = words!["a", "an", "double", "no", "one", "single", "two"];
    let spelled = says!(turn, i + 1, "spelled" | "spelt");
    spelled && turn.is_letter(i + 2)
        || says!(turn, i + 1, "with")
            && MANY.has(turn.key(i + 2))
            && turn.is_letter(i + 3)
            && turn.word(i).contains(turn.word(i + 3))
}

/// Whether a title that is a word of things too stands before token `i`: `chief
/// [okonta]`.
pub(super) fn is_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TITLES: Words = words!["chief", "dame", "elder", "father", "oba", "sheikh", "sir"];
    i > 0 && TITLES.has(turn.key(i - 1)) && turn.word(i).len() >= UNLISTED
}

/// Whether what people in South Asia are called out of respect follows token `i`:
/// `[zolvani] bhai`.
pub(super) fn is_honoured(turn: &ReadTurn<'_>, i: usize) -> bool {
    const HONOURS: Words = words![
        "akka", "auntie", "aunty", "bhai", "bhaiya", "bhabhi", "didi", "garu", "ji", "saab",
        "sahib", "uncle",
    ];
    HONOURS.has(turn.key(i + 1)) && !follows_article(turn, i)
}

/// Whether token `i` is how something reads, or was heard: `i heard [zolvani] is that
/// right`, `the badge says [okonta] but`.
pub(super) fn is_read_back(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NEXT: Words = words![
        "and", "bc", "because", "but", "instead", "is", "it", "it's", "not", "or", "when", "with",
    ];
    let closed = is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1));
    let before = |back: usize| i.checked_sub(back).map_or("", |k| turn.word(k));
    let named = standing(turn.classes(i)) == Standing::Rare;
    match before(1) {
        "pronounced" => true,
        "heard" => closed && before(2) == "i" && turn.turn.role == Role::Agent,
        "say" | "says" => {
            closed && named && !matches!(before(2), "i" | "they" | "you" | "he" | "she")
        }
        "put" | "wrote" | "written" => closed && (named || before(2) == "they"),
        "that" => i == 2 && matches!(before(2), "was" | "is") && is_end_or_mark(turn, i + 1),
        _ => false,
    }
}

/// Whether tokens `i` and `i + 1`, neither in a list, stand where somebody is named and
/// little else is: `the tenant is [zolvani ostermark]`.
pub(super) fn is_pair(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LONG: usize = 5;
    const BEFORE: Words = words![
        "and", "as", "for", "from", "heard", "i'm", "is", "it's", "name", "named", "name's",
        "under", "was", "yes", "yeah",
    ];
    let long = |k: usize| turn.word(k).len() >= LONG && turn.classes(k).town_size() == 0;
    i > 0
        && BEFORE.has(turn.key(i - 1))
        && is_strange(turn, i + 1)
        && long(i)
        && long(i + 1)
        && !turn.is_joined(i + 1)
        && ends_phrase(turn, i + 1)
}
