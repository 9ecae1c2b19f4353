//! A scripted broker: partitions with gaps, late and future times.

use crate::domain::{ConversationRef, Entropy, EpochMs, Fragment, Phi, RawTurn};
use crate::lake::log::{Drop, Watermarks};
use crate::source::Record;
use crate::worker::event::{Arrived, Intake};

/// What a scripted record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Says one turn.
    Turn,
    /// Says one turn that a later record may replace.
    Keyed(u32),
    /// Says one turn and ends the conversation.
    End,
    /// Holds only partial results.
    Partial,
    /// Cannot be read.
    Broken,
    /// Names another tenant.
    Foreign,
    /// Has no value.
    Tombstone,
}

#[derive(Debug, Clone)]
pub(super) struct Scripted {
    pub(super) conversation: u32,
    pub(super) kind: Kind,
    pub(super) time: EpochMs,
    pub(super) produced: EpochMs,
}

/// One partition: offsets without a record are transaction markers.
#[derive(Debug, Default)]
pub(super) struct Partition {
    pub(super) records: Vec<Option<Scripted>>,
    pub(super) low: i64,
    pub(super) hint: i64,
    open: Vec<u32>,
    conversations: u32,
}

const HOUR: i64 = 3_600_000;

impl Partition {
    pub(super) fn watermarks(&self) -> Watermarks {
        Watermarks {
            low: self.low,
            high: self.records.len() as i64,
        }
    }

    pub(super) fn at(&self, offset: i64) -> Option<&Scripted> {
        let index = usize::try_from(offset).ok()?;
        self.records.get(index)?.as_ref()
    }

    pub(super) fn produce(&mut self, now: EpochMs, entropy: &mut Entropy) {
        if entropy.below(12) == 0 {
            self.records.push(None);
            return;
        }
        let conversation = self.pick_conversation(entropy);
        let kind = match entropy.below(20) {
            0 => Kind::Partial,
            1 => Kind::Broken,
            2 => Kind::Foreign,
            3 => Kind::Tombstone,
            4..7 => Kind::End,
            7..10 => Kind::Keyed(entropy.below(2) as u32),
            _ => Kind::Turn,
        };
        if kind == Kind::End {
            self.open.retain(|&c| c != conversation);
        }
        let ahead = if entropy.below(15) == 0 { HOUR } else { 0 };
        self.records.push(Some(Scripted {
            conversation,
            kind,
            time: now.plus(ahead),
            produced: now,
        }));
    }

    fn pick_conversation(&mut self, entropy: &mut Entropy) -> u32 {
        if self.open.is_empty() || (self.open.len() < 4 && entropy.below(3) == 0) {
            self.conversations += 1;
            self.open.push(self.conversations);
        }
        // Now and then a turn comes late for a conversation that has ended.
        if self.conversations > 0 && entropy.below(15) == 0 {
            return 1 + entropy.below(u64::from(self.conversations)) as u32;
        }
        self.open[entropy.below(self.open.len() as u64) as usize]
    }

    pub(super) fn intake(&self, offset: i64) -> Option<Intake> {
        let scripted = self.at(offset)?;
        let record = Record::new(offset, scripted.time, offset.to_string().into_bytes());
        let arrived = match scripted.kind {
            Kind::Broken => Arrived::Quarantine("not_json"),
            Kind::Foreign => Arrived::Unclaimed("tenant_disagrees"),
            Kind::Tombstone => Arrived::Drop(Drop::Tombstone),
            kind => Arrived::Fragment(Box::new(fragment(scripted.conversation, kind, offset))),
        };
        Some(Intake { record, arrived })
    }
}

/// The turn of the record at `offset` says its own offset.
fn fragment(conversation: u32, kind: Kind, offset: i64) -> Fragment {
    let mut fragment = Fragment::new(ConversationRef::new(&conversation.to_string()));
    fragment.ends = kind == Kind::End;
    if kind == Kind::Partial {
        fragment.partials = 1;
        return fragment;
    }
    fragment.turns.push(RawTurn {
        key: match kind {
            Kind::Keyed(key) => Some(Phi::new(key.to_string())),
            _ => None,
        },
        text: Phi::new(offset.to_string()),
        ..RawTurn::default()
    });
    fragment
}
