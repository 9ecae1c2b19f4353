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
    let end = (start..turn.len().min(start + MOST_WORDS))
        .take_while(|&k| belongs(turn, k, cased))
        .last()?
        + 1;
    let telling = cased || (start..end).any(|k| standing(turn.classes(k)) > Standing::Word);
    telling.then_some(Place {
        tokens: start..end,
        category: Category::Organization,
        rule: "employer",
        strength: Strength::Cued,
        confidence: 0.8,
    })
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
        ("employer" | "company", "is", _) | ("employed", "by" | "at", _) => Some(i + 2),
        ("work" | "works" | "worked" | "working", "at" | "for", _) if has_worker(turn, i) => {
            Some(i + 2)
        }
        ("job", "at", _) => Some(i + 2),
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
