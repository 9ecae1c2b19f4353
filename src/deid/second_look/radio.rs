//! Letters told by the words that stand for them over the air.

use super::Seen;
use super::atom::{Line, contents};
use super::run::Run;
use super::words::class;
use crate::domain::Category;

/// Looks for letters told so beside each other, a number or a replacement.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if !line.has(class::LEAD) || !line.has(class::NUMBER) && !line.holds(contents::SLOT) {
        return;
    }
    let mut leads = (0..line.atoms.len()).filter(|&i| line.is_class(i, class::LEAD));
    if let Some(i) = leads.find(|&i| is_letter_word(line.word(i)) && goes_on(line, i)) {
        seen.add(line.span(i), Category::OtherId, "letters-by-words");
    }
}

/// `golf, papa` behind a replacement, `alpha kilo two`, `uniform, [PERSON_1], [ID_1]`.
fn goes_on(line: &Line, i: usize) -> bool {
    let step = |at: usize| at + 1 + usize::from(line.mark(at + 1) == Some(','));
    let back = i.checked_sub(1 + usize::from(i > 0 && line.mark(i - 1) == Some(',')));
    let (second, third) = (step(i), step(step(i)));
    let value = |at: usize| line.is_slot(at) || line.spoken(at).is_some() || line.is_digits(at);
    let before = back.is_some_and(value);
    if is_letter_word(line.word(second)) {
        return before || value(third) || is_letter_word(line.word(third));
    }
    let number = |at: usize| line.is_slot(at) && !line.is_slot_of(at, Category::Person);
    i == 0 && line.is_slot_of(second, Category::Person) && number(third)
}

/// `alpha bravo six one two`: words that stand for letters before digits.
pub(super) fn is_spelled_out(line: &Line, run: &Run) -> bool {
    let stands = |n: usize| {
        run.first
            .checked_sub(n)
            .is_some_and(|i| is_letter_word(line.word(i)))
    };
    stands(1) && (stands(2) || run.asked.number) && run.digit_total() > 1
}

/// The words by which letters are told over the air.
fn is_letter_word(word: &str) -> bool {
    matches!(
        word,
        "alpha"
            | "alfa"
            | "bravo"
            | "charlie"
            | "delta"
            | "echo"
            | "foxtrot"
            | "golf"
            | "hotel"
            | "india"
            | "juliet"
            | "juliett"
            | "kilo"
            | "lima"
            | "mike"
            | "november"
            | "oscar"
            | "papa"
            | "quebec"
            | "romeo"
            | "sierra"
            | "tango"
            | "uniform"
            | "victor"
            | "whiskey"
            | "xray"
            | "yankee"
            | "zulu"
    )
}
