//! Values that must stay.

use std::sync::LazyLock;

use crate::deid::lexicon;

use super::dice::Dice;
use super::name::{capitalised, is_known};
use super::place::STATES;
use super::speak;
use super::{Form, Kept};

const DRUGS: &[&str] = &[
    "Metformin",
    "Lisinopril",
    "Atorvastatin",
    "Amlodipine",
    "Warfarin",
    "Eliquis",
    "Gabapentin",
    "Sertraline",
    "Ozempic",
    "Levothyroxine",
    "Prednisone",
    "Tylenol",
    "Ibuprofen",
    "Humira",
    "Albuterol",
    "Omeprazole",
    "Zoloft",
    "Lantus",
    "Tramadol",
    "Amoxicillin",
    "Losartan",
    "Furosemide",
    "Jardiance",
    "Plavix",
    "Xanax",
    "Trazodone",
    "Keppra",
    "Lyrica",
    "Advair",
    "Singulair",
    "Synthroid",
    "Crestor",
    "Lipitor",
    "Zyrtec",
    "Benadryl",
    "Allegra",
    "Farxiga",
    "Hydrochlorothiazide",
    "Duloxetine",
    "Methotrexate",
    "Tamoxifen",
    "Depakote",
    "Premarin",
];

const EPONYMS: &[&str] = &[
    "Parkinson's",
    "Alzheimer's",
    "Crohn's disease",
    "Hashimoto's",
    "Bell's palsy",
    "Raynaud's",
    "Sjogren's syndrome",
    "Graves' disease",
    "Meniere's disease",
    "Barrett's esophagus",
    "Baker's cyst",
    "Cushing's",
    "Addison's disease",
    "Hodgkin's lymphoma",
    "Wilson's disease",
    "Huntington's",
    "Babinski's reflex",
    "Ehlers-Danlos",
    "Colles fracture",
    "Dupuytren's",
    "Tourette's",
    "Marfan syndrome",
    "Kawasaki disease",
    "Lou Gehrig's disease",
    "Lyme disease",
    "Asperger's",
    "Down syndrome",
    "Paget's disease",
    "Guillain-Barre",
    "Chiari malformation",
];

/// A value that must stay, in the base form of the conversation. The `hint` is
/// what a slot says of it: `a1c`, `grown`; an eponym's or a word's own text.
pub(super) fn kept_value(kept: Kept, hint: &str, base: Form, dice: &mut Dice) -> String {
    let spoken = base == Form::Spoken;
    let text = match kept {
        Kept::Word => hint.to_owned(),
        Kept::Eponym if !hint.is_empty() => hint.to_owned(),
        Kept::Eponym => dice.pick(EPONYMS).to_owned(),
        Kept::Drug => drug(dice),
        Kept::State => dice.pick(&STATES).to_owned(),
        Kept::Dose => dose(spoken, dice),
        Kept::Duration => duration(hint, spoken, dice),
        Kept::Age => age(hint, spoken, dice),
        Kept::Year => year(spoken, dice),
        Kept::Vital => vital(hint, spoken, dice),
        Kept::Lab => lab(hint, spoken, dice),
        Kept::Price => price(spoken, dice),
        Kept::Count => {
            let most = if hint == "few" { 5 } else { 14 };
            number(dice.range(2, most), spoken)
        }
    };
    match base {
        Form::Written => text,
        _ => text.to_lowercase(),
    }
}

fn age(hint: &str, spoken: bool, dice: &mut Dice) -> String {
    let [low, high] = match hint {
        "grown" => [19, 88],
        "child" => [2, 30],
        _ => [2, 88],
    };
    number(dice.range(low, high), spoken)
}

fn year(spoken: bool, dice: &mut Dice) -> String {
    let year = dice.range(1975, 2024);
    match spoken {
        true => speak::year(year, dice),
        false => year.to_string(),
    }
}

/// A laboratory value in the range that its name has.
fn lab(hint: &str, spoken: bool, dice: &mut Dice) -> String {
    let [low, high] = match hint {
        "sugar" => return number(dice.range(65, 340), spoken),
        "creatinine" => [0, 3],
        "potassium" => [3, 5],
        "hemoglobin" => [7, 16],
        _ => [5, 13],
    };
    decimal(dice.range(low, high), dice.range(1, 9), spoken)
}

fn number(n: u32, spoken: bool) -> String {
    if spoken {
        speak::cardinal(n)
    } else {
        n.to_string()
    }
}

fn decimal(whole: u32, tenth: u32, spoken: bool) -> String {
    match spoken {
        true => format!(
            "{} point {}",
            speak::cardinal(whole),
            speak::cardinal(tenth)
        ),
        false => format!("{whole}.{tenth}"),
    }
}

/// A drug: well known, listed, or on no list but named as drugs are.
fn drug(dice: &mut Dice) -> String {
    match dice.below(20) {
        0..4 => capitalised(LISTED[dice.below(LISTED.len())]),
        4..7 => invented_drug(dice),
        _ => dice.pick(DRUGS).to_owned(),
    }
}

/// Listed drugs whose names are no word of every day.
static LISTED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let plain = |drug: &&str| drug.len() > 7 && drug.bytes().all(|b| b.is_ascii_lowercase());
    let drugs = lexicon::DRUGS.lines().filter(plain);
    drugs.filter(|drug| !is_known(drug)).collect()
});

/// A name after the stems of nonproprietary names.
fn invented_drug(dice: &mut Dice) -> String {
    let head = dice.pick(&["Ve", "Tar", "Oxi", "Lu", "Bre", "Nar", "Za", "Pe"]);
    let middle = dice.pick(&["lo", "mi", "ra", "cu", "ven", "do"]);
    let stem = dice.pick(&[
        "zumab",
        "citinib",
        "pril",
        "sartan",
        "vastatin",
        "gliptin",
        "conazole",
        "buvir",
        "floxacin",
        "gliflozin",
        "parin",
        "triptan",
    ]);
    format!("{head}{middle}{stem}")
}

fn dose(spoken: bool, dice: &mut Dice) -> String {
    let amount = dice.one(&[5, 10, 20, 25, 40, 50, 81, 100, 150, 250, 325, 500, 850]);
    let [short, long] = dice.one(&[
        ["mg", "milligrams"],
        ["mg", "milligrams"],
        ["mcg", "micrograms"],
        ["units", "units"],
        ["mL", "milliliters"],
    ]);
    match (spoken, dice.chance(50)) {
        (true, _) => format!("{} {long}", speak::cardinal(amount)),
        (false, true) => format!("{amount} {short}"),
        (false, false) => format!("{amount} {long}"),
    }
}

fn duration(hint: &str, spoken: bool, dice: &mut Dice) -> String {
    let unit = match hint {
        "short" => dice.pick(&["minutes", "hours", "seconds"]),
        _ => dice.pick(&["days", "weeks", "months", "days", "years"]),
    };
    format!("{} {unit}", number(dice.range(2, 20), spoken))
}

/// A vital sign's value: `bp`, `heat`, `oxygen`, `rate`.
fn vital(hint: &str, spoken: bool, dice: &mut Dice) -> String {
    match hint {
        "heat" => decimal(dice.range(97, 103), dice.range(0, 9), spoken),
        "oxygen" if spoken => format!("{} percent", speak::cardinal(dice.range(88, 99))),
        "oxygen" => format!("{}%", dice.range(88, 99)),
        "rate" => number(dice.range(52, 118), spoken),
        _ => blood_pressure(spoken, dice),
    }
}

fn blood_pressure(spoken: bool, dice: &mut Dice) -> String {
    let [high, low] = [dice.range(98, 178), dice.range(58, 99)];
    match (spoken, dice.chance(50)) {
        (true, _) => format!("{} over {}", pressure(high), speak::cardinal(low)),
        (false, true) => format!("{high}/{low}"),
        (false, false) => format!("{high} over {low}"),
    }
}

/// `one thirty eight`, `ninety eight`.
fn pressure(high: u32) -> String {
    match (high / 100, high % 100) {
        (0, rest) => speak::cardinal(rest),
        (_, rest @ 10..) => format!("one {}", speak::cardinal(rest)),
        (_, 0) => "one hundred".to_owned(),
        (_, rest) => format!("one oh {}", speak::cardinal(rest)),
    }
}

fn price(spoken: bool, dice: &mut Dice) -> String {
    let dollars = dice.range(4, 480);
    match (spoken, dice.below(3)) {
        (true, _) => format!("{} dollars", speak::cardinal(dollars)),
        (false, 0) => format!("{dollars} dollars"),
        (false, 1) => format!("${dollars}"),
        (false, _) => format!("${dollars}.{:02}", dice.range(1, 99)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn spoken_values_hold_no_digit() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        for kept in Kept::ALL {
            for _ in 0..100 {
                let said = kept_value(kept, "", Form::Spoken, &mut dice);
                assert!(
                    !said
                        .bytes()
                        .any(|b| b.is_ascii_digit() || b.is_ascii_uppercase()),
                    "{said}"
                );
            }
        }
    }
}
