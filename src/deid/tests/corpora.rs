//! Predictions for labelled corpora, for scripts that read them, and that clean
//! text comes back unchanged.

use super::*;

/// Writes predictions for every corpus in `LEEWARD_CORPORA` (the format is the
/// evaluation's: `id`, `spans` in characters) into `LEEWARD_PREDICTIONS`, and
/// prints the engine's speed.
#[test]
#[ignore = "a measurement: set LEEWARD_CORPORA and LEEWARD_PREDICTIONS"]
fn predictions() {
    let corpora = std::env::var("LEEWARD_CORPORA").expect("LEEWARD_CORPORA");
    let out = std::env::var("LEEWARD_PREDICTIONS").expect("LEEWARD_PREDICTIONS");
    for entry in std::fs::read_dir(corpora).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "jsonl") {
            predict(&path, std::path::Path::new(&out));
        }
    }
}

fn predict(path: &std::path::Path, out: &std::path::Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let cases: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let raws: Vec<RawConversation> = cases.iter().map(labelled).collect();
    let bytes: usize = raws
        .iter()
        .flat_map(|raw| &raw.turns)
        .map(|turn| turn.text.expose().len())
        .sum();
    // The first reading builds automata; what follows is the steady speed.
    raws.iter().for_each(|raw| drop(find(&ENGINE, raw)));
    let started = std::time::Instant::now();
    let found: Vec<Vec<Finding>> = raws.iter().map(|raw| find(&ENGINE, raw)).collect();
    let finding = started.elapsed();
    let mut outcomes = Vec::new();
    for raw in &raws {
        let mut entropy = Entropy::from_u64(1);
        outcomes.push(deidentify(
            &ENGINE,
            &Policy::safe_harbor(),
            raw,
            &mut entropy,
        ));
    }
    let whole = started.elapsed() - finding;
    let speed = |took: std::time::Duration| bytes as f64 / 1e6 / took.as_secs_f64();
    let name = path.file_name().unwrap();
    println!(
        "{name:?}: {bytes} bytes, find {:.1} MB/s, deidentify {:.1} MB/s",
        speed(finding),
        speed(whole)
    );
    for (raw, once) in raws.iter().zip(&outcomes) {
        assert_eq!(texts(&again(raw, once)), texts(once));
    }
    let lines: Vec<String> = cases
        .iter()
        .zip(raws.iter().zip(&found))
        .map(|(case, (raw, found))| prediction(case, raw, found).to_string())
        .collect();
    std::fs::write(out.join(name), lines.join("\n")).unwrap();
}

/// What becomes of the clean text of `once`, said by the same people.
fn again(raw: &RawConversation, once: &Outcome) -> Outcome {
    let roles = raw.turns.iter().map(|t| t.role);
    let turns: Vec<_> = roles.zip(texts(once)).collect();
    deidentify(
        &ENGINE,
        &Policy::safe_harbor(),
        &dialogue(&turns),
        &mut Entropy::from_u64(2),
    )
}

fn labelled(case: &serde_json::Value) -> RawConversation {
    let turns: Vec<_> = case["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| {
            let role = match turn["speaker"].as_str().unwrap() {
                "doctor" | "agent" | "guest_clinician" => Role::Agent,
                "patient" | "customer" => Role::User,
                "system" => Role::System,
                _ => Role::Other,
            };
            (role, turn["text"].as_str().unwrap())
        })
        .collect();
    dialogue(&turns)
}

fn prediction(
    case: &serde_json::Value,
    raw: &RawConversation,
    found: &[Finding],
) -> serde_json::Value {
    let spans: Vec<_> = found
        .iter()
        .map(|f| {
            let text = raw.turns[f.turn].text.expose();
            let start = text[..f.span.start].chars().count();
            let end = start + text[f.span.clone()].chars().count();
            serde_json::json!({
                "turn": f.turn, "start": start, "end": end, "type": label(f.category), "rule": f.rule,
            })
        })
        .collect();
    serde_json::json!({"id": case["id"], "spans": spans})
}

/// The evaluation's word for a category.
fn label(category: Category) -> &'static str {
    match category {
        Category::Person => "NAME",
        Category::Organization | Category::Facility => "ORG",
        Category::Address => "ADDRESS",
        Category::City => "CITY",
        Category::Zip => "ZIP",
        Category::Date => "DATE",
        Category::Age => "AGE",
        Category::Phone | Category::Fax => "PHONE",
        Category::Email => "EMAIL",
        Category::Url | Category::Ip => "URL",
        Category::Username => "USERNAME",
        Category::Time => "TIME",
        Category::Secret | Category::Geocode | Category::Biometric | Category::Photo => "OTHER",
        _ => "ID",
    }
}
