//! What a verification gathers as it goes.

use std::collections::BTreeMap;

use super::report::{Counted, Flaw, Heads, Kept, Reason, Refused};
use crate::domain::{Sha256, TenantId};
use crate::lake::layout::{Chain, LandingFile};

/// What a verification gathers as it goes.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) heads: Heads,
    pub(super) counted: Counted,
    pub(super) refused: Refused,
    pub(super) flaws: Vec<Flaw>,
    /// Files that are not there; a receipt may have been written meanwhile.
    pub(super) absent: Vec<(TenantId, LandingFile)>,
    /// Heads noted earlier that were not met again yet.
    expected: BTreeMap<Chain, (u64, Sha256)>,
}

impl Findings {
    /// With the heads that were noted earlier.
    pub(super) fn expecting(heads: Option<&Heads>) -> Self {
        let expected = heads.map(Heads::ends).unwrap_or_default();
        Self {
            expected: expected.into_iter().filter(|(_, end)| end.0 > 0).collect(),
            ..Self::default()
        }
    }

    pub(super) fn flaw(&mut self, flaw: Flaw) {
        self.flaws.push(flaw);
    }

    /// Compares entry `n` of `chain`, whose hash is `hash`, with a noted head.
    pub(super) fn meet(&mut self, chain: &Chain, n: u64, hash: Sha256) {
        let Some(&(_, noted)) = self.expected.get(chain).filter(|end| end.0 == n + 1) else {
            return;
        };
        self.expected.remove(chain);
        if noted != hash {
            let path = chain.entry(n);
            self.flaw(Flaw::new(Kept::State, &path, Reason::Rewritten));
        }
    }

    /// Chains of which a head was noted.
    pub(super) fn noted(&self) -> impl Iterator<Item = &Chain> {
        self.expected.keys()
    }

    /// What was noted and never met was taken away. `asked` says whether a
    /// chain was to be verified at all.
    pub(super) fn close(&mut self, asked: impl Fn(&Chain) -> bool) {
        for (chain, (entries, _)) in std::mem::take(&mut self.expected) {
            if asked(&chain) {
                let path = chain.entry(entries - 1);
                self.flaw(Flaw::new(Kept::State, &path, Reason::Shortened));
            }
        }
        self.flaws.sort();
        self.flaws.dedup();
    }
}
