//! What a conversation's records say of how it came about: the inference calls
//! that took part, and whether it may be used at all. The gate judges it.

use super::Phi;

/// One call of a model, as a record lists it. Nothing of it is believed before
/// it is found on the tenant's own list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InferenceCall {
    /// Whose model it is.
    pub provider: Option<Phi<String>>,
    /// The model.
    pub model: Option<Phi<String>>,
    /// Where it was called.
    pub endpoint: Option<Phi<String>>,
    /// The account or project at the provider.
    pub project: Option<Phi<String>>,
    /// How many tokens the prompt had.
    pub prompt_tokens: Option<u64>,
    /// The producer's reference of the prompt's content.
    pub content: Option<Phi<String>>,
    /// The producer's reference of the response.
    pub response: Option<Phi<String>>,
}

impl InferenceCall {
    /// Everything of it that is text.
    pub fn texts(&self) -> impl Iterator<Item = &Phi<String>> {
        let texts = [
            &self.provider,
            &self.model,
            &self.endpoint,
            &self.project,
            &self.content,
            &self.response,
        ];
        texts.into_iter().flatten()
    }
}

/// How a conversation came about, as its records say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// The inference calls that are listed, in the records' order.
    pub inference: Vec<InferenceCall>,
    /// A record held turns and listed no call.
    pub calls_missing: bool,
    /// A record flags it as behavioural health (42 CFR Part 2).
    pub behavioral_health: bool,
    /// Reference of the patient's consent to its use (42 CFR 2.31).
    pub consent: Option<Phi<String>>,
}

impl Provenance {
    /// Adds what later records say; the first consent that is named stands.
    pub fn add(&mut self, later: Self) {
        self.inference.extend(later.inference);
        self.calls_missing |= later.calls_missing;
        self.behavioral_health |= later.behavioral_health;
        self.consent = self.consent.take().or(later.consent);
    }

    /// Whether it says anything, beside that calls are missing.
    #[must_use]
    pub const fn says_something(&self) -> bool {
        self.behavioral_health || self.consent.is_some() || !self.inference.is_empty()
    }

    /// Memory that it takes, in bytes, for the budget.
    #[must_use]
    pub fn weight(&self) -> usize {
        let texts = self.inference.iter().flat_map(InferenceCall::texts);
        let texts = texts.chain(&self.consent).map(|text| text.expose().len());
        texts.sum::<usize>() + self.inference.len() * size_of::<InferenceCall>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_any_record_says_holds_for_the_whole() {
        let text = |text: &str| Some(Phi::new(text.to_owned()));
        let call = InferenceCall {
            model: text("m"),
            ..InferenceCall::default()
        };
        let mut whole = Provenance {
            inference: vec![call.clone()],
            consent: text("c-1"),
            ..Provenance::default()
        };
        whole.add(Provenance {
            inference: vec![call.clone()],
            calls_missing: true,
            behavioral_health: true,
            consent: text("c-2"),
        });
        whole.add(Provenance::default());
        assert_eq!(whole.inference, [call.clone(), call]);
        assert!(whole.calls_missing && whole.behavioral_health);
        assert_eq!(whole.consent, text("c-1"));
        assert!(whole.weight() > 2 * size_of::<InferenceCall>());
        assert!(whole.says_something() && !Provenance::default().says_something());
    }
}
