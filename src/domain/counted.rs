//! Numbers of things, as they are told.

/// `n` of what `noun` names.
#[must_use]
pub fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let told = [0, 1, 2].map(|n| counted(n, "reviewer"));
        assert_eq!(told, ["0 reviewers", "1 reviewer", "2 reviewers"]);
    }
}
