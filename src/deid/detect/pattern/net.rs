//! Electronic mail, web and network addresses, handles
//! (45 CFR 164.514(b)(2)(i)(F), (M), (N), (O)).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::mail;
use super::{Hit, Rule, Strength, Verdict, accept};
use crate::deid::word::{Words, words};
use crate::domain::Category;

pub(super) const RULES: &[Rule] = &[
    Rule {
        detector: "email",
        name: "address",
        category: Category::Email,
        strength: Strength::Validated,
        pattern: r"[\p{L}0-9._%+*…\-]+\s?@\s?[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+)*(?:,\s?(?:com|net|org|co)\b(?:[.,]uk\b)?)?",
        judge: mail::address,
    },
    Rule {
        detector: "email",
        name: "provider",
        category: Category::Email,
        strength: Strength::Likely,
        pattern: r"\b[a-z0-9][a-z0-9._\-]*\s?(?:at|@)\s?(?:gmail|gmial|gmal|yahoo|hotmail|outlook|icloud|aol|ymail|protonmail|comcast|sbcglobal|btinternet|rediffmail)\b",
        judge: mail::provider,
    },
    Rule {
        detector: "email",
        name: "at-dot",
        category: Category::Email,
        strength: Strength::Cued,
        pattern: r"\b[a-z0-9][a-z0-9._\-]*(?:\s(?:dot|underscore|dash|hyphen)\s[a-z0-9]+){0,3}\s(?:at|@)\s[a-z0-9\-]+(?:\s?(?:dot|\.)\s?[a-z]{2,12}){0,2}\s?(?:dot|\.)\s?(?:com|org|net|edu|gov|co|uk|us|io|info|ca)\b",
        judge: accept,
    },
    Rule {
        detector: "email",
        name: "bracketed",
        category: Category::Email,
        strength: Strength::Cued,
        pattern: r"\b[a-z0-9][a-z0-9._\-]*(?:\s?[\[(]\s?dot\s?[\])]\s?[a-z0-9]+){0,3}\s?[\[(]\s?at\s?[\])]\s?[a-z0-9\-]+(?:\s?(?:[\[(]\s?dot\s?[\])]|\.|\sdot\s)\s?[a-z0-9\-]{2,12}){1,3}\b",
        judge: accept,
    },
    Rule {
        detector: "photo",
        name: "file-words",
        category: Category::Photo,
        strength: Strength::Cued,
        pattern: r"\b(?:photo|img|image|picture|pic|selfie|dsc|face|scan|wound|rash|skin|mole|document|file)(?:\s?[_\-]|\s(?:hyphen|dash|underscore|minus))?(?:,?\s(?:<NUMBERWORD>|hundred|double|triple|then|um|uh|so|too?|for|ate|[0-9]{1,8})\b){1,14}\s(?:dot|point)\s(?:jpe?g|j\sp\s(?:e\s)?g|png|p\sn\sg|heic|gif)\b",
        judge: accept,
    },
    Rule {
        detector: "photo",
        name: "file",
        category: Category::Photo,
        strength: Strength::Cued,
        pattern: r"\b[a-z0-9][a-z0-9_\-]*\.(?:jpe?g|png|heic|gif)\b",
        judge: accept,
    },
    Rule {
        detector: "email",
        name: "joined",
        category: Category::Email,
        strength: Strength::Likely,
        pattern: r"\b(?:[a-z]+\s[0-9]{1,8}\s)?[a-z0-9._]*(?:[a-z]*mail|yahoo|outlook|icloud|aol|comcast|verizon|sbcglobal|bellsouth|earthlink|msn)\s?(?:dot\s)?(?:com|net|org)\b",
        judge: accept,
    },
    Rule {
        detector: "email",
        name: "domain-joined",
        category: Category::Email,
        strength: Strength::Likely,
        pattern: r"\b(?:e-?mail|signed\sup|send\sit)\b[^.?!\x01]{0,60}?\s([a-z]{5,24}(?:com|net|org))\b",
        judge: joined_domain,
    },
    Rule {
        detector: "email",
        name: "domain-before",
        category: Category::Email,
        strength: Strength::Likely,
        pattern: r"\b([a-z]{5,24}(?:com|net|org))\s(?:(?:uh|um)\s)?(?:as|is)\s(?:your|the|my)\se-?mail\b",
        judge: joined_domain,
    },
    Rule {
        detector: "secret",
        name: "word-and-mark",
        category: Category::Secret,
        strength: Strength::Likely,
        pattern: r"\b[a-z]{4,14}\s(?:exclamation\spoint|exclamation\smark|hash|hashtag|dollar\ssign|asterisk)(?:\s(?:double\s|triple\s)?<NUMBERWORD>){2,6}\b",
        judge: accept,
    },
    Rule {
        detector: "secret",
        name: "word-hash-number",
        category: Category::Secret,
        strength: Strength::Likely,
        pattern: r"\b[a-z]{4,14}[\x23!$*][0-9]{2,6}\b",
        judge: accept,
    },
    Rule {
        detector: "url",
        name: "scheme",
        category: Category::Url,
        strength: Strength::Validated,
        pattern: r"\b(?:[a-z][a-z0-9+\-]{1,11}://|www\.)[^\s<>\x22\x01]+",
        judge: trimmed,
    },
    Rule {
        detector: "url",
        name: "domain",
        category: Category::Url,
        strength: Strength::Likely,
        pattern: r"\b[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:com|org|net|edu|gov|mil|int|io|info|biz|health|care|clinic|hospital|app|dev|ai|tv|uk|us|ca|de|fr|au|nz|ie|nl|eu|xyz|online|site|store|tech|cloud|link|page|example|test|ru|pl|za|br|mx|jp|ch|se|dk|es|pt|kr|sg|hk|coop|mobi|co)(?:\.[a-z]{2})?\b(?:/[^\s<>\x22\x01]*)?",
        judge: domain,
    },
    Rule {
        detector: "ip",
        name: "v4",
        category: Category::Ip,
        strength: Strength::Validated,
        pattern: r"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?:/[0-9]{1,2})?\b",
        judge: ip_v4,
    },
    Rule {
        detector: "ip",
        name: "apart",
        category: Category::Ip,
        strength: Strength::Validated,
        pattern: r"\b[0-9]{1,3}(?:\s\.\s[0-9]{1,3}){3}\b",
        judge: ip_apart,
    },
    Rule {
        detector: "ip",
        name: "v6",
        category: Category::Ip,
        strength: Strength::Validated,
        pattern: r"[0-9a-f:]{0,40}::?[0-9a-f:]{0,40}(?:\.?[0-9]{1,3}){0,4}(?:%[a-z0-9]{1,12})?(?:/[0-9]{1,3})?",
        judge: ip_v6,
    },
    Rule {
        detector: "device",
        name: "mac",
        category: Category::Device,
        strength: Strength::Validated,
        pattern: r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b",
        judge: accept,
    },
    Rule {
        detector: "device",
        name: "mac-hyphen",
        category: Category::Device,
        strength: Strength::Validated,
        pattern: r"\b(?:[0-9a-f]{2}-){5}[0-9a-f]{2}\b",
        judge: accept,
    },
    Rule {
        detector: "username",
        name: "handle",
        category: Category::Username,
        strength: Strength::Likely,
        pattern: r"(?:^|[\s(\x22',:])(@[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?|\$[a-z][a-z0-9_]{3,24}\b)",
        judge: accept,
    },
    Rule {
        detector: "username",
        name: "underscore",
        category: Category::Username,
        strength: Strength::Likely,
        pattern: r"\b[a-z0-9]+(?:[._\-][a-z0-9]+){0,4}_[a-z0-9]+(?:[._\-][a-z0-9]+){0,4}\b",
        judge: joined_name,
    },
];

/// A domain whose point was not heard, and no word.
fn joined_domain(hit: &Hit<'_>) -> Option<Verdict> {
    const WORDS: Words = words![
        "bayonet", "coronet", "ethernet", "intercom", "internet", "telecom"
    ];
    hit.when(!WORDS.lists(hit.found()))
}

/// A name on the net, and not a field's name or a placeholder.
fn joined_name(hit: &Hit<'_>) -> Option<Verdict> {
    let field = hit
        .after()
        .trim_start_matches(['"', '\'', ' '])
        .starts_with([':', '=']);
    let inside = hit.before().ends_with(['<', '[', '{', '%', '/', '_'])
        || hit.after().starts_with(['>', ']', '}', '_', '('])
        || hit.before().ends_with('"') && hit.after().starts_with('"');
    let shouted = hit.found().bytes().all(|b| !b.is_ascii_lowercase());
    hit.when(!field && !inside && !shouted)
}

/// A web address without the marks that end a sentence.
fn trimmed(hit: &Hit<'_>) -> Option<Verdict> {
    let mut verdict = hit.yes()?;
    let kept = hit
        .found()
        .trim_end_matches(['.', ',', ';', '!', '?', ')', ']', '}', '\'']);
    verdict.span.end = hit.span.start + kept.len();
    Some(verdict)
}

/// A domain without a scheme: not the end of one sentence and the start of the
/// next (`at home.us too`), and not a part of a mail address.
fn domain(hit: &Hit<'_>) -> Option<Verdict> {
    let name = hit.found().split('/').next().unwrap_or_default();
    let top = name.rsplit('.').next().unwrap_or_default();
    let labels = name.split('.').count();
    let word_like = words![
        "us", "de", "care", "page", "link", "store", "site", "int", "online", "hospital", "clinic",
        "health", "test", "es", "se", "ch",
    ]
    .lists(top);
    let lower = name.bytes().all(|b| !b.is_ascii_uppercase());
    let number = name.split('.').next()?.bytes().all(|b| b.is_ascii_digit());
    if hit.before().ends_with('@') || number || (word_like && (labels < 3 || !lower)) {
        return None;
    }
    trimmed(hit)
}

fn ip_v4(hit: &Hit<'_>) -> Option<Verdict> {
    let address = hit.found().split('/').next()?;
    let dotted = hit.before().ends_with('.')
        || hit.after().starts_with('.') && starts_digit(&hit.after()[1..]);
    hit.when(address.parse::<Ipv4Addr>().is_ok() && !dotted)
}

/// `192 . 0 . 2 . 17`, as those write it who part marks from words.
fn ip_apart(hit: &Hit<'_>) -> Option<Verdict> {
    let mut parts = hit.found().split(" . ");
    let long = hit.found().bytes().filter(u8::is_ascii_digit).count() > 4;
    let goes_on = hit.before().ends_with(" . ")
        || hit.after().starts_with(" . ") && starts_digit(&hit.after()[3..]);
    hit.when(long && !goes_on && parts.all(|part| part.parse::<u8>().is_ok()))
}

fn ip_v6(hit: &Hit<'_>) -> Option<Verdict> {
    let address = hit.found().split(['/', '%']).next()?.trim_end_matches('.');
    let alone = !hit.before().ends_with(|c: char| c.is_alphanumeric())
        && !hit.after().starts_with(|c: char| c.is_alphanumeric());
    let digits = address.bytes().any(|b| b.is_ascii_hexdigit());
    hit.when(alone && digits && address.parse::<Ipv6Addr>().is_ok())
}

pub(super) fn starts_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn mail_addresses() {
        check(
            "write to ann.lee+x@mail.example.org, ok",
            &[("ann.lee+x@mail.example.org", Email)],
        );
        check(
            "it is ann dot lee at example dot com",
            &[("ann dot lee at example dot com", Email)],
        );
        check("ann lee 22 gmailcom", &[("lee 22 gmailcom", Email)]);
        check(
            "i have kayak hash four one five",
            &[("kayak hash four one five", Secret)],
        );
        check("it's kayak#58 no", &[("kayak#58", Secret)]);
        check("my email is lund quillpostnet", &[("quillpostnet", Email)]);
        check(
            "lund quillpostnet as your e-mail",
            &[("quillpostnet", Email)],
        );
        check("i got the email when the internet was back", &[]);
        check("meet me at the dot", &[]);
    }

    #[test]
    fn web_addresses_lose_their_last_mark() {
        check(
            "see https://x.example/a?b=1.",
            &[("https://x.example/a?b=1", Url)],
        );
        check("on www.example.com/me, yes", &[("www.example.com/me", Url)]);
        check(
            "go to portal.example.org now",
            &[("portal.example.org", Url)],
        );
        check("I am home.It hurts. e.g. this", &[]);
    }

    #[test]
    fn network_addresses() {
        check("from 192.0.2.17 today", &[("192.0.2.17", Ip)]);
        check(
            "at 2001:db8::8a2e:370:7334 ok",
            &[("2001:db8::8a2e:370:7334", Ip)],
        );
        check("mac 00:1a:2b:3c:4d:5e", &[("00:1a:2b:3c:4d:5e", Device)]);
        check("it's 192 . 0 . 2 . 17 ok", &[("192 . 0 . 2 . 17", Ip)]);
        check("pain was 5 . 4 . 4 . 3", &[]);
        check("1.2.3 and 300.1.1.1", &[]);
        check("std::vec and 8:30", &[("8:30", Time)]);
    }

    #[test]
    fn handles() {
        check("i'm @ann_lee7 there", &[("@ann_lee7", Username)]);
        check(
            "find me as bea_lund or q_9",
            &[("bea_lund", Username), ("q_9", Username)],
        );
        check("[FIRST_NAME] <last_name> {\"order_id\": 1} ID_NUMBER", &[]);
        check("2 @ 5", &[]);
    }
}
