//! What a mapping must hold beyond its schema.

use std::collections::BTreeSet;

use super::pointer::{Pointer, Step};
use super::spec::{Calls, Clock, Ends, Form, ItemRule, RecordRule, Spec, Test, Text, Unit};
use super::words::own_name;

/// What is wrong at a place of the mapping (a JSON pointer), and what puts it
/// right.
pub(crate) struct Fault {
    pub(crate) place: String,
    pub(crate) what: String,
    pub(crate) remedy: String,
}

/// Every fault of `spec`, each with its place and a remedy.
pub(crate) fn check(spec: &Spec) -> Vec<Fault> {
    let mut faults = Faults::default();
    faults.name("/name", &spec.name);
    if spec.records.is_empty() {
        faults.add("/records", "is empty", "name at least one kind of record");
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
    faults.twice(spec);
    faults.unused_items(spec);
    faults.0
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, place: &str, what: &str, remedy: &str) {
        self.0.push(Fault {
            place: place.to_owned(),
            what: what.to_owned(),
            remedy: remedy.to_owned(),
        });
    }

    /// Names become metric labels and ledger entries, so their form is narrow.
    fn name(&mut self, place: &str, name: &str) {
        let narrow = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&name.len()) || !name.bytes().all(narrow) {
            self.add(place, "is not a name", "write 1 to 40 of a-z, 0-9 and _");
        }
    }

    fn record(&mut self, place: &str, rule: &RecordRule, spec: &Spec) {
        self.name(&format!("{place}/name"), &rule.name);
        self.tests(&format!("{place}/when"), &rule.when);
        self.tests(&format!("{place}/envelope"), &rule.envelope);
        if !rule.envelope.is_empty() && spec.unwrap.is_empty() {
            let place = format!("{place}/envelope");
            self.add(&place, "has no envelope around it", "write it under `when`");
        }
        if let Ends::When(tests) = &rule.ends {
            self.tests(&format!("{place}/ends/when"), tests);
        }
        self.tests(
            &format!("{place}/behavioral_health"),
            &rule.behavioral_health,
        );
        self.single(&format!("{place}/consent"), &rule.consent);
        self.conversation(place, rule);
        for (i, turns) in rule.turns.iter().enumerate() {
            let place = format!("{place}/turns/{i}");
            self.places(&format!("{place}/at"), &turns.at);
            if !spec.items.contains_key(&turns.kind) {
                let what = "names no entry of `items`";
                self.add(&format!("{place}/as"), what, "name one, or add it there");
            }
        }
        if let Some(clock) = &rule.started_at {
            self.clock(&format!("{place}/started_at"), clock, Some(true));
        }
        self.single(&format!("{place}/tenant"), &rule.tenant);
        self.single(&format!("{place}/language"), &rule.language);
        for (attribute, places) in &rule.attributes {
            let place = format!("{place}/attributes/{}", own_name(attribute));
            self.single(&place, places);
        }
    }

    fn conversation(&mut self, place: &str, rule: &RecordRule) {
        if !rule.drop && rule.conversation.is_empty() {
            let what = "does not say where the conversation's id is";
            let remedy = "add `conversation` with pointers, `$key` or `$record`; or `drop: true`";
            self.add(place, what, remedy);
        }
        if rule.drop && !(rule.conversation.is_empty() && rule.turns.is_empty()) {
            let what = "drops the record and yet takes something from it";
            self.add(place, what, "remove `drop`, or all but `name` and `when`");
        }
    }

    fn item(&mut self, place: &str, rule: &ItemRule) {
        self.tests(&format!("{place}/when"), &rule.when);
        self.tests(&format!("{place}/final"), &rule.finals);
        let says = rule.text.is_some() || rule.calls.is_some();
        match &rule.drop {
            Some(name) => self.name(&format!("{place}/drop"), name),
            None if rule.revises => self.revision(place, rule, says),
            None if !says => {
                let what = "has neither `text` nor `calls`";
                self.add(place, what, "say where the text is, or name a `drop`");
            }
            None => {}
        }
        if let Some(text) = &rule.text {
            self.text(&format!("{place}/text"), text);
        }
        if let Some(calls) = &rule.calls {
            self.calls(&format!("{place}/calls"), calls);
        }
        self.item_clocks(place, rule);
        self.join(place, rule);
        self.single(&format!("{place}/key"), &rule.key);
        self.single(&format!("{place}/key_within"), &rule.key_within);
        self.single(&format!("{place}/seq"), &rule.seq);
    }

    fn revision(&mut self, place: &str, rule: &ItemRule, says: bool) {
        if says || rule.key.is_empty() || rule.role.at.is_empty() {
            let what = "corrects a speaker without `key` and `role`, or with more";
            let remedy = "give it `key` and `role.at`, and neither `text` nor `calls`";
            self.add(&format!("{place}/revises"), what, remedy);
        }
    }

    fn text(&mut self, place: &str, text: &Text) {
        self.places(&format!("{place}/at"), &text.at);
        self.single(&format!("{place}/at"), &text.at);
        if text.form == Form::Words && text.of.is_empty() {
            let what = "does not say where a word's text is";
            self.add(place, what, "add `of`, as in `of: [/word]`");
        }
    }

    fn calls(&mut self, place: &str, calls: &Calls) {
        self.places(&format!("{place}/at"), &calls.at);
        self.places(&format!("{place}/arguments"), &calls.arguments);
        self.single(&format!("{place}/at"), &calls.at);
    }

    fn item_clocks(&mut self, place: &str, rule: &ItemRule) {
        let clocks = [
            ("start", &rule.start, None),
            ("end", &rule.end, None),
            ("duration", &rule.duration, Some(false)),
        ];
        for (name, clock, absolute) in clocks {
            if let Some(clock) = clock {
                self.clock(&format!("{place}/{name}"), clock, absolute);
            }
        }
    }

    fn join(&mut self, place: &str, rule: &ItemRule) {
        let Some(join) = &rule.join else { return };
        let place = format!("{place}/join");
        self.tests(&format!("{place}/glue"), &join.glue);
        let form = rule.text.as_ref().map(|text| text.form);
        if form != Some(Form::Plain) || rule.calls.is_some() || !rule.key.is_empty() {
            let what = "joins what are not words";
            self.add(
                &place,
                what,
                "give the item a plain `text`, no `key` or `calls`",
            );
        }
    }

    /// `absolute` where the setting needs a moment, or a length of time.
    fn clock(&mut self, place: &str, clock: &Clock, absolute: Option<bool>) {
        self.places(&format!("{place}/at"), &clock.at);
        if absolute.is_some_and(|absolute| clock.unit.is_absolute() != absolute) {
            let (what, remedy) = match absolute {
                Some(true) => (
                    "is no moment in this unit",
                    "write `epoch_ms`, `epoch_s` or `rfc3339`",
                ),
                _ => (
                    "is no length of time in this unit",
                    "write `ms`, `s` or `ticks_100ns`",
                ),
            };
            self.add(&format!("{place}/unit"), what, remedy);
        }
        if clock.unit == Unit::Rfc3339 && !clock.plus.is_empty() {
            let what = "adds to a moment that is written out";
            self.add(&format!("{place}/plus"), what, "remove it");
        }
    }

    fn tests(&mut self, place: &str, tests: &[Test]) {
        for (i, test) in tests.iter().enumerate() {
            let place = format!("{place}/{i}");
            let given = [
                test.is.is_some(),
                test.is_not.is_some(),
                test.present.is_some(),
            ];
            if given.iter().filter(|g| **g).count() != 1 {
                let what = "tests nothing, or more than one thing";
                self.add(&place, what, "give one of `is`, `is_not` and `present`");
            }
            self.single(&format!("{place}/at"), [&test.at]);
        }
    }

    fn places(&mut self, place: &str, places: &[Pointer]) {
        if places.is_empty() {
            self.add(place, "is empty", "name at least one place");
        }
    }

    /// `*` yields many values, so it cannot stand where one is read.
    fn single<'p>(&mut self, place: &str, pointers: impl IntoIterator<Item = &'p Pointer>) {
        let many = |pointer: &&Pointer| pointer.steps().contains(&Step::Each);
        if pointers.into_iter().any(|pointer| many(&pointer)) {
            let what = "takes one value and names many with `*`";
            let remedy = "`*` stands only in `known`, `named`, `listed.each` and `dropped`";
            self.add(place, what, remedy);
        }
    }

    /// A second rule of the same name would be counted with the first.
    fn twice(&mut self, spec: &Spec) {
        let mut seen = BTreeSet::new();
        for (i, rule) in spec.records.iter().enumerate() {
            if !seen.insert(rule.name.as_str()) {
                let place = format!("/records/{i}/name");
                self.add(&place, "names a second rule", "give each rule its own name");
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
            let place = format!("/items/{name}");
            let remedy = "name it under a record's `turns`, or remove it";
            self.add(&place, "is used by no record", remedy);
        }
    }
}
