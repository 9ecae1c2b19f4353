//! Raw text: a value that cannot be printed, serialised or compared by
//! accident.

use std::fmt;

/// A value that may identify a person.
///
/// It has no `Display`, no `Serialize` and no `Deref`, and it prints as
/// `[redacted]`; [`Phi::expose`] is the one way in, so that every use can be
/// found by that word.
///
/// ```compile_fail
/// let name = leeward::domain::Phi::new(String::from("raw"));
/// println!("{name}");
/// ```
/// ```compile_fail
/// let name = leeward::domain::Phi::new(String::from("raw"));
/// serde_json::to_string(&name);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phi<T>(T);

impl<T> Phi<T> {
    /// Marks `value` as raw.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The raw value. The caller answers for where it goes.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The raw value, by value.
    pub fn into_exposed(self) -> T {
        self.0
    }

    /// Another raw value computed from this one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Phi<U> {
        Phi(f(self.0))
    }
}

impl<T> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> From<T> for Phi<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Phi;

    #[test]
    fn debug_never_shows_the_value() {
        let shown = format!("{:?} {:#?}", Phi::new("Ada"), Phi::new(vec!["Ada"]));
        assert_eq!(shown, "[redacted] [redacted]");
    }
}
