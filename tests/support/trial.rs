//! Trials: tests that may need a service.

use libtest_mimic::{Completion, Failed};

use super::parts::{self, Need};

/// One test: a name `module::what_holds`, what it needs, and a function that
/// panics when it fails.
#[derive(Clone, Copy)]
pub(crate) struct Trial {
    name: &'static str,
    needs: &'static [Need],
    run: fn(),
}

/// Declares a trial.
pub(crate) const fn trial(name: &'static str, needs: &'static [Need], run: fn()) -> Trial {
    Trial { name, needs, run }
}

impl Trial {
    /// As the harness runs it: where a part is missing it is ignored with the
    /// reason, or fails where `strict`.
    pub(crate) fn harnessed(self, strict: bool) -> libtest_mimic::Trial {
        libtest_mimic::Trial::ignorable_test(self.name, move || {
            for need in self.needs {
                match parts::ready(*need) {
                    Ok(_) => {}
                    Err(missing) if strict => return Err(Failed::from(missing)),
                    Err(missing) => return Ok(Completion::ignored_with(missing)),
                }
            }
            (self.run)();
            Ok(Completion::Completed)
        })
    }
}
