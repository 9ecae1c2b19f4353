//! The serialised form of originals, version 1.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use super::OriginalRecord;
use crate::domain::{
    Attribute, Category, Channel, ConversationRef, EpochMs, InferenceCall, KnownValue, Phi,
    Provenance, RawConversation, RawTurn, Role, TenantId, TopicPartition, TurnKind,
};

#[derive(Serialize, Deserialize)]
pub(super) struct WireRecord<'a> {
    topic: Cow<'a, str>,
    partition: i32,
    offset: i64,
    time_ms: i64,
    key: Option<String>,
    headers: Vec<(Cow<'a, str>, String)>,
    payload: String,
}

impl<'a> WireRecord<'a> {
    pub(super) fn of(record: &'a OriginalRecord) -> Self {
        let header = |(name, value): &'a (Phi<String>, Phi<Vec<u8>>)| {
            (name.expose().into(), BASE64.encode(value.expose()))
        };
        Self {
            topic: record.place.topic.as_ref().into(),
            partition: record.place.partition,
            offset: record.offset,
            time_ms: record.time.0,
            key: record.key.as_ref().map(|k| BASE64.encode(k.expose())),
            headers: record.headers.iter().map(header).collect(),
            payload: BASE64.encode(record.payload.expose()),
        }
    }

    /// `None` when a field is not base64.
    pub(super) fn into_record(self) -> Option<OriginalRecord> {
        let bytes = |text: &str| BASE64.decode(text).ok().map(Phi::new);
        let header = |(name, value): (Cow<'_, str>, String)| {
            Some((Phi::new(name.into_owned()), bytes(&value)?))
        };
        let key = match &self.key {
            Some(key) => Some(bytes(key)?),
            None => None,
        };
        Some(OriginalRecord {
            place: TopicPartition::new(&self.topic, self.partition),
            offset: self.offset,
            time: EpochMs(self.time_ms),
            key,
            headers: self
                .headers
                .into_iter()
                .map(header)
                .collect::<Option<_>>()?,
            payload: bytes(&self.payload)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireTurn<'a> {
    key: Option<Cow<'a, str>>,
    seq: Option<i64>,
    role: Role,
    kind: TurnKind,
    text: Cow<'a, str>,
    start_ms: Option<i64>,
    end_ms: Option<i64>,
    confidence: Option<f32>,
}

impl<'a> WireTurn<'a> {
    pub(super) fn of(turn: &'a RawTurn) -> Self {
        Self {
            key: turn.key.as_ref().map(|k| k.expose().into()),
            seq: turn.seq,
            role: turn.role,
            kind: turn.kind,
            text: turn.text.expose().into(),
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            confidence: turn.confidence,
        }
    }

    pub(super) fn into_turn(self) -> RawTurn {
        RawTurn {
            key: self.key.map(|k| Phi::new(k.into_owned())),
            seq: self.seq,
            role: self.role,
            kind: self.kind,
            text: Phi::new(self.text.into_owned()),
            start_ms: self.start_ms,
            end_ms: self.end_ms,
            confidence: self.confidence,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct WireConversation<'a> {
    tenant: TenantId,
    conversation: Cow<'a, str>,
    channel: Channel,
    language: Option<Cow<'a, str>>,
    year: Option<i16>,
    turns: Vec<WireTurn<'a>>,
    known: Vec<(Category, Cow<'a, str>)>,
    attributes: BTreeMap<Attribute, Cow<'a, str>>,
    incomplete: bool,
    #[serde(default, skip_serializing_if = "WireProvenance::is_silent")]
    provenance: WireProvenance<'a>,
}

impl<'a> WireConversation<'a> {
    pub(super) fn of(raw: &'a RawConversation) -> Self {
        let known = |k: &'a KnownValue| (k.category, k.value.expose().into());
        let attributes = raw.attributes.iter();
        Self {
            tenant: raw.tenant.clone(),
            conversation: raw.conversation.expose().into(),
            channel: raw.channel,
            language: raw.language.as_ref().map(|l| l.expose().into()),
            year: raw.year,
            turns: raw.turns.iter().map(WireTurn::of).collect(),
            known: raw.known.iter().map(known).collect(),
            attributes: attributes.map(|(k, v)| (*k, v.expose().into())).collect(),
            incomplete: raw.incomplete,
            provenance: WireProvenance::of(&raw.provenance),
        }
    }

    pub(super) fn into_conversation(self) -> RawConversation {
        let raw = |text: Cow<'_, str>| Phi::new(text.into_owned());
        let known = |(category, value)| KnownValue {
            category,
            value: raw(value),
        };
        let attributes = self.attributes.into_iter();
        RawConversation {
            tenant: self.tenant,
            conversation: ConversationRef::new(&self.conversation),
            channel: self.channel,
            language: self.language.map(raw),
            year: self.year,
            turns: self.turns.into_iter().map(WireTurn::into_turn).collect(),
            known: self.known.into_iter().map(known).collect(),
            attributes: attributes.map(|(k, v)| (k, raw(v))).collect(),
            incomplete: self.incomplete,
            provenance: self.provenance.into_provenance(),
        }
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct WireProvenance<'a> {
    inference: Vec<WireCall<'a>>,
    calls_missing: bool,
    behavioral_health: bool,
    consent: Option<Cow<'a, str>>,
}

impl<'a> WireProvenance<'a> {
    fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    fn of(raw: &'a Provenance) -> Self {
        Self {
            inference: raw.inference.iter().map(WireCall::of).collect(),
            calls_missing: raw.calls_missing,
            behavioral_health: raw.behavioral_health,
            consent: exposed(raw.consent.as_ref()),
        }
    }

    fn into_provenance(self) -> Provenance {
        Provenance {
            inference: self
                .inference
                .into_iter()
                .map(WireCall::into_call)
                .collect(),
            calls_missing: self.calls_missing,
            behavioral_health: self.behavioral_health,
            consent: hidden(self.consent),
        }
    }
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct WireCall<'a> {
    provider: Option<Cow<'a, str>>,
    model: Option<Cow<'a, str>>,
    endpoint: Option<Cow<'a, str>>,
    project: Option<Cow<'a, str>>,
    prompt_tokens: Option<u64>,
    content: Option<Cow<'a, str>>,
    response: Option<Cow<'a, str>>,
}

impl<'a> WireCall<'a> {
    fn of(call: &'a InferenceCall) -> Self {
        Self {
            provider: exposed(call.provider.as_ref()),
            model: exposed(call.model.as_ref()),
            endpoint: exposed(call.endpoint.as_ref()),
            project: exposed(call.project.as_ref()),
            prompt_tokens: call.prompt_tokens,
            content: exposed(call.content.as_ref()),
            response: exposed(call.response.as_ref()),
        }
    }

    fn into_call(self) -> InferenceCall {
        InferenceCall {
            provider: hidden(self.provider),
            model: hidden(self.model),
            endpoint: hidden(self.endpoint),
            project: hidden(self.project),
            prompt_tokens: self.prompt_tokens,
            content: hidden(self.content),
            response: hidden(self.response),
        }
    }
}

fn exposed(raw: Option<&Phi<String>>) -> Option<Cow<'_, str>> {
    raw.map(|text| text.expose().into())
}

fn hidden(wire: Option<Cow<'_, str>>) -> Option<Phi<String>> {
    wire.map(|text| Phi::new(text.into_owned()))
}
