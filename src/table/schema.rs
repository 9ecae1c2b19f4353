//! The columns of both tables: names, types, meaning.

use std::sync::{Arc, LazyLock};

use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};

use super::Table;
use crate::domain::{Attribute, Category, Channel, Role, TurnKind};

/// The version of both tables. It changes when a column does.
pub const TABLE_VERSION: u32 = 1;

/// Where rows are: the landing form knows the year; in the research form it
/// is the folder's, since pandas refuses a column that the path names too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Sealed, in the landing store.
    Landing,
    /// Published, in the research store.
    Research,
}

impl Form {
    /// What the footer says of a file: form, table, version.
    pub(super) fn label(self, table: Table) -> String {
        let form = match self {
            Self::Landing => "landing",
            Self::Research => "research",
        };
        format!("{form}.{}.v{TABLE_VERSION}", table.name())
    }
}

/// A column as the data dictionary explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its table.
    pub table: Table,
    /// Its name.
    pub name: &'static str,
    /// Its type in the words of SQL.
    pub kind: &'static str,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

const fn conversation(name: &'static str, kind: &'static str, meaning: &'static str) -> Column {
    Column {
        table: Table::Conversations,
        name,
        kind,
        nullable: false,
        meaning,
    }
}

const fn turn(name: &'static str, kind: &'static str, meaning: &'static str) -> Column {
    Column {
        table: Table::Turns,
        name,
        kind,
        nullable: false,
        meaning,
    }
}

const fn optional(column: Column) -> Column {
    Column {
        nullable: true,
        ..column
    }
}

/// Every column of the research form, in the files' order. The year and the
/// release of a row are its folder's.
pub const COLUMNS: [Column; 19] = [
    conversation(
        "conversation_id",
        "text",
        "Random id (UUID version 4), related to nothing outside this data.",
    ),
    conversation("channel", "text", "`voice`, `chat`, `sms` or `other`."),
    conversation(
        "language",
        "text",
        "Language in which the text was judged, as an IETF tag.",
    ),
    conversation("turns", "int32", "How many rows it has in `turns`."),
    optional(conversation(
        "duration_s",
        "int64",
        "Duration in seconds, rounded to 10.",
    )),
    conversation(
        "counts",
        "struct of int32",
        "How many identifiers of each category were replaced, by category.",
    ),
    conversation(
        "policy",
        "text",
        "Which policy was applied: the SHA-256 of its content.",
    ),
    conversation(
        "engine",
        "text",
        "Version of the de-identification engine with its models.",
    ),
    conversation(
        "incomplete",
        "boolean",
        "A turn is missing, or the conversation was cut.",
    ),
    conversation(
        "attributes",
        "struct of text",
        "Attributes that the policy lets through, generalised: `age`, `sex`, `state`, \
         `zip` (three digits or `000`), `topic`; each null where it is not known or not let \
         through. Where too few conversations of a release share year, state, zip, age and sex, \
         the zip is null, then the age is by decades (`40 to 49`) or null, then sex and state are.",
    ),
    turn("conversation_id", "text", "The conversation."),
    turn("turn", "int32", "Position in the conversation, from 0."),
    turn(
        "role",
        "text",
        "Who speaks: `agent`, `user`, `tool`, `system` or `other`.",
    ),
    turn(
        "kind",
        "text",
        "`speech` (recognised: case and punctuation may be missing), `text` (typed), \
         `tool_call`, `tool_result` or `dtmf` (keys pressed).",
    ),
    turn("text", "text", "What was said, de-identified."),
    optional(turn(
        "start_ms",
        "int64",
        "Start, in milliseconds from the start of the conversation, rounded to 500.",
    )),
    optional(turn(
        "end_ms",
        "int64",
        "End, in milliseconds from the start of the conversation, rounded to 500.",
    )),
    optional(turn(
        "confidence",
        "float32",
        "The speech recogniser's confidence, 0 to 1.",
    )),
    optional(turn(
        "findings",
        "list of struct",
        "What was replaced: `category`, and `start` and `end` of the replacement in `text`, \
         counted in characters (Unicode code points) from 0, `end` exclusive. Null where \
         replacements are surrogates, since the list would tell them from what was said.",
    )),
];

/// The Arrow schema of a landing file of `table`: the columns of [`COLUMNS`],
/// and of conversations the year as the last.
#[must_use]
pub fn landing_schema(table: Table) -> SchemaRef {
    schema(Form::Landing, table)
}

/// The Arrow schema of `table` in `form`.
pub(super) fn schema(form: Form, table: Table) -> SchemaRef {
    static CONVERSATIONS: LazyLock<SchemaRef> = LazyLock::new(|| conversations(false));
    static LANDED: LazyLock<SchemaRef> = LazyLock::new(|| conversations(true));
    static TURNS: LazyLock<SchemaRef> = LazyLock::new(turns);
    let schema = match (table, form) {
        (Table::Conversations, Form::Landing) => &LANDED,
        (Table::Conversations, Form::Research) => &CONVERSATIONS,
        (Table::Turns, _) => &TURNS,
    };
    Arc::clone(schema)
}

/// The landing form has the year as its last column, so that to publish is to
/// leave it out.
fn conversations(year: bool) -> SchemaRef {
    let mut fields = vec![
        required("conversation_id", DataType::Utf8),
        required("channel", DataType::Utf8),
        required("language", DataType::Utf8),
        required("turns", DataType::Int32),
        nullable("duration_s", DataType::Int64),
        required("counts", DataType::Struct(count_fields())),
        required("policy", DataType::Utf8),
        required("engine", DataType::Utf8),
        required("incomplete", DataType::Boolean),
        required("attributes", DataType::Struct(attribute_fields())),
    ];
    if year {
        fields.push(nullable("year", DataType::Int16));
    }
    Arc::new(Schema::new(fields))
}

fn turns() -> SchemaRef {
    Arc::new(Schema::new(vec![
        required("conversation_id", DataType::Utf8),
        required("turn", DataType::Int32),
        required("role", DataType::Utf8),
        required("kind", DataType::Utf8),
        required("text", DataType::Utf8),
        nullable("start_ms", DataType::Int64),
        nullable("end_ms", DataType::Int64),
        nullable("confidence", DataType::Float32),
        nullable("findings", DataType::List(finding_field())),
    ]))
}

/// One `int32` a category, in the order of the rule.
pub(super) fn count_fields() -> Fields {
    Category::ALL
        .iter()
        .map(|c| required(c.name(), DataType::Int32))
        .collect()
}

/// Attributes in the order of their columns.
pub(super) const ATTRIBUTES: [Attribute; 5] = [
    Attribute::Age,
    Attribute::Sex,
    Attribute::State,
    Attribute::Zip,
    Attribute::Topic,
];

/// One text an attribute.
pub(super) fn attribute_fields() -> Fields {
    ATTRIBUTES
        .iter()
        .map(|a| nullable(attribute_name(*a), DataType::Utf8))
        .collect()
}

/// The fields of a finding.
pub(super) fn finding_fields() -> Fields {
    Fields::from(vec![
        required("category", DataType::Utf8),
        required("start", DataType::Int32),
        required("end", DataType::Int32),
    ])
}

/// The element of the list of findings, under the name that Parquet gives it.
pub(super) fn finding_field() -> FieldRef {
    Arc::new(required("element", DataType::Struct(finding_fields())))
}

fn required(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

fn nullable(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

pub(super) const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Voice => "voice",
        Channel::Chat => "chat",
        Channel::Sms => "sms",
        Channel::Other => "other",
    }
}

pub(super) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::User => "user",
        Role::Tool => "tool",
        Role::System => "system",
        Role::Other => "other",
    }
}

pub(super) const fn kind_name(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::Speech => "speech",
        TurnKind::Text => "text",
        TurnKind::ToolCall => "tool_call",
        TurnKind::ToolResult => "tool_result",
        TurnKind::Dtmf => "dtmf",
    }
}

pub(super) const fn attribute_name(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Age => "age",
        Attribute::Sex => "sex",
        Attribute::State => "state",
        Attribute::Zip => "zip",
        Attribute::Topic => "topic",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_the_fields_of_the_research_form() {
        for table in Table::ALL {
            let fields = schema(Form::Research, table);
            let fields = fields.fields().iter();
            let fields = fields.map(|f| (f.name().clone(), f.is_nullable()));
            let columns = COLUMNS.iter().filter(|c| c.table == table);
            let columns = columns.map(|c| (c.name.to_owned(), c.nullable));
            assert!(fields.eq(columns), "{table:?}");
        }
    }

    #[test]
    fn attributes_have_the_names_of_their_serialised_form() {
        for attribute in ATTRIBUTES {
            assert_eq!(serde_json::json!(attribute), attribute_name(attribute));
        }
    }

    #[test]
    fn words_of_a_turn_have_the_names_of_their_serialised_form() {
        use {Channel as C, Role as R, TurnKind as T};
        for c in [C::Voice, C::Chat, C::Sms, C::Other] {
            assert_eq!(serde_json::json!(c), channel_name(c));
        }
        for r in [R::Agent, R::User, R::Tool, R::System, R::Other] {
            assert_eq!(serde_json::json!(r), role_name(r));
        }
        for t in [T::Speech, T::Text, T::ToolCall, T::ToolResult, T::Dtmf] {
            assert_eq!(serde_json::json!(t), kind_name(t));
        }
    }
}
