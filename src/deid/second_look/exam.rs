//! Tests of memory and of sight, and what is measured: nothing said there names anybody.

use super::atom::{Line, contents};
use super::words::class;

/// Whether `line` sets a test of memory: `spell it backwards`, `say these numbers
/// after me`.
pub(super) fn sets_recall(line: &Line) -> bool {
    const NEAR: usize = 5;
    let said = |i: usize| {
        (i.saturating_sub(NEAR)..i).any(|at| {
            matches!(
                line.word(at),
                "spell" | "say" | "count" | "repeat" | "recite" | "digits" | "months" | "numbers"
            )
        })
    };
    line.holds(contents::EXAM)
        && (0..line.atoms.len()).any(|i| match line.word(i) {
            "backwards" | "backward" => said(i),
            "after" => line.word(i + 1) == "me" && said(i),
            _ => false,
        })
}

/// Whether `line` sets a test of sight, `read me the smallest line`, and asks for no
/// name.
pub(super) fn sets_sight(line: &Line) -> bool {
    line.holds(contents::EXAM)
        && !line.has(class::NAME)
        && !(0..line.atoms.len()).any(|i| line.word(i) == "spell")
        && (1..line.atoms.len()).any(|i| {
            matches!(
                (line.word(i - 1), line.word(i)),
                ("smallest" | "lowest" | "bottom" | "top", "line")
                    | ("eye", "chart")
                    | ("left" | "right" | "other" | "one", "eye")
            )
        })
}

/// Whether `line` tells what was measured: `weight was three four ten`.
pub(super) fn is_measuring(line: &Line) -> bool {
    (0..line.atoms.len()).any(|i| {
        matches!(
            line.word(i),
            "weight"
                | "weigh"
                | "weighed"
                | "weighing"
                | "scale"
                | "scales"
                | "pulse"
                | "bp"
                | "sats"
                | "pressure"
                | "vitals"
                | "sugar"
                | "sugars"
                | "glucose"
                | "pockets"
                | "saturation"
                | "systolic"
                | "temp"
        )
    })
}
