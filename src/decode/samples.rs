//! Whole records of each preset against what they should yield
//! (`tests/shapes/`), and records that no one should ever send.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use super::{DecodeError, Decoded, Input, Mapping, decode};
use crate::config::resolved::Limits;
use crate::domain::Fragment;

const KEY: &[u8] = b"key-1";

pub(super) const LIMITS: Limits = Limits {
    record_bytes: 1 << 20,
    json_depth: 32,
    record_turns: 1000,
    turn_bytes: 1 << 16,
    memory_bytes: 1 << 26,
};

pub(super) fn read(preset: &str, payload: &[u8], limits: &Limits) -> Result<Decoded, DecodeError> {
    let mapping = Mapping::preset(preset).expect("a preset");
    let input = Input {
        payload,
        key: Some(KEY),
        offset: 41,
    };
    decode(input, &mapping, limits)
}

/// The records of `tests/shapes`, as preset, path without ending, and bytes.
pub(super) fn samples() -> Vec<(String, String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().and_then(|n| n.to_str()).expect("a name");
        if let Some(stem) = name.strip_suffix(".json") {
            let preset = stem.split('.').next().unwrap_or_default().to_owned();
            let bytes = std::fs::read(&path).expect("it can be read");
            found.push((preset, format!("tests/shapes/{stem}"), bytes));
        }
    }
    found.sort();
    found
}

/// What a record yielded, raw text included: only tests may show it.
pub(super) fn dump(decoded: &Result<Decoded, DecodeError>) -> String {
    match decoded {
        Ok(Decoded::Taken(fragment)) => dump_fragment(fragment).expect("a string can be written"),
        Ok(Decoded::Dropped(rule)) => format!("dropped: {rule}\n"),
        Err(error) => format!("refused: {} ({error})\n", error.code()),
    }
}

fn dump_fragment(fragment: &Fragment) -> Result<String, std::fmt::Error> {
    let mut out = format!("conversation: {}\n", fragment.conversation.expose());
    if let Some(tenant) = &fragment.tenant {
        writeln!(out, "tenant: {}", tenant.expose())?;
    }
    if let Some(channel) = fragment.channel {
        writeln!(out, "channel: {channel:?}")?;
    }
    if let Some(language) = &fragment.language {
        writeln!(out, "language: {}", language.expose())?;
    }
    if let Some(moment) = fragment.started_at {
        writeln!(out, "started at: {}", moment.0)?;
    }
    writeln!(
        out,
        "ends: {}, partials: {}",
        fragment.ends, fragment.partials
    )?;
    for turn in &fragment.turns {
        let show = |number: Option<i64>| number.map_or("-".to_owned(), |n| n.to_string());
        let key = turn.key.as_ref().map_or("-", |key| key.expose());
        let (start, end) = (show(turn.start_ms), show(turn.end_ms));
        write!(
            out,
            "turn {key} #{} {:?} {:?} ",
            show(turn.seq),
            turn.role,
            turn.kind
        )?;
        let confidence = turn.confidence.map_or("-".to_owned(), |c| c.to_string());
        writeln!(out, "{start}..{end} {confidence}: {:?}", turn.text.expose())?;
    }
    for revision in &fragment.revisions {
        writeln!(out, "turn {} is {:?}", revision.key.expose(), revision.role)?;
    }
    for known in &fragment.known {
        writeln!(out, "known {:?}: {}", known.category, known.value.expose())?;
    }
    for (attribute, value) in &fragment.attributes {
        writeln!(out, "attribute {attribute:?}: {}", value.expose())?;
    }
    for (path, count) in &fragment.unmapped {
        writeln!(out, "dropped {path}: {count}")?;
    }
    Ok(out)
}

#[test]
fn every_sample_yields_what_is_written_beside_it() {
    let samples = samples();
    assert!(samples.len() > 15, "the samples are there");
    for (preset, path, bytes) in samples {
        let yielded = dump(&read(&preset, &bytes, &LIMITS));
        crate::golden::check(&format!("{path}.expected.txt"), &yielded);
    }
}

#[test]
fn a_schema_registrys_frame_changes_nothing_of_json() {
    let mapping = |preset: &str| Mapping::shared(preset).expect("a preset");
    for (preset, path, bytes) in samples() {
        let framed = |bytes: &[u8]| [b"\0\0\0\x01\x02", bytes].concat();
        let (payload, key) = (framed(&bytes), framed(b"\"key-1\""));
        let input = Input {
            payload: &payload,
            key: Some(&key),
            offset: 41,
        };
        let framed = decode(input, &mapping(&preset), &LIMITS);
        assert_eq!(framed, read(&preset, &bytes, &LIMITS), "{path}");
    }
    check(
        "native",
        "\0\0\0\x01\x02{\"turn\": }",
        &LIMITS,
        "not JSON in UTF-8, at byte 15",
    );
}

fn check(preset: &str, record: &str, limits: &Limits, expected: &str) {
    let refused = read(preset, record.as_bytes(), limits).expect_err("it is refused");
    assert_eq!(refused.to_string(), expected, "{record}");
}

#[test]
fn limits_hold_at_the_limit_and_refuse_past_it() {
    let two = |text: &str| {
        format!(r#"[{{"role":"user","content":{text}}},{{"role":"user","content":"b"}}]"#)
    };
    let record = two("\"aaaa\"");
    let exact = Limits {
        record_bytes: record.len(),
        json_depth: 2,
        record_turns: 2,
        turn_bytes: 4,
        ..LIMITS
    };
    assert!(read("openai", record.as_bytes(), &exact).is_ok());
    for (record, limits, expected) in [
        (
            format!("{record} "),
            exact.clone(),
            format!(
                "record of {} bytes is longer than the limit of {}",
                record.len() + 1,
                record.len()
            ),
        ),
        (
            two("[[]]"),
            exact.clone(),
            "JSON nested deeper than the limit of 2, at byte 27".to_owned(),
        ),
        (
            two("\"aaa\u{e9}\""),
            Limits {
                record_bytes: 1000,
                ..exact.clone()
            },
            "the turn at `message` is longer than the limit of 4 bytes".to_owned(),
        ),
        (
            record.clone(),
            Limits {
                record_turns: 1,
                ..exact
            },
            "more turns than the limit of 1".to_owned(),
        ),
    ] {
        check("openai", &record, &limits, &expected);
    }
}

#[test]
fn refusals_name_the_mappings_place() {
    for (preset, record, expected) in [
        (
            "native",
            r#"{"turn":{"text":5}}"#,
            "`turn/text` is not a string",
        ),
        (
            "native",
            r#"{"turn":{"role":"user"}}"#,
            "`turn/text` is not there",
        ),
        (
            "native",
            r#"{"turn":"hi"}"#,
            "`/turn` is not an item or an array of items",
        ),
        (
            "native",
            r#"{"conversation_id":1.5}"#,
            "`/conversation_id` is not a string or a whole number",
        ),
        (
            "native",
            r#"{"conversation_id":["x"]}"#,
            "`/conversation_id` is not a string or a whole number",
        ),
        ("native", r#"{"tenant":7}"#, "`/tenant` is not a string"),
        (
            "native",
            r#"{"started_at":"yesterday"}"#,
            "`/started_at` is not a moment of RFC 3339",
        ),
        (
            "native",
            r#"{"turn":{"text":"a","seq":"7"}}"#,
            "`turn/seq` is not a whole number",
        ),
        (
            "native",
            r#"{"turn":{"text":"a","start_ms":"soon"}}"#,
            "`turn/start_ms` is not milliseconds",
        ),
        ("native", r#"{"known":5}"#, "`/known` is not an array"),
        ("native", "[]", "no rule of the mapping fits the record"),
        ("native", "7", "no rule of the mapping fits the record"),
        (
            "openai",
            r#"{"messages":7}"#,
            "`/messages` is not an item or an array of items",
        ),
        (
            "openai",
            r#"[{"role":"tool","content":[1e30]}]"#,
            "`message/content` is not JSON with numbers below 2^64",
        ),
        (
            "vapi",
            r#"{"message":{"call":{"id":"x"}}}"#,
            "no rule of the mapping fits the record",
        ),
        (
            "vapi",
            r#"{"messages":[]}"#,
            "no rule of the mapping fits the record",
        ),
    ] {
        check(preset, record, &LIMITS, expected);
    }
}

#[test]
fn a_record_needs_a_conversation() {
    let nameless = |preset: &str, payload: &[u8], key: Option<&[u8]>| {
        let mapping = Mapping::preset(preset).expect("a preset");
        let input = Input {
            payload,
            key,
            offset: 41,
        };
        dump(&decode(input, &mapping, &LIMITS))
    };
    let none =
        "refused: no_conversation_id (no conversation id in the places where the mapping looks)\n";
    assert_eq!(nameless("native", b"{}", None), none);
    assert_eq!(
        nameless("native", b"{\"conversation_id\":\"\"}", Some(b"")),
        none
    );
    assert_eq!(nameless("native", b"{}", Some(b"\xff\xfe")), none);
    assert!(nameless("openai", b"[]", None).starts_with("conversation: record 41\n"));
}

#[test]
fn a_tombstone_is_dropped_by_name() {
    assert_eq!(dump(&read("native", b"", &LIMITS)), "dropped: tombstone\n");
}

/// The native schema and the native preset say the same of a record.
fn agree(record: &str, fits: bool) {
    let schema = serde_json::from_str(super::NATIVE_SCHEMA).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let value = serde_json::from_str(record).expect("it is JSON");
    assert_eq!(validator.is_valid(&value), fits, "the schema on {record}");
    let decoded = read("native", record.as_bytes(), &LIMITS);
    assert_eq!(decoded.is_ok(), fits, "the preset on {record}");
}

#[test]
fn the_native_schema_and_preset_agree() {
    for (preset, _, bytes) in samples() {
        if preset == "native" {
            agree(std::str::from_utf8(&bytes).expect("text"), true);
        }
    }
    for bad in [
        r#"{"turn":{"text":5}}"#,
        r#"{"turn":{"role":"user"}}"#,
        r#"{"turn":"hi"}"#,
        r#"{"turns":[{"text":"a"},7]}"#,
        r#"{"end":true,"conversation_id":1.5}"#,
        r#"{"end":true,"tenant":7}"#,
        r#"{"end":true,"started_at":9}"#,
        r#"{"turn":{"text":"a","seq":"7"}}"#,
        r#"{"turn":{"text":"a","start_ms":true}}"#,
        r#"{"turn":{"text":{},"kind":"speech"}}"#,
        r#"{"end":true,"attributes":{"age":[]}}"#,
        r#"{"end":true,"known":5}"#,
        r#"{"end":false}"#,
        "{}",
        "[]",
    ] {
        agree(bad, false);
    }
}

/// A secret that no error may repeat.
const CANARY: &str = "Zyxwvut";

fn says_nothing(decoded: &Result<Decoded, DecodeError>) {
    let shown = format!("{decoded:?}");
    assert!(!shown.contains(CANARY), "a result shows what it read");
    if let Err(error) = decoded {
        assert!(
            !error.to_string().contains(CANARY),
            "an error shows what it read"
        );
    }
}

#[test]
fn no_result_prints_what_the_record_held() {
    // Every string value, then every name, then every number becomes the canary.
    let value = regex::Regex::new(r#"": "[^"]*""#).expect("a pattern");
    let name = regex::Regex::new(r#""\w+":"#).expect("a pattern");
    let number = regex::Regex::new(r"\d+").expect("a pattern");
    for (preset, _, bytes) in samples() {
        let text = String::from_utf8(bytes).expect("samples are text");
        for changed in [
            value.replace_all(&text, format!("\": \"{CANARY}\"")),
            name.replacen(&text, 3, format!("\"{CANARY}\":")),
            number.replace(&text, CANARY),
        ] {
            says_nothing(&read(&preset, changed.as_bytes(), &LIMITS));
        }
    }
}

fn presets() -> impl Strategy<Value = String> {
    proptest::sample::select(
        super::presets::PRESETS
            .iter()
            .map(|p| p.name.to_owned())
            .collect::<Vec<_>>(),
    )
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(preset in presets(), bytes in any::<Vec<u8>>()) {
        says_nothing(&read(&preset, &bytes, &LIMITS));
    }

    #[test]
    fn mutated_samples_never_panic_nor_speak(
        pick in any::<proptest::sample::Index>(),
        preset in presets(),
        own in any::<bool>(),
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0..6usize), 1..6),
    ) {
        const TOKENS: [&str; 6] = ["", "null", "[]", "{}", "\"Zyxwvut\"", "-1e9"];
        let samples = samples();
        let (named, _, bytes) = pick.get(&samples);
        let mut text = String::from_utf8(bytes.clone()).expect("samples are text");
        for (from, to, token) in cuts {
            let edge = |i: usize| (0..=i).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            let (a, b) = (edge(from.index(text.len() + 1)), edge(to.index(text.len() + 1)));
            let near = b.min(a + 12).max(a);
            let near = (near..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(a);
            text.replace_range(a..near, TOKENS[token]);
        }
        let preset = if own { named } else { &preset };
        says_nothing(&read(preset, text.as_bytes(), &LIMITS));
    }

    #[test]
    fn a_shape_of_any_value_is_read_or_refused(
        field in proptest::sample::select(vec!["conversation_id", "turn", "turns", "known", "metadata", "attributes", "end", "started_at"]),
        value in proptest::sample::select(vec!["null", "true", "0", "-1", "1.5", "18446744073709551615", "1e300", "\"\"", "\"a\"", "[]", "{}", "[[]]", "[{}]", "{\"text\":{}}", "{\"text\":\"x\",\"kind\":\"tool_call\"}"]),
    ) {
        let record = format!("{{\"{field}\":{value}}}");
        let first = dump(&read("native", record.as_bytes(), &LIMITS));
        prop_assert_eq!(first, dump(&read("native", record.as_bytes(), &LIMITS)));
    }
}

/// A vendor of which the program knows nothing: its mapping is only a file.
const A_USERS_MAPPING: &str = r#"
name: mine
about: calls with tool items, key presses, word lists and the vendor's own findings
unwrap: [/call]
roles: { agent: ["0"], user: [callee] }
records:
  - name: ended
    envelope: [{ at: /event, is_not: [started] }]
    only_one: [/parts]
    conversation: [/call_id]
    started_at: { at: [/began], unit: epoch_s }
    ends: always
    turns: [{ at: [/items], as: item }]
    listed:
      - each: /entities
        category: { at: [/label], words: { person: [NAME], ssn: [US_SSN] } }
        value: [/raw_value]
    known: [{ category: phone, at: [/legs/*/number] }]
  - { name: started, drop: true }
items:
  item:
    - when: [{ at: /role, is: [node_transition] }]
      drop: node_transition
    - when: [{ at: /role, is: [dtmf] }]
      role: { is: user }
      kind: { is: dtmf }
      text: { at: [/digit] }
    - when: [{ at: /words, present: true }]
      final: [{ at: /partial, is_not: [true] }]
      role: { at: [/channel/0] }
      text: { at: [/words], form: words, of: [/alternatives/0/content] }
      start: { at: [/words/0/offset], unit: ticks_100ns }
      end: { at: [/words/-1/at], unit: rfc3339 }
      confidence: [/confidence]
"#;

#[test]
fn a_users_own_mapping_needs_no_code() {
    let mapping = Mapping::parse("mine.yaml".as_ref(), A_USERS_MAPPING).expect("a sound mapping");
    let yielded = |record: &str| {
        let input = Input {
            payload: record.as_bytes(),
            key: None,
            offset: 0,
        };
        dump(&decode(input, &mapping, &LIMITS))
    };
    let record = r#"{"event":"ended","call":{"call_id":12,"began":"1772636531.5",
        "legs":[{"number":"555-0131"},{"number":null},{}],
        "entities":[{"label":"name","raw_value":"Ida"},{"label":"US_SSN","raw_value":123456789}],
        "items":[
          {"role":"node_transition","to":"greeting"},
          {"role":"dtmf","digit":"7"},
          {"channel":[0,2],"confidence":"0.5","words":[
            {"alternatives":[{"content":"good"}],"offset":28600000},
            {"alternatives":[{"content":"day"}],"at":"2026-03-04T15:02:15Z"}]},
          {"partial":true,"words":[]},
          {"role":"new_kind"}]}}"#;
    assert_eq!(
        yielded(record),
        "conversation: 12\nstarted at: 1772636531500\nends: true, partials: 1\n\
         turn - #- User Dtmf -..- -: \"7\"\n\
         turn - #- Agent Speech 2860..3500 0.5: \"good day\"\n\
         known Phone: 555-0131\nknown Person: Ida\nknown Ssn: 123456789\n\
         dropped node_transition: 1\ndropped other: 1\ndropped unknown_item: 1\n"
    );
    assert_eq!(yielded(r#"{"event":"started"}"#), "dropped: started\n");
    assert_eq!(
        yielded(r#"{"call":{"call_id":1,"parts":[1,2],"items":[]}}"#),
        "refused: wrong_shape (`/parts` is not one conversation)\n"
    );
}
