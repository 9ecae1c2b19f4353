//! What purge asks of a broker, as a seam: the real one is
//! [`super::broker::Broker`].

use futures::future::BoxFuture;

use crate::domain::TopicPartition;
use crate::lake::log::Watermarks;
use crate::source::{Record, SourceError};

/// Why records of a partition were not deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// The broker cannot delete records (the in-process mock cannot), or not by
    /// this login (OAUTHBEARER).
    #[error("the broker cannot delete records, or not by this login")]
    Unsupported,
    /// The offset lies beyond the partition's end.
    #[error("the offset lies beyond the partition's end")]
    OutOfRange,
    /// The broker forbids it.
    #[error("the broker refuses access ({code}); grant DELETE on the topic")]
    Denied {
        /// The client's name of the failure.
        code: String,
    },
    /// It may or may not have happened: read the low watermark, and ask again.
    #[error("the broker's answer is in doubt ({code})")]
    Doubtful {
        /// The client's name of the failure.
        code: String,
    },
}

/// What a fetch below the cut finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// The broker refuses the offset: the record is gone.
    Gone,
    /// A record can still be read, at this offset or above.
    Readable {
        /// The first that was read.
        offset: i64,
    },
    /// The broker takes the offset but has nothing there.
    Empty,
}

/// Questions and orders about a partition's records.
pub trait Records: Send + Sync {
    /// The offsets that `partition` holds, as a reader sees them.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    fn watermarks<'a>(
        &'a self,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Watermarks, SourceError>>;

    /// The first record at `offset` or above it; `None` where there is none,
    /// or where `offset` lies below the low watermark.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    fn record_from<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Option<Record>, SourceError>>;

    /// Deletes every record below `offset`; answers with the low watermark
    /// that the broker then states. Repeating it is harmless.
    ///
    /// # Errors
    /// A [`DeleteError`].
    fn delete_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<i64, DeleteError>>;

    /// Fetches at `offset` over another connection than the one that deletes.
    ///
    /// # Errors
    /// When the broker does not answer or refuses the reader altogether.
    fn fetch_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Below, SourceError>>;

    /// What a consumer group has committed of `partition`: it has read the
    /// records below. `None` where it has committed nothing.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    fn committed<'a>(
        &'a self,
        group: &'a str,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Option<i64>, SourceError>>;

    /// Whether any broker of the cluster answers.
    fn answers(&self) -> BoxFuture<'_, bool>;

    /// How long a segment of `topic` may stay open, in milliseconds; `None`
    /// where the broker does not say.
    fn segment_ms<'a>(&'a self, topic: &'a str) -> BoxFuture<'a, Option<i64>>;
}
