//! Days written with a slash and no year: `21/02`, `the 1/15 visit`, and not
//! fractions, scores or ratios.

use super::dates::not_part;
use super::ordinals::AFTER_A_DAY;
use super::{Hit, Verdict};
use crate::deid::word::{Words, words};

/// A day and a month, in either order, where what stands around them says so.
pub(super) fn day_and_month(hit: &Hit<'_>) -> Option<Verdict> {
    let (a, b) = numbers(hit.found())?;
    let verdict = not_part(hit).filter(|_| !is_rhythm(hit, a, b))?;
    let padded = hit.found().starts_with('0') || hit.found().contains("/0");
    let dated = padded
        || is_after_cue(hit) && a > 12
        || pairs(hit.before(), hit.after(), a, b)
        || !is_share(a, b)
            && (is_before_hour(hit.after())
                || is_before_weekday(hit)
                || is_of_event(hit)
                || is_after_deed(hit)
                || is_before_part_of_day(hit)
                || is_all_said(hit, a, b)
                || is_of_no_scale(a, b) && ends_or_goes_on(hit));
    dated.then_some(verdict)
}

/// The two numbers of `text`, if one may be a month and the other a day.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let (a, b) = text.split_once('/')?;
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    let day = |d: u32| (1..=31).contains(&d);
    (day(a) && day(b) && a.min(b) <= 12).then_some((a, b))
}

/// Words after which a day is told.
const DATED: Words = words![
    "arrived",
    "before",
    "booked",
    "by",
    "date",
    "dated",
    "delivered",
    "due",
    "posted",
    "received",
    "sent",
    "since",
    "until",
];

/// Whether it says how long something goes on, and how long not, or how well somebody
/// sees: `open 24/7`, `the 16/8 fast`, `on 12/12 shifts`, `vision went to 20/10`.
fn is_rhythm(hit: &Hit<'_>, a: u32, b: u32) -> bool {
    const OF: Words = words![
        "cycle", "diet", "fast", "fasting", "plan", "rota", "rotation", "schedule", "shift",
        "shifts", "split",
    ];
    // `booked 24/7`, `24/7 at 10:30`: the twenty-fourth of July.
    let day = a + b == 24 && OF.lists(hit.word_after());
    let sight = a == 20
        && words!["to", "from"].lists(hit.word_before())
        && ["vision", "acuity", "eye", "sight"]
            .iter()
            .any(|word| hit.text.contains(word));
    let dated = DATED.lists(hit.word_before()) || is_before_hour(hit.after());
    (a, b) == (24, 7) && !dated || day || sight
}

/// What is a part of something, or so many marks of ten, far more often than a day.
fn is_share(a: u32, b: u32) -> bool {
    matches!((a, b), (1, 2..=4) | (2 | 3, 3 | 4)) || matches!(b, 5 | 10) && a <= b
}

/// Whether what was or will be done on a day stands before: `lice tx done [10/8]`,
/// `f/u [8/21]`.
fn is_after_deed(hit: &Hit<'_>) -> bool {
    const DEEDS: Words = words![
        "appt",
        "changed",
        "coming",
        "completed",
        "done",
        "leaving",
        "postop",
        "preop",
        "recheck",
        "rechecked",
        "resched",
        "seen",
        "slot",
    ];
    let before = hit.before().trim_end().as_bytes();
    let follow_up = before
        .last_chunk::<3>()
        .is_some_and(|end| end.eq_ignore_ascii_case(b"f/u"));
    (DEEDS.lists(hit.word_before()) || follow_up) && !words!["of", "times"].lists(hit.word_after())
}

/// Whether `a/b` is out of nothing that people count or score to, and no strength: `12/19`,
/// `21/10`. `18/12` is eighteen months and `14/7` fourteen days where doctors write.
fn is_of_no_scale(a: u32, b: u32) -> bool {
    let doses = a.is_multiple_of(5) && b.is_multiple_of(5);
    match (a, b) {
        (13.., 7 | 12) | (16, 8) => false,
        (13.., 1..=12) => !doses && a != 20,
        (1..=12, 13 | 14 | 17..=19 | 22 | 23 | 26 | 29 | 31) => true,
        _ => false,
    }
}

/// Whether nothing that is counted or scored stands around: `2/17 nodes`, `scored 9/14`.
fn ends_or_goes_on(hit: &Hit<'_>) -> bool {
    const SCORED: Words = words![
        "acuity", "bp", "got", "grade", "mark", "positive", "pressure", "ratio", "score", "scored",
        "scores", "size", "test", "vision", "was",
    ];
    const NEAR: usize = 4;
    let after = hit.after();
    let apart = after.is_empty() || after.starts_with([',', '.', ';', ')', '?', '!', '\n']);
    let next = hit.word_after();
    let mut before = hit
        .before()
        .rsplit(|c: char| !c.is_alphanumeric())
        .take(NEAR);
    let scored = before.any(|word| SCORED.lists(word));
    !scored && (apart || next.is_empty() || next != "of" && AFTER_A_DAY.lists(next))
}

/// Whether a word that days follow stands before: `booked for 21/3`.
fn is_after_cue(hit: &Hit<'_>) -> bool {
    const MORE: Words = words!["after", "for", "from", "on", "the", "till", "to"];
    let before = hit.word_before();
    DATED.lists(before) || MORE.lists(before)
}

/// What is said next, after a comma or not.
fn past_comma(after: &str) -> &str {
    after.strip_prefix(',').unwrap_or(after).trim_start()
}

/// Whether `after` goes on with an hour: `[12/4] 11am`, `[2/7] at 9.20`.
fn is_before_hour(after: &str) -> bool {
    let rest = past_comma(after);
    let link = ["at ", "@ ", "by ", "around ", "before "];
    let rest = link
        .iter()
        .find_map(|l| rest.strip_prefix(l))
        .unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return false;
    }
    let rest = &rest[digits..];
    let minutes = |rest: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 2
    };
    let half = |rest: &str| {
        let rest = rest.trim_start().as_bytes();
        matches!(rest, [b'a' | b'p' | b'A' | b'P', b'm' | b'M', ..])
            && !rest.get(2).is_some_and(u8::is_ascii_alphanumeric)
    };
    half(rest) || rest.starts_with([':', '.']) && minutes(&rest[1..])
}

/// Whether the day of the week follows: `[8/11] saturday`.
fn is_before_weekday(hit: &Hit<'_>) -> bool {
    const DAYS: Words = words![
        "friday",
        "monday",
        "saturday",
        "sunday",
        "thursday",
        "tuesday",
        "wednesday",
    ];
    DAYS.lists(hit.word_after())
}

/// Whether the part of a day follows: `[8/8] morning one`, but not `2 tabs, 1/1 morning`.
fn is_before_part_of_day(hit: &Hit<'_>) -> bool {
    const PARTS: Words = words!["afternoon", "evening", "morning"];
    let rest = past_comma(hit.after());
    let end = rest.find(|c: char| !c.is_ascii_alphabetic());
    let opens = !hit.before().contains(|c: char| c.is_ascii_digit());
    opens && PARTS.lists(&rest[..end.unwrap_or(rest.len())])
}

/// Whether nothing else is said, and nobody's sight or strength is: `[3/30]`, `[2/11]?`.
fn is_all_said(hit: &Hit<'_>, a: u32, b: u32) -> bool {
    let silent = |text: &str| !text.contains(|c: char| c.is_alphanumeric());
    let scored = matches!((a, b), (6, _) | (_, 5 | 10)) || a <= b && b <= 9;
    !scored && silent(hit.before()) && silent(hit.after())
}

/// Whether the thing that was on a day is named by it: `the [1/15] visit`.
fn is_of_event(hit: &Hit<'_>) -> bool {
    const OF: Words = words!["her", "his", "my", "our", "the", "their", "your"];
    const EVENTS: Words = words![
        "admission",
        "appointment",
        "appt",
        "bill",
        "booking",
        "call",
        "charge",
        "claim",
        "class",
        "delivery",
        "flight",
        "invoice",
        "labs",
        "order",
        "payment",
        "refill",
        "scan",
        "session",
        "shift",
        "statement",
        "surgery",
        "visit",
    ];
    OF.lists(hit.word_before()) && EVENTS.lists(hit.word_after())
}

/// Whether another day is named with `month/date`: `[1/8] and 1/22`, `[2/9] and 2/10`.
/// One of both is no month, or the month is the same, so that no two scores are meant:
/// what may be a share by itself is none beside a day of the same month.
fn pairs(before: &str, after: &str, month: u32, date: u32) -> bool {
    let most = month.max(date);
    let share = is_share(month, date);
    let joint = |word: &&str| matches!(*word, "," | "and" | "&" | "or" | "to" | "-" | "till");
    let day = |word: &str| {
        let word = word.trim_matches([',', '.', '?', '!', ';', '(', ')']);
        numbers(word).is_some_and(|(a, b)| {
            let same = a == month && b != date;
            match (share, is_share(a, b)) {
                (false, false) => same || most.max(a.max(b)) > 12,
                (true, true) => false,
                _ => same && [date, b].contains(&10),
            }
        })
    };
    // `4/7 and [again] 4/21`
    let said = |word: &&str| !matches!(*word, "again" | "then" | "on");
    let next = past_comma(after).split_whitespace();
    let mut next = next.filter(said);
    let later = match after.starts_with(',') {
        true => next.next(),
        false => next.next().filter(joint).and(next.next()),
    };
    let mut last = before.split_whitespace().rev().filter(said);
    let earlier = match last.next() {
        Some(word) if joint(&word) => last.next(),
        word => word.filter(|word| word.ends_with(',')),
    };
    later.is_some_and(day) || earlier.is_some_and(day)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn days_are_told_by_what_stands_around() {
        check("booked for 21/02 please", &[("21/02", Date)]);
        check("a letter dated 14/1", &[("14/1", Date)]);
        check("next is 12/4 at 11am", &[("12/4", Date), ("11am", Time)]);
        check("the first is 2/7 9.20 ok", &[("2/7", Date)]);
        check("the 1/15 visit was", &[("1/15", Date)]);
        check("i went 1/8 and 1/22 only", &[("1/8", Date), ("1/22", Date)]);
        check("my eye visit is on 20/10", &[("20/10", Date)]);
        check("it was due 24/7 please", &[("24/7", Date)]);
        check("booked for 16/8 then", &[("16/8", Date)]);
        check("hurt 4/7 and again 4/21", &[("4/7", Date), ("4/21", Date)]);
        check("seen 1/8, 1/22", &[("1/8", Date), ("1/22", Date)]);
        check("wrong 2/9 and 2/11", &[("2/9", Date), ("2/11", Date)]);
        check("tick out, done 10/8", &[("10/8", Date)]);
        check("im coming 8/4 with mum", &[("8/4", Date)]);
        check("flu jab then f/u 8/21", &[("8/21", Date)]);
        check("8/8 morning one", &[("8/8", Date)]);
        check("10/4, afternoon. my daughter", &[("10/4", Date)]);
        check("3/30", &[("3/30", Date)]);
        check("2/11?", &[("2/11", Date)]);
        check("the same day meaning 12/19", &[("12/19", Date)]);
        check("the next one 22/11, please", &[("22/11", Date)]);
        check("moved it 3/14 i think", &[("3/14", Date)]);
        check("wrong 2/9 and 2/10", &[("2/9", Date), ("2/10", Date)]);
        check(
            "out 9/03, 9/10, 9/17",
            &[("9/03", Date), ("9/10", Date), ("9/17", Date)],
        );
        check(
            "lets do 6/11 thursday",
            &[("6/11", Date), ("thursday", Date)],
        );
    }

    #[test]
    fn shares_and_scores_are_none() {
        for text in [
            "pain is 4/10 at 9.20",
            "power 4/5 and 5/5",
            "power 4/4 and 4/5",
            "take 1/2 and 3/4 of it",
            "i ate 2/3 of the 1/4 payment",
            "vision 20/20 and 20/25",
            "he slept 8/10 nights",
            "8/10",
            "4/5",
            "6/12",
            "2 tabs, 1/1 morning",
            "it went 12/4",
            "we are open 24/7 and on the 24/7 line",
            "i do the 16/8 fast and the 12/12 rota",
            "his vision went to 20/10",
            "2/17 nodes were positive and i scored 9/14",
            "stable 18/12, amoxil 21/7, review",
            "seretide 25/5 twice, power 5/5 and 4/5",
            "i've done 3/4 of it and 8/14 times",
        ] {
            check(text, &[]);
        }
    }
}
