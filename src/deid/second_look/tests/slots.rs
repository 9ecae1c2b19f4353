//! Names where little else can stand: words that are names too among them.

use super::*;

#[test]
fn names_are_stopped_where_people_say_who_they_are() {
    check_stops(
        Category::Person,
        &[
            "hi, is this holly?",
            "hello it's violet teruvanka it's about my bill",
            "yes i'm teruvanka from the front desk",
            "yes hi i'm penny with the lab",
            "good morning, quellhaven labs, oskelund speaking",
            "am i speaking with dale brimworth",
            "everyone calls me teruvankaly",
            "is this oskelund strong?",
        ],
    );
    check_passes(&[
        "is this covered? is it good?",
        "i'm fine with that, it's sunny here",
        "are you speaking with a nurse about it",
        "call me back, i will be here",
        "english speaking people",
        "the cause of this is polyfactorial it's not one thing",
        "this is a rose from my garden",
        "it's quellapran with food",
        "its quellapran olvastat i think",
        "you should speak to ortho, derm, endo or gyn",
        "i spoke with rheum and talked to onc",
    ]);
}

#[test]
fn names_are_stopped_where_people_speak_of_each_other() {
    check_stops(
        Category::Person,
        &[
            "i need to bring my son chase in",
            "is olive your sister?",
            "and teruvanka is your husband, right",
            "is oskelund still authorized to talk",
            "it is for harpers birthday",
            "my driver was clay",
            "so dawn what would you like to do",
            "i see an account for teruvanka brim , is that you",
        ],
    );
    check_passes(&[
        "my son will be there, my wife may come",
        "is warfarin still helping your husband",
        "so hope that helps, so grant me this",
        "my daughter drew a picture for the party",
        "the driver was late and so was the nurse",
        "i gave my son quellapran.",
    ]);
}

#[test]
fn words_that_are_names_are_stopped_after_greetings() {
    check_stops(
        Category::Person,
        &[
            "hey sunny i need a refill",
            "hi oskelund just checking in",
            "thank you art",
            "thanks for calling, may.",
        ],
    );
    check_passes(&["hey may i ask you something", "thanks buddy", "you will."]);
}

#[test]
fn the_rest_of_a_name_is_stopped_beside_its_replacement() {
    check_stops(
        Category::Person,
        &[
            "hello is this [PERSON_1] green",
            "hi it's [PERSON_1] church calling about a bill",
            "hi, this is rose [PERSON_1].",
            "oskelund and [ID_1]",
            "oskelund 1652",
            "87 jp oskelund",
            "oskelund q",
            "oskelund card number is [ACCOUNT_1]",
            "good to meet you dale i am the nurse",
        ],
    );
    check_passes(&[
        "this is [PERSON_1] green light means go",
        "i told [PERSON_1] may i go",
        "ok [PERSON_1] and [ID_1]",
        "my card number is [ACCOUNT_1]",
        "20 mg",
    ]);
}

#[test]
fn names_are_stopped_where_an_account_is_kept_under_them() {
    check_stops(
        Category::Person,
        &[
            "it's under quillovan that's my married name",
            "you can put it under quillovan brand",
            "thanks for reaching out quillovan i can help",
            "hey may i need help with the app",
            "thanks for calling may have a good one",
            "it's quillovan again",
            "and rob uh is your neighbor right",
            "just call me d a y",
            "see doctor quillovan at nine",
        ],
    );
    check_passes(&[
        "it's under screening number [ID_1]",
        "hey may i have a refill",
        "may i ask what you need",
        "he is out ibuprofen did not help",
        "it's metformin again",
        "the doctor prescribed a shot",
    ]);
}
