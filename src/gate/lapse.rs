//! Warnings before an authorisation lapses.

use crate::config::{Config, lapse_notice};
use crate::domain::{EpochMs, TenantId};

/// An authorisation that lapses soon, or has lapsed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LapseAlert {
    /// Whose.
    pub tenant: TenantId,
    /// The warning that is due: 30, 7 or 1 days ahead, or 0 once it has lapsed.
    pub within_days: u8,
}

/// The warning that is due for each tenant at `now`, if any: the nearest one,
/// of the agreement or of the review of its list of models.
/// A caller alerts when a tenant's warning changes.
#[must_use]
pub fn lapse_alerts(config: &Config, now: EpochMs) -> Vec<LapseAlert> {
    let tenants = config.tenants.values();
    tenants
        .filter_map(|tenant| {
            Some(LapseAlert {
                tenant: tenant.id.clone(),
                within_days: lapse_notice(tenant.authorization.lapses(), now)?,
            })
        })
        .collect()
}
