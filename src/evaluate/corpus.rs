//! Labelled conversations, one JSON object a line.

use std::ops::Range;

use serde::Deserialize;

use crate::domain::{
    Category, Channel, ConversationRef, Phi, RawConversation, RawTurn, Role, TenantId, TurnKind,
};

/// Why a line of a corpus cannot be used; each names what to correct.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
    /// The line is not an object of the expected form.
    #[error(
        "column {column}: not a labelled conversation ({problem}); see the README for the form"
    )]
    Form {
        /// Where, from 1.
        column: usize,
        /// What the parser expected, without the text.
        problem: &'static str,
    },
    /// A label points outside its turn.
    #[error("label {0} lies outside its turn, is empty, or names a turn that is not there")]
    Span(usize),
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
        let read: Line = serde_json::from_str(line).map_err(|e| CorpusError::Form {
            column: e.column(),
            problem: match e.classify() {
                serde_json::error::Category::Data => "a field is missing or of another type",
                _ => "it is not JSON",
            },
        })?;
        let spans = read.spans.iter().enumerate();
        let labels = spans
            .map(|(i, span)| span.label(&read.turns).ok_or(CorpusError::Span(i + 1)))
            .collect::<Result<_, _>>()?;
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
struct Turn {
    #[serde(default)]
    speaker: String,
    text: String,
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

fn conversation(channel: &str, turns: Vec<Turn>) -> RawConversation {
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
    fn offsets_are_characters() {
        let read = labelled("é José 5", &[(2, 6, "NAME", "", false)]);
        assert_eq!(&read.text(0)[read.labels[0].span.clone()], "José");
        assert_eq!(read.raw.turns[0].role, Role::User);
    }

    #[test]
    fn a_bad_line_is_named_and_not_quoted() {
        let form = |line: &str| Labelled::parse(line).expect_err("refused").to_string();
        assert!(form("{").starts_with("column 1: not a labelled conversation (it is not JSON)"));
        assert!(form(r#"{"id": "a"}"#).contains("a field is missing"));
        let outside = r#"{"id":"a","turns":[{"text":"ab"}],"gold":"full",
            "spans":[{"turn":0,"start":0,"end":3,"type":"NAME"}]}"#;
        assert!(form(outside).starts_with("label 1 lies outside"));
    }
}
