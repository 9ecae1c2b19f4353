//! Vendors' words for the closed lists of the domain.

use serde::Serialize;

use super::json::Node;
use super::pointer::{self, Pointer};
use super::spec::Choice;
use crate::domain::{Category, Channel, Role, TurnKind};

/// A closed list whose values a mapping may name.
pub(crate) trait Closed: Copy + Ord + Serialize + 'static {
    /// Every value.
    const ALL: &'static [Self];
    /// What it is where nothing is said.
    const UNSAID: Self;
}

impl Closed for Role {
    const ALL: &'static [Self] = &[
        Self::Agent,
        Self::User,
        Self::Tool,
        Self::System,
        Self::Other,
    ];
    const UNSAID: Self = Self::Other;
}

impl Closed for TurnKind {
    const ALL: &'static [Self] = &[
        Self::Speech,
        Self::Text,
        Self::ToolCall,
        Self::ToolResult,
        Self::Dtmf,
    ];
    const UNSAID: Self = Self::Speech;
}

impl Closed for Channel {
    const ALL: &'static [Self] = &[Self::Voice, Self::Chat, Self::Sms, Self::Other];
    const UNSAID: Self = Self::Other;
}

impl Closed for Category {
    const ALL: &'static [Self] = &Self::ALL;
    const UNSAID: Self = Self::OtherId;
}

/// A compiled [`Choice`]: words in lower case, first match wins.
#[derive(Debug, Clone)]
pub(crate) struct Words<T> {
    at: Vec<Pointer>,
    table: Vec<(String, T)>,
    unsaid: Option<T>,
}

impl<T: Closed> Words<T> {
    /// Compiles a choice; `shared` words count after its own.
    pub(crate) fn new<'w>(
        choice: &'w Choice<T>,
        shared: impl IntoIterator<Item = (&'w T, &'w Vec<String>)>,
    ) -> Self {
        let own = choice.words.iter().chain(shared);
        let mut table: Vec<(String, T)> = own
            .flat_map(|(value, words)| words.iter().map(|w| (w.to_lowercase(), *value)))
            .collect();
        table.extend(T::ALL.iter().map(|value| (own_name(value), *value)));
        Self {
            at: choice.at.clone(),
            table,
            unsaid: choice.is,
        }
    }

    /// The value that `item` names, else the choice's own, else the list's.
    pub(crate) fn read(&self, item: &Node<'_>) -> T {
        self.find(item).unwrap_or(T::UNSAID)
    }

    /// The value that `item` names by a word that is known.
    pub(crate) fn named(&self, item: &Node<'_>) -> Option<T> {
        match pointer::first(&self.at, item)?.1 {
            Node::Text(word) => self.of(word),
            Node::Int(number) => self.of(&number.to_string()),
            _ => None,
        }
    }

    /// The value that `item` names, else the choice's own; `None` where
    /// neither says anything.
    pub(crate) fn find(&self, item: &Node<'_>) -> Option<T> {
        let said = pointer::first(&self.at, item).is_some();
        let named = self.named(item).or(self.unsaid);
        named.or(said.then_some(T::UNSAID))
    }

    fn of(&self, word: &str) -> Option<T> {
        let known = self.table.iter().find(|(w, _)| {
            w.eq_ignore_ascii_case(word) || (!word.is_ascii() && *w == word.to_lowercase())
        });
        known.map(|(_, value)| *value)
    }
}

/// A value's own name, as serde writes it.
pub(crate) fn own_name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::json;
    use super::*;

    fn check(record: &str, expected: Role) {
        let choice = Choice {
            at: vec![Pointer::parse("/who").expect("a pointer")],
            words: BTreeMap::from([(Role::Agent, vec!["Bot".to_owned(), "0".to_owned()])]),
            is: Some(Role::System),
        };
        let shared = BTreeMap::from([(Role::User, vec!["caller".to_owned(), "bot".to_owned()])]);
        let words = Words::new(&choice, &shared);
        let node = json::parse(record.as_bytes(), 4).expect("JSON");
        assert_eq!(words.read(&node), expected, "{record}");
    }

    #[test]
    fn own_words_shared_words_and_names_count_in_any_case() {
        for (record, expected) in [
            (r#"{"who":"BOT"}"#, Role::Agent),
            (r#"{"who":0}"#, Role::Agent),
            (r#"{"who":"Caller"}"#, Role::User),
            (r#"{"who":"tool"}"#, Role::Tool),
            (r#"{"who":"ghost"}"#, Role::System),
            (r#"{"who":null}"#, Role::System),
            ("{}", Role::System),
        ] {
            check(record, expected);
        }
    }
}
