//! Numbers and symbols as people say them.

use super::dice::Dice;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
/// What people say after "as in".
const ALPHABET: [[&str; 2]; 26] = [
    ["apple", "alpha"],
    ["boy", "bravo"],
    ["cat", "charlie"],
    ["dog", "delta"],
    ["edward", "echo"],
    ["frank", "foxtrot"],
    ["george", "golf"],
    ["henry", "hotel"],
    ["ice", "india"],
    ["john", "juliet"],
    ["king", "kilo"],
    ["lion", "lima"],
    ["mary", "mike"],
    ["nancy", "november"],
    ["orange", "oscar"],
    ["peter", "papa"],
    ["queen", "quebec"],
    ["robert", "romeo"],
    ["sam", "sierra"],
    ["tom", "tango"],
    ["umbrella", "uniform"],
    ["victor", "victor"],
    ["water", "whiskey"],
    ["xylophone", "x-ray"],
    ["yellow", "yankee"],
    ["zebra", "zulu"],
];

/// A number below a million in words: `forty two`, `one hundred and five`.
pub(super) fn cardinal(n: u32) -> String {
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 => joined(TENS[n as usize / 10].to_owned(), n % 10),
        100..1000 => joined(format!("{} hundred", cardinal(n / 100)), n % 100),
        _ => joined(format!("{} thousand", cardinal(n / 1000)), n % 1000),
    }
}

fn joined(head: String, rest: u32) -> String {
    match rest {
        0 => head,
        _ => format!("{head} {}", cardinal(rest)),
    }
}

/// An ordinal up to 99 in words: `twenty first`.
pub(super) fn ordinal(n: u32) -> String {
    match n {
        0..20 => ORDINALS[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => format!("{}ieth", TENS[n as usize / 10].trim_end_matches('y')),
        _ => format!("{} {}", TENS[n as usize / 10], ORDINALS[n as usize % 10]),
    }
}

/// A year as people say it: `nineteen eighty three`, `two thousand four`,
/// `twenty nineteen`.
pub(super) fn year(year: u32, dice: &mut Dice) -> String {
    let (century, rest) = (year / 100, year % 100);
    match rest {
        0 if century.is_multiple_of(10) => format!("{} thousand", cardinal(century / 10)),
        0 => format!("{} hundred", cardinal(century)),
        1..10 if century.is_multiple_of(10) => {
            let and = if dice.chance(40) { "and " } else { "" };
            format!(
                "{} thousand {and}{}",
                cardinal(century / 10),
                cardinal(rest)
            )
        }
        1..10 => format!("{} oh {}", cardinal(century), cardinal(rest)),
        _ => format!("{} {}", cardinal(century), cardinal(rest)),
    }
}

/// How a run of digits is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// `five five five one two`
    Single,
    /// `triple five one two`
    Multiples,
    /// `fifty five fifty one`
    Pairs,
    /// `five hundred`, `twenty four hundred`, where zeros end the run.
    Hundreds,
}

impl Manner {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        dice.one(&[
            Self::Single,
            Self::Single,
            Self::Single,
            Self::Multiples,
            Self::Pairs,
            Self::Hundreds,
        ])
    }
}

/// A run of decimal digits in words.
pub(super) fn digits(run: &str, manner: Manner, dice: &mut Dice) -> String {
    let zero = if dice.chance(65) { "oh" } else { "zero" };
    match manner {
        Manner::Single => singles(run, zero),
        Manner::Multiples => multiples(run, zero),
        Manner::Pairs if run.len().is_multiple_of(2) => pairs(run, zero),
        Manner::Hundreds
            if (3..=4).contains(&run.len()) && run.ends_with("00") && !run.starts_with('0') =>
        {
            let hundreds = run[..run.len() - 2].parse().unwrap_or(0);
            format!("{} hundred", cardinal(hundreds))
        }
        Manner::Pairs | Manner::Hundreds => singles(run, zero),
    }
}

fn word(digit: char, zero: &'static str) -> &'static str {
    match digit.to_digit(10) {
        Some(0) | None => zero,
        Some(d) => ONES[d as usize],
    }
}

fn singles(run: &str, zero: &'static str) -> String {
    let words: Vec<&str> = run.chars().map(|c| word(c, zero)).collect();
    words.join(" ")
}

fn multiples(run: &str, zero: &'static str) -> String {
    let chars: Vec<char> = run.chars().collect();
    let words: Vec<String> = chars
        .chunk_by(|a, b| a == b)
        .map(|same| match same.len() {
            1 => word(same[0], zero).to_owned(),
            2 => format!("double {}", word(same[0], zero)),
            3 => format!("triple {}", word(same[0], zero)),
            _ => vec![word(same[0], zero); same.len()].join(" "),
        })
        .collect();
    words.join(" ")
}

fn pairs(run: &str, zero: &'static str) -> String {
    let words: Vec<String> = (0..run.len() / 2)
        .map(|i| match run[2 * i..2 * i + 2].parse() {
            Ok(n @ 10..100) => cardinal(n),
            _ => singles(&run[2 * i..2 * i + 2], zero),
        })
        .collect();
    words.join(" ")
}

/// What `symbol` is called inside an address of the net or a code.
pub(super) fn symbol(symbol: char, dice: &mut Dice) -> &'static str {
    match symbol {
        '.' => "dot",
        '@' => "at",
        '-' => dice.one(&["dash", "hyphen", "dash"]),
        '_' => "underscore",
        '/' => dice.one(&["slash", "forward slash"]),
        ':' => "colon",
        '+' => "plus",
        '#' => "hash",
        '!' => "exclamation point",
        _ => "",
    }
}

/// The letters and digits of `text` one by one: `s m i t h`, `s-m-i-t-h`,
/// `s as in sam`; capitals where `keep_case`.
pub(super) fn spelled(text: &str, keep_case: bool, dice: &mut Dice) -> String {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if keep_case {
        let separator = dice.pick(&["-", " ", "-", ", "]);
        let items: Vec<String> = chars.iter().map(|c| c.to_uppercase().collect()).collect();
        return items.join(separator);
    }
    let separator = dice.pick(&[" ", " ", " ", "-", ", ", " . "]);
    let as_in = if separator == " " && chars.len() <= 9 {
        dice.pick(&["", "", "", " as in ", " like ", " for "])
    } else {
        ""
    };
    let column = dice.below(2);
    let items: Vec<String> = chars.iter().map(|c| letter(*c, as_in, column)).collect();
    items.join(separator)
}

fn letter(c: char, as_in: &str, column: usize) -> String {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match (lower, as_in) {
        ('a'..='z', as_in) if !as_in.is_empty() => {
            format!(
                "{lower}{as_in}{}",
                ALPHABET[lower as usize - 'a' as usize][column]
            )
        }
        _ => lower.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        assert_eq!(cardinal(342), "three hundred forty two");
        assert_eq!(cardinal(12_006), "twelve thousand six");
        assert_eq!(ordinal(30), "thirtieth");
        assert_eq!(ordinal(21), "twenty first");
        assert_eq!(year(1983, &mut dice), "nineteen eighty three");
        assert_eq!(year(1907, &mut dice), "nineteen oh seven");
        assert_eq!(year(2000, &mut dice), "two thousand");
    }

    #[test]
    fn digits_have_many_manners() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        let mut check = |run, manner, want| assert_eq!(digits(run, manner, &mut dice), want);
        check("5553", Manner::Multiples, "triple five three");
        check("1986", Manner::Pairs, "nineteen eighty six");
        check("2400", Manner::Hundreds, "twenty four hundred");
        check("123", Manner::Pairs, "one two three");
    }

    #[test]
    fn spelling_keeps_every_letter() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        for _ in 0..50 {
            let firsts = spelled("Ab-9", false, &mut dice);
            assert!(firsts.starts_with('a') && firsts.contains('b') && firsts.ends_with('9'));
            assert!(spelled("ab", true, &mut dice).starts_with('A'));
        }
    }
}
