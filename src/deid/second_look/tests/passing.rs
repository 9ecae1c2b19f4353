//! Names and numbers in passing, and talk that only looks like them.

use super::*;

#[test]
fn names_told_by_what_is_done_are_stopped() {
    check_stops(
        Category::Person,
        &[
            "i told quillovan about the leak",
            "you can ask for holly or come back later",
            "and then Oskara rang at six",
            "yeah the mailbox says oyelaran since he moved",
            "we had to wake up poor tavrik again",
            "it was thessaly the midwife who noticed",
            "our chef Oskara makes it without nuts",
            "is that reverend quillovan",
            "put it on oskara's desk please",
            "it's at quillovans house",
            "my grandma oyelaran takes the same one",
            "her carer quillovan found it on the floor",
            "my boy clay can pick it up",
            "hi this is dale on the night shift",
        ],
    );
    check_passes(&[
        "does he say anything she says dada",
        "my husband reorganised the pills",
        "the engineer came at noon",
        "ask for the manager on duty",
        "i told the doctor about naproxen",
        "he took the sertraline and then went to bed",
        "is it at your house or his place",
        "the vet said to wait a day",
    ]);
}

#[test]
fn towns_in_passing_are_stopped() {
    check_stops(
        Category::City,
        &[
            "she hurt it in oskgate last winter",
            "we passed the toll just past Quillmouth",
            "there was a bag like that in oskgate with a scarf",
        ],
    );
    check_passes(&[
        "it came back from triage before noon",
        "the leaflet is in tagalog for her",
        "i have two queens left tonight",
    ]);
}

#[test]
fn what_somebody_gets_new_is_half_of_no_town() {
    check_stops(Category::City, &["we moved to new [CITY_1]"]);
    check_passes(&["i want to buy new [CITY_1]", "she got a new [CITY_1]"]);
}

#[test]
fn halves_of_a_name_with_a_hyphen_are_stopped() {
    check_stops(
        Category::Person,
        &["i'm [PERSON_1]-bin", "that is Seo-[PERSON_1] here"],
    );
    check_passes(&[
        "all right-[PERSON_1] . then what",
        "a [PERSON_1]-like smile",
    ]);
}

#[test]
fn addresses_of_mail_and_web_are_stopped_whatever_they_end_with() {
    check_stops(
        Category::Email,
        &[
            "send it to claims at oskgate dot test",
            "billing dot team at [ORGANIZATION_1] dash north dot test",
        ],
    );
    check_stops(
        Category::Url,
        &[
            "it is on portal.oskgate.test today",
            "see oskgate.test/appeals for it",
        ],
    );
    check_passes(&[
        "it stopped at e.g. the first try.then it ran",
        "we are at the dot on the map",
        "open settings.json/edit",
    ]);
}

#[test]
fn digits_written_as_the_words_they_sound_like_are_stopped() {
    let held = |answer: &str| {
        let turns = ["hello", "what are the last four digits", answer];
        !inspect(&dialogue(&turns)).is_empty()
    };
    check_each(
        held,
        &["for too ate won", "okay sicks for oh won"],
        &["too late for that", "okay one or two"],
    );
}

#[test]
fn digits_of_dependants_and_of_safes_are_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "the id is [ID_1], suffix 03 for me",
            "dependant 01 please",
            "key safe 5518",
        ],
    );
    check_passes(&["take 05 units at 07:30", "he has 2 dependants"]);
}

#[test]
fn ages_to_come_are_stopped() {
    check_stops(
        Category::Age,
        &[
            "he'd be ninety six now",
            "my mum will be 93 then",
            "she must be past a hundred",
        ],
    );
    check_passes(&["it will be 96 dollars", "the pulse would be 92"]);
}

#[test]
fn what_only_looks_like_an_identifier_passes() {
    check_passes(&[
        "see you [DATE_1] seven thirty at the desk",
        "okay mister [PERSON_1] one second [noise]",
        "the new one's [PHONE_1]",
        "new is [ADDRESS_1], [CITY_1] NJ [ZIP_1]",
        "a filter of 16x25x1 on the side",
        "oh no",
        "i never ring oh eight seven numbers",
        "wait until it goes from amber to white",
        "she had braxton hicks last week",
        "they say it is the louis body kind",
        "you can pause it while you recertify",
        "look in the app, under Cards, then Show more",
        "sats ninety nine on air and PR one forty",
        "gracias",
    ]);
}

#[test]
fn names_that_no_list_has_are_stopped_where_only_names_stand() {
    check_stops(
        Category::Person,
        &[
            "quillovan she comes on weekdays",
            "i'm driving i'm quillovan i drive everybody",
            "okay quillovan can you verify the email",
            "hello is that quillovan",
            "a man called quillovan looked at it",
            "call quillovan at the front desk",
            "it might be under marigold",
            "morning miss opal, how are you",
        ],
    );
    check_passes(&[
        "it presses on what we call the chiasma",
        "we call it seretide here",
        "okay so can you verify the email",
        "he was watching cartoons he's fine",
        "i'm calling because it says call back",
    ]);
}

#[test]
fn streets_and_houses_in_passing_are_stopped() {
    check_stops(
        Category::Address,
        &[
            "no this is forty four quillhurst the yellow one",
            "send it to 518 Quillhurst, please",
            "tell them the juniper street entrance",
            "i've a parcel for the house on lanyard court",
            "behind the tire shop on south sixth",
            "at south quillow by the bridge",
            "he fell off the ladder at number 23, yes",
        ],
    );
    check_passes(&[
        "take 20 mg of quillhurstin a day",
        "park in a side street or on the main road",
        "let us start at number five",
        "we are at number four in the queue",
        "the south quillpark is closed",
        "the pain is on the south side",
        "it is a one way street there",
    ]);
}

#[test]
fn hosts_of_mail_behind_which_the_end_was_removed_are_stopped() {
    check_stops(
        Category::Email,
        &[
            "send those to claims at mid valley [URL_1]",
            "[PERSON_1] 77 at [CITY_1]",
        ],
    );
    check_passes(&[
        "look at our website [URL_1]",
        "it is at [URL_1]",
        "he lives at [CITY_1]",
    ]);
}

#[test]
fn codes_that_nobody_can_say_are_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "Account QVKXHRM. Order [ID_1]",
            "ring me back on bleep 4417",
        ],
    );
    check_passes(&[
        "the account is asymptomatically quiet",
        "code blue in rhythm",
    ]);
}

#[test]
fn digits_keyed_one_a_turn_are_stopped() {
    let keys = |keys: &[&str]| {
        let turns: Vec<_> = keys.iter().map(|key| turn(Role::User, key)).collect();
        !inspect(&conversation(turns)).is_empty()
    };
    assert!(keys(&["1", "9", "6", "2"]));
    assert!(!keys(&["1", "2"]));
}
