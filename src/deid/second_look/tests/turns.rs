//! What several turns tell together, and attributes.

use super::*;

#[test]
fn a_piece_after_a_removed_piece_is_stopped() {
    assert_ne!(inspect(&dialogue(&["[ID_1]", "okay", "47"])), vec![]);
    assert_eq!(
        inspect(&dialogue(&["[ID_1]", "okay", "one moment"])),
        vec![]
    );
    assert_eq!(inspect(&dialogue(&["[ID_1]", "okay", "2014"])), vec![]);
}

#[test]
fn a_number_in_pieces_is_stopped() {
    let digits = dialogue(&[
        "eight", "okay", "five", "uh huh", "oh", "yes", "one", "and", "three",
    ]);
    assert!(!inspect(&digits).is_empty());
    let scores = dialogue(&[
        "two",
        "and how often do you feel down or hopeless these days",
        "three",
        "and how often do you sleep badly or too much",
        "one",
        "and how often do you feel tired or without energy",
        "2",
    ]);
    assert_eq!(inspect(&scores), vec![]);
}

#[test]
fn an_answer_is_read_with_its_question() {
    let asked = |question: &str, answer: &str| {
        let mut texts = vec!["hi", question];
        texts.push(answer);
        inspect(&dialogue(&texts))
    };
    assert_ne!(
        asked(
            "what are the last digits of your card",
            "it was 7741 i think"
        ),
        vec![]
    );
    assert_ne!(asked("what is your name please", "tredwell"), vec![]);
    assert_eq!(
        asked("what is the name of the medication", "metformin"),
        vec![]
    );
    assert_eq!(asked("what is your name please", "[PERSON_1]"), vec![]);
}

#[test]
fn attributes_hold_no_more_than_the_rule_allows() {
    let with = |attribute, value: &str| {
        let mut clean = dialogue(&["hi"]);
        let text = CleanText::rewritten(value.to_owned());
        clean.attributes.insert(attribute, text);
        inspect(&clean)
    };
    assert_ne!(with(Attribute::Zip, "85013"), vec![]);
    assert_ne!(with(Attribute::Age, "93"), vec![]);
    assert_ne!(with(Attribute::Topic, "call 312-555-0134"), vec![]);
    assert_eq!(with(Attribute::Zip, "850"), vec![]);
    assert_eq!(with(Attribute::Age, "90 or older"), vec![]);
    assert_eq!(with(Attribute::State, "Texas"), vec![]);
}
