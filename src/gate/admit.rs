//! Whether a record may be processed, from its tenant's agreement alone.

use crate::config::Tenant;
use crate::domain::{EpochMs, Phi};

/// What the gate says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It may be processed.
    Admit,
    /// Whose it is cannot be established: seal it to the operator's key.
    Unclaimed(UnclaimedReason),
    /// Its tenant's partitions pause: nothing is copied and nothing is lost.
    Paused(PauseReason),
}

/// Why a record is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnclaimedReason {
    /// No tenant owns the topic.
    NoTenant,
    /// More than one tenant's patterns match the topic.
    SeveralTenants,
    /// The record names another tenant than the topic's.
    TenantDisagrees,
}

impl UnclaimedReason {
    /// The reason's stable name, for metrics and the ledger.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoTenant => "no_tenant",
            Self::SeveralTenants => "several_tenants",
            Self::TenantDisagrees => "tenant_disagrees",
        }
    }
}

/// Why a tenant's partitions are paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PauseReason {
    /// No business associate agreement is referred to (45 CFR 164.504(e)).
    NoAgreement,
    /// The agreement does not permit de-identification (45 CFR 164.502(d)(1),
    /// 164.504(e)(2)(i)).
    NotPermitted,
    /// The agreement names no purpose of the closed list.
    NoPurpose,
    /// The agreement's authorisation has expired.
    Lapsed,
    /// The list of models was not reviewed within 90 days.
    ReviewLapsed,
}

impl PauseReason {
    /// The reason's stable name, for metrics, status and the ledger.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAgreement => "no_agreement",
            Self::NotPermitted => "not_permitted",
            Self::NoPurpose => "no_purpose",
            Self::Lapsed => "lapsed",
            Self::ReviewLapsed => "review_lapsed",
        }
    }
}

/// Whether a record of `tenant`'s topic may be processed at `now`.
/// `named_tenant` is the tenant that the record itself names.
///
/// The agreement is asked first: nothing of a paused tenant is copied, not
/// even to the unclaimed store.
#[must_use]
pub fn admit(tenant: &Tenant, now: EpochMs, named_tenant: Option<&Phi<String>>) -> Admission {
    if let Some(reason) = pause(tenant, now) {
        return Admission::Paused(reason);
    }
    match named_tenant {
        Some(name) if name.expose() != tenant.id.as_str() => {
            Admission::Unclaimed(UnclaimedReason::TenantDisagrees)
        }
        _ => Admission::Admit,
    }
}

fn pause(tenant: &Tenant, now: EpochMs) -> Option<PauseReason> {
    let agreed = &tenant.authorization;
    let asked = [
        (
            !agreed.baa_reference.trim().is_empty(),
            PauseReason::NoAgreement,
        ),
        (agreed.permits_deidentification, PauseReason::NotPermitted),
        (!agreed.purposes.is_empty(), PauseReason::NoPurpose),
        (now < agreed.expires, PauseReason::Lapsed),
        (now < agreed.lapses(), PauseReason::ReviewLapsed),
    ];
    asked
        .into_iter()
        .find(|(holds, _)| !holds)
        .map(|(_, reason)| reason)
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Secret, resolved};
    use crate::deid::Policy;
    use crate::domain::TenantId;

    /// A tenant whose agreement holds until `expires`.
    pub(crate) fn tenant(name: &str, expires: EpochMs) -> Tenant {
        Tenant {
            clock_times_reason: None,
            id: TenantId::parse(name).expect("a tenant's name"),
            topics: Vec::new(),
            mapping: "native".to_owned(),
            shape: crate::decode::Mapping::shared("native").expect("built in"),
            authorization: resolved::Authorization {
                permits_deidentification: true,
                permits_evaluation: false,
                baa_reference: "BAA-1".to_owned(),
                purposes: vec![resolved::Purpose::PublicHealth],
                expires,
                fields: None,
                inference: None,
                part2_consent: None,
            },
            keys: resolved::Keys {
                sealing: Secret::new([0; 32]),
                ledger: Secret::new([0; 32]),
            },
            policy: Arc::new(Policy::safe_harbor()),
            cases: None,
            release: resolved::Release {
                interval_ms: 1,
                min_conversations: 1,
                min_interval_ms: 1,
                dating_override: None,
                small_cells: resolved::SmallCells {
                    k: 1,
                    action: resolved::SmallCellAction::Coarsen,
                },
                review: None,
                delta: false,
            },
            timers: resolved::Timers {
                kafka_ms: 1,
                kafka_after: resolved::PurgeAfter::Committed,
                quarantine_ms: 1,
                held_back_ms: 1,
                landing_grace_ms: 1,
                state_ms: 0,
            },
            requires_groups: Vec::new(),
            share: resolved::Share::default(),
            unusual: resolved::Unusual {
                at_least: 100_000,
                times: 5,
            },
            written: crate::domain::Sha256::default(),
        }
    }

    fn check(change: impl FnOnce(&mut Tenant), now: i64, named: Option<&str>, expected: Admission) {
        let mut one = tenant("north", EpochMs(1000));
        change(&mut one);
        let named = named.map(|name| Phi::new(name.to_owned()));
        assert_eq!(admit(&one, EpochMs(now), named.as_ref()), expected);
    }

    #[test]
    fn only_a_whole_agreement_admits() {
        use Admission::{Admit, Paused};
        check(|_| (), 999, None, Admit);
        check(|_| (), 1000, None, Paused(PauseReason::Lapsed));
        check(
            |t| t.authorization.permits_deidentification = false,
            0,
            None,
            Paused(PauseReason::NotPermitted),
        );
        check(
            |t| t.authorization.purposes.clear(),
            0,
            None,
            Paused(PauseReason::NoPurpose),
        );
        check(
            |t| t.authorization.baa_reference = "  ".to_owned(),
            0,
            None,
            Paused(PauseReason::NoAgreement),
        );
    }

    #[test]
    fn a_list_of_models_holds_as_long_as_its_review() {
        let reviewed = |until| {
            move |tenant: &mut Tenant| {
                tenant.authorization.inference = Some(resolved::Inference {
                    reviewed: "1970-01-01".to_owned(),
                    review_lapses: EpochMs(until),
                    required: false,
                    calls: Vec::new(),
                });
            }
        };
        let lapsed = |reason| Admission::Paused(reason);
        check(reviewed(500), 499, None, Admission::Admit);
        check(reviewed(500), 500, None, lapsed(PauseReason::ReviewLapsed));
        check(reviewed(1500), 1000, None, lapsed(PauseReason::Lapsed));
    }

    #[test]
    fn a_record_may_repeat_its_tenant_but_not_choose_another() {
        let other = Admission::Unclaimed(UnclaimedReason::TenantDisagrees);
        check(|_| (), 0, Some("north"), Admission::Admit);
        check(|_| (), 0, Some("south"), other);
        check(|_| (), 0, Some("North"), other);
        check(|_| (), 0, Some(""), other);
        check(
            |_| (),
            1000,
            Some("south"),
            Admission::Paused(PauseReason::Lapsed),
        );
    }
}
