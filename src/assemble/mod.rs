//! Turns → conversations.
//!
//! One [`Assembler`] a partition. It decides when a conversation closes, never
//! where its records go; it does no I/O and reads no clock.

mod clock;
mod join;
mod open;

pub use clock::PartitionClock;
pub use join::join;
pub use open::Closed;

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::config::resolved::Assemble;
use crate::domain::{ConversationRef, EpochMs, Fragment, TenantId};
use open::Open;

/// Why a conversation was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Its end event, and the grace after it.
    End,
    /// Nothing came for the idle time, or nothing will ever come: a source of
    /// files is over.
    Idle,
    /// Cut: too many turns.
    Turns,
    /// Cut: too many bytes.
    Bytes,
    /// Cut: too old.
    Age,
    /// Cut: the worker's memory is full and this was the oldest.
    Budget,
    /// Cut: its tenant holds as much as it may, and this was the oldest.
    Share,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::End,
        Self::Idle,
        Self::Turns,
        Self::Bytes,
        Self::Age,
        Self::Budget,
        Self::Share,
    ];

    /// Whether the conversation was cut rather than finished.
    #[must_use]
    pub const fn is_cut(self) -> bool {
        !matches!(self, Self::End | Self::Idle)
    }

    /// Its name in metrics and evidence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Idle => "idle",
            Self::Turns => "cap_turns",
            Self::Bytes => "cap_bytes",
            Self::Age => "cap_age",
            Self::Budget => "budget",
            Self::Share => "tenant_limit",
        }
    }
}

/// The open conversations of one partition.
#[derive(Debug)]
pub struct Assembler {
    limits: Assemble,
    open: HashMap<ConversationRef, Open, FxBuildHasher>,
    bytes: usize,
}

impl Assembler {
    /// An assembler with nothing open.
    #[must_use]
    pub fn new(limits: Assemble) -> Self {
        Self {
            limits,
            open: HashMap::default(),
            bytes: 0,
        }
    }

    /// Adds the record at `offset`, first seen at `at` on the partition's
    /// clock. Gives the conversation back if the record filled it.
    pub fn push(
        &mut self,
        tenant: &TenantId,
        offset: i64,
        at: EpochMs,
        fragment: Fragment,
    ) -> Option<Closed> {
        let conversation = fragment.conversation.clone();
        let open = self
            .open
            .entry(conversation.clone())
            .or_insert_with(|| Open::new(tenant.clone(), conversation.clone(), at));
        let before = open.bytes();
        open.push(offset, at, fragment);
        self.bytes = self.bytes + open.bytes() - before;
        let cause = open.filled(&self.limits)?;
        Some(self.close(&conversation, cause))
    }

    /// Closes every conversation whose end, idle time or age has come at
    /// `clock`, oldest record first.
    pub fn close_due(&mut self, clock: EpochMs) -> Vec<Closed> {
        let mut due: Vec<(i64, ConversationRef, Cause)> = self
            .open
            .values()
            .filter_map(|open| {
                let cause = open.due(&self.limits, clock)?;
                Some((open.first_offset(), open.conversation().clone(), cause))
            })
            .collect();
        due.sort_unstable_by_key(|(offset, ..)| *offset);
        due.into_iter()
            .map(|(_, conversation, cause)| self.close(&conversation, cause))
            .collect()
    }

    /// Closes every conversation, since no record will ever follow: a source
    /// of files is over. Oldest record first.
    pub fn close_all(&mut self) -> Vec<Closed> {
        let mut all: Vec<(i64, ConversationRef, Cause)> = self
            .open
            .values()
            .map(|open| {
                let (first, cause) = (open.first_offset(), open.at_last());
                (first, open.conversation().clone(), cause)
            })
            .collect();
        all.sort_unstable_by_key(|(offset, ..)| *offset);
        all.into_iter()
            .map(|(_, conversation, cause)| self.close(&conversation, cause))
            .collect()
    }

    /// Cuts the conversation whose first record is the oldest, for `cause`.
    pub fn cut_oldest(&mut self, cause: Cause) -> Option<Closed> {
        let oldest = self
            .open
            .values()
            .min_by_key(|open| open.first_offset())?
            .conversation()
            .clone();
        Some(self.close(&oldest, cause))
    }

    /// Offsets of records in open conversations, ascending.
    #[must_use]
    pub fn open_offsets(&self) -> Vec<i64> {
        let mut offsets: Vec<i64> = self.open.values().flat_map(Open::offsets).collect();
        offsets.sort_unstable();
        offsets
    }

    /// How many conversations are open.
    #[must_use]
    pub fn conversations(&self) -> usize {
        self.open.len()
    }

    /// Bytes of raw text held.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    fn close(&mut self, conversation: &ConversationRef, cause: Cause) -> Closed {
        let open = self
            .open
            .remove(conversation)
            .expect("only an open conversation is closed");
        self.bytes -= open.bytes();
        open.close(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Phi, RawTurn, Role, RoleRevision};

    const LIMITS: Assemble = Assemble {
        end_grace_ms: 5,
        idle_ms: 100,
        max_turns: 4,
        max_bytes: 1000,
        max_age_ms: 250,
        late_ms: 0,
    };

    fn say(conversation: &str, text: &str) -> Fragment {
        let mut fragment = Fragment::new(ConversationRef::new(conversation));
        fragment.turns.push(RawTurn {
            text: Phi::new(text.to_owned()),
            ..RawTurn::default()
        });
        fragment
    }

    fn end(conversation: &str) -> Fragment {
        let mut fragment = Fragment::new(ConversationRef::new(conversation));
        fragment.ends = true;
        fragment
    }

    fn keyed(conversation: &str, key: &str, text: &str) -> Fragment {
        let mut fragment = say(conversation, text);
        fragment.turns[0].key = Some(Phi::new(key.to_owned()));
        fragment
    }

    fn push(a: &mut Assembler, offset: i64, at: i64, fragment: Fragment) -> Option<Closed> {
        let tenant = TenantId::parse("t").expect("a tenant");
        a.push(&tenant, offset, EpochMs(at), fragment)
    }

    fn texts(closed: &Closed) -> Vec<&str> {
        let turns = &closed.conversation.turns;
        turns.iter().map(|t| t.text.expose().as_str()).collect()
    }

    #[test]
    fn at_the_end_of_a_source_what_ended_is_told_from_what_did_not() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 1, 0, say("open", "hello"));
        push(&mut a, 2, 0, say("ended", "bye"));
        push(&mut a, 3, 0, end("ended"));
        let causes: Vec<Cause> = a.close_all().iter().map(|closed| closed.cause).collect();
        assert_eq!(causes, [Cause::Idle, Cause::End]);
    }

    #[test]
    fn an_end_closes_after_its_grace() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 0, 0, say("x", "hello"));
        push(&mut a, 1, 1, say("y", "other"));
        push(&mut a, 2, 2, end("x"));
        push(&mut a, 3, 3, say("x", "late but within grace"));
        assert!(a.close_due(EpochMs(6)).is_empty());
        let closed = a.close_due(EpochMs(7));
        assert_eq!(closed.len(), 1);
        assert_eq!(texts(&closed[0]), ["hello", "late but within grace"]);
        assert_eq!(closed[0].offsets, [0, 2, 3]);
        assert_eq!(closed[0].cause, Cause::End);
        assert_eq!(a.open_offsets(), [1]);
    }

    #[test]
    fn idle_and_age_close_by_the_clock() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 0, 0, say("idle", "a"));
        for i in 0..3 {
            push(&mut a, 1 + i, 90 * i, say("busy", "b"));
        }
        assert!(a.close_due(EpochMs(99)).is_empty());
        let causes: Vec<Cause> = a.close_due(EpochMs(250)).iter().map(|c| c.cause).collect();
        assert_eq!(causes, [Cause::Idle, Cause::Age]);
        assert_eq!((a.conversations(), a.bytes()), (0, 0));
    }

    #[test]
    fn caps_cut_and_mark_incomplete() {
        let mut a = Assembler::new(LIMITS);
        for offset in 0..3 {
            assert!(push(&mut a, offset, 0, say("x", "a")).is_none());
        }
        let cut = push(&mut a, 3, 0, say("x", "a")).expect("the fourth turn fills it");
        assert_eq!(cut.cause, Cause::Turns);
        assert!(cut.conversation.incomplete);
        let cut = push(&mut a, 4, 0, say("x", &"a".repeat(1000))).expect("too many bytes");
        assert_eq!(cut.cause, Cause::Bytes);
    }

    #[test]
    fn the_oldest_is_cut_for_memory() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 7, 0, say("second", "b"));
        push(&mut a, 3, 0, say("first", "a"));
        assert_eq!(
            a.cut_oldest(Cause::Budget).map(|c| c.offsets),
            Some(vec![3])
        );
        assert_eq!(
            a.cut_oldest(Cause::Budget).map(|c| c.offsets),
            Some(vec![7])
        );
        assert!(a.cut_oldest(Cause::Budget).is_none());
    }

    #[test]
    fn a_correction_replaces_in_place_and_is_counted() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 0, 0, keyed("x", "1", "my numbr is"));
        push(&mut a, 1, 0, keyed("x", "2", "go on"));
        push(&mut a, 2, 0, keyed("x", "1", "my number is"));
        let closed = a.cut_oldest(Cause::Budget).expect("open");
        assert_eq!(texts(&closed), ["my number is", "go on"]);
        assert_eq!(closed.offsets, [0, 1, 2]);
        assert_eq!(closed.superseded, 1);
    }

    #[test]
    fn a_late_word_on_who_spoke_corrects_the_turn_and_nothing_else() {
        let revised = |key: &str, role| {
            let mut fragment = Fragment::new(ConversationRef::new("x"));
            let key = Phi::new(key.to_owned());
            fragment.revisions = vec![RoleRevision { key, role }];
            fragment
        };
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 0, 0, keyed("x", "1", "where does it hurt"));
        push(&mut a, 1, 0, keyed("x", "2", "in my knee"));
        push(&mut a, 2, 0, revised("1", Role::Agent));
        push(&mut a, 3, 0, revised("7", Role::Agent));
        let closed = a.cut_oldest(Cause::Budget).expect("open");
        assert_eq!(texts(&closed), ["where does it hurt", "in my knee"]);
        let roles: Vec<Role> = closed.conversation.turns.iter().map(|t| t.role).collect();
        assert_eq!(roles, [Role::Agent, Role::Other]);
        assert_eq!((closed.offsets.len(), closed.superseded), (4, 0));
        assert_eq!(closed.revisions.len(), 1, "kept for an earlier segment");
    }

    #[test]
    fn sequence_numbers_order_turns_and_show_gaps() {
        let mut a = Assembler::new(LIMITS);
        for (offset, seq, text) in [(0, 2, "b"), (1, 1, "a"), (2, 4, "d")] {
            let mut fragment = say("x", text);
            fragment.turns[0].seq = Some(seq);
            push(&mut a, offset, 0, fragment);
        }
        push(&mut a, 3, 0, end("x"));
        let closed = a.close_due(EpochMs(5));
        assert_eq!(texts(&closed[0]), ["a", "b", "d"]);
        assert!(closed[0].conversation.incomplete, "turn 3 is missing");
    }

    #[test]
    fn bytes_are_counted_to_the_last() {
        let mut a = Assembler::new(LIMITS);
        push(&mut a, 0, 0, keyed("x", "1", "long text"));
        push(&mut a, 1, 0, keyed("x", "1", "short"));
        push(&mut a, 2, 0, say("y", "other"));
        assert!(a.bytes() > 0);
        while a.cut_oldest(Cause::Budget).is_some() {}
        assert_eq!(a.bytes(), 0);
    }
}
