//! Lapses of tenants' authorisations, told once each: 30, 7 and 1 days ahead,
//! and when they have come.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::domain::EpochMs;
use crate::gate::{LapseAlert, lapse_alerts};

/// The warnings that stand and were told.
#[derive(Debug, Default)]
pub(super) struct Lapses(BTreeSet<LapseAlert>);

impl Lapses {
    /// The warnings that are due at `now` and were not told before.
    fn fresh(&mut self, config: &Config, now: EpochMs) -> Vec<LapseAlert> {
        let due: BTreeSet<LapseAlert> = lapse_alerts(config, now).into_iter().collect();
        let fresh = due.difference(&self.0).cloned().collect();
        self.0 = due;
        fresh
    }

    /// Logs them.
    pub(super) fn tell(&mut self, config: &Config, now: EpochMs) {
        for alert in self.fresh(config, now) {
            let (tenant, days) = (alert.tenant.as_str(), u64::from(alert.within_days));
            if days == 0 {
                tracing::error!(event = "authorization_lapsed", tenant);
            } else {
                tracing::warn!(event = "authorization_lapses", tenant, days);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::resolved::Inference;

    const DAY: i64 = 86_400_000;

    #[test]
    fn each_warning_is_told_once_and_a_renewal_takes_it_back() {
        let mut config = crate::gate::config(&[("north", &["calls"]), ("south", &["chats"])]);
        let expire = |name: &str, config: &mut Config, day: i64| {
            let mut tenants = config.tenants.values_mut();
            let tenant = tenants.find(|t| t.id.as_str() == name);
            let tenant = Arc::make_mut(tenant.expect("it is there"));
            tenant.authorization.expires = EpochMs(day * DAY);
        };
        expire("north", &mut config, 100);
        expire("south", &mut config, 900);
        let mut lapses = Lapses::default();
        let mut told = |config: &Config, day: i64| -> Vec<u8> {
            let fresh = lapses.fresh(config, EpochMs(day * DAY));
            fresh.iter().map(|alert| alert.within_days).collect()
        };
        let days = [10, 69, 70, 71, 93, 94, 99, 100, 101];
        let all: Vec<Vec<u8>> = days.iter().map(|day| told(&config, *day)).collect();
        let expected: [&[u8]; 9] = [&[], &[], &[30], &[], &[7], &[], &[1], &[0], &[]];
        assert_eq!(all, expected);
        expire("north", &mut config, 120);
        assert_eq!(told(&config, 101), [30], "renewed, and not for long");
        expire("north", &mut config, 900);
        assert!(told(&config, 102).is_empty());
        let tenant = config.tenants.values_mut().next().expect("one");
        Arc::make_mut(tenant).authorization.inference = Some(Inference {
            reviewed: String::from("1970-01-01"),
            review_lapses: EpochMs(105 * DAY),
            required: false,
            calls: Vec::new(),
        });
        assert_eq!(told(&config, 103), [7], "the review of its models");
    }
}
