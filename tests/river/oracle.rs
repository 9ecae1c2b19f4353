//! The oracle: after a release, where is every conversation? It knows what was
//! sent, opens the sealed evidence with the tenants' keys, and counts in what
//! research sees.

use std::collections::{BTreeMap, BTreeSet};

use leeward::domain::{Sha256, TenantId};
use leeward::lake::layout::LandingFile;
use leeward::lake::log::Slot;
use leeward::ledger::{Evidence, FileEntry, Note};
use leeward::seal::original::{decode_conversations, decode_records};
use leeward::seal::{BlobName, LedgerKey, Purpose, Sealer};
use serde::Deserialize;

use super::course::Course;
use super::load::Sent;
use super::logs::Logs;
use super::research::{Area, Copy};
use crate::support::block_on;

/// Sealed evidence of one tenant, opened.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// Keyed digest of a conversation's source id → its research ids.
    pub(crate) index: BTreeMap<String, BTreeSet<String>>,
    /// Source ids that are held back, with how often.
    pub(crate) held_back: BTreeMap<String, u32>,
    /// Source ids that are quarantined, with how often.
    pub(crate) quarantined: BTreeMap<String, u32>,
    /// Digests that a note gives a reason for, and the reasons.
    pub(crate) reasons: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct IndexLine {
    subject: String,
    conversation_id: String,
}

/// Opens what the slots' evidence names of tenant `n`; every hash on the way
/// must agree.
pub(crate) fn open(course: &Course, logs: &Logs<'_>, n: usize) -> Opened {
    let tenant = course.tenant(n);
    let sealer = Sealer::new(&tenant.id, &tenant.keys);
    let mut opened = Opened::default();
    for slot in logs.all() {
        let Some(evidence) = evidence(course, slot, &tenant.id) else {
            continue;
        };
        opened.note(&evidence.notes);
        for entry in &evidence.files {
            opened.file(course, &sealer, entry);
        }
    }
    opened
}

pub(crate) fn evidence(course: &Course, slot: &Slot, tenant: &TenantId) -> Option<Evidence> {
    let leaf = slot.leaves.get(tenant)?;
    let name = BlobName::parse(&leaf.name).expect("a name");
    let file = LandingFile::Evidence {
        tenant: tenant.clone(),
        name,
    };
    let bytes = block_on(course.stores.landing.get(&file.path())).expect("the store answers");
    let bytes = bytes.expect("evidence that a slot names is there");
    assert_eq!(
        Sha256::of(&bytes),
        leaf.sha256,
        "evidence is what the slot says"
    );
    Some(Evidence::from_bytes(slot.n, &bytes).expect("evidence"))
}

impl Opened {
    fn note(&mut self, notes: &[Note]) {
        for note in notes {
            let (subject, reasons) = match note {
                Note::HeldBack { subject, reasons } => (subject, reasons.clone()),
                Note::Quarantined { subject, reason } | Note::Unclaimed { subject, reason } => {
                    (subject, vec![reason.clone()])
                }
                Note::Consented { .. } => continue,
            };
            self.reasons
                .entry(subject.clone())
                .or_default()
                .extend(reasons);
        }
    }

    fn file(&mut self, course: &Course, sealer: &Sealer, entry: &FileEntry) {
        let LandingFile::Sealed { purpose, name, .. } = &entry.file else {
            return;
        };
        let bytes = block_on(course.stores.landing.get(&entry.file.path()));
        let bytes = bytes
            .expect("the store answers")
            .expect("a file that evidence names");
        assert_eq!(
            Sha256::of(&bytes),
            entry.sha256,
            "{} is what evidence says",
            entry.holds
        );
        let opened = sealer.open(*purpose, *name, &bytes).expect("it opens");
        match entry.holds.as_str() {
            "index" => {
                assert_eq!(*purpose, Purpose::Index);
                self.index_lines(opened.expose());
            }
            "held_back" => {
                let held = decode_conversations(&opened).expect("conversations");
                assert_eq!(held.len() as u64, entry.rows);
                for c in held {
                    *self
                        .held_back
                        .entry(c.conversation.expose().to_owned())
                        .or_default() += 1;
                }
            }
            "quarantine" => {
                for id in quarantined_ids(&opened) {
                    *self.quarantined.entry(id).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    fn index_lines(&mut self, bytes: &[u8]) {
        for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            let line: IndexLine = serde_json::from_slice(line).expect("a line of the index");
            self.index
                .entry(line.subject)
                .or_default()
                .insert(line.conversation_id);
        }
    }
}

/// Records are known by their key, which is the conversation's id.
fn quarantined_ids(opened: &leeward::domain::Phi<Vec<u8>>) -> BTreeSet<String> {
    if let Ok(conversations) = decode_conversations(opened) {
        let id = |c: &leeward::domain::RawConversation| c.conversation.expose().to_owned();
        return conversations.iter().map(id).collect();
    }
    let records = decode_records(opened).expect("records or conversations");
    let keys = records.iter().filter_map(|r| r.key.as_ref());
    keys.map(|key| String::from_utf8_lossy(key.expose()).into_owned())
        .collect()
}

/// Where conversations are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// In released Parquet.
    pub(crate) released: u64,
    /// Held back.
    pub(crate) held_back: u64,
    /// Quarantined.
    pub(crate) quarantined: u64,
}

impl Tally {
    fn all(&self) -> u64 {
        self.released + self.held_back + self.quarantined
    }

    /// The share that did not reach research, in per cent.
    pub(crate) fn kept_back(&self) -> f64 {
        100.0 * (self.held_back + self.quarantined) as f64 / self.all().max(1) as f64
    }
}

/// Asserts that every conversation of `sent` is in exactly one place, that of
/// its own tenant, and that nothing else is anywhere. Tells the shares.
///
/// # Panics
/// With every violation.
pub(crate) fn verify(course: &Course, sent: &[Sent], most_kept_back: f64) -> Tally {
    let mut logs = Logs::of(course);
    logs.read();
    let records: usize = sent.iter().map(|s| s.records.len()).sum();
    assert_eq!(
        logs.records_read(),
        records as u64,
        "each committed record was read once"
    );
    assert_eq!(logs.records_fated(), records as u64, "each has one fate");
    let areas = Copy::of(course).areas(course);
    let opened: Vec<Opened> = (0..course.topics.len())
        .map(|n| open(course, &logs, n))
        .collect();
    let mut violations = Vec::new();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for one in sent {
        match place_of(course, one, &opened, &areas) {
            Ok(place) => place.count(tallies.entry(&one.corpus).or_default()),
            Err(what) => violations.push(format!("{} of {}: {what}", one.id, one.corpus)),
        }
    }
    violations.extend(strangers(course, sent, &opened, &areas));
    let first = &violations[..violations.len().min(20)];
    assert!(
        violations.is_empty(),
        "{} violations:\n{}",
        violations.len(),
        first.join("\n")
    );
    let tally = told(&tallies, most_kept_back);
    let said = course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
    assert!(!said.is_empty(), "it says what it verified");
    tally
}

#[derive(Clone, Copy)]
enum PlaceOf {
    Released,
    HeldBack,
    Quarantined,
}

impl PlaceOf {
    const fn count(self, tally: &mut Tally) {
        match self {
            Self::Released => tally.released += 1,
            Self::HeldBack => tally.held_back += 1,
            Self::Quarantined => tally.quarantined += 1,
        }
    }
}

/// The one place in which `sent` is; what is wrong where it is in none or two.
fn place_of(
    course: &Course,
    sent: &Sent,
    opened: &[Opened],
    areas: &[Area],
) -> Result<PlaceOf, String> {
    let mine = &opened[sent.tenant];
    let digest = digest(course, sent.tenant, &sent.id);
    let ids = mine.index.get(&digest).cloned().unwrap_or_default();
    let rows: Vec<_> = ids
        .iter()
        .filter_map(|id| areas[sent.tenant].rows.get(id))
        .collect();
    let held = mine.held_back.get(&sent.id).copied().unwrap_or(0);
    let quarantined = mine.quarantined.get(&sent.id).copied().unwrap_or(0);
    let reason = mine.reasons.get(&digest).is_some_and(|r| !r.is_empty());
    let foreign = |n: &usize| *n != sent.tenant;
    if (0..areas.len())
        .filter(foreign)
        .any(|n| ids.iter().any(|id| areas[n].rows.contains_key(id)))
    {
        return Err("its research id is in another tenant's area".into());
    }
    match (rows.as_slice(), held, quarantined) {
        ([rows], 0, 0) => {
            let turns = sent.turns as u64;
            let whole =
                rows.conversations == 1 && rows.turns == turns && rows.stated_turns == turns;
            let wrong = || format!("{rows:?} of {turns} turns");
            whole.then_some(PlaceOf::Released).ok_or_else(wrong)
        }
        ([], 1, 0) if reason => Ok(PlaceOf::HeldBack),
        ([], 0, 1) if reason => Ok(PlaceOf::Quarantined),
        (rows, held, quarantined) => Err(format!(
            "{} research ids, {} released, {held} held back, {quarantined} quarantined, \
             {} turns in {} records, a reason: {reason}",
            ids.len(),
            rows.len(),
            sent.turns,
            sent.records.len(),
        )),
    }
}

fn digest(course: &Course, tenant: usize, id: &str) -> String {
    let key = LedgerKey::new(&course.tenant(tenant).keys);
    key.digest("conversation", id.as_bytes()).to_string()
}

/// What is somewhere and was not sent there.
fn strangers(course: &Course, sent: &[Sent], opened: &[Opened], areas: &[Area]) -> Vec<String> {
    let mut violations = Vec::new();
    for (n, (opened, area)) in opened.iter().zip(areas).enumerate() {
        let mine = || sent.iter().filter(|s| s.tenant == n);
        let ids: BTreeSet<&str> = mine().map(|s| s.id.as_str()).collect();
        let digests: BTreeSet<String> = mine().map(|s| digest(course, n, &s.id)).collect();
        let known: BTreeSet<&String> = opened.index.values().flatten().collect();
        let rows = area.rows.keys().filter(|id| !known.contains(id));
        violations.extend(rows.map(|_| "a released conversation is in no index".to_owned()));
        let index = opened.index.keys().filter(|d| !digests.contains(*d));
        violations.extend(index.map(|_| "an index names a conversation never sent".to_owned()));
        let sealed = opened.held_back.keys().chain(opened.quarantined.keys());
        let sealed = sealed.filter(|id| !ids.contains(id.as_str()));
        violations.extend(sealed.map(|id| format!("{id} is sealed and was never sent")));
    }
    violations
}

fn told(tallies: &BTreeMap<&str, Tally>, most_kept_back: f64) -> Tally {
    let mut all = Tally::default();
    for (corpus, tally) in tallies {
        tell(corpus, tally);
        all.released += tally.released;
        all.held_back += tally.held_back;
        all.quarantined += tally.quarantined;
    }
    tell("all", &all);
    let share = all.kept_back();
    assert!(
        share <= most_kept_back,
        "{share:.1} % kept back, at most {most_kept_back} allowed"
    );
    all
}

fn tell(corpus: &str, tally: &Tally) {
    let Tally {
        released,
        held_back,
        quarantined,
    } = tally;
    eprintln!(
        "{corpus:>18}: {released:>5} released {held_back:>4} held back {quarantined:>4} quarantined ({:.1} % kept back)",
        tally.kept_back()
    );
}
