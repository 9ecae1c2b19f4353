//! Topic → tenant. A topic belongs to exactly one tenant.

use std::collections::BTreeMap;

use regex::Regex;

use super::UnclaimedReason;
use crate::config::{Config, Tenant};
use crate::domain::TenantId;

/// A fault of the tenants' topics.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// A pattern that cannot be read.
    #[error("tenant {tenant}: topic pattern {topic:?} is not a regular expression")]
    BadPattern {
        /// Whose.
        tenant: TenantId,
        /// The pattern.
        topic: String,
    },
    /// A topic that two tenants claim.
    #[error("topic {topic:?} is claimed by tenants {first} and {second}; give it to one")]
    Overlap {
        /// The topic, as one of them names it.
        topic: String,
        /// One claimant.
        first: TenantId,
        /// The other.
        second: TenantId,
    },
}

/// Which tenant owns which topic.
#[derive(Debug, Clone)]
pub struct Routes {
    exact: BTreeMap<String, TenantId>,
    patterns: Vec<(Regex, TenantId)>,
}

impl Routes {
    /// Reads the topics of every tenant: exact names, or patterns that begin
    /// with `^`.
    ///
    /// Two patterns may overlap without it being seen here; a topic that both
    /// match is then nobody's ([`Routes::owner`]).
    ///
    /// # Errors
    /// Every bad pattern, and every exact topic that a second tenant claims.
    pub fn new(config: &Config) -> Result<Self, Vec<RouteError>> {
        Self::of(config.tenants.values().map(AsRef::as_ref))
    }

    /// [`Self::new`] for some tenants: for one alone, what it claims.
    ///
    /// # Errors
    /// Every bad pattern, and every exact topic that a second tenant claims.
    pub fn of<'a>(tenants: impl IntoIterator<Item = &'a Tenant>) -> Result<Self, Vec<RouteError>> {
        let claims = tenants
            .into_iter()
            .flat_map(|tenant| tenant.topics.iter().map(move |topic| (&tenant.id, topic)));
        let mut routes = Self {
            exact: BTreeMap::new(),
            patterns: Vec::new(),
        };
        let mut errors = Vec::new();
        for (tenant, topic) in claims {
            if let Err(error) = routes.claim(tenant, topic) {
                errors.push(error);
            }
        }
        errors.extend(routes.overlaps());
        if errors.is_empty() {
            Ok(routes)
        } else {
            Err(errors)
        }
    }

    fn claim(&mut self, tenant: &TenantId, topic: &str) -> Result<(), RouteError> {
        if topic.starts_with('^') {
            let pattern = Regex::new(topic).map_err(|_| RouteError::BadPattern {
                tenant: tenant.clone(),
                topic: topic.to_owned(),
            })?;
            self.patterns.push((pattern, tenant.clone()));
            return Ok(());
        }
        match self.exact.insert(topic.to_owned(), tenant.clone()) {
            Some(first) if first != *tenant => Err(RouteError::Overlap {
                topic: topic.to_owned(),
                first,
                second: tenant.clone(),
            }),
            _ => Ok(()),
        }
    }

    fn overlaps(&self) -> impl Iterator<Item = RouteError> {
        self.exact.iter().flat_map(|(topic, first)| {
            let others = self
                .patterns
                .iter()
                .filter(move |(pattern, second)| second != first && pattern.is_match(topic));
            others.map(move |(_, second)| RouteError::Overlap {
                topic: topic.clone(),
                first: first.clone(),
                second: second.clone(),
            })
        })
    }

    /// The tenant that owns a topic.
    ///
    /// # Errors
    /// [`UnclaimedReason::NoTenant`] or [`UnclaimedReason::SeveralTenants`].
    pub fn owner(&self, topic: &str) -> Result<&TenantId, UnclaimedReason> {
        let exact = self.exact.get(topic).into_iter();
        let matching = self
            .patterns
            .iter()
            .filter(|(pattern, _)| pattern.is_match(topic))
            .map(|(_, tenant)| tenant);
        let mut owners = exact.chain(matching);
        let first = owners.next().ok_or(UnclaimedReason::NoTenant)?;
        match owners.all(|other| other == first) {
            true => Ok(first),
            false => Err(UnclaimedReason::SeveralTenants),
        }
    }

    /// What to subscribe to: exact names, and patterns that begin with `^`.
    #[must_use]
    pub fn subscriptions(&self) -> Vec<String> {
        let patterns = self.patterns.iter().map(|(p, _)| p.as_str().to_owned());
        self.exact.keys().cloned().chain(patterns).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::super::admit::tests::tenant;
    use super::*;
    use crate::config::resolved;
    use crate::domain::EpochMs;

    /// A configuration of tenants with these topics.
    pub(crate) fn config(topics: &[(&str, &[&str])]) -> Config {
        let tenants = topics.iter().map(|(name, topics)| {
            let mut one = tenant(name, EpochMs(0));
            one.topics = topics.iter().map(|t| (*t).to_owned()).collect();
            (one.id.clone(), Arc::new(one))
        });
        Config {
            tenants: tenants.collect(),
            pipeline: pipeline(),
        }
    }

    fn pipeline() -> resolved::Pipeline {
        let store = || resolved::Store {
            url: "file:///nowhere".to_owned(),
            options: BTreeMap::new(),
        };
        resolved::Pipeline {
            name: "test".to_owned(),
            source: resolved::Source::File {
                topic: "t".to_owned(),
                paths: Vec::new(),
            },
            stores: resolved::Stores {
                state: store(),
                landing: store(),
                research: store(),
                reader: BTreeMap::new(),
            },
            limits: resolved::Limits {
                record_bytes: 1,
                json_depth: 1,
                record_turns: 1,
                turn_bytes: 1,
                memory_bytes: 1,
            },
            assemble: resolved::Assemble {
                end_grace_ms: 1,
                idle_ms: 1,
                max_turns: 1,
                max_bytes: 1,
                max_age_ms: 1,
                late_ms: 0,
            },
            flush: resolved::Flush {
                bytes: 1,
                interval_ms: 1,
            },
            unclaimed: resolved::Unclaimed {
                public_key: [0; 32],
                timer_ms: 1,
            },
            observe: resolved::Observe {
                listen: None,
                token: None,
                tls: None,
                log: "info".to_owned(),
            },
            drain_deadline_ms: 1,
        }
    }

    fn check(topic: &str, expected: Result<&str, UnclaimedReason>) {
        let routes = Routes::new(&config(&[
            ("north", &["calls.north", "^north-.+$"]),
            ("south", &["^south-", "^both-[a-m]"]),
            ("west", &["^both-[k-z]"]),
        ]));
        let routes = routes.expect("no overlap that can be seen");
        assert_eq!(
            routes.owner(topic).map(TenantId::as_str),
            expected,
            "{topic}"
        );
    }

    #[test]
    fn a_topic_has_exactly_one_owner_or_none() {
        check("calls.north", Ok("north"));
        check("north-1", Ok("north"));
        check("south-", Ok("south"));
        check("both-a", Ok("south"));
        check("both-k", Err(UnclaimedReason::SeveralTenants));
        check("north-", Err(UnclaimedReason::NoTenant));
        check("calls.NORTH", Err(UnclaimedReason::NoTenant));
        check("xsouth-1", Err(UnclaimedReason::NoTenant));
    }

    #[test]
    fn every_visible_overlap_is_an_error() {
        let errors = Routes::new(&config(&[
            ("a", &["one", "^("]),
            ("b", &["one", "^tw"]),
            ("c", &["two"]),
        ]))
        .expect_err("three faults");
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "tenant a: topic pattern \"^(\" is not a regular expression",
                "topic \"one\" is claimed by tenants a and b; give it to one",
                "topic \"two\" is claimed by tenants c and b; give it to one",
            ]
        );
    }

    #[test]
    fn subscriptions_are_the_names_and_patterns() {
        let routes = Routes::new(&config(&[("a", &["x", "^y"]), ("b", &["z"])]));
        let routes = routes.expect("no overlap");
        assert_eq!(routes.subscriptions(), ["x", "z", "^y"]);
    }
}
