//! Known values in the forms people say them; every example is invented.

use super::*;
use crate::deid::Strength;
use crate::deid::detect::name::tests::conversation;
use crate::deid::document::Document;
use crate::deid::lexicon::tests::LEXICON;
use crate::domain::{Category, KnownValue, Phi};

#[track_caller]
fn check(category: Category, value: &str, text: &str, expected: Option<&str>) {
    let mut conversation = conversation(&[text]);
    conversation.known.push(KnownValue {
        category,
        value: Phi::new(value.to_owned()),
    });
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    KnownDetector.detect(&Reading::new(&document, &LEXICON), &mut out);
    let longest = out.iter().max_by_key(|f| f.span.len());
    assert_eq!(longest.map(|f| &text[f.span.clone()]), expected, "{text}");
    assert!(
        out.iter()
            .all(|f| f.strength == Strength::Known && f.category == category)
    );
}

#[test]
fn names_whole_and_in_parts() {
    let name = "Ottilie B. Quill";
    check(
        Category::Person,
        name,
        "this is OTTILIE QUILL",
        Some("OTTILIE QUILL"),
    );
    check(
        Category::Person,
        name,
        "quill, ottilie here",
        Some("quill, ottilie"),
    );
    check(Category::Person, name, "o quill", Some("o quill"));
    check(Category::Person, name, "mrs quill's chart", Some("quill"));
    check(
        Category::Person,
        name,
        "o. t. t. i. l. i. e.",
        Some("o. t. t. i. l. i. e"),
    );
    check(Category::Person, "Will Byrne", "he will call", None);
    check(
        Category::Person,
        "Rosalind Tamarisk",
        "tamarisk like the tree",
        Some("tamarisk"),
    );
    check(
        Category::Person,
        "Opal Thistle",
        "yes thistle",
        Some("thistle"),
    );
    check(
        Category::Person,
        "Will Byrne",
        "so Will called",
        Some("Will"),
    );
}

#[test]
fn numbers_with_any_separators() {
    let phone = "+1 (212) 555-0143";
    check(Category::Phone, phone, "212 555 0143", Some("212 555 0143"));
    check(
        Category::Phone,
        phone,
        "five five five, oh one four three",
        Some("five five five, oh one four three"),
    );
    check(Category::Phone, phone, "ending in 0143 .", Some("0143"));
    check(
        Category::Ssn,
        "078-05-1120",
        "last four 1 1 2 0",
        Some("1 1 2 0"),
    );
    check(
        Category::MedicalRecord,
        "MRN-83017",
        "m r n 8-3-0-1-7",
        Some("m r n 8-3-0-1-7"),
    );
    check(Category::MedicalRecord, "83017", "483017", None);
    check(Category::Account, "4417221984", "born in 1984", None);
}

#[test]
fn dates_in_common_orders() {
    let born = "1957-05-07";
    check(Category::Date, born, "05/07/1957", Some("05/07/1957"));
    check(Category::Date, born, "5 , 7 , 57", Some("5 , 7 , 57"));
    check(Category::Date, born, "May 7th, 1957", Some("May 7th, 1957"));
    check(
        Category::Date,
        born,
        "seventh of may",
        Some("seventh of may"),
    );
    check(
        Category::Date,
        born,
        "may seven nineteen fifty seven",
        Some("may seven nineteen fifty seven"),
    );
    check(
        Category::Date,
        "1984-11-23",
        "november twenty third",
        Some("november twenty third"),
    );
    check(Category::Date, born, "in 1957", None);
}

#[test]
fn addresses_written_and_said() {
    let mail = "o.quill@tarn.example";
    check(
        Category::Email,
        mail,
        "O.Quill@Tarn.example",
        Some("O.Quill@Tarn.example"),
    );
    check(
        Category::Email,
        mail,
        "o dot quill at tarn dot example",
        Some("o dot quill at tarn dot example"),
    );
}
