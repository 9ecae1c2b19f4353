//! What was said in words, as one would write it: `five five five one two
//! double three` is `5551233`, `john dot smith at gmail dot com` is
//! `john.smith@gmail.com`. Every byte of the written view leads back to the
//! words it stands for, so that the detectors of written forms read it as they
//! read everything else.
//!
//! ```text
//! words    what a word may stand for
//! item     a digit, a pair, a cardinal, an ordinal, a letter `as in john`
//! run      items that belong together, past what is muttered between them
//! date     runs that are a date in numbers
//! net      electronic mail and web addresses
//! view     the text with its runs written out, and the way back
//! dialogue a conversation with the views of its turns
//! ```

mod date;
mod dialogue;
mod item;
mod net;
mod run;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub(crate) use dialogue::Dialogue;
pub(crate) use view::View;
