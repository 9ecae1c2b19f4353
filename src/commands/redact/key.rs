//! What a JSON key says about its value.

pub(super) use crate::deid::field::words;

use crate::deid::field;
use crate::domain::Category;

/// Keys whose value is what somebody said or wrote.
pub(super) fn is_speech(key: &str) -> bool {
    matches!(
        key,
        "text"
            | "content"
            | "message"
            | "transcript"
            | "utterance"
            | "body"
            | "said"
            | "value"
            | "input"
            | "output"
    )
}

/// Keys whose value names a speaker.
pub(super) fn is_role(key: &str) -> bool {
    matches!(
        key,
        "role" | "speaker" | "sender" | "author" | "participant"
    )
}

/// Whether `key` looks like a name of a schema: ASCII words in snake, kebab or
/// camel case, with at most two digits together.
pub(super) fn is_schema_name(key: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@');
    let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '@');
    let digits = key
        .as_bytes()
        .windows(3)
        .any(|w| w.iter().all(u8::is_ascii_digit));
    key.len() <= 64 && key.starts_with(starts) && key.chars().all(legal) && !digits
}

/// Words that schemas are made of and that read like rare names out of
/// context.
const PLAIN: &[&str] = &[
    "agent",
    "api",
    "args",
    "arguments",
    "attrs",
    "body",
    "call",
    "calls",
    "chat",
    "code",
    "config",
    "content",
    "ctx",
    "data",
    "desc",
    "dose",
    "end",
    "event",
    "events",
    "fn",
    "format",
    "func",
    "function",
    "idx",
    "index",
    "input",
    "items",
    "json",
    "kind",
    "kwargs",
    "lang",
    "language",
    "len",
    "level",
    "list",
    "messages",
    "meta",
    "metadata",
    "ms",
    "msg",
    "obj",
    "ok",
    "output",
    "params",
    "payload",
    "props",
    "req",
    "res",
    "response",
    "result",
    "results",
    "role",
    "seq",
    "src",
    "start",
    "state",
    "status",
    "str",
    "tool",
    "tools",
    "ts",
    "turn",
    "turns",
    "type",
    "url",
    "utterance",
    "val",
    "value",
    "values",
    "version",
    "words",
];

/// Whether a schema name is made of plain words only, so that it says nothing
/// of anybody.
pub(super) fn is_plain(key: &str) -> bool {
    let plain = |word: &str| PLAIN.contains(&word) || is_speech(word) || is_role(word);
    words(key).split(' ').all(plain)
}

/// The category of identifier that a key names; `value` tells a person's
/// `name` from a function's.
pub(super) fn category(key: &str, value: &str) -> Option<Category> {
    field::category(&words(key), value)
}

/// Keys of measurements: a number under one is no identifier unless it is as
/// long as a moment in time.
pub(super) fn is_measure(key: &str) -> bool {
    words(key).split(' ').any(|word| {
        matches!(
            word,
            "ms" | "offset"
                | "duration"
                | "start"
                | "end"
                | "tokens"
                | "count"
                | "size"
                | "length"
                | "bytes"
                | "seconds"
                | "confidence"
                | "score"
                | "cost"
                | "latency"
                | "seq"
                | "index"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schema_names_are_ascii_words() {
        for name in ["patient_name", "startMs", "x-request-id", "$ref", "line2"] {
            assert!(is_schema_name(name), "{name}");
        }
        for name in [
            "Ada Lovell",
            "555-0134",
            "3125550134",
            "",
            "josé",
            "acct99812",
        ] {
            assert!(!is_schema_name(name), "{name}");
        }
    }

    #[test]
    fn keys_name_categories() {
        let check = |key, value, expected| assert_eq!(category(key, value), expected, "{key}");
        check("patient_name", "anh", Some(Category::Person));
        check("name", "look_up_patient", None);
        check("dateOfBirth", "5/7/61", Some(Category::Date));
        check("homePhone", "555 0132", Some(Category::Phone));
        check("member_id", "x4471", Some(Category::OtherId));
        check("order", "ascending", None);
        check("drug_name", "metformin", None);
        check("temperature", "x", None);
    }

    #[test]
    fn words_come_apart_at_marks_and_capitals() {
        assert_eq!(words("dateOfBirth"), "date of birth");
        assert_eq!(words("_x-request__id"), "x request id");
    }
}
