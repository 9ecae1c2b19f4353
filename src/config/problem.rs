//! What is wrong with a configuration, where, and what to do about it.

use std::fmt;
use std::path::PathBuf;

/// A place in a file, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// One thing that is wrong, or worth a warning.
///
/// It names keys and closed words only: a value of the file may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Where in the file; `None` when the file could not be read.
    pub mark: Option<Mark>,
    /// Which setting, as in `stores.state.url` or `topics[0]`; empty for the whole file.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What puts it right.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(mark) = self.mark {
            write!(f, ":{}:{}", mark.line, mark.column)?;
        }
        f.write_str("  ")?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}; {}", self.what, self.remedy)
    }
}

/// A JSON pointer as people write it: `/topics/0` is `topics[0]`.
pub(super) fn dotted(pointer: &str) -> String {
    let mut out = String::new();
    for step in steps(pointer) {
        if step.bytes().all(|b| b.is_ascii_digit()) && !step.is_empty() {
            out.push_str(&format!("[{step}]"));
            continue;
        }
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(&printable(&step));
    }
    out
}

/// The unescaped steps of a JSON pointer.
pub(super) fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// One step further down a JSON pointer.
pub(super) fn child(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// A key as it may be shown: short, and without control characters.
pub(super) fn printable(key: &str) -> String {
    let shown: String = key.chars().filter(|c| !c.is_control()).take(48).collect();
    if shown.len() < key.len() {
        format!("{shown}…")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_read_as_people_write_them() {
        for (pointer, shown) in [
            ("", ""),
            ("/topics/0", "topics[0]"),
            (
                "/source/kafka/librdkafka/a.b",
                "source.kafka.librdkafka.a.b",
            ),
            ("/a~1b", "a/b"),
        ] {
            assert_eq!(dotted(pointer), shown);
        }
    }

    #[test]
    fn keys_are_shown_short_and_on_one_line() {
        assert_eq!(printable("to\npics"), "topics…");
        assert!(printable(&"k".repeat(500)).chars().count() == 49);
    }

    #[test]
    fn a_problem_names_place_and_remedy() {
        let problem = Problem {
            file: "a.yaml".into(),
            mark: Some(Mark { line: 3, column: 5 }),
            path: "topics[0]".into(),
            what: "is empty".into(),
            remedy: "name a topic".into(),
        };
        assert_eq!(
            problem.to_string(),
            "a.yaml:3:5  topics[0]: is empty; name a topic"
        );
    }
}
