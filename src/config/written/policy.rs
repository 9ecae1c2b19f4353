//! A policy as people write it: what the rule permits, and what it does not,
//! which is known by name so that it is refused with its paragraph.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Probability;
use crate::domain::Category;

/// A preset's name, or a mapping.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Policy {
    /// A preset as it is.
    Preset(Preset),
    /// A preset with changes.
    Custom(CustomPolicy),
}

impl Default for Policy {
    fn default() -> Self {
        Self::Preset(Preset::SafeHarbor)
    }
}

/// A policy that comes with the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Preset {
    /// Dates become years, ages over 89 `90 or older`, ZIP codes three digits
    /// or `000`; everything else a numbered placeholder.
    #[default]
    SafeHarbor,
}

/// A preset with changes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CustomPolicy {
    /// The part of the rule that the output must satisfy.
    pub(crate) profile: Profile,
    /// The policy that the rest of this mapping changes.
    pub(crate) preset: Preset,
    /// Category → operator; what is not named stays as in the preset.
    #[schemars(schema_with = "operators")]
    pub(crate) operators: BTreeMap<Category, Operator>,
    /// The finest element of a date that `generalize` leaves.
    pub(crate) dates: Dates,
    /// Which ages stay.
    pub(crate) ages: Ages,
    /// How many digits of a ZIP code `generalize` leaves.
    #[schemars(range(min = 1, max = 9))]
    pub(crate) zip_digits: u8,
    /// The census table that says which three digits stay.
    pub(crate) zip_table: ZipTable,
    /// What becomes of three digits whose area has 20,000 people or fewer.
    pub(crate) zip_small_areas: SmallAreas,
    /// How far one code or surrogate stands for the same value.
    pub(crate) code_scope: CodeScope,
    /// Words and phrases that are nobody's, such as products: a finding that
    /// says nothing else and rests on likelihood alone is dropped. Checked,
    /// known and cued findings and the second look are not overridden.
    pub(crate) allow: Vec<String>,
    /// Category → words and phrases that always go, as that category. Names
    /// belong into the tenant's sealed `terms`.
    #[schemars(schema_with = "denied")]
    pub(crate) deny: BTreeMap<Category, Vec<String>>,
    /// Conversations whose risk that an identifier remains is this or more are
    /// held back; without it none is, for its risk alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) risk_bound: Option<Probability>,
    /// Leaves clock times of day in the text.
    pub(crate) keep_clock_times: bool,
    /// Why clock times may stay; required with `keep_clock_times` and recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) keep_clock_times_reason: Option<String>,
}

impl Default for CustomPolicy {
    fn default() -> Self {
        Self {
            profile: Profile::SafeHarbor,
            preset: Preset::SafeHarbor,
            operators: BTreeMap::new(),
            dates: Dates::Year,
            ages: Ages::UpTo89,
            zip_digits: 3,
            zip_table: ZipTable::Census2020,
            zip_small_areas: SmallAreas::Zero,
            code_scope: CodeScope::Conversation,
            allow: Vec::new(),
            deny: BTreeMap::new(),
            risk_bound: None,
            keep_clock_times: false,
            keep_clock_times_reason: None,
        }
    }
}

/// A category is a key by its name, documented with its paragraph.
fn operators(generator: &mut SchemaGenerator) -> Schema {
    by_category(&generator.subschema_for::<Operator>(), "Operator")
}

fn denied(generator: &mut SchemaGenerator) -> Schema {
    by_category(&generator.subschema_for::<Vec<String>>(), "Denied terms")
}

fn by_category(value: &Schema, what: &str) -> Schema {
    let properties: serde_json::Map<_, _> = Category::ALL
        .into_iter()
        .map(|category| {
            let mut schema = value.clone();
            let text = format!("{what} of {}.", category.paragraph());
            schema.insert("description".into(), text.into());
            (category.name().to_owned(), schema.into())
        })
        .collect();
    json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The part of the rule that the output must satisfy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Profile {
    /// 45 CFR 164.514(b)(2).
    SafeHarbor,
    /// Refused: 45 CFR 164.514(e) needs a data use agreement.
    LimitedDataSet,
    /// Refused: 45 CFR 164.514(b)(1) needs an expert's determination.
    ExpertDetermination,
}

/// What replaces a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Operator {
    /// `[PERSON_1]`, numbered within the conversation.
    Placeholder,
    /// Date → year; age over 89 → `90 or older`; ZIP → three digits or `000`.
    Generalize,
    /// A random value of the same kind, the same within the conversation.
    Surrogate,
    /// `[REDACTED]`, the same for every kind.
    Redact,
    /// Refused: leaves the identifier.
    Keep,
    /// Refused: leaves the identifier's length or some of its characters.
    Mask,
    /// Refused: leaves a part.
    FirstDigits,
    /// Refused: leaves a part.
    LastDigits,
    /// Refused: leaves a part.
    Initials,
    /// Refused: leaves a part.
    Truncate,
    /// Refused: leaves the domain of an address.
    Domain,
    /// Refused: is derived from the sound of the value.
    Phonetic,
    /// Refused: a near value is derived from the value.
    Nearby,
    /// Refused: is derived from the value.
    Hash,
    /// Refused: is derived from the value.
    Hmac,
    /// Refused: is derived from the value and can be translated back.
    Encrypt,
    /// Refused: is derived from the value and can be translated back.
    Fpe,
    /// Refused: one code for one value everywhere is a code that identifies.
    Token,
    /// Refused: one name for one person everywhere is a code that identifies.
    Pseudonym,
    /// Refused: a shifted date is derived from the date.
    DateShift,
}

/// The finest element of a date that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Dates {
    /// The year.
    Year,
    /// Refused: more specific than the year.
    Season,
    /// Refused: more specific than the year.
    Quarter,
    /// Refused: more specific than the year.
    Month,
    /// Refused: more specific than the year.
    Week,
    /// Refused: more specific than the year.
    Weekday,
    /// Refused: more specific than the year.
    Day,
    /// Refused: derived from the date.
    Shift,
    /// Refused: days since another event are derived from the date.
    Offset,
}

/// Which ages stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ages {
    /// 0 to 89; above, `90 or older`.
    #[serde(rename = "up_to_89")]
    UpTo89,
    /// Refused: tells ages over 89 apart.
    Bands,
    /// Refused: leaves ages over 89.
    All,
}

/// A table of three-digit ZIP areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) enum ZipTable {
    /// The current one.
    #[serde(rename = "census-2020")]
    Census2020,
    /// Refused: no longer current.
    #[serde(rename = "census-2010")]
    Census2010,
    /// Refused: no longer current.
    #[serde(rename = "census-2000")]
    Census2000,
}

/// What becomes of three digits whose area has 20,000 people or fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SmallAreas {
    /// `000`.
    Zero,
    /// Refused: leaves them.
    Keep,
}

/// How far one code or surrogate stands for the same value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CodeScope {
    /// Within one conversation.
    Conversation,
    /// Refused: joins a person's conversations.
    Person,
    /// Refused: joins a tenant's conversations.
    Tenant,
    /// Refused: joins tenants.
    Global,
}
