//! The wait before a question that was not answered is asked again.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(10);

/// Waits that double from one to the next.
#[derive(Debug)]
pub(super) struct Pause(Duration);

impl Pause {
    /// No question was left unanswered so far.
    pub(super) const fn new() -> Self {
        Self(FIRST)
    }

    /// Waits, longer each time.
    pub(super) async fn wait(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(LONGEST);
    }
}
