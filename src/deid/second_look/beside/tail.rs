//! The rest of what was removed, as people say it: the host of an address, the number
//! of a flat, what they half remember.

use super::super::atom::{Kind, Line};
use super::super::clause::closes;
use super::super::day;
use super::super::words::class;
use super::is_number_like;
use crate::domain::Category;

/// What kind of rest goes on behind the replacement at `i`.
pub(super) fn after(line: &Line, category: Category, i: usize) -> Option<Category> {
    if is_host(line, category, i) {
        return Some(Category::Email);
    }
    match category {
        Category::Address if is_flat(line, i + 1) => Some(Category::Address),
        Category::Date if day::is_rest_after(line, i) => Some(Category::Date),
        Category::Person if is_generation(line, i + 1) => Some(Category::Person),
        _ if line.word(i + 1) == "as" && line.word(i + 2) == "in" && line.is_slot(i + 3) => {
            Some(Category::OtherId)
        }
        _ if is_number_like(category) && is_half_told(line, i) => Some(Category::OtherId),
        _ => None,
    }
}

/// `[PERSON_1] 77 at gmail`, `[USERNAME_1] at oskgate com`: where mail is sent.
fn is_host(line: &Line, category: Category, i: usize) -> bool {
    let known = matches!(
        category,
        Category::Person | Category::Username | Category::OtherId | Category::Email
    );
    let number = usize::from(line.is_number(i + 1) || line.word(i + 1) == "family");
    let at = i + 1 + number;
    known && line.word(at) == "at" && (is_provider(line, at + 1) || is_domain(line.word(at + 2)))
}

fn is_provider(line: &Line, at: usize) -> bool {
    matches!(
        line.word(at),
        "gmail" | "yahoo" | "hotmail" | "outlook" | "proton" | "protonmail" | "icloud" | "aol"
    )
}

/// What the name of a host ends with, without its point.
fn is_domain(word: &str) -> bool {
    matches!(
        word,
        "com" | "net" | "org" | "edu" | "gov" | "uk" | "pl" | "de" | "ca" | "au" | "dot"
    )
}

/// `[ADDRESS_1], box 88`, `[ADDRESS_1] unit c`, `[ADDRESS_1], rear`: where in a house.
fn is_flat(line: &Line, next: usize) -> bool {
    let at = next + usize::from(line.mark(next) == Some(','));
    let point = usize::from(line.mark(at + 1) == Some('.') && !line.glued(at + 2));
    let value = at + 1 + point;
    let letter = line.word(value).len() == 1 && !matches!(line.word(value), "a" | "i");
    let numbered = (1..=4).contains(&line.digits(value))
        || line.spoken(value).is_some() && !line.is_unit(value + 1)
        || letter;
    match line.word(at) {
        "box" | "berth" | "int" | "unit" | "lot" | "slip" | "flat" | "apt" | "suite" | "ste"
        | "room" | "rm" | "pier" | "dock" | "bay" | "gate" | "block" | "bldg" | "building"
        | "floor" => numbered && closes(line, value + 1),
        "rear" | "upper" | "lower" => closes(line, at + 1),
        _ => false,
    }
}

/// `[PERSON_1] the third`, `[PERSON_1] junior`.
fn is_generation(line: &Line, at: usize) -> bool {
    match line.word(at) {
        "the" => line.ordinal(at + 1).is_some_and(|n| (2..6).contains(&n)) && closes(line, at + 2),
        "iii" | "iv" => true,
        _ => false,
    }
}

/// `[ID_1] something`, `[ID_1] something nine`: what is half remembered.
fn is_half_told(line: &Line, i: usize) -> bool {
    let at = i + 1 + usize::from(line.mark(i + 1) == Some(','));
    let next = at + 1 + usize::from(line.mark(at + 1) == Some(','));
    let piece =
        || line.is_number(next) || line.word(next).len() == 1 || line.word(next) == "something";
    line.word(at) == "something" && piece()
}

/// `9 cobbler's [ADDRESS_1]`, `six twenty no [ADDRESS_1]`: a number and a word before the
/// rest of an address.
pub(super) fn begins_address(line: &Line, i: usize) -> bool {
    let owner = i > 1 && line.word(i - 1).len() < line.lower(i - 1).len();
    let named = i > 1 && line.capital(i - 1) && !line.is_ordinary(i - 1);
    let number = i > 1 && ((1..=5).contains(&line.digits(i - 2)) || line.spoken(i - 2).is_some());
    let corrected = i > 2 && line.word(i - 1) == "no" && line.spoken(i - 2).is_some();
    number && !line.is_unit(i - 1) && (owner || named) || corrected && line.spoken(i - 3).is_some()
}

/// `mm[ACCOUNT_1]`: letters written as one with what was removed behind them.
pub(super) fn is_glued_before(line: &Line, i: usize) -> bool {
    let word = |at: usize| matches!(line.atoms[at].kind, Kind::Word);
    let letters = |at: usize| word(at) && (2..4).contains(&line.word(at).len());
    // `0gb [DEVICE_4]`: no quantity begins so
    let coded = i > 1 && line.glued(i - 1) && line.is_digits(i - 2) && letters(i - 1);
    if coded && line.lower(i - 2).starts_with('0') && !line.glued(i - 2) {
        return true;
    }
    i > 0 && line.glued(i) && letters(i - 1) && !line.is_class(i - 1, class::SMALL | class::FILLER)
}
