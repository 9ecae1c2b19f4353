//! What commands that read the stores share: the configuration, the stores,
//! a runtime to wait on.

use std::future::Future;
use std::path::Path;

use tokio::runtime::Runtime;

use crate::config::{self, Around, Config, Disabled, LoadError, Loaded, Reader};
use crate::domain::EpochMs;
use crate::lake::store::StoreError;
use crate::scope::Stores;

/// A configuration and its stores.
pub(super) struct Opened {
    pub(super) config: Config,
    pub(super) disabled: Vec<Disabled>,
    pub(super) stores: Stores,
}

/// Why the stores could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    /// The pipeline file is not good.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nerror    "))]
    Config(Vec<config::Problem>),
    /// A store cannot be opened.
    #[error("{0}; put `stores` right in the pipeline file")]
    Store(#[from] StoreError),
    /// The system gives no threads.
    #[error("the system gives no threads to work with ({0})")]
    Threads(std::io::ErrorKind),
}

/// Now, by the system's clock.
pub(super) fn now() -> EpochMs {
    EpochMs(jiff::Timestamp::now().as_millisecond())
}

/// Reads a pipeline's configuration as of `now`, with this process's
/// environment.
pub(super) fn read(pipeline: &Path, now: EpochMs) -> Result<Loaded, LoadError> {
    let lookup = |name: &str| std::env::var(name).ok();
    let around = Around {
        lookup: &lookup,
        now,
    };
    config::load(pipeline, &around)
}

/// Reads it once more; `None` where no file is another.
pub(super) fn read_again(
    reader: &mut Reader,
    pipeline: &Path,
    now: EpochMs,
) -> Option<Result<Loaded, LoadError>> {
    let lookup = |name: &str| std::env::var(name).ok();
    let around = Around {
        lookup: &lookup,
        now,
    };
    reader.read(pipeline, &around)
}

/// Threads for work that computes between its waits.
pub(super) fn threads() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}

/// Waits for `work`, and for nothing that it left behind: a question to a broker
/// that does not answer keeps no process from its end.
pub(super) fn complete<T>(runtime: Runtime, work: impl Future<Output = T>) -> T {
    let outcome = runtime.block_on(work);
    runtime.shutdown_background();
    outcome
}

/// Reads a pipeline's configuration and opens its stores.
pub(super) fn open(pipeline: &Path) -> Result<Opened, OpenError> {
    let loaded = read(pipeline, now()).map_err(|e| OpenError::Config(e.problems))?;
    let stores = Stores::open(&loaded.config.pipeline.stores)?;
    Ok(Opened {
        config: loaded.config,
        disabled: loaded.disabled,
        stores,
    })
}

/// Waits for `work`.
pub(super) fn wait<T>(work: impl Future<Output = T>) -> Result<T, OpenError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| OpenError::Threads(e.kind()))?;
    Ok(runtime.block_on(work))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_question_without_an_answer_keeps_nobody() {
        let (answer, question) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            let asks = async {
                tokio::task::spawn_blocking(move || question.recv());
                7
            };
            tell.send(complete(threads().expect("it starts"), asks))
        });
        let outcome = told.recv_timeout(Duration::from_secs(30));
        drop(answer);
        assert_eq!(outcome, Ok(7));
    }
}
