//! Published conversations, read again: clean text that an engine may look at
//! once more.

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Float32Type, Int32Type, Int64Type};
use serde_json::{Map, Value, json};

use super::Table;
use super::reader::{ReadError, parse_id, read};
use super::schema::{ATTRIBUTES, Form, attribute_name, channel_name, kind_name, role_name};
use crate::domain::{
    Category, Channel, ConversationRef, Phi, RawConversation, RawTurn, ResearchId, Role, TenantId,
    TurnKind,
};

/// A published conversation.
#[derive(Debug)]
pub struct Published {
    /// Its id in research.
    pub id: ResearchId,
    /// What was published of it, as an engine reads it.
    pub text: RawConversation,
    /// Identifiers replaced so far, by category.
    pub counts: BTreeMap<Category, u32>,
    /// Its duration in seconds.
    pub duration_s: Option<i64>,
}

impl Published {
    /// What a reviewer reads of it, as JSON; it is of `year`.
    #[must_use]
    pub fn shown(&self, year: Option<i16>) -> Phi<Value> {
        let attributes = self.text.attributes.iter();
        let attributes = attributes.map(|(attribute, value)| {
            let name = attribute_name(*attribute).to_owned();
            (name, Value::from(value.expose().as_str()))
        });
        let turns = self.text.turns.iter().map(|turn| {
            json!({
                "role": role_name(turn.role),
                "kind": kind_name(turn.kind),
                "text": turn.text.expose(),
            })
        });
        Phi::new(json!({
            "channel": channel_name(self.text.channel),
            "year": year,
            "attributes": attributes.collect::<Map<_, _>>(),
            "turns": turns.collect::<Vec<_>>(),
        }))
    }
}

/// Reads one part of a release: the files of both tables, all of `year`.
///
/// # Errors
/// A [`ReadError`] when they are not files of one part in research form.
pub fn read_published(
    tenant: &TenantId,
    year: Option<i16>,
    conversations: Vec<u8>,
    turns: Vec<u8>,
) -> Result<Vec<Published>, ReadError> {
    let conversations = read(Form::Research, Table::Conversations, conversations)?;
    let turns = read(Form::Research, Table::Turns, turns)?;
    let mut turns = turns.iter().flat_map(turns_of);
    let mut out = Vec::new();
    for batch in &conversations {
        for row in 0..batch.num_rows() {
            let count = int(batch, "turns", row);
            let id = parse_id(batch["conversation_id"].as_string(), row)?;
            let own = turns.by_ref().take(count as usize);
            let own: Result<Vec<RawTurn>, ReadError> = own.map(|turn| of(turn?, id)).collect();
            let text = conversation(batch, row, tenant, year, own?)?;
            if text.turns.len() != count as usize {
                return Err(ReadError::Disagree);
            }
            out.push(Published {
                id,
                text,
                counts: counts(batch, row),
                duration_s: long(batch, "duration_s", row),
            });
        }
    }
    turns.next().map_or(Ok(out), |_| Err(ReadError::Disagree))
}

/// The turn, which must be of conversation `id`.
fn of((owner, turn): (ResearchId, RawTurn), id: ResearchId) -> Result<RawTurn, ReadError> {
    (owner == id).then_some(turn).ok_or(ReadError::Disagree)
}

fn turns_of(
    batch: &RecordBatch,
) -> impl Iterator<Item = Result<(ResearchId, RawTurn), ReadError>> + '_ {
    (0..batch.num_rows()).map(|row| {
        let confidence = batch["confidence"].as_primitive::<Float32Type>();
        let turn = RawTurn {
            role: named(&ROLES, role_name, word(batch, "role", row))?,
            kind: named(&KINDS, kind_name, word(batch, "kind", row))?,
            text: Phi::new(word(batch, "text", row).to_owned()),
            start_ms: long(batch, "start_ms", row),
            end_ms: long(batch, "end_ms", row),
            confidence: confidence.is_valid(row).then(|| confidence.value(row)),
            ..RawTurn::default()
        };
        Ok((parse_id(batch["conversation_id"].as_string(), row)?, turn))
    })
}

fn conversation(
    batch: &RecordBatch,
    row: usize,
    tenant: &TenantId,
    year: Option<i16>,
    turns: Vec<RawTurn>,
) -> Result<RawConversation, ReadError> {
    let attributes = ATTRIBUTES
        .iter()
        .zip(batch["attributes"].as_struct().columns());
    let attributes = attributes.filter_map(|(attribute, column)| {
        let column = column.as_string::<i32>();
        let value = column.is_valid(row).then(|| column.value(row).to_owned())?;
        Some((*attribute, Phi::new(value)))
    });
    Ok(RawConversation {
        tenant: tenant.clone(),
        // Its source is not known here, nor needed.
        conversation: ConversationRef::new(""),
        channel: named(&CHANNELS, channel_name, word(batch, "channel", row))?,
        language: None,
        year,
        turns,
        known: Vec::new(),
        attributes: attributes.collect(),
        // What was held back for it was never published.
        provenance: Default::default(),
        incomplete: batch["incomplete"].as_boolean().value(row),
    })
}

fn counts(batch: &RecordBatch, row: usize) -> BTreeMap<Category, u32> {
    let columns = batch["counts"].as_struct().columns();
    let counts = Category::ALL.iter().zip(columns).map(|(category, column)| {
        let count = column.as_primitive::<Int32Type>().value(row);
        (*category, count.unsigned_abs())
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

const ROLES: [Role; 5] = [
    Role::Agent,
    Role::User,
    Role::Tool,
    Role::System,
    Role::Other,
];
const KINDS: [TurnKind; 5] = [
    TurnKind::Speech,
    TurnKind::Text,
    TurnKind::ToolCall,
    TurnKind::ToolResult,
    TurnKind::Dtmf,
];
const CHANNELS: [Channel; 4] = [Channel::Voice, Channel::Chat, Channel::Sms, Channel::Other];

/// The one of `all` that `name` calls `word`.
fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, word: &str) -> Result<T, ReadError> {
    let found = all.iter().copied().find(|one| name(*one) == word);
    found.ok_or(ReadError::Form)
}

fn word<'a>(batch: &'a RecordBatch, column: &str, row: usize) -> &'a str {
    batch[column].as_string::<i32>().value(row)
}

fn int(batch: &RecordBatch, column: &str, row: usize) -> i32 {
    batch[column].as_primitive::<Int32Type>().value(row)
}

fn long(batch: &RecordBatch, column: &str, row: usize) -> Option<i64> {
    let column = batch[column].as_primitive::<Int64Type>();
    column.is_valid(row).then(|| column.value(row))
}
