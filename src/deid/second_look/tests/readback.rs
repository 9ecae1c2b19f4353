//! What is told again, and what is asked for over several turns.

use super::*;

/// Whether the last of `turns`, the agent's and the user's by turns with the
/// agent first, is stopped.
fn held(turns: &[&str]) -> bool {
    let roles = [Role::Agent, Role::User].into_iter().cycle();
    let turns = turns.iter().zip(roles).map(|(t, r)| turn(r, t)).collect();
    !inspect(&conversation(turns)).is_empty()
}

#[track_caller]
fn check_read_back(told: &str, stopped: &[&str], passed: &[&str]) {
    check_each(|answer| held(&["hello", told, answer]), stopped, passed);
}

#[test]
fn a_number_that_was_removed_is_stopped_where_it_is_read_back() {
    check_read_back(
        "sure, [ID_1]",
        &[
            "okay, 5208, let me check that",
            "so that's twenty six dash four, is that right",
            "thanks, w seven four, got it",
            "okay [ID_2] forty one moment",
            "great, qf ninety six, let me check",
            "i [ID_2], okay",
            "okay [ID_2] too, got it",
        ],
        &[
            "okay, one moment",
            "okay two minutes please",
            "great, i see three visits in 2019",
            "okay [ID_1], got it",
            "perfect, thank you",
        ],
    );
    check_read_back(
        "it's [ZIP_1]",
        &["okay, 50231, got it"],
        &["okay, 502, got it", "thank you, 041."],
    );
}

#[test]
fn a_name_that_was_removed_is_stopped_where_it_is_read_back() {
    check_read_back(
        "it's [PERSON_1]",
        &[
            "okay, quillovan, i'm typing that in",
            "okay q r, let me check that",
            "pearl, okay",
            "let me read that back, d w",
        ],
        &[
            "okay, good, let me check that",
            "right, that's perfect",
            "okay, a m or p m?",
            "i will, thank you",
        ],
    );
    check_read_back(
        "on [DATE]",
        &["okay, may, got it", "okay, five twelve, got it"],
        &["okay, 2019, got it", "okay, got it, may i go on"],
    );
}

#[test]
fn a_date_of_three_numbers_is_stopped_where_it_is_read_back() {
    check_stops(Category::Date, &["okay, four nine eighty two, got it"]);
    check_passes(&["okay, four, nine or twelve of them"]);
}

#[test]
fn what_was_asked_lasts_over_back_channels() {
    let after = |back: &str, answer: &str| {
        held(&["what is the account number", "one second", back, answer])
    };
    assert!(after("okay go ahead", "five two seven"));
    assert!(after("mm-hmm", "527"));
    assert!(!after("how was the temperature today", "101"));
    let pin = |turns: &[&str]| held(&[&["your pin please"], turns].concat());
    assert!(pin(&["31", "mm-hmm", "88"]));
    assert!(!held(&["how many", "31", "mm-hmm", "88"]));
}

#[test]
fn an_odd_piece_after_a_removed_one_is_stopped() {
    let after = |piece: &str| held(&["hi", "[DEVICE_1]", "okay", piece]);
    for piece in ["a", "bee okay", "her forty nine"] {
        assert!(after(piece), "{piece}");
    }
    for other in ["i see", "okay", "about twenty five", "ssn"] {
        assert!(!after(other), "{other}");
    }
}

#[test]
fn what_a_number_begins_with_is_stopped_after_its_question() {
    let answer = |question: &str, answer: &str| held(&[question, answer]);
    assert!(answer("what is your mrn", "m r n okay"));
    assert!(answer("may i have the record number", "mrn"));
    assert!(answer("and the id on the card", "7kq"));
    assert!(!answer("what is your ssn", "ssn?"));
    assert!(!answer("what did they do", "mri"));
}

#[test]
fn a_piece_of_an_address_is_stopped_after_its_question() {
    let mail = |answer: &str| held(&["what is your email", answer]);
    for piece in [
        "quillovan twenty six",
        "[PERSON_1] fifty three",
        "k dot pearl",
        "dale.quillovan",
        "at [PERSON_1]",
    ] {
        assert!(mail(piece), "{piece}");
    }
    for other in ["[EMAIL_1]", "i have none", "it's [EMAIL_1] thank you"] {
        assert!(!mail(other), "{other}");
    }
}

#[test]
fn a_spoken_year_and_the_rest_of_a_zip_code_are_no_pieces() {
    assert!(!held(&["hi", "[ID_1]", "okay", "twenty twenty three"]));
    assert!(!held(&["your zip code", "502", "so 502", "502 okay"]));
}

#[test]
fn letters_and_sounds_are_stopped_where_a_number_was_asked_for() {
    let number = |answer: &str| held(&["what is your case number", answer]);
    for answer in [
        "then kg",
        "km, got it?",
        "be",
        "i",
        "at",
        "sixty to forty eight",
    ] {
        assert!(number(answer), "{answer}");
    }
    for answer in [
        "okay",
        "sure",
        "one second",
        "forty to sixty percent",
        "five or six",
    ] {
        assert!(!number(answer), "{answer}");
    }
    assert!(held(&["what is the mac address", "4136cc"]));
    let handle = |answer: &str| held(&["what is your screen name", answer]);
    for answer in [
        "then at i",
        "may",
        "at quillovan",
        "may.[PERSON_1]",
        "k.pearl",
    ] {
        assert!(handle(answer), "{answer}");
    }
    assert!(!handle("[PERSON_1].[PERSON_2]"));
    assert!(held(&["and your zip code", "six to 809"]));
}

#[test]
fn what_was_heard_as_a_word_is_stopped_where_a_number_is_read_back() {
    check_read_back(
        "[ID_1]",
        &[
            "that was nine nine one for correct",
            "okay six five eight too you know",
            "fifty two uh hundred, thank you",
            "okay a [IP_1], let me check that",
            "okay [ID_2] for [LICENSE_1] got it",
        ],
        &[
            "okay, got it for you",
            "okay two hundred, got it",
            "that was for you",
        ],
    );
    check_stops(
        Category::OtherId,
        &["let me read that back, eighty nine eighty ate, is that right"],
    );
    check_stops(
        Category::Date,
        &["okay, nine two twenty five, i'm typing that in"],
    );
}
