//! The end of a finite source, and what of it could not be read.

use super::drive::{DriveError, Driver, wall_clock};
use crate::domain::TopicPartition;
use crate::gate::{Admission, PauseReason, UnclaimedReason, admit};

impl Driver {
    /// Whether a finite source was read and committed as far as it may be.
    pub(super) fn is_over(&self) -> bool {
        let done = |p| self.ended.contains(p) || self.stays_unread(p);
        self.finite && self.assigned && self.tenants.keys().all(done) && self.worker.is_idle()
    }

    /// What was not read, of a source that is over.
    pub(super) fn all_read(&self) -> Result<(), DriveError> {
        if let Some((place, code)) = self.stopped.iter().next() {
            return Err(stopped(place, code));
        }
        let mut suspended = self.suspended.iter();
        match suspended.find_map(|place| Some((place, self.paused(place)?))) {
            Some((place, why)) => Err(DriveError::Paused {
                topic: place.topic.to_string(),
                tenant: self.tenants[place].clone(),
                why: why.code(),
            }),
            None => Ok(()),
        }
    }

    /// Whether the partition waits for somebody to put something right.
    fn stays_unread(&self, place: &TopicPartition) -> bool {
        let suspended = self.suspended.contains(place);
        self.stopped.contains_key(place) || suspended && self.paused(place).is_some()
    }

    fn paused(&self, place: &TopicPartition) -> Option<PauseReason> {
        match admit(&*self.tenant_of(place)?, wall_clock(), None) {
            Admission::Paused(why) => Some(why),
            Admission::Admit | Admission::Unclaimed(_) => None,
        }
    }
}

fn stopped(place: &TopicPartition, code: &'static str) -> DriveError {
    let topic = place.topic.to_string();
    let nobodys = [UnclaimedReason::NoTenant, UnclaimedReason::SeveralTenants];
    if nobodys.map(UnclaimedReason::code).contains(&code) {
        return DriveError::Unowned { topic };
    }
    DriveError::Stopped {
        topic,
        partition: place.partition,
        code,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::sync::mpsc;

    use crate::config::{Config, resolved};
    use crate::deid::Engine;
    use crate::domain::EpochMs;
    use crate::observe::Health;
    use crate::worker::{Duties, Start, drive};

    /// What a worker says at the end of one line of topic `calls.north`.
    async fn end_of(config: Config) -> String {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("calls.jsonl");
        std::fs::write(&file, "{\"conversation_id\":\"1\",\"end\":true}\n").expect("written");
        let mut config = config;
        config.pipeline.source = resolved::Source::File {
            topic: "calls.north".to_owned(),
            paths: vec![file],
        };
        let (_tell, tenants) = mpsc::unbounded_channel();
        let work = drive(
            Arc::new(config),
            Arc::new(Engine::new()),
            Health::starting("river"),
            Duties::Shadow(Start::Beginning),
            tenants,
            std::future::pending(),
        );
        match tokio::time::timeout(Duration::from_secs(60), work).await {
            Ok(Ok(())) => String::from("read"),
            Ok(Err(error)) => error.to_string(),
            Err(_) => String::from("it waits for ever"),
        }
    }

    fn config(topic: &str, expires: EpochMs) -> Config {
        let mut config = crate::gate::config(&[("north", &[topic])]);
        for tenant in config.tenants.values_mut() {
            Arc::make_mut(tenant).authorization.expires = expires;
        }
        config
    }

    #[tokio::test]
    async fn a_finite_source_ends_and_says_what_was_not_read() {
        let (never, past) = (EpochMs(i64::MAX / 2), EpochMs(1));
        for (config, said) in [
            (config("calls.north", never), "read"),
            (config("calls.north", past), "`north` may not be processed"),
            (config("chats.north", never), "`calls.north` is no tenant's"),
        ] {
            let end = end_of(config).await;
            assert!(end.contains(said), "{end}");
        }
    }
}
