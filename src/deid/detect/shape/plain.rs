//! Numbers that are shaped as codes are and count, measure or number what many
//! have: sizes, versions, diagnoses.

use crate::deid::detect::value::is_year;

/// Round numbers, or years: `10000-20000`, `2019-2020`, `1000000`.
pub(super) fn are_counts(groups: &[&str]) -> bool {
    groups.iter().all(|g| is_year(g))
        || groups
            .iter()
            .all(|g| g.ends_with("00") && g.trim_end_matches('0').len() <= 3)
}

/// A size: `1920x1080`, `22x14x9`.
pub(super) fn is_dimension(text: &str) -> bool {
    let mut sides = text.split(['x', 'X', '×']);
    text.contains(['x', 'X', '×']) && sides.all(|side| !side.is_empty() && is_digits(side))
}

/// An illness by its number in the international list: `I69.354`.
pub(super) fn is_diagnosis(text: &str) -> bool {
    let Some((group, detail)) = text.split_once('.') else {
        return false;
    };
    let letter = group.bytes().next().filter(u8::is_ascii_alphabetic);
    let Some(letter) = letter else { return false };
    let upper = letter.is_ascii_uppercase();
    let of_code =
        |b: u8| b.is_ascii_digit() || b.is_ascii_alphabetic() && b.is_ascii_uppercase() == upper;
    matches!(*group.as_bytes(), [_, b'0'..=b'9', last] if of_code(last))
        && (1..=4).contains(&detail.len())
        && detail.bytes().all(of_code)
}

/// What a program is counted by: `17.4.1`.
pub(super) fn is_version(text: &str) -> bool {
    const MOST: usize = 2;
    let text = text.rsplit(' ').next().unwrap_or(text);
    text.split('.').count() > 2
        && text
            .split('.')
            .all(|part| (1..=MOST).contains(&part.len()) && is_digits(part))
}

/// Four numbers or more that count up or down by one: `10 9 8 7`.
pub(super) fn are_steps(text: &str) -> bool {
    const FEWEST: usize = 4;
    let step = |by: i32| {
        let mut pairs = text.split(' ').zip(text.split(' ').skip(1));
        pairs.all(|(a, b)| {
            let (a, b): (Option<i32>, Option<i32>) = (a.parse().ok(), b.parse().ok());
            a.is_some() && a.map(|a| a + by) == b
        })
    };
    text.contains(' ') && text.split(' ').count() >= FEWEST && (step(1) || step(-1))
}

/// Numbers of two or three digits, parted by commas: readings, scores.
pub(super) fn is_list(text: &str) -> bool {
    text.contains(',')
        && text
            .split(',')
            .all(|part| matches!(part.trim().len(), 2 | 3) && is_digits(part.trim()))
}

/// `fifty fifty`, `twenty twenty`.
pub(super) fn is_idiom(text: &str) -> bool {
    text.len() == 4 && text.get(..2) == text.get(2..)
}

/// `1 2 3 4 5 6`.
pub(super) fn is_counting(groups: &[&str]) -> bool {
    groups
        .windows(2)
        .all(|w| w[0].bytes().next().map(|b| b + 1) == w[1].bytes().next())
}

pub(super) fn is_digits(piece: &str) -> bool {
    piece.bytes().all(|b| b.is_ascii_digit())
}
