//! Warnings before an authorisation lapses.

use crate::config::Config;
use crate::domain::{EpochMs, TenantId};

const DAY_MS: i64 = 86_400_000;

/// Days ahead at which operators are warned, nearest first.
const WARNINGS: [i64; 3] = [1, 7, 30];

/// An authorisation that lapses soon, or has lapsed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LapseAlert {
    /// Whose.
    pub tenant: TenantId,
    /// The warning that is due: 30, 7 or 1 days ahead, or 0 once it has lapsed.
    pub within_days: i64,
}

/// The warning that is due for each tenant at `now`, if any: the nearest one.
/// A caller alerts when a tenant's warning changes.
#[must_use]
pub fn lapse_alerts(config: &Config, now: EpochMs) -> Vec<LapseAlert> {
    let tenants = config.tenants.values();
    tenants
        .filter_map(|tenant| {
            let within_days = warning(tenant.authorization.expires.since(now))?;
            Some(LapseAlert {
                tenant: tenant.id.clone(),
                within_days,
            })
        })
        .collect()
}

fn warning(left_ms: i64) -> Option<i64> {
    if left_ms <= 0 {
        return Some(0);
    }
    WARNINGS.into_iter().find(|days| left_ms <= days * DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left_ms: i64, expected: Option<i64>) {
        assert_eq!(warning(left_ms), expected, "{left_ms} ms left");
    }

    #[test]
    fn the_nearest_warning_is_due() {
        check(31 * DAY_MS, None);
        check(30 * DAY_MS + 1, None);
        check(30 * DAY_MS, Some(30));
        check(7 * DAY_MS + 1, Some(30));
        check(7 * DAY_MS, Some(7));
        check(DAY_MS, Some(1));
        check(1, Some(1));
        check(0, Some(0));
        check(i64::MIN, Some(0));
    }
}
