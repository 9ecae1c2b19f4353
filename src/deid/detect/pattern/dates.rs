//! Elements of dates finer than the year, and clock times
//! (45 CFR 164.514(b)(2)(i)(C)).

use super::super::units::is_quantity;
use super::months::{at_end, day_month, holiday, may_or_march, month_day, not_capitals, season};
use super::ordinals::AFTER_A_DAY;
use super::slashed;
use super::{Hit, Rule, Strength, Verdict, accept};
use crate::deid::word::{Words, words};
use crate::domain::Category;

pub(super) const fn date(
    name: &'static str,
    pattern: &'static str,
    judge: fn(&Hit<'_>) -> Option<Verdict>,
) -> Rule {
    Rule {
        detector: "date",
        name,
        category: Category::Date,
        strength: Strength::Likely,
        pattern,
        judge,
    }
}

const fn time(
    name: &'static str,
    pattern: &'static str,
    judge: fn(&Hit<'_>) -> Option<Verdict>,
) -> Rule {
    Rule {
        detector: "time",
        category: Category::Time,
        ..date(name, pattern, judge)
    }
}

pub(super) const RULES: &[Rule] = &[
    date(
        "iso",
        r"\b(?:18|19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[t ][0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:\.[0-9]{1,9})?)?\s?(?:z|[+\-][0-9]{2}:?[0-9]{2})?)?\b",
        numeric,
    ),
    date(
        "numeric",
        r"\b[0-9]{1,4}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?(?:[0-9]{4}|[0-9]{2})\b",
        numeric,
    ),
    date(
        "month-year",
        r"\b(?:0?[1-9]|1[0-2])[/\-](?:19|20)[0-9]{2}\b",
        not_part,
    ),
    date(
        "month-day-numeric",
        r"\b(?:3[01]|[12][0-9]|0?[1-9])/(?:3[01]|[12][0-9]|0?[1-9])\b",
        slashed::day_and_month,
    ),
    date(
        "cued-month-day",
        r"\b(?:on|since|until|till|til|through|thru|by|dated|from|due|before|after|away|admitted|discharged|died|operated|hospitalized|happened|delivered|shipped|arrived|arriving|received|placed|ordered|booked|scheduled|posted|charged|mailed|sent|effective|expires|exp|refilled|filled|refill|fill|meet|starting|starts|beginning|begins|ending|(?:accident|scan|surgery|visit|appointment|procedure|injury)\s(?:is|was)|now\s(?:it's|it\sis|is|for)|(?:it's|it\sis|is)\snow|instead\sof|(?:moved|rescheduled|pushed|bumped)(?:\s(?:it|me|them|us|that|up|back|out)){0,2}\sto)\s((?:0?[1-9]|1[0-2])[/\-](?:3[01]|[12][0-9]|0?[1-9]))\b",
        cued_day,
    ),
    // With a slash only: `closed 12-1` tells hours.
    date(
        "dealt-month-day",
        r"\b(?:returned|paid|called|signed|filed|picked\sup|dropped\soff|opened|closed|started|bought|purchased|submitted|issued|enrolled|visited|canceled|cancelled|billed|today\sis|today's|as\sof|<WEEKDAY>,?|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\.?,?)\s((?:0?[1-9]|1[0-2])/(?:3[01]|[12][0-9]|0?[1-9]))\b",
        dealt,
    ),
    // Month, day and year as they are read back: `11 8 1994`.
    date(
        "spaced",
        r"\b(?:1[0-2]|0?[1-9])\s?,?\s(?:3[01]|[12][0-9]|0?[1-9])\s?,?\s(?:19|20)[0-9]{2}\b",
        not_part,
    ),
    // How a card's expiry is said.
    date(
        "month-of-year",
        r"\b(?:0[1-9]\sof\s(?:20)?[23][0-9]|(?:oh|zero)\s<UNIT>\sof\s(?:twenty|thirty)(?:[\s-]<UNIT>)?)\b",
        accept,
    ),
    date("packed", r"\b(?:[0-9]{8}|[0-9]{6})\b", packed),
    date(
        "day-mon-year",
        r"\b[0-9]{1,2}[\-/. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}[\-/. ](?:[0-9]{4}|[0-9]{2})\b",
        before_hour,
    ),
    date(
        "day-mon",
        r"\b(?:3[01]|[12][0-9]|0?[1-9])[\-/]?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:[0-9]{4}|[0-9]{2})?\b",
        accept,
    ),
    date(
        "month-day",
        r"\b<MONTH>\s?(?:the\s|of\s)?<DAY>\b(?:\s?,?\s?(?:of\s|in\s)?<YEAR>\b)?",
        month_day,
    ),
    date(
        "day-month",
        r"\b(?:(?:19|20)[0-9]{2},?\s(?:(?:uh|um),?\s)?(?:on\s)?)?(?:the\s)?(?:[0-3]?[0-9](?:st|nd|rd|th)?\s?[\-–]\s?)?<DAY>\s(?:day\s)?(?:of\s(?:(?:last|next|this)\s)?)?<MONTH>(?:\s?,?\s?(?:of\s|in\s)?<YEAR>\b)?",
        day_month,
    ),
    date(
        "month-day-words",
        r"\b<MONTH>,?\s(?:(?:um|uh),?\s){0,2}(?:the\s)?(?:<ORDINAL>|<DAYWORD>)\b(?:\s?,?\s(?:of\s|in\s|and\s)?<YEAR>\b)?",
        month_day,
    ),
    date(
        "day-month-words",
        r"\b(?:the\s)?<ORDINAL>,?\s(?:day\s)?(?:of,?\s(?:(?:last|next|this)\s)?)?(?:(?:um|uh),?\s){0,2}<MONTH>(?:\s?,?\s(?:of\s|in\s|and\s)?(?:(?:um|uh),?\s){0,2}<YEAR>\b)?",
        day_month,
    ),
    date(
        "month-and-year",
        r"\b<MONTH>\s?,?\s(?:of\s|in\s)?<YEAR>\b",
        accept,
    ),
    date("month", r"\b(?:(?:early|mid|late)[\s-])?<PLAIN>", accept),
    date(
        "may-march",
        r"\b(?:in|since|until|till|til|of|from|through|during|before|after|by|early|mid|late|last|next|about|around|over|was|like|(?:january|february|april|june)\s(?:or|and|to))[\s-](may|march)\b",
        may_or_march,
    ),
    date(
        "month-in-short",
        r"\b(?:in|since|until|till|til|by|early|mid|late|around|about|end\sof)[\s-](jan|apr|jun|jul|aug|sep|oct|dec)\b",
        not_capitals,
    ),
    date("on-may", r"\bon\s(may|march)\b", at_end),
    date(
        "month-at-end",
        r"\b(?:[a-z]{2,12}ed|this|fell|back|booked|came|due|for|here|home|in|out|see\syou|started|surgery|appointment|visit)\s(may|march)\b",
        at_end,
    ),
    date("weekday", r"\b<WEEKDAY>\b", accept),
    date(
        "holiday",
        r"\b(?:christmas(?:\s(?:eve|day))?|thanksgiving|easter(?:\s(?:sunday|monday))?|halloween|hallowe'en|new\syear'?s?(?:\s(?:eve|day))?|hanukkah|chanukah|kwanzaa|ramadan|eid|diwali|passover|rosh\shashanah|yom\skippur|juneteenth|mardi\sgras|good\sfriday|ash\swednesday|palm\ssunday|boxing\sday|black\sfriday|cyber\smonday|cinco\sde\smayo|(?:valentine'?s|labor|labour|memorial|independence|veterans'?|columbus|presidents'?|mother'?s|father'?s|st\.?\spatrick'?s|saint\spatrick'?s|groundhog|earth|election|flag|mlk|canada|australia|anzac|may)\sday|(?:the\s)?(?:fourth|4th)\sof\sjuly)\b",
        holiday,
    ),
    date(
        "season",
        r"\b(?:(?:last|this|next|past|previous|early|late|mid)[\s-](?:spring|summer|autumn|winter|fall)|(?:spring|summer|fall|autumn|winter)\s(?:of\s)?(?:19|20)[0-9]{2})\b",
        season,
    ),
    date(
        "quarter",
        r"\b(?:q[1-4][\s,]{1,2}(?:of\s)?(?:19|20)[0-9]{2}|(?:first|second|third|fourth)\squarter\sof\s(?:19|20)[0-9]{2})\b",
        accept,
    ),
    time(
        "clock",
        r"\b(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?\s?m\b\.?)?",
        clock,
    ),
    time(
        "meridiem",
        r"\b(?:1[0-2]|0?[1-9])(?:[.\s][0-5][0-9])?\s?[ap]\.?\s?m\b\.?",
        accept,
    ),
    time(
        "o'clock",
        r"\b(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so'?\s?clock\b",
        o_clock,
    ),
];

/// Three numbers that a calendar knows in some order.
fn numeric(hit: &Hit<'_>) -> Option<Verdict> {
    let parts: Vec<u32> = hit
        .found()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .take(3)
        .filter_map(|p| p.parse().ok())
        .collect();
    let [a, b, c] = parts[..] else { return None };
    let year = |y: u32| y < 100 || (1850..=2099).contains(&y);
    let month = |m: u32| (1..=12).contains(&m);
    let day = |d: u32| (1..=31).contains(&d);
    let valid = year(c) && (month(a) && day(b) || day(a) && month(b))
        || a > 31 && year(a) && month(b) && day(c);
    let written = hit.found().contains(['/', '-']) || c >= 1850 || a >= 1850;
    let joined = hit.before().ends_with(['-', '.', '/']) || hit.after().starts_with(['-', '/']);
    hit.when(
        valid
            && !joined
            && (written || is_dotted_date(hit))
            && !is_quantity(hit.text, hit.span.end),
    )
}

/// `21.5.21`, and not a version or a dose.
fn is_dotted_date(hit: &Hit<'_>) -> bool {
    !hit.found().contains(' ') && !hit.after().starts_with('.')
}

/// Not a part of a longer chain such as `3/12-2019-4`.
pub(super) fn not_part(hit: &Hit<'_>) -> Option<Verdict> {
    let joined = hit.before().ends_with(['/', '-', '.']) || hit.after().starts_with(['/', '-']);
    hit.when(!joined && !is_quantity(hit.text, hit.span.end))
}

/// Not the hours of a place: `closed from 12-1`.
fn cued_day(hit: &Hit<'_>) -> Option<Verdict> {
    const NEAR: usize = 4;
    const HOURS: Words = words![
        "close", "closed", "closes", "hours", "lunch", "open", "opens"
    ];
    let mut before = hit
        .before()
        .rsplit(|c: char| !c.is_alphanumeric())
        .take(NEAR);
    let hours = hit.found().contains('-')
        && (before.any(|word| HOURS.lists(word))
            || hit.after().trim_start().starts_with("for lunch"));
    let changed = words!["is", "it's", "now", "of", "for"].lists(hit.word_before());
    let score = changed && is_score(hit);
    not_part(hit).filter(|_| !(hours || score))
}

/// Not a share of something, `opened 1/2 of it`, `started 1/2 a pill`, nor full marks.
fn dealt(hit: &Hit<'_>) -> Option<Verdict> {
    let share = matches!(hit.found(), "1/2" | "1/3" | "2/3" | "1/4" | "3/4");
    let after = hit.word_after();
    let told = after.is_empty() || after != "a" && AFTER_A_DAY.lists(after);
    let shared = words!["of"].lists(after) || share && !told;
    not_part(hit).filter(|_| !shared && hit.found() != "10/10")
}

/// A day of a year, and no hour for the year: `6 Nov [22]:15`.
fn before_hour(hit: &Hit<'_>) -> Option<Verdict> {
    let mut verdict = hit.yes()?;
    let [.., mark, _, _] = hit.found().as_bytes() else {
        return Some(verdict);
    };
    if hit.after().starts_with(':') && !mark.is_ascii_digit() {
        verdict.span.end -= 3;
    }
    Some(verdict)
}

/// Whether it may be a score or a strength that has changed: `now it's 4/5`.
fn is_score(hit: &Hit<'_>) -> bool {
    const WHOLES: Words = words![
        "2", "3", "4", "5", "6", "8", "10", "15", "21", "24", "27", "28", "30"
    ];
    WHOLES.lists(hit.found().split('/').next_back().unwrap_or_default())
}

/// `05292018`, `20180529`, `052918` where a calendar agrees and, for six digits,
/// a date is spoken of.
fn packed(hit: &Hit<'_>) -> Option<Verdict> {
    let found = hit.found();
    let number = |range: std::ops::Range<usize>| found[range].parse::<u32>().unwrap_or(0);
    let month = |m: u32| (1..=12).contains(&m);
    let day = |d: u32| (1..=31).contains(&d);
    if found.len() == 8 {
        let last = (1900..=2049).contains(&number(4..8)) && {
            let (a, b) = (number(0..2), number(2..4));
            month(a) && day(b) || day(a) && month(b)
        };
        let first =
            (1900..=2049).contains(&number(0..4)) && month(number(4..6)) && day(number(6..8));
        return hit.when(first || last);
    }
    let cue = words!["date", "dated", "dob", "birth", "born"];
    hit.when(cue.lists(hit.word_before()) && month(number(0..2)) && day(number(2..4)))
}

/// A time of day, and not a ratio: a ratio is not written with two digits.
fn clock(hit: &Hit<'_>) -> Option<Verdict> {
    let joined = hit.before().ends_with([':', '.']) || hit.after().starts_with(':');
    hit.when(!joined && !is_quantity(hit.text, hit.span.end))
}

/// A time, and not a place on a round part: `the two o'clock position`.
fn o_clock(hit: &Hit<'_>) -> Option<Verdict> {
    hit.when(!words!["position", "positions"].lists(hit.word_after()))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::*;

    #[test]
    fn dates_in_numbers() {
        check("on 2024-03-05.", &[("2024-03-05", Date)]);
        check(
            "at 2024-03-05T08:30:00.120Z",
            &[("2024-03-05T08:30:00.120Z", Date)],
        );
        check("dob 3/5/24", &[("3/5/24", Date)]);
        check("21.5.2021", &[("21.5.2021", Date)]);
        check("in 12-2019 we", &[("12-2019", Date)]);
        check("due 05/21", &[("05/21", Date)]);
        check("at 6 Nov 22:15", &[("6 Nov", Date), ("22:15", Time)]);
        check("posted 02-Nov at", &[("02-Nov", Date)]);
        check("from 4-7 june", &[("4-7 june", Date)]);
        check("since 3/5", &[("3/5", Date)]);
        check("i called 2/3 and left", &[("2/3", Date)]);
        check("she started 1/2 a pill", &[]);
        check("he paid 1/3 upfront", &[]);
        check("it was delivered 11/14 to", &[("11/14", Date)]);
        check("moving in jan", &[("jan", Date)]);
        check("seen by OCT", &[]);
        check("05292018", &[("05292018", Date)]);
        check("5-MAY-2021", &[("5-MAY-2021", Date)]);
    }

    #[test]
    fn dates_with_months() {
        check(
            "you are on the list for april or may",
            &[("april", Date), ("may", Date)],
        );
        check("in april or may be later", &[("april", Date)]);
        check("March 5th, 2024 it", &[("March 5th, 2024", Date)]);
        check("the 5th of march", &[("the 5th of march", Date)]);
        check("on june 12", &[("june 12", Date)]);
        check(
            "in 1961 on the 4th of may",
            &[("1961 on the 4th of may", Date)],
        );
        check(
            "fourteenth of november",
            &[("fourteenth of november", Date)],
        );
        check(
            "july twenty ninth two thousand eight ok",
            &[("july twenty ninth two thousand eight", Date)],
        );
        check("back in october", &[("october", Date)]);
        check("in may i fell", &[("may", Date)]);
        check("last may i had it out", &[("may", Date)]);
        check("a bill from may and one more", &[("may", Date)]);
        check("and last may i have your name", &[]);
        check("we're closed from 12-1 for lunch", &[]);
        check("closed since 12-1", &[]);
        check("since march.", &[("march", Date)]);
        check("last may", &[("may", Date)]);
        check("i fell march .", &[("march", Date)]);
        check("i can come in this may", &[("may", Date)]);
        check("thank you, march 18.", &[("march 18", Date)]);
        check("this may help and i moved march to the left", &[]);
        check("from may 2 to may 27", &[("may 2", Date), ("may 27", Date)]);
        check("not til may", &[("may", Date)]);
        check(
            "came the eighth of last march",
            &[("the eighth of last march", Date)],
        );
        check(
            "it's the 14th of next april",
            &[("the 14th of next april", Date)],
        );
        check("on june 9th , 2019", &[("june 9th , 2019", Date)]);
        check("hay fever in the summer", &[]);
        check("may 10 works", &[("may 10", Date)]);
    }

    #[test]
    fn days_seasons_and_times() {
        check("see you on tuesday", &[("tuesday", Date)]);
        check("after labor day", &[("labor day", Date)]);
        check("last spring", &[("last spring", Date)]);
        check("q3 2024", &[("q3 2024", Date)]);
        check("at 8:30 am", &[("8:30 am", Time)]);
        check("by 3 p.m.", &[("3 p.m.", Time)]);
        check("the 5th metatarsal since your last fall", &[]);
    }

    #[test]
    fn clinical_numbers_are_no_dates() {
        for text in [
            "500 mg 3 times a day",
            "120 over 80",
            "bp 120/80 and 5/5 strength",
            "a1c of 7.2 in 2019",
            "34 years old",
            "98.6",
            "l4 l5",
            "room temperature",
            "covid 19",
            "type 2",
            "1/2 tablet",
            "pain is 7/10",
            "2 to 3 weeks",
            "10-325 mg",
            "ratio 1.5.2",
        ] {
            check(text, &[]);
        }
    }
}
