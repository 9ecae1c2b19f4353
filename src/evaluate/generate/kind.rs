//! The kinds of value, finer than categories, and the forms of each.

use crate::domain::Category;

use super::Form;
use super::cast::Cast;
use super::dice::Dice;
use super::value::{Say, Worded, Words};
use super::{calendar, code, contact, place, street};

const ALL: &[Form] = &Form::ALL;
const PLAIN: &[Form] = &[Form::Written, Form::Lower];
const WORDS: &[Form] = &[Form::Written, Form::Lower, Form::Spelled];
const NAMES: &[Form] = &[Form::Written, Form::Lower, Form::Spelled, Form::Split];
const SAID: &[Form] = &[Form::Written, Form::Lower, Form::Spoken];
const UNSPELLED: &[Form] = &[Form::Written, Form::Lower, Form::Spoken, Form::Split];

/// Declares the kinds, each with its category and forms.
macro_rules! kinds {
    ($($kind:ident: $category:ident, $forms:ident;)*) => {
        /// A kind of value.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Kind { $($kind),* }

        impl Kind {
            /// Every kind.
            pub(super) const ALL: &[Self] = &[$(Self::$kind),*];

            /// What it is to the rule.
            pub(super) const fn category(self) -> Category {
                match self { $(Self::$kind => Category::$category),* }
            }

            /// The forms in which it is said.
            pub(super) const fn forms(self) -> &'static [Form] {
                match self { $(Self::$kind => $forms),* }
            }
        }
    };
}

kinds! {
    FullName: Person, NAMES;
    GivenName: Person, NAMES;
    FamilyName: Person, NAMES;
    Relative: Person, WORDS;
    Doctor: Person, WORDS;
    Initials: Person, PLAIN;
    Employer: Organization, WORDS;
    Address: Address, ALL;
    City: City, WORDS;
    Facility: Facility, PLAIN;
    Zip: Zip, ALL;
    Geocode: Geocode, UNSPELLED;
    BirthDate: Date, ALL;
    EventDate: Date, ALL;
    VagueDate: Date, SAID;
    Clock: Time, SAID;
    Age: Age, SAID;
    Birthday: Age, SAID;
    OldBirthYear: Age, SAID;
    Phone: Phone, ALL;
    Fax: Fax, ALL;
    Email: Email, ALL;
    Ssn: Ssn, ALL;
    SsnLastFour: Ssn, ALL;
    MedicalRecord: MedicalRecord, ALL;
    Nhs: MedicalRecord, ALL;
    Member: HealthPlan, ALL;
    Group: HealthPlan, ALL;
    Claim: HealthPlan, ALL;
    Prescription: HealthPlan, ALL;
    Account: Account, ALL;
    Card: Account, ALL;
    Routing: Account, ALL;
    Iban: Account, ALL;
    Order: Account, ALL;
    DriverLicense: License, ALL;
    Passport: License, ALL;
    Npi: License, ALL;
    Dea: License, ALL;
    Plate: Vehicle, ALL;
    Vin: Vehicle, ALL;
    Serial: Device, ALL;
    Udi: Device, ALL;
    Imei: Device, ALL;
    Mac: Device, ALL;
    Url: Url, ALL;
    Ip: Ip, ALL;
    Template: Biometric, ALL;
    Photo: Photo, SAID;
    Handle: Username, ALL;
    Pin: Secret, ALL;
    Password: Secret, ALL;
    OneTimeCode: Secret, ALL;
    TrialSubject: OtherId, ALL;
    Ticket: OtherId, ALL;
}

impl Kind {
    /// The kinds of `category`.
    pub(super) fn of(category: Category) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |kind| kind.category() == category)
    }

    /// A value of this kind: a name comes from the cast, all else is drawn.
    pub(super) fn draw(self, cast: &Cast, dice: &mut Dice) -> Box<dyn Say> {
        match self {
            Self::FullName => Box::new(Words::new(cast.caller.full())),
            Self::GivenName => Box::new(Words::new(cast.caller.given.clone())),
            Self::FamilyName => Box::new(Words::new(cast.caller.family.clone())),
            Self::Relative => Box::new(Words::new(cast.relative.given.clone())),
            Self::Doctor => Box::new(Words::new(cast.doctor.family.clone())),
            Self::Initials => Box::new(initials(cast)),
            Self::Employer => Box::new(place::employer(dice)),
            Self::Address => Box::new(street::address(dice)),
            Self::City => Box::new(place::city(dice)),
            Self::Facility => Box::new(place::facility(dice)),
            Self::Zip => place::zip(dice),
            Self::Geocode => place::geocode(dice),
            Self::BirthDate => Box::new(calendar::birth(dice)),
            Self::EventDate => Box::new(calendar::event(dice)),
            Self::VagueDate => Box::new(calendar::vague(dice)),
            Self::Clock => Box::new(calendar::clock(dice)),
            Self::Age => Box::new(calendar::age(dice)),
            Self::Birthday => Box::new(calendar::birthday(dice)),
            Self::OldBirthYear => Box::new(calendar::old_birth_year(dice)),
            Self::Phone | Self::Fax => Box::new(contact::phone(dice)),
            Self::Email => Box::new(contact::email(dice)),
            Self::Url => Box::new(contact::url(dice)),
            Self::Ip => contact::ip(dice),
            Self::Handle => Box::new(contact::handle(dice)),
            Self::Password => Box::new(contact::password(dice)),
            _ => self.draw_code(dice),
        }
    }

    fn draw_code(self, dice: &mut Dice) -> Box<dyn Say> {
        let draw = match self {
            Self::Ssn => code::ssn,
            Self::SsnLastFour => code::ssn_last_four,
            Self::MedicalRecord => code::medical_record,
            Self::Nhs => code::nhs,
            Self::Member => code::member,
            Self::Group => code::group,
            Self::Claim => code::claim,
            Self::Prescription => code::prescription,
            Self::Account => code::account,
            Self::Card => code::card,
            Self::Routing => code::routing,
            Self::Iban => code::iban,
            Self::Order => code::order,
            Self::DriverLicense => code::driver_license,
            Self::Passport => code::passport,
            Self::Npi => code::npi,
            Self::Dea => code::dea,
            Self::Plate => code::plate,
            Self::Vin => code::vin,
            Self::Serial => code::serial,
            Self::Udi => code::udi,
            Self::Imei => code::imei,
            Self::Mac => code::mac,
            Self::Template => code::template,
            Self::Photo => code::photo,
            Self::Pin => code::pin,
            Self::OneTimeCode => code::one_time_code,
            Self::TrialSubject => code::trial_subject,
            _ => code::ticket,
        };
        draw(dice)
    }
}

fn initials(cast: &Cast) -> Worded {
    let [g, f] = [&cast.caller.given, &cast.caller.family].map(|name| &name[..1]);
    let lower = format!("{g} {f}").to_lowercase();
    Worded {
        written: vec![format!("{g}.{f}."), format!("{g}{f}")],
        lower: vec![lower],
        ..Worded::default()
    }
}

/// The forms in which `category` is said, in the order of [`Form::ALL`].
#[must_use]
pub fn forms_of(category: Category) -> Vec<Form> {
    let said = |form: &Form| Kind::of(category).any(|kind| kind.forms().contains(form));
    Form::ALL.into_iter().filter(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn every_category_has_a_kind_and_every_kind_its_forms() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        for category in Category::ALL {
            assert!(forms_of(category).len() >= 2, "{category}");
        }
        for kind in Kind::ALL {
            for _ in 0..20 {
                let cast = Cast::draw(&mut dice);
                let value = kind.draw(&cast, &mut dice);
                for form in kind.forms() {
                    let pieces = value.say(*form, &mut dice);
                    assert!(
                        pieces.iter().all(|p| !p.is_empty() && p.trim() == p),
                        "{kind:?} {form:?} {pieces:?}"
                    );
                    assert!(pieces.len() == 1 || *form == Form::Split, "{kind:?}");
                }
            }
        }
    }
}
