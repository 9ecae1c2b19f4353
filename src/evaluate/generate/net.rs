//! Addresses of the net, and how they are said.

use super::Form;
use super::dice::Dice;
use super::speak::{self, Manner};
use super::value::{Say, runs};

/// An address of the net: e-mail, web, file, handle.
#[derive(Debug, Clone)]
pub(super) struct Net(pub(super) String);

impl Say for Net {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        match form {
            Form::Written => vec![self.0.clone()],
            Form::Lower => vec![recognised_net(&self.0.to_lowercase(), dice)],
            Form::Spoken => vec![spoken_net(&self.0, false, dice)],
            Form::Spelled => vec![spoken_net(&self.0, true, dice)],
            Form::Split => self.split(dice),
        }
    }

    fn may_stay(&self, piece: usize) -> bool {
        let (head, tail) = self.halves();
        let letters = [head, tail][piece].trim_matches(|c: char| !c.is_alphanumeric());
        matches!(letters, "www" | "com" | "org")
    }
}

impl Net {
    /// The name, then `at` and the rest, each in a turn.
    fn split(&self, dice: &mut Dice) -> Vec<String> {
        let spoken = dice.chance(70);
        let (head, tail) = self.halves();
        [head, tail]
            .map(|half| match spoken {
                true => spoken_net(half, false, dice),
                false => half.to_lowercase(),
            })
            .into()
    }

    /// Two parts, cut where people pause.
    fn halves(&self) -> (&str, &str) {
        let text = self.0.as_str();
        let path = text.rfind('/').filter(|at| !text[..*at].ends_with('/'));
        let after_www = text.starts_with("www.").then_some(4);
        let sign = || {
            text.char_indices()
                .skip(1)
                .find(|(_, c)| !c.is_alphanumeric())
        };
        let at = text.find('@').filter(|at| *at > 0);
        let at = at
            .or(path)
            .or(after_www)
            .or_else(|| sign().map(|(at, _)| at));
        text.split_at(at.unwrap_or(text.len() / 2))
    }
}

/// At times as a recogniser runs it together: `jo b7 mailcom`.
fn recognised_net(lower: &str, dice: &mut Dice) -> String {
    match lower.split_once('@') {
        Some((name, host)) if !name.is_empty() && dice.chance(25) => {
            format!(
                "{} {}",
                name.replace(['.', '_'], " "),
                host.replace('.', "")
            )
        }
        _ => lower.to_owned(),
    }
}

/// Words as words (letter by letter where `spell`), digits and signs named.
fn spoken_net(written: &str, spell: bool, dice: &mut Dice) -> String {
    let name_end = written.find('@').unwrap_or(written.len());
    let mut said: Vec<String> = Vec::new();
    let mut at = 0;
    for run in runs(written) {
        let start = at;
        at += run.len();
        match run.chars().next() {
            Some(c) if c.is_ascii_digit() => {
                let manner = if run.len() == 2 {
                    Manner::Pairs
                } else {
                    Manner::Single
                };
                said.push(speak::digits(run, manner, dice));
            }
            Some(c) if c.is_alphabetic() => said.push(spoken_word(run, spell && start < name_end)),
            Some(c) => said.push(speak::symbol(c, dice).to_owned()),
            None => {}
        }
    }
    said.retain(|word| !word.is_empty());
    said.join(" ")
}

fn spoken_word(run: &str, spell: bool) -> String {
    let lower = run.to_lowercase();
    let unsayable = matches!(lower.as_str(), "www" | "http" | "https");
    if !(spell || unsayable || lower.len() == 1) || lower == "com" {
        return lower;
    }
    let letters: Vec<String> = lower.chars().map(String::from).collect();
    letters.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::check;
    use super::*;

    #[test]
    fn signs_are_named_or_lost() {
        let net = Net("jo.b7@mail.com".into());
        check(&net, Form::Spoken, &["jo dot b seven at mail dot com"]);
        check(&net, Form::Spelled, &["j o dot b seven at mail dot com"]);
        check(&net, Form::Split, &["jo.b7", "@mail.com"]);
        check(&net, Form::Lower, &["jo b7 mailcom"]);
    }

    #[test]
    fn only_the_common_part_of_an_address_may_stay() {
        let check = |url: &str, want: [bool; 2]| {
            let url = Net(url.into());
            assert_eq!([url.may_stay(0), url.may_stay(1)], want, "{url:?}");
        };
        check("www.okafor.com", [true, false]);
        check("okafor.blogspot.com", [false, false]);
        check("https://portal.carepath.org/okafor", [false, false]);
        check("okafor_82", [false, false]);
    }
}
