//! What a question asks for: the next turn of the other side is read as its
//! answer, and so are the turns after it that say more of it. An answer in
//! parts is one answer, whatever the asker murmurs or reads back between them.

mod address;
mod age;
mod answer;
pub(super) mod code;
mod day;
mod elder;
pub(super) mod fragment;
mod gap;
mod murmur;
pub(in crate::deid) mod quantity;
mod reading;
pub(in crate::deid) mod street;
pub(super) mod talk;
mod time;
#[cfg(test)]
mod tests;

use crate::deid::document::{DocTurn, Token};
use crate::deid::finding::Finding;
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::spoken::is_date_word;
use crate::deid::word::{Words, words};
use crate::domain::{Category, Role, TurnKind};

use super::cue::{ANY_NUMBER, Form, Kind, cued};
use super::value::{Value, is_year, read};

pub(in crate::deid::detect) use answer::DICTATED;
use answer::{Answer, EMERGENCY, Step, day_or_month, digits, parts, text};
use murmur::is_murmured;
use reading::is_reading;

/// Marks the words of what is asked for in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    address::mark(lexicon);
    age::mark(lexicon);
    day::mark(lexicon);
    quantity::mark(lexicon);
    time::mark(lexicon);
}

/// For how many turns a question stays open.
const OPEN_FOR: usize = 4;

/// For how many turns a word alone may answer a question.
const RECENT: usize = 3;

/// Most questions that are open at once; the oldest go.
const MOST_OPEN: usize = 6;

/// Fewest digits that make the parts of an answer an identifier.
const FEWEST: usize = 3;

/// Longest turn, in tokens, in which a year can be a code that was asked for.
const LONGEST_YEAR_ANSWER: usize = 4;

/// Longest word with a digit that may be no handle: `b12`.
const LONGEST_CODE_WORD: usize = 4;

/// A date that begins with its month, whatever was asked.
const DATE: Kind = Kind {
    category: Category::Date,
    rule: "parts",
    digits: FEWEST,
    form: Form::Number,
};

/// A number of no known kind that is said in parts.
const UNASKED: Kind = Kind {
    category: Category::OtherId,
    rule: DICTATED,
    digits: FEWEST,
    form: Form::Number,
};

/// What is asked for, and what is being said.
#[derive(Debug, Default)]
pub(super) struct Expectations {
    /// Turn and kind of what was asked.
    asked: Vec<(usize, Kind)>,
    answer: Option<Answer>,
}

impl Expectations {
    /// Reads turn `index` of `turns` as an answer to what was asked before it.
    /// `busy` says that it has cues of its own, which know better; `touches`
    /// whether it may have a word of some classes.
    pub(super) fn read(
        &mut self,
        turns: &[&DocTurn<'_>],
        index: usize,
        busy: bool,
        touches: impl Fn(Classes) -> bool,
        out: &mut Vec<Finding>,
    ) {
        let turn = turns[index];
        if turn.role == Role::System {
            return;
        }
        if touches(Classes::ASKS_QUANTITY) && quantity::asks(turn) {
            self.asked.clear();
            self.answer = None;
        }
        if index > 0 && quantity::is_pressed(turns[index - 1], turn) {
            return;
        }
        self.close(turns, index, |turn, kind| turn.replaced.has(kind.category));
        self.hear(turns, index, busy, out);
        self.close(turns, index, is_year_of);
    }

    /// Closes what was asked of whoever speaks in turn `index`, where that
    /// turn `tells` it.
    fn close(
        &mut self,
        turns: &[&DocTurn<'_>],
        index: usize,
        tells: impl Fn(&DocTurn<'_>, Kind) -> bool,
    ) {
        let turn = turns[index];
        self.asked.retain(|(asked, kind)| {
            !is_other_side(turns[*asked].role, turn.role) || !tells(turn, *kind)
        });
    }

    fn hear(&mut self, turns: &[&DocTurn<'_>], index: usize, busy: bool, out: &mut Vec<Finding>) {
        let turn = turns[index];
        if let Some(mut answer) = self.answer.take()
            && index - answer.turn <= OPEN_FOR
        {
            match answer.step(turn, index, busy, out) {
                Step::More => {
                    self.answer = Some(answer);
                    return;
                }
                Step::Murmur => self.answer = Some(answer),
                Step::Ends => {}
            }
        }
        if self.answer.is_none() && !busy && is_month(turn) {
            let month = day_or_month(turn);
            self.answer = Some(Answer::new(DATE, turn, index, &month));
        }
        self.asked.retain(|(asked, _)| index - asked <= OPEN_FOR);
        if self.asked.len() > MOST_OPEN {
            self.asked.drain(..self.asked.len() - MOST_OPEN);
        }
        let open = |(question, _): &&(usize, Kind)| {
            let question = turns[*question];
            is_other_side(question.role, turn.role) && is_request(question)
        };
        if busy {
            return;
        }
        let Some(&(question, kind)) = self.asked.iter().rfind(open) else {
            self.begin_unasked(turn, index);
            return;
        };
        let recent = index - question <= RECENT;
        let found = self.said(turn, kind, recent);
        if found.is_empty() {
            self.begin(turn, index, kind, out);
            return;
        }
        self.asked
            .retain(|(_, open)| open.category != kind.category);
        self.answer = Some(Answer::new(kind, turn, index, &found));
        out.extend(found.into_iter().map(|v| cued(index, v.span, kind)));
    }

    /// What `turn` says of `kind`, which was asked for; a word alone answers a
    /// `recent` question only.
    fn said(&self, turn: &DocTurn<'_>, kind: Kind, recent: bool) -> Vec<Value> {
        let whole = match kind.form {
            Form::Asked if kind.category == Category::OtherId => {
                return first_sentence(turn).into_iter().collect();
            }
            Form::Asked => return Vec::new(),
            Form::Word if recent && self.answer.is_none() && parts(turn).is_none() => {
                fragment::first(turn, kind)
            }
            Form::Number | Form::Word => None,
        };
        whole.unwrap_or_else(|| {
            let found: Vec<_> = values(turn).filter(|v| answers(v, kind, turn)).collect();
            if found.is_empty() && kind.category == Category::Date {
                return day_or_month(turn);
            }
            found
        })
    }

    /// Reads turn `index` as the first part of an answer to `kind`, where no
    /// answer is being said and the turn says nothing else.
    fn begin(&mut self, turn: &DocTurn<'_>, index: usize, kind: Kind, out: &mut Vec<Finding>) {
        if self.answer.is_some() {
            return;
        }
        let mut said = parts(turn).or_else(|| fragment::first(turn, kind));
        if kind.category == Category::Date
            && let Some(parts) = &mut said
        {
            // A year alone may stay.
            parts.retain(|part| !is_year(text(turn, part)));
            said.take_if(|parts| parts.is_empty());
        }
        let answer = match said {
            Some(parts) => Some(Answer::begun(kind, turn, index, parts)),
            None => fragment::prefix(turn, kind)
                .map(|prefix| Answer::begun(kind, turn, index, prefix).unsure()),
        };
        let Some(mut answer) = answer else { return };
        answer.find_parts(out);
        if answer.is_found() {
            self.asked.retain(|(_, open)| *open != kind);
        }
        self.answer = Some(answer);
    }

    /// Reads turn `index`, which says numbers and nothing else, as the first
    /// part of one that nobody asked for in words that are known. Only what is
    /// said is dictated; who writes, writes it at once.
    fn begin_unasked(&mut self, turn: &DocTurn<'_>, index: usize) {
        let plain = |value: &Value| {
            let said = text(turn, value);
            value.digits >= FEWEST && !is_year(said) && !said.ends_with("00")
        };
        if self.answer.is_none()
            && turn.kind == TurnKind::Speech
            && let Some(parts) = parts(turn).filter(|parts| parts.iter().all(plain))
        {
            self.answer = Some(Answer::begun(UNASKED, turn, index, parts));
        }
    }

    /// Reads what turn `index` says after its cue, which ends before token
    /// `from`, as the first part of a number that is said over several turns:
    /// `the agreement number's eight one four`. Whether it can be one.
    pub(super) fn begin_told(
        &mut self,
        turn: &DocTurn<'_>,
        index: usize,
        kind: Kind,
        from: usize,
    ) -> bool {
        let Some(parts) = fragment::rest(turn, kind, from) else {
            return false;
        };
        self.answer = Some(Answer::begun(kind, turn, index, parts));
        true
    }

    /// Notes what the cues of turn `index` announce: the `values` of each kind.
    /// A turn that says an identifier does not ask for it as well.
    pub(super) fn note(
        &mut self,
        turns: &[&DocTurn<'_>],
        index: usize,
        said: &[(Kind, Vec<Value>)],
    ) {
        let mut told = [false; Category::ALL.len()];
        for (kind, values) in said.iter().filter(|(_, values)| !values.is_empty()) {
            told[kind.category.index()] = true;
            self.asked
                .retain(|(_, open)| open.category != kind.category);
            self.answer = Some(Answer::new(*kind, turns[index], index, values));
        }
        let named = said.iter().any(|(kind, _)| kind.form != Form::Asked);
        // What was said already stands replaced on a second reading.
        let replaced = turns[index].replaced;
        let open = |kind: &Kind| {
            let told = told[kind.category.index()] || replaced.has(kind.category);
            !(told || named && kind.form == Form::Asked)
        };
        for (kind, _) in said.iter().filter(|(kind, _)| open(kind)) {
            if self.asked.last() != Some(&(index, *kind)) {
                self.asked.push((index, *kind));
            }
        }
    }
}

/// The code that is all of the first sentence of `turn`, which goes on: `[AC 5519].
/// it is hard to read`.
fn first_sentence(turn: &DocTurn<'_>) -> Option<Value> {
    const LONGEST: usize = 8;
    if turn.shape.digits == 0 || !turn.shape.marks.has(b'.') {
        return None;
    }
    let first = (0..turn.tokens.len().min(LONGEST)).find(|&i| !is_murmured(turn, i))?;
    let value = read(turn, first)?;
    let said = text(turn, &value);
    let lettered = said.bytes().any(|b| b.is_ascii_alphabetic());
    let ends = value.next < turn.tokens.len() && turn.word(value.next) == ".";
    let fits = value.digits > FEWEST || lettered && value.digits >= FEWEST;
    (ends && fits && !is_year(said) && !is_reading(turn, &value)).then_some(value)
}

/// Whether `turn` says a year where `kind` asked for a date: what is left of
/// one.
fn is_year_of(turn: &DocTurn<'_>, kind: Kind) -> bool {
    let year = |token: &Token| is_year(&turn.text[token.span.clone()]);
    kind.category == Category::Date && turn.tokens.iter().any(year)
}

/// Whether a turn of `b` may answer one of `a`; where roles are unknown, any.
/// What the platform writes answers nobody.
fn is_other_side(a: Role, b: Role) -> bool {
    (a != b || a == Role::Other) && b != Role::System
}

/// Whether `turn` says a month and nothing else.
fn is_month(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 4;
    let month = || (0..turn.tokens.len()).any(|i| is_date_word(turn.key(i)));
    turn.tokens.len() <= LONGEST && month() && !day_or_month(turn).is_empty()
}

/// Whether `turn` asks: agents that name an identifier and say none do.
fn is_request(turn: &DocTurn<'_>) -> bool {
    turn.role == Role::Agent || asks(turn)
}

/// Most tokens of a turn that names what it asks for and says little else:
/// `and the member id`.
const BARE_REQUEST: usize = 6;

/// Whether `turn`, which names an identifier and says none, asks for it: in so
/// many words, or by saying nothing else.
pub(super) fn asks(turn: &DocTurn<'_>) -> bool {
    const ASKING: Words = words![
        "can", "confirm", "could", "enter", "give", "how", "may", "need", "please", "provide",
        "tell", "verify", "what", "what's", "whats", "where", "which"
    ];
    turn.tokens.len() <= BARE_REQUEST
        || turn.shape.marks.has(b'?')
        || turn.tokens.iter().any(|token| ASKING.has(token.key))
}

/// Whether `said` is a code of letters and digits though it has few digits:
/// `u-4-a-t-8-t`.
fn is_mixed(said: &str) -> bool {
    const SHORTEST: usize = 5;
    let long = said.bytes().filter(u8::is_ascii_alphanumeric).count() >= SHORTEST;
    let apart = |c: char| !c.is_ascii_alphanumeric();
    let one_by_one = said.split(apart).all(|piece| piece.len() <= 1);
    let solid = !said.contains(apart) && said == said.to_uppercase();
    long && (one_by_one || solid)
}

fn values<'a>(turn: &'a DocTurn<'_>) -> impl Iterator<Item = Value> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < turn.tokens.len() {
            match read(turn, at) {
                Some(value) => {
                    at = value.next;
                    return Some(value);
                }
                None => at += 1,
            }
        }
        None
    })
}

/// Whether `value` can be what `kind` asked for. A year alone is an answer to
/// other questions.
fn answers(value: &Value, kind: Kind, turn: &DocTurn<'_>) -> bool {
    let said = text(turn, value);
    let lettered = said.bytes().any(|b| b.is_ascii_alphabetic());
    let lettered = match kind.category {
        // A postcode and a handle have few digits.
        Category::Zip | Category::Vehicle => lettered && value.digits >= 2,
        Category::Username => lettered && said.len() > LONGEST_CODE_WORD,
        Category::Date | Category::Phone | Category::Fax | Category::Ssn => false,
        _ => lettered && value.digits >= 2 && is_mixed(said),
    };
    let year = is_year(said)
        && (kind.category == Category::Date || turn.tokens.len() > LONGEST_YEAR_ANSWER);
    let fewest = if kind.rule == ANY_NUMBER {
        kind.digits
    } else {
        FEWEST
    };
    (value.digits >= fewest || lettered)
        && !year
        && digits(turn, value) != EMERGENCY
        && !is_reading(turn, value)
}
