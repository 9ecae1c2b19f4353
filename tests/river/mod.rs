//! The river from end to end: the program's own binary, a real broker, a real
//! S3 server and the three readers. Each trial digs a river of its own.
//!
//! - [`corpus`] and [`load`]: what is sent; [`course`]: where it flows.
//! - [`worker`]: processes; [`logs`], [`research`]: what they have written.
//! - [`oracle`]: whether every conversation is where it must be, once.
//! - [`canary`]: whether anything is where it must not be.
//!
//! By default a sample is sent; `LEEWARD_ACCEPTANCE=full` sends everything.

mod canary;
mod corpus;
mod course;
mod load;
mod logs;
mod oracle;
mod plain;
mod research;
mod worker;

use crate::support::parts::Need;
use crate::support::trial::{Trial, trial};

const ALL: &[Need] = &[Need::Kafka, Need::S3, Need::Readers];

/// The trials of this module.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = canary::trials();
    trials.extend([trial(
        "river::every_conversation_arrives_once",
        ALL,
        plain::run,
    )]);
    trials
}
