//! `leeward tenant`: sealed files of a tenant's own. `seal` makes one, `test`
//! tries the policy on its cases. Neither prints or writes what is in them,
//! unless `test --show` is asked to.

mod judge;
mod seal;
mod test;

use std::process::ExitCode;

/// Arguments of `leeward tenant`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Seal terms or cases under a tenant's sealing key
    Seal(seal::Args),
    /// Try a tenant's policy on its cases; fails where one does
    Test(test::Args),
}

/// Seals a file, or runs cases.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match &args.verb {
        Verb::Seal(args) => seal::run(args),
        Verb::Test(args) => test::run(args),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const CASES: &str = "\
cases:
- {text: 'the Ottoline Vane line hurts', gone: [ottoline], stays: [line hurts]}
- turns: [{role: agent, text: 'how can i help'}, {text: 'call ottoline vane please'}]
  clean: [how can i help, 'call [PERSON_1] please']
- {text: my knee hurts, stays: [elbow], gone: [zebra, KNEE]}
";
    const TERMS: &str = "deny: {person: [Ottoline Vane, Ottoline]}";

    fn parsed<A: clap::Args>(words: &[&str]) -> A {
        let command = A::augment_args(clap::Command::new("leeward").no_binary_name(true));
        let matches = command.try_get_matches_from(words).expect("arguments");
        A::from_arg_matches(&matches).expect("arguments")
    }

    /// A pipeline with one tenant, whose keys lie in files.
    fn pipeline(folder: &Path) -> String {
        let write = |name: &str, text: &str| {
            std::fs::write(folder.join(name), text).expect("writable");
        };
        let key = |seed: u8| hex::encode(std::array::from_fn::<u8, 32, _>(|i| i as u8 ^ seed));
        let pipeline = include_str!("../../../tests/config/good-pipeline.yaml");
        write("pipeline.yaml", &pipeline.replace("${PUBLIC_KEY}", &key(1)));
        write("sealing.key", &key(2));
        write("ledger.key", &key(3));
        std::fs::create_dir(folder.join("tenants")).expect("writable");
        let tenant = include_str!("../../../tests/config/good-tenant.yaml")
            .replace("{env: NORTH_SEALING}", "{file: ../sealing.key}")
            .replace("{env: NORTH_LEDGER}", "{file: ../ledger.key}");
        let named = "terms: north.terms\ncases: north.cases\n";
        write("tenants/north.yaml", &format!("{tenant}{named}"));
        write("cases.yaml", CASES);
        write("terms.yaml", TERMS);
        folder.join("pipeline.yaml").display().to_string()
    }

    #[test]
    fn what_was_sealed_is_tried_and_not_shown() {
        let folder = tempfile::tempdir().expect("a directory");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let pipeline = pipeline(folder.path());
        for (plain, sealed) in [("terms.yaml", "north.terms"), ("cases.yaml", "north.cases")] {
            let output = at(&format!("tenants/{sealed}"));
            let words = [&pipeline, &at(plain), "--tenant", "north", "-o", &output];
            assert_eq!(seal::run(&parsed(&words)), ExitCode::SUCCESS);
            let written = std::fs::read_to_string(&output).expect("written");
            assert!(!written.contains("ttoline"));
        }
        let (told, failed) = test::told(&parsed(&[&pipeline])).expect("cases");
        assert_eq!(failed, 1, "{told}");
        assert_eq!(
            told,
            "pass  north case 1\npass  north case 2\nFAIL  north case 3\n      \
             number 2 of `gone` is still there\n      number 1 of `stays` is not there\n\
             north: 2 of 3 cases pass\n"
        );
        let (shown, _) = test::told(&parsed(&[&pipeline, "--show"])).expect("cases");
        assert!(
            shown.contains("said   call ottoline vane please"),
            "{shown}"
        );
        assert!(shown.contains("clean  call [PERSON_1] please"), "{shown}");
        let (json, _) = test::told(&parsed(&[&pipeline, "--json"])).expect("cases");
        assert!(
            !json.contains("knee") && !json.contains("ttoline"),
            "{json}"
        );
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let cases = &json["cases"];
        assert_eq!(
            (&json["failed"], cases.as_array().map(Vec::len)),
            (&1.into(), Some(3))
        );
        assert_eq!(
            (&cases[0]["passes"], &cases[2]["case"]),
            (&true.into(), &3.into())
        );
        assert_eq!(cases[2]["missed"][0], "number 2 of `gone` is still there");
    }

    #[test]
    fn a_tenant_without_cases_is_an_error_with_the_remedy() {
        let folder = tempfile::tempdir().expect("a directory");
        let pipeline = pipeline(folder.path());
        let tenant = folder.path().join("tenants/north.yaml");
        let text = std::fs::read_to_string(&tenant).expect("a tenant");
        let named = "terms: north.terms\ncases: north.cases\n";
        std::fs::write(&tenant, text.replace(named, "")).expect("writable");
        let refused = |name: &str| {
            let none = test::told(&parsed(&[&pipeline, "--tenant", name]));
            none.expect_err("there is none").why().to_owned()
        };
        let why = refused("north");
        assert!(why.contains("leeward tenant seal"), "{why}");
        let why = refused("south");
        assert!(why.contains("has no such tenant"), "{why}");
    }
}
