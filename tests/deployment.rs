//! What `docker/` holds, as far as it can be judged without running it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use saphyr::{LoadableYamlNode, Yaml};

use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "deployment::alerts_and_dashboard_name_metrics_that_there_are",
        &[],
        metrics_exist,
    ),
    trial("deployment::every_yaml_file_parses", &[], yaml_parses),
    trial(
        "deployment::the_compose_pipeline_is_good",
        &[],
        compose_is_good,
    ),
    trial(
        "deployment::the_chart_s_pipeline_is_good",
        &[],
        chart_is_good,
    ),
    trial(
        "deployment::variables_are_drawn_given_and_used",
        &[],
        variables_agree,
    ),
    trial(
        "deployment::the_image_builds_as_the_readme_says",
        &[],
        image_as_in_readme,
    ),
];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What of `text` the first group of `pattern` matches.
fn matched<'a>(text: &'a str, pattern: &str) -> BTreeSet<&'a str> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let found = pattern.captures_iter(text);
    found.filter_map(|c| Some(c.get(1)?.as_str())).collect()
}

fn metrics_exist() {
    let catalogue = text("schemas/metrics.md");
    let known = matched(&catalogue, r"(?m)^\| `(leeward_[a-z_]+)`");
    for file in ["docker/alerts.yml", "docker/grafana/leeward.json"] {
        let text = text(file);
        let named = matched(&text, r"\b(leeward_[a-z_]+)");
        assert!(named.len() > 5, "{file} names metrics");
        for name in named {
            let name = name.strip_suffix("_bucket").unwrap_or(name);
            assert!(known.contains(name), "{file}: {name}");
        }
    }
    let alerts = text("docker/alerts.yml");
    for watched in [
        "up{job=\"leeward\"}",
        "leeward_partition_stopped",
        "leeward_purge_blocks",
        "leeward_tenant_paused",
        "leeward_tenant_disabled",
        "leeward_authorization_lapse_days",
        "deriv(leeward_lag_records",
        "leeward_conversations_held_back_total",
        "leeward_records_quarantined_total",
    ] {
        assert!(alerts.contains(watched), "nothing watches {watched}");
    }
    let board = text("docker/grafana/leeward.json");
    let board: serde_json::Value = serde_json::from_str(&board).expect("JSON");
    assert!(board["panels"].as_array().is_some_and(|p| p.len() > 10));
}

fn yaml_parses() {
    let files = walkdir::WalkDir::new(repository("docker"));
    let files = files.into_iter().map(|entry| entry.expect("readable"));
    let yaml = |path: &Path| {
        let template = path.components().any(|c| c.as_os_str() == "templates");
        !template && path.extension().is_some_and(|e| e == "yaml" || e == "yml")
    };
    let mut seen = 0;
    for entry in files.filter(|entry| yaml(entry.path())) {
        let text = fs::read_to_string(entry.path()).expect("readable");
        let parsed = Yaml::load_from_str(&text);
        assert!(parsed.is_ok_and(|d| d.len() == 1), "{:?}", entry.path());
        seen += 1;
    }
    assert!(seen >= 8, "{seen}");
}

/// `leeward check` of a file, with a value of the right form for every variable.
fn check(pipeline: &Path, variables: &BTreeSet<&str>) {
    let mut check = Command::new(env!("CARGO_BIN_EXE_leeward"));
    check.arg("check").arg(pipeline).env_clear();
    for name in variables {
        let value = leeward::domain::Sha256::of(name.as_bytes());
        check.env(name, value.to_string());
    }
    let output = check.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{pipeline:?}:\n{said}");
    assert!(!said.contains("warning"), "{said}");
}

fn compose_is_good() {
    let drawn = text("docker/make-env");
    let drawn = matched(&drawn, r"(?m)^([A-Z0-9_]+)=");
    check(&repository("docker/pipeline.yaml"), &drawn);
}

/// The value of a key of a mapping.
fn at<'a>(yaml: &'a Yaml<'a>, key: &str) -> &'a Yaml<'a> {
    let value = yaml.as_mapping_get(key);
    value.unwrap_or_else(|| panic!("there is no {key}"))
}

fn chart_is_good() {
    let values = text("docker/helm/leeward/values.yaml");
    let documents = Yaml::load_from_str(&values).expect("YAML");
    let dir = tempfile::tempdir().expect("a directory");
    let write = |path: PathBuf, yaml: &Yaml<'_>| {
        fs::write(path, yaml.as_str().expect("text")).expect("it can be written");
    };
    let pipeline = dir.path().join("pipeline.yaml");
    write(pipeline.clone(), at(&documents[0], "pipeline"));
    fs::create_dir(dir.path().join("tenants")).expect("a directory");
    let tenants = at(&documents[0], "tenants").as_mapping().expect("tenants");
    for (name, tenant) in tenants {
        let name = name.as_str().expect("a name");
        write(dir.path().join(format!("tenants/{name}.yaml")), tenant);
    }
    let variables = matched(&values, r"(?:\$\{|env: )([A-Z0-9_]+)");
    check(&pipeline, &variables);
}

fn variables_agree() {
    let (make_env, compose) = (text("docker/make-env"), text("docker/compose.yaml"));
    let drawn = matched(&make_env, r"(?m)^([A-Z0-9_]+)=");
    let given = matched(&compose, r"\$\{([A-Z0-9_]+):\?");
    assert_eq!(drawn, given, "what is drawn is what compose asks for");
    let worker = compose.split("services:").next().expect("its head");
    let worker = matched(worker, r"(?m)^    ([A-Z0-9_]+): \$\{");
    let mut used = text("docker/pipeline.yaml");
    for tenant in fs::read_dir(repository("pipelines/example/tenants")).expect("tenants") {
        let tenant = tenant.expect("an entry").path();
        used += &fs::read_to_string(tenant).expect("readable");
    }
    let used = matched(&used, r"(?:\$\{|env: )([A-Z0-9_]+)");
    assert_eq!(worker, used, "a worker is given what its files name");
}

fn image_as_in_readme() {
    let dockerfile = text("docker/Dockerfile");
    let readme = text("README.md").replace('\n', " ");
    let start = "It builds on a bare machine with Rust, a C and C++ compiler, cmake, make and perl";
    assert!(readme.contains(start), "the README says otherwise now");
    assert!(dockerfile.contains("install -y --no-install-recommends gcc g++ cmake make perl"));
    assert!(dockerfile.contains("cargo build --release --locked"));
    let bases = matched(&dockerfile, r"(?m)^FROM (\S+)");
    assert_eq!(bases.len(), 2);
    let compose = text("docker/compose.yaml");
    let images = matched(&compose, r"(?m)^ +image: (\S+)");
    let pinned = Regex::new(r":.*[0-9]|:local$").expect("a pattern");
    for image in bases.into_iter().chain(images) {
        assert!(pinned.is_match(image), "{image} is not pinned");
    }
    assert!(matched(&dockerfile, r"(?m)^USER ([1-9][0-9]*):[1-9]").len() == 1);
}
