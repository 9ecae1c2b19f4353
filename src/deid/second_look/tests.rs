//! Tables of what the second look must stop and must let pass.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::deid::{CleanText, CleanTurn, ENGINE_VERSION, Policy};
use crate::domain::{Channel, Entropy, ResearchId, Role, TurnKind};

fn turn(role: Role, text: &str) -> CleanTurn {
    CleanTurn {
        role,
        kind: TurnKind::Speech,
        text: CleanText::rewritten(text.to_owned()),
        start_ms: None,
        end_ms: None,
        confidence: None,
        findings: None,
    }
}

fn conversation(turns: Vec<CleanTurn>) -> CleanConversation {
    CleanConversation {
        id: ResearchId::draw(&mut Entropy::from_u64(1)),
        year: None,
        channel: Channel::Voice,
        language: "en",
        turns,
        duration_s: None,
        counts: BTreeMap::new(),
        policy: Policy::safe_harbor().hash,
        engine: ENGINE_VERSION,
        incomplete: false,
        attributes: BTreeMap::new(),
    }
}

/// Turns of the user and the agent by turns, the user first.
fn dialogue(texts: &[&str]) -> CleanConversation {
    let roles = [Role::User, Role::Agent].into_iter().cycle();
    conversation(texts.iter().zip(roles).map(|(t, r)| turn(r, t)).collect())
}

#[track_caller]
fn check_stops(category: Category, texts: &[&str]) {
    for text in texts {
        let held = inspect(&dialogue(&[text]));
        assert!(
            held.contains(&HoldReason::Residue { category }),
            "{text}: {held:?}"
        );
    }
}

#[track_caller]
fn check_passes(texts: &[&str]) {
    for text in texts {
        let found = residues(&dialogue(&[text]), &[]);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn telephones_in_any_grouping_are_stopped() {
    check_stops(
        Category::Phone,
        &[
            "ring me on 555-0134",
            "it's (312) 555 0134 thanks",
            "3125550134",
            "312.555.0134",
            "call five five five one two double three",
            "three one two, five five five, uh, oh one nine four",
            "312 , 555 , 0134",
        ],
    );
}

#[test]
fn other_numbers_are_stopped() {
    check_stops(
        Category::Ssn,
        &["123-45-6789", "078 05 1120", "it is 219099999"],
    );
    check_stops(
        Category::Zip,
        &["we live in 85013", "zip 85013", "M1 4BT", "sw1a 2ab"],
    );
    check_stops(
        Category::Account,
        &["4111 1111 1111 1111", "card 4012888888881881"],
    );
    check_stops(
        Category::OtherId,
        &[
            "mrn 482913",
            "the last four are 6642",
            "my pin is nine four three one",
            "oh nine two nine",
            "mrnq27631",
            "order AB12345",
            "booking h4k9q2",
            "3-8-4-9",
            "it's k j seven four two nine",
            "7b1c2d3e-9f0a-4b1c-8d2e-3f4a5b6c7d8e",
        ],
    );
}

#[test]
fn quantities_pass() {
    check_passes(&[
        "take 500 mg twice a day, then 1000 mg for 10 days",
        "blood pressure 120/80, pulse 72, sats 98%, temperature 98.6",
        "vitamin d 50000 units weekly and platelets of 250000",
        "one hundred twenty over eighty",
        "it costs $1,250.00 or 1,250,000 rupees",
        "her a1c was 7.2 and the t4 was fine, l4-l5 is narrowed",
        "he is 58 years old, a 72-year-old, aged 89",
        "since 2019, or nineteen eighty three",
        "one two three four five, breathe out",
        "10 to 15 minutes, 2 or 3 times",
        "from the 1980s to 2019-2020",
        "twenty, twenty five minutes",
        "your balance is four zero zero zero",
        "c five c six and l four l five s one",
        "between 10 and 12, pain 7/10, 5/5 strength",
        "covid 19, h1n1, b12, cd4 count of 350, q12h",
        "a 10 minute drive, the third place, 2 blocks down the road",
    ]);
}

#[test]
fn the_engines_own_values_pass() {
    check_passes(&[
        "my name is [PERSON_1] , dr. [PERSON_2] called",
        "born in 1957 , on or before 1930 , on [DATE]",
        "she is 90 or older and lives in 850 , zip 000",
        "mail [EMAIL] or call [PHONE_2], mrn [MRN]",
        "[PERSON_1] said so. [PERSON_1], please wait. [PERSON_2]'s sister",
        "I saw [PERSON_1] yesterday at [FACILITY_1] [REDACTED]",
    ]);
}

#[test]
fn look_alikes_of_placeholders_hide_nothing() {
    check_stops(Category::OtherId, &["[SSN_667788]", "[AB12345]"]);
    check_stops(Category::Person, &["[my name is kowalski]", "[JOHN SMITH]"]);
    check_stops(Category::Phone, &["[PHONE 312-555-0134]"]);
}

#[test]
fn dates_are_stopped() {
    check_stops(
        Category::Date,
        &[
            "on 5/7/1961",
            "05-07-61",
            "5 , 7 , 1961",
            "2024-06-05",
            "march 14",
            "the fourteenth of november",
            "november fourteenth nineteen eighty",
            "june of 2019",
            "may 5th",
            "may twenty seventh",
            "since march",
            "14 sept",
            "it's the twentieth, of the fourth",
        ],
    );
    check_passes(&[
        "you may take two tablets",
        "march in place for ten seconds",
        "may 10 mg be enough",
        "the second time in 2019",
        "2/3 of the patients",
    ]);
}

#[test]
fn great_ages_are_stopped() {
    check_stops(
        Category::Age,
        &[
            "she is 93 years old",
            "a 95-year-old man",
            "ninety two years old",
            "he's in his nineties",
            "aged 101",
            "a hundred and two years old",
            "my centenarian aunt",
            "he passed away at ninety two",
        ],
    );
    check_passes(&[
        "oxygen in the nineties",
        "pulse of 95",
        "weighs 95 kilos",
        "95% sure",
    ]);
}

#[test]
fn electronic_addresses_are_stopped() {
    check_stops(
        Category::Email,
        &[
            "ada@example.org",
            "ada dot lovell at gmail dot com",
            "adalovellgmailcom",
        ],
    );
    check_stops(
        Category::Url,
        &[
            "see example.com/x",
            "https://h.example/1",
            "w w w dot example dot org",
        ],
    );
    check_stops(
        Category::Ip,
        &[
            "192.168.1.20",
            "one ninety two dot one sixty eight dot one dot twenty",
            "fe80::1",
        ],
    );
    check_stops(Category::Device, &["00:1a:2b:3c:4d:5e"]);
    check_passes(&[
        "connect the dots, e.g. this. Or that",
        "look at the dot on the chart",
    ]);
}

#[test]
fn addresses_and_towns_are_stopped() {
    check_stops(
        Category::Address,
        &[
            "12 Orchard Street",
            "at forty two kestrel drive",
            "apartment nine c",
            "p o box 44",
            "on delmar boulevard",
        ],
    );
    check_stops(
        Category::City,
        &["we moved to Tucson", "from san francisco"],
    );
    check_passes(&[
        "walk down the street",
        "the main road to health",
        "a boston brace",
    ]);
}

#[test]
fn names_are_stopped() {
    check_stops(
        Category::Person,
        &[
            "my name is zbigniew",
            "hi this is Oyelaran calling",
            "Dr. Vasquez will see you",
            "mrs okonkwo is here",
            "[PERSON_1] Kowalski",
            "thanks [PERSON_1] kowalski.",
            "j o h n",
            "b as in bravo",
            "thanks jennifer",
            "her maiden name was tredwell",
        ],
    );
    check_passes(&[
        "my name is not on the list",
        "the name of the drug is metformin",
        "doctor said it is fine, the mri and the e k g",
        "st. john's wort",
        "hi there, hello again",
        "i'm fine. Thanks. Where do i sign",
        "this is Monday",
        "repeat after me a b c",
    ]);
}

#[test]
fn what_is_left_beside_a_replacement_is_stopped() {
    let left = |text: &str| {
        let found = residues(&dialogue(&[text]), &[]);
        found.iter().any(|r| r.rule == "beside-a-replacement")
    };
    for text in [
        "my account is [ID_1] four",
        "thirty one [PHONE_1] please",
        "the number on it is [ACCOUNT_1] dash k",
        "label [DEVICE_1]q on the back",
        "[PERSON_1] twenty first nineteen ninety",
        "she said veshkov [PERSON_2] before",
        "write to dot [EMAIL_1]",
    ] {
        assert!(left(text), "{text}");
    }
    for text in [
        "[PERSON_1] one moment",
        "[ID_2] one moment please",
        "on [DATE] 20 mg twice a day",
        "from [ADDRESS_1] 850",
        "[DATE] at 5 p m",
        "it was [PHONE_1]'s turn",
        "[PERSON_1] called and [PERSON_2] wrote",
    ] {
        assert!(!left(text), "{text}");
    }
}

#[test]
fn codes_in_spaced_groups_are_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "it is qxv 417",
            "booking 7 zr 2 kd",
            "qw four seven nj",
            "b 4 k 9 2",
        ],
    );
    check_passes(&[
        "sign 2 forms and 3 copies",
        "her b 12 level and d 3 level",
        "t 4 of 12",
    ]);
}

#[test]
fn names_said_to_and_of_people_are_stopped() {
    check_stops(
        Category::Person,
        &[
            "you're all set , teruvanka .",
            "thanks so much, oskelund",
            "oskelund",
            "sure, teruvanka oskelund",
            "q for quebec t for tango",
            "my initials are k b",
            "k t",
            "i spoke to kowalski about it",
        ],
    );
    check_passes(&[
        "crohn's disease and a foley catheter",
        "thnk you so mcuh",
        "noooo",
        "just tylenol",
        "yes metastatic",
        "texas",
        "mri",
    ]);
}

#[test]
fn places_and_coordinates_are_stopped() {
    check_stops(
        Category::City,
        &["we live in oskelwick", "it's near marvenholt ."],
    );
    check_stops(Category::Facility, &["the memory clinic of oskelwick"]);
    check_stops(
        Category::Address,
        &[
            "14 [PERSON_1] avenue",
            "on [CITY_1] road",
            "[PERSON_1] drive",
        ],
    );
    check_stops(
        Category::Geocode,
        &[
            "forty point six four oh eight",
            "minus eighty two point four",
        ],
    );
    check_passes(&[
        "seven point two",
        "from home",
        "a cup of coffee",
        "minus two degrees",
    ]);
}

#[test]
fn handles_and_paths_said_are_stopped() {
    check_stops(
        Category::Username,
        &[
            "teru underscore five",
            "i'm teru_oskel",
            "log in as oskelund7",
        ],
    );
    check_stops(Category::Url, &["forward slash teruvanka"]);
    check_stops(Category::Ip, &["ten dot two one six"]);
}

#[test]
fn days_and_years_that_tell_an_age_are_stopped() {
    check_stops(
        Category::Age,
        &[
            "i'm in my 94th year",
            "happy ninety first birthday",
            "she was born in 1924",
            "nineteen twenty eight",
        ],
    );
    check_stops(
        Category::Date,
        &["the twenty sixth", "18 th [PERSON_1]", "the fall was 8/18"],
    );
    check_passes(&[
        "born in 1957",
        "the second one",
        "the 95th percentile",
        "9/10 pain",
    ]);
}

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

#[test]
fn surrogates_are_not_looked_at() {
    let clean = dialogue(&["call 312-555-0134 and 312-555-0199"]);
    let (first, second) = (5..17, 22..34);
    let half = vec![Vec::from_iter([first.clone()])];
    assert_ne!(inspect_around(&clean, &half), vec![]);
    assert_eq!(inspect_around(&clean, &[vec![first, second]]), vec![]);
}

proptest! {
    #[test]
    fn any_text_is_judged_without_panic(text in "\\PC*", mixed in "[a-z0-9 ,.@:/\\[\\]_é-]{0,80}") {
        let clean = dialogue(&[&text, &mixed]);
        prop_assert_eq!(inspect(&clean), inspect(&clean));
    }

    #[test]
    fn a_telephone_is_stopped_between_any_words(
        before in "[a-z]{2,8}( [a-z]{2,8}){0,4}",
        number in "[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{3}[1-9]",
        after in "( [a-z]{2,8}){0,4}",
    ) {
        let clean = dialogue(&[&format!("{before} {number}{after}")]);
        prop_assert!(!inspect(&clean).is_empty());
    }
}
