//! Values, and the ways each is said.

use super::Form;
use super::dice::Dice;
use super::speak::{self, Manner};

/// Something that can be said: each call may word it differently.
pub(super) trait Say: std::fmt::Debug {
    /// The value in `form`; several pieces only where it is split over turns.
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String>;

    /// What of a piece of the split value may stay: the year of a date.
    fn may_stay(&self, _piece: usize) -> bool {
        false
    }
}

/// Words: names of people, firms and places.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) text: String,
    /// How many of them are spelled when it is spelled; the rest is said.
    pub(super) spelled: usize,
}

impl Words {
    /// Words that are spelled to the end.
    pub(super) const fn new(text: String) -> Self {
        Self {
            text,
            spelled: usize::MAX,
        }
    }
}

impl Say for Words {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        match form {
            Form::Written => vec![self.text.clone()],
            Form::Lower | Form::Spoken => vec![self.text.to_lowercase()],
            Form::Spelled => vec![self.spelled(dice)],
            Form::Split => letters_in_pieces(&self.text, dice),
        }
    }
}

impl Words {
    fn spelled(&self, dice: &mut Dice) -> String {
        let words: Vec<&str> = self.text.split(' ').collect();
        let (letters, said) = words.split_at(self.spelled.min(words.len()));
        let letters = speak::spelled(&letters.concat(), false, dice);
        let said = said.iter().map(|word| word.to_lowercase());
        std::iter::once(letters)
            .chain(said)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Letters in two to four pieces: `s m i` and `t h`.
fn letters_in_pieces(text: &str, dice: &mut Dice) -> Vec<String> {
    let letters: Vec<String> = text
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(String::from)
        .collect();
    let size = letters.len().div_ceil(dice.range(2, 4) as usize).max(2);
    letters.chunks(size).map(|piece| piece.join(" ")).collect()
}

/// A number of digits in groups: a telephone, an account.
#[derive(Debug, Clone)]
pub(super) struct Digits {
    /// As people write it: `(212) 555-0143`.
    pub(super) written: String,
}

impl Digits {
    /// `digits` in groups of `sizes`, parted by `separator`.
    pub(super) fn grouped(digits: &str, sizes: &[usize], separator: &str) -> Self {
        let mut rest = digits;
        let mut groups = Vec::new();
        for size in sizes {
            let (group, tail) = rest.split_at((*size).min(rest.len()));
            groups.push(group);
            rest = tail;
        }
        groups.push(rest);
        groups.retain(|group| !group.is_empty());
        Self {
            written: groups.join(separator),
        }
    }

    fn groups(&self) -> Vec<&str> {
        self.written
            .split(|c: char| !c.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .collect()
    }
}

impl Say for Digits {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        let groups = self.groups();
        match form {
            Form::Written => vec![self.written.clone()],
            Form::Lower => vec![recognised(&groups, dice)],
            Form::Spoken => vec![spoken_groups(&groups, dice)],
            Form::Spelled => vec![speak::spelled(&groups.concat(), false, dice)],
            Form::Split => split_groups(&groups, dice),
        }
    }
}

/// Digits as recognisers format them: joined, grouped by spaces or hyphens.
fn recognised(groups: &[&str], dice: &mut Dice) -> String {
    groups.join(dice.pick(&["", " ", "-", " "]))
}

fn spoken_groups(groups: &[&str], dice: &mut Dice) -> String {
    let manner = Manner::draw(dice);
    let separator = dice.pick(&[" ", " ", " ", ", ", " uh ", " then "]);
    let groups: Vec<String> = pieces_of(groups)
        .iter()
        .map(|group| speak::digits(group, manner, dice))
        .collect();
    with_slips(groups.join(separator), dice)
}

/// Groups short enough to be said in a breath.
fn pieces_of(groups: &[&str]) -> Vec<String> {
    let breaths = groups.iter().flat_map(|group| {
        let size = if group.len() > 5 { 4 } else { 5 };
        group.as_bytes().chunks(size)
    });
    breaths
        .map(|b| b.iter().map(|b| char::from(*b)).collect())
        .collect()
}

/// Pieces for several turns, in words or in digits; one digit a turn at times.
fn split_groups(groups: &[&str], dice: &mut Dice) -> Vec<String> {
    let digits = groups.concat();
    let pieces: Vec<String> = match groups.len() {
        _ if digits.len() <= 6 && dice.chance(35) => digits.chars().map(String::from).collect(),
        1 => {
            let size = digits.len().div_ceil(dice.range(2, 3) as usize).max(1);
            pieces_by(&digits, size)
        }
        _ => groups.iter().map(|group| (*group).to_owned()).collect(),
    };
    let in_words = dice.chance(60);
    pieces
        .into_iter()
        .map(|piece| match in_words {
            true => speak::digits(&piece, Manner::Single, dice),
            false => piece,
        })
        .collect()
}

/// `text`, ASCII, in pieces of `size`.
pub(super) fn pieces_by(text: &str, size: usize) -> Vec<String> {
    text.as_bytes()
        .chunks(size)
        .map(|piece| piece.iter().map(|b| char::from(*b)).collect())
        .collect()
}

/// Fillers and homophones inside a spoken number, as recognisers leave them.
pub(super) fn with_slips(spoken: String, dice: &mut Dice) -> String {
    if dice.chance(85) {
        return spoken;
    }
    let mut words: Vec<&str> = spoken.split(' ').collect();
    let at = dice.below(words.len());
    match words[at] {
        "two" => words[at] = dice.pick(&["to", "too"]),
        "four" => words[at] = "for",
        "eight" => words[at] = "ate",
        "oh" => words[at] = "o",
        _ if at > 0 => words.insert(at, dice.pick(&["uh", "um", "uh", "so"])),
        _ => {}
    }
    words.join(" ")
}

/// A code of letters, digits and signs: `MRN-Q27631`, `7KX 482`.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) written: String,
}

impl Say for Code {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        match form {
            Form::Written => vec![self.written.clone()],
            Form::Lower => vec![recognised_code(&self.written, dice)],
            Form::Spoken => vec![with_slips(spoken_code(&self.written, dice), dice)],
            Form::Spelled => vec![speak::spelled(&self.written, false, dice)],
            Form::Split => split_code(&self.written, dice),
        }
    }
}

fn recognised_code(written: &str, dice: &mut Dice) -> String {
    let lower = written.to_lowercase();
    match dice.below(3) {
        0 => lower.replace(['-', ' '], ""),
        1 => lower.replace('-', " "),
        _ => lower,
    }
}

/// Letters one by one, digits in words, signs named or passed over.
fn spoken_code(written: &str, dice: &mut Dice) -> String {
    let manner = Manner::draw(dice);
    let signs = dice.chance(50);
    let mut said = Vec::new();
    for run in runs(written) {
        match run.chars().next() {
            Some(c) if c.is_ascii_digit() => {
                let breaths = pieces_of(&[run]);
                said.extend(breaths.iter().map(|b| speak::digits(b, manner, dice)));
            }
            Some(c) if c.is_alphabetic() => {
                said.extend(run.chars().map(|c| c.to_lowercase().to_string()));
            }
            Some(c) if signs => said.push(speak::symbol(c, dice).to_owned()),
            _ => {}
        }
    }
    said.retain(|word| !word.is_empty());
    said.join(" ")
}

/// Runs of digits, of letters, and single signs.
pub(super) fn runs(text: &str) -> Vec<&str> {
    let class = |c: char| match c {
        _ if c.is_ascii_digit() => 0,
        _ if c.is_alphabetic() => 1,
        _ => 2,
    };
    let mut out = Vec::new();
    let mut from = 0;
    for (i, c) in text.char_indices().skip(1) {
        let before = text[from..i].chars().next_back().map_or(2, class);
        if class(c) != before || class(c) == 2 {
            out.push(&text[from..i]);
            from = i;
        }
    }
    out.push(&text[from..]);
    out
}

fn split_code(written: &str, dice: &mut Dice) -> Vec<String> {
    let plain: String = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let size = plain.len().div_ceil(dice.range(2, 4) as usize).max(2);
    let in_words = dice.chance(55);
    pieces_by(&plain, size)
        .iter()
        .map(|piece| match in_words {
            true => spoken_code(piece, dice),
            false => piece.to_lowercase(),
        })
        .collect()
}

/// A value whose ways of being said are all worked out when it is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Worded {
    pub(super) written: Vec<String>,
    pub(super) lower: Vec<String>,
    pub(super) spoken: Vec<String>,
    pub(super) spelled: Vec<String>,
    pub(super) split: Vec<String>,
    /// The pieces of `split` that may stay.
    pub(super) free: Vec<usize>,
}

impl Say for Worded {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        let wordings = match form {
            Form::Written => &self.written,
            Form::Lower if self.lower.is_empty() => {
                let written = dice.pick(&refs(&self.written)).to_lowercase();
                return vec![written];
            }
            Form::Lower => &self.lower,
            Form::Spoken => &self.spoken,
            Form::Spelled => &self.spelled,
            Form::Split => return self.split.clone(),
        };
        vec![dice.pick(&refs(wordings)).to_owned()]
    }

    fn may_stay(&self, piece: usize) -> bool {
        self.free.contains(&piece)
    }
}

fn refs(wordings: &[String]) -> Vec<&str> {
    wordings.iter().map(String::as_str).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::Entropy;

    fn every(value: &dyn Say, form: Form) -> Vec<Vec<String>> {
        let mut dice = Dice::new(Entropy::from_u64(5));
        (0..200).map(|_| value.say(form, &mut dice)).collect()
    }

    pub(in super::super) fn check(value: &dyn Say, form: Form, want: &[&str]) {
        let all = every(value, form);
        assert!(
            all.iter().any(|pieces| pieces == want),
            "{want:?} not in {all:?}"
        );
    }

    #[test]
    fn digits_are_said_in_many_ways() {
        let phone = Digits {
            written: "(212) 555-0143".into(),
        };
        check(&phone, Form::Written, &["(212) 555-0143"]);
        check(&phone, Form::Lower, &["2125550143"]);
        check(
            &phone,
            Form::Spoken,
            &["two one two triple five oh one four three"],
        );
        check(&phone, Form::Spelled, &["2-1-2-5-5-5-0-1-4-3"]);
        check(&phone, Form::Split, &["212", "555", "0143"]);
        check(
            &phone,
            Form::Split,
            &["two one two", "five five five", "zero one four three"],
        );
    }

    #[test]
    fn codes_name_their_signs() {
        let code = Code {
            written: "QX-207".into(),
        };
        check(&code, Form::Lower, &["qx207"]);
        check(&code, Form::Spoken, &["q x dash two oh seven"]);
        check(&code, Form::Split, &["qx", "20", "7"]);
    }

    #[test]
    fn words_are_spelled_and_split_letter_by_letter() {
        let name = Words::new("Okafor".into());
        check(&name, Form::Spelled, &["o k a f o r"]);
        check(&name, Form::Split, &["o k a", "f o r"]);
        let firm = Words {
            text: "Eze Foods LLC".into(),
            spelled: 1,
        };
        check(&firm, Form::Spelled, &["e z e foods llc"]);
    }
}
