//! Puts turns together piece by piece and notes where each value stands.

use super::dice::Dice;
use super::style::{Punctuation, Style};
use super::{Form, GeneratedSpan, GeneratedTurn, Label};

/// A conversation in the making.
#[derive(Debug)]
pub(super) struct Composer {
    style: Style,
    turns: Vec<GeneratedTurn>,
    spans: Vec<GeneratedSpan>,
    /// The next word begins a sentence.
    opening: bool,
}

/// A value to append.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) label: Label,
    pub(super) form: Form,
    pub(super) value: usize,
}

impl Composer {
    pub(super) const fn new(style: Style) -> Self {
        Self {
            style,
            turns: Vec::new(),
            spans: Vec::new(),
            opening: true,
        }
    }

    /// Begins a turn of `speaker`.
    pub(super) fn begin(&mut self, speaker: &'static str) {
        self.opening = true;
        self.turns.push(GeneratedTurn {
            speaker,
            text: String::new(),
        });
    }

    /// Appends words that identify nobody, with the noise of the style.
    pub(super) fn words(&mut self, words: &str, dice: &mut Dice) {
        let noisy = self.style.noisy(words, dice);
        for c in noisy.chars() {
            self.character(c);
        }
    }

    fn character(&mut self, c: char) {
        let (style, opening) = (self.style, self.opening);
        if matches!(c, '.' | '?' | '!') {
            self.opening = true;
        } else if c.is_alphanumeric() {
            self.opening = false;
        }
        let text = self.text();
        let mark = matches!(c, '.' | ',' | '?' | '!' | ';' | ':');
        match style.punctuation {
            Punctuation::Dropped if mark => {}
            Punctuation::Spaced if mark => {
                text.push(' ');
                text.push(c);
            }
            _ if c == ' ' && (text.is_empty() || text.ends_with(' ')) => {}
            _ if !style.is_cased() => text.extend(c.to_lowercase()),
            _ if opening => text.extend(c.to_uppercase()),
            _ => text.push(c),
        }
    }

    /// Appends a value as it stands and notes its span; a word of everyday
    /// that begins a sentence takes its capital.
    pub(super) fn value(&mut self, value: &str, mark: Mark) {
        let capital =
            self.opening && self.style.is_cased() && matches!(mark.label, Label::MustStay(_));
        self.opening = false;
        let turn = self.turns.len() - 1;
        let text = self.text();
        let start = text.len();
        if capital {
            text.push_str(&super::name::capitalised(value));
        } else {
            text.push_str(value);
        }
        let end = text.len();
        self.spans.push(GeneratedSpan {
            turn,
            start,
            end,
            label: mark.label,
            form: mark.form,
            value: mark.value,
        });
    }

    fn text(&mut self) -> &mut String {
        let turn = self
            .turns
            .last_mut()
            .expect("a turn is begun before it is filled");
        &mut turn.text
    }

    /// The turns and their spans; space at the end of a turn goes.
    pub(super) fn finish(mut self) -> (Vec<GeneratedTurn>, Vec<GeneratedSpan>) {
        for turn in &mut self.turns {
            turn.text.truncate(turn.text.trim_end().len());
        }
        (self.turns, self.spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Category, Entropy};

    fn check(base: Form, punctuation: Punctuation, want: &str, span: &str) {
        let style = Style {
            base,
            punctuation,
            chat: false,
            fillers: 0,
            slips: 0,
        };
        let mut composer = Composer::new(style);
        let mut dice = Dice::new(Entropy::from_u64(1));
        composer.begin("agent");
        composer.words("thanks, ", &mut dice);
        let mark = Mark {
            label: Label::Required(Category::Person),
            form: base,
            value: 0,
        };
        composer.value(span, mark);
        composer.words(". what is your ID? ", &mut dice);
        let (turns, spans) = composer.finish();
        assert_eq!(turns[0].text, want);
        assert_eq!(&turns[0].text[spans[0].start..spans[0].end], span);
    }

    #[test]
    fn spans_are_exact_in_every_style() {
        check(
            Form::Written,
            Punctuation::Kept,
            "Thanks, Zoë. What is your ID?",
            "Zoë",
        );
        check(
            Form::Lower,
            Punctuation::Dropped,
            "thanks zoë what is your id",
            "zoë",
        );
        check(
            Form::Spoken,
            Punctuation::Spaced,
            "thanks , zoë . what is your id ?",
            "zoë",
        );
    }
}
