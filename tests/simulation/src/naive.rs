//! The same day without grantkit: each replica has its own tokens, renews one when a call finds it nearly expired, and asks
//! again at the next call when that failed. It even holds one request at a time a token, and reuses refresh tokens unharmed.

use std::collections::HashMap;

use crate::authorization_server::Seen;
use crate::scenario::{DAY, Scenario};
use crate::traffic::Traffic;

/// A token is renewed by the call that finds it with less life than this, in seconds.
const MARGIN: u64 = 30;

pub(crate) fn run(scenario: &Scenario) -> Seen {
    let mut seen = Seen::default();
    let mut expiries: HashMap<(u32, u32), u64> = HashMap::new();
    let mut traffic = Traffic::of(scenario);
    for second in 0..DAY {
        if second == Scenario::DEPLOYMENT {
            expiries.clear();
        }
        for person in traffic.take(second) {
            let now = second as u64;
            let expiry = expiries.entry((scenario.replica_of(person), person)).or_default();
            if *expiry > now + MARGIN {
                continue;
            }
            if Scenario::OUTAGE.contains(&second) {
                seen.refused.count(second);
            } else {
                seen.answered.count(second);
                *expiry = now + Scenario::TOKEN_LIFETIME;
            }
        }
    }
    seen
}
