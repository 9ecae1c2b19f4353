//! Cases of a policy: what is said, and what must become of it.

use serde::Deserialize;
use serde_json::Value;

use crate::config::read::Document;
use crate::domain::{Phi, RawTurn, Role};

/// One case: a conversation and what is expected of its clean form.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is said.
    pub turns: Vec<RawTurn>,
    /// What is expected, in the order in which it is written.
    pub expected: Vec<(Kind, Phi<String>)>,
}

/// What is expected of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is, to the letter, the clean form of the turn of this index.
    Clean(usize),
    /// It stands in no clean turn, whatever its case.
    Gone,
    /// It stands in a clean turn, as it is written.
    Stays,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    text: Option<String>,
    turns: Vec<WrittenTurn>,
    clean: Vec<String>,
    gone: Vec<String>,
    stays: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTurn {
    role: Option<String>,
    text: String,
}

/// The cases of a document; what is wrong is refused.
pub(super) fn read(document: &mut Document) -> Vec<Case> {
    let all = document.json().clone();
    if all.as_object().is_none_or(|settings| settings.len() > 1) {
        let what = "has a key beside `cases`";
        document.refuse("", what, "remove it, or seal terms as a file of their own");
    }
    let Value::Array(items) = &all["cases"] else {
        let remedy = "write one case an item";
        document.refuse("/cases", "is not a list", remedy);
        return Vec::new();
    };
    if items.is_empty() {
        document.refuse("/cases", "is empty", "write a case");
    }
    let one = |(i, item)| case(document, &format!("/cases/{i}"), item);
    items.iter().enumerate().filter_map(one).collect()
}

fn case(document: &mut Document, pointer: &str, item: &Value) -> Option<Case> {
    // What the reader of JSON says may quote.
    let Ok(written) = Written::deserialize(item) else {
        let remedy =
            "write `text` or `turns: [{role, text}]`, and lists under `clean`, `gone` or `stays`";
        document.refuse(pointer, "is not a case", remedy);
        return None;
    };
    let turns = turns(document, pointer, &written)?;
    if !written.clean.is_empty() && written.clean.len() != turns.len() {
        let what = format!(
            "has {} texts for {} turns",
            written.clean.len(),
            turns.len()
        );
        document.refuse(&format!("{pointer}/clean"), &what, "write one a turn");
    }
    let clean = written.clean.into_iter().enumerate();
    let clean = clean.map(|(i, text)| (Kind::Clean(i), text));
    let gone = written.gone.into_iter().map(|text| (Kind::Gone, text));
    let stays = written.stays.into_iter().map(|text| (Kind::Stays, text));
    let expected = clean.chain(gone).chain(stays);
    let expected: Vec<_> = expected
        .map(|(kind, text)| (kind, Phi::new(text)))
        .collect();
    if expected.is_empty() {
        let remedy = "write what must be `clean`, `gone` or what `stays`";
        document.refuse(pointer, "expects nothing", remedy);
    }
    Some(Case { turns, expected })
}

fn turns(document: &mut Document, pointer: &str, written: &Written) -> Option<Vec<RawTurn>> {
    let turn = |role, text: &String| RawTurn {
        role,
        text: Phi::new(text.clone()),
        ..RawTurn::default()
    };
    match (&written.text, written.turns.as_slice()) {
        (Some(text), []) => Some(vec![turn(Role::User, text)]),
        (Some(_), _) => {
            document.refuse(pointer, "has both `text` and `turns`", "keep one");
            None
        }
        (None, []) => {
            document.refuse(pointer, "says nothing", "write `text` or `turns`");
            None
        }
        (None, turns) => {
            let mut read = Vec::new();
            for (i, written) in turns.iter().enumerate() {
                let role = written
                    .role
                    .as_deref()
                    .map_or(Some(Role::User), Role::named);
                if role.is_none() {
                    let place = format!("{pointer}/turns/{i}/role");
                    document.refuse(&place, "is no role", "write `agent` or `user`");
                }
                read.push(turn(role.unwrap_or_default(), &written.text));
            }
            Some(read)
        }
    }
}
