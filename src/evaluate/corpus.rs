//! Labelled conversations, one JSON object a line.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::ops::Range;

use serde::Deserialize;

use super::form;
use crate::domain::{
    Category, Channel, ConversationRef, Phi, RawConversation, RawTurn, Role, TenantId, TurnKind,
};

/// Why a line of a corpus cannot be used; each names what to correct.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
    /// The line is not an object of the expected form.
    #[error("column {0}: it is not JSON")]
    NotJson(usize),
    /// A field is missing or of another form.
    #[error("not a labelled conversation: {0}; \"Measuring it\" in the README shows the form")]
    Form(String),
    /// A label points outside its turn.
    #[error("label {0} lies outside its turn, is empty, or names a turn that is not there")]
    Span(usize),
    /// A label says nothing.
    #[error("label {0} holds blanks alone")]
    Blank(usize),
    /// It is not text.
    #[error("is not UTF-8; convert the file first, for example with iconv")]
    NotUtf8,
    /// Another conversation is called so.
    #[error("has the `id` of line {0}; give each conversation its own")]
    Twice(usize),
    /// In marked text, a turn before the first conversation.
    #[error("stands before the first conversation; begin each with `# voice | what it is`")]
    Headless,
    /// In marked text, a line that is no turn.
    #[error("is no turn; write `who: what they said`")]
    Turn,
    /// In marked text, a brace that is not of a label.
    #[error(
        "has a brace of no label; write `{{TYPE words}}`, `{{TYPE/sub words}}`, or `{{?TYPE words}}` for what may stay"
    )]
    Mark,
}

/// A label's type, as corpora write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are the format's own")]
pub enum LabelType {
    Name,
    Date,
    Phone,
    Email,
    Address,
    City,
    Zip,
    Id,
    Age,
    Username,
    Url,
    Org,
    Other,
}

impl LabelType {
    /// Every type.
    pub(super) const ALL: [Self; 13] = [
        Self::Name,
        Self::Date,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::City,
        Self::Zip,
        Self::Id,
        Self::Age,
        Self::Username,
        Self::Url,
        Self::Org,
        Self::Other,
    ];

    /// Every type's name.
    pub(super) const NAMES: [&str; 13] = {
        let mut names = [""; Self::ALL.len()];
        let mut i = 0;
        while i < names.len() {
            names[i] = Self::ALL[i].name();
            i += 1;
        }
        names
    };

    /// The type as corpora and predictions write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Date => "DATE",
            Self::Phone => "PHONE",
            Self::Email => "EMAIL",
            Self::Address => "ADDRESS",
            Self::City => "CITY",
            Self::Zip => "ZIP",
            Self::Id => "ID",
            Self::Age => "AGE",
            Self::Username => "USERNAME",
            Self::Url => "URL",
            Self::Org => "ORG",
            Self::Other => "OTHER",
        }
    }

    /// The type that a finding of `category` counts as.
    #[must_use]
    pub const fn of(category: Category) -> Self {
        match category {
            Category::Person => Self::Name,
            Category::Organization | Category::Facility => Self::Org,
            Category::Address | Category::Geocode => Self::Address,
            Category::City => Self::City,
            Category::Zip => Self::Zip,
            Category::Date => Self::Date,
            Category::Age => Self::Age,
            Category::Phone | Category::Fax => Self::Phone,
            Category::Email => Self::Email,
            Category::Url | Category::Ip => Self::Url,
            Category::Username => Self::Username,
            Category::Ssn
            | Category::MedicalRecord
            | Category::HealthPlan
            | Category::Account
            | Category::License
            | Category::Vehicle
            | Category::Device
            | Category::Secret
            | Category::Biometric
            | Category::Photo
            | Category::OtherId => Self::Id,
            Category::Time => Self::Other,
        }
    }
}

/// A label: bytes of one turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The turn's index.
    pub turn: usize,
    /// Bytes of the turn's text, on character boundaries, not empty.
    pub span: Range<usize>,
    /// What it is.
    pub label: LabelType,
    /// Finer: `month`, `ssn_last4`.
    pub sub: Option<String>,
    /// Safe Harbor does not need it gone.
    pub optional: bool,
}

/// A labelled conversation.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Its id, unique in its corpus.
    pub id: String,
    /// Where it comes from.
    pub source: String,
    /// The tenant whose own text it is, where it is one's.
    pub tenant: Option<String>,
    /// The conversation, with nothing known from metadata.
    pub raw: RawConversation,
    /// What may or must go.
    pub labels: Vec<Label>,
    /// The labels are complete for `types`, so that precision can be measured.
    pub complete: bool,
    /// The types that were labelled.
    pub types: Vec<LabelType>,
}

impl Labelled {
    /// Reads one line.
    ///
    /// # Errors
    /// [`CorpusError`], which names the place and never quotes the text.
    pub fn parse(line: &str) -> Result<Self, CorpusError> {
        let value = serde_json::from_str(line).map_err(|e| CorpusError::NotJson(e.column()))?;
        if let Some(fault) = form::fault(&value) {
            return Err(CorpusError::Form(fault));
        }
        // The fields were checked: what is left is a key written twice.
        let read: Line = serde_json::from_str(line)
            .map_err(|_| CorpusError::Form("a key stands twice".to_owned()))?;
        let spans = read.spans.iter().enumerate();
        let labels = spans
            .map(|(i, span)| span.label(&read.turns).ok_or(CorpusError::Span(i + 1)))
            .collect::<Result<Vec<_>, _>>()?;
        let blank = |label: &Label| {
            let text = &read.turns[label.turn].text[label.span.clone()];
            text.trim().is_empty()
        };
        if let Some(at) = labels.iter().position(blank) {
            return Err(CorpusError::Blank(at + 1));
        }
        Ok(Self {
            id: read.id,
            source: read.source,
            tenant: read.tenant,
            raw: RawConversation {
                year: read.year,
                ..conversation(&read.channel, read.turns)
            },
            labels,
            complete: read.gold == Gold::Full,
            types: read.types,
        })
    }

    /// A conversation without a turn, to be filled.
    pub(crate) fn empty(id: String) -> Self {
        Self {
            id,
            source: String::new(),
            tenant: None,
            raw: conversation("voice", Vec::new()),
            labels: Vec::new(),
            complete: true,
            types: vec![LabelType::Name],
        }
    }

    /// The text of turn `i`.
    #[must_use]
    pub fn text(&self, i: usize) -> &str {
        self.raw.turns[i].text.expose()
    }

    /// The characters of turn `i` that its bytes `span` are.
    #[must_use]
    pub fn characters(&self, i: usize, span: Range<usize>) -> Range<usize> {
        let text = self.text(i);
        let start = text[..span.start].chars().count();
        start..start + text[span].chars().count()
    }
}

/// The labelled conversations of `input`, a line each, with the lines' numbers
/// from 1. A byte order mark and empty lines are passed over.
pub fn read(
    mut input: impl BufRead,
) -> impl Iterator<Item = io::Result<(usize, Result<Labelled, CorpusError>)>> {
    let mut ids = HashMap::new();
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            let mut bytes = Vec::new();
            number += 1;
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
            let line = bytes
                .strip_prefix("\u{feff}".as_bytes())
                .filter(|_| number == 1);
            let line = line.unwrap_or(&bytes).trim_ascii();
            if !line.is_empty() {
                return Some(Ok((number, one(line, number, &mut ids))));
            }
        }
    })
}

fn one(
    line: &[u8],
    number: usize,
    ids: &mut HashMap<String, usize>,
) -> Result<Labelled, CorpusError> {
    let line = std::str::from_utf8(line).map_err(|_| CorpusError::NotUtf8)?;
    let labelled = Labelled::parse(line)?;
    match ids.insert(labelled.id.clone(), number) {
        Some(first) => Err(CorpusError::Twice(first)),
        None => Ok(labelled),
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    source: String,
    tenant: Option<String>,
    #[serde(default)]
    channel: String,
    /// The year of the conversation, where it is known.
    year: Option<i16>,
    turns: Vec<Turn>,
    spans: Vec<Span>,
    gold: Gold,
    #[serde(default)]
    types: Vec<LabelType>,
}

#[derive(Deserialize)]
pub(super) struct Turn {
    #[serde(default)]
    pub(super) speaker: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Span {
    turn: usize,
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    label: LabelType,
    sub: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Gold {
    Full,
    Partial,
}

impl Span {
    fn label(&self, turns: &[Turn]) -> Option<Label> {
        let text = &turns.get(self.turn)?.text;
        let start = byte_of(text, self.start)?;
        let end = byte_of(text, self.end)?;
        (start < end).then(|| Label {
            turn: self.turn,
            span: start..end,
            label: self.label,
            sub: self.sub.clone(),
            optional: self.optional,
        })
    }
}

/// The byte at which character `at` begins; the length of `text` is allowed.
fn byte_of(text: &str, at: usize) -> Option<usize> {
    let ends = std::iter::once(text.len());
    text.char_indices().map(|(i, _)| i).chain(ends).nth(at)
}

pub(super) fn conversation(channel: &str, turns: Vec<Turn>) -> RawConversation {
    let (channel, kind) = match channel {
        "chat" => (Channel::Chat, TurnKind::Text),
        "voice" => (Channel::Voice, TurnKind::Speech),
        _ => (Channel::Other, TurnKind::Text),
    };
    let turn = |turn: Turn| RawTurn {
        role: Role::named(&turn.speaker).unwrap_or_default(),
        kind,
        text: Phi::new(turn.text),
        ..RawTurn::default()
    };
    RawConversation {
        tenant: TenantId::parse("evaluation").expect("a tenant's name"),
        conversation: ConversationRef::new("labelled"),
        channel,
        language: None,
        year: None,
        turns: turns.into_iter().map(turn).collect(),
        known: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A line with one turn, and labels `(start, end, type, sub, optional)`.
    pub(crate) fn labelled(text: &str, labels: &[(usize, usize, &str, &str, bool)]) -> Labelled {
        let spans: Vec<_> = labels
            .iter()
            .map(|(start, end, label, sub, optional)| {
                serde_json::json!({"turn": 0, "start": start, "end": end, "type": label,
                    "sub": sub, "optional": optional})
            })
            .collect();
        let line = serde_json::json!({"id": "a", "channel": "chat", "gold": "full",
            "turns": [{"speaker": "user", "text": text}], "spans": spans,
            "types": ["NAME", "DATE", "AGE"]});
        Labelled::parse(&line.to_string()).expect("a labelled conversation")
    }

    #[test]
    fn every_type_is_known_by_its_name() {
        for name in LabelType::NAMES {
            let read: LabelType = serde_json::from_value(name.into()).expect("a type");
            assert_eq!(read.name(), name);
        }
    }

    #[test]
    fn offsets_are_characters() {
        let read = labelled("é José 5", &[(2, 6, "NAME", "", false)]);
        assert_eq!(&read.text(0)[read.labels[0].span.clone()], "José");
        assert_eq!(read.raw.turns[0].role, Role::User);
    }

    #[test]
    fn a_bad_line_is_named_and_not_quoted() {
        let form = |line: &str| Labelled::parse(line).expect_err("refused").to_string();
        assert!(form("{").starts_with("column 1: it is not JSON"));
        assert!(form(r#"{"id": "a"}"#).contains("`turns` is missing"));
        let outside = r#"{"id":"a","turns":[{"text":"ab"}],"gold":"full",
            "spans":[{"turn":0,"start":0,"end":3,"type":"NAME"}]}"#;
        assert!(form(outside).starts_with("label 1 lies outside"));
    }
}
