//! The fitted weights: a line a sign, in a table that people can read.

use crate::deid::model::chain::exp;

use super::signs::{Sign, Signs};

/// The weights that are built into the program; NOTICE says what they were
/// fitted to.
const BUILT_IN: &str = include_str!("data/risk.tsv");

/// Why a text is no table of weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RiskError {
    /// A line is not a name, a tab and a number.
    #[error("line {0}: not a name, a tab and a number; fit the weights again")]
    Line(usize),
    /// A name that this version does not know.
    #[error("line {0}: no sign of this version; fit the weights again")]
    Unknown(usize),
    /// A name that is missing.
    #[error("nothing is said of {0:?}; fit the weights again")]
    Missing(&'static str),
}

/// What each sign adds to the log odds that a word was missed, and what words
/// and findings add to the number that is expected to be missed.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskWeights {
    /// Of a word without any sign.
    pub(crate) base: f32,
    /// By the sign's number.
    pub(crate) signs: [f32; Sign::ALL.len()],
    /// Missed in every conversation.
    pub(crate) always: f32,
    /// Missed for each found.
    pub(crate) each_finding: f32,
    /// Missed for each expected by its words.
    pub(crate) each_suspicion: f32,
}

/// The names of what is no sign, in the order of the table.
const OTHERS: [&str; 4] = ["base", "always", "each finding", "each suspicion"];

impl RiskWeights {
    /// The weights that are built into the program.
    pub(crate) fn built_in() -> Self {
        Self::parse(BUILT_IN).expect("the built-in weights are of this version")
    }

    /// Reads what [`RiskWeights::to_table`] wrote; lines with `#` are comments.
    ///
    /// # Errors
    /// [`RiskError`], with the line from 1.
    pub fn parse(table: &str) -> Result<Self, RiskError> {
        const COUNT: usize = OTHERS.len() + Sign::ALL.len();
        let mut values = [None; COUNT];
        let lines = table.lines().enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            let (name, weight) = line.split_once('\t').ok_or(RiskError::Line(at + 1))?;
            let weight: f32 = weight.parse().map_err(|_| RiskError::Line(at + 1))?;
            let number = names().position(|known| known == name);
            values[number.ok_or(RiskError::Unknown(at + 1))?] = Some(weight);
        }
        for (value, name) in values.iter().zip(names()) {
            value.ok_or(RiskError::Missing(name))?;
        }
        let [base, always, each_finding, each_suspicion, signs @ ..] =
            values.map(Option::unwrap_or_default);
        Ok(Self {
            base,
            signs,
            always,
            each_finding,
            each_suspicion,
        })
    }

    /// The table that [`RiskWeights::parse`] reads.
    #[must_use]
    pub fn to_table(&self) -> String {
        let others = [
            self.base,
            self.always,
            self.each_finding,
            self.each_suspicion,
        ];
        let values = others.iter().chain(&self.signs);
        let lines = names().zip(values);
        lines.map(|(name, w)| format!("{name}\t{w:.4}\n")).collect()
    }

    /// How probably a word of these `signs` was missed.
    pub(crate) fn probability(&self, signs: Signs) -> f32 {
        let odds: f32 = signs.numbers().map(|number| self.signs[number]).sum();
        1.0 / (1.0 + exp(-(self.base + odds)))
    }

    /// How probably an identifier remains: 1 − e^−n, where n are expected to;
    /// `suspected` is the sum of the words' probabilities.
    pub(crate) fn risk(&self, suspected: f32, findings: usize) -> f32 {
        let expected =
            self.always + self.each_finding * findings as f32 + self.each_suspicion * suspected;
        1.0 - exp(-expected)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    OTHERS.into_iter().chain(Sign::ALL.iter().map(|s| s.1))
}
