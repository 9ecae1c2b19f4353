//! The same rows without de-identification: the raw text in the landing
//! tables' schema, through their compression and encodings, written by hand,
//! since the program's own writer takes clean rows only. It exists in memory
//! of a bench over invented text and is written nowhere.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, Float32Array, Int16Array, Int32Array, Int64Array, ListArray,
    RecordBatch, StringArray, StructArray, new_empty_array, new_null_array,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, SchemaRef};
use leeward::assemble::Closed;
use leeward::deid::{ENGINE_VERSION, Policy};
use leeward::domain::{Channel, Entropy, RawTurn, ResearchId, Role, TurnKind};
use leeward::table::{Table, landing_options, landing_schema};
use parquet::arrow::ArrowWriter;

/// The bytes of both tables of `closed`, raw.
pub(crate) fn to_parquet(closed: &[Closed], entropy: &mut Entropy) -> [Vec<u8>; 2] {
    let ids: Vec<String> = closed
        .iter()
        .map(|_| ResearchId::draw(entropy).to_string())
        .collect();
    [
        write(Table::Conversations, conversations(closed, &ids)),
        write(Table::Turns, turns(closed, &ids)),
    ]
}

fn write(table: Table, columns: Vec<ArrayRef>) -> Vec<u8> {
    let schema = landing_schema(table);
    let rows = RecordBatch::try_new(Arc::clone(&schema), columns).expect("the landing schema");
    let options = landing_options(table);
    let mut writer =
        ArrowWriter::try_new_with_options(Vec::new(), schema, options).expect("a Parquet schema");
    writer.write(&rows).expect("memory takes all bytes");
    writer.into_inner().expect("memory takes all bytes")
}

fn conversations(closed: &[Closed], ids: &[String]) -> Vec<ArrayRef> {
    let schema = landing_schema(Table::Conversations);
    let policy = Policy::safe_harbor().hash.to_string();
    let raw = || closed.iter().map(|c| &c.conversation);
    let last = |turns: &[RawTurn]| turns.iter().filter_map(|t| t.end_ms).max();
    vec![
        text(ids.iter().map(String::as_str)),
        text(raw().map(|c| channel(c.channel))),
        text(raw().map(|_| "en")),
        Arc::new(Int32Array::from_iter_values(
            raw().map(|c| c.turns.len() as i32),
        )),
        Arc::new(Int64Array::from_iter(
            raw().map(|c| Some(last(&c.turns)? / 1000)),
        )),
        nothing_in(&schema, "counts", closed.len()),
        text(raw().map(|_| policy.as_str())),
        text(raw().map(|_| ENGINE_VERSION)),
        Arc::new(BooleanArray::from_iter(raw().map(|c| Some(c.incomplete)))),
        nothing_in(&schema, "attributes", closed.len()),
        Arc::new(Int16Array::from_iter(raw().map(|c| c.year))),
    ]
}

fn turns(closed: &[Closed], ids: &[String]) -> Vec<ArrayRef> {
    let turns = || closed.iter().flat_map(|c| &c.conversation.turns);
    let of = closed.iter().zip(ids);
    let numbers = closed.iter().flat_map(|c| 0..c.conversation.turns.len());
    let count = turns().count();
    vec![
        text(of.flat_map(|(c, id)| std::iter::repeat_n(id.as_str(), c.conversation.turns.len()))),
        Arc::new(Int32Array::from_iter_values(numbers.map(|n| n as i32))),
        text(turns().map(|t| role(t.role))),
        text(turns().map(|t| kind(t.kind))),
        text(turns().map(|t| t.text.expose().as_str())),
        Arc::new(Int64Array::from_iter(turns().map(|t| t.start_ms))),
        Arc::new(Int64Array::from_iter(turns().map(|t| t.end_ms))),
        Arc::new(Float32Array::from_iter(turns().map(|t| t.confidence))),
        no_findings(count),
    ]
}

fn text<'a>(words: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(words))
}

/// A struct column of zeros and nulls.
fn nothing_in(schema: &SchemaRef, name: &str, rows: usize) -> ArrayRef {
    let field = schema.field_with_name(name).expect("a column of the table");
    let DataType::Struct(fields) = field.data_type() else {
        unreachable!("a struct column");
    };
    let column = |kind: &DataType| match kind {
        DataType::Int32 => Arc::new(Int32Array::from(vec![0; rows])) as ArrayRef,
        kind => new_null_array(kind, rows),
    };
    let columns = fields.iter().map(|f| column(f.data_type())).collect();
    Arc::new(StructArray::try_new(fields.clone(), columns, None).expect("the fields' types"))
}

fn no_findings(rows: usize) -> ArrayRef {
    let schema = landing_schema(Table::Turns);
    let field = schema.field_with_name("findings").expect("a column");
    let DataType::List(element) = field.data_type() else {
        unreachable!("a list column");
    };
    let none = new_empty_array(element.data_type());
    let offsets = OffsetBuffer::new_zeroed(rows);
    let lists = ListArray::try_new(Arc::clone(element), offsets, none, None);
    let lists = lists.expect("the list's type");
    debug_assert_eq!(lists.len(), rows);
    Arc::new(lists)
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "voice",
        Channel::Chat => "chat",
        Channel::Sms => "sms",
        Channel::Other => "other",
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::User => "user",
        Role::Tool => "tool",
        Role::System => "system",
        Role::Other => "other",
    }
}

const fn kind(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::Speech => "speech",
        TurnKind::Text => "text",
        TurnKind::ToolCall => "tool_call",
        TurnKind::ToolResult => "tool_result",
        TurnKind::Dtmf => "dtmf",
    }
}
