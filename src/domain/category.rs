//! The eighteen identifiers of Safe Harbor, and the subtypes that operators
//! and researchers tell apart.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of identifier. Each belongs to one paragraph of 45 CFR
/// 164.514(b)(2)(i); see [`Category::paragraph`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// A person's name, any part, spelling or initial of it.
    Person,
    /// An organisation, such as an employer.
    Organization,
    /// A street address or a part of one: number, street, unit, landmark.
    Address,
    /// A town, county, precinct or neighbourhood.
    City,
    /// A facility whose name discloses a place.
    Facility,
    /// A ZIP or postal code.
    Zip,
    /// Coordinates and other geocodes.
    Geocode,
    /// Elements of a date finer than the year.
    Date,
    /// A clock time.
    Time,
    /// An age over 89, or a year that implies one.
    Age,
    /// A telephone number or part of one.
    Phone,
    /// A fax number.
    Fax,
    /// An e-mail address.
    Email,
    /// A social security number or part of one.
    Ssn,
    /// A medical record number.
    MedicalRecord,
    /// A health plan beneficiary, member, group, policy, claim or prescription number.
    HealthPlan,
    /// An account, card, bank, order or invoice number.
    Account,
    /// A certificate or licence number: driver, professional, NPI, DEA, passport.
    License,
    /// A vehicle identifier: VIN, plate.
    Vehicle,
    /// A device identifier: serial, UDI, IMEI, MAC.
    Device,
    /// A web address.
    Url,
    /// An IP address.
    Ip,
    /// A biometric identifier.
    Biometric,
    /// A photograph or comparable image.
    Photo,
    /// A user name or handle.
    Username,
    /// A password, PIN or one-time code.
    Secret,
    /// Any other unique number, characteristic or code.
    OtherId,
}

/// A paragraph of 45 CFR 164.514(b)(2)(i), `A` to `R`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Paragraph(pub char);

impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "45 CFR 164.514(b)(2)(i)({})", self.0)
    }
}

impl Category {
    /// Every category, in the order of the rule.
    pub const ALL: [Self; 27] = [
        Self::Person,
        Self::Organization,
        Self::Address,
        Self::City,
        Self::Facility,
        Self::Zip,
        Self::Geocode,
        Self::Date,
        Self::Time,
        Self::Age,
        Self::Phone,
        Self::Fax,
        Self::Email,
        Self::Ssn,
        Self::MedicalRecord,
        Self::HealthPlan,
        Self::Account,
        Self::License,
        Self::Vehicle,
        Self::Device,
        Self::Url,
        Self::Ip,
        Self::Biometric,
        Self::Photo,
        Self::Username,
        Self::Secret,
        Self::OtherId,
    ];

    /// The paragraph of the rule that names it.
    #[must_use]
    pub const fn paragraph(self) -> Paragraph {
        Paragraph(match self {
            Self::Person | Self::Organization => 'A',
            Self::Address | Self::City | Self::Facility | Self::Zip | Self::Geocode => 'B',
            Self::Date | Self::Time | Self::Age => 'C',
            Self::Phone => 'D',
            Self::Fax => 'E',
            Self::Email => 'F',
            Self::Ssn => 'G',
            Self::MedicalRecord => 'H',
            Self::HealthPlan => 'I',
            Self::Account => 'J',
            Self::License => 'K',
            Self::Vehicle => 'L',
            Self::Device => 'M',
            Self::Url => 'N',
            Self::Ip => 'O',
            Self::Biometric => 'P',
            Self::Photo => 'Q',
            Self::Username | Self::Secret | Self::OtherId => 'R',
        })
    }

    /// The word inside a placeholder: `PERSON` in `[PERSON_1]`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Organization => "ORGANIZATION",
            Self::Address => "ADDRESS",
            Self::City => "CITY",
            Self::Facility => "FACILITY",
            Self::Zip => "ZIP",
            Self::Geocode => "GEOCODE",
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Age => "AGE",
            Self::Phone => "PHONE",
            Self::Fax => "FAX",
            Self::Email => "EMAIL",
            Self::Ssn => "SSN",
            Self::MedicalRecord => "MRN",
            Self::HealthPlan => "HEALTH_PLAN",
            Self::Account => "ACCOUNT",
            Self::License => "LICENSE",
            Self::Vehicle => "VEHICLE",
            Self::Device => "DEVICE",
            Self::Url => "URL",
            Self::Ip => "IP",
            Self::Biometric => "BIOMETRIC",
            Self::Photo => "PHOTO",
            Self::Username => "USERNAME",
            Self::Secret => "SECRET",
            Self::OtherId => "ID",
        }
    }

    /// The name in configuration, columns and metrics: `medical_record`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Address => "address",
            Self::City => "city",
            Self::Facility => "facility",
            Self::Zip => "zip",
            Self::Geocode => "geocode",
            Self::Date => "date",
            Self::Time => "time",
            Self::Age => "age",
            Self::Phone => "phone",
            Self::Fax => "fax",
            Self::Email => "email",
            Self::Ssn => "ssn",
            Self::MedicalRecord => "medical_record",
            Self::HealthPlan => "health_plan",
            Self::Account => "account",
            Self::License => "license",
            Self::Vehicle => "vehicle",
            Self::Device => "device",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Biometric => "biometric",
            Self::Photo => "photo",
            Self::Username => "username",
            Self::Secret => "secret",
            Self::OtherId => "other_id",
        }
    }

    /// Its place in [`Category::ALL`], for tables indexed by category.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paragraph_of_the_rule_has_a_category() {
        for letter in 'A'..='R' {
            assert!(
                Category::ALL.iter().any(|c| c.paragraph().0 == letter),
                "{letter}"
            );
        }
    }

    #[test]
    fn names_agree_with_serde_and_indices_with_the_table() {
        for (i, c) in Category::ALL.into_iter().enumerate() {
            assert_eq!(c.index(), i);
            assert_eq!(serde_json::json!(c), c.name());
        }
    }
}
