//! What a finding goes on with: a further name (`person`), the kind of place or
//! firm (`place`), the numbers of an address, a handle or a code (`number`).

mod day;
mod door;
mod number;
mod person;
mod place;

use std::ops::Range;

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::word::words;
use crate::deid::{Finding, Strength};
use crate::domain::Category;

use super::spoken;
use crate::deid::detect::measures::charts;

/// For how many turns a handle or a firm of two names is remembered.
const IN_MIND: usize = 6;

/// Adds to `out` those of its findings from `from` on that go on beyond what
/// was found of them, as a whole.
pub(super) fn go_on(
    lexicon: &Lexicon,
    document: &Document<'_>,
    from: usize,
    out: &mut Vec<Finding>,
) {
    let said = Said::of(document, out);
    let covered = Covered::by(out);
    let mut more = Vec::new();
    for finding in out[from..]
        .iter()
        .filter(|f| f.strength >= Strength::Likely)
    {
        let turn = &document.turns[finding.turn];
        let tokens = turn.tokens_of(&finding.span);
        let beside = Beside {
            turn,
            lexicon,
            whole: tokens
                .end
                .checked_sub(1)
                .is_some_and(|last| turn.tokens[last].span.end == finding.span.end),
            tokens: tokens.clone(),
        };
        if tokens.is_empty() {
            continue;
        }
        let mut grow = |grown: Range<usize>| {
            let news = |i: usize| {
                !tokens.contains(&i) && !covered.holds(finding.turn, &turn.tokens[i].span)
            };
            if grown.clone().any(news) {
                more.push(Finding {
                    span: turn.tokens[grown.start].span.start..turn.tokens[grown.end - 1].span.end,
                    detector: "propagate",
                    rule: "goes-on",
                    strength: finding.strength.min(Strength::Cued),
                    ..finding.clone()
                });
            }
        };
        if finding.category == Category::Date {
            beside.days().into_iter().flatten().for_each(&mut grow);
            beside.article().into_iter().for_each(&mut grow);
            beside.short_year().into_iter().for_each(&mut grow);
        }
        if finding.category == Category::Address {
            beside.doors().into_iter().flatten().for_each(&mut grow);
        }
        let grown = beside.grown(finding, &said);
        grown.into_iter().for_each(grow);
    }
    out.append(&mut more);
}

/// What findings cover: turn, first byte and end, in order and apart.
struct Covered(Vec<(usize, usize, usize)>);

impl Covered {
    fn by(findings: &[Finding]) -> Self {
        let mut places: Vec<_> = findings
            .iter()
            .map(|f| (f.turn, f.span.start, f.span.end))
            .collect();
        places.sort_unstable();
        places.dedup_by(|next, last| {
            let hangs = next.0 == last.0 && next.1 <= last.2;
            last.2 = if hangs { last.2.max(next.2) } else { last.2 };
            hangs
        });
        Self(places)
    }

    /// Whether all of `span` in turn `turn` is covered.
    fn holds(&self, turn: usize, span: &Range<usize>) -> bool {
        let after = self
            .0
            .partition_point(|(t, start, _)| (*t, *start) <= (turn, span.start));
        let before = after.checked_sub(1).map(|i| self.0[i]);
        before.is_some_and(|(t, _, end)| t == turn && span.end <= end)
    }
}

/// In which turns handles, and firms of two names, are said; in order.
struct Said {
    handles: Vec<usize>,
    firms: Vec<usize>,
}

impl Said {
    fn of(document: &Document<'_>, findings: &[Finding]) -> Self {
        let turns = |is: &dyn Fn(&Finding) -> bool| {
            let mut turns: Vec<usize> = findings.iter().filter(|f| is(f)).map(|f| f.turn).collect();
            turns.sort_unstable();
            turns
        };
        let text = |f: &Finding| &document.turns[f.turn].text[f.span.clone()];
        Self {
            handles: turns(&|f| f.category == Category::Username),
            firms: turns(&|f| f.category == Category::Organization && text(f).contains(" and ")),
        }
    }

    fn handle(&self, turn: usize) -> bool {
        is_recent(&self.handles, turn)
    }

    fn firm(&self, turn: usize) -> bool {
        is_recent(&self.firms, turn)
    }
}

/// Whether one of `turns` is `turn` or one of the few before it.
fn is_recent(turns: &[usize], turn: usize) -> bool {
    let after = turns.partition_point(|t| *t <= turn);
    after > 0 && turns[after - 1] + IN_MIND >= turn
}

/// What stands beside a finding.
struct Beside<'a> {
    turn: &'a DocTurn<'a>,
    lexicon: &'a Lexicon,
    /// The finding's tokens.
    tokens: Range<usize>,
    /// Whether it ends with the last of them, and not before a `'s`.
    whole: bool,
}

impl Beside<'_> {
    /// What `finding`, whose tokens these are, goes on to as a whole.
    fn grown(&self, finding: &Finding, said: &Said) -> Option<Range<usize>> {
        // What was measured is told next: `mrn 4471902 [a1c] 10.8`.
        if finding.category != Category::Person && charts(self.turn, self.tokens.end) {
            return None;
        }
        let is_firm = || said.firm(finding.turn) || self.is_worked_for();
        match finding.category {
            _ if self.goes_on_in_digits() => Some(self.solid(self.tokens.clone())),
            Category::Person => self
                .person()
                .or_else(|| self.numbers().filter(|_| said.handle(finding.turn)))
                .or_else(|| self.facility())
                .or_else(|| self.firm().filter(|_| is_firm())),
            Category::Username => self.numbers().or_else(|| self.led_by(words!["at"])),
            Category::Url => self.led_by(words!["slash", "dot"]),
            Category::City | Category::Facility => self
                .place()
                .or_else(|| self.business())
                .or_else(|| self.firm().filter(|_| self.is_worked_for())),
            Category::Organization => self
                .business()
                .or_else(|| self.firm().filter(|_| is_firm())),
            Category::Address => self.address(),
            Category::Email => self.email().or_else(|| self.led_by(words!["at"])),
            Category::Account
            | Category::Biometric
            | Category::HealthPlan
            | Category::MedicalRecord
            | Category::OtherId => {
                let code = self.solid(spoken::code(self.turn, &self.tokens));
                Some(self.ending(self.letters(code)))
            }
            Category::Device => {
                let code = self.hex(self.solid(spoken::code(self.turn, &self.tokens)));
                Some(self.letters(code))
            }
            Category::Fax
            | Category::Geocode
            | Category::Ip
            | Category::License
            | Category::Phone
            | Category::Secret
            | Category::Ssn
            | Category::Zip => Some(self.solid(spoken::code(self.turn, &self.tokens))),
            Category::Vehicle => {
                Some(self.letters(self.solid(spoken::code(self.turn, &self.tokens))))
            }
            _ => None,
        }
    }

    fn word(&self, i: usize) -> &str {
        if i < self.turn.tokens.len() {
            self.turn.word(i)
        } else {
            ""
        }
    }

    fn classes(&self, i: usize) -> Classes {
        self.lexicon.get(&self.word(i).to_lowercase())
    }

    /// Whether token `i` is a word that a space parts from the one before it.
    fn is_apart(&self, i: usize) -> bool {
        let tokens = &self.turn.tokens;
        self.is_beside(i) && tokens[i].kind == TokenKind::Word
    }

    /// Whether token `i` stands a space after the one before it.
    fn is_beside(&self, i: usize) -> bool {
        let tokens = &self.turn.tokens;
        i > 0
            && i < tokens.len()
            && &self.turn.text[tokens[i - 1].span.end..tokens[i].span.start] == " "
    }

    /// Whether a hyphen and digits hang on it: `case c[-4410]`.
    fn goes_on_in_digits(&self) -> bool {
        let tokens = &self.turn.tokens;
        let end = self.tokens.end;
        self.turn.is_joined(end)
            && self.turn.is_joined(end + 1)
            && self.word(end) == "-"
            && tokens[end + 1].kind == TokenKind::Number
    }

    /// Whether a phrase ends before token `i`.
    fn ends(&self, i: usize) -> bool {
        i >= self.turn.tokens.len()
            || self.turn.tokens[i].kind == TokenKind::Mark && !self.turn.is_of(i, words!["-", "'"])
            || self.turn.is_of(i, words!["comma"])
    }

    /// Whether a name may end before token `i`.
    fn is_closed(&self, i: usize) -> bool {
        self.ends(i) || self.classes(i).any(Classes::STOP)
    }
}

#[cfg(test)]
mod tests;
