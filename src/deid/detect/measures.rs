//! Names of what is measured: sums, laboratory values, vital signs, scores. The number
//! after one says how much of it, and a name such as `hba1c` is no code.

use std::ops::Range;

use crate::deid::detect::units::is_unit;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::spoken::digits_of;
use crate::deid::word::{Words, words};

/// Names of sums, laboratory values, vital signs and scores, or the letters of one that
/// ends with a digit: `pco` of `pco2`.
const MEASURES: Words = words![
    "amount",
    "balance",
    "balances",
    "copay",
    "cost",
    "income",
    "payment",
    "price",
    "salary",
    "total",
    "albumin",
    "anc",
    "apgar",
    "aptt",
    "bicarb",
    "bilirubin",
    "bmi",
    "bnp",
    "bun",
    "calcium",
    "chloride",
    "cholesterol",
    "cpt",
    "creat",
    "creatinine",
    "crp",
    "diastolic",
    "egfr",
    "esr",
    "ferritin",
    "fio",
    "folate",
    "fsh",
    "gad",
    "gcs",
    "gfr",
    "glucose",
    "haemoglobin",
    "hba",
    "hcg",
    "hco",
    "hct",
    "hdl",
    "height",
    "hematocrit",
    "hemoglobin",
    "hgb",
    "icd",
    "inr",
    "lactate",
    "ldl",
    "lipase",
    "magnesium",
    "mcv",
    "mmse",
    "moca",
    "paco",
    "pao",
    "pco",
    "phosphate",
    "phq",
    "platelet",
    "platelets",
    "plt",
    "potassium",
    "procalcitonin",
    "psa",
    "pulse",
    "rbc",
    "sats",
    "sodium",
    "spo",
    "systolic",
    "temp",
    "temperature",
    "triglycerides",
    "troponin",
    "tsh",
    "vitamin",
    "wbc",
    "weight",
];

/// Names that end with digits, or hold them.
const WITH_DIGITS: Words = words![
    "a1c", "b12", "b6", "brca1", "brca2", "ca125", "ca199", "cd4", "co2", "coq10", "covid19", "d3",
    "fio2", "ft3", "ft4", "glp1", "gad7", "h1n1", "hba1c", "hb1ac", "hco3", "her2", "hiv1",
    "hpv16", "hpv18", "hsv1", "hsv2", "il6", "k2", "o2", "omega3", "p53", "paco2", "pao2", "pco2",
    "phq2", "phq9", "po2", "sglt2", "spo2", "t3", "t4", "vo2",
];

/// Vital signs and laboratory values as charts abbreviate them; what else each may
/// stand for is told by the numbers beside it.
const CHARTED: Words = words![
    "alb", "alk", "alp", "alt", "ast", "bp", "ca", "ck", "cl", "co", "cr", "glu", "hb", "hr", "ht",
    "ins", "lac", "map", "mch", "na", "peep", "pf", "ph", "phos", "ptt", "ra", "resp", "rr", "sat",
    "sbp", "dbp", "tbili", "trop", "uric", "wt",
];

/// Most digits of a charted value.
const CHARTED_DIGITS: usize = 3;

/// Whether `span` of `turn` is nothing but charted values and their names, or what
/// is left of one: `na 138 k 4.2 cl 101`.
pub(crate) fn is_charted(turn: &DocTurn<'_>, span: &Range<usize>) -> bool {
    let tokens = turn.tokens_of(span);
    let named = |i: usize| names_measure(turn, i) || turn.is_of(i, CHARTED);
    let from = tokens.start.saturating_sub(2);
    let fits = |i: usize| {
        let word = turn.word(i);
        match turn.tokens[i].kind {
            TokenKind::Mark => matches!(word, "." | "," | "/" | "%" | "-"),
            TokenKind::Number => word.len() <= CHARTED_DIGITS,
            TokenKind::Word => word.len() == 1 || named(i) || is_unit(turn.key(i)),
        }
    };
    let apart = turn.text[span.clone()].contains(' ');
    apart && (from..tokens.end).any(named) && tokens.clone().all(fits)
}

/// Whether token `i` of `turn` names what is measured.
pub(crate) fn names_measure(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.is_of(i, MEASURES)
}

/// Whether what is charted begins at token `i`, its name and a number: `[inr] 2.4`,
/// `[bp] 142/88`, `[a1c] 10.8`.
pub(crate) fn charts(turn: &DocTurn<'_>, i: usize) -> bool {
    charted_value(turn, i).is_some()
}

/// Whether token `i` is of what is charted right after something that is replaced,
/// its name or its number.
pub(crate) fn is_charted_after_replaced(turn: &DocTurn<'_>, i: usize) -> bool {
    let replaced = |k: usize| k > 0 && turn.is_blank(k - 1);
    (i.saturating_sub(MOST_PIECES)..=i)
        .any(|k| replaced(k) && charted_value(turn, k).is_some_and(|value| i <= value))
}

/// The number of what is charted from token `i` on.
fn charted_value(turn: &DocTurn<'_>, i: usize) -> Option<usize> {
    let tokens = &turn.tokens;
    if i >= tokens.len() || tokens[i].kind != TokenKind::Word {
        return None;
    }
    let number = |k: usize| k < tokens.len() && tokens[k].kind == TokenKind::Number;
    let value = |k: usize| number(k) && tokens[k].span.len() <= CHARTED_DIGITS;
    if !turn.is_joined(i + 1) {
        let named = names_measure(turn, i) || turn.is_of(i, CHARTED);
        return (named && value(i + 1)).then_some(i + 1);
    }
    let end = (i + 1..i + MOST_PIECES)
        .find(|&k| !turn.is_joined(k))
        .unwrap_or(i + MOST_PIECES);
    let named = end <= tokens.len()
        && value(end)
        && is_name_with_digits(&turn.text[tokens[i].span.start..tokens[end - 1].span.end]);
    named.then_some(end)
}

/// Most tokens of a name that holds digits: `a1c`.
const MOST_PIECES: usize = 4;

/// Whether the first number from token `from` on, before `to`, says how much of
/// something there is: `[hgb 12.1]`, `weight [184]`.
pub(crate) fn follows_measure(turn: &DocTurn<'_>, from: usize, to: usize) -> bool {
    const LINKS: Words = words!["is", "was", "of", "at", "are", "were"];
    let number = (from..to)
        .find(|&i| turn.tokens[i].kind == TokenKind::Number || digits_of(turn.key(i)) > 0);
    let before = number.unwrap_or(from);
    let word = |i: &usize| {
        turn.tokens[*i].kind == TokenKind::Word
            && !turn.is_of(*i, LINKS)
            && digits_of(turn.key(*i)) == 0
    };
    let near = before.saturating_sub(REACH)..before;
    near.rev()
        .find(word)
        .is_some_and(|i| names_measure(turn, i))
}

/// How far before a number its measure stands: `PHQ-9 was 14`.
const REACH: usize = 6;

/// Whether `text` is the name of a test, a marker or a vitamin, marks apart.
pub(crate) fn is_name_with_digits(text: &str) -> bool {
    const LONGEST: usize = 8;
    let mut name = String::with_capacity(LONGEST);
    name.extend(text.chars().filter(|c| *c != '-').take(LONGEST + 1));
    name.len() <= LONGEST && WITH_DIGITS.lists(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    #[test]
    fn numbers_after_a_measure_say_how_much() {
        let check = |text: &str, first: usize, expected: bool| {
            let raw = conversation(&[text]);
            let document = Document::new(&raw);
            let turn = &document.turns[0];
            let follows = follows_measure(turn, first, turn.tokens.len());
            assert_eq!(follows, expected, "{text}");
        };
        check("hgb 12.1 plt 210", 1, true);
        check("my weight was 184", 3, true);
        check("PHQ-9 was 14", 4, true);
        check("your balance is five six", 3, true);
        check("your balance is five six", 4, true);
        check("at 14 bunting lane", 1, false);
        check("hemoglobin and then 4417", 3, false);
    }

    #[test]
    fn a_chart_goes_on_with_a_name_and_a_number() {
        let check = |text: &str, expected: bool| {
            let raw = conversation(&[text]);
            let document = Document::new(&raw);
            assert_eq!(charts(&document.turns[0], 0), expected, "{text}");
        };
        check("inr 2.4", true);
        check("bp 142/88", true);
        check("a1c 10.8", true);
        check("a1c was 10.8", false);
        check("cr 44170", false);
        check("qk 441", false);
    }

    #[test]
    fn charted_values_are_told_by_their_names() {
        let check = |text: &str, part: &str, expected: bool| {
            let raw = conversation(&[text]);
            let document = Document::new(&raw);
            let start = text.find(part).expect("said");
            let charted = is_charted(&document.turns[0], &(start..start + part.len()));
            assert_eq!(charted, expected, "{text}");
        };
        check("na 138 k 4.2 cl 101", "na 138 k 4.2 cl 101", true);
        check("hr 91 rr 18 t 37.1", "18 t 37.1", true);
        check("it is k 4417", "k 4417", false);
        check("case cr 44170", "cr 44170", false);
        check("that is tk 418 r 2", "tk 418 r 2", false);
    }

    #[test]
    fn names_with_digits_are_known() {
        for name in ["HbA1c", "b12", "CA19-9", "covid-19", "PHQ-9"] {
            assert!(is_name_with_digits(name), "{name}");
        }
        for name in ["k7731", "r2", "", "hba1c7731", "----------"] {
            assert!(!is_name_with_digits(name), "{name}");
        }
    }
}
