//! Digits that are written as the words they sound like, at either end of a
//! removed number: `to`, `too`, `for`, `ate`.

use super::super::atom::{Kind, Line};
use super::super::clause::{breaks_off, closes};
use super::super::words::{Spoken, class};
use super::is_number_like;
use super::letter::is_only_a_number;
use super::number::is_copula;
use crate::domain::Category;

fn is_homophone(line: &Line, i: usize) -> bool {
    matches!(line.word(i), "to" | "too" | "for" | "ate")
}

/// `my number is to [SSN_1]`, `great to [FAX_1]`, `call me on too [PHONE_1]`:
/// a digit where no preposition can stand before what was removed at `i`.
pub(super) fn begins(line: &Line, category: Category, i: usize) -> bool {
    let Some(at) = i.checked_sub(1).filter(|&at| is_homophone(line, at)) else {
        return false;
    };
    let sent = matches!(
        category,
        Category::Email | Category::Username | Category::Url
    );
    let ends = breaks_off(line, i + 1);
    if is_got_for(line, category, at) || is_told_to(line, category, at) {
        return true;
    }
    let Some(before) = at.checked_sub(1) else {
        return ends && !sent && line.word(at) != "for";
    };
    let word = line.word(before);
    let cued = || {
        let near = i.saturating_sub(7)..before;
        near.into_iter().any(|cue| line.is_class(cue, class::CUE))
    };
    let two = line.word(at) != "for";
    // `thank you, to [ZIP_1].`
    let comma =
        line.mark(before) == Some(',') && before > 0 && line.is_class(before - 1, class::SMALL);
    let copula = is_copula(word) || matches!(word, "are" | "here");
    let preposed = matches!(word, "at" | "on" | "from" | "under" | "by");
    // `to for [ID_1]`, cued
    let doubled = word == "to" && line.word(at) != "to" && cued();
    doubled
        || copula && (cued() || (two || is_only_a_number(category)) && ends)
        || preposed && !sent
        || comma && two && ends && is_only_a_number(category)
        || two
            && ends
            && !sent
            && matches!(word, "great" | "okay" | "ok" | "yeah" | "sure" | "perfect")
}

/// `i've got for [MRN_4]`: nobody has anything for a number.
fn is_got_for(line: &Line, category: Category, at: usize) -> bool {
    let got = at > 1 && matches!(line.word(at - 1), "got" | "have");
    got && line.word(at) == "for"
        && is_only_a_number(category)
        && matches!(line.word(at - 2), "i've" | "i")
        && breaks_off(line, at + 2)
}

/// `i have one to [HEALTH_PLAN_4] as your policy number`.
fn is_told_to(line: &Line, category: Category, at: usize) -> bool {
    let digit = at > 1 && matches!(line.spoken(at - 1), Some(Spoken::Digit(_)));
    digit
        && line.word(at) == "to"
        && is_only_a_number(category)
        && matches!(line.word(at - 2), "have" | "got")
        && line.word(at + 2) == "as"
}

/// `[ID_1] to for you`, `[PHONE_1] too as your number`, `[ID_1] then double to`:
/// a digit behind what was removed at `i`, where no preposition can stand.
pub(super) fn ends(line: &Line, i: usize) -> bool {
    let joint =
        matches!(line.word(i + 1), "then" | "dash" | "hyphen" | "so") || line.is_filler(i + 1);
    let at = i + 1 + usize::from(joint);
    if matches!(line.spoken(at), Some(Spoken::Repeat(_))) {
        return is_homophone(line, at + 1) || line.spoken(at + 1).is_some();
    }
    let after = line.word(at + 1);
    match line.word(at) {
        "to" => matches!(after, "for" | "as" | "on" | "in"),
        "for" => matches!(after, "as" | "to" | "for"),
        "too" => matches!(after, "as" | "sorry"),
        _ => false,
    }
}

/// What no other number is told `for`.
const HARDWARE: [Category; 2] = [Category::Device, Category::Vehicle];

/// `[VEHICLE_1] for [VEHICLE_2]`: a digit as it was heard between two parts.
pub(super) fn parts(line: &Line, category: Category, i: usize) -> bool {
    let other = |at: usize| {
        let kind = line.atoms[at].kind;
        matches!(kind, Kind::Slot(Some(before)) if before != category && is_number_like(before))
    };
    let sent = |category| {
        matches!(
            category,
            Category::Email | Category::Username | Category::Url | Category::Phone | Category::Fax
        )
    };
    let moved = || i > 2 && matches!(line.word(i - 3), "from" | "change" | "move" | "switch");
    // `the serial number is [DEVICE_1] for [ID_1].`
    let told = || {
        let end = closes(line, i + 1) && i > 2 && is_copula(line.word(i - 3));
        let first = |&c: &Category| line.is_slot_of(i - 2, c);
        end && HARDWARE.iter().any(first)
    };
    i > 1 && line.word(i - 1) == "for" && (line.is_slot_of(i - 2, category) || told())
        || i > 1 && line.word(i - 1) == "to" && !sent(category) && other(i - 2) && !moved()
}

/// `okay [ID_1] for [LICENSE_1], got it`: whether a digit as it was heard stands
/// before the part of a number at `i`, of which one was removed before.
pub(in super::super) fn joins_parts(line: &Line, i: usize) -> bool {
    let number = |at: usize| {
        let kind = line.atoms.get(at).map(|atom| atom.kind);
        matches!(kind, Some(Kind::Slot(Some(category))) if is_number_like(category))
    };
    i > 1 && is_homophone(line, i - 1) && number(i) && number(i - 2)
}
