//! Conversations that the gate refuses, from flush to release and audit.

use super::*;
use crate::config::resolved::{Authorization, Inference, ReviewedCall};
use crate::domain::{Field, InferenceCall, Provenance, TurnKind};
use crate::ledger::Note;

fn text(text: &str) -> Option<Phi<String>> {
    Some(Phi::new(text.to_owned()))
}

fn call(model: &str) -> InferenceCall {
    InferenceCall {
        provider: text("acme"),
        model: text(model),
        endpoint: text("https://eu.acme.example/v1"),
        project: text("north"),
        prompt_tokens: Some(812),
        content: text("prompt-of-delphine"),
        response: None,
    }
}

impl River {
    /// Changes what was agreed, as another file of the tenant would.
    fn agree(&mut self, change: impl FnOnce(&mut Authorization)) {
        let mut tenant = (*self.scope.tenant).clone();
        change(&mut tenant.authorization);
        self.scope = Scope::new(&Arc::new(tenant), &self.scope.stores, WriterId::default());
    }
}

/// A river whose tenant reviewed one model.
fn river() -> River {
    let mut river = River::new();
    river.agree(|agreed| {
        agreed.inference = Some(Inference {
            reviewed: String::from("2026-09-01"),
            review_lapses: START.plus(1000 * HOUR),
            required: true,
            calls: vec![ReviewedCall {
                provider: String::from("acme"),
                model: String::from("m1"),
                endpoint: String::from("https://eu.acme.example/v1"),
                project: String::from("north"),
                baa_reference: String::from("BAA-ACME"),
            }],
        });
    });
    river
}

fn with(mut closed: Closed, provenance: Provenance) -> Closed {
    closed.conversation.provenance = provenance;
    closed
}

fn by(model: &str) -> Provenance {
    Provenance {
        inference: vec![call(model)],
        ..Provenance::default()
    }
}

fn flagged(consent: Option<&str>) -> Provenance {
    Provenance {
        behavioral_health: true,
        consent: consent.and_then(text),
        ..by("m1")
    }
}

/// Conversations held back, by the first reason.
fn held(evidence: &Evidence) -> Vec<(&str, u64)> {
    let held = evidence.held_back.iter();
    held.map(|(reason, count)| (reason.as_str(), *count))
        .collect()
}

#[tokio::test]
async fn what_the_gate_refuses_is_held_back_and_stops_nothing_else() {
    let mut river = river();
    let missing = Provenance {
        calls_missing: true,
        ..Provenance::default()
    };
    let evidence = river
        .commit(vec![
            with(said("a", &[MORNING]), by("m1")),
            with(said("b", &["1 my knee hurts"]), by("m2")),
            with(said("c", &["1 my back hurts"]), missing),
            with(said("d", &["1 my head hurts"]), flagged(None)),
            with(said("e", &["1 my foot hurts"]), flagged(Some("consent-7"))),
        ])
        .await;
    let expected = [
        ("inference_missing", 1),
        ("inference_model_not_listed", 1),
        ("part2_consent_missing", 1),
    ];
    assert_eq!(held(&evidence), expected);
    assert_eq!((evidence.conversations, evidence.landed()), (2, 5));
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!(summary.released, 2);
    let read = [
        ["good morning i have had this cough for two weeks"],
        ["my foot hurts"],
    ];
    assert_eq!(river.read().await, read);
    assert_eq!(river.flaws().await, []);
}

#[tokio::test]
async fn the_ledger_keeps_each_call_and_nothing_that_a_record_said() {
    let mut river = river();
    let both = Provenance {
        inference: vec![call("m1"), call("delphine's own")],
        ..Provenance::default()
    };
    let evidence = river
        .commit(vec![
            with(said("a", &[MORNING]), flagged(Some("consent-7"))),
            with(said("b", &[MORNING]), both),
        ])
        .await;
    let used = evidence.inference.as_ref().expect("calls were listed");
    assert_eq!(used.models.len(), 1);
    assert_eq!(used.models[0].baa_reference, "BAA-ACME");
    assert!(used.models[0].zero_data_retention);
    let entries: Vec<Option<usize>> = used.calls.iter().map(|call| call.entry).collect();
    assert_eq!(entries, [Some(0), Some(0), None]);
    assert_eq!(used.calls[0].prompt_tokens, Some(812));
    assert!(used.calls[0].content.is_some() && used.calls[0].response.is_none());
    let consented = |note: &&Note| matches!(note, Note::Consented { .. });
    assert_eq!(evidence.notes.iter().filter(consented).count(), 1);
    let bytes = String::from_utf8(evidence.to_bytes()).expect("JSON");
    assert!(
        !bytes.contains("delphine") && !bytes.contains("consent-7"),
        "{bytes}"
    );
    assert_eq!(Evidence::from_bytes(0, bytes.as_bytes()), Ok(evidence));
}

#[tokio::test]
async fn a_late_call_of_another_model_takes_back_what_landed() {
    let mut river = river();
    river
        .commit(vec![with(said("a", &[MORNING]), by("m1"))])
        .await;
    river.pass(HOUR / 3);
    river.restart().await;
    let late = with(said("a", &["2 and my knee hurts"]), by("m2"));
    let evidence = river.commit(vec![late]).await;
    assert_eq!(held(&evidence), [("inference_model_not_listed", 1)]);
    assert_eq!((evidence.continued, evidence.landed()), (1, 0));
    river.pass(HOUR);
    river.release().await;
    assert_eq!(river.read().await, Vec::<Vec<String>>::new());
    assert_eq!(river.flaws().await, []);
}

#[tokio::test]
async fn a_flag_in_one_part_holds_for_what_comes_later_and_a_late_consent_lifts_it() {
    let mut river = river();
    river
        .commit(vec![with(said("a", &[MORNING]), flagged(None))])
        .await;
    river.pass(HOUR / 3);
    let evidence = river
        .commit(vec![with(said("a", &["2 thank you"]), by("m1"))])
        .await;
    assert_eq!(held(&evidence), [("part2_consent_missing", 1)]);
    river.pass(HOUR / 3);
    let consent = Provenance {
        consent: text("consent-7"),
        ..Provenance::default()
    };
    let evidence = river.commit(vec![with(said("a", &[]), consent)]).await;
    assert_eq!((evidence.conversations, evidence.landed()), (1, 0));
    river.pass(HOUR);
    assert_eq!(river.released().await.released, 1);
}

#[tokio::test]
async fn what_the_agreement_does_not_let_leave_is_dropped_before_it_lands() {
    let mut river = River::new();
    river.agree(|agreed| agreed.fields = Some([Field::Channel].into()));
    let mut call = said("a", &[MORNING, "2 {}"]);
    call.conversation.turns[1].kind = TurnKind::ToolCall;
    let evidence = river.commit(vec![call]).await;
    let withheld: Vec<(&str, u64)> = evidence
        .withheld
        .iter()
        .map(|(path, count)| (path.as_str(), *count))
        .collect();
    assert_eq!(
        withheld,
        [("conversations/year", 1), ("turns/tool_call", 1)]
    );
    assert_eq!((evidence.conversations, evidence.turns), (1, 1));
    river.pass(HOUR);
    assert_eq!(river.released().await.turns, 1);
    assert_eq!(river.read().await, [[&MORNING[2..]]]);
    assert_eq!(river.flaws().await, []);
}
