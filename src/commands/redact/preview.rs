//! Shows on a terminal what was found in raw text.

use std::fmt::Write;

use anstyle::{AnsiColor, Reset, Style as Paint};

use crate::deid::{Finding, Outcome, Reason, Suspicion};
use crate::domain::RawConversation;

/// How hits are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) color: bool,
    /// With confidence, strength and reasons, a line a hit, and what was left but
    /// is suspected.
    pub(super) explain: bool,
}

/// Below this what was left is not shown as suspected.
const SUSPECTED: f32 = 0.01;

/// Every turn of `conversation` with a hit, one a line: `place`, then the text
/// with each hit marked and named. `place` gives a turn's place in the file.
/// `reasons` are those of each hit; there may be none.
pub(super) fn render(
    conversation: &RawConversation,
    findings: &[Finding],
    reasons: &[Vec<Reason>],
    style: Style,
    place: impl Fn(usize) -> String,
) -> String {
    let mut out = String::new();
    let mut reasons = reasons.iter();
    for hits in findings.chunk_by(|a, b| a.turn == b.turn) {
        let turn = hits[0].turn;
        let Some(raw) = conversation.turns.get(turn) else {
            continue;
        };
        let _ = write!(out, "{}  ", place(turn));
        mark(raw.text.expose(), hits, style, &mut out);
        if style.explain {
            for hit in hits {
                let why = reasons.next().map_or(&[][..], Vec::as_slice);
                explain(hit, why, &mut out);
            }
        }
    }
    out
}

/// The risk of `conversation`, and what was left of it but is suspected.
pub(super) fn render_risk(
    conversation: &RawConversation,
    outcome: &Outcome,
    place: impl Fn(usize) -> String,
) -> String {
    let mut out = format!("risk that more remains: {:.1} %\n", 100.0 * outcome.risk);
    let suspected = outcome.suspicions.iter();
    for left in suspected.filter(|left| left.probability >= SUSPECTED) {
        if let Some(raw) = conversation.turns.get(left.turn) {
            let _ = write!(out, "{}  ", place(left.turn));
            suspect(raw.text.expose(), left, &mut out);
        }
    }
    out
}

fn suspect(text: &str, left: &Suspicion, out: &mut String) {
    out.push_str("left: «");
    push_visible(text.get(left.span.clone()).unwrap_or(""), out);
    let reasons: Vec<_> = left.reasons().collect();
    let _ = writeln!(
        out,
        "» · {:.1} % · {}",
        100.0 * left.probability,
        reasons.join(", ")
    );
}

/// Writes `text` with every hit marked, and a line end.
fn mark(text: &str, hits: &[Finding], style: Style, out: &mut String) {
    let mut at = 0;
    for hit in hits {
        push_visible(text.get(at..hit.span.start).unwrap_or(""), out);
        let found = text.get(hit.span.clone()).unwrap_or("");
        let name = format!("{} {}/{}", hit.category, hit.detector, hit.rule);
        if style.color {
            let paint = Paint::new()
                .fg_color(Some(AnsiColor::Black.into()))
                .bg_color(Some(AnsiColor::Yellow.into()));
            let dim = Paint::new().fg_color(Some(AnsiColor::Cyan.into()));
            let _ = write!(out, "{paint}");
            push_visible(found, out);
            let _ = write!(out, "{Reset}{dim}[{name}]{Reset}");
        } else {
            out.push('«');
            push_visible(found, out);
            let _ = write!(out, "»[{name}]");
        }
        at = hit.span.end;
    }
    push_visible(text.get(at..).unwrap_or(""), out);
    out.push('\n');
}

fn explain(hit: &Finding, reasons: &[Reason], out: &mut String) {
    let _ = writeln!(
        out,
        "    {} · {} · {}/{} · {:?} · confidence {:.2}",
        hit.category,
        hit.category.paragraph(),
        hit.detector,
        hit.rule,
        hit.strength,
        hit.confidence,
    );
    let reasons = reasons
        .iter()
        .map(|r| format!("{} {:+.1}", r.feature, r.weight));
    let reasons: Vec<_> = reasons.collect();
    if !reasons.is_empty() {
        let _ = writeln!(out, "        {}", reasons.join(" · "));
    }
}

/// Control characters could write to the terminal in the program's name.
fn push_visible(text: &str, out: &mut String) {
    out.extend(
        text.chars()
            .map(|c| if c.is_control() { '\u{fffd}' } else { c }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::redact::text::Page;
    use crate::deid::Strength;
    use crate::domain::Category;

    fn shown(text: &str, color: bool, explain: bool) -> String {
        let finding = |turn, span| Finding {
            turn,
            span,
            category: Category::Person,
            detector: "name.cue",
            rule: "i-am",
            strength: Strength::Cued,
            confidence: 0.9,
        };
        let page = Page::read(text);
        let findings = [finding(1, 5..8), finding(1, 13..16)];
        let style = Style { color, explain };
        let reasons = [Reason {
            feature: "the word before",
            weight: 1.25,
        }];
        let reasons = [reasons.to_vec(), Vec::new()];
        render(&page.conversation, &findings, &reasons, style, |turn| {
            format!("f:{}", turn + 1)
        })
    }

    #[test]
    fn hits_are_marked_and_named() {
        assert_eq!(
            shown("hi\ni am ada and bob\u{1b}[2J\nbye", false, false),
            "f:2  i am «ada»[person name.cue/i-am] and «bob»[person name.cue/i-am]\u{fffd}[2J\n"
        );
    }

    #[test]
    fn what_is_suspected_is_shown_with_its_signs_and_the_risk() {
        let page = Page::read("it's forty [inaudible]\u{7}\nmy back hurts");
        let mut entropy = crate::domain::Entropy::from_u64(1);
        let engine = &*crate::deid::tests::ENGINE;
        let policy = crate::deid::Policy::safe_harbor();
        let mut outcome =
            crate::deid::deidentify(engine, &policy, &page.conversation, &mut entropy);
        outcome.suspicions.retain(|left| left.span == (5..10));
        let seen = &mut outcome.suspicions[0];
        seen.probability = 0.204;
        outcome.risk = 0.25;
        let shown = render_risk(&page.conversation, &outcome, |turn| {
            format!("f:{}", turn + 1)
        });
        let (risk, left) = shown.split_once('\n').expect("two lines");
        assert_eq!(risk, "risk that more remains: 25.0 %");
        assert!(left.starts_with("f:1  left: «forty» · 20.4 % · "), "{left}");
        assert!(
            left.contains("two digits") && left.contains("a hole"),
            "{left}"
        );
    }

    #[test]
    fn colour_and_explanation_come_on_request() {
        assert!(shown("hi\ni am ada and bob", true, false).contains("\u{1b}["));
        let explained = shown("hi\ni am ada and bob", false, true);
        assert_eq!(explained.lines().count(), 4);
        assert!(explained.contains("\n        the word before +1.2\n"));
        assert!(explained.contains("164.514(b)(2)(i)(A)") && explained.contains("confidence 0.90"));
    }
}
