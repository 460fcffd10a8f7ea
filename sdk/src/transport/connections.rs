use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use moka::sync::Cache;
use tokio::runtime::{Handle, Id};

#[cfg(feature = "test-util")]
use super::Responder;
#[cfg(feature = "test-util")]
use super::responder;
use super::{TransportBuilder, failure};
use crate::error::{Error, Result};

/// Whose connections a transport sends over.
#[derive(Clone)]
pub(super) enum Connections {
    /// Those of the client that the program set up.
    Own(reqwest::Client),
    /// Those of the runtime that sends: a connection ends with the runtime that opened it, and a request that is under way
    /// on it is lost, a spent refresh token with it.
    OfTheRuntime,
    /// None: the program answers by itself.
    #[cfg(feature = "test-util")]
    Within(std::sync::Arc<dyn Responder>),
}

/// Programs have one runtime, or a few; tests have one each, one after the other.
const RUNTIMES: u64 = 16;
/// After a runtime has not asked for a token in this time, setting up TLS again is no great loss.
const IDLE: Duration = Duration::from_hours(1);

impl Connections {
    /// Sends a request to `host`, as an error is to call it, and waits for the beginning of the answer.
    pub(super) async fn execute(&self, request: reqwest::Request, host: &str) -> Result<reqwest::Response> {
        let client = match self {
            Self::Own(client) => client.clone(),
            Self::OfTheRuntime => of_this_runtime()?,
            #[cfg(feature = "test-util")]
            Self::Within(responder) => return responder::ask(&**responder, request).await,
        };
        client.execute(request).await.map_err(|error| failure::classify(error, host))
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Own(_) => "Own",
            Self::OfTheRuntime => "OfTheRuntime",
            #[cfg(feature = "test-util")]
            Self::Within(_) => "Within",
        })
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
