//! Streets, towns, facilities, employers, postal codes and coordinates.

use std::sync::LazyLock;

use crate::deid::lexicon;

use super::Form;
use super::dice::Dice;
use super::name::{capitalised, family, is_known};
use super::speak::{self, Manner};
use super::value::{Code, Digits, Say, Words};

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

/// A name in plain letters and whole words, and no state's.
fn plain_town(town: &str) -> bool {
    let plain = |word: &str| word.len() > 2 && word.contains(['a', 'e', 'i', 'o', 'u']);
    let letters = |b: u8| b.is_ascii_lowercase() || b == b' ';
    town.len() > 4
        && town.bytes().all(letters)
        && town.split(' ').all(plain)
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
    Words::new(match dice.below(8) {
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
    Words::new(match dice.below(5) {
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
    let text = match dice.below(4) {
        0 => format!("{family} and {}", self::family(dice)),
        1 => format!("{family} {trade} {}", dice.pick(&["Inc", "LLC", "Corp"])),
        2 => format!("{} {trade}", town(dice)),
        _ => format!("{family} {trade}"),
    };
    Words { text, spelled: 1 }
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
}
