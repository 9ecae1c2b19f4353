//! What holds of a whole corpus.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Cases of the corpus that these tests look at.
const CASES: usize = 12;

fn corpus(seed: u64) -> Vec<Generated> {
    generate(seed, CASES).collect()
}

#[test]
fn a_seed_repeats_and_another_differs() {
    assert_eq!(corpus(1), corpus(1));
    let texts = |seed| {
        generate(seed, 1)
            .flat_map(|g| g.turns)
            .map(|t| t.text)
            .collect::<Vec<_>>()
    };
    assert_ne!(texts(1), texts(2));
}

#[test]
fn every_category_is_said_in_every_form_often_enough() {
    let mut cases: BTreeSet<(Label, Option<Form>, String, usize)> = BTreeSet::new();
    for conversation in corpus(3) {
        for span in &conversation.spans {
            let form = matches!(span.label, Label::Required(_)).then_some(span.form);
            cases.insert((span.label, form, conversation.id.clone(), span.value));
        }
    }
    let mut counts: BTreeMap<(Label, Option<Form>), usize> = BTreeMap::new();
    for (label, form, ..) in cases {
        *counts.entry((label, form)).or_default() += 1;
    }
    let enough = |key| counts.get(&key).copied().unwrap_or(0) >= CASES;
    for category in Category::ALL {
        for form in forms_of(category) {
            assert!(
                enough((Label::Required(category), Some(form))),
                "{category} {form:?}"
            );
        }
    }
    for kept in Kept::ALL {
        assert!(enough((Label::MustStay(kept), None)), "{kept:?}");
    }
}

#[test]
fn spans_stand_in_order_on_characters_and_apart() {
    for conversation in corpus(4) {
        for span in &conversation.spans {
            let text = &conversation.turns[span.turn].text;
            let value = text
                .get(span.start..span.end)
                .expect("a span is inside its turn");
            assert!(
                value.trim() == value && !value.is_empty(),
                "{value:?} in {text:?}"
            );
        }
        for pair in conversation.spans.windows(2) {
            let ends = (pair[0].turn, pair[0].end);
            assert!(ends <= (pair[1].turn, pair[1].start));
        }
    }
}

#[test]
fn what_identifies_is_labelled_wherever_it_stands() {
    for Generated { turns, spans, .. } in corpus(5) {
        assert!(!verify::has_unlabelled_repeat(&turns, &spans));
    }
}

#[test]
fn only_what_is_written_keeps_its_case() {
    for conversation in corpus(6) {
        for span in conversation
            .spans
            .iter()
            .filter(|s| matches!(s.form, Form::Lower | Form::Spoken))
        {
            let value = &conversation.turns[span.turn].text[span.start..span.end];
            assert!(!value.chars().any(char::is_uppercase), "{value}");
        }
    }
}

#[test]
fn spoken_values_hold_no_digit() {
    for conversation in corpus(7) {
        for span in conversation.spans.iter().filter(|s| s.form == Form::Spoken) {
            let value = &conversation.turns[span.turn].text[span.start..span.end];
            assert!(!value.chars().any(|c| c.is_ascii_digit()), "{value}");
        }
    }
}

#[test]
fn wording_is_varied_and_no_bracket_is_left() {
    let mut seen = BTreeSet::new();
    let mut turns = 0;
    for turn in corpus(8).into_iter().flat_map(|g| g.turns) {
        assert!(
            !turn.text.contains(['{', '}', '[', ']', '|']),
            "{}",
            turn.text
        );
        assert!(
            !turn.text.is_empty() && !turn.text.contains("  "),
            "{:?}",
            turn.text
        );
        turns += 1;
        seen.insert(turn.text);
    }
    assert!(seen.len() * 2 > turns, "{} of {turns}", seen.len());
}
