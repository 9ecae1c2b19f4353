//! What is said and how it is written; what is written in words comes back.

use proptest::prelude::*;

use super::View;
use crate::deid::document::Document;
use crate::deid::tests::conversation;

fn written(text: &str) -> String {
    super::written(text).into_owned()
}

#[track_caller]
fn check(said: &str, expected: &str) {
    assert_eq!(written(said), expected);
}

#[track_caller]
fn check_same(said: &str) {
    check(said, said);
}

#[test]
fn codes_with_letters_and_homophones() {
    check("it's QB dash oh nine four", "it's QB-094");
    check("t r oh oh seven three three nine delta", "tr007339d");
    check("t r five five oh nine charlie one", "tr5509c1");
    check("my pin's for five two five", "my pin's 4525");
    check("the zip is to eight six four three", "the zip is 28643");
    check("k two u eight c one four u for", "k2u8c14u4");
    check_same("he is to call back");
    check_same("the rest is for nine people");
}

#[test]
fn readings_in_letters_stand_apart() {
    check("l d l one twelve h d l forty one", "ldl 112 hdl 41");
    check("d n r d n i", "dnr dni");
    check("b twelve one ninety", "b12 190");
    check("h b a one c forty two", "hba1c 42");
    check("gcs fifteen bp one thirty four", "gcs fifteen bp 134");
    check("plate fifteen qz one thirty four", "plate 15qz134");
    check("a one c six point nine", "a1c 6.9");
    check("the id is h d l four four one", "the id is hdl441");
    check("q d l four four one seven", "qdl4417");
    check(
        "ninety three eighty six seventy nine seventy two",
        "93 86 79 72",
    );
}

#[test]
fn domains_end_where_letters_do() {
    check(
        "it's p dot m e y e r at quill dot org",
        "it's p.meyer@quill.org",
    );
    check("tarn dot c o m is down", "tarn.com is down");
}

#[test]
fn digits_said_one_by_one() {
    check("it's four four one two double seven ok", "it's 441277 ok");
    check("triple nine oh two", "99902");
    check("two-six-oh-one-nine", "26019");
    check("two, six, oh, one, nine.", "26019.");
    check("six uh one um two two", "6122");
    check("six one two, let me see, two five", "61225");
    check("six one two two no wait six five", "612265");
    check("six one, no sorry, two two six five", "612265");
    check("six one for two ate nine", "614289");
    check("612 two two five nine", "612 2259");
    check("nought seven double o one", "07001");
}

#[test]
fn pairs_years_and_cardinals() {
    check("in nineteen sixty two", "in 1962");
    check("twenty oh six", "2006");
    check("two thousand and eleven", "2011");
    check("thirty-one forty five sixty", "314560");
    check("two hundred and five quarry road", "205 quarry road");
    check("eight hundred five five five oh one two two", "800 5550122");
    check("one sixty three thirty second street", "163 32nd street");
    check("he is a hundred and two", "he is 102");
    check("apartment nine c please", "apartment 9c please");
    check("flat three", "flat 3");
    check(
        "one ninety two dot one sixty eight dot oh dot twelve",
        "192.168.0.12",
    );
}

#[test]
fn dates_in_words() {
    check("oh three one four sixty two", "03/14/62");
    check("twelve five nineteen seventy", "12/5/1970");
    check("twenty one eleven and nineteen uh sixty six", "21/11/1966");
    check("november fourteenth nineteen sixty", "november 14th 1960");
    check(
        "the third of june, um, nineteen sixty two",
        "the 3rd of june 1962",
    );
    check("thirty first uh october", "31st october");
    check("seven, eleven, uh, fifty.", "7/11/50.");
    check("the second of the fifth fifty four", "2/5/54");
    check("july the fourth fifty six", "july the 4th '56");
    check("march four seventy one", "march 4 '71");
    check("on the second of the fifth, nineteen sixty", "on 2/5/1960");
    check("two p m five p m", "2pm 5pm");
}

#[test]
fn letters_and_codes() {
    check("m r n q two seven six", "mrnq276");
    check("b as in boy, d for david four four one", "bd441");
    check("capital k two lowercase t nine nine", "k2t99");
    check("alpha bravo one two two", "ab122");
    check("zulu, golf, papa, four, four", "zgp44");
    check("r o w a n", "rowan");
    check("s w one a two a a", "sw1a2aa");
    check("r double l o", "rllo");
    check("SE nineteen two EZ", "SE192EZ");
    check("i am at n w six oh n g", "i am at nw60ng");
    check("a a colon b b colon one two", "aa:bb:12");
    check("x as in x-ray nine one one two", "x9112");
}

#[test]
fn slashes_are_said() {
    check("on 2 slash 11 at", "on 2/11 at");
    check("30 slash 4 slash 1994", "30/4/1994");
    check("the 2/11 visit, 120 over 80", "the 2/11 visit, 120 over 80");
}

#[test]
fn addresses_on_the_net() {
    check(
        "it is ann dot lee at gmail dot com",
        "it is ann.lee@gmail.com",
    );
    check(
        "write to a n n four two at example dot org",
        "write to ann42@example.org",
    );
    check(
        "go to w w w dot example dot org slash help",
        "go to www.example.org/help",
    );
    check(
        "ann underscore lee at the rate mail dot co dot uk",
        "ann_lee@mail.co.uk",
    );
}

#[test]
fn quantities_and_talk_stay_as_they_are() {
    for text in [
        "take two or three a day for one week",
        "it's one twenty over eighty",
        "twenty five milligrams twice a day",
        "for nineteen years",
        "the first one, the second one",
        "that one is a good one",
        "oh i see, one moment",
        "vitamin d and i take it",
        "i had t v in there",
        "five hundred milligrams",
        "it was 10-325 or 120/80",
        "seventy five percent",
        "two to three weeks, or one two",
        "it's one twenty to one thirty over eighty",
        "between one oh two and one oh four degrees",
    ] {
        check_same(text);
    }
    check("one twenty one thirty five one fifty", "120 135 150");
    check("one two three four five, breathe", "1 2 3 4 5, breathe");
    check("l four l five s one", "l4 l5 s1");
}

/// Number words of one digit.
const DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

fn below_hundred(value: u8) -> String {
    const TEENS: [&str; 10] = [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let (tens, unit) = (usize::from(value / 10), usize::from(value % 10));
    match (tens, unit) {
        (0, _) => format!("oh {}", DIGITS[unit]),
        (1, _) => TEENS[unit].to_owned(),
        (_, 0) => TENS[tens].to_owned(),
        _ => format!("{} {}", TENS[tens], DIGITS[unit]),
    }
}

/// Says `digits` one by one; `oh` and `double` where `habits` has them.
fn one_by_one(digits: &[u8], habits: &[bool]) -> String {
    let mut words = Vec::new();
    let mut at = 0;
    while at < digits.len() {
        let habit = habits[at % habits.len()];
        let digit = digits[at];
        let word = if digit == 0 && habit {
            "oh"
        } else {
            DIGITS[usize::from(digit)]
        };
        if habit && digits.get(at + 1) == Some(&digit) {
            words.push(format!("double {word}"));
            at += 1;
        } else {
            words.push(word.to_owned());
        }
        at += 1;
    }
    words.join(" ")
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #[test]
    fn digits_said_one_by_one_come_back(
        digits in prop::collection::vec(0u8..10, 3..16),
        habits in prop::collection::vec(any::<bool>(), 1..5),
        filler in prop_oneof![Just(" "), Just(" uh "), Just(", "), Just("-")],
    ) {
        // Up or down by one is counting, which is left as it is said.
        prop_assume!(!digits.windows(2).all(|w| w[0].abs_diff(w[1]) == 1));
        let said = one_by_one(&digits, &habits).replace(' ', filler);
        let said = said.replace(&format!("double{filler}"), "double ");
        let expected: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
        prop_assert_eq!(written(&format!("it is {said} ok")), format!("it is {expected} ok"));
    }

    #[test]
    fn pairs_come_back(pairs in prop::collection::vec(10u8..100, 2..6)) {
        // A ten before a unit would be one number, not two.
        let said: Vec<String> = pairs.iter().map(|p| below_hundred(*p)).collect();
        let expected: String = pairs.iter().map(u8::to_string).collect();
        prop_assert_eq!(digits_of(&written(&said.join(" "))), expected);
    }

    #[test]
    fn cardinals_come_back(value in 101u32..1000) {
        let hundreds = DIGITS[value as usize / 100];
        let rest = u8::try_from(value % 100).unwrap();
        let rest = below_hundred(rest).replace("oh ", "");
        prop_assume!(!value.is_multiple_of(100));
        for said in [format!("{hundreds} hundred and {rest}"), format!("{hundreds} hundred {rest}")] {
            prop_assert_eq!(written(&format!("at {said} elm street")), format!("at {value} elm street"));
        }
    }

    #[test]
    fn years_come_back(year in 1900u16..2050) {
        let halves = (u8::try_from(year / 100).unwrap(), u8::try_from(year % 100).unwrap());
        prop_assume!(halves.1 > 0);
        let said = format!("{} {}", below_hundred(halves.0), below_hundred(halves.1));
        prop_assert_eq!(written(&format!("born in {said} there")), format!("born in {year} there"));
    }

    #[test]
    fn every_part_of_a_view_leads_back_to_whole_words(
        words in prop::collection::vec(prop_oneof![
            Just("five"), Just("oh"), Just("double"), Just("twenty"), Just("nineteen"),
            Just("hundred"), Just("and"), Just("uh"), Just(","), Just("-"), Just("a"), Just("b"),
            Just("as in"), Just("john"), Just("dot"), Just("at"), Just("com"), Just("march"),
            Just("fourth"), Just("of"), Just("555"), Just("7"), Just("é"), Just("no wait"),
            Just("for"), Just("alpha"), Just("\u{1}"), Just("."), Just("slash"), Just("nine-c"),
        ], 0..24),
        glue in prop_oneof![Just(" "), Just("  ")],
    ) {
        let text = words.join(glue);
        let raw = conversation(&[&text]);
        let document = Document::new(&raw);
        if let Some(view) = View::of(&document.turns[0]) {
            let bounds: Vec<usize> = (0..=view.text.len())
                .filter(|&i| view.text.is_char_boundary(i))
                .collect();
            for (k, &start) in bounds.iter().enumerate() {
                for &end in &bounds[k + 1..] {
                    let back = view.raw(&(start..end));
                    prop_assert!(back.start < back.end && text.get(back.clone()).is_some());
                }
                for &(wider, narrow) in &[(0, start), (start, view.text.len())] {
                    if wider < narrow {
                        let all = view.raw(&(0..view.text.len()));
                        let back = view.raw(&(wider..narrow));
                        prop_assert!(all.start <= back.start && back.end <= all.end);
                    }
                }
            }
            prop_assert_eq!(view.raw(&(0..view.text.len())), 0..text.len());
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        written(&text);
    }
}
