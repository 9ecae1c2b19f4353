//! What is said in a clinic and names nobody.

use super::*;

#[test]
fn results_told_in_letters_and_numbers_pass() {
    check_passes(&[
        "your l d l one twelve your h d l fifty one and the a one c five point six",
        "sodium one twenty eight b u n forty one creatinine one nine",
        "b twelve is two ninety",
        "in twenty seventeen p h q nine was twenty three",
        "mmse twenty four moca nineteen",
        "and he's d n r d n i",
        "your dexa was minus one point eight",
        "he scored fifty five on the morse",
        "the other one is spelled e l i q u i s five milligrams",
        "one is g a b a p e n t i n three hundred",
        "i say it a t o r v a s t a t i n",
        "ana positive one to eighty",
        "[ID_1] inr 3.1 hgb 9.8 plt 210",
        "his mrn is [MRN_1] a1c 10.8 and weight 211",
    ]);
    check_stops(
        Category::OtherId,
        &[
            "the chart is k d l one twelve forty",
            "l d q one twelve eight",
        ],
    );
    check_stops(
        Category::Person,
        &["my name is d n r o n i", "it's spelled m o r s e y"],
    );
    check_stops(Category::Geocode, &["minus seventy point two"]);
}

#[test]
fn what_is_read_and_said_again_for_a_test_passes() {
    for (question, answer) in [
        ("can you spell world backwards", "d l r o w"),
        (
            "cover your left eye and read me the smallest line",
            "e d f c z p",
        ),
        (
            "say these numbers after me two one eight five four",
            "two one eight five four",
        ),
    ] {
        assert!(
            inspect(&dialogue(&[question, answer])).is_empty(),
            "{answer}"
        );
    }
    for (question, answer) in [
        ("how do you spell that", "d l r o w"),
        ("what is the number", "two one eight five four"),
        ("say the member number after me", "two one eight five four"),
        ("you fell backwards what number", "two one eight five four"),
    ] {
        assert!(
            !inspect(&dialogue(&[question, answer])).is_empty(),
            "{answer}"
        );
    }
}

#[test]
fn what_illnesses_are_called_after_passes_where_they_are_had() {
    check_passes(&[
        "i would like to rule out bennett before we go on",
        "is there any hutchinson's or gout that you know of",
        "it is consistent with noonan",
        "is that moderna",
        "pfizer",
        "door code",
        "tell that to my grandbaby [PERSON_2]",
    ]);
    check_stops(
        Category::Person,
        &[
            "my mother had bennett over for tea",
            "she was with jennifer",
            "i was at jennifer's house",
        ],
    );
}

#[test]
fn what_is_told_after_an_excuse_is_held() {
    // A name that is spelled may end as drugs do, or be made of short forms.
    check_stops(
        Category::Person,
        &[
            "my last name is m c b r i d e",
            "her name is a d e l a i d e",
            "my name is p t o t b p",
            "jim negative for flu",
            "she was consistent with jennifer about the plan",
            "do you have jennifer's or mine",
            "there are two on the jennifer account",
        ],
    );
    check_stops(
        Category::OtherId,
        &["the card is c a four four one seven two"],
    );
    for text in ["[ID_1] d three four four one", "[MRN_1] ca 44172"] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    for (question, answer) in [
        (
            "we look at your left eye how do you spell your last name",
            "q u i l l b y",
        ),
        (
            "the other eye is fine now what is the member number",
            "q x four four one seven",
        ),
        ("how do you spell your last name", "m c b r i d e"),
        ("how do you spell your last name", "k e p p r a"),
    ] {
        assert!(
            !inspect(&dialogue(&[question, answer])).is_empty(),
            "{answer}"
        );
    }
}
