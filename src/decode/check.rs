//! What a mapping must hold beyond its schema.

use std::collections::BTreeSet;

use super::pointer::{Pointer, Step};
use super::spec::{Clock, Ends, Form, ItemRule, RecordRule, Spec, Test};

/// Every fault of `spec`, each with its place and a remedy.
pub(crate) fn check(spec: &Spec) -> Vec<String> {
    let mut faults = Faults::default();
    faults.name("/name", &spec.name);
    if spec.records.is_empty() {
        faults.add("/records", "is empty: name at least one kind of record");
    }
    for (i, rule) in spec.records.iter().enumerate() {
        faults.record(&format!("/records/{i}"), rule, spec);
    }
    for (name, rules) in &spec.items {
        faults.name(&format!("/items/{name}"), name);
        for (i, rule) in rules.iter().enumerate() {
            faults.item(&format!("/items/{name}/{i}"), rule);
        }
    }
    faults.unused_items(spec);
    faults.0
}

#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, place: &str, what: &str) {
        self.0.push(format!("{place}: {what}"));
    }

    /// Names become metric labels and ledger entries, so their form is narrow.
    fn name(&mut self, place: &str, name: &str) {
        let narrow = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&name.len()) || !name.bytes().all(narrow) {
            self.add(place, "a name is 1 to 40 of a-z, 0-9 and _");
        }
    }

    fn record(&mut self, place: &str, rule: &RecordRule, spec: &Spec) {
        self.name(&format!("{place}/name"), &rule.name);
        self.tests(&format!("{place}/when"), &rule.when);
        if let Ends::When(tests) = &rule.ends {
            self.tests(&format!("{place}/ends/when"), tests);
        }
        if rule.drop != rule.conversation.is_empty() {
            self.add(
                place,
                "names the places of the conversation's id, or else is `drop: true`",
            );
        }
        for turns in &rule.turns {
            if turns.at.is_empty() {
                self.add(
                    &format!("{place}/turns"),
                    "`at` is empty: name at least one place",
                );
            }
            if !spec.items.contains_key(&turns.kind) {
                self.add(&format!("{place}/turns"), "`as` names no entry of `/items`");
            }
        }
        if let Some(clock) = &rule.started_at {
            self.unit(&format!("{place}/started_at"), clock, true);
        }
        self.single(place, rule.tenant.iter().chain(&rule.language));
        self.single(place, rule.attributes.values().flatten());
    }

    fn item(&mut self, place: &str, rule: &ItemRule) {
        self.tests(&format!("{place}/when"), &rule.when);
        self.tests(&format!("{place}/final"), &rule.finals);
        match &rule.drop {
            Some(name) => self.name(&format!("{place}/drop"), name),
            None if rule.text.is_none() && rule.calls.is_none() => {
                self.add(place, "has neither `text` nor `calls`; or name a `drop`");
            }
            None => {}
        }
        if let Some(text) = &rule.text
            && text.form == Form::Words
            && text.of.is_empty()
        {
            self.add(
                &format!("{place}/text"),
                "`form: words` needs `of`: where a word's text is",
            );
        }
        if let Some(clock) = &rule.duration {
            self.unit(&format!("{place}/duration"), clock, false);
        }
        if rule.text.as_ref().is_some_and(|text| text.at.is_empty()) {
            self.add(
                &format!("{place}/text"),
                "`at` is empty: name at least one place",
            );
        }
        let text = rule.text.iter().flat_map(|text| &text.at);
        self.single(place, rule.key.iter().chain(&rule.seq).chain(text));
    }

    fn tests(&mut self, place: &str, tests: &[Test]) {
        for (i, test) in tests.iter().enumerate() {
            let given = [
                test.is.is_some(),
                test.is_not.is_some(),
                test.present.is_some(),
            ];
            if given.iter().filter(|g| **g).count() != 1 {
                self.add(
                    &format!("{place}/{i}"),
                    "a test has exactly one of `is`, `is_not` and `present`",
                );
            }
            self.single(&format!("{place}/{i}"), [&test.at]);
        }
    }

    fn unit(&mut self, place: &str, clock: &Clock, absolute: bool) {
        if clock.unit.is_absolute() != absolute {
            let what = if absolute {
                "needs `epoch_ms`, `epoch_s` or `rfc3339`"
            } else {
                "needs `ms`, `s` or `ticks_100ns`"
            };
            self.add(place, what);
        }
    }

    /// `*` yields many values, so it cannot stand where one is read.
    fn single<'p>(&mut self, place: &str, pointers: impl IntoIterator<Item = &'p Pointer>) {
        for pointer in pointers {
            if pointer.steps().contains(&Step::Each) {
                self.add(place, "`*` stands only in `known`, `named` and `dropped`");
            }
        }
    }

    fn unused_items(&mut self, spec: &Spec) {
        let used: BTreeSet<&str> = spec
            .records
            .iter()
            .flat_map(|record| record.turns.iter().map(|turns| turns.kind.as_str()))
            .collect();
        for name in spec.items.keys().filter(|n| !used.contains(n.as_str())) {
            self.add(&format!("/items/{name}"), "no record uses it");
        }
    }
}
