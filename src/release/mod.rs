//! Release: gated, compacted and shuffled files for research, published once.
//!
//! A release happens when its entry is appended to the tenant's chain, and not
//! before: until then its files lie sealed in the landing store, and from then
//! on anyone may copy them to research, as often as they like.
//!
//! ```text
//! finish ─▶ due? ─▶ read inputs ─▶ gate ─▶ parts ─▶ stage ─▶ append ─▶ publish
//! others'           slots,         why     shuffle  sealed   once      manifest
//! copies            evidence       not                                 last
//! ```

mod cells;
mod delta;
mod error;
mod execute;
mod gate;
mod inputs;
mod landed;
mod manifest;
mod notice;
mod parts;
pub mod plan;
mod publish;
mod refusal;
mod report;
mod review;
mod sample;
mod stage;
mod supersede;
mod withdraw;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use tests::attest;

pub(crate) use delta::commit as delta_commit;
pub use error::{Object, ReleaseError};
pub use execute::{preview, run, run_for};
pub use manifest::{
    Leaking, MANIFEST_FORMAT, Manifest, ManifestCells, ManifestFile, ManifestPolicy,
    ManifestReview, manifest_schema,
};
pub use notice::NO_ACTUAL_KNOWLEDGE;
pub use refusal::Refusal;
pub use report::{Outcome, ReleaseReport, Summary};
pub use review::{Reviewed, Unreviewed, review_gate};
pub use sample::{OpenSample, SAMPLE_FORMAT, Sampled, drawn, open_sample, sample};
pub use supersede::supersede;
pub(crate) use withdraw::notice as withdrawn_notice;
pub use withdraw::{WITHDRAWN_FORMAT, WithdrawnNotice, remove};
