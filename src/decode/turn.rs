//! Items → turns, with the values that tool calls name as identifiers.

use std::sync::Arc;

use super::compile::{Item, Turns};
use super::join::Run;
use super::json::Node;
use super::known;
use super::pointer::{self, Pointer};
use super::record::holds;
use super::shape::Counts;
use super::spec::Calls;
use super::text::{self, Said};
use super::time::{self, Time};
use super::{DecodeError, wrong_shape};
use crate::config::resolved::Limits;
use crate::domain::{EpochMs, KnownValue, Phi, RawTurn, Role, RoleRevision, TurnKind};

/// What the items of one record were.
pub(crate) struct Read {
    /// Final turns.
    pub(crate) turns: Vec<RawTurn>,
    /// Corrections of speakers.
    pub(crate) revisions: Vec<RoleRevision>,
    /// What items name as identifiers.
    pub(crate) known: Vec<KnownValue>,
    /// How many were partial results.
    pub(crate) partials: u32,
}

/// Reads the items of one record.
pub(crate) struct Reader<'l, 'c> {
    limits: &'l Limits,
    /// The moment from which absolute times count: the conversation's start,
    /// else the first moment that an item gives.
    start: Option<EpochMs>,
    counts: &'c mut Counts,
    items: usize,
    read: Read,
    /// Words that have not become a turn yet.
    run: Option<Run>,
}

impl<'l, 'c> Reader<'l, 'c> {
    /// A reader within `limits`; what is dropped is counted in `counts`.
    pub(crate) fn new(limits: &'l Limits, start: Option<EpochMs>, counts: &'c mut Counts) -> Self {
        Self {
            limits,
            start,
            counts,
            items: 0,
            read: Read {
                turns: Vec::new(),
                revisions: Vec::new(),
                known: Vec::new(),
                partials: 0,
            },
            run: None,
        }
    }

    /// What was read.
    pub(crate) fn finish(self) -> Read {
        self.read
    }

    /// Counts what a source holds in places that are not read.
    pub(crate) fn unused(&mut self, source: &Turns, used: &Pointer, root: &Node<'_>) {
        for place in pointer::unused(&source.at, used, root) {
            self.counts.add(&place.as_str().into());
        }
    }

    /// Reads all items of a source.
    pub(crate) fn items(&mut self, source: &Turns, items: &[Node<'_>]) -> Result<(), DecodeError> {
        items.iter().try_for_each(|item| self.item(source, item))?;
        self.say_run(&source.name)
    }

    /// Reads one item by the first rule that fits it.
    pub(crate) fn item(&mut self, source: &Turns, node: &Node<'_>) -> Result<(), DecodeError> {
        self.room()?;
        let Some(item) = source.rule_of(node) else {
            self.counts.add(&"unknown_item".into());
            return Ok(());
        };
        if let Some(name) = &item.dropped_as {
            self.counts.add(name);
            return Ok(());
        }
        if !holds(&item.rule.finals, node) {
            self.read.partials += 1;
            return Ok(());
        }
        if !source.is_record {
            item.shape.count(node, self.counts);
        }
        if item.rule.revises {
            return self.revise(&source.name, item, node);
        }
        if item.rule.join.is_some() {
            return self.word(&source.name, item, node);
        }
        self.say_run(&source.name)?;
        self.turn(&source.name, item, node)
    }

    fn revise(&mut self, owner: &str, item: &Item, node: &Node<'_>) -> Result<(), DecodeError> {
        let key = key_of(item, node, owner)?;
        let key = key.ok_or_else(|| wrong_shape(owner, &item.rule.key[0], "there"))?;
        let role = item.role.read(node);
        self.read.revisions.push(RoleRevision { key, role });
        Ok(())
    }

    /// Adds a word to the turn that is said, or begins another.
    fn word(&mut self, owner: &Arc<str>, item: &Item, node: &Node<'_>) -> Result<(), DecodeError> {
        let (Some(join), Some(text)) = (&item.rule.join, &item.rule.text) else {
            return Ok(());
        };
        let said = text::read(text, node, owner, self.counts, &mut self.read.known)?;
        let Said::Text(word) = said else {
            return Ok(());
        };
        let by = identifier_at(&join.by, node, owner)?;
        let glued = !join.glue.is_empty() && holds(&join.glue, node);
        let turn = RawTurn {
            role: item.role.read(node),
            kind: item.kind.read(node),
            confidence: confidence(&item.rule.confidence, node),
            ..self.times(item, node, owner)?
        };
        let open = self.run.take();
        let (run, ended) = Run::take(open, join, by, glued, word, turn);
        self.run = Some(run);
        match ended {
            Some(run) => self.say_joined(owner, run),
            None => Ok(()),
        }
    }

    /// Says what words were joined, where no other follows.
    fn say_run(&mut self, owner: &str) -> Result<(), DecodeError> {
        match self.run.take() {
            Some(run) => self.say_joined(owner, run),
            None => Ok(()),
        }
    }

    fn say_joined(&mut self, owner: &str, run: Run) -> Result<(), DecodeError> {
        let (turn, text) = run.finish();
        self.say(owner, turn, text)
    }

    fn turn(&mut self, owner: &Arc<str>, item: &Item, node: &Node<'_>) -> Result<(), DecodeError> {
        let rule = &item.rule;
        let called = rule.calls.as_ref().map_or(&[][..], |calls| &calls.at);
        let called = pointer::first(called, node).map(|(_, node)| node);
        let said = match &rule.text {
            Some(text) => text::read(text, node, owner, self.counts, &mut self.read.known)?,
            None => Said::Nothing,
        };
        let base = RawTurn {
            key: key_of(item, node, owner)?,
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
        self.read.turns.push(RawTurn {
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
                Some((place, node)) => text::json(node, owner, place, &mut self.read.known)?,
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

/// A turn's key, with the stream in which it counts before it.
fn key_of(item: &Item, node: &Node<'_>, owner: &str) -> Result<Option<Phi<String>>, DecodeError> {
    let Some(key) = identifier_at(&item.rule.key, node, owner)? else {
        return Ok(None);
    };
    let within = identifier_at(&item.rule.key_within, node, owner)?;
    Ok(Some(Phi::new(match within {
        Some(within) => format!("{within} {key}"),
        None => key,
    })))
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
