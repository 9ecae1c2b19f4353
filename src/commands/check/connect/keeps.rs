//! How long a topic keeps its records by itself: for longer than their purge
//! timer, or they would go without a receipt.

use super::Answer;
use crate::config::{Tenant, human_span};
use crate::purge::broker::Broker;

const SETTINGS: [&str; 3] = ["retention.ms", "retention.bytes", "cleanup.policy"];

pub(super) async fn ask(
    broker: &Broker,
    subject: &str,
    topic: &str,
    tenant: &Tenant,
) -> Vec<Answer> {
    // To a login that may not see them, a broker tells of no setting.
    let said = broker.settings(topic, SETTINGS).await;
    let Some(said) = said.filter(|said| said.iter().any(Option::is_some)) else {
        let what = "the broker does not tell its settings: grant DESCRIBE_CONFIGS on the topic, \
                    or see that `retention.ms` is longer than `purge.kafka`";
        return vec![Answer::warning(subject, what)];
    };
    let [time, size, policy] = said;
    let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let mut answers = vec![by_time(subject, number(time), tenant.timers.kafka_ms)];
    if number(size).is_some_and(|bytes: i64| bytes >= 0) {
        let what = "has `retention.bytes`: under load records go before they have a fate, and \
                    the partition stops; set it to -1";
        answers.push(Answer::warning(subject, what));
    }
    if policy.is_some_and(|policy| policy.contains("compact")) {
        let what = "is compacted: records of an open conversation vanish, and the partition \
                    stops; set `cleanup.policy` to `delete`";
        answers.push(Answer::error(subject, what));
    }
    answers
}

fn by_time(subject: &str, retention_ms: Option<i64>, timer_ms: i64) -> Answer {
    let timer = human_span(timer_ms);
    match retention_ms {
        Some(kept) if kept >= 0 && kept < timer_ms => Answer::error(
            subject,
            format!(
                "keeps records for {}, less than `purge.kafka` of {timer}: they would go without \
                 a receipt; lengthen its `retention.ms`, or shorten the timer",
                human_span(kept)
            ),
        ),
        Some(_) => Answer::good(
            subject,
            format!("keeps records until they are purged, after {timer}"),
        ),
        None => Answer::warning(subject, "does not say how long it keeps records"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[test]
    fn the_timer_comes_before_the_retention() {
        for (kept, expected) in [
            (Some(-1), Verdict::Good),
            (Some(10), Verdict::Good),
            (Some(9), Verdict::Error),
            (Some(0), Verdict::Error),
            (None, Verdict::Warning),
        ] {
            assert_eq!(by_time("t", kept, 10).verdict, expected, "{kept:?}");
        }
    }
}
