//! Numbers and codes, and the quantities that are none.

use super::*;

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
fn numbers_that_recognisers_misheard_or_left_round_are_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "thirty one oh zero",
            "the code is four six one so nine nine two",
            "order number is 4 . 8 . 1 . 7",
        ],
    );
    check_stops(Category::Phone, &["reach me at 3125550000"]);
    check_passes(&[
        "it costs four zero zero dollars",
        "wait one moment so i can look",
    ]);
}

#[test]
fn passwords_of_a_word_and_a_number_are_stopped() {
    check_stops(
        Category::Secret,
        &[
            "it is lantana!417",
            "lantana hash forty two",
            "exclamation point seven nine",
            "i set it to lantana [SECRET_1]",
        ],
    );
    check_passes(&[
        "the password is [SECRET_1]",
        "great! 2 more things",
        "what an exclamation",
    ]);
}

#[test]
fn codes_of_a_word_and_digits_are_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "my booking confirmation bee 154",
            "sure, the confirmation number is qlkf 45",
            "fig 667",
            "[ID_1] and fig 159",
            "ssn 1984 and so on",
            "[PERSON_1] credit 5800",
            "i had a pin once, either it was 1596 or i do not know, maybe 9503",
        ],
    );
    check_passes(&[
        "mg 500",
        "take 500 mg since 2019",
        "about 667 people, see page 154 of it",
    ]);
}

#[test]
fn two_numbers_between_which_something_goes_are_stopped() {
    check_stops(
        Category::Account,
        &["from 2316 to 7795", "move it 4471 to 9028 ok"],
    );
    check_passes(&[
        "from 2016 to 2019",
        "from 2316 to 7795 steps",
        "from 3000 to 4000",
    ]);
}

#[test]
fn groups_that_are_no_date_are_stopped() {
    check_stops(
        Category::OtherId,
        &["you are subject 84-7719", "chart 86-64-50"],
    );
    check_passes(&["it was 12-2019", "at 60-80 mg a day"]);
}

#[test]
fn numbers_that_no_amount_looks_like_are_stopped() {
    for text in [
        "it was 076 cup",
        "my social ends in 1992",
        "the vin ends in 7 k 2",
        "the letter says 9243",
        "i'm checking on order w ate l g four s",
        "extension four four one",
        "alpha bravo six one two",
        "VOICE-81Z92",
        "mac is A8-EC-05-56-B1",
        "your password is walnut720",
        "the group is s seven nine four nine seven",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "your zip is 076",
        "it was .076 or 0.076",
        "it ended in 1992",
        "the label says 1000 mg",
        "she is gravida three para two at term",
        "l four l five and s one",
        "zip code four four one",
        "the delta is six",
        "it is t two n zero m zero",
        "g 2 p 1 at term",
    ]);
}

#[test]
fn what_is_named_behind_a_number_is_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "i see 0348 as the one-time passcode",
            "i have nine two four as your pin",
            "i have 968 zap as your license plate",
            "we have 8531 gm as your ticket number",
        ],
    );
    check_stops(
        Category::Username,
        &[
            "i have quillovan twenty nine as the handle",
            "try login qvker thirty eight",
            "okay, quillovan eight, one moment",
            "_quillovan",
            "quillness43 is the one",
        ],
    );
    check_passes(&[
        "i see 9 as the best score",
        "i took 4800 steps as the doctor said",
        "okay, thirty eight, one moment",
        "she takes metformin two times",
    ]);
}

#[test]
fn digits_that_sound_as_words_within_numbers_are_stopped() {
    for text in [
        "the social ends in for eight three four",
        "the last four is seventy for twenty one",
        "the code they gave me is f four c k to q",
        "my pin's double for one nine",
        "the id here is zero to seven two two",
        "it is participant seventy too then eighty six",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "from sixty to forty eight pounds",
        "one to two tablets for three days",
        "it took six to seven weeks",
    ]);
}

#[test]
fn codes_of_more_shapes_are_stopped() {
    for text in [
        "the plate is qz3 9lb",
        "my car is qs7 2hz",
        "it was qe38vz",
        "voice 60q17",
        "chart 44 06 37",
        "the text says 2 7 8 7",
        "it's 41 8b bc fc 7d be",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "b12 5mg a day",
        "vit12 5mg a day",
        "a 20x30 room and a 4 5 6 count",
        "sets of 10 20 30",
        "covid19 and h1n1",
    ]);
}
