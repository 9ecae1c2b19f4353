//! Least, middle and greatest of several measurements.

use serde_json::{Value, json};

/// Measurements of one thing.
pub(crate) struct Spread(Vec<f64>);

impl Spread {
    /// Takes at least one measurement.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "nothing was measured");
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The least.
    pub(crate) fn min(&self) -> f64 {
        self.0[0]
    }

    /// The middle one; of an even number, the greater of the two.
    pub(crate) fn median(&self) -> f64 {
        self.0[self.0.len() / 2]
    }

    /// The greatest.
    pub(crate) fn max(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// As JSON, in units of 0.001.
    pub(crate) fn to_json(&self) -> Value {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        json!({
            "min": round(self.min()),
            "median": round(self.median()),
            "max": round(self.max()),
        })
    }
}
