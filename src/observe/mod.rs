//! What leaves for operations: metrics, health, logs without content.
pub mod log;

pub mod health;
pub mod metrics;
pub mod shadow;
pub mod status;
pub mod tls;

pub use health::{Health, Server};
pub use shadow::ShadowTally;
pub use status::{
    NotReady, PartitionState, PartitionStatus, PurgeStatus, ReleaseStatus, Status, TenantState,
    TenantStatus,
};
