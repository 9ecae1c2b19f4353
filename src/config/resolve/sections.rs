//! What the pipeline's file says, setting by setting, so that a running worker
//! can tell which have changed since it started.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::config::read::Document;
use crate::domain::Sha256;

/// Settings that a running worker follows: the tenants' files are read anew,
/// and so are levels of the log.
const FOLLOWED: [&str; 2] = ["observe.log", "tenants"];

/// A digest of each setting of a pipeline's file, by its name; those of a
/// section by `section.setting`. Secrets are named, not written, in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sections(BTreeMap<String, Sha256>);

impl Sections {
    pub(super) fn of(document: &Document) -> Self {
        Self::read(document.json())
    }

    fn read(file: &Value) -> Self {
        let mut out = BTreeMap::new();
        let digest = |value: &Value| Sha256::of(value.to_string().as_bytes());
        for (name, value) in file.as_object().into_iter().flatten() {
            match value.as_object() {
                Some(section) => out.extend(
                    section
                        .iter()
                        .map(|(setting, value)| (format!("{name}.{setting}"), digest(value))),
                ),
                None => drop(out.insert(name.clone(), digest(value))),
            }
        }
        Self(out)
    }

    /// The settings that `now` has otherwise, and that want a restart.
    #[must_use]
    pub fn outdated(&self, now: &Self) -> Vec<String> {
        let names: BTreeSet<&String> = self.0.keys().chain(now.0.keys()).collect();
        let differs = |name: &&&String| self.0.get(**name) != now.0.get(**name);
        let followed = |name: &&&String| FOLLOWED.contains(&name.as_str());
        let outdated = names.iter().filter(differs).filter(|name| !followed(name));
        outdated.map(|name| (*name).clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(now: Value, expected: &[&str]) {
        let before = json!({
            "name": "river", "tenants": "tenants",
            "assemble": {"late": "1h"}, "observe": {"log": "info", "listen": "127.0.0.1:1"},
        });
        let outdated = Sections::read(&before).outdated(&Sections::read(&now));
        assert_eq!(outdated, expected);
    }

    #[test]
    fn what_wants_a_restart_is_named() {
        let file = |late, log, listen| {
            json!({
                "name": "river", "tenants": "elsewhere",
                "assemble": {"late": late}, "observe": {"log": log, "listen": listen},
            })
        };
        check(file("1h", "info", "127.0.0.1:1"), &[]);
        check(file("1h", "debug", "127.0.0.1:1"), &[]);
        check(
            file("2h", "debug", "127.0.0.1:2"),
            &["assemble.late", "observe.listen"],
        );
        check(
            json!({"name": "other", "flush": {"interval": "1s"}}),
            &["assemble.late", "flush.interval", "name", "observe.listen"],
        );
    }
}
