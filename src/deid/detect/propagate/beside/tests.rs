//! What stands beside a finding is of it; every example is invented.

use super::*;
use crate::deid::lexicon::tests::LEXICON;
use crate::deid::tests::conversation;

#[track_caller]
fn check(text: &str, value: &str, category: Category, expected: &[&str]) {
    check_all(text, &[value], category, expected);
}

#[track_caller]
fn check_all(text: &str, values: &[&str], category: Category, expected: &[&str]) {
    let raw = conversation(&[text]);
    let document = Document::new(&raw);
    let found = |value: &&str| {
        let start = text.rfind(value).expect("said");
        Finding {
            turn: 0,
            span: start..start + value.len(),
            category,
            detector: "test",
            rule: "test",
            strength: Strength::Likely,
            confidence: 0.8,
        }
    };
    let mut out: Vec<_> = values.iter().map(found).collect();
    go_on(&LEXICON, &document, 0, &mut out);
    let more: Vec<_> = out[values.len()..]
        .iter()
        .map(|f| &text[f.span.clone()])
        .collect();
    assert_eq!(more, expected, "{text}");
}

#[test]
fn names_of_persons_go_on() {
    use Category::Person;
    check(
        "hey it's anna quellivar any news",
        "anna",
        Person,
        &["anna quellivar"],
    );
    check(
        "is this orvindel smith?",
        "smith",
        Person,
        &["orvindel smith"],
    );
    check("this is anna english.", "anna", Person, &["anna english"]);
    check(
        "this is anna english it's about my knee",
        "anna",
        Person,
        &["anna english"],
    );
    check(
        "speaking with may ortega?",
        "ortega",
        Person,
        &["may ortega"],
    );
    for text in [
        "anna recieved it",
        "thank you anna, orvindel",
        "may ortega come",
        "anna's quellivar",
        "i met anna day before",
    ] {
        let value = if text.contains("ortega") {
            "ortega"
        } else {
            "anna"
        };
        check(text, value, Person, &[]);
    }
}

#[test]
fn names_of_places_go_on() {
    use Category::{City, Facility};
    check("in elder county now", "elder", City, &["elder county"]);
    check(
        "at quillmere general hospital",
        "quillmere",
        City,
        &["quillmere general hospital"],
    );
    check(
        "from family clinic of new quillmere",
        "quillmere",
        City,
        &["family clinic of new quillmere"],
    );
    check(
        "i moved to quillmere for high school",
        "quillmere",
        City,
        &[],
    );
    check("the brand new quillmere", "quillmere", Facility, &[]);
}

#[test]
fn addresses_go_on() {
    let road = "lockkeeper road";
    let check = |text, value, expected: &[&str]| check(text, value, Category::Address, expected);
    check(
        "to double six lockkeeper road",
        road,
        &["double six lockkeeper road"],
    );
    check(
        "it's 200 e lockkeeper road",
        road,
        &["200 e lockkeeper road"],
    );
    check("we went east lockkeeper road", road, &[]);
    check(
        "it's two five lockkeeper road",
        road,
        &["two five lockkeeper road"],
    );
    check(
        "at nine forty second lane now",
        "lane",
        &["nine forty second lane"],
    );
    check(
        "lockkeeper road unit thirty two b",
        "lockkeeper road unit",
        &["lockkeeper road unit thirty two b"],
    );
    check(
        "send it to 200 e lockkeeper road",
        road,
        &["200 e lockkeeper road"],
    );
    check("on the e lockkeeper road", road, &[]);
    check("the second lockkeeper road", road, &[]);
    check("lockkeeper road two days ago", road, &[]);
}

#[test]
fn days_go_on() {
    let check = |text, value, expected: &[&str]| check(text, value, Category::Date, expected);
    check("from the 5th to the 20th", "the 5th", &["20th"]);
    check("away 5th - 20th june", "20th june", &["5th"]);
    check(
        "the sixth through twenty fifth",
        "the sixth",
        &["twenty fifth"],
    );
    check("the 5th to my mind", "the 5th", &[]);
    check("on june 5th and second", "june 5th", &[]);
}

#[test]
fn solid_codes_and_addresses_of_the_net_go_on() {
    use Category::{Email, Secret};
    check("it's lagoon!44, okay", "44", Secret, &["lagoon!44"]);
    check("code:44, okay", "44", Secret, &[]);
    check(
        "write to k lund gmailcom",
        "gmailcom",
        Email,
        &["k lund gmailcom"],
    );
    check("my email is gmailcom", "gmailcom", Email, &[]);
}

#[test]
fn handles_and_firms_go_on() {
    use Category::{Organization, Username};
    check(
        "i see quillby eleven as it",
        "quillby",
        Username,
        &["quillby eleven"],
    );
    check("quillby has two days", "quillby", Username, &[]);
    check(
        "the plan is you know through quillby and brant, i see",
        "quillby",
        Organization,
        &["quillby and brant"],
    );
    check(
        "she's at quillmere junction machine works.",
        "quillmere",
        Organization,
        &["quillmere junction machine works"],
    );
    check("quillmere never works", "quillmere", Organization, &[]);
    let text = "it's lund and quirrel, so tarn and quirrel";
    check(text, "tarn", Organization, &[]);
    let both = ["lund and quirrel", "tarn"];
    check_all(text, &both, Organization, &["tarn and quirrel"]);
}

#[test]
fn lists_of_days_and_numbered_streets() {
    check(
        "the tenth the twenty first and so on",
        "tenth",
        Category::Date,
        &["twenty first"],
    );
    check(
        "at lockkeeper road number four okay",
        "lockkeeper road",
        Category::Address,
        &["lockkeeper road number four"],
    );
    check(
        "Case C-4410-22 is open",
        "Case C",
        Category::Person,
        &["Case C-4410-22"],
    );
}

#[test]
fn addresses_have_doors() {
    use Category::Address;
    check(
        "you're in unit seven slash nineteen quarry road",
        "nineteen quarry road",
        Address,
        &["unit seven slash nineteen quarry road"],
    );
    check(
        "plot nine quarry close",
        "nine quarry close",
        Address,
        &["plot nine quarry close"],
    );
    check(
        "51 Quarry Road, 4R. Ring twice",
        "51 Quarry Road",
        Address,
        &["4R"],
    );
    check("51 Quarry Road #31", "51 Quarry Road", Address, &["#31"]);
    check(
        "quarry road she's at the end number eleven",
        "quarry road",
        Address,
        &["number eleven"],
    );
    check(
        "quarry road and my phone number eleven",
        "quarry road",
        Address,
        &[],
    );
    check(
        "is that seventeen forty or seventeen fifty",
        "seventeen forty",
        Address,
        &["seventeen fifty"],
    );
    check("51 quarry road, 4 pm", "51 quarry road", Address, &[]);
}

#[test]
fn days_have_short_years() {
    use Category::Date;
    check(
        "born the tenth of march seventy seven",
        "the tenth of march",
        Date,
        &["the tenth of march seventy seven"],
    );
    check("born 10 march 77", "10 march", Date, &["10 march 77"]);
    check(
        "born june ninth of fifty eight",
        "june ninth",
        Date,
        &["june ninth of fifty eight"],
    );
    check(
        "on the tenth of march sixty people came",
        "the tenth of march",
        Date,
        &[],
    );
    check("since march ninety of them", "march", Date, &[]);
}
