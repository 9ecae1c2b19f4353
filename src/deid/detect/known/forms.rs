//! The forms in which a known value may be said.

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::domain::{Category, KnownValue};

use super::search::{Needle, Use};
use super::stream::normalize;

/// Fewest letters and digits of a code that is looked for.
const SHORTEST_CODE: usize = 4;

/// Every form of `known` that is looked for.
pub(super) fn of(known: &KnownValue, lexicon: &Lexicon) -> Vec<Needle> {
    let value = known.value.expose();
    let category = known.category;
    match category {
        Category::Person => name_forms(value, lexicon),
        Category::Date => date_forms(value),
        Category::Time | Category::Age | Category::Biometric | Category::Photo => Vec::new(),
        Category::Phone | Category::Fax | Category::Ssn | Category::Account => {
            number_forms(value, category)
        }
        Category::Email | Category::Url => address_forms(value, category),
        Category::City | Category::Organization | Category::Facility => {
            word_forms(value, category, lexicon)
        }
        _ => code(normalize(value), category, "code")
            .into_iter()
            .collect(),
    }
}

fn needle(key: String, category: Category, rule: &'static str) -> Needle {
    Needle {
        key,
        category,
        rule,
        condition: Use::Anywhere,
        strength: Strength::Known,
        confidence: 0.99,
    }
}

fn code(key: String, category: Category, rule: &'static str) -> Option<Needle> {
    (key.len() >= SHORTEST_CODE).then(|| needle(key, category, rule))
}

/// Where a name or a word counts by itself: common words with a capital only.
pub(crate) fn condition(word: &str, lexicon: &Lexicon) -> Use {
    let classes = lexicon.get(word);
    match standing(classes) {
        Standing::Name | Standing::Rare | Standing::Unlisted => Use::Anywhere,
        Standing::Ambiguous if classes.commonness() <= 5 => Use::Anywhere,
        Standing::Ambiguous | Standing::Word | Standing::Never => Use::Capital,
    }
}

fn name_forms(value: &str, lexicon: &Lexicon) -> Vec<Needle> {
    let parts: Vec<String> = value
        .split(|c: char| c.is_whitespace() || c == ',' || c == '.')
        .map(normalize)
        .filter(|part| !part.is_empty() && !lexicon.get(part).any(Classes::TITLE))
        .collect();
    let mut forms = vec![needle(parts.concat(), Category::Person, "name")];
    for part in parts.iter().filter(|part| part.chars().count() > 1) {
        let condition = match is_common(lexicon.get(part)) {
            true => condition(part, lexicon),
            false => Use::Anywhere,
        };
        forms.push(Needle {
            condition,
            ..needle(part.clone(), Category::Person, "part-of-name")
        });
        forms.push(Needle {
            condition: Use::Pieces,
            ..needle(spelled(part), Category::Person, "spelled")
        });
    }
    if let [first, .., last] = parts.as_slice() {
        forms.extend(pair_forms(first, last));
    }
    forms
}

/// Whether a word is so rare that, once it is somebody's name, it is hardly said
/// for anything else.
pub(crate) const fn is_seldom_said(classes: Classes) -> bool {
    const MOST: u32 = 5;
    let sense = Classes::CLINICAL.with(Classes::DRUG);
    classes.commonness() <= MOST && !classes.any(sense)
}

/// Whether most places of a word are not the name of whoever bears it.
fn is_common(classes: Classes) -> bool {
    !is_seldom_said(classes)
        || classes.any(Classes::CALENDAR)
        || standing(classes) == Standing::Never
}

/// `word` as it stands in a stream when it is said letter by letter.
fn spelled(word: &str) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    normalize(&letters.join(" "))
}

/// First and last name together, in either order, either as an initial.
fn pair_forms(first: &str, last: &str) -> impl Iterator<Item = Needle> {
    let initial = |word: &str| {
        word.chars()
            .next()
            .map(|c| normalize(&c.to_string()))
            .unwrap_or_default()
    };
    let (f, l) = (initial(first), initial(last));
    [
        (format!("{first}{last}"), Use::Anywhere),
        (format!("{last}{first}"), Use::Anywhere),
        (format!("{f}{last}"), Use::Anywhere),
        (format!("{first}{l}"), Use::Pieces),
        (format!("{f}{l}"), Use::Pieces),
    ]
    .into_iter()
    .map(|(key, condition)| Needle {
        condition,
        ..needle(key, Category::Person, "name")
    })
}

fn word_forms(value: &str, category: Category, lexicon: &Lexicon) -> Vec<Needle> {
    let lower = value.to_lowercase();
    let condition = if lower.contains(' ') {
        Use::Anywhere
    } else {
        condition(&lower, lexicon)
    };
    vec![Needle {
        condition,
        ..needle(normalize(value), category, "words")
    }]
}

/// A number whole, without its country code, and its last seven and four
/// digits: parts count (safe-harbor guidance on listed identifiers).
fn number_forms(value: &str, category: Category) -> Vec<Needle> {
    let key = normalize(value);
    let digits = key.bytes().all(|b| b.is_ascii_digit());
    let mut forms: Vec<Needle> = code(key.clone(), category, "number").into_iter().collect();
    if !digits {
        return forms;
    }
    let tails: &[usize] = match category {
        Category::Phone | Category::Fax => &[10, 7, 4],
        _ => &[4],
    };
    for &tail in tails.iter().filter(|&&tail| key.len() > tail) {
        let part = &key[key.len() - tail..];
        if tail > 4 || !is_year(part) {
            forms.push(needle(part.to_owned(), category, "part-of-number"));
        }
    }
    forms
}

fn is_year(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}

/// An e-mail or web address as written and as said.
fn address_forms(value: &str, category: Category) -> Vec<Needle> {
    let said = value
        .replace('@', " at ")
        .replace('.', " dot ")
        .replace('_', " underscore ");
    [normalize(value), normalize(&said)]
        .into_iter()
        .filter_map(|key| code(key, category, "address"))
        .collect()
}

/// The months, in order.
pub(in crate::deid::detect) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date in its common orders, with and without the year.
fn date_forms(value: &str) -> Vec<Needle> {
    let Some((year, month, day)) = parse_date(value) else {
        return code(normalize(value), Category::Date, "date")
            .into_iter()
            .collect();
    };
    let name = MONTHS[usize::from(month) - 1];
    let short_year = year % 100;
    let mut keys = Vec::new();
    for month in [name, &name[..3]] {
        for day_month in [
            format!("{month}{day}"),
            format!("{day}{month}"),
            format!("{day}of{month}"),
            format!("{month}{day}th"),
        ] {
            keys.push(format!("{day_month}{year}"));
            keys.push(day_month);
        }
    }
    for (m, d) in [
        (format!("{month}"), format!("{day}")),
        (format!("{month:02}"), format!("{day:02}")),
    ] {
        for y in [format!("{year}"), format!("{short_year:02}")] {
            keys.extend([
                format!("{m}{d}{y}"),
                format!("{d}{m}{y}"),
                format!("{y}{m}{d}"),
            ]);
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let dates = keys.into_iter().filter(|key| key.len() >= SHORTEST_CODE);
    dates
        .map(|key| needle(key, Category::Date, "date"))
        .collect()
}

/// Year, month and day of a date of digits: `1980-04-12`, `04/12/1980`, with
/// the month first unless it cannot be.
fn parse_date(value: &str) -> Option<(u16, u8, u8)> {
    let date = value.split(['T', ' ']).next()?;
    let numbers: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [a, b, c] = numbers.as_slice() else {
        return None;
    };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, a, b) };
    let (year, month, day): (u16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let (month, day) = if month > 12 {
        (day, month)
    } else {
        (month, day)
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}
