//! A Kafka consumer group as a [`Source`].
//!
//! The consumer lives on a thread of its own, which polls for as long as the
//! source is open, so that heart-beats and rebalances go on whatever the worker
//! does. Each partition has a queue of its own: to pause it is to leave its
//! queue alone, and the broker client stops fetching when that is full.

mod context;
mod inquirer;
mod poll;
mod settings;
mod token;

pub(crate) use context::Quiet;
pub(crate) use inquirer::{Found, Inquirer};
pub(crate) use settings::{Role, client_config, code, failure, list, log, logged_cause, meaning};

use std::sync::Arc;

use rdkafka::consumer::{BaseConsumer, Consumer};

use super::link::{self, Command};
use super::rebalance::Members;
use super::{Lookup, Source, SourceError};
use crate::config::resolved;

/// A token for SASL OAUTHBEARER, as `sasl.oauthbearer.config` asks for it.
pub(super) fn oauth_token(
    setting: Option<&str>,
) -> Result<rdkafka::client::OAuthToken, Box<dyn std::error::Error>> {
    Ok(token::token(setting)?)
}

/// Joins the group and subscribes to `topics`.
///
/// # Errors
/// When the client refuses a setting. A broker that does not answer is told
/// later, as an event.
pub(super) fn open(kafka: &resolved::Kafka, topics: &[String]) -> Result<Source, SourceError> {
    let ((events, signals), (outlet, commands)) = link::link();
    let mut consumer: BaseConsumer<Members> = client_config(kafka, Role::Member)?
        .create_with_context(Members::new(outlet.clone()))
        .map_err(|e| failure(kafka, &e))?;
    let waker = signals.clone();
    consumer.set_nonempty_callback(move || waker.send(Command::Wake));
    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
    consumer
        .subscribe(&topics)
        .map_err(|e| failure(kafka, &e))?;
    let inquirer = Inquirer::connect(kafka, &kafka.group)?;
    let thread = poll::Thread::new(Arc::new(consumer), outlet, signals.clone());
    std::thread::Builder::new()
        .name("source-kafka".into())
        .spawn(move || thread.run(&commands))
        .map_err(|e| SourceError::Fatal {
            code: e.kind().to_string(),
        })?;
    Ok(Source::new(events, signals, Lookup::kafka(inquirer)))
}
