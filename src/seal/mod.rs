//! Sealing: what is original exists only encrypted under its tenant's key.
