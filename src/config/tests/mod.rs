//! Whole configurations, read from files as `leeward check` reads them.

mod broken;
mod mappings;
mod policies;
mod reload;
mod robust;
mod sealed;
mod secrecy;
mod timers;

use std::path::Path;

use super::{Around, LoadError, Loaded, Problem, load};
use crate::domain::EpochMs;

/// 2026-11-22.
const NOW: EpochMs = EpochMs(1_795_305_600_000);

/// A directory with a pipeline and tenants, and an environment.
struct Case {
    directory: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Case {
    /// The good pipeline with the good tenant.
    fn good() -> Self {
        let case = Self {
            directory: tempfile::tempdir().expect("a directory"),
            environment: vec![
                ("PUBLIC_KEY", test_key(1)),
                ("NORTH_SEALING", test_key(2)),
                ("NORTH_LEDGER", test_key(3)),
                ("SOUTH_SEALING", test_key(4)),
                ("SOUTH_LEDGER", test_key(5)),
                ("SHORT_KEY", "0123456789abcdef".into()),
            ],
        };
        std::fs::create_dir(case.directory.path().join("tenants")).expect("writable");
        case.write(
            "pipeline.yaml",
            include_str!("../../../tests/config/good-pipeline.yaml"),
        );
        case.write(
            "tenants/north.yaml",
            include_str!("../../../tests/config/good-tenant.yaml"),
        );
        case
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.directory.path().join(name), text).expect("writable");
    }

    fn load(&self) -> Result<Loaded, LoadError> {
        self.around(load)
    }

    fn around<T>(&self, read: impl FnOnce(&Path, &Around<'_>) -> T) -> T {
        let lookup = |name: &str| {
            let found = self.environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.clone())
        };
        let around = Around {
            lookup: &lookup,
            now: NOW,
        };
        read(&self.directory.path().join("pipeline.yaml"), &around)
    }

    /// Every error of every file.
    fn problems(&self) -> Vec<Problem> {
        match self.load() {
            Ok(loaded) => loaded
                .disabled
                .into_iter()
                .flat_map(|d| d.problems)
                .collect(),
            Err(error) => error.problems,
        }
    }

    /// Every error as it is printed, without the directory.
    fn printed(&self) -> String {
        let directory = format!("{}/", self.directory.path().display());
        self.problems()
            .iter()
            .map(|problem| problem.to_string().replace(&directory, "") + "\n")
            .collect()
    }
}

/// A key of 32 different bytes, in hexadecimal.
fn test_key(seed: u8) -> String {
    let key: [u8; 32] = std::array::from_fn(|i| (i as u8).wrapping_mul(7) ^ seed);
    hex::encode(key)
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn a_good_configuration_loads() {
    let case = Case::good();
    assert_eq!(case.printed(), "");
    let loaded = case.load().expect("good");
    assert!(loaded.disabled.is_empty() && loaded.warnings.is_empty());
    let tenant = loaded.config.tenants.values().next().expect("one tenant");
    assert_eq!(tenant.id.as_str(), "north");
    assert_eq!(tenant.timers.kafka_ms, 7 * 86_400_000);
    assert_eq!(tenant.policy.hash, crate::deid::Policy::safe_harbor().hash);
    // The last day is included: it ends at the next midnight.
    assert_eq!(
        tenant.authorization.expires,
        EpochMs(1_814_313_600_000 + 86_400_000)
    );
}

#[test]
fn the_example_loads() {
    let key = |i: usize| test_key(10 + i as u8);
    let names = [
        "LEEWARD_UNCLAIMED_PUBLIC_KEY",
        "NORTH_SEALING_KEY",
        "NORTH_LEDGER_KEY",
        "HARBOR_SEALING_KEY",
        "HARBOR_LEDGER_KEY",
        "LAKESIDE_SEALING_KEY",
        "LAKESIDE_LEDGER_KEY",
    ];
    let lookup = |name: &str| names.iter().position(|n| *n == name).map(key);
    let around = Around {
        lookup: &lookup,
        now: NOW,
    };
    let loaded = load(&repository("pipelines/example/pipeline.yaml"), &around).expect("good");
    assert!(loaded.disabled.is_empty(), "{:?}", loaded.disabled);
    assert_eq!(loaded.config.tenants.len(), 3);
}

#[test]
fn a_bad_tenant_disables_itself_only() {
    let case = Case::good();
    case.write(
        "tenants/south.yaml",
        "tenant: south\ntopics: [calls.south]\n",
    );
    let loaded = case.load().expect("the pipeline is good");
    assert_eq!(loaded.config.tenants.len(), 1);
    let [disabled] = loaded.disabled.as_slice() else {
        panic!("one disabled tenant");
    };
    assert_eq!(
        disabled.tenant.as_ref().map(|id| id.as_str()),
        Some("south")
    );
    assert_eq!(disabled.problems.len(), 2);
}

#[test]
fn a_broken_file_still_defends_its_topics() {
    let case = Case::good();
    case.write(
        "tenants/south.yaml",
        "tenant: south\ntopics: [calls.north]\nkeys: 7\n",
    );
    let loaded = case.load().expect("the pipeline is good");
    assert!(loaded.config.tenants.is_empty());
}

#[test]
fn an_unreadable_file_warns_of_patterns() {
    let case = Case::good();
    case.write("tenants/south.yaml", "tenant: [south\n");
    let loaded = case.load().expect("the pipeline is good");
    let warnings: Vec<_> = loaded.warnings.iter().map(|w| &*w.path).collect();
    assert_eq!(warnings, ["topics[1]"]);
}

#[test]
fn files_whose_topic_is_nobodys_are_warned_of() {
    let good = include_str!("../../../tests/config/good-pipeline.yaml");
    let kafka = r#"kafka: {brokers: "localhost:9092", group: case}"#;
    for (topic, warned) in [("calls.north", 0), ("chat.north.1", 0), ("calls", 1)] {
        let case = Case::good();
        let file = good.replace(kafka, &format!("file: {{topic: {topic}}}"));
        case.write("pipeline.yaml", file);
        let warnings = case.load().expect("good").warnings;
        assert_eq!(warnings.len(), warned, "{topic}");
        assert!(warnings.iter().all(|w| w.path == "source.file.topic"));
    }
}

#[test]
fn a_lapse_is_announced() {
    let good = include_str!("../../../tests/config/good-tenant.yaml");
    for (day, what) in [
        ("2026-12-31", None),
        ("2026-12-20", Some("30 days or less")),
        ("2026-11-26", Some("7 days or less")),
        ("2026-11-22", Some("1 day")),
        ("2026-11-21", Some("has lapsed, and its topics are paused")),
    ] {
        let case = Case::good();
        case.write("tenants/north.yaml", good.replace("2027-06-30", day));
        let warnings = case.load().expect("good").warnings;
        assert_eq!(warnings.len(), usize::from(what.is_some()), "{day}");
        assert!(
            warnings
                .iter()
                .all(|w| what.is_some_and(|what| w.what.contains(what)))
        );
    }
}
