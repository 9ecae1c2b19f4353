//! Numbers and codes that institutions give: drawn valid where there is a rule.

use super::check;
use super::dice::Dice;
use super::net::Net;
use super::value::{Code, Digits, Say};

type Value = Box<dyn Say>;

fn code(written: String) -> Value {
    Box::new(Code { written })
}

fn digits(written: String) -> Value {
    Box::new(Digits { written })
}

/// A code of one of several shapes; see [`Dice::shaped`].
fn of_shape(shapes: &[&str], dice: &mut Dice) -> Value {
    let shape = dice.pick(shapes).to_owned();
    let written = dice.shaped(&shape);
    match written.bytes().any(|b| b.is_ascii_alphabetic()) {
        true => code(written),
        false => digits(written),
    }
}

/// A social security number that the administration could have issued.
pub(super) fn ssn(dice: &mut Dice) -> Value {
    let area = dice.range(101, 665);
    let group = dice.range(10, 99);
    digits(format!("{area}-{group}-{}", dice.digits(4)))
}

pub(super) fn ssn_last_four(dice: &mut Dice) -> Value {
    digits(dice.digits(4))
}

pub(super) fn medical_record(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "99999999",
            "9999999",
            "PT-A99999",
            "99-99-99",
            "A999999",
            "H99999999",
        ],
        dice,
    )
}

pub(super) fn member(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "AAA999999999",
            "W999999999",
            "999999999-01",
            "A99999999",
            "9999999999",
            "9AA9A99AA99",
        ],
        dice,
    )
}

pub(super) fn group(dice: &mut Dice) -> Value {
    of_shape(&["99999", "A9999-99", "999999", "GRP-99999"], dice)
}

pub(super) fn claim(dice: &mut Dice) -> Value {
    of_shape(
        &["CLM-9999999", "99999999999", "9999A999999", "C-999999-99"],
        dice,
    )
}

pub(super) fn prescription(dice: &mut Dice) -> Value {
    of_shape(&["9999999", "999999", "Rx9999999", "9999999-99999"], dice)
}

pub(super) fn account(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "9999999999",
            "99999999",
            "999-999-9999",
            "AC-9999999",
            "999999999999",
        ],
        dice,
    )
}

pub(super) fn card(dice: &mut Dice) -> Value {
    let body = dice.one(&["4", "51", "52", "55", "6011"]);
    let rest = (body.len()..15).map(|_| dice.digit()).collect::<String>();
    let body = format!("{body}{rest}");
    let number = format!("{body}{}", check::luhn(&body));
    Box::new(Digits::grouped(
        &number,
        &[4, 4, 4],
        dice.pick(&[" ", "-", ""]),
    ))
}

pub(super) fn routing(dice: &mut Dice) -> Value {
    let eight = format!("{:02}{}", dice.range(1, 12), dice.digits(6));
    digits(format!("{eight}{}", check::routing(&eight)))
}

pub(super) fn iban(dice: &mut Dice) -> Value {
    let bban = format!("{}{}", dice.letters(4), dice.digits(14));
    code(format!("GB{}{bban}", check::iban("GB", &bban)))
}

pub(super) fn order(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "99999999",
            "AA-999999",
            "AA9A9A",
            "999-9999999-9999999",
            "INV-999999",
            "A9AA9A",
        ],
        dice,
    )
}

pub(super) fn driver_license(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "A9999999",
            "A999-9999-9999",
            "99999999",
            "AA999999A",
            "999999999",
        ],
        dice,
    )
}

pub(super) fn passport(dice: &mut Dice) -> Value {
    of_shape(&["A99999999", "999999999", "AA9999999"], dice)
}

pub(super) fn npi(dice: &mut Dice) -> Value {
    let nine = format!("1{}", dice.digits(8));
    digits(format!("{nine}{}", check::luhn(&format!("80840{nine}"))))
}

pub(super) fn dea(dice: &mut Dice) -> Value {
    let six = dice.digits(6);
    let kind = dice.chars("ABFM", 1);
    code(format!(
        "{kind}{}{six}{}",
        dice.letters(1),
        check::dea(&six)
    ))
}

pub(super) fn plate(dice: &mut Dice) -> Value {
    of_shape(
        &["AAA-9999", "9AAA999", "AAA 999", "999 AAA", "AA9 9AA"],
        dice,
    )
}

pub(super) fn vin(dice: &mut Dice) -> Value {
    const ALPHABET: &str = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    let [head, tail] = [dice.chars(ALPHABET, 7), dice.chars(ALPHABET, 3)];
    let number = dice.digits(5);
    let make = dice.one(&["1", "2", "4", "5"]);
    let open = format!("{make}{head}0{tail}{number}");
    let valid = format!("{}{}{}", &open[..8], check::vin(&open), &open[9..]);
    code(valid)
}

pub(super) fn serial(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "SN-99999999",
            "AAA999999A",
            "9AA-99999",
            "PM99999999",
            "99999999A",
        ],
        dice,
    )
}

pub(super) fn udi(dice: &mut Dice) -> Value {
    let body = format!("0{}", dice.digits(12));
    let gtin = format!("{body}{}", gtin_check(&body));
    let serial = dice.shaped("A9999999");
    let written = match dice.chance(50) {
        true => format!("(01){gtin}(21){serial}"),
        false => format!("01{gtin}21{serial}"),
    };
    code(written)
}

/// The fourteenth digit of a trade item number (weights 3 and 1).
fn gtin_check(thirteen: &str) -> char {
    let sum: u32 = thirteen
        .chars()
        .filter_map(|c| c.to_digit(10))
        .zip([3, 1].iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).expect("a check digit is one digit")
}

pub(super) fn imei(dice: &mut Dice) -> Value {
    let body = format!("35{}", dice.digits(12));
    digits(format!("{body}{}", check::luhn(&body)))
}

pub(super) fn mac(dice: &mut Dice) -> Value {
    let pairs: Vec<String> = (0..6).map(|_| dice.shaped("HH")).collect();
    code(pairs.join(dice.pick(&[":", "-"])))
}

pub(super) fn template(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "VP-9999999",
            "FPT-99999-A",
            "VOICE-99A99",
            "BIO-999999",
            "IRIS-HH99HH",
        ],
        dice,
    )
}

pub(super) fn photo(dice: &mut Dice) -> Value {
    let shape = dice
        .pick(&[
            "IMG_99999.jpg",
            "DSC_99999.jpg",
            "photo-999999.png",
            "wound_99999.heic",
            "IMG-9999999.jpeg",
        ])
        .to_owned();
    Box::new(Net(dice.shaped(&shape)))
}

pub(super) fn pin(dice: &mut Dice) -> Value {
    of_shape(&["9999", "999999", "99999"], dice)
}

pub(super) fn one_time_code(dice: &mut Dice) -> Value {
    of_shape(&["999999", "999-999", "9999", "99999999"], dice)
}

pub(super) fn trial_subject(dice: &mut Dice) -> Value {
    of_shape(
        &["999-99-999", "S-9999-999", "99-9999", "AA-999-9999"],
        dice,
    )
}

pub(super) fn ticket(dice: &mut Dice) -> Value {
    of_shape(
        &[
            "99999999",
            "AAA-99999",
            "REF-9999-AA",
            "A99A99A9",
            "999-999-99",
        ],
        dice,
    )
}

/// A British NHS number.
pub(super) fn nhs(dice: &mut Dice) -> Value {
    loop {
        let nine = format!("4{}", dice.digits(8));
        if let Some(check) = check::nhs(&nine) {
            let number = format!("{nine}{check}");
            return Box::new(Digits::grouped(&number, &[3, 3], " "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;
    use crate::domain::Entropy;

    fn written(draw: fn(&mut Dice) -> Value) -> Vec<String> {
        let mut dice = Dice::new(Entropy::from_u64(8));
        (0..60)
            .map(|_| draw(&mut dice).say(Form::Written, &mut dice).concat())
            .collect()
    }

    fn digits_of(text: &str) -> String {
        text.chars().filter(char::is_ascii_digit).collect()
    }

    #[test]
    fn numbers_with_a_check_digit_pass_it() {
        let luhn_ok = |number: &str| {
            let (body, last) = number.split_at(number.len() - 1);
            last.starts_with(check::luhn(body))
        };
        for card in written(card) {
            let card = digits_of(&card);
            assert!(card.len() == 16 && luhn_ok(&card), "{card}");
        }
        assert!(written(imei).iter().all(|n| n.len() == 15 && luhn_ok(n)));
        assert!(
            written(npi)
                .iter()
                .all(|n| n.len() == 10 && luhn_ok(&format!("80840{n}")))
        );
        for vin in written(vin) {
            assert!(
                vin.len() == 17 && vin[8..].starts_with(check::vin(&vin)),
                "{vin}"
            );
        }
        for number in written(routing) {
            assert!(number.len() == 9 && number[8..].starts_with(check::routing(&number[..8])));
        }
        for number in written(dea) {
            assert!(number.len() == 9 && number[8..].starts_with(check::dea(&number[2..8])));
        }
        assert!(written(nhs).iter().all(|n| digits_of(n).len() == 10));
    }
}
