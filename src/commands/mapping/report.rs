//! What a mapping makes of each record of a file, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::records::FileRecord;
use crate::decode::{DecodeError, Decoded, Explained};
use crate::domain::{Category, Channel, Fragment, RawTurn, Role, TurnKind};

/// All records of a file.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) mapping: String,
    pub(super) taken: usize,
    pub(super) dropped: BTreeMap<String, usize>,
    pub(super) refused: usize,
    pub(super) records: Vec<Record>,
}

/// One record.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    /// The line on which it begins.
    pub(super) line: usize,
    /// The mapping's rule that read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    pub(super) fate: Fate,
}

/// What became of a record.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    Taken(Box<Taken>),
    /// By the rule of this name.
    Dropped(String),
    Refused(Refused),
}

/// What was taken, and what was left.
#[derive(Debug, Serialize)]
pub(super) struct Taken {
    pub(super) conversation: String,
    pub(super) channel: Option<Channel>,
    pub(super) start_known: bool,
    pub(super) ends: bool,
    pub(super) turns: Vec<Turn>,
    pub(super) speakers_corrected: usize,
    pub(super) partials: u32,
    pub(super) known: BTreeMap<Category, usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) known_values: Vec<(Category, String)>,
    pub(super) attributes: Vec<String>,
    /// By the mapping's paths and rules.
    pub(super) dropped: BTreeMap<String, u32>,
    /// By the record's own paths.
    pub(super) unknown: BTreeMap<String, u32>,
}

/// A turn.
#[derive(Debug, Serialize)]
pub(super) struct Turn {
    pub(super) role: Role,
    pub(super) kind: TurnKind,
    pub(super) start_ms: Option<i64>,
    pub(super) end_ms: Option<i64>,
    pub(super) characters: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

/// Why a record would be quarantined.
#[derive(Debug, Serialize)]
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<usize>,
    pub(super) why: String,
    pub(super) remedy: &'static str,
}

impl Report {
    pub(super) fn new(mapping: &str) -> Self {
        Self {
            mapping: mapping.to_owned(),
            taken: 0,
            dropped: BTreeMap::new(),
            refused: 0,
            records: Vec::new(),
        }
    }

    /// Adds a record, with what it says only where `text` asks for it.
    pub(super) fn add(&mut self, record: &FileRecord<'_>, explained: Explained, text: bool) {
        let fate = match &explained.outcome {
            Ok(Decoded::Taken(fragment)) => {
                self.taken += 1;
                Fate::Taken(Box::new(taken(fragment, &explained, text)))
            }
            Ok(Decoded::Dropped(rule)) => {
                *self.dropped.entry(rule.to_string()).or_default() += 1;
                Fate::Dropped(rule.to_string())
            }
            Err(error) => {
                self.refused += 1;
                Fate::Refused(refused(record, error))
            }
        };
        self.records.push(Record {
            line: record.line,
            rule: explained.rule.as_deref().map(str::to_owned),
            fate,
        });
    }
}

fn taken(fragment: &Fragment, explained: &Explained, text: bool) -> Taken {
    let mut known = BTreeMap::new();
    for value in &fragment.known {
        *known.entry(value.category).or_default() += 1;
    }
    let value = |k: &crate::domain::KnownValue| (k.category, k.value.expose().clone());
    let shown = fragment.known.iter().filter(|_| text).map(value);
    let attributes = fragment.attributes.keys();
    let dropped = fragment.unmapped.iter();
    Taken {
        conversation: explained.named_by.clone().unwrap_or_default(),
        channel: fragment.channel,
        start_known: fragment.started_at.is_some(),
        ends: fragment.ends,
        turns: fragment.turns.iter().map(|t| turn(t, text)).collect(),
        speakers_corrected: fragment.revisions.len(),
        partials: fragment.partials,
        known,
        known_values: shown.collect(),
        attributes: attributes
            .map(|a| format!("{a:?}").to_lowercase())
            .collect(),
        dropped: dropped
            .filter(|(path, _)| &***path != "other")
            .map(|(path, count)| (path.to_string(), *count))
            .collect(),
        unknown: explained.unknown.clone(),
    }
}

fn turn(turn: &RawTurn, text: bool) -> Turn {
    let said = turn.text.expose();
    Turn {
        role: turn.role,
        kind: turn.kind,
        start_ms: turn.start_ms,
        end_ms: turn.end_ms,
        characters: said.chars().count(),
        text: text.then(|| said.clone()),
    }
}

fn refused(record: &FileRecord<'_>, error: &DecodeError) -> Refused {
    let place = error.offset().map(|offset| record.place(offset));
    Refused {
        code: error.code(),
        line: place.map_or(record.line, |(line, _)| line),
        column: place.map(|(_, column)| column),
        why: error.to_string(),
        remedy: error.remedy(),
    }
}
