//! Acceptance 5: two hundred planted identifiers are nowhere but sealed.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::lake::layout::LandingFile;
use leeward::seal::{Purpose, Sealer};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::TopicPartitionList;

use super::canary::planted::{Spot, carry, planted};
use super::canary::{Scanner, Surface};
use super::course::{Course, Plan};
use super::load::{Record, Writer};
use super::logs::Logs;
use super::research::{Copy, objects};
use super::worker::Worker;
use crate::support::block_on;
use crate::support::kafka::broker;

/// Names and references that must not reach research.
const TENANTS: [(&str, &str); 3] = [
    ("vossmere-clinic", "BAA-VOSSMERE-7731"),
    ("tarnwick-health", "BAA-TARNWICK-2210"),
    ("ellisgard-care", "BAA-ELLISGARD-9904"),
];

pub(crate) fn run() {
    let course = Course::dig(&Plan {
        tenants: TENANTS,
        ..Plan::default()
    });
    let planted = planted();
    let records: Vec<Record> = planted
        .iter()
        .enumerate()
        .map(|(n, one)| carry(one, &format!("src-{n:05}"), &course.topics[n % 3]))
        .collect();
    let mut worker = course.worker();
    worker.await_partitions(|n| n == 12);
    Writer::new(broker()).write(&records, || ());
    let fated = |logs: &Logs<'_>| logs.records_fated() == records.len() as u64;
    Logs::of(&course).await_that(Duration::from_secs(120), "all has a fate", fated);
    let mut surfaces = commands(&course);
    surfaces.extend(endpoints(&worker));
    worker.drain();
    surfaces.extend(at_rest(&course));

    let values: Vec<String> = planted.iter().map(|one| one.value.clone()).collect();
    let secrets = TENANTS.iter().flat_map(|(name, baa)| [*name, *baa]);
    let of_research = values.iter().cloned().chain(secrets.map(str::to_owned));
    let (everywhere, of_research) = (
        Scanner::new(values.clone()),
        Scanner::new(of_research.collect()),
    );
    assert_eq!(of_research.needles().len(), 200);
    let mut swept = Vec::new();
    for surface in &surfaces {
        let scanner = if surface.name == "research" {
            &of_research
        } else {
            &everywhere
        };
        swept.push((surface.name.clone(), surface.sweep(scanner)));
    }
    let leaks: Vec<&String> = swept.iter().filter_map(|(_, s)| s.as_ref().err()).collect();
    for (name, seen) in &swept {
        eprintln!("{name:>14}: {seen:?} bytes without a leak");
    }
    assert!(
        leaks.is_empty(),
        "{}",
        leaks
            .iter()
            .map(|l| l.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
    sealed_and_there(&course, &everywhere);
    let unreadable = planted
        .iter()
        .filter(|one| one.spot == Spot::Unreadable)
        .count();
    assert!(unreadable > 0);
}

/// What commands print, the release among them.
fn commands(course: &Course) -> Vec<Surface> {
    let arguments: [(&str, &[&str]); 5] = [
        ("release", &["release", "pipeline.yaml", "--force"]),
        (
            "audit verify",
            &["audit", "verify", "--deep", "pipeline.yaml"],
        ),
        ("status", &["status", "pipeline.yaml"]),
        ("purge", &["purge", "pipeline.yaml"]),
        ("check", &["check", "pipeline.yaml"]),
    ];
    (0..course.topics.len()).for_each(|n| course.attest(n));
    let run = |(name, arguments): (&str, &[&str])| {
        let output = course.command(arguments);
        let pieces = vec![
            ("stdout".into(), output.stdout),
            ("stderr".into(), output.stderr),
        ];
        assert!(
            output.status.success(),
            "{name}: {}\n{pieces:?}",
            output.status
        );
        Surface::new(name, pieces)
    };
    arguments.map(run).into()
}

/// What a worker serves.
fn endpoints(worker: &Worker) -> Vec<Surface> {
    let get = |path: &str| {
        let text = worker.get(path).expect("it answers");
        assert!(!text.is_empty());
        Surface::new(path, vec![(path.to_owned(), text.into_bytes())])
    };
    ["/metrics", "/status", "/readyz"].map(get).into()
}

/// What lies in stores, on disk and in the group's offsets.
fn at_rest(course: &Course) -> Vec<Surface> {
    let stores = &course.config.pipeline.stores;
    let (evidence, sealed): (Vec<_>, Vec<_>) = objects(&stores.landing)
        .into_iter()
        .partition(|(name, _)| name.contains("/evidence/"));
    let research = Copy::of(course);
    let surfaces = vec![
        Surface::of_files("research", &research.path()),
        Surface::new("landing", sealed),
        Surface::new("evidence", evidence),
        Surface::new("state", objects(&stores.state)),
        Surface::new("logs", course.logs()),
        Surface::new("group offsets", offsets(course)),
    ];
    for surface in &surfaces {
        assert!(
            !surface.pieces.is_empty(),
            "{} is there to be seen",
            surface.name
        );
    }
    let temporary = Surface::of_files("temporary", &course.temporary());
    surfaces.into_iter().chain([temporary]).collect()
}

/// What the group has committed, with its metadata.
fn offsets(course: &Course) -> Vec<(String, Vec<u8>)> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &broker().brokers)
        .set("group.id", &course.group)
        .create()
        .expect("a client");
    let mut asked = TopicPartitionList::new();
    for topic in &course.topics {
        asked.add_partition_range(&topic.name, 0, topic.partitions - 1);
    }
    let committed = consumer
        .committed_offsets(asked, Duration::from_secs(20))
        .expect("an answer");
    let piece = |e: &rdkafka::topic_partition_list::TopicPartitionListElem<'_>| {
        let name = format!("{} {} {:?}", e.topic(), e.partition(), e.offset());
        (name, e.metadata().as_bytes().to_vec())
    };
    committed.elements().iter().map(piece).collect()
}

/// Every file of the landing store but evidence opens with its tenant's key
/// alone, and what was planted is in there: the sweep has looked for what was.
fn sealed_and_there(course: &Course, scanner: &Scanner) {
    let mut found: BTreeMap<Purpose, usize> = BTreeMap::new();
    block_on(async {
        for n in 0..TENANTS.len() {
            let tenant = course.tenant(n);
            let sealer = Sealer::new(&tenant.id, &tenant.keys);
            let folder = leeward::lake::layout::Folder::tenant(&tenant.id);
            let landing = &course.stores.landing;
            for listed in landing.list(&folder).await.expect("a list") {
                let file = listed.path.file().expect("a file of this program");
                let LandingFile::Sealed { purpose, name, .. } = file else {
                    continue;
                };
                let bytes = landing
                    .get(&listed.path)
                    .await
                    .expect("an answer")
                    .expect("a file");
                let opened = sealer.open(purpose, name, &bytes).expect("it is sealed");
                *found.entry(purpose).or_default() += scanner.scan(opened.expose()).len();
            }
        }
    });
    let originals = [Purpose::HeldBack, Purpose::Quarantine];
    let seen: usize = originals
        .iter()
        .filter_map(|purpose| found.get(purpose))
        .sum();
    assert!(seen > 0, "no original is sealed: {found:?}");
    assert_eq!(
        found.get(&Purpose::Landing).copied().unwrap_or(0),
        0,
        "landing is clean when opened"
    );
}
