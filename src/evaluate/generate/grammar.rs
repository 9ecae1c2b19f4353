//! Sentences with alternatives: `[could|can] you give me your {noun}[, please|]?`
//!
//! Brackets hold alternatives and nest; braces name a slot that the caller
//! fills.

use super::dice::Dice;

/// A part of an expanded sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Words as they stand.
    Text(&'a str),
    /// A slot, by name.
    Slot(&'a str),
}

/// One of the sentences that `template` stands for.
pub(super) fn expand<'a>(template: &'a str, dice: &mut Dice) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    expand_into(template, dice, &mut parts);
    parts
}

fn expand_into<'a>(template: &'a str, dice: &mut Dice, parts: &mut Vec<Part<'a>>) {
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        if at > 0 {
            parts.push(Part::Text(&rest[..at]));
        }
        let end = if rest.as_bytes()[at] == b'{' {
            let end = rest[at..].find('}').expect("a slot is closed") + at;
            parts.push(Part::Slot(&rest[at + 1..end]));
            end
        } else {
            let end = closing(&rest[at..]) + at;
            let choices = alternatives(&rest[at + 1..end]);
            expand_into(dice.pick(&choices), dice, parts);
            end
        };
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
}

/// Where the bracket that opens `text` closes.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'[' => depth += 1,
            b']' if depth == 1 => return i,
            b']' => depth -= 1,
            _ => {}
        }
    }
    unreachable!("templates are part of the program and their brackets are closed")
}

/// The alternatives of one pair of brackets.
fn alternatives(inner: &str) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0, 0, Vec::new());
    for (i, b) in inner.bytes().enumerate() {
        match b {
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'|' if depth == 0 => {
                out.push(&inner[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    out.push(&inner[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;
    use std::collections::BTreeSet;

    #[test]
    fn every_alternative_is_reached_and_nothing_else() {
        let mut dice = Dice::new(Entropy::from_u64(3));
        let said: BTreeSet<String> = (0..200)
            .map(|_| {
                expand("a[b|[c|d]e|] {x}.", &mut dice)
                    .iter()
                    .map(|part| match part {
                        Part::Text(text) => (*text).to_owned(),
                        Part::Slot(name) => format!("<{name}>"),
                    })
                    .collect()
            })
            .collect();
        let all = ["a <x>.", "ab <x>.", "ace <x>.", "ade <x>."];
        assert_eq!(said, all.map(String::from).into());
    }
}
