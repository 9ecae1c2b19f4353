//! What a shadow run counted of one tenant: numbers and codes, nothing of any
//! record.

use std::collections::BTreeMap;

use serde::Serialize;

/// Upper ends of the bands of risk. The last is above every risk.
pub const RISK_BELOW: [f32; 8] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.01];

/// What a shadow run counted of one tenant.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ShadowTally {
    /// Records that were read.
    pub read: u64,
    /// Records whose clean form a worker would have committed.
    pub committed: u64,
    /// Records that a worker would have sealed, not processed.
    pub quarantined: u64,
    /// Why, by the reason's code: records, and conversations in which the
    /// engine failed.
    pub quarantined_for: BTreeMap<String, u64>,
    /// Records dropped, by rule.
    pub dropped: BTreeMap<&'static str, u64>,
    /// Records without a fate: of conversations that are open.
    pub open: u64,
    /// Conversations closed, by cause.
    pub closed: BTreeMap<String, u64>,
    /// Conversations that the policy would let pass.
    pub passed: u64,
    /// Turns of those that pass.
    pub turns: u64,
    /// Conversations held back, by the first reason.
    pub held_back: BTreeMap<String, u64>,
    /// Identifiers found in those that pass, by category.
    pub findings: BTreeMap<String, u64>,
    /// Bytes of text that were judged.
    pub text_bytes: u64,
    /// How many of them stand in a finding.
    pub masked_bytes: u64,
    /// Conversations judged, by their risk, in ascending order.
    pub risk: Vec<RiskBand>,
    /// Share of the conversations judged that pass under the policy and its
    /// bound; absent while none was judged.
    #[serde(rename = "yield", skip_serializing_if = "Option::is_none")]
    pub passing: Option<f64>,
    /// Share of the text that stands in a finding; absent while there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masked: Option<f64>,
}

/// Conversations of about the same risk.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RiskBand {
    /// Their risk is below this, and not below the band before it.
    pub below: f32,
    /// How many there are.
    pub conversations: u64,
    /// How many of them nothing but a bound on the risk could hold back.
    pub sound: u64,
    /// The share of all conversations judged that would pass if the policy's
    /// bound were [`RiskBand::below`].
    #[serde(rename = "yield")]
    pub passing: f64,
}

impl ShadowTally {
    /// Takes note of a conversation of `risk`; whether it is `sound` but for
    /// that risk.
    pub fn judge(&mut self, risk: f32, sound: bool) {
        if self.risk.is_empty() {
            let band = |below| RiskBand {
                below,
                conversations: 0,
                sound: 0,
                passing: 0.0,
            };
            self.risk = RISK_BELOW.map(band).into();
        }
        if let Some(band) = self.risk.iter_mut().find(|band| risk < band.below) {
            band.conversations += 1;
            band.sound += u64::from(sound);
        }
    }

    /// Works the shares out anew.
    pub fn settle(&mut self) {
        let judged: u64 = self.risk.iter().map(|band| band.conversations).sum();
        let mut sound = 0;
        for band in &mut self.risk {
            sound += band.sound;
            band.passing = share(sound, judged).unwrap_or_default();
        }
        let held: u64 = self.held_back.values().sum();
        self.passing = share(self.passed, self.passed + held);
        self.masked = share(self.masked_bytes, self.text_bytes);
        let dropped: u64 = self.dropped.values().sum();
        let fated = self.committed + self.quarantined + dropped;
        self.open = self.read.saturating_sub(fated);
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Of four conversations one is held back for its risk and one for more.
    pub(crate) fn tally() -> ShadowTally {
        let mut tally = ShadowTally {
            read: 12,
            committed: 9,
            quarantined: 1,
            passed: 2,
            held_back: BTreeMap::from([("risk".to_owned(), 1), ("language".to_owned(), 1)]),
            text_bytes: 400,
            masked_bytes: 100,
            ..ShadowTally::default()
        };
        for (risk, sound) in [(0.001, true), (0.015, true), (0.3, true), (0.001, false)] {
            tally.judge(risk, sound);
        }
        tally.settle();
        tally
    }

    #[test]
    fn shares_are_of_what_was_judged() {
        let tally = tally();
        assert_eq!((tally.passing, tally.masked), (Some(0.5), Some(0.25)));
        assert_eq!(tally.open, 2);
        let at = |below: f32| {
            let band = tally.risk.iter().find(|band| band.below == below);
            band.map(|band| (band.conversations, band.passing))
        };
        assert_eq!(at(0.005), Some((2, 0.25)));
        assert_eq!(at(0.02), Some((1, 0.5)));
        assert_eq!(
            at(1.01),
            Some((0, 0.75)),
            "the bound that holds back nobody"
        );
    }

    #[test]
    fn what_was_not_seen_has_no_share() {
        let mut tally = ShadowTally::default();
        tally.settle();
        assert_eq!((tally.passing, tally.masked), (None, None));
    }
}
