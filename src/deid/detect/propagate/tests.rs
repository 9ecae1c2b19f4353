//! Values found once are found everywhere; every example is invented.

use std::sync::Arc;

use super::*;
use crate::deid::detect::name::tests::conversation;
use crate::deid::lexicon::Reading;
use crate::deid::lexicon::tests::LEXICON;

/// Propagates `value`, found at its last place in `lines`, and gives what was
/// added.
fn again(lines: &[&str], value: &str, category: Category, strength: Strength) -> Vec<String> {
    let conversation = conversation(lines);
    let document = Document::new(&conversation);
    let (turn, at) = (0..lines.len())
        .rev()
        .find_map(|turn| Some((turn, document.turns[turn].text.rfind(value)?)))
        .expect("the value is said");
    let mut out = vec![Finding {
        turn,
        span: at..at + value.len(),
        category,
        detector: "test",
        rule: "test",
        strength,
        confidence: 0.9,
    }];
    Propagator::new(Arc::clone(&LEXICON)).propagate(&document, &mut out);
    let added = out[1..].iter();
    let mut said: Vec<String> = added
        .map(|f| document.turns[f.turn].text[f.span.clone()].to_owned())
        .collect();
    said.sort();
    said
}

#[track_caller]
fn check(lines: &[&str], value: &str, strength: Strength, expected: &[&str]) {
    assert_eq!(
        again(lines, value, Category::Person, strength),
        expected,
        "{lines:?}"
    );
}

#[test]
fn names_are_found_in_earlier_turns_and_other_forms() {
    let lines = ["FERRANTE here", "ottilie's bag", "i am ottilie ferrante"];
    check(
        &lines,
        "ottilie ferrante",
        Strength::Likely,
        &["FERRANTE", "ferrante", "ottilie", "ottilie"],
    );
}

#[test]
fn short_forms_that_are_no_words_go_too() {
    let lines = ["quelli left the quell and i'm quel na go", "i am quellidor"];
    check(&lines, "quellidor", Strength::Likely, &["quelli"]);
}

#[test]
fn a_flower_is_a_family_where_somebody_bears_its_name() {
    let lines = ["yes thistle like the flower", "i am opal thistle"];
    let (name, all) = ("opal thistle", ["opal", "thistle", "thistle"]);
    check(&lines, name, Strength::Cued, &all);
    check(&lines, name, Strength::Likely, &[]);
}

#[test]
fn a_word_that_is_seldom_said_is_the_name_that_it_was_told_to_be() {
    let lines = ["see the quillon file", "my name is delphine quillon"];
    let (name, all) = ("delphine quillon", ["delphine", "quillon", "quillon"]);
    check(&lines, name, Strength::Cued, &all);
    check(&lines, name, Strength::Likely, &all[..1]);
    let lines = ["the metoprolol helps", "my name is delphine metoprolol"];
    check(&lines, "delphine metoprolol", Strength::Cued, &["delphine"]);
}

#[test]
fn common_words_need_a_cue_or_a_capital() {
    let lines = ["put it on mark there", "Dear Mark", "i'm mark"];
    check(&lines, "mark", Strength::Cued, &["Mark", "mark"]);
    check(&lines, "mark", Strength::Likely, &["Mark"]);
    check(
        &["he will", "Dear Will", "i'm will"],
        "will",
        Strength::Cued,
        &["Will"],
    );
    check(
        &["ottilie", "maybe ottilie"],
        "ottilie",
        Strength::Possible,
        &[],
    );
}

#[test]
fn spelled_values_are_read_back_as_words() {
    let lines = ["so tarnwick, okay", "t as in tom a r n w like wilma i c k"];
    check(&lines, lines[1], Strength::Cued, &["tarnwick"]);
    let lines = ["q u e l l", "i v a r", "quellivar okay"];
    let conversation = conversation(&lines);
    let document = Document::new(&conversation);
    let part = |turn: usize| Finding {
        turn,
        span: 0..lines[turn].len(),
        category: Category::Person,
        detector: "test",
        rule: "test",
        strength: Strength::Cued,
        confidence: 0.9,
    };
    let mut out = vec![part(0), part(1)];
    Propagator::new(Arc::clone(&LEXICON)).propagate(&document, &mut out);
    let again = out.iter().find(|f| f.turn == 2).expect("read back");
    assert_eq!(&lines[2][again.span.clone()], "quellivar");
}

#[test]
fn parts_of_a_town_name_none() {
    let lines = [
        "the hospital is in the north",
        "on the West side",
        "at North Hospital",
    ];
    check(&lines, "North Hospital", Strength::Cued, &[]);
}

#[test]
fn who_is_a_word_of_grammar_is_greeted() {
    let lines = [
        "hello may i need help",
        "thank you may",
        "you may go",
        "i'm may",
    ];
    check(&lines, "may", Strength::Cued, &["may", "may"]);
    check(&lines, "may", Strength::Possible, &[]);
}

#[test]
fn numbers_are_found_with_other_separators() {
    let lines = [
        "it's 212 555 0143",
        "two one two five five five oh one four three",
        "212-555-0143",
    ];
    let added = again(&lines, "212-555-0143", Category::Phone, Strength::Validated);
    assert_eq!(
        added,
        [
            "212 555 0143",
            "two one two five five five oh one four three"
        ]
    );
}

#[test]
fn dates_and_ages_stay_with_their_own_detectors() {
    assert!(again(&["may 7", "may 7"], "may 7", Category::Date, Strength::Cued).is_empty());
}

#[test]
fn a_second_pass_adds_nothing() {
    let conversation = conversation(&["ottilie", "ottilie ferrante", "ferrante's"]);
    let document = Document::new(&conversation);
    let mut out = Vec::new();
    let finder = super::super::name::NameDetector::new();
    super::super::Detector::detect(&finder, &Reading::new(&document, &LEXICON), &mut out);
    let propagator = Propagator::new(Arc::clone(&LEXICON));
    propagator.propagate(&document, &mut out);
    let once = out.len();
    propagator.propagate(&document, &mut out);
    assert_eq!(out.len(), once);
}

#[test]
fn names_that_are_words_are_told_by_their_sentences() {
    let lines = [
        "sage is four",
        "i like sage in soup",
        "thank you, sage.",
        "my son sage",
    ];
    check(&lines, "sage", Strength::Likely, &["sage", "sage"]);
}

#[test]
fn initials_are_found_as_they_are_written() {
    let lines = ["okay, KD, got it", "k.d. it is", "the kd scale"];
    let added = again(&lines, "k.d", Category::Person, Strength::Cued);
    assert_eq!(added, ["KD"]);
    let lines = ["okay, DM, got it", "d.m it is"];
    let added = again(&lines, "d.m", Category::Person, Strength::Cued);
    assert_eq!(added, ["DM"]);
    let lines = ["OK, go on", "o k it is", "yes OK"];
    let added = again(&lines, "o k", Category::Person, Strength::Likely);
    assert_eq!(added, [""; 0]);
}

#[test]
fn a_street_is_found_again_without_its_number() {
    let streets = |lines: &[&str], value: &str| {
        let mut said = again(lines, value, Category::Address, Strength::Likely);
        said.dedup();
        said
    };
    let lines = [
        "i live at 16 kestrel close",
        "so that's kestrel close",
        "not kestrel street",
        "is a kestrel a bird",
    ];
    assert_eq!(
        streets(&lines, "16 kestrel close"),
        ["kestrel close", "kestrel street"]
    );
    let lines = [
        "how long on old tannery",
        "it's 4410 old tannery road apt 4",
    ];
    assert_eq!(
        streets(&lines, "4410 old tannery road apt 4"),
        ["old tannery", "old tannery road"]
    );
    let lines = ["quillmore you said", "nine forty quillmore lane"];
    assert_eq!(
        streets(&lines, "nine forty quillmore lane"),
        ["quillmore", "quillmore lane"]
    );
}
