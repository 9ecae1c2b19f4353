//! Whether mail addresses are such, and where they begin
//! (45 CFR 164.514(b)(2)(i)(F)).

use super::{Hit, Strength, Verdict};
use crate::deid::word::{Words, words};

/// Words before the mark of an address that are no part of it: `sorry @aol.com`.
const BEFORE_AT: Words = words![
    "am",
    "an",
    "and",
    "at",
    "be",
    "but",
    "called",
    "email",
    "follow",
    "for",
    "have",
    "i",
    "id",
    "in",
    "insta",
    "instagram",
    "is",
    "it",
    "it's",
    "its",
    "me",
    "meet",
    "my",
    "name",
    "no",
    "not",
    "on",
    "or",
    "see",
    "sorry",
    "sry",
    "that",
    "that's",
    "thats",
    "the",
    "then",
    "there",
    "to",
    "twitter",
    "was",
    "with",
    "works",
    "yes",
    "you",
];

/// A mail address, and not the word before the rest of one.
pub(super) fn address(hit: &Hit<'_>) -> Option<Verdict> {
    let (local, host) = hit.found().split_once('@')?;
    if !host.contains('.') {
        return pointless(hit, local, host);
    }
    let mut verdict = hit.yes()?;
    let comma = host.find(',').map_or(0, |at| host.len() - at);
    verdict.span.end -= comma;
    if local.ends_with(' ') && BEFORE_AT.lists(local.trim_end()) {
        verdict.span.start += local.len();
    }
    Some(verdict)
}

/// A mail address typed in haste, or one of a payment: `sam.k@outlook,com`,
/// `sam.k@okbank`; no shorthand for when and where, as in `1tab@bedtime`.
fn pointless(hit: &Hit<'_>, local: &str, host: &str) -> Option<Verdict> {
    const WHEN: Words = words![
        "bedtime",
        "breakfast",
        "dinner",
        "home",
        "lunch",
        "midnight",
        "night",
        "noon",
        "rest",
        "school",
        "the",
        "time",
        "work",
    ];
    let named = |part: &str| part.bytes().any(|b| b.is_ascii_alphabetic());
    let spaced = local.ends_with(' ') || host.starts_with(' ');
    let told = named(local) && host.len() > 2 && host.starts_with(char::is_alphabetic);
    if spaced || !told || WHEN.lists(host) || BEFORE_AT.lists(local) {
        return None;
    }
    hit.as_strong(Strength::Likely)
}

/// A mail address of which only the provider is told: `kit.lund9 at aol`; a word alone
/// must be announced: `email kitlund at aol`.
pub(super) fn provider(hit: &Hit<'_>) -> Option<Verdict> {
    const ANNOUNCED: Words = words!["e-mail", "email", "is", "it's", "its", "mail"];
    let local = hit.found().split([' ', '@']).next()?;
    let marked = local.bytes().any(|b| !b.is_ascii_alphabetic());
    let written = hit.found()[local.len()..].trim_start().starts_with('@');
    let goes_on = hit
        .after()
        .strip_prefix(['.', ','])
        .is_some_and(starts_letter);
    let told = marked || written || ANNOUNCED.lists(hit.word_before());
    hit.when(told && !goes_on && !BEFORE_AT.lists(local))
}

fn starts_letter(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn addresses_are_typed_in_haste() {
        check("sorry @aol.com", &[("@aol.com", Email)]);
        check(
            "kit.lund@outlook,com ok",
            &[("kit.lund@outlook,com", Email)],
        );
        check("email kitlund at aol", &[("kitlund at aol", Email)]);
        check("pay kit.l@okbank", &[("kit.l@okbank", Email)]);
        check("i see k…t@lund.org", &[("k…t@lund.org", Email)]);
    }

    #[test]
    fn shorthand_is_none() {
        check("take 1tab@bedtime", &[]);
        check("i looked at outlook", &[]);
        check("see you @ 5", &[]);
    }
}
