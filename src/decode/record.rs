//! A record → its fragment of a conversation.

use std::sync::Arc;

use super::compact;
use super::compile::{Record, Turns};
use super::frame;
use super::json::{self, Node};
use super::known;
use super::mapping::Mapping;
use super::pointer::{self, Pointer};
use super::provenance;
use super::shape::Counts;
use super::spec::{Beside, Ends, Listed, Place, RecordRule, Scalar, Test};
use super::time::{self, Time};
use super::turn::Reader;
use super::words::Words;
use super::{DecodeError, Decoded, Input, PARTIAL, TOMBSTONE, wrong_shape};
use crate::config::resolved::Limits;
use crate::domain::{Category, ConversationRef, Fragment, KnownValue, Phi};

/// Reads one record under its tenant's mapping, within `limits`.
///
/// Memory is bounded by a multiple of `limits.record_bytes` (about 16 for an
/// array of one-digit numbers).
///
/// # Errors
/// A [`DecodeError`]: the record is to be quarantined with its code as reason.
pub fn decode(
    input: Input<'_>,
    mapping: &Mapping,
    limits: &Limits,
) -> Result<Decoded, DecodeError> {
    if input.payload.is_empty() {
        return Ok(Decoded::Dropped(TOMBSTONE.into()));
    }
    if input.payload.len() > limits.record_bytes {
        return Err(DecodeError::TooLarge {
            bytes: input.payload.len(),
            limit: limits.record_bytes,
        });
    }
    let whole = parse(input.payload, limits.json_depth)?;
    let (rule, root) = rule_of(mapping, &whole)?;
    if rule.rule.drop {
        return Ok(Decoded::Dropped(Arc::clone(&rule.name)));
    }
    let mut counts = Counts::default();
    if !std::ptr::eq(root, &whole) {
        mapping.envelope.count(&whole, &mut counts);
    }
    let fragment = read(input, rule, root, limits, counts)?;
    let nothing = fragment.turns.is_empty() && fragment.revisions.is_empty() && !fragment.ends;
    let flagged = fragment.provenance.behavioral_health;
    let only_partial = nothing && fragment.partials > 0 && !flagged;
    Ok(match only_partial {
        true => Decoded::Dropped(PARTIAL.into()),
        false => Decoded::Taken(fragment),
    })
}

/// The JSON of a record, in a registry's frame or not.
pub(crate) fn parse(payload: &[u8], depth: usize) -> Result<Node<'_>, DecodeError> {
    let (text, before) = frame::json(payload)?;
    json::parse(text, depth).map_err(|error| error.moved(before))
}

/// The rule that reads a record, and the part of the record that it reads.
pub(crate) fn rule_of<'m, 'n, 'a>(
    mapping: &'m Mapping,
    whole: &'n Node<'a>,
) -> Result<(&'m Record, &'n Node<'a>), DecodeError> {
    let envelope = pointer::first(&mapping.unwrap, whole);
    let root = envelope.map_or(whole, |(_, inner)| inner);
    let fits = |record: &&Record| holds(&record.rule.envelope, whole) && fits(record, root);
    let rule = mapping.records.iter().find(fits);
    Ok((rule.ok_or(DecodeError::UnknownShape)?, root))
}

fn read(
    input: Input<'_>,
    record: &Record,
    root: &Node<'_>,
    limits: &Limits,
    mut counts: Counts,
) -> Result<Fragment, DecodeError> {
    let rule = &record.rule;
    one_conversation(&rule.only_one, root)?;
    let mut fragment = Fragment::new(conversation(&rule.conversation, input, root)?);
    fragment.tenant = text_at(&rule.tenant, root)?;
    fragment.language = text_at(&rule.language, root)?;
    fragment.channel = record.channel.as_ref().and_then(|words| words.find(root));
    if let Some(Time::Absolute(moment)) = time::read(rule.started_at.as_ref(), root, "")? {
        fragment.started_at = Some(moment);
    }
    fragment.ends = ends(&rule.ends, root);
    for (attribute, places) in &rule.attributes {
        if let Some(value) = value_at(places, root)? {
            fragment.attributes.insert(*attribute, value);
        }
    }
    if let Node::Object(_) = root {
        record.shape.count(root, &mut counts);
    }
    let mut reader = Reader::new(limits, fragment.started_at, &mut counts);
    let mut present = record.turns.is_empty();
    for source in &record.turns {
        present |= turns_of(source, root, &mut reader)?;
    }
    let items = reader.finish();
    (fragment.turns, fragment.revisions) = (items.turns, items.revisions);
    (fragment.known, fragment.partials) = (items.known, items.partials);
    known_values(record, root, &mut fragment.known)?;
    fragment.known = known::once(fragment.known);
    let said = !fragment.turns.is_empty();
    fragment.provenance = provenance::read(rule, root, limits.record_turns, said);
    fragment.unmapped = counts.finish();
    if !present && !may_lack_turns(rule, &fragment) {
        let rule = Arc::clone(&record.name);
        return Err(DecodeError::NoTurns { rule });
    }
    Ok(fragment)
}

/// Whether a rule reads a record: its tests hold, and it is an object, or an
/// array of the rule's items.
fn fits(record: &Record, root: &Node<'_>) -> bool {
    let whole = |source: &Turns| source.at.iter().any(|at| at.as_str().is_empty());
    let kind = match root {
        Node::Object(_) => true,
        Node::Array(_) => record.turns.iter().any(whole),
        _ => false,
    };
    kind && holds(&record.rule.when, root)
}

/// A record without any of its rule's places for turns is in order where it
/// is an end event or tells something else. A whole conversation is not: its
/// vendor may have moved the turns, and to go on would be to lose them.
fn may_lack_turns(rule: &RecordRule, fragment: &Fragment) -> bool {
    let tells = fragment.ends
        || !fragment.known.is_empty()
        || !fragment.attributes.is_empty()
        || fragment.provenance.says_something();
    tells && !matches!(rule.ends, Ends::Always)
}

/// Reads the items of one source: of an array each, else the one value.
/// Whether the source was there at all.
fn turns_of(
    source: &Turns,
    root: &Node<'_>,
    reader: &mut Reader<'_, '_>,
) -> Result<bool, DecodeError> {
    let Some((place, found)) = pointer::first(&source.at, root) else {
        return Ok(false);
    };
    match found {
        Node::Array(items) => reader.items(source, items)?,
        item @ Node::Object(_) => reader.items(source, std::slice::from_ref(item))?,
        _ => return Err(wrong_shape("", place, "an item or an array of items")),
    }
    reader.unused(source, place, root);
    Ok(true)
}

fn conversation(
    places: &[Place],
    input: Input<'_>,
    root: &Node<'_>,
) -> Result<ConversationRef, DecodeError> {
    for place in places {
        let found = match place {
            Place::Beside(Beside::Key) => input
                .key
                .and_then(frame::key)
                .map(|key| ConversationRef::new(&key)),
            Place::Beside(Beside::Record) => {
                Some(ConversationRef::new(&format!("record {}", input.offset)))
            }
            Place::Field(pointer) => field_id(pointer, root)?,
        };
        if let Some(id) = found.filter(|id| !id.expose().is_empty()) {
            return Ok(id);
        }
    }
    Err(DecodeError::NoConversationId)
}

fn field_id(pointer: &Pointer, root: &Node<'_>) -> Result<Option<ConversationRef>, DecodeError> {
    match pointer.find(root) {
        None => Ok(None),
        Some(Node::Text(id)) => Ok(Some(ConversationRef::new(id))),
        Some(node) => match known::identifier(node) {
            Some(id) => Ok(Some(ConversationRef::new(&id))),
            None => Err(wrong_shape("", pointer, "a string or a whole number")),
        },
    }
}

fn one_conversation(places: &[Pointer], root: &Node<'_>) -> Result<(), DecodeError> {
    for place in places {
        let items = place.find(root).and_then(Node::as_array);
        if items.is_some_and(|items| items.len() > 1) {
            return Err(wrong_shape("", place, "one conversation"));
        }
    }
    Ok(())
}

fn ends(rule: &Ends, root: &Node<'_>) -> bool {
    match rule {
        Ends::Never => false,
        Ends::Always => true,
        Ends::When(tests) => holds(tests, root),
    }
}

/// Whether all tests hold.
pub(crate) fn holds(tests: &[Test], node: &Node<'_>) -> bool {
    tests.iter().all(|test| {
        let found = test.at.find(node);
        let among = |scalars: &[Scalar]| {
            found.is_some_and(|value| scalars.iter().any(|scalar| equal(scalar, value)))
        };
        test.is.as_deref().is_none_or(among)
            && !test.is_not.as_deref().is_some_and(among)
            && test.present.is_none_or(|wanted| wanted == found.is_some())
    })
}

fn equal(scalar: &Scalar, node: &Node<'_>) -> bool {
    match (scalar, node) {
        (Scalar::Bool(a), Node::Bool(b)) => a == b,
        (Scalar::Int(a), Node::Int(b)) => a == b,
        (Scalar::Text(a), Node::Text(b)) => a == b,
        _ => false,
    }
}

fn text_at(places: &[Pointer], root: &Node<'_>) -> Result<Option<Phi<String>>, DecodeError> {
    match pointer::first(places, root) {
        None => Ok(None),
        Some((_, Node::Text(text))) => Ok(Some(Phi::new(text.to_string()))),
        Some((place, _)) => Err(wrong_shape("", place, "a string")),
    }
}

fn value_at(places: &[Pointer], root: &Node<'_>) -> Result<Option<Phi<String>>, DecodeError> {
    match pointer::first(places, root) {
        None => Ok(None),
        Some((place, node)) => match known::identifier(node) {
            Some(value) => Ok(Some(Phi::new(value))),
            None => Err(wrong_shape("", place, "a string or a whole number")),
        },
    }
}

/// Adds the values that the record itself names as identifiers.
fn known_values(
    record: &Record,
    root: &Node<'_>,
    known: &mut Vec<KnownValue>,
) -> Result<(), DecodeError> {
    for rule in &record.rule.known {
        for place in &rule.at {
            for node in place.find_all(root) {
                known::named(rule.category, place.as_str(), node, known);
            }
        }
    }
    for place in &record.rule.named {
        for node in place.find_all(root) {
            known::collect(&compact::unfold(node.clone()), known);
        }
    }
    for (rule, words) in record.rule.listed.iter().zip(&record.listed) {
        for list in rule.each.find_all(root) {
            listed_values(rule, words, list, known)?;
        }
    }
    Ok(())
}

fn listed_values(
    rule: &Listed,
    words: &Words<Category>,
    list: &Node<'_>,
    known: &mut Vec<KnownValue>,
) -> Result<(), DecodeError> {
    let items = list.as_array();
    for item in items.ok_or_else(|| wrong_shape("", &rule.each, "an array"))? {
        let category = match rule.only_known {
            true => words.named(item),
            false => Some(words.read(item)),
        };
        let value = pointer::first(&rule.value, item).map(|(_, node)| node);
        if let Some((category, value)) = category.zip(value.and_then(known::identifier)) {
            known::push(known, category, value);
        }
    }
    Ok(())
}
