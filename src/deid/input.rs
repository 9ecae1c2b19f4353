//! The raw conversation as detectors read it: placeholder-shaped strings
//! blanked, so that they neither trigger nor hide anything.

use std::borrow::Cow;

use crate::domain::RawConversation;

use super::document::{BLANK, Document, Replaced};
use super::finding::Finding;
use super::placeholder::{LookAlike, look_alikes};
use super::policy::Policy;
use super::resolve::resolve;

/// A conversation and what detectors may see of it.
pub(super) struct Input<'a> {
    pub(super) conversation: &'a RawConversation,
    views: Vec<Cow<'a, str>>,
    echoes: Vec<Finding>,
}

impl<'a> Input<'a> {
    pub(super) fn new(conversation: &'a RawConversation) -> Self {
        let mut views = Vec::with_capacity(conversation.turns.len());
        let mut echoes = Vec::new();
        for (turn, raw) in conversation.turns.iter().enumerate() {
            let text = raw.text.expose().as_str();
            let found = look_alikes(text);
            echoes.extend(found.iter().filter_map(|l| l.finding(turn)));
            views.push(blanked(text, &found));
        }
        Self {
            conversation,
            views,
            echoes,
        }
    }

    /// Turn `i` as detectors see it.
    pub(super) fn view(&self, i: usize) -> &str {
        &self.views[i]
    }

    /// Turn `i` as it came.
    pub(super) fn raw(&self, i: usize) -> &'a str {
        self.conversation.turns[i].text.expose()
    }

    /// The conversation as detectors see it.
    pub(super) fn document(&self) -> Document<'_> {
        let mut replaced = vec![Replaced::NOTHING; self.views.len()];
        for echo in &self.echoes {
            replaced[echo.turn].add(echo.category);
        }
        let texts = self.views.iter().map(Cow::as_ref).zip(replaced);
        Document::viewed(self.conversation, texts)
    }

    /// What of `findings` counts under `policy`, with the terms that it denies.
    pub(super) fn admitted(&self, policy: &Policy, mut findings: Vec<Finding>) -> Vec<Finding> {
        let text = |f: &Finding| self.view(f.turn).get(f.span.clone()).unwrap_or_default();
        findings.retain(|f| policy.admits(f, text(f)));
        let views = self.views.iter().map(Cow::as_ref);
        findings.extend(policy.terms.find(self.conversation, views));
        findings
    }

    /// `findings` with the placeholders that stood in the input; overlaps
    /// resolved.
    pub(super) fn with_echoes(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.extend(self.echoes.iter().cloned());
        self.resolve(findings)
    }

    /// Resolves overlaps between findings of this conversation.
    pub(super) fn resolve(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let texts: Vec<&str> = self.views.iter().map(Cow::as_ref).collect();
        resolve(findings, &texts)
    }
}

fn blanked<'a>(text: &'a str, look_alikes: &[LookAlike]) -> Cow<'a, str> {
    if look_alikes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in look_alikes {
        out.push_str(&text[at..found.span.start]);
        out.extend(found.span.clone().map(|_| BLANK));
        at = found.span.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}
