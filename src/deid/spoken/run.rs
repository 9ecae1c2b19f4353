//! Runs: items that belong together, whatever is muttered between them.

use super::item::{Before, Item, Items, Kind};
use super::words::{Say, Symbol};
use crate::deid::document::TokenKind;
use crate::deid::word::{Key, Words, words};

/// What is written before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// A mark, said in words.
    Mark(char),
    /// A mark said twice: `colon colon`.
    Twice(char),
    /// What a short year follows: `july 4th '56`.
    Apostrophe,
}

/// Items that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) items: Vec<Item>,
    /// What is written before each item; the first is [`Joint::None`].
    pub(super) joints: Vec<Joint>,
}

/// Most items of a run; what is longer is read in parts.
const LONGEST: usize = 256;

/// Most tokens between two items.
const WIDEST_GAP: usize = 10;

/// Fewest digits said one by one after which an aside parts nothing.
const SINGLES_BEFORE_ASIDE: usize = 3;

/// Fewest before a correction.
const SINGLES_BEFORE_CORRECTION: usize = 2;

/// Fewest digits of a number that goes on after `then` with two at once: what
/// is taken `ten then five` is none.
const DIGITS_BEFORE_THEN: usize = 4;

/// Fewest letters that spell a street's name.
const LETTERS_OF_STREET: usize = 3;

/// Words that end a street's name.
const STREETS: &[&str] = &[
    "avenue",
    "boulevard",
    "circle",
    "court",
    "drive",
    "lane",
    "parkway",
    "place",
    "road",
    "street",
    "terrace",
    "way",
];

/// Words that take back what was said.
const CORRECTIONS: &[&str] = &[
    "actually",
    "correction",
    "no",
    "oops",
    "scratch",
    "sorry",
    "wait",
];

/// Fewest numbers, each one more than the last, that are counted.
const COUNTED: usize = 4;

/// Fewest before a bare `and`, which parts readings too: `one oh two and one oh
/// four`.
const SINGLES_BEFORE_AND: usize = 5;

/// Words before which a lone number or letter is a part of an address or code.
const UNITS: Words = words![
    "apartment",
    "apt",
    "box",
    "building",
    "ext",
    "extension",
    "flat",
    "floor",
    "gate",
    "highway",
    "road",
    "room",
    "route",
    "suite",
    "unit",
];

/// Whether `word` is one of [`UNITS`].
pub(super) fn is_unit_of_address(word: Key) -> bool {
    UNITS.has(word)
}

/// What stands between two items.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    asides: usize,
    /// One of them is `and`.
    and: bool,
    /// One of them is `then`.
    then: bool,
    /// One of them takes back what was said.
    correction: bool,
    /// A comma, a full stop, a bracket.
    marks: bool,
    symbol: Option<Symbol>,
    /// The symbol is said twice.
    twice: bool,
}

impl Run {
    /// The run that begins at token `i`.
    pub(super) fn read(items: &mut Items<'_>, i: usize) -> Option<Self> {
        let unit = i > 0 && is_unit_of_address(items.turn.key(i - 1));
        let mut before = Before {
            unit,
            ..Before::default()
        };
        let first = items.read(i, before)?;
        let mut run = Self::default();
        run.push(first, Joint::None, &mut before);
        while run.items.len() < LONGEST && !run.ends_with_meridiem(&items.buffer) {
            let Some((item, joint)) = run.next(items, before) else {
                break;
            };
            run.push(item, joint, &mut before);
        }
        run.arrange(items);
        Some(run)
    }

    fn push(&mut self, item: Item, joint: Joint, before: &mut Before) {
        before.singles = if item.kind == Kind::Single {
            before.singles + item.text.len()
        } else {
            0
        };
        before.digits += if item.is_number() { item.text.len() } else { 0 };
        before.kind = Some(item.kind);
        before.radio |= item.radio;
        before.point |= joint == Joint::Mark('.') && item.is_number() && !self.has_letters();
        self.items.push(item);
        self.joints.push(joint);
    }

    fn has_letters(&self) -> bool {
        self.items.iter().any(|item| item.kind == Kind::Letter)
    }

    /// The token after the run.
    pub(super) fn end(&self) -> usize {
        self.items.last().map_or(0, |item| item.tokens.end)
    }

    /// The item after the run so far, past what people mutter.
    fn next(&self, items: &mut Items<'_>, before: Before) -> Option<(Item, Joint)> {
        let last = self.items.last()?;
        let mut gap = Gap::default();
        let from = last.tokens.end;
        for at in from..from + WIDEST_GAP {
            // An aside may be a digit too (`oh`), and is one where it can be.
            let mark = items.buffer.len();
            if let Some(item) = items.read(at, before) {
                let joint = joint(last, &item, gap, before);
                let year = || self.meets_year(&item, gap, &items.buffer);
                if let Some(joint) = joint.or_else(|| year().then_some(Joint::None)) {
                    return Some((item, joint));
                }
                items.buffer.truncate(mark);
                return None;
            }
            gap = passed(items, at, gap)?;
        }
        None
    }

    /// Whether `next` begins the year of the day and month that the run says so
    /// far: `twenty one twelve and nineteen eighty`.
    fn meets_year(&self, next: &Item, gap: Gap, buffer: &str) -> bool {
        let short = |item: &Item| matches!(item.kind, Kind::Single | Kind::Pair);
        gap.asides <= 1
            && gap.symbol.is_none()
            && next.kind == Kind::Pair
            && matches!(&buffer[next.text.clone()], "19" | "20")
            && (2..=4).contains(&self.items.len())
            && self.items.iter().all(short)
    }

    /// Whether it ends with `p m` after a number: a clock time is a run.
    fn ends_with_meridiem(&self, buffer: &str) -> bool {
        let says = |item: &Item, letters: &[&str]| {
            item.kind == Kind::Letter && letters.contains(&&buffer[item.text.clone()])
        };
        match self.items.as_slice() {
            [.., number, half, m] => {
                number.is_number() && says(half, &["a", "p"]) && says(m, &["m"])
            }
            _ => false,
        }
    }

    /// Sets apart what only looks like one number.
    fn arrange(&mut self, items: &Items<'_>) {
        if let Some(fields) = super::date::fields(self, items) {
            for start in fields {
                self.joints[start] = Joint::Mark('/');
            }
        } else if super::date::has_short_year(self, items) {
            self.joints[1] = Joint::Apostrophe;
        } else if self.items.len() >= COUNTED && self.is_counted(&items.buffer) {
            (1..self.items.len()).for_each(|i| self.joints[i] = Joint::Space);
        } else if let Some(name) = self.spelled_street(items) {
            self.joints[name] = Joint::Space;
        } else if super::reading::part(self, items) {
            // Its names and results stand apart now.
        } else if self.repeats(Kind::Single, &[Kind::Pair]) {
            self.part_before(Kind::Single);
        } else if self.repeats(Kind::Letter, &[Kind::Single, Kind::Pair])
            && !self.items.iter().any(|item| item.radio)
        {
            self.part_before(Kind::Letter);
        }
    }

    /// Where the spelled name of a street begins after its number: `8 5 5 e l m
    /// [drive]`.
    fn spelled_street(&self, items: &Items<'_>) -> Option<usize> {
        let letters = self.items.iter().rev();
        let letters = letters.take_while(|item| item.kind == Kind::Letter).count();
        let name = self.items.len() - letters;
        let numbered = name > 0 && self.items[..name].iter().all(Item::is_number);
        let end = self.end();
        let street = STREETS
            .iter()
            .any(|w| items.is(end, w) || items.is(end + 1, w));
        (numbered && letters >= LETTERS_OF_STREET && street).then_some(name)
    }

    /// Whether it counts up or down.
    fn is_counted(&self, buffer: &str) -> bool {
        let value = |item: &Item| buffer[item.text.clone()].parse::<i64>().ok();
        let counts = |step: i64| {
            let mut pairs = self.items.windows(2);
            pairs.all(|pair| value(&pair[0]).map(|v| v + step) == value(&pair[1]))
        };
        // From a hundred on by sevens.
        let pairs = self.items.iter().all(|item| item.kind == Kind::Pair);
        let step = || Some(value(&self.items[1])? - value(&self.items[0])?);
        let steady = || pairs && step().is_some_and(|by| by != 0 && counts(by));
        self.items.iter().all(Item::is_number) && (counts(1) || counts(-1) || steady())
    }

    /// Whether the run is `head` and one of `tails`, twice or more: readings
    /// (`one twenty one thirty`), levels (`l four l five`).
    fn repeats(&self, head: Kind, tails: &[Kind]) -> bool {
        self.items.len() >= 4
            && self.items.len().is_multiple_of(2)
            && self
                .items
                .chunks(2)
                .all(|pair| pair[0].kind == head && tails.contains(&pair[1].kind))
    }

    fn part_before(&mut self, kind: Kind) {
        for i in 1..self.items.len() {
            if self.items[i].kind == kind && self.joints[i] == Joint::None {
                self.joints[i] = Joint::Space;
            }
        }
    }
}

/// `gap` with token `at` in it; `None` where a run does not go on.
fn passed(items: &Items<'_>, at: usize, mut gap: Gap) -> Option<Gap> {
    match items.kind(at)? {
        TokenKind::Number => return None,
        TokenKind::Mark => match items.word(at) {
            "-" | "\u{2013}" | "\u{2014}" => {
                // `10-325` is for those who read what is written.
                let number = |i| items.kind(i) == Some(TokenKind::Number);
                if number(at - 1) && number(at + 1) {
                    return None;
                }
            }
            "," | ";" | "\u{2026}" | "[" | "]" => gap.marks = true,
            "." if !items.touches_next(at) || items.kind(at + 1) == Some(TokenKind::Mark) => {
                gap.marks = true;
            }
            _ => return None,
        },
        TokenKind::Word => match items.says(at) {
            Say::Hesitation => {}
            Say::Aside if is_filler(items, at) => {}
            Say::Aside => {
                gap.asides += 1;
                gap.and |= items.is(at, "and");
                gap.then |= items.is(at, "then");
                gap.correction |= CORRECTIONS.iter().any(|w| items.is(at, w));
            }
            Say::Letter(b'i') if items.is(at + 1, "mean") => gap.asides += 1,
            _ => {
                let symbol = items.symbol(at)?;
                if let Some(before) = gap.symbol.replace(symbol) {
                    let again = before == Symbol::Colon && symbol == before && !gap.twice;
                    gap.twice = again.then_some(true)?;
                }
            }
        },
    }
    Some(gap)
}

/// Whether the `so` at token `at` stands right between what is read out.
fn is_filler(items: &Items<'_>, at: usize) -> bool {
    let read_out = |i: usize| {
        items.is_numeric(i)
            || items.symbol(i).is_some()
            || matches!(items.says(i), Say::Letter(_) | Say::Oh)
    };
    items.is(at, "so")
        && at > 0
        && read_out(at - 1)
        && read_out(at + 1)
        && !items.is(at - 1, "i")
        && !items.is(at + 1, "i")
}

/// Whether a `then` only parts the groups of one number: `one then four one
/// five`, `five five five two then thirty one`.
fn is_parted(last: &Item, next: &Item, before: Before) -> bool {
    let round = |item: &Item| item.kind == Kind::Cardinal && item.text.len() == 4;
    let short = |item: &Item| matches!(item.kind, Kind::Single | Kind::Pair) || round(item);
    let singles = last.kind == Kind::Single
        && (next.kind == Kind::Single || before.singles >= SINGLES_BEFORE_ASIDE);
    short(last) && short(next) && (singles || before.digits >= DIGITS_BEFORE_THEN)
}

/// How `next` joins `last` over `gap`, if both belong to one run.
fn joint(last: &Item, next: &Item, gap: Gap, before: Before) -> Option<Joint> {
    let digits = last.kind == Kind::Single && next.kind == Kind::Single;
    let singles = last.is_single() && next.is_single();
    let enough = match gap {
        _ if gap.correction => SINGLES_BEFORE_CORRECTION,
        _ if gap.and && gap.asides == 1 => SINGLES_BEFORE_AND,
        _ => SINGLES_BEFORE_ASIDE,
    };
    let parted = gap.then && gap.asides == 1 && is_parted(last, next, before);
    if gap.asides > 0 && !parted && !(digits && before.singles >= enough) {
        return None;
    }
    if let Some(symbol) = gap.symbol {
        let numbers = last.is_number() && next.is_number();
        let counted = matches!(symbol, Symbol::Point | Symbol::Plus) && !numbers;
        let lettered = symbol == Symbol::Plus && before.digits < DIGITS_BEFORE_THEN && numbers;
        let fits = !gap.marks && (!counted || symbol == Symbol::Plus) && !lettered;
        let mark = symbol.mark();
        let joint = if gap.twice {
            Joint::Twice(mark)
        } else {
            Joint::Mark(mark)
        };
        return fits.then_some(joint);
    }
    // `two point one p p s thirty`
    if before.point && next.kind == Kind::Letter {
        return None;
    }
    let coded = |a: &Item, b: &Item| a.kind == Kind::Literal && b.is_single();
    if gap.marks && !(singles || coded(last, next) || coded(next, last)) {
        return None;
    }
    // `five five five eighty hundred`
    let group = next.kind == Kind::Cardinal && next.text.len() == 4 && before.digits >= 3;
    let apart = |item: &Item| match item.kind {
        Kind::Cardinal if group => false,
        Kind::Cardinal | Kind::Ordinal => true,
        Kind::Literal => item.text.len() >= 3,
        _ => false,
    };
    Some(if apart(last) || apart(next) {
        Joint::Space
    } else {
        Joint::None
    })
}
