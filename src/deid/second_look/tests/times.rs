//! Dates and ages.

use super::*;

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
fn days_on_which_something_happened_are_stopped() {
    check_stops(
        Category::Date,
        &[
            "she passed away 10/3",
            "the appointment is 8/7",
            "born on seven three",
            "8 20 1971",
            "may twelve to the fifteenth",
            "i was away over march",
        ],
    );
    check_passes(&[
        "pain after surgery is 7/10",
        "the dose is 1/2 of a tablet",
        "strength was 5/5",
        "rooms 8 20 31",
    ]);
}

#[test]
fn ages_of_people_are_told_from_other_numbers() {
    check_stops(
        Category::Age,
        &[
            "my grandmother is 92 now",
            "i'm ninety six so bear with me",
            "97 90 or older years",
            "her ninetieth birthday",
        ],
    );
    check_passes(&[
        "the pulse is 92 now",
        "i'm 96 percent sure",
        "she is 90 or older",
        "he was 95/60 before",
    ]);
}

#[test]
fn a_great_age_and_a_month_are_stopped_through_hesitations() {
    check_stops(
        Category::Age,
        &["so you're 93 uh years old", "he's 97 you know years old"],
    );
    check_stops(
        Category::Date,
        &["you're booked for may.", "we have you down for one four"],
    );
    check_passes(&[
        "is there room for may i ask",
        "42 uh years old",
        "good for one or two",
    ]);
}

#[test]
fn months_and_ages_of_more_forms_are_stopped() {
    check_stops(
        Category::Date,
        &[
            "the results came back may.",
            "she fainted march.",
            "we'll see you march.",
            "we have you down for 8/6.",
            "the birthday i was given is one nine fifty two",
        ],
    );
    check_stops(
        Category::Age,
        &[
            "my mother lived you know to 93.",
            "a 104 year year old man",
            "my grandson is ninety five and still drives",
            "my brother uh is ninety seven now",
        ],
    );
    check_passes(&[
        "yes you may.",
        "they protest on the march.",
        "i lived to tell it",
        "the dose is 1/2 of a tablet",
    ]);
}
