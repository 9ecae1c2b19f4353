//! The street of an address that was found, said again without its number, or with
//! another kind, or by its name alone: `sixteen kestrel close`, `not [kestrel street]`.

use std::ops::Range;

use crate::deid::Finding;
use crate::deid::detect::expect::street::{is_kind, is_unit_word};
use crate::deid::document::{Token, TokenKind, tokenize};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::spoken::is_number_word;
use crate::deid::word::{Key, Words, words};

use super::super::known::{Use, normalize};
use super::{Needles, Propagator, add};

/// Most words of a street's name.
const MOST_WORDS: usize = 3;

/// Fewest letters of a name that is looked for without the kind.
const SHORTEST: usize = 6;

/// How common, of 7, the rarest word of a name is at most that is looked for without
/// the kind.
const SELDOM: u32 = 5;

/// The rules that find a number and a street's name without its kind.
const KINDLESS: [&str; 2] = ["house", "kindless"];

/// What people take one kind of street for.
const KINDS: [&str; 8] = [
    "street", "road", "avenue", "lane", "drive", "close", "court", "way",
];

impl Propagator {
    /// The street that the address `value` names.
    pub(super) fn add_street(&self, value: &str, finding: &Finding, needles: &mut Needles) {
        let tokens = tokenize(value);
        let word = |token: &Token| &value[token.span.clone()];
        let Some((name, kind)) = street_of(value, &tokens) else {
            if KINDLESS.contains(&finding.rule) {
                self.add_words(value, finding, needles);
            }
            return;
        };
        let name: Vec<&str> = tokens[name].iter().map(word).collect();
        let key = normalize(&name.concat());
        let kinds = KINDS.iter().copied();
        for kind in kinds.chain([word(&tokens[kind])]) {
            let kind = kind.to_lowercase();
            add(needles, format!("{key}{kind}"), Use::Anywhere, finding);
        }
        match name.as_slice() {
            [one] => {
                let one = one.to_lowercase();
                if let Some(condition) = self.use_of(&one, finding) {
                    add(needles, key, condition, finding);
                }
            }
            several => {
                let telling = |word: &&str| is_seldom(&self.lexicon, word);
                if key.len() >= SHORTEST && several.iter().any(telling) {
                    add(needles, key, Use::Anywhere, finding);
                }
            }
        }
    }
}

/// The tokens of the street's name in the address `value`, and the token of its kind;
/// `None` where it has no number before the name.
fn street_of(value: &str, tokens: &[Token]) -> Option<(Range<usize>, usize)> {
    let key = |i: usize| Key::of(&value[tokens[i].span.clone()]);
    let kind = (1..tokens.len()).rev().find(|&i| is_kind(key(i)))?;
    let named = |i: &usize| {
        tokens[*i].kind == TokenKind::Word
            && !tokens[*i].letter
            && !is_number_word(key(*i))
            && !is_unit_word(key(*i))
            && !APART.has(key(*i))
    };
    let start = (0..kind).rev().take_while(named).last()?;
    let fits = start > 0 && kind - start <= MOST_WORDS;
    fits.then_some((start..kind, kind))
}

/// What stands between the number and the name.
const APART: Words = words!["hundred", "number", "slash", "thousand", "uh", "um"];

/// Whether `word` is said seldom enough to name a street.
fn is_seldom(lexicon: &Lexicon, word: &str) -> bool {
    let classes = lexicon.get(&word.to_lowercase());
    !classes.any(Classes::STOP) && classes.commonness() <= SELDOM
}
