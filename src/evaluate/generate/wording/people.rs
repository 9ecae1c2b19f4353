//! People, places, dates and ages.

use super::super::kind::Kind;
use super::{Wording, own, with};

pub(super) fn of_person(kind: Kind) -> Wording {
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

pub(super) fn of_place(kind: Kind) -> Wording {
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

pub(super) fn of_time(kind: Kind) -> Wording {
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
