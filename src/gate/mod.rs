//! Who owns a record, and whether it may be processed at all.
//!
//! Both are decided from configuration alone: a record can only ever
//! contradict its topic, never choose a tenant.

mod admit;
mod lapse;
mod refuse;
mod routes;

#[cfg(test)]
pub(crate) use admit::tests::tenant;
pub use admit::{Admission, PauseReason, UnclaimedReason, admit};
pub use lapse::{LapseAlert, lapse_alerts};
pub use refuse::{Refusal, listed, refusals};
#[cfg(test)]
pub(crate) use routes::tests::config;
pub use routes::{RouteError, Routes};
