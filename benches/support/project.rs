//! A configuration of many tenants, read from files as the program reads it.

use std::fs;
use std::path::Path;

use leeward::config::{Around, Config, load};
use leeward::domain::EpochMs;
use leeward::worker::wall_clock;

/// Writes a pipeline and `tenants` tenant files into `folder`.
pub(crate) fn write(folder: &Path, tenants: usize) {
    let place = folder.display();
    let pipeline = format!(
        "name: bench\ntenants: tenants\nsource:\n  file: {{topic: unused}}\nstores:\n  \
         state: {{url: \"file://{place}/state\"}}\n  landing: {{url: \"file://{place}/landing\"}}\n  \
         research: {{url: \"file://{place}/research\"}}\nunclaimed:\n  public_key: {}\n",
        key(0)
    );
    fs::create_dir_all(folder.join("tenants")).expect("a writable folder");
    fs::write(folder.join("pipeline.yaml"), pipeline).expect("a writable folder");
    for i in 0..tenants {
        let path = folder.join(format!("tenants/{}.yaml", name(i)));
        fs::write(path, tenant(i)).expect("a writable folder");
    }
}

/// Tenant `i`, whose topics are one by name and one by pattern.
fn tenant(i: usize) -> String {
    let name = name(i);
    let (sealing, ledger) = (key(2 * i + 1), key(2 * i + 2));
    format!(
        "tenant: {name}\ntopics: [\"calls.{name}\", '^chat\\.{name}\\.']\nmapping: native\n\
         authorization:\n  permits_deidentification: true\n  baa_reference: BAA-{i}\n  \
         purposes: [clinical_research]\n  expires: 2099-12-31\n\
         keys:\n  sealing: {{env: \"K{sealing}\"}}\n  ledger: {{env: \"K{ledger}\"}}\n\
         policy: safe-harbor\n"
    )
}

/// The name of tenant `i`.
pub(crate) fn name(i: usize) -> String {
    format!("clinic-{i:04}")
}

/// Key `i`, in hexadecimal; no two agree.
fn key(i: usize) -> String {
    format!("{:064x}", i + 0x5eed_0000)
}

/// Reads the configuration in `folder`; a variable's name is its value.
pub(crate) fn read(folder: &Path) -> Config {
    let around = Around {
        lookup: &|name| Some(name.strip_prefix('K')?.to_owned()),
        now: now(),
    };
    let loaded = load(&folder.join("pipeline.yaml"), &around);
    let loaded = loaded.unwrap_or_else(|error| panic!("{:?}", error.problems));
    assert!(loaded.disabled.is_empty(), "{:?}", loaded.disabled);
    loaded.config
}

/// The wall clock.
pub(crate) fn now() -> EpochMs {
    wall_clock()
}
