//! What the key of a field says of its value.

use crate::deid::detect::known::MONTHS;
use crate::domain::Category;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Year,
    Month,
    Day,
}

/// The words of a key in lower case, by one space each: `homePhone_2` is `home
/// phone 2`.
pub(crate) fn words(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut lower = false;
    for c in key.chars() {
        let boundary = !c.is_alphanumeric() || lower && c.is_uppercase();
        if boundary && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    out.truncate(out.trim_end().len());
    out
}

/// The category of identifier that a key of `words` names; `value` tells a
/// person's `name` from a function's.
pub(crate) fn category(words: &str, value: &str) -> Option<Category> {
    let last = words.rsplit(' ').next().unwrap_or_default();
    if is_about(last) || !value.contains(char::is_alphanumeric) {
        return None;
    }
    if let "house number" | "house no" | "street number" | "address line" = words {
        return Some(Category::Address);
    }
    if let "place of birth" | "birth place" = words {
        return Some(Category::City);
    }
    if let "user name" | "screen name" | "login name" = words {
        return Some(Category::Username);
    }
    words
        .rsplit(' ')
        .find_map(|word| named_by(word, words, value))
}

/// Whether what ends with `word` is about an identifier, and is none.
fn is_about(word: &str) -> bool {
    matches!(
        word,
        "type"
            | "kind"
            | "status"
            | "count"
            | "format"
            | "verified"
            | "confirmed"
            | "valid"
            | "required"
            | "known"
            | "matched"
            | "match"
            | "available"
            | "length"
            | "present"
            | "source"
            | "label"
            | "on"
    )
}

fn named_by(word: &str, words: &str, value: &str) -> Option<Category> {
    let symbol = value.contains('_') || !value.contains(' ') && value.contains(['.', '/']);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let numbered = |category, least| (digits >= least).then_some(category);
    let known = |category| Some(category);
    match word {
        "name" | "names" if !symbol && !words.split(' ').any(is_thing) => known(Category::Person),
        _ if is_sure_of_person(word) => known(Category::Person),
        "given" | "family" | "first" | "last" | "middle" | "patient" | "contact" | "guarantor"
        | "guardian" | "spouse" | "doctor" | "physician" | "provider" | "nurse" | "caregiver"
            if !symbol && digits == 0 =>
        {
            known(Category::Person)
        }
        "caller" if digits == 0 => known(Category::Person),
        "age" | "ages" => known(Category::Age),
        "employer" => known(Category::Organization),
        "address" | "addr" | "street" | "address1" | "address2" | "line1" | "line2" | "apt"
        | "apartment" => known(Category::Address),
        "city" | "town" | "county" | "birthplace" => known(Category::City),
        "zip" | "zipcode" | "postal" | "postcode" => known(Category::Zip),
        "latitude" | "longitude" | "lat" | "lng" | "lon" => known(Category::Geocode),
        "dob" | "birthdate" | "birthday" | "birth" => numbered(Category::Date, 3),
        "phone" | "telephone" | "mobile" | "cell" | "tel" | "caller" => {
            numbered(Category::Phone, 4)
        }
        "fax" => numbered(Category::Fax, 4),
        "email" | "mail" => value.contains('@').then_some(Category::Email),
        "ssn" => numbered(Category::Ssn, 4),
        "mrn" => numbered(Category::MedicalRecord, 3),
        "member" | "subscriber" | "claim" | "policy" => numbered(Category::HealthPlan, 3),
        "account" | "card" | "iban" | "invoice" | "order" => numbered(Category::Account, 3),
        "license" | "licence" | "npi" | "dea" | "passport" => numbered(Category::License, 3),
        "vin" | "plate" => numbered(Category::Vehicle, 1),
        "serial" | "imei" | "mac" => numbered(Category::Device, 1),
        "url" | "uri" | "link" => value.contains('.').then_some(Category::Url),
        "ip" => numbered(Category::Ip, 4),
        "username" | "login" | "handle" => known(Category::Username),
        "password" | "passcode" | "secret" => known(Category::Secret),
        "pin" | "otp" | "token" => numbered(Category::Secret, 3),
        "last4" | "last" if words.ends_with("last 4") || word == "last4" => {
            numbered(Category::OtherId, 4)
        }
        "id" | "uuid" | "guid" | "sid" | "reference" => numbered(Category::OtherId, 3),
        _ => None,
    }
}

/// Whether what has a name of its own that is no person's is called `word`.
fn is_thing(word: &str) -> bool {
    matches!(
        word,
        "file"
            | "host"
            | "drug"
            | "medication"
            | "product"
            | "plan"
            | "tool"
            | "function"
            | "field"
            | "table"
            | "test"
            | "model"
            | "bot"
            | "brand"
            | "class"
            | "domain"
            | "service"
            | "department"
            | "diagnosis"
            | "condition"
            | "procedure"
            | "event"
    )
}

/// Whether what a key of `words` names can be nothing but a person's name.
pub(crate) fn is_sure_of_person(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let of_name = |first: &str| {
        matches!(
            first,
            "first"
                | "last"
                | "middle"
                | "maiden"
                | "full"
                | "given"
                | "family"
                | "nick"
                | "preferred"
                | "legal"
                | "patient"
                | "caller"
                | "customer"
                | "member"
                | "client"
                | "contact"
                | "doctor"
                | "provider"
                | "physician"
                | "nurse"
                | "guardian"
        )
    };
    match words.rsplit_once(' ') {
        Some((before, "name")) => before.split(' ').any(of_name),
        _ => matches!(
            last,
            "firstname"
                | "lastname"
                | "middlename"
                | "surname"
                | "fullname"
                | "forename"
                | "nickname"
                | "maiden"
                | "nick"
        ),
    }
}

/// Whether what stands under a key of `words` is somebody.
pub(super) fn is_person(words: &str) -> bool {
    words.split(' ').any(|word| {
        matches!(
            word,
            "patient"
                | "caller"
                | "customer"
                | "member"
                | "client"
                | "contact"
                | "person"
                | "guardian"
                | "guarantor"
                | "spouse"
                | "subscriber"
                | "user"
                | "doctor"
                | "provider"
                | "physician"
                | "relative"
                | "dependent"
        )
    })
}

/// Ages that nobody has outlived.
const OLDEST: u32 = 125;

/// Whether `value` is an age over 89: `94`, `94 years`.
pub(crate) fn is_old(value: &str) -> bool {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let rest = value[digits..].trim();
    value[..digits]
        .parse()
        .is_ok_and(|age| (90..=OLDEST).contains(&age))
        && matches!(rest, "" | "y" | "yo" | "yrs" | "years" | "years old")
}

/// Whether a key of `words` names somebody's birth.
pub(super) fn is_birth(words: &str) -> bool {
    let of_birth = |word| matches!(word, "dob" | "birth" | "born" | "birthdate" | "birthday");
    words.split(' ').any(of_birth)
}

/// Which part of a date `value` is under a key of `words`.
pub(crate) fn part_of_date(words: &str, value: &str) -> Option<Part> {
    let number = value.parse::<u16>().ok();
    let within = |range: std::ops::RangeInclusive<u16>| number.is_some_and(|n| range.contains(&n));
    match words.rsplit(' ').next().unwrap_or_default() {
        "year" | "y" | "yyyy" if within(1850..=2099) => Some(Part::Year),
        "month" | "m" | "mon" | "mm" if within(1..=12) || is_month(value) => Some(Part::Month),
        "day" | "d" | "dd" if within(1..=31) => Some(Part::Day),
        _ => None,
    }
}

/// Whether `parts` of one object are of one date: a month, and what it is of.
pub(crate) fn is_date(parts: &[Option<Part>]) -> bool {
    let has = |part| parts.contains(&Some(part));
    has(Part::Month) && (has(Part::Day) || has(Part::Year))
}

fn is_month(value: &str) -> bool {
    const SHORTEST: usize = 3;
    let value = value.trim_end_matches('.').to_lowercase();
    value.len() >= SHORTEST && MONTHS.iter().any(|month| month.starts_with(&*value))
}
