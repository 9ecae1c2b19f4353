//! Streets, towns, facilities, employers, postal codes and coordinates.

use std::sync::LazyLock;

use crate::deid::lexicon;

use super::Form;
use super::dice::Dice;
use super::name::{capitalised, family, is_known};
use super::speak::{self, Manner};
use super::value::{Code, Digits, Say, Worded, Words};

/// The states and territories whose names are no town's and nobody's.
pub(super) const STATES: [&str; 44] = [
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Colorado",
    "Connecticut",
    "Florida",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "North Carolina",
    "North Dakota",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "West Virginia",
    "Wisconsin",
    "Wyoming",
];

/// Listed towns: no state's name, no very short one.
static TOWNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let towns = lexicon::TOWNS
        .lines()
        .filter_map(|line| line.split('\t').next());
    towns.filter(|town| plain_town(town)).collect()
});

fn plain_town(town: &str) -> bool {
    let letters = town.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
    letters
        && town.len() > 4
        && !STATES.iter().any(|s| s.eq_ignore_ascii_case(town))
        && !GENERIC.contains(&town)
}

/// Towns whose names are words of the dialogues' own.
const GENERIC: [&str; 12] = [
    "reading",
    "mobile",
    "orange",
    "hospital",
    "center",
    "street",
    "avenue",
    "account",
    "virginia",
    "delaware",
    "georgia",
    "washington",
];

/// A town: half of them listed.
pub(super) fn town(dice: &mut Dice) -> String {
    if dice.chance(50) {
        return capitalised(TOWNS[dice.below(TOWNS.len())]);
    }
    loop {
        let stem = dice.pick(&[
            "Harrow", "Calder", "Wend", "Marl", "Tam", "Osk", "Brinn", "Quill", "Dun", "Pellew",
            "Sarr", "Eld", "Vonn", "Yarr", "Corm",
        ]);
        let end = dice.pick(&[
            "field", "burg", "wick", "mere", "dale", "stead", "haven", "more", "ley", "gate",
        ]);
        let town = format!("{stem}{end}");
        let town = match dice.below(5) {
            0 => format!("Port {town}"),
            1 => format!(
                "{town} {}",
                dice.pick(&["Springs", "Heights", "Falls", "Beach", "Junction"])
            ),
            _ => town,
        };
        if !is_known(&town.to_lowercase()) {
            return town;
        }
    }
}

/// A town, a county or a neighbourhood.
pub(super) fn city(dice: &mut Dice) -> Words {
    let town = town(dice);
    Words(match dice.below(8) {
        0 => format!("{} County", town.split(' ').next_back().unwrap_or(&town)),
        _ => town,
    })
}

/// A facility whose name discloses a place.
pub(super) fn facility(dice: &mut Dice) -> Words {
    let town = town(dice);
    let kind = dice.pick(&[
        "General Hospital",
        "Medical Center",
        "Family Clinic",
        "Community Hospital",
        "Dialysis Center",
        "Rehab Center",
        "Urgent Care",
        "High School",
        "Nursing Home",
        "Pediatrics",
        "Veterans Home",
    ]);
    Words(match dice.below(5) {
        0 => format!("{kind} of {town}"),
        1 => format!(
            "St. {} Hospital {town}",
            dice.pick(&["Brigid's", "Columba", "Odile's", "Wilfrid's"])
        ),
        _ => format!("{town} {kind}"),
    })
}

/// An employer.
pub(super) fn employer(dice: &mut Dice) -> Words {
    let family = family(dice);
    let trade = dice.pick(&[
        "Roofing",
        "Logistics",
        "Foods",
        "Textiles",
        "Plumbing",
        "Freight Lines",
        "Dairy",
        "Machine Works",
        "Software",
        "Catering",
        "Paper Mill",
        "Auto Body",
    ]);
    Words(match dice.below(4) {
        0 => format!("{family} and {}", self::family(dice)),
        1 => format!("{family} {trade} {}", dice.pick(&["Inc", "LLC", "Corp"])),
        2 => format!("{} {trade}", town(dice)),
        _ => format!("{family} {trade}"),
    })
}

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

/// A ZIP code, a ZIP+4 or a British postcode.
pub(super) fn zip(dice: &mut Dice) -> Box<dyn Say> {
    match dice.below(10) {
        0 => Box::new(Digits {
            written: dice.shaped("99999-9999"),
        }),
        1 | 2 => {
            let shape = dice
                .pick(&["A99 9BD", "BA9 9HR", "NA99 9TW", "E9 9PQ", "SW9A 9DE"])
                .to_owned();
            Box::new(Code {
                written: dice.shaped(&shape),
            })
        }
        _ => {
            let digits = dice.shaped("99999");
            Box::new(Digits { written: digits })
        }
    }
}

/// Latitude and longitude, or a plus code.
pub(super) fn geocode(dice: &mut Dice) -> Box<dyn Say> {
    if dice.chance(25) {
        let head = dice.chars("23456789CFGHJMPQRVWX", 4);
        let tail = dice.chars("23456789CFGHJMPQRVWX", 4);
        let end = dice.chars("23456789CFGHJMPQRVWX", 2);
        return Box::new(Code {
            written: format!("{head}{tail}+{end}"),
        });
    }
    Box::new(Coordinates {
        degrees: [dice.range(25, 48), dice.range(70, 123)],
        decimals: [dice.shaped("9999"), dice.shaped("9999")],
    })
}

/// A point in North America, by its degrees and their decimals.
#[derive(Debug)]
struct Coordinates {
    degrees: [u32; 2],
    decimals: [String; 2],
}

impl Say for Coordinates {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        let [north, west] = self.degrees;
        let [n, w] = &self.decimals;
        let mut half = |degrees: u32, decimals: &str| {
            let decimals = speak::digits(decimals, Manner::Single, dice);
            format!("{} point {decimals}", speak::cardinal(degrees))
        };
        let said = [half(north, n), half(west, w)];
        vec![match form {
            Form::Written => dice
                .pick(&[
                    &*format!("{north}.{n}, -{west}.{w}"),
                    &*format!("{north}.{n}° N, {west}.{w}° W"),
                ])
                .to_owned(),
            Form::Lower => format!("{north}.{n} -{west}.{w}"),
            Form::Split => return vec![said[0].clone(), format!("minus {}", said[1])],
            Form::Spoken | Form::Spelled => match dice.chance(50) {
                true => format!("{} north {} west", said[0], said[1]),
                false => format!("{} minus {}", said[0], said[1]),
            },
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn many_towns_are_on_no_list() {
        let mut dice = Dice::new(Entropy::from_u64(9));
        let towns: Vec<String> = (0..300).map(|_| town(&mut dice).to_lowercase()).collect();
        let unlisted = towns.iter().filter(|town| !is_known(town)).count();
        assert!((90..=240).contains(&unlisted), "{unlisted}");
    }

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
