//! The worker: `step(state, event) → effects`, and the loop that performs them.
//!
//! [`Worker`] holds the whole protocol of ingest and commit. It does no I/O,
//! reads no clock and waits for nothing, so that a simulator can drive it
//! through every order of events. [`drive`] is the loop around it.

mod budget;
mod carried;
mod chores;
mod commit;
mod drive;
mod event;
mod hear;
mod intake;
mod lapses;
mod open;
mod over;
mod partition;
mod pause;
mod perform;
mod reload;
mod report;
mod shadow;
mod share;
mod slot;
mod stand;
mod status;
mod step;
mod tell;

#[cfg(test)]
mod sim;

pub use drive::{DriveError, Duties, drive, wall_clock};
pub use event::{
    Arrived, Draft, Effect, Event, Flush, Intake, Prepared, PreparedFile, Sealed, Ticket,
};
pub use reload::{Tenants, changed};
pub use shadow::Start;
pub use status::PartitionStatus;
pub use step::{Limits, Worker};
