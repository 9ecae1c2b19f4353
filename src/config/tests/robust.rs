//! Whatever a file holds, it is read or refused: never a panic, never silence.

use proptest::prelude::*;

use super::{Case, repository};

/// Reads `text` as a pipeline, and as a tenant beside a good one.
fn check_either(text: &str) {
    let case = Case::good();
    case.write("tenants/south.yaml", text);
    let as_tenant = case.load().expect("the pipeline is good");
    let tenants = as_tenant.config.tenants.len() + as_tenant.disabled.len();
    assert_eq!(tenants, 2);
    assert!(as_tenant.disabled.iter().all(|d| !d.problems.is_empty()));
    let case = Case::good();
    case.write("pipeline.yaml", text);
    let told = case.load().map_or_else(|e| e.problems.len(), |_| 1);
    assert!(told > 0);
}

fn example() -> String {
    std::fs::read_to_string(repository("pipelines/example/tenants/lakeside.yaml"))
        .expect("readable")
}

/// Pieces that YAML and this reader give a meaning to.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "tenant",
        "topics",
        "keys",
        "policy",
        "authorization",
        "source",
        "kafka",
        "a",
        ": ",
        ":",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        "\"",
        "&a ",
        "*a",
        "!!str ",
        "|",
        ">",
        "#",
        "---\n",
        "...\n",
        "${",
        "${PUBLIC_KEY}",
        "~",
        "1",
        "30d",
        "^a",
        "?",
        "%",
        "\t",
        "é",
        "\u{feff}",
        "\\",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        check_either(&text);
    }

    #[test]
    fn any_yaml_is_read_or_refused(text in pieces()) {
        check_either(&text);
    }

    /// A good file with a line lost, and a piece put in.
    #[test]
    fn a_damaged_file_is_read_or_refused(
        lost in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        piece in pieces(),
    ) {
        let example = example();
        let mut lines: Vec<&str> = example.lines().collect();
        lines.remove(lost.index(lines.len()));
        lines.insert(at.index(lines.len()), &piece);
        check_either(&lines.join("\n"));
    }
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let case = Case::good();
    let path = case.directory.path().join("tenants/south.yaml");
    std::fs::write(path, [0xff, 0xfe, 0x00]).expect("writable");
    assert_eq!(case.load().expect("good").disabled.len(), 1);
}

#[test]
fn hundreds_of_tenants_are_read() {
    let case = Case::good();
    let good = include_str!("../../../tests/config/good-tenant.yaml");
    for i in 0..200 {
        let text = good
            .replace("north", &format!("t{i}"))
            .replace("{env: NORTH_SEALING}", &format!("{{file: s{i}}}"))
            .replace("{env: NORTH_LEDGER}", &format!("{{file: l{i}}}"));
        case.write(&format!("tenants/t{i}.yaml"), &text);
        for (name, seed) in [("s", 2 * i + 1), ("l", 2 * i + 2)] {
            let key = format!("{seed:064x}\n");
            case.write(&format!("tenants/{name}{i}"), &key);
        }
    }
    assert_eq!(case.printed(), "");
    assert_eq!(case.load().expect("good").config.tenants.len(), 201);
}
