//! A worker in the shadow of the real ones: it reads, assembles and
//! de-identifies as they do, and keeps counts only.
//!
//! Its stores are in memory and nothing is put into them: files are dropped
//! where they would be written, and of each slot the tail is kept, so that a
//! partition that comes back goes on where it was.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::carried::Carried;
use super::event::{Event, Ticket};
use super::pause::Pause;
use super::perform::{Done, Lands};
use crate::domain::{TenantId, TopicPartition};
use crate::lake::append::Appended;
use crate::lake::log::{Slot, Tail, Watermarks};
use crate::ledger::Note;
use crate::observe::ShadowTally;
use crate::source::Lookup;

/// Where a shadow begins to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Start {
    /// With the oldest record that the broker has.
    Beginning,
    /// With what comes from now on.
    End,
}

/// What a shadow keeps.
#[derive(Debug, Default)]
pub(super) struct Shadow {
    tails: BTreeMap<TopicPartition, Tail>,
    pub(super) tallies: BTreeMap<TenantId, ShadowTally>,
}

impl Shadow {
    /// Where `partition` was left.
    pub(super) fn tail(&self, partition: &TopicPartition) -> Option<Tail> {
        self.tails.get(partition).cloned()
    }

    /// Takes a slot for won. It is this program's own and therefore readable.
    pub(super) fn append(&mut self, ticket: &Ticket, n: u64, bytes: &Bytes) -> Event {
        if let Ok(slot) = Slot::from_bytes(n, bytes) {
            let tail = Tail {
                // The topic is asked for its watermarks only.
                last_record: None,
                ..Tail::after(&slot, bytes)
            };
            self.tails.insert(ticket.partition.clone(), tail);
        }
        Event::Appended(ticket.clone(), Appended::Won)
    }

    /// Counts what a slot would have landed.
    pub(super) fn count(&mut self, lands: &Lands) {
        let evidence = &lands.evidence;
        let tally = self.tallies.entry(evidence.tenant.clone()).or_default();
        let counts = &evidence.counts;
        tally.read += counts.read;
        tally.committed += counts.committed;
        tally.quarantined += counts.quarantined;
        for (rule, records) in &counts.dropped {
            *tally.dropped.entry(rule.name()).or_default() += records;
        }
        for note in &evidence.notes {
            if let Note::Quarantined { reason, .. } | Note::Unclaimed { reason, .. } = note {
                *tally.quarantined_for.entry(reason.clone()).or_default() += 1;
            }
        }
        tally.passed += evidence.conversations;
        tally.turns += evidence.turns;
        add(&mut tally.closed, &evidence.causes);
        add(&mut tally.held_back, &evidence.held_back);
        add(&mut tally.findings, &evidence.findings);
        for judged in &lands.judged {
            tally.text_bytes += judged.text_bytes;
            tally.masked_bytes += judged.masked_bytes;
            tally.judge(judged.risk, judged.sound);
        }
        tally.settle();
    }
}

fn add(to: &mut BTreeMap<String, u64>, more: &BTreeMap<String, u64>) {
    for (name, count) in more {
        *to.entry(name.clone()).or_default() += count;
    }
}

/// Asks the broker where a partition begins and ends, for as long as it takes.
pub(super) async fn load(ticket: Ticket, lookup: Lookup, left: Option<Tail>, start: Start) -> Done {
    let mut pause = Pause::new();
    let marks = loop {
        match lookup.watermarks(&ticket.partition).await {
            Ok(marks) => break marks,
            Err(error) => {
                let (topic, partition) = (&*ticket.partition.topic, ticket.partition.partition);
                let error = &error as &dyn std::error::Error;
                tracing::warn!(event = "log_not_read", topic, partition, error);
            }
        }
        pause.wait().await;
    };
    let event = Event::TailLoaded {
        ticket: ticket.clone(),
        tail: Ok(tail(left, marks, start)),
        watermarks: marks,
        last_digest: None,
    };
    Done::Loaded(ticket, 0, Carried::default(), event)
}

/// Where to go on. The real workers purge meanwhile: of what is gone nothing
/// can be counted.
fn tail(left: Option<Tail>, marks: Watermarks, start: Start) -> Tail {
    let there = |tail: &Tail| (marks.low..=marks.high).contains(&tail.resume());
    match (left.filter(there), start) {
        (Some(tail), _) => tail,
        (None, Start::Beginning) => Tail::begin(marks.low),
        (None, Start::End) => Tail {
            low_watermark: marks.low,
            ..Tail::begin(marks.high)
        },
    }
}

/// An answer that nobody has to be waited for.
pub(super) async fn answer(event: Event) -> Done {
    Done::Event(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: Option<i64>, low: i64, start: Start, resume: i64) {
        let marks = Watermarks { low, high: 90 };
        let tail = tail(left.map(Tail::begin), marks, start);
        assert_eq!(tail.resume(), resume);
        assert!(tail.agrees_with(marks, None).is_ok());
    }

    #[test]
    fn a_shadow_goes_on_where_it_was() {
        check(None, 10, Start::Beginning, 10);
        check(None, 10, Start::End, 90);
        check(Some(40), 10, Start::End, 40);
        check(Some(40), 60, Start::Beginning, 60);
        check(Some(95), 10, Start::Beginning, 10);
    }
}
