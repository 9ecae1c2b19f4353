//! The words: types that every other module speaks in. No I/O, no clock, no
//! entropy of its own; nothing here depends on another module.

pub mod category;
pub mod counted;
pub mod entropy;
pub mod field;
pub mod ids;
pub mod phi;
pub mod provenance;
pub mod time;
pub mod transcript;

pub use category::{Category, Paragraph};
pub use counted::counted;
pub use entropy::Entropy;
pub use field::Field;
pub use ids::{ConversationRef, PolicyHash, ResearchId, Sha256, TenantId, TopicPartition};
pub use phi::Phi;
pub use provenance::{InferenceCall, Provenance};
pub use time::EpochMs;
pub use transcript::{
    Attribute, Channel, Fragment, KnownValue, RawConversation, RawTurn, Role, RoleRevision,
    TurnKind,
};
