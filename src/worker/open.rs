//! Making a worker's loop ready: source, stores, scopes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};

use super::chores::Chores;
use super::drive::{DriveError, Driver, Duties};
use super::lapses::Lapses;
use super::shadow::Shadow;
use super::step::{Limits, Worker};
use crate::config::{Config, resolved};
use crate::deid::Engine;
use crate::domain::Entropy;
use crate::gate::Routes;
use crate::lake::log::WriterId;
use crate::observe::Health;
use crate::purge::records::Records;
use crate::scope::{Scope, Stores};
use crate::source::{Source, SourceError};

impl Driver {
    pub(super) fn open(
        config: Arc<Config>,
        engine: Arc<Engine>,
        health: Health,
        duties: Duties,
    ) -> Result<Self, DriveError> {
        let mut entropy = Entropy::from_system();
        let writer = WriterId::draw(&mut entropy);
        let shadow = matches!(duties, Duties::Shadow(_)).then(Shadow::default);
        let stores = match shadow {
            Some(_) => Stores::in_memory(),
            None => Stores::open(&config.pipeline.stores)?,
        };
        let routes = Routes::new(&config).map_err(|_| DriveError::Routes)?;
        let pipeline = &config.pipeline;
        let source = Source::open(&pipeline.source, &routes.subscriptions())?;
        let limits = Limits {
            assemble: pipeline.assemble,
            flush: pipeline.flush,
            memory_bytes: pipeline.limits.memory_bytes,
        };
        let scopes = config.tenants.iter();
        let scopes = scopes.map(|(id, t)| (id.clone(), Scope::new(t, &stores, writer)));
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (send, done) = mpsc::unbounded_channel();
        let broker = match duties {
            Duties::All => broker(&pipeline.source)?,
            Duties::Ingest | Duties::Shadow(_) => None,
        };
        Ok(Self {
            scopes: scopes.collect(),
            lapses: Lapses::default(),
            chores: Chores::new(&config, routes.clone(), broker),
            finite: pipeline.source.is_finite(),
            worker: Worker::new(limits, entropy),
            engine,
            health,
            duties,
            shadow,
            routes,
            stores,
            writer,
            source,
            tenants: BTreeMap::new(),
            suspended: BTreeSet::new(),
            stopped: BTreeMap::new(),
            highs: BTreeMap::new(),
            firsts: BTreeMap::new(),
            asks_first: false,
            epochs: BTreeMap::new(),
            carried: BTreeMap::new(),
            flushes: BTreeMap::new(),
            threads: Arc::new(Semaphore::new(threads)),
            send,
            done,
            ended: BTreeSet::new(),
            assigned: false,
            draining: false,
            drained: false,
            config,
        })
    }
}

/// A connection for purges; `None` where records come from files.
fn broker(source: &resolved::Source) -> Result<Option<Arc<dyn Records>>, SourceError> {
    match source {
        resolved::Source::File { .. } => Ok(None),
        #[cfg(feature = "kafka")]
        resolved::Source::Kafka(kafka) => {
            let broker = crate::purge::broker::Broker::connect(kafka)?;
            Ok(Some(Arc::new(broker)))
        }
        #[cfg(not(feature = "kafka"))]
        resolved::Source::Kafka(_) => Err(SourceError::NotBuilt),
    }
}
