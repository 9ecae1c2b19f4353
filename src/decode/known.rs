//! Values that a record itself names as identifiers, by the names of fields.

use std::fmt::Write as _;

use super::json::{self, Node};
use crate::domain::{Category, KnownValue, Phi};

/// How deep JSON in strings in JSON is followed.
const NESTED_STRINGS: usize = 3;
/// How deep arguments are read, whatever the record's limit left.
const DEPTH: usize = 64;

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

/// Fields that make a bare `name` beside them a person's.
const BESIDE_A_PERSON: [Category; 5] = [
    Category::Date,
    Category::Phone,
    Category::Email,
    Category::Ssn,
    Category::MedicalRecord,
];

/// What stands where a value is missing.
const PLACEHOLDERS: [&str; 8] = [
    "",
    "null",
    "none",
    "unknown",
    "n/a",
    "na",
    "not provided",
    "undefined",
];

/// The category that a field's name stands for, on its own or after its
/// parent's name. A bare `name` could as well be a drug's.
fn category_of(parent: Option<&str>, name: &str) -> Option<Category> {
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
fn letters(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// Adds a value once, unless it says that nothing is known.
pub(crate) fn push(known: &mut Vec<KnownValue>, category: Category, value: String) {
    let value = one_line(value.trim());
    let missing = PLACEHOLDERS.iter().any(|p| p.eq_ignore_ascii_case(&value));
    let found = KnownValue {
        category,
        value: Phi::new(value),
    };
    if !missing && !known.contains(&found) {
        known.push(found);
    }
}

/// Adds every value below `node` whose field has an identifier's name.
pub(crate) fn collect(node: &Node<'_>, known: &mut Vec<KnownValue>) {
    below(None, node, known);
}

fn below(parent: Option<&str>, node: &Node<'_>, known: &mut Vec<KnownValue>) {
    match node {
        Node::Object(fields) => {
            let person = bare_name_is_a_person(fields);
            for (name, value) in fields {
                match category_of(parent, name) {
                    None if person && letters(name) == "name" => {
                        named(Category::Person, name, value, known);
                    }
                    None => below(Some(name), value, known),
                    Some(category) => named(category, name, value, known),
                }
            }
        }
        Node::Array(items) => items.iter().for_each(|item| below(parent, item, known)),
        _ => {}
    }
}

fn bare_name_is_a_person(fields: &[json::Field<'_>]) -> bool {
    fields.iter().any(|(name, _)| {
        category_of(None, name).is_some_and(|category| BESIDE_A_PERSON.contains(&category))
    })
}

/// Adds what a field of `category` holds; an object says itself what it holds.
pub(crate) fn named(category: Category, name: &str, value: &Node<'_>, known: &mut Vec<KnownValue>) {
    match value {
        Node::Object(_) => below(Some(name), value, known),
        Node::Array(items) => items
            .iter()
            .for_each(|item| named(category, name, item, known)),
        _ => {
            if let Some(text) = identifier(value) {
                push(known, category, text);
            }
        }
    }
}

/// An identifier as text: a string, or a whole number that JSON kept whole.
pub(crate) fn identifier(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.to_string()),
        Node::Int(number) => Some(number.to_string()),
        Node::UInt(number) => Some(number.to_string()),
        _ => None,
    }
}

/// JSON as one line of text, with JSON in strings unfolded; `None` where a
/// number is too long to be written as it was.
pub(crate) fn compact(node: &Node<'_>) -> Option<String> {
    let mut out = String::new();
    write(node, &mut out)?;
    Some(out)
}

fn write(node: &Node<'_>, out: &mut String) -> Option<()> {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Int(value) => write!(out, "{value}").ok()?,
        Node::UInt(value) => write!(out, "{value}").ok()?,
        Node::Float(value) => write!(out, "{}", whole_float(*value)?).ok()?,
        Node::Text(text) => write_text(text, out),
        Node::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                comma(i, out);
                write(item, out)?;
            }
            out.push(']');
        }
        Node::Object(fields) => {
            out.push('{');
            for (i, (name, value)) in fields.iter().enumerate() {
                comma(i, out);
                write_text(name, out);
                out.push_str(": ");
                write(value, out)?;
            }
            out.push('}');
        }
    }
    Some(())
}

fn comma(index: usize, out: &mut String) {
    if index > 0 {
        out.push_str(", ");
    }
}

/// A float that did not lose digits: integers past 2^64 arrive as floats and
/// would leave as other digits, which no known value would match.
fn whole_float(value: f64) -> Option<f64> {
    const FIRST_LOST: f64 = 18_446_744_073_709_551_616.0;
    (value.abs() < FIRST_LOST).then_some(value)
}

/// A string in quotes. Control characters become spaces: an escape such as
/// `\n` would glue its letter to the next word.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The text on one line, as [`compact`] writes it.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// `node` with JSON objects and arrays in strings read as JSON.
pub(crate) fn unfold<'a>(node: Node<'a>) -> Node<'a> {
    unfold_within(node, NESTED_STRINGS)
}

fn unfold_within<'a>(node: Node<'a>, strings: usize) -> Node<'a> {
    match node {
        Node::Text(text) if strings > 0 => match inner(&text) {
            Some(found) => unfold_within(found, strings - 1),
            None => Node::Text(text),
        },
        Node::Array(items) => Node::Array(
            items
                .into_iter()
                .map(|item| unfold_within(item, strings))
                .collect(),
        ),
        Node::Object(fields) => Node::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name, unfold_within(value, strings)))
                .collect(),
        ),
        other => other,
    }
}

/// The object or array that a string holds.
fn inner(text: &str) -> Option<Node<'static>> {
    let looks = text.trim_start().starts_with(['{', '[']);
    let node = looks.then(|| json::parse(text.as_bytes(), DEPTH).ok())??;
    Some(own(node))
}

/// `node` without borrowing.
fn own(node: Node<'_>) -> Node<'static> {
    match node {
        Node::Null => Node::Null,
        Node::Bool(value) => Node::Bool(value),
        Node::Int(value) => Node::Int(value),
        Node::UInt(value) => Node::UInt(value),
        Node::Float(value) => Node::Float(value),
        Node::Text(text) => Node::Text(text.into_owned().into()),
        Node::Array(items) => Node::Array(items.into_iter().map(own).collect()),
        Node::Object(fields) => Node::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name.into_owned().into(), own(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node<'_> {
        unfold(json::parse(text.as_bytes(), 20).ok().expect("JSON"))
    }

    fn check(arguments: &str, expected: &[(Category, &str)]) {
        let mut known = Vec::new();
        collect(&read(arguments), &mut known);
        let seen: Vec<(Category, &str)> = known
            .iter()
            .map(|k| (k.category, k.value.expose().as_str()))
            .collect();
        assert_eq!(seen, expected, "{arguments}");
    }

    #[test]
    fn fields_with_an_identifiers_name_are_known_values() {
        check(
            r#"{"patient_name":"Ida Wren","DOB":"1961-04-09","reason":"rash","callback_number":5550147}"#,
            &[
                (Category::Person, "Ida Wren"),
                (Category::Date, "1961-04-09"),
                (Category::Phone, "5550147"),
            ],
        );
        check(
            r#"{"patient":{"first":"Ida","last":"Wren","id":88},"members":[{"name":"Jo"}]}"#,
            &[
                (Category::Person, "Ida"),
                (Category::Person, "Wren"),
                (Category::MedicalRecord, "88"),
                (Category::Person, "Jo"),
            ],
        );
        check(
            r#"{"address":{"street":"9 Elm","city":"Troy","state":"NY","zip":"12180"}}"#,
            &[
                (Category::Address, "9 Elm"),
                (Category::City, "Troy"),
                (Category::Zip, "12180"),
            ],
        );
    }

    #[test]
    fn a_bare_name_is_a_persons_only_beside_a_person() {
        check(r#"{"name":"metformin","dose":"500 mg"}"#, &[]);
        check(
            r#"{"name":"Ida","email":"i@example.org"}"#,
            &[
                (Category::Person, "Ida"),
                (Category::Email, "i@example.org"),
            ],
        );
    }

    #[test]
    fn json_in_strings_is_followed_and_missing_values_are_not_known() {
        check(
            r#"{"payload":"{\"inner\":\"{\\\"ssn\\\":\\\"078-05-1120\\\"}\"}"}"#,
            &[(Category::Ssn, "078-05-1120")],
        );
        check(r#"{"email":"N/A","phone":" ","mrn":null,"fax":true}"#, &[]);
        check(
            r#"{"mrn":["A1","A1","B2"]}"#,
            &[
                (Category::MedicalRecord, "A1"),
                (Category::MedicalRecord, "B2"),
            ],
        );
    }

    #[test]
    fn compact_text_has_no_escape_that_glues_to_a_word() {
        let node = read(r#"{"note":"Ida\nWren \"x\"","n":[1,2.5,true,null],"s":"{\"a\":1}"}"#);
        assert_eq!(
            compact(&node).as_deref(),
            Some(r#"{"note": "Ida Wren \"x\"", "n": [1, 2.5, true, null], "s": {"a": 1}}"#)
        );
        assert_eq!(compact(&read("[123456789012345678901234]")), None);
    }
}
