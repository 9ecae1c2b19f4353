//! A mapping checked and compiled.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use serde_json::Value;

use super::check::{Fault, check};
use super::compile::{self, Item, Record};
use super::keys;
use super::pointer::Pointer;
use super::presets;
use super::shape::Shape;
use super::spec::Spec;
use crate::config::Problem;
use crate::config::read::{Document, Shape as Schema};
use crate::config::schema_of;

/// A checked mapping: how one vendor's records are read.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(crate) name: Arc<str>,
    about: Arc<str>,
    pub(crate) unwrap: Vec<Pointer>,
    pub(crate) envelope: Shape,
    pub(crate) records: Vec<Record>,
}

/// What is wrong with a mapping: every fault of the file, each with its line
/// and a remedy. No value of the file is repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct MappingError(pub Vec<Problem>);

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::new(mapping_schema()));

/// The JSON Schema of a mapping's file, `schemas/mapping.schema.json`.
#[must_use]
pub fn mapping_schema() -> Value {
    schema_of::<Spec>()
}

impl Mapping {
    /// The mapping of this name that ships with the program.
    ///
    /// # Panics
    /// Never for the files in the program: a test reads each.
    #[must_use]
    pub fn preset(name: &str) -> Option<Self> {
        let preset = presets::named(name)?;
        let read = Self::parse(Path::new(preset.name), preset.text);
        Some(read.expect("a preset is a valid mapping"))
    }

    /// As [`Mapping::preset`], read once and shared by all who name it.
    #[must_use]
    pub fn shared(name: &str) -> Option<Arc<Self>> {
        static READ: [OnceLock<Arc<Mapping>>; presets::PRESETS.len()] =
            [const { OnceLock::new() }; presets::PRESETS.len()];
        let at = presets::PRESETS.iter().position(|p| p.name == name)?;
        if let Some(read) = READ[at].get() {
            return Some(Arc::clone(read));
        }
        let read = Arc::new(Self::preset(name)?);
        Some(Arc::clone(READ[at].get_or_init(|| read)))
    }

    /// Reads the mapping that a file holds.
    ///
    /// # Errors
    /// Every fault of the file, each with its place; one without a place where
    /// the file cannot be read.
    pub fn read(file: &Path) -> Result<Self, MappingError> {
        Self::of(Document::read(file, &SCHEMA, &|_| None))
    }

    /// Reads a mapping in YAML or JSON; faults name `file`.
    ///
    /// # Errors
    /// Every fault of the text, each with its place.
    pub fn parse(file: &Path, text: &str) -> Result<Self, MappingError> {
        Self::of(Document::parse(file, text, &SCHEMA, &|_| None))
    }

    fn of(mut document: Document) -> Result<Self, MappingError> {
        refuse(&mut document, keys::check);
        let spec = match document.is_sound() {
            true => document.decode::<Spec>(),
            false => None,
        };
        if let Some(spec) = &spec {
            refuse(&mut document, |_| check(spec));
        }
        match spec {
            Some(spec) if document.is_sound() => Ok(Self::new(spec)),
            _ => Err(MappingError(document.into_problems().0)),
        }
    }

    fn new(spec: Spec) -> Self {
        let items: BTreeMap<&str, Arc<[Item]>> = spec
            .items
            .iter()
            .map(|(name, rules)| {
                let compiled = rules
                    .iter()
                    .map(|rule| compile::item(name, rule, &spec.roles));
                (name.as_str(), compiled.collect())
            })
            .collect();
        let records = spec.records.iter();
        let records = records.map(|rule| compile::record(rule, &items)).collect();
        Self {
            name: spec.name.as_str().into(),
            about: spec.about.trim().into(),
            envelope: compile::envelope_shape(&spec.unwrap, &spec.records),
            unwrap: spec.unwrap,
            records,
        }
    }

    /// Whether it reads a whole array as one record.
    #[must_use]
    pub fn reads_arrays(&self) -> bool {
        let whole = |turns: &compile::Turns| turns.at.iter().any(|at| at.as_str().is_empty());
        let mut rules = self.records.iter();
        rules.any(|r| r.turns.iter().any(|turns| whole(turns) && !turns.is_record))
    }

    /// What it reads, in its author's words.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The mapping's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

fn refuse(document: &mut Document, faults: impl FnOnce(&Value) -> Vec<Fault>) {
    for fault in faults(document.json()) {
        document.refuse(&fault.place, &fault.what, &fault.remedy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_valid_mapping_of_its_name() {
        for preset in presets::PRESETS {
            let read = Mapping::parse(Path::new(preset.name), preset.text);
            let name = read.map(|mapping| mapping.name().to_owned());
            assert_eq!(name.as_deref(), Ok(preset.name));
        }
        assert!(Mapping::preset("nobody").is_none());
    }

    #[test]
    fn the_schema_of_mappings_is_current() {
        let schema = mapping_schema();
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        crate::golden::check("schemas/mapping.schema.json", &(text + "\n"));
    }
}
