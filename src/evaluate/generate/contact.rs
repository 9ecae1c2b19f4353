//! Telephones, addresses of the net, user names and passwords.

use super::Form;
use super::dice::Dice;
use super::name::Person;
use super::net::Net;
use super::speak::{self, Manner};
use super::value::{Digits, Say};

/// A telephone number: mostly North American, some British, some with an
/// extension's worth of context left to the dialogue.
pub(super) fn phone(dice: &mut Dice) -> Digits {
    let area = dice.range(201, 989);
    let exchange = if dice.chance(30) {
        555
    } else {
        dice.range(220, 989)
    };
    let line = dice.pick(&["9999", "9999", "9900", "9000"]);
    let line = dice.shaped(line);
    let british = dice.shaped("07999 999999");
    let written = match dice.below(8) {
        0 | 1 => format!("({area}) {exchange}-{line}"),
        2 | 3 => format!("{area}-{exchange}-{line}"),
        4 => format!("{area}.{exchange}.{line}"),
        5 => format!("+1 {area} {exchange} {line}"),
        6 => format!("{area}{exchange}{line}"),
        _ => british,
    };
    Digits { written }
}

/// A name as people make of theirs: `j.okafor82`, `sunnymarl`.
fn local_part(dice: &mut Dice) -> String {
    let person = Person::draw(dice);
    let [given, family] = [person.given, person.family].map(|n| n.to_lowercase().replace('-', ""));
    let number = dice.range(2, 99);
    match dice.below(5) {
        0 => format!("{given}.{family}"),
        1 => format!("{given}_{number}"),
        2 => format!("{}{family}{number}", &given[..1]),
        3 => format!("{family}.{given}{number}"),
        _ => format!("{}.{family}", &given[..1]),
    }
}

pub(super) fn email(dice: &mut Dice) -> Net {
    let host = dice.pick(&[
        "gmail.com",
        "yahoo.com",
        "outlook.com",
        "icloud.com",
        "brightpost.net",
        "hollowmail.org",
        "aol.com",
        "comcast.net",
    ]);
    Net(format!("{}@{host}", local_part(dice)))
}

pub(super) fn url(dice: &mut Dice) -> Net {
    let name = local_part(dice).replace(['_', '.'], "");
    Net(match dice.below(4) {
        0 => format!("www.{name}.com"),
        1 => format!(
            "https://portal.{}.org/{name}",
            dice.pick(&["brightwell", "carepath", "mychartlink"])
        ),
        2 => format!("{name}.blogspot.com"),
        _ => format!(
            "www.{}.com/{name}",
            dice.pick(&["fundraisehope", "photoshare", "familytree"])
        ),
    })
}

pub(super) fn handle(dice: &mut Dice) -> Net {
    let name = local_part(dice).replace('.', "_");
    Net(match dice.chance(40) {
        true => format!("@{name}"),
        false => name,
    })
}

/// A password: words, digits and signs.
pub(super) fn password(dice: &mut Dice) -> Net {
    let word = dice.pick(&[
        "Marigold",
        "tangerine",
        "Blizzard",
        "walnut",
        "Kayak",
        "pepperpot",
        "Saffron",
        "lantern",
    ]);
    let sign = dice.one(&["!", "_", "#", ""]);
    Net(format!("{word}{sign}{}", dice.range(11, 999)))
}

/// A version 4 or version 6 address.
pub(super) fn ip(dice: &mut Dice) -> Box<dyn Say> {
    if dice.chance(25) {
        let groups: Vec<String> = (0..dice.range(4, 8))
            .map(|_| dice.shaped("HHHH").to_lowercase())
            .collect();
        let tail = if groups.len() < 8 { "::1" } else { "" };
        return Box::new(super::value::Code {
            written: groups.join(":") + tail,
        });
    }
    let head = dice.one(&[192, 10, 172, 73, 24, 98]);
    Box::new(Octets([
        head,
        dice.range(1, 254),
        dice.range(0, 254),
        dice.range(1, 254),
    ]))
}

#[derive(Debug)]
struct Octets([u32; 4]);

impl Say for Octets {
    fn say(&self, form: Form, dice: &mut Dice) -> Vec<String> {
        let written = self.0.map(|octet| octet.to_string());
        let said: Vec<String> = self
            .0
            .iter()
            .map(|octet| octet_said(*octet, form, dice))
            .collect();
        match form {
            Form::Written => vec![written.join(".")],
            Form::Lower => vec![written.join(dice.pick(&[".", ".", " . "]))],
            Form::Spoken | Form::Spelled => vec![said.join(" dot ")],
            Form::Split => vec![
                said[..2].join(" dot "),
                format!("dot {}", said[2..].join(" dot ")),
            ],
        }
    }
}

fn octet_said(octet: u32, form: Form, dice: &mut Dice) -> String {
    let text = octet.to_string();
    let short = octet < 100 || form == Form::Spelled;
    match (short, dice.chance(50)) {
        (true, _) if form == Form::Spelled => speak::digits(&text, Manner::Single, dice),
        (true, _) => speak::cardinal(octet),
        (false, true) if octet % 100 > 9 => format!(
            "{} {}",
            speak::cardinal(octet / 100),
            speak::cardinal(octet % 100)
        ),
        _ => speak::digits(&text, Manner::Single, dice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn telephones_have_nine_digits_or_more_and_mail_one_at() {
        let mut dice = Dice::new(Entropy::from_u64(6));
        for _ in 0..200 {
            let phone = phone(&mut dice).written;
            assert!(
                phone.bytes().filter(u8::is_ascii_digit).count() >= 10,
                "{phone}"
            );
            assert_eq!(email(&mut dice).0.matches('@').count(), 1);
        }
    }

    #[test]
    fn octets_are_said_as_people_say_them() {
        let mut dice = Dice::new(Entropy::from_u64(6));
        let all: Vec<String> = (0..80)
            .flat_map(|_| Octets([192, 168, 0, 1]).say(Form::Spoken, &mut dice))
            .collect();
        assert!(
            all.iter()
                .any(|s| s == "one ninety two dot one sixty eight dot zero dot one")
        );
        assert!(all.iter().any(|s| s.starts_with("one nine two dot")));
    }
}
