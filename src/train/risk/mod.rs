//! Fitting of the risk: how probably a word with given signs was missed, and
//! what all of them together make of a conversation.
//!
//! ```text
//! observe (as it is │ rules failing at random) ─▶ observations ─▶ fit ─▶ weights
//! ```

mod fit;
mod holes;
mod observe;

use crate::deid::{Engine, Signs};
use crate::domain::Entropy;
use crate::evaluate::corpus::Labelled;

pub use fit::fit;

/// What an observation is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The engine as it is: for calibration.
    Real,
    /// Rules fail at random: for the weights of the signs.
    Failing,
}

/// What was left in one conversation, by its signs. It holds no text.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What it is good for.
    pub kind: Kind,
    /// How much was found.
    pub findings: usize,
    /// A required label was left in part or whole.
    pub leaks: bool,
    /// Words that were left, and whether each is of a required label.
    words: Vec<(Signs, bool)>,
}

/// Observes each of `corpus` as it is and failing, and `generated` of the
/// trainer's own dialogues, failing: what is really missed of those says nothing
/// of what is missed of people.
#[must_use]
pub fn observe(
    engine: &Engine,
    corpus: &[Labelled],
    generated: usize,
    seed: u64,
) -> Vec<Observation> {
    let mut entropy = Entropy::from_u64(seed);
    let own = super::dialogue::dialogues(generated, &mut entropy);
    let real = corpus.iter().map(|l| observe::as_it_is(engine, l));
    let mut out: Vec<_> = real.collect();
    for labelled in corpus.iter().chain(&own) {
        out.extend(observe::failing(engine, labelled, &mut entropy));
    }
    out
}

impl Observation {
    /// The observation as a line: kind, findings, whether it leaks, and each
    /// word's signs in hexadecimal, with `!` where it was missed.
    #[must_use]
    pub fn to_line(&self) -> String {
        let kind = match self.kind {
            Kind::Real => "real",
            Kind::Failing => "failing",
        };
        let mut line = format!("{kind} {} {}", self.findings, u8::from(self.leaks));
        for (signs, missed) in &self.words {
            let mark = if *missed { "!" } else { "" };
            line.push_str(&format!(" {:x}{mark}", signs.bits()));
        }
        line
    }

    /// Reads what [`Observation::to_line`] wrote; `None` for another text.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let mut fields = line.split(' ');
        let kind = match fields.next()? {
            "real" => Kind::Real,
            "failing" => Kind::Failing,
            _ => return None,
        };
        let findings = fields.next()?.parse().ok()?;
        let leaks = fields.next()? == "1";
        let word = |field: &str| {
            let bits = u64::from_str_radix(field.trim_end_matches('!'), 16).ok()?;
            Some((Signs::from_bits(bits), field.ends_with('!')))
        };
        Some(Self {
            kind,
            findings,
            leaks,
            words: fields.map(word).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_comes_back_from_its_line() {
        let observation = Observation {
            kind: Kind::Failing,
            findings: 3,
            leaks: true,
            words: vec![
                (Signs::from_bits(0x105), true),
                (Signs::from_bits(2), false),
            ],
        };
        let line = observation.to_line();
        assert_eq!(line, "failing 3 1 105! 2");
        assert_eq!(Observation::from_line(&line), Some(observation));
        for other in ["", "real", "unreal 1 0", "real x 0", "real 1 0 zz"] {
            assert_eq!(Observation::from_line(other), None, "{other}");
        }
    }
}
