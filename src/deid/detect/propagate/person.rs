//! Names of persons that are words too, where the sentence says that they are
//! names: who is greeted by them, of whom something is said.

use rustc_hash::FxHashMap;

use crate::deid::detect::name::{Standing, is_auxiliary, standing};
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::Lexicon;
use crate::deid::word::{Key, Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

/// How often a word must be somebody's name at least, of 7.
const LEAST: u32 = 2;

/// Adds the names of `out` that are ordinary words too, where somebody is greeted
/// or thanked by them (`hello [may] i need help`), or a sentence begins that tells
/// of them (`[sage] is four`).
pub(super) fn in_sentences(lexicon: &Lexicon, document: &Document<'_>, out: &mut Vec<Finding>) {
    let by_word = names(lexicon, document, out);
    if by_word.is_empty() {
        return;
    }
    for (at, turn) in document.turns.iter().enumerate() {
        for (i, token) in turn.tokens.iter().enumerate() {
            let Some(name) = by_word.get(&token.key).or_else(|| owner(turn, i, &by_word)) else {
                continue;
            };
            let rule = if is_addressed(turn, i) || is_spoken_to(turn, i) {
                "addressed"
            } else if is_mentioned(turn, i) && !is_auxiliary(turn.word(i)) {
                "mentioned"
            } else if is_subject(turn, i) && !is_auxiliary(turn.word(i)) {
                "subject"
            } else {
                continue;
            };
            let owns = usize::from(turn.word(i).ends_with("'s"));
            out.push(Finding {
                turn: at,
                span: token.span.start..token.span.end - 2 * owns,
                detector: "propagate",
                rule,
                ..name.clone()
            });
        }
    }
}

/// The name of `by_word` whose what is said is, at token `i`, or who does something:
/// `[june's] off`; `the june's` is none.
fn owner<'a>(
    turn: &DocTurn<'_>,
    i: usize,
    by_word: &'a FxHashMap<Key, Finding>,
) -> Option<&'a Finding> {
    const NOT: Words = words!["a", "last", "next", "that", "the", "this"];
    let stem = turn.word(i).strip_suffix("'s")?;
    let article = i > 0 && turn.is_of(i - 1, NOT);
    by_word.get(&Key::of(stem)).filter(|_| !article)
}

/// Fewest letters of a short form, and fewest that it leaves out.
const SHORT: usize = 3;
const LEFT_OUT: usize = 2;

/// Adds the short forms of the names of `out` that are no words: `juni` of
/// `juniper`.
pub(super) fn shortened(lexicon: &Lexicon, document: &Document<'_>, out: &mut Vec<Finding>) {
    let mut by_start: FxHashMap<Key, Finding> = FxHashMap::default();
    let named = |f: &&Finding| f.category == Category::Person && f.strength >= Strength::Likely;
    for name in out.iter().filter(named) {
        let turn = &document.turns[name.turn];
        for i in turn.tokens_of(&name.span) {
            let word = turn.word(i).split(['\'', '\u{2019}']).next();
            let word = word.unwrap_or_default();
            let longest = word.len().saturating_sub(LEFT_OUT);
            for end in (SHORT..=longest).filter(|end| word.is_char_boundary(*end)) {
                let start = by_start.entry(Key::of(&word[..end]));
                start.or_insert_with(|| name.clone());
            }
        }
    }
    if by_start.is_empty() {
        return;
    }
    for (at, turn) in document.turns.iter().enumerate() {
        let tokens = turn.tokens.iter().enumerate();
        for (i, token) in tokens.filter(|(_, token)| token.span.len() >= SHORT) {
            let Some(name) = by_start.get(&token.key) else {
                continue;
            };
            let classes = lexicon.get(&turn.word(i).to_lowercase());
            // `i'm gon na` is two halves of a word.
            let half = turn.is_of(i + 1, words!["na", "ta"]);
            if !half && matches!(standing(classes), Standing::Unlisted | Standing::Rare) {
                out.push(Finding {
                    turn: at,
                    span: token.span.clone(),
                    detector: "propagate",
                    rule: "shortened",
                    ..name.clone()
                });
            }
        }
    }
}

/// The findings of `found` by their words that are names and ordinary words.
fn names(lexicon: &Lexicon, document: &Document<'_>, found: &[Finding]) -> FxHashMap<Key, Finding> {
    let mut by_word = FxHashMap::default();
    let named = |f: &&Finding| f.category == Category::Person && f.strength >= Strength::Likely;
    for name in found.iter().filter(named) {
        let turn = &document.turns[name.turn];
        for i in turn.tokens_of(&name.span) {
            let classes = lexicon.get(&turn.word(i).to_lowercase());
            let word = matches!(standing(classes), Standing::Ambiguous | Standing::Word)
                && classes.given().max(classes.family()) >= LEAST;
            // `ty`, which is thanks to others.
            let courtesy = standing(classes) == Standing::Never && classes.given() >= 3;
            if word || courtesy || is_auxiliary(turn.word(i)) {
                by_word.entry(turn.key(i)).or_insert_with(|| name.clone());
            }
        }
    }
    by_word
}

/// Whether somebody is spoken to by token `i`.
fn is_addressed(turn: &DocTurn<'_>, i: usize) -> bool {
    const GREETINGS: Words = words!["hello", "hey", "hi"];
    const THANKS: Words = words!["afternoon", "bye", "morning", "thanks", "you"];
    const QUESTIONS: Words = words![
        "are", "can", "could", "did", "do", "how", "what", "what's", "when", "where", "which",
        "would",
    ];
    // `will do`
    let agrees = turn.is_of(0, words!["may", "will"]) && turn.is_of(1, words!["do"]);
    if i == 0 && turn.is_of(1, QUESTIONS) && !agrees {
        return true;
    }
    let ends = i + 1 == turn.tokens.len() || turn.tokens[i + 1].kind == TokenKind::Mark;
    let pause = usize::from(i > 1 && turn.is_of(i - 1, words![","]));
    let Some(before) = i.checked_sub(1 + pause) else {
        return false;
    };
    let set = turn.is_of(before, words!["set", "welcome", "done"]);
    turn.is_of(before, GREETINGS)
        || ends && turn.is_of(before, THANKS)
        || set && (ends || turn.is_of(i + 1, words!["have", "take"]))
}

/// Whether somebody is spoken to by token `i` as a turn begins or ends: `okay [ty] don't`,
/// `thank you for sharing that [miles]`.
fn is_spoken_to(turn: &DocTurn<'_>, i: usize) -> bool {
    const MURMURS: Words = words![
        "alright", "no", "oh", "ok", "okay", "right", "sorry", "thanks", "well", "yeah",
    ];
    const NEXT: Words = words![
        "and", "can", "don't", "go", "how", "i", "i'll", "i'm", "is", "it's", "let", "let's",
        "okay", "that's", "we", "what", "when", "where", "you",
    ];
    const LAST: Words = words![
        "day", "here", "it", "me", "now", "that", "there", "this", "today"
    ];
    let ends = i + 1 == turn.tokens.len();
    let begins = i > 0 && (0..i).all(|k| turn.is_of(k, MURMURS) || turn.is_of(k, words![","]));
    begins && (ends || turn.is_of(i + 1, NEXT)) || ends && i > 1 && turn.is_of(i - 1, LAST)
}

/// Whether token `i` is named in passing: whose it is, with whom one is: `is [june] on
/// today`, `visit six for [earl] p`.
fn is_mentioned(turn: &DocTurn<'_>, i: usize) -> bool {
    const WITH: Words = words![
        "about", "ask", "by", "for", "from", "like", "love", "met", "miss", "needs", "saw", "told",
        "with",
    ];
    const NEXT: Words = words![
        "coming", "here", "home", "okay", "on", "still", "the", "there", "with", "your",
    ];
    const FIRST: Words = words!["and", "but", "okay", "so", ",", "."];
    let Some(last) = i.checked_sub(1) else {
        return false;
    };
    let ends = i + 1 == turn.tokens.len()
        || turn.tokens[i + 1].kind == TokenKind::Mark
        || turn.tokens[i + 1].span.len() == 1 && !turn.is_of(i + 1, words!["a", "i"]);
    let asked = turn.is_of(last, words!["does", "is", "was"])
        && (last == 0 || turn.is_of(last - 1, FIRST))
        && turn.is_of(i + 1, NEXT);
    let owned = turn.word(i).ends_with("'s");
    // `she keeps saying [beau beau]`
    let again = turn.key(last) == turn.key(i) || turn.key(i + 1) == turn.key(i);
    owned || again || asked || ends && turn.is_of(last, WITH)
}

/// Whether a sentence begins with token `i` that tells of it.
fn is_subject(turn: &DocTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        ",", ".", "?", "and", "because", "but", "okay", "or", "so", "then", "well", "yeah", "yes",
    ];
    const AFTER: Words = words![
        "called", "came", "can't", "does", "doesn't", "gave", "goes", "had", "has", "hates", "is",
        "isn't", "knows", "likes", "lives", "loves", "made", "needs", "said", "says", "teaches",
        "thinks", "thought", "told", "took", "walked", "wants", "was", "wasn't", "works",
    ];
    (i == 0 || turn.is_of(i - 1, BEFORE)) && turn.is_of(i + 1, AFTER)
}
