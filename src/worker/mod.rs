//! The worker: `step(state, event) → effects`, and the loop that performs them.
//!
//! [`Worker`] holds the whole protocol of ingest and commit. It does no I/O,
//! reads no clock and waits for nothing, so that a simulator can drive it
//! through every order of events.

mod event;
mod partition;
mod slot;
mod step;

pub use event::{
    Arrived, Draft, Effect, Event, Flush, Intake, Prepared, PreparedFile, Sealed, Ticket,
};
pub use step::{Limits, Worker};

#[cfg(test)]
mod sim;
