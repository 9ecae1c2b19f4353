//! Names of persons that are words too, where the sentence says that they are
//! names: who is greeted by them, of whom something is said.

use rustc_hash::FxHashMap;

use crate::deid::detect::name::{Standing, is_auxiliary, standing};
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::Lexicon;
use crate::deid::word::{Key, Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

/// Least that a word must be a given name, of 7, to be one as a subject.
const GIVEN: u32 = 2;

/// Adds the names of `out` that are words of grammar too, where somebody is
/// greeted or thanked by them: `hello [may] i need help`.
pub(super) fn address(document: &Document<'_>, out: &mut Vec<Finding>) {
    const GREETINGS: Words = words!["hello", "hi", "hey"];
    let said = |f: &Finding| &document.turns[f.turn].text[f.span.clone()];
    let names = out.iter().filter(|f| {
        f.category == Category::Person
            && f.strength >= Strength::Likely
            && is_auxiliary(&said(f).to_lowercase())
    });
    let mut by_word: FxHashMap<Key, Finding> = FxHashMap::default();
    for name in names {
        by_word
            .entry(Key::of(said(name)))
            .or_insert_with(|| name.clone());
    }
    if by_word.is_empty() {
        return;
    }
    for (at, turn) in document.turns.iter().enumerate() {
        for (i, token) in turn.tokens.iter().enumerate().skip(1) {
            let ends = i + 1 == turn.tokens.len() || turn.tokens[i + 1].kind == TokenKind::Mark;
            let thanked = ends && turn.is_of(i - 1, words!["you", "thanks", "bye"]);
            let name = by_word
                .get(&token.key)
                .filter(|_| thanked || turn.is_of(i - 1, GREETINGS));
            out.extend(name.map(|name| Finding {
                turn: at,
                span: token.span.clone(),
                detector: "propagate",
                rule: "addressed",
                ..name.clone()
            }));
        }
    }
}

/// Adds the names of `out` that are ordinary words too, where a sentence begins
/// that tells of them: `[sage] is four`.
pub(super) fn subjects(lexicon: &Lexicon, document: &Document<'_>, out: &mut Vec<Finding>) {
    let mut by_word: FxHashMap<Key, Finding> = FxHashMap::default();
    let named = |f: &&Finding| f.category == Category::Person && f.strength >= Strength::Likely;
    for name in out.iter().filter(named) {
        let turn = &document.turns[name.turn];
        for i in turn.tokens_of(&name.span) {
            let classes = lexicon.get(&turn.word(i).to_lowercase());
            let word = matches!(standing(classes), Standing::Ambiguous | Standing::Word);
            if word && classes.given() >= GIVEN && !is_auxiliary(turn.word(i)) {
                by_word.entry(turn.key(i)).or_insert_with(|| name.clone());
            }
        }
    }
    if by_word.is_empty() {
        return;
    }
    for (at, turn) in document.turns.iter().enumerate() {
        for (i, token) in turn.tokens.iter().enumerate() {
            let name = by_word.get(&token.key).filter(|_| is_subject(turn, i));
            out.extend(name.map(|name| Finding {
                turn: at,
                span: token.span.clone(),
                detector: "propagate",
                rule: "subject",
                ..name.clone()
            }));
        }
    }
}

/// Whether a sentence begins with token `i` that tells of it.
fn is_subject(turn: &DocTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        ",", ".", "?", "and", "because", "but", "okay", "or", "so", "then", "well", "yeah", "yes",
    ];
    const AFTER: Words = words![
        "can't", "does", "doesn't", "goes", "had", "has", "is", "isn't", "lives", "needs", "said",
        "says", "teaches", "wants", "was", "wasn't", "works",
    ];
    (i == 0 || turn.is_of(i - 1, BEFORE)) && turn.is_of(i + 1, AFTER)
}
