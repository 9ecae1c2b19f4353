//! YAML → a tree whose every node knows its line and column.
//!
//! A small part of YAML, so that a file means one thing: one document; no
//! anchors, aliases or tags; keys are text and written once; a plain scalar is
//! a number only in its canonical form, so that `0123` and `1e3` stay text.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::Value;

use crate::config::problem::{Mark, child, printable};

const MAX_DEPTH: usize = 16;

/// A node and its place.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) mark: Mark,
    pub(super) data: Data,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Data {
    /// Text, and whether it stood without quotes.
    Scalar { text: String, plain: bool },
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping in the order of the file.
    Mapping(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) mark: Mark,
}

/// What is wrong with the YAML itself.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) pointer: String,
    pub(super) mark: Mark,
    pub(super) what: String,
    pub(super) remedy: &'static str,
}

/// Reads `text`; the tree is `None` when it is not YAML at all.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<Fault>) {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let going = match event {
            Ok((event, span)) => builder.take(event, mark(span.start)),
            Err(error) => {
                let at = mark(*error.marker());
                let (what, remedy) = why(text, at);
                builder.fault(at, what.into(), remedy);
                false
            }
        };
        if !going {
            return (None, builder.faults);
        }
    }
    (builder.root, builder.faults)
}

/// What makes `text` no YAML at `at`. The scanner's own words may quote the
/// file, so they are not told.
fn why(text: &str, at: Mark) -> (&'static str, &'static str) {
    let line = text.lines().nth(at.line - 1).unwrap_or_default();
    let before = text.lines().nth(at.line.saturating_sub(2));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let merging = |line: &str| line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>");
    if text.contains('\0') {
        ("holds null bytes", "write the file anew as text")
    } else if line[..indent(line)].contains('\t') {
        ("is indented with a tab", "indent with spaces")
    } else if merging(line) || before.is_some_and(merging) {
        (
            "holds both sides of a merge",
            "keep one side, without its marks",
        )
    } else {
        (
            "is not YAML from here on",
            "check indentation, quotes, brackets and the space after `:`",
        )
    }
}

fn mark(marker: Marker) -> Mark {
    Mark {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// The value of a plain scalar by the rules in the header of this file.
pub(super) fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => integer(text).unwrap_or_else(|| Value::from(text)),
    }
}

fn integer(text: &str) -> Option<Value> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then(|| Value::from(number))
}

#[derive(Default)]
struct Builder {
    frames: Vec<Frame>,
    root: Option<Node>,
    faults: Vec<Fault>,
}

struct Frame {
    mark: Mark,
    data: FrameData,
}

enum FrameData {
    Sequence(Vec<Node>),
    Mapping(Vec<(Key, Node)>, Option<Key>),
}

impl Builder {
    /// Takes one event; `false` ends the reading.
    fn take(&mut self, event: Event<'_>, mark: Mark) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.decorated(anchor != 0 || tag.is_some(), mark);
                let (text, plain) = (text.into_owned(), style == ScalarStyle::Plain);
                self.put(Node {
                    mark,
                    data: Data::Scalar { text, plain },
                });
                true
            }
            Event::SequenceStart(anchor, tag) => {
                self.decorated(anchor != 0 || tag.is_some(), mark);
                self.open(mark, FrameData::Sequence(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.decorated(anchor != 0 || tag.is_some(), mark);
                self.open(mark, FrameData::Mapping(Vec::new(), None))
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close();
                true
            }
            Event::Alias(_) => {
                self.decorated(true, mark);
                false
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                self.fault(
                    mark,
                    "a second document begins here".into(),
                    "keep one document a file",
                );
                false
            }
            _ => true,
        }
    }

    fn open(&mut self, mark: Mark, data: FrameData) -> bool {
        let fits = self.frames.len() < MAX_DEPTH;
        if fits {
            self.frames.push(Frame { mark, data });
        } else {
            self.fault(mark, "is nested too deep".into(), "flatten it");
        }
        fits
    }

    fn close(&mut self) {
        if let Some(Frame { mark, data }) = self.frames.pop() {
            let data = match data {
                FrameData::Sequence(items) => Data::Sequence(items),
                FrameData::Mapping(entries, _) => Data::Mapping(entries),
            };
            self.put(Node { mark, data });
        }
    }

    fn put(&mut self, node: Node) {
        match self.frames.last_mut().map(|frame| &mut frame.data) {
            None => self.root = Some(node),
            Some(FrameData::Sequence(items)) => items.push(node),
            Some(FrameData::Mapping(entries, pending)) => match pending.take() {
                Some(key) => entries.push((key, node)),
                None => self.key(node),
            },
        }
    }

    fn key(&mut self, node: Node) {
        let mark = node.mark;
        let text = match node.data {
            Data::Scalar { text, .. } => text,
            _ => {
                self.fault(
                    mark,
                    "a key is not text".into(),
                    "write a plain word as key",
                );
                String::new()
            }
        };
        let mut twice = false;
        if let Some(FrameData::Mapping(entries, pending)) =
            self.frames.last_mut().map(|frame| &mut frame.data)
        {
            twice = entries.iter().any(|(key, _)| key.text == text);
            let text = text.clone();
            *pending = Some(Key { text, mark });
        }
        if twice {
            let what = format!("the key `{}` is written twice", printable(&text));
            self.fault(mark, what, "keep one of the two");
        }
    }

    fn decorated(&mut self, is: bool, mark: Mark) {
        if is {
            let what = "anchors, aliases and tags are not supported".into();
            self.fault(mark, what, "write the value out");
        }
    }

    fn fault(&mut self, mark: Mark, what: String, remedy: &'static str) {
        let pointer = self.pointer();
        self.faults.push(Fault {
            pointer,
            mark,
            what,
            remedy,
        });
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for frame in &self.frames {
            let step = match &frame.data {
                FrameData::Sequence(items) => items.len().to_string(),
                FrameData::Mapping(_, Some(key)) => key.text.clone(),
                FrameData::Mapping(_, None) => break,
            };
            pointer = child(&pointer, &step);
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check_fault(text: &str, line: usize, column: usize, pointer: &str, what: &str) {
        let (_, faults) = parse(text);
        let fault = faults.first().expect("a fault");
        assert_eq!(fault.mark, Mark { line, column }, "{text}");
        assert_eq!(fault.pointer, pointer, "{text}");
        assert!(fault.what.contains(what), "{}", fault.what);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        check_fault("a: 1\nb: [2\n", 3, 1, "/b/1", "not YAML");
        check_fault("a:\n\tb: 1\n", 2, 2, "/a", "a tab");
        check_fault("a: b\0c\n", 1, 5, "", "null bytes");
        check_fault("a: 1\na: 2\n", 2, 1, "/a", "twice");
        check_fault("a:\n  b: &x 1\n", 2, 6, "/a/b", "anchors");
        check_fault("a:\n  - !!str 1\n", 2, 5, "/a/0", "tags");
        check_fault("a: 1\n---\nb: 2\n", 2, 1, "", "second document");
        check_fault("? [1]\n: 2\n", 1, 3, "", "key is not text");
        check_fault(&"[".repeat(40), 1, 17, &"/0".repeat(16), "too deep");
    }

    #[test]
    fn only_canonical_numbers_are_numbers() {
        for (text, value) in [
            ("1", json!(1)),
            ("-7", json!(-7)),
            ("0123", json!("0123")),
            ("1e3", json!("1e3")),
            ("+1", json!("+1")),
            ("9999999999999999999999", json!("9999999999999999999999")),
            ("true", json!(true)),
            ("yes", json!("yes")),
            ("~", json!(null)),
        ] {
            assert_eq!(plain_value(text), value);
        }
    }
}
