//! Small cells: conversations of which fewer than k share year, state,
//! three-digit ZIP, age and sex. Each column alone may leave; together they
//! may point at one person. A pure function of the cells.

use std::collections::HashMap;

use super::landed::Landed;
use crate::config::resolved::{SmallCellAction, SmallCells};
use crate::table::{Cell, Coarseness};

/// Why a conversation was held back.
const REASON: &str = "small_cell";

/// Coarsens, or holds back, what lies in too small a cell. A cell is counted
/// within this release alone: another may be withdrawn, or never be read.
pub(super) fn treat(landed: &mut Landed, rule: SmallCells) {
    let cells: Vec<Cell> = (0..landed.rows.len())
        .map(|i| landed.rows.cell(i))
        .collect();
    match rule.action {
        SmallCellAction::Coarsen => {
            let steps = coarseness(&cells, rule.k);
            for (i, step) in steps.iter().enumerate() {
                landed.rows.coarsen(i, *step);
            }
            let coarsened = steps.iter().filter(|s| **s != Coarseness::None).count();
            landed.tally.coarsened = coarsened as u64;
        }
        SmallCellAction::HoldBack => {
            let small = small(&cells, rule.k);
            landed.hold_back(REASON, |i| small[i]);
        }
    }
}

/// How exactly each conversation may be told: those in small cells step by
/// step less, until at least `k` share what is told of them, or only the year
/// is. Those that share enough are left alone.
fn coarseness(cells: &[Cell], k: usize) -> Vec<Coarseness> {
    let mut steps = vec![Coarseness::None; cells.len()];
    loop {
        let told: Vec<Cell> = cells
            .iter()
            .zip(&steps)
            .map(|(c, s)| c.coarsened(*s))
            .collect();
        let small = small(&told, k);
        if !small.contains(&true) {
            return steps;
        }
        for (step, _) in steps.iter_mut().zip(small).filter(|(_, small)| *small) {
            *step = step.next();
        }
    }
}

/// Which conversations lie in a cell that tells something and that fewer than
/// `k` share.
fn small(cells: &[Cell], k: usize) -> Vec<bool> {
    let mut shared: HashMap<&Cell, usize> = HashMap::new();
    for cell in cells {
        *shared.entry(cell).or_default() += 1;
    }
    cells
        .iter()
        .map(|cell| cell.tells() && shared[cell] < k)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(year: i16, attributes: [&str; 4]) -> Cell {
        let known = |v: &str| (!v.is_empty()).then(|| v.to_owned());
        Cell {
            year: Some(year),
            attributes: attributes.map(known),
        }
    }

    #[track_caller]
    fn check(cells: &[(i16, [&str; 4])], k: usize, expected: &[Coarseness]) {
        let cells: Vec<Cell> = cells.iter().map(|(y, a)| cell(*y, *a)).collect();
        assert_eq!(coarseness(&cells, k), expected);
    }

    #[test]
    fn only_what_too_few_share_is_told_less_exactly() {
        use Coarseness::{Decades, NoState, NoZip, None};
        let shared = (2026, ["47", "f", "MA", "021"]);
        check(&[shared, shared], 2, &[None, None]);
        check(&[shared], 1, &[None]);
        check(&[shared], 2, &[NoState]);
        let near = (2026, ["47", "f", "MA", "024"]);
        check(&[shared, near], 2, &[NoZip, NoZip]);
        check(&[shared, shared, near], 2, &[None, None, NoState]);
        let decade = (2026, ["41", "f", "MA", ""]);
        check(&[shared, decade], 2, &[Decades, Decades]);
        let (last, silent) = ((2025, shared.1), (2026, ["", "", "", ""]));
        check(&[shared, last], 2, &[NoState, NoState]);
        check(&[silent], 11, &[None]);
    }

    fn cells() -> impl Strategy<Value = Vec<Cell>> {
        let one = |n: u8| prop::option::of((0..n).prop_map(|v| v.to_string()));
        let attributes = (one(90), one(2), one(4), one(9));
        let cell = (2025_i16..2027, attributes).prop_map(|(year, (a, s, t, z))| Cell {
            year: Some(year),
            attributes: [a, s, t, z],
        });
        prop::collection::vec(cell, 0..80)
    }

    proptest! {
        #[test]
        fn enough_share_whatever_is_told(cells in cells(), k in 1_usize..12) {
            let steps = coarseness(&cells, k);
            let told: Vec<Cell> = cells.iter().zip(&steps).map(|(c, s)| c.coarsened(*s)).collect();
            for one in told.iter().filter(|c| c.tells()) {
                prop_assert!(told.iter().filter(|c| *c == one).count() >= k);
            }
            let small = small(&cells, k);
            for (small, step) in small.iter().zip(&steps) {
                prop_assert!(*small || *step == Coarseness::None, "left alone");
            }
        }
    }
}
