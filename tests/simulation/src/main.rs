//! A day of a hundred replicas that serve a million people, with the clock wound forward: what reaches the token endpoint.
//!
//! The people, the load balancer and the authorization server are models; the replicas run grantkit itself, each with a
//! cache of its own, and all with one store. See `docs/simulation.md` for the outcome.

mod authorization_server;
mod clock;
mod fleet;
mod naive;
mod plot;
mod report;
mod scenario;
mod series;
mod traffic;

use std::path::Path;

use anyhow::{Context, Result};

use crate::report::Report;
use crate::scenario::Scenario;

fn main() -> Result<()> {
    let scenario = Scenario::from_arguments(std::env::args().skip(1))?;
    let report = simulate(&scenario)?;
    print!("{report}");
    if let Some(path) = &scenario.plot {
        plot::draw(&report, Path::new(path)).with_context(|| format!("cannot draw {path}"))?;
        println!("\ndrawn to {path}");
    }
    report.check()
}

fn simulate(scenario: &Scenario) -> Result<Report> {
    fastrand::seed(scenario.seed);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
    let grantkit = runtime.block_on(fleet::run(scenario))?;
    fastrand::seed(scenario.seed);
    Ok(Report::new(scenario, grantkit, naive::run(scenario)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_day_is_calm_and_revokes_no_login() -> Result<()> {
        simulate(&Scenario { people: 2_000, replicas: 5, seed: 1, plot: None })?.check()
    }
}
