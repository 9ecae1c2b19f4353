//! The demo's folder: configuration and keys that a reader may look at.

use std::fs;
use std::path::{Path, PathBuf};

use super::DemoError;
use super::sample::Topic;
use crate::domain::Entropy;
use crate::seal::operator_key_pair;

/// Makes `folder` anew; only one that a demo made is ever cleared.
pub(super) fn make_folder(folder: &Path) -> Result<(), DemoError> {
    let failed = |source| DemoError::Folder {
        path: folder.to_path_buf(),
        source,
    };
    if folder.is_dir() {
        let ours = folder.join("pipeline.yaml").is_file() && folder.join("keys").is_dir();
        let empty = fs::read_dir(folder).map_err(failed)?.next().is_none();
        if !ours && !empty {
            return Err(DemoError::NotOurs(folder.to_path_buf()));
        }
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder.join("keys")).map_err(failed)?;
    fs::create_dir_all(folder.join("tenants")).map_err(failed)
}

/// Writes keys, pipeline and tenants; gives the pipeline's file.
pub(super) fn write_config(
    folder: &Path,
    brokers: &str,
    topics: &[Topic; 3],
    entropy: &mut Entropy,
) -> Result<PathBuf, DemoError> {
    let failed = |source| DemoError::Folder {
        path: folder.to_path_buf(),
        source,
    };
    let root = fs::canonicalize(folder).map_err(failed)?;
    let (private, public) = operator_key_pair(entropy);
    let write = |name: &str, text: String| fs::write(root.join(name), text).map_err(failed);
    write("keys/unclaimed.private", hex::encode(private.expose()))?;
    for topic in topics {
        for kind in ["sealing", "ledger"] {
            let key = hex::encode(entropy.bytes::<32>());
            write(&format!("keys/{}.{kind}", topic.tenant), key)?;
        }
        write(&format!("tenants/{}.yaml", topic.tenant), tenant(topic))?;
    }
    let pipeline = pipeline(&root, brokers, &hex::encode(public), entropy);
    write("pipeline.yaml", pipeline)?;
    Ok(folder.join("pipeline.yaml"))
}

fn pipeline(root: &Path, brokers: &str, public: &str, entropy: &mut Entropy) -> String {
    let root = root.display();
    let group = hex::encode(entropy.bytes::<4>());
    format!(
        "# Written by `leeward demo`. Times are short so that everything happens at once.
name: demo
tenants: tenants
source:
  kafka:
    brokers: {brokers}
    group: leeward-demo-{group}
stores:
  state: {{url: \"file://{root}/state\"}}
  landing: {{url: \"file://{root}/landing\"}}
  research: {{url: \"file://{root}/research\"}}
assemble:
  end_grace: 200ms
  idle: 1s
  max_age: 2s
  late: 0s
flush:
  interval: 500ms
unclaimed:
  public_key: \"{public}\"
observe:
  log: warn
"
    )
}

fn tenant(topic: &Topic) -> String {
    let (tenant, name, mapping) = (topic.tenant, &topic.name, topic.mapping);
    format!(
        "# Written by `leeward demo`.
tenant: {tenant}
topics: [{name}]
mapping: {mapping}
authorization:
  permits_deidentification: true
  baa_reference: BAA-DEMO-{tenant}
  purposes: [health_services_research]
  expires: 2099-12-31
keys:
  sealing: {{file: ../keys/{tenant}.sealing}}
  ledger: {{file: ../keys/{tenant}.ledger}}
release:
  interval: 1h
  min_interval: 1h
  min_conversations: 1
  # Less than 30 days and 100 conversations: recorded in the ledger.
  dating_override: {{reason: demonstration on invented transcripts, by: leeward demo}}
purge:
  kafka: 5s
"
    )
}
