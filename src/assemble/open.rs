//! One open conversation: what its records have said so far.

use std::collections::{BTreeMap, HashMap};

use crate::assemble::Cause;
use crate::config::resolved::Assemble;
use crate::domain::{
    Attribute, Channel, ConversationRef, EpochMs, Fragment, KnownValue, Phi, Provenance,
    RawConversation, RawTurn, RoleRevision, TenantId,
};

/// Memory that a turn takes beside its text, in bytes, for the budget.
const TURN_OVERHEAD: usize = 160;

/// A conversation that was closed, with the records it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Closed {
    /// The conversation.
    pub conversation: RawConversation,
    /// Corrections of who spoke turns that it does not hold: of an earlier
    /// segment, perhaps.
    pub revisions: Vec<RoleRevision>,
    /// Offsets of all its records, ascending.
    pub offsets: Vec<i64>,
    /// How many of these records were wholly replaced by a correction.
    pub superseded: u64,
    /// Why it was closed.
    pub cause: Cause,
    /// Bytes of raw text.
    pub bytes: usize,
}

#[derive(Debug)]
pub(super) struct Open {
    tenant: TenantId,
    conversation: ConversationRef,
    channel: Option<Channel>,
    language: Option<Phi<String>>,
    started_at: Option<EpochMs>,
    turns: Vec<OpenTurn>,
    by_key: HashMap<Phi<String>, usize>,
    revisions: Vec<RoleRevision>,
    known: Vec<KnownValue>,
    attributes: BTreeMap<Attribute, Phi<String>>,
    provenance: Provenance,
    records: Vec<Record>,
    first_seen: EpochMs,
    last_seen: EpochMs,
    ended_at: Option<EpochMs>,
    bytes: usize,
}

#[derive(Debug)]
struct OpenTurn {
    turn: RawTurn,
    /// Index in `records` of the record that said it last.
    record: usize,
}

#[derive(Debug)]
struct Record {
    offset: i64,
    said_turns: bool,
}

impl Open {
    pub(super) fn new(tenant: TenantId, conversation: ConversationRef, at: EpochMs) -> Self {
        Self {
            tenant,
            conversation,
            channel: None,
            language: None,
            started_at: None,
            turns: Vec::new(),
            by_key: HashMap::new(),
            revisions: Vec::new(),
            known: Vec::new(),
            attributes: BTreeMap::new(),
            provenance: Provenance::default(),
            records: Vec::new(),
            first_seen: at,
            last_seen: at,
            ended_at: None,
            bytes: 0,
        }
    }

    pub(super) const fn conversation(&self) -> &ConversationRef {
        &self.conversation
    }

    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn first_offset(&self) -> i64 {
        self.records.first().map_or(i64::MAX, |r| r.offset)
    }

    pub(super) fn offsets(&self) -> impl Iterator<Item = i64> {
        self.records.iter().map(|r| r.offset)
    }

    pub(super) fn push(&mut self, offset: i64, at: EpochMs, fragment: Fragment) {
        let record = self.records.len();
        self.records.push(Record {
            offset,
            said_turns: !fragment.turns.is_empty(),
        });
        self.last_seen = self.last_seen.max(at);
        if fragment.ends {
            self.ended_at.get_or_insert(at);
        }
        self.channel = self.channel.or(fragment.channel);
        self.language = self.language.take().or(fragment.language);
        self.started_at = self.started_at.or(fragment.started_at);
        self.attributes.extend(fragment.attributes);
        self.bytes += fragment.provenance.weight();
        self.provenance.add(fragment.provenance);
        for known in fragment.known {
            self.add_known(known);
        }
        for turn in fragment.turns {
            self.add_turn(turn, record);
        }
        for revision in fragment.revisions {
            self.revise(revision);
        }
    }

    /// Corrects who spoke a turn; what is said of one that is not here is kept
    /// for what came before.
    fn revise(&mut self, revision: RoleRevision) {
        match self.by_key.get(&revision.key) {
            Some(&at) => self.turns[at].turn.role = revision.role,
            None => {
                self.bytes += revision.key.expose().len();
                self.revisions.push(revision);
            }
        }
    }

    fn add_known(&mut self, known: KnownValue) {
        if !self.known.contains(&known) {
            self.bytes += known.value.expose().len();
            self.known.push(known);
        }
    }

    /// Adds `turn`, or puts it in the place of the one with the same key.
    fn add_turn(&mut self, turn: RawTurn, record: usize) {
        self.bytes += weight(&turn);
        let at = turn.key.as_ref().and_then(|key| self.by_key.get(key));
        if let Some(&at) = at {
            self.bytes -= weight(&self.turns[at].turn);
            self.turns[at] = OpenTurn { turn, record };
            return;
        }
        if let Some(key) = turn.key.clone() {
            self.by_key.insert(key, self.turns.len());
        }
        self.turns.push(OpenTurn { turn, record });
    }

    /// The cap that the last record reached, if any.
    pub(super) fn filled(&self, limits: &Assemble) -> Option<Cause> {
        if self.turns.len() >= limits.max_turns {
            Some(Cause::Turns)
        } else if self.bytes >= limits.max_bytes {
            Some(Cause::Bytes)
        } else {
            None
        }
    }

    /// Why it is due at `clock`, if it is.
    pub(super) fn due(&self, limits: &Assemble, clock: EpochMs) -> Option<Cause> {
        let ended = self
            .ended_at
            .is_some_and(|at| clock.since(at) >= limits.end_grace_ms);
        if ended {
            Some(Cause::End)
        } else if clock.since(self.last_seen) >= limits.idle_ms {
            Some(Cause::Idle)
        } else if clock.since(self.first_seen) >= limits.max_age_ms {
            Some(Cause::Age)
        } else {
            None
        }
    }

    /// Why it is closed where nothing will ever follow.
    pub(super) const fn at_last(&self) -> Cause {
        match self.ended_at {
            Some(_) => Cause::End,
            None => Cause::Idle,
        }
    }

    pub(super) fn close(self, cause: Cause) -> Closed {
        let superseded = self.superseded();
        let offsets = self.records.iter().map(|r| r.offset).collect();
        let mut turns: Vec<RawTurn> = self.turns.into_iter().map(|t| t.turn).collect();
        let gap = order_by_sequence(&mut turns);
        let year = self.started_at.unwrap_or(self.first_seen).year();
        Closed {
            conversation: RawConversation {
                tenant: self.tenant,
                conversation: self.conversation,
                channel: self.channel.unwrap_or_default(),
                language: self.language,
                year,
                turns,
                known: self.known,
                attributes: self.attributes,
                provenance: self.provenance,
                incomplete: gap || cause.is_cut(),
            },
            revisions: self.revisions,
            offsets,
            superseded,
            cause,
            bytes: self.bytes,
        }
    }

    /// Records that said turns, all of which a later record replaced.
    fn superseded(&self) -> u64 {
        let mut stands = vec![false; self.records.len()];
        for turn in &self.turns {
            stands[turn.record] = true;
        }
        let replaced = |(record, stands): (&Record, bool)| record.said_turns && !stands;
        let records = self.records.iter().zip(stands);
        records.filter(|&(r, s)| replaced((r, s))).count() as u64
    }
}

fn weight(turn: &RawTurn) -> usize {
    let key = turn.key.as_ref().map_or(0, |k| 2 * k.expose().len());
    turn.text.expose().len() + key + TURN_OVERHEAD
}

/// Orders turns by their sequence numbers where every turn has one; says
/// whether a number is missing.
pub(super) fn order_by_sequence(turns: &mut [RawTurn]) -> bool {
    if turns.iter().any(|t| t.seq.is_none()) {
        return false;
    }
    turns.sort_by_key(|t| t.seq);
    let mut gaps = turns.windows(2).filter_map(|pair| {
        let (a, b) = (pair[0].seq?, pair[1].seq?);
        Some(b.saturating_sub(a) > 1)
    });
    gaps.any(|gap| gap)
}
