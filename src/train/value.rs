//! Names, numbers and codes for the trainer's dialogues, in the ways people say and write them.

use crate::deid::lexicon::lists;
use crate::deid::spoken::{DIGITS, TEENS, TENS};
use crate::domain::Entropy;

use super::place::STATES;
use super::vary::{draw_name, like};

/// One of `list`.
pub(super) fn pick<'a>(list: &[&'a str], entropy: &mut Entropy) -> &'a str {
    list[entropy.below(list.len() as u64) as usize]
}

/// A given name, with a capital.
pub(super) fn given(entropy: &mut Entropy) -> String {
    like("X", &draw_name(entropy))
}

/// A surname, with a capital.
pub(super) fn surname(entropy: &mut Entropy) -> String {
    like("X", &draw_name(entropy))
}

/// A name letter by letter.
pub(super) fn spelled(name: &str, entropy: &mut Entropy) -> String {
    let joint = pick(&[" ", "-", ", ", ". "], entropy);
    let letters = name.chars().map(String::from);
    letters.collect::<Vec<_>>().join(joint)
}

/// `n` digits: together, apart, or in words.
pub(super) fn digits(n: u64, entropy: &mut Entropy) -> String {
    let drawn: Vec<usize> = (0..n).map(|_| entropy.below(10) as usize).collect();
    let words = || -> Vec<&str> { drawn.iter().map(|d| DIGITS[*d]).collect() };
    let figures = || -> Vec<String> { drawn.iter().map(usize::to_string).collect() };
    match entropy.below(6) {
        0 => words().join(" "),
        1 => figures().join(" "),
        2 => figures().join("-"),
        _ => figures().concat(),
    }
}

/// A small letter.
pub(super) fn letter(entropy: &mut Entropy) -> char {
    char::from(b'a' + entropy.below(26) as u8)
}

/// A code of digits, or of letters and digits, together or in pieces.
pub(super) fn code(entropy: &mut Entropy) -> String {
    if entropy.below(2) == 0 {
        return digits(4 + entropy.below(9), entropy);
    }
    let mut out = String::new();
    let apart = entropy.below(2) == 0;
    let upper = entropy.below(3) == 0;
    for piece in 0..2 + entropy.below(3) {
        if piece > 0 && apart {
            out.push(' ');
        }
        for _ in 0..1 + entropy.below(4) {
            if piece % 2 == 0 {
                out.push(letter(entropy));
            } else {
                out.push_str(&entropy.below(10).to_string());
            }
        }
    }
    if upper { out.to_uppercase() } else { out }
}

/// A telephone number.
pub(super) fn phone(entropy: &mut Entropy) -> String {
    let mut part = |n: u32| entropy.below(10_u64.pow(n)) + 10_u64.pow(n - 1);
    let (a, b, c) = (part(3) % 1000, part(3) % 1000, part(4) % 10_000);
    match entropy.below(5) {
        0 => format!("({a:03}) {b:03}-{c:04}"),
        1 => format!("{a:03}-{b:03}-{c:04}"),
        2 => format!("{a:03} {b:03} {c:04}"),
        3 => format!("{a:03}{b:03}{c:04}"),
        _ => digits(10, entropy),
    }
}

/// An address of electronic mail, also as chats strip it.
pub(super) fn email(given: &str, entropy: &mut Entropy) -> String {
    let name = given.to_lowercase().replace(['\'', ' '], "");
    let n = entropy.below(999);
    let host = pick(&["gmail", "yahoo", "outlook", "mail", "hotmail"], entropy);
    match entropy.below(5) {
        0 => format!("{name}{n}@{host}.com"),
        1 => format!("{name}.{}@{host}.com", letter(entropy)),
        2 => format!("{name} {n} {host}com"),
        3 => format!("{name} at {host} dot com"),
        _ => format!("{name}{host}com"),
    }
}

/// Initials.
pub(super) fn initials(entropy: &mut Entropy) -> String {
    let joint = pick(&[" ", ".", "", ". "], entropy);
    let letters = (0..2 + entropy.below(2)).map(|_| letter(entropy).to_string());
    letters.collect::<Vec<_>>().join(joint).to_uppercase()
}

/// A user name.
pub(super) fn handle(given: &str, entropy: &mut Entropy) -> String {
    let name = given.to_lowercase().replace(['\'', ' '], "");
    let n = entropy.below(200);
    match entropy.below(6) {
        0 => format!("@{name}{n}"),
        1 => format!("{name}_{}", letter(entropy)),
        2 => format!("{}{name}{n}", letter(entropy)),
        3 => format!("{name} underscore {n}"),
        4 => format!(
            "{}{name}",
            pick(&["the", "real", "mr", "its", "big"], entropy)
        ),
        _ => format!("{name}{n}"),
    }
}

/// A password or a word that serves as one.
pub(super) fn secret(entropy: &mut Entropy) -> String {
    const WORDS: &[&str] = &[
        "sunflower",
        "tiger",
        "winter",
        "purple",
        "dragon",
        "monkey",
        "coffee",
        "rocket",
        "blue",
        "garden",
        "pepper",
        "shadow",
    ];
    let word = pick(WORDS, entropy);
    match entropy.below(4) {
        0 => word.to_owned(),
        1 => format!("{word}{}", entropy.below(999)),
        2 => format!("{}{}!", like("X", word), entropy.below(99)),
        _ => format!("{word} {}", digits(2, entropy)),
    }
}

/// Values that identify nobody.
pub(super) fn ordinary(slot: &str, entropy: &mut Entropy) -> String {
    match slot {
        "state" => pick(STATES, entropy).to_owned(),
        "age" => (18 + entropy.below(70)).to_string(),
        "year" => (1970 + entropy.below(55)).to_string(),
        "bp" => format!(
            "{} over {}",
            100 + entropy.below(80),
            60 + entropy.below(40)
        ),
        "amount" => match entropy.below(3) {
            0 => (1 + entropy.below(9)).to_string() + "000",
            1 => format!("${}", 5 + entropy.below(995)),
            _ => (10 + entropy.below(9990)).to_string(),
        },
        "decimal" => match entropy.below(4) {
            0 => said(entropy.below(150), entropy),
            1 => format!(
                "{} point {}",
                words_below_100(entropy.below(100)),
                DIGITS[entropy.below(10) as usize]
            ),
            2 => format!("{}/{}", 90 + entropy.below(90), 50 + entropy.below(50)),
            _ => format!("{}.{}", entropy.below(120), entropy.below(10)),
        },
        "take" => pick(
            &[
                "take a listen",
                "take a look",
                "order some labs",
                "refill that",
                "examine you",
                "press here",
            ],
            entropy,
        )
        .to_owned(),
        "drug" => pick(lists::drugs(), entropy).to_owned(),
        "word" => word(entropy).to_owned(),
        "eponym" => pick(lists::eponyms(), entropy).to_owned(),
        "said" if entropy.below(3) == 0 => said(entropy.below(400), entropy),
        "said" => said(entropy.below(100), entropy),
        "said1" => DIGITS[1 + entropy.below(9) as usize].to_owned(),
        "saidage" => said(2 + entropy.below(86), entropy),
        "spokenyear" => spoken_year(1950 + entropy.below(75)),
        "count" if entropy.below(3) == 0 => words_below_100(2 + entropy.below(40)),
        "count" => (1 + entropy.below(500)).to_string(),
        unknown => unreachable!("the exchanges have no slot {unknown}"),
    }
}

/// An ordinary word; half of them are names elsewhere.
fn word(entropy: &mut Entropy) -> &'static str {
    if entropy.below(2) == 0 {
        pick(lists::ambiguous_names(), entropy)
    } else {
        pick(lists::common_words(), entropy)
    }
}

fn spoken_year(year: u64) -> String {
    match year {
        2000..=2009 => format!("two thousand {}", words_below_100(year - 2000)),
        _ => format!(
            "{} {}",
            words_below_100(year / 100),
            words_below_100(year % 100)
        ),
    }
}

/// A quantity below 1,000: mostly in words.
fn said(n: u64, entropy: &mut Entropy) -> String {
    if entropy.below(4) == 0 {
        return n.to_string();
    }
    let (hundreds, rest) = (n / 100, n % 100);
    match (hundreds, rest, entropy.below(2)) {
        (0, ..) => words_below_100(rest),
        (_, 0, _) => format!("{} hundred", DIGITS[hundreds as usize]),
        (_, 10.., 0) => format!("{} {}", DIGITS[hundreds as usize], words_below_100(rest)),
        _ => format!(
            "{} hundred and {}",
            DIGITS[hundreds as usize],
            words_below_100(rest)
        ),
    }
}

fn words_below_100(n: u64) -> String {
    match (n / 10, n % 10) {
        (0, ones) => DIGITS[ones as usize].to_owned(),
        (1, ones) => TEENS[ones as usize].to_owned(),
        (tens, 0) => TENS[tens as usize - 2].to_owned(),
        (tens, ones) => format!("{} {}", TENS[tens as usize - 2], DIGITS[ones as usize]),
    }
}
