//! Invented identifiers, each distinct, in the form that a field would carry.

use serde_json::Value;

use crate::decode::names::category_of;
use crate::domain::Category;

/// What was put into a field, and what of it must not be seen again.
#[derive(Clone)]
pub(super) struct Plant {
    /// The field's new value.
    pub(super) value: String,
    /// Letters and digits in lower case.
    pub(super) needles: Vec<String>,
}

const AREAS: [u16; 8] = [415, 212, 303, 617, 206, 512, 312, 404];
const FIRST: [&str; 8] = [
    "Ottoline",
    "Evander",
    "Rosalind",
    "Thaddeus",
    "Perpetua",
    "Leopold",
    "Wilhelmina",
    "Barnaby",
];
const LAST: [&str; 8] = [
    "Abernathy",
    "Kowalczyk",
    "Vandermeer",
    "Oyelaran",
    "Szymanski",
    "Brandvold",
    "Castellanos",
    "Hargreaves",
];
const MONTHS: [&str; 6] = ["January", "March", "April", "June", "October", "December"];

/// The `n`th value for the field `name` in `parent`, which holds `was`.
pub(super) fn plant(n: usize, parent: Option<&str>, name: &str, was: &str) -> Plant {
    let form = match category_of(parent, name) {
        Some(Category::Person) => person(n),
        Some(Category::Date) => date(n),
        Some(Category::Phone) => phone(n),
        Some(Category::Email) => email(n),
        Some(_) => id(n),
        None => by_look(n, name, was),
    };
    match was.contains(' ') && !is_value(parent, name) {
        true => in_a_sentence(n, was),
        false => form,
    }
}

fn is_value(parent: Option<&str>, name: &str) -> bool {
    category_of(parent, name).is_some()
}

fn by_look(n: usize, name: &str, was: &str) -> Plant {
    let digits = was.bytes().filter(u8::is_ascii_digit).count();
    if was.starts_with("http") || was.starts_with("s3:") {
        let id = id(n);
        let value = format!("https://files.example.com/{}.wav", id.value);
        Plant { value, ..id }
    } else if was.contains('@') {
        email(n)
    } else if was.starts_with('+') && digits >= 10 {
        phone(n)
    } else if is_word(name, was) {
        let phone = phone(n);
        let value = format!("{was} {}", phone.value);
        Plant { value, ..phone }
    } else {
        id(n)
    }
}

/// Whether a field holds a word that is said, or could be.
pub(super) fn is_word(name: &str, was: &str) -> bool {
    let name = name.to_lowercase();
    let said = [
        "word",
        "punctuated_word",
        "content",
        "text",
        "transcript",
        "message",
    ];
    said.contains(&&*name) || was.bytes().all(|b| b.is_ascii_alphabetic())
}

fn in_a_sentence(n: usize, was: &str) -> Plant {
    let (said, plant) = match n % 6 {
        0 => ("my name is", person(n)),
        1 => ("my phone number is", phone(n)),
        2 => ("my email is", email(n)),
        3 => ("my member ID is", id(n)),
        4 => ("my date of birth is", date(n)),
        _ => ("my social security number is", ssn(n)),
    };
    let stop = if was.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let value = format!("{was}{stop} By the way, {said} {}.", plant.value);
    Plant { value, ..plant }
}

fn person(n: usize) -> Plant {
    let (first, last) = (FIRST[n % 8], LAST[n / 8 % 8]);
    // A second family name makes each of them distinct.
    let second = LAST[(n / 64 + n / 8 + 1 + n) % 8];
    let value = format!("{first} {last}-{second}");
    let needles = vec![format!("{last}{second}").to_lowercase()];
    Plant { value, needles }
}

fn phone(n: usize) -> Plant {
    let (area, line) = (AREAS[n / 100 % 8], 100 + n % 100);
    let value = format!("{area}-555-0{line}");
    let needles = vec![format!("{area}5550{line}")];
    Plant { value, needles }
}

fn email(n: usize) -> Plant {
    let name = format!("{}.{}{n}", FIRST[n % 8], LAST[n / 8 % 8]).to_lowercase();
    let needles = vec![name.replace('.', "")];
    let value = format!("{name}@example.org");
    Plant { value, needles }
}

fn date(n: usize) -> Plant {
    let (month, day, year) = (MONTHS[n % 6], 1 + n % 28, 1940 + n % 60);
    let value = format!("{month} {day}, {year}");
    let needles = vec![format!("{month}{day}{year}").to_lowercase()];
    Plant { value, needles }
}

fn id(n: usize) -> Plant {
    let value = format!("QX{}", 480_211 + 7 * n);
    let needles = vec![value.to_lowercase()];
    Plant { value, needles }
}

fn ssn(n: usize) -> Plant {
    let (area, group, serial) = (500 + n % 160, 10 + n % 80, 1000 + 13 * n % 8999);
    let value = format!("{area}-{group}-{serial}");
    let needles = vec![value.replace('-', "")];
    Plant { value, needles }
}

/// A run of keys pressed, one a field, that are a social security number.
pub(super) fn keys(n: usize, fields: &mut [&mut Value]) -> String {
    let number = &ssn(n).needles[0];
    for (field, digit) in fields.iter_mut().zip(number.chars()) {
        **field = Value::from(digit.to_string());
    }
    number[..number.len().min(fields.len())].to_owned()
}
