//! Street addresses and post-office boxes.

use super::dice::Dice;
use super::name::{capitalised, family};
use super::speak::{self, Manner};
use super::value::Worded;

/// A street's name without its kind.
fn street_name(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => capitalised(&speak::ordinal(dice.range(2, 98))),
        1 => family(dice),
        2 => format!(
            "{} {}",
            dice.pick(&["North", "South", "East", "West", "Old", "Upper"]),
            dice.pick(&["Mill", "Orchard", "Quarry", "Ferry", "Chapel", "Windmill"])
        ),
        _ => dice
            .pick(&[
                "Larchmont",
                "Hollyhock",
                "Cedar Ridge",
                "Kestrel",
                "Thimbleberry",
                "Juniper",
                "Granary",
                "Lockkeeper",
                "Maple",
                "Bramble",
                "Oak Hollow",
                "Sycamore",
                "Saddleback",
            ])
            .to_owned(),
    }
}

/// Kinds of street: short, long.
const STREETS: [[&str; 2]; 9] = [
    ["St", "Street"],
    ["Ave", "Avenue"],
    ["Rd", "Road"],
    ["Ln", "Lane"],
    ["Dr", "Drive"],
    ["Ct", "Court"],
    ["Blvd", "Boulevard"],
    ["Pl", "Place"],
    ["Ter", "Terrace"],
];

/// A street address, at times with a unit; or a post-office box.
pub(super) fn address(dice: &mut Dice) -> Worded {
    if dice.chance(10) {
        return post_box(dice);
    }
    let number = {
        let n = dice.range(2, 4) as usize;
        dice.digits(n)
    };
    let name = street_name(dice);
    let [short, long] = dice.one(&STREETS);
    let unit = Unit::draw(dice);
    let manner = Manner::draw(dice);
    let number_said = speak::digits(
        &number,
        if number.len() == 4 {
            Manner::Pairs
        } else {
            manner
        },
        dice,
    );
    let name_lower = name.to_lowercase();
    let long_lower = long.to_lowercase();
    let spoken = format!("{number_said} {name_lower} {long_lower}{}", unit.spoken);
    let spelled_name = spelled_plainly(&name_lower);
    let mut split = vec![number_said, format!("{name_lower} {long_lower}")];
    split.extend((!unit.spoken.is_empty()).then(|| unit.spoken.trim().to_owned()));
    Worded {
        written: vec![
            format!("{number} {name} {short}{}", unit.written),
            format!("{number} {name} {long}{}", unit.written),
        ],
        lower: vec![format!("{number} {name_lower} {long_lower}{}", unit.lower)],
        spelled: vec![format!(
            "{number} {spelled_name} {long_lower}{}",
            unit.lower
        )],
        spoken: vec![spoken],
        split,
        ..Worded::default()
    }
}

/// Letters of `words` with spaces between, words a little apart.
fn spelled_plainly(words: &str) -> String {
    let letters: Vec<String> = words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(String::from)
        .collect();
    letters.join(" ")
}

/// A part of a house: each with a leading space, or empty.
#[derive(Default)]
struct Unit {
    written: String,
    lower: String,
    spoken: String,
}

impl Unit {
    fn draw(dice: &mut Dice) -> Self {
        if dice.chance(50) {
            return Self::default();
        }
        let number = dice.range(1, 40);
        let letter = if dice.chance(50) {
            dice.letters(1)
        } else {
            String::new()
        };
        let kind = dice.pick(&["Apt", "Unit", "Suite", "Apartment"]);
        let long = if kind == "Apt" {
            "apartment".to_owned()
        } else {
            kind.to_lowercase()
        };
        let letter_lower = letter.to_lowercase();
        Self {
            written: format!(", {kind} {number}{letter}"),
            lower: format!(" {long} {number}{letter_lower}"),
            spoken: format!(" {long} {} {letter_lower}", speak::cardinal(number))
                .trim_end()
                .to_owned(),
        }
    }
}

fn post_box(dice: &mut Dice) -> Worded {
    let number = dice.digits(4);
    let said = speak::digits(&number, Manner::Single, dice);
    let spelled = speak::spelled(&number, false, dice);
    Worded {
        written: vec![format!("P.O. Box {number}"), format!("PO Box {number}")],
        lower: vec![format!("po box {number}"), format!("p o box {number}")],
        spoken: vec![format!("p o box {said}")],
        spelled: vec![format!("p o box {spelled}")],
        split: vec!["p o box".to_owned(), said],
        ..Worded::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::super::value::Say;
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn an_address_has_every_form() {
        let mut dice = Dice::new(Entropy::from_u64(9));
        for _ in 0..50 {
            let address = address(&mut dice);
            for form in Form::ALL {
                let pieces = address.say(form, &mut dice);
                assert!(pieces.iter().all(|piece| !piece.trim().is_empty()));
                assert_eq!(pieces.len() > 1, form == Form::Split);
            }
        }
    }
}
