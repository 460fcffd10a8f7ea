//! What the benchmarks share: a client with a ready token, a fair comparison of two ways, a table.

mod compare;
mod fixture;
mod latencies;

pub use compare::{Comparison, Summary, compare, per_call_on_two_threads};
pub use fixture::{Fixed, TOKEN_LENGTH, credentials, long_token};
pub use latencies::Latencies;
