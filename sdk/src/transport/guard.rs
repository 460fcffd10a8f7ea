//! The SSRF guard: keeps requests that a remote host causes away from loopback and private addresses, checked when a name is
//! resolved (server-side request forgery, DNS rebinding).

use std::error::Error as StdError;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::http_client::Pool;
use crate::wire::{AddressKind, AddressScope};

type BoxError = Box<dyn StdError + Send + Sync>;

tokio::task_local! {
    /// The request that is being sent, where it is guarded. Names are looked up in the task that sends.
    static GUARDED: Guarded;
}

struct Guarded {
    /// A proxy's name is looked up, too, and is the program's own.
    host: String,
    guard: Guard,
}

/// What is asked about the addresses that requests lead to.
#[derive(Clone, Debug, Default)]
pub(super) enum Guard {
    /// Nothing: the program has named them.
    #[default]
    None,
    /// That they are no further inside than this.
    Within(AddressScope),
    /// How far inside they are.
    Locating(Location),
}

/// How far inside a server is that the program names itself: an API in a private network has its authorization server there.
///
/// It goes by the addresses that the name had when the connection was made over which the server answered, which it did with a
/// certificate for that name: a second look-up could have another answer (DNS rebinding). Of several addresses the outermost counts. A
/// name never means this machine, but for those that always do. An [overlay's or special](AddressKind::Special) address tells nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Location(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    found: Option<AddressKind>,
    has_answered: bool,
}

impl Location {
    /// Whether the server has answered.
    pub(crate) fn has_answered(&self) -> bool {
        self.with(|seen| seen.has_answered)
    }

    /// Where it is; `None` where it has not answered, is reached by a proxy or a resolver of the program's own, or has an address that
    /// does not tell.
    pub(crate) fn scope(&self) -> Option<AddressScope> {
        self.with(|seen| seen.found.filter(|_| seen.has_answered)?.scope_of_server())
    }

    fn note(&self, kind: AddressKind) {
        self.with(|seen| seen.found = Some(seen.found.map_or(kind, |found| found.max(kind))));
    }

    fn with<T>(&self, act: impl FnOnce(&mut Seen) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Guard {
    /// How far inside requests may lead, where that is limited.
    pub(super) fn scope(&self) -> Option<AddressScope> {
        if let Self::Within(scope) = self { Some(*scope) } else { None }
    }

    /// A kept connection was made by who has another guard or none: no name is looked up for it.
    pub(super) fn pool(&self, pool: Pool) -> Pool {
        if matches!(self, Self::None) { pool } else { Pool::Fresh }
    }

    /// Sends the request that `send` sends.
    pub(super) async fn watch<T>(&self, url: &Url, send: impl Future<Output = Result<T>>) -> Result<T> {
        let host = url.host_str().unwrap_or_default();
        let written = AddressKind::of(url);
        let is_name = written == AddressKind::Public && matches!(url.host(), Some(Host::Domain(_)));
        let guard = match self {
            Self::None => return send.await,
            Self::Within(scope) => {
                scope.check_scope(&format!("address {host}"), AddressScope::of(url))?;
                self.clone()
            }
            Self::Locating(_) if is_name => self.clone(),
            // It is where it is written to be.
            Self::Locating(location) => {
                location.note(written);
                Self::None
            }
        };
        let outcome = GUARDED.scope(Guarded { host: host.to_owned(), guard }, send).await;
        if let (Self::Locating(location), Ok(_)) = (self, &outcome) {
            location.with(|seen| seen.has_answered = true);
        }
        outcome
    }

    /// Looks at the addresses of a name.
    fn look(&self, host: &str, addresses: &[SocketAddr]) -> Result<()> {
        let mut addresses = addresses.iter().map(SocketAddr::ip);
        match self {
            Self::None => Ok(()),
            Self::Within(scope) => {
                let what = format!("name {host}");
                addresses.try_for_each(|address| scope.check_scope(&what, AddressScope::of_address(address)))
            }
            Self::Locating(location) => {
                if let Some(outermost) = addresses.map(AddressKind::of_address).max() {
                    location.note(outermost.max(AddressKind::Private));
                }
                Ok(())
            }
        }
    }
}

/// Why a look-up was refused, where it is among the causes of an error.
pub(super) fn refusal(error: &(dyn StdError + 'static)) -> Option<Error> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(Refusal(refusal)) = error.downcast_ref() {
            return Some(refusal.clone());
        }
        cause = error.source();
    }
    None
}

#[derive(Debug)]
struct Refusal(Error);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Refusal {}

/// The system's resolver, but for the addresses that a guarded request must not go to.
#[derive(Clone, Default)]
pub(super) struct Resolver {
    other: Option<Arc<dyn Resolve>>,
    /// Where every name leads in tests, whatever addresses it is said to have.
    #[cfg(test)]
    leads_to: Option<SocketAddr>,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = GUARDED.try_with(|guarded| (guarded.host == name.as_str()).then(|| guarded.guard.clone()));
        let guard = guard.ok().flatten();
        let host = name.as_str().to_owned();
        #[cfg(test)]
        let leads_to = self.leads_to;
        let found = match &self.other {
            Some(other) => other.resolve(name),
            None => system(name),
        };
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = found.await?.collect();
            if let Some(guard) = guard {
                guard.look(&host, &addresses).map_err(Refusal)?;
            }
            #[cfg(test)]
            let addresses = leads_to.map_or(addresses, |address| vec![address]);
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

fn system(name: Name) -> Resolving {
    Box::pin(async move {
        let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(BoxError::from)?;
        Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
    })
}

#[cfg(test)]
pub(crate) mod tests;
