//! Who owns a record, and whether it may be processed at all.
