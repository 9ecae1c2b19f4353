//! Identifiers that are named before, or after, they are said: `my member id is
//! …`, `"account_number": …`, `4471 is my pin`; and those that a question asks
//! for, through `expect`.

mod announced;
mod filler;
mod table;

use std::ops::Range;

use crate::deid::document::DocTurn;
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Classes, Matter, Reading};
use crate::deid::word::{Phrases, Words, phrases, words};

use super::expect::quantity::CODED;
use super::expect::talk::is_said;
use super::expect::{DICTATED, Expectations, asks};
use super::measures::names_measure;

use announced::announced;
use table::{CueTable, Hit};
pub(super) use table::{Form, Kind, mark};

/// Finds values by their cues.
#[derive(Debug)]
pub(crate) struct CueDetector {
    cues: CueTable,
}

impl CueDetector {
    pub(crate) fn new() -> Self {
        Self {
            cues: CueTable::new(),
        }
    }

    /// Reads the `turns` of `reading`, each in its best form, and adds what is
    /// announced or asked for, in bytes of these turns. `touches` tells by its
    /// index whether a turn may have a word of some classes.
    pub(super) fn converse(
        &self,
        reading: &Reading<'_>,
        turns: &[&DocTurn<'_>],
        touches: impl Fn(usize, Classes) -> bool,
        out: &mut Vec<Finding>,
    ) {
        let mut expectations = Expectations::default();
        for (index, turn) in turns.iter().enumerate() {
            let read = &reading.turns[index];
            let may =
                !read.lacks(Matter::Cue) && (turn.shape.camel || touches(index, Classes::CUE));
            let hits = if may {
                self.cues.hits(turn)
            } else {
                Vec::new()
            };
            if hits.is_empty() {
                read.note_lack(Matter::Cue);
            }
            let busy = hits
                .iter()
                .any(|h| h.kind.form != Form::Asked && !is_added(h) && !is_prefix(turn, h));
            let touches = |classes| touches(index, classes);
            expectations.read(turns, index, busy, touches, out);
            let said: Vec<_> = hits
                .iter()
                .map(|h| (h.kind, announced(turn, h)))
                .zip(&hits)
                .filter(|((_, values), hit)| !values.is_empty() || names_a_number(turn, hit))
                .map(|(said, _)| said)
                .collect();
            let told = said.iter().all(|(_, values)| values.is_empty());
            if told
                && let Some(hit) = hits.last().filter(|hit| hit.kind.form != Form::Asked)
                && expectations.begin_told(turn, index, hit.kind, hit.after)
            {
                continue;
            }
            expectations.note(turns, index, &said);
            for (kind, values) in said {
                out.extend(values.into_iter().map(|v| cued(index, v.span, kind)));
            }
        }
    }

    /// Adds what `turn` itself announces, whatever was asked before it.
    pub(super) fn announced_in(&self, index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
        for hit in self.cues.hits(turn) {
            let values = announced(turn, &hit).into_iter();
            out.extend(values.map(|v| cued(index, v.span, hit.kind)));
        }
    }
}

/// Whether `hit` announces what is said beside a longer number, which may answer
/// a question in the same turn: `0077 3318 4, [dependant] 03`.
fn is_added(hit: &Hit) -> bool {
    hit.kind.rule == "dependant"
}

/// Whether `hit` is what codes begin with, and all that `turn` says: the first part
/// of one that is said in several: `[ref]`, `mm-hmm`, `four eight two`. So are the
/// letters of a cue: `um, [r e f]`.
fn is_prefix(turn: &DocTurn<'_>, hit: &Hit) -> bool {
    const PREFIXES: Words = words!["acct", "clm", "conf", "mrn", "ref"];
    const MOST: usize = 6;
    let spelled = || (hit.first..hit.after).all(|i| turn.word(i).len() == 1);
    let named = PREFIXES.has(turn.key(hit.first)) && hit.after - hit.first == 1;
    turn.tokens.len() <= MOST && turn.shape.digits == 0 && (named || spelled())
}

/// Whether `hit`, beside which no number stands, may ask for one.
fn names_a_number(turn: &DocTurn<'_>, hit: &Hit) -> bool {
    const THINGS: Words = words![
        "account",
        "badge",
        "cell",
        "citation",
        "claim",
        "confirmation",
        "invoice",
        "mobile",
        "order",
        "phone",
        "policy",
        "reservation",
        "subject",
        "telephone",
        "ticket",
    ];
    // `diagnosis code`
    if hit.first > 0 && turn.is_of(hit.first - 1, CODED) {
        return false;
    }
    let thing = hit.after - hit.first == 1 && turn.is_of(hit.first, THINGS);
    // `i'm on the phone`
    let used = hit.first > 1
        && turn.is_of(hit.first - 1, words!["the", "my"])
        && turn.is_of(hit.first - 2, words!["on"]);
    if thing && used {
        return false;
    }
    // `is the phone still there`
    if thing && turn.is_of(0, words!["are", "did", "does", "has", "is", "was", "were"]) {
        return false;
    }
    // `invoice amount`
    let summed = names_measure(turn, hit.after);
    // `do you happen to have your policy there`
    let has = || {
        (0..turn.tokens.len())
            .any(|i| turn.is_of(i, words!["do"]) && turn.is_of(i + 1, words!["you"]))
    };
    !summed && !is_of_quantity(turn, hit) && (!thing || asks(turn) || has())
}

/// Whether the question in which `hit` stands asks for a time or a quantity, and
/// for no number of the thing that it names: `what time is the reservation`.
fn is_of_quantity(turn: &DocTurn<'_>, hit: &Hit) -> bool {
    const WITHIN: usize = 10;
    const ASKED: Phrases = phrases![
        "what time",
        "which time",
        "how many",
        "how much",
        "how long",
        "how often",
    ];
    const ENDS: Words = words![".", "?", ";", "and", "also"];
    (hit.first.saturating_sub(WITHIN)..hit.first)
        .rev()
        .take_while(|&i| !turn.is_of(i, ENDS))
        .any(|i| is_said(turn, i, ASKED))
}

/// The rule of cues that name no kind of number: any that is known wins.
pub(super) const ANY_NUMBER: &str = "number";

/// The finding of a value that `kind` announced.
pub(super) fn cued(turn: usize, span: Range<usize>, kind: Kind) -> Finding {
    let (strength, confidence) = if [ANY_NUMBER, DICTATED].contains(&kind.rule) {
        (Strength::Likely, 0.7)
    } else {
        (Strength::Cued, 0.9)
    };
    Finding {
        turn,
        span,
        category: kind.category,
        detector: "cue",
        rule: kind.rule,
        strength,
        confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::tests::conversation;
    use crate::domain::Category;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Category)]) {
        let raw = conversation(&[text]);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &LEXICON);
        let turns: Vec<_> = document.turns.iter().collect();
        CueDetector::new().converse(&reading, &turns, |_, _| true, &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| (&text[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cues_name_what_follows() {
        use Category::*;
        check("my MRN is 4471", &[("4471", MedicalRecord)]);
        check("member id: XK 99120 ok", &[("XK 99120", HealthPlan)]);
        check("last 4 of my social are 2210", &[("2210", Ssn)]);
        check(
            "last 4 of the social security number 2210",
            &[("2210", Ssn)],
        );
        check("{\"account_number\":\"00912\"}", &[("00912", Account)]);
        check("{\"memberId\": 81230}", &[("81230", HealthPlan)]);
        check("the password is tulips", &[("tulips", Secret)]);
        check("plate is KDJ 4471", &[("KDJ 4471", Vehicle)]);
        check("extension 4471", &[("4471", Phone)]);
        check(
            "my pin is either 4471 or 7720",
            &[("4471", Secret), ("7720", Secret)],
        );
        check("claim no is ydf 281", &[("ydf 281", HealthPlan)]);
        check("7720 is my pin", &[("7720", Secret)]);
        check("i see 61792 as your billing zip code", &[("61792", Zip)]);
        check(
            "i'm in 3 . 0 . 6 . 8 . 8 that's the zip",
            &[("3 . 0 . 6 . 8 . 8", Zip)],
        );
        check(
            "i see lagoon#481 as the password",
            &[("lagoon#481", Secret)],
        );
        check(
            "i show lagoon two nine one as your password",
            &[("lagoon two nine one", Secret)],
        );
        check("my pin now is 7720", &[("7720", Secret)]);
        check("the gate code is 7720 pound", &[("7720 pound", Secret)]);
        check("the passport on file ends in 772", &[("772", License)]);
        check("fax it over to 772 0143", &[("772 0143", Fax)]);
        check(
            "my pin now.... well sort of... is 7720",
            &[("7720", Secret)],
        );
        check("dob 5 , 7 , 1961", &[("5 , 7 , 1961", Date)]);
    }

    #[test]
    fn a_question_for_a_quantity_asks_for_no_code() {
        use crate::deid::tests::dialogue;
        use crate::domain::Role::{Agent, User};
        let found = |question: &str| {
            let raw = dialogue(&[(Agent, question), (User, "1130 please")]);
            let mut found = Vec::new();
            let document = Document::new(&raw);
            let reading = Reading::new(&document, &LEXICON);
            let turns: Vec<_> = document.turns.iter().collect();
            CueDetector::new().converse(&reading, &turns, |_, _| true, &mut found);
            found.len()
        };
        assert_eq!(found("what time would you like the reservation"), 0);
        assert_eq!(found("how many of them are on the order?"), 0);
        assert_eq!(found("how many are there? and the order number?"), 1);
        assert_eq!(found("what is the reservation number"), 1);
        assert_eq!(found("could you tell me the order"), 1);
        assert_eq!(found("your reservation for tonight is confirmed now"), 0);
    }

    #[test]
    fn a_code_may_begin_with_what_names_it() {
        use crate::deid::tests::dialogue;
        use crate::domain::Role::{Agent, User};
        let raw = dialogue(&[
            (Agent, "what is the reference number"),
            (User, "um, ref."),
            (Agent, "mm-hmm"),
            (User, "482"),
            (Agent, "and then"),
            (User, "7xu"),
        ]);
        let mut found = Vec::new();
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &LEXICON);
        let turns: Vec<_> = document.turns.iter().collect();
        CueDetector::new().converse(&reading, &turns, |_, _| true, &mut found);
        let found: Vec<_> = found.iter().map(|f| (f.turn, f.span.clone())).collect();
        assert_eq!(found, [(1, 4..7), (3, 0..3), (5, 0..3)]);
    }

    #[test]
    fn a_cue_alone_finds_nothing() {
        check("i was spinning 4471 times", &[]);
        check("your order of 2 refills", &[]);
        check("i've had this policy since 2015", &[]);
        check("is the account active in 2019", &[]);
        check("take the pill and call me", &[]);
        check("did your pin work", &[]);
        check("dad moved in 1990, I was born in 1994", &[]);
        check("i was told three days for the pin", &[]);
        check("it was entered three times as the password", &[]);
        // What was announced stood where the placeholder is.
        check("mrn is \u{1}\u{1}\u{1}\u{1} 10.8", &[]);
    }
}
