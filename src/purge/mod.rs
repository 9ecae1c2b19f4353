//! Purge: what must go, when; intent, check, deed, verification.
