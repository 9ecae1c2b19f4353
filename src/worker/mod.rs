//! The worker: `step(state, event) → effects`, and the loop that performs them.
