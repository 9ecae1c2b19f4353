//! Signs of words in small conversations, and what the built-in weights make of
//! them.

use super::*;
use crate::deid::document::Document;
use crate::deid::model::CATEGORIES;
use crate::deid::tests::conversation;
use crate::domain::{Category, RawConversation, Role};

/// The names of the signs of token `token` of `text`, in which `found` was found.
fn signs(text: &str, token: usize, found: &[(Range<usize>, Category)]) -> Vec<&'static str> {
    signs_in(&conversation(&[text]), token, found)
}

/// [`signs`] of the first turn of `raw`.
fn signs_in(
    raw: &RawConversation,
    token: usize,
    found: &[(Range<usize>, Category)],
) -> Vec<&'static str> {
    let document = Document::new(raw);
    let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
    let findings: Vec<_> = found
        .iter()
        .map(|(span, category)| Finding {
            turn: 0,
            span: span.clone(),
            category: *category,
            detector: "test",
            rule: "test",
            strength: crate::deid::Strength::Likely,
            confidence: 1.0,
        })
        .collect();
    let doubt = Doubt {
        turn: 0,
        token,
        label: CATEGORIES.len() - 2,
        probability: 0.03,
        asked: false,
    };
    let weights = RiskWeights::built_in();
    let left = suspicions(&weights, &reading, |_| Some(0.4), &[doubt], &findings);
    left.iter().flat_map(Suspicion::reasons).collect()
}

#[track_caller]
fn check(text: &str, token: usize, found: &[(Range<usize>, Category)], expected: &[Sign]) {
    let names: Vec<_> = expected
        .iter()
        .map(|sign| Sign::ALL[*sign as usize].1)
        .collect();
    let mut seen = signs(text, token, found);
    let always = [
        "model: 2 to 5 %",
        "model: a code",
        "the recogniser was unsure of the turn",
    ];
    assert!(always.iter().all(|sign| seen.contains(sign)), "{seen:?}");
    let of_lists = Sign::Unlisted as usize..=Sign::State as usize;
    let of_lists: Vec<_> = of_lists.map(|number| Sign::ALL[number].1).collect();
    seen.retain(|sign| !always.contains(sign) && !of_lists.contains(sign));
    assert_eq!(seen, names, "{text}");
}

#[test]
fn numbers_are_told_by_length_and_by_what_they_measure() {
    use Sign::*;
    check("4471", 0, &[], &[FourDigits, NumberAlone, WholeTurn]);
    check(
        "the code i have with me is 4471 by now",
        7,
        &[],
        &[FourDigits, AfterCue],
    );
    check(
        "the code that i have with me is 4471 by now",
        8,
        &[],
        &[FourDigits],
    );
    check(
        "take it with 500 mg now ok",
        3,
        &[],
        &[ThreeDigits, Measured],
    );
    check(
        "come at seven then please ok",
        2,
        &[],
        &[OneDigit, Measured],
    );
    check(
        "so it was nineteen eighty four back then",
        4,
        &[],
        &[FourDigits, Year],
    );
    check(
        "so it was one two three four five yes",
        4,
        &[],
        &[ManyDigits],
    );
    check(
        "born nineteen eighty-four then and there",
        4,
        &[],
        &[FourDigits, Year, AfterCue],
    );
    check("we meet on the 5th and so on", 4, &[], &[OneDigit, Ordinal]);
    check("the code of it is g 4 k", 5, &[], &[Letters]);
    check("well h- how is it going then", 1, &[], &[Stutter]);
}

#[test]
fn what_stands_alone_counts() {
    use Sign::*;
    check("oskelund", 0, &[], &[WholeTurn, NameAlone]);
    let mut raw = conversation(&["4471"]);
    raw.turns[0].role = Role::User;
    let seen = signs_in(&raw, 0, &[]);
    assert!(seen.contains(&Sign::ALL[PieceAlone as usize].1), "{seen:?}");
}

#[test]
fn what_was_found_beside_a_word_counts() {
    use Sign::*;
    let street = [(4..16, Category::Address)];
    check(
        "200 harbor lane",
        0,
        &street,
        &[
            ThreeDigits,
            NumberByPlace,
            BesidePlace,
            ShortTurn,
            RestFound,
            AtPlace,
        ],
    );
    check(
        "forty [inaudible]",
        0,
        &[],
        &[TwoDigits, NumberByHole, Hole, ShortTurn],
    );
    check(
        "it was jane then and there",
        4,
        &[(7..11, Category::Person)],
        &[BesideOther],
    );
    check(
        "it was jane then and there",
        1,
        &[(7..11, Category::Person)],
        &[BesideOther, AtName],
    );
    check(
        "we met may 5th by the way",
        3,
        &[(7..10, Category::Date)],
        &[OneDigit, Ordinal, BesideOther, AtDate],
    );
    check(
        "it is 4471 or 2213 then",
        4,
        &[(6..10, Category::Account)],
        &[FourDigits, BesideOther],
    );
    check(
        "it is 4471 2213 then",
        3,
        &[(6..10, Category::Account)],
        &[FourDigits, BesideOther, AtCode],
    );
    assert_eq!(signs("jane", 0, &[(0..4, Category::Person)]), [""; 0]);
}

#[test]
fn a_number_nobody_explains_is_riskier_than_a_dose() {
    let weights = RiskWeights::built_in();
    let suspect = |signs: &[Sign]| {
        let mut all = Signs::of(0.01);
        signs.iter().for_each(|sign| all.put(*sign, true));
        weights.probability(all)
    };
    assert!(suspect(&[Sign::FourDigits]) > 3.0 * suspect(&[Sign::FourDigits, Sign::Measured]));
    assert!(suspect(&[]) < 0.01);
}

#[test]
fn the_risk_is_a_probability_that_grows() {
    let weights = RiskWeights::built_in();
    let risks =
        [(0.0, 0), (0.0, 10), (0.5, 10), (1.0e6, 1_000_000)].map(|(s, n)| weights.risk(s, n));
    assert!(
        risks.is_sorted() && risks[0] >= 0.0 && risks[3] <= 1.0,
        "{risks:?}"
    );
}

#[test]
fn a_table_that_is_not_whole_is_refused() {
    let table = RiskWeights::built_in().to_table();
    assert_eq!(RiskWeights::parse(&table), Ok(RiskWeights::built_in()));
    let refused = |table: &str| RiskWeights::parse(table).expect_err("refused");
    assert_eq!(refused("# nothing\n"), RiskError::Missing("base"));
    assert_eq!(refused("base 1"), RiskError::Line(1));
    assert_eq!(refused("#\nshoe size\t1"), RiskError::Unknown(2));
}
