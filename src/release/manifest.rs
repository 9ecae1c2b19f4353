//! The manifest of a release: what it holds and how it was made, with nothing
//! that tells a tenant, a day or a source.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::gate::{Approval, Years};
use super::landed::Tally;
use super::notice::ATTESTATION;
use super::review::Reviewed;
use crate::config::Tenant;
use crate::deid::{Operator, ZIP_TABLE};
use crate::domain::{PolicyHash, Sha256};
use crate::ledger::ReleasedFile;
use crate::table::TABLE_VERSION;

/// The version of the stored form.
pub const MANIFEST_FORMAT: &str = "leeward.release.v1";

/// What a release holds and how it was made. It is written last: a release
/// without one is still being copied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this form: `leeward.release.v1`.
    pub format: String,
    /// What the maker says of the data, and does not say.
    pub attestation: String,
    /// Under which statement of no actual knowledge (45 CFR 164.514(b)(2)(ii))
    /// it went out: how many such statements there had been in this research
    /// area, this one counted. Who made it and when is in the ledger alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_actual_knowledge: Option<u32>,
    /// The release's number in this research area, from 1. It says nothing of
    /// time.
    pub release: u32,
    /// The release whose conversations these are, masked anew under the same
    /// ids, and whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<u32>,
    /// The rule that was applied: `safe_harbor`.
    pub profile: String,
    /// Policies that were applied, by content.
    pub policies: Vec<ManifestPolicy>,
    /// Versions of the de-identification engine with its models.
    pub engines: Vec<String>,
    /// The version of the tables' columns; see the data dictionary.
    pub tables: u32,
    /// The table by which three digits of a ZIP code stay or become `000`.
    pub zip_table: String,
    /// Conversations in this release.
    pub conversations: u64,
    /// Turns in this release.
    pub turns: u64,
    /// Conversations that could have been in it: released and held back.
    pub landed: u64,
    /// Released conversations as a share of those that landed, 0 to 1.
    #[serde(rename = "yield")]
    pub share: f64,
    /// Conversations held back, by reason.
    pub held_back: BTreeMap<String, u64>,
    /// What was done about small cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small_cells: Option<ManifestCells>,
    /// What people read before the release; absent where nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<ManifestReview>,
    /// Whether every conversation lies under `year=0`, since its year and the
    /// time of this release together would date it too closely.
    pub years_withheld: bool,
    /// How many released conversations may still hold an identifier.
    pub leaking_conversations: Leaking,
    /// The files, this one left out.
    pub files: Vec<ManifestFile>,
}

/// A cell is what the columns of `conversations` say of year, state, three-digit
/// ZIP, age and sex together, where they say more than the year. What is said in
/// the text is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestCells {
    /// At least so many conversations of this release share each cell.
    pub k: u64,
    /// Conversations whose attributes are told less exactly for that.
    pub coarsened: u64,
}

/// What people read before a release: a sample drawn by chance of what it
/// publishes, in which they saw nothing that may identify someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestReview {
    /// Conversations that they read.
    pub conversations: u64,
    /// How many people read all of them.
    pub reviewers: u64,
    /// How many samples were drawn before the release went out, this one
    /// counted.
    pub samples: u64,
    /// Conversations held back for what was seen in earlier samples.
    pub leaking_before: u64,
}

/// A policy that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestPolicy {
    /// The SHA-256 of its content, as in the column `policy`.
    #[schemars(with = "String")]
    pub sha256: PolicyHash,
    /// Whether some identifiers were replaced by made-up values; null where
    /// the policy is no longer configured. Where they were, the column
    /// `findings` is null.
    pub surrogates: Option<bool>,
}

/// How many released conversations may still hold an identifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaking {
    /// The upper 95 % bound of their share, 0 to 1; absent where it was not
    /// measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper_95: Option<f64>,
    /// On what it rests: `not measured`, or how it was measured.
    pub basis: String,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Where it lies, from the root of the research store.
    pub path: String,
    /// Rows, for a table's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    #[schemars(with = "String")]
    pub sha256: Sha256,
}

impl Manifest {
    pub(super) fn new(
        (number, supersedes): (u32, Option<u32>),
        tally: &Tally,
        tenant: &Tenant,
        approval: &Approval,
        files: &[ReleasedFile],
    ) -> Self {
        Self {
            format: MANIFEST_FORMAT.to_owned(),
            attestation: ATTESTATION.to_owned(),
            no_actual_knowledge: Some(approval.attested.number),
            release: number,
            supersedes,
            profile: "safe_harbor".to_owned(),
            policies: tally.policies.iter().map(|p| policy(*p, tenant)).collect(),
            engines: tally.engines.iter().cloned().collect(),
            tables: TABLE_VERSION,
            zip_table: ZIP_TABLE.to_owned(),
            conversations: tally.released,
            turns: tally.turns,
            landed: tally.landed,
            share: tally.released as f64 / tally.landed.max(1) as f64,
            held_back: tally.held_back.clone(),
            small_cells: Some(ManifestCells {
                k: tenant.release.small_cells.k as u64,
                coarsened: tally.coarsened,
            }),
            reviewed: approval.review.map(|(_, reviewed)| review(&reviewed)),
            years_withheld: approval.years == Years::Withheld,
            leaking_conversations: leaking(approval.review.map(|(_, reviewed)| reviewed)),
            files: files.iter().map(file).collect(),
        }
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes =
            serde_json::to_vec_pretty(self).expect("a manifest has string keys and finite numbers");
        bytes.push(b'\n');
        bytes
    }
}

fn review(reviewed: &Reviewed) -> ManifestReview {
    ManifestReview {
        conversations: reviewed.conversations,
        reviewers: reviewed.reviewers as u64,
        samples: reviewed.samples as u64,
        leaking_before: reviewed.leaks as u64,
    }
}

fn leaking(reviewed: Option<Reviewed>) -> Leaking {
    let read = |reviewed: Reviewed| {
        format!(
            "seen by reviewers in none of {} conversations drawn by chance (Clopper-Pearson, one-sided)",
            reviewed.conversations
        )
    };
    Leaking {
        upper_95: reviewed.map(|reviewed| reviewed.upper_95()),
        basis: reviewed.map_or_else(|| "not measured".to_owned(), read),
    }
}

fn policy(sha256: PolicyHash, tenant: &Tenant) -> ManifestPolicy {
    let configured = tenant.policy.hash == sha256;
    let surrogates = tenant.policy.operators.contains(&Operator::Surrogate);
    ManifestPolicy {
        sha256,
        surrogates: configured.then_some(surrogates),
    }
}

fn file(file: &ReleasedFile) -> ManifestFile {
    ManifestFile {
        path: file.path.clone(),
        rows: file.path.ends_with(".parquet").then_some(file.rows),
        bytes: file.bytes,
        sha256: file.sha256,
    }
}

/// The JSON Schema of a manifest.
#[must_use]
pub fn manifest_schema() -> Value {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Manifest>()
        .to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EpochMs;
    use crate::lake::layout::LandingFile;
    use crate::ledger::Attested;
    use crate::release::tests::tenant;
    use crate::seal::BlobName;

    fn manifest() -> Manifest {
        let tenant = tenant("north");
        let tally = Tally {
            landed: 10,
            released: 9,
            turns: 30,
            held_back: [(String::from("language"), 1)].into(),
            late: 0,
            coarsened: 4,
            policies: [tenant.policy.hash, Sha256([7; 32])].into(),
            engines: [String::from("leeward-0.1.0")].into(),
            earliest: None,
        };
        let name = BlobName::parse("000102030405060708090a0b0c0d0e0f").expect("a name");
        let released = |path: &str| ReleasedFile {
            staged: LandingFile::Unclaimed { name },
            path: path.to_owned(),
            rows: 9,
            bytes: 5,
            sha256: Sha256::of(b"bytes"),
        };
        let files = ["a/turns/part-00000.parquet", "a/notice.md"].map(released);
        let approval = Approval {
            attested: Attested {
                entry: 40,
                number: 2,
                until: EpochMs(0),
            },
            review: None,
            dating_override: None,
            years: Years::Named,
        };
        Manifest::new((3, Some(1)), &tally, &tenant, &approval, &files)
    }

    /// `UPDATE=1` writes the file instead.
    #[test]
    fn the_repository_holds_the_current_schema() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = root.join("schemas/release-manifest.schema.json");
        let text = format!("{:#}\n", manifest_schema());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).expect("writable");
        }
        let held = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(held == text, "{path:?} is out of date: run with UPDATE=1");
    }

    #[test]
    fn a_manifest_is_of_its_schema_and_round_trips() {
        let manifest = manifest();
        let value: Value = serde_json::from_slice(&manifest.to_bytes()).expect("JSON");
        let schema = jsonschema::validator_for(&manifest_schema()).expect("a schema");
        assert!(schema.is_valid(&value));
        let mut other = value.clone();
        other["released_at"] = Value::from("2026-01-01");
        assert!(!schema.is_valid(&other), "nothing else is let in");
        let read: Manifest = serde_json::from_value(value).expect("a manifest");
        assert_eq!(read, manifest);
    }

    #[test]
    fn it_says_what_is_known_and_no_more() {
        let manifest = manifest();
        assert!((manifest.share - 0.9).abs() < 1e-9);
        assert_eq!(manifest.leaking_conversations.upper_95, None);
        assert_eq!(manifest.leaking_conversations.basis, "not measured");
        let surrogates = manifest.policies.iter().map(|p| p.surrogates);
        let mut surrogates: Vec<_> = surrogates.collect();
        surrogates.sort_unstable();
        assert_eq!(surrogates, [None, Some(false)], "one is not configured");
        assert_eq!(manifest.no_actual_knowledge, Some(2));
        assert_eq!(manifest.files[0].rows, Some(9));
        assert_eq!(manifest.files[1].rows, None);
        let text = String::from_utf8(manifest.to_bytes()).expect("text");
        for never in ["free of identifiers", "anonymous", "north", "BAA"] {
            assert!(!text.contains(never), "{never}");
        }
        assert!(text.contains("Produced by a Safe Harbor process (45 CFR 164.514(b)(2))"));
    }
}
