use std::sync::OnceLock;

use super::Recipe;
use super::gated_connector::SendGate;
use crate::error::Result;

/// Which connection a request goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    /// A kept-alive one, if there is one. It may close as the request goes out, and then it is unknown whether that arrived.
    Kept,
    /// One of its own, which [`about_to_send`](crate::sending::about_to_send) is asked about: for a request that spends
    /// something.
    Fresh,
}

/// The HTTP clients of one configuration, each made when it is first needed: setting up TLS reads the machine's certificates.
#[derive(Debug, Default)]
pub(crate) struct Pools {
    recipe: Recipe,
    kept: Routes,
    fresh: Routes,
}

/// Plain `http` to this machine and its own host (a cloud's metadata server) goes there, whatever proxies are configured: they would read
/// secrets and tokens, and lead to their own machine.
#[derive(Debug, Default)]
struct Routes {
    any: OnceLock<Result<reqwest::Client>>,
    within_this_machine: OnceLock<Result<reqwest::Client>>,
}

impl Pools {
    pub(crate) fn new(recipe: Recipe) -> Self {
        Self { recipe, ..Self::default() }
    }

    /// The client for a request; `bypasses_proxies` says that it is for plain `http` to this machine or its host.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](crate::Error::is_configuration) where TLS cannot be set up with what was configured.
    pub(crate) fn client(&self, pool: Pool, bypasses_proxies: bool) -> Result<reqwest::Client> {
        let routes = match pool {
            Pool::Kept => &self.kept,
            Pool::Fresh => &self.fresh,
        };
        let client = if bypasses_proxies { &routes.within_this_machine } else { &routes.any };
        let last = |builder: reqwest::ClientBuilder| {
            let builder = if bypasses_proxies { builder.no_proxy() } else { builder };
            match pool {
                Pool::Kept => builder,
                Pool::Fresh => {
                    builder.pool_max_idle_per_host(0).retry(reqwest::retry::never()).connector_layer(SendGate)
                }
            }
        };
        client.get_or_init(|| self.recipe.build(!bypasses_proxies, last)).clone()
    }
}
