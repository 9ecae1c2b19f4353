//! What a name goes on with: the word beside it that nothing else explains, the
//! kind of place that ends it, the numbers that end a handle.

use std::ops::Range;

use super::spoken;
use crate::deid::detect::expect::code;
use crate::deid::detect::expect::street::is_unit_word;
use crate::deid::detect::expect::talk::number;
use crate::deid::detect::name::{Standing, is_auxiliary, standing};
use crate::deid::detect::units::is_quantity;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::spoken::ordinal;
use crate::deid::word::{Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::{Category, Role};

/// Shortest word in no list that is more likely a name than a slip.
const SHORTEST: usize = 5;

/// For how many turns a handle or a firm of two names is remembered.
const IN_MIND: usize = 6;

/// Most numbers before a street, or after a unit.
const MOST_NUMBERS: usize = 8;

/// Most words that a place's name goes on for.
const MOST_WORDS: usize = 4;

/// Adds to `out` those of its findings from `from` on that go on beyond what
/// was found of them, as a whole.
pub(super) fn go_on(
    lexicon: &Lexicon,
    document: &Document<'_>,
    from: usize,
    out: &mut Vec<Finding>,
) {
    let said = Said::of(document, out);
    let covered = Covered::by(out);
    let mut more = Vec::new();
    for finding in out[from..]
        .iter()
        .filter(|f| f.strength >= Strength::Likely)
    {
        let turn = &document.turns[finding.turn];
        let tokens = turn
            .tokens
            .partition_point(|t| t.span.end <= finding.span.start)
            ..turn
                .tokens
                .partition_point(|t| t.span.start < finding.span.end);
        let beside = Beside {
            turn,
            lexicon,
            whole: tokens
                .end
                .checked_sub(1)
                .is_some_and(|last| turn.tokens[last].span.end == finding.span.end),
            tokens: tokens.clone(),
        };
        let grown = match finding.category {
            _ if tokens.is_empty() => continue,
            Category::Person => beside
                .person()
                .or_else(|| beside.numbers().filter(|_| said.handle(finding.turn)))
                .or_else(|| beside.facility())
                .or_else(|| beside.firm().filter(|_| said.firm(finding.turn))),
            Category::Username => beside.numbers(),
            Category::City | Category::Facility => beside.place().or_else(|| beside.business()),
            Category::Organization => beside
                .business()
                .or_else(|| beside.firm().filter(|_| said.firm(finding.turn))),
            Category::Address => beside.address(),
            Category::Email => beside.email(),
            Category::Date => beside.days(),
            Category::Account
            | Category::Biometric
            | Category::Device
            | Category::Fax
            | Category::Geocode
            | Category::HealthPlan
            | Category::Ip
            | Category::License
            | Category::MedicalRecord
            | Category::OtherId
            | Category::Phone
            | Category::Secret
            | Category::Ssn
            | Category::Vehicle
            | Category::Zip => Some(beside.solid(spoken::code(turn, &tokens))),
            _ => None,
        };
        let news =
            |i: usize| !tokens.contains(&i) && !covered.holds(finding.turn, &turn.tokens[i].span);
        let Some(grown) = grown.filter(|grown| grown.clone().any(news)) else {
            continue;
        };
        more.push(Finding {
            span: turn.tokens[grown.start].span.start..turn.tokens[grown.end - 1].span.end,
            detector: "propagate",
            rule: "goes-on",
            strength: finding.strength.min(Strength::Cued),
            ..finding.clone()
        });
    }
    out.append(&mut more);
}

/// What findings cover: turn, first byte and end, in order and apart.
struct Covered(Vec<(usize, usize, usize)>);

impl Covered {
    fn by(findings: &[Finding]) -> Self {
        let mut places: Vec<_> = findings
            .iter()
            .map(|f| (f.turn, f.span.start, f.span.end))
            .collect();
        places.sort_unstable();
        places.dedup_by(|next, last| {
            let hangs = next.0 == last.0 && next.1 <= last.2;
            last.2 = if hangs { last.2.max(next.2) } else { last.2 };
            hangs
        });
        Self(places)
    }

    /// Whether all of `span` in turn `turn` is covered.
    fn holds(&self, turn: usize, span: &Range<usize>) -> bool {
        let after = self
            .0
            .partition_point(|(t, start, _)| (*t, *start) <= (turn, span.start));
        let before = after.checked_sub(1).map(|i| self.0[i]);
        before.is_some_and(|(t, _, end)| t == turn && span.end <= end)
    }
}

/// In which turns handles, and firms of two names, are said; in order.
struct Said {
    handles: Vec<usize>,
    firms: Vec<usize>,
}

impl Said {
    fn of(document: &Document<'_>, findings: &[Finding]) -> Self {
        let turns = |is: &dyn Fn(&Finding) -> bool| {
            let mut turns: Vec<usize> = findings.iter().filter(|f| is(f)).map(|f| f.turn).collect();
            turns.sort_unstable();
            turns
        };
        let text = |f: &Finding| &document.turns[f.turn].text[f.span.clone()];
        Self {
            handles: turns(&|f| f.category == Category::Username),
            firms: turns(&|f| f.category == Category::Organization && text(f).contains(" and ")),
        }
    }

    fn handle(&self, turn: usize) -> bool {
        is_recent(&self.handles, turn)
    }

    fn firm(&self, turn: usize) -> bool {
        is_recent(&self.firms, turn)
    }
}

/// Whether one of `turns` is `turn` or one of the few before it.
fn is_recent(turns: &[usize], turn: usize) -> bool {
    let after = turns.partition_point(|t| *t <= turn);
    after > 0 && turns[after - 1] + IN_MIND >= turn
}

/// What stands beside a finding.
struct Beside<'a> {
    turn: &'a DocTurn<'a>,
    lexicon: &'a Lexicon,
    /// The finding's tokens.
    tokens: Range<usize>,
    /// Whether it ends with the last of them, and not before a `'s`.
    whole: bool,
}

impl Beside<'_> {
    fn word(&self, i: usize) -> &str {
        if i < self.turn.tokens.len() {
            self.turn.word(i)
        } else {
            ""
        }
    }

    fn classes(&self, i: usize) -> Classes {
        self.lexicon.get(&self.word(i).to_lowercase())
    }

    /// Whether token `i` is a word that a space parts from the one before it.
    fn is_apart(&self, i: usize) -> bool {
        let tokens = &self.turn.tokens;
        self.is_beside(i) && tokens[i].kind == TokenKind::Word
    }

    /// Whether token `i` stands a space after the one before it.
    fn is_beside(&self, i: usize) -> bool {
        let tokens = &self.turn.tokens;
        i > 0
            && i < tokens.len()
            && &self.turn.text[tokens[i - 1].span.end..tokens[i].span.start] == " "
    }

    /// Whether a phrase ends before token `i`.
    fn ends(&self, i: usize) -> bool {
        i >= self.turn.tokens.len()
            || self.turn.tokens[i].kind == TokenKind::Mark && !self.turn.is_of(i, words!["-", "'"])
    }

    /// A further name, right after the person's or right before it.
    fn person(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let after = self.whole && self.is_apart(end) && self.is_surname(end);
        let before = start > 0 && self.is_apart(start) && self.is_first_name(start - 1);
        (after || before).then(|| start - usize::from(before)..end + usize::from(after))
    }

    fn is_surname(&self, i: usize) -> bool {
        let classes = self.classes(i);
        match standing(classes) {
            Standing::Unlisted => self.word(i).len() >= SHORTEST && !self.is_slip(i),
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => {
                classes.family() >= 3 && !is_auxiliary(self.word(i)) && self.ends(i + 1)
            }
            Standing::Word | Standing::Never => {
                let word = classes.any(Classes::COUNTRY)
                    || self.turn.is_of(i, words!["day", "little", "english"]);
                let told = self.is_introduced() && self.is_closed(i + 1);
                word && classes.family() >= 2 && (self.ends(i + 1) || told)
            }
        }
    }

    /// Whether the person says who they are: `this is [anna]`.
    fn is_introduced(&self) -> bool {
        const SELF: Words = words!["is", "i'm", "it's", "for", "under", "with"];
        let before = self.tokens.start.checked_sub(1);
        before.is_some_and(|i| self.turn.is_of(i, SELF))
    }

    /// Whether the word in no list at token `i` has an ending that verbs have.
    fn is_slip(&self, i: usize) -> bool {
        ["ed", "ing", "ly", "ion"]
            .iter()
            .any(|ending| self.word(i).ends_with(ending))
    }

    /// Whether token `i`, before a name, is one, by what introduces it.
    fn is_first_name(&self, i: usize) -> bool {
        const INTRODUCE: Words = words![
            "am", "for", "got", "have", "i'm", "is", "it's", "that's", "this", "under", "was",
            "with", ",", ":",
        ];
        /// Longest turn, in tokens, that reads a name back and little else.
        const LONGEST: usize = 6;
        let classes = self.classes(i);
        let introduced = match i.checked_sub(1) {
            Some(before) => self.turn.is_of(before, INTRODUCE),
            None => self.turn.role == Role::Agent && self.turn.tokens.len() <= LONGEST,
        };
        introduced
            && self.turn.tokens[i].kind == TokenKind::Word
            && match standing(classes) {
                Standing::Unlisted => self.word(i).len() >= SHORTEST,
                Standing::Name | Standing::Rare => true,
                Standing::Ambiguous => classes.given() >= 3 && !self.ends(i + 1),
                Standing::Word | Standing::Never => is_auxiliary(self.word(i)),
            }
    }

    /// The numbers and marks of a handle, said after its word.
    fn numbers(&self) -> Option<Range<usize>> {
        let end = code::end(self.turn, self.tokens.end);
        let said = end > self.tokens.end && self.is_apart(self.tokens.end);
        let quantity = || is_quantity(self.turn.text, self.turn.tokens[end - 1].span.end);
        (said && !quantity()).then_some(self.tokens.start..end)
    }

    /// The kind of a facility after a name: `[quillmere] general hospital`.
    fn facility(&self) -> Option<Range<usize>> {
        let end = self.kind_end()?;
        (end > self.tokens.end + 1).then_some(self.tokens.start..end)
    }

    /// One past the words after the name that say what kind of place it is.
    fn kind_end(&self) -> Option<usize> {
        let end = self.tokens.end;
        let last = (end..end + MOST_WORDS)
            .take_while(|&i| self.is_apart(i) && (self.is_shared(i) || self.is_kind(i)))
            .filter(|&i| self.is_kind(i))
            .last()?;
        Some(last + 1)
    }

    fn is_kind(&self, i: usize) -> bool {
        const PLACES: Words = words![
            "beach", "borough", "center", "centre", "city", "county", "falls", "harbor", "heights",
            "hills", "junction", "parish", "school", "springs", "township", "village",
        ];
        let ended = i > 0 && self.is_shared(i - 1);
        self.turn.is_of(i, PLACES)
            || self.classes(i).any(Classes::FACILITY)
            || ended && self.classes(i).any(Classes::FACILITY_END)
    }

    /// Whether token `i` is a word that the names of many places share.
    fn is_shared(&self, i: usize) -> bool {
        const SHARED: Words = words![
            "community",
            "elementary",
            "family",
            "general",
            "high",
            "medical",
            "memorial",
            "middle",
            "primary",
            "regional",
            "rehab",
            "urgent",
            "university",
            "veterans",
        ];
        self.turn.is_of(i, SHARED)
    }

    /// A town or a facility with the words about it that are of its name.
    fn place(&self) -> Option<Range<usize>> {
        let end = self.kind_end().unwrap_or(self.tokens.end);
        let start = self.place_start();
        let grown = start..end;
        (grown != self.tokens).then_some(grown)
    }

    /// `in [new windsor]`, `[family clinic of] windsor`.
    fn place_start(&self) -> usize {
        const FIRST: Words = words![
            "east", "el", "fort", "lake", "las", "los", "lower", "mount", "new", "north", "old",
            "port", "saint", "san", "santa", "south", "upper", "west",
        ];
        const BEFORE: Words = words!["at", "from", "in", "near", "of", "to", "outside"];
        let before = |i: usize, words: Words| i > 0 && self.turn.is_of(i - 1, words);
        let mut start = self.tokens.start;
        if before(start, FIRST) && before(start - 1, BEFORE) {
            start -= 1;
        }
        if !before(start, words!["of"]) || start < 2 || !self.is_kind(start - 2) {
            return start;
        }
        start -= 2;
        let shared = (start.saturating_sub(MOST_WORDS)..start)
            .rev()
            .take_while(|&i| self.is_shared(i));
        shared.last().unwrap_or(start)
    }

    /// A street with the number before it and that of its unit after it:
    /// `[double six] lockkeeper road`, `lockkeeper road unit [nine b]`.
    fn address(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let numbered =
            |i: usize| number(self.turn, i) || self.turn.is_of(i, words!["double", "triple", "oh"]);
        let ordinal = |i: usize| ordinal(self.turn.key(i)).is_some();
        let first = (start.saturating_sub(MOST_NUMBERS)..start)
            .rev()
            .take_while(|&i| self.is_beside(i + 1) && (numbered(i) || ordinal(i)))
            .last()
            .filter(|&i| numbered(i))
            .unwrap_or(start);
        let letter = |i: usize| self.word(i).len() == 1 && self.ends(i + 1);
        let after = (end..end + MOST_NUMBERS)
            .take_while(|&i| self.is_beside(i) && (numbered(i) || letter(i)))
            .last()
            .map_or(end, |last| last + 1);
        let unit = is_unit_word(self.turn.key(end - 1)) || number(self.turn, end - 1);
        let grown = first..if unit { after } else { end };
        (grown != self.tokens).then_some(grown)
    }

    /// The local part of an address whose marks were not heard: `[k lund]
    /// gmailcom`.
    fn email(&self) -> Option<Range<usize>> {
        const MOST: usize = 3;
        let Range { start, end } = self.tokens;
        let text =
            &self.turn.text[self.turn.tokens[start].span.start..self.turn.tokens[end - 1].span.end];
        if end - start > 2 || text.contains(['@', ' ']) {
            return None;
        }
        let local = |i: usize| {
            let classes = self.classes(i);
            let letter = self.word(i).len() == 1 && !self.turn.is_of(i, words!["i"]);
            self.is_beside(i + 1)
                && (letter
                    || self.turn.tokens[i].kind == TokenKind::Number
                    || !classes.any(Classes::STOP) && standing(classes) > Standing::Word)
        };
        let first = (start.saturating_sub(MOST)..start)
            .rev()
            .take_while(|&i| local(i))
            .last()?;
        Some(first..end)
    }

    /// A day with another that makes a range of them: `the 5th [to the 20th]`.
    fn days(&self) -> Option<Range<usize>> {
        const JOINTS: Words = words!["to", "through", "thru", "till", "until", "and", "or", "-"];
        let Range { start, end } = self.tokens;
        let the = usize::from(self.turn.is_of(end + 1, words!["the"]));
        let last = self
            .ordinal_from(end + 1 + the)
            .filter(|_| self.turn.is_of(end, JOINTS))
            .unwrap_or(end);
        let the = usize::from(start > 0 && self.turn.is_of(start - 1, words!["the"]));
        let joint = start
            .checked_sub(1 + the)
            .filter(|&joint| self.turn.is_of(joint, JOINTS));
        let first = joint
            .and_then(|joint| {
                let back = (1..=2).rev().filter_map(|back| joint.checked_sub(back));
                back.into_iter()
                    .find(|&i| self.ordinal_from(i) == Some(joint))
            })
            .unwrap_or(start);
        let grown = first..last;
        (grown != self.tokens).then_some(grown)
    }

    /// One past the ordinal day that begins at token `i`: `5th`, `twenty fifth`.
    fn ordinal_from(&self, i: usize) -> Option<usize> {
        let tokens = &self.turn.tokens;
        let day = |k: usize| {
            ordinal(self.turn.key(k)).is_some() && !self.turn.is_of(k, words!["first", "second"])
        };
        if day(i) {
            return Some(i + 1);
        }
        let suffix = self.turn.is_of(i + 1, words!["st", "nd", "rd", "th"]);
        let written = suffix && tokens[i].kind == TokenKind::Number && tokens[i].span.len() <= 2;
        let said = self.turn.is_of(i, words!["twenty", "thirty"]) && day(i + 1);
        (written || said).then_some(i + 2)
    }

    /// All that stands without a space about `code`: `lagoon![44]`.
    fn solid(&self, code: Range<usize>) -> Range<usize> {
        const MOST: usize = 12;
        let tokens = &self.turn.tokens;
        let joined =
            |i: usize| i > 0 && i < tokens.len() && tokens[i - 1].span.end == tokens[i].span.start;
        let is_mark = |i: usize| tokens[i].kind == TokenKind::Mark;
        let sentence = |i: usize| {
            matches!(
                self.word(i),
                "\u{1}"
                    | "("
                    | ")"
                    | "\""
                    | "{"
                    | "}"
                    | "="
                    | ":"
                    | ","
                    | "<"
                    | ">"
                    | "["
                    | "]"
                    | "'"
                    | ";"
                    | "?"
                    | "."
                    | "/"
            )
        };
        let mut start = code.start;
        while joined(start) && code.start - start < MOST && !sentence(start - 1) {
            start -= 1;
        }
        while start < code.start && is_mark(start) {
            start += 1;
        }
        let mut end = code.end;
        while joined(end) && end - code.end < MOST && !sentence(end) {
            end += 1;
        }
        while end > code.end && is_mark(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// A firm with what it does: `[quillmere] junction machine works`.
    fn business(&self) -> Option<Range<usize>> {
        const BUSINESSES: Words = words![
            "catering",
            "corp",
            "dairy",
            "enterprises",
            "foods",
            "inc",
            "industries",
            "landscaping",
            "llc",
            "logistics",
            "ltd",
            "plumbing",
            "roofing",
            "software",
            "technologies",
            "textiles",
            "trucking",
        ];
        const PAIRS: &[&str] = &[
            "auto body",
            "freight lines",
            "iron works",
            "lumber mill",
            "machine works",
            "paper mill",
            "water works",
        ];
        let ends = |i: usize| {
            let pair = format!("{} {}", self.word(i - 1), self.word(i)).to_lowercase();
            self.turn.is_of(i, BUSINESSES) || PAIRS.contains(&pair.as_str())
        };
        let end = self.tokens.end;
        let last = (end..end + MOST_WORDS)
            .take_while(|&i| self.is_apart(i))
            .take_while(|&i| ends(i) || !self.classes(i).any(Classes::STOP))
            .find(|&i| ends(i) && self.is_closed(i + 1))?;
        Some(self.tokens.start..last + 1)
    }

    /// Whether a name may end before token `i`.
    fn is_closed(&self, i: usize) -> bool {
        self.ends(i) || self.classes(i).any(Classes::STOP)
    }

    /// The other name of a firm: `[lund] and quirrel`.
    fn firm(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let named = |i: usize| self.is_apart(i) && !self.classes(i).any(Classes::STOP);
        let and = |i: usize| self.turn.is_of(i, words!["and", "&"]);
        let after = and(end) && named(end + 1) && self.ends(end + 2);
        let before = start > 1
            && and(start - 1)
            && self.turn.tokens[start - 2].kind == TokenKind::Word
            && !self.classes(start - 2).any(Classes::STOP);
        let from = if before { start - 2 } else { start };
        let to = if after { end + 2 } else { end };
        (after || before).then_some(from..to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, value: &str, category: Category, expected: &[&str]) {
        check_all(text, &[value], category, expected);
    }

    #[track_caller]
    fn check_all(text: &str, values: &[&str], category: Category, expected: &[&str]) {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let found = |value: &&str| {
            let start = text.rfind(value).expect("said");
            Finding {
                turn: 0,
                span: start..start + value.len(),
                category,
                detector: "test",
                rule: "test",
                strength: Strength::Likely,
                confidence: 0.8,
            }
        };
        let mut out: Vec<_> = values.iter().map(found).collect();
        go_on(&LEXICON, &document, 0, &mut out);
        let more: Vec<_> = out[values.len()..]
            .iter()
            .map(|f| &text[f.span.clone()])
            .collect();
        assert_eq!(more, expected, "{text}");
    }

    #[test]
    fn names_of_persons_go_on() {
        use Category::Person;
        check(
            "hey it's anna quellivar any news",
            "anna",
            Person,
            &["anna quellivar"],
        );
        check(
            "is this orvindel smith?",
            "smith",
            Person,
            &["orvindel smith"],
        );
        check("this is anna english.", "anna", Person, &["anna english"]);
        check(
            "this is anna english it's about my knee",
            "anna",
            Person,
            &["anna english"],
        );
        check(
            "speaking with may ortega?",
            "ortega",
            Person,
            &["may ortega"],
        );
        for text in [
            "anna recieved it",
            "thank you anna, orvindel",
            "may ortega come",
            "anna's quellivar",
            "i met anna day before",
        ] {
            let value = if text.contains("ortega") {
                "ortega"
            } else {
                "anna"
            };
            check(text, value, Person, &[]);
        }
    }

    #[test]
    fn names_of_places_go_on() {
        use Category::{City, Facility};
        check("in elder county now", "elder", City, &["elder county"]);
        check(
            "at quillmere general hospital",
            "quillmere",
            City,
            &["quillmere general hospital"],
        );
        check(
            "from family clinic of new quillmere",
            "quillmere",
            City,
            &["family clinic of new quillmere"],
        );
        check(
            "i moved to quillmere for high school",
            "quillmere",
            City,
            &[],
        );
        check("the brand new quillmere", "quillmere", Facility, &[]);
    }

    #[test]
    fn addresses_go_on() {
        let road = "lockkeeper road";
        let check =
            |text, value, expected: &[&str]| check(text, value, Category::Address, expected);
        check(
            "to double six lockkeeper road",
            road,
            &["double six lockkeeper road"],
        );
        check(
            "it's two five lockkeeper road",
            road,
            &["two five lockkeeper road"],
        );
        check(
            "at nine forty second lane now",
            "lane",
            &["nine forty second lane"],
        );
        check(
            "lockkeeper road unit thirty two b",
            "lockkeeper road unit",
            &["lockkeeper road unit thirty two b"],
        );
        check("the second lockkeeper road", road, &[]);
        check("lockkeeper road two days ago", road, &[]);
    }

    #[test]
    fn days_go_on() {
        let check = |text, value, expected: &[&str]| check(text, value, Category::Date, expected);
        check(
            "from the 5th to the 20th",
            "the 5th",
            &["the 5th to the 20th"],
        );
        check("away 5th - 20th june", "20th june", &["5th - 20th june"]);
        check(
            "the sixth through twenty fifth",
            "the sixth",
            &["the sixth through twenty fifth"],
        );
        check("the 5th to my mind", "the 5th", &[]);
        check("on june 5th and second", "june 5th", &[]);
    }

    #[test]
    fn solid_codes_and_addresses_of_the_net_go_on() {
        use Category::{Email, Secret};
        check("it's lagoon!44, okay", "44", Secret, &["lagoon!44"]);
        check("code:44, okay", "44", Secret, &[]);
        check(
            "write to k lund gmailcom",
            "gmailcom",
            Email,
            &["k lund gmailcom"],
        );
        check("my email is gmailcom", "gmailcom", Email, &[]);
    }

    #[test]
    fn handles_and_firms_go_on() {
        use Category::{Organization, Username};
        check(
            "i see quillby eleven as it",
            "quillby",
            Username,
            &["quillby eleven"],
        );
        check("quillby has two days", "quillby", Username, &[]);
        check(
            "she's at quillmere junction machine works.",
            "quillmere",
            Organization,
            &["quillmere junction machine works"],
        );
        check("quillmere never works", "quillmere", Organization, &[]);
        let text = "it's lund and quirrel, so tarn and quirrel";
        check(text, "tarn", Organization, &[]);
        let both = ["lund and quirrel", "tarn"];
        check_all(text, &both, Organization, &["tarn and quirrel"]);
    }
}
