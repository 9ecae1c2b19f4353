//! A JSON value as a conversation: every string in it is a turn, so that what
//! is found in one place goes from all.

use std::collections::BTreeMap;

use crate::deid::CleanConversation;
use crate::deid::field::{self, Part as PartOfDate};
use crate::domain::{
    Category, Channel, ConversationRef, KnownValue, Phi, RawConversation, RawTurn, Role, TenantId,
    TurnKind,
};

use super::json::Json;
use super::key;

/// A conversation of `turns` that no tenant's record speaks of.
pub(super) fn conversation(turns: Vec<RawTurn>) -> RawConversation {
    RawConversation {
        tenant: TenantId::parse("local").expect("the name is legal"),
        conversation: ConversationRef::new(""),
        channel: Channel::Other,
        language: None,
        year: None,
        turns,
        known: Vec::new(),
        attributes: BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}

/// A JSON value, read.
#[derive(Debug)]
pub(super) struct Record {
    json: Json,
    /// One turn a place of text.
    pub(super) conversation: RawConversation,
}

impl Record {
    /// Makes every string of `json`, every number that may identify and every
    /// key a turn.
    pub(super) fn read(mut json: Json) -> Self {
        let mut turns = Vec::new();
        let mut known = Vec::new();
        visit_in_order(&mut json, &mut |context, place| {
            turns.push(turn_of(context, &place));
            known.extend(known_value(context, &place));
        });
        let mut conversation = conversation(turns);
        conversation.known = known;
        Self { json, conversation }
    }

    /// The same value with what `clean` says in every place.
    pub(super) fn write(mut self, clean: &CleanConversation) -> Json {
        let raw = self.conversation.turns.iter().map(|t| t.text.expose());
        let mut turns = raw.zip(clean.turns.iter().map(|t| t.text.as_str()));
        visit_in_order(&mut self.json, &mut |_, place| {
            if let Some((before, after)) = turns.next() {
                replace(place, before, after);
            }
        });
        self.json
    }
}

/// What is known about a place from what stands around it.
#[derive(Debug, Clone, Copy, Default)]
struct Context<'a> {
    key: &'a str,
    role: Role,
    /// It is the month or the day of a date whose other parts stand beside it.
    of_date: bool,
}

impl Context<'_> {
    /// What the engine reads instead of `value`, which tells nothing by itself:
    /// the part of a date, an age over 89.
    fn in_words(&self, value: &str) -> Option<String> {
        let age = key::category(self.key, value) == Some(Category::Age);
        match () {
            () if self.of_date => Some(String::from("october 3")),
            () if age && field::is_old(value) => {
                let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
                Some(format!("{digits} years old"))
            }
            () => None,
        }
    }
}

/// A place of text in a JSON value.
enum Place<'a> {
    Key(&'a mut String),
    Text(&'a mut String),
    Number(&'a mut Json),
}

/// What belongs together: a dialogue is read as one, whatever stands between
/// its turns in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Speech,
    Values,
    Keys,
}

impl Place<'_> {
    fn part(&self, context: Context<'_>) -> Part {
        match self {
            Place::Key(_) => Part::Keys,
            Place::Text(_) if key::is_speech(context.key) => Part::Speech,
            Place::Text(_) | Place::Number(_) => Part::Values,
        }
    }
}

/// Calls `f` for every place: part by part, each in the order of the text.
fn visit_in_order(json: &mut Json, f: &mut dyn FnMut(Context<'_>, Place<'_>)) {
    for part in [Part::Speech, Part::Values, Part::Keys] {
        visit(json, Context::default(), &mut |context, place| {
            if place.part(context) == part {
                f(context, place);
            }
        });
    }
}

/// Calls `f` for every place in the order of the text, keys after their
/// values. What it decides rests on the value as it was before `f`.
fn visit(json: &mut Json, context: Context<'_>, f: &mut dyn FnMut(Context<'_>, Place<'_>)) {
    match json {
        Json::Text(text) => f(context, Place::Text(text)),
        Json::Nested(inner) => visit(inner, context, f),
        Json::List(list) => list.iter_mut().for_each(|item| visit(item, context, f)),
        Json::Object(object) => visit_object(object, context, f),
        Json::Number(number) if may_identify(&number.to_string(), context) => {
            f(context, Place::Number(json));
        }
        Json::Number(_) | Json::Null | Json::Bool(_) => {}
    }
}

fn visit_object(
    object: &mut [(String, Json)],
    context: Context<'_>,
    f: &mut dyn FnMut(Context<'_>, Place<'_>),
) {
    let role = object.iter().find_map(role_entry).unwrap_or(context.role);
    let parts = parts_of_date(object);
    for (entry, of_date) in object.iter_mut().zip(parts) {
        let is_role = role_entry(entry).is_some();
        let (key, value) = entry;
        if !is_role {
            let inner = key.clone();
            let context = Context {
                key: &inner,
                role,
                of_date,
            };
            visit(value, context, f);
        }
        f(
            Context {
                role: Role::System,
                ..Context::default()
            },
            Place::Key(key),
        );
    }
}

/// Which entries of `object` are the month or the day of a date.
fn parts_of_date(object: &[(String, Json)]) -> Vec<bool> {
    let part = |(key, value): &(String, Json)| {
        let value = match value {
            Json::Text(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        field::part_of_date(&key::words(key), &value)
    };
    let parts: Vec<_> = object.iter().map(part).collect();
    let is_date = field::is_date(&parts);
    let finer =
        |part: &Option<PartOfDate>| matches!(part, Some(PartOfDate::Month | PartOfDate::Day));
    parts.iter().map(|part| is_date && finer(part)).collect()
}

/// The role that an entry such as `"role": "user"` names.
fn role_entry((key, value): &(String, Json)) -> Option<Role> {
    match value {
        Json::Text(label) if key::is_role(key) => Role::named(label),
        _ => None,
    }
}

/// Whether a number could be a telephone, a record, a moment in time, an age over
/// 89 or a part of a date.
fn may_identify(number: &str, context: Context<'_>) -> bool {
    let key = context.key;
    // With an exponent, all digits may be of the whole: a number too long for a
    // machine comes so.
    let mut parts = number.split(['e', 'E']);
    let (mantissa, exponent) = (parts.next().unwrap_or(number), parts.next());
    let whole = match exponent {
        Some(exponent) if !exponent.starts_with('-') => mantissa,
        _ => mantissa.split('.').next().unwrap_or(mantissa),
    };
    let digits = whole.bytes().filter(u8::is_ascii_digit).count();
    let named = key::category(key, number).is_some() && digits >= 3;
    named
        || digits >= 9
        || digits >= 5 && !key::is_measure(key)
        || context.in_words(number).is_some()
}

fn turn_of(context: Context<'_>, place: &Place<'_>) -> RawTurn {
    let (text, role) = match place {
        Place::Key(key) if key::is_plain(key) => (String::new(), Role::System),
        Place::Key(key) if key::is_schema_name(key) => (key::words(key), Role::System),
        Place::Key(key) => ((*key).clone(), Role::System),
        Place::Text(text) if key::is_speech(context.key) => ((*text).clone(), context.role),
        Place::Text(text) => (told(context, (*text).clone()), Role::System),
        Place::Number(Json::Number(number)) => (told(context, number.to_string()), Role::System),
        Place::Number(_) => (String::new(), Role::System),
    };
    RawTurn {
        role,
        kind: TurnKind::Text,
        text: Phi::new(text),
        ..RawTurn::default()
    }
}

fn told(context: Context<'_>, value: String) -> String {
    context.in_words(&value).unwrap_or(value)
}

/// A value whose key says that it identifies.
fn known_value(context: Context<'_>, place: &Place<'_>) -> Option<KnownValue> {
    let value = match place {
        Place::Text(text) => (*text).clone(),
        Place::Number(Json::Number(number)) => number.to_string(),
        _ => return None,
    };
    let category = key::category(context.key, &value)?;
    if category == Category::Age {
        return None;
    }
    let worth = value.trim().chars().count() >= 2 && value.len() <= 128;
    worth.then(|| KnownValue {
        category,
        value: Phi::new(value),
    })
}

/// Puts the clean text into its place. A schema name stays as it was unless
/// something was found in its words; a number in which nothing was found goes
/// all the same, since a number of that length may be anything.
fn replace(place: Place<'_>, before: &str, after: &str) {
    match place {
        Place::Key(key) if before != after => after.clone_into(key),
        Place::Key(_) => {}
        Place::Text(text) => after.clone_into(text),
        Place::Number(number) if before == after => *number = Json::Text("[ID]".to_owned()),
        Place::Number(number) => *number = Json::Text(after.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::{Policy, deidentify};
    use crate::domain::Entropy;

    fn read(text: &str) -> Record {
        Record::read(serde_json::from_str(text).expect("parses"))
    }

    /// Reads, de-identifies and writes `text`.
    fn round(text: &str) -> String {
        let record = read(text);
        let outcome = deidentify(
            &crate::deid::tests::ENGINE,
            &Policy::safe_harbor(),
            &record.conversation,
            &mut Entropy::from_u64(1),
        );
        serde_json::to_string(&record.write(&outcome.clean)).expect("writes")
    }

    #[test]
    fn what_identifies_nobody_comes_back_as_it_was() {
        let text = r#"{"turns":[{"role":"user","text":"my back hurts","start_ms":1200},{"role":"agent","text":"since when"}],"args":"{\"dose\":\"500 mg\"}","ok":true,"n":null}"#;
        assert_eq!(round(text), text);
    }

    /// Keys, roles and times between two turns part no question from its answer,
    /// and answer none.
    #[test]
    fn a_dialogue_is_read_past_what_stands_between_its_turns() {
        let clean = round(
            r#"{"turns":[{"speaker":"agent","text":"and your member id please","t":"a"},{"speaker":"user","text":"hold on","t":"b"},{"speaker":"agent","text":"sure","t":"c"},{"speaker":"user","text":"it's qx 77 41 0 9","t":"d"}]}"#,
        );
        let expected = r#"{"turns":[{"speaker":"agent","text":"and your member id please","t":"a"},{"speaker":"user","text":"hold on","t":"b"},{"speaker":"agent","text":"sure","t":"c"},{"speaker":"user","text":"it's [HEALTH_PLAN_1]","t":"d"}]}"#;
        assert_eq!(clean, expected);
    }

    #[test]
    fn strings_become_turns_with_their_speakers() {
        let record = read(r#"{"turns":[{"role":"user","text":"hello","id":"a1"}]}"#);
        let said: Vec<(Role, &str)> = record
            .conversation
            .turns
            .iter()
            .map(|t| (t.role, t.text.expose().as_str()))
            .collect();
        assert!(said.contains(&(Role::User, "hello")));
        assert!(said.contains(&(Role::System, "a1")));
        assert!(!said.iter().any(|(_, text)| *text == "user"));
    }

    #[test]
    fn keys_make_values_known() {
        let record =
            read(r#"{"patient_name":"tredwell","mrn":482913,"args":"{\"dob\":\"5/7/61\"}"}"#);
        let known: Vec<Category> = record
            .conversation
            .known
            .iter()
            .map(|k| k.category)
            .collect();
        assert_eq!(
            known,
            [Category::Person, Category::MedicalRecord, Category::Date]
        );
    }

    #[test]
    fn ages_over_89_and_dates_in_parts_go() {
        let clean =
            round(r#"{"dob":{"year":1951,"month":5,"day":3},"age":94,"ages":["97",71],"day":4}"#);
        let expected = r#"{"dob":{"year":1951,"month":"[DATE]","day":"[DATE]"},"age":"90 or older","ages":["90 or older",71],"day":4}"#;
        assert_eq!(clean, expected);
    }

    #[test]
    fn long_numbers_never_stay() {
        let clean =
            round(r#"{"created":1718000000,"x":[3125550134],"offset_ms":81234,"zip":85013}"#);
        assert!(
            !clean.contains("1718000000") && !clean.contains("3125550134"),
            "{clean}"
        );
        assert!(
            !clean.contains("85013") && clean.contains("81234"),
            "{clean}"
        );
    }

    /// A reader of JSON gives it in another notation; its digits are the same.
    #[test]
    fn a_number_too_long_for_a_machine_does_not_stay() {
        let clean = round(r#"{"x":12345678901234567890123,"y":1e22,"z":2.5e-7}"#);
        assert_eq!(clean, r#"{"x":"[ID_1]","y":1e+22,"z":2.5e-7}"#);
    }
}
