//! The table of cues, and where they stand in a turn: `my [member id] is …`,
//! `"[account_number]": …`.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, Match, MatchKind, StartKind};

use crate::deid::detect::fluent::Fluent;
use crate::deid::detect::mark_phrase;
use crate::deid::detect::sieve::{FOUR, SIX, Sieve, THREE, thirds};
use crate::deid::document::DocTurn;
use crate::deid::lexicon::{Classes, Lexicon};
use crate::domain::Category;

/// What a cue announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::deid::detect) struct Kind {
    pub(in crate::deid::detect) category: Category,
    pub(in crate::deid::detect) rule: &'static str,
    /// Fewest digits that its value has.
    pub(in crate::deid::detect) digits: usize,
    /// What its value may be.
    pub(in crate::deid::detect) form: Form,
}

/// What the value of a cue may be, and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::deid::detect) enum Form {
    /// It holds digits.
    Number,
    /// A word without digits too, once it is said to be the value: `the
    /// password is …`.
    Word,
    /// Whatever answers, where an answer says nothing else: the word asks for
    /// an identifier and announces none (`the number?`, `spell it`).
    Asked,
}

/// The cues by what they announce; the file says how it is written. A phrase is
/// also matched with `_`, `-` or nothing between its words, as field names are
/// written.
const CUES: &str = include_str!("../../data/cues.txt");

/// Each phrase of [`CUES`] with what it announces.
fn phrases() -> Vec<(&'static str, Kind)> {
    let mut out = Vec::new();
    let mut kind = None;
    for line in CUES.lines().filter(|l| !l.starts_with('#')) {
        if let Some(list) = line.strip_prefix('\t') {
            let kind: Kind = kind.expect("phrases follow what they announce");
            out.extend(list.split(", ").map(|phrase| (phrase, kind)));
        } else {
            kind = heading(line);
        }
    }
    out
}

fn heading(line: &'static str) -> Option<Kind> {
    let mut fields = line.split('\t');
    let category = fields.next()?;
    Some(Kind {
        category: Category::ALL.into_iter().find(|c| c.name() == category)?,
        rule: fields.next()?,
        digits: fields.next()?.parse().ok()?,
        form: match fields.next()? {
            "word" => Form::Word,
            "asked" => Form::Asked,
            _ => Form::Number,
        },
    })
}

/// Finds cues.
#[derive(Debug)]
pub(super) struct CueTable {
    /// Where one may begin: most places are passed over by their own bytes,
    /// which costs a processor less than an automaton that walks the whole text.
    heads: Heads,
    /// The longest that begins at one place.
    here: AhoCorasick,
    /// The kind of each pattern of `here`.
    kinds: Vec<Kind>,
}

/// Where words may begin.
#[derive(Debug)]
struct Heads {
    /// The first three bytes of those of two and of three.
    brief: Sieve<128>,
    /// The first four bytes of those of four and of five.
    middling: Sieve<128>,
    /// The first six bytes of all others.
    long: Sieve<512>,
}

/// Makes eight letters small, and other bytes one with few others.
const SMALL: u64 = 0x2020_2020_2020_2020;

impl Heads {
    fn new(words: &[String]) -> Self {
        let of = |length: Range<usize>| {
            let words = words.iter().map(String::as_bytes);
            let words = words.filter(move |word| length.contains(&word.len()));
            words.map(|word| {
                let mut head = [0; 8];
                let length = word.len().min(8);
                head[..length].copy_from_slice(&word[..length]);
                u64::from_le_bytes(head)
            })
        };
        let two = of(2..3).flat_map(thirds);
        Self {
            brief: Sieve::new(two.chain(of(3..4)).map(|head| (head | SMALL) & THREE)),
            middling: Sieve::new(of(4..6).map(|head| (head | SMALL) & FOUR)),
            long: Sieve::new(of(6..usize::MAX).map(|head| (head | SMALL) & SIX)),
        }
    }

    fn has(&self, text: u64) -> bool {
        let text = text | SMALL;
        self.brief.has(text & THREE) | self.middling.has(text & FOUR) | self.long.has(text & SIX)
    }
}

/// Where words of `text` may begin, within words of mixed case too.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    (0..text.len()).filter(|at| may_start_word(text.as_bytes(), *at))
}

/// Whether a word may begin at byte `at`, as far as ASCII tells: [`starts_word`].
fn may_start_word(text: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| text[before]) else {
        return true;
    };
    !before.is_ascii_alphanumeric() || before.is_ascii_lowercase() && text[at].is_ascii_uppercase()
}

/// The eight bytes of `text` from byte `at` on, zeros past its end.
fn head(text: &[u8], at: usize) -> u64 {
    let rest = &text[at..];
    let whole = rest.first_chunk().copied();
    u64::from_le_bytes(whole.unwrap_or_else(|| {
        let mut head = [0; 8];
        head[..rest.len()].copy_from_slice(rest);
        head
    }))
}

/// A cue in a turn: indices of its first token and of the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) first: usize,
    pub(super) after: usize,
}

impl CueTable {
    pub(super) fn new() -> Self {
        let mut forms = Vec::new();
        let mut kinds = Vec::new();
        for (phrase, kind) in phrases() {
            for joint in joints(phrase) {
                forms.push(phrase.replace(' ', joint));
                kinds.push(kind);
            }
        }
        let here = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(&forms)
            .expect("the cues are few and short");
        Self {
            heads: Heads::new(&forms),
            here,
            kinds,
        }
    }

    /// The cues in `text` that begin at one of `starts`, whatever they end with:
    /// the first and the longest, each after the one before it.
    fn matches(
        &self,
        text: &str,
        starts: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = Match> {
        let mut past = 0;
        starts.filter_map(move |at| {
            if at < past || !self.heads.has(head(text.as_bytes(), at)) {
                return None;
            }
            let rest = Input::new(text).span(at..text.len());
            let found = self.here.find(rest.anchored(Anchored::Yes))?;
            past = found.end();
            Some(found)
        })
    }

    /// The longest cue that begins where `found` does and ends with a word, and
    /// where that word ends: in `pin now`, that is `pin` and not `pin no`.
    fn whole(&self, text: &str, mut found: Match) -> Option<(Match, usize)> {
        loop {
            if let Some(end) = word_end(text, found.end()) {
                return Some((found, end));
            }
            let shorter = found.start()..found.end() - 1;
            let shorter = Input::new(text).span(shorter).anchored(Anchored::Yes);
            found = self.here.find(shorter)?;
        }
    }

    /// The cues of `turn`, in order; a hesitation within a cue parts nothing.
    pub(super) fn hits(&self, turn: &DocTurn<'_>) -> Vec<Hit> {
        let fluent = Fluent::of(turn);
        let text = fluent.as_ref().map_or(turn.text, |fluent| &fluent.text);
        let raw = |at| fluent.as_ref().map_or(at, |fluent| fluent.raw(at));
        match &fluent {
            _ if turn.shape.camel => self.hits_in(turn, text, word_starts(text), raw),
            Some(fluent) => self.hits_in(turn, text, fluent.starts(&turn.tokens), raw),
            None => {
                let starts = turn.tokens.iter().map(|token| token.span.start);
                self.hits_in(turn, text, starts, raw)
            }
        }
    }

    /// The cues of `text`, which is that of `turn`, that begin at one of
    /// `starts`; `raw` leads back to the turn.
    fn hits_in(
        &self,
        turn: &DocTurn<'_>,
        text: &str,
        starts: impl Iterator<Item = usize>,
        raw: impl Fn(usize) -> usize,
    ) -> Vec<Hit> {
        let hit = |(m, end): (Match, usize)| Hit {
            kind: self.kinds[m.pattern().as_usize()],
            first: turn
                .tokens
                .partition_point(|t| t.span.end <= raw(m.start())),
            after: turn.tokens.partition_point(|t| t.span.start < raw(end)),
        };
        self.matches(text, starts)
            .filter(|m| starts_word(text, m.start()))
            .filter_map(|m| Some((m, self.whole(text, m)?)))
            .filter(|(_, (m, end))| {
                self.kinds[m.pattern().as_usize()].form != Form::Asked || *end == m.end()
            })
            .map(|(_, whole)| hit(whole))
            .collect()
    }
}

/// Marks a word of every form of every cue in `lexicon`, in the plural too.
pub(in crate::deid::detect) fn mark(lexicon: &mut Lexicon) {
    // The last of an `i d`.
    lexicon.mark("d", Classes::CUE);
    for (phrase, _) in phrases() {
        for joint in joints(phrase) {
            let form = phrase.replace(' ', joint);
            for ending in ["", "s", "'s"] {
                mark_phrase(lexicon, &format!("{form}{ending}"), Classes::CUE);
            }
        }
    }
}

/// How the words of a cue may be joined.
fn joints(cue: &str) -> &'static [&'static str] {
    if cue.contains(' ') {
        &[" ", "_", "-", ""]
    } else {
        &[" "]
    }
}

/// Whether a word begins at `at`; a capital after a small letter begins one
/// (`patientMrn`).
fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let here = text[at..].chars().next();
    match before {
        Some(b) if b.is_alphanumeric() => b.is_lowercase() && here.is_some_and(char::is_uppercase),
        _ => true,
    }
}

/// The end of the word that ends at `at`, a plural's or possessive's ending
/// included; `None` inside a longer word.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let suffix = ["'s", "s", ""].iter().find(|s| {
        rest.strip_prefix(**s)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })?;
    Some(at + suffix.len())
}
