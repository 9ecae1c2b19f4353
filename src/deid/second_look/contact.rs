//! Electronic addresses: e-mail, web, network, handles; written and spoken.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::clause::closes;
use super::cue;
use super::name;
use super::words::{Spoken, class};
use crate::domain::Category;

/// Looks for electronic addresses in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if line.has(class::NUMBER) {
        let spoken = (1..line.atoms.len()).filter(|&i| line.spoken(i).is_some());
        for i in spoken.filter(|&i| is_spoken_handle(line, i)) {
            seen.add(line.span(i - 1), Category::Username, "word-and-number");
        }
    }
    if !line.has(class::NET) && !line.holds(contents::JOINED) {
        return;
    }
    for i in 0..line.atoms.len() {
        if let Some((category, rule)) = address_at(line, i) {
            seen.add(line.span(i), category, rule);
        }
    }
}

fn address_at(line: &Line, i: usize) -> Option<(Category, &'static str)> {
    match line.mark(i) {
        Some('@') => at_sign(line, i),
        Some(':') if line.mark(i + 1) == Some('/') && line.mark(i + 2) == Some('/') => {
            (!line.is_slot(i + 3)).then_some((Category::Url, "scheme"))
        }
        Some(':') if is_hex_chain(line, i) => Some((Category::Device, "hex-groups")),
        Some(':') if is_short_v6(line, i) => Some((Category::Ip, "double-colon")),
        Some('.') if ends_domain(line, i) => Some((Category::Url, "domain")),
        Some('/') if i == 0 && line.glued(1) && line.word(1).len() > 3 => {
            Some((Category::Url, "slash"))
        }
        Some('_') if begins_handle(line, i) => Some((Category::Username, "handle")),
        Some(_) => None,
        None => word_at(line, i),
    }
}

/// `x@y`, `@handle`; not `@` alone and not beside a replacement.
fn at_sign(line: &Line, i: usize) -> Option<(Category, &'static str)> {
    let follows = !line.word(i + 1).is_empty() && line.glued(i + 1);
    let precedes = line.glued(i) && i > 0 && line.mark(i - 1).is_none() && !line.is_slot(i - 1);
    match (precedes, follows) {
        (true, true) => Some((Category::Email, "at-sign")),
        (false, true) => Some((Category::Username, "handle")),
        _ => None,
    }
}

fn word_at(line: &Line, i: usize) -> Option<(Category, &'static str)> {
    let word = line.word(i);
    let glued = line.glued(i + 1);
    if !glued && !line.is_class(i, class::NET) && !line.is_digits(i) {
        return is_mail_host(line, i).then_some((Category::Email, "mail-host"));
    }
    if word == "www" || word == "w" && line.word(i + 1) == "w" && line.word(i + 2) == "w" {
        let next = i + if word == "www" { 1 } else { 3 };
        return (!line.is_slot(next)).then_some((Category::Url, "www"));
    }
    if word == "dot" && is_spoken_domain(line, i) {
        let mailed = (i.saturating_sub(6)..i).any(|j| line.word(j) == "at");
        let category = if mailed {
            Category::Email
        } else {
            Category::Url
        };
        return Some((category, "dot-com"));
    }
    if word == "dot" && is_mailed(line, i) {
        return Some((Category::Email, "at-and-dot"));
    }
    if word == "underscore" && line.word_before(i) != "the" {
        return Some((Category::Username, "underscore"));
    }
    if matches!(word, "hash" | "exclamation") && is_password_mark(line, i) {
        return Some((Category::Secret, "mark-and-digits"));
    }
    if word == "slash" && is_path(line, i) {
        return Some((Category::Url, "slash"));
    }
    // `a dot physical`
    let number = |at: usize| line.is_digits(at) || line.is_class(at, class::NUMBER);
    if word == "dot" && (number(i + 1) || i > 0 && number(i - 1)) {
        return Some((Category::Ip, "dot-and-number"));
    }
    if is_handle(line, i) {
        return Some((Category::Username, "word-and-number"));
    }
    if is_mail_host(line, i) {
        return Some((Category::Email, "mail-host"));
    }
    (line.is_number(i) && is_ip(line, i)).then_some((Category::Ip, "four-numbers"))
}

/// Endings of internet domains that people say and write.
fn is_ending(word: &str) -> bool {
    matches!(
        word,
        "com"
            | "org"
            | "net"
            | "edu"
            | "gov"
            | "io"
            | "co"
            | "uk"
            | "info"
            | "biz"
            | "mil"
            | "us"
            | "ca"
            | "health"
    )
}

/// `dot com` after something that is not a replacement.
fn is_spoken_domain(line: &Line, i: usize) -> bool {
    let named = i > 0 && !line.word(i - 1).is_empty() && !line.is_slot(i - 1);
    let repeated = matches!(line.word(i + 2), "dot") || is_ending(line.word(i + 1));
    named && repeated && line.word_before(i) != "the"
}

/// `claims at oskgate dot test`: a word of no list between `at` and `dot`, whatever
/// the domain ends with.
fn is_mailed(line: &Line, i: usize) -> bool {
    const WITHIN: usize = 5;
    let at = (i.saturating_sub(WITHIN)..i).find(|&at| line.word(at) == "at");
    let named = |at: usize| (at + 1..i).any(|j| line.word(j).len() > 3 && line.is_unknown(j));
    let removed = |at: usize| (at + 1..i).any(|j| line.is_slot(j));
    let ending = matches!(line.word(i + 1).len(), 2..=8);
    ending && at.is_some_and(|at| at > 0 && (named(at) || removed(at)))
}

/// `gmailcom`, `adamailcom`: an address with its dots and `@` lost, as
/// recognisers and publishers leave it.
fn is_mail_host(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    let plain = matches!(word, "intercom" | "telecom" | "datacom" | "medicom");
    ["com", "net", "org"].iter().any(|e| word.ends_with(e))
        && (word.len() >= 8 || word.contains("mai"))
        && !plain
        && line.is_unknown(i)
}

/// `walnut hash ninety six`, `exclamation point two nine one`.
fn is_password_mark(line: &Line, i: usize) -> bool {
    let next = i + 1 + usize::from(matches!(line.word(i + 1), "point" | "mark"));
    line.is_class(next, class::NUMBER) || line.is_digits(next) || line.is_slot(next)
}

/// `slash ada`, `forward slash`, `colon slash`: a path said.
fn is_path(line: &Line, i: usize) -> bool {
    let said = matches!(
        line.word_before(i),
        "forward" | "colon" | "com" | "org" | "net"
    );
    let named = line.word(i + 1).len() > 2 && line.is_unknown(i + 1);
    said || named
}

/// `ada_lovell`, `lovell76`: a name of an account, written as one.
fn is_handle(line: &Line, i: usize) -> bool {
    if !line.glued(i + 1) || line.atoms[i].kind != Kind::Word {
        return false;
    }
    let underscored = line.mark(i + 1) == Some('_')
        && line.glued(i + 2)
        && (!line.word(i + 2).is_empty() || line.is_digits(i + 2));
    let numbered = matches!(line.digits(i + 1), 1..=4)
        && !is_inside(line, i + 2)
        && line.word(i).len() > 3
        && line.is_unlisted(i)
        && line.word(i) != "covid";
    (underscored || numbered) && !is_field_name(line, i)
}

/// `_lovell`: the rest of an account's name.
fn begins_handle(line: &Line, i: usize) -> bool {
    let begins = i == 0 || !line.glued(i);
    begins && line.glued(i + 1) && line.word(i + 1).len() > 2 && !is_field_name(line, i + 1)
}

/// Whether what is written as one word around `i` names a field: `"patient_name":`,
/// `callback_time = `.
fn is_field_name(line: &Line, i: usize) -> bool {
    let mut at = i + 1;
    while line.glued(at) && (line.mark(at) == Some('_') || is_inside(line, at)) {
        at += 1;
    }
    let quoted = matches!(line.mark(at), Some('"' | '\''));
    matches!(line.mark(at + usize::from(quoted)), Some(':' | '='))
}

/// `at lovellade twenty two`, `log in as lovellade nine`, `okay, lovellade nine`:
/// a word that is none and the number at `i`, where an account is named or that
/// end the clause.
fn is_spoken_handle(line: &Line, i: usize) -> bool {
    let (before, length) = (line.word_before(i - 1), line.word(i - 1).len());
    let stands = match before {
        "at" | "as" => length > 5 || length > 3 && closes(line, i + 1),
        "login" | "handle" | "username" | "userid" => length > 2,
        "" | "i'm" | "is" | "have" | "see" | "show" | "okay" | "yeah" | "sure" => {
            let end = (i..i + 4).find(|&end| line.spoken(end).is_none());
            let ends = |end| closes(line, end) || cue::is_named_after(line, end);
            length > 4 && end.is_some_and(ends) && name::is_name_like(line, i - 1)
        }
        _ => false,
    };
    stands && line.is_unknown(i - 1) && !line.is_unit(i + 1) && !line.is_unit(i + 2)
}

/// Whether letters or digits at `i` go on with what is before them.
fn is_inside(line: &Line, i: usize) -> bool {
    line.glued(i) && (!line.word(i).is_empty() || line.is_digits(i))
}

/// `::1`, `fe80::1`: a shortened IPv6 address.
fn is_short_v6(line: &Line, i: usize) -> bool {
    let hex = |at: usize| {
        let text = line.lower(at);
        !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_hexdigit())
    };
    let after = line.glued(i + 2) && hex(i + 2) && line.is_digits(i + 2);
    let before = line.glued(i) && i > 1 && hex(i - 1) && line.glued(i - 1);
    line.mark(i + 1) == Some(':') && line.glued(i + 1) && (after || before)
}

/// `.com` written to a word: both sides glued.
fn ends_domain(line: &Line, i: usize) -> bool {
    let ending = line.word(i + 1);
    let written = line.glued(i) && line.glued(i + 1) && i > 0;
    let named =
        written && (line.word(i - 1).len() > 1 || line.is_digits(i - 1) || line.is_slot(i - 1));
    let three = || {
        let before = i.wrapping_sub(2);
        let joined = line.mark(before) == Some('.') && line.glued(before) && line.glued(i - 1);
        let path = line.mark(i + 2) == Some('/') && line.glued(i + 2) && line.glued(i + 3);
        let rest = line.mark(i + 2) == Some('.') && line.glued(i + 2) && line.glued(i + 3);
        ending.len() > 1
            && !is_file(ending)
            && line.word(i - 1).len() > 2
            && (joined && i > 2 || path || rest && line.word(i + 3).len() > 1)
    };
    named && three()
        || named && is_ending(ending) && ending != "us" && ending != "co"
        || named && matches!(ending, "us" | "co") && matches!(line.mark(i + 2), Some('/' | '.'))
}

/// What the name of a file ends with.
fn is_file(ending: &str) -> bool {
    matches!(
        ending,
        "json"
            | "js"
            | "html"
            | "htm"
            | "pdf"
            | "doc"
            | "docx"
            | "xls"
            | "xlsx"
            | "csv"
            | "txt"
            | "exe"
            | "png"
            | "jpg"
            | "zip"
            | "py"
            | "xml"
            | "log"
    )
}

/// Four or more groups of hexadecimal digits between colons: MAC, IPv6.
fn is_hex_chain(line: &Line, i: usize) -> bool {
    let mut colons = 0;
    let mut at = i;
    while at < line.atoms.len() && (at == i || line.glued(at)) && at < i + 16 {
        match line.atoms[at].kind {
            Kind::Mark(':') => colons += 1,
            Kind::Mark(_) | Kind::Slot(_) => break,
            _ if !line.lower(at).chars().all(|c| c.is_ascii_hexdigit()) => break,
            _ => {}
        }
        at += 1;
    }
    colons >= 4
}

/// Four numbers to 255 with `.` or `dot` between them.
fn is_ip(line: &Line, i: usize) -> bool {
    let mut at = i;
    for group in 0..4 {
        if group > 0 {
            let dotted = line.mark(at) == Some('.') && line.glued(at)
                || matches!(line.word(at), "dot" | "point");
            if !dotted {
                return false;
            }
            at += 1;
        }
        match octet_end(line, at) {
            Some(end) => at = end,
            None => return false,
        }
    }
    true
}

fn octet_end(line: &Line, at: usize) -> Option<usize> {
    if let Some(n) = line.value(at) {
        return (n <= 255).then_some(at + 1);
    }
    let spoken = |j: usize| {
        matches!(
            line.spoken(j),
            Some(Spoken::Digit(_) | Spoken::Teen(_) | Spoken::Tens(_))
        ) || matches!(line.word(j), "hundred" | "and")
    };
    let end = (at..at + 5).take_while(|&j| spoken(j)).last()?;
    Some(end + 1)
}
