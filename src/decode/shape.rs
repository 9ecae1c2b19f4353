//! Which fields a rule takes or names as dropped; the rest is counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::json::{Field, Node};
use super::pointer::{Pointer, Step};

/// A tree of the paths that a rule knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    fate: Fate,
    fields: Vec<(Box<str>, Shape)>,
    items: Option<Box<Shape>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
enum Fate {
    /// Only what lies below is known.
    #[default]
    Inner,
    /// Taken, with all that lies below.
    Taken,
    /// Dropped, with all that lies below, and counted under this path.
    Dropped(Arc<str>),
}

impl Shape {
    /// Knows that what lies at `pointer` is taken.
    pub(crate) fn take(&mut self, pointer: &Pointer) {
        self.reach(pointer).fate = Fate::Taken;
    }

    /// Knows that what lies at `pointer` is dropped, unless it is taken;
    /// `owner` stands before the path.
    pub(crate) fn drop(&mut self, owner: &str, pointer: &Pointer) {
        let end = self.reach(pointer);
        if end.fate == Fate::Inner {
            end.fate = Fate::Dropped(format!("{owner}{}", pointer.as_str()).into());
        }
    }

    fn reach(&mut self, pointer: &Pointer) -> &mut Self {
        pointer.steps().iter().fold(self, |shape, step| match step {
            Step::Name(name, _) => shape.child(name),
            Step::Last | Step::Each => shape.items.get_or_insert_default(),
        })
    }

    fn child(&mut self, name: &str) -> &mut Self {
        let known = self.fields.iter().position(|(n, _)| **n == *name);
        let at = known.unwrap_or_else(|| {
            self.fields.push((name.into(), Self::default()));
            self.fields.len() - 1
        });
        &mut self.fields[at].1
    }

    fn field(&self, name: &str) -> Option<&Self> {
        self.fields
            .iter()
            .find(|(n, _)| **n == *name)
            .map(|(_, shape)| shape)
    }

    fn item(&self, index: usize) -> Option<&Self> {
        let by_number = || self.field(&index.to_string());
        self.items.as_deref().or_else(by_number)
    }

    /// Whether every field is taken on its own, so that nothing is left to drop.
    fn takes_all(&self, fields: &[Field<'_>]) -> bool {
        let taken = |name: &str| self.field(name).is_some_and(|s| s.fate == Fate::Taken);
        let mut fields = fields.iter();
        !self.fields.is_empty()
            && fields.all(|(name, node)| matches!(node, Node::Null) || taken(name))
    }

    /// Counts what `node` holds that is not taken: once for each field at the
    /// top of what is dropped.
    pub(crate) fn count(&self, node: &Node<'_>, counts: &mut Counts) {
        match (&self.fate, node) {
            (Fate::Taken, _) | (_, Node::Null) => {}
            (Fate::Dropped(_), Node::Object(fields)) if self.takes_all(fields) => {}
            (Fate::Dropped(path), _) => counts.add(path),
            (Fate::Inner, Node::Object(fields)) => {
                for (name, value) in fields {
                    count_below(self.field(name), value, counts);
                }
            }
            (Fate::Inner, Node::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    count_below(self.item(index), value, counts);
                }
            }
            (Fate::Inner, _) => counts.add_other(),
        }
    }
}

impl Shape {
    /// Adds the paths of what [`Shape::count`] counts as unknown.
    pub(crate) fn unknown(&self, node: &Node<'_>, at: &str, found: &mut BTreeMap<String, u32>) {
        let mut below = |shape: Option<&Self>, node: &Node<'_>, name: &str| {
            let at = format!("{at}/{name}");
            match (shape, node) {
                (_, Node::Null) => {}
                (Some(shape), _) => shape.unknown(node, &at, found),
                (None, _) => *found.entry(at).or_default() += 1,
            }
        };
        match (&self.fate, node) {
            (Fate::Inner, Node::Object(fields)) => {
                for (name, value) in fields {
                    below(self.field(name), value, shown(name));
                }
            }
            (Fate::Inner, Node::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    below(self.item(index), value, "*");
                }
            }
            (Fate::Inner, Node::Null) | (Fate::Taken | Fate::Dropped(_), _) => {}
            (Fate::Inner, _) => *found.entry(at.to_owned()).or_default() += 1,
        }
    }
}

/// A field's name, or `*` for one that looks like a value.
fn shown(name: &str) -> &str {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.$".contains(&b);
    match name.len() <= 40 && digits < 5 && name.bytes().all(plain) {
        true => name,
        false => "*",
    }
}

fn count_below(shape: Option<&Shape>, node: &Node<'_>, counts: &mut Counts) {
    match (shape, node) {
        (Some(shape), _) => shape.count(node, counts),
        (None, Node::Null) => {}
        (None, _) => counts.add_other(),
    }
}

/// How often each known path was dropped, and how many fields no rule knows.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    by_path: BTreeMap<Arc<str>, u32>,
    other: u32,
}

impl Counts {
    /// One more under a path of the mapping.
    pub(crate) fn add(&mut self, path: &Arc<str>) {
        match self.by_path.get_mut(path) {
            Some(count) => *count += 1,
            None => {
                self.by_path.insert(Arc::clone(path), 1);
            }
        }
    }

    /// One more field that no rule knows.
    pub(crate) fn add_other(&mut self) {
        self.other += 1;
    }

    /// All counts by path; unknown fields as `other`.
    pub(crate) fn finish(mut self) -> BTreeMap<Arc<str>, u32> {
        if self.other > 0 {
            self.by_path.insert("other".into(), self.other);
        }
        self.by_path
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    fn check(record: &str, expected: &[(&str, u32)]) {
        let pointer = |text| Pointer::parse(text).expect("a pointer");
        let mut shape = Shape::default();
        for taken in ["/text", "/call/id", "/who/id", "/words/*/w", "/first/0/t"] {
            shape.take(&pointer(taken));
        }
        for dropped in [
            "/url",
            "/call/phone",
            "/first",
            "/who",
            "/words/*/conf",
            "/text",
        ] {
            shape.drop("item", &pointer(dropped));
        }
        let node = json::parse(record.as_bytes(), 9).expect("JSON");
        let mut counts = Counts::default();
        shape.count(&node, &mut counts);
        let counts = counts.finish();
        let seen: Vec<(&str, u32)> = counts.iter().map(|(k, v)| (&**k, *v)).collect();
        assert_eq!(seen, expected, "{record}");
    }

    #[test]
    fn what_is_not_taken_is_counted_once_at_its_top() {
        for (record, expected) in [
            (r#"{"text":"x","call":{"id":1}}"#, &[][..]),
            (r#"{"text":"x","url":"u"}"#, &[("item/url", 1)]),
            (r#"{"mystery":{"a":1,"b":2},"c":[1]}"#, &[("other", 2)]),
            (
                r#"{"call":{"id":1,"phone":5,"x":6}}"#,
                &[("item/call/phone", 1), ("other", 1)],
            ),
            (
                r#"{"words":[{"w":"a","conf":1},{"w":"b","conf":1,"z":2}]}"#,
                &[("item/words/*/conf", 2), ("other", 1)],
            ),
            (r#"{"first":[{"t":1},{"t":2}]}"#, &[("item/first", 1)]),
            (r#"{"who":{"id":1,"x":null}}"#, &[]),
            (r#"{"who":{"id":1,"x":2,"y":3}}"#, &[("item/who", 1)]),
            (r#"{"call":"not an object","gone":null}"#, &[("other", 1)]),
        ] {
            check(record, expected);
        }
    }
}
