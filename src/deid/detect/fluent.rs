//! Turns without their hesitations, and with `id` in one piece: `your uh
//! [social]`.

use std::ops::Range;

use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::lexicon::ReadTurn;
use crate::deid::spoken::is_number_word;
use crate::deid::word::{Key, Words, words};

/// A turn without its hesitations, and the way back.
#[derive(Debug, Default)]
pub(super) struct Fluent {
    pub(super) text: String,
    /// Where a part that was kept begins: in `text`, and in the turn, with where
    /// it ends there.
    kept: Vec<(usize, Range<usize>)>,
}

impl Fluent {
    /// `None` where nobody hesitates.
    pub(super) fn of(turn: &DocTurn<'_>) -> Option<Self> {
        let mut fluent = Self::default();
        let mut from = 0;
        for i in (0..turn.tokens.len()).filter(|i| may_part(turn, *i)) {
            let token = &turn.tokens[i];
            let end = if is_id(turn, i) {
                token.span.end
            } else if hesitates(&turn.tokens[i..]) || is_you_know(turn, i) {
                token.span.start
            } else {
                continue;
            };
            fluent.keep(turn.text, from..end);
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
            self.kept.push((self.text.len(), part.clone()));
            self.text.push_str(&text[part]);
        }
    }

    /// The byte of the turn that byte `at` of the text stands for; the end of
    /// a part stands for its own end.
    pub(super) fn raw(&self, at: usize) -> usize {
        let after = self.kept.partition_point(|(start, _)| *start < at);
        let (start, raw) = &self.kept[after.saturating_sub(1)];
        raw.start + (at - start)
    }

    /// Where its text has those of `tokens`, all of the turn, that were kept.
    pub(super) fn starts(&self, tokens: &[Token]) -> impl Iterator<Item = usize> {
        self.kept.iter().flat_map(|(start, part)| {
            let first = tokens.partition_point(|token| token.span.start < part.start);
            let kept = tokens[first..].iter().map(|token| token.span.start);
            let kept = kept.take_while(|at| *at < part.end);
            kept.map(move |at| start + at - part.start)
        })
    }
}

/// The words that are said for want of one.
pub(super) const FILLERS: Words = words!["know", "uh", "um", "you"];

pub(super) const KNOW: Key = Key::of("know");
pub(super) const UH: Key = Key::of("uh");
pub(super) const UM: Key = Key::of("um");
pub(super) const YOU: Key = Key::of("you");

/// Past a hesitation at token `i`: `at [uh] mercy`, `this [you know] is`.
pub(super) fn past_hesitation(turn: &ReadTurn<'_>, i: usize) -> usize {
    const ER: Key = Key::of("er");
    match turn.key(i) {
        ER | UH | UM => i + 1,
        YOU if turn.key(i + 1) == KNOW => i + 2,
        _ => i,
    }
}

/// Whether token `i` is one of the few words that may be left out, or is said
/// again right after: most tokens are not.
fn may_part(turn: &DocTurn<'_>, i: usize) -> bool {
    const I: Key = Key::of("i");
    let word = turn.key(i);
    word == turn.key(i + 1) || matches!(word, I | KNOW | UH | UM | YOU)
}

/// Whether token `i` is of `you know`.
fn is_you_know(turn: &DocTurn<'_>, i: usize) -> bool {
    let both = |i: usize| turn.is_of(i, words!["you"]) && turn.is_of(i + 1, words!["know"]);
    both(i) || i > 0 && both(i - 1)
}

/// Whether token `i` is the first letter of an `i d`, said letter by letter and
/// part of nothing longer.
fn is_id(turn: &DocTurn<'_>, i: usize) -> bool {
    let letter = |i: usize| i < turn.tokens.len() && turn.word(i).len() == 1;
    let first = i == 0 || !letter(i - 1);
    turn.is_of(i, words!["i"]) && turn.is_of(i + 1, words!["d"]) && first && !letter(i + 2)
}

/// Whether the first of `tokens` is said for want of a word, or is said again
/// right after: `the year [of] of birth`. Numbers and letters may be repeated.
fn hesitates(tokens: &[Token]) -> bool {
    const SHORTEST: usize = 2;
    let [token, rest @ ..] = tokens else {
        return false;
    };
    let again = |next: &Token| {
        token.key == next.key
            && token.kind == TokenKind::Word
            && token.span.len() >= SHORTEST
            && !is_number_word(token.key)
            && !words!["oh", "double", "triple"].has(token.key)
    };
    words!["uh", "um"].has(token.key) || rest.first().is_some_and(again)
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
        let again = conversation(&["the year of of birth is is one one"]);
        let fluent = Fluent::of(&Document::new(&again).turns[0]).expect("it is said again");
        assert_eq!(fluent.text, "the year of birth is one one");
        let spelled = conversation(&["my member i d is i d k"]);
        let fluent = Fluent::of(&Document::new(&spelled).turns[0]).expect("an id is spelled");
        assert_eq!(fluent.text, "my member id is i d k");
        let fluently = conversation(&["your social"]);
        assert!(Fluent::of(&Document::new(&fluently).turns[0]).is_none());
    }
}
