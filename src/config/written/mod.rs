//! What is written in the files: the types behind the schemas, whose comments
//! are the reference.
//!
//! Every field is optional or has a default, although the schema requires
//! some: a file is decoded without its refused parts, so that the remaining
//! checks still speak, and only a file without refusals is resolved. For the
//! same reason an item of a list is an option: refused, it leaves a gap.

mod authorization;
mod pipeline;
mod policy;
mod secret;
mod tenant;
mod unit;

pub(super) use authorization::{Authorization, Inference, Purpose, ReviewedCall};
pub(super) use pipeline::{
    File, GroupProtocol, Kafka, Observe, ObserveTls, Pipeline, Source, Store, Stores,
};
pub(super) use policy::{
    Ages, CodeScope, CustomPolicy, Dates, Operator, Policy, Profile, SmallAreas, ZipTable,
};
pub(super) use secret::SecretSource;
pub(super) use tenant::{Keys, Mapping, PurgeAfter, Review, SmallCellAction, SmallCells, Tenant};
pub(super) use unit::{ByteSize, Probability, Span};
pub use unit::{Portion, human_bytes, human_span};
