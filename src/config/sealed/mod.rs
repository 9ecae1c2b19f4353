//! Sealed files of a tenant: words that always go or may stay, and cases that
//! its policy must pass. They hold real names, so that what is wrong with them
//! is told by place and never quoted.

mod cases;
mod terms;

pub use cases::{Case, Kind};

use std::path::{Path, PathBuf};

use super::problem::Problem;
use super::read::{Document, Shape};
use crate::deid::terms::Terms;
use crate::domain::Phi;
use crate::seal::{Purpose, SealError, Sealer, open_text};
use serde_json::{Value, json};

/// What a file holds, by its keys.
#[derive(Debug)]
pub enum Contents {
    /// Words of the tenant's own.
    Terms(Terms),
    /// Cases of its policy.
    Cases(Vec<Case>),
}

impl Contents {
    /// Reads what is to be sealed, or was: `file` names it where something is
    /// wrong.
    ///
    /// # Errors
    /// Everything that is wrong, by lines of `text`.
    pub fn read(file: &Path, text: &Phi<Vec<u8>>) -> Result<Self, Vec<Problem>> {
        let mut document = parse(file, text)?;
        let contents = match document.json().get("cases") {
            Some(_) => Self::Cases(cases::read(&mut document)),
            None => Self::Terms(terms::read(&mut document)),
        };
        match document.is_sound() {
            true => Ok(contents),
            false => Err(document.into_problems().0),
        }
    }

    /// What it is called in the tenant's file.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Terms(_) => "terms",
            Self::Cases(_) => "cases",
        }
    }
}

/// Opens a sealed file of the sealer's tenant and reads it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn open(file: &Path, sealer: &Sealer) -> Result<Contents, Vec<Problem>> {
    let fail = |what: String, remedy: &str| vec![problem(file, what, remedy)];
    let text = std::fs::read_to_string(file).map_err(|error| {
        let what = format!("cannot be read ({})", error.kind());
        fail(what, "make it with `leeward tenant seal`")
    })?;
    let opened = open_text(sealer, Purpose::Settings, &text)
        .map_err(|error| fail(error.to_string(), remedy(error)))?;
    Contents::read(file, &opened)
}

const fn remedy(error: SealError) -> &'static str {
    match error {
        SealError::Malformed => "make it with `leeward tenant seal`; never write it in the clear",
        SealError::OtherKey => "seal it again with this key, or name the key it was sealed under",
        SealError::NotAuthentic => "seal it for this tenant: `leeward tenant seal --tenant`",
        SealError::UnknownVersion(_) | SealError::BadPublicKey => "use that version",
    }
}

fn problem(file: &Path, what: String, remedy: &str) -> Problem {
    Problem {
        file: PathBuf::from(file),
        mark: None,
        path: String::new(),
        what,
        remedy: remedy.to_owned(),
    }
}

/// The YAML of `text`. Of what is wrong with it only the places are told.
fn parse(file: &Path, text: &Phi<Vec<u8>>) -> Result<Document, Vec<Problem>> {
    let utf8 = std::str::from_utf8(text.expose());
    let text = utf8.map_err(|_| {
        let what = "is not text in UTF-8".to_owned();
        vec![problem(file, what, "write it so")]
    })?;
    let document = Document::parse(file, text, &Shape::new(json!(true)), &|_| None);
    if document.is_sound() {
        return Ok(document);
    }
    let faults = document.into_problems().0.into_iter();
    let untold = |fault: Problem| Problem {
        mark: fault.mark,
        ..problem(
            file,
            "cannot be understood".to_owned(),
            "check indentation, quotes and brackets, and that no key stands twice; `$` before `{` is written `$$`",
        )
    };
    Err(faults.map(untold).collect())
}

/// The words of a list; what is none is refused by its place.
fn words(document: &mut Document, pointer: &str, value: &Value) -> Vec<(String, Phi<String>)> {
    let Some(items) = value.as_array() else {
        document.refuse(pointer, "is not a list", "write one, as in `[one, two]`");
        return Vec::new();
    };
    let mut words = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let pointer = format!("{pointer}/{i}");
        match item {
            Value::String(word) => words.push((pointer, Phi::new(word.clone()))),
            _ => document.refuse(&pointer, "is not text", "write it in quotes"),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How what is wrong is told; nothing of it may be quoted.
    fn told(text: &str) -> Vec<String> {
        let read = Contents::read(Path::new("x"), &Phi::new(text.as_bytes().to_vec()));
        let told: Vec<String> = match read {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        };
        let all = told.concat();
        assert!(!all.contains("ttoline"), "{all}");
        told
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = told(text);
        assert!(
            told.len() == 1 && told[0].contains(expected),
            "{text}: {told:?}"
        );
    }

    #[test]
    fn what_is_good_is_read() {
        for good in [
            "allow: [Ottoline Pro]",
            "deny: {person: [Ottoline, Vane 0423], organization: ['Ottoline House']}",
            "cases: [{text: this is ottoline, gone: [ottoline], stays: [this is]}]",
            "cases:\n- turns: [{role: agent, text: hi}, {text: ottoline}]\n  clean: [hi, '[PERSON_1]']",
        ] {
            assert!(told(good).is_empty(), "{good}: {:?}", told(good));
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_its_place_alone() {
        check("Ottoline: 1", "neither `allow` nor `deny`");
        check("[Ottoline]", "is not a mapping");
        check("allow: Ottoline", "allow: is not a list");
        check("allow: [[Ottoline]]", "allow[0]: is not text");
        check(
            "allow: [ottoline, Ottoline 5]",
            "1:19  allow[1]: has a digit",
        );
        check("deny: {person: [5]}", "deny.person[0]: is not text");
        check("deny: [Ottoline]", "deny: is not a mapping");
        check(
            "deny: {ottoline: [x]}",
            "deny: has a key that is no category",
        );
        check(
            "deny: {person: [ottoline ${OTTOLINE}]}",
            "cannot be understood",
        );
        check("deny: {person: [Ottoline", "cannot be understood");
        check("Ottoline: 1\nOttoline: 2", "cannot be understood");
        check("cases: Ottoline", "cases: is not a list");
        check("cases: [{ottoline: 1}]", "cases[0]: is not a case");
        check("cases: [{text: ottoline}]", "cases[0]: expects nothing");
        check("cases: [{gone: [ottoline]}]", "cases[0]: says nothing");
        check(
            "cases: [{text: a, turns: [{text: ottoline}], gone: [a]}]",
            "cases[0]: has both",
        );
        check(
            "cases: [{text: ottoline, clean: [a, b]}]",
            "cases[0].clean: has 2 texts for 1 turns",
        );
        check(
            "cases: [{turns: [{text: a, role: ottoline}], gone: [a]}]",
            "cases[0].turns[0].role: is no role",
        );
        check("cases: []", "cases: is empty");
    }
}
