//! A table's schema in Delta's words.

use arrow::datatypes::{DataType, Field, Fields};
use serde_json::{Value, json};

use super::Table;
use super::schema::{Form, schema};

/// The columns that a file's folder gives.
pub const FOLDER_COLUMNS: [&str; 2] = ["year", "release"];

/// The schema of the published `table` as Delta's protocol writes it, with the
/// columns of the folders as the last.
///
/// # Panics
/// Never: every type of a published column has a name in Delta.
#[must_use]
pub fn delta_schema(table: Table) -> Value {
    let mut columns = fields(schema(Form::Research, table).fields());
    let folder = |name: &&str| column(name, json!("integer"), true);
    columns.extend(FOLDER_COLUMNS.iter().map(folder));
    json!({ "type": "struct", "fields": columns })
}

fn fields(of: &Fields) -> Vec<Value> {
    let one = |field: &Field| column(field.name(), kind(field), field.is_nullable());
    of.iter().map(|field| one(field)).collect()
}

fn column(name: &str, kind: Value, nullable: bool) -> Value {
    json!({ "name": name, "type": kind, "nullable": nullable, "metadata": {} })
}

fn kind(field: &Field) -> Value {
    let primitive = match field.data_type() {
        DataType::Utf8 => "string",
        DataType::Int16 => "short",
        DataType::Int32 => "integer",
        DataType::Int64 => "long",
        DataType::Float32 => "float",
        DataType::Boolean => "boolean",
        DataType::Struct(inner) => return json!({ "type": "struct", "fields": fields(inner) }),
        DataType::List(element) => {
            return json!({
                "type": "array",
                "elementType": kind(element),
                "containsNull": element.is_nullable(),
            });
        }
        other => unreachable!("no published column is {other}"),
    };
    json!(primitive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::COLUMNS;

    #[test]
    fn every_published_column_has_a_type_in_delta() {
        for table in Table::ALL {
            let schema = delta_schema(table);
            let columns = schema["fields"].as_array().expect("a list");
            let names: Vec<&str> = columns.iter().filter_map(|c| c["name"].as_str()).collect();
            let own = COLUMNS.iter().filter(|column| column.table == table);
            let expected = own.map(|column| column.name).chain(FOLDER_COLUMNS);
            assert!(names.into_iter().eq(expected), "{schema}");
        }
        let turns = delta_schema(Table::Turns);
        let findings = turns["fields"].as_array().expect("a list");
        let findings = findings.iter().find(|c| c["name"] == "findings");
        let element = &findings.expect("it is published")["type"]["elementType"];
        assert_eq!(element["fields"][1]["type"], "integer");
    }
}
