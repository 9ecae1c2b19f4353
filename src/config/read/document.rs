//! One file: its JSON, the place of every setting, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::interpolate::{Gap, interpolate};
use super::yaml::{self, Data, Node};
use super::{Shape, Stamp};
use crate::config::problem::{Mark, Problem, child, dotted};

/// Looks up an environment variable.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// One configuration file as it was read.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    file: PathBuf,
    /// The file, and those that it names, as they were when they were read.
    stamps: Vec<Stamp>,
    json: Value,
    values: BTreeMap<String, Mark>,
    keys: BTreeMap<String, Mark>,
    from_environment: BTreeSet<String>,
    /// Settings that were refused, so that none is refused twice and no check
    /// speaks about a value that is not there.
    refused: BTreeSet<String>,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Document {
    /// Reads a file, fills in its variables and checks its structure.
    pub(crate) fn read(file: &Path, shape: &Shape, lookup: Lookup<'_>) -> Self {
        let stamp = Stamp::of(file);
        let mut document = match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(file, &text, shape, lookup),
            Err(error) => {
                let mut document = Self::empty(file);
                let (what, remedy) = match error.kind() {
                    ErrorKind::InvalidData => ("is not in UTF-8".to_owned(), "save it as UTF-8"),
                    kind => (
                        format!("cannot be read ({kind})"),
                        "check the path and its permissions",
                    ),
                };
                document.refuse("", &what, remedy);
                document
            }
        };
        document.stamps.push(stamp);
        document
    }

    /// The path of a file that this one names, relative to it. Call it before
    /// that file is read.
    pub(crate) fn beside(&mut self, name: &str) -> PathBuf {
        let path = self.file.parent().unwrap_or(Path::new("")).join(name);
        self.stamps.push(Stamp::of(&path));
        path
    }

    /// What the file and those that it names were like.
    pub(crate) fn stamps(&self) -> &[Stamp] {
        &self.stamps
    }

    /// Whether the file and those that it names are as they were.
    pub(crate) fn is_current(&self) -> bool {
        self.stamps.iter().all(Stamp::holds)
    }

    /// Whether `other` is of the same files, and the same is wrong with it.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.stamps == other.stamps && self.problems == other.problems
    }

    /// Takes the text of a file, fills in its variables and checks its structure.
    pub(crate) fn parse(file: &Path, text: &str, shape: &Shape, lookup: Lookup<'_>) -> Self {
        let mut document = Self::empty(file);
        let (root, faults) = yaml::parse(text);
        for fault in faults {
            document.refuse_at(&fault.pointer, Some(fault.mark), &fault.what, fault.remedy);
        }
        let Some(root) = root else {
            if document.problems.is_empty() {
                document.refuse("", "is empty", "start from the example");
            }
            return document;
        };
        document.json = document.value(&root, "", lookup);
        shape.check(&mut document);
        document
    }

    /// What it says, with its variables filled in, in one form.
    pub(crate) fn text(&self) -> String {
        self.json.to_string()
    }

    fn empty(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            stamps: Vec::new(),
            json: Value::Null,
            values: BTreeMap::new(),
            keys: BTreeMap::new(),
            from_environment: BTreeSet::new(),
            refused: BTreeSet::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn value(&mut self, node: &Node, pointer: &str, lookup: Lookup<'_>) -> Value {
        self.values.insert(pointer.to_owned(), node.mark);
        match &node.data {
            Data::Scalar { text, plain } => self.scalar(text, *plain, pointer, lookup),
            Data::Sequence(items) => items
                .iter()
                .enumerate()
                .map(|(i, item)| self.value(item, &child(pointer, &i.to_string()), lookup))
                .collect(),
            Data::Mapping(entries) => {
                let mut map = Map::new();
                for (key, node) in entries {
                    let pointer = child(pointer, &key.text);
                    self.keys.insert(pointer.clone(), key.mark);
                    map.insert(key.text.clone(), self.value(node, &pointer, lookup));
                }
                Value::Object(map)
            }
        }
    }

    fn scalar(&mut self, text: &str, plain: bool, pointer: &str, lookup: Lookup<'_>) -> Value {
        match interpolate(text, lookup) {
            Ok((text, filled)) => {
                if filled {
                    self.from_environment.insert(pointer.to_owned());
                }
                if plain {
                    yaml::plain_value(&text)
                } else {
                    Value::String(text)
                }
            }
            Err(gap) => {
                self.gap(&gap, pointer);
                Value::Null
            }
        }
    }

    fn gap(&mut self, gap: &Gap, pointer: &str) {
        match gap {
            Gap::Unset(name) => self.refuse(
                pointer,
                &format!("the environment has no `{name}`"),
                &format!("set it, or write a default as in `${{{name}:-…}}`"),
            ),
            Gap::Malformed => self.refuse(
                pointer,
                "holds a `${` that begins no variable",
                "write `${NAME}` or `${NAME:-default}`, or `$${` for the characters themselves",
            ),
        }
    }

    /// The file as JSON, variables filled in.
    pub(crate) const fn json(&self) -> &Value {
        &self.json
    }

    /// The file's path.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether a setting's value came, wholly or partly, from the environment.
    pub(crate) fn is_from_environment(&self, pointer: &str) -> bool {
        self.from_environment.contains(pointer)
    }

    /// Whether the file has a setting at `pointer`.
    pub(crate) fn has(&self, pointer: &str) -> bool {
        self.values.contains_key(pointer)
    }

    /// Whether nothing was refused.
    pub(crate) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Takes over what is wrong with a file that this one names.
    pub(crate) fn adopt(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// What was refused, in the order of the file and then of those that it
    /// names, and the warnings.
    pub(crate) fn into_problems(mut self) -> (Vec<Problem>, Vec<Problem>) {
        self.problems.sort_by_key(|p| (p.file != self.file, p.mark));
        (self.problems, self.warnings)
    }

    /// Refuses the setting at `pointer`, unless it, a part of it or what holds
    /// it was refused already.
    pub(crate) fn refuse(&mut self, pointer: &str, what: &str, remedy: &str) {
        self.refuse_at(pointer, self.mark(pointer), what, remedy);
    }

    /// Refuses the *key* at `pointer`.
    pub(super) fn refuse_key(&mut self, pointer: &str, what: &str, remedy: &str) {
        let mark = self.keys.get(pointer).copied();
        self.refuse_at(pointer, mark.or_else(|| self.mark(pointer)), what, remedy);
    }

    fn refuse_at(&mut self, pointer: &str, mark: Option<Mark>, what: &str, remedy: &str) {
        if !self.is_refused(pointer) {
            self.refused.insert(pointer.to_owned());
            self.problems
                .push(self.problem(pointer, mark, what, remedy));
        }
    }

    /// Warns about the setting at `pointer`.
    pub(crate) fn warn(&mut self, pointer: &str, what: &str, remedy: &str) {
        let warning = self.problem(pointer, self.mark(pointer), what, remedy);
        self.warnings.push(warning);
    }

    fn problem(&self, pointer: &str, mark: Option<Mark>, what: &str, remedy: &str) -> Problem {
        Problem {
            file: self.file.clone(),
            mark,
            path: dotted(pointer),
            what: what.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    fn is_refused(&self, pointer: &str) -> bool {
        self.refused.iter().any(|refused| {
            refused == pointer || is_under(refused, pointer) || is_under(pointer, refused)
        })
    }

    /// The place of a setting, or of the nearest setting around it.
    fn mark(&self, pointer: &str) -> Option<Mark> {
        let mut at = pointer;
        loop {
            if let Some(mark) = self.values.get(at) {
                return Some(*mark);
            }
            at = &at[..at.rfind('/')?];
        }
    }

    /// The settings as `T`, without those that were refused; `None` when too
    /// little is left. Every field of `T` must be optional or have a default.
    pub(crate) fn decode<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut json = self.json.clone();
        for pointer in &self.refused {
            prune(&mut json, pointer);
        }
        let decoded = serde_json::from_value(json).ok();
        if decoded.is_none() {
            // The schema and the types agree, so this is out of reach; but an
            // unreadable file must never pass as a good one.
            self.refuse("", "cannot be understood", "compare it with the reference");
        }
        decoded
    }
}

fn is_under(pointer: &str, above: &str) -> bool {
    pointer.len() > above.len()
        && pointer.starts_with(above)
        && pointer.as_bytes()[above.len()] == b'/'
}

/// Removes the value at `pointer`; in a list it becomes null, so that what
/// follows keeps its place.
fn prune(json: &mut Value, pointer: &str) {
    let Some((above, last)) = pointer.rsplit_once('/') else {
        return;
    };
    match json.pointer_mut(above) {
        Some(Value::Object(map)) => {
            map.remove(&last.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Some(item) = last.parse().ok().and_then(|i: usize| items.get_mut(i)) {
                *item = Value::Null;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pruning_takes_the_value_and_keeps_the_places_of_others() {
        let check = |pointer: &str, left: Value| {
            let mut json = json!({"a": {"b": 1, "c/d": 2}, "e": [1, 2]});
            prune(&mut json, pointer);
            assert_eq!(json, left, "{pointer}");
        };
        check("/a/b", json!({"a": {"c/d": 2}, "e": [1, 2]}));
        check("/a/c~1d", json!({"a": {"b": 1}, "e": [1, 2]}));
        check("/e/0", json!({"a": {"b": 1, "c/d": 2}, "e": [null, 2]}));
        check("/x/y", json!({"a": {"b": 1, "c/d": 2}, "e": [1, 2]}));
    }

    #[test]
    fn a_setting_is_refused_once() {
        let mut document = Document::empty(Path::new("a.yaml"));
        document.refuse("/a/b", "first", "…");
        document.refuse("/a/b", "again", "…");
        document.refuse("/a/b/c", "below", "…");
        document.refuse("/a", "above", "…");
        document.refuse("/a/bb", "beside", "…");
        let whats: Vec<_> = document.problems.iter().map(|p| &*p.what).collect();
        assert_eq!(whats, ["first", "beside"]);
    }
}
