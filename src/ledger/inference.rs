//! Inference calls of a slot's conversations, as the tenant's reviewed list
//! names them. Nothing that a record says is repeated: references are digests
//! under the ledger key.

use serde::{Deserialize, Serialize};

use crate::seal::KeyedDigest;

/// The calls that the records of a slot's conversations list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InferenceUse {
    /// The day on which the tenant's list was reviewed, as in `2026-11-01`.
    pub reviewed: String,
    /// The entries of the list that are called.
    pub models: Vec<UsedModel>,
    /// Each call.
    pub calls: Vec<UsedCall>,
}

/// An entry of the tenant's list, as it was when the slot was prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedModel {
    /// Its place on the list, from 0.
    pub entry: usize,
    /// Whose model it is.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Where it was called.
    pub endpoint: String,
    /// The account or project at the provider.
    pub project: String,
    /// Reference of the business associate agreement with the provider.
    pub baa_reference: String,
    /// The provider keeps nothing of a call.
    pub zero_data_retention: bool,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedCall {
    /// Digest of the conversation's source id.
    pub subject: KeyedDigest,
    /// The entry of the list that it names; `None` where it names none, and its
    /// conversation is held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<usize>,
    /// How many tokens the prompt had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_tokens: Option<u64>,
    /// Digest of the reference of the prompt's content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<KeyedDigest>,
    /// Digest of the reference of the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<KeyedDigest>,
}
