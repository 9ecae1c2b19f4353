//! System tests: the program on real parts.
//!
//! - `mock_cluster`: the Kafka source on the client's own in-process broker,
//!   which needs nothing and can do less.
//! - `deployment`: what `docker/` holds, as far as it can be judged unrun.
//! - `file_source`: JSON lines from files and from a pipe.
//! - `evaluation`: `leeward eval` against the published scorer.
//! - `kafka_source`: the Kafka source on a real broker, with rebalances,
//!   transactions, cuts and zombies, under both group protocols.
//! - `kafka_purge`: deletion of records on a real broker, and its proof.
//! - `object_store`: what the commit log asks of a store, on S3 and on disk.
//! - `river`: the whole program, from Kafka to what research reads, with faults,
//!   canaries and purges.
//! - `security`: TLS, logins and rights on a broker and a store that ask for them.
//! - `readers`: DuckDB, Polars and pyarrow open what the writer writes.
//!
//! Trials that need a part which is not here and cannot be fetched are ignored
//! with the reason; where `CI=true` they fail.

mod deployment;
mod evaluation;
mod file_source;
mod kafka_purge;
mod kafka_source;
mod mock_cluster;
mod object_store;
mod readers;
mod river;
mod security;
mod support;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let strict = std::env::var("CI").is_ok_and(|ci| ci == "true");
    let tables = [
        mock_cluster::TRIALS,
        deployment::TRIALS,
        file_source::TRIALS,
        kafka_source::TRIALS,
        kafka_purge::TRIALS,
        object_store::TRIALS,
        readers::TRIALS,
        security::TRIALS,
        evaluation::TRIALS,
    ];
    let mut trials = tables.concat();
    trials.extend(river::trials());
    let trials = trials.into_iter().map(|trial| trial.harnessed(strict));
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    support::process::end_all();
    conclusion.exit_code()
}
