//! Floors below which the engine must not fall: they gate a release of the
//! software.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Evaluation;
use super::interval::Proportion;

/// Floors and ceilings in per cent; what is not named is not checked.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Floors {
    /// Least share of required labels wholly covered.
    pub wholly_covered: Option<f64>,
    /// Greatest share of conversations still leaking.
    pub conversations_leaking: Option<f64>,
    /// Greatest share of allowed text masked.
    pub allowed_text_masked: Option<f64>,
    /// Least share kept, by kind of what may stay.
    pub kept: BTreeMap<String, f64>,
    /// Least share wholly covered, by row of the report: `ID/ssn/spoken`.
    pub rows: BTreeMap<String, f64>,
}

/// A floor that was not reached, or a ceiling that was passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// What was measured.
    pub what: String,
    /// The bound, in per cent.
    pub bound: f64,
    /// What was measured, in per cent; `None` where there was nothing to
    /// measure, which is a shortfall too.
    pub measured: Option<f64>,
}

impl std::fmt::Display for Shortfall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, bound, .. } = self;
        match self.measured {
            Some(measured) => write!(f, "{what}: {measured:.2} % against a bound of {bound:.2} %"),
            None => write!(
                f,
                "{what}: nothing to measure against the bound of {bound:.2} %"
            ),
        }
    }
}

impl Floors {
    /// What of `evaluation` misses its bound.
    #[must_use]
    pub fn check(&self, evaluation: &Evaluation) -> Vec<Shortfall> {
        let score = &evaluation.score;
        let row = |key: &str| score.recall.get(key).map(|r| r.wholly_covered());
        let mut least = vec![(
            "wholly covered".to_owned(),
            self.wholly_covered,
            Some(score.wholly_covered()),
        )];
        least.extend(self.kept.iter().map(|(kind, floor)| {
            (
                format!("kept: {kind}"),
                Some(*floor),
                score.kept.get(kind).copied(),
            )
        }));
        least.extend(
            self.rows
                .iter()
                .map(|(key, floor)| (key.clone(), Some(*floor), row(key))),
        );
        let most = [
            (
                "conversations still leaking",
                self.conversations_leaking,
                score.leaking,
            ),
            (
                "allowed text masked",
                self.allowed_text_masked,
                score.masked,
            ),
        ];
        let below = least.into_iter().filter_map(|(what, floor, measured)| {
            shortfall(what, floor?, measured, |percent, floor| percent >= floor)
        });
        let above = most.into_iter().filter_map(|(what, ceiling, measured)| {
            shortfall(
                what.to_owned(),
                ceiling?,
                Some(measured),
                |percent, ceiling| percent <= ceiling,
            )
        });
        below.chain(above).collect()
    }
}

fn shortfall(
    what: String,
    bound: f64,
    measured: Option<Proportion>,
    holds: impl Fn(f64, f64) -> bool,
) -> Option<Shortfall> {
    let measured = measured.and_then(Proportion::percent);
    let fine = measured.is_some_and(|percent| holds(percent, bound));
    (!fine).then_some(Shortfall {
        what,
        bound,
        measured,
    })
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::labelled;
    use super::super::score::{By, Score};
    use super::*;

    fn evaluation() -> Evaluation {
        let read = labelled(
            "ann is 34",
            &[(0, 3, "NAME", "", false), (7, 9, "AGE", "lt90", true)],
        );
        let mut score = Score::default();
        score.add(&read, &[], By::Type, false);
        Evaluation {
            score,
            ..Evaluation::default()
        }
    }

    #[track_caller]
    fn check(floors: &str, missed: &[&str]) {
        let floors: Floors = serde_json::from_str(floors).expect("floors");
        let found = floors.check(&evaluation());
        let what: Vec<&str> = found.iter().map(|s| s.what.as_str()).collect();
        assert_eq!(what, missed);
    }

    #[test]
    fn bounds_are_checked_and_nothing_measured_is_a_shortfall() {
        check(
            r#"{"wholly_covered": 0.0, "kept": {"ages under 90": 100.0}}"#,
            &[],
        );
        check(r#"{"wholly_covered": 1.0}"#, &["wholly covered"]);
        check(
            r#"{"conversations_leaking": 99.0}"#,
            &["conversations still leaking"],
        );
        check(r#"{"rows": {"NAME": 10.0, "ZIP": 0.0}}"#, &["NAME", "ZIP"]);
    }

    #[test]
    fn a_misspelt_bound_is_refused() {
        assert!(serde_json::from_str::<Floors>(r#"{"wholly_cover": 1.0}"#).is_err());
    }
}
