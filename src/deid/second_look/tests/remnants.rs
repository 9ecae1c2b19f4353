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

#[test]
fn letters_that_are_words_too_are_stopped_beside_a_number() {
    for text in [
        "the confirmation number is a [ACCOUNT_1]",
        "sorry, a, [LICENSE_1]",
        "it's a um [MRN_1]",
        "my plate is k a um [VEHICLE_1] if you need it",
        "okay, i [ACCOUNT_1], got it",
        "you're participant we [ID_1]",
        "no that's wrong it's oh [DEVICE_1]",
        "a as in [CITY_1] [ID_1]",
        "k-a-[ADDRESS_1] is the old one",
        "[VEHICLE_1] qwv no wait",
        "the code is [SECRET_1] vq if you need it",
        "[LICENSE_1] qeb scratch that",
        "it's [DEVICE_1] hyphen a four",
        "[ID_1] el no i mean [ID_2]",
        "[PERSON_1] . 8 . k . [PERSON_2]",
        "[PERSON_1], q, z, no",
        "it was [PERSON_1], 8, [PERSON_2], 9",
        "my ticket is [ID_1] pm if you need it",
        "the address is [DEVICE_1] fe 2e",
        "walnut is wrong, [SECRET_1]#17",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "he needs a [VEHICLE_1] today",
        "is that a [ID_1] or another one",
        "i saw [ID_1] there",
        "oh [PERSON_1] called",
        "[PHONE_1] mri results",
        "the [PHONE_1], is it yours",
        "[ID_1] to be sure",
    ]);
}

#[test]
fn digits_as_they_sound_are_stopped_at_both_ends_of_a_number() {
    for text in [
        "so that's to [VEHICLE_1]",
        "great too [FAX_1]",
        "call me back at to [PHONE_1]",
        "that would be for [MRN_1]",
        "my pin is ate [SECRET_1]",
        "it's nine to [HEALTH_PLAN_1]",
        "[FAX_1] to then [FAX_2]",
        "my voice id is [BIOMETRIC_1] so double seven",
        "[ID_1] too as your number",
        "i opened case [ID_1] to for you",
        "[SSN_1] then so [SSN_2]",
        "it's [HEALTH_PLAN_1] to p u [ID_1]",
        "[LICENSE_1] for if that helps",
        "[HEALTH_PLAN_1] oh nine",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "send it to [PHONE_1] please",
        "i'm calling about [ID_1] for my mother",
        "from [ACCOUNT_1] to [ACCOUNT_2]",
        "write to [EMAIL_1]",
        "[ID_1] then",
        "[PHONE_1], so [PHONE_2] is old",
        "is [ID_1] for a new patient",
    ]);
}

#[test]
fn addresses_and_handles_of_which_a_part_was_removed_are_stopped() {
    for text in [
        "my email is quillovan [ID_1] [EMAIL_1]",
        "the email on file is quillovan [ADDRESS_1]",
        "the email is d [PERSON_1]",
        "i have short [ID_1] [EMAIL_1]",
        "you can look it up under email k small [EMAIL_1]",
        "i'm at [FACILITY_1] ninety six",
        "okay [PERSON_1] forty two i'm typing that in",
        "[IP_1] [PERSON_1] one",
        "my handle is at [PERSON_1] [USERNAME_1]",
    ] {
        assert!(!inspect(&dialogue(&[text])).is_empty(), "{text}");
    }
    check_passes(&[
        "hi [PERSON_1] one moment",
        "i met [PERSON_1] two years ago",
        "i was at [FACILITY_1] two days",
        "email [PERSON_1] about it",
    ]);
}
