//! Places in context; every example is invented.

use crate::deid::detect::Detector;
use crate::deid::detect::name::NameDetector;
use crate::deid::detect::name::tests::conversation;
use crate::deid::document::Document;
use crate::deid::lexicon::Reading;
use crate::deid::lexicon::tests::LEXICON;
use crate::domain::Category;

#[track_caller]
fn check(text: &str, category: Category, expected: &[&str]) {
    let conversation = conversation(&[text]);
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    NameDetector::new().detect(&Reading::new(&document, &LEXICON), &mut out);
    let found = out.iter().filter(|f| f.category == category);
    let said: Vec<&str> = found.map(|f| &text[f.span.clone()]).collect();
    assert_eq!(said, expected, "{text}");
}

/// [`check`] of a turn that may be an agent's, `a: …`.
#[track_caller]
pub(super) fn check_by(line: &str, category: Category, expected: &[&str]) {
    let conversation = conversation(&[line]);
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    NameDetector::new().detect(&Reading::new(&document, &LEXICON), &mut out);
    let text = document.turns[0].text;
    let found = out.iter().filter(|f| f.category == category);
    let said: Vec<&str> = found.map(|f| &text[f.span.clone()]).collect();
    assert_eq!(said, expected, "{line}");
}

#[test]
fn towns_by_context() {
    check("i live in toledo now", Category::City, &["toledo"]);
    check(
        "she moved to Reading last year",
        Category::City,
        &["Reading"],
    );
    check("we are in dayton , ohio", Category::City, &["dayton"]);
    check("my city is mobile", Category::City, &["mobile"]);
    check("salt lake city is far", Category::City, &["salt lake city"]);
    check("born in cook county", Category::City, &["cook county"]);
    check(
        "she lives in heights county",
        Category::City,
        &["heights county"],
    );
    check(
        "i live in port quillstead.",
        Category::City,
        &["port quillstead"],
    );
    check(
        "we are out near quillmore junction",
        Category::City,
        &["quillmore junction"],
    );
    check("in the county", Category::City, &[]);
    check("new york 10027", Category::City, &["new york"]);
}

#[test]
fn what_somebody_has_is_no_place() {
    let lines = ["a: which hospital?", "my aunt had chiari malformation"];
    let conversation = conversation(&lines);
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    NameDetector::new().detect(&Reading::new(&document, &LEXICON), &mut out);
    assert!(out.is_empty(), "{out:?}");
}

#[test]
fn words_states_and_countries_are_no_towns() {
    check(
        "i like reading on my mobile , an orange a day",
        Category::City,
        &[],
    );
    check(
        "we drove through ohio and texas to mexico",
        Category::City,
        &[],
    );
    check("i live in hope of good news", Category::City, &[]);
    check("the pain is in my back at night", Category::City, &[]);
}

#[test]
fn facilities_that_tell_a_place() {
    check(
        "i was admitted to great bend hospital in may",
        Category::Facility,
        &["great bend hospital"],
    );
    check(
        "she goes to sports medicine clinic",
        Category::Facility,
        &[],
    );
    check(
        "take it to the front hospital desk",
        Category::Facility,
        &[],
    );
    check(
        "admitted to springfield general hospital",
        Category::Facility,
        &["springfield general hospital"],
    );
    check(
        "at the Norbury Medical Center",
        Category::Facility,
        &["Norbury Medical Center"],
    );
    check(
        "go to the hospital or an urgent care",
        Category::Facility,
        &[],
    );
    check("the general hospital", Category::Facility, &[]);
    check(
        "i was seen at quillmere medical center",
        Category::Facility,
        &["quillmere medical center"],
    );
    check(
        "the family clinic of port quillmere",
        Category::Facility,
        &["family clinic of port quillmere"],
    );
    check(
        "the nursing home of my mother , a children's hospital",
        Category::Facility,
        &[],
    );
}

#[test]
fn employers_by_cue() {
    check(
        "i work for Tarn Logistics in the day",
        Category::Organization,
        &["Tarn Logistics", "Tarn Logistics"],
    );
    check(
        "my company name is zibbo tek",
        Category::Organization,
        &["zibbo tek"],
    );
    check(
        "i drive a truck for quillmere dairy",
        Category::Organization,
        &["quillmere dairy", "quillmere dairy"],
    );
    check(
        "he works at t a r n logistics",
        Category::Organization,
        &["t a r n logistics", "t a r n logistics"],
    );
    check(
        "my plan is through brannick and oduya",
        Category::Organization,
        &["brannick and oduya"],
    );
    check(
        "my insurance is through medicare and the plumbing leaks",
        Category::Organization,
        &[],
    );
    check(
        "i work at home and for a school",
        Category::Organization,
        &[],
    );
    check("it works for the barky cough", Category::Organization, &[]);
}

#[test]
fn branches_and_firms() {
    check("the quillmere store", Category::City, &["quillmere"]);
    check("the vape store", Category::City, &[]);
    check("at our Dover office", Category::City, &["Dover"]);
    check("the main office", Category::City, &[]);
    check(
        "he drives for quillmere freight",
        Category::Organization,
        &["quillmere freight"],
    );
}

#[test]
fn facilities_that_are_called_by_a_name_alone() {
    let check = |text, expected| check(text, Category::Facility, expected);
    check(
        "he was discharged from good samaritan on",
        &["good samaritan"],
    );
    check("she had her stent over at mercy", &["mercy"]);
    check("the scan at quillmere was clear", &["quillmere"]);
    check("an mri at the quillmere", &["quillmere"]);
    check("dr lund at the mill lane surgery", &["mill lane surgery"]);
    check("i'm with the cedar practice now", &["cedar practice"]);
    check("discharged to quiet pines rehab", &["quiet pines rehab"]);
    check("i'm at uh mercy now", &["mercy"]);
    check("seen at cedar ridge memorial", &["cedar ridge memorial"]);
    for kept in [
        "at the mercy of the weather",
        "recovering from the knee surgery",
        "back from the soccer practice",
        "an injury at the time of surgery",
        "discharged from inpatient rehab",
        "the scan at noon",
    ] {
        check(kept, &[]);
    }
}

#[test]
fn houses_without_the_kind_of_street() {
    let check = |text, expected| check(text, Category::Address, expected);
    check("no i'm at three oh nine birch", &["three oh nine birch"]);
    check(
        "we're at forty two hundred quillmere",
        &["forty two hundred quillmere"],
    );
    check("it's twelve the maltings", &["twelve the maltings"]);
    for kept in [
        "she's at ninety five percent",
        "i'm at 180 pounds",
        "we're at forty two hundred steps",
        "he's at 20 milligrams",
        "at five the green arrow",
    ] {
        check(kept, &[]);
    }
}

#[test]
fn small_towns_and_branches() {
    let check = |text, expected| check(text, Category::City, expected);
    check("the quillmere office is closed", &["quillmere"]);
    check("she lives in uh dayton now", &["dayton"]);
    check("is she at the walnut creek office", &["walnut creek"]);
    check("the main office", &[]);
    check("the doctor's office", &[]);
}

#[test]
fn towns_in_no_list_stand_where_little_else_does() {
    for (text, town) in [
        ("he was at home in quillstead with the cat", "quillstead"),
        ("the ferry leaves quillstead on the second", "quillstead"),
        ("you're just short of Quillstead.", "Quillstead"),
        ("it's a long way from quillstead to here", "quillstead"),
        ("the water's off in all of quillstead", "quillstead"),
        ("My mother is from Lunden, Nova Scotia.", "Lunden"),
    ] {
        check(text, Category::City, &[town]);
    }
    for text in [
        "results in genral are fine",
        "the pain is in the quillstead joint area",
        "i'm short of breath",
        "the dose of quillstead is low",
    ] {
        check(text, Category::City, &[]);
    }
}
