//! Labelled conversations as people write them: a turn a line, labels in the
//! text.
//!
//! ```text
//! # voice | a refill
//! agent: who is calling
//! user: {NAME ana lee} born {DATE may 4th 1961}, i was {?AGE/lt90 54} then
//! ```
//!
//! A tenant's own text says whose it is: `# voice | a refill | tenant: north`.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::corpus::{CorpusError, Label, LabelType, Labelled, Turn, conversation};

/// A label, opened where `?` stands by one that may stay.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{(?<optional>\??)(?<type>[A-Z]+)(?:/(?<sub>[a-z0-9_]+))? (?<words>[^{}]*)\}")
        .expect("a valid expression")
});

/// Whether the file at `path` holds marked text, by its name.
#[must_use]
pub fn is_marked(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "txt")
}

/// The conversations of the marked `text`, each with the number of its first
/// line from 1, or that of the line at fault. They are called after `name`, by
/// their order: `refills-1`. Every type is labelled, completely.
#[must_use]
pub fn read(name: &str, text: &str) -> Vec<(usize, Result<Labelled, CorpusError>)> {
    let mut read: Vec<(usize, Result<Marked<'_>, CorpusError>)> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(head) = line.strip_prefix('#') {
            read.push((at + 1, Ok(Marked::headed(head))));
        } else if !line.is_empty() {
            match read.last_mut() {
                None => read.push((at + 1, Err(CorpusError::Headless))),
                Some((_, Err(_))) => {}
                Some((number, open)) => {
                    if let Ok(marked) = open
                        && let Err(fault) = marked.say(line)
                    {
                        (*number, *open) = (at + 1, Err(fault));
                    }
                }
            }
        }
    }
    let numbered = read.into_iter().enumerate();
    numbered
        .map(|(i, (line, marked))| (line, marked.map(|m| m.labelled(name, i + 1))))
        .collect()
}

/// A conversation while it is read.
#[derive(Default)]
struct Marked<'a> {
    channel: &'a str,
    tenant: Option<&'a str>,
    turns: Vec<Turn>,
    labels: Vec<Label>,
}

impl<'a> Marked<'a> {
    /// Of the head `voice | a refill | tenant: north`.
    fn headed(head: &'a str) -> Self {
        let mut parts = head.split('|').map(str::trim);
        Self {
            channel: parts.next().unwrap_or_default(),
            tenant: parts.find_map(tenant_in),
            ..Self::default()
        }
    }

    /// Adds the turn `line`, as `user: it is {NAME ana}`.
    fn say(&mut self, line: &str) -> Result<(), CorpusError> {
        let (speaker, marked) = line.split_once(':').ok_or(CorpusError::Turn)?;
        let mut text = String::new();
        let mut from = 0;
        let marked = marked.trim_start();
        for label in LABEL.captures_iter(marked) {
            let all = label.get_match();
            push_plain(&mut text, &marked[from..all.start()])?;
            from = all.end();
            let start = text.len();
            text.push_str(&label["words"]);
            self.labels.push(self.label(&label, start..text.len())?);
        }
        push_plain(&mut text, &marked[from..])?;
        self.turns.push(Turn {
            speaker: speaker.trim().to_lowercase(),
            text,
        });
        Ok(())
    }

    fn label(&self, label: &Captures<'_>, span: Range<usize>) -> Result<Label, CorpusError> {
        let named = |kind: &LabelType| kind.name() == &label["type"];
        let kind = LabelType::ALL.into_iter().find(named);
        let said = !label["words"].trim().is_empty();
        Ok(Label {
            turn: self.turns.len(),
            span,
            label: kind.filter(|_| said).ok_or(CorpusError::Mark)?,
            sub: label.name("sub").map(|sub| sub.as_str().to_owned()),
            optional: !label["optional"].is_empty(),
        })
    }

    fn labelled(self, name: &str, number: usize) -> Labelled {
        Labelled {
            raw: conversation(self.channel, self.turns),
            labels: self.labels,
            types: LabelType::ALL.to_vec(),
            tenant: self.tenant.map(str::to_owned),
            ..Labelled::empty(format!("{name}-{number}"))
        }
    }
}

/// The tenant that `part` of a head names, in letters of whatever case: a slip must not
/// pass an authorisation by.
fn tenant_in(part: &str) -> Option<&str> {
    let (name, tenant) = part.split_once(':')?;
    let named = name.trim().eq_ignore_ascii_case("tenant");
    named.then(|| tenant.trim())
}

/// Adds text between labels, in which no brace may stand: it would be a label
/// that was meant.
fn push_plain(text: &mut String, plain: &str) -> Result<(), CorpusError> {
    if plain.contains(['{', '}']) {
        return Err(CorpusError::Mark);
    }
    text.push_str(plain);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Channel, Role};

    const TALK: &str = "\u{feff}# voice | a refill\n\
        agent: who is calling\n\
        user: {NAME ana lee}, i'm {?AGE/lt90 54}: since {DATE may}\n\
        \n\
        # chat | nothing\n\
        user: hi\n";

    #[test]
    fn labels_are_taken_out_of_the_text() {
        let read = read("refills", TALK);
        let (line, first) = &read[0];
        let first = first.as_ref().expect("a conversation");
        assert_eq!((*line, first.id.as_str()), (1, "refills-1"));
        assert_eq!(first.text(1), "ana lee, i'm 54: since may");
        assert_eq!(first.raw.channel, Channel::Voice);
        assert_eq!(first.raw.turns[0].role, Role::Agent);
        let said = |l: &Label| &first.text(l.turn)[l.span.clone()];
        let labels: Vec<_> = first.labels.iter().map(|l| (said(l), l.label)).collect();
        let expected = [
            ("ana lee", LabelType::Name),
            ("54", LabelType::Age),
            ("may", LabelType::Date),
        ];
        assert_eq!(labels, expected);
        assert_eq!(first.labels[1].sub.as_deref(), Some("lt90"));
        assert!(first.labels[1].optional && !first.labels[0].optional);
        let second = read[1].1.as_ref().expect("a conversation");
        assert_eq!((second.id.as_str(), second.labels.len()), ("refills-2", 0));
    }

    #[test]
    fn a_tenants_text_says_whose_it_is() {
        let tenant = |head: &str| {
            let read = read("a", &format!("# {head}\nuser: hi"));
            let (_, labelled) = read.into_iter().next().expect("a conversation");
            labelled.expect("a conversation").tenant
        };
        assert_eq!(
            tenant("voice | a refill | tenant: north").as_deref(),
            Some("north")
        );
        assert_eq!(tenant("voice|tenant: north").as_deref(), Some("north"));
        assert_eq!(tenant("voice | Tenant : north").as_deref(), Some("north"));
        assert_eq!(tenant("voice | tenant calls the landlord"), None);
    }

    #[test]
    fn the_line_at_fault_is_named() {
        let fault = |text: &str| {
            let read = read("a", text);
            let (line, fault) = read.into_iter().next().expect("a fault");
            (line, fault.expect_err("a fault"))
        };
        assert_eq!(fault("\nuser: hi"), (2, CorpusError::Headless));
        assert_eq!(fault("# chat |\nwho says"), (2, CorpusError::Turn));
        for bad in [
            "{NAME ana",
            "{name ana}",
            "{NAME  }",
            "{PERSON ana}",
            "a } b",
        ] {
            let text = format!("# chat | a\nuser: hi\nuser: {bad}");
            assert_eq!(fault(&text), (3, CorpusError::Mark), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_label_lies_in_its_turn(text in "(# voice\n)?([a-zé]{0,3}:? ?(\\{\\??[NAMEx]{0,4}(/a)? ?[é ]{0,2}\\}?)?\n){0,6}") {
            for (_, read) in read("a", &text) {
                let Ok(labelled) = read else { continue };
                for label in &labelled.labels {
                    prop_assert!(labelled.text(label.turn).get(label.span.clone()).is_some());
                }
            }
        }
    }
}
