use std::ops::Range;

use anyhow::{Context, Result, bail};

/// Seconds in the day that is simulated.
pub(crate) const DAY: usize = 86_400;

/// What happens on that day.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) people: u32,
    pub(crate) replicas: u32,
    pub(crate) seed: u64,
    pub(crate) plot: Option<String>,
}

impl Scenario {
    /// How long an access token lives, in seconds.
    pub(crate) const TOKEN_LIFETIME: u64 = 3600;
    /// When all replicas are started anew, with nothing in memory.
    pub(crate) const DEPLOYMENT: usize = 9 * 3600;
    /// When the authorization server is down.
    pub(crate) const OUTAGE: Range<usize> = 12 * 3600..12 * 3600 + 600;
    /// So many sessions a day has everyone, of so many calls, a minute apart.
    pub(crate) const SESSIONS: u32 = 3;
    pub(crate) const CALLS: u8 = 30;
    pub(crate) const CALL_EVERY: usize = 60;
    /// One call in so many goes to another replica than the person's own.
    pub(crate) const STRAYS: u32 = 10;
    /// One person in so many is a job that starts on the stroke of each hour.
    pub(crate) const JOBS: u32 = 50;

    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut scenario = Self { people: 1_000_000, replicas: 100, seed: 1, plot: None };
        let mut arguments = arguments;
        while let Some(name) = arguments.next() {
            let value = arguments.next().with_context(|| format!("`{name}` takes a value"))?;
            match name.as_str() {
                "--people" => scenario.people = value.parse().context("--people")?,
                "--replicas" => scenario.replicas = value.parse().context("--replicas")?,
                "--seed" => scenario.seed = value.parse().context("--seed")?,
                "--plot" => scenario.plot = Some(value),
                _ => bail!("`{name}` is none of --people, --replicas, --seed, --plot"),
            }
        }
        if scenario.people == 0 || scenario.replicas == 0 {
            bail!("there has to be somebody, and something to serve them");
        }
        Ok(scenario)
    }

    /// The replica that the load balancer sends a call to.
    pub(crate) fn replica_of(&self, person: u32) -> u32 {
        if fastrand::u32(..Self::STRAYS) == 0 { fastrand::u32(..self.replicas) } else { person % self.replicas }
    }

    pub(crate) fn is_job(person: u32) -> bool {
        person.is_multiple_of(Self::JOBS)
    }
}
