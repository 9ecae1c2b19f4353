//! Contacts, codes and numbers.

use super::super::kind::Kind;
use super::{Wording, code, with};

pub(super) fn of_contact(kind: Kind) -> Wording {
    match kind {
        Kind::Phone => Wording {
            noun: "[phone number|callback number|cell number|mobile number|contact number|number|telephone number]",
            asks: &[
                "what's [the best|a good] number to reach you[ at|]?",
                "where can we call you back?",
                "in case we get disconnected, what's your number?",
            ],
            says: &[
                "[you can reach me at|call me back at|call me on|text me at|my cell is] {v}.",
                "my {relation}'s number is {v}.",
                "I'm calling from {v}.",
            ],
            tells: &[
                "[you can call us at|our line is|the nurse line is|call the office at] {v}.",
                "is {v} still the best number?",
            ],
            coded: true,
        },
        Kind::Fax => with(
            "fax number",
            &["[you can fax it to|fax it over to|their fax is|please fax the form to] {v}."],
            &["[our fax is|fax it to us at|send the form by fax to] {v}."],
        ),
        Kind::Email => Wording {
            noun: "[email address|email|e-mail|email on file]",
            asks: &[
                "where should I email [it|that|the link]?",
                "what email should we use?",
            ],
            says: &[
                "[you can email me at|send it to|my email is|just email] {v}.",
                "I signed up with {v}.",
            ],
            tells: &["I'll send it to {v}.", "is it {v}?"],
            coded: true,
        },
        Kind::Url => with(
            "[website|web address|link|portal link|page]",
            &[
                "[I saw it on|it's on|go to|I posted it at] {v}.",
                "[my blog is|her page is] {v}.",
            ],
            &["[you can go to|please visit|log in at|the form is at] {v}."],
        ),
        Kind::Ip => with(
            "[IP address|IP|device IP|network address]",
            &[
                "[the screen|the router|it] says the IP is {v}.",
                "my IP is {v}.",
            ],
            &["I see a [login|connection] from {v}."],
        ),
        Kind::Handle => with(
            "[username|user name|login|user ID|handle|screen name]",
            // Nobody could tell `I'm lund forty two`, said of a login, from a name and an age.
            &["[my handle is|find me as|I log in as|my Instagram is] {v}."],
            &["your account shows as {v}."],
        ),
        Kind::Password => with(
            "[password|security answer|temporary password|passphrase]",
            &[
                "I set [the|my] password to {v}.",
                "the password [was|is] {v}.",
            ],
            &["your temporary password is {v}."],
        ),
        Kind::Pin => with(
            "[PIN|pin|security PIN|four digit pin|voicemail pin|access code]",
            &["I set my pin to {v}.", "my pin's {v}."],
            &["your new pin is {v}."],
        ),
        _ => with(
            "[verification code|one time code|security code|one-time passcode|texted code|six digit code]",
            // `I got 4417` says of itself neither what was got nor from whom: it stands as
            // an answer only.
            &["[the text says|the code is] {v}."],
            &["your code is {v}."],
        ),
    }
}

pub(super) fn of_code(kind: Kind) -> Wording {
    match kind {
        Kind::Ssn => code("[social security number|social|SSN|full social|Social Security]"),
        Kind::SsnLastFour => with(
            "[last four of your social|last four digits of your social|last four of the SSN|last 4 of the social security number]",
            &["my social ends in {v}.", "the last four are {v}."],
            &["I have a social ending in {v}."],
        ),
        Kind::MedicalRecord => with(
            "[medical record number|MRN|chart number|patient ID|patient number|record number]",
            &["[MRN|chart] {v}."],
            &["[this is for|pulling up] MRN {v}."],
        ),
        Kind::Nhs => code("NHS number"),
        Kind::Member => code(
            "[member ID|member number|subscriber ID|insurance ID|Medicare number|plan ID|ID on your card]",
        ),
        Kind::Group => code("[group number|group ID|policy number|plan group number]"),
        Kind::Claim => with(
            "[claim number|claim ID|claim reference|prior authorization number]",
            &["I'm calling about claim {v}."],
            &["claim {v} was [denied|approved|sent back]."],
        ),
        Kind::Prescription => with(
            "[prescription number|Rx number|refill number|number on the bottle]",
            &[
                "I need a refill on prescription {v}.",
                "the bottle says {v}.",
            ],
            &["prescription {v} is [ready|out of refills|on hold]."],
        ),
        Kind::Account => with(
            "[account number|bank account number|account|utility account number|checking account number]",
            &["it's for account {v}."],
            &["account {v} has a balance."],
        ),
        Kind::Card => with(
            "[card number|credit card number|debit card number|long number on the card|sixteen digit card number]",
            &["[put it on|charge it to] my card, {v}."],
            &["the card on file is {v}."],
        ),
        Kind::Routing => code("[routing number|bank routing number|ABA number]"),
        Kind::Iban => code("[IBAN|international account number]"),
        Kind::Order => with(
            "[order number|booking code|confirmation number|invoice number|reservation code|tracking number]",
            &["I'm checking on order {v}."],
            &[
                "your order {v} has shipped.",
                "I've booked it, confirmation {v}.",
            ],
        ),
        Kind::DriverLicense => {
            code("[driver's license number|license number|driver's license|state ID number]")
        }
        Kind::Passport => code("[passport number|passport]"),
        Kind::Npi => code("[NPI|NPI number|provider's NPI|national provider identifier]"),
        Kind::Dea => code("[DEA number|prescriber's DEA|DEA registration number]"),
        Kind::Plate => with(
            "[license plate|plate number|tag number|plate|registration number]",
            &["my car's plate is {v}.", "I parked, the plate is {v}."],
            &["we have a vehicle with plate {v}."],
        ),
        Kind::Vin => code("[VIN|vehicle identification number|VIN number|chassis number]"),
        Kind::Serial => with(
            "[serial number|device serial number|pump serial number|pacemaker serial number|S/N]",
            &[
                "the sticker on the back says {v}.",
                "the pump's serial is {v}.",
            ],
            &["the device with serial {v} is [under recall|registered to you]."],
        ),
        Kind::Udi => {
            code("[UDI|unique device identifier|device identifier|number under the barcode]")
        }
        Kind::Imei => code("[IMEI|IMEI number|phone's IMEI]"),
        Kind::Mac => code("[MAC address|hardware address|wifi address]"),
        Kind::Template => with(
            "[voiceprint ID|fingerprint template ID|biometric ID|voice ID|enrollment template number]",
            &["my voiceprint is stored as {v}."],
            &["your [voiceprint|fingerprint] was enrolled as {v}."],
        ),
        Kind::Photo => with(
            "[photo file name|picture name|image file name|file name]",
            &[
                "I [uploaded|sent|attached] [the picture|my photo|a photo of my face], it's {v}.",
                "the picture is {v}.",
            ],
            &["I received {v}, thank you.", "I can see {v} now."],
        ),
        Kind::TrialSubject => with(
            "[subject number|participant ID|study ID|screening number|trial participant number|randomization number]",
            &["I'm participant {v} in the study."],
            &["you're subject {v}."],
        ),
        _ => with(
            "[ticket number|reference number|case number|incident number|sample barcode|reference code|file number]",
            &["I'm calling about case {v}.", "my reference is {v}."],
            &["I opened [ticket|case] {v} for you."],
        ),
    }
}
