//! Dialogues: what is asked for and what is found in the answers.

use crate::deid::detect::cue::CueDetector;
use crate::deid::document::Document;
use crate::deid::lexicon::Reading;
use crate::deid::lexicon::tests::LEXICON;
use crate::deid::tests::dialogue;
use crate::domain::{Category, Role};

#[track_caller]
fn check(said: &[(Role, &str)], expected: &[(usize, &str, Category)]) {
    let raw = dialogue(said);
    let mut found = Vec::new();
    let document = Document::new(&raw);
    let reading = Reading::new(&document, &LEXICON);
    let turns: Vec<_> = document.turns.iter().collect();
    CueDetector::new().converse(&reading, &turns, |_, _| true, &mut found);
    let found: Vec<_> = found
        .iter()
        .map(|f| (f.turn, &said[f.turn].1[f.span.clone()], f.category))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn answers_are_what_was_asked_for() {
    use Role::{Agent, Other, User};
    check(
        &[
            (Agent, "And the last four of your social?"),
            (User, "Sure, 8374"),
        ],
        &[(1, "8374", Category::Ssn)],
    );
    check(
        &[
            (Agent, "can i have your account number"),
            (User, "one moment"),
            (Agent, "take your time"),
            (User, "it is 77 41 209"),
        ],
        &[(3, "77 41 209", Category::Account)],
    );
    check(
        &[(Other, "what is your pin?"), (Other, "4417")],
        &[(1, "4417", Category::Secret)],
    );
}

#[test]
fn an_answer_in_parts_is_one() {
    use Role::{Agent, User};
    let phone = Category::Phone;
    check(
        &[
            (Agent, "what is your phone number?"),
            (User, "sure, 415"),
            (Agent, "mm-hmm"),
            (User, "555"),
            (Agent, "okay, 415 555, go ahead"),
            (User, "01 32"),
            (Agent, "thanks. how old are you?"),
            (User, "34"),
        ],
        &[
            (1, "415", phone),
            (3, "555", phone),
            (4, "415 555", phone),
            (5, "01 32", phone),
        ],
    );
    let zip = Category::Zip;
    check(
        &[
            (Agent, "and your zip code please"),
            (User, "8"),
            (User, "5"),
            (Agent, "okay"),
            (User, "0"),
            (User, "0"),
            (User, "4"),
            (User, "2 more things"),
        ],
        &[
            (1, "8", zip),
            (2, "5", zip),
            (4, "0", zip),
            (5, "0", zip),
            (6, "4", zip),
        ],
    );
    check(
        &[
            (User, "my account number is 4471"),
            (Agent, "uh huh"),
            (User, "20"),
            (Agent, "got it, 447120, is that right?"),
        ],
        &[
            (0, "4471", Category::Account),
            (2, "20", Category::Account),
            (3, "447120", Category::Account),
        ],
    );
}

#[test]
fn read_backs_are_echoes_and_other_numbers_are_not() {
    use Role::{Agent, User};
    check(
        &[
            (User, "the password is tulips"),
            (Agent, "thanks, i see 4417 there"),
        ],
        &[(0, "tulips", Category::Secret)],
    );
    check(
        &[
            (Agent, "your account number?"),
            (User, "4471209"),
            (Agent, "i have 447 and then what, it takes 20 or so"),
        ],
        &[
            (1, "4471209", Category::Account),
            (2, "447", Category::Account),
        ],
    );
}

#[test]
fn a_date_is_answered_in_parts_too() {
    use Role::{Agent, User};
    let date = Category::Date;
    check(
        &[
            (Agent, "date of birth?"),
            (User, "march"),
            (Agent, "okay"),
            (User, "the fourth"),
            (User, "1980"),
            (User, "i fell in march, the second time"),
        ],
        &[(1, "march", date), (3, "the fourth", date)],
    );
    check(
        &[
            (Agent, "date of birth?"),
            (User, "03"),
            (User, "04"),
            (User, "81"),
        ],
        &[(1, "03", date), (2, "04", date), (3, "81", date)],
    );
}

#[test]
fn other_numbers_are_no_parts() {
    use Role::{Agent, User};
    check(
        &[
            (Agent, "what is your pin?"),
            (User, "3"),
            (Agent, "how many tablets do you take?"),
            (User, "2"),
        ],
        &[],
    );
    check(
        &[
            (Agent, "your phone number?"),
            (User, "415-555-0132"),
            (Agent, "and how many of you are coming?"),
            (User, "12"),
        ],
        &[(1, "415-555-0132", Category::Phone)],
    );
    check(
        &[
            (Agent, "can i have your phone number?"),
            (User, "if it is bad call 911"),
        ],
        &[],
    );
}

#[test]
fn questions_close_and_quantities_are_no_answers() {
    use Role::{Agent, User};
    check(
        &[
            (Agent, "what is your pin?"),
            (User, "4417"),
            (User, "and 5520 is on the screen"),
        ],
        &[(1, "4417", Category::Secret)],
    );
    check(
        &[
            (Agent, "your phone number?"),
            (User, "wait, i took 500 mg, 3 times"),
        ],
        &[],
    );
    check(
        &[
            (
                Agent,
                "i found your chart, MRN 00481516. what brings you in",
            ),
            (User, "my sugar was 180 this morning"),
        ],
        &[(0, "00481516", Category::MedicalRecord)],
    );
    check(
        &[(Agent, "date of birth?"), (Agent, "sorry, room 4417")],
        &[],
    );
}

#[test]
fn parts_with_letters_are_one_answer() {
    use Role::{Agent, User};
    let account = Category::Account;
    check(
        &[
            (Agent, "i'm going to need the invoice number for the record"),
            (User, "n8f"),
            (Agent, "mm-hmm"),
            (User, "g0m"),
        ],
        &[(1, "n8f", account), (3, "g0m", account)],
    );
    check(
        &[
            (Agent, "the code please"),
            (User, "sure, let me see, k 4 2 9, if that helps"),
        ],
        &[(1, "k 4 2 9", Category::OtherId)],
    );
    check(
        &[(Agent, "your uh social?"), (User, "um 4417")],
        &[(1, "4417", Category::Ssn)],
    );
}

#[test]
fn what_takes_an_answer_back_is_followed_by_another() {
    use Role::{Agent, User};
    check(
        &[
            (Agent, "your passphrase?"),
            (User, "plover77, hmm, that's the old one, it's plover81."),
        ],
        &[
            (1, "plover77", Category::Secret),
            (1, "plover81", Category::Secret),
        ],
    );
    check(
        &[(Agent, "the account number please"), (User, "f-4-a-t-8-t")],
        &[(1, "f-4-a-t-8-t", Category::Account)],
    );
}

#[test]
fn ages_and_diagnoses_are_no_codes() {
    use Role::{Agent, User};
    check(&[(Agent, "and the diagnosis code?"), (User, "k21.9")], &[]);
    check(
        &[
            (Agent, "the code please"),
            (Agent, "and how old is she"),
            (User, "seventy four"),
        ],
        &[],
    );
}

#[test]
fn zeros_are_parts_where_more_are_due() {
    use Role::{Agent, User};
    let asked = [
        (Agent, "your phone number?"),
        (User, "415 555"),
        (Agent, "okay"),
        (User, "oh oh, got it?"),
        (Agent, "yes"),
        (User, "oh okay"),
    ];
    check(
        &asked,
        &[
            (1, "415 555", Category::Phone),
            (3, "oh oh, got it?", Category::Phone),
        ],
    );
}
