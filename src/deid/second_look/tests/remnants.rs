//! The engine's own values, and what stands beside them.

use super::*;

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
fn surrogates_are_not_looked_at() {
    let clean = dialogue(&["call 312-555-0134 and 312-555-0199"]);
    let (first, second) = (5..17, 22..34);
    let half = vec![Vec::from_iter([first.clone()])];
    assert_ne!(inspect_around(&clean, &half), vec![]);
    assert_eq!(inspect_around(&clean, &[vec![first, second]]), vec![]);
}

#[test]
fn what_a_number_began_or_ended_with_is_stopped() {
    let left = |text: &str| !residues(&dialogue(&[text]), &[]).is_empty();
    for text in [
        "call me on eight so [PHONE_1]",
        "it is [PHONE_1] so seven, ninety five.",
        "the pin is [SECRET_1], thirty.",
        "my id a [ID_1]",
        "order i . [ACCOUNT_1]",
        "qvh [ID_1]",
        "oskelund [EMAIL_1]",
        "i log in as a_[PERSON_1]",
        "[PERSON_1] eighty [PERSON_2]",
        "from [CITY_1] 13 to the 29th",
    ] {
        assert!(left(text), "{text}");
    }
    for text in [
        "from [DATE] to the lobby",
        "[DATE] twenty fourth",
        "a quick [PERSON_1] k g today",
        "disc c[ID_1] and c34 are narrow",
        "the balance is three [ID_1] six in credit",
        "i show [ADDRESS_1]as the address",
        "the [ADDRESS_1]th and main",
        "audi [ID_1]",
        "i [GEOCODE_1]",
        "[ID_1], two of them",
    ] {
        assert!(!left(text), "{text}");
    }
}

#[test]
fn the_day_that_a_month_left_is_stopped_where_a_range_begins() {
    check_stops(
        Category::Date,
        &[
            "from [DATE_1] 2 to [DATE_2]",
            "from [DATE_1] thirteen to the twentieth",
            "[DATE_1] 3rd to the 20th",
        ],
    );
    check_passes(&[
        "on [DATE_1] 2 to 3 tablets a day",
        "in [DATE_1] 2019 to 2020",
    ]);
}

#[test]
fn what_stands_by_a_replacement_in_a_short_turn_is_stopped() {
    check_stops(
        Category::OtherId,
        &[
            "[PERSON_1] and be [ID_1]",
            "from [ID_1] to 7764",
            "9504 or [ID_1]",
        ],
    );
    check_stops(
        Category::City,
        &["127 [CITY_1]", "[ADDRESS_1] city [CITY_1]"],
    );
    check_passes(&[
        "[ID_1] or 2019",
        "did you see [ID_1] there",
        "from [ID_1] to 2000",
        "about 127 people in [CITY_1]",
    ]);
}

#[test]
fn digits_that_sound_as_words_are_stopped_behind_a_number() {
    check_stops(
        Category::Account,
        &[
            "[ACCOUNT_1] for.",
            "it is [ACCOUNT_1] to okay",
            "[ACCOUNT_1] a sorry",
            "[ACCOUNT_1] to one",
        ],
    );
    check_stops(Category::OtherId, &["[ID_1] so [ID_2]", "[ID_1] a [ID_2]"]);
    check_stops(Category::Photo, &["the picture is photo-[PHOTO_1]."]);
    check_stops(Category::Person, &["the id is a for apple [ID_1]"]);
    check_passes(&[
        "[ACCOUNT_1] for you",
        "[ID_1] too.",
        "is that it for apple pie",
        "[ACCOUNT_1] a day",
        "a for [ID_1]",
    ]);
}

#[test]
fn letters_and_misheard_digits_beside_a_number_are_stopped() {
    for text in [
        "i opened ticket [ID_1] nj for you",
        "the number is [ID_1] as",
        "[SSN_1] for did you get that",
        "it's [ACCOUNT_1] sorry a so [ACCOUNT_2]",
        "should be oh [LICENSE_1]",
        "my member id is a, [HEALTH_PLAN_1]",
        "it says m b dash to [ID_1]",
        "the order is r x five to [ID_1]",
        "six seven ate then [PHONE_1]",
        "it is [ACCOUNT_1] ate then five",
        "my code is [ID_1] plus six c",
        "it was [DEVICE_1], a, [DEVICE_2]",
        "your order [ACCOUNT_1] a has shipped",
        "it's [DEVICE_1] be",
        "you're subject s-[ID_1]",
        "it's voice [BIOMETRIC_1] okay",
        "[ID_1] at [ID_2]",
        "[PERSON_1].com",
        "old [SECRET_1]",
        "m [ID_1] i hope that's right",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "i have [ID_1] for you",
        "send [ID_1] to [EMAIL_1]",
        "it's for [ID_1] and it's a [VEHICLE_1]",
        "call [PHONE_1] at nine",
        "the password is [SECRET_1]",
        "it says [SECRET_1]",
        "no wait [SECRET_1]",
        "oh [PERSON_1] is here",
        "that should be be [ACCOUNT_1]",
        "so [ID_1] is the number i see",
    ]);
}

#[test]
fn the_first_part_of_an_address_of_mail_is_stopped() {
    for text in [
        "a.[PERSON_1] okay",
        "it's pellow.[PERSON_1][ID_1]",
        "is it best [PERSON_1] [EMAIL_1]",
        "i show quillovan day [EMAIL_1] as the email",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "write to [PERSON_1] [EMAIL_1]",
        "thanks. [PERSON_1] will call",
        "hepatitis c. [PERSON_1] has it",
    ]);
}

#[test]
fn what_goes_on_after_a_name_is_stopped() {
    for text in [
        "thank you [PERSON_1] 2be",
        "[PERSON_1] eight f m for h",
        "is j . [PERSON_1] your first name",
        "at [FACILITY_1] quillhaven",
        "they took her to [FACILITY_1] of quillhaven",
        "is it [PERSON_1] or for quillovan",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "hello [PERSON_1] one [PERSON_2]",
        "see [PERSON_1] at eight p m",
        "[PERSON_1] and ibuprofen",
        "[FACILITY_1] of course",
    ]);
}
