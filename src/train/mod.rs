//! Training of the name model: labelled conversations in, weights out, the
//! same bytes from the same inputs.
//!
//! ```text
//! corpus, dialogue ─▶ vary (case, marks, slips, other names) ─▶ example ─▶ optimize ─▶ weights
//! ```
//!
//! [`risk`] fits the weights of the risk to what the engine then leaves.

mod dialogue;
mod example;
mod optimize;
mod place;
pub mod risk;
mod value;
mod vary;

use crate::deid::Engine;
use crate::domain::Entropy;
use crate::evaluate::corpus::Labelled;

pub use optimize::Settings;

/// What to train from.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Dialogues of the trainer's own.
    pub generated: usize,
    /// Varied copies of each conversation, beside the conversation itself.
    pub variants: usize,
    /// How many models are trained, each on copies varied anew; the weights are
    /// their mean, which moves less with the seed than each of them.
    pub models: usize,
    /// Seeds every draw.
    pub seed: u64,
    /// How to train.
    pub settings: Settings,
}

/// In per cent, how many of the rules' findings varied copies are read without:
/// the model is asked where rules are silent, and learns there what they are.
const FORGOTTEN: u64 = 40;

/// Trains a model on `corpus`; gives the bytes of its weights. `progress` is
/// called with each pass and its mean loss.
#[must_use]
pub fn train(corpus: &[Labelled], plan: Plan, mut progress: impl FnMut(usize, f64)) -> Vec<u8> {
    let engine = Engine::without_model();
    let mut entropy = Entropy::from_u64(plan.seed);
    let mut sum = optimize::Sum::default();
    for _ in 0..plan.models {
        let examples = examples(&engine, corpus, plan, &mut entropy);
        sum.add(&optimize::train(
            &examples,
            plan.settings,
            &mut entropy,
            &mut progress,
        ));
    }
    sum.mean().to_bytes()
}

/// The conversations of `corpus` and dialogues of the trainer's own, each with
/// varied copies of it.
fn examples(
    engine: &Engine,
    corpus: &[Labelled],
    plan: Plan,
    entropy: &mut Entropy,
) -> Vec<example::Example> {
    let mut examples = Vec::new();
    let own = dialogue::dialogues(plan.generated, entropy);
    for labelled in corpus.iter().chain(&own) {
        examples.extend(example::examples(engine, labelled, || true));
        for _ in 0..plan.variants {
            let varied = vary::vary(labelled, entropy);
            let recalls = || entropy.below(100) >= FORGOTTEN;
            examples.extend(example::examples(engine, &varied, recalls));
        }
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::digest::{SHA256, digest};

    fn small() -> Vec<u8> {
        let settings = Settings {
            epochs: 2,
            ..Settings::default()
        };
        let plan = Plan {
            generated: 150,
            variants: 1,
            models: 1,
            seed: 7,
            settings,
        };
        train(&[], plan, |_, _| ())
    }

    /// From generated dialogues alone, so that it needs no corpus.
    #[test]
    fn a_small_model_is_reproduced_to_the_byte() {
        let weights = small();
        let hash = hex::encode(digest(&SHA256, &weights));
        crate::golden::check("tests/golden/train/small-model.txt", &format!("{hash}\n"));
        assert!(Engine::with_model(&weights).is_ok());
    }
}
