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
use serde::{Deserialize, Serialize};

use crate::domain::{Entropy, ResearchId, TenantId, TopicPartition};
use crate::seal::{BlobName, Purpose, SealedBlob, UnclaimedBlob};
use crate::table::Table;

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

/// What a file of the landing store is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LandingFile {
    /// A sealed file of a tenant.
    Sealed {
        /// Whose it is.
        tenant: TenantId,
        /// What it is for.
        purpose: Purpose,
        /// Its name.
        name: BlobName,
    },
    /// What a slot says of a tenant's files.
    Evidence {
        /// Whose it is.
        tenant: TenantId,
        /// Its name.
        name: BlobName,
    },
    /// A record whose tenant could not be established, sealed to the operator.
    Unclaimed {
        /// Its name.
        name: BlobName,
    },
}

impl LandingFile {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> LandingPath {
        LandingPath(parsed(&match self {
            Self::Sealed {
                tenant,
                purpose,
                name,
            } => format!("tenants/{tenant}/{}/{name}", purpose.segment()),
            Self::Evidence { tenant, name } => format!("tenants/{tenant}/evidence/{name}.json"),
            Self::Unclaimed { name } => format!("unclaimed/{name}"),
        }))
    }
}

impl From<&SealedBlob> for LandingFile {
    fn from(blob: &SealedBlob) -> Self {
        Self::Sealed {
            tenant: blob.tenant().clone(),
            purpose: blob.purpose(),
            name: blob.name(),
        }
    }
}

impl From<&UnclaimedBlob> for LandingFile {
    fn from(blob: &UnclaimedBlob) -> Self {
        Self::Unclaimed { name: blob.name() }
    }
}

impl LandingPath {
    /// What lies there; `None` for a file that this program did not write.
    #[must_use]
    pub fn file(&self) -> Option<LandingFile> {
        let parts: Vec<&str> = self.0.as_ref().split('/').collect();
        match parts[..] {
            ["unclaimed", name] => Some(LandingFile::Unclaimed {
                name: BlobName::parse(name)?,
            }),
            ["tenants", tenant, "evidence", name] => Some(LandingFile::Evidence {
                tenant: TenantId::parse(tenant)?,
                name: BlobName::parse(name.strip_suffix(".json")?)?,
            }),
            ["tenants", tenant, purpose, name] => Some(LandingFile::Sealed {
                tenant: TenantId::parse(tenant)?,
                purpose: Purpose::of_segment(purpose)?,
                name: BlobName::parse(name)?,
            }),
            _ => None,
        }
    }
}

impl Folder<LandingPath> {
    /// All files of a tenant.
    #[must_use]
    pub fn tenant(tenant: &TenantId) -> Self {
        Self::new(format!("tenants/{tenant}"))
    }

    /// A tenant's sealed files of one purpose.
    #[must_use]
    pub fn sealed(tenant: &TenantId, purpose: Purpose) -> Self {
        Self::new(format!("tenants/{tenant}/{}", purpose.segment()))
    }

    /// Files sealed to the operator.
    #[must_use]
    pub fn unclaimed() -> Self {
        Self::new("unclaimed".to_owned())
    }
}

/// A research area's id: random per tenant and recipient, related to nothing,
/// so that a path names no tenant (45 CFR 164.514(c)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AreaId(ResearchId);

impl AreaId {
    /// Draws an id.
    pub fn draw(entropy: &mut Entropy) -> Self {
        Self(ResearchId::draw(entropy))
    }

    /// Reads the hyphenated form that [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        ResearchId::parse(text).map(Self)
    }
}

impl fmt::Display for AreaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// One release in a research area. Its number counts from 1 and says nothing
/// of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseDir {
    /// The research area.
    pub area: AreaId,
    /// The release's number in it.
    pub number: u32,
}

impl ReleaseDir {
    /// Part `part` of `table` for the conversations of `year`.
    ///
    /// A conversation whose year is unknown lies under `year=0`: Hive's own
    /// word for it stops pandas from reading the folder, and any other word
    /// makes the column text. No segment begins with `_` or `.`, since some
    /// readers skip such and some do not.
    #[must_use]
    pub fn part(&self, table: Table, year: Option<i16>, part: u32) -> ResearchPath {
        let year = year.filter(|y| *y > 0).unwrap_or(0);
        ResearchPath(parsed(&format!(
            "{}/{}/year={year}/release={:06}/part-{part:05}.parquet",
            self.area,
            table.name(),
            self.number,
        )))
    }

    /// What the release holds and how it was made; written last.
    #[must_use]
    pub fn manifest(&self) -> ResearchPath {
        self.beside("manifest.json")
    }

    /// What the columns mean.
    #[must_use]
    pub fn dictionary(&self) -> ResearchPath {
        self.beside("dictionary.md")
    }

    /// The condition that nobody is to be re-identified.
    #[must_use]
    pub fn notice(&self) -> ResearchPath {
        self.beside("notice.md")
    }

    fn beside(&self, name: &str) -> ResearchPath {
        let Self { area, number } = self;
        ResearchPath(parsed(&format!(
            "{area}/releases/release={number:06}/{name}"
        )))
    }
}

impl Folder<ResearchPath> {
    /// All that a research area holds.
    #[must_use]
    pub fn area(area: AreaId) -> Self {
        Self::new(area.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name() -> BlobName {
        BlobName::parse("000102030405060708090a0b0c0d0e0f").expect("a name")
    }

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
    fn landing_paths_and_back() {
        let sealed = |purpose| LandingFile::Sealed {
            tenant: tenant("north"),
            purpose,
            name: name(),
        };
        let cases = [
            (
                sealed(Purpose::HeldBack),
                "tenants/north/held-back/000102030405060708090a0b0c0d0e0f",
            ),
            (
                LandingFile::Evidence {
                    tenant: tenant("north"),
                    name: name(),
                },
                "tenants/north/evidence/000102030405060708090a0b0c0d0e0f.json",
            ),
            (
                LandingFile::Unclaimed { name: name() },
                "unclaimed/000102030405060708090a0b0c0d0e0f",
            ),
        ];
        for (file, path) in cases {
            check(&file.path(), path);
            assert_eq!(file.path().file(), Some(file));
        }
        for purpose in Purpose::ALL {
            assert_eq!(sealed(purpose).path().file(), Some(sealed(purpose)));
        }
        for foreign in [
            "tenants/north/landing/x",
            "x",
            "tenants/North/evidence/x.json",
        ] {
            assert_eq!(LandingPath::listed(Path::from(foreign)).file(), None);
        }
    }

    #[test]
    fn research_paths() {
        let area = AreaId::draw(&mut Entropy::from_u64(1));
        let release = ReleaseDir { area, number: 3 };
        let part = |year| release.part(Table::Turns, year, 4).to_string();
        assert_eq!(
            part(Some(2026)),
            format!("{area}/turns/year=2026/release=000003/part-00004.parquet")
        );
        for unknown in [None, Some(0), Some(-1)] {
            assert!(part(unknown).contains("/year=0/"));
        }
        check(
            &release.manifest(),
            &format!("{area}/releases/release=000003/manifest.json"),
        );
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
