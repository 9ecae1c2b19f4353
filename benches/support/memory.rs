//! Resident memory of this process.

use std::fs;

/// Resident memory in MiB: `VmRSS` of `/proc/self/status` (Linux only).
pub(crate) fn resident_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux's status of a process");
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib / 1024.0)
}
