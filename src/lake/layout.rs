//! Every path of every store, and the only place where one is made.
//!
//! ```text
//! state     log/<topic>/<partition>/<epoch>/<n>.json    …/checkpoint/<n>.json
//!           tenants/<tenant>/chain/<n>.json             …/checkpoint/<n>.json
//!           operator/chain/<n>.json                     …/checkpoint/<n>.json
//! landing   tenants/<tenant>/<purpose>/<name>
//!           tenants/<tenant>/evidence/<name>.json
//!           unclaimed/<name>
//! research  <area>/<table>/year=YYYY/release=NNNNNN/part-NNNNN.parquet
//!           <area>/<table>/_delta_log/<n>.json
//!           <area>/releases/release=NNNNNN/manifest.json, dictionary.md, notice.md
//! ```
//!
//! A path belongs to one store by its type: a landing path cannot be given to
//! the research store.
//!
//! ```compile_fail,E0308
//! # use leeward::lake::{layout::LandingPath, store::ResearchStore};
//! # async fn publish(research: ResearchStore, path: LandingPath) {
//! research.get(&path).await;
//! # }
//! ```
//! Nor can one be written by hand.
//!
//! ```compile_fail,E0423
//! # use leeward::lake::layout::LandingPath;
//! LandingPath("tenants/south/landing/x".into());
//! ```

use std::fmt;
use std::marker::PhantomData;

use object_store::path::Path;

use crate::domain::{TenantId, TopicPartition};
use crate::seal::BlobName;

mod landing;
mod research;

pub use landing::LandingFile;
pub use research::{AreaId, DeltaLog, ReleaseDir};

/// A path of one of the three stores.
pub trait Place: fmt::Display + Ord + Clone + Send + Sync + private::Sealed {
    /// The object's path within its store.
    fn as_path(&self) -> &Path;
    #[doc(hidden)]
    fn listed(path: Path) -> Self;
}

mod private {
    pub trait Sealed {}
}

macro_rules! place {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Path);

        impl private::Sealed for $name {}

        impl Place for $name {
            fn as_path(&self) -> &Path {
                &self.0
            }

            fn listed(path: Path) -> Self {
                Self(path)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.as_ref())
            }
        }
    };
}

place! {
    /// A path of the state store.
    StatePath
}
place! {
    /// A path of the landing store.
    LandingPath
}
place! {
    /// A path of the research store.
    ResearchPath
}

/// A folder of one of the three stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder<P> {
    path: Path,
    store: PhantomData<P>,
}

impl<P> Folder<P> {
    fn new(path: String) -> Self {
        Self {
            path: Path::from(path),
            store: PhantomData,
        }
    }

    /// The folder's path within its store.
    #[must_use]
    pub const fn as_path(&self) -> &Path {
        &self.path
    }
}

/// A sequence of objects, each created once and linked to the one before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The commit log of a partition.
    Log {
        /// The partition.
        place: TopicPartition,
        /// Counts the times the log was begun anew, from 0.
        epoch: u32,
    },
    /// A tenant's releases, holds, purges and deeds with keys.
    Tenant(TenantId),
    /// The operator's own deeds: unclaimed records and their purges.
    Operator,
}

impl Chain {
    /// Entry `n`.
    #[must_use]
    pub fn entry(&self, n: u64) -> StatePath {
        StatePath(parsed(&format!("{}/{n:012}.json", self.folder())))
    }

    /// The checkpoint that says that entry `n` exists.
    #[must_use]
    pub fn checkpoint(&self, n: u64) -> StatePath {
        StatePath(parsed(&format!(
            "{}/checkpoint/{n:012}.json",
            self.folder()
        )))
    }

    /// Everything that the chain holds.
    #[must_use]
    pub fn objects(&self) -> Folder<StatePath> {
        Folder::new(self.folder())
    }

    /// The number of the entry that lies at `path`; `None` when none does.
    #[must_use]
    pub fn number_of(&self, path: &StatePath) -> Option<u64> {
        let n = Self::number(path)?;
        (self.entry(n) == *path).then_some(n)
    }

    /// Whether one of its checkpoints lies at `path`.
    #[must_use]
    pub fn is_checkpoint(&self, path: &StatePath) -> bool {
        Self::number(path).is_some_and(|n| self.checkpoint(n) == *path)
    }

    fn number(path: &StatePath) -> Option<u64> {
        path.0.filename()?.strip_suffix(".json")?.parse().ok()
    }

    fn folder(&self) -> String {
        match self {
            Self::Log { place, epoch } => {
                let topic = encode_topic(&place.topic);
                format!("log/{topic}/{}/{epoch:06}", place.partition)
            }
            Self::Tenant(tenant) => format!("tenants/{tenant}/chain"),
            Self::Operator => "operator/chain".to_owned(),
        }
    }
}

/// Where a store is tried out; see [`super::probe`].
pub(super) fn probe(name: BlobName, object: &str) -> Path {
    parsed(&format!("probe/{name}/{object}"))
}

/// The folder of [`probe`].
pub(super) fn probe_folder(name: BlobName) -> Path {
    parsed(&format!("probe/{name}"))
}

fn parsed(path: &str) -> Path {
    Path::parse(path).expect("every part is encoded or of a narrow form")
}

/// A topic's name as one segment: `a-z A-Z 0-9 - _` and any `.` but the first
/// stand for themselves, every other byte is `%XX`, and no name at all is `%`.
/// A legal Kafka name stays readable, and no two names share a segment.
fn encode_topic(topic: &str) -> String {
    if topic.is_empty() {
        return "%".to_owned();
    }
    let mut out = String::with_capacity(topic.len());
    for (i, byte) in topic.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if plain || (byte == b'.' && i > 0) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The topic that [`encode_topic`] wrote.
fn decode_topic(text: &str) -> Option<String> {
    if text == "%" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let mut byte = [0];
            hex::decode_to_slice(after.get(..2)?, &mut byte).ok()?;
            bytes.push(byte[0]);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The folder of all commit logs.
pub(super) fn logs() -> Path {
    parsed("log")
}

/// The folder of all tenants' chains.
pub(super) fn tenants() -> Path {
    parsed("tenants")
}

/// The tenant of a folder in [`tenants`].
pub(super) fn tenant_of(folder: &Path) -> Option<TenantId> {
    TenantId::parse(folder.filename()?)
}

/// The partition and epoch of a log's folder.
pub(super) fn log_of(folder: &Path) -> Option<(TopicPartition, u32)> {
    let parts: Vec<&str> = folder.as_ref().split('/').collect();
    let ["log", topic, partition, epoch] = parts[..] else {
        return None;
    };
    let topic = decode_topic(topic)?;
    let place = TopicPartition::new(&topic, partition.parse().ok()?);
    Some((place, epoch.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tenant(name: &str) -> TenantId {
        TenantId::parse(name).expect("a name")
    }

    #[track_caller]
    fn check(path: &impl Place, expected: &str) {
        assert_eq!(path.as_path().as_ref(), expected);
    }

    #[test]
    fn state_paths() {
        let log = Chain::Log {
            place: TopicPartition::new("north.turns", 11),
            epoch: 2,
        };
        check(&log.entry(5), "log/north.turns/11/000002/000000000005.json");
        check(
            &log.checkpoint(1000),
            "log/north.turns/11/000002/checkpoint/000000001000.json",
        );
        let chain = Chain::Tenant(tenant("north"));
        check(&chain.entry(0), "tenants/north/chain/000000000000.json");
        check(
            &Chain::Operator.entry(7),
            "operator/chain/000000000007.json",
        );
    }

    #[test]
    fn entries_are_known_by_their_paths() {
        let chain = Chain::Tenant(tenant("north"));
        assert_eq!(chain.number_of(&chain.entry(12)), Some(12));
        assert!(chain.is_checkpoint(&chain.checkpoint(12)));
        assert!(!chain.is_checkpoint(&chain.entry(12)));
        let other = Chain::Tenant(tenant("south")).entry(12);
        for foreign in [chain.checkpoint(12), other] {
            assert_eq!(chain.number_of(&foreign), None);
        }
        let short = StatePath(parsed("tenants/north/chain/12.json"));
        assert_eq!(chain.number_of(&short), None);
    }

    #[track_caller]
    fn check_topic(topic: &str, expected: &str) {
        assert_eq!(encode_topic(topic), expected);
    }

    #[test]
    fn topics_become_one_segment() {
        check_topic("north.turns-v2_x", "north.turns-v2_x");
        check_topic("", "%");
        check_topic(".", "%2E");
        check_topic("..", "%2E.");
        check_topic("a/../b", "a%2F..%2Fb");
        check_topic("é#1", "%C3%A9%231");
        check_topic("%2E", "%252E");
    }

    #[test]
    fn a_log_is_known_by_its_folder() {
        for topic in ["calls", "a.b", "clinic/north", "", "é %"] {
            let place = TopicPartition::new(topic, 3);
            let log = Chain::Log {
                place: place.clone(),
                epoch: 2,
            };
            assert_eq!(log_of(&parsed(&log.folder())), Some((place, 2)), "{topic}");
        }
        assert_eq!(log_of(&parsed("log/a/x/000001")), None);
    }

    proptest! {
        #[test]
        fn two_topics_never_share_a_segment(a in "[.%/2Ea]{0,6}", b in "[.%/2Ea]{0,6}") {
            prop_assert_eq!(a == b, encode_topic(&a) == encode_topic(&b));
        }

        #[test]
        fn any_topic_is_one_segment(topic in any::<String>()) {
            let log = Chain::Log { place: TopicPartition::new(&topic, 0), epoch: 0 };
            prop_assert_eq!(log.entry(0).as_path().parts_count(), 5);
        }
    }
}
