//! Leeward de-identifies voice and chat transcripts to HIPAA Safe Harbor.

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

pub mod scope;
pub mod worker;
pub mod observe;
pub mod commands;

#[cfg(test)]
mod golden;
