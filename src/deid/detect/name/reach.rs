//! How far a name goes: the parts after its first, surnames that are words too.

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::cue::Slot;
use super::slot::{ends_phrase, is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};

/// Most words that one name has.
const LONGEST: usize = 5;

/// Fewest letters of what is in no list and follows a particle.
const OF_PARTICLE: usize = 5;

/// One past the last token of the name that begins at `start`.
pub(super) fn name_end(turn: &ReadTurn<'_>, start: usize, slot: Slot) -> usize {
    let mut end = start + 1;
    for _ in 1..LONGEST {
        match next_part(turn, end, slot) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// Whether a hyphen and a further surname stand at token `i`, which is one past
/// a name: "ann lund[-quirrel]".
pub(super) fn goes_on_joined(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_mark(i, "-")
        && turn.is_joined(i)
        && turn.is_joined(i + 1)
        && turn.is_word(i + 1)
        && (turn.word(i + 1).len() > 2 && standing(turn.classes(i + 1)) > Standing::Word
            || is_second_syllable(turn, i + 1))
}

/// Whether token `i`, after a hyphen, ends a given name of two syllables, as in Korea:
/// `Seo-[yun]`, `Ji-[ho]`.
fn is_second_syllable(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LONGEST: usize = 5;
    let word = turn.word(i);
    // What is said of a person: `Odra-led`.
    const OTHER: Words = words![
        "aged", "based", "born", "free", "led", "like", "made", "min", "old", "only", "run",
        "size", "style", "type",
    ];
    let syllable = word == "min" && turn.word(i - 2).len() <= LONGEST || !OTHER.has(turn.key(i));
    syllable
        && word.len() <= LONGEST
        && turn.is_capital(i - 2)
        && !turn.classes(i - 2).any(Classes::CALENDAR)
        && standing(turn.classes(i - 2)) != Standing::Never
}

/// Past what tells somebody from their forebears of that name at token `i`: `odra lund
/// [the third]`.
pub(super) fn past_order(turn: &ReadTurn<'_>, i: usize) -> usize {
    let told = says!(turn, i, "the")
        && says!(turn, i + 1, "third" | "fourth")
        && is_end_or_mark(turn, i + 2);
    i + 2 * usize::from(told)
}

/// Where the name's next part ends, if one begins at token `i`: a hyphen and
/// a word, an initial, a particle and a word, or a word.
fn next_part(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> Option<usize> {
    if turn.classes(i - 1).any(Classes::POSSESSIVE) || turn.is_new_line(i) {
        return None;
    }
    if turn.is_mark(i, "-") && turn.is_joined(i) && turn.is_joined(i + 1) {
        let next = turn.classes(i + 1);
        let listed = match standing(next) {
            Standing::Name | Standing::Rare | Standing::Unlisted => true,
            Standing::Ambiguous => next.family() >= 3,
            _ => false,
        };
        let joined = listed || turn.is_capital(i + 1) || is_second_syllable(turn, i + 1);
        return (turn.is_word(i + 1) && joined).then_some(i + 2);
    }
    let said = says!(turn, i, "a" | "i") && !turn.is_capital(i);
    if turn.is_letter(i)
        && !said
        && continues(turn, i + 1 + usize::from(turn.is_mark(i + 1, ".")), slot)
    {
        return Some(i + 1 + usize::from(turn.is_mark(i + 1, ".")));
    }
    // `thank you odette [x]`
    let kiss = says!(turn, i, "x") && i + 1 >= turn.len();
    if turn.is_letter(i)
        && !kiss
        && !says!(turn, i, "i")
        && !says!(turn, i, "a")
        && ends_phrase(turn, i)
    {
        return Some(i + 1);
    }
    // `Odra A. is here`
    if says!(turn, i, "a") && turn.is_proper(i) && turn.is_mark(i + 1, ".") && turn.is_joined(i + 1)
    {
        return Some(i + 1);
    }
    if turn.is_mark(i, ".") && turn.is_letter(i - 1) && continues(turn, i + 1, slot) {
        return Some(i + 1);
    }
    if turn.classes(i).any(Classes::PARTICLE)
        && (continues(turn, i + 1, slot) || follows_particle(turn, i + 1))
    {
        return Some(i + 2);
    }
    let after = past_interruption(turn, i);
    continues(turn, after, slot).then_some(after + 1)
}

/// Whether token `i`, after what joins the parts of a name, is no word: `sorcha ni
/// [cheallaigh]`.
pub(super) fn follows_particle(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_word(i)
        && turn.word(i).len() >= OF_PARTICLE
        && matches!(
            standing(turn.classes(i)),
            Standing::Rare | Standing::Unlisted
        )
}

/// Past what interrupts a name at token `i`: `john [uh] brown`, `ann [[noise]] lee`.
fn past_interruption(turn: &ReadTurn<'_>, i: usize) -> usize {
    const LONGEST: usize = 4;
    match turn.word(i) {
        "uh" | "um" | "uhm" | "er" | "erm" => i + 1,
        "[" | "<" => {
            let closes = |k: &usize| says!(turn, *k, "]" | ">");
            (i + 1..i + LONGEST).find(closes).map_or(i, |k| k + 1)
        }
        _ => i,
    }
}

/// Whether a middle initial stands before token `i`.
fn follows_initial(turn: &ReadTurn<'_>, i: usize) -> bool {
    let dot = usize::from(turn.is_mark(i - 1, "."));
    i > 1 + dot && turn.is_letter(i - 1 - dot) && turn.classes(i - 2 - dot).given() >= 1
}

/// Whether a long word in no list follows a sure given name.
fn is_rare_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    let before = turn.classes(i - 1);
    turn.word(i).len() >= 6 && standing(before) >= Standing::Ambiguous && before.given() >= 3
}

/// Whether token `i` is a surname that is a language or a common word too,
/// right after a name and at the end of a phrase: "this is nora english".
fn is_word_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    let before = turn.classes(i - 1);
    let named = matches!(
        standing(before),
        Standing::Name | Standing::Rare | Standing::Unlisted
    ) || before.given() >= 4;
    let introduced = i > 1
        && says!(
            turn,
            i - 2,
            "is" | "this" | "it's" | "name's" | "i'm" | "with" | "mr" | "ms" | "again"
        );
    may_be_surname(turn, i) && named && introduced && ends_phrase(turn, i)
}

/// Whether token `i` is a surname that illnesses and tools are called after, right
/// after a given name: `savannah Hickman`, `doctor ada [ogilvie]`.
fn is_eponym_surname(turn: &ReadTurn<'_>, i: usize, sure: bool) -> bool {
    let (before, classes) = (turn.classes(i - 1), turn.classes(i));
    let given = before.given() >= if sure { 2 } else { 3 };
    given
        && classes.any(Classes::CLINICAL)
        && !classes.any(Classes::POSSESSIVE)
        && classes.family() >= 2
        && (sure && classes.commonness() == 0 || turn.is_proper(i) && turn.is_proper(i - 1))
        && ends_phrase(turn, i)
}

/// Whether token `i` is a surname and a language, a people, a brand or a common word.
pub(super) fn may_be_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let word = says!(turn, i, "day" | "early" | "friend" | "little")
        || classes.any(Classes::COUNTRY | Classes::BRAND);
    word && classes.family() >= 2
}

/// Whether token `i`, which says something else to most, is a surname by its capital, and
/// nothing follows: `Odra [Guy]`.
fn is_written_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_proper(i)
        && turn.is_capital(i - 1)
        && !turn.is_all_capitals(i)
        && turn.classes(i).family() >= 2
        && turn.classes(i - 1).given() >= 1
        && is_end_or_mark(turn, i + 1)
}

/// Whether token `i` may be a further part of a name.
fn continues(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> bool {
    if !turn.is_word(i) || turn.is_letter(i) {
        return false;
    }
    let classes = turn.classes(i);
    let sure = matches!(slot, Slot::Strong | Slot::Title | Slot::Named);
    match standing(classes) {
        Standing::Never | Standing::Word if is_word_surname(turn, i) => true,
        Standing::Word if is_eponym_surname(turn, i, sure) => true,
        Standing::Never => is_written_surname(turn, i),
        Standing::Name => true,
        Standing::Rare => true,
        Standing::Unlisted => {
            !turn.is_all_capitals(i)
                && (turn.is_proper(i)
                    || (ends_phrase(turn, i)
                        && (sure || follows_initial(turn, i) || is_rare_surname(turn, i))))
        }
        Standing::Ambiguous => {
            let verb = is_auxiliary(turn.word(i)) && !is_end_or_mark(turn, i + 1);
            turn.is_proper(i)
                || (!verb
                    && ends_phrase(turn, i)
                    && (classes.family() >= 3
                        || (sure && classes.given().max(classes.family()) >= 2)))
        }
        Standing::Word => {
            (sure && turn.is_proper(i) && !turn.is_all_capitals(i))
                || (i >= 2
                    && turn.is_letter(i - 1)
                    && turn.classes(i - 2).given() >= 3
                    && i + 1 == turn.len())
        }
    }
}
