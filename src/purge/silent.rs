//! A broker that is asked no more once it is known that none answers: each
//! question would wait in vain for as long as the first.

use std::sync::OnceLock;

use futures::future::{BoxFuture, FutureExt};

use super::records::{Below, DeleteError, Records};
use crate::domain::TopicPartition;
use crate::lake::log::Watermarks;
use crate::source::{Record, SourceError};

/// For one run: the first silence of the whole cluster stands for the rest.
#[derive(Debug)]
pub struct UntilSilent<R> {
    broker: R,
    silence: OnceLock<SourceError>,
}

impl<R: Records> UntilSilent<R> {
    /// Asks `broker` until it is silent.
    #[must_use]
    pub const fn new(broker: R) -> Self {
        Self {
            broker,
            silence: OnceLock::new(),
        }
    }

    /// Asks, unless nobody answers. A partition whose leader alone is away keeps
    /// no other from its answer.
    async fn ask<'a, T>(
        &'a self,
        question: impl FnOnce(&'a R) -> BoxFuture<'a, Result<T, SourceError>>,
    ) -> Result<T, SourceError> {
        if let Some(silence) = self.silence.get() {
            return Err(silence.clone());
        }
        let answer = question(&self.broker).await;
        if let Err(error) = &answer
            && may_be_of_all(error)
            && !self.broker.answers().await
        {
            self.silence.get_or_init(|| error.clone());
        }
        answer
    }

    fn is_silent(&self) -> bool {
        self.silence.get().is_some()
    }
}

const fn may_be_of_all(error: &SourceError) -> bool {
    matches!(
        error,
        SourceError::Unavailable { .. }
            | SourceError::Tls { .. }
            | SourceError::Protocol { .. }
            | SourceError::Login { .. }
    )
}

impl<R: Records> Records for UntilSilent<R> {
    fn answers(&self) -> BoxFuture<'_, bool> {
        match self.is_silent() {
            true => std::future::ready(false).boxed(),
            false => self.broker.answers(),
        }
    }

    fn watermarks<'a>(
        &'a self,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Watermarks, SourceError>> {
        self.ask(|broker| broker.watermarks(partition)).boxed()
    }

    fn record_from<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Option<Record>, SourceError>> {
        self.ask(move |broker| broker.record_from(partition, offset))
            .boxed()
    }

    fn delete_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<i64, DeleteError>> {
        if self.is_silent() {
            let code = String::from("NoAnswer");
            return std::future::ready(Err(DeleteError::Doubtful { code })).boxed();
        }
        self.broker.delete_below(partition, offset)
    }

    fn fetch_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Below, SourceError>> {
        self.ask(move |broker| broker.fetch_below(partition, offset))
            .boxed()
    }

    fn committed<'a>(
        &'a self,
        group: &'a str,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Option<i64>, SourceError>> {
        self.ask(|broker| broker.committed(group, partition))
            .boxed()
    }

    fn segment_ms<'a>(&'a self, topic: &'a str) -> BoxFuture<'a, Option<i64>> {
        match self.is_silent() {
            true => std::future::ready(None).boxed(),
            false => self.broker.segment_ms(topic),
        }
    }
}
