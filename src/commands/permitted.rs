//! Whether labelled text may be used: a tenant's own only where its agreement
//! says so.

use std::path::PathBuf;

use super::load::load;
use super::stores::now;
use crate::config::Config;
use crate::domain::{EpochMs, TenantId};
use crate::evaluate::corpus::Labelled;

/// Where agreements are to be found.
#[derive(Debug, clap::Args)]
pub(super) struct Permission {
    /// The pipeline whose tenants' agreements hold; required for lines that
    /// name a tenant, whose text is used only where its authorisation says
    /// `permits_evaluation` and holds
    #[arg(long, value_name = "PIPELINE.yaml")]
    pipeline: Option<PathBuf>,
}

/// Why a conversation may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotPermitted {
    /// It is a tenant's, and no pipeline was named.
    #[error("is a tenant's text: say --pipeline, so that its agreement can be read")]
    NoPipeline,
    /// The tenant's agreement does not say so, or there is no such tenant.
    #[error(
        "is a tenant's text whose authorisation does not say `permits_evaluation: true`; remove the line"
    )]
    NotAgreed,
    /// What was agreed no longer holds.
    #[error(
        "is a tenant's text whose authorisation has lapsed; remove the line, or renew the agreement"
    )]
    Lapsed,
}

/// The agreements, and the time at which they are to hold.
pub(super) struct Permits(Option<(Config, EpochMs)>);

impl Permission {
    /// Reads the agreements; `None` where the pipeline is broken, which has
    /// been said.
    pub(super) fn read(&self) -> Option<Permits> {
        match &self.pipeline {
            None => Some(Permits(None)),
            Some(path) => load(path).map(|loaded| Permits(Some((loaded.config, now())))),
        }
    }
}

impl Permits {
    /// Whether `labelled` may be used.
    pub(super) fn check(&self, labelled: &Labelled) -> Result<(), NotPermitted> {
        let Some(tenant) = &labelled.tenant else {
            return Ok(());
        };
        let (config, now) = self.0.as_ref().ok_or(NotPermitted::NoPipeline)?;
        let agreed = TenantId::parse(tenant)
            .and_then(|id| config.tenants.get(&id))
            .map(|tenant| &tenant.authorization)
            .filter(|agreed| agreed.permits_evaluation)
            .ok_or(NotPermitted::NotAgreed)?;
        match *now < agreed.lapses() {
            true => Ok(()),
            false => Err(NotPermitted::Lapsed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_tenant_needs_an_agreement() {
        let line = |tenant: &str| {
            let line = format!(r#"{{"id":"a",{tenant}"turns":[],"spans":[],"gold":"full"}}"#);
            Labelled::parse(&line).expect("a labelled conversation")
        };
        let none = Permits(None);
        assert_eq!(none.check(&line("")), Ok(()));
        let refused = none.check(&line(r#""tenant":"north","#));
        assert_eq!(refused, Err(NotPermitted::NoPipeline));
    }
}
