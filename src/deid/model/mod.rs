//! The statistical model of names and places: a linear chain over hashed
//! features, trained by `leeward train` and built into the program.
//!
//! It reads what the rules found as hints, adds what they missed, and says what
//! it suspects beyond that. What rules found it leaves.

pub(crate) mod chain;
mod counted;
mod explain;
pub(crate) mod features;
mod fit;
mod garbled;
mod hash;
#[cfg(test)]
mod judged;
mod measured;
mod offered;
mod ordinary;
mod runs;
pub(crate) mod weights;

use std::ops::Range;

use crate::deid::Finding;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{ReadTurn, Reading};
use crate::deid::spoken::digits_of;
use crate::domain::Category;

pub use explain::Reason;

use chain::{Chain, LABELS, Row};
use features::{Sight, TurnSight};
use fit::says_something;
use garbled::is_garbled;
use offered::is_offered;
use runs::add_runs;
use weights::{Sums, Weights, WeightsError};

/// What each label stands for.
pub(crate) const CATEGORIES: [Option<Category>; LABELS] = [
    None,
    Some(Category::Person),
    Some(Category::City),
    Some(Category::Address),
    Some(Category::OtherId),
    Some(Category::Facility),
];

/// The layer that the model is, and the detector that its findings name.
pub(crate) const MODEL: &str = "model";

/// The label of a code.
const CODE: usize = 4;

/// The model, ready to judge.
#[derive(Debug)]
pub(crate) struct NameModel {
    weights: Weights,
}

impl NameModel {
    /// A model of stored weights.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        Weights::from_bytes(bytes).map(|weights| Self { weights })
    }

    /// The probability of each label for each token of `turn`, where one of
    /// those that are judged with it is `untold`.
    fn judge(&self, turn: &TurnSight<'_>, untold: impl Fn(usize) -> bool, room: &mut Room) {
        let Room {
            chain,
            scores,
            run,
            probabilities,
        } = room;
        probabilities.clear();
        probabilities.resize(turn.len(), CLOSED);
        let mut first = 0;
        while first < turn.len() {
            if !turn.is_open(first) {
                first += 1;
                continue;
            }
            let end = (first..turn.len()).find(|&i| !turn.is_open(i));
            let end = end.unwrap_or(turn.len());
            if !(first..end).any(&untold) {
                first = end;
                continue;
            }
            // The closed tokens beside a run hold its ends.
            let (from, to) = (first.saturating_sub(1), turn.len().min(end + 1));
            scores.clear();
            scores.extend((from..to).map(|i| self.scores(turn, i)));
            chain.posteriors(scores, &self.weights.follow, run);
            probabilities[first..end].copy_from_slice(&run[first - from..end - from]);
            first = end;
        }
    }

    fn scores(&self, turn: &TurnSight<'_>, i: usize) -> Row {
        if !turn.is_open(i) {
            return CLOSED_SCORES;
        }
        let mut sums = Sums::default();
        turn.each_feature(i, |feature| self.weights.add(feature, &mut sums));
        self.weights.scores(sums)
    }

    /// Adds to `found` what the model finds in `reading` and the rules did not;
    /// gives what it suspects and does not find, of a first reading.
    pub(crate) fn detect(&self, reading: &Reading<'_>, found: &mut Vec<Finding>) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let sight = Sight::new(reading, found);
        let taken = taken(&sight, found);
        let mut room = Room::default();
        let first = reading.earlier.is_none();
        for at in sight.changed() {
            let read = &reading.turns[at];
            let taken = &taken[sight.tokens(at)];
            let untold = |i: usize| taken[i].is_none() && says_something(read, i);
            let worth = (0..read.len()).any(untold);
            let Some(turn) = worth.then(|| sight.turn(at)).flatten() else {
                if first {
                    doubt_unread(at, &sight, read, taken, &mut doubts);
                }
                continue;
            };
            let untold = |i: usize| untold(i) || taken[i].is_none() && is_numeric(read, i);
            self.judge(&turn, untold, &mut room);
            let before = found.len();
            add_runs(
                reading.document,
                at,
                &turn,
                &room.probabilities,
                taken,
                found,
            );
            drop_others(found, before, |span| {
                let run = read.turn.tokens_of(span);
                is_offered(reading, at, &run)
                    || !turn.is_asked() && is_garbled(read, &run, reading.lexicon)
            });
            if first {
                doubt(at, &turn, &room.probabilities, taken, &mut doubts);
            }
        }
        doubts
    }
}

/// Drops from `found`, from index `from` on, the names and towns whose span `is_other`
/// says to be something else.
fn drop_others(
    found: &mut Vec<Finding>,
    from: usize,
    mut is_other: impl FnMut(&Range<usize>) -> bool,
) {
    if from == found.len() {
        return;
    }
    let mut index = 0;
    found.retain(|finding| {
        index += 1;
        let named = matches!(finding.category, Category::Person | Category::City);
        !(index > from && named && is_other(&finding.span))
    });
}

/// The probabilities of a token that is no identifier.
const CLOSED: Row = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// The scores of a token that is no identifier, whatever stands beside it.
pub(crate) const CLOSED_SCORES: Row = chain::CLOSED;

/// Room for one turn's judgement, used again from turn to turn.
#[derive(Debug, Default)]
struct Room {
    chain: Chain,
    scores: Vec<Row>,
    run: Vec<Row>,
    probabilities: Vec<Row>,
}

/// A token of which the model is not sure that it is no identifier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Doubt {
    pub(crate) turn: usize,
    /// Its index in the turn.
    pub(crate) token: usize,
    /// What it most probably is, if it is one: an index of [`CATEGORIES`].
    pub(crate) label: usize,
    /// How probably it is one.
    pub(crate) probability: f32,
    /// Whether the other side asked for something.
    pub(crate) asked: bool,
}

/// Below this a word raises no doubt. A number always does.
const INNOCENT: f32 = 0.0005;

fn doubt(
    at: usize,
    turn: &TurnSight<'_>,
    probabilities: &[Row],
    taken: &[Option<Category>],
    out: &mut Vec<Doubt>,
) {
    for (token, row) in probabilities.iter().enumerate() {
        let probability = 1.0 - row[0];
        let doubtful = probability > INNOCENT && says_something(turn.turn, token)
            || is_numeric(turn.turn, token);
        if doubtful && taken[token].is_none() {
            out.push(Doubt {
                turn: at,
                token,
                label: if row[0] < 1.0 { likeliest(row) } else { CODE },
                probability,
                asked: turn.is_asked(),
            });
        }
    }
}

/// Whether token `i` is a number, written or said.
fn is_numeric(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.kind(i) == Some(TokenKind::Number) || digits_of(turn.key(i)) > 0
}

/// Doubts the numbers of a turn that the model has not judged: `it's forty`.
fn doubt_unread(
    at: usize,
    sight: &Sight<'_>,
    turn: &ReadTurn<'_>,
    taken: &[Option<Category>],
    out: &mut Vec<Doubt>,
) {
    let numbers = (0..turn.len()).filter(|i| taken[*i].is_none() && digits_of(turn.key(*i)) > 0);
    out.extend(numbers.map(|token| Doubt {
        turn: at,
        token,
        label: CODE,
        probability: 0.0,
        asked: sight.is_asked(at),
    }));
}

/// What rules found at each token of the conversation; of several the
/// strongest.
fn taken(sight: &Sight<'_>, found: &[Finding]) -> Vec<Option<Category>> {
    let mut taken = vec![None; sight.tokens(sight.len()).start];
    let mut rising: Vec<&Finding> = found.iter().collect();
    rising.sort_by_key(|finding| finding.strength);
    for finding in rising {
        taken[sight.tokens_of(finding)].fill(Some(finding.category));
    }
    taken
}

/// Which kind of identifier a token most probably is, if it is one.
fn likeliest(row: &Row) -> usize {
    let best = (1..LABELS).max_by(|a, b| row[*a].total_cmp(&row[*b]));
    best.unwrap_or(1)
}
