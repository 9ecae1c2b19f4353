//! Where addresses on the net end: domain names, and the paths after them.

use crate::deid::document::TokenKind;
use crate::deid::spoken::item::Items;
use crate::deid::spoken::words::{Say, Symbol};
use crate::deid::word::{Words, words};

use super::{is_dot, is_piece, is_stop};

/// Ends of domain names that people say as a word.
pub(super) const ENDS: Words = words![
    "com", "org", "net", "edu", "gov", "mil", "co", "uk", "us", "io", "info", "biz", "ca", "au",
    "nz", "ie", "health", "me", "tv", "cc", "ai", "app", "dev", "online", "site", "xyz", "live",
    "de", "fr", "eu", "nl", "ch", "es", "pt", "pl", "se", "dk", "jp", "kr", "cn", "mx", "br", "za",
    "ru", "ua", "tr", "gr", "hu", "cz", "fi", "il", "ae", "sg", "hk", "ph", "ng", "ke", "gh", "pk",
    "bd", "lk", "vn", "th", "tw", "ar", "cl", "pe", "int", "mobi", "coop", "edu", "clinic",
    "hospital", "care", "agency", "cloud", "tech", "store", "shop", "email", "example", "invalid",
];

/// Ends of domain names that are words of talk too: an `at` must stand before
/// them, `lund at post dot in`.
pub(super) const WORDS_TOO: Words = words![
    "in", "it", "is", "be", "no", "local", "test", "group", "team", "name"
];

/// One past the address whose last part begins at token `at`, if it does.
pub(super) fn domain_end(items: &Items<'_>, at: usize) -> Option<usize> {
    let mut end = end_of_name(items, at)?;
    while is_dot(items, end)
        && let Some(next) = end_of_name(items, end + 1)
    {
        end = next;
    }
    while let Some(next) = path_end(items, end) {
        end = next;
    }
    Some(end)
}

/// One past `com`, or `c o m`.
pub(super) fn end_of_name(items: &Items<'_>, at: usize) -> Option<usize> {
    let known = |said: &str| ENDS.lists(said);
    if known(items.word(at)) || WORDS_TOO.lists(items.word(at)) {
        return Some(at + 1);
    }
    let mut said = String::new();
    for i in at..at + 3 {
        if items.word(i).len() != 1 {
            return None;
        }
        said.push_str(items.word(i));
        // `dot m e y e r` spells a name.
        let ends = !matches!(items.says(i + 1), Say::Letter(_) | Say::Oh);
        if known(&said) && ends {
            return Some(i + 1);
        }
    }
    None
}

/// One past the part of a path that a slash at token `at` begins: `forward
/// slash ann lee nine`, `slash k l two`.
fn path_end(items: &Items<'_>, at: usize) -> Option<usize> {
    let slash = at + usize::from(["forward", "back"].iter().any(|w| items.is(at, w)));
    if items.says(slash) != Say::Symbol(Symbol::Slash) {
        return None;
    }
    let mut end = path_piece(items, slash + 1)?;
    while items
        .symbol(end)
        .is_some_and(|symbol| symbol != Symbol::Slash)
        && let Some(next) = path_piece(items, end + 1)
    {
        end = next;
    }
    Some(end)
}

/// One past a word, or letters and numbers, at token `at`.
fn path_piece(items: &Items<'_>, at: usize) -> Option<usize> {
    let piece = is_piece(items, at);
    let word = !piece && items.kind(at) == Some(TokenKind::Word) && !is_stop(items, at);
    let mut end = at + usize::from(word);
    while is_piece(items, end) {
        end += 1;
    }
    (end > at).then_some(end)
}
