//! CPU time of the calling thread, so that figures survive a shared machine.

use std::fs;

/// Seconds on a processor that the calling thread has had so far.
///
/// Linux only: the first field of `schedstat`, in nanoseconds.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux's schedstat");
    let nanoseconds = stat.split_whitespace().next().and_then(|n| n.parse().ok());
    nanoseconds.map_or(f64::NAN, |n: u64| n as f64 / 1e9)
}

/// What `work` gives, and the CPU seconds it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = cpu_seconds();
    let out = work();
    (out, cpu_seconds() - before)
}
