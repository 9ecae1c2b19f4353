//! A JSON value that keeps the order of its keys, and keys written twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

/// Any JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A string that holds JSON, as tool calls do.
    Nested(Box<Json>),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Json, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Json, E> {
        let nested = value.trim_start().starts_with(['{', '[']);
        let inner = nested.then(|| serde_json::from_str::<Json>(&value).ok());
        Ok(match inner.flatten() {
            Some(inner) => Json::Nested(Box::new(inner)),
            None => Json::Text(value),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = map.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => s.serialize_unit(),
            Self::Bool(value) => s.serialize_bool(*value),
            Self::Number(value) => value.serialize(s),
            Self::Text(value) => s.serialize_str(value),
            Self::Nested(value) => {
                let text = serde_json::to_string(value).map_err(serde::ser::Error::custom)?;
                s.serialize_str(&text)
            }
            Self::List(list) => s.collect_seq(list),
            Self::Object(object) => {
                let mut map = s.serialize_map(Some(object.len()))?;
                for (key, value) in object {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let json: Json = serde_json::from_str(text).expect("parses");
        assert_eq!(serde_json::to_string(&json).expect("writes"), text);
    }

    #[test]
    fn values_come_back_as_they_were() {
        check(r#"{"z":1,"a":[null,true,-2,0.5,"é\n"],"z":{}}"#);
        check(r#"{"arguments":"{\"b\":1,\"a\":\"x\"}","plain":"{not json"}"#);
        check("\"\"");
    }

    #[test]
    fn json_in_a_string_is_seen_through() {
        let json: Json = serde_json::from_str(r#""[1]""#).expect("parses");
        assert_eq!(
            json,
            Json::Nested(Box::new(Json::List(vec![Json::Number(1.into())])))
        );
    }
}
