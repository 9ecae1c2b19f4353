//! Employers and companies by cue: "i work for …", "company name is …".

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::domain::Category;

use super::Place;

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
    let end = (words..turn.len().min(words + MOST_WORDS))
        .take_while(|&k| belongs(turn, k, cased && letters.is_none()) || joins(turn, k))
        .filter(|&k| !joins(turn, k))
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
    let kind = match (turn.word(i.wrapping_sub(1)), turn.word(i)) {
        ("auto", "body") | ("machine", "works") | ("paper", "mill") | ("freight", "lines") => i - 1,
        (
            _,
            "catering" | "corp" | "dairy" | "foods" | "inc" | "landscaping" | "llc" | "logistics"
            | "ltd" | "plumbing" | "roofing" | "textiles" | "trucking",
        ) => i,
        _ => return None,
    };
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
    let place = |k: usize| matches!(turn.word(k), "heights" | "junction" | "falls" | "springs");
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| telling(k) || place(k))
        .last()?;
    telling(start).then_some(Place {
        tokens: start..i + 1,
        category: Category::Organization,
        rule: "kind",
        strength: Strength::Likely,
        confidence: 0.75,
    })
}

/// One past the letters with which a spelled name begins at token `i`.
fn letters_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    const FEWEST: usize = 3;
    let (mut at, mut letters) = (i, 0);
    while turn.is_letter(at) {
        letters += 1;
        at += 1;
        if matches!(turn.word(at), "-" | "." | ",") && turn.is_letter(at + 1) {
            at += 1;
        }
    }
    (letters >= FEWEST).then_some(at)
}

/// Whether token `k` joins two names: "… and …".
fn joins(turn: &ReadTurn<'_>, k: usize) -> bool {
    let named = |k: usize| {
        matches!(
            standing(turn.classes(k)),
            Standing::Name | Standing::Rare | Standing::Unlisted
        ) || turn.is_proper(k)
    };
    matches!(turn.word(k), "and" | "&") && k > 0 && named(k - 1) && named(k + 1)
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
        ("work" | "works" | "worked" | "working", "at" | "for", _) if has_worker(turn, i) => {
            Some(i + 2)
        }
        ("job", "at", _) | ("truck", "for", _) => Some(i + 2),
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
