//! Copies of a conversation that say the same otherwise: other names, lower
//! case, no marks, slips of the recogniser. They teach the model the place
//! where a name stands rather than the names of one corpus.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::deid::lexicon::lists::{self, Thing};
use crate::domain::{Entropy, Phi};
use crate::evaluate::corpus::{Label, LabelType, Labelled};

/// A varied copy of `labelled`.
pub(super) fn vary(labelled: &Labelled, entropy: &mut Entropy) -> Labelled {
    let mut copy = labelled.clone();
    let mut names = Names::default();
    let manner = Manner::draw(entropy);
    for turn in 0..copy.raw.turns.len() {
        let text = copy.raw.turns[turn].text.expose().clone();
        let mut labels: Vec<Label> = copy
            .labels
            .iter()
            .filter(|l| l.turn == turn)
            .cloned()
            .collect();
        labels.sort_by_key(|l| l.span.start);
        let (text, moved) = rewrite(&text, &labels, &mut names, manner, entropy);
        copy.raw.turns[turn].text = Phi::new(text);
        copy.labels.retain(|l| l.turn != turn);
        copy.labels.extend(moved);
    }
    copy
}

/// How a whole copy is written.
#[derive(Debug, Clone, Copy)]
struct Manner {
    lower: bool,
    unmarked: bool,
    swap: bool,
    /// One word in this many has a slip; 0 for none.
    slips: u64,
}

impl Manner {
    fn draw(entropy: &mut Entropy) -> Self {
        Self {
            lower: entropy.below(2) == 0,
            unmarked: entropy.below(3) == 0,
            swap: entropy.below(8) != 0,
            slips: if entropy.below(3) == 0 { 40 } else { 0 },
        }
    }
}

/// Writes `text` anew, label by label, so that labels keep to their words.
fn rewrite(
    text: &str,
    labels: &[Label],
    names: &mut Names,
    manner: Manner,
    entropy: &mut Entropy,
) -> (String, Vec<Label>) {
    let mut out = String::with_capacity(text.len());
    let mut moved = Vec::with_capacity(labels.len());
    let mut at = 0;
    for label in labels {
        if label.span.start < at {
            continue;
        }
        out.push_str(&plain(&text[at..label.span.start], manner, entropy));
        let start = out.len();
        let value = &text[label.span.clone()];
        let swapped = match label.label {
            LabelType::Name if manner.swap => names.swap(value, entropy),
            LabelType::City if manner.swap && !label.optional => names.swap_whole(value, entropy),
            _ => value.to_owned(),
        };
        out.push_str(&styled(&swapped, manner));
        if out.len() > start {
            moved.push(Label {
                span: start..out.len(),
                ..label.clone()
            });
        }
        at = label.span.end;
    }
    out.push_str(&plain(&text[at..], manner, entropy));
    (out, moved)
}

/// Text outside labels: styled, with slips, and with other words in the places
/// of things.
fn plain(text: &str, manner: Manner, entropy: &mut Entropy) -> String {
    let styled = styled(text, manner);
    let mut out = String::with_capacity(styled.len());
    for chunk in styled.split_inclusive(' ') {
        let word = chunk.trim_matches(|c: char| !c.is_alphabetic());
        if manner.slips > 0
            && chunk.is_ascii()
            && chunk.len() > 4
            && entropy.below(manner.slips) == 0
        {
            out.push_str(&slip(chunk, entropy));
        } else if let Some(thing) = thing_like(word, entropy).filter(|_| manner.swap) {
            out.push_str(&chunk.replacen(word, &like(word, &thing), 1));
        } else {
            out.push_str(chunk);
        }
    }
    out
}

/// One ordinary word in this many gives its place to a name that is a word too.
const WORDS: u64 = 24;

/// One drug in this many gives its place to one that no list holds.
const DRUGS: u64 = 2;

/// Another word for the place of `word`, seldom, so that what stands in the
/// place of a thing is learned to be one: a name that is a word too for an
/// ordinary word, and an invented one for a drug.
fn thing_like(word: &str, entropy: &mut Entropy) -> Option<String> {
    const SHORTEST: usize = 4;
    if word.len() < SHORTEST || !word.is_ascii() {
        return None;
    }
    match lists::thing(&word.to_lowercase())? {
        Thing::Word => (entropy.below(WORDS) == 0).then(|| pick(lists::ambiguous_names(), entropy)),
        Thing::Drug => (entropy.below(DRUGS) == 0).then(|| invented(entropy)),
    }
}

fn pick(list: &[&'static str], entropy: &mut Entropy) -> String {
    list[entropy.below(list.len() as u64) as usize].to_owned()
}

fn styled(text: &str, manner: Manner) -> String {
    let mark = |c: &char| !(manner.unmarked && matches!(c, '.' | ',' | '?' | '!' | ';' | ':'));
    let text: String = text.chars().filter(mark).collect();
    if manner.lower {
        text.to_lowercase()
    } else {
        text
    }
}

/// A letter dropped, doubled or exchanged with its neighbour.
fn slip(word: &str, entropy: &mut Entropy) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + entropy.below(letters.len() as u64 - 3) as usize;
    match entropy.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Exchanged words, the same throughout a conversation.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// Exchanges each word of a person's name; titles, initials and small
    /// words stay.
    fn swap(&mut self, value: &str, entropy: &mut Entropy) -> String {
        let mut out = String::with_capacity(value.len());
        let mut at = 0;
        for word in words(value) {
            out.push_str(&value[at..word.start]);
            out.push_str(&self.swap_word(&value[word.clone()], entropy));
            at = word.end;
        }
        out.push_str(&value[at..]);
        out
    }

    fn swap_word(&mut self, word: &str, entropy: &mut Entropy) -> String {
        let lower = word.to_lowercase();
        let stays = word.chars().count() < 3 || lists::is_grammar(&lower);
        if stays {
            return word.to_owned();
        }
        let new = self
            .0
            .entry(lower.clone())
            .or_insert_with(|| draw_name(entropy));
        like(word, new)
    }

    /// Exchanges a town's whole name.
    fn swap_whole(&mut self, value: &str, entropy: &mut Entropy) -> String {
        let towns = lists::towns();
        let draw =
            |entropy: &mut Entropy| towns[entropy.below(towns.len() as u64) as usize].to_owned();
        let new = self
            .0
            .entry(value.to_lowercase())
            .or_insert_with(|| draw(entropy));
        let words = new.split(' ').map(|word| like(value, word));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// `new` with a capital where `old` has one.
pub(super) fn like(old: &str, new: &str) -> String {
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if old.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => new.to_owned(),
    }
}

/// Runs of letters, with inner apostrophes left out.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphabetic() {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

/// A name: frequent or rare, of a list or invented, or a word that is a name
/// too.
pub(super) fn draw_name(entropy: &mut Entropy) -> String {
    match entropy.below(12) {
        0..=2 => pick(lists::frequent_names(), entropy),
        3..=5 => pick(lists::names(), entropy),
        6..=7 => pick(lists::ambiguous_names(), entropy),
        _ => invented(entropy),
    }
}

/// Two or three syllables that no list need hold.
fn invented(entropy: &mut Entropy) -> String {
    const ONSETS: &[&str] = &[
        "b", "br", "ch", "d", "dh", "f", "g", "gr", "h", "j", "k", "kh", "kl", "l", "m", "n", "ng",
        "p", "ph", "q", "r", "s", "sh", "st", "sz", "t", "th", "tr", "v", "w", "x", "y", "z", "zh",
    ];
    const VOWELS: &[&str] = &[
        "a", "aa", "ai", "au", "e", "ei", "i", "ia", "ie", "o", "oo", "ou", "u", "ue", "y",
    ];
    const CODAS: &[&str] = &[
        "", "", "", "l", "m", "n", "ng", "r", "s", "t", "k", "nd", "sz", "v", "wa",
    ];
    let mut out = String::new();
    for _ in 0..2 + entropy.below(2) {
        for part in [ONSETS, VOWELS, CODAS] {
            out.push_str(part[entropy.below(part.len() as u64) as usize]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::corpus::tests::labelled;

    #[test]
    fn labels_keep_to_their_words() {
        let text = "Hi, this is Dr. Ottilie Ferrante, call José.";
        let read = labelled(
            text,
            &[(12, 32, "NAME", "", false), (39, 43, "NAME", "", false)],
        );
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let varied = vary(&read, &mut Entropy::from_u64(seed));
            assert_eq!(varied.labels.len(), 2);
            let value = |i: usize| &varied.text(0)[varied.labels[i].span.clone()];
            assert!(value(0).to_lowercase().starts_with("dr"));
            let around = varied.text(0).replace(value(0), "").to_lowercase();
            assert!(around.contains("this is") || varied.text(0).len() < text.len() * 2);
            seen.insert(value(1).to_owned());
        }
        assert!(seen.len() > 20);
    }

    #[test]
    fn names_stand_in_the_places_of_words_and_drugs_change() {
        let text = "the plumber fixed a leaky faucet while Ottilie took metformin";
        let read = labelled(text, &[(39, 46, "NAME", "", false)]);
        let texts: Vec<String> = (0..60)
            .map(|seed| {
                vary(&read, &mut Entropy::from_u64(seed))
                    .text(0)
                    .to_lowercase()
            })
            .collect();
        let lost = |word: &str| texts.iter().filter(|t| !t.contains(word)).count();
        assert!(lost("metformin") > 15);
        let changed = |t: &&String| !t.contains("plumber") || !t.contains("leaky faucet");
        assert!((1..30).contains(&texts.iter().filter(changed).count()));
        assert!(
            texts
                .iter()
                .all(|t| t.starts_with("the ") && t.contains(" took "))
        );
    }

    #[test]
    fn the_same_entropy_gives_the_same_copy() {
        let read = labelled("Ann is here", &[(0, 3, "NAME", "", false)]);
        let copy = |seed| vary(&read, &mut Entropy::from_u64(seed)).text(0).to_owned();
        assert_eq!(copy(3), copy(3));
        assert!((0..20).map(copy).any(|text| text != copy(3)));
    }
}
