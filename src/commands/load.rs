//! Reading the configuration for a command, and telling what is wrong with it.

use std::path::Path;

use super::stores;
use crate::config::{Config, Disabled, Loaded, Sections};

/// A configuration that may be run.
pub(super) struct LoadedConfig {
    /// The tenants in force, and what holds for all.
    pub(super) config: Config,
    /// The tenants that are disabled by faults of their own files.
    pub(super) disabled: Vec<Disabled>,
    /// What the pipeline's file says.
    pub(super) sections: Sections,
}

/// Reads `pipeline` and its tenants. What is wrong is printed with file, place
/// and remedy; a tenant whose own file is broken is left out. `None` when
/// nothing can be run.
pub(super) fn load(pipeline: &Path) -> Option<LoadedConfig> {
    match stores::read(pipeline, stores::now()) {
        Ok(Loaded {
            config,
            disabled,
            warnings,
            sections,
        }) => {
            for warning in &warnings {
                eprintln!("warning: {warning}");
            }
            for tenant in &disabled {
                for problem in &tenant.problems {
                    eprintln!("disabled: {problem}");
                }
            }
            Some(LoadedConfig {
                config,
                disabled,
                sections,
            })
        }
        Err(error) => {
            for problem in error.problems.iter().chain(&error.warnings) {
                eprintln!("{problem}");
            }
            eprintln!("nothing was started; `leeward check` shows the whole plan");
            None
        }
    }
}
