//! What was agreed with a tenant, as it is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Field;

/// What was agreed with a tenant. Everything is off unless stated.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Authorization {
    /// The agreement permits de-identification (45 CFR 164.502(d)(1),
    /// 164.504(e)(2)).
    pub(crate) permits_deidentification: bool,
    /// The agreement permits evaluation and training on the tenant's text.
    pub(crate) permits_evaluation: bool,
    /// Reference of the business associate agreement.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) baa_reference: Option<String>,
    /// Uses that were agreed, at least one.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) purposes: Option<Vec<Option<Purpose>>>,
    /// The last day (UTC) on which the agreement holds, as in `2027-06-30`.
    #[schemars(extend("x-required" = true), extend("title" = "a day such as `2027-06-30`", "pattern" = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub(crate) expires: Option<String>,
    /// What of a conversation may leave beside its text, the minimum necessary
    /// (45 CFR 164.502(b)); without it, all. The rest is dropped before it lands.
    pub(crate) fields: Option<Vec<Option<Field>>>,
    /// The models whose calls may have taken part in a conversation; without
    /// it, calls that records list are not judged.
    pub(crate) inference: Option<Inference>,
    /// What permits the use of conversations of behavioural health (42 CFR
    /// Part 2) that name no consent of their own.
    pub(crate) part2: Option<Part2>,
}

/// The models that were reviewed. A conversation with a call of another is held
/// back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Inference {
    /// The day (UTC) on which the list was last reviewed, as in `2026-11-01`.
    /// It holds for 90 days; then the tenant's topics are paused.
    #[schemars(extend("x-required" = true), extend("title" = "a day such as `2026-11-01`", "pattern" = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub(crate) reviewed: Option<String>,
    /// Every record with turns must list a call.
    pub(crate) required: bool,
    /// Reviewed calls.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) calls: Option<Vec<Option<ReviewedCall>>>,
}

/// What a call must name, exactly as written, and what was agreed for it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ReviewedCall {
    /// Whose model it is.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) provider: Option<String>,
    /// The model.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) model: Option<String>,
    /// Where it is called.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) endpoint: Option<String>,
    /// The account or project at the provider.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) project: Option<String>,
    /// Reference of the business associate agreement with the provider.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) baa_reference: Option<String>,
    /// The provider keeps nothing of a call. Must be `true`.
    pub(crate) zero_data_retention: bool,
}

/// What permits the use of conversations of behavioural health.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Part2 {
    /// Reference of the consents that the tenant holds (42 CFR 2.31).
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) consent_reference: Option<String>,
}

/// A research use. The list is closed; uses that are not research on the
/// tenant's behalf stand in it to be refused by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// Research into care and its delivery.
    HealthServicesResearch,
    /// Clinical research.
    ClinicalResearch,
    /// Public health.
    PublicHealth,
    /// Improving the quality of the tenant's own care.
    QualityImprovement,
    /// Research into patient safety.
    PatientSafety,
    /// Refused: not research.
    ModelImprovement,
    /// Refused: not research.
    ModelTraining,
    /// Refused: not research.
    ProductImprovement,
    /// Refused: not research.
    ServiceImprovement,
    /// Refused: not research.
    Analytics,
    /// Refused: needs the individual's own authorization.
    Marketing,
    /// Refused: needs the individual's own authorization.
    Sale,
}
