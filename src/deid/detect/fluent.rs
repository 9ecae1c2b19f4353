//! Turns without their hesitations: `your uh [social]`.

use std::ops::Range;

use crate::deid::document::{DocTurn, Token};
use crate::deid::word::words;

/// A turn without its hesitations, and the way back.
#[derive(Debug, Default)]
pub(super) struct Fluent {
    pub(super) text: String,
    /// Where a part that was kept begins: in `text`, and in the turn.
    kept: Vec<(usize, usize)>,
}

impl Fluent {
    /// `None` where nobody hesitates.
    pub(super) fn of(turn: &DocTurn<'_>) -> Option<Self> {
        let hesitates = |token: &&Token| words!["uh", "um"].has(token.key);
        let mut fluent = Self::default();
        let mut from = 0;
        for token in turn.tokens.iter().filter(hesitates) {
            fluent.keep(turn.text, from..token.span.start);
            from = (token.span.end..turn.text.len())
                .find(|&at| turn.text.as_bytes()[at] != b' ')
                .unwrap_or(turn.text.len());
        }
        if from == 0 {
            return None;
        }
        fluent.keep(turn.text, from..turn.text.len());
        Some(fluent)
    }

    fn keep(&mut self, text: &str, part: Range<usize>) {
        if !part.is_empty() {
            self.kept.push((self.text.len(), part.start));
            self.text.push_str(&text[part]);
        }
    }

    /// The byte of the turn that byte `at` of the text stands for; the end of
    /// a part stands for its own end.
    pub(super) fn raw(&self, at: usize) -> usize {
        let after = self.kept.partition_point(|(start, _)| *start < at);
        let (start, raw) = self.kept[after.saturating_sub(1)];
        raw + (at - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    #[test]
    fn hesitations_go_and_places_stay() {
        let text = "um your uh social, um";
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let fluent = Fluent::of(&document.turns[0]).expect("somebody hesitates");
        assert_eq!(fluent.text, "your social, ");
        let end = fluent.raw("your social".len());
        assert_eq!(&text[fluent.raw(1) - 1..end], "your uh social");
        let fluently = conversation(&["your social"]);
        assert!(Fluent::of(&Document::new(&fluently).turns[0]).is_none());
    }
}
