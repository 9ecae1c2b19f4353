//! Closed conversations → the sealed files and evidence of one slot.
