//! The stores: that each does what the commit protocol rests on, keeps no old
//! versions of what is purged, and shows researchers no more than research.

use super::Answer;
use crate::config::resolved::{Store, Stores};
use crate::domain::Entropy;
use crate::lake::probe;
use crate::lake::store::{self, StoreError};
use crate::seal::BlobName;

/// Tries each store out, then looks with researchers' eyes.
pub(super) async fn ask(stores: &Stores) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (name, store, holds) in [
        ("stores.state", &stores.state, "commit logs and chains"),
        (
            "stores.landing",
            &stores.landing,
            "sealed files, quarantine among them",
        ),
        ("stores.research", &stores.research, "releases"),
    ] {
        answers.extend(store_answers(name, store, holds).await);
    }
    if stores.reader.is_empty() {
        let what = "not named, so it is not known what researchers may list";
        answers.push(Answer::warning("stores.reader", what));
        return answers;
    }
    for (name, store, may) in [
        ("stores.research", &stores.research, true),
        ("stores.state", &stores.state, false),
        ("stores.landing", &stores.landing, false),
    ] {
        answers.push(reader(name, &as_reader(store, stores), may).await);
    }
    answers
}

async fn store_answers(name: &str, config: &Store, holds: &str) -> Vec<Answer> {
    let store = match store::open(config) {
        Ok(store) => store,
        Err(error) => return vec![Answer::error(name, error.to_string())],
    };
    let blob = BlobName::draw(&mut Entropy::from_system());
    if let Err(violation) = probe::probe(store.as_ref(), blob).await {
        return vec![Answer::error(name, violation.to_string())];
    }
    let kept = "one of several creators wins; read, list and delete hold";
    let good = Answer::good(name, format!("{kept}; it takes {holds}"));
    let blob = BlobName::draw(&mut Entropy::from_system());
    let versions = match probe::keeps_versions(store.as_ref(), blob).await {
        Ok(false) => Answer::good(name, "tells of no versions: what is deleted is gone"),
        Ok(true) => Answer::warning(
            name,
            "keeps versions (object lock needs them): what is purged stays as an old version; \
             let a lifecycle rule expire noncurrent versions, and count their days to the timers",
        ),
        Err(error) => Answer::error(name, error.to_string()),
    };
    vec![good, versions]
}

/// A store as a researcher reaches it.
fn as_reader(store: &Store, stores: &Stores) -> Store {
    let mut store = store.clone();
    store.options.extend(stores.reader.clone());
    store
}

async fn reader(name: &str, config: &Store, may: bool) -> Answer {
    let subject = format!("stores.reader at {name}");
    match (probe::list_top(config).await, may) {
        (Ok(()), true) => Answer::good(&subject, "may list it, as a reader must"),
        (Err(StoreError::Denied), false) => Answer::good(&subject, "is refused, as it must be"),
        (Ok(()), false) => {
            let what = "may list what research must not see; take that right away";
            Answer::error(&subject, what)
        }
        (Err(StoreError::Denied), true) => Answer::error(
            &subject,
            "is refused; grant reading and listing of research",
        ),
        (Err(error), _) => Answer::error(&subject, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::check::connect::Verdict;
    use crate::config::Secret;

    fn folders() -> (tempfile::TempDir, Stores) {
        let dir = tempfile::tempdir().expect("a directory");
        let store = |name: &str| Store {
            url: format!("file://{}/{name}", dir.path().display()),
            options: Default::default(),
        };
        let stores = Stores {
            state: store("state"),
            landing: store("landing"),
            research: store("research"),
            reader: Default::default(),
        };
        (dir, stores)
    }

    fn verdicts(answers: &[Answer]) -> Vec<Verdict> {
        answers.iter().map(|answer| answer.verdict).collect()
    }

    #[tokio::test]
    async fn folders_are_good_and_readers_of_them_are_not_kept_out() {
        let (_dir, mut stores) = folders();
        let answers = ask(&stores).await;
        let mut good = vec![Verdict::Good; 6];
        assert_eq!(verdicts(&answers[..6]), good);
        assert_eq!(answers[6].verdict, Verdict::Warning, "no reader is named");
        stores
            .reader
            .insert("user".into(), Secret::new("hunter2".into()));
        good.extend([Verdict::Good, Verdict::Error, Verdict::Error]);
        let answers = ask(&stores).await;
        assert_eq!(verdicts(&answers), good);
        assert!(answers.iter().all(|a| !a.line().contains("hunter2")));
    }

    #[tokio::test]
    async fn a_store_that_cannot_be_opened_is_told() {
        let (_dir, mut stores) = folders();
        stores.landing.url = "file:///dev/null/x".into();
        let answers = ask(&stores).await;
        let landing: Vec<_> = answers
            .iter()
            .filter(|a| a.subject == "stores.landing")
            .collect();
        assert_eq!(landing.len(), 1);
        assert_eq!(landing[0].verdict, Verdict::Error);
    }
}
