//! The closed lists of words that a mapping uses as keys.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check::Fault;
use super::words::{Closed, own_name};
use crate::domain::{Attribute, Category, Channel, Role, TurnKind};

/// Every key of `mapping` that is not of its closed list.
pub(crate) fn check(mapping: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    words::<Role>(mapping, "/roles", &mut faults);
    for i in 0..length(mapping, "/records") {
        let record = format!("/records/{i}");
        attributes(mapping, &format!("{record}/attributes"), &mut faults);
        words::<Channel>(mapping, &format!("{record}/channel/words"), &mut faults);
        for j in 0..length(mapping, &format!("{record}/listed")) {
            let place = format!("{record}/listed/{j}/category/words");
            words::<Category>(mapping, &place, &mut faults);
        }
    }
    for name in mapping["items"].as_object().into_iter().flatten() {
        for i in 0..name.1.as_array().map_or(0, Vec::len) {
            let item = format!("/items/{}/{i}", name.0);
            words::<Role>(mapping, &format!("{item}/role/words"), &mut faults);
            words::<TurnKind>(mapping, &format!("{item}/kind/words"), &mut faults);
        }
    }
    faults
}

fn length(mapping: &Value, place: &str) -> usize {
    let items = mapping.pointer(place).and_then(Value::as_array);
    items.map_or(0, Vec::len)
}

fn words<T: Closed + DeserializeOwned>(mapping: &Value, place: &str, faults: &mut Vec<Fault>) {
    closed::<T>(mapping, place, T::ALL, faults);
}

fn attributes(mapping: &Value, place: &str, faults: &mut Vec<Fault>) {
    const ALL: [Attribute; 5] = [
        Attribute::Age,
        Attribute::Sex,
        Attribute::State,
        Attribute::Zip,
        Attribute::Topic,
    ];
    closed::<Attribute>(mapping, place, &ALL, faults);
}

fn closed<T: serde::Serialize>(mapping: &Value, place: &str, all: &[T], faults: &mut Vec<Fault>) {
    let names: Vec<String> = all.iter().map(own_name).collect();
    let table = mapping.pointer(place).and_then(Value::as_object);
    for key in table.into_iter().flat_map(|table| table.keys()) {
        if !names.contains(key) {
            faults.push(Fault {
                place: format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")),
                what: "is no word of the closed list here".to_owned(),
                remedy: format!("write one of {}", names.join(", ")),
            });
        }
    }
}
