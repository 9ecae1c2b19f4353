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
fn a_third_piece_in_a_row_is_stopped_though_one_side_only_speaks() {
    let side = |texts: [&str; 3]| {
        let turns = texts.map(|text| turn(Role::User, text));
        inspect(&conversation(turns.into()))
    };
    assert_ne!(side(["[ID_1]", "[ID_2]", "84"]), vec![]);
    assert_eq!(side(["[ID_1]", "[ID_2]", "100"]), vec![]);
    assert_eq!(side(["[ID_1]", "[PERSON_1]", "84"]), vec![]);
    assert_eq!(side(["[ID_1]", "i want", "84"]), vec![]);
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
    assert_ne!(
        asked("and the last digits of the number", "three four okay"),
        vec![]
    );
    assert_eq!(asked("how is the pain today", "three four okay"), vec![]);
    assert_ne!(asked("what is your name please", "tredwell"), vec![]);
    assert_eq!(
        asked("what is the name of the medication", "metformin"),
        vec![]
    );
    assert_eq!(asked("what is your name please", "[PERSON_1]"), vec![]);
}

#[test]
fn a_name_that_is_a_word_is_stopped_where_the_question_was_not_recorded() {
    let one_side = |text: &str| {
        let texts = ["i want to pay my bill", text];
        inspect(&conversation(texts.map(|t| turn(Role::User, t)).into()))
    };
    assert_ne!(one_side("prince"), vec![]);
    assert_ne!(one_side("harper"), vec![]);
    for small in ["sunny", "may", "will", "yes"] {
        assert_eq!(one_side(small), vec![], "{small}");
    }
    assert_ne!(
        inspect(&dialogue(&["hello", "what is your name", "pearl"])),
        vec![]
    );
    assert_eq!(
        inspect(&dialogue(&["hello", "which stone is it", "pearl"])),
        vec![]
    );
}

#[test]
fn a_day_is_stopped_where_a_date_was_asked_for() {
    let answer = |question: &str, day: &str| inspect(&dialogue(&["hi", question, day]));
    assert_ne!(answer("what date was the visit", "it was friday"), vec![]);
    assert_ne!(answer("when was that", "around easter"), vec![]);
    assert_eq!(answer("how are you", "it was friday"), vec![]);
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

/// Whether `answer` is stopped after `question` of the other side.
#[track_caller]
fn check_answers(question: &str, stopped: &[&str], passed: &[&str]) {
    let held = |answer: &str| !inspect(&dialogue(&["hi", question, answer])).is_empty();
    check_each(held, stopped, passed);
}

#[test]
fn answers_are_read_by_what_was_asked() {
    check_answers(
        "when was the surgery",
        &["i think it's 3/5", "yeah four one", "may", "1931"],
        &["two days ago", "you may go", "in 2015"],
    );
    check_answers(
        "and how old are you",
        &["99", "a hundred and three"],
        &["58", "90 or older", "95 percent sure"],
    );
    check_answers(
        "what is the password",
        &["lantana", "qvarno okay"],
        &["one moment please", "i do not remember it"],
    );
    check_answers("the case number please", &["417"], &["300", "one moment"]);
    check_answers("and your zip code", &["zip 85013"], &["850"]);
    check_answers(
        "what is your name",
        &["oskelund"],
        &["mac address", "thank you"],
    );
}

#[test]
fn a_removed_date_may_be_repeated() {
    check_answers(
        "it was on [DATE]",
        &["10/21, thank you", "that was one four"],
        &["okay one moment"],
    );
}
