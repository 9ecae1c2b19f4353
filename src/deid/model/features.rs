//! What the model sees of a token: hashed features of the word, of the words
//! around it, of the turn, and of what the rules make of it.
//!
//! A word that is rare as a word is seen only by its classes, so that the
//! model learns the places where names stand and not the names.

use std::ops::Range;

use crate::deid::Finding;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn, Reading, asked};
use crate::deid::spoken::unit;
use crate::deid::word::{Key, words};
use crate::domain::{Category, Role};

use super::hash::{hash, hash_of_four, hash_of_key, hash_str};

/// Bits of a feature's index.
pub(crate) const BITS: u32 = 18;

/// How far features of a token look, in tokens.
const AROUND: usize = 3;

/// For how many turns a question is remembered.
const REMEMBERED: usize = 4;

/// A conversation as the model sees it.
#[derive(Debug)]
pub(crate) struct Sight<'a> {
    reading: &'a Reading<'a>,
    /// What was asked of whoever speaks in each turn, as bits of [`asked_for`].
    asked: Vec<u32>,
    /// What rules make of each token of the conversation; 0 where they are
    /// silent.
    hints: Vec<u32>,
    /// The first of each turn's tokens in `hints`.
    starts: Vec<usize>,
}

/// A turn as the model sees it: symbols by token.
#[derive(Debug)]
pub(crate) struct TurnSight<'a> {
    pub(crate) turn: &'a ReadTurn<'a>,
    tokens: Vec<TokenSight>,
    /// What rules make of the token; 0 where they are silent.
    hints: &'a [u32],
    /// What the other side asked for last, as bits of [`asked_for`].
    asked: u32,
    /// Of the whole turn: who speaks, how long it is.
    manner: u32,
}

/// A token as the model sees it.
#[derive(Debug, Clone, Copy, Default)]
struct TokenSight {
    /// The word itself where it is common, else what lists say of it.
    symbol: u32,
    /// Where the features of the symbol by itself lie.
    line: u32,
    /// What lists say of the word.
    kind: u32,
    /// Whether it may be an identifier at all.
    open: bool,
}

impl TokenSight {
    /// Looks at token `i` of `turn`.
    fn look(&mut self, turn: &ReadTurn<'_>, i: usize) {
        (self.symbol, self.kind) = symbol_and_kind(turn, i);
        self.line = line_of(self.symbol);
    }
}

/// Where the features of `symbol` by itself lie, in eights.
#[inline]
fn line_of(symbol: u32) -> u32 {
    index(0, 3, symbol, 0, 0) as u32
}

impl<'a> Sight<'a> {
    /// Looks at `reading` and at what rules `found` in it.
    pub(crate) fn new(reading: &'a Reading<'a>, found: &[Finding]) -> Self {
        let mut starts = Vec::with_capacity(reading.turns.len() + 1);
        starts.push(0);
        for turn in &reading.turns {
            starts.push(starts[starts.len() - 1] + turn.len());
        }
        let mut hints = vec![0; starts[reading.turns.len()]];
        for finding in found.iter().filter(|finding| !is_listed(finding)) {
            let turn = &reading.turns[finding.turn];
            hint(turn, finding, &mut hints[starts[finding.turn]..]);
        }
        Self {
            reading,
            asked: questions(reading),
            hints,
            starts,
        }
    }

    /// How many turns it has.
    pub(crate) fn len(&self) -> usize {
        self.reading.turns.len()
    }

    /// Turn `at`; `None` where no token of it may be an identifier.
    pub(crate) fn turn(&self, at: usize) -> Option<TurnSight<'_>> {
        TurnSight::new(&self.reading.turns[at], self.hints(at), self.asked[at])
    }

    /// Whether something was asked of whoever speaks in turn `at`.
    pub(crate) fn is_asked(&self, at: usize) -> bool {
        self.asked[at] != 0
    }

    fn hints(&self, at: usize) -> &[u32] {
        &self.hints[self.tokens(at)]
    }

    /// Where the tokens of turn `at` stand among those of the conversation; the
    /// end where there is no such turn.
    pub(crate) fn tokens(&self, at: usize) -> Range<usize> {
        let last = self.starts.len() - 1;
        self.starts[at.min(last)]..self.starts[last.min(at + 1)]
    }

    /// Where the tokens of `finding` stand among those of the conversation.
    pub(crate) fn tokens_of(&self, finding: &Finding) -> Range<usize> {
        let tokens = self.reading.turns[finding.turn].tokens_of(&finding.span);
        let start = self.starts[finding.turn];
        start + tokens.start..start + tokens.end
    }

    /// The turns that look otherwise than in the reading before this one,
    /// where there was one.
    pub(crate) fn changed(&self) -> impl Iterator<Item = usize> {
        let before = self.reading.earlier.map(questions);
        (0..self.len()).filter(move |&at| {
            let asked = before.as_ref().map(|questions| questions[at]);
            self.reading.turns[at].turn.fresh
                || asked != Some(self.asked[at])
                || self.hints(at).iter().any(|hint| *hint != 0)
        })
    }
}

/// What was asked of whoever speaks in each turn of `reading`.
fn questions(reading: &Reading<'_>) -> Vec<u32> {
    let asked: Vec<_> = reading.turns.iter().map(asked_for).collect();
    let turns = 0..reading.turns.len();
    turns
        .map(|at| question_before(reading, &asked, at))
        .collect()
}

/// Whether `finding` says no more than that lists hold a name that few bear. That is no
/// hint: told of it, the model would learn to wait for lists, and not the places in
/// which names stand that are in none.
fn is_listed(finding: &Finding) -> bool {
    finding.detector == "name" && matches!(finding.rule, "rare" | "rare-full")
}

/// Notes what a rule found in `turn` among the `hints` of its tokens; of
/// several the strongest counts, whatever their order.
fn hint(turn: &ReadTurn<'_>, finding: &Finding, hints: &mut [u32]) {
    let class = match finding.category {
        Category::Person | Category::City | Category::Address => finding.category as u32,
        Category::Organization | Category::Facility => Category::Organization as u32,
        Category::Date | Category::Time | Category::Zip | Category::Email => {
            finding.category as u32
        }
        _ => Category::OtherId as u32,
    };
    let code = hash(&[class, hash_str(finding.rule)]) >> 4;
    let hint = (finding.strength as u32 + 1) << 28 | code;
    let tokens = turn.tokens_of(&finding.span);
    hints[tokens].iter_mut().for_each(|at| *at = hint.max(*at));
}

/// What was asked of whoever speaks in turn `at`.
fn question_before(reading: &Reading<'_>, asked: &[u32], at: usize) -> u32 {
    let role = reading.turns[at].turn.role;
    if role == Role::System {
        return 0;
    }
    let earlier = (0..at).rev().take(REMEMBERED);
    let mut others = earlier.filter(|i| role == Role::Other || reading.turns[*i].turn.role != role);
    others
        .find_map(|i| (asked[i] != 0).then_some(asked[i]))
        .unwrap_or(0)
}

/// What `turn` asks for, a bit for each kind of thing.
fn asked_for(turn: &ReadTurn<'_>) -> u32 {
    if !turn.has(Classes::ASKED) {
        return 0;
    }
    (0..turn.len())
        .filter(|i| turn.classes(*i).any(Classes::ASKED))
        .filter_map(|i| asked(turn.key(i)))
        .fold(0, |mask, kind| mask | 1 << kind)
}

/// Whether a word is seen as itself: grammar, words too common to be
/// remembered as anybody's name, and words that are nobody's.
fn is_seen_as_itself(classes: Classes) -> bool {
    classes.any(
        Classes::STOP
            | Classes::TITLE
            | Classes::KIN
            | Classes::CALENDAR
            | Classes::FACILITY
            | Classes::REQUEST
            | Classes::BRAND,
    ) || classes.commonness() >= 5 && !classes.any(Classes::MOSTLY_NAME)
        || classes.commonness() >= 3 && classes.given() == 0 && classes.family() <= 1
}

/// What lists say of a word, in a few bits.
fn kind_of(classes: Classes) -> u32 {
    let band = |n: u32| [0, 1, 1, 2, 3, 4, 4, 4][n as usize & 7];
    let commonness = [0, 1, 1, 2, 3, 4, 5, 5][classes.commonness() as usize & 7];
    let flags = [
        Classes::CLINICAL,
        Classes::DRUG,
        Classes::STATE.with(Classes::COUNTRY),
        Classes::STOP,
        Classes::CALENDAR,
        Classes::MOSTLY_NAME,
        Classes::BRAND,
    ];
    let flags = flags
        .iter()
        .fold(0, |bits, flag| bits << 1 | u32::from(classes.any(*flag)));
    let scales = (band(classes.given()) * 5 + band(classes.family())) * 6 + commonness;
    (scales * 3 + classes.town_size().min(2)) << 7 | flags
}

impl<'a> TurnSight<'a> {
    /// A turn in which some token is open; `None` for most.
    fn new(turn: &'a ReadTurn<'a>, hints: &'a [u32], asked: u32) -> Option<Self> {
        let mut tokens = open(turn, hints, asked != 0)?;
        let n = turn.len();
        // No feature of an open token looks farther, save at the first word.
        let mut from = 1;
        tokens[0].look(turn, 0);
        for at in 0..n {
            if !tokens[at].open {
                continue;
            }
            let near = from.max(at.saturating_sub(AROUND))..n.min(at + AROUND + 1);
            from = from.max(near.end);
            for i in near {
                tokens[i].look(turn, i);
            }
        }
        let length = [0, 1, 2, 3, 4, 4, 5, 5, 5, 6][n.min(9)];
        Some(Self {
            turn,
            tokens,
            hints,
            asked,
            manner: (turn.turn.role as u32) << 8 | length,
        })
    }

    /// Whether token `i` may be an identifier; all others are none.
    pub(crate) fn is_open(&self, i: usize) -> bool {
        self.tokens[i].open
    }

    /// Whether the other side asked for something.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked != 0
    }

    /// Whether a day was asked for, as of birth, and nothing else.
    pub(crate) fn is_asked_a_day(&self) -> bool {
        asked(Key::of("birth")).is_some_and(|kind| self.asked == 1 << kind)
    }

    /// Whether token `i` is a word that the model sees as itself.
    pub(crate) fn is_common(&self, i: usize) -> bool {
        is_seen_as_itself(self.turn.classes(i))
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    fn symbol(&self, i: isize) -> u32 {
        get(&self.tokens, i).map_or(BEYOND, |token| token.symbol)
    }

    /// Where the features of token `i` by itself lie.
    fn line(&self, i: isize) -> usize {
        get(&self.tokens, i).map_or_else(|| line_of(BEYOND) as usize, |token| token.line as usize)
    }

    fn kind(&self, i: isize) -> u32 {
        get(&self.tokens, i).map_or(BEYOND, |token| token.kind)
    }

    fn hinted(&self, i: isize) -> u32 {
        get(self.hints, i).unwrap_or(BEYOND)
    }

    /// How token `i` is written.
    fn case(&self, i: usize) -> u32 {
        let turn = self.turn;
        let flags = [
            turn.is_capital(i),
            turn.starts_sentence(i),
            turn.is_all_capitals(i),
            turn.is_letter(i),
        ];
        flags
            .iter()
            .fold(1, |bits, flag| bits << 1 | u32::from(*flag))
    }

    /// Calls `f` with the index of each feature of token `i`; those of hints only
    /// where rules found something.
    pub(crate) fn each_feature(&self, i: usize, mut f: impl FnMut(usize)) {
        let at = i as isize;
        let symbols: [u32; 7] = std::array::from_fn(|k| self.symbol(at + k as isize - 3));
        let kinds: [u32; 3] = std::array::from_fn(|k| self.kind(at + k as isize - 1));
        let hints: [u32; 3] = std::array::from_fn(|k| self.hinted(at + k as isize - 1));
        let s = |k: isize| symbols[(k + 3) as usize];
        let k = |k: isize| kinds[(k + 1) as usize];
        let h = |k: isize| hints[(k + 1) as usize];
        // What tokens beside each other see of one word lies together.
        for (place, offset) in (0..).zip([0, -1, 1, -2, 2, -3, 3]) {
            f(self.line(at + offset) << 3 | place);
        }
        let mut pair = |place: usize, a: u32, b: u32| f(index(1, 2, a, b, 0) << 2 | place);
        pair(0, s(-1), s(0));
        pair(1, s(0), s(1));
        pair(2, s(-2), s(-1));
        pair(3, s(1), s(2));
        f(index(2, 1, s(-3), s(-2), s(-1)) << 1);
        f(index(2, 1, s(1), s(2), s(3)) << 1 | 1);
        f(index(3, 1, k(-1), k(0), 0) << 1);
        f(index(3, 1, k(0), k(1), 0) << 1 | 1);
        let case = self.case(i);
        let ending = endings(self.turn.word(i));
        let mut emit = |template: u32, a: u32, b: u32, c: u32| f(index(template, 0, a, b, c));
        emit(4, k(0), 0, 0);
        emit(5, s(-1), s(1), 0);
        emit(6, k(0), s(-1), 0);
        emit(7, k(0), s(1), 0);
        emit(8, k(0), s(-1), s(1));
        emit(9, k(0), case, 0);
        emit(10, k(0), s(-2), s(-1));
        emit(11, k(0), s(1), s(2));
        emit(12, ending[0], u32::from(case & 8 != 0), 0);
        emit(13, ending[1], 0, 0);
        emit(14, ending[2], 0, 0);
        emit(15, s(0), at.min(6) as u32, 0);
        emit(16, k(0), self.manner, at.min(3) as u32);
        emit(17, k(0), self.manner & 0xff, (self.len() - i).min(3) as u32);
        emit(18, self.asked, self.manner & 0xff, k(0));
        emit(19, self.asked, h(0), at.min(3) as u32);
        if hints.iter().all(|hint| *hint <= BEYOND) {
            return;
        }
        emit(20, h(-1), h(0), h(1));
        if h(0) != 0 {
            emit(21, h(0), 0, 0);
            emit(22, h(0), k(0), 0);
            emit(23, h(0), s(-1), 0);
            emit(24, h(0), s(0), 0);
            emit(25, h(0), s(1), 0);
        }
    }
}

/// Where the first of two to the power of `room` features lies that are made of
/// `template`, `a`, `b` and `c`, in as many.
#[inline]
fn index(template: u32, room: u32, a: u32, b: u32, c: u32) -> usize {
    (hash_of_four(template, a, b, c) >> (u32::BITS - BITS + room)) as usize
}

/// Numbers of the last two, three and four bytes of `word`, or of all of it.
fn endings(word: &str) -> [u32; 3] {
    let last = match word.as_bytes() {
        [.., a, b, c, d] => [*a, *b, *c, *d],
        [a, b, c] => [0, *a, *b, *c],
        [a, b] => [0, 0, *a, *b],
        [a] => [0, 0, 0, *a],
        [] => [0; 4],
    };
    let four = u32::from_be_bytes(last);
    [four & 0xffff, four & 0xff_ffff, four]
}

/// Longest answer, in tokens, of which any word may be what was asked for.
pub(super) const SHORT_ANSWER: usize = 12;

/// Which tokens of `turn` may be an identifier, if any: those that stand out,
/// and what stands beside or between them.
fn open(turn: &ReadTurn<'_>, hints: &[u32], asked: bool) -> Option<Vec<TokenSight>> {
    let answer = asked && turn.len() <= SHORT_ANSWER;
    let stands_out = |i: usize| hints[i] != 0 || stands_out(turn, i);
    let first = (0..turn.len()).find(|i| stands_out(*i));
    if first.is_none() && !answer || turn.len() == 0 {
        return None;
    }
    let mut tokens = vec![TokenSight::default(); turn.len()];
    let (mut before, mut here) = (false, first == Some(0));
    for (i, token) in tokens.iter_mut().enumerate() {
        let next = i + 1;
        let after = match first {
            Some(first) if next > first => next < turn.len() && stands_out(next),
            first => first == Some(next),
        };
        let plain = || turn.is_word(i) && !turn.classes(i).any(Classes::STOP);
        token.open =
            here || before && after || (before || after) && plain() || answer && turn.is_word(i);
        (before, here) = (here, after);
    }
    Some(tokens)
}

/// Whether token `i` is a number, a digit in words, or a word that is not just
/// a common word.
pub(super) fn stands_out(turn: &ReadTurn<'_>, i: usize) -> bool {
    const COMMON: u32 = 5;
    if !turn.is_word(i) {
        return turn.kind(i) == Some(TokenKind::Number);
    }
    let classes = turn.classes(i);
    if classes.any(Classes::STOP) {
        return is_digit(turn.key(i));
    }
    classes.given() + classes.family() + classes.town_size() > 0
        || classes.commonness() < COMMON
        || turn.is_proper(i)
}

/// Whether `word` is a digit.
pub(super) fn is_digit(word: Key) -> bool {
    words!["zero", "oh"].has(word) || unit(word).is_some()
}

/// Stands for whatever lies before or after a turn.
const BEYOND: u32 = 1;

/// `values[i]`; nothing before or after them.
fn get<T: Copy>(values: &[T], i: isize) -> Option<T> {
    // What lies before is far beyond the end.
    values.get(i as usize).copied()
}

fn symbol_and_kind(turn: &ReadTurn<'_>, i: usize) -> (u32, u32) {
    match turn.kind(i) {
        Some(TokenKind::Number) => {
            let digits = turn.word(i).len().min(6) as u32;
            (hash(&[2, digits]), 1 << 20 | digits)
        }
        Some(TokenKind::Word) => {
            let classes = turn.classes(i);
            let kind = kind_of(classes);
            if is_seen_as_itself(classes) {
                (hash_of_key(turn.key(i)), kind)
            } else {
                (hash(&[3, kind]), kind)
            }
        }
        _ => (hash_of_key(turn.key(i)), 1 << 21),
    }
}
