//! The broker: that it answers, lets this login read and cut each topic, and
//! shows it its group.

use std::collections::BTreeMap;

use super::{Answer, groups, keeps};
use crate::config::resolved::Kafka;
use crate::config::{Config, Tenant};
use crate::domain::TopicPartition;
use crate::gate::Routes;
use crate::purge::broker::{Broker, DeleteError};
use crate::source::SourceError;

const KAFKA: &str = "source.kafka";

/// Asks the cluster, then each topic of each tenant.
pub(super) async fn ask(kafka: &Kafka, config: &Config) -> Vec<Answer> {
    let broker = match Broker::connect(kafka) {
        Ok(broker) => broker,
        Err(error) => return vec![Answer::error(KAFKA, error.to_string())],
    };
    let (brokers, there) = match broker.cluster().await {
        Ok(cluster) => cluster,
        Err(error) => return vec![Answer::error(KAFKA, error.to_string())],
    };
    let mut answers = vec![Answer::good(KAFKA, format!("{brokers} broker(s) answer"))];
    let (topics, unmatched) = topics(config, &there);
    answers.extend(unmatched);
    let mut seen = BTreeMap::new();
    for (topic, tenant) in topics {
        let subject = format!("topic {topic}, of {}", tenant.id);
        match self::topic(&broker, &topic).await {
            Ok((count, further)) => {
                let what = format!("{count} partition(s), may be read");
                answers.push(Answer::good(&subject, what));
                answers.push(cut(&subject, further));
                answers.extend(keeps::ask(&broker, &subject, &topic, tenant).await);
                seen.insert(TopicPartition::new(&topic, 0), tenant);
            }
            Err(error) => answers.push(Answer::error(&subject, error.to_string())),
        }
    }
    if let Some(partition) = seen.keys().next() {
        answers.push(group(&broker, kafka, partition).await);
        answers.extend(groups::ask(&broker, kafka, &seen).await);
    }
    answers
}

/// The topics of all tenants: those named, and those there are that a pattern
/// takes in; and which patterns take in none.
fn topics<'a>(config: &'a Config, there: &[String]) -> (BTreeMap<String, &'a Tenant>, Vec<Answer>) {
    let (mut topics, mut unmatched) = (BTreeMap::new(), Vec::new());
    for tenant in config.tenants.values() {
        let mut matched = 0;
        // The tenant's own claims; that none overlaps another's is checked
        // already.
        if let Ok(routes) = Routes::of([tenant.as_ref()]) {
            let owned = there.iter().filter(|topic| routes.owner(topic).is_ok());
            for topic in owned {
                topics.insert(topic.clone(), tenant.as_ref());
                matched += 1;
            }
        }
        let (patterns, named): (Vec<_>, Vec<_>) = tenant
            .topics
            .iter()
            .partition(|topic| topic.starts_with('^'));
        for topic in named {
            topics.insert(topic.clone(), tenant.as_ref());
        }
        if !patterns.is_empty() && matched == 0 {
            let what = "no topic that this login may see is taken in by its patterns";
            unmatched.push(Answer::warning(&format!("topics of {}", tenant.id), what));
        }
    }
    (topics, unmatched)
}

/// Whether a topic is there and may be read; how many partitions it has, and
/// whether its records may be deleted.
async fn topic(
    broker: &Broker,
    topic: &str,
) -> Result<(i32, Result<i64, DeleteError>), SourceError> {
    let count = broker.partitions(topic).await?;
    if count == 0 {
        let code = "UnknownTopicOrPartition".into();
        return Err(SourceError::NoTopic { code });
    }
    let first = TopicPartition::new(topic, 0);
    let low = broker.low_watermark(&first).await?;
    broker.fetch_below(&first, low).await?;
    // Below the first record there is nothing: it asks only for the right.
    let cuts = BTreeMap::from([(first.clone(), low)]);
    let answer = broker.delete_records(&cuts).await.remove(&first);
    let silent = || DeleteError::Doubtful {
        code: "NoAnswer".into(),
    };
    Ok((count, answer.unwrap_or_else(|| Err(silent()))))
}

fn cut(subject: &str, answer: Result<i64, DeleteError>) -> Answer {
    match answer {
        Ok(_) => Answer::good(subject, "records may be deleted"),
        Err(DeleteError::Unsupported) => {
            let what = "the broker cannot delete records, or not by this login (OAUTHBEARER): \
                        originals go by its retention only";
            Answer::warning(subject, what)
        }
        Err(error) => Answer::error(subject, error.to_string()),
    }
}

async fn group(broker: &Broker, kafka: &Kafka, partition: &TopicPartition) -> Answer {
    let subject = format!("group {}", kafka.group);
    let asked = std::slice::from_ref(partition);
    match broker.committed_of_group(&kafka.group, asked).await {
        // To ask for READ itself would be to join, and to move partitions.
        Ok(_) => Answer::good(
            &subject,
            "may be described; READ is seen when a worker joins",
        ),
        Err(error) => Answer::error(&subject, error.to_string()),
    }
}
