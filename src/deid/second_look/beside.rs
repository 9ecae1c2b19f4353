//! What is left of a value of which a part was removed: digits, letters and
//! words that stand against its replacement.

mod at;
mod code;
pub(super) mod homophone;
mod letter;
mod name;
mod number;
mod tail;

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::reading;
use crate::domain::Category;

/// Looks on both sides of every replacement in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if !line.holds(contents::SLOT) {
        return;
    }
    for i in 0..line.atoms.len() {
        let Kind::Slot(Some(category)) = line.atoms[i].kind else {
            continue;
        };
        if is_number_like(category)
            && (code::is_mail_parted(line, i)
                || number::is_corrected(line, i)
                || letter::is_spelled_beside(line, i)
                || number::goes_on_after(line, i)
                || number::begins_before(line, i)
                || number::begins_with_oh(line, i)
                || number::is_letter_between(line, i)
                || homophone::begins(line, category, i)
                || homophone::ends(line, i)
                || homophone::parts(line, category, i)
                || code::is_letter_before(line, i)
                || letter::begins_with_a(line, category, i)
                || letter::begins_with_sound(line, category, i)
                || number::is_marked_after(line, i)
                || number::is_one_of_two(line, i))
        {
            seen.add(line.span(i), category, "beyond-a-replacement");
        }
        if let Some(rest) = tail::after(line, category, i) {
            seen.add(line.span(i), rest, "rest-of-a-replacement");
        }
        if category == Category::Address && tail::begins_address(line, i)
            || is_number_like(category) && tail::is_glued_before(line, i)
        {
            seen.add(line.span(i), category, "rest-of-a-replacement");
        }
        if at::is_handle(line, category, i) {
            seen.add(line.span(i), Category::Username, "at-and-handle");
        }
        if letter::goes_on_dotted(line, i) || letter::goes_on_listed(line, i) {
            seen.add(line.span(i), Category::OtherId, "beyond-a-replacement");
        }
        if let Some(at) = name::begins_mail(line, i) {
            seen.add(line.span(at), Category::Email, "name-in-mail");
        }
        if code::is_host_of_mail(line, category, i) {
            seen.add(line.span(i), Category::Email, "at-and-dot");
        }
        if matches!(category, Category::Person | Category::OtherId) && name::is_of_mail(line, i) {
            seen.add(line.span(i), Category::Email, "name-in-mail");
        }
        if category == Category::Person
            && (name::is_initial_before(line, i) || name::is_letter_of_mail(line, i))
        {
            seen.add(line.span(i), category, "initial");
        }
        if let Some(at) = name::coordinated(line, category, i) {
            seen.add(line.span(at), category, "beside-a-replacement");
        }
        let sides = [(step(line, i, -1), false), (step(line, i, 1), true)];
        for (at, forwards) in sides {
            // `[MRN_1] a1c 10.8`
            let hex = |at| category == Category::Device && letter::is_hex_after(line, at);
            let result = |at| {
                forwards && category != Category::Person && reading::begins(line, at) && !hex(at)
            };
            if let Some(at) = at
                && is_remnant(line, category, at, forwards)
                && !result(at)
            {
                seen.add(line.span(at), category, "beside-a-replacement");
            }
        }
    }
}

/// The atom beside `i` in direction `by`, past one joining mark or word.
fn step(line: &Line, i: usize, by: isize) -> Option<usize> {
    let next = i.checked_add_signed(by)?;
    let tight = line.glued(next.max(i)) && line.glued(next.max(i) + 1 - usize::from(by < 0) * 2);
    let glued = line.glued(next.max(i));
    let joins = matches!(line.mark(next), Some('-' | '/' | '_' | '.' | ':' | '!')) && tight
        || line.is_filler(next) && !glued
        || matches!(line.word(next), "dash" | "hyphen" | "then");
    let titled = by < 0 && line.mark(next) == Some('.') && line.word_before(next) == "st";
    let at = if joins || titled {
        next.checked_add_signed(by)?
    } else {
        next
    };
    (at < line.atoms.len()).then_some(at)
}

/// Whether values of `category` are said digit by digit.
const fn is_number_like(category: Category) -> bool {
    !matches!(
        category,
        Category::Person
            | Category::City
            | Category::Organization
            | Category::Facility
            | Category::Address
            | Category::Date
            | Category::Age
            | Category::Time
    )
}

/// Whether the atom at `at` reads as a part of the value removed beside it.
fn is_remnant(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    match category {
        Category::Age => false,
        Category::Time => !forwards && code::is_letter_told(line, at),
        Category::Facility if !(forwards && name::is_rest_of_handle(line, at)) => {
            !forwards && matches!(word, "st" | "saint")
                || forwards && name::is_rest_of_facility(line, at)
        }
        Category::City | Category::Person if forwards && name::is_end_of_town(line, at) => true,
        Category::Person if !forwards && word != "little" && name::is_half_of_town(line, at) => {
            true
        }
        Category::City
            if !forwards && (name::is_half_of_town(line, at) || name::is_house(line, at)) =>
        {
            true
        }
        Category::Person if name::is_other_name(line, at, forwards) => true,
        Category::Person if !forwards && at == 0 && line.digits(at) > 2 => {
            !number::is_clock(line, at)
        }
        Category::Person if forwards && name::is_code_after(line, at) => true,
        Category::Person if forwards && letter::is_hex_after(line, at) => true,
        Category::Facility if forwards && name::is_rest_of_handle(line, at) => true,
        Category::Person | Category::City | Category::Organization => {
            name::is_name_remnant(line, at, forwards)
        }
        _ if line.is_number(at) && word != "a" => {
            number::is_number_remnant(line, category, at, forwards)
        }
        _ => code::is_code_remnant(line, category, at, forwards),
    }
}
