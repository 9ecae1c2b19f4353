//! Which conversation goes into which file, in which order: by chance.

use std::collections::BTreeMap;

use super::gate::Years;
use crate::domain::Entropy;
use crate::table::LandedConversation;

/// How large a part may be. One conversation is never cut, so a part can be
/// larger by one.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartLimit {
    /// Most text, in bytes of UTF-8.
    pub(super) text_bytes: usize,
    /// Most conversations.
    pub(super) conversations: usize,
}

impl PartLimit {
    /// Some 30 MiB of Parquet: large enough to scan fast, small enough to be
    /// held in memory with its sealed copy.
    pub(super) const RELEASE: Self = Self {
        text_bytes: 128 << 20,
        conversations: 100_000,
    };
}

/// One part to be written: both tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartPlan {
    /// The year that its path names.
    pub(super) year: Option<i16>,
    /// Its number among the parts of this year, from 0.
    pub(super) number: u32,
    /// Indices of its conversations, in the order in which they are written.
    pub(super) order: Vec<usize>,
}

/// Shuffles all conversations and deals them out by year. The order in which
/// they came would tell the order of their days.
pub(super) fn parts(
    landed: &[LandedConversation],
    years: Years,
    limit: PartLimit,
    entropy: &mut Entropy,
) -> Vec<PartPlan> {
    let mut order: Vec<usize> = (0..landed.len()).collect();
    entropy.shuffle(&mut order);
    let mut by_year: BTreeMap<Option<i16>, Vec<usize>> = BTreeMap::new();
    for i in order {
        // What a path calls the unknown year.
        let year = landed[i].year.filter(|y| *y > 0 && years == Years::Named);
        by_year.entry(year).or_default().push(i);
    }
    let cut = |(year, order): (_, Vec<usize>)| {
        let parts = cut(&order, landed, limit);
        (0..).zip(parts).map(move |(number, order)| PartPlan {
            year,
            number,
            order,
        })
    };
    by_year.into_iter().flat_map(cut).collect()
}

fn cut(order: &[usize], landed: &[LandedConversation], limit: PartLimit) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut text = 0;
    for &i in order {
        let full =
            |part: &Vec<usize>| text >= limit.text_bytes || part.len() >= limit.conversations;
        if parts.last().is_none_or(full) {
            parts.push(Vec::new());
            text = 0;
        }
        text += landed[i].text_bytes;
        if let Some(part) = parts.last_mut() {
            part.push(i);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ResearchId;

    fn landed(years: &[Option<i16>]) -> Vec<LandedConversation> {
        let mut entropy = Entropy::from_u64(1);
        let conversation = |year: &Option<i16>| LandedConversation {
            id: ResearchId::draw(&mut entropy),
            year: *year,
            turns: 1,
            text_bytes: 10,
        };
        years.iter().map(conversation).collect()
    }

    const SMALL: PartLimit = PartLimit {
        text_bytes: 30,
        conversations: 4,
    };

    proptest! {
        #[test]
        fn each_is_dealt_once_to_its_year(
            years in prop::collection::vec(prop::option::of(-1_i16..4), 0..60),
            withheld: bool,
            seed: u64,
        ) {
            let landed = landed(&years);
            let named = if withheld { Years::Withheld } else { Years::Named };
            let parts = parts(&landed, named, SMALL, &mut Entropy::from_u64(seed));
            let mut dealt: Vec<usize> = parts.iter().flat_map(|p| p.order.clone()).collect();
            dealt.sort_unstable();
            prop_assert!(dealt.into_iter().eq(0..years.len()));
            let mut paths: Vec<_> = parts.iter().map(|p| (p.year, p.number)).collect();
            paths.dedup();
            prop_assert_eq!(paths.len(), parts.len());
            for part in &parts {
                prop_assert!(part.order.len() <= 3, "30 bytes are three of 10");
                let expected = |i: &usize| years[*i].filter(|y| *y > 0 && !withheld);
                prop_assert!(part.order.iter().all(|i| expected(i) == part.year));
            }
        }
    }

    #[test]
    fn the_order_is_the_seed_s() {
        let landed = landed(&[Some(2026); 60]);
        let order = |seed| -> Vec<usize> {
            let parts = parts(
                &landed,
                Years::Named,
                PartLimit::RELEASE,
                &mut Entropy::from_u64(seed),
            );
            assert_eq!(parts.len(), 1);
            parts[0].order.clone()
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
        assert!(!order(1).is_sorted());
    }
}
