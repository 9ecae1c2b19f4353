//! Runs an expression over a text: over all of it, or around the words that each
//! of its matches holds.

use std::ops::Range;

use regex::CaptureLocations;

use crate::deid::finding::Finding;

use super::prefilter::{Place, Set};
use super::{Compiled, Hit, finding};

impl Compiled {
    /// Adds what it finds in `text`, that of turn `turn`, to `out`; `places` are
    /// those of words in it.
    pub(super) fn run(
        &self,
        turn: usize,
        text: &str,
        places: &[Place],
        year: Option<i16>,
        out: &mut Vec<Finding>,
    ) {
        let rule = &self.rule;
        let mut at = |span: Range<usize>| {
            let hit = Hit {
                rule,
                text,
                span,
                year,
            };
            out.extend((rule.judge)(&hit).map(|verdict| finding(turn, rule, verdict)));
        };
        let Some((set, longest)) = self.telling(text, places) else {
            self.search(text, 0..text.len(), &mut at);
            return;
        };
        let mut places = places.iter().filter(|p| p.sets.holds(set)).peekable();
        let mut from = 0;
        while let Some(place) = places.next() {
            let start = place.at.saturating_sub(longest).max(from);
            let mut end = place.at + longest;
            while let Some(next) = places.next_if(|p| p.at <= end + longest) {
                end = next.at + longest;
            }
            // One byte more, so that a word's edge is seen.
            from = self.search(text, start..text.len().min(end + 1), &mut at);
        }
    }

    /// The set of words, one in each match, that stands at fewest of `places`, and
    /// most bytes of a match: where that is worth more than to search all of
    /// `text`.
    fn telling(&self, text: &str, places: &[Place]) -> Option<(Set, usize)> {
        /// Bytes that could be searched while a search begins.
        const BEGIN: usize = 32;
        let worth = |longest: &usize| !places.is_empty() && 2 * longest + BEGIN < text.len();
        let longest = self.longest.filter(worth)?;
        let count = |set: &Set| places.iter().filter(|p| p.sets.holds(*set)).count();
        let sets = self.placed.sets().map(|set| (count(&set), set));
        let (count, set) = sets.min_by_key(|(count, _)| *count)?;
        (count * (2 * longest + BEGIN) < text.len()).then_some((set, longest))
    }

    /// Calls `found` with each match that lies in `within` of `text`; gives where
    /// the last one ends, or `within` begins.
    fn search(
        &self,
        text: &str,
        within: Range<usize>,
        found: &mut impl FnMut(Range<usize>),
    ) -> usize {
        let text = &text[..within.end];
        let mut from = within.start;
        let mut groups: Option<CaptureLocations> = None;
        while let Some(whole) = self.regex.find_at(text, from) {
            if self.regex.captures_len() == 1 {
                found(whole.range());
            } else {
                let groups = groups.get_or_insert_with(|| self.regex.capture_locations());
                self.regex.captures_read_at(groups, text, whole.start());
                if let Some((start, end)) = groups.get(1) {
                    found(start..end);
                }
            }
            from = whole.end();
        }
        from
    }
}
