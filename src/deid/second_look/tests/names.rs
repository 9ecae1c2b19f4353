//! Names of people.

use super::*;

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
fn things_and_slips_are_no_names() {
    check_passes(&[
        "finethank you",
        "thanks awyways.",
        "clark level four",
        "ok thank you sirthat is it",
    ]);
}
