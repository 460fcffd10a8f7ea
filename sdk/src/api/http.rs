use std::sync::LazyLock;
use std::time::Duration;

use reqwest::{Client, Request};
use tokio::runtime::Handle;

use crate::error::Result;
use crate::http_client::{PerRuntime, Pool, Pools, Recipe};

/// The HTTP client that requests go out by.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    /// The limit that it sets each request by itself, if that is known: one that is set for a single request costs three allocations.
    timeout: Option<Duration>,
    follows_redirects: bool,
}

/// Unless the program sets another.
pub(super) const DEFAULT_TIMEOUT: Duration = Duration::from_mins(1);

impl Http {
    /// Of the runtime that it is built in, or else of the process: one pool of connections, one set of TLS roots.
    pub(super) fn shared(bypasses_proxies: bool) -> Result<Self> {
        static SHARED: LazyLock<PerRuntime> =
            LazyLock::new(|| PerRuntime::new(|| limited(Recipe::for_api(), DEFAULT_TIMEOUT)));
        let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
        let client = SHARED.of(runtime).client(Pool::Kept, bypasses_proxies)?;
        Ok(Self { client, timeout: Some(DEFAULT_TIMEOUT), follows_redirects: false })
    }

    /// With connections of its own.
    pub(super) fn new(recipe: Recipe, timeout: Duration, bypasses_proxies: bool) -> Result<Self> {
        let client = Pools::new(limited(recipe, timeout)).client(Pool::Kept, bypasses_proxies)?;
        Ok(Self { client, timeout: Some(timeout), follows_redirects: false })
    }

    /// That of a transport, which follows no redirects either.
    pub(super) fn of_transport(client: Client) -> Self {
        Self { client, timeout: None, follows_redirects: false }
    }

    /// What the program set up.
    pub(super) fn given(client: Client) -> Self {
        Self { client, timeout: None, follows_redirects: true }
    }

    /// Whether an answer may be of another URL than was requested.
    pub(super) fn follows_redirects(&self) -> bool {
        self.follows_redirects
    }

    /// Sends the request, which is to be over with its answer's body after so long.
    pub(super) fn execute(
        &self,
        mut request: Request,
        limit: Duration,
    ) -> impl Future<Output = reqwest::Result<reqwest::Response>> + use<> {
        if request.timeout().copied().or(self.timeout) != Some(limit) {
            *request.timeout_mut() = Some(limit);
        }
        self.client.execute(request)
    }
}

fn limited(mut recipe: Recipe, timeout: Duration) -> Recipe {
    recipe.limit(move |builder| builder.timeout(timeout));
    recipe
}
