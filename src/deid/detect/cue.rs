//! Identifiers that are named before, or after, they are said: `my member id is
//! …`, `"account_number": …`, `4471 is my pin`; and those that a question asks
//! for, through `expect`.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, Match, MatchKind, StartKind};

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::domain::Category;

use super::expect::{Expectations, code};
use super::fluent::Fluent;
use super::value::{Chunk, Value, chunk, is_year, read};
use super::{is_one_of, mark_phrase};

/// What a cue announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) category: Category,
    pub(super) rule: &'static str,
    /// Fewest digits that its value has.
    pub(super) digits: usize,
    /// What its value may be.
    pub(super) form: Form,
}

/// What the value of a cue may be, and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
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
const CUES: &str = include_str!("../data/cues.txt");

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

/// Words and marks that may stand between a cue and its value.
const FILLERS: &[&str] = &[
    "a",
    "ah",
    "also",
    "be",
    "believe",
    "but",
    "could",
    "confirmation",
    "either",
    "maybe",
    "might",
    "now",
    "or",
    "probably",
    "remember",
    "think",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "card",
    "code",
    "currently",
    "digit",
    "digits",
    "ending",
    "ends",
    "enrolled",
    "er",
    "file",
    "five",
    "for",
    "four",
    "from",
    "gave",
    "given",
    "got",
    "have",
    "her",
    "here",
    "here's",
    "him",
    "his",
    "i",
    "i'd",
    "i've",
    "id",
    "i'll",
    "in",
    "is",
    "it",
    "it's",
    "its",
    "just",
    "kind",
    "know",
    "label",
    "last",
    "let",
    "letter",
    "like",
    "listed",
    "me",
    "mine",
    "my",
    "name",
    "no",
    "number",
    "numbers",
    "of",
    "oh",
    "ok",
    "okay",
    "on",
    "one",
    "our",
    "please",
    "recorded",
    "registered",
    "right",
    "saved",
    "says",
    "see",
    "sent",
    "should",
    "six",
    "so",
    "sort",
    "start",
    "stored",
    "starts",
    "sure",
    "texted",
    "that",
    "that's",
    "there",
    "the",
    "then",
    "they",
    "this",
    "to",
    "told",
    "uh",
    "um",
    "was",
    "we",
    "well",
    "which",
    "with",
    "yeah",
    "you",
    "your",
];

/// Most words between a cue and its value.
const FARTHEST: usize = 10;

/// Most words and marks between them.
const FARTHEST_TOKENS: usize = 24;

/// Finds values by their cues.
#[derive(Debug)]
pub(crate) struct CueDetector {
    cues: AhoCorasick,
    /// The kind of each pattern of `cues`.
    kinds: Vec<Kind>,
}

/// A cue in a turn: indices of its first token and of the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) first: usize,
    pub(super) after: usize,
}

impl CueDetector {
    pub(crate) fn new() -> Self {
        let mut forms = Vec::new();
        let mut kinds = Vec::new();
        for (phrase, kind) in phrases() {
            for joint in joints(phrase) {
                forms.push(phrase.replace(' ', joint));
                kinds.push(kind);
            }
        }
        let cues = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .build(forms)
            .expect("the cues are few and short");
        Self { cues, kinds }
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
            found = self.cues.find(shorter)?;
        }
    }

    /// The cues of `turn`, in order; a hesitation within a cue parts nothing.
    fn hits(&self, turn: &DocTurn<'_>) -> Vec<Hit> {
        match Fluent::of(turn) {
            Some(fluent) => self.hits_in(turn, &fluent.text, |at| fluent.raw(at)),
            None => self.hits_in(turn, turn.text, |at| at),
        }
    }

    /// The cues of `text`, which is that of `turn`; `raw` leads back to it.
    fn hits_in(&self, turn: &DocTurn<'_>, text: &str, raw: impl Fn(usize) -> usize) -> Vec<Hit> {
        let hit = |(m, end): (Match, usize)| Hit {
            kind: self.kinds[m.pattern().as_usize()],
            first: turn
                .tokens
                .partition_point(|t| t.span.end <= raw(m.start())),
            after: turn.tokens.partition_point(|t| t.span.start < raw(end)),
        };
        self.cues
            .find_iter(text)
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
pub(super) fn mark(lexicon: &mut Lexicon) {
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

impl CueDetector {
    /// Reads the `turns` of a conversation, each in its best form, and adds
    /// what is announced or asked for, in bytes of these turns. Those that
    /// `may_announce` does not tell by their index have no cue.
    pub(super) fn converse(
        &self,
        turns: &[&DocTurn<'_>],
        may_announce: impl Fn(usize) -> bool,
        out: &mut Vec<Finding>,
    ) {
        let mut expectations = Expectations::default();
        for (index, turn) in turns.iter().enumerate() {
            let hits = may_announce(index).then(|| self.hits(turn));
            let hits = hits.unwrap_or_default();
            let busy = hits.iter().any(|h| h.kind.form != Form::Asked);
            expectations.read(turns, index, busy, out);
            let said: Vec<_> = hits.iter().map(|h| (h.kind, announced(turn, h))).collect();
            expectations.note(turns, index, &said);
            for (kind, values) in said {
                out.extend(values.into_iter().map(|v| cued(index, v.span, kind)));
            }
        }
    }

    /// Adds what `turn` itself announces, whatever was asked before it.
    pub(super) fn announced_in(&self, index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
        for hit in self.hits(turn) {
            let values = announced(turn, &hit).into_iter();
            out.extend(values.map(|v| cued(index, v.span, hit.kind)));
        }
    }
}

/// The rule of cues that name no kind of number: any that is known wins.
pub(super) const ANY_NUMBER: &str = "number";

/// The finding of a value that `kind` announced.
pub(super) fn cued(turn: usize, span: Range<usize>, kind: Kind) -> Finding {
    let (strength, confidence) = if kind.rule == ANY_NUMBER {
        (Strength::Likely, 0.7)
    } else {
        (Strength::Cued, 0.9)
    };
    Finding {
        turn,
        span,
        category: kind.category,
        detector: "cue",
        rule: kind.rule,
        strength,
        confidence,
    }
}

/// The values that `hit` announces, after it or before it.
fn announced(turn: &DocTurn<'_>, hit: &Hit) -> Vec<Value> {
    if hit.kind.form == Form::Asked {
        return Vec::new();
    }
    let Some(first) = after(turn, hit) else {
        return before(turn, hit).into_iter().collect();
    };
    let mut next = first.next;
    let mut values = vec![first];
    while values.len() < FARTHEST
        && let Some(value) = alternative(turn, next).filter(|v| suffices(turn, v, hit.kind))
    {
        next = value.next;
        values.push(value);
    }
    values
}

/// Another value of the same kind: `4471 or maybe 4417`.
fn alternative(turn: &DocTurn<'_>, from: usize) -> Option<Value> {
    let joined = turn.tokens.get(from)?;
    if !is_one_of(&turn.text[joined.span.clone()], &["or", "and", "but"]) {
        return None;
    }
    for at in (from..turn.tokens.len()).take(FARTHEST) {
        if let Some(value) = read(turn, at) {
            return Some(value);
        }
        if !is_filler(turn.word(at)) && turn.word(at) != "," {
            return None;
        }
    }
    None
}

/// The first value after `hit`.
fn after(turn: &DocTurn<'_>, hit: &Hit) -> Option<Value> {
    let last = hit.after.checked_sub(1).map_or("", |i| turn.word(i));
    let mut linked = is_one_of(last, &["as", "is", "under", "was"]);
    let mut since = false;
    let mut words = 0;
    for at in (hit.after..turn.tokens.len()).take(FARTHEST_TOKENS) {
        if turn.tokens[at].kind != TokenKind::Mark {
            words += 1;
        }
        if words > FARTHEST {
            return None;
        }
        if let Some(value) = read(turn, at).filter(|v| suffices(turn, v, hit.kind)) {
            let since = since || hit.kind.category == Category::Date;
            let bare_year = since && is_year(&turn.text[value.span.clone()]);
            return (!bare_year).then_some(value);
        }
        let word = turn.word(at);
        let begins = turn.tokens[at].kind == TokenKind::Word && !is_filler(word);
        if begins && linked && hit.kind.category == Category::Biometric {
            return read(turn, at + 1).map(|v| Value {
                span: turn.tokens[at].span.start..v.span.end,
                ..v
            });
        }
        if hit.kind.form == Form::Word && begins {
            return chunk(turn, at)
                .map(|c| spoken_value(turn, &c, hit.kind))
                .filter(|v| linked || v.digits > 0);
        }
        if !(is_filler(word) || turn.tokens[at].kind == TokenKind::Mark && word != "\u{1}") {
            return None;
        }
        since = is_one_of(word, &["in", "from"]);
        linked = is_one_of(word, &["is", "was", ":", "=", "it's", "be", "as"])
            || word == "to" && is_set(turn, hit.first);
    }
    None
}

/// The word or code `first`, and what is said after it of the same value:
/// `pepper hash two one`, `ann lee eighty`.
fn spoken_value(turn: &DocTurn<'_>, first: &Chunk, kind: Kind) -> Value {
    let end = code::end(turn, first.tokens.end);
    let span = first.span.start..turn.tokens[end - 1].span.end;
    let more = end > first.tokens.end;
    Value {
        digits: usize::from(more && kind.form == Form::Word),
        span,
        next: end,
    }
}

/// Whether `value` is long enough for `kind`; letters make a short one certain.
fn suffices(turn: &DocTurn<'_>, value: &Value, kind: Kind) -> bool {
    let text = &turn.text[value.span.clone()];
    let lettered = text.bytes().any(|b| b.is_ascii_alphabetic());
    let mixed = value.digits > 0 && text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 5;
    value.digits >= kind.digits || lettered && (value.digits >= 3 || mixed)
}

/// Whether the cue at token `first` is given a value: `i set my [pin] to`.
fn is_set(turn: &DocTurn<'_>, first: usize) -> bool {
    const SET: &[&str] = &["set", "change", "changed", "reset", "made", "updated"];
    (first.saturating_sub(3)..first).any(|i| is_one_of(turn.word(i), SET))
}

fn is_filler(word: &str) -> bool {
    is_one_of(word, FILLERS)
}

/// `4471 is my pin`, `4471 as the extension`.
fn before(turn: &DocTurn<'_>, hit: &Hit) -> Option<Value> {
    let mut at = hit.first.checked_sub(1)?;
    if is_one_of(turn.word(at), &["my", "the", "your", "his", "her", "our"]) {
        at = at.checked_sub(1)?;
    }
    if !is_one_of(turn.word(at), &["is", "are", "was", "were", "as", "for"]) {
        return None;
    }
    let mut first = at.checked_sub(1)?;
    while first > 0 && at - first < FARTHEST && is_group(turn, first - 1) {
        first -= 1;
    }
    read(turn, first).filter(|v| v.next == at && suffices(turn, v, hit.kind))
}

fn is_group(turn: &DocTurn<'_>, at: usize) -> bool {
    let word = turn.word(at);
    let letters = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    turn.tokens[at].kind == TokenKind::Number
        || matches!(word, "-" | "." | ",")
        || letters && word.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Category)]) {
        let raw = conversation(&[text]);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        let turns: Vec<_> = document.turns.iter().collect();
        CueDetector::new().converse(&turns, |_| true, &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| (&text[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cues_name_what_follows() {
        use Category::*;
        check("my MRN is 4471", &[("4471", MedicalRecord)]);
        check("member id: XK 99120 ok", &[("XK 99120", HealthPlan)]);
        check("last 4 of my social are 2210", &[("2210", Ssn)]);
        check("{\"account_number\":\"00912\"}", &[("00912", Account)]);
        check("{\"memberId\": 81230}", &[("81230", HealthPlan)]);
        check("the password is tulips", &[("tulips", Secret)]);
        check("plate is KDJ 4471", &[("KDJ 4471", Vehicle)]);
        check("extension 4471", &[("4471", Phone)]);
        check(
            "my pin is either 4471 or 7720",
            &[("4471", Secret), ("7720", Secret)],
        );
        check("claim no is ydf 281", &[("ydf 281", HealthPlan)]);
        check("7720 is my pin", &[("7720", Secret)]);
        check("my pin now is 7720", &[("7720", Secret)]);
        check(
            "my pin now.... well sort of... is 7720",
            &[("7720", Secret)],
        );
        check("dob 5 , 7 , 1961", &[("5 , 7 , 1961", Date)]);
    }

    #[test]
    fn a_cue_alone_finds_nothing() {
        check("i was spinning 4471 times", &[]);
        check("your order of 2 refills", &[]);
        check("i've had this policy since 2015", &[]);
        check("is the account active in 2019", &[]);
        check("take the pill and call me", &[]);
        check("did your pin work", &[]);
    }
}
