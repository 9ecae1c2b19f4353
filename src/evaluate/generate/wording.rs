//! How each kind is asked for, answered, volunteered and told.
//!
//! `{v}` is the value in its form, `{b}` the same value as the conversation's
//! style would have it, `{noun}` what the kind is called.

use super::kind::Kind;

/// The sentences of one kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording {
    /// What it is called.
    pub(super) noun: &'static str,
    /// Requests by the firm's side, beside those of every code.
    pub(super) asks: &'static [&'static str],
    /// Sentences by the person that need no request.
    pub(super) says: &'static [&'static str],
    /// Sentences by the firm's side that name the value.
    pub(super) tells: &'static [&'static str],
    /// The requests and sentences of codes fit it too.
    pub(super) coded: bool,
}

/// Requests for anything that has a noun.
pub(super) const ASKS: &[&str] = &[
    "[could|can|may] I [have|get|take|grab] [your|the] {noun}[, please|]?",
    "[and|okay,|alright, and|] what's [your|the] {noun}?",
    "what is [your|the] {noun}[, please|]?",
    "[please|go ahead and] [read me|give me|tell me] [your|the] {noun}[ when you're ready| whenever you're ready|].",
    "[I'll need|I'm going to need|I just need|we need] [your|the] {noun} [to pull that up|before we go on|for the record|to continue|first].",
    "do you [have|happen to have|know] [your|the] {noun}[ handy| in front of you| nearby|]?",
    "please [enter|say|provide|confirm|verify] your {noun}.",
    "{noun}:",
    "{noun}?",
    "[next|then|now] the {noun}[, please|].",
    "would you mind [giving|reading] me [your|the] {noun}?",
    "which {noun} [is this under|should I use|is on the file]?",
];

/// Answers to any request.
pub(super) const ANSWERS: &[&str] = &[
    "{v}",
    "{v}.",
    "it's {v}.",
    "[yes|sure|okay|yeah|of course], [it's|that's|that would be] {v}.",
    "[let me see|one second|hold on|bear with me], [okay, |]{v}.",
    "[I think it's|should be|that should be|I believe it's] {v}.",
    "{v}[. did you get that?|. I hope that's right.|, if that helps.|.]",
    "yeah, {v}.",
    "[sorry, I had to find it|found it|here it is|got it right here], {v}.",
];

/// A first try, then the value.
pub(super) const CORRECTED: &[&str] = &[
    "it's {w}, [no wait|sorry|scratch that|no, I mean|wait, no], {v}.",
    "{w}, [oh hang on|hmm, that's the old one|no that's wrong], it's {v}.",
];

/// Sentences of a person that volunteer a code.
pub(super) const SAYS: &[&str] = &[
    "my {noun} is {v}.",
    "[hi|so|okay so|and|also], my {noun} is {v}[ if you need it|].",
    "I have [a|the] {noun} here, {v}.",
    "[the letter|the paper|the card|the form|my account page] says {noun} {v}.",
    "the {noun} [I was given|on the letter|they gave me] [is|was] {v}.",
    "[you can look it up|it's filed|try looking] under {noun} {v}.",
];

/// Sentences of the firm's side that name a code.
pub(super) const TELLS: &[&str] = &[
    "[your|the] {noun} is {v}.",
    "I [have|see|show] {v} as [your|the] {noun}[, is that right?|.]",
    "[can you confirm|I'm showing] the {noun} on file is {v}[?|, correct?]",
    "[please note|just so you have it,|for your records,] the {noun} is {v}.",
];

/// Read-backs.
pub(super) const ECHOES: &[&str] = &[
    "[so that's|I have|I've got|that was|let me read that back,] {b}[, correct?|, is that right?|.]",
    "[thank you|thanks|perfect|great|got it], {b}.",
    "{b}[, okay|, got it|, thank you].",
    "okay, {b}[, one moment|, let me check that|, I'm typing that in].",
];

/// Short replies to what was told or read back.
pub(super) const AGREES: &[&str] = &[
    "[yes|yep|yeah|correct|uh-huh], [that's right|that's it|correct|you got it].",
    "yes.",
    "correct.",
    "that's right[, thank you|].",
    "mm-hmm.",
    "exactly.",
];

/// Acknowledgements of an answer.
pub(super) const THANKS: &[&str] = &[
    "[thank you|thanks|great|perfect|wonderful|okay]. [one moment|let me check|I found it|bear with me|that matches|]",
    "[got it|okay, got that|alright|very good].",
    "[thanks for that|thank you so much], [I'm pulling it up now|I see it here|we're all set with that].",
];

/// Back-channels between the pieces of a value.
pub(super) const BACK_CHANNELS: &[&str] = &[
    "mm-hmm.",
    "okay.",
    "go ahead.",
    "uh-huh.",
    "yes.",
    "got it.",
    "right.",
    "[and then?|next?|keep going.]",
    "I'm listening.",
];

/// A piece of a value.
pub(super) const PIECES: &[&str] = &[
    "{p}",
    "{p}.",
    "[and|then|next is|um,] {p}.",
    "{p}, [okay?|got it?]",
];

const fn code(noun: &'static str) -> Wording {
    Wording {
        noun,
        asks: &[],
        says: &[],
        tells: &[],
        coded: true,
    }
}

const fn with(
    noun: &'static str,
    says: &'static [&'static str],
    tells: &'static [&'static str],
) -> Wording {
    Wording {
        noun,
        asks: &[],
        says,
        tells,
        coded: true,
    }
}

const fn own(
    asks: &'static [&'static str],
    says: &'static [&'static str],
    tells: &'static [&'static str],
) -> Wording {
    Wording {
        noun: "",
        asks,
        says,
        tells,
        coded: false,
    }
}

/// The sentences of `kind`.
pub(super) fn wording(kind: Kind) -> Wording {
    match kind {
        Kind::FullName
        | Kind::GivenName
        | Kind::FamilyName
        | Kind::Relative
        | Kind::Doctor
        | Kind::Initials => of_person(kind),
        Kind::Employer
        | Kind::Address
        | Kind::City
        | Kind::Facility
        | Kind::Zip
        | Kind::Geocode => of_place(kind),
        Kind::BirthDate
        | Kind::EventDate
        | Kind::VagueDate
        | Kind::Clock
        | Kind::Age
        | Kind::Birthday
        | Kind::OldBirthYear => of_time(kind),
        Kind::Phone
        | Kind::Fax
        | Kind::Email
        | Kind::Url
        | Kind::Ip
        | Kind::Handle
        | Kind::Password
        | Kind::Pin
        | Kind::OneTimeCode => of_contact(kind),
        _ => of_code(kind),
    }
}

fn of_person(kind: Kind) -> Wording {
    match kind {
        Kind::FullName => own(
            &[
                "[can|could|may] I [have|get] your [full |first and last |]name[, please|]?",
                "who am I [speaking with|talking to|chatting with][ today|]?",
                "what's the [patient's name|name on the account|full name on the file]?",
                "full name:",
                "and your name is?",
            ],
            &[
                "[hi|hello|hey], [my name is|this is|it's|I'm] {v}.",
                "this is {v} calling[ about my refill| about a bill| again|].",
                "[you can put it under|it's under|the account is under] {v}.",
                "the name is {v}.",
            ],
            &[
                "I [see|have] an account for {v}[, is that you?|.]",
                "am I speaking with {v}?",
                "[thanks for waiting|okay|hello again], {v}.",
            ],
        ),
        Kind::GivenName => own(
            &[
                "what's your first name?",
                "[and|okay,] your first name[, please|]?",
                "what should I call you?",
                "first name:",
            ],
            &[
                "[just call me|you can call me|everyone calls me] {v}.",
                "my first name is {v}.",
                "it's {v} [again|here|from earlier].",
            ],
            &[
                "[nice to meet you|good to hear from you|thanks], {v}.",
                "[take care|have a good one|you're all set], {v}.",
                "is {v} your first name?",
            ],
        ),
        Kind::FamilyName => own(
            &[
                "[and|okay, and|] [your|the] last name[, please|]?",
                "[could|can] you spell your last name[ for me|]?",
                "how do you spell that?",
                "last name:",
                "what's the surname on the file?",
            ],
            &[
                "[my|the] last name is {v}.",
                "[surname|last name] {v}.",
                "it's under {v}, that's my married name.",
                "my maiden name was {v}.",
            ],
            &["I see it listed under {v}.", "is it [Mr.|Mrs.|Ms.] {v}?"],
        ),
        Kind::Relative => own(
            &[
                "[and|] what's your {relation}'s name?",
                "who [helps you at home|else lives with you|is your emergency contact]?",
                "who will be [picking you up|driving you]?",
            ],
            &[
                "my {relation} {v} [will be with me|drives me|takes care of that|is on the line too].",
                "I'm calling for my {relation}, {v}.",
                "[this is about|it's for] my {relation} {v}.",
                "{v} is my {relation}.",
            ],
            &[
                "and {v} is your {relation}, right?",
                "is {v} [still|also] [living with you|authorized to talk to us]?",
            ],
        ),
        Kind::Doctor => own(
            &[
                "[who is|who's] your [primary care|regular|family] doctor?",
                "which [doctor|provider] [wrote|ordered|referred] that?",
                "who did you see last time?",
            ],
            &[
                "I [saw|see|was seen by|was referred by] [Dr.|Doctor] {v}[ last time| for my heart|].",
                "[Dr.|Doctor] {v} [told me to call|changed my pills|ordered that test|is my surgeon].",
            ],
            &[
                "[Dr.|Doctor] {v} [will see you|has reviewed it|sent it over|wants a follow up].",
                "I'm [Dr.|Doctor] {v}[, how are you feeling?|.]",
            ],
        ),
        _ => own(
            &[
                "what are your initials?",
                "[can|could] you [confirm|give me] the subject's initials?",
                "initials, please.",
            ],
            &[
                "my initials are {v}.",
                "[I signed it|it's signed] with my initials, {v}.",
            ],
            &["I have the initials {v} [on the form|here]."],
        ),
    }
}

fn of_place(kind: Kind) -> Wording {
    match kind {
        Kind::Employer => own(
            &[
                "[who do you work for|who is your employer|where do you work]?",
                "what company is the plan through?",
                "employer:",
                "what's the name of your employer?",
            ],
            &[
                "I work [at|for] {v}.",
                "I've been [with|at] {v} for a while.",
                "my insurance is through my job at {v}.",
                "I got hurt at work, at {v}.",
                "I drive a truck for {v}.",
            ],
            &[
                "and you're still employed [at|with] {v}?",
                "the plan is through {v}, I see.",
            ],
        ),
        Kind::Address => Wording {
            noun: "[home |mailing |street |shipping |billing |]address",
            asks: &[
                "where [should we|do we|can we] [send|ship|mail] it?",
                "where do you live?",
                "where are you right now?",
            ],
            says: &[
                "I live at {v}.",
                "[please send it to|mail it to|ship it to] {v}.",
                "we moved, [it's|we're at] {v} now.",
                "[I'm|he's|she's] at {v}.",
            ],
            tells: &["we'll [send|ship|mail] it to {v}.", "is it still {v}?"],
            coded: true,
        },
        Kind::City => own(
            &[
                "[what|which] [city|town] [are you in|do you live in|is that in]?",
                "city:",
                "where are you [located|from|calling from]?",
                "and the city?",
            ],
            &[
                "I live in {v}.",
                "we [moved here from|just came back from|are out near] {v}.",
                "I grew up in {v}.",
                "[I'm|we're] in {v}[, actually| right now|].",
                "[my daughter|my son|my brother] lives [over |]in {v}.",
            ],
            &[
                "so you're [in|near] {v}?",
                "the nearest location is in {v}.",
            ],
        ),
        Kind::Facility => own(
            &[
                "which [hospital|clinic|location|facility] was that?",
                "where [were you admitted|did they do the scan|was the surgery]?",
                "which location do you prefer?",
                "facility:",
            ],
            &[
                "I was [admitted to|discharged from|treated at] {v}.",
                "they took [me|him|her] to {v}.",
                "the scan was done at {v}.",
                "I usually go to {v}.",
            ],
            &[
                "[thank you for calling|you've reached] {v}.",
                "your appointment is at {v}.",
                "we got the records from {v}.",
            ],
        ),
        Kind::Zip => with(
            "[zip code|ZIP|zip|billing zip code|postal code|postcode|five digit zip]",
            &[
                "[I'm|we're] in {v}, that's the zip.",
                "the zip [there|here] is {v}.",
            ],
            &["and the zip is {v}?"],
        ),
        _ => with(
            "[coordinates|GPS location|GPS coordinates|pin location|plus code]",
            &[
                "[my phone|the app|the tracker] shows {v}.",
                "I dropped a pin at {v}.",
                "the GPS says {v}.",
            ],
            &["the [driver|ambulance|crew] has you at {v}."],
        ),
    }
}

fn of_time(kind: Kind) -> Wording {
    match kind {
        Kind::BirthDate => Wording {
            noun: "[date of birth|birth date|birthday|DOB]",
            asks: &[
                "when were you born?",
                "and when is your birthday?",
                "can you confirm your date of birth for me?",
            ],
            says: &[
                "I was born [on |]{v}.",
                "date of birth {v}.",
                "DOB {v}.",
                "my {relation} was born {v}.",
            ],
            tells: &["I have a date of birth of {v}."],
            coded: true,
        },
        Kind::EventDate => own(
            &[
                "when [was your last visit|did that happen|was the surgery|did the symptoms start]?",
                "what day [works for you|was that|were you admitted]?",
                "what's the date of service?",
                "when were you discharged?",
            ],
            &[
                "I was [admitted|discharged|seen|operated on] [on |]{v}.",
                "my appointment is [on |]{v}.",
                "the [fall|accident|surgery|scan] was [on |]{v}.",
                "my last dose was {v}.",
                "he passed away [on |]{v}.",
            ],
            &[
                "[your appointment is|we have you down for|the next opening is] {v}.",
                "[the sample was collected|your last visit was|it was filled] [on |]{v}.",
            ],
        ),
        Kind::VagueDate => own(
            &[
                "when did you [have|get] [the surgery|the stent|the scan]?",
                "when can you come in?",
                "when was the last seizure?",
            ],
            &[
                "I had [the surgery|my stent|the baby|the stroke] [in|over|around] {v}.",
                "[I fell|he fainted|it happened] [last |on |]{v}.",
                "I can come in [this |on |]{v}.",
                "I was in the hospital over {v}.",
            ],
            &[
                "[see you|we'll see you|you're booked for] [on |]{v}.",
                "your results came back [on |]{v}.",
            ],
        ),
        Kind::Clock => own(
            &[
                "what time [works for you|is your appointment|did it start|would you like]?",
                "[morning or afternoon|what time]?",
            ],
            &[
                "[can I come at|I'm free after|how about] {v}?",
                "my [appointment|ride|infusion] is at {v}.",
                "it started [around|at|about] {v}.",
                "I took [it|the pill] at {v}.",
            ],
            &[
                "[we have an opening at|you're booked for|the driver comes at] {v}.",
                "please [arrive|check in] by {v}.",
            ],
        ),
        Kind::Age => own(
            &[
                "[and|] how old [are you|is she|is he|is your {relation}]?",
                "age:",
                "what's the patient's age?",
            ],
            &[
                "I'm {v} years old.",
                "[my {relation}|she|he|my grandmother] is {v}[ years old| and still drives| now|].",
                "I'm {v}, [I don't hear so well|so bear with me|you know].",
                "my mother lived to {v}.",
                "I'm a {v} year old [woman|man|veteran].",
            ],
            &[
                "so you're {v} years old[?|, is that right?]",
                "this is a {v} year old [patient|gentleman|lady] [with a cough|after a fall|on oxygen].",
            ],
        ),
        Kind::Birthday => own(
            &[
                "any [big events|celebrations|plans] coming up?",
                "what are we celebrating?",
            ],
            &[
                "we just had [his|her|my] {v} birthday.",
                "[she's|he's|I'm] about to have [her|his|my] {v} birthday.",
                "I'm in my {v} year.",
            ],
            &["happy {v} birthday[ to your {relation}|]!"],
        ),
        _ => own(
            &[
                "what year [were you|was she|was he] born?",
                "year of birth:",
                "which year were you born in?",
            ],
            &[
                "I was born in {v}.",
                "[she|he|my {relation}] was born in {v}.",
                "born {v}, so [you can do the math|I've seen a lot].",
            ],
            &["I have {v} as the year of birth."],
        ),
    }
}

fn of_contact(kind: Kind) -> Wording {
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
            &["[I'm|my handle is|find me as|I log in as|my Instagram is] {v}."],
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
            "[verification code|one time code|security code|one-time passcode|code we texted you|six digit code]",
            &["[the text says|I got|it says|the code is] {v}."],
            &["your code is {v}."],
        ),
    }
}

fn of_code(kind: Kind) -> Wording {
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
            "[photo file name|picture name|image file|name of the photo|photo]",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_can_be_asked_for_said_and_told() {
        for kind in Kind::ALL {
            let wording = wording(*kind);
            assert!(wording.coded || !wording.asks.is_empty(), "{kind:?}");
            assert!(wording.coded || !wording.says.is_empty(), "{kind:?}");
            assert_eq!(wording.coded, !wording.noun.is_empty(), "{kind:?}");
            for line in wording.says.iter().chain(wording.tells) {
                assert!(line.contains("{v}"), "{kind:?}: {line}");
            }
        }
    }
}
