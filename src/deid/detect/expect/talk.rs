//! Ages, clock times and days as people talk of them: told by the sentence, asked
//! for by the other side, read back by whoever listens.

use std::ops::{Range, RangeInclusive};

use crate::deid::detect::units::is_quantity;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Matter, ReadTurn, Reading};
use crate::deid::word::{Key, Phrases, Words, words};
use crate::domain::Category;

use super::{address, age, day, is_other_side, time};
use crate::deid::spoken::is_number_word;

/// How many turns what was asked, and what was said, stays in mind.
const IN_MIND: usize = 4;

/// Longest turn, in tokens, that answers a question with a number.
const LONGEST_ANSWER: usize = 14;

/// Something said of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Indices of its tokens.
    pub(super) tokens: Range<usize>,
    /// What is the same however it is said: years, minutes of the half day.
    pub(super) value: u32,
}

/// Which values of a topic are asked for.
pub(super) type Asked = RangeInclusive<u32>;

/// What people ask for and tell.
#[derive(Debug)]
pub(super) struct Topic {
    pub(super) category: Category,
    pub(super) matter: Matter,
    /// What begins at a token; the year is that of the conversation.
    pub(super) read: fn(&DocTurn<'_>, usize, Option<i16>) -> Option<Said>,
    /// Whether the turn may ask for one, and whether it may say one.
    pub(super) touches: fn(&ReadTurn<'_>) -> (bool, bool),
    /// Which values the turn asks for, if it asks.
    pub(super) asks: fn(&DocTurn<'_>) -> Option<Asked>,
    /// Whether the sentence itself tells what is said.
    pub(super) told: fn(&DocTurn<'_>, &Said) -> bool,
}

/// Adds the ages over 89, clock times, days and answered addresses of `reading` to
/// `out`.
pub(in crate::deid::detect) fn read(reading: &Reading<'_>, out: &mut Vec<Finding>) {
    address::read(reading, out);
    day::read_digits(reading, out);
    for topic in [&age::TOPIC, &time::TOPIC, &day::TOPIC] {
        let mut found: Vec<Place> = out
            .iter()
            .filter(|f| f.category == topic.category)
            .map(|f| (f.turn, f.span.start, f.span.end))
            .collect();
        found.sort_unstable();
        let mind = Mind {
            found,
            ..Mind::default()
        };
        mind.follow(topic, reading, out);
    }
}

/// A finding: its turn, and the bytes where it begins and ends.
type Place = (usize, usize, usize);

/// What is in mind of one topic.
#[derive(Debug, Default)]
struct Mind {
    /// What was found already, in order.
    found: Vec<Place>,
    /// The last turn that asked, and for what.
    asked: Option<(usize, Asked)>,
    /// The last value found, and its turn.
    last: Option<(usize, u32)>,
}

impl Mind {
    fn follow(mut self, topic: &Topic, reading: &Reading<'_>, out: &mut Vec<Finding>) {
        let document = reading.document;
        for (index, read) in reading.turns.iter().enumerate() {
            let (asking, saying) = (topic.touches)(read);
            if !asking && !saying {
                continue;
            }
            let turn = read.turn;
            if read.lacks(topic.matter) {
                self.asked.take_if(|_| turn.replaced.has(topic.category));
                continue;
            }
            let said = saying.then(|| said_in(topic, turn, document.year));
            let said = said.unwrap_or_default();
            let told = said
                .iter()
                .find(|said| self.is_sure(topic, document, index, said));
            match told {
                Some(told) => {
                    self.last = Some((index, told.value));
                    self.asked = None;
                }
                None if turn.replaced.has(topic.category) => self.asked = None,
                None => {
                    let asked = asking.then(|| (topic.asks)(turn)).flatten();
                    if asked.is_none() && said.is_empty() {
                        read.note_lack(topic.matter);
                    }
                    let asked = asked.map(|values| (index, values));
                    self.asked = asked.or(self.asked.take());
                }
            }
            let told = told.map(|told| told.value);
            let same = |said: &&Said| {
                !self.is_found(turn, index, said)
                    && (self.is_sure(topic, document, index, said)
                        || self.is_again(index, said)
                        || told.is_some_and(|told| corrects(topic, turn, said, told)))
            };
            out.extend(
                said.iter()
                    .filter(same)
                    .map(|said| finding(topic, turn, index, said)),
            );
        }
    }

    /// Whether `said` in turn `index` can be nothing else.
    fn is_sure(&self, topic: &Topic, document: &Document<'_>, index: usize, said: &Said) -> bool {
        let turn = &document.turns[index];
        let answers = |(asked, values): &(usize, Asked)| {
            index - asked <= IN_MIND
                && turn.tokens.len() <= LONGEST_ANSWER
                && values.contains(&said.value)
                && !is_answered(document, *asked, index, said)
                && is_other_side(document.turns[*asked].role, turn.role)
        };
        (topic.told)(turn, said)
            || self.is_found(turn, index, said)
            || self.asked.as_ref().is_some_and(answers)
    }

    /// Whether `said` is a part of something that was found already.
    fn is_found(&self, turn: &DocTurn<'_>, index: usize, said: &Said) -> bool {
        let start = turn.tokens[said.tokens.start].span.start;
        let at = self
            .found
            .partition_point(|place| *place <= (index, start, usize::MAX));
        let before = at.checked_sub(1).map(|i| self.found[i]);
        before.is_some_and(|(turn, _, end)| turn == index && start < end)
    }

    /// Whether `said` repeats the last value.
    fn is_again(&self, index: usize, said: &Said) -> bool {
        self.last
            .is_some_and(|(turn, value)| index - turn <= IN_MIND && value == said.value)
    }
}

/// Whether `said` is an age that is put in place of one near it, `told`, or of which it
/// is put in place: `a hundred no [ninety nine]`.
fn corrects(topic: &Topic, turn: &DocTurn<'_>, said: &Said, told: u32) -> bool {
    const FARTHEST: u32 = 5;
    const CORRECTS: Words = words![
        "actually", "almost", "like", "maybe", "mean", "nearly", "no", "or", "say", "says", "sorry"
    ];
    let start = said.tokens.start;
    topic.category == Category::Age
        && said.value.abs_diff(told) <= FARTHEST
        && (start > 0 && turn.is_of(start - 1, CORRECTS) || turn.is_of(said.tokens.end, CORRECTS))
}

/// Whether the question in turn `asked`, which asks for a weight as well, has a
/// number before `said` in turn `index` for its answer: `fifty eight, a [hundred
/// and ninety two]`.
fn is_answered(document: &Document<'_>, asked: usize, index: usize, said: &Said) -> bool {
    const SIZES: Words = words![
        "height", "pounds", "tall", "weigh", "weighed", "weighs", "weight"
    ];
    let question = &document.turns[asked];
    if !(0..question.tokens.len()).any(|i| question.is_of(i, SIZES)) {
        return false;
    }
    let numbered = |turn: &DocTurn<'_>, end: usize| (0..end).any(|i| number(turn, i));
    let before = document.turns[asked + 1..index].iter();
    let mut before = before.filter(|turn| is_other_side(question.role, turn.role));
    before.any(|turn| numbered(turn, turn.tokens.len()))
        || numbered(&document.turns[index], said.tokens.start)
}

/// What `turn` says of `topic`, sums and measurements left out.
fn said_in(topic: &Topic, turn: &DocTurn<'_>, year: Option<i16>) -> Vec<Said> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < turn.tokens.len() {
        match (topic.read)(turn, at, year).filter(|said| is_apart(turn, said)) {
            Some(said) => {
                at = said.tokens.end;
                found.push(said);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether no unit, mark or number makes `said` a part of something else.
fn is_apart(turn: &DocTurn<'_>, said: &Said) -> bool {
    const PARTS: Words = words!["hundred", "over", "percent", "point", "slash", "thousand"];
    // `she's over ninety`, and not `a hundred over ninety`
    let part_of = |i: usize| {
        turn.is_of(i, PARTS) && (!turn.is_of(i, words!["over"]) || i > 0 && number(turn, i - 1))
    };
    const SIGNS: &[&str] = &["$", "£", "€", "#"];
    let end = turn.tokens[said.tokens.end - 1].span.end;
    let before = said
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |i| turn.word(i));
    let after = turn.key(said.tokens.end);
    let solid = |i: usize| {
        let mark = |i: usize| turn.tokens[i].kind == TokenKind::Mark;
        let tied = || matches!(turn.word(i), "-" | "/" | ":" | "_" | "@") && turn.is_joined(i + 1);
        turn.is_joined(i) && (tied() || !mark(i) && !mark(i - 1))
    };
    let decimal = |mark: usize| {
        matches!(word(turn, mark), "." | "," | "/" | ":")
            && number(turn, mark + 1)
            && turn.is_joined(mark + 1)
    };
    let years = words!["years", "year", "yrs"].has(after);
    !(is_quantity(turn.text, end) && !years
        || said.tokens.start > 0 && part_of(said.tokens.start - 1)
        || PARTS.has(after)
        || SIGNS.contains(&before)
        || number(turn, said.tokens.end)
            && !is_pause(turn, said.tokens.end)
            && !is_repeated(turn, said)
        || said.tokens.start > 0
            && (number(turn, said.tokens.start - 1) && !repeats(turn, said)
                || solid(said.tokens.start))
        || said.tokens.start > 0 && solid(said.tokens.start - 1)
        || solid(said.tokens.end)
        || decimal(said.tokens.end)
        || said.tokens.start > 1 && decimal(said.tokens.start - 1))
}

/// `one moment`, which counts nothing.
pub(in crate::deid::detect) fn is_pause(turn: &DocTurn<'_>, i: usize) -> bool {
    const PAUSES: Words = words!["minute", "moment", "sec", "second"];
    turn.is_of(i, words!["one"]) && turn.is_of(i + 1, PAUSES)
}

/// Whether `said` is said twice: `97 97 years young`.
fn repeats(turn: &DocTurn<'_>, said: &Said) -> bool {
    let words = unhyphenated(turn, 0..said.tokens.start).rev();
    let again = unhyphenated(turn, said.tokens.clone()).rev();
    is_prefix(again, words)
}

/// Whether `said` is said again right after it.
fn is_repeated(turn: &DocTurn<'_>, said: &Said) -> bool {
    let words = unhyphenated(turn, said.tokens.end..turn.tokens.len());
    is_prefix(unhyphenated(turn, said.tokens.clone()), words)
}

/// The words of `tokens`, hyphens left out: `ninety-one`, `ninety one`.
fn unhyphenated<'a>(
    turn: &'a DocTurn<'_>,
    tokens: Range<usize>,
) -> impl DoubleEndedIterator<Item = &'a str> {
    tokens.map(|i| turn.word(i)).filter(|word| *word != "-")
}

/// Whether `words` begin as `said` does, whatever the case.
fn is_prefix<'a>(
    mut said: impl Iterator<Item = &'a str>,
    mut words: impl Iterator<Item = &'a str>,
) -> bool {
    said.all(|said| {
        words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case(said))
    })
}

/// Whether token `i` is a number, said or written.
pub(in crate::deid::detect) fn number(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.tokens
        .get(i)
        .is_some_and(|t| t.kind == TokenKind::Number)
        || is_number_word(turn.key(i))
}

/// Token `i`; empty past the end.
pub(super) fn word<'a>(turn: &'a DocTurn<'_>, i: usize) -> &'a str {
    if i < turn.tokens.len() {
        turn.word(i)
    } else {
        ""
    }
}

/// Whether the words of `turn` from token `i` on are one of `phrases`,
/// hesitations within it left out.
pub(in crate::deid::detect) fn is_said(turn: &DocTurn<'_>, i: usize, phrases: Phrases) -> bool {
    said_of(turn, i, phrases).is_some()
}

/// Whether the words of `turn` from token `i` on are `words`, hesitations and
/// words said twice within them left out.
fn goes_on(turn: &DocTurn<'_>, i: usize, mut words: impl Iterator<Item = Key>) -> bool {
    let mut at = i;
    words.all(|word| {
        let again = |at: usize| turn.key(at) == turn.key(at - 1);
        at += usize::from(at > i && (turn.is_of(at, words!["uh", "um"]) || again(at)));
        at += 2 * usize::from(at > i && is_said_idly(turn, at) && turn.key(at) != word);
        at += 1;
        turn.key(at - 1) == word
    })
}

/// Whether `you know` at token `i` says nothing: `the [you know] year of birth`.
fn is_said_idly(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.is_of(i, words!["you"]) && turn.is_of(i + 1, words!["know"])
}

/// Which of `phrases` the words of `turn` from token `i` on are, hesitations
/// within it left out.
#[inline(always)]
pub(in crate::deid::detect) fn said_of(
    turn: &DocTurn<'_>,
    i: usize,
    phrases: Phrases,
) -> Option<&'static str> {
    // With most words no phrase begins.
    phrases
        .begin(turn.key(i))
        .then(|| said_from(turn, i, phrases))?
}

fn said_from(turn: &DocTurn<'_>, i: usize, phrases: Phrases) -> Option<&'static str> {
    let mut phrases = phrases.from(turn.key(i));
    let said = phrases.find(|phrase| goes_on(turn, i, phrase.words.iter().copied()));
    said.map(|phrase| phrase.text)
}

fn finding(topic: &Topic, turn: &DocTurn<'_>, index: usize, said: &Said) -> Finding {
    let tokens = &turn.tokens[said.tokens.clone()];
    Finding {
        turn: index,
        span: tokens[0].span.start..tokens[tokens.len() - 1].span.end,
        category: topic.category,
        detector: "talk",
        rule: "said",
        strength: Strength::Cued,
        confidence: 0.85,
    }
}

#[cfg(test)]
#[track_caller]
pub(super) fn check(turns: &[(crate::domain::Role, &str)], expected: &[&str]) {
    use crate::deid::lexicon::tests::LEXICON;
    let raw = crate::deid::tests::dialogue(turns);
    let mut found = Vec::new();
    let document = Document::new(&raw);
    read(&Reading::new(&document, &LEXICON), &mut found);
    found.sort_by_key(|f| (f.turn, f.span.start));
    let found: Vec<_> = found
        .iter()
        .map(|f| &turns[f.turn].1[f.span.clone()])
        .collect();
    assert_eq!(found, expected, "{turns:?}");
}
