//! Electronic mail and web addresses said in words: `john dot smith at gmail
//! dot com`, `w w w dot example dot org`.

mod end;

use std::ops::Range;

use super::item::Items;
use super::words::{Say, Symbol};
use crate::deid::document::TokenKind;
use crate::deid::word::{Words, words};

use end::{ENDS, WORDS_TOO, domain_end};

/// Words that stand before an address and are none of it.
const STOPS: &[&str] = &[
    "address", "and", "are", "be", "do", "e", "email", "for", "from", "go", "got", "have", "her",
    "his", "is", "it", "it's", "its", "mail", "me", "mine", "my", "of", "on", "or", "our", "send",
    "should", "site", "so", "that", "that's", "the", "their", "then", "to", "use", "visit", "was",
    "website", "with", "would", "you", "your",
];

/// Most tokens of the part before `at`.
const LONGEST_LOCAL: usize = 64;

/// Most words of the part before `at` that nothing joins.
const LOOSE_WORDS: usize = 2;

/// An address on the net, or a handle, by tokens.
pub(super) struct Address {
    pub(super) tokens: Range<usize>,
    /// It has no domain: a handle.
    pub(super) handle: bool,
}

/// The addresses of the turn, in order, not overlapping.
pub(super) fn addresses(items: &Items<'_>) -> Vec<Address> {
    let mut out: Vec<Address> = Vec::new();
    for at in 1..items.turn.tokens.len() {
        let from = out.last().map_or(0, |last| last.tokens.end);
        if at <= from {
            continue;
        }
        if is_dot(items, at)
            && let Some(end) = domain_end(items, at + 1)
        {
            let tokens = start(items, at, from)..end;
            if !WORDS_TOO.lists(items.word(end - 1)) || tokens.clone().any(|i| is_at(items, i)) {
                out.push(Address {
                    tokens,
                    handle: false,
                });
            }
        } else if let Some(sign) = sign_before_bare(items, at, from) {
            out.push(Address {
                tokens: local(items, sign, from)..at + 1,
                handle: false,
            });
        } else if is_dot(items, at)
            && out.last().is_some_and(|last| last.handle)
            && let Some(end) = handle_end(items, at + 1)
        {
            // `lund underscore nine or it is k dot lund`
            out.push(Address {
                tokens: label(items, at, from)..end,
                handle: true,
            });
        } else if items.says(at) == Say::Symbol(Symbol::Underscore)
            && !is_before_domain(items, at)
            && let Some(end) = handle_end(items, at + 1)
        {
            let first = label(items, at, from);
            // `the underscore one`
            if items.is(first, "the") && end == at + 2 {
                continue;
            }
            let with_at = first > from && items.says(first - 1) == Say::Symbol(Symbol::At);
            out.push(Address {
                tokens: first - usize::from(with_at)..end,
                handle: true,
            });
        }
    }
    out
}

/// The `at` of an address that ends with token `at` and whose dot is left out:
/// `lund [at] quill edu`, `lund [at] old quill org`.
fn sign_before_bare(items: &Items<'_>, at: usize, from: usize) -> Option<usize> {
    // `k lund 77 at post pl`
    let short = || {
        at + 1 == items.turn.tokens.len() && items.word(at).len() == 2 && ENDS.lists(items.word(at))
    };
    let ends = items.says(at) == Say::Domain;
    if !ends && !short() {
        return None;
    }
    let sign = (at.saturating_sub(MOST_BARE)..at.saturating_sub(1))
        .rev()
        .find(|&i| is_at(items, i))?;
    let plain = |i: usize| items.kind(i) == Some(TokenKind::Word) && !is_stop(items, i);
    let fits = sign > from
        && (ends || is_piece(items, sign - 1))
        && (sign + 1..at).all(plain)
        && plain(sign - 1)
        && !is_before_place(items, sign);
    fits.then_some(sign)
}

/// Most tokens from an `at` to the end of an address without its dot.
const MOST_BARE: usize = 3;

/// Whether the word before the `at` at token `sign` says what is done or is at
/// a place rather than whose address it is: `look at`, `we are online at`.
fn is_before_place(items: &Items<'_>, sign: usize) -> bool {
    const BEFORE: Words = words![
        "available",
        "chat",
        "form",
        "found",
        "in",
        "live",
        "log",
        "look",
        "looked",
        "looking",
        "meet",
        "met",
        "on",
        "online",
        "order",
        "page",
        "portal",
        "register",
        "schedule",
        "shop",
        "sign",
        "stay",
        "up",
        "us",
        "visit",
        "work",
        "worked",
        "working",
        "works",
    ];
    BEFORE.lists(items.word(sign - 1))
}

fn is_dot(items: &Items<'_>, at: usize) -> bool {
    items.says(at) == Say::Symbol(Symbol::Dot)
}

/// Whether an address on the net goes on after the underscore at token `at`.
fn is_before_domain(items: &Items<'_>, at: usize) -> bool {
    (at..at + LONGEST_LOCAL).any(|i| is_dot(items, i) && domain_end(items, i + 1).is_some())
}

/// One past the handle that goes on at token `at`, after an underscore.
fn handle_end(items: &Items<'_>, at: usize) -> Option<usize> {
    let part = |at: usize| {
        let word = items.kind(at) == Some(TokenKind::Word) && !is_stop(items, at);
        let mut end = at + usize::from(word);
        while is_piece(items, end) {
            end += 1;
        }
        (end > at).then_some(end)
    };
    let mut end = part(at)?;
    while items.says(end) == Say::Symbol(Symbol::Underscore)
        && let Some(next) = part(end + 1)
    {
        end = next;
    }
    Some(end)
}

/// The first token of the `h t t p s colon slash slash` before token `at`, or
/// `at`.
fn scheme(items: &Items<'_>, at: usize, from: usize) -> usize {
    let slash = |end: usize| {
        let slash = end.checked_sub(1).filter(|&i| i >= from)?;
        (items.says(slash) == Say::Symbol(Symbol::Slash)).then(|| {
            let forward = slash > from && items.is(slash - 1, "forward");
            slash - usize::from(forward)
        })
    };
    let colon = slash(at).and_then(slash).and_then(|i| i.checked_sub(1));
    let Some(colon) = colon.filter(|&i| items.says(i) == Say::Symbol(Symbol::Colon)) else {
        return at;
    };
    let mut first = colon;
    while first > from
        && ["h", "t", "p", "s", "http", "https"]
            .iter()
            .any(|w| items.is(first - 1, w))
    {
        first -= 1;
    }
    first
}

/// The first token of the address whose last dot is token `dot`; `from` is the
/// first token that it may have.
fn start(items: &Items<'_>, dot: usize, from: usize) -> usize {
    let mut at = widened(items, label(items, dot, from), from);
    let joins = |i: usize| {
        let path = Some(Symbol::Slash) == items.symbol(i) || Some(Symbol::Colon) == items.symbol(i);
        items.symbol(i).is_some() && !path
    };
    while at > from + 1 && joins(at - 1) {
        at = widened(items, label(items, at - 1, from), from);
    }
    if let Some(first) = web(items, at, from) {
        return scheme(items, first, from);
    }
    let schemed = scheme(items, at, from);
    if schemed < at {
        return schemed;
    }
    if at > from + 1 && is_at(items, at - 1) {
        return local(items, at - 1, from);
    }
    if let Some(sign) = at_before(items, at, from) {
        return local(items, sign, from);
    }
    // `at the rate gmail dot com`
    if at > from + 3 && items.is(at - 1, "rate") && is_at(items, at - 3) {
        return local(items, at - 3, from);
    }
    first_of_site(items, at, from)
}

/// Where a site's name of several words begins, of which token `at` is the last: `go to
/// [quick river clinic] dot com`.
fn first_of_site(items: &Items<'_>, at: usize, from: usize) -> usize {
    const ASIDE: Words = words![
        "about", "at", "browser", "called", "check", "click", "com", "enter", "find", "in", "into",
        "just", "link", "look", "no", "not", "okay", "online", "open", "page", "please", "see",
        "says", "try", "type", "under", "up", "website", "yeah", "yep", "yes",
    ];
    let plain = |i: &usize| {
        items.kind(*i) == Some(TokenKind::Word)
            && !is_stop(items, *i)
            && !is_piece(items, *i)
            && items.symbol(*i).is_none()
            && !ASIDE.lists(items.word(*i))
    };
    if !plain(&at) {
        return at;
    }
    let near = at.saturating_sub(NAME_WORDS).max(from)..at;
    near.rev().take_while(plain).last().unwrap_or(at)
}

/// The first token of the `w w w dot` before token `at`, past a few words of
/// one name: `w w w dot my chart [dot com]`.
fn web(items: &Items<'_>, at: usize, from: usize) -> Option<usize> {
    let near = at.saturating_sub(WEB_WORDS).max(from + 3)..at;
    let dot = near.rev().find(|&i| is_dot(items, i))?;
    (1..=3).all(|k| items.is(dot - k, "w")).then_some(dot - 3)
}

/// Where the label of several words begins whose last word is token `at`: past
/// the dot a few words before it, `chart dot [willow creek] dot org`.
fn widened(items: &Items<'_>, at: usize, from: usize) -> usize {
    let near = (at.saturating_sub(NAME_WORDS).max(from + 1)..at).rev();
    let named = |i: &usize| {
        is_dot(items, *i) || items.kind(*i) == Some(TokenKind::Word) && !is_stop(items, *i)
    };
    let dot = near.take_while(named).find(|&i| is_dot(items, i));
    dot.map_or(at, |dot| dot + 1)
}

/// The `at` a few words before token `at`, after letters, numbers or a word that
/// a mark joins: `f e n [at] zip mail dot net`.
fn at_before(items: &Items<'_>, at: usize, from: usize) -> Option<usize> {
    let near = (at.saturating_sub(NAME_WORDS).max(from + 1)..at).rev();
    // `info at salt and pepper dot net`
    let within = |i: usize| JOINS.lists(items.word(i));
    let plain = |i: &usize| {
        items.kind(*i) == Some(TokenKind::Word)
            && (is_at(items, *i) || within(*i) || !is_stop(items, *i))
    };
    let sign = near.take_while(plain).find(|&i| is_at(items, i))?;
    let marked = |i: usize| items.symbol(i).is_some();
    let told = is_piece(items, sign - 1) || sign.checked_sub(2).is_some_and(marked);
    let named = || !is_stop(items, sign - 1) && !is_before_place(items, sign);
    (told || named()).then_some(sign)
}

/// Words that a name on the net may have within it.
const JOINS: Words = words!["and", "for", "my", "of", "our", "the"];

/// Most words of a name on the web but its last.
const NAME_WORDS: usize = 4;

/// Most of one that `w w w dot` begins, whatever they are.
const WEB_WORDS: usize = 6;

fn is_at(items: &Items<'_>, at: usize) -> bool {
    items.says(at) == Say::Symbol(Symbol::At) || items.is(at, "@")
}

/// The first token of the label that ends before token `end`: one word, or
/// letters and digits; an initial belongs to its word.
fn label(items: &Items<'_>, end: usize, from: usize) -> usize {
    let mut at = end;
    while at > from && is_piece(items, at - 1) {
        at -= 1;
    }
    let whole = at == end || items.word(at).len() > 1 && items.is_numeric(at);
    if whole && at > from && items.kind(at - 1) == Some(TokenKind::Word) && !is_stop(items, at - 1)
    {
        at -= 1;
        let initial = at > from
            && matches!(items.says(at - 1), Say::Letter(letter) if !matches!(letter, b'a' | b'i'));
        at -= usize::from(initial);
    }
    if at == end { end.max(from + 1) - 1 } else { at }
}

/// A letter or a number.
fn is_piece(items: &Items<'_>, at: usize) -> bool {
    items.is_numeric(at) || matches!(items.says(at), Say::Letter(_) | Say::Oh | Say::Repeat(_))
}

fn is_stop(items: &Items<'_>, at: usize) -> bool {
    STOPS.iter().any(|stop| items.is(at, stop))
        || matches!(items.says(at), Say::Hesitation)
        || is_at(items, at)
}

/// Whether token `at` tells a letter: `[j as in] john`.
fn is_telling(items: &Items<'_>, at: usize) -> bool {
    let told = items.is(at - 1, "in") && items.is(at - 2, "as");
    told && matches!(items.says(at - 3), Say::Letter(_) | Say::Oh)
}

/// Whether it is said what token `at` is: `[the word] pickle`, `[the letter] r`.
fn is_said_what(items: &Items<'_>, at: usize, first: usize) -> bool {
    let what = ["letter", "number", "word", "initial"];
    at >= first + 2 && items.is(at - 2, "the") && what.iter().any(|what| items.is(at - 1, what))
}

/// Whether token `at` joins what was said so to what comes next: `the word pickle
/// [then] two`.
fn is_then(items: &Items<'_>, at: usize, first: usize) -> bool {
    items.is(at, "then") && at > first && is_said_what(items, at - 1, first)
}

/// The first token of what stands before the `at` at token `end`.
fn local(items: &Items<'_>, end: usize, from: usize) -> usize {
    let first = from.max(end.saturating_sub(LONGEST_LOCAL));
    let mut at = end;
    let mut loose = 0;
    while at > first {
        let next = at - 1;
        if next >= first + 3 && is_telling(items, next) {
            at = next - 3;
            continue;
        }
        let joined = at < end && items.symbol(at).is_some();
        let joins = items.symbol(next).is_some() || matches!(items.word(next), "." | "-" | "_");
        if is_piece(items, next) || joins && next > first && at < end {
            at = next;
        } else if items.kind(next) == Some(TokenKind::Word)
            && (joined || !is_stop(items, next) && loose < LOOSE_WORDS)
        {
            loose += usize::from(!joined);
            at = next;
        } else if at < end && is_then(items, next, first) {
            at = next;
        } else {
            break;
        }
        at -= 2 * usize::from(is_said_what(items, at, first));
    }
    // What joins stands between words only.
    while at < end && (items.symbol(at).is_some() || items.kind(at) == Some(TokenKind::Mark)) {
        at += 1;
    }
    at.min(end - 1)
}
