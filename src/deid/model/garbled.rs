//! What is in no list and is nobody's name for how it is written: everyday words amiss
//! (`anohter`, `windowtable`), words that a prefix is put before (`subtherapeutic`),
//! shorthand without vowels (`wgt`), capitals within (`LanternVault`).

use std::ops::Range;

use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};

/// Fewest letters of a word that may be written amiss: of fewer, many are names.
const LONG: usize = 6;

/// How common a word is at least that is often written amiss.
const COMMON: u32 = 6;

/// Whether `run` is one word that is written as no name is.
pub(super) fn is_garbled(turn: &ReadTurn<'_>, run: &Range<usize>, lexicon: &Lexicon) -> bool {
    const PERSONS: Classes = Classes::TITLE.with(Classes::KIN);
    let i = run.start;
    let known = |i: usize| turn.classes(i).any(PERSONS) || turn.classes(i).given() >= 3;
    if run.len() != 1 || !turn.is_word(i) || !turn.classes(i).is_unlisted() || i > 0 && known(i - 1)
    {
        return false;
    }
    if has_capitals_within(turn.turn.word(i)) || is_without_vowels(turn.word(i)) {
        return true;
    }
    !turn.is_proper(i) && {
        let word = turn.word(i);
        is_amiss(word, lexicon) || is_derived(word, lexicon)
    }
}

/// Whether `word` is a word that nobody is called by, and a prefix before it:
/// `subtherapeutic`.
fn is_derived(word: &str, lexicon: &Lexicon) -> bool {
    const PREFIXES: [&str; 26] = [
        "anti", "auto", "cardio", "extra", "hyper", "hypo", "inter", "intra", "micro", "mis",
        "multi", "neuro", "non", "over", "peri", "post", "pre", "pseudo", "retro", "semi", "sub",
        "supra", "super", "trans", "ultra", "under",
    ];
    const SHORTEST: usize = 5;
    let is_word = |stem: &str| {
        let classes = lexicon.get(stem);
        stem.len() >= SHORTEST
            && (classes.commonness() > 0 || classes.any(Classes::CLINICAL))
            && classes.given() + classes.family() + classes.town_size() == 0
    };
    let stem = |prefix: &&str| word.strip_prefix(*prefix);
    PREFIXES.iter().filter_map(stem).any(is_word)
}

/// Whether `word` goes on with a capital after a small letter, and not as names do:
/// `LanternVault`, but `McLund`, `DeLund`.
fn has_capitals_within(word: &str) -> bool {
    const LONGEST_PARTICLE: usize = 4;
    const MOST_SMALL: usize = 2;
    let small = word.bytes().skip(1).position(|b| b.is_ascii_lowercase());
    let Some(small) = small.map(|at| at + 1) else {
        return false;
    };
    // `PCTs`, `HBzAb`, but a name with one capital too many: `OKonta`
    let few = word.bytes().filter(u8::is_ascii_lowercase).count() <= MOST_SMALL;
    if few && small > 1 && word.bytes().take(small).all(|b| b.is_ascii_uppercase()) {
        return true;
    }
    let within = word
        .bytes()
        .skip(small)
        .position(|b| b.is_ascii_uppercase());
    within.is_some_and(|at| at + small > LONGEST_PARTICLE)
}

/// Whether `word` has no vowel, and more letters than initials have: `frq`, `bndg`.
fn is_without_vowels(word: &str) -> bool {
    word.len() > 2
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && !word
            .bytes()
            .any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// Whether `word` is an everyday word with one slip, or two without the space between:
/// a letter too many or too few, two that changed places.
pub(crate) fn is_amiss(word: &str, lexicon: &Lexicon) -> bool {
    let letters = word.as_bytes();
    if letters.len() < LONG || !letters.iter().all(u8::is_ascii_lowercase) {
        return false;
    }
    let mut slip = String::with_capacity(word.len() + 1);
    let mut is_said = |parts: [&str; 3]| {
        slip.clear();
        parts.iter().for_each(|part| slip.push_str(part));
        is_everyday(lexicon.get(&slip))
    };
    let places = || 1..word.len();
    let doubled = |at: usize| [&word[..at], &word[at - 1..at], &word[at..]];
    let dropped = |at: usize| [&word[..at], "", &word[at + 1..]];
    // A name may be a word and a vowel: `marketa`.
    let last = word.len() - 1;
    places().any(|at| is_said(doubled(at)))
        || places().any(|at| at < last && is_said(dropped(at)))
        || is_said(dropped(last))
            && !matches!(
                letters[last],
                b'a' | b'e' | b'i' | b'o' | b'n' | b'y' | b's'
            )
        || places().any(|at| {
            let swapped = [letters[at], letters[at - 1]];
            let said = std::str::from_utf8(&swapped).unwrap_or_default();
            is_said([&word[..at - 1], said, &word[at + 1..]])
        })
        || is_run_together(word, lexicon)
}

/// Whether `word` is two everyday words without the space: `windowtable`.
fn is_run_together(word: &str, lexicon: &Lexicon) -> bool {
    const PART: usize = 4;
    let said = |part: &str| is_everyday(lexicon.get(part));
    (PART..word.len().saturating_sub(PART - 1)).any(|at| said(&word[..at]) && said(&word[at..]))
}

/// Whether a word of `classes` is said every day, and nobody is called so.
fn is_everyday(classes: Classes) -> bool {
    let word = classes.commonness() >= COMMON || classes.any(Classes::STOP);
    word && classes.given() + classes.family() + classes.town_size() == 0
}

/// Whether `run` is some letters of an abbreviation that is said letter by letter, and
/// the others stand beside it: `[h i] v`, `r [o s]`.
pub(super) fn is_cut_out(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const MOST: usize = 3;
    let first = (run.start.saturating_sub(MOST)..run.start)
        .rev()
        .take_while(|&i| read.is_letter(i))
        .last()
        .unwrap_or(run.start);
    let letters = (first..=first + MOST)
        .take_while(|&i| read.is_letter(i))
        .count();
    (run.len() + 1..=MOST).contains(&letters) && first + letters >= run.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::model::judged::in_turn;

    #[track_caller]
    fn check(text: &str, word: &str, expected: bool) {
        let garbled = |turn: &ReadTurn<'_>, run: &Range<usize>| is_garbled(turn, run, &LEXICON);
        assert_eq!(in_turn(garbled, text, word), expected, "{word}");
    }

    #[test]
    fn words_amiss_are_nobody() {
        for word in [
            "widnow",
            "anohter",
            "offfice",
            "tomorrw",
            "windowtable",
            "bndg",
        ] {
            check(&format!("then {word} it is"), word, word != "tomorrw");
        }
        for (word, derived) in [
            ("subtherapeutic", true),
            ("interlund", false),
            ("subrata", false),
        ] {
            check(&format!("it is {word} then"), word, derived);
        }
        check("We have LanternVault now", "LanternVault", true);
        check("his QZrAk is up", "QZrAk", true);
        check("seven QZRs only", "QZRs", true);
    }

    #[test]
    fn letters_are_cut_out_of_short_abbreviations_only() {
        let cut = |text: &str, run: &str| in_turn(is_cut_out, text, run);
        assert!(cut("negative h i v today", "h i"));
        assert!(cut("her R O S was normal", "O S"));
        assert!(!cut("the initials are j d", "j d"));
        assert!(!cut("it is o k o n t a", "k o"));
        assert!(!cut("vitamin d lund", "lund"));
    }

    #[test]
    fn names_in_no_list_are_left() {
        for word in ["zolvani", "okonta", "marketova", "thibaudet", "weltanya"] {
            check(&format!("then {word} it is"), word, false);
        }
        check("then McZolvan it is", "McZolvan", false);
        check("then OKonta it is", "OKonta", false);
        check("then DeZolvan it is", "DeZolvan", false);
        check("my sister widnow it is", "widnow", false);
    }
}
