//! The data dictionary that lies beside a release.

use std::fmt::Write as _;

use super::Table;
use super::schema::{COLUMNS, TABLE_VERSION};
use crate::domain::Category;

const HEAD: &str = "\
Every row is the output of a Safe Harbor process (45 CFR 164.514(b)(2)). Such a \
process can miss an identifier: do not try to find out who anybody is.

Rows lie in `<table>/year=YYYY/release=NNNNNN/`. The folder gives two more columns of \
both tables: `year`, in which the conversation began (0 where it is not known), and \
`release`, a number that says nothing of time. To have them, read the table's folder, \
or turn Hive partitioning on: `read_parquet('turns/**/*.parquet', hive_partitioning = true)` \
in DuckDB, `pl.read_parquet('turns/**/*.parquet', hive_partitioning=True)` in Polars, `pd.read_parquet('turns')` in pandas. \
The order of conversations is random; `conversation_id` joins the tables. How many \
conversations were held back, and why, and how many people read before the release, with \
what follows from it, is in the manifest beside this page; where `withdrawn.json` lies \
instead, the release was taken back.
";

/// The data dictionary as Markdown: columns, types, units, meaning.
#[must_use]
pub fn data_dictionary() -> String {
    let mut out = format!("# Data dictionary, version {TABLE_VERSION}\n\n{HEAD}");
    for table in Table::ALL {
        section(&mut out, table);
    }
    out.push_str("\n## Categories\n\nA placeholder may bear a number, the same within its conversation.\n\n| category | placeholder | paragraph |\n|---|---|---|\n");
    for category in Category::ALL {
        line(
            &mut out,
            &[
                &format!("`{category}`"),
                &format!("`[{}]`", category.label()),
                &category.paragraph().to_string(),
            ],
        );
    }
    out
}

fn section(out: &mut String, table: Table) {
    let _ = write!(out, "\n## `{}`: one row a ", table.name());
    out.push_str(match table {
        Table::Conversations => "conversation",
        Table::Turns => "turn",
    });
    out.push_str("\n\n| column | type | null | meaning |\n|---|---|---|---|\n");
    for column in COLUMNS.iter().filter(|c| c.table == table) {
        let null = if column.nullable { "yes" } else { "no" };
        let name = format!("`{}`", column.name);
        line(out, &[&name, column.kind, null, column.meaning]);
    }
}

fn line(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_explains_every_column_and_category() {
        let text = data_dictionary();
        for column in COLUMNS {
            assert!(text.contains(&format!("| `{}` |", column.name)));
        }
        for category in Category::ALL {
            assert!(text.contains(&format!("| `{category}` | `[{}]` |", category.label())));
        }
    }
}
