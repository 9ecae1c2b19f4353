//! How a conversation is set down: by a careful hand, or by a recogniser.

use super::Form;
use super::dice::Dice;

/// What becomes of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Punctuation {
    Kept,
    Dropped,
    /// Apart from its word: `okay , thanks .`
    Spaced,
}

/// The manner of one conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// [`Form::Written`], [`Form::Lower`] or [`Form::Spoken`].
    pub(super) base: Form,
    pub(super) punctuation: Punctuation,
    /// Typed, not spoken.
    pub(super) chat: bool,
    /// Fillers and repeats, in a thousand words.
    pub(super) fillers: u32,
    /// Slips of the hand or of the recogniser, in a thousand words.
    pub(super) slips: u32,
}

impl Style {
    /// A style in which a value is said in `form`.
    pub(super) fn draw(form: Form, dice: &mut Dice) -> Self {
        let base = match form {
            Form::Written | Form::Lower | Form::Spoken => form,
            Form::Spelled => dice.one(&[Form::Lower, Form::Spoken, Form::Written]),
            Form::Split => dice.one(&[Form::Lower, Form::Spoken, Form::Spoken]),
        };
        let chat = match base {
            Form::Written => dice.chance(60),
            Form::Lower => dice.chance(30),
            _ => false,
        };
        let kept = [Punctuation::Kept];
        let bare = [
            Punctuation::Dropped,
            Punctuation::Dropped,
            Punctuation::Dropped,
            Punctuation::Kept,
            Punctuation::Spaced,
        ];
        let punctuation = if base == Form::Written {
            dice.one(&kept)
        } else {
            dice.one(&bare)
        };
        Self {
            base,
            punctuation,
            chat,
            fillers: if chat { 0 } else { dice.one(&[0, 10, 30, 60]) },
            slips: dice.one(&[0, 0, 4, 12]),
        }
    }

    /// Whether letters keep their case.
    pub(super) fn is_cased(self) -> bool {
        self.base == Form::Written
    }

    /// `voice` or `chat`.
    pub(super) const fn channel(self) -> &'static str {
        if self.chat { "chat" } else { "voice" }
    }

    /// The form in which a value that has `forms` is said here when nothing
    /// else is asked for.
    pub(super) fn form_among(self, forms: &[Form]) -> Form {
        if forms.contains(&self.base) {
            self.base
        } else {
            Form::Lower
        }
    }

    /// `words` with the noise of this style; no identifier is among them.
    pub(super) fn noisy(self, words: &str, dice: &mut Dice) -> String {
        if self.fillers + self.slips == 0 {
            return words.to_owned();
        }
        let mut out = String::with_capacity(words.len() + 16);
        for (i, word) in words.split(' ').enumerate() {
            if i > 0 {
                out.push(' ');
                self.fill(word, dice, &mut out);
            }
            match dice.range(0, 999) < self.slips {
                true => out.push_str(&self.slipped(word, dice)),
                false => out.push_str(word),
            }
        }
        out
    }

    /// At times a filler, or the word a first time.
    fn fill(self, word: &str, dice: &mut Dice, out: &mut String) {
        let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic());
        if !plain || dice.range(0, 999) >= self.fillers {
            return;
        }
        match dice.below(4) {
            0 if word.len() < 5 => out.push_str(word),
            1 => out.push_str("you know"),
            2 => out.push_str("um"),
            _ => out.push_str("uh"),
        }
        out.push(' ');
    }

    /// A word misheard, or mistyped.
    fn slipped(self, word: &str, dice: &mut Dice) -> String {
        match word {
            "your" => return "you're".to_owned(),
            "their" => return "there".to_owned(),
            "know" if !self.chat => return "no".to_owned(),
            _ => {}
        }
        let plain = word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase());
        if !plain || !self.chat {
            return word.to_owned();
        }
        let at = 1 + dice.below(word.len() - 3);
        let mut bytes: Vec<char> = word.chars().collect();
        match dice.chance(50) {
            true => bytes.swap(at, at + 1),
            false => drop(bytes.remove(at)),
        }
        bytes.into_iter().collect()
    }
}
