//! Which tokens go: runs of one category that are probable enough and pass what
//! is known of amounts, abbreviations and ordinary words.

use std::ops::Range;

use crate::deid::detect::expect::quantity::is_answered;
use crate::deid::detect::name::is_of_thing;
use crate::deid::document::{BLANK, DocTurn, Document, TokenKind};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::is_test;
use crate::deid::word::{Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

use super::chain::{LABELS, Row};
use super::counted::{
    holds_amount, is_age_of, is_clinical, is_most, is_of_eponym, is_rate, is_size, without_labels,
};
use super::features::TurnSight;
use super::fit::{
    is_abbreviation, is_counting, is_graded, is_kind, is_measured, is_no_code, is_of_things,
    is_plain_word, is_predicate, is_reading, is_stray, least_of, least_of_site, says_something,
    without_modal,
};
use super::garbled::is_cut_out;
use super::measured::{are_amounts, is_short, is_shorthand, is_slight, names_amount};
use super::ordinary::{
    is_bracketed_age, is_colour, is_credential, is_hours, is_paint, is_terms, is_unnamed_site,
    is_weather, is_written_small,
};
use super::{CATEGORIES, MODEL, likeliest};

/// Least probability at which a token goes, by label: low, since a name left
/// costs more than a word lost, and higher where a wrong finding is likelier.
const THRESHOLDS: Row = [1.0, 0.1, 0.15, 0.2, 0.25, 0.3];

/// The least of [`THRESHOLDS`].
const LEAST: f32 = {
    let mut least = THRESHOLDS[0];
    let mut label = 1;
    while label < LABELS {
        least = least.min(THRESHOLDS[label]);
        label += 1;
    }
    least
};

/// Adds each run of tokens that are probably of one category. What a rule
/// found as something else stays that; a run takes in what rules found of its
/// own kind, so that a name in two halves is one.
pub(super) fn add_runs(
    document: &Document<'_>,
    at: usize,
    turn: &TurnSight<'_>,
    probabilities: &[Row],
    taken: &[Option<Category>],
    found: &mut Vec<Finding>,
) {
    let label = |i: usize| {
        let (category, p) = best(&probabilities[i])?;
        let named = matches!(category, Category::Person | Category::City);
        if turn.turn.word(i).starts_with(BLANK) || named && is_of_things(turn.turn, i) {
            return None;
        }
        taken[i]
            .is_none_or(|rule| rule == category || is_site(rule) && is_site(category))
            .then_some((category, p))
    };
    let mut i = 0;
    while i < probabilities.len() {
        let Some((category, _)) = label(i) else {
            i += 1;
            continue;
        };
        let first = i;
        let mut least = 1.0_f32;
        while i < probabilities.len()
            && let Some((_, p)) = label(i).filter(|(c, _)| *c == category)
        {
            least = least.min(p);
            i += 1;
        }
        let run = unmarked(turn.turn, without_modal(turn.turn, first..i));
        let run = solid(turn.turn, run, taken);
        // `Reg` and `Vin` are people too.
        let named = matches!(category, Category::Person | Category::City);
        let run = if named {
            run
        } else {
            without_labels(turn.turn, run)
        };
        if run.is_empty() {
            continue;
        }
        let is_town = |i: usize| {
            let judged = label(i).is_some_and(|(category, _)| category == Category::City);
            taken[i] == Some(Category::City) || judged || is_replaced_town(turn.turn, i)
        };
        let is_new = |i: usize| taken[i].is_none() && says_something(turn.turn, i);
        let fits = || match category {
            _ if is_medical(turn.turn, &run) => false,
            Category::Facility => {
                least >= least_of_site(turn, &run)
                    && !is_weather(turn.turn, &run)
                    && !is_unnamed_site(turn.turn, &run)
            }
            _ if are_amounts(turn, &run) || is_shorthand(turn, &run) => false,
            _ if is_terms(turn.turn, &run) || is_credential(turn.turn, &run) => false,
            Category::OtherId | Category::Address
                if is_age_of(turn.turn, &run, taken)
                    || is_size(turn.turn, &run)
                    || is_rate(turn.turn, &run) =>
            {
                false
            }
            Category::OtherId | Category::Address
                if is_hours(turn.turn, &run) || is_bracketed_age(turn.turn, &run) =>
            {
                false
            }
            Category::Person
                if is_state(turn, &run) && is_rarely_given(turn.turn, &run)
                    || names_state(turn.turn, &run) && follows_place(turn.turn, &run, is_town) =>
            {
                false
            }
            Category::City if is_state(turn, &run) || is_title(turn.turn, &run) => false,
            Category::Address if is_state_code(turn, &run) => false,
            Category::OtherId | Category::Address if is_reading(turn.turn, &run) => false,
            Category::OtherId => {
                let slight = || {
                    let beside = run.start > 0 && taken[run.start - 1].is_some();
                    !beside
                        && !turn.is_asked()
                        && !goes_on(document, at)
                        && is_slight(turn.turn, &run)
                };
                let answers = || is_short(turn.turn, &run) && is_answered(document, at);
                let new = run.clone().all(|i| taken[i].is_none());
                !is_no_code(turn, &run)
                    && !(new && (slight() || answers()))
                    && !is_measured(turn.turn, &run)
                    && !is_colour(turn.turn, &run)
            }
            Category::Address if !turn.is_asked() && holds_amount(turn.turn, &run) => false,
            Category::Address => {
                !is_graded(turn.turn, &run)
                    && !is_counting(turn.turn, &run)
                    && !names_amount(turn.turn, &run)
            }
            // `gcs fifteen bp one thirty four`
            Category::Person | Category::City
                if run.len() == 1
                    && !turn.is_asked()
                    && is_test(turn.turn.word(run.start))
                    && turn.turn.classes(run.start).given() < 3 =>
            {
                false
            }
            Category::Person | Category::City => {
                let thing = run.len() == 1 && is_of_thing(turn.turn, run.start);
                (turn.is_asked() || !thing && !is_plain_word(turn, &run))
                    && (turn.is_asked() || !is_abbreviation(turn.turn, &run))
                    && (turn.is_asked() || !is_paint(turn.turn, &run))
                    && !is_written_small(turn.turn, &run)
                    && (turn.is_asked() || !is_predicate(turn.turn, &run))
                    && !is_kind(turn.turn, &run)
                    && !is_most(turn.turn, &run)
                    && (turn.is_asked() || !is_clinical(turn.turn, &run))
                    && !is_of_eponym(turn.turn, &run)
                    && (turn.is_asked() || !is_cut_out(turn.turn, &run))
                    && least >= least_of(turn, &run, category == Category::City)
            }
            _ => true,
        };
        if run.clone().any(is_new) && !is_stray(turn, &run) && fits() {
            let span = turn.turn.span(run.start, run.end);
            found.push(finding(at, span, category, least));
        }
    }
}

/// Whether `run` is a drug or another word of medicine that nobody and no town is
/// called by: `allergies: [penicillin]`.
fn is_medical(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let classes = read.classes(run.start);
    const CLINICAL: Classes = Classes::DRUG.with(Classes::CLINICAL);
    // What lists of products lack.
    const KINDS: Words = words![
        "antibiotic",
        "antibiotics",
        "opioids",
        "painkillers",
        "penicillin",
        "steroids",
        "sulfa",
    ];
    let named = classes.given() + classes.family() + classes.town_size();
    let medical = classes.any(CLINICAL) || KINDS.has(read.key(run.start));
    run.len() == 1 && (medical && named == 0 || is_species(read, run.start))
}

/// Whether token `i` is the species of a germ whose genus is a letter: `c [diff]`.
fn is_species(read: &ReadTurn<'_>, i: usize) -> bool {
    const SPECIES: Words = words![
        "albicans",
        "aureus",
        "coli",
        "diff",
        "difficile",
        "jejuni",
        "pneumoniae",
        "pylori",
        "pyogenes",
    ];
    let stop = usize::from(i > 0 && read.is_mark(i - 1, "."));
    SPECIES.has(read.key(i)) && i > stop && read.is_letter(i - 1 - stop)
}

/// Whether `run` is how somebody is addressed, and no town: `[officer] lund`.
fn is_title(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    run.len() == 1 && read.classes(run.start).any(Classes::TITLE) && !read.is_proper(run.start)
}

/// Whether `run` is a state by its name alone, where no place was asked for.
fn is_state(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    !turn.is_asked() && names_state(turn.turn, run)
}

/// Whether `run` is one word, and a state.
fn names_state(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    run.len() == 1 && read.classes(run.start).any(Classes::STATE)
}

/// Whether a town stood at token `i`, of which the first reading left a blank, and
/// nobody's name can have.
fn is_replaced_town(read: &ReadTurn<'_>, i: usize) -> bool {
    let replaced = &read.turn.replaced;
    read.turn.is_blank(i) && replaced.has(Category::City) && !replaced.has(Category::Person)
}

/// Whether few persons are called as the one word of `run`: `montana`, but not
/// `georgia`.
fn is_rarely_given(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const OFTEN: u32 = 4;
    read.classes(run.start).given() < OFTEN
}

/// Whether what stands before `run` takes a place: a town that was found, or who
/// is from there (`dover , [georgia]`, `originally from [georgia]`).
fn follows_place(read: &ReadTurn<'_>, run: &Range<usize>, is_town: impl Fn(usize) -> bool) -> bool {
    const HAILS: Words = words![
        "are",
        "came",
        "come",
        "comes",
        "i'm",
        "is",
        "not",
        "originally",
        "was",
        "we're",
        "were",
    ];
    let comma = run.start > 0 && read.is_mark(run.start - 1, ",");
    let Some(before) = run.start.checked_sub(1 + usize::from(comma)) else {
        return false;
    };
    let hails = || before > 0 && HAILS.has(read.key(before - 1));
    is_town(before) || read.word(before) == "from" && hails()
}

/// Whether `run` is the short form of a state alone, which stays: `dover [de]`.
fn is_state_code(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    let state = turn.turn.classes(run.start).any(Classes::STATE);
    run.len() == 1 && state && turn.turn.word(run.start).len() == 2
}

/// Whether turn `at` and the one before it, by the same side, say a number and
/// nothing else: `8876`, `[80]`.
fn goes_on(document: &Document<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &document.turns[before]) else {
        return false;
    };
    let turn = &document.turns[at];
    let number = |turn: &DocTurn<'_>| turn.tokens.iter().all(|t| t.kind == TokenKind::Number);
    before.role == turn.role && number(before) && number(turn)
}

/// Whether an institution is meant, of whatever kind.
fn is_site(category: Category) -> bool {
    matches!(category, Category::Facility | Category::Organization)
}

/// `run` with what is written in one with it: `[7QWLM]` in `K7QWLM`.
fn solid(turn: &ReadTurn<'_>, mut run: Range<usize>, taken: &[Option<Category>]) -> Range<usize> {
    let is_free =
        |i: usize| turn.kind(i).is_some_and(|kind| kind != TokenKind::Mark) && taken[i].is_none();
    while !run.is_empty() && run.start > 0 && turn.is_joined(run.start) && is_free(run.start - 1) {
        run.start -= 1;
    }
    while !run.is_empty() && turn.is_joined(run.end) && is_free(run.end) {
        run.end += 1;
    }
    run
}

/// `run` without the marks at its ends.
fn unmarked(turn: &ReadTurn<'_>, mut run: Range<usize>) -> Range<usize> {
    let is_mark = |i| turn.kind(i) == Some(TokenKind::Mark);
    while !run.is_empty() && is_mark(run.start) {
        run.start += 1;
    }
    while !run.is_empty() && is_mark(run.end - 1) {
        run.end -= 1;
    }
    run
}

fn finding(turn: usize, span: Range<usize>, category: Category, p: f32) -> Finding {
    Finding {
        turn,
        span,
        category,
        detector: MODEL,
        rule: "sequence",
        strength: if p > 0.9 {
            Strength::Cued
        } else {
            Strength::Likely
        },
        confidence: p,
    }
}

/// The likeliest identifier that a token may be, where it is probable enough.
fn best(row: &Row) -> Option<(Category, f32)> {
    let removed = 1.0 - row[0];
    // Most tokens are surely none.
    if removed < LEAST {
        return None;
    }
    let best = likeliest(row);
    (removed >= THRESHOLDS[best]).then_some((CATEGORIES[best]?, removed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::model::judged;

    #[test]
    fn a_drug_alone_is_nobody() {
        let medical = |text, run| judged::in_turn(is_medical, text, run);
        assert!(medical("allergies: penicillin", "penicillin"));
        assert!(!medical("allergies: lund", "lund"));
        assert!(medical("i might have C diff again", "diff"));
        assert!(!medical("i spoke to diff today", "diff"));
    }

    #[test]
    fn few_are_called_as_most_states_are() {
        let rare = |text, state| judged::in_turn(is_rarely_given, text, state);
        assert!(rare("montana gets so cold", "montana"));
        assert!(!rare("georgia gets so cold", "georgia"));
    }

    #[test]
    fn a_state_follows_a_town_or_is_where_somebody_is_from() {
        let after = |found: Option<Category>, text: &str| {
            judged::in_turn(
                |turn, run| follows_place(turn, run, |_| found == Some(Category::City)),
                text,
                "georgia",
            )
        };
        assert!(after(Some(Category::City), "they live in dallas , georgia"));
        assert!(after(Some(Category::City), "they live in dallas georgia"));
        assert!(after(None, "no i'm not from georgia"));
        assert!(!after(None, "they call dallas , georgia"));
        assert!(!after(None, "there was a call from georgia"));
        assert!(!after(Some(Category::City), "georgia called"));
    }
}
