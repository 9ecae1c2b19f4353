//! Addresses, places and electronic addresses.

use super::*;

#[test]
fn addresses_and_towns_are_stopped() {
    check_stops(
        Category::Address,
        &[
            "12 Orchard Street",
            "at forty two kestrel drive",
            "apartment nine c",
            "p o box 44",
            "on delmar boulevard",
        ],
    );
    check_stops(
        Category::City,
        &[
            "we moved to Tucson",
            "from san francisco",
            "a hotel in las vegas please",
            "santa orvela",
        ],
    );
    check_passes(&[
        "walk down the street",
        "santa claus is coming",
        "the main road to health",
        "a boston brace",
    ]);
}

#[test]
fn places_and_coordinates_are_stopped() {
    check_stops(
        Category::City,
        &["we live in oskelwick", "it's near marvenholt ."],
    );
    check_stops(Category::Facility, &["the memory clinic of oskelwick"]);
    check_stops(
        Category::Address,
        &[
            "14 [PERSON_1] avenue",
            "on [CITY_1] road",
            "[PERSON_1] drive",
            "at 41 [PERSON_1] drive to the left",
        ],
    );
    check_stops(
        Category::Geocode,
        &[
            "forty point six four oh eight",
            "minus eighty two point four",
        ],
    );
    check_passes(&[
        "seven point two",
        "from home",
        "a cup of coffee",
        "minus two degrees",
        "can [PERSON_1] drive me home",
    ]);
}

#[test]
fn electronic_addresses_are_stopped() {
    check_stops(
        Category::Email,
        &[
            "ada@example.org",
            "ada dot lovell at gmail dot com",
            "adalovellgmailcom",
        ],
    );
    check_stops(
        Category::Url,
        &[
            "see example.com/x",
            "https://h.example/1",
            "w w w dot example dot org",
        ],
    );
    check_stops(
        Category::Ip,
        &[
            "192.168.1.20",
            "one ninety two dot one sixty eight dot one dot twenty",
            "fe80::1",
        ],
    );
    check_stops(Category::Device, &["00:1a:2b:3c:4d:5e"]);
    check_passes(&[
        "connect the dots, e.g. this. Or that",
        "look at the dot on the chart",
    ]);
}

#[test]
fn handles_and_paths_said_are_stopped() {
    check_stops(
        Category::Username,
        &[
            "teru underscore five",
            "i'm teru_oskel",
            "{\"user_name\": \"teru_oskel\"}",
            "log in as oskelund7",
        ],
    );
    check_stops(Category::Url, &["forward slash teruvanka"]);
    check_stops(Category::Ip, &["ten dot two one six"]);
}

#[test]
fn fields_names_are_no_handles() {
    check_passes(&[
        "{\"patient_name\":\"[PERSON_1]\",\"phone\":\"[PHONE_1]\"}",
        "{'call_back_2': true, 'slot_id' : 4}",
        "callback_time = soon",
    ]);
}

#[test]
fn accounts_names_that_are_said_are_stopped() {
    check_stops(
        Category::Username,
        &[
            "find me as teruvanka twenty two",
            "i am oskelund45.",
            "it is at [USERNAME_1]",
        ],
    );
    check_stops(Category::Email, &["oskelund teruvankamailnet"]);
    check_passes(&[
        "as metformin twenty milligrams",
        "the cabinet and the internet",
    ]);
}

#[test]
fn the_kind_of_a_place_tells_its_name() {
    check_stops(
        Category::City,
        &[
            "i moved to pellowick county",
            "it's [PERSON_1] city",
            "the city is superior",
            "we're in pellowick right now",
            "i'm near new [CITY_1].",
            "little [CITY_1] 10007",
        ],
    );
    check_stops(
        Category::Organization,
        &[
            "i work for pellowick foods",
            "it is [PERSON_1] machine works",
            "they sent me to pellowick family clinic",
        ],
    );
    check_stops(
        Category::Facility,
        &["st. [FACILITY_1]", "home of [PERSON_1]"],
    );
    check_stops(
        Category::Address,
        &[
            "my new address is vellan pokurai",
            "my address is garden [CITY_1]",
            "[ADDRESS_1] flat pellowick",
        ],
    );
    check_stops(Category::Person, &["to [PERSON_1] vegas", "new [PERSON_1]"]);
    check_passes(&[
        "my city is texas, which city is it, the county hospital",
        "i want a new [CITY_1] service",
        "he works, and software works too",
        "what is your address please",
        "my address is [ADDRESS_1] and that is all",
        "is the address in [CITY_1]",
        "everything from melatonin to yoga",
    ]);
}

#[test]
fn an_address_does_not_go_on_through_a_sentence() {
    check_passes(&[
        "tender at [ADDRESS_1] with some paravertevral spasm",
        "[ADDRESS_1] % benzolyl wash",
    ]);
    check_stops(Category::Address, &["[ADDRESS_1], quillhaven"]);
}
