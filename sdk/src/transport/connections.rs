use std::fmt;
use std::sync::{Arc, LazyLock};

#[cfg(feature = "test-util")]
use super::Responder;
#[cfg(feature = "test-util")]
use super::responder;
use super::{Repeat, Server, TransportBuilder, guard};
use crate::error::{Error, Fault, Result};
use crate::http_client::{PerRuntime, Pool, Pools, classify};
use crate::runtime;
use crate::sending;
use crate::wire::bypasses_proxies;

/// Whose connections a transport sends over.
#[derive(Clone)]
pub(super) enum Connections {
    /// Those of the client that the program set up.
    Own(Arc<Pools>),
    /// Those of the runtime that sends: a connection ends with the runtime that opened it, and a request that is under way
    /// on it is lost, a spent refresh token with it.
    OfTheRuntime,
    /// None: the program answers by itself.
    #[cfg(feature = "test-util")]
    Within(Arc<dyn Responder>),
}

impl Connections {
    /// The client for requests that may be sent again, of another who sends over it.
    pub(super) fn http_client(&self, bypasses_proxies: bool) -> Result<Option<reqwest::Client>> {
        match self {
            Self::Own(pools) => pools.client(Pool::Kept, bypasses_proxies).map(Some),
            Self::OfTheRuntime => Ok(None),
            #[cfg(feature = "test-util")]
            Self::Within(_) => Err(Error::configuration(
                "a transport with a `responder` has no connections for an `ApiClient` to send over",
            )),
        }
    }

    /// Sends a request, and waits for the beginning of the answer.
    ///
    /// Of one over a fresh connection it is known whether anything of it was sent.
    pub(super) async fn execute(
        &self,
        request: reqwest::Request,
        repeat: Repeat,
        pool: Pool,
        server: Server<'_>,
    ) -> Result<reqwest::Response> {
        let bypasses_proxies = bypasses_proxies(request.url());
        let client = match self {
            Self::Own(pools) => pools.client(pool, bypasses_proxies),
            Self::OfTheRuntime => of_this_runtime().and_then(|pools| pools.client(pool, bypasses_proxies)),
            #[cfg(feature = "test-util")]
            Self::Within(responder) => {
                let asking = async {
                    sending::about_to_send().await?;
                    responder::ask(&**responder, request).await
                };
                return sending::watch_send(repeat.spends(), asking).await.0;
            }
        };
        let client = client.map_err(Error::not_sent)?;
        let (outcome, departed) = match pool {
            // It sends without asking for permission.
            Pool::Kept => (client.execute(request).await, true),
            Pool::Fresh => sending::watch_send(repeat.spends(), client.execute(request)).await,
        };
        outcome.map_err(|error| {
            if let Some(refusal) = guard::refusal(&error) {
                return refusal.not_sent();
            }
            if error.is_builder() {
                return classify(error, server).not_sent();
            }
            let error = classify(error, server);
            match sending::forbidden() {
                _ if departed => error,
                Some(why) => why,
                // The time ran out before there was a connection.
                None if error.is_timeout() => {
                    Error::new(Fault::Connect, format!("no connection to {server} in time")).with_source(error)
                }
                None => error.not_sent(),
            }
        })
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

fn of_this_runtime() -> Result<Arc<Pools>> {
    static POOLS: LazyLock<PerRuntime> = LazyLock::new(|| PerRuntime::new(TransportBuilder::baseline));
    let runtime = runtime::current("a request can be sent")?;
    Ok(POOLS.of(Some(runtime.id())))
}
