//! Random values in place of real ones: drawn, never computed from what they
//! replace, so that nothing of it remains in them (45 CFR 164.514(c)(1)).

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::domain::{Category, Entropy};

use super::generalize::NINETY;

/// The surrogates of one conversation.
#[derive(Debug, Default)]
pub(super) struct Surrogates {
    of: HashMap<(Category, String), String, FxBuildHasher>,
}

/// How often a draw that happens to equal its original is repeated.
const REDRAWS: usize = 8;

impl Surrogates {
    /// The surrogate of the value whose identity is `key` and which was written
    /// as `original`: the same for every mention in the conversation.
    pub(super) fn surrogate(
        &mut self,
        category: Category,
        key: String,
        original: &str,
        entropy: &mut Entropy,
    ) -> String {
        self.of
            .entry((category, key))
            .or_insert_with(|| {
                (0..REDRAWS)
                    .map(|_| draw(category, entropy))
                    .find(|drawn| !drawn.eq_ignore_ascii_case(original))
                    .unwrap_or_else(|| format!("[{}]", category.label()))
            })
            .clone()
    }
}

const GIVEN: [&str; 24] = [
    "Adela", "Bruno", "Cora", "Dario", "Edith", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Kira",
    "Linus", "Mabel", "Nils", "Odette", "Pavel", "Quinn", "Rhea", "Silas", "Tessa", "Uma",
    "Viktor", "Wilma", "Yara",
];
const FAMILY: [&str; 24] = [
    "Abara",
    "Bexley",
    "Corwin",
    "Dahl",
    "Egerton",
    "Fenwick",
    "Galway",
    "Hartnell",
    "Ibsen",
    "Jarrow",
    "Kessler",
    "Lindqvist",
    "Marlowe",
    "Norwood",
    "Okafor",
    "Prescott",
    "Quarles",
    "Rowntree",
    "Selby",
    "Thorne",
    "Umber",
    "Vance",
    "Whitlock",
    "Yates",
];
const PLACES: [&str; 12] = [
    "Ashcombe",
    "Briarfield",
    "Cedarholm",
    "Dunmere",
    "Elmstead",
    "Fairhollow",
    "Glenrock",
    "Harrowgate",
    "Ironwood",
    "Juniper Bay",
    "Kestrel Point",
    "Larkspur",
];
const STREETS: [&str; 8] = [
    "Alder Street",
    "Birch Avenue",
    "Chestnut Road",
    "Dogwood Lane",
    "Elder Drive",
    "Fir Court",
    "Gorse Street",
    "Hazel Avenue",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn draw(category: Category, entropy: &mut Entropy) -> String {
    match category {
        Category::Person => format!("{} {}", pick(&GIVEN, entropy), pick(&FAMILY, entropy)),
        Category::Organization => format!("{} Partners", pick(&FAMILY, entropy)),
        Category::Facility => format!("{} Clinic", pick(&PLACES, entropy)),
        Category::City => pick(&PLACES, entropy).to_owned(),
        Category::Address => format!("{} {}", 1 + entropy.below(9999), pick(&STREETS, entropy)),
        Category::Date => format!("{} {}", pick(&MONTHS, entropy), 1 + entropy.below(28)),
        Category::Time => format!("{}:{:02}", 1 + entropy.below(12), entropy.below(60)),
        Category::Age => NINETY.to_owned(),
        // Numbers that are reserved for fiction (555-0100 to 555-0199).
        Category::Phone | Category::Fax => {
            format!(
                "{}-555-01{:02}",
                200 + entropy.below(800),
                entropy.below(100)
            )
        }
        Category::Email => format!("{}@example.com", word(8, entropy)),
        Category::Url => format!("https://{}.example.com", word(8, entropy)),
        // Documentation addresses (RFC 5737).
        Category::Ip => format!("192.0.2.{}", entropy.below(256)),
        Category::Geocode => format!(
            "{}.{}, {}.{}",
            digits(2, entropy),
            digits(4, entropy),
            digits(2, entropy),
            digits(4, entropy)
        ),
        Category::Zip => digits(5, entropy),
        Category::Username => word(9, entropy),
        Category::Secret | Category::Biometric | Category::Photo => word(10, entropy),
        // An area number that is never assigned.
        Category::Ssn => format!("000-{}-{}", digits(2, entropy), digits(4, entropy)),
        Category::MedicalRecord
        | Category::HealthPlan
        | Category::Account
        | Category::License
        | Category::Vehicle
        | Category::Device
        | Category::OtherId => format!("{}{}", word(2, entropy).to_uppercase(), digits(8, entropy)),
    }
}

fn pick<'a>(items: &[&'a str], entropy: &mut Entropy) -> &'a str {
    items[entropy.below(items.len() as u64) as usize]
}

fn digits(n: usize, entropy: &mut Entropy) -> String {
    (0..n)
        .map(|_| char::from(b'0' + entropy.below(10) as u8))
        .collect()
}

fn word(n: usize, entropy: &mut Entropy) -> String {
    (0..n)
        .map(|_| char::from(b'a' + entropy.below(26) as u8))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_surrogate_within_a_conversation() {
        let mut entropy = Entropy::from_u64(5);
        let mut surrogates = Surrogates::default();
        let mut say =
            |key: &str| surrogates.surrogate(Category::Person, key.to_owned(), key, &mut entropy);
        let first = say("ann lee");
        let second = say("bo diaz");
        assert_eq!(say("ann lee"), first);
        assert_ne!(first, second);
    }

    #[test]
    fn a_value_is_not_drawn_for_itself() {
        for seed in 0..500 {
            let mut entropy = Entropy::from_u64(seed);
            let mut surrogates = Surrogates::default();
            let drawn = surrogates.surrogate(
                Category::City,
                "dunmere".to_owned(),
                "dunmere",
                &mut entropy,
            );
            assert_ne!(drawn, "Dunmere");
        }
    }

    #[test]
    fn two_attempts_say_nothing_of_each_other() {
        let draw_all = |seed| {
            let mut entropy = Entropy::from_u64(seed);
            Category::ALL.map(|c| draw(c, &mut entropy)).join(" ")
        };
        assert_eq!(draw_all(1), draw_all(1));
        assert_ne!(draw_all(1), draw_all(2));
    }
}
