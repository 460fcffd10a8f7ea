//! The SSRF guard: keeps requests that a remote host causes away from loopback and private addresses, checked when a name is
//! resolved (server-side request forgery, DNS rebinding).

use std::error::Error as StdError;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use crate::error::{Error, Result};
use crate::wire::AddressScope;

type BoxError = Box<dyn StdError + Send + Sync>;

tokio::task_local! {
    /// The request that is being sent, where it is guarded. Names are looked up in the task that sends.
    static GUARDED: Guarded;
}

struct Guarded {
    /// A proxy's name is looked up, too, and is the program's own.
    host: String,
    scope: AddressScope,
}

/// Sends the request that `send` sends, to nothing further inside than `scope`.
pub(super) async fn within<T>(scope: AddressScope, url: &Url, send: impl Future<Output = Result<T>>) -> Result<T> {
    let host = url.host_str().unwrap_or_default().to_owned();
    scope.check_scope(&format!("address {host}"), AddressScope::of(url))?;
    GUARDED.scope(Guarded { host, scope }, send).await
}

/// How long a name may take to be looked up before it counts as one that only others know.
const LOOK_UP_LIMIT: Duration = Duration::from_secs(2);

/// How far inside a server is that the program names itself, by what its name is looked up to be: an API in a private network
/// has its authorization server there. A name never means this machine, but for those that always do; one that cannot be looked
/// up, as behind a proxy, means a server elsewhere.
pub(crate) async fn scope_of(url: &Url) -> AddressScope {
    let written = AddressScope::of(url);
    let Some(url::Host::Domain(name)) = url.host().filter(|_| written == AddressScope::Public) else { return written };
    let found = tokio::time::timeout(LOOK_UP_LIMIT, tokio::net::lookup_host((name, 0))).await;
    let found = found.ok().and_then(std::result::Result::ok);
    let widest = found.and_then(|found| found.map(|address| AddressScope::of_address(address.ip())).max());
    widest.unwrap_or(AddressScope::Public).max(AddressScope::Private)
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
pub(super) struct Resolver(Option<Arc<dyn Resolve>>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let scope = GUARDED.try_with(|guarded| (guarded.host == name.as_str()).then_some(guarded.scope)).ok().flatten();
        let host = name.as_str().to_owned();
        let found = match &self.0 {
            Some(other) => other.resolve(name),
            None => system(name),
        };
        Box::pin(async move {
            let found = found.await?;
            let Some(scope) = scope else { return Ok(found) };
            let addresses: Vec<SocketAddr> = found.collect();
            for address in &addresses {
                let what = format!("name {host}");
                scope.check_scope(&what, AddressScope::of_address(address.ip())).map_err(Refusal)?;
            }
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
mod tests {
    use http::Request;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::transport::{Repeat, Transport};

    /// Leads every name to one address.
    struct Rebound(SocketAddr);

    impl Resolve for Rebound {
        fn resolve(&self, _: Name) -> Resolving {
            let address = self.0;
            Box::pin(async move { Ok(Box::new(std::iter::once(address)) as Addrs) })
        }
    }

    fn request(url: &str) -> Request<Vec<u8>> {
        let mut request = Request::new(Vec::new());
        *request.uri_mut() = url.parse().unwrap();
        request
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_when_it_is_looked_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (accepted, mut connections) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                accepted.send(()).unwrap();
                let _ = stream.read(&mut [0; 1024]).await;
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
            }
        });
        let resolver = Resolver(Some(Arc::new(Rebound(address))));
        let transport =
            Transport::builder().configure(move |reqwest| reqwest.no_proxy().dns_resolver(resolver.clone()));
        let transport = transport.build();
        let transport = transport.unwrap();
        let url = format!("http://rebound.example:{}/", address.port());
        let guarded = transport.guarded(AddressScope::Public);
        for scope in [AddressScope::Public, AddressScope::Private] {
            let error = transport.guarded(scope).send(request(&url), Repeat::Never).await.unwrap_err();
            assert!(error.is_security() && !error.is_retryable(), "{error:?}");
            assert!(error.to_string().contains("rebound.example") && error.to_string().contains("§7.7"), "{error}");
        }
        for literal in ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://localhost/"] {
            let error = guarded.send(request(literal), Repeat::Never).await.unwrap_err();
            assert!(error.is_security(), "{literal} {error}");
        }
        assert!(connections.try_recv().is_err(), "nothing was asked");
        // Who is inside, and a program by its own word, may.
        for allowed in [transport.guarded(AddressScope::Loopback), transport] {
            assert_eq!(allowed.send(request(&url), Repeat::Never).await.unwrap().status(), 204);
            connections.recv().await.unwrap();
        }
    }

    #[tokio::test]
    async fn the_systems_resolver_still_finds_what_there_is() {
        let mut found = Resolver::default().resolve("localhost".parse().unwrap()).await.unwrap();
        assert!(found.any(|address| address.ip().is_loopback()));
    }
}
