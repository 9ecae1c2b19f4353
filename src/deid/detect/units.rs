//! Quantities: numbers that measure or count and identify nobody.
use crate::deid::word::{Key, Words, words};

/// What a number before it measures or counts, and how often a dose is taken.
const UNITS: Words = words![
    "acre",
    "acres",
    "adult",
    "adults",
    "bags",
    "beats",
    "bed",
    "bedrooms",
    "beds",
    "beer",
    "beers",
    "bid",
    "billion",
    "bottle",
    "bottles",
    "bpm",
    "buck",
    "bucks",
    "cal",
    "calorie",
    "calories",
    "cals",
    "cap",
    "caps",
    "capsule",
    "capsules",
    "cc",
    "ccs",
    "celsius",
    "cent",
    "centimeter",
    "centimeters",
    "centimetre",
    "centimetres",
    "cents",
    "child",
    "children",
    "cigarette",
    "cigarettes",
    "cm",
    "cms",
    "copies",
    "credits",
    "cup",
    "cups",
    "day",
    "days",
    "decade",
    "decades",
    "degree",
    "degrees",
    "dl",
    "dollar",
    "dollars",
    "dose",
    "doses",
    "drink",
    "drinks",
    "drop",
    "drops",
    "employees",
    "euro",
    "euros",
    "fahrenheit",
    "feet",
    "foot",
    "ft",
    "g",
    "gb",
    "ghz",
    "glass",
    "glasses",
    "gm",
    "gms",
    "gram",
    "grams",
    "grand",
    "guests",
    "hour",
    "hours",
    "hr",
    "hrs",
    "hz",
    "inch",
    "inches",
    "items",
    "iu",
    "iv",
    "kcal",
    "kg",
    "kgs",
    "khz",
    "kid",
    "kids",
    "kilo",
    "kilogram",
    "kilograms",
    "kilometer",
    "kilometers",
    "kilos",
    "km",
    "l",
    "lb",
    "lbs",
    "liter",
    "liters",
    "litre",
    "litres",
    "m",
    "mb",
    "mcg",
    "mcgs",
    "meq",
    "meter",
    "meters",
    "metre",
    "metres",
    "mg",
    "mgs",
    "mhz",
    "mi",
    "microgram",
    "micrograms",
    "mile",
    "miles",
    "milligram",
    "milligrams",
    "milliliter",
    "milliliters",
    "millilitre",
    "millilitres",
    "millimeter",
    "millimeters",
    "millimetre",
    "millimetres",
    "million",
    "min",
    "mins",
    "minute",
    "minutes",
    "ml",
    "mls",
    "mm",
    "mmhg",
    "mmol",
    "month",
    "months",
    "mph",
    "night",
    "nights",
    "ounce",
    "ounces",
    "out",
    "over",
    "oz",
    "pack",
    "packs",
    "patch",
    "patches",
    "patients",
    "pence",
    "people",
    "percent",
    "percentage",
    "persons",
    "pill",
    "pills",
    "po",
    "points",
    "pound",
    "pounds",
    "prn",
    "puff",
    "puffs",
    "qam",
    "qd",
    "qhs",
    "qid",
    "qpm",
    "quid",
    "refill",
    "refills",
    "reps",
    "rooms",
    "rupees",
    "seats",
    "sec",
    "second",
    "seconds",
    "secs",
    "sessions",
    "sets",
    "shot",
    "shots",
    "spray",
    "sprays",
    "stars",
    "step",
    "steps",
    "stone",
    "subq",
    "tab",
    "tablet",
    "tablets",
    "tabs",
    "tb",
    "thousand",
    "tickets",
    "tid",
    "time",
    "times",
    "twice",
    "unit",
    "units",
    "usd",
    "visits",
    "volt",
    "volts",
    "watt",
    "watts",
    "week",
    "weeks",
    "wk",
    "wks",
    "yard",
    "yards",
    "year",
    "years",
    "yo",
    "yr",
    "yrs",
];

/// Whether what stands at `at` makes the number before it a quantity: a unit, a
/// counted thing, per cent, `over`.
pub(crate) fn is_quantity(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '-']);
    if rest.starts_with(['%', '°']) {
        return true;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    is_unit(Key::of(&rest[..end])) && (end > 1 || is_measurable(&text[..at]))
        || is_range(&rest[..end], &rest[end..])
}

/// Whether `text` ends with no more digits than a letter measures: not `98286697 m`.
fn is_measurable(text: &str) -> bool {
    const MOST: usize = 5;
    let digits = text.bytes().rev().take(MOST + 1);
    digits.take_while(u8::is_ascii_digit).count() <= MOST
}

/// Whether `word` and what stands after it make a range of quantities of the
/// number before: `[120] to 130 over 80`.
fn is_range(word: &str, after: &str) -> bool {
    if !["to", "or", "through"]
        .iter()
        .any(|w| w.eq_ignore_ascii_case(word))
    {
        return false;
    }
    let upper = after.trim_start();
    let digits = upper
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(upper.len());
    let rest = upper[digits..].trim_start_matches([' ', '-']);
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    digits > 0 && is_unit(Key::of(&rest[..end]))
}

/// Whether `word` is a unit.
pub(crate) fn is_unit(word: Key) -> bool {
    UNITS.has(word)
}

/// Whether `word`, before a number, makes it a sum or an estimate.
pub(crate) fn is_amount_word(word: Key) -> bool {
    const WORDS: Words = words![
        "about", "amount", "around", "balance", "charged", "cost", "costs", "limit", "maybe",
        "nearly", "owe", "owed", "paid", "pay", "price", "roughly", "salary", "spent", "total",
        "worth",
    ];
    WORDS.has(word)
}

/// Whether a currency sign stands right before `at`.
pub(crate) fn is_price(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with(['$', '£', '€'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_told_by_what_follows() {
        for (text, at, expected) in [
            ("500 mg", 3, true),
            ("500mg", 3, true),
            ("120 over 80", 3, true),
            ("98.6%", 4, true),
            ("3-week", 1, true),
            ("2 or 3 weeks", 1, true),
            ("120 to 130 over 80", 3, true),
            ("4512 or 4521 please", 4, false),
            ("4512 please", 4, false),
            ("4512", 4, false),
            ("4512 é", 4, false),
            ("5000 m", 4, true),
            ("98286697 m", 8, false),
        ] {
            assert_eq!(is_quantity(text, at), expected, "{text}");
        }
        assert!(is_price("about $ 4500", 8) && !is_price("about 4500", 6));
    }
}
