//! The ledger: what happened, tamper-evident, without text.
