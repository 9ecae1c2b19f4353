//! Codes: letters and digits written as one, and postcodes of the UK.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::cue;
use super::reading;
use super::words::class;
use crate::domain::Category;

/// Judges every chunk without white space.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    let digits = line.holds(contents::DIGITS);
    if digits {
        scan_chunks(line, seen);
    }
    if line.has(class::CUE)
        && let Some(i) = (1..line.atoms.len())
            .find(|&i| line.atoms[i].is_unlisted() && is_told(line, i) && is_unsayable(line, i))
    {
        seen.add(line.span(i), Category::OtherId, "code");
    }
    if digits || line.has(class::NUMBER) {
        scan_spaced(line, seen);
    }
    if digits && let Some(i) = (0..line.atoms.len()).find(|&i| is_word_and_digits(line, i)) {
        seen.add(line.span(i), Category::OtherId, "word-and-digits");
    }
    if digits && let Some(i) = (0..line.atoms.len()).find(|&i| is_digits_and_word(line, i)) {
        seen.add(line.span(i), Category::OtherId, "word-and-digits");
    }
    if digits && let Some(i) = (0..line.atoms.len()).find(|&i| is_transfer(line, i)) {
        seen.add(line.span(i), Category::Account, "from-to");
    }
    if digits && let Some(i) = (0..line.atoms.len()).find(|&i| ends_postcode(line, i)) {
        seen.add(line.span(i), Category::Zip, "uk-postcode");
    }
}

fn scan_chunks(line: &Line, seen: &mut Seen<'_>) {
    let has_secret = line.holds(contents::SLOT)
        && (0..line.atoms.len()).any(|i| line.is_slot_of(i, Category::Secret));
    let mut i = 0;
    while i < line.atoms.len() {
        let end = chunk_end(line, i);
        if is_marked_word(line, i, end) {
            seen.add(line.span(i), Category::Secret, "word-mark-digits");
        }
        let secret = line.has(class::SECRET) || has_secret;
        let coded = || Chunk::of(line, i, end).is_code(secret) || is_bracketed(line, i, end);
        if end > i + 1 && (coded() || is_two_mixed(line, i, end)) {
            seen.add(line.span(i), Category::OtherId, "code");
        }
        if is_hex_row(line, i) {
            seen.add(line.span(i), Category::Device, "hex-groups");
        }
        i = end;
    }
}

/// `41 8b bc fc 7d`: four pairs of hexadecimal digits and more.
fn is_hex_row(line: &Line, start: usize) -> bool {
    const PAIRS: usize = 4;
    if line.span(start).len() > 2 {
        return false;
    }
    let (mut at, mut mixed) = (start, false);
    for _ in 0..PAIRS {
        let end = at + 1 + usize::from(line.glued(at + 1));
        let text: usize = (at..end).map(|i| line.lower(i).len()).sum();
        let hex = |i: usize| {
            let text = line.lower(i);
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit())
        };
        if text != 2 || !(at..end).all(hex) {
            return false;
        }
        mixed |= !line.is_digits(at);
        at = end;
    }
    mixed
}

/// `walnut!827`: a word, a mark and digits, written as one.
fn is_marked_word(line: &Line, i: usize, end: usize) -> bool {
    let marked = matches!(
        line.mark(end),
        Some('!' | '#' | '$' | '%' | '&' | '*' | '=' | '+')
    );
    end == i + 1
        && line.word(i).len() > 2
        && marked
        && line.glued(end)
        && line.glued(end + 1)
        && line.digits(end + 1) > 1
}

/// One past the last of the words, digits, hyphens and underscores that are
/// written as one with atom `i`.
fn chunk_end(line: &Line, i: usize) -> usize {
    let belongs = |j: usize| match line.atoms[j].kind {
        Kind::Word | Kind::Digits => true,
        Kind::Mark(c) => matches!(c, '-' | '_'),
        Kind::Slot(_) => false,
    };
    if !belongs(i) {
        return i + 1;
    }
    (i + 1..line.atoms.len())
        .find(|&j| !line.glued(j) || !belongs(j))
        .unwrap_or(line.atoms.len())
}

/// `qe38vz`, `voice 60q17`: digits between letters that are no word, or a letter
/// between digits where a code is told.
fn is_bracketed(line: &Line, start: usize, end: usize) -> bool {
    // `voice-56d64`
    let headed =
        end == start + 5 && line.word(start).len() > 2 && line.mark(start + 1) == Some('-');
    let start = if headed { start + 2 } else { start };
    if end != start + 3 {
        return false;
    }
    let kinds = [start, start + 1, start + 2].map(|i| line.atoms[i].kind);
    let lengths = [start, start + 1, start + 2].map(|i| line.span(i).len());
    match kinds {
        [Kind::Word, Kind::Digits, Kind::Word] => {
            let odd = |i: usize| is_odd(line, i);
            let named = || cue::is_named_after(line, end) || cue::is_cued(line, start);
            let last = odd(start + 2) || line.is_unit(start + 2) && lengths[0] > 1 && named();
            lengths[0] + lengths[2] > 3 && lengths[1] > 1 && odd(start) && last
        }
        [Kind::Digits, Kind::Word, Kind::Digits] => {
            let by = matches!(line.word(start + 1), "x" | "to");
            let told = || headed || cue::is_cued(line, start) || line.word_before(start) == "voice";
            lengths[0] + lengths[2] > 3 && lengths[1] == 1 && !by && told()
        }
        _ => false,
    }
}

/// Whether the letters at `i` stand for themselves: no word, or too short for one.
fn is_odd(line: &Line, i: usize) -> bool {
    const WORD: u32 = class::SMALL | class::UNIT | class::ENDING | class::MONTH | class::NUMBER;
    line.is_unknown(i) || line.word(i).len() < 4 && !line.is_class(i, WORD)
}

/// `qz3 9lb`: letters and a digit, then a digit and letters.
fn is_two_mixed(line: &Line, start: usize, end: usize) -> bool {
    let short = |i: usize, most: usize| (1..=most).contains(&line.span(i).len());
    let first = end == start + 2
        && line.atoms[start].kind == Kind::Word
        && short(start, 3)
        && matches!(line.digits(start + 1), 1 | 2);
    let second = matches!(line.digits(end), 1 | 2)
        && line.glued(end + 1)
        && matches!(line.word(end + 1).len(), 2 | 3)
        && chunk_end_after(line, end + 1);
    // `qs7 2hz`, where a plate is told
    let dose = || matches!(line.word(end + 1), "mg" | "ml" | "mcg" | "kg" | "gm");
    let unit = || line.is_unit(end + 1) && !dose() && line.span(start).len() > 1;
    first && second && (is_odd(line, end + 1) || unit())
}

/// Whether nothing is written as one with word `i` behind it.
fn chunk_end_after(line: &Line, i: usize) -> bool {
    !line.glued(i + 1) || line.mark(i + 1).is_some_and(|c| !matches!(c, '-' | '_'))
}

/// What a chunk is made of.
#[derive(Debug, Default)]
struct Chunk {
    letters: usize,
    digits: usize,
    /// The longest piece of digits.
    longest: usize,
    /// How often letters touch digits.
    turns: usize,
    marks: usize,
    /// Its digits are followed by a unit or are an ordinal.
    measured: bool,
    year: bool,
}

impl Chunk {
    fn of(line: &Line, start: usize, end: usize) -> Self {
        let mut chunk = Self::default();
        for i in start..end {
            match line.atoms[i].kind {
                Kind::Word => chunk.letters += line.lower(i).chars().count(),
                Kind::Digits => {
                    chunk.digits += line.digits(i);
                    chunk.longest = chunk.longest.max(line.digits(i));
                    let next = if line.mark(i + 1) == Some('-') {
                        i + 2
                    } else {
                        i + 1
                    };
                    let leads = i == start || line.mark(i - 1).is_some();
                    chunk.measured |= leads && next < end && is_measure(line, next);
                    chunk.year |= line.value(i).is_some_and(|y| (1900..2100).contains(&y));
                }
                _ => chunk.marks += 1,
            }
            let touches = |a: Kind, b: Kind| a == Kind::Word && b == Kind::Digits;
            if i > start {
                let (before, here) = (line.atoms[i - 1].kind, line.atoms[i].kind);
                chunk.turns += usize::from(touches(before, here) || touches(here, before));
            }
        }
        chunk
    }

    /// Whether it is a code, or a password where one is spoken of.
    const fn is_code(&self, secret: bool) -> bool {
        if self.letters == 0 || self.digits == 0 {
            return false;
        }
        let hardware = self.marks >= 4 && self.digits + self.letters == 2 * (self.marks + 1);
        if hardware {
            return true;
        }
        if self.measured && self.longest < 7 && self.turns < 5 {
            return false;
        }
        let year_alone = self.year && self.digits == 4;
        let long_number = self.longest >= 4 && !year_alone;
        let short_prefix =
            self.marks == 0 && self.longest == 3 && self.letters >= 2 && self.letters <= 4;
        let mixed =
            self.digits >= 2 && self.digits + self.letters >= 6 && self.turns >= 3 + self.marks;
        let grouped =
            self.marks > 0 && self.digits >= 3 && self.letters > self.turns && self.turns >= 4;
        let token = self.digits >= 4 && self.digits + self.letters >= 16;
        let password = secret && self.letters > 2 && self.digits > 1 && self.turns == 1;
        let serial = self.marks > 0
            && self.letters > 3
            && self.letters > self.turns
            && self.digits >= 3
            && self.turns >= 2;
        long_number || short_prefix || mixed || grouped || token || serial || password
    }
}

fn is_measure(line: &Line, i: usize) -> bool {
    line.is_unit(i)
        || matches!(
            line.word(i),
            "hourly" | "daily" | "old" | "fold" | "ish" | "plus"
        )
}

/// Judges every sequence of short groups of letters and digits.
fn scan_spaced(line: &Line, seen: &mut Seen<'_>) {
    let mut i = 0;
    while i < line.atoms.len() {
        let end = (i..line.atoms.len())
            .find(|&end| !is_group(line, end))
            .unwrap_or(line.atoms.len());
        let spaced = end > i + 1 && is_spaced_code(line, i, end);
        if spaced && !reading::is_reading(line, i, end) && !is_durations(line, i, end) {
            seen.add(line.span(i), Category::OtherId, "spaced-code");
        }
        i = end.max(i + 1);
    }
}

/// `5h 40m`, `6h 02m sd 38m`, `rem 1h11`: whether every number from `start` to `end` is
/// of hours and minutes.
fn is_durations(line: &Line, start: usize, end: usize) -> bool {
    const MOST: usize = 2;
    let clock = |i: usize| line.glued(i) && matches!(line.word(i), "h" | "m" | "min" | "hr");
    let timed = |i: usize| {
        line.digits(i) <= MOST && (clock(i + 1) || i > 0 && clock(i - 1) && line.glued(i))
    };
    let mut numbers = (start..end).filter(|&i| line.is_number(i)).peekable();
    numbers.peek().is_some() && numbers.all(|i| line.is_digits(i) && timed(i))
}

/// `confirmation bee 154`, `lkq 45`: a short word and digits, told by a cue or
/// alone in the turn. Recognisers and people write the letters of codes as words.
fn is_word_and_digits(line: &Line, i: usize) -> bool {
    const OTHER: u32 =
        class::SMALL | class::UNIT | class::NUMBER | class::CUE | class::FILLER | class::MONTH;
    let digits = line.digits(i + 1);
    let short = matches!(line.word(i).len(), 2..=4) && !line.is_class(i, OTHER);
    if !short || line.is_unit(i + 2) {
        return false;
    }
    let unknown = line.is_unknown(i);
    let code = digits == 3 && (unknown || line.word(i).len() < 4) || digits == 2 && unknown;
    code && (is_told(line, i) || is_alone(line, i))
}

/// `plate 968 zap`, `8531 gm as your ticket number`: digits and a short word,
/// told by a cue before or behind them.
fn is_digits_and_word(line: &Line, i: usize) -> bool {
    const OTHER: u32 = class::SMALL
        | class::NUMBER
        | class::CUE
        | class::FILLER
        | class::MONTH
        | class::ORDINARY
        | class::ENDING;
    let code = line.is_digits(i)
        && matches!(line.span(i).len(), 3 | 4)
        && matches!(line.word(i + 1).len(), 2..=4)
        && !line.glued(i + 1)
        && !line.is_class(i + 1, OTHER);
    code && (cue::is_named_after(line, i + 2) || is_told(line, i) && !line.is_unit(i + 1))
}

/// `from 2316 to 7795`: two numbers of four digits that are no years or amounts.
fn is_transfer(line: &Line, i: usize) -> bool {
    let names = |at: usize| {
        let year = line.value(at).is_some_and(|y| (1900..2100).contains(&y));
        line.digits(at) == 4 && !year && !line.lower(at).ends_with("00")
    };
    line.word(i + 1) == "to" && names(i) && names(i + 2) && !line.is_unit(i + 3)
}

/// Whether a cue stands before `i`, or before the `is` there.
fn is_told(line: &Line, i: usize) -> bool {
    let is = usize::from(matches!(line.word_before(i), "is" | "it's"));
    let cue = i.checked_sub(1 + is);
    cue.is_some_and(|cue| line.is_class(cue, class::CUE))
}

/// `RVKXHRM`: letters that nobody can say as a word.
fn is_unsayable(line: &Line, i: usize) -> bool {
    const CONSONANTS: usize = 5;
    let (mut row, mut longest) = (0, 0);
    for letter in line.word(i).bytes() {
        row = if b"aeiouy'".contains(&letter) {
            0
        } else {
            row + 1
        };
        longest = longest.max(row);
    }
    longest >= CONSONANTS && line.is_unknown(i)
}

/// Whether the turn holds nothing but the word at `i`, the digits behind it,
/// replacements and small words.
fn is_alone(line: &Line, i: usize) -> bool {
    (0..line.atoms.len()).all(|j| match line.atoms[j].kind {
        Kind::Word => j == i || line.is_class(j, class::SMALL | class::FILLER),
        Kind::Digits => j == i + 1,
        Kind::Slot(_) => true,
        Kind::Mark(c) => !"$£€₹¥%".contains(c),
    })
}

/// Digits, a number word, a letter, or two to four letters beside a number
/// that are no word.
fn is_group(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    match word.len() {
        0 => (1..=8).contains(&line.digits(i)),
        1 => true,
        _ if line.is_number(i) => word != "hundred",
        2..=4 => {
            let beside = line.is_number(i + 1) || i > 0 && line.is_number(i - 1);
            let owner = word.len() < line.lower(i).len();
            beside && !owner && !line.is_class(i, class::SMALL) && line.is_unknown(i)
        }
        _ => false,
    }
}

/// `kjh 456`, `a 2 cs 51`, `sw four zero ng`: letters that are no word, with
/// three digits or between digits.
fn is_spaced_code(line: &Line, start: usize, end: usize) -> bool {
    let (mut odd, mut letters, mut digits, mut groups) = (0, 0, 0, 0);
    let mut spine = true;
    let mut staged = true;
    for i in start..end {
        match line.word(i).len() {
            1 if matches!(line.word(i), "a" | "i") || is_by(line, i) => {}
            1 if !line.is_number(i) => {
                letters += 1;
                spine &= matches!(line.word(i), "c" | "t" | "l" | "s");
                staged &= is_staging(line.word(i));
            }
            _ if line.is_number(i) => {
                digits += line.digits(i).max(1);
                groups += 1;
            }
            // `0900 vanc`, `130 ish`: an abbreviation behind what it counts
            4 if i > start && line.is_number(i - 1) && !is_unsaid(line.word(i)) => return false,
            _ => odd += 1,
        }
    }
    let measured = line.is_unit(end) || line.is_unit(end - 1) && (odd == 0 || digits < 4);
    let odd_one = odd > 0 && (digits >= 3 || groups >= 2 || groups > 0 && odd + letters >= 2);
    staged &= digits <= letters;
    let mixed = letters >= 2 && !spine && !staged && groups >= 2 && digits + letters >= 5;
    !measured && (odd_one || mixed) && !is_of_area(line, start, end) && !is_model(line, start)
}

/// `model kxr 300`: many have one like it.
fn is_model(line: &Line, start: usize) -> bool {
    line.word_before(start) == "model"
}

/// Letters without a vowel.
fn is_unsaid(word: &str) -> bool {
    !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `TN 371`, `NJ 070`, `exp 2028`: what stays of a ZIP code behind its state, or a year.
fn is_of_area(line: &Line, start: usize, end: usize) -> bool {
    let year = line
        .value(start + 1)
        .is_some_and(|y| (1900..2100).contains(&y));
    let before = start.checked_sub(1);
    let placed = before.is_some_and(|at| {
        line.mark(at) == Some(',') && line.capital(start) || line.is_slot_of(at, Category::City)
    });
    let area = line.word(start).len() == 2 && line.digits(start + 1) == 3 && placed;
    end == start + 2 && !line.glued(start + 1) && (year || area)
}

/// `16 x 25 x 1`: what is said between two lengths.
fn is_by(line: &Line, i: usize) -> bool {
    line.word(i) == "x" && i > 0 && line.is_digits(i - 1) && line.is_digits(i + 1)
}

/// A letter of a stage or a history: `t 2 n 0 m 0`, `g 2 p 1`.
fn is_staging(letter: &str) -> bool {
    matches!(letter, "t" | "n" | "m" | "g" | "p")
}

/// Whether the inward half of a UK postcode (`1aa`) is at `i` and an outward
/// half (`sw1a`, `m1`, `ec2`) before it.
fn ends_postcode(line: &Line, i: usize) -> bool {
    let inward = line.word(i + 1);
    line.digits(i) == 1
        && line.glued(i + 1)
        && inward.len() == 2
        && !inward.contains(['c', 'i', 'k', 'm', 'o', 'v'])
        && !line.is_unit(i + 1)
        && i > 1
        && is_outward(line, i)
}

fn is_outward(line: &Line, end: usize) -> bool {
    let tail = line.word(end - 1).len() == 1 && line.glued(end - 1);
    let digits = if tail { end.saturating_sub(2) } else { end - 1 };
    let area = digits.checked_sub(1).map_or("", |a| line.word(a));
    matches!(line.digits(digits), 1 | 2) && line.glued(digits) && matches!(area.len(), 1 | 2)
}
