//! Attributes that may leave: each generalised by its own rule, or dropped.

use std::collections::BTreeMap;

use crate::domain::{Attribute, Phi, RawConversation, RawTurn};

use super::clean::CleanText;
use super::generalize::NINETY;
use super::zip3::zip3;
use super::{Engine, find};

/// The attributes of `conversation` as they may leave (45 CFR
/// 164.514(b)(2)(i)(B), (C)). What cannot be judged is dropped.
pub(super) fn clean_attributes(
    engine: &Engine,
    conversation: &RawConversation,
) -> BTreeMap<Attribute, CleanText> {
    conversation
        .attributes
        .iter()
        .filter_map(|(attribute, value)| {
            let value = value.expose().trim();
            let clean = match attribute {
                Attribute::Age => age(value),
                Attribute::Sex => listed(value, &SEXES),
                Attribute::State => state(value),
                Attribute::Zip => Some(zip3(value).unwrap_or("000").to_owned()),
                Attribute::Topic => topic(engine, conversation, value),
            }?;
            Some((*attribute, CleanText::rewritten(clean)))
        })
        .collect()
}

const SEXES: [&str; 12] = [
    "female",
    "male",
    "f",
    "m",
    "x",
    "intersex",
    "nonbinary",
    "non-binary",
    "transgender",
    "woman",
    "man",
    "unknown",
];

fn listed(value: &str, list: &[&str]) -> Option<String> {
    list.iter()
        .find(|known| known.eq_ignore_ascii_case(value))
        .map(|known| (*known).to_owned())
}

/// Whole years, with or without the word. What a release generalised stays as
/// it is.
fn age(value: &str) -> Option<String> {
    if value == NINETY || is_decade(value) {
        return Some(value.to_owned());
    }
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = value[digits.len()..].trim().to_ascii_lowercase();
    if !matches!(
        unit.as_str(),
        "" | "y" | "yo" | "year" | "years" | "years old"
    ) {
        return None;
    }
    let years: u16 = digits.parse().ok()?;
    Some(if years > 89 {
        NINETY.to_owned()
    } else {
        years.to_string()
    })
}

/// Whether it is a decade as small cells tell them. Any other range may name an
/// age over 89, or one alone.
fn is_decade(value: &str) -> bool {
    let mut decades = (0..=80).step_by(10);
    decades.any(|from| value == format!("{from} to {}", from + 9))
}

fn topic(engine: &Engine, conversation: &RawConversation, value: &str) -> Option<String> {
    let alone = RawConversation {
        tenant: conversation.tenant.clone(),
        conversation: conversation.conversation.clone(),
        channel: conversation.channel,
        language: None,
        year: conversation.year,
        turns: vec![RawTurn {
            text: Phi::new(value.to_owned()),
            ..RawTurn::default()
        }],
        known: conversation.known.clone(),
        attributes: BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    };
    find(engine, &alone).is_empty().then(|| value.to_owned())
}

/// States, the District of Columbia and territories: code and name.
const STATES: [(&str, &str); 56] = [
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
    ("PR", "Puerto Rico"),
    ("GU", "Guam"),
    ("VI", "U.S. Virgin Islands"),
    ("AS", "American Samoa"),
    ("MP", "Northern Mariana Islands"),
];

fn state(value: &str) -> Option<String> {
    STATES
        .iter()
        .find(|(code, name)| code.eq_ignore_ascii_case(value) || name.eq_ignore_ascii_case(value))
        .map(|_| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::{ENGINE, conversation};

    #[track_caller]
    fn check(attribute: Attribute, value: &str, expected: Option<&str>) {
        let mut raw = conversation(&[]);
        raw.attributes.insert(attribute, Phi::new(value.to_owned()));
        let clean = clean_attributes(&ENGINE, &raw);
        assert_eq!(
            clean.get(&attribute).map(CleanText::as_str),
            expected,
            "{value}"
        );
    }

    #[test]
    fn ages_stay_to_89() {
        check(Attribute::Age, "34", Some("34"));
        check(Attribute::Age, "89 years", Some("89"));
        check(Attribute::Age, "90", Some(NINETY));
        check(Attribute::Age, "103 years old", Some(NINETY));
        check(Attribute::Age, "born in may", None);
        for decade in ["0 to 9", "40 to 49", "80 to 89", NINETY] {
            check(Attribute::Age, decade, Some(decade));
        }
        for range in ["90 to 99", "95 to 97", "88 to 93", "47 to 47", "7 to 16"] {
            check(Attribute::Age, range, None);
        }
    }

    #[test]
    fn places_stay_to_the_state() {
        check(Attribute::State, "Ohio", Some("Ohio"));
        check(Attribute::State, "pr", Some("pr"));
        check(Attribute::State, "Springfield", None);
        check(Attribute::Zip, "85004", Some("850"));
        check(Attribute::Zip, "somewhere", Some("000"));
    }

    #[test]
    fn sex_is_of_a_closed_list_and_topics_are_read() {
        check(Attribute::Sex, "Female", Some("female"));
        check(Attribute::Sex, "ann lee", None);
        check(
            Attribute::Topic,
            "migraine follow-up",
            Some("migraine follow-up"),
        );
        check(Attribute::Topic, "call 415-555-0132", None);
    }
}
