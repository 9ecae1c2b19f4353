//! A conversation that landed, and what came of it later, as one again.

use std::collections::HashMap;

use super::Closed;
use super::open::order_by_sequence;
use crate::domain::{Phi, RawConversation, RawTurn, Role, RoleRevision};

/// `earlier` with everything that `later` says: turns with a known key are
/// corrections and replace theirs, the others follow; what either knows is
/// known of all of it.
#[must_use]
pub fn join(earlier: RawConversation, later: &Closed) -> RawConversation {
    let more = &later.conversation;
    let mut whole = earlier;
    add_turns(&mut whole.turns, &more.turns);
    revise(&mut whole.turns, &later.revisions);
    let gap = order_by_sequence(&mut whole.turns);
    whole.incomplete = gap || later.cause.is_cut();
    for known in &more.known {
        if !whole.known.contains(known) {
            whole.known.push(known.clone());
        }
    }
    let attributes = more.attributes.iter();
    let attributes = attributes.map(|(name, value)| (*name, value.clone()));
    whole.attributes.extend(attributes);
    whole.provenance.add(more.provenance.clone());
    whole.language = whole.language.or_else(|| more.language.clone());
    whole
}

fn add_turns(turns: &mut Vec<RawTurn>, more: &[RawTurn]) {
    let keys = turns.iter().enumerate();
    let by_key: HashMap<Phi<String>, usize> = keys
        .filter_map(|(i, turn)| Some((turn.key.clone()?, i)))
        .collect();
    for turn in more {
        match turn.key.as_ref().and_then(|key| by_key.get(key)) {
            Some(&i) => turns[i] = turn.clone(),
            None => turns.push(turn.clone()),
        }
    }
}

fn revise(turns: &mut [RawTurn], revisions: &[RoleRevision]) {
    let roles: HashMap<&Phi<String>, Role> = revisions.iter().map(|r| (&r.key, r.role)).collect();
    for turn in turns {
        if let Some(role) = turn.key.as_ref().and_then(|key| roles.get(key)) {
            turn.role = *role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assemble::Cause;
    use crate::domain::{Attribute, Category, ConversationRef, KnownValue, TenantId};

    /// Turns as `key text`, `- text` without a key, each with the sequence
    /// number given.
    fn conversation(turns: &[(&str, Option<i64>)]) -> RawConversation {
        let turn = |(said, seq): &(&str, Option<i64>)| {
            let (key, text) = said.split_once(' ').expect("a key and a text");
            RawTurn {
                key: (key != "-").then(|| Phi::new(key.to_owned())),
                seq: *seq,
                text: Phi::new(text.to_owned()),
                ..RawTurn::default()
            }
        };
        RawConversation {
            tenant: TenantId::parse("t").expect("a tenant"),
            conversation: ConversationRef::new("c"),
            channel: Default::default(),
            language: None,
            year: Some(2026),
            turns: turns.iter().map(turn).collect(),
            known: Vec::new(),
            attributes: Default::default(),
            provenance: Default::default(),
            incomplete: true,
        }
    }

    fn closed(conversation: RawConversation, cause: Cause) -> Closed {
        Closed {
            conversation,
            revisions: Vec::new(),
            offsets: vec![7],
            superseded: 0,
            cause,
            bytes: 0,
        }
    }

    #[track_caller]
    fn check(
        earlier: &[(&str, Option<i64>)],
        later: &[(&str, Option<i64>)],
        cause: Cause,
        expected: (&[&str], bool),
    ) {
        let later = closed(conversation(later), cause);
        let whole = join(conversation(earlier), &later);
        let texts: Vec<&str> = whole
            .turns
            .iter()
            .map(|t| t.text.expose().as_str())
            .collect();
        assert_eq!((&*texts, whole.incomplete), expected);
    }

    #[test]
    fn later_turns_follow_and_corrections_replace() {
        let earlier = [("a hello", None), ("b my nam is", None), ("- yes", None)];
        let later = [("b my name is", None), ("c bye", None)];
        let expected = ["hello", "my name is", "yes", "bye"];
        check(&earlier, &later, Cause::Idle, (&expected, false));
        check(&earlier, &later, Cause::Turns, (&expected, true));
    }

    #[test]
    fn a_late_turn_finds_its_place_by_its_number_and_fills_its_gap() {
        let earlier = [("- one", Some(1)), ("- three", Some(3))];
        check(
            &earlier,
            &[("- two", Some(2))],
            Cause::End,
            (&["one", "two", "three"], false),
        );
        let expected = ["one", "three", "five"];
        check(
            &earlier,
            &[("- five", Some(5))],
            Cause::End,
            (&expected, true),
        );
    }

    #[test]
    fn a_late_word_on_who_spoke_corrects_the_earlier_turn() {
        let mut later = closed(conversation(&[("c bye", None)]), Cause::Idle);
        let key = Phi::new(String::from("b"));
        let role = Role::Agent;
        later.revisions = vec![RoleRevision { key, role }];
        let whole = join(conversation(&[("a hello", None), ("b yes", None)]), &later);
        let roles: Vec<Role> = whole.turns.iter().map(|t| t.role).collect();
        assert_eq!(roles, [Role::Other, Role::Agent, Role::Other]);
    }

    #[test]
    fn what_either_knows_is_known_of_all() {
        let known = |value: &str| KnownValue {
            category: Category::Person,
            value: Phi::new(value.to_owned()),
        };
        let mut earlier = conversation(&[("- a", None)]);
        earlier.known = vec![known("Ada")];
        let mut later = conversation(&[]);
        later.known = vec![known("Ada"), known("Bo")];
        later
            .attributes
            .insert(Attribute::Sex, Phi::new(String::from("f")));
        let whole = join(earlier, &closed(later, Cause::Idle));
        assert_eq!(whole.known, [known("Ada"), known("Bo")]);
        assert_eq!(whole.attributes.len(), 1);
        assert_eq!(whole.year, Some(2026), "it began when it began");
    }
}
