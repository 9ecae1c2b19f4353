//! The trainer's own dialogues, drawn from a seed: exchanges in several
//! wordings with invented values. They share nothing with the corpus that
//! `evaluate` generates.

use crate::domain::{Entropy, Phi, RawTurn, Role, TurnKind};
use crate::evaluate::corpus::{Label, LabelType, Labelled};

use super::{place, value};

/// The exchanges; the file says how it is written.
const EXCHANGES: &str = include_str!("data/exchanges.txt");

/// `n` labelled dialogues, the same for the same entropy.
pub(super) fn dialogues(n: usize, entropy: &mut Entropy) -> Vec<Labelled> {
    let exchanges: Vec<Vec<&str>> = EXCHANGES
        .split("\n\n")
        .map(|block| block.lines().filter(|l| !l.starts_with('#')).collect())
        .filter(|block: &Vec<&str>| !block.is_empty())
        .collect();
    (0..n).map(|i| dialogue(i, &exchanges, entropy)).collect()
}

fn dialogue(i: usize, exchanges: &[Vec<&str>], entropy: &mut Entropy) -> Labelled {
    let mut labelled = Labelled::empty(format!("trained-{i}"));
    let scene = Scene::draw(entropy);
    for _ in 0..3 + entropy.below(8) {
        let exchange = &exchanges[entropy.below(exchanges.len() as u64) as usize];
        for line in exchange {
            scene.say(line, &mut labelled, entropy);
        }
    }
    labelled
}

/// What holds for a whole dialogue.
struct Scene {
    /// Turns tell who speaks.
    told: bool,
    /// Sentences begin with a capital.
    cased: bool,
    /// The caller's names.
    given: String,
    surname: String,
}

impl Scene {
    fn draw(entropy: &mut Entropy) -> Self {
        Self {
            told: entropy.below(4) != 0,
            cased: entropy.below(2) == 0,
            given: value::given(entropy),
            surname: value::surname(entropy),
        }
    }

    fn say(&self, line: &str, labelled: &mut Labelled, entropy: &mut Entropy) {
        let (role, template) = match line.split_once(": ") {
            Some(("a", text)) => (Role::Agent, text),
            Some((_, text)) => (Role::User, text),
            None => (Role::Other, line),
        };
        let mut turn = Turn {
            index: labelled.raw.turns.len(),
            text: String::new(),
            labels: Vec::new(),
        };
        self.fill(&worded(template, entropy), &mut turn, entropy);
        if self.cased {
            turn.capitalize();
        }
        labelled.labels.extend(turn.labels);
        labelled.raw.turns.push(RawTurn {
            role: if self.told { role } else { Role::Other },
            kind: TurnKind::Speech,
            text: Phi::new(turn.text),
            ..RawTurn::default()
        });
    }

    /// Writes `text` with a value for each slot.
    fn fill(&self, text: &str, turn: &mut Turn, entropy: &mut Entropy) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("slots are closed");
            turn.text.push_str(before);
            let (value, label) = self.value(slot, entropy);
            turn.push(&value, label);
            rest = after;
        }
        turn.text.push_str(rest);
    }

    fn value(&self, slot: &str, entropy: &mut Entropy) -> (String, Option<LabelType>) {
        use LabelType::{Address, City, Email, Id, Name, Org, Phone, Username, Zip};
        let full = |s: &Self| format!("{} {}", s.given, s.surname);
        match slot {
            "full" => (full(self), Some(Name)),
            "again" | "again0" => (self.given.clone(), Some(Name)),
            "name" => (
                match entropy.below(4) {
                    0 => self.given.clone(),
                    1 => self.surname.clone(),
                    _ => full(self),
                },
                Some(Name),
            ),
            "given" => (value::given(entropy), Some(Name)),
            "surname" => (value::surname(entropy), Some(Name)),
            "spelled" => (value::spelled(&self.surname, entropy), Some(Name)),
            "city" => (place::city(entropy), Some(City)),
            "address" => (place::address(entropy), Some(Address)),
            "zip" => (place::zip(entropy), Some(Zip)),
            "code" => (value::code(entropy), Some(Id)),
            "digits" => (value::digits(3 + entropy.below(4), entropy), Some(Id)),
            "phone" => (value::phone(entropy), Some(Phone)),
            "initials" => (value::initials(entropy), Some(Name)),
            "org" => (place::organization(entropy), Some(Org)),
            "facility" => (place::facility(entropy), Some(Org)),
            "handle" => (value::handle(&self.given, entropy), Some(Username)),
            "secret" => (value::secret(entropy), Some(Id)),
            "email" => (value::email(&self.given, entropy), Some(Email)),
            other => (value::ordinary(other, entropy), None),
        }
    }
}

/// A turn that is being written.
struct Turn {
    index: usize,
    text: String,
    labels: Vec<Label>,
}

impl Turn {
    fn push(&mut self, value: &str, label: Option<LabelType>) {
        let start = self.text.len();
        self.text.push_str(value);
        if let Some(label) = label {
            self.labels.push(Label {
                turn: self.index,
                span: start..self.text.len(),
                label,
                sub: (label == LabelType::Org).then(|| "named".to_owned()),
                optional: false,
            });
        }
    }

    /// Capitals at the beginning and for "i"; all of them one byte, so that
    /// labels stay.
    fn capitalize(&mut self) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let is_alone = |bytes: &[u8], i: usize| {
            let apart = |at: Option<&u8>| at.is_none_or(|b| !b.is_ascii_alphanumeric());
            apart(i.checked_sub(1).and_then(|j| bytes.get(j))) && apart(bytes.get(i + 1))
        };
        for i in 0..bytes.len() {
            if i == 0 || bytes[i] == b'i' && is_alone(&bytes, i) {
                bytes[i] = bytes[i].to_ascii_uppercase();
            }
        }
        self.text = String::from_utf8(bytes).expect("ASCII letters were exchanged for ASCII");
    }
}

/// `template` with one wording chosen at each `[x|y]`.
fn worded(template: &str, entropy: &mut Entropy) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        let (choices, after) = after.split_once(']').expect("choices are closed");
        out.push_str(before);
        let choices: Vec<&str> = choices.split('|').collect();
        out.push_str(choices[entropy.below(choices.len() as u64) as usize]);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialogues_repeat_and_their_labels_lie_on_values() {
        let draw = |seed| dialogues(50, &mut Entropy::from_u64(seed));
        let (one, again) = (draw(1), draw(1));
        let texts = |all: &[Labelled]| -> Vec<String> {
            let turns = all.iter().flat_map(|l| &l.raw.turns);
            turns.map(|t| t.text.expose().clone()).collect()
        };
        assert_eq!(texts(&one), texts(&again));
        assert_ne!(texts(&one), texts(&draw(2)));
        for labelled in &one {
            assert!(
                labelled
                    .raw
                    .turns
                    .iter()
                    .all(|t| !t.text.expose().contains(['{', '[', '|']))
            );
            for label in &labelled.labels {
                let value = &labelled.text(label.turn)[label.span.clone()];
                assert!(!value.is_empty() && value == value.trim());
            }
        }
    }

    #[test]
    fn every_exchange_is_well_formed() {
        for line in EXCHANGES
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            assert!(line.starts_with("a: ") || line.starts_with("u: "), "{line}");
            let slots = line
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'));
            let mut entropy = Entropy::from_u64(1);
            let scene = Scene::draw(&mut entropy);
            for (slot, _) in slots {
                assert!(!scene.value(slot, &mut entropy).0.is_empty());
            }
            for (open, close) in [('[', ']'), ('{', '}')] {
                let count = |c| line.matches(c).count();
                assert_eq!(count(open), count(close), "{line}");
            }
        }
    }
}
