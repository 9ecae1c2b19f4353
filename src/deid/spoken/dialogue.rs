//! A conversation with the written views of its turns.

use std::ops::Range;

use super::view::View;
use crate::deid::document::{DocTurn, Document};
use crate::deid::finding::Finding;
use crate::domain::Category;

/// The views of a conversation's turns.
#[derive(Debug)]
pub(crate) struct Dialogue {
    /// Index of the turn and its view, in order; turns without one are absent.
    views: Vec<(usize, View)>,
}

impl Dialogue {
    /// Reads the turns of `document` that by their index `may` have a view.
    pub(crate) fn of(document: &Document<'_>, may: impl Fn(usize) -> bool) -> Self {
        let turns = document.turns.iter().enumerate();
        let turns = turns.filter(|(index, _)| may(*index));
        let views = turns.filter_map(|(index, turn)| Some((index, View::of(turn)?)));
        Self {
            views: views.collect(),
        }
    }

    /// Whether no turn has a view.
    pub(crate) const fn is_empty(&self) -> bool {
        self.views.is_empty()
    }

    /// The views as a conversation of their own; [`Self::place`] takes what is
    /// found in it back.
    pub(crate) fn document<'a>(&'a self, document: &Document<'_>) -> Document<'a> {
        let turns = self.views.iter().map(|(index, view)| {
            let turn = &document.turns[*index];
            DocTurn {
                fresh: turn.fresh,
                replaced: turn.replaced,
                ..DocTurn::cut(turn.role, turn.kind, &view.text)
            }
        });
        Document {
            turns: turns.collect(),
            known: &[],
            year: document.year,
        }
    }

    /// Every turn as it is best read: its view of `written`, which
    /// [`Self::document`] gave, or itself.
    pub(crate) fn turns<'a, 'b>(
        &self,
        document: &'a Document<'b>,
        written: &'a Document<'b>,
    ) -> Vec<&'a DocTurn<'b>> {
        let mut turns: Vec<&DocTurn<'_>> = document.turns.iter().collect();
        for ((index, _), view) in self.views.iter().zip(&written.turns) {
            turns[*index] = view;
        }
        turns
    }

    /// Takes `findings` of [`Self::document`] back to the conversation.
    pub(crate) fn place(&self, findings: &mut [Finding]) {
        for finding in findings {
            let (index, view) = &self.views[finding.turn];
            finding.turn = *index;
            finding.span = view.raw(&finding.span);
        }
    }

    /// Takes `findings` of [`Self::turns`] back to the conversation.
    pub(crate) fn unfold(&self, findings: &mut [Finding]) {
        for finding in findings {
            let at = self.views.binary_search_by_key(&finding.turn, |(i, _)| *i);
            if let Ok(at) = at {
                finding.span = self.views[at].1.raw(&finding.span);
            }
        }
    }

    /// Indices of the turns that have a view.
    pub(crate) fn indices(&self) -> impl Iterator<Item = usize> {
        self.views.iter().map(|(index, _)| *index)
    }

    /// Codes and handles that are known by how they are said: turn, bytes, what.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (usize, Range<usize>, Category)> {
        self.views.iter().flat_map(|(turn, view)| {
            let codes = view.codes.iter();
            codes.map(|(span, category)| (*turn, span.clone(), *category))
        })
    }
}
