//! Days, ages, letters and pieces as people say them in passing, and ordinary talk
//! that is none of them.

use super::*;

#[test]
fn days_are_told_with_slashes_and_spaces() {
    check_stops(
        Category::Date,
        &[
            "we're back on 8/4 i think",
            "not til 10/2",
            "home 4/22, her son drives",
            "till 8 11 then",
            "effective 1 1 or nothing, out 2 28 at [TIME]",
            "born 3 of 18 of 2011",
            "it's on 2 slash 11 at [TIME]",
            "[DATE] of fifty eight",
            "[DATE] or may",
            "may at the earliest",
        ],
    );
    check_passes(&[
        "the pain is 7/10 after",
        "3/4 of a cup",
        "her vision is 6/9 in that eye",
        "[DATE] of twenty one",
        "a 2 4 6 pattern",
        "norco 5/325 as needed",
    ]);
}

#[test]
fn great_ages_are_told_beside_who_has_them() {
    check_stops(
        Category::Age,
        &[
            "mom is [PERSON_1], 94, on oxygen",
            "she'd have been ninety six this year",
            "he's [PERSON_1] ninety three he won't move",
        ],
    );
    check_passes(&[
        "[PERSON_1], 54, on oxygen",
        "the pulse is ninety six and regular",
    ]);
}

#[test]
fn letters_are_told_by_words() {
    check_stops(
        Category::OtherId,
        &[
            "it's [PERSON_1], golf, papa",
            "the code's seven alpha kilo two",
        ],
    );
    check_passes(&["golf on [DATE] at the hotel", "papa and two dogs"]);
}

#[test]
fn the_rest_of_what_was_removed_is_told_behind_it() {
    let any = |text: &str| !inspect(&dialogue(&[text])).is_empty();
    check_each(
        any,
        &[
            "[USERNAME_1] at yahoo",
            "[PERSON_1] 77 at oskmail com",
            "[ADDRESS_1], box 88",
            "[ADDRESS_1], rear",
            "[PERSON_1] the third",
            "[ID_1] something nine",
            "mm[ACCOUNT_1]",
            "9 cobbler's [ADDRESS_1]",
            "it starts with eighty seven",
            "doctor b and the nurse",
        ],
        &[
            "[PERSON_1] at home",
            "[ADDRESS_1] room service",
            "[PERSON_1] the third time",
            "um[ACCOUNT_1]",
            "doctor [PERSON_1] and the nurse",
        ],
    );
}

#[test]
fn counts_codes_of_things_and_slips_pass() {
    check_passes(&[
        "it says diffrent [PERSON_1]",
        "my parcel says deliverd",
        "the old one [EMAIL_1]",
        "close, [PERSON_1] works there",
        "i'll speak with Coach [PERSON_1]",
        "900 pp for the week",
        "nkda",
        "0740 [PERSON_1] called in",
        "she had two hundred shoeboxes",
        "call if over 180/110 w dizziness",
    ]);
    let held = |turns: &[&str]| !inspect(&dialogue(turns)).is_empty();
    assert!(!held(&["how many units", "two", "and how often", "three"]));
    assert!(!held(&[
        "last time was four",
        "so at exactly ten fifteen the shot"
    ]));
    assert!(held(&["the last four please", "ten fifteen"]));
}

#[test]
fn a_name_is_repeated_alone() {
    let held = |turns: &[&str]| !inspect(&dialogue(turns)).is_empty();
    assert!(held(&["doctor [PERSON_1]", "i have day correct"]));
    assert!(held(&["[PERSON_1]", "art, got it"]));
    assert!(!held(&["[PERSON_1]", "wonderful, got it"]));
    assert!(held(&["so sunny is here for a check-up"]));
    assert!(!held(&["spring is here"]));
}
