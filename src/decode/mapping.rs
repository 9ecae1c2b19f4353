//! A mapping checked and compiled, and the presets that ship with the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr::{LoadableYamlNode, Scalar as YamlScalar, Yaml};
use serde_json::Value;

use super::check::check;
use super::pointer::Pointer;
use super::shape::Shape;
use super::spec::{Calls, Choice, Clock, ItemRule, Place, RecordRule, Spec, Test};
use super::words::Words;
use crate::domain::{Category, Channel, Role, TurnKind};

/// A checked mapping: how one vendor's records are read.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(crate) name: Arc<str>,
    pub(crate) unwrap: Vec<Pointer>,
    pub(crate) records: Vec<Record>,
}

/// A [`RecordRule`] with what is computed once.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) rule: RecordRule,
    pub(crate) name: Arc<str>,
    pub(crate) channel: Option<Words<Channel>>,
    pub(crate) listed: Vec<Words<Category>>,
    pub(crate) turns: Vec<Turns>,
    pub(crate) shape: Shape,
}

/// Where turns are and how each is read.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    pub(crate) at: Vec<Pointer>,
    pub(crate) name: Arc<str>,
    pub(crate) items: Arc<[Item]>,
    /// The item is the record itself, so that its fields are counted with the record's.
    pub(crate) is_record: bool,
}

/// An [`ItemRule`] with what is computed once.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) rule: ItemRule,
    pub(crate) dropped_as: Option<Arc<str>>,
    pub(crate) role: Words<Role>,
    pub(crate) kind: Words<TurnKind>,
    pub(crate) shape: Shape,
    pub(crate) call: Shape,
}

/// What is wrong with a mapping: every fault of the file, each with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct MappingError(pub Vec<String>);

const PRESETS: [(&str, &str); 4] = [
    ("native", include_str!("presets/native.yaml")),
    ("openai", include_str!("presets/openai.yaml")),
    ("vapi", include_str!("presets/vapi.yaml")),
    ("vapi_live", include_str!("presets/vapi_live.yaml")),
];

impl Mapping {
    /// The names of the mappings that ship with the program.
    pub fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// A mapping that ships with the program.
    ///
    /// # Panics
    /// Never for the files in the program: a test reads each.
    #[must_use]
    pub fn preset(name: &str) -> Option<Self> {
        let (_, text) = PRESETS.iter().find(|(n, _)| *n == name)?;
        Some(Self::parse(text).expect("a preset is a valid mapping"))
    }

    /// Reads a mapping in YAML or JSON.
    ///
    /// # Errors
    /// Every fault of the file, each with its place.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let value = yaml(text)?;
        let faults = schema_faults(&value);
        if !faults.is_empty() {
            return Err(MappingError(faults));
        }
        let spec: Spec =
            serde_json::from_value(value).map_err(|e| MappingError(vec![e.to_string()]))?;
        Self::new(spec)
    }

    /// Checks and compiles a mapping.
    ///
    /// # Errors
    /// Every fault, each with its place.
    pub fn new(spec: Spec) -> Result<Self, MappingError> {
        let faults = check(&spec);
        if !faults.is_empty() {
            return Err(MappingError(faults));
        }
        let items: BTreeMap<&str, Arc<[Item]>> = spec
            .items
            .iter()
            .map(|(name, rules)| {
                let compiled = rules.iter().map(|rule| item(name, rule, &spec.roles));
                (name.as_str(), compiled.collect())
            })
            .collect();
        let records = spec.records.iter().map(|rule| record(rule, &items));
        Ok(Self {
            name: spec.name.as_str().into(),
            records: records.collect(),
            unwrap: spec.unwrap,
        })
    }

    /// The mapping's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn record(rule: &RecordRule, items: &BTreeMap<&str, Arc<[Item]>>) -> Record {
    let turns: Vec<Turns> = rule
        .turns
        .iter()
        .filter_map(|turns| {
            Some(Turns {
                at: turns.at.clone(),
                name: turns.kind.as_str().into(),
                items: Arc::clone(items.get(turns.kind.as_str())?),
                is_record: turns.at.iter().all(|at| at.as_str().is_empty()),
            })
        })
        .collect();
    let channel = rule.channel.as_ref();
    let listed = rule.listed.iter();
    Record {
        name: rule.name.as_str().into(),
        channel: channel.map(|choice| Words::new(choice, [])),
        listed: listed.map(|l| Words::new(&l.category, [])).collect(),
        shape: record_shape(rule, &turns),
        turns,
        rule: rule.clone(),
    }
}

fn item(owner: &str, rule: &ItemRule, roles: &BTreeMap<Role, Vec<String>>) -> Item {
    Item {
        dropped_as: rule.drop.as_deref().map(Into::into),
        role: Words::new(&rule.role, roles),
        kind: Words::new(&rule.kind, []),
        shape: item_shape(owner, rule),
        call: rule
            .calls
            .as_ref()
            .map(|c| call_shape(owner, c))
            .unwrap_or_default(),
        rule: rule.clone(),
    }
}

fn record_shape(rule: &RecordRule, turns: &[Turns]) -> Shape {
    let mut shape = Shape::default();
    let fields = rule.conversation.iter().filter_map(|place| match place {
        Place::Field(pointer) => Some(pointer),
        Place::Beside(_) => None,
    });
    let taken = fields
        .chain(&rule.tenant)
        .chain(choice_places(rule.channel.as_ref()))
        .chain(&rule.language)
        .chain(clock_places(rule.started_at.as_ref()))
        .chain(test_places(&rule.when))
        .chain(match &rule.ends {
            super::spec::Ends::When(tests) => test_places(tests),
            _ => test_places(&[]),
        })
        .chain(rule.known.iter().flat_map(|known| &known.at))
        .chain(&rule.named)
        .chain(rule.listed.iter().map(|listed| &listed.each))
        .chain(rule.attributes.values().flatten());
    taken.for_each(|pointer| shape.take(pointer));
    for source in turns {
        for at in source.at.iter().filter(|at| !at.as_str().is_empty()) {
            shape.take(at);
        }
        if source.is_record {
            for item in source.items.iter() {
                item_places(&item.rule).for_each(|pointer| shape.take(pointer));
                drop_all(&mut shape, "", &item.rule.dropped);
            }
        }
    }
    drop_all(&mut shape, "", &rule.dropped);
    shape
}

fn item_shape(owner: &str, rule: &ItemRule) -> Shape {
    let mut shape = Shape::default();
    item_places(rule).for_each(|pointer| shape.take(pointer));
    drop_all(&mut shape, owner, &rule.dropped);
    shape
}

fn call_shape(owner: &str, calls: &Calls) -> Shape {
    let mut shape = Shape::default();
    let taken = calls.key.iter().chain(&calls.name).chain(&calls.arguments);
    taken.for_each(|pointer| shape.take(pointer));
    drop_all(&mut shape, &format!("{owner}/calls"), &calls.dropped);
    shape
}

fn drop_all(shape: &mut Shape, owner: &str, dropped: &[Pointer]) {
    dropped
        .iter()
        .for_each(|pointer| shape.drop(owner, pointer));
}

fn item_places(rule: &ItemRule) -> impl Iterator<Item = &Pointer> {
    let text = rule
        .text
        .iter()
        .flat_map(|text| text.at.iter().chain(&text.name));
    test_places(&rule.when)
        .chain(test_places(&rule.finals))
        .chain(&rule.key)
        .chain(&rule.seq)
        .chain(choice_places(Some(&rule.role)))
        .chain(choice_places(Some(&rule.kind)))
        .chain(text)
        .chain(rule.calls.iter().flat_map(|calls| &calls.at))
        .chain(clock_places(rule.start.as_ref()))
        .chain(clock_places(rule.end.as_ref()))
        .chain(clock_places(rule.duration.as_ref()))
        .chain(&rule.confidence)
}

fn choice_places<T: Ord>(choice: Option<&Choice<T>>) -> std::slice::Iter<'_, Pointer> {
    choice.map_or(&[][..], |choice| &choice.at).iter()
}

fn clock_places(clock: Option<&Clock>) -> std::slice::Iter<'_, Pointer> {
    clock.map_or(&[][..], |clock| &clock.at).iter()
}

fn test_places(tests: &[Test]) -> impl Iterator<Item = &Pointer> {
    tests.iter().map(|test| &test.at)
}

/// The faults of a mapping against its JSON Schema, each with its place.
fn schema_faults(value: &Value) -> Vec<String> {
    let schema = Value::from(schemars::schema_for!(Spec));
    let validator = jsonschema::validator_for(&schema).expect("the schema of a mapping is one");
    let faults = validator.iter_errors(value);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

/// YAML, of which JSON is a part, as JSON values.
fn yaml(text: &str) -> Result<Value, MappingError> {
    let fault = |what: String| MappingError(vec![what]);
    let documents = Yaml::load_from_str(text).map_err(|e| fault(e.to_string()))?;
    match documents.as_slice() {
        [one] => value_of(one).ok_or_else(|| {
            fault("a mapping holds text, numbers, lists and tables with text for keys".to_owned())
        }),
        _ => Err(fault("a mapping is one YAML document".to_owned())),
    }
}

fn value_of(node: &Yaml<'_>) -> Option<Value> {
    Some(match node {
        Yaml::Value(YamlScalar::Null) => Value::Null,
        Yaml::Value(YamlScalar::Boolean(value)) => Value::Bool(*value),
        Yaml::Value(YamlScalar::Integer(value)) => Value::from(*value),
        Yaml::Value(YamlScalar::FloatingPoint(value)) => Value::from(value.into_inner()),
        Yaml::Value(YamlScalar::String(value)) => Value::from(value.as_ref()),
        Yaml::Sequence(items) => Value::Array(items.iter().map(value_of).collect::<Option<_>>()?),
        Yaml::Mapping(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| Some((name.as_str()?.to_owned(), value_of(value)?)))
                .collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_valid_mapping_of_its_name() {
        for name in Mapping::presets() {
            let preset = Mapping::preset(name).expect("it is listed");
            assert_eq!(preset.name(), name);
        }
        assert!(Mapping::preset("nobody").is_none());
    }

    fn check(change: impl Fn(&mut Value), expected: &[&str]) {
        let mut value = serde_json::json!({
            "name": "mine",
            "about": "a test",
            "records": [{
                "name": "one",
                "conversation": ["/id"],
                "turns": [{"at": ["/t"], "as": "line"}],
            }],
            "items": {"line": [{"text": {"at": ["/text"]}}]},
        });
        change(&mut value);
        let faults = Mapping::parse(&value.to_string()).err();
        assert_eq!(faults.unwrap_or(MappingError(Vec::new())).0, expected);
    }

    #[test]
    fn a_sound_mapping_in_json_is_read() {
        check(|_| (), &[]);
    }

    #[test]
    fn each_fault_is_named_with_its_place() {
        check(
            |v| v["records"][0]["turns"][0]["as"] = "lines".into(),
            &[
                "/records/0/turns: `as` names no entry of `/items`",
                "/items/line: no record uses it",
            ],
        );
        check(
            |v| {
                v["name"] = "My mapping".into();
                v["records"][0]["conversation"] = serde_json::json!([]);
            },
            &[
                "/name: a name is 1 to 40 of a-z, 0-9 and _",
                "/records/0: names the places of the conversation's id, or else is `drop: true`",
            ],
        );
        check(
            |v| v["items"]["line"][0]["text"] = serde_json::json!({"at": ["/w"], "form": "words"}),
            &["/items/line/0/text: `form: words` needs `of`: where a word's text is"],
        );
        check(
            |v| {
                v["items"]["line"][0]["final"] = serde_json::json!([{"at": "/f"}]);
                v["items"]["line"][0]["duration"] =
                    serde_json::json!({"at": ["/d"], "unit": "epoch_ms"});
            },
            &[
                "/items/line/0/final/0: a test has exactly one of `is`, `is_not` and `present`",
                "/items/line/0/duration: needs `ms`, `s` or `ticks_100ns`",
            ],
        );
        check(
            |v| v["items"]["line"][0]["key"] = serde_json::json!(["/a/*"]),
            &["/items/line/0: `*` stands only in `known`, `named` and `dropped`"],
        );
        check(
            |v| v["records"][0]["turns"][0]["at"] = serde_json::json!([]),
            &["/records/0/turns: `at` is empty: name at least one place"],
        );
    }

    #[test]
    fn a_file_of_another_shape_is_refused_with_every_place() {
        let places = |text: &str| -> Vec<String> {
            let faults = Mapping::parse(text).expect_err("three faults").0;
            let place = |fault: &String| fault.split(": ").next().map(str::to_owned);
            faults.iter().filter_map(place).collect()
        };
        let text = "{name: a, about: b, records: [{name: c, colour: red, conversation: [id]}],
            items: {d: [{start: {at: [/s], unit: weeks}}]}}";
        assert_eq!(
            places(text),
            [
                "/items/d/0/start",
                "/records/0/conversation/0",
                "/records/0"
            ]
        );
    }

    #[test]
    fn the_schema_of_mappings_is_current() {
        let schema = Value::from(schemars::schema_for!(Spec));
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        crate::golden::check("schemas/mapping.schema.json", &(text + "\n"));
    }

    #[test]
    fn what_is_not_yaml_is_refused() {
        for bad in ["", "a: [", "1: 2", "- a\n---\n- b"] {
            assert!(Mapping::parse(bad).is_err(), "{bad}");
        }
    }
}
