//! The river from end to end: the program's own binary, a real broker, a real
//! S3 server and the three readers. Each trial digs a river of its own.
//!
//! - [`corpus`] and [`load`]: what is sent; [`course`]: where it flows.
//! - [`worker`]: processes; [`logs`], [`research`]: what they have written.
//! - [`oracle`]: whether every conversation is where it must be, once.
//! - [`canary`]: whether anything is where it must not be.
//!
//! By default a sample is sent; `LEEWARD_ACCEPTANCE=full` sends everything.

mod attack;
mod brakes;
mod canary;
mod clouds;
mod corpus;
mod course;
mod delta;
mod faults;
mod gate;
mod late;
mod life;
mod load;
mod logs;
mod oracle;
mod plain;
mod purge;
mod reload;
mod research;
mod review;
mod shadow;
mod sweep;
mod tenants;
mod worker;

use crate::support::parts::Need;
use crate::support::trial::{Trial, trial};

const ALL: &[Need] = &[Need::Kafka, Need::S3, Need::Readers];

/// The trials of this module.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = canary::trials();
    trials.extend([
        trial("river::every_conversation_arrives_once", ALL, plain::run),
        trial(
            "river::faults_lose_and_double_nothing_classic",
            ALL,
            faults::classic,
        ),
        trial(
            "river::faults_lose_and_double_nothing_kip848",
            ALL,
            faults::kip848,
        ),
        trial(
            "river::the_gate_refuses_what_was_not_reviewed",
            ALL,
            gate::run,
        ),
        trial(
            "river::what_is_nobodys_is_the_operators_to_open",
            ALL,
            gate::unclaimed,
        ),
        trial("river::what_comes_late_is_joined", ALL, late::run),
        trial(
            "river::a_release_is_answered_for_and_taken_back",
            ALL,
            life::run,
        ),
        trial("river::a_release_is_read_by_people_first", ALL, review::run),
        trial("river::delta_shows_what_stands", ALL, delta::run),
        trial("river::tenants_come_change_and_go", ALL, reload::run),
        trial("river::many_tenants_share_one_group", ALL, tenants::run),
        trial("river::a_shadow_writes_nothing", ALL, shadow::run),
        trial("river::originals_go_to_the_designed_bound", ALL, purge::run),
        trial("river::a_person_stands_before_a_purge", ALL, brakes::run),
        trial("river::the_bucket_alone_dates_nobody", ALL, attack::run),
        trial(
            "river::flows_into_google",
            &[Need::Kafka, Need::Gcs, Need::Readers],
            clouds::google,
        ),
        trial(
            "river::flows_into_azure",
            &[Need::Kafka, Need::Azure, Need::Readers],
            clouds::azure,
        ),
        trial("river::nothing_planted_leaks", ALL, sweep::run),
    ]);
    trials
}
