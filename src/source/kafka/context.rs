//! What a client that is no member of the group does with what librdkafka tells
//! beside its answers: passes logs on, keeps the cause of broken connections,
//! fetches tokens.

use std::sync::{Arc, Mutex, PoisonError};

use rdkafka::client::{ClientContext, OAuthToken};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;

use super::settings::{cause, code, log, logged_cause};
use crate::source::SourceError;

/// A context that keeps why the last connection failed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Quiet(Arc<Mutex<Option<SourceError>>>);

impl Quiet {
    /// Why a question failed: `error` itself, or where that says only that
    /// nobody answered, why no connection could be made.
    pub(crate) fn reason(&self, error: SourceError) -> SourceError {
        if !matches!(error, SourceError::Unavailable { .. }) {
            return error;
        }
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone().unwrap_or(error)
    }

    fn keep(&self, cause: SourceError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cause);
    }
}

impl ClientContext for Quiet {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
        if let Some(cause) = logged_cause(facility, message) {
            self.keep(cause);
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        tracing::debug!(target: "librdkafka", code = ?code(&error), "error");
        let cause = cause(&error, reason);
        if !matches!(cause, SourceError::Unavailable { .. }) {
            self.keep(cause);
        }
    }

    fn generate_oauth_token(
        &self,
        setting: Option<&str>,
    ) -> Result<OAuthToken, Box<dyn std::error::Error>> {
        super::oauth_token(setting)
    }
}

impl ConsumerContext for Quiet {}
