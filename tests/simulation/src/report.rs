use std::fmt;
use std::ops::Range;
use std::sync::atomic::Ordering;

use anyhow::{Result, ensure};

use crate::authorization_server::Seen;
use crate::fleet::Outcome;
use crate::scenario::{DAY, Scenario};

/// Both days side by side.
pub(crate) struct Report {
    people: u32,
    replicas: u32,
    pub(crate) grantkit: Seen,
    pub(crate) naive: Seen,
    at_once: u64,
    waited: u64,
    failed: u64,
}

/// The parts of the day that are looked at.
const PARTS: &[(&str, Range<usize>)] = &[
    ("the whole day", 0..DAY),
    ("busiest hour (14:00 to 15:00)", 14 * 3600..15 * 3600),
    ("start of all replicas (09:00 to 09:05)", Scenario::DEPLOYMENT..Scenario::DEPLOYMENT + 300),
    ("the outage (12:00 to 12:10)", Scenario::OUTAGE.start..Scenario::OUTAGE.end),
    ("recovery (12:10 to 12:15)", Scenario::OUTAGE.end..Scenario::OUTAGE.end + 300),
    ("the stroke of the hour (16:00:00)", 16 * 3600..16 * 3600 + 2),
];

impl Report {
    pub(crate) fn new(scenario: &Scenario, outcome: Outcome, naive: Seen) -> Self {
        let Outcome { seen, calls } = outcome;
        Self {
            people: scenario.people,
            replicas: scenario.replicas,
            grantkit: seen,
            naive,
            at_once: calls.at_once.load(Ordering::Relaxed),
            waited: calls.waited.load(Ordering::Relaxed),
            failed: calls.failed.load(Ordering::Relaxed),
        }
    }

    /// What must hold on every such day.
    pub(crate) fn check(&self) -> Result<()> {
        ensure!(self.grantkit.revoked_logins == 0, "{} logins were revoked", self.grantkit.revoked_logins);
        let usual = self.grantkit.answered.peak_of(10 * 3600..Scenario::OUTAGE.start);
        for (name, part) in PARTS.iter().skip(2) {
            let peak = peak(&self.grantkit, part);
            // Of a few people, a few are many.
            ensure!(peak <= usual * 3 + 10, "{name}: {peak} requests in a second, where {usual} are usual");
        }
        Ok(())
    }
}

fn peak(seen: &Seen, part: &Range<usize>) -> u32 {
    seen.answered.peak_of(part.clone()).max(seen.refused.peak_of(part.clone()))
}

fn total(seen: &Seen, part: &Range<usize>) -> u64 {
    seen.answered.total_of(part.clone()) + seen.refused.total_of(part.clone())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { people, replicas, at_once, waited, failed, .. } = self;
        writeln!(f, "{people} people, {replicas} replicas, one store, a day; requests at the token endpoint:\n")?;
        writeln!(f, "| | grantkit, in all | busiest second | naive, in all | busiest second |")?;
        writeln!(f, "|---|---:|---:|---:|---:|")?;
        for (name, part) in PARTS {
            let columns = |seen| format!("{} | {}", total(seen, part), peak(seen, part));
            writeln!(f, "| {name} | {} | {} |", columns(&self.grantkit), columns(&self.naive))?;
        }
        writeln!(f, "\nLogins revoked for a refresh token that came twice: {}.", self.grantkit.revoked_logins)?;
        writeln!(
            f,
            "Calls that found their token there: {at_once}; that waited for it: {waited}; that got none: {failed}."
        )
    }
}
