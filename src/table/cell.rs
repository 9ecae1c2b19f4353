//! Cells: what of a conversation's columns several people may share, and how
//! it is told less exactly where too few do.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, StructArray};

use super::schema::{ATTRIBUTES, attribute_fields};
use crate::domain::Attribute;

/// How much less exactly a conversation's attributes are told than they
/// landed. Each step includes those before it: what is finest goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Coarseness {
    /// As they landed.
    #[default]
    None,
    /// Without the three digits of the ZIP code.
    NoZip,
    /// And the age by decades.
    Decades,
    /// And without it.
    NoAge,
    /// And without the sex.
    NoSex,
    /// And without the state: nothing of a cell is left but the year.
    NoState,
}

impl Coarseness {
    /// One step coarser.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::None => Self::NoZip,
            Self::NoZip => Self::Decades,
            Self::Decades => Self::NoAge,
            Self::NoAge => Self::NoSex,
            Self::NoSex | Self::NoState => Self::NoState,
        }
    }

    /// What is left of an attribute. The topic is of no cell.
    fn tell(self, attribute: Attribute, value: &str) -> Option<String> {
        let gone_at = match attribute {
            Attribute::Zip => Self::NoZip,
            Attribute::Age => Self::NoAge,
            Attribute::Sex => Self::NoSex,
            Attribute::State => Self::NoState,
            Attribute::Topic => return Some(value.to_owned()),
        };
        let decades = attribute == Attribute::Age && self >= Self::Decades;
        (self < gone_at).then(|| {
            if decades {
                decade(value)
            } else {
                value.to_owned()
            }
        })
    }
}

/// The decade of an age in years; `90 or older` as it is.
fn decade(age: &str) -> String {
    age.parse::<u16>().map_or_else(
        |_| age.to_owned(),
        |years| format!("{} to {}", years / 10 * 10, years / 10 * 10 + 9),
    )
}

/// Year, state, three-digit ZIP, age and sex of a conversation, each `None`
/// where its column says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The year in which it began.
    pub year: Option<i16>,
    /// Attributes in the order of their columns, the topic left out.
    pub attributes: [Option<String>; 4],
}

/// The attributes of a cell.
const OF_CELL: [Attribute; 4] = [
    Attribute::Age,
    Attribute::Sex,
    Attribute::State,
    Attribute::Zip,
];

impl Cell {
    /// The cell of a row of `conversations` in landing form.
    pub(super) fn of(batch: &RecordBatch, row: usize, year: Option<i16>) -> Self {
        let columns = batch["attributes"].as_struct();
        let value = |attribute| {
            let at = ATTRIBUTES.iter().position(|a| *a == attribute)?;
            let column = columns.column(at).as_string::<i32>();
            column.is_valid(row).then(|| column.value(row).to_owned())
        };
        Self {
            year,
            attributes: OF_CELL.map(value),
        }
    }

    /// The cell when it is told less exactly.
    #[must_use]
    pub fn coarsened(&self, coarseness: Coarseness) -> Self {
        let tell = |i: usize| {
            let value = self.attributes[i].as_ref()?;
            coarseness.tell(OF_CELL[i], value)
        };
        Self {
            year: self.year,
            attributes: std::array::from_fn(tell),
        }
    }

    /// Whether it says anything but the year.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.attributes.iter().any(Option::is_some)
    }
}

/// Rows of `conversations`, each told as exactly as `coarseness` says.
pub(super) fn coarsen(rows: RecordBatch, coarseness: &[Coarseness]) -> RecordBatch {
    if coarseness.iter().all(|c| *c == Coarseness::None) {
        return rows;
    }
    let schema = rows.schema();
    let at = schema.index_of("attributes").expect("a column of the form");
    let told = rows.column(at).as_struct();
    let column = |(attribute, column): (&Attribute, &ArrayRef)| -> ArrayRef {
        let values = column.as_string::<i32>().iter().zip(coarseness);
        let tell = |(value, c): (Option<&str>, &Coarseness)| c.tell(*attribute, value?);
        Arc::new(values.map(tell).collect::<StringArray>())
    };
    let columns = ATTRIBUTES.iter().zip(told.columns()).map(column).collect();
    let attributes =
        StructArray::try_new_with_length(attribute_fields(), columns, None, rows.num_rows());
    let mut columns = rows.columns().to_vec();
    columns[at] = Arc::new(attributes.expect("columns are built in the fields' order and types"));
    RecordBatch::try_new(schema, columns).expect("one column was replaced by its like")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_finest_goes_first() {
        let landed = ["47", "f", "MA", "021"].map(|v| Some(v.to_owned()));
        let cell = Cell {
            year: Some(2026),
            attributes: landed,
        };
        let mut coarseness = Coarseness::None;
        let mut told = Vec::new();
        for _ in 0..6 {
            let cell = cell.coarsened(coarseness);
            let values = cell.attributes.iter().flatten();
            told.push(values.cloned().collect::<Vec<_>>().join(","));
            assert_eq!(cell.tells(), coarseness != Coarseness::NoState);
            coarseness = coarseness.next();
        }
        let expected = ["47,f,MA,021", "47,f,MA", "40 to 49,f,MA", "f,MA", "MA", ""];
        assert_eq!(told, expected);
        assert_eq!(coarseness, Coarseness::NoState, "there is nothing beyond");
    }

    #[test]
    fn decades_hold_their_ages() {
        for (age, expected) in [
            ("0", "0 to 9"),
            ("9", "0 to 9"),
            ("10", "10 to 19"),
            ("89", "80 to 89"),
            ("90 or older", "90 or older"),
        ] {
            assert_eq!(decade(age), expected);
        }
    }
}
