//! The sealed files of a batch.

use std::collections::BTreeMap;

use super::sort::Sorted;
use super::whole::Whole;
use super::{Context, index};
use crate::batch::period;
use crate::domain::{Entropy, Phi, RawConversation};
use crate::lake::layout::LandingFile;
use crate::ledger::FileEntry;
use crate::seal::original::{OriginalRecord, encode_conversations, encode_records};
use crate::seal::{Purpose, SealedBlob, seal_to_operator};
use crate::table::CleanRows;
use crate::worker::{Flush, PreparedFile, Sealed};

/// A file and what the evidence says of it.
#[derive(Debug)]
pub(super) struct BatchFile {
    pub(super) file: PreparedFile,
    pub(super) entry: FileEntry,
}

pub(super) fn seal(
    flush: &Flush,
    sorted: &Sorted<'_>,
    context: &Context<'_>,
    entropy: &mut Entropy,
) -> Vec<BatchFile> {
    let mut out = Files {
        context,
        entropy,
        files: Vec::new(),
    };
    out.landed(sorted);
    out.index(sorted);
    let held_back: Vec<&Whole<'_>> = sorted.held_back.iter().map(|(whole, _)| *whole).collect();
    out.conversations(Purpose::HeldBack, "held_back", &held_back);
    out.conversations(Purpose::Quarantine, "quarantine", &sorted.failed);
    if context.assemble.late_ms > 0 {
        out.states(sorted.landed.iter().copied().chain(held_back));
    }
    out.records(flush);
    out.unclaimed(flush);
    out.files
}

struct Files<'a, 'b> {
    context: &'a Context<'b>,
    entropy: &'a mut Entropy,
    files: Vec<BatchFile>,
}

impl Files<'_, '_> {
    fn landed(&mut self, sorted: &Sorted<'_>) {
        if sorted.clean.is_empty() {
            return;
        }
        let tables = CleanRows::of(&sorted.clean).to_parquet();
        let (conversations, turns) = (tables.conversation_rows, tables.turn_rows);
        self.add(
            Purpose::Landing,
            "conversations",
            conversations,
            &tables.conversations,
        );
        self.add(Purpose::Landing, "turns", turns, &tables.turns);
    }

    fn index(&mut self, sorted: &Sorted<'_>) {
        if !sorted.index.is_empty() {
            let lines = index::encode(&sorted.index);
            let rows = sorted.index.len() as u64;
            self.add(Purpose::Index, "index", rows, &lines);
        }
    }

    fn conversations(&mut self, purpose: Purpose, holds: &str, wholes: &[&Whole<'_>]) {
        if wholes.is_empty() {
            return;
        }
        let raw: Vec<&RawConversation> = wholes.iter().map(|w| &*w.conversation).collect();
        let bytes = encode_conversations(&raw);
        self.add(purpose, holds, raw.len() as u64, bytes.expose());
    }

    /// What later records would go on from: a file for what landed now, and one
    /// for each period in which the others first landed.
    fn states<'w>(&mut self, wholes: impl Iterator<Item = &'w Whole<'w>>) {
        let mut periods: BTreeMap<Option<i64>, Vec<&Whole<'_>>> = BTreeMap::new();
        for whole in wholes {
            let first = whole.earlier.map(|earlier| period(earlier.first.at));
            periods.entry(first).or_default().push(whole);
        }
        for wholes in periods.values() {
            self.conversations(Purpose::State, "state", wholes);
            let firsts = wholes.iter().filter_map(|whole| whole.earlier);
            let first = firsts.map(|earlier| earlier.first.at).max();
            if let Some(file) = self.files.last_mut() {
                file.entry.first = first;
            }
        }
    }

    fn records(&mut self, flush: &Flush) {
        if !flush.quarantined.is_empty() {
            let bytes = originals(flush, &flush.quarantined);
            let rows = flush.quarantined.len() as u64;
            self.add(
                Purpose::Quarantine,
                "quarantine_records",
                rows,
                bytes.expose(),
            );
        }
    }

    fn add(&mut self, purpose: Purpose, holds: &str, rows: u64, plaintext: &[u8]) {
        let day = self.context.now.day();
        let sealer = self.context.sealer;
        let blob = sealer.seal(purpose, day, plaintext, self.entropy);
        self.files.push(BatchFile {
            entry: entry(&blob, holds, rows),
            file: PreparedFile::Sealed(blob),
        });
    }

    /// Sealed to the operator, whose key was checked when the configuration
    /// was read; should sealing fail all the same, the tenant's quarantine
    /// takes the records.
    fn unclaimed(&mut self, flush: &Flush) {
        if flush.unclaimed.is_empty() {
            return;
        }
        let bytes = originals(flush, &flush.unclaimed);
        let rows = flush.unclaimed.len() as u64;
        let key = self.context.operator_key;
        match seal_to_operator(key, bytes.expose(), self.entropy) {
            Ok(blob) => self.files.push(BatchFile {
                entry: FileEntry {
                    file: LandingFile::from(&blob),
                    holds: String::from("unclaimed"),
                    rows,
                    bytes: blob.bytes().len() as u64,
                    sha256: blob.sha256(),
                    first: None,
                },
                file: PreparedFile::Unclaimed(blob),
            }),
            Err(_) => self.add(
                Purpose::Quarantine,
                "quarantine_records",
                rows,
                bytes.expose(),
            ),
        }
    }
}

fn entry(blob: &SealedBlob, holds: &str, rows: u64) -> FileEntry {
    FileEntry {
        file: LandingFile::from(blob),
        holds: holds.to_owned(),
        rows,
        bytes: blob.bytes().len() as u64,
        sha256: blob.sha256(),
        first: None,
    }
}

fn originals(flush: &Flush, sealed: &[Sealed]) -> Phi<Vec<u8>> {
    let originals: Vec<OriginalRecord> = sealed
        .iter()
        .map(|Sealed { record, .. }| OriginalRecord {
            place: flush.ticket.partition.clone(),
            offset: record.offset,
            time: record.time,
            key: record.key.clone(),
            headers: record.headers.clone(),
            payload: record.payload.clone(),
        })
        .collect();
    encode_records(&originals)
}
