//! Names said letter by letter: "j o h n", "S-M-I-T-H".

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};
use crate::deid::word::{Key, Words, says, words};

use super::slot::ends_phrase;
use super::spoken_to::COURTESIES;
use super::standing::{Standing, standing};

/// Fewest letters that make a spelled name without help.
const LETTERS: usize = 4;

/// Fewest letters told by words that spell a name by themselves: a word that
/// tells a letter is told for nothing else.
const TOLD: usize = 2;

/// The run of letters that begins at token `i`, if it spells something.
pub(super) fn letters_at(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    if !turn.is_letter(i) || follows_letter(turn, i) {
        return None;
    }
    let mut told = usize::from(past_telling(turn, i) > i + 1);
    let (mut end, mut letters) = (past_telling(turn, i), 1);
    while let Some((letter, next)) = next_letter(turn, end) {
        told += usize::from(next > letter + 1);
        end = next;
        letters += 1;
    }
    let spelled = spelled(turn, i, end);
    if letters == LETTERS - 2 && begins_spelling(turn, i, &spelled) {
        return Some(i..end);
    }
    if letters < LETTERS - 1 {
        return None;
    }
    // `and [a t i a] in`
    let article = spelled.strip_prefix('a').filter(|_| !is_announced(turn, i));
    let illness = |word: &str| lexicon.get(word).any(Classes::CLINICAL) || word == "tia";
    // `D.O.B: 3/5/61`
    let label = words!["dob", "mrn", "ssn", "npi"].lists(&spelled);
    if label || is_drug(&spelled, lexicon) || article.is_some_and(illness) {
        return None;
    }
    let hyphened = turn.is_mark(i + 1, "-");
    let sayable = if is_announced(turn, i) || told >= TOLD {
        spelled.chars().any(|c| !spelled.starts_with(c))
    } else {
        (letters >= LETTERS || hyphened || is_slot(turn, i, end))
            && is_name(turn, i, &spelled, lexicon)
            || repeated(turn, i, &spelled).is_some()
            || begins_spelling(turn, i, &spelled)
    };
    let start = repeated(turn, i, &spelled).unwrap_or(i);
    sayable.then_some(start..end)
}

/// Whether `word` is a drug and nobody's name: `e l i q u i s`.
pub(crate) fn is_drug(word: &str, lexicon: &Lexicon) -> bool {
    const SHORTEST: usize = 5;
    let classes = lexicon.get(word);
    word.len() >= SHORTEST
        && classes.any(Classes::DRUG)
        && classes.given() == 0
        && classes.family() == 0
}

/// Whether few letters stand, from token `i` to `end`, where somebody is named:
/// `my wife [a, r, t] drives me`, `is [r o b] still with you`.
fn is_slot(turn: &ReadTurn<'_>, i: usize, end: usize) -> bool {
    let named = i > 0
        && (turn.classes(i - 1).any(Classes::KIN)
            || says!(turn, i - 1, "it's" | "is" | "be" | "that's"));
    named && ends_phrase(turn, end - 1)
}

/// The letters of the run from token `i` to `end`, together.
fn spelled(turn: &ReadTurn<'_>, i: usize, end: usize) -> String {
    let mut said = turn.word(i).to_owned();
    let mut at = past_telling(turn, i);
    while let Some((letter, next)) = next_letter(turn, at).filter(|(_, next)| *next <= end) {
        if is_doubled(turn, letter - 1) {
            said.push_str(turn.word(letter));
        }
        said.push_str(turn.word(letter));
        at = next;
    }
    said
}

/// Whether `spelled` is a listed name or repeats the words before token `i`:
/// abbreviations are said letter by letter too.
fn is_name(turn: &ReadTurn<'_>, i: usize, spelled: &str, lexicon: &Lexicon) -> bool {
    let classes = lexicon.get(spelled);
    standing(classes) >= Standing::Rare
        || classes.given().max(classes.family()) >= 2
        || (i.saturating_sub(3)..i).any(|k| turn.word(k) == spelled)
}

/// The word right before token `i` that is spelled after it: `[day] d a y`.
fn repeated(turn: &ReadTurn<'_>, i: usize, spelled: &str) -> Option<usize> {
    let mark = usize::from(i > 1 && turn.is_mark(i - 1, ","));
    let word = i.checked_sub(1 + mark)?;
    (turn.word(word) == spelled).then_some(word)
}

/// Whether the word right before token `i`, no plain one, begins with what is spelled:
/// the rest is not said, or in another turn: `lindquist [l i n] and`.
fn begins_spelling(turn: &ReadTurn<'_>, i: usize, spelled: &str) -> bool {
    const LONG: usize = 5;
    let mark = usize::from(i > 1 && turn.kind(i - 1) == Some(TokenKind::Mark));
    let Some(word) = i.checked_sub(1 + mark) else {
        return false;
    };
    turn.word(word).len() >= LONG
        && turn.word(word).starts_with(spelled)
        && standing(turn.classes(word)) > Standing::Word
}

/// The next letter of a run, a separator before it passed, and one past it and
/// what tells it.
fn next_letter(turn: &ReadTurn<'_>, at: usize) -> Option<(usize, usize)> {
    let at = at + usize::from(is_separator(turn, at));
    let at = at + usize::from(is_doubled(turn, at));
    turn.is_letter(at).then(|| (at, past_telling(turn, at)))
}

/// Whether token `i` says that the letter after it comes twice: `[double] l`.
fn is_doubled(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DOUBLE: Key = Key::of("double");
    turn.key(i) == DOUBLE && turn.is_letter(i + 1)
}

/// One past the letter at token `i` and the word that tells it: `t [as in tom]`.
pub(crate) fn past_telling(turn: &ReadTurn<'_>, i: usize) -> usize {
    let word = match (turn.word(i + 1), turn.word(i + 2)) {
        ("as", "in") => i + 3,
        ("for" | "like", _) => i + 2,
        _ => return i + 1,
    };
    let tells = turn.word(word).len() > 1
        && turn.word(word).as_bytes().first() == turn.word(i).as_bytes().first();
    if tells { word + 1 } else { i + 1 }
}

/// Whether token `i` is within a run: each run is looked at once.
fn follows_letter(turn: &ReadTurn<'_>, i: usize) -> bool {
    let separated = i > 1 && is_separator(turn, i - 1);
    i > 0 && turn.is_letter(i - 1 - usize::from(separated))
}

/// Whether token `i` parts letters that are read out.
pub(crate) fn is_separator(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i, "-" | "." | ",")
}

/// Whether the words before token `i` say that something is spelled.
fn is_announced(turn: &ReadTurn<'_>, i: usize) -> bool {
    (i.saturating_sub(5)..i).any(|k| {
        says!(
            turn,
            k,
            "spell" | "spelled" | "spelling" | "spelt" | "name" | "surname" | "letters"
        )
    }) || is_titled(turn, i)
}

/// Whether a title stands before token `i`, or who is called so: `mr [f-o-l]`.
fn is_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OTHERS: Words = words!["doctor", "dr", "miss"];
    let title = |k: usize| COURTESIES.has(turn.key(k)) || OTHERS.has(turn.key(k));
    let before = |back: usize| i.checked_sub(back).map_or("", |k| turn.word(k));
    turn.title_before(i).is_some_and(title) || (before(2), before(1)) == ("call", "me")
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn names_are_spelled() {
        check(
            "one second b as in boy i as in ice l as in lion l as in lion",
            &["b as in boy i as in ice l as in lion l as in lion"],
        );
        check(
            "l like lion i like ice d like dog",
            &["l like lion i like ice d like dog"],
        );
        check("is it mr f-o-l-e-y", &["f-o-l-e-y"]);
        check("it's l-i-z.", &["l-i-z"]);
        check("you can call me m-a-y", &["m-a-y"]);
        check("is r o b still with you", &["r o b"]);
        check("clay c . l . a . y", &["clay c . l . a . y"]);
        check("lindquist l i n and so on", &["l i n"]);
        check(
            "keffler k e double f l e r",
            &["keffler k e double f l e r"],
        );
    }

    #[test]
    fn abbreviations_are_no_names() {
        for text in [
            "the m-r-i was fine",
            "i like ice cream",
            "an e-k-g and a c-t",
            "c o p d",
        ] {
            check(text, &[]);
        }
    }
}
