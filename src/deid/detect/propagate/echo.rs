//! What one side says, the other side reads back: word for word, past
//! hesitations, though each word may be too common to be looked for anywhere.

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::word::{Key, words};
use crate::deid::{Finding, Strength};
use crate::domain::Role;

/// For how many turns what was said may be read back.
const IN_MIND: usize = 5;

/// Longest turn, in tokens, that reads back.
const LONGEST: usize = 64;

/// Most words that are kept in mind.
const MOST_WORDS: usize = 96;

/// Fewest words of a longer value that are no accident.
const FEWEST: usize = 3;

/// A word that was found.
#[derive(Debug, Clone, Copy)]
struct Heard {
    word: Key,
    /// Its finding.
    of: usize,
    /// The first word of its finding, and one past the last, in what is kept
    /// in mind.
    first: usize,
    end: usize,
    turn: usize,
}

/// Adds what is read back in `document` of the findings `out` to `out`.
pub(super) fn read_back(document: &Document<'_>, out: &mut Vec<Finding>) {
    let mut order: Vec<usize> = (0..out.len())
        .filter(|&i| out[i].strength >= Strength::Likely && !out[i].span.is_empty())
        .collect();
    order.sort_by_key(|&i| (out[i].turn, out[i].span.start, usize::MAX - out[i].span.end));
    let mut more = Vec::new();
    let mut next = 0;
    let mut mind: Vec<Heard> = Vec::new();
    for (at, turn) in document.turns.iter().enumerate() {
        mind.retain(|heard| heard.turn + IN_MIND >= at);
        renumber(&mut mind);
        if turn.tokens.len() <= LONGEST && !mind.is_empty() {
            repeats(document, at, &mind, |span, of| {
                more.push(Finding {
                    turn: at,
                    span,
                    detector: "propagate",
                    rule: "read-back",
                    strength: out[of].strength.min(Strength::Cued),
                    ..out[of].clone()
                });
            });
        }
        let mut covered = 0;
        while let Some(&i) = order.get(next).filter(|&&i| out[i].turn == at) {
            next += 1;
            if out[i].span.start >= covered && mind.len() < MOST_WORDS {
                covered = out[i].span.end;
                hear(turn, &out[i].span, i, at, &mut mind);
            }
        }
    }
    out.append(&mut more);
}

/// Keeps the words of `span` in mind.
fn hear(turn: &DocTurn<'_>, span: &Range<usize>, of: usize, at: usize, mind: &mut Vec<Heard>) {
    let first = mind.len();
    for i in turn.tokens_of(span).filter(|&i| !is_passed(turn, i)) {
        mind.push(Heard {
            word: turn.key(i),
            of,
            first,
            end: 0,
            turn: at,
        });
    }
    let end = mind.len();
    mind[first..].iter_mut().for_each(|heard| heard.end = end);
}

/// Sets where findings begin and end anew, after others were forgotten.
fn renumber(mind: &mut [Heard]) {
    let mut first = 0;
    while first < mind.len() {
        let of = mind[first].of;
        let end = first + mind[first..].iter().take_while(|h| h.of == of).count();
        for heard in &mut mind[first..end] {
            (heard.first, heard.end) = (first, end);
        }
        first = end;
    }
}

/// Marks, said or written, and hesitations, which part nothing.
fn is_passed(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.tokens[i].kind == TokenKind::Mark
        || turn.is_of(i, words!["dash", "hyphen", "uh", "um", "underscore"])
}

/// What turn `at` repeats of `mind`: bytes, and the finding.
fn repeats(
    document: &Document<'_>,
    at: usize,
    mind: &[Heard],
    mut found: impl FnMut(Range<usize>, usize),
) {
    let turn = &document.turns[at];
    // Some digits of a longer number are those of another by chance.
    let chance = |i: usize, m: &Match| {
        let joined = i > 0 && number(turn, i - 1) || number(turn, m.last + 1);
        m.words == FEWEST && joined && (i..=m.last).all(|k| is_passed(turn, k) || number(turn, k))
    };
    let bit = |word: Key| 1_u64 << word.slot(u64::BITS.ilog2());
    let heard = mind.iter().fold(0, |all, heard| all | bit(heard.word));
    let mut i = 0;
    while i < turn.tokens.len() {
        if heard & bit(turn.key(i)) == 0 {
            i += 1;
            continue;
        }
        let begins = |&k: &usize| {
            let role = document.turns[mind[k].turn].role;
            mind[k].word == turn.key(i) && (role != turn.role || role == Role::Other)
        };
        let longest = (0..mind.len())
            .filter(begins)
            .map(|k| matched(turn, i, mind, k))
            .filter(|m| m.is_telling(mind) && !chance(i, m))
            .max_by_key(|m| m.words);
        match longest.filter(|_| !is_passed(turn, i)) {
            Some(m) => {
                found(
                    turn.tokens[i].span.start..turn.tokens[m.last].span.end,
                    mind[m.from].of,
                );
                i = m.last + 1;
            }
            None => i += 1,
        }
    }
}

/// Words of a turn that repeat what is in mind from word `from` on.
struct Match {
    from: usize,
    words: usize,
    /// The last token of them.
    last: usize,
}

impl Match {
    /// Whether all of a value of several words is repeated, or enough of it.
    fn is_telling(&self, mind: &[Heard]) -> bool {
        let Heard { first, end, .. } = mind[self.from];
        let whole = self.from == first && self.from + self.words >= end;
        self.words >= FEWEST || whole && self.words >= 2
    }
}

/// How far the words of `turn` from token `i` on repeat those of `mind` from
/// word `k` on.
fn matched(turn: &DocTurn<'_>, i: usize, mind: &[Heard], k: usize) -> Match {
    let mut found = Match {
        from: k,
        words: 0,
        last: i,
    };
    for at in i..turn.tokens.len() {
        if is_passed(turn, at) {
            continue;
        }
        let next = mind.get(k + found.words);
        if next.is_none_or(|h| h.word != turn.key(at)) {
            break;
        }
        found.words += 1;
        found.last = at;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::dialogue;
    use crate::domain::Category;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    fn check(turns: &[(Role, &str)], value: &str, expected: &[&str]) {
        let raw = dialogue(turns);
        let document = Document::new(&raw);
        let start = turns[0].1.find(value).expect("said");
        let mut out = vec![Finding {
            turn: 0,
            span: start..start + value.len(),
            category: Category::Date,
            detector: "test",
            rule: "test",
            strength: Strength::Cued,
            confidence: 0.9,
        }];
        read_back(&document, &mut out);
        let found: Vec<_> = out[1..]
            .iter()
            .map(|f| &turns[f.turn].1[f.span.clone()])
            .collect();
        assert_eq!(found, expected, "{turns:?}");
    }

    #[test]
    fn values_are_read_back_word_for_word() {
        let said = (User, "it was may the tenth");
        let turns = [said, (Agent, "okay, may the uh tenth, got it")];
        check(&turns, "may the tenth", &["may the uh tenth"]);
        let turns = [said, (Agent, "sure"), (Agent, "so may the tenth")];
        check(&turns, "may the tenth", &["may the tenth"]);
        let turns = [(User, "a 4 k 9 9 2"), (Agent, "4 k 9 ...")];
        check(&turns, "a 4 k 9 9 2", &["4 k 9"]);
    }

    #[test]
    fn other_words_are_none_of_it() {
        let code = (User, "nine one four three");
        let turns = [code, (Agent, "your balance is one four three seven")];
        check(&turns, "nine one four three", &[]);
        let said = (User, "it was may the tenth");
        check(&[said, (Agent, "may i help")], "may the tenth", &[]);
        check(&[said, (Agent, "the tenth floor")], "may the tenth", &[]);
        check(&[said, (User, "may the tenth")], "may the tenth", &[]);
        check(&[(User, "on may"), (Agent, "may i help")], "may", &[]);
    }
}
