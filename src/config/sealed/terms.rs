//! `allow: [word …]` and `deny: {category: [word …]}`.

use serde_json::Value;

use super::words;
use crate::config::read::Document;
use crate::deid::terms::{TermError, Terms};
use crate::domain::Category;

/// The terms of a document; what is wrong is refused.
pub(super) fn read(document: &mut Document) -> Terms {
    let mut terms = Terms::default();
    let Value::Object(settings) = document.json().clone() else {
        let remedy = "write `allow: [words]` and `deny: {category: [words]}`, or `cases:`";
        document.refuse("", "is not a mapping", remedy);
        return terms;
    };
    for (key, value) in &settings {
        match key.as_str() {
            "allow" => {
                for (place, word) in words(document, "/allow", value) {
                    refuse(document, &place, terms.allow(word.expose()));
                }
            }
            "deny" => deny(document, value, &mut terms),
            _ => {
                let what = "has a key that is neither `allow` nor `deny`, nor `cases`";
                document.refuse("", what, "remove it");
            }
        }
    }
    terms
}

fn deny(document: &mut Document, value: &Value, terms: &mut Terms) {
    let Value::Object(by_category) = value else {
        let remedy = "write `{category: [words]}`";
        return document.refuse("/deny", "is not a mapping", remedy);
    };
    for (name, denied) in by_category {
        let known = Category::ALL.into_iter().find(|c| c.name() == name);
        let Some(category) = known else {
            let remedy = "see `deny` in the reference of the tenant's file";
            document.refuse("/deny", "has a key that is no category", remedy);
            continue;
        };
        for (place, word) in words(document, &format!("/deny/{category}"), denied) {
            refuse(document, &place, terms.deny(word.expose(), category));
        }
    }
}

fn refuse(document: &mut Document, place: &str, taken: Result<(), TermError>) {
    if let Err(why) = taken {
        let why = why.to_string();
        let (what, remedy) = why.split_once("; ").unwrap_or((&why, "change the term"));
        document.refuse(place, what, remedy);
    }
}
