//! What every text that an expression matches must hold, told by the
//! expression itself: some digits, some length without a space, and one word
//! at least of some sets.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::held::{Held, LONGEST, Open};
use super::mixed::is_mixed;

/// Most words of a set; a longer list tells little.
const MOST_WORDS: usize = 128;

/// Shortest word that is worth looking for.
const SHORTEST: usize = 2;

/// Most sets that are kept of an expression.
const MOST_SETS: usize = 3;

/// What a text must hold to match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Need {
    /// Fewest ASCII digits.
    pub(super) digits: usize,
    /// Fewest bytes without white space between them.
    pub(super) run: usize,
    /// A letter beside a digit.
    pub(super) mixed: bool,
    /// Of each of these sets one word at least.
    pub(super) words: Vec<Vec<Held>>,
    /// Most bytes of a match; `None` where that is not bounded, or where it
    /// matters how the text ends.
    pub(super) longest: Option<usize>,
}

impl Need {
    /// What the matches of `pattern` have in common, whatever their case.
    pub(super) fn of(pattern: &str) -> Self {
        let hir = ParserBuilder::new().build().parse(pattern);
        let hir = hir.expect("a rule's expression is fixed and tested");
        let ends = [Look::End, Look::EndLF, Look::EndCRLF];
        let looks = hir.properties().look_set();
        let longest = hir.properties().maximum_len();
        let parts = Parts::of(&hir, Open::default());
        let (digits, run) = (parts.digits, parts.run.max(parts.solid.unwrap_or_default()));
        let sets = parts.into_sets().into_iter();
        let sought = sets.map(|set| set.into_iter().map(Held::sought).collect());
        let mut words: Vec<Vec<Held>> = sought
            .filter(|set: &Vec<Held>| set.iter().all(|word| word.seat().is_some()))
            .collect();
        words.sort_by_key(|set| (std::cmp::Reverse(shortest(set)), set.len()));
        let words = without_idle(words)
            .into_iter()
            .map(without_longer)
            .collect();
        Self {
            digits,
            run,
            mixed: is_mixed(&hir),
            words,
            longest: longest.filter(|_| !ends.iter().any(|look| looks.contains(*look))),
        }
    }
}

/// What a part of an expression tells.
#[derive(Debug, Default)]
struct Parts {
    /// All that it matches, if that is little; any white space is a space, and
    /// any digit a zero.
    exact: Option<Vec<Held>>,
    /// What each match begins with, and what it ends with, where `exact` tells
    /// nothing.
    ends: Option<(Vec<Held>, Vec<Held>)>,
    /// Sets of words of which each match holds one at least.
    sets: Vec<Vec<Held>>,
    digits: usize,
    /// Fewest bytes, where no white space is among what it matches.
    solid: Option<usize>,
    /// Fewest bytes without white space that a part of each match has.
    run: usize,
    /// What begins right after it, whatever it matches.
    open: Open,
}

impl Parts {
    /// What `hir` tells, where `open` begins.
    fn of(hir: &Hir, open: Open) -> Self {
        match hir.kind() {
            HirKind::Look(Look::WordAscii | Look::Start | Look::End) => {
                Self::exactly(vec![Held::EDGE], open)
            }
            HirKind::Empty | HirKind::Look(_) => Self::exactly(vec![Held::default()], open),
            HirKind::Literal(literal) => {
                let text = String::from_utf8_lossy(&literal.0).to_lowercase();
                let text = text.replace(|c: char| c.is_ascii_digit(), "0");
                Self::exactly(vec![Held::anywhere(text)], open)
            }
            HirKind::Class(class) => Self::of_class(class, open),
            HirKind::Repetition(repeated) => {
                let mut within = open;
                if repeated.max != Some(1) {
                    within = open.and(Self::of(&repeated.sub, open).open);
                }
                let part = Self::of(&repeated.sub, within);
                Self::repeated(part, repeated.min as usize, repeated.max, open)
            }
            HirKind::Capture(capture) => Self::of(&capture.sub, open),
            HirKind::Concat(parts) => Self::of_sequence(parts, open),
            HirKind::Alternation(parts) => Self::of_choice(parts, open),
        }
    }

    /// What `words` tell, of which each match is one, where `open` begins.
    fn exactly(words: Vec<Held>, open: Open) -> Self {
        let words: Vec<Held> = words.into_iter().map(|word| word.begun(open)).collect();
        let after = words.iter().map(|word| word.open(open)).reduce(Open::and);
        let digits = |word: &Held| word.text.bytes().filter(u8::is_ascii_digit).count();
        let spaced = words.iter().any(|w| w.text.contains(' '));
        let run = |word: &Held| word.text.split(' ').map(str::len).max().unwrap_or_default();
        let bytes = words.iter().map(|w| w.text.len()).min();
        Self {
            digits: words.iter().map(digits).min().unwrap_or_default(),
            run: words.iter().map(run).min().unwrap_or_default(),
            solid: bytes.filter(|_| !spaced),
            open: after.unwrap_or_default(),
            exact: Some(words),
            ..Self::default()
        }
    }

    fn of_class(class: &Class, open: Open) -> Self {
        const FEW: usize = 4;
        let mut chars = Vec::new();
        let mut digits = 1;
        let mut spaced = false;
        let Class::Unicode(class) = class else {
            return Self::default();
        };
        for range in class.ranges() {
            if !range.start().is_ascii_digit() || !range.end().is_ascii_digit() {
                digits = 0;
            }
            let range = range.start()..=range.end();
            spaced |= range.contains(&' ');
            chars.extend(range.filter(|c| !c.is_whitespace()).take(FEW + 1));
        }
        chars.extend(spaced.then_some(' '));
        if digits == 1 {
            chars = vec!['0'];
        }
        let few = chars.len() <= FEW;
        let word = |c: &char| Held::anywhere(c.to_lowercase().collect());
        let exact = few.then(|| Self::exactly(chars.iter().map(word).collect(), open));
        Self {
            digits,
            solid: (!spaced).then_some(1),
            ..exact.unwrap_or_default()
        }
    }

    /// `part`, so often, where `open` begins.
    fn repeated(part: Self, least: usize, most: Option<u32>, open: Open) -> Self {
        if (least, most) == (1, Some(1)) {
            return part;
        }
        if least == 0 {
            let exact = part.exact.filter(|_| most == Some(1)).map(|mut words| {
                words.push(Held::default());
                words
            });
            return Self {
                exact,
                solid: part.solid.map(|_| 0),
                open: open.and(part.open),
                ..Self::default()
            };
        }
        if let Some(words) = &part.exact
            && most.is_some_and(|most| most as usize == least)
            && let Some(exact) = times(words, least)
        {
            return Self::exactly(exact, open);
        }
        let begin = part.exact.as_ref().and_then(|words| times(words, least));
        let begin = begin.map(|set| set.into_iter().map(|word| word.begun(open)).collect());
        let ends = part.ends();
        let (digits, run) = (part.digits * least, part.run);
        let solid = part.solid.map(|bytes| bytes * least);
        let open = part.open;
        let mut sets = part.into_sets();
        sets.extend(begin.filter(|set: &Vec<Held>| is_telling(set)));
        Self {
            exact: None,
            ends,
            digits,
            solid,
            run,
            sets,
            open,
        }
    }

    /// What each match begins with, and what it ends with.
    fn ends(&self) -> Option<(Vec<Held>, Vec<Held>)> {
        let exact = self.exact.clone().map(|words| (words.clone(), words));
        exact.or_else(|| self.ends.clone())
    }

    fn of_sequence(parts: &[Hir], mut open: Open) -> Self {
        let nothing = |open| vec![Held::default().begun(open)];
        let mut whole = Self::exactly(nothing(open), open);
        let mut held = nothing(open);
        let mut latest: Vec<Held> = Vec::new();
        let mut begin = None;
        let mut solid = 0;
        for part in parts {
            let part = Self::of(part, open);
            open = part.open;
            whole.digits += part.digits;
            whole.run = whole.run.max(part.run);
            match part.solid {
                Some(bytes) => solid += bytes,
                None => {
                    whole.run = whole.run.max(solid);
                    whole.solid = None;
                    solid = 0;
                }
            }
            if let Some(longer) = part.exact.as_ref().and_then(|next| joined(&held, next)) {
                held = longer;
                latest = part.exact.filter(|set| is_telling(set)).unwrap_or(latest);
                continue;
            }
            whole.exact = None;
            let ends = part.ends();
            let (first, last) = ends.unwrap_or_else(|| (nothing(Open::default()), nothing(open)));
            let closed = joined(&held, &first).unwrap_or(held);
            begin.get_or_insert_with(|| closed.clone());
            // What is cut off a long word may be what tells most.
            whole
                .sets
                .extend(is_long(&closed).then(|| std::mem::take(&mut latest)));
            whole.sets.push(closed);
            whole.sets.extend(part.sets);
            held = last;
        }
        whole.open = open;
        match whole.exact {
            Some(_) => whole.exact = Some(held),
            None => {
                whole.ends = begin.map(|begin| (begin, held.clone()));
                whole.sets.extend(is_long(&held).then_some(latest));
                whole.sets.push(held);
            }
        }
        whole.sets.retain(|set| is_telling(set));
        whole.run = whole.run.max(solid);
        whole.solid = whole.solid.map(|_| solid);
        whole
    }

    fn of_choice(parts: &[Hir], before: Open) -> Self {
        let parts: Vec<Self> = parts.iter().map(|part| Self::of(part, before)).collect();
        let least = |of: fn(&Self) -> usize| parts.iter().map(of).min().unwrap_or_default();
        let digits = least(|p| p.digits);
        let run = least(|p| p.run.max(p.solid.unwrap_or_default()));
        let solid = parts.iter().map(|p| p.solid).min().flatten();
        let exact: Option<Vec<Vec<Held>>> = parts.iter().map(|p| p.exact.clone()).collect();
        if let Some(exact) = exact.map(|words| words.concat())
            && exact.len() <= MOST_WORDS
        {
            return Self::exactly(exact, before);
        }
        let open = parts
            .iter()
            .map(|part| part.open)
            .reduce(Open::and)
            .unwrap_or_default();
        let ends: Option<Vec<_>> = parts.iter().map(Self::ends).collect();
        let ends = ends.map(|ends| {
            let (begins, ends): (Vec<_>, Vec<_>) = ends.into_iter().unzip();
            (begins.concat(), ends.concat())
        });
        let best = |part: Self| part.into_sets().into_iter().max_by_key(|set| shortest(set));
        let sets: Option<Vec<Vec<Held>>> = parts.into_iter().map(best).collect();
        let set = sets.map(|sets| sets.concat());
        Self {
            exact: None,
            ends,
            sets: set.into_iter().filter(|set| is_telling(set)).collect(),
            digits,
            solid,
            run,
            open,
        }
    }

    /// The sets of words that tell something.
    fn into_sets(self) -> Vec<Vec<Held>> {
        let mut sets = self.sets;
        sets.extend(self.exact.into_iter().filter(|set| is_telling(set)));
        sets
    }
}

/// Every word of `first` before every word of `next`, if they are few.
fn joined(first: &[Held], next: &[Held]) -> Option<Vec<Held>> {
    let pairs = first.iter().flat_map(|a| next.iter().map(move |b| (a, b)));
    (first.len() * next.len() <= MOST_WORDS).then(|| pairs.map(|(a, b)| a.then(b)).collect())
}

/// Every one of `words` as often as `count`, if they are few and short.
fn times(words: &[Held], count: usize) -> Option<Vec<Held>> {
    let nothing = vec![Held::default()];
    let all =
        (count <= LONGEST).then(|| (0..count).try_fold(nothing, |all, _| joined(&all, words)));
    all.flatten()
}

/// The first few of `sets`, the most telling first, without those that a text
/// which has a word of one before is sure or likely to have a word of.
fn without_idle(sets: Vec<Vec<Held>>) -> Vec<Vec<Held>> {
    /// Bytes of words that are rare, and of words that may be anywhere.
    const RARE: usize = 6;
    const BRIEF: usize = 4;
    let mut kept: Vec<Vec<Held>> = Vec::new();
    for set in sets {
        let held = |word: &Held| set.iter().any(|part| word.implies(part));
        let implied = kept.iter().any(|before| before.iter().all(held));
        let rare = kept.iter().any(|before| shortest(before) >= RARE);
        let idle = implied || rare && shortest(&set) <= BRIEF;
        if !idle {
            kept.push(set);
        }
    }
    kept.truncate(MOST_SETS);
    kept
}

/// The `words` without those that hold another of them.
fn without_longer(mut words: Vec<Held>) -> Vec<Held> {
    words.sort_by_key(|word| (word.text.len(), word.begins, word.ends));
    let mut kept: Vec<Held> = Vec::new();
    for word in words {
        if !kept.iter().any(|shorter| word.implies(shorter)) {
            kept.push(word);
        }
    }
    kept
}

/// Whether a word of `set` is longer than what is looked for.
fn is_long(set: &[Held]) -> bool {
    set.iter().any(|word| word.text.len() > LONGEST)
}

fn shortest(set: &[Held]) -> usize {
    set.iter().map(Held::weight).min().unwrap_or_default()
}

/// Whether `set` is worth looking for: a letter by itself is everywhere.
fn is_telling(set: &[Held]) -> bool {
    let mark = |word: &Held| word.text.bytes().any(|b| b.is_ascii_punctuation());
    let rare = |word: &Held| word.text.len() >= SHORTEST || mark(word);
    !set.is_empty() && set.len() <= MOST_WORDS && set.iter().all(rare)
}

#[cfg(test)]
mod tests {
    use super::super::words::expand;
    use super::*;

    #[track_caller]
    fn check(pattern: &str, digits: usize, words: &[&[&str]]) {
        let need = Need::of(&expand(pattern));
        assert_eq!(
            (need.digits, shown(need.words)),
            (digits, owned(words)),
            "{pattern}"
        );
    }

    /// Each word, with `|` at its edges.
    fn shown(sets: Vec<Vec<Held>>) -> Vec<Vec<String>> {
        let mark = |edge: bool| if edge { "|" } else { "" };
        let shown = |w: Held| format!("{}{}{}", mark(w.begins), w.text, mark(w.ends));
        let sets = sets.into_iter();
        sets.map(|set| set.into_iter().map(shown).collect())
            .collect()
    }

    fn owned(sets: &[&[&str]]) -> Vec<Vec<String>> {
        let set = |set: &&[&str]| set.iter().map(|w| (*w).to_owned()).collect();
        sets.iter().map(set).collect()
    }

    #[test]
    fn a_run_is_as_long_as_what_no_space_parts() {
        for (pattern, expected) in [
            (r"[a-z0-9]{17}", 17),
            (
                r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}",
                9,
            ),
            (r"ab\s[^\s]{3,}c?", 3),
            (r"[^a]{9}", 0),
            (r"a[\s-]?bc", 2),
        ] {
            assert_eq!(Need::of(pattern).run, expected, "{pattern}");
        }
    }

    #[test]
    fn digits_are_counted_at_least() {
        check(r"[0-9]{3}-?[0-9]{4}", 7, &[&["0000000", "000-0000"]]);
        check(r"(?:\+1)?[0-9]|[0-9]{2}", 1, &[]);
        check(r"(?:18|19)[0-9]{2}", 4, &[&["0000"]]);
        check(r"[0-9a-f]{4}[0-9]*", 0, &[]);
    }

    #[test]
    fn words_are_those_that_no_match_lacks() {
        check(
            r"\b(?:on|by)\sthe\s(first|tenth)\b",
            0,
            &[&["|on the f", "|on the t", "|by the f", "|by the t"]],
        );
        check(r"[a-z]+,?[\s-](?:of|in)\s[0-9]", 1, &[&["|of 0", "|in 0"]]);
        check(r"\bj(?:an|une)\b\.?", 0, &[&["|jan|", "|june|"]]);
        check(
            r"[0-9]\s?(?:um,?\s){0,2}(?:am|pm)\b",
            1,
            &[&["|am|", "|pm|"]],
        );
        check(r"(?:street)?\s[a-z]{1,9}", 0, &[]);
        check(
            r"\b(?:(?:dot|point)\s){1,3}x",
            0,
            &[&["|dot x", "|point x"]],
        );
        // Beside a rare word a common one tells nothing.
        check(r"\s(?:on|at)[a-z]*\sninetieth", 0, &[&["|ninetiet"]]);
        check(
            r"(?:\bx{3,5}|[*•]{2})[0-9]?",
            0,
            &[&["**", "|xxx", "*•", "•*", "••"]],
        );
        check(
            r"\bat\s+[0-9]{1,3}(?:st|nd)\b",
            1,
            &[&["|at "], &["0st|", "0nd|"]],
        );
        check(r"a[a-z]*|street", 0, &[]);
    }
}
