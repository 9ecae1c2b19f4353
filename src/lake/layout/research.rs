//! Paths of the research store.

use std::fmt;

use object_store::path::Path;
use serde::{Deserialize, Serialize};

use super::{Folder, ResearchPath, parsed};
use crate::domain::{Entropy, ResearchId};
use crate::table::Table;

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
    /// makes the column text. No segment but a Delta log's begins with `_` or `.`, since some
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

    /// That the release was withdrawn; then nothing else of it lies there.
    #[must_use]
    pub fn withdrawn(&self) -> ResearchPath {
        self.beside("withdrawn.json")
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

    /// The file of this release at `path`, as a stored deed names it; `None`
    /// when it is not one, since a deed must not reach into another's.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<ResearchPath> {
        let inside = path.strip_prefix(&format!("{}/", self.area))?;
        let folder = format!("release={:06}", self.number);
        let segments: Vec<&str> = inside.split('/').collect();
        let known = match segments[..] {
            ["releases", release, _] => release == folder,
            [table, year, release, _] => {
                Table::ALL.iter().any(|t| t.name() == table)
                    && year.starts_with("year=")
                    && release == folder
            }
            _ => false,
        };
        let path = Path::parse(path).ok()?;
        known.then_some(ResearchPath(path))
    }

    fn beside(&self, name: &str) -> ResearchPath {
        let Self { area, number } = self;
        ResearchPath(parsed(&format!(
            "{area}/releases/release={number:06}/{name}"
        )))
    }
}

/// The log by which Delta's readers find a table's files. It lies in the
/// table's folder, where a reader of all that the folder holds meets it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeltaLog {
    /// The research area.
    pub area: AreaId,
    /// The table.
    pub table: Table,
}

impl DeltaLog {
    /// Commit `n`, from 0.
    #[must_use]
    pub fn commit(&self, n: usize) -> ResearchPath {
        let (area, table) = (self.area, self.table.name());
        ResearchPath(parsed(&format!("{area}/{table}/_delta_log/{n:020}.json")))
    }
}

impl ResearchPath {
    /// Reads a path that a release wrote down; `None` unless it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Path::parse(text).ok().map(Self)
    }
}

impl Folder<ResearchPath> {
    /// All that a research area holds.
    #[must_use]
    pub fn area(area: AreaId) -> Self {
        Self::new(area.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for file in [release.part(Table::Turns, None, 0), release.notice()] {
            assert_eq!(release.file(&file.to_string()), Some(file));
        }
        let other = ReleaseDir {
            number: 4,
            ..release
        };
        for foreign in [
            other.manifest().to_string(),
            format!("{area}/releases/release=000003/../x"),
            format!("{area}/x/year=1/release=000003/x"),
            String::from("x/releases/release=000003/manifest.json"),
        ] {
            assert_eq!(release.file(&foreign), None, "{foreign}");
        }
        assert_eq!(
            release.manifest().to_string(),
            format!("{area}/releases/release=000003/manifest.json")
        );
    }
}
