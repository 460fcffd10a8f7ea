//! What the benchmarks share: a client with a ready token, a fair comparison of two ways, a table.

mod allocations;
mod compare;
mod cpu;
mod fixture;
mod helper_process;
mod latencies;

pub use allocations::allocations;
pub use compare::{Comparison, CpuComparison, Summary, compare, compare_cpu, median, per_call_on_two_threads};
pub use cpu::process_time;
pub use fixture::{Fixed, TOKEN_LENGTH, credentials, long_token};
pub use helper_process::HelperProcess;
pub use latencies::Latencies;

/// The error of a benchmark that cannot be run on this machine.
pub fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> grantkit::Error {
    grantkit::Error::configuration("the benchmark does not work here").with_source(error)
}
