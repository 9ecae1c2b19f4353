//! A value found once is found everywhere in the conversation, earlier turns
//! included: whole, in parts, in another case, with other separators.

mod beside;
mod dated;
mod echo;
mod person;
mod spoken;
mod street;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::word::{Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

use super::known::{Needle, Search, Stream, Use, is_seldom_said, normalize};
use super::name::{Standing, is_auxiliary, standing};
use super::units::is_unit;

/// Fewest letters and digits of a code that is looked for elsewhere.
const SHORTEST_CODE: usize = 4;

/// Fewest letters of a name of two words that is looked for as one: a recogniser
/// parts names and joins them.
const SHORTEST_WHOLE: usize = 8;

/// How common an English word is, of 7, that everybody says.
const EVERYDAY: u32 = 5;

/// Words that stand in the names of many places, and name none by themselves.
const PARTS_OF_TOWN: Words = words![
    "airport",
    "center",
    "centre",
    "downtown",
    "east",
    "hill",
    "hills",
    "main",
    "north",
    "south",
    "university",
    "uptown",
    "west",
];

/// Marks as they are said, which people are called by too.
const MARKS: Words = words!["dash", "dot"];

/// Finds again what other detectors found.
#[derive(Debug)]
pub(crate) struct Propagator {
    lexicon: Arc<Lexicon>,
}

/// Needles by key and use, so that a value found often is looked for once.
type Needles = FxHashMap<(String, Use), Needle>;

impl Propagator {
    /// A propagator that asks `lexicon` which values are common words.
    pub(crate) const fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon }
    }

    /// Adds to `out` every other place of `document` where a value of `out`
    /// is said. Linear in text and in findings.
    pub(crate) fn propagate(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        self.join(document, out);
        beside::go_on(&self.lexicon, document, 0, out);
        let found = out.len();
        self.search(document, out);
        echo::read_back(document, out);
        dated::read_back(document, out);
        beside::go_on(&self.lexicon, document, found, out);
        person::in_sentences(&self.lexicon, document, out);
        person::shortened(&self.lexicon, document, out);
    }

    /// Adds the names that a hyphen joins to names of `out`: `ann [lund-quirrel]`.
    fn join(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut more = Vec::new();
        for finding in out.iter().filter(|f| f.category == Category::Person) {
            let turn = &document.turns[finding.turn];
            let next = turn
                .tokens
                .partition_point(|t| t.span.start < finding.span.end);
            let [hyphen, word, ..] = &turn.tokens[next.min(turn.tokens.len())..] else {
                continue;
            };
            let joined = hyphen.span.start == finding.span.end
                && &turn.text[hyphen.span.clone()] == "-"
                && word.span.start == hyphen.span.end
                && word.kind == TokenKind::Word;
            let text = &turn.text[word.span.clone()];
            if joined
                && text.len() > 2
                && standing(self.lexicon.get(&text.to_lowercase())) > Standing::Word
            {
                more.push(Finding {
                    span: finding.span.start..word.span.end,
                    ..finding.clone()
                });
            }
        }
        out.append(&mut more);
    }

    /// Adds every other place where a value that is telling by itself is said.
    fn search(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut needles = Needles::default();
        for finding in out.iter() {
            self.add_value(document, finding, &mut needles);
        }
        add_joined(document, out, &mut needles);
        let Some(search) = Search::new(needles.into_values().collect()) else {
            return;
        };
        let places = out.iter().map(|f| (f.turn, f.span.start, f.span.end));
        let mut seen: FxHashSet<_> = places.collect();
        let turns = document.turns.iter().enumerate();
        for (at, turn) in turns.filter(|(_, turn)| search.may_find(turn)) {
            for (span, needle) in search.find(&Stream::new(turn), turn) {
                if self.is_noun(turn, &span, needle) {
                    continue;
                }
                if seen.insert((at, span.start, span.end)) {
                    out.push(finding(at, span, needle));
                }
            }
        }
    }

    /// Whether the person's name at `span` of `turn` is the common word there:
    /// `no [chance]`, `we [hope]`, `we can [grant] you`.
    fn is_noun(&self, turn: &DocTurn<'_>, span: &Range<usize>, needle: &Needle) -> bool {
        const BEFORE: Words = words![
            "a", "an", "another", "any", "every", "her", "his", "i", "much", "my", "no", "our",
            "some", "the", "their", "we", "your",
        ];
        /// How common an English word is at least, of 7.
        const COMMON: u32 = 5;
        const MODALS: Words = words![
            "can", "could", "i'll", "let's", "may", "might", "must", "not", "should", "they'll",
            "we'll", "will", "would", "you'll",
        ];
        const OBJECTS: Words = words![
            "a", "an", "her", "him", "it", "me", "my", "that", "the", "them", "this", "those",
            "us", "you", "your",
        ];
        let tokens = turn.tokens_of(span);
        let verb = || turn.is_of(tokens.start - 1, MODALS) && turn.is_of(tokens.end, OBJECTS);
        needle.category == Category::Person
            && tokens.len() == 1
            && tokens.start > 0
            && (turn.is_of(tokens.start - 1, BEFORE)
                || self.is_clinical(turn, tokens.start - 1)
                || verb())
            && turn.word(tokens.start).starts_with(char::is_lowercase)
            && self.lexicon.get(turn.word(tokens.start)).commonness() >= COMMON
    }

    /// Whether token `i` of `turn` is of a body, of an illness or of a measure:
    /// `ureteral [stone]`.
    fn is_clinical(&self, turn: &DocTurn<'_>, i: usize) -> bool {
        let classes = self.lexicon.get(turn.word(i));
        is_unit(turn.key(i)) || classes.any(Classes::CLINICAL) && classes.given() == 0
    }

    fn add_value(&self, document: &Document<'_>, finding: &Finding, needles: &mut Needles) {
        if finding.strength < Strength::Likely {
            return;
        }
        let value = &document.turns[finding.turn].text[finding.span.clone()];
        match finding.category {
            Category::Person | Category::City => self.add_words(value, finding, needles),
            Category::Organization | Category::Facility => {
                let key = normalize(value);
                let common =
                    !value.contains(' ') && self.use_of(&value.to_lowercase(), finding).is_none();
                if key.len() >= SHORTEST_CODE && !common {
                    add(needles, key, Use::Anywhere, finding);
                }
            }
            Category::Address => {
                Self::add_code(value, finding, needles);
                self.add_street(value, finding, needles);
            }
            Category::Date
            | Category::Time
            | Category::Age
            | Category::Biometric
            | Category::Photo => {}
            _ => Self::add_code(value, finding, needles),
        }
    }

    /// A value with digits, whole.
    fn add_code(value: &str, finding: &Finding, needles: &mut Needles) {
        let key = normalize(value);
        if key.len() >= SHORTEST_CODE && key.bytes().any(|b| b.is_ascii_digit()) {
            add(needles, key, Use::Anywhere, finding);
        }
    }

    /// A name's or a town's words, each by itself; a town only whole.
    fn add_words(&self, value: &str, finding: &Finding, needles: &mut Needles) {
        let tokens = crate::deid::document::tokenize(value);
        let words: Vec<&str> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| &value[token.span.clone()])
            .collect();
        if let Some(initials) = initials(&words) {
            // `o k` may be anybody's, `OK` is everybody's; `DM` is somebody's, though
            // chats say `dm`.
            let classes = self.lexicon.get(&initials);
            if !classes.any(Classes::STOP) || classes.commonness() < EVERYDAY {
                add(needles, initials, Use::Capital, finding);
            }
            return;
        }
        if let Some(letters) = told_letters(&words) {
            add(needles, letters, Use::Anywhere, finding);
            return;
        }
        if finding.category == Category::City && words.len() > 1 {
            let key = normalize(value);
            if key.chars().count() > 2 {
                add(needles, key, Use::Anywhere, finding);
            }
            return;
        }
        let whole = normalize(value);
        if words.len() == 2 && whole.len() >= SHORTEST_WHOLE && words.concat().len() == whole.len()
        {
            add(needles, whole, Use::Anywhere, finding);
        }
        for word in words {
            let word = word.to_lowercase();
            if let Some(condition) = self.use_of(&word, finding) {
                add(needles, normalize(&word), condition, finding);
                self.add_plural(&word, finding, needles);
            }
        }
    }

    /// A family's name, or a person's with what is theirs, as a recogniser writes
    /// it: `the lunds`, `odras car`.
    fn add_plural(&self, word: &str, finding: &Finding, needles: &mut Needles) {
        const SHORTEST: usize = 4;
        let told = finding.category == Category::Person && finding.strength >= Strength::Cued;
        if told && word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_lowercase()) {
            let more = format!("{word}s");
            let classes = self.lexicon.get(&more);
            if classes.is_unlisted() || classes.commonness() == 1 && classes.given() == 0 {
                add(needles, more, Use::Anywhere, finding);
            }
        }
    }

    /// Where else `word` counts; `None` where it is too common a word, or was
    /// found on too little.
    fn use_of(&self, word: &str, finding: &Finding) -> Option<Use> {
        if word.chars().count() < 2 {
            return None;
        }
        let classes = self.lexicon.get(word);
        let cued = finding.strength >= Strength::Cued;
        match standing(classes) {
            Standing::Never => None,
            _ if classes.any(Classes::TITLE | Classes::PARTICLE | Classes::FACILITY) => None,
            _ if PARTS_OF_TOWN.lists(word) => None,
            // `dot` is somebody, and the mark in every address.
            _ if MARKS.lists(word) => Some(Use::Capital),
            Standing::Name | Standing::Rare | Standing::Unlisted => Some(Use::Anywhere),
            Standing::Ambiguous
                if cued && !is_auxiliary(word) && !classes.any(Classes::CALENDAR) =>
            {
                Some(Use::Anywhere)
            }
            Standing::Word if cued && is_seldom_said(classes) => Some(Use::Anywhere),
            Standing::Ambiguous | Standing::Word => Some(Use::Capital),
        }
    }
}

fn finding(turn: usize, span: Range<usize>, needle: &Needle) -> Finding {
    Finding {
        turn,
        span,
        category: needle.category,
        detector: "propagate",
        rule: needle.rule,
        strength: needle.strength,
        confidence: needle.confidence,
    }
}

/// Adds the values that are said in parts, one a turn, as they are read back in
/// one: spelled names, handles, codes.
fn add_joined(document: &Document<'_>, out: &[Finding], needles: &mut Needles) {
    /// Most turns between two parts.
    const APART: usize = 2;
    /// Most parts, and least letters and digits, of one value.
    const MOST_PARTS: usize = 6;
    const SHORTEST: usize = 6;
    let text = |f: &Finding| &document.turns[f.turn].text[f.span.clone()];
    let parted = |f: &&Finding| match f.category {
        Category::Person => text(f).split([' ', '-', '.', ',']).all(|w| w.len() <= 1),
        Category::Username | Category::Email | Category::OtherId | Category::Account => true,
        _ => false,
    };
    let mut parts: Vec<&Finding> = out
        .iter()
        .filter(|f| f.strength >= Strength::Likely)
        .filter(parted)
        .collect();
    parts.sort_by_key(|f| (f.turn, f.span.start, usize::MAX - f.span.end));
    parts.dedup_by_key(|f| f.turn);
    let goes_on = |a: &Finding, b: &Finding| {
        b.turn - a.turn <= APART
            && a.category == b.category
            && document.turns[a.turn].role == document.turns[b.turn].role
    };
    for run in parts
        .chunk_by(|a, b| goes_on(a, b))
        .filter(|run| run.len() > 1)
    {
        let mut key = String::new();
        for part in run.iter().take(MOST_PARTS) {
            key.push_str(&normalize(text(part)));
        }
        if key.len() >= SHORTEST {
            add(needles, key, Use::Anywhere, run[0]);
        }
    }
}

/// The initials that `words` are, as one writes them together: `K.D.`, `KD`.
fn initials(words: &[&str]) -> Option<String> {
    let letters = words.iter().all(|word| word.len() == 1);
    let written = matches!(words, [one] if one.bytes().all(|b| b.is_ascii_uppercase()));
    let all = words.concat();
    ((letters || written) && (2..=3).contains(&all.len())).then(|| all.to_lowercase())
}

/// The word that `value` spells with words that tell its letters: `t as in tom
/// a as in …`.
fn told_letters(words: &[&str]) -> Option<String> {
    const FEWEST: usize = 3;
    let mut letters = String::new();
    let mut at = 0;
    while at < words.len() {
        let letter = words[at];
        if letter.chars().count() != 1 {
            return None;
        }
        letters.push_str(&letter.to_lowercase());
        let tells = |word: &&&str| {
            let first = word.get(..letter.len());
            word.len() > 1 && first.is_some_and(|first| first.eq_ignore_ascii_case(letter))
        };
        let told = match words.get(at + 1) {
            Some(word) if words!["for", "like"].lists(word) => {
                words.get(at + 2).filter(tells).map(|_| 2)
            }
            Some(word) if words!["as"].lists(word) => words.get(at + 3).filter(tells).map(|_| 3),
            _ => None,
        };
        at += 1 + told.unwrap_or(0);
    }
    (letters.len() >= FEWEST).then_some(letters)
}

/// Adds a needle of `finding`; where several findings give the same, the
/// strongest counts. A repeat is worth no more than a cue.
fn add(needles: &mut Needles, key: String, condition: Use, finding: &Finding) {
    let needle = Needle {
        key: key.clone(),
        category: finding.category,
        rule: "again",
        condition,
        strength: finding.strength.min(Strength::Cued),
        confidence: finding.confidence,
    };
    let best = needles
        .entry((key, condition))
        .or_insert_with(|| needle.clone());
    if needle.strength > best.strength {
        *best = needle;
    }
}

#[cfg(test)]
mod tests;
