//! Names of fields that hold an identifier: a closed table.

use crate::domain::Category;

/// Field names, without case and punctuation, that name an identifier.
const NAMES: &[(Category, &[&str])] = &[
    (
        Category::Person,
        &[
            "firstname",
            "lastname",
            "fullname",
            "middlename",
            "givenname",
            "familyname",
            "surname",
            "maidenname",
            "mothersmaidenname",
            "nickname",
            "preferredname",
            "legalname",
            "displayname",
            "personname",
            "patientfirstname",
            "patientlastname",
            "callerfirstname",
            "callerlastname",
            "customerfirstname",
            "customerlastname",
            "accountholder",
            "policyholder",
            "cardholder",
        ],
    ),
    (
        Category::Date,
        &[
            "dob",
            "dateofbirth",
            "birthdate",
            "birthday",
            "patientdob",
            "patientbirthdate",
            "dateofdeath",
            "deathdate",
            "admissiondate",
            "dischargedate",
            "appointmentdate",
            "visitdate",
            "dateofservice",
            "servicedate",
            "proceduredate",
            "surgerydate",
        ],
    ),
    (
        Category::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "tel",
            "mobile",
            "mobilenumber",
            "mobilephone",
            "cell",
            "cellphone",
            "homephone",
            "workphone",
            "callbacknumber",
            "callernumber",
            "callerid",
            "callerphone",
            "customernumber",
            "customerphone",
            "patientphone",
            "contactnumber",
            "contactphone",
            "fromnumber",
            "tonumber",
            "ani",
            "emergencycontactphone",
        ],
    ),
    (Category::Fax, &["fax", "faxnumber"]),
    (
        Category::Email,
        &[
            "email",
            "emailaddress",
            "patientemail",
            "customeremail",
            "contactemail",
        ],
    ),
    (
        Category::Ssn,
        &[
            "ssn",
            "socialsecurity",
            "socialsecuritynumber",
            "ssnlast4",
            "last4ssn",
            "last4ofssn",
        ],
    ),
    (
        Category::MedicalRecord,
        &[
            "mrn",
            "medicalrecordnumber",
            "medicalrecord",
            "patientid",
            "patientnumber",
            "chartnumber",
            "chartid",
            "encounterid",
            "encounternumber",
        ],
    ),
    (
        Category::HealthPlan,
        &[
            "memberid",
            "membernumber",
            "subscriberid",
            "policynumber",
            "policyid",
            "groupnumber",
            "groupid",
            "insuranceid",
            "insurancenumber",
            "beneficiaryid",
            "medicareid",
            "medicaidid",
            "medicarenumber",
            "medicaidnumber",
            "claimnumber",
            "claimid",
            "prescriptionnumber",
            "rxnumber",
            "priorauthnumber",
        ],
    ),
    (
        Category::Account,
        &[
            "accountnumber",
            "accountid",
            "cardnumber",
            "creditcard",
            "creditcardnumber",
            "cvv",
            "cvc",
            "routingnumber",
            "iban",
            "invoicenumber",
            "ordernumber",
            "orderid",
            "confirmationnumber",
            "confirmationcode",
            "referencenumber",
        ],
    ),
    (
        Category::License,
        &[
            "license",
            "licensenumber",
            "licence",
            "licencenumber",
            "driverslicense",
            "driverlicense",
            "driverslicensenumber",
            "npi",
            "npinumber",
            "deanumber",
            "passport",
            "passportnumber",
        ],
    ),
    (Category::Vehicle, &["vin", "licenseplate", "platenumber"]),
    (
        Category::Device,
        &[
            "serialnumber",
            "deviceid",
            "deviceserial",
            "imei",
            "macaddress",
            "udi",
        ],
    ),
    (
        Category::Address,
        &[
            "address",
            "streetaddress",
            "street",
            "address1",
            "address2",
            "addressline1",
            "addressline2",
            "homeaddress",
            "mailingaddress",
            "billingaddress",
            "shippingaddress",
            "patientaddress",
        ],
    ),
    (Category::City, &["city", "town", "county"]),
    (Category::Zip, &["zip", "zipcode", "postalcode", "postcode"]),
    (Category::Organization, &["employer", "employername"]),
    (
        Category::Username,
        &["username", "userid", "login", "sipuri"],
    ),
    (
        Category::Secret,
        &[
            "password",
            "pin",
            "passcode",
            "otp",
            "onetimecode",
            "verificationcode",
            "securityanswer",
        ],
    ),
    (Category::Ip, &["ip", "ipaddress"]),
];

/// Those whose `name` is a person's: `patient_name`, or `name` in `patient`.
const PERSONS: [&str; 26] = [
    "patient",
    "caller",
    "customer",
    "member",
    "subscriber",
    "guardian",
    "parent",
    "mother",
    "father",
    "spouse",
    "child",
    "relative",
    "contact",
    "emergencycontact",
    "caregiver",
    "provider",
    "doctor",
    "physician",
    "nurse",
    "therapist",
    "prescriber",
    "agent",
    "holder",
    "beneficiary",
    "dependent",
    "recipient",
];

/// The category that a field's name stands for, on its own or after its
/// parent's name. A bare `name` could as well be a drug's.
pub(crate) fn category_of(parent: Option<&str>, name: &str) -> Option<Category> {
    let own = letters(name);
    by_name(&own).or_else(|| {
        let parent = letters(parent?);
        let one = parent.strip_suffix('s').unwrap_or(&parent);
        by_name(&format!("{one}{own}"))
    })
}

fn by_name(letters: &str) -> Option<Category> {
    let person = ["name", "first", "last"]
        .iter()
        .filter_map(|part| letters.strip_suffix(part))
        .any(|whose| PERSONS.contains(&whose));
    if person {
        return Some(Category::Person);
    }
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&letters))
        .map(|(category, _)| *category)
}

/// A field's name without case and punctuation.
pub(crate) fn letters(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parent: Option<&str>, name: &str, expected: Option<Category>) {
        assert_eq!(category_of(parent, name), expected, "{parent:?} {name}");
    }

    #[test]
    fn names_count_in_any_writing_and_after_their_parent() {
        check(None, "Patient-Name", Some(Category::Person));
        check(None, "dateOfBirth", Some(Category::Date));
        check(None, "MRN", Some(Category::MedicalRecord));
        check(None, "name", None);
        check(Some("patients"), "name", Some(Category::Person));
        check(Some("emergency_contact"), "phone", Some(Category::Phone));
        check(Some("member"), "id", Some(Category::HealthPlan));
        check(Some("drug"), "name", None);
        check(None, "state", None);
    }

    #[test]
    fn the_table_is_written_as_names_are_compared() {
        for (_, names) in NAMES {
            for name in *names {
                assert_eq!(letters(name), *name);
            }
        }
    }
}
