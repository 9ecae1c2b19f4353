//! Pieces of codes and handles that something ties to a replacement, and what only
//! looks so.

use super::*;

fn held(text: &str) -> bool {
    !inspect(&dialogue(&[text])).is_empty()
}

/// Whether `reply` to `question` is held.
fn held_after(question: &str, reply: &str) -> bool {
    let found = residues(&dialogue(&[question, reply]), &[]);
    found.iter().any(|residue| residue.turn == Some(1))
}

#[test]
fn the_sign_of_a_handle_is_stopped() {
    let stopped = [
        "okay at [ID_1] i'm typing that in",
        "it's [USERNAME_1], wait, no, at [ID_1].",
        "that should be at [ID_2].",
        "okay at [SECRET_6] i'm typing that in",
        "the handle i was given is at [PERSON_1] [CITY_1].",
        "it's at [PERSON_2] [ID_5]",
        "filed under screen name at [CITY_1] [PERSON_2]",
    ];
    let passed = [
        "i live at [ADDRESS_1]",
        "she works at [ID_1] on weekdays",
        "it's at [FACILITY_1]",
        "meet me at [PERSON_1]'s place",
    ];
    check_each(held, &stopped, &passed);
}

#[test]
fn a_mended_value_is_stopped() {
    let stopped = ["[USERNAME_1] no that's wrong it's along eighty three"];
    let passed = [
        "[PHONE_1], no wait, call after two",
        "order [ID_1], no rush, it weighs 40 pounds",
    ];
    check_each(held, &stopped, &passed);
}

#[test]
fn letters_told_by_a_word_are_stopped_beside_a_replacement() {
    let stopped = [
        "it's a for [ID_1] [MRN_1].",
        "that should be [DEVICE_2] a for apple",
        "got it u [ID_2]",
    ];
    check_each(held, &stopped, &["i have the [DEVICE_2] for apple watches"]);
}

#[test]
fn pieces_of_hardware_are_stopped() {
    let stopped = [
        "my address is [DEVICE_1] ca 14 .",
        "i'm showing [DEVICE_1] bf correct",
        "it's [DEVICE_3]2 cc.",
        "note the wifi address is [ID_3]:03.",
        "0gb [DEVICE_4], thank you.",
        "the serial number is [DEVICE_1] for [ID_1].",
        "my ip is [IP_1] [PERSON_2] [CITY_1] one",
        "my voiceprint is stored as VOICE-56D64.",
        "i received photo dash [PHOTO_1], thank you",
    ];
    check_each(held, &stopped, &["the voice-over is 2d4 times longer"]);
}

#[test]
fn misheard_digits_between_digits_are_stopped() {
    let stopped = [
        "the reference code is h three too x six three a four",
        "i've got for [MRN_4]",
        "the last four of your social is two to three five .",
        "i opened case [ID_1] for for you",
        "i have one to [HEALTH_PLAN_4] as your policy number",
        "call the office at [ID_1], eighty uh seven eleven .",
    ];
    let passed = [
        "the two of us ate six",
        "one for [PERSON_1] and one for you",
    ];
    check_each(held, &stopped, &passed);
    let back = "i've got eighty ate sixty five is um that right";
    assert!(held_after("it's [SSN_2]", back));
}

#[test]
fn letters_of_a_unit_end_a_number_that_was_asked() {
    let asked = |reply: &str| held_after("what is the plate number?", reply);
    check_each(asked, &["859 mgs.", "okay 4816 yr"], &["one moment"]);
    assert!(held("i see 5827 you know as your last four of the ssn"));
}

#[test]
fn short_forms_before_a_replacement_pass() {
    check_passes(&[
        "vat [ID_1]",
        "i paid [DATE], conf [ID_1]",
        "invoice to [EMAIL_1] attn [PERSON_1]",
        "requested by dtr [PERSON_1] in [CITY_1]",
        "under the bridge nr [ADDRESS_1]",
        "did you get my pre [PERSON_1]",
        "my roomate [PERSON_3] saw it",
    ]);
}

#[test]
fn prices_times_and_durations_beside_a_replacement_pass() {
    check_passes(&[
        "that's $[ADDRESS_2].30 with delivery",
        "ok [DATE] 9.40",
        "5h 40m on the watch. deep 52m rem 1h11",
        "mean is 6h 02m sd 38m",
        "bp 138/72 hr 66 spo2 96 ra bg 104",
    ]);
    assert!(held("the time is [DATE] oh three"));
}

#[test]
fn a_letter_that_somebody_has_is_no_initial() {
    check_passes(&["my p [PERSON_1] won't refill it", "i have c [PERSON_1]"]);
    assert!(held("ask for j [PERSON_1] please"));
}

#[test]
fn assent_is_no_name_read_back() {
    assert!(!held_after("my name is [PERSON_1]", "uh-huh, correct."));
    assert!(held_after("my name is [PERSON_1]", "art, is that right"));
}

#[test]
fn great_ages_are_stopped_as_they_are_typed() {
    let stopped = [
        "yes shes 97 n lives alone",
        "hes 94",
        "her mother, 98, is fine",
    ];
    check_each(held, &stopped, &["im 93% sure", "his pulse, 98, is fine"]);
}
