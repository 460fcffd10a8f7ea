use std::sync::LazyLock;
use std::time::Duration;

use moka::sync::Cache;
use tokio::runtime::{Handle, Id};

use super::TransportBuilder;
use crate::error::{Error, Result};

/// Whose connections a transport sends over.
#[derive(Clone, Debug)]
pub(super) enum Connections {
    /// Those of the client that the program set up.
    Own(reqwest::Client),
    /// Those of the runtime that sends: a connection ends with the runtime that opened it, and a request that is under way
    /// on it is lost, a spent refresh token with it.
    OfTheRuntime,
}

/// Programs have one runtime, or a few; tests have one each, one after the other.
const RUNTIMES: u64 = 16;
/// After a runtime has not asked for a token in this time, setting up TLS again is no great loss.
const IDLE: Duration = Duration::from_hours(1);

impl Connections {
    pub(super) fn client(&self) -> Result<reqwest::Client> {
        match self {
            Self::Own(client) => Ok(client.clone()),
            Self::OfTheRuntime => of_this_runtime(),
        }
    }
}

fn of_this_runtime() -> Result<reqwest::Client> {
    static CLIENTS: LazyLock<Cache<Id, reqwest::Client>> =
        LazyLock::new(|| Cache::builder().max_capacity(RUNTIMES).time_to_idle(IDLE).build());
    let runtime = Handle::try_current().map_err(|_| {
        Error::configuration("a request can be sent within a Tokio runtime only: call from `#[tokio::main]`")
    })?;
    CLIENTS
        .try_get_with(runtime.id(), || TransportBuilder::default().build_client())
        .map_err(|error: std::sync::Arc<Error>| Error::clone(&error))
}
