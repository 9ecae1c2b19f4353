//! Shows on a terminal what was found in raw text.

use std::fmt::Write;

use anstyle::{AnsiColor, Reset, Style as Paint};

use crate::deid::Finding;
use crate::domain::RawConversation;

/// How hits are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) color: bool,
    /// With confidence and strength, a line a hit.
    pub(super) explain: bool,
}

/// Every turn of `conversation` with a hit, one a line: `place`, then the text
/// with each hit marked and named. `place` gives a turn's place in the file.
pub(super) fn render(
    conversation: &RawConversation,
    findings: &[Finding],
    style: Style,
    place: impl Fn(usize) -> String,
) -> String {
    let mut out = String::new();
    for hits in findings.chunk_by(|a, b| a.turn == b.turn) {
        let turn = hits[0].turn;
        let Some(raw) = conversation.turns.get(turn) else {
            continue;
        };
        let _ = write!(out, "{}  ", place(turn));
        mark(raw.text.expose(), hits, style, &mut out);
        if style.explain {
            hits.iter().for_each(|hit| explain(hit, &mut out));
        }
    }
    out
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

fn explain(hit: &Finding, out: &mut String) {
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
        render(&page.conversation, &findings, style, |turn| {
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
    fn colour_and_explanation_come_on_request() {
        assert!(shown("hi\ni am ada and bob", true, false).contains("\u{1b}["));
        let explained = shown("hi\ni am ada and bob", false, true);
        assert_eq!(explained.lines().count(), 3);
        assert!(explained.contains("164.514(b)(2)(i)(A)") && explained.contains("confidence 0.90"));
    }
}
