//! Employers and companies by cue: "i work for …", "company name is …".

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, ends_phrase, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::Place;
use super::spelled::{letters_before, letters_end};

/// Words that end the names of companies, and say what they do or are.
pub(crate) const BUSINESSES: Words = words![
    "catering",
    "corp",
    "dairy",
    "enterprises",
    "foods",
    "inc",
    "industries",
    "landscaping",
    "llc",
    "logistics",
    "ltd",
    "plumbing",
    "roofing",
    "software",
    "technologies",
    "textiles",
    "trucking",
];

/// Words that say what a company does with the word before them.
const SECOND: Words = words!["body", "works", "mill", "lines"];

/// What joins two names to a company's.
const JOINTS: Words = words!["and", "&"];

/// The words with which names of companies end or are joined.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    BUSINESSES.iter().chain(SECOND.iter()).chain(JOINTS.iter())
}

/// Most words of a company's name.
const MOST_WORDS: usize = 4;

/// The organisation that the cue ending at token `i` announces.
pub(super) fn after_cue(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if !turn.classes(i).any(Classes::EMPLOYER_CUE) {
        return None;
    }
    let next = cue_end(turn, i)?;
    let start = next + usize::from(matches!(turn.word(next), "the" | ":" | ","));
    let cased = turn.is_proper(start);
    let letters = letters_end(turn, start);
    let words = letters.unwrap_or(start);
    let within = |k: usize| {
        belongs(turn, k, cased && letters.is_none())
            || joins(turn, k, letters.is_some_and(|end| k == end))
    };
    let end = (words..turn.len().min(words + MOST_WORDS))
        .take_while(|&k| within(k))
        .filter(|&k| !matches!(turn.word(k), "and" | "&"))
        .last()
        .map(|k| k + 1)
        .or(letters)?;
    let public = matches!(
        turn.word(start),
        "medicare" | "medicaid" | "tricare" | "cobra"
    );
    let telling = !public
        && (cased
            || letters.is_some()
            || end > start + 1 && BUSINESSES.has(turn.key(end - 1))
            || (start..end).any(|k| standing(turn.classes(k)) > Standing::Word));
    telling.then_some(Place {
        tokens: start..end,
        category: Category::Organization,
        rule: "employer",
        strength: Strength::Cued,
        confidence: 0.8,
    })
}

/// The company whose name ends with token `i`, which says what it does: "… auto
/// body", "… logistics inc".
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let mut kind = kind_at(turn, i)?;
    while let Some(before) = kind.checked_sub(1).and_then(|k| kind_at(turn, k)) {
        kind = before;
    }
    let telling = |k: usize| {
        let classes = turn.classes(k);
        let listed = matches!(
            standing(classes),
            Standing::Name | Standing::Rare | Standing::Unlisted
        );
        turn.is_word(k)
            && !turn.is_letter(k)
            && !classes.any(Classes::STOP)
            && (listed && turn.word(k).len() > 3 || turn.is_proper(k))
    };
    let place = |k: usize| {
        matches!(
            turn.word(k),
            "heights" | "junction" | "falls" | "springs" | "port" | "and" | "&"
        )
    };
    let spelled = letters_before(turn, kind);
    let start = spelled.or_else(|| {
        (kind.saturating_sub(MOST_WORDS)..kind)
            .rev()
            .take_while(|&k| telling(k) || place(k))
            .last()
    })?;
    let start = start + usize::from(matches!(turn.word(start), "and" | "&"));
    (spelled.is_some() || (start..kind).any(telling)).then_some(Place {
        tokens: start..i + 1,
        category: Category::Organization,
        rule: "kind",
        strength: Strength::Likely,
        confidence: 0.75,
    })
}

/// Where the words begin that say what a company does and end with token `i`.
fn kind_at(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    if !SECOND.has(turn.key(i)) {
        return BUSINESSES.has(turn.key(i)).then_some(i);
    }
    matches!(
        (turn.word(i.wrapping_sub(1)), turn.word(i)),
        ("auto", "body") | ("machine", "works") | ("paper", "mill") | ("freight", "lines")
    )
    .then(|| i - 1)
}

/// The company that two names make, the first of them spelled, about the `and`
/// at token `i`: "t a r n and lund".
pub(super) fn spelled_and(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if !JOINTS.has(turn.key(i)) {
        return None;
    }
    let start = letters_before(turn, i).filter(|start| i - start > MOST_WORDS)?;
    let named = standing(turn.classes(i + 1)) >= Standing::Ambiguous
        || standing(turn.classes(i + 1)) == Standing::Unlisted;
    (turn.is_word(i + 1) && !turn.is_letter(i + 1) && named && ends_phrase(turn, i + 1)).then_some(
        Place {
            tokens: start..i + 2,
            category: Category::Organization,
            rule: "spelled",
            strength: Strength::Likely,
            confidence: 0.75,
        },
    )
}

/// Whether token `k` joins two names: "… and …"; the first may be `spelled`.
fn joins(turn: &ReadTurn<'_>, k: usize, spelled: bool) -> bool {
    let named = |k: usize| {
        matches!(
            standing(turn.classes(k)),
            Standing::Name | Standing::Rare | Standing::Unlisted
        ) || turn.is_proper(k)
    };
    let second = named(k + 1)
        || turn.is_word(k + 1)
            && !turn.classes(k + 1).any(Classes::STOP)
            && ends_phrase(turn, k + 1);
    matches!(turn.word(k), "and" | "&") && k > 0 && (spelled || named(k - 1)) && second
}

/// Whether token `k` may be a word of the name.
fn belongs(turn: &ReadTurn<'_>, k: usize, cased: bool) -> bool {
    turn.is_word(k)
        && !turn.is_letter(k)
        && if cased {
            turn.is_capital(k)
        } else {
            !turn.classes(k).any(Classes::STOP)
        }
}

/// One past the cue, where one ends about token `i`.
fn cue_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    let (first, second) = (turn.word(i), turn.word(i + 1));
    let third = turn.word(i + 2);
    match (first, second, third) {
        ("company" | "employer" | "business", "name", "is") => Some(i + 3),
        ("employer" | "company", "is", _) | ("employed", "by" | "at" | "with", _) => Some(i + 2),
        ("work", "at", _) if turn.word(i.wrapping_sub(1)) == "at" => Some(i + 2),
        ("work" | "works" | "worked" | "working", "at" | "for", _) if has_worker(turn, i) => {
            Some(i + 2)
        }
        ("drive" | "drives" | "drove" | "driving" | "cook" | "teaches", "for" | "at", _)
            if has_worker(turn, i) =>
        {
            Some(i + 2)
        }
        ("job", "at", _) | ("truck", "for", _) => Some(i + 2),
        ("been", "with" | "at", _) if has_worker(turn, i) => Some(i + 2),
        ("employer", _, _)
            if matches!(turn.word(i.wrapping_sub(1)), "my" | "his" | "her")
                && standing(turn.classes(i + 1)) > Standing::Word =>
        {
            Some(i + 1)
        }
        ("work", "," | ";", "at") if turn.word(i.wrapping_sub(1)) == "at" => Some(i + 3),
        ("plan" | "insurance" | "coverage", "is", "through") => Some(i + 3),
        ("plan" | "insurance" | "coverage", "through", _) => Some(i + 2),
        _ => None,
    }
}

/// Whether somebody works, not something: "it only works for".
fn has_worker(turn: &ReadTurn<'_>, i: usize) -> bool {
    (i.saturating_sub(3)..i).any(|k| {
        turn.classes(k).any(Classes::KIN)
            || matches!(
                turn.word(k),
                "i" | "i'm"
                    | "i've"
                    | "he"
                    | "she"
                    | "he's"
                    | "she's"
                    | "we"
                    | "they"
                    | "who"
                    | "been"
            )
    })
}
