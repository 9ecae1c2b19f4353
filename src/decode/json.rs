//! JSON as a tree that borrows from the record: strict, bounded in depth, and
//! silent about what it holds.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::DecodeError;

/// A name and what it names.
pub(crate) type Field<'a> = (Cow<'a, str>, Node<'a>);

/// A JSON value. Its `Debug` shows nothing: it holds raw text.
#[derive(Clone)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// Above `i64::MAX`.
    UInt(u64),
    Float(f64),
    Text(Cow<'a, str>),
    Array(Vec<Node<'a>>),
    /// No name twice.
    Object(Vec<Field<'a>>),
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<'a> Node<'a> {
    /// The value of an object's field.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        fields.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The text of a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array.
    pub(crate) fn as_array(&self) -> Option<&[Node<'a>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }
}

/// The byte-order mark that some producers put first; RFC 8259 lets a reader skip it.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads one JSON text, nested at most `depth` deep (a scalar is depth 0).
///
/// # Errors
/// [`DecodeError::NotJson`], [`DecodeError::TooDeep`] or
/// [`DecodeError::DuplicateField`], with the byte offset.
pub(crate) fn parse(bytes: &[u8], depth: usize) -> Result<Node<'_>, DecodeError> {
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    let text = std::str::from_utf8(body).map_err(|error| DecodeError::NotJson {
        offset: skipped + error.valid_up_to(),
    })?;
    let fault = Cell::new(Fault::Syntax);
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = Seed {
        left: depth,
        fault: &fault,
    };
    let read = seed
        .deserialize(&mut reader)
        .and_then(|node| reader.end().map(|()| node));
    read.map_err(|error| {
        let offset = skipped + offset_of(body, &error);
        match fault.get() {
            Fault::Syntax => DecodeError::NotJson { offset },
            Fault::Deep => DecodeError::TooDeep {
                limit: depth,
                offset,
            },
            Fault::Twice => DecodeError::DuplicateField { offset },
        }
    })
}

/// The byte offset of an error that speaks in lines and columns.
fn offset_of(body: &[u8], error: &serde_json::Error) -> usize {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => body
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(line - 2)
            .map_or(0, |(i, _)| i + 1),
    };
    (line_start + error.column()).min(body.len())
}

#[derive(Clone, Copy)]
enum Fault {
    Syntax,
    Deep,
    Twice,
}

#[derive(Clone, Copy)]
struct Seed<'f> {
    left: usize,
    fault: &'f Cell<Fault>,
}

impl Seed<'_> {
    fn fail<E: Error>(self, fault: Fault) -> E {
        self.fault.set(fault);
        E::custom("refused")
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        match self.left.checked_sub(1) {
            Some(left) => Ok(Self { left, ..self }),
            None => Err(self.fail(Fault::Deep)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Node<'de>, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::UInt(value), Node::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Float(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let inner = self.deeper()?;
        let mut fields = Vec::with_capacity(8);
        while let Some(name) = map.next_key_seed(Name)? {
            fields.push((name, map.next_value_seed(inner)?));
        }
        if names_twice(&fields) {
            return Err(self.fail(Fault::Twice));
        }
        Ok(Node::Object(fields))
    }
}

/// Whether a name occurs twice: pairwise where few, sorted where many.
fn names_twice(fields: &[Field<'_>]) -> bool {
    if fields.len() <= 12 {
        return fields
            .iter()
            .enumerate()
            .any(|(i, (name, _))| fields[..i].iter().any(|(n, _)| n == name));
    }
    let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_ref()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// Reads a name without copying it where it has no escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<(), DecodeError>) {
        assert_eq!(parse(bytes, 3).map(|_| ()), expected);
    }

    #[test]
    fn what_is_json_is_read() {
        for good in [
            "null",
            " {} ",
            "[[[1]]]",
            "\u{feff}{\"a\":1}",
            r#"{"a":"\u00e9","b":-0.5e3}"#,
            "18446744073709551615",
        ] {
            check(good.as_bytes(), Ok(()));
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (bad, offset) in [
            (&b""[..], 0),
            (b"{", 1),
            (b"{\n \"a\": NaN}", 9),
            (b"[1,]", 4),
            (b"{} {}", 4),
            (b"[1e999]", 6),
            (b"'a'", 1),
            (b"\"\xff\"", 1),
            (b"\xef\xbb\xbf\xef\xbb\xbf{}", 4),
            (b"{\"a\":\"\\ud800\"}", 13),
        ] {
            check(bad, Err(DecodeError::NotJson { offset }));
        }
    }

    #[test]
    fn depth_is_bounded_whatever_the_input() {
        for opening in ["[", "{\"a\":"] {
            let bomb = opening.repeat(100_000);
            let refused = parse(bomb.as_bytes(), 3).map(|_| ());
            assert!(
                matches!(refused, Err(DecodeError::TooDeep { limit: 3, .. })),
                "{refused:?}"
            );
        }
        check(b"[[[]]]", Ok(()));
    }

    #[test]
    fn a_name_given_twice_is_refused_in_small_and_large_objects() {
        check(
            br#"{"a":1,"a":2}"#,
            Err(DecodeError::DuplicateField { offset: 13 }),
        );
        check(
            br#"{"a":1,"\u0061":2}"#,
            Err(DecodeError::DuplicateField { offset: 18 }),
        );
        let mut many: Vec<String> = (0..40).map(|i| format!("\"f{i}\":{i}")).collect();
        check(format!("{{{}}}", many.join(",")).as_bytes(), Ok(()));
        many.push("\"f7\":0".to_owned());
        let twice = format!("{{{}}}", many.join(","));
        let refused = parse(twice.as_bytes(), 3).map(|_| ());
        assert!(matches!(refused, Err(DecodeError::DuplicateField { .. })));
    }
}
