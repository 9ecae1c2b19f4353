//! Who else reads the topics: a purge waits for the groups that its tenant
//! names, and for no other.

use std::collections::BTreeMap;

use super::Answer;
use crate::config::Tenant;
use crate::config::resolved::Kafka;
use crate::domain::TopicPartition;
use crate::purge::broker::Broker;

/// Most groups that are asked about, each over a connection of its own.
const MOST: usize = 50;

/// Asks of each other group whether it has read the first partitions of these
/// topics.
pub(super) async fn ask(
    broker: &Broker,
    kafka: &Kafka,
    topics: &BTreeMap<TopicPartition, &Tenant>,
) -> Vec<Answer> {
    let groups = match broker.groups().await {
        Ok(groups) => groups,
        Err(error) => return vec![Answer::warning("other groups", error.to_string())],
    };
    let places: Vec<TopicPartition> = topics.keys().cloned().collect();
    let mut readers: BTreeMap<&TopicPartition, Vec<&str>> = BTreeMap::new();
    for group in groups.iter().filter(|g| **g != kafka.group).take(MOST) {
        let read = broker.committed_of_group(group, &places).await;
        let read = places.iter().zip(read.unwrap_or_default());
        for (place, _) in read.filter(|(_, read)| read.is_some()) {
            readers.entry(place).or_default().push(group);
        }
    }
    let of = |place| readers.get(place).map_or(&[][..], Vec::as_slice);
    let each = topics
        .iter()
        .map(|(place, tenant)| told(place, tenant, of(place)));
    each.flatten().collect()
}

fn told(place: &TopicPartition, tenant: &Tenant, readers: &[&str]) -> Vec<Answer> {
    let subject = format!("topic {}, of {}", place.topic, tenant.id);
    let waited = |group: &str| tenant.requires_groups.iter().any(|g| g == group);
    let reads = readers.iter().map(|group| match waited(group) {
        true => Answer::good(
            &subject,
            format!("is read by group {group} too: purges wait for it"),
        ),
        false => Answer::warning(
            &subject,
            format!(
                "is read by group {group} too, for which purges do not wait; name it in \
                 `purge.requires_groups` if they should"
            ),
        ),
    });
    let absent = tenant.requires_groups.iter();
    let absent = absent.filter(|group| !readers.contains(&group.as_str()));
    let absent = absent.map(|group| {
        let what = format!(
            "group {group} of `purge.requires_groups` has committed nothing: nothing goes \
             until it does"
        );
        Answer::warning(&subject, what)
    });
    reads.chain(absent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;
    use crate::domain::EpochMs;

    #[test]
    fn who_reads_and_is_not_waited_for_is_told_and_who_should_and_does_not() {
        let mut tenant = crate::gate::tenant("north", EpochMs(0));
        tenant.requires_groups = vec![String::from("billing"), String::from("archive")];
        let place = TopicPartition::new("calls", 0);
        let answers = told(&place, &tenant, &["billing", "search"]);
        let verdicts: Vec<Verdict> = answers.iter().map(|a| a.verdict).collect();
        let expected = [Verdict::Good, Verdict::Warning, Verdict::Warning];
        assert_eq!(verdicts, expected);
        assert!(answers[1].line().contains("group search"));
        assert!(answers[2].line().contains("group archive"));
    }
}
