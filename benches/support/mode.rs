//! How much to measure.

/// Whether to run in a small form, only to see that it runs: with `--quick`,
/// and wherever `cargo bench` is not the caller.
pub(crate) fn is_quick() -> bool {
    let mut args = std::env::args().skip(1);
    let called_by_bench = std::env::args().any(|arg| arg == "--bench");
    args.any(|arg| arg == "--quick") || !called_by_bench
}
