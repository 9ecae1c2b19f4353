//! The written view of a turn, and the way back to what was said.

use crate::deid::word::Key;
use std::ops::Range;

use super::coded::{is_code, is_handle, is_spelled};
use super::date;
use super::item::{Item, Items, Kind};
use super::net;
use super::run::{Joint, Run, is_unit_of_address};
use super::words::{Say, Symbol, opens};
use crate::deid::detect::units::{is_price, is_quantity};
use crate::deid::document::{DocTurn, TokenKind};
use crate::domain::Category;

/// A turn as one would write it.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The text.
    pub(crate) text: String,
    pieces: Vec<Piece>,
    /// Codes said digit by digit and handles, in bytes of the turn.
    pub(crate) codes: Vec<(Range<usize>, Category)>,
}

/// What stands for something said.
#[derive(Debug)]
struct Piece {
    /// Bytes of the view.
    view: Range<usize>,
    /// Bytes of the turn.
    raw: Range<usize>,
}

/// Fewest digits said one by one that identify whatever they are.
pub(super) const CODE: usize = 4;

/// Fewest letters said one by one that are worth writing as a word.
pub(super) const SPELLED: usize = 3;

/// Words that stand between a month or day and its year.
const BEFORE_YEAR: usize = 5;

impl View {
    /// The view of `turn`; `None` where nothing in it is said in words that
    /// would be written otherwise. One look at each token decides for most.
    pub(crate) fn of(turn: &DocTurn<'_>) -> Option<Self> {
        if !is_worth_reading(turn) {
            return None;
        }
        let mut items = Items::new(turn);
        let mut view = Self::default();
        let addresses = net::addresses(&items);
        let mut addresses = addresses.into_iter().peekable();
        let mut at = 0;
        while at < turn.tokens.len() {
            if let Some(address) = addresses.next_if(|a| a.tokens.start <= at) {
                at = address.tokens.end;
                view.push_address(&mut items, &address);
                continue;
            }
            let limit = addresses
                .peek()
                .map_or(turn.tokens.len(), |a| a.tokens.start);
            at = view.read_run(&mut items, at, limit);
        }
        if view.pieces.is_empty() {
            return None;
        }
        let copied = view.pieces.last().map_or(0, |piece| piece.raw.end);
        view.text.push_str(&turn.text[copied..]);
        Some(view)
    }

    /// Reads what begins at token `at`; gives the token after it. An address
    /// begins at token `limit`.
    fn read_run(&mut self, items: &mut Items<'_>, at: usize, limit: usize) -> usize {
        items.buffer.clear();
        let Some(run) = Run::read(items, at).filter(|run| run.end() <= limit) else {
            return at + 1;
        };
        if let Some(date) = date::parted(&run, items).filter(|date| date.end() <= limit) {
            self.push_run(&date, items);
            return date.end();
        }
        if is_telling(&run, items) {
            self.push_run(&run, items);
        }
        run.end()
    }

    fn push_run(&mut self, run: &Run, items: &Items<'_>) {
        let tokens = &items.turn.tokens;
        let mut from = year_gap(run, items).map_or_else(
            || tokens[run.items[0].tokens.start].span.start,
            |token| tokens[token].span.end,
        );
        if let Some(area) = area(run, items) {
            from = tokens[area].span.end;
        }
        let spaced =
            area(run, items).is_none() && from < tokens[run.items[0].tokens.start].span.start;
        self.copy(items.turn.text, from);
        for (k, item) in run.items.iter().enumerate() {
            let start = if k == 0 && !spaced {
                from
            } else {
                tokens[item.tokens.start].span.start
            };
            let mut encoded = [0; 4];
            let joint = match run.joints[k] {
                _ if k == 0 && spaced => " ",
                Joint::None => "",
                Joint::Space => " ",
                Joint::Twice(':') => "::",
                Joint::Mark(mark) | Joint::Twice(mark) => mark.encode_utf8(&mut encoded),
                Joint::Apostrophe => " '",
            };
            if !joint.is_empty() {
                self.push(joint, from..start);
            }
            let end = tokens[item.tokens.end - 1].span.end;
            self.push(&items.buffer[item.text.clone()], start..end);
            from = end;
        }
        if is_spelled(run, items) {
            let start = tokens[run.items[0].tokens.start].span.start;
            self.codes.push((start..from, Category::Person));
        } else if is_handle(run) && !is_measured(run, items) {
            let start = tokens[run.items[0].tokens.start].span.start;
            self.codes.push((start..from, Category::Username));
        } else if is_code(run, items) {
            let start = tokens[run.items[0].tokens.start].span.start;
            self.codes.push((start..from, Category::OtherId));
        }
        self.close_ordinal(run, items);
    }

    /// Lets a day meet its month past a hesitation.
    fn close_ordinal(&mut self, run: &Run, items: &Items<'_>) {
        let day = run.items.last().is_some_and(|i| i.kind == Kind::Ordinal);
        let month = past_hesitations(items, run.end());
        if day && month > run.end() && items.says(month) == Say::Month {
            let tokens = &items.turn.tokens;
            let gap = tokens[run.end() - 1].span.end..tokens[month].span.start;
            self.push(" ", gap);
        }
    }

    fn push_address(&mut self, items: &mut Items<'_>, address: &net::Address) {
        let tokens = address.tokens.clone();
        let raw =
            items.turn.tokens[tokens.start].span.start..items.turn.tokens[tokens.end - 1].span.end;
        self.copy(items.turn.text, raw.start);
        let start = self.text.len();
        let mut at = tokens.start;
        while at < tokens.end {
            at = self.push_part(items, at, tokens.end);
        }
        let view = start..self.text.len();
        if address.handle {
            self.codes.push((raw.clone(), Category::Username));
        }
        self.pieces.push(Piece { view, raw });
    }

    /// Writes the part of an address at token `at`; gives the token after it.
    fn push_part(&mut self, items: &mut Items<'_>, at: usize, end: usize) -> usize {
        if let Say::Symbol(symbol) = items.says(at) {
            self.text.push(symbol.mark());
            return at + 1;
        }
        items.buffer.clear();
        match items.read(at, super::item::Before::default()) {
            Some(item) if item.tokens.end <= end => {
                self.text.push_str(&items.buffer[item.text.clone()]);
                item.tokens.end
            }
            _ => {
                // `at the rate` is `at`, and `forward slash` a slash.
                let rate = at + usize::from(items.is(at, "the"));
                let slash = items.says(at + 1) == Say::Symbol(Symbol::Slash)
                    && ["forward", "back"].iter().any(|w| items.is(at, w));
                if !items.is(rate, "rate") && !slash {
                    self.text.push_str(items.turn.word(at));
                }
                at + 1
            }
        }
    }

    /// Copies the turn up to byte `to`.
    fn copy(&mut self, raw: &str, to: usize) {
        let from = self.pieces.last().map_or(0, |piece| piece.raw.end);
        self.text.push_str(&raw[from..to]);
    }

    fn push(&mut self, text: &str, raw: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        let view = start..self.text.len();
        self.pieces.push(Piece { view, raw });
    }

    /// The smallest part of the turn that holds what the bytes `span` of the
    /// view stand for. `span` is not empty.
    pub(crate) fn raw(&self, span: &Range<usize>) -> Range<usize> {
        let start = match self.piece(span.start) {
            Some(piece) if span.start < piece.view.end => piece.raw.start,
            Some(piece) => piece.raw.end + (span.start - piece.view.end),
            None => span.start,
        };
        let end = match self.piece(span.end - 1) {
            Some(piece) if span.end <= piece.view.end => piece.raw.end,
            Some(piece) => piece.raw.end + (span.end - piece.view.end),
            None => span.end,
        };
        start..end
    }

    /// The last piece that begins at byte `at` of the view, or before.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.view.start <= at);
        after.checked_sub(1).map(|i| &self.pieces[i])
    }
}

/// Whether one word at least may be a part of something said.
fn is_worth_reading(turn: &DocTurn<'_>) -> bool {
    turn.tokens
        .iter()
        .any(|t| t.kind == TokenKind::Word && opens(t.key))
}

/// Whether `run` reads otherwise when it is written, in a way that matters.
fn is_telling(run: &Run, items: &mut Items<'_>) -> bool {
    let all = run.items.as_slice();
    if all.iter().all(|item| item.written) {
        return has_words_between(run, items);
    }
    let letters = all.iter().filter(|i| i.kind == Kind::Letter).count();
    let digits: usize = all
        .iter()
        .filter(|i| i.is_number())
        .map(|i| i.text.len())
        .sum();
    if letters > 0 {
        return letters >= SPELLED || digits > 0 || all.iter().any(|item| is_told(item, items));
    }
    if is_sum(run, items) {
        return false;
    }
    if all.iter().any(|item| item.kind == Kind::Ordinal) {
        let street = ["street", "avenue"].iter().any(|w| items.is(run.end(), w));
        return digits >= 3 || street || is_beside_month(run, items);
    }
    let measured = digits <= CODE && (is_measured(run, items) || is_range(run, items));
    digits >= 3 && !measured || is_placed(run, items) || is_alone(run, items)
}

/// Whether `item` is a letter that a word tells from others: `w as in whiskey`;
/// `i for instance` is none.
pub(super) fn is_told(item: &Item, items: &Items<'_>) -> bool {
    let word = matches!(&items.buffer[item.text.clone()], "a" | "i");
    let named = |i: usize| items.is(i, "as");
    item.kind == Kind::Letter && item.tokens.len() > 2 && (!word || item.tokens.clone().any(named))
}

/// Whether `run` is one number of thousands that ends what is said: an amount,
/// and no year. Codes are not said so.
fn is_sum(run: &Run, items: &Items<'_>) -> bool {
    let [sum] = run.items.as_slice() else {
        return false;
    };
    let end = run.end();
    let ends = matches!(items.kind(end), None | Some(TokenKind::Mark))
        || matches!(items.says(end), Say::Aside | Say::Hesitation);
    let year = || {
        ["19", "20"]
            .iter()
            .any(|c| items.buffer[sum.text.clone()].starts_with(c))
    };
    let thousands = |i: usize| items.says(i) == Say::Thousand;
    sum.kind == Kind::Cardinal
        && ends
        && sum.tokens.clone().any(thousands)
        && (sum.text.len() > CODE || !year())
        && !is_placed(run, items)
}

/// Whether words part its numbers, or a slash that is said.
fn has_words_between(run: &Run, items: &Items<'_>) -> bool {
    let slash = |i: usize| items.kind(i) == Some(TokenKind::Word);
    run.items
        .windows(2)
        .zip(&run.joints[1..])
        .any(|(pair, joint)| {
            let between = pair[0].tokens.end..pair[1].tokens.start;
            between.len() > 1 || *joint == Joint::Mark('/') && between.clone().any(slash)
        })
}

/// Whether a unit, or a currency, makes `run` a quantity.
pub(super) fn is_measured(run: &Run, items: &Items<'_>) -> bool {
    let tokens = &items.turn.tokens;
    let end = tokens[run.end() - 1].span.end;
    let start = tokens[run.items[0].tokens.start].span.start;
    is_quantity(items.turn.text, end) || is_price(items.turn.text, start)
}

/// Whether `run` and the number after it make a range of quantities: `one
/// twenty to one thirty over eighty`.
fn is_range(run: &Run, items: &mut Items<'_>) -> bool {
    let end = run.end();
    if !["to", "or", "and"].iter().any(|w| items.is(end, w)) {
        return false;
    }
    let mark = items.buffer.len();
    let upper = Run::read(items, end + 1);
    items.buffer.truncate(mark);
    upper.is_some_and(|upper| is_measured(&upper, items))
}

/// Whether a short number is a part of an address, a date or a time.
fn is_placed(run: &Run, items: &Items<'_>) -> bool {
    let first = run.items[0].tokens.start;
    let before = first.checked_sub(1).map_or("", |i| items.word(i));
    let meridiem = ["am", "pm", "a.m", "p.m"];
    is_unit_of_address(Key::of(before))
        || is_beside_month(run, items)
        || meridiem.iter().any(|m| items.is(run.end(), m))
}

/// Whether the turn says little else: a part of an answer.
fn is_alone(run: &Run, items: &Items<'_>) -> bool {
    const LONGEST: usize = 12;
    let said = run.items[0].tokens.start..run.end();
    let aside = |i: usize| {
        items.kind(i) == Some(TokenKind::Mark)
            || items.is_numeric(i)
            || matches!(items.says(i), Say::Hesitation | Say::Aside | Say::Oh)
    };
    let count = items.turn.tokens.len();
    count <= LONGEST && (0..count).all(|i| said.contains(&i) || aside(i))
}

/// Whether a month stands before or after `run`.
fn is_beside_month(run: &Run, items: &Items<'_>) -> bool {
    let mut after = past_hesitations(items, run.end());
    if items.is(after, "of") || items.is(after, "day") {
        after = past_hesitations(items, after + 1);
    }
    let first = run.items[0].tokens.start;
    let before = first.checked_sub(1);
    let before = before.map(|i| {
        if items.is(i, "the") {
            i.saturating_sub(1)
        } else {
            i
        }
    });
    items.says(after) == Say::Month || before.is_some_and(|i| items.says(i) == Say::Month)
}

/// The first token from `at` on that is no hesitation and no mark of one.
fn past_hesitations(items: &Items<'_>, at: usize) -> usize {
    (at..at + BEFORE_YEAR)
        .find(|&i| !is_hesitation(items, i))
        .unwrap_or(at)
}

fn is_hesitation(items: &Items<'_>, i: usize) -> bool {
    items.says(i) == Say::Hesitation
        || matches!(items.word(i), "," | "[" | "]" | "-" | "." | "\u{2026}")
}

/// The last token of the month or day whose year `run` is, where a hesitation
/// parts them.
fn year_gap(run: &Run, items: &Items<'_>) -> Option<usize> {
    let digits = run.items.iter().map(|i| i.text.len()).sum::<usize>();
    let century = &items.buffer[run.items[0].text.clone()];
    let year = digits == 4
        && ["19", "20", "18"].iter().any(|c| century.starts_with(c))
        && run.items.iter().all(Item::is_number);
    let first = run.items[0].tokens.start;
    let last = (first.saturating_sub(BEFORE_YEAR)..first)
        .rev()
        .find(|&i| !is_hesitation(items, i))?;
    let dated = matches!(items.says(last), Say::Month | Say::Ordinal(_));
    (year && dated && last + 1 < first).then_some(last)
}

/// The token of the postal area whose postcode `run` ends: `SW nineteen one EZ`.
fn area(run: &Run, items: &Items<'_>) -> Option<usize> {
    let before = run.items[0].tokens.start.checked_sub(1)?;
    let mut kinds = run.items.iter().rev();
    let ends = kinds.next()?.kind == Kind::Letter && kinds.next()?.kind == Kind::Single;
    let digits = run.items.iter().filter(|i| i.is_number());
    let short = (2..=3).contains(&digits.map(|i| i.text.len()).sum::<usize>());
    let word = items.word(before);
    let named = items.kind(before) == Some(TokenKind::Word) && word.len() <= 2;
    let numbered = run.items[0].is_number();
    (ends && short && named && numbered && run.end() - run.items[0].tokens.start <= 4)
        .then_some(before)
}
