//! Dates, clock times, and ages over 89.

use super::YEAR;
use super::dice::Dice;
use super::speak::{self, Manner};
use super::value::Worded;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const HOLIDAYS: [&str; 7] = [
    "Christmas",
    "Thanksgiving",
    "Labor Day",
    "Memorial Day",
    "New Year's Eve",
    "Easter",
    "Halloween",
];

/// A year of birth 90 years before this one implies an age over 89.
const PRESENT: u32 = YEAR as u32;

struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl Day {
    fn draw(dice: &mut Dice, first: u32, last: u32) -> Self {
        Self {
            year: dice.range(first, last),
            month: dice.range(1, 12),
            day: dice.range(1, 28),
        }
    }

    fn month_name(&self) -> &'static str {
        MONTHS[self.month as usize - 1]
    }
}

/// A date of birth.
pub(super) fn birth(dice: &mut Dice) -> Worded {
    full(&Day::draw(dice, 1940, 2019), dice)
}

/// The day of a visit, a test, an admission; with or without the year.
pub(super) fn event(dice: &mut Dice) -> Worded {
    let day = Day::draw(dice, 2019, 2025);
    if dice.chance(50) {
        full(&day, dice)
    } else {
        without_year(&day, dice)
    }
}

fn full(date: &Day, dice: &mut Dice) -> Worded {
    let Day { year, month, day } = *date;
    let name = date.month_name();
    let short = &name[..3];
    let lower = name.to_lowercase();
    let (ordinal, year_said) = (speak::ordinal(day), speak::year(year, dice));
    let suffix = suffix(day);
    let (d, m) = (speak::cardinal(day), speak::cardinal(month));
    let two = two_digits(year % 100, dice);
    let run = format!("{month:02}{day:02}{year}");
    Worded {
        written: vec![
            format!("{month:02}/{day:02}/{year}"),
            format!("{month}/{day}/{:02}", year % 100),
            format!("{year}-{month:02}-{day:02}"),
            format!("{name} {day}, {year}"),
            format!("{short} {day}{suffix} {year}"),
            format!("{day} {name} {year}"),
            format!("{month:02}-{day:02}-{year}"),
        ],
        lower: vec![
            format!("{lower} {day} {year}"),
            format!("{lower} {day}{suffix} {year}"),
            format!("{month} {day} {year}"),
            format!("{month:02}{day:02}{:02}", year % 100),
            run.clone(),
            format!("{month} , {day} , {year}"),
            format!("the {day}{suffix} of {lower} {year}"),
        ],
        spoken: vec![
            format!("{lower} {ordinal} {year_said}"),
            format!("the {ordinal} of {lower} {year_said}"),
            format!("{m} {d} {year_said}"),
            format!("{m} {d} {two}"),
            format!("{lower} {d} and {year_said}"),
            format!("{lower} the {ordinal} uh {year_said}"),
        ],
        spelled: vec![
            speak::digits(&run, Manner::Single, dice),
            speak::spelled(&run, false, dice),
            format!(
                "oh {m} {} {two}",
                speak::digits(&format!("{day:02}"), Manner::Single, dice)
            ),
        ],
        split: vec![lower.clone(), format!("the {ordinal}"), year_said],
        free: vec![2],
    }
}

fn two_digits(rest: u32, dice: &mut Dice) -> String {
    match rest {
        0..10 => speak::digits(&format!("{rest:02}"), Manner::Single, dice),
        _ => speak::cardinal(rest),
    }
}

fn without_year(date: &Day, dice: &mut Dice) -> Worded {
    let Day { month, day, .. } = *date;
    let name = date.month_name();
    let lower = name.to_lowercase();
    let (ordinal, suffix) = (speak::ordinal(day), suffix(day));
    Worded {
        written: vec![
            format!("{name} {day}"),
            format!("{name} {day}{suffix}"),
            format!("the {day}{suffix} of {name}"),
            format!("{month}/{day}"),
        ],
        lower: vec![
            format!("{lower} {day}"),
            format!("{lower} {day}{suffix}"),
            format!("the {day}{suffix} of {lower}"),
        ],
        spoken: vec![
            format!("{lower} {ordinal}"),
            format!("the {ordinal} of {lower}"),
            format!("{lower} the {ordinal}"),
            format!("{} {}", speak::cardinal(month), speak::cardinal(day)),
        ],
        spelled: vec![speak::spelled(&format!("{month:02}{day:02}"), false, dice)],
        split: vec![lower, format!("the {ordinal}")],
        ..Worded::default()
    }
}

/// A month, a weekday or a holiday tied to something that happened to a person.
pub(super) fn vague(dice: &mut Dice) -> Worded {
    let written = match dice.below(5) {
        0 | 1 => dice.pick(&MONTHS).to_owned(),
        2 => dice.pick(&HOLIDAYS).to_owned(),
        _ => dice.pick(&WEEKDAYS).to_owned(),
    };
    let lower = written.to_lowercase();
    Worded {
        written: vec![written],
        spoken: vec![lower.clone()],
        lower: vec![lower],
        ..Worded::default()
    }
}

const fn suffix(day: u32) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// A clock time.
pub(super) fn clock(dice: &mut Dice) -> Worded {
    let hour = dice.range(1, 12);
    let minute = dice.one(&[0, 5, 10, 15, 20, 30, 40, 45, 50]);
    let [short, long, spaced] = dice.one(&[["AM", "a.m.", "a m"], ["PM", "p.m.", "p m"]]);
    let [h, m] = [
        speak::cardinal(hour),
        if minute < 10 {
            format!("oh {}", speak::cardinal(minute))
        } else {
            speak::cardinal(minute)
        },
    ];
    let lower_short = short.to_lowercase();
    let mut spoken = match minute {
        0 => vec![format!("{h} {spaced}"), format!("{h} o'clock")],
        _ => vec![format!("{h} {m} {spaced}"), format!("{h} {m}")],
    };
    match minute {
        15 => spoken.push(format!("quarter past {h}")),
        30 => spoken.push(format!("half past {h}")),
        _ => {}
    }
    Worded {
        written: vec![
            format!("{hour}:{minute:02} {short}"),
            format!("{hour}:{minute:02} {long}"),
            format!("{hour}:{minute:02}{lower_short}"),
        ],
        lower: vec![
            format!("{hour}:{minute:02} {spaced}"),
            format!("{hour}:{minute:02}{lower_short}"),
            format!("{hour}:{minute:02}"),
        ],
        spoken,
        ..Worded::default()
    }
}

/// An age over 89 as a number.
pub(super) fn age(dice: &mut Dice) -> Worded {
    let age = dice.range(90, 106);
    let said = match age {
        100 => dice.pick(&["a hundred", "one hundred"]).to_owned(),
        101.. => {
            let and = if dice.chance(50) { "and " } else { "" };
            format!(
                "{} hundred {and}{}",
                dice.pick(&["a", "one"]),
                speak::cardinal(age - 100)
            )
        }
        _ => speak::cardinal(age),
    };
    let hyphenated = said.replace("ninety ", "ninety-");
    let tens = speak::digits(&age.to_string(), Manner::Single, dice);
    Worded {
        written: vec![age.to_string()],
        lower: vec![age.to_string()],
        spelled: vec![tens],
        spoken: vec![said, hyphenated],
        ..Worded::default()
    }
}

/// An age over 89 in other words: an ordinal, a decade.
pub(super) fn birthday(dice: &mut Dice) -> Worded {
    let age = dice.range(90, 99);
    let suffix = match age % 10 {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    Worded {
        written: vec![format!("{age}{suffix}")],
        lower: vec![format!("{age}{suffix}")],
        spoken: vec![speak::ordinal(age)],
        ..Worded::default()
    }
}

/// A year of birth that implies an age over 89.
pub(super) fn old_birth_year(dice: &mut Dice) -> Worded {
    let year = dice.range(PRESENT - 106, PRESENT - 92);
    Worded {
        written: vec![year.to_string()],
        lower: vec![year.to_string()],
        spoken: vec![speak::year(year, dice)],
        spelled: vec![speak::spelled(&year.to_string(), false, dice)],
        ..Worded::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::super::value::Say;
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn a_date_has_every_form_and_its_year_may_stay() {
        let mut dice = Dice::new(Entropy::from_u64(4));
        let date = full(
            &Day {
                year: 1986,
                month: 11,
                day: 14,
            },
            &mut dice,
        );
        assert!(date.written.contains(&"11/14/1986".into()));
        assert!(
            date.spoken
                .contains(&"the fourteenth of november nineteen eighty six".into())
        );
        assert!(date.lower.contains(&"11141986".into()));
        assert_eq!(
            date.split,
            ["november", "the fourteenth", "nineteen eighty six"]
        );
        assert!(date.may_stay(2) && !date.may_stay(1));
    }

    #[test]
    fn ages_are_over_89() {
        let mut dice = Dice::new(Entropy::from_u64(4));
        for _ in 0..100 {
            let written: u32 = age(&mut dice).say(Form::Written, &mut dice)[0]
                .parse()
                .expect("digits");
            assert!(written >= 90);
            let born: u32 = old_birth_year(&mut dice).say(Form::Written, &mut dice)[0]
                .parse()
                .expect("digits");
            assert!(PRESENT - born > 90);
        }
    }
}
