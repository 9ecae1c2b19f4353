//! Slips: ordinary words misspelled or written as one, which are no names.

use std::sync::LazyLock;

use super::words::{Info, class};
use super::{lists, vocabulary};

/// Whether `word` is an ordinary word of four letters or more with one letter
/// missing, added, changed, or two exchanged.
pub(super) fn is_misspelled(word: &str) -> bool {
    let Some(first) = word.bytes().next() else {
        return false;
    };
    let lengths = word.len().saturating_sub(1).max(4)..=word.len() + 1;
    let near = |other: &&str| is_one_edit(word.as_bytes(), other.as_bytes());
    lengths
        .into_iter()
        .any(|n| BY_SHAPE.of(first, n).iter().any(near))
        || has_exchanged_letters(word)
        || lacks_a_letter(word)
}

/// `deliverd`, `diffrent`: whether `word` of seven letters or more is any English one
/// without one of its vowels, or with a letter doubled.
fn lacks_a_letter(word: &str) -> bool {
    const LEAST: usize = 7;
    if word.len() < LEAST || !word.is_ascii() {
        return false;
    }
    let english = |word: &str| super::super::language::is_english(word);
    let mut letters = String::with_capacity(word.len() + 1);
    (2..word.len()).any(|i| {
        let (first, rest) = word.split_at(i);
        let lost = ["e", "i", "o", "a", "u"].iter().any(|vowel| {
            letters.clear();
            letters.extend([first, vowel, rest]);
            english(&letters)
        });
        let doubled = first.as_bytes().last() == rest.as_bytes().first();
        lost || doubled && {
            letters.clear();
            letters.extend([first, &rest[1..]]);
            english(&letters)
        } || lacks_a_double(first, rest, &mut letters)
    })
}

/// `roomate`: whether a word is English once the letter that ends `first` is doubled.
fn lacks_a_double(first: &str, rest: &str, letters: &mut String) -> bool {
    let last = &first[first.len() - 1..];
    letters.clear();
    letters.extend([first, last, rest]);
    super::super::language::is_english(letters)
}

/// Whether `word` of six letters or more is any English one with two letters
/// exchanged.
fn has_exchanged_letters(word: &str) -> bool {
    const LEAST: usize = 6;
    let mut letters = word.as_bytes().to_vec();
    (1..letters.len()).any(|i| {
        letters.swap(i - 1, i);
        let english = word.len() >= LEAST
            && std::str::from_utf8(&letters).is_ok_and(super::super::language::is_english);
        letters.swap(i - 1, i);
        english
    })
}

/// The ordinary words of four letters or more by first letter and length.
struct ByShape {
    words: Vec<&'static str>,
    /// Where in `words` those of each shape begin, and where the last ends.
    starts: Vec<usize>,
}

/// Words of this many letters and more are of one shape.
const LONGEST: usize = 16;

static BY_SHAPE: LazyLock<ByShape> = LazyLock::new(|| {
    let all = lists::ORDINARY.iter().flat_map(|l| l.split_whitespace());
    let answers = [lists::SMALL, lists::CUES, lists::UNITS]
        .into_iter()
        .flatten();
    let all = all.chain(answers.flat_map(|l| l.split_whitespace()));
    let all = all.chain(vocabulary::everyday());
    let mut words: Vec<&str> = all.filter(|word| word.len() > 3).collect();
    let shape = |word: &&str| ByShape::shape(word.as_bytes()[0], word.len());
    words.sort_by_key(shape);
    let starts = (0..=256 * (LONGEST + 1)).map(|n| words.partition_point(|w| shape(w) < n));
    ByShape {
        starts: starts.collect(),
        words,
    }
});

impl ByShape {
    fn shape(first: u8, letters: usize) -> usize {
        usize::from(first) * (LONGEST + 1) + letters.min(LONGEST)
    }

    fn of(&self, first: u8, letters: usize) -> &[&'static str] {
        let shape = Self::shape(first, letters);
        &self.words[self.starts[shape]..self.starts[shape + 1]]
    }
}

/// Whether `word` is two ordinary words written as one, of which one is what
/// people say around an answer: `finethank`, `sirthat`.
pub(super) fn is_run_together(word: &str) -> bool {
    (2..word.len().saturating_sub(2)).any(|at| {
        let Some((first, second)) = word.split_at_checked(at) else {
            return false;
        };
        let (first, second) = (Info::of(first), Info::of(second));
        let ordinary = class::ORDINARY | class::SMALL;
        first.is(ordinary) && second.is(ordinary) && first.and(second).is(class::SMALL)
    })
}

/// Whether `word` is an English one behind a syllable of derivation: `recertify`.
pub(super) fn is_derived(word: &str) -> bool {
    const LEAST: usize = 5;
    let syllables = ["re", "un", "pre", "non", "mis", "over", "under", "out"];
    syllables.iter().any(|syllable| {
        let rest = word.strip_prefix(syllable);
        rest.is_some_and(|rest| rest.len() >= LEAST && super::super::language::is_english(rest))
    })
}

fn is_one_edit(a: &[u8], b: &[u8]) -> bool {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let rest = |a: &[u8], b: &[u8]| a.len() < 2 || b.len() < 2 || a[2..] == b[2..];
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => b.len() == a.len() + 1 && b[1..] == *a,
        std::cmp::Ordering::Greater => a.len() == b.len() + 1 && a[1..] == *b,
        std::cmp::Ordering::Equal => {
            a.len() < 2 || a[1..] == b[1..] || a[0] == b[1] && a[1] == b[0] && rest(a, b)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_ordinary_words_are_known() {
        for word in [
            "mornig",
            "mmorning",
            "mroning",
            "morninh",
            "thnak",
            "informationn",
        ] {
            assert!(is_misspelled(word), "{word}");
        }
        for word in ["", "oyelaran", "xq", "kowalski"] {
            assert!(!is_misspelled(word), "{word}");
        }
    }

    #[test]
    fn words_that_run_together_are_known() {
        for word in ["finethank", "okaythanks", "sirthat"] {
            assert!(is_run_together(word), "{word}");
        }
        for word in ["newman", "thank", "okaychandra", "yesenia", "né"] {
            assert!(!is_run_together(word), "{word}");
        }
    }
}
