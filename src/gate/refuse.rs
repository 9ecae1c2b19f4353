//! Whether a conversation may be used, from what its records say of how it came
//! about.
//!
//! A conversation is judged as a whole, once it is closed: its records share
//! known values, and a flag or a consent may stand in any of them. One that is
//! refused is held back: sealed, counted and noted in the ledger, and what
//! comes of it later is judged with it. The engine does not read it.

use crate::config::resolved::{Authorization, Inference};
use crate::domain::{InferenceCall, Phi, Provenance};

/// Why a conversation may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// A record with turns lists no call, and the tenant requires one.
    CallsMissing,
    /// A call names no provider of the tenant's list.
    Provider,
    /// A call names no model of that provider on the list.
    Model,
    /// A call names no endpoint of that model on the list.
    Endpoint,
    /// A call names no project of that endpoint on the list.
    Project,
    /// It is behavioural health, and nothing says that its use is consented to
    /// (42 CFR 2.31).
    Consent,
}

impl Refusal {
    /// The reason's stable name, for metrics and the ledger.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CallsMissing => "inference_missing",
            Self::Provider => "inference_provider_not_listed",
            Self::Model => "inference_model_not_listed",
            Self::Endpoint => "inference_endpoint_not_listed",
            Self::Project => "inference_project_not_listed",
            Self::Consent => "part2_consent_missing",
        }
    }
}

/// Every reason for which a conversation may not be used, each once, in order.
#[must_use]
pub fn refusals(agreed: &Authorization, said: &Provenance) -> Vec<Refusal> {
    let list = agreed.inference.as_ref();
    let missing = list.is_some_and(|list| list.required && said.calls_missing);
    let unlisted = list.into_iter().flat_map(|list| {
        let calls = said.inference.iter();
        calls.filter_map(|call| listed(list, call).err())
    });
    let consented = said.consent.is_some() || agreed.part2_consent.is_some();
    let mut refusals: Vec<Refusal> = unlisted.collect();
    refusals.extend(missing.then_some(Refusal::CallsMissing));
    refusals.extend((said.behavioral_health && !consented).then_some(Refusal::Consent));
    refusals.sort_unstable();
    refusals.dedup();
    refusals
}

/// The place on the list of what a call names; all four names must be equal.
///
/// # Errors
/// The first name that leads to no entry.
pub fn listed(list: &Inference, call: &InferenceCall) -> Result<usize, Refusal> {
    let entries = || list.calls.iter().enumerate();
    let mut left: Vec<usize> = entries().map(|(i, _)| i).collect();
    let mut narrow = |refusal, name: &Option<Phi<String>>, own: fn(&_) -> &String| {
        left.retain(|i| {
            name.as_ref()
                .is_some_and(|n| n.expose() == own(&list.calls[*i]))
        });
        match left.is_empty() {
            true => Err(refusal),
            false => Ok(left[0]),
        }
    };
    narrow(Refusal::Provider, &call.provider, |c| &c.provider)?;
    narrow(Refusal::Model, &call.model, |c| &c.model)?;
    narrow(Refusal::Endpoint, &call.endpoint, |c| &c.endpoint)?;
    narrow(Refusal::Project, &call.project, |c| &c.project)
}

#[cfg(test)]
mod tests {
    use super::super::tenant;
    use super::*;
    use crate::config::resolved::ReviewedCall;
    use crate::domain::EpochMs;

    fn text(text: &str) -> Option<Phi<String>> {
        (text != "-").then(|| Phi::new(text.to_owned()))
    }

    /// A call as `provider model endpoint project`, `-` for none.
    fn call(names: &str) -> InferenceCall {
        let mut names = names.split(' ').map(text);
        let mut next = || names.next().flatten();
        InferenceCall {
            provider: next(),
            model: next(),
            endpoint: next(),
            project: next(),
            ..InferenceCall::default()
        }
    }

    fn list(required: bool) -> Inference {
        let entry = |names: &str| {
            let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
            let [provider, model, endpoint, project] = names.try_into().expect("four names");
            ReviewedCall {
                provider,
                model,
                endpoint,
                project,
                baa_reference: "BAA-9".to_owned(),
            }
        };
        Inference {
            reviewed: "2026-11-01".to_owned(),
            review_lapses: EpochMs(0),
            required,
            calls: ["acme m1 eu p1", "acme m2 us p1", "bolt m1 us p2"]
                .map(entry)
                .into(),
        }
    }

    #[track_caller]
    fn check(required: bool, calls: &[&str], expected: &[&str]) {
        let mut agreed = tenant("north", EpochMs(1)).authorization;
        let said = Provenance {
            inference: calls.iter().map(|names| call(names)).collect(),
            calls_missing: calls.is_empty(),
            ..Provenance::default()
        };
        assert_eq!(refusals(&agreed, &said), [], "nothing is asked");
        agreed.inference = Some(list(required));
        let codes: Vec<&str> = refusals(&agreed, &said).iter().map(|r| r.code()).collect();
        assert_eq!(codes, expected, "{calls:?}");
    }

    #[test]
    fn every_call_must_name_an_entry_whole() {
        check(true, &["acme m1 eu p1", "bolt m1 us p2"], &[]);
        check(
            false,
            &["Acme m1 eu p1"],
            &["inference_provider_not_listed"],
        );
        check(false, &["acme m3 eu p1"], &["inference_model_not_listed"]);
        check(
            false,
            &["acme m1 us p1"],
            &["inference_endpoint_not_listed"],
        );
        check(false, &["bolt m1 us p1"], &["inference_project_not_listed"]);
        check(false, &["acme m1 eu -"], &["inference_project_not_listed"]);
        check(false, &["- - - -"], &["inference_provider_not_listed"]);
        check(
            false,
            &[
                "acme m1 eu p1",
                "cog m1 eu p1",
                "acme m2 us p2",
                "cog m2 eu p1",
            ],
            &[
                "inference_provider_not_listed",
                "inference_project_not_listed",
            ],
        );
    }

    #[test]
    fn calls_are_missed_only_where_they_are_required() {
        check(true, &[], &["inference_missing"]);
        check(false, &[], &[]);
    }

    #[test]
    fn a_call_is_known_by_its_place_on_the_list() {
        assert_eq!(listed(&list(false), &call("acme m2 us p1")), Ok(1));
        assert_eq!(listed(&list(false), &call("bolt m1 us p2")), Ok(2));
    }

    #[test]
    fn behavioral_health_needs_a_consent_of_its_own_or_the_tenant_s() {
        for (flagged, own, tenants, refused) in [
            (true, "-", None, true),
            (true, "c-1", None, false),
            (true, "-", Some("all-1"), false),
            (false, "-", None, false),
        ] {
            let mut agreed = tenant("north", EpochMs(1)).authorization;
            agreed.part2_consent = tenants.map(str::to_owned);
            let said = Provenance {
                behavioral_health: flagged,
                consent: text(own),
                ..Provenance::default()
            };
            let expected = if refused {
                &[Refusal::Consent][..]
            } else {
                &[]
            };
            assert_eq!(
                refusals(&agreed, &said),
                expected,
                "{flagged} {own} {tenants:?}"
            );
        }
    }
}
