//! Which topics a tenant claims, and whether two claims can meet.
//!
//! Patterns are read as the broker client reads them: POSIX extended, matched
//! anywhere unless anchored. Only syntax that means the same to both is
//! accepted, so that two patterns can be compared exactly: a search through
//! both automata at once for a topic name that both accept.

use std::collections::BTreeSet;

use regex_automata::nfa::thompson::{Config, NFA, State, WhichCaptures};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;

/// More pairs than any honest pattern needs; beyond it two claims count as
/// overlapping.
const MAX_PAIRS: usize = 200_000;
const MAX_NAME: usize = 249;
const INTERNAL: [&str; 2] = ["__consumer_offsets", "__transaction_state"];

/// What is wrong with a topic, and the remedy.
pub(super) type Refusal = (&'static str, &'static str);

/// The topics of one entry: a name or a pattern.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    nfa: NFA,
    exact: Option<String>,
    /// What every topic of it begins with.
    prefix: String,
}

impl Claim {
    /// Reads an exact name, or a pattern that begins with `^`.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let claim = if text.starts_with('^') {
            pattern(text)?
        } else {
            exact(text)?
        };
        let internal = INTERNAL.iter().filter_map(|name| exact(name).ok());
        for own in internal {
            if claim.overlaps(&own) {
                return Err((
                    "takes in topics of Kafka itself",
                    "begin the pattern with what only this tenant's topics begin with",
                ));
            }
        }
        Ok(claim)
    }

    /// Whether it is a pattern.
    pub(super) const fn is_pattern(&self) -> bool {
        self.exact.is_none()
    }

    /// Whether some topic name belongs to both. Exact, except that a pair of
    /// patterns too large to search counts as overlapping.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        match (&self.exact, &other.exact) {
            (Some(a), Some(b)) => a == b,
            _ => {
                let (a, b) = (&self.prefix, &other.prefix);
                (a.starts_with(b) || b.starts_with(a)) && meet(&self.nfa, &other.nfa)
            }
        }
    }
}

fn exact(text: &str) -> Result<Claim, Refusal> {
    let good = !text.is_empty()
        && text.len() <= MAX_NAME
        && !matches!(text, "." | "..")
        && text.bytes().all(is_topic_byte);
    if !good {
        return Err((
            "is not a topic's name",
            "write 1 to 249 of letters, digits, `.`, `_` and `-`, or a pattern that begins with `^`",
        ));
    }
    let nfa = compile(&format!("^{}$", regex::escape(text)))?;
    Ok(Claim {
        nfa,
        exact: Some(text.to_owned()),
        prefix: text.to_owned(),
    })
}

fn pattern(text: &str) -> Result<Claim, Refusal> {
    let odd = text.len() > MAX_NAME
        || text.contains("(?")
        || !text
            .bytes()
            .all(|b| is_topic_byte(b) || br"^$[](){}*+?|\,".contains(&b))
        || has_escaped_letter(text);
    if odd {
        return Err((
            "is a pattern with syntax that is not supported",
            r"use letters, digits, `.`, `\.`, `[…]`, `(…)`, `|`, `*`, `+`, `?`, `{n,m}`, `^` and `$`",
        ));
    }
    let nfa = compile(text)?;
    Ok(Claim {
        nfa,
        exact: None,
        prefix: literal_prefix(text),
    })
}

/// The characters after `^` that stand for themselves, once each; none where
/// there are alternatives. It spares comparing patterns that cannot meet.
fn literal_prefix(pattern: &str) -> String {
    let mut prefix = String::new();
    let mut rest = pattern.chars().skip(1).peekable();
    while let Some(c) = rest.next() {
        let literal = match c {
            '\\' => rest.next(),
            '.' => None,
            _ => is_topic_byte(c as u8).then_some(c),
        };
        let repeated = rest.peek().is_some_and(|next| "*+?{".contains(*next));
        match literal {
            Some(literal) if !repeated && !pattern.contains('|') => prefix.push(literal),
            _ => break,
        }
    }
    prefix
}

fn has_escaped_letter(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.next().is_none_or(|b| b.is_ascii_alphanumeric()) {
            return true;
        }
    }
    false
}

fn compile(text: &str) -> Result<NFA, Refusal> {
    NFA::compiler()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(
            Config::new()
                .utf8(false)
                .which_captures(WhichCaptures::None)
                .nfa_size_limit(Some(1 << 18)),
        )
        .build(text)
        .map_err(|_| {
            (
                "is not a pattern, or too large a one",
                "check its brackets and counts",
            )
        })
}

const fn is_topic_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// Where one automaton is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    /// In a state, with more of the name to come.
    State(StateID),
    /// In a state behind `$`: nothing more may come.
    Ended(StateID),
    /// Past a match: anything may come.
    Matched,
}

type Pair = (At, At, bool);

fn meet(a: &NFA, b: &NFA) -> bool {
    let start = (
        At::State(a.start_unanchored()),
        At::State(b.start_unanchored()),
        true,
    );
    let mut seen = BTreeSet::from([start]);
    let mut todo = vec![start];
    while let Some(pair) = todo.pop() {
        if accepts(a, pair.0) && accepts(b, pair.1) || seen.len() > MAX_PAIRS {
            return true;
        }
        for next in successors(a, b, pair) {
            if seen.insert(next) {
                todo.push(next);
            }
        }
    }
    false
}

fn accepts(nfa: &NFA, at: At) -> bool {
    match at {
        At::Matched => true,
        At::Ended(id) => matches!(nfa.state(id), State::Match { .. }),
        At::State(_) => false,
    }
}

fn successors(a: &NFA, b: &NFA, (at_a, at_b, first): Pair) -> Vec<Pair> {
    let mut next: Vec<Pair> = Vec::new();
    next.extend(
        free_moves(a, at_a, first)
            .into_iter()
            .map(|to| (to, at_b, first)),
    );
    next.extend(
        free_moves(b, at_b, first)
            .into_iter()
            .map(|to| (at_a, to, first)),
    );
    for byte in (0..=127).filter(|b| is_topic_byte(*b)) {
        if let (Some(to_a), Some(to_b)) = (on_byte(a, at_a, byte), on_byte(b, at_b, byte)) {
            next.push((to_a, to_b, false));
        }
    }
    next
}

/// Where an automaton may go without reading; `first` while nothing was read.
fn free_moves(nfa: &NFA, at: At, first: bool) -> Vec<At> {
    let (id, same): (StateID, fn(StateID) -> At) = match at {
        At::State(id) => (id, At::State),
        At::Ended(id) => (id, At::Ended),
        At::Matched => return Vec::new(),
    };
    match nfa.state(id) {
        State::Look {
            look: Look::Start, ..
        } if !first => Vec::new(),
        State::Look {
            look: Look::End,
            next,
        } => vec![At::Ended(*next)],
        State::Look { next, .. } | State::Capture { next, .. } => vec![same(*next)],
        State::Union { alternates } => alternates.iter().map(|to| same(*to)).collect(),
        State::BinaryUnion { alt1, alt2 } => vec![same(*alt1), same(*alt2)],
        State::Match { .. } if same(id) == At::State(id) => vec![At::Matched],
        _ => Vec::new(),
    }
}

fn on_byte(nfa: &NFA, at: At, byte: u8) -> Option<At> {
    match at {
        At::Matched => Some(At::Matched),
        At::Ended(_) => None,
        At::State(id) => match nfa.state(id) {
            State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
            State::Sparse(sparse) => sparse.matches_byte(byte),
            State::Dense(dense) => dense.matches_byte(byte),
            _ => None,
        }
        .map(At::State),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_overlap(a: &str, b: &str, overlap: bool) {
        let (ca, cb) = (Claim::parse(a).expect(a), Claim::parse(b).expect(b));
        assert_eq!(ca.overlaps(&cb), overlap, "{a} and {b}");
        assert_eq!(cb.overlaps(&ca), overlap, "{b} and {a}");
    }

    #[test]
    fn overlaps_are_exact() {
        check_overlap("calls", "calls", true);
        check_overlap("calls", "calls2", false);
        check_overlap("calls.north", r"^calls\..*", true);
        check_overlap("calls-north", r"^calls\..*", false);
        check_overlap("calls.north.v2", r"^calls\.north", true);
        check_overlap("calls.north.v2", r"^calls\.north$", false);
        check_overlap("^a.*z$", "^.b.*", true);
        check_overlap("^a[0-4]+$", "^a[5-9]+$", false);
        check_overlap("^a[0-5]+$", "^a[5-9]+$", true);
        check_overlap("^ab|^cd", "^c", true);
        check_overlap("^ab|cd", "xcdx", true);
        check_overlap("^(aa)*$", "^a(aa)*$", false);
        check_overlap("^x{3}$", "^x{2,4}$", true);
    }

    #[test]
    fn prefixes_are_literal() {
        for (pattern, prefix) in [
            (r"^calls\.north", "calls.north"),
            ("^calls.north", "calls"),
            ("^calls?", "call"),
            ("^a(b|c)", ""),
            ("^ab(c)", "ab"),
            ("^", ""),
        ] {
            assert_eq!(literal_prefix(pattern), prefix, "{pattern}");
        }
    }

    #[test]
    fn odd_topics_are_refused() {
        for text in [
            "",
            ".",
            "a b",
            "tenant/calls",
            "^a(?i)b",
            r"^a\d+",
            "^(a",
            "^",
            "^.*",
            "^_",
            "__consumer_offsets",
            &"a".repeat(250),
            "^a{1000}{1000}",
            r"^a\",
        ] {
            assert!(Claim::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        /// A name that both accept is an overlap.
        #[test]
        fn a_common_name_is_an_overlap(a in "\\^c[ab.*+?|]{0,6}\\$?", b in "\\^c[ab.*+?|]{0,6}\\$?", name in "c[ab]{0,6}") {
            if let (Ok(ca), Ok(cb)) = (Claim::parse(&a), Claim::parse(&b)) {
                let both = [&a, &b].iter().all(|p| regex::Regex::new(p).is_ok_and(|r| r.is_match(&name)));
                prop_assert!(!both || ca.overlaps(&cb));
            }
        }
    }
}
