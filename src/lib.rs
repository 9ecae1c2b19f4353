//! Leeward turns raw voice and chat transcripts from Kafka into Parquet that
//! is de-identified by HIPAA Safe Harbor (45 CFR 164.514(b)(2)), and makes the
//! originals go away on time, with evidence.
//!
//! ```text
//! source ─▶ decode ─▶ gate ─▶ assemble ─▶ deid ─▶ batch ─▶ table ─▶ lake ─▶ release
//! Kafka     bytes →   whose,  turns →     text →  per      rows →   slots   gated,
//! or files  turns     may we  conversation clean  tenant   Parquet          published
//!
//! domain   the words that every module speaks in
//! config   what operators write, and what it means
//! seal     encryption of all that is original, keyed digests
//! ledger   what happened: evidence, chains, verification
//! purge    what must go, when, and the proof that it went
//! scope    what work for one tenant needs, so that two tenants cannot meet
//! worker   the protocol as step(state, event) → effects, and the loop around it
//! evaluate how well the engine finds, on labelled text
//! train    the name model's weights from labelled text
//! observe  metrics, health and logs without content
//! commands verbs for people
//! ```
//!
//! The modules below stand in the order of the river. Data flows one way. The
//! middle is pure: no I/O, no clock, no async; time and entropy are arguments.
//!
//! # Promises
//!
//! 1. **One fate each.** Every record that is read is committed, quarantined or
//!    dropped by a named rule, once. Each slot's counts balance: open before
//!    and read are committed, quarantined, dropped and open after.
//! 2. **Durable, then acknowledged.** The commit log in the state store is the
//!    truth. The group's offset in Kafka is a hint for lag tools.
//! 3. **Tenants never meet.** No byte of one tenant lies under another's path,
//!    key, batch, token, cache or label. No tenant is the default.
//! 4. **No identifier leaves.** None, nor its hash or derivative, is in what
//!    research reads, in landing files, state, logs, metrics, errors, panics
//!    or the ledger. Originals exist sealed only, and nothing but sealed files
//!    joins a research id to an offset, a time or a source's id.
//! 5. **Clean first, then gone.** No original is deleted before its clean form
//!    or its recorded refusal is durable and verified, and none outlives its
//!    deadline and grace but as a named block. A hold beats a timer.
//! 6. **The ledger verifies** from its first entry: to remove, change or
//!    reorder an entry is seen. What nothing follows yet, the last entry of a
//!    chain, is protected by heads noted elsewhere.
//! 7. **In doubt, closed.** An unknown tenant or shape, a language that the
//!    engine does not judge, a lapsed agreement, a panic or a residual finding
//!    quarantines, pauses or holds back. Nothing passes as clean by default.
//!
//! The simulator in [`worker`] asserts what of this is protocol, in any order
//! of crashes, rebalances and doubtful answers.

pub mod domain;
mod fault;

pub mod config;

pub mod source;
pub mod decode;
pub mod gate;
pub mod assemble;
pub mod deid;
pub mod batch;
pub mod table;
pub mod seal;
pub mod lake;
pub mod release;

pub mod ledger;
pub mod purge;

pub mod evaluate;
pub mod train;

pub mod scope;
pub mod worker;
pub mod observe;
pub mod commands;

#[cfg(test)]
mod golden;
