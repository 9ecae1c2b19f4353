//! `eval` and `train` as a person uses them, on invented corpora.

use std::path::{Path, PathBuf};

use super::{eval, train};
use crate::evaluate::floor::Floors;

const LINE: &str = r#"{"id":"a","channel":"chat","gold":"full","turns":[{"speaker":"user","text":"is Ann Lee here"}],"spans":[{"turn":0,"start":3,"end":10,"type":"NAME"}],"types":["NAME"]}"#;

fn parsed<A: clap::Args>(words: &[&str]) -> Result<A, clap::Error> {
    let command = A::augment_args(clap::Command::new("leeward").no_binary_name(true));
    A::from_arg_matches(&command.try_get_matches_from(words)?)
}

/// Why `leeward eval` refuses `words`; empty where it does not.
fn eval(words: &[&str]) -> String {
    let args = parsed(words).map_err(|e| e.to_string());
    let done = args.and_then(|args| eval::evaluate(&args).map_err(|e| e.to_string()));
    done.err().unwrap_or_default()
}

/// Why `leeward train` refuses `words`; empty where it does not.
fn train(words: &[&str]) -> String {
    let args = parsed(words).map_err(|e| e.to_string());
    let done = args.and_then(|args| train::done(&args).map_err(|e| e.to_string()));
    done.err().unwrap_or_default()
}

/// A folder, and the path of a file in it.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn at(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = PathBuf::from(self.at(name));
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("made");
        std::fs::write(path, text).expect("written");
        self.at(name)
    }

    /// A pipeline with one tenant, `north`, whose agreement ends on `expires`.
    fn pipeline(&self, expires: &str) -> String {
        let key = |seed: u8| hex::encode(std::array::from_fn::<u8, 32, _>(|i| i as u8 ^ seed));
        self.write("sealing.key", key(2));
        self.write("ledger.key", key(3));
        let tenant = include_str!("../../tests/config/good-tenant.yaml")
            .replace("{env: NORTH_SEALING}", "{file: ../sealing.key}")
            .replace("{env: NORTH_LEDGER}", "{file: ../ledger.key}")
            .replace("2027-06-30", expires)
            .replace("  expires", "  permits_evaluation: true\n  expires");
        self.write("tenants/north.yaml", tenant);
        let pipeline = include_str!("../../tests/config/good-pipeline.yaml");
        self.write("pipeline.yaml", pipeline.replace("${PUBLIC_KEY}", &key(1)))
    }
}

#[track_caller]
fn says(why: &str, part: &str) {
    assert!(why.contains(part), "{part:?} in {why:?}");
    assert!(!why.contains("Ann"), "quotes the text: {why}");
}

#[test]
fn a_tenants_text_is_used_while_its_agreement_holds_and_no_longer() {
    let bench = Bench::new();
    let line = LINE.replace(r#""channel""#, r#""tenant":"north","channel""#);
    let corpus = bench.write("north.jsonl", line);
    let weights = bench.at("w");
    let used = |expires: &str| {
        let pipeline = bench.pipeline(expires);
        let words = [&corpus, "--pipeline", &pipeline, "-o", &weights];
        [eval(&words[..3]), train(&words)]
    };
    for why in used("2026-01-01") {
        says(
            &why,
            "north.jsonl:1: is a tenant's text whose authorisation has lapsed",
        );
    }
    assert!(!Path::new(&weights).exists());
    assert_eq!(used("2999-12-30"), ["", ""]);
}

#[test]
fn what_is_read_is_not_written_over() {
    let bench = Bench::new();
    let corpus = bench.write("same.jsonl", LINE);
    let other = bench.write("other.jsonl", LINE);
    let list = bench.write("list.tsv", "# none\n");
    let linked = bench.at("linked.jsonl");
    std::os::unix::fs::symlink(&corpus, &linked).expect("a link");
    let over = "would overwrite what is read";
    for output in [&corpus, &linked] {
        says(&train(&[&other, &corpus, "-o", output]), over);
        says(&train(&[&corpus, "-o", output, "--risk"]), over);
        says(&eval(&[&corpus, "--predictions", output]), "--predictions");
    }
    says(
        &train(&[&corpus, "--disputed", &list, "-o", &list]),
        "--out",
    );
    let words = [&corpus, "--disputed", &list, "--predictions", &list];
    says(&eval(&words), over);
    for path in [&corpus, &other] {
        assert_eq!(std::fs::read_to_string(path).expect("is there"), LINE);
    }
}

#[test]
fn nothing_is_no_corpus() {
    let bench = Bench::new();
    let (empty, weights) = (bench.write("empty.jsonl", "\n"), bench.at("w"));
    says(&eval(&[&empty]), "holds no conversation");
    says(&eval(&["--generated", "0"]), "at least 1");
    says(&train(&[&empty, "-o", &weights]), "holds no conversation");
    says(&train(&["-o", &weights]), "nothing to train from");
    says(&train(&["--risk", "-o", &weights]), "nothing to train from");
    let corpus = bench.write("a.jsonl", LINE);
    says(
        &train(&[&corpus, "--epochs", "0", "-o", &weights]),
        "at least 1",
    );
    assert!(!Path::new(&weights).exists());
}

#[test]
fn what_is_wrong_with_a_line_is_named() {
    let bench = Bench::new();
    let check = |from: &str, to: &str, said: &str| {
        let corpus = bench.write("a.jsonl", LINE.replace(from, to));
        let why = eval(&[&corpus]);
        says(&why, "a.jsonl:1: ");
        says(&why, said);
    };
    check(
        r#""NAME"}"#,
        r#""person"}"#,
        "`spans[0].type` is not one of NAME, DATE, PHONE, ",
    );
    check(
        r#"["NAME"]"#,
        r#"["NAME","Ann"]"#,
        "`types[1]` is not one of NAME",
    );
    check(r#""gold":"full","#, "", "`gold` is missing");
    check(
        r#""full""#,
        r#""most""#,
        "`gold` is not one of full, partial",
    );
    check("\"user\"", "7", "`turns[0].speaker` is not text");
    check(
        r#""start":3"#,
        r#""start":"3""#,
        "`spans[0].start` is not a whole number",
    );
    check(
        r#""chat""#,
        r#""fax""#,
        "`channel` is not one of voice, chat, note, other",
    );
    check(
        r#""id":"a""#,
        r#""id":"a","Tenant":"mine""#,
        "write `tenant`",
    );
    check(
        r#""id":"a""#,
        r#""id":"a","tenant_id":"mine""#,
        "write `tenant`",
    );
    check(r#""speaker""#, r#""Speaker""#, "write `speaker`");
    check(r#""id":"a""#, r#""id":"a","id":"b""#, "a key stands twice");
    check(r#""end":10"#, r#""end":1000"#, "label 1 lies outside");
    check(
        r#""start":3,"end":10"#,
        r#""start":2,"end":3"#,
        "label 1 holds blanks alone",
    );
    let twice = bench.write("twice.jsonl", format!("{LINE}\n\n{LINE}\n"));
    says(&eval(&[&twice]), "twice.jsonl:3: has the `id` of line 1");
    let more = bench.write(
        "more.jsonl",
        LINE.replace(r#""id":"a""#, r#""id":"a","style":"x""#),
    );
    assert_eq!(eval(&[&more]), "", "other keys are a corpus's own");
}

#[test]
fn encodings_are_told_apart() {
    let bench = Bench::new();
    let marked = bench.write("marked.jsonl", format!("\u{feff}{LINE}\n"));
    assert_eq!(eval(&[&marked]), "");
    let mut latin = format!("{LINE}\n{LINE}\n").into_bytes();
    let last = latin.len() - 30;
    latin[last] = 0xe9;
    let latin = bench.write("latin.jsonl", latin);
    let why = eval(&[&latin]);
    says(&why, "latin.jsonl:2: is not UTF-8");
    says(&why, "iconv");
    let list = bench.write("list.tsv", b"caf\xe9\t0\t0\t1\n");
    says(
        &eval(&[&marked, "--disputed", &list]),
        "list.tsv: is not UTF-8",
    );
}

/// What the README shows as JSON under "Measuring it".
fn shown() -> Vec<&'static str> {
    let readme = include_str!("../../README.md");
    let section = readme.split("### Measuring it").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let blocks = section.split("```json\n").skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[test]
fn the_forms_that_the_readme_shows_are_taken() {
    let bench = Bench::new();
    let [line, floors] = shown()[..] else {
        panic!("a line and floors are shown");
    };
    let corpus = bench.write("shown.jsonl", line);
    assert_eq!(eval(&[&corpus]), "");
    assert!(serde_json::from_str::<Floors>(floors).is_ok());
    let project = include_str!("../../tests/golden/floors.json");
    assert!(serde_json::from_str::<Floors>(project).is_ok());
}
