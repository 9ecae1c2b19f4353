//! Places for the trainer's dialogues, and employers and facilities, which are
//! called after places and persons.

use crate::deid::lexicon::lists;
use crate::deid::spoken::DIGITS;
use crate::domain::Entropy;

use super::value::{digits, given, letter, pick, surname};
use super::vary::like;

/// A town.
pub(super) fn city(entropy: &mut Entropy) -> String {
    let town = pick(lists::towns(), entropy);
    let words = town.split(' ').map(|word| like("X", word));
    words.collect::<Vec<_>>().join(" ")
}

/// A ZIP code, or a British postcode.
pub(super) fn zip(entropy: &mut Entropy) -> String {
    if entropy.below(5) == 0 {
        let (a, b, c, d) = (
            letter(entropy),
            letter(entropy),
            letter(entropy),
            letter(entropy),
        );
        return format!("{a}{b}{} {}{c}{d}", entropy.below(20), entropy.below(10));
    }
    digits(5, entropy)
}

/// A street address: as a form has it, as it is said, as the hurried type it.
pub(super) fn address(entropy: &mut Entropy) -> String {
    let number = match entropy.below(4) {
        0 => digits(2 + entropy.below(3), entropy),
        1 => format!("{}{}", 1 + entropy.below(99), letter(entropy)),
        _ => (1 + entropy.below(9999)).to_string(),
    };
    let name = match entropy.below(5) {
        0 => city(entropy),
        1 => pick(
            &[
                "Oak",
                "Park",
                "Main",
                "Lake View",
                "Church",
                "Mill",
                "High",
                "Garden",
                "River",
            ],
            entropy,
        )
        .to_owned(),
        2 => format!("{}th", 4 + entropy.below(90)),
        _ => surname(entropy),
    };
    let kind = pick(
        &[
            "street",
            "st",
            "avenue",
            "ave",
            "road",
            "rd",
            "lane",
            "drive",
            "dr",
            "court",
            "way",
            "boulevard",
            "blvd",
            "place",
            "nagar",
            "colony",
            "circle",
            "terrace",
            "complex",
            "plaza",
        ],
        entropy,
    );
    let side = pick(&["", "", "", "n ", "w ", "east ", "south "], entropy);
    let unit = match entropy.below(6) {
        0 => format!(" apt {}", 1 + entropy.below(99)),
        1 => format!(", unit {}{}", 1 + entropy.below(20), letter(entropy)),
        2 => format!(" flat {}", pick(DIGITS, entropy)),
        _ => String::new(),
    };
    let place = match entropy.below(4) {
        0 => format!(", {}", city(entropy)),
        1 => format!(
            " {} {} {}",
            city(entropy),
            pick(STATE_CODES, entropy),
            digits(5, entropy)
        ),
        _ => String::new(),
    };
    format!("{number} {side}{name} {kind}{unit}{place}")
}

const STATE_CODES: &[&str] = &[
    "al", "tx", "ca", "ny", "fl", "oh", "ut", "va", "wa", "il", "ga",
];

/// States and countries, which may stay.
pub(super) const STATES: &[&str] = &[
    "Ohio",
    "Texas",
    "California",
    "Florida",
    "Nevada",
    "Virginia",
    "Maine",
    "Utah",
    "Alabama",
    "New Jersey",
    "Michigan",
    "Canada",
    "Mexico",
    "India",
    "England",
    "North Carolina",
    "Hawaii",
    "South Dakota",
    "West Virginia",
    "Rhode Island",
    "New Hampshire",
    "Kansas",
    "Oregon",
    "Georgia",
    "Colorado",
    "Wisconsin",
    "Arizona",
    "Iowa",
    "Alaska",
    "Idaho",
    "Germany",
    "Scotland",
    "Jamaica",
];

/// An employer, as its own name goes.
pub(super) fn organization(entropy: &mut Entropy) -> String {
    const KINDS: &[&str] = &[
        "Logistics",
        "Industries",
        "Bakery",
        "Motors",
        "Foods",
        "Plumbing",
        "Consulting",
        "Bank",
        "Trucking",
        "Elementary School",
        "High School",
        "Construction",
        "Supply",
        "Partners",
        "Group",
        "Systems",
        "Electric",
        "Insurance",
        "University",
        "Farms",
        "Hardware",
        "Airlines",
    ];
    let name = match entropy.below(3) {
        0 => city(entropy),
        _ => surname(entropy),
    };
    match entropy.below(5) {
        0 => format!("{name} and {}", surname(entropy)),
        1 => format!(
            "{name} {} {}",
            pick(KINDS, entropy),
            pick(&["Inc", "LLC", "Company"], entropy)
        ),
        _ => format!("{name} {}", pick(KINDS, entropy)),
    }
}

/// A hospital, a clinic, a pharmacy or a home, as its own name goes, or as
/// people say it who leave out what it is.
pub(super) fn facility(entropy: &mut Entropy) -> String {
    const KINDS: &[&str] = &[
        "Hospital",
        "General Hospital",
        "Medical Center",
        "Clinic",
        "Memorial Hospital",
        "Pharmacy",
        "Family Practice",
        "Urgent Care",
        "Rehab",
        "Nursing Home",
        "Surgery Center",
        "Health Center",
        "Children's Hospital",
        "Dental",
        "Dialysis Center",
        "Hospice",
        "Infirmary",
        "Imaging",
        "Surgery",
        "Practice",
        "Care Home",
        "Medical Centre",
        "Eye Clinic",
        "Pediatrics",
    ];
    match entropy.below(10) {
        0 => return by_word(entropy),
        1 => return surname(entropy),
        2 => return city(entropy),
        _ => {}
    }
    let name = match entropy.below(5) {
        0 => format!(
            "{} {}",
            pick(&["Saint", "St.", "St", "Mount", "Our Lady of"], entropy),
            given(entropy)
        ),
        1 => surname(entropy),
        2 => format!(
            "{} {}",
            pick(
                &["North", "South", "East", "West", "Lake", "River", "Upper"],
                entropy
            ),
            city(entropy)
        ),
        3 => of_words(entropy),
        _ => city(entropy),
    };
    format!("{name} {}", pick(KINDS, entropy))
}

/// What hospitals are called after that are called after nobody.
fn by_word(entropy: &mut Entropy) -> String {
    const AFTER: &[&str] = &[
        "Mercy",
        "Trinity",
        "Providence",
        "Good Samaritan",
        "Sacred Heart",
        "Holy Cross",
        "Memorial",
        "Regional",
        "Baptist",
        "Methodist",
        "Presbyterian",
        "Children's",
        "Deaconess",
        "Mount Carmel",
        "Good Shepherd",
    ];
    pick(AFTER, entropy).to_owned()
}

/// Words of the country that homes, surgeries and houses are called after.
fn of_words(entropy: &mut Entropy) -> String {
    const FIRST: &[&str] = &[
        "Whispering",
        "Golden",
        "Silver",
        "Autumn",
        "Harbor",
        "Sunny",
        "Cedar",
        "Park",
        "Church",
        "Mill",
        "Rose",
        "Heather",
        "Quiet",
        "Bright",
        "Maple",
        "Stone",
    ];
    const LAST: &[&str] = &[
        "Pines", "Oaks", "Meadow", "Lane", "View", "Bank", "Grove", "Bridge", "Light", "Ridge",
        "Gardens", "Springs", "Field", "Tree",
    ];
    format!("{} {}", pick(FIRST, entropy), pick(LAST, entropy))
}
