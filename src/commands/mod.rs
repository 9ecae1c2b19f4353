//! Verbs for people: one file each.
