//! JSON pointers (RFC 6901), with `*` for every item of an array and `-1`
//! for its last.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::json::Node;

/// A path into a record.
#[derive(Clone, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
#[schemars(title = "a JSON pointer such as `/call/id`")]
pub struct Pointer(
    #[schemars(with = "String", regex(pattern = r"^(/.*)?$"))] Arc<str>,
    #[schemars(skip)] Arc<[Step]>,
);

/// One step of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// A field, or an item by its number.
    Name(Box<str>, Option<usize>),
    /// An array's last item.
    Last,
    /// Every item of an array.
    Each,
}

impl Step {
    fn parse(token: &str) -> Self {
        match token {
            "*" => Self::Each,
            "-1" => Self::Last,
            _ => {
                let name = token.replace("~1", "/").replace("~0", "~");
                let index = name.parse().ok();
                Self::Name(name.into(), index)
            }
        }
    }

    fn follow<'n, 'a>(&self, node: &'n Node<'a>) -> Option<&'n Node<'a>> {
        match (self, node) {
            (Self::Name(name, _), Node::Object(_)) => node.field(name),
            (Self::Name(_, Some(index)), Node::Array(items)) => items.get(*index),
            (Self::Last, Node::Array(items)) => items.last(),
            _ => None,
        }
    }
}

impl Pointer {
    /// Reads a pointer: empty for the whole, else steps that each begin with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let steps: Vec<Step> = match text.strip_prefix('/') {
            Some(rest) => rest.split('/').map(Step::parse).collect(),
            None if text.is_empty() => Vec::new(),
            None => return None,
        };
        Some(Self(text.into(), steps.into()))
    }

    /// The pointer as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.1
    }

    /// The value there, unless it is absent or null. A path with `*` has no
    /// single value.
    pub(crate) fn find<'n, 'a>(&self, root: &'n Node<'a>) -> Option<&'n Node<'a>> {
        let found = self.follow(root)?;
        (!matches!(found, Node::Null)).then_some(found)
    }

    /// Whether null is there.
    pub(crate) fn is_null(&self, root: &Node<'_>) -> bool {
        matches!(self.follow(root), Some(Node::Null))
    }

    fn follow<'n, 'a>(&self, root: &'n Node<'a>) -> Option<&'n Node<'a>> {
        self.1.iter().try_fold(root, |node, step| step.follow(node))
    }

    /// Every value there, `*` taken in turn, without nulls.
    pub(crate) fn find_all<'n, 'a>(&self, root: &'n Node<'a>) -> Vec<&'n Node<'a>> {
        let mut found = vec![root];
        for step in self.1.iter() {
            found = match step {
                Step::Each => found
                    .iter()
                    .filter_map(|n| n.as_array())
                    .flatten()
                    .collect(),
                _ => found.into_iter().filter_map(|n| step.follow(n)).collect(),
            };
        }
        found.retain(|node| !matches!(node, Node::Null));
        found
    }
}

/// The first of several places that holds something.
pub(crate) fn first<'p, 'n, 'a>(
    places: &'p [Pointer],
    root: &'n Node<'a>,
) -> Option<(&'p Pointer, &'n Node<'a>)> {
    places
        .iter()
        .find_map(|place| place.find(root).map(|node| (place, node)))
}

/// The places after `used` that hold something too: what they say is left out.
pub(crate) fn unused<'p>(
    places: &'p [Pointer],
    used: &Pointer,
    root: &Node<'_>,
) -> impl Iterator<Item = &'p Pointer> {
    let after = places
        .iter()
        .skip_while(move |place| *place != used)
        .skip(1);
    after.filter(|place| !place.as_str().is_empty() && place.find(root).is_some())
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a JSON pointer is empty or begins with `/`"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    fn check(pointer: &str, expected: Option<&str>) {
        let record = br#"{"a":{"b/c":"one"},"l":["x","y","z"],"n":null,"":"empty"}"#;
        let node = json::parse(record, 9).expect("JSON");
        let pointer = Pointer::parse(pointer).expect("a pointer");
        let found = pointer.find(&node).and_then(Node::as_text);
        assert_eq!(found, expected, "{pointer:?}");
    }

    #[test]
    fn pointers_find_values() {
        for (pointer, expected) in [
            ("/a/b~1c", Some("one")),
            ("/l/1", Some("y")),
            ("/l/-1", Some("z")),
            ("/l/3", None),
            ("/l/*", None),
            ("/", Some("empty")),
            ("/n", None),
            ("/a/x", None),
            ("", None),
        ] {
            check(pointer, expected);
        }
        assert!(Pointer::parse("a").is_none());
    }

    #[test]
    fn a_star_takes_every_item() {
        let node = json::parse(br#"{"l":[{"v":"x"},{"v":null},{},{"v":"y"}]}"#, 9);
        let node = node.expect("JSON");
        let found = Pointer::parse("/l/*/v").expect("a pointer");
        let texts: Vec<_> = found
            .find_all(&node)
            .into_iter()
            .map(Node::as_text)
            .collect();
        assert_eq!(texts, [Some("x"), Some("y")]);
    }
}
