//! A mapping's rules with what is computed once: words, and which fields a rule
//! knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::json::Node;
use super::pointer::Pointer;
use super::record::holds;
use super::shape::Shape;
use super::spec::{Calls, Choice, Clock, Ends, ItemRule, Join, Place, RecordRule, Test};
use super::words::Words;
use crate::domain::{Category, Channel, Role, TurnKind};

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

impl Turns {
    /// The first rule that fits an item.
    pub(crate) fn rule_of(&self, node: &Node<'_>) -> Option<&Item> {
        self.items.iter().find(|item| holds(&item.rule.when, node))
    }
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

pub(crate) fn record(rule: &RecordRule, items: &BTreeMap<&str, Arc<[Item]>>) -> Record {
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

pub(crate) fn item(owner: &str, rule: &ItemRule, roles: &BTreeMap<Role, Vec<String>>) -> Item {
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
            Ends::When(tests) => test_places(tests),
            _ => test_places(&[]),
        })
        .chain(rule.known.iter().flat_map(|known| &known.at))
        .chain(&rule.named)
        .chain(rule.listed.iter().map(|listed| &listed.each))
        .chain(rule.attributes.values().flatten())
        .chain(rule.inference.iter().map(|list| &list.each))
        .chain(test_places(&rule.behavioral_health))
        .chain(&rule.consent);
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

/// What is known of the envelope around what `unwrap` takes.
pub(crate) fn envelope_shape(unwrap: &[Pointer], rules: &[RecordRule]) -> Shape {
    let mut shape = Shape::default();
    let tested = rules.iter().flat_map(|rule| test_places(&rule.envelope));
    unwrap
        .iter()
        .chain(tested)
        .for_each(|pointer| shape.take(pointer));
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
        .chain(&rule.key_within)
        .chain(rule.join.iter().flat_map(join_places))
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

fn clock_places(clock: Option<&Clock>) -> impl Iterator<Item = &Pointer> {
    clock.into_iter().flat_map(|c| c.at.iter().chain(&c.plus))
}

fn join_places(join: &Join) -> impl Iterator<Item = &Pointer> {
    join.by.iter().chain(test_places(&join.glue))
}

fn test_places(tests: &[Test]) -> impl Iterator<Item = &Pointer> {
    tests.iter().map(|test| &test.at)
}
