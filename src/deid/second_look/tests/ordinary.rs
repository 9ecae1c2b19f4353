//! Ordinary talk that looks like more than it is.

use super::*;

#[test]
fn words_of_other_languages_and_kinds_are_no_names() {
    check_passes(&[
        "merci beaucoup [PERSON_1]",
        "salamat",
        "my t\u{ed}a [PERSON_1] cooked",
        "two pierogi and a latte",
        "and depakote",
        "acct [ACCOUNT_1]",
        "it was prazosin",
        "for pete's sake",
        "a graham cracker and the mona lisa",
    ]);
}

#[test]
fn numbers_that_are_told_beside_a_replacement_pass() {
    check_passes(&[
        "between us [DATE] nine to twelve",
        "i can do eighty [DATE]",
        "[DATE] three left",
        "there's [PERSON_1] seven [PERSON_2] and a baby",
        "it's with an e [PERSON_1]",
        "sell [SECRET_1] of it",
        "tin [ID_1]",
        "we moved to [CITY_1] nj 070",
    ]);
    check_stops(Category::Person, &["[PERSON_1] eighty [PERSON_2]"]);
    check_stops(Category::OtherId, &["yhf [ID_1]"]);
}

#[test]
fn readings_and_amounts_pass() {
    check_passes(&[
        "every morning, one ninety-four, one ninety-five",
        "the weight was three four ten",
        "it comes to 14,882.60 in all",
        "it says 212 then 219 then 208",
        "take three point one two five of it",
        "i need a dot physical",
        "wound 4.2 x 2.8 x 0.3 cm",
    ]);
    check_stops(
        Category::OtherId,
        &["my account is one ninety four one ninety five"],
    );
    check_stops(
        Category::OtherId,
        &["The GPS says 31.4086\u{b0} N, 118.2257\u{b0} W."],
    );
}

#[test]
fn what_a_company_is_and_a_model_pass() {
    check_passes(&["j co ltd", "the car is a model kxr 300 plus"]);
    check_stops(Category::Person, &["pellow ltd"]);
    check_stops(Category::OtherId, &["model number kxr 300", "kxr 300"]);
}
