//! Items → turns, with the values that tool calls name as identifiers.

use std::sync::Arc;

use super::json::Node;
use super::known;
use super::mapping::{Item, Turns};
use super::pointer::{self, Pointer};
use super::record::holds;
use super::shape::Counts;
use super::spec::Calls;
use super::text::{self, Said};
use super::time::{self, Time};
use super::{DecodeError, wrong_shape};
use crate::config::resolved::Limits;
use crate::domain::{EpochMs, KnownValue, Phi, RawTurn, Role, TurnKind};

/// Reads the items of one record.
pub(crate) struct Reader<'l, 'c> {
    limits: &'l Limits,
    /// The moment from which absolute times count: the conversation's start,
    /// else the first moment that an item gives.
    start: Option<EpochMs>,
    counts: &'c mut Counts,
    items: usize,
    turns: Vec<RawTurn>,
    known: Vec<KnownValue>,
    partials: u32,
}

impl<'l, 'c> Reader<'l, 'c> {
    /// A reader within `limits`; what is dropped is counted in `counts`.
    pub(crate) fn new(limits: &'l Limits, start: Option<EpochMs>, counts: &'c mut Counts) -> Self {
        Self {
            limits,
            start,
            counts,
            items: 0,
            turns: Vec::new(),
            known: Vec::new(),
            partials: 0,
        }
    }

    /// The final turns, the known values and the number of partial results.
    pub(crate) fn finish(self) -> (Vec<RawTurn>, Vec<KnownValue>, u32) {
        (self.turns, self.known, self.partials)
    }

    /// Reads one item by the first rule that fits it.
    pub(crate) fn item(&mut self, source: &Turns, node: &Node<'_>) -> Result<(), DecodeError> {
        self.room()?;
        let fits = |item: &&Item| holds(&item.rule.when, node);
        let Some(item) = source.items.iter().find(fits) else {
            self.counts.add(&"unknown_item".into());
            return Ok(());
        };
        if let Some(name) = &item.dropped_as {
            self.counts.add(name);
            return Ok(());
        }
        if !holds(&item.rule.finals, node) {
            self.partials += 1;
            return Ok(());
        }
        if !source.is_record {
            item.shape.count(node, self.counts);
        }
        self.turn(&source.name, item, node)
    }

    fn turn(&mut self, owner: &Arc<str>, item: &Item, node: &Node<'_>) -> Result<(), DecodeError> {
        let rule = &item.rule;
        let called = rule.calls.as_ref().map_or(&[][..], |calls| &calls.at);
        let called = pointer::first(called, node).map(|(_, node)| node);
        let said = match &rule.text {
            Some(text) => text::read(text, node, owner, self.counts, &mut self.known)?,
            None => Said::Nothing,
        };
        let base = RawTurn {
            key: identifier_at(&rule.key, node, owner)?.map(Phi::new),
            seq: whole_at(&rule.seq, node, owner)?,
            role: item.role.read(node),
            kind: item.kind.read(node),
            text: Phi::default(),
            confidence: confidence(&rule.confidence, node),
            ..self.times(item, node, owner)?
        };
        let keeps_empty = base.key.is_some() || base.seq.is_some();
        let text = match (said, &rule.text) {
            (Said::Text(text), _) => Some(text),
            (Said::Nothing, Some(text)) if called.is_none() => {
                return Err(wrong_shape(owner, &text.at[0], "there"));
            }
            // An empty correction still replaces what it corrects.
            (Said::Empty, _) if keeps_empty => Some(String::new()),
            (Said::Empty, _) if called.is_none() => {
                self.counts.add(&"empty_turn".into());
                None
            }
            _ => None,
        };
        let Some((called, calls)) = called.zip(rule.calls.as_ref()) else {
            return text.map_or(Ok(()), |text| self.say(owner, base, text));
        };
        if let Some(text) = text {
            self.say(owner, base.clone(), text)?;
        }
        self.calls(owner, item, calls, called, &base)
    }

    fn say(&mut self, owner: &str, turn: RawTurn, text: String) -> Result<(), DecodeError> {
        if text.len() > self.limits.turn_bytes {
            return Err(DecodeError::TurnTooLong {
                path: owner.into(),
                limit: self.limits.turn_bytes,
            });
        }
        self.turns.push(RawTurn {
            text: Phi::new(text),
            ..turn
        });
        Ok(())
    }

    fn calls(
        &mut self,
        owner: &str,
        item: &Item,
        calls: &Calls,
        node: &Node<'_>,
        base: &RawTurn,
    ) -> Result<(), DecodeError> {
        for call in node.as_array().unwrap_or(std::slice::from_ref(node)) {
            self.room()?;
            item.call.count(call, self.counts);
            let name = identifier_at(&calls.name, call, owner)?;
            let arguments = pointer::first(&calls.arguments, call);
            let arguments = match arguments {
                Some((place, node)) => text::json(node, owner, place, &mut self.known)?,
                None => String::new(),
            };
            let turn = RawTurn {
                key: identifier_at(&calls.key, call, owner)?.map(Phi::new),
                seq: None,
                role: match base.role {
                    Role::Other => Role::Agent,
                    role => role,
                },
                kind: TurnKind::ToolCall,
                confidence: None,
                ..base.clone()
            };
            self.say(owner, turn, text::with_name(name, arguments))?;
        }
        Ok(())
    }

    /// Counts an item against the limit on turns.
    fn room(&mut self) -> Result<(), DecodeError> {
        self.items += 1;
        let limit = self.limits.record_turns;
        match self.items > limit {
            true => Err(DecodeError::TooManyTurns { limit }),
            false => Ok(()),
        }
    }

    /// A turn that says nothing yet but when it was.
    fn times(&mut self, item: &Item, node: &Node<'_>, owner: &str) -> Result<RawTurn, DecodeError> {
        let start = time::read(item.rule.start.as_ref(), node, owner)?;
        let end = time::read(item.rule.end.as_ref(), node, owner)?;
        let duration = time::read(item.rule.duration.as_ref(), node, owner)?;
        let start_ms = start.map(|time| self.since_start(time));
        let end_ms = end.map(|time| self.since_start(time));
        let lasting = match (start_ms, duration) {
            (Some(start), Some(Time::Relative(ms))) => Some(start.saturating_add(ms)),
            _ => None,
        };
        Ok(RawTurn {
            start_ms,
            end_ms: end_ms.or(lasting),
            ..RawTurn::default()
        })
    }

    fn since_start(&mut self, time: Time) -> i64 {
        match time {
            Time::Relative(ms) => ms,
            Time::Absolute(moment) => moment.since(*self.start.get_or_insert(moment)).max(0),
        }
    }
}

fn identifier_at(
    places: &[Pointer],
    node: &Node<'_>,
    owner: &str,
) -> Result<Option<String>, DecodeError> {
    match pointer::first(places, node) {
        None => Ok(None),
        Some((place, node)) => match known::identifier(node) {
            Some(id) => Ok(Some(id)),
            None => Err(wrong_shape(owner, place, "a string or a whole number")),
        },
    }
}

fn whole_at(places: &[Pointer], node: &Node<'_>, owner: &str) -> Result<Option<i64>, DecodeError> {
    match pointer::first(places, node) {
        None => Ok(None),
        Some((_, Node::Int(number))) => Ok(Some(*number)),
        Some((place, _)) => Err(wrong_shape(owner, place, "a whole number")),
    }
}

fn confidence(places: &[Pointer], node: &Node<'_>) -> Option<f32> {
    let (_, node) = pointer::first(places, node)?;
    let value = time::number(node)?;
    (0.0..=1.0).contains(&value).then_some(value as f32)
}
