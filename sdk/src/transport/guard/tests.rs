use std::net::IpAddr;

use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::transport::{Repeat, Transport};

/// Says of each name what it is told to, one look-up after the other; the last for ever.
struct Told(Mutex<Vec<(&'static str, Vec<&'static str>)>>);

impl Resolve for Told {
    fn resolve(&self, name: Name) -> Resolving {
        let mut told = self.0.lock().unwrap();
        let of_it = |told: &[(&str, Vec<&str>)]| told.iter().position(|(known, _)| *known == name.as_str());
        let at = of_it(&told).unwrap_or_else(|| panic!("{} is looked up", name.as_str()));
        let is_last = of_it(&told[at + 1..]).is_none();
        let addresses = if is_last { told[at].1.clone() } else { told.remove(at).1 };
        let parsed = addresses.into_iter().map(|address| SocketAddr::new(address.parse::<IpAddr>().unwrap(), 0));
        let parsed: Vec<_> = parsed.collect();
        Box::pin(async move { Ok(Box::new(parsed.into_iter()) as Addrs) })
    }
}

/// A transport for which names have these addresses, and all lead to one server in fact.
pub(crate) fn transport_to(
    server: SocketAddr,
    names: impl IntoIterator<Item = (&'static str, Vec<&'static str>)>,
) -> Transport {
    let told = Arc::new(Told(Mutex::new(names.into_iter().collect())));
    let resolver = Resolver { other: Some(told), leads_to: Some(server) };
    let builder = Transport::builder().configure(move |reqwest| reqwest.no_proxy().dns_resolver(resolver.clone()));
    builder.without_circuit_breaker().build().unwrap()
}

/// A server that answers by the path, and what it was asked for.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` gives the status with further headers, and the body.
    pub(crate) async fn start(answer: impl Fn(&str) -> (String, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::<Mutex<Vec<String>>>::default());
        let (answer, paths) = (Arc::new(answer), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, paths) = (Arc::clone(&answer), Arc::clone(&paths));
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while stream.read_buf(&mut head).await.is_ok_and(|read| read > 0) {
                        if !head.ends_with(b"\r\n\r\n") {
                            continue;
                        }
                        let target = String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or_default().to_owned();
                        // As it is, or as a proxy gets it.
                        let path =
                            target.strip_prefix("http://").map_or(&*target, |rest| &rest[rest.find('/').unwrap()..]);
                        paths.lock().unwrap().push(path.to_owned());
                        let (status, body) = answer(path);
                        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                        stream.write_all(answer.as_bytes()).await.unwrap();
                        head.clear();
                    }
                });
            }
        });
        Self { address, asked }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    async fn silent() -> Self {
        Self::start(|_| ("204 No Content".to_owned(), String::new())).await
    }
}

fn request(url: &str) -> Request<Vec<u8>> {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = url.parse().unwrap();
    request
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_it_is_looked_up() {
    let server = Server::silent().await;
    let transport = transport_to(server.address, [("rebound.example", vec!["127.0.0.1"])]);
    let url = format!("http://rebound.example:{}/", server.address.port());
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
    assert!(server.asked().is_empty());
    // Who is inside, and a program by its own word, may.
    for allowed in [transport.guarded(AddressScope::Loopback), transport] {
        assert_eq!(allowed.send(request(&url), Repeat::Never).await.unwrap().status(), 204);
    }
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn public_addresses_only_refuses_this_machine_and_private_networks() {
    let server = Server::silent().await;
    let names = [("inside.example", vec!["10.0.0.1"]), ("as.example", vec!["8.8.8.8"])];
    let transport = transport_to(server.address, names);
    let public = transport.public_addresses_only();
    let port = server.address.port();
    for host in ["127.0.0.1", "[::1]", "localhost", "10.0.0.1", "169.254.169.254", "inside.example"] {
        let error = public.send(request(&format!("http://{host}:{port}/")), Repeat::Never).await.unwrap_err();
        assert!(error.is_security() && !error.is_retryable(), "{host} {error:?}");
    }
    assert!(server.asked().is_empty());
    let url = format!("http://as.example:{port}/");
    assert_eq!(public.send(request(&url), Repeat::Never).await.unwrap().status(), 204);
    assert_ne!(public.document_key(), transport.document_key(), "documents are not shared with it");
}

/// No name is looked up for a connection that is there.
#[tokio::test]
async fn a_kept_connection_of_the_program_is_none_of_a_guarded_request() {
    let server = Server::silent().await;
    let transport = transport_to(server.address, [("as.example", vec!["10.0.0.1"])]);
    let url = format!("http://as.example:{}/", server.address.port());
    transport.send(request(&url), Repeat::Idempotent).await.unwrap();
    server.asked();
    let error = transport.guarded(AddressScope::Public).send(request(&url), Repeat::Idempotent).await.unwrap_err();
    assert!(error.is_security(), "{error}");
    assert!(server.asked().is_empty());
    transport.guarded(AddressScope::Private).send(request(&url), Repeat::Idempotent).await.unwrap();
}

#[tokio::test]
async fn a_server_is_where_its_name_led_as_it_answered() {
    use AddressScope::{Private, Public};
    let server = Server::silent().await;
    for (found, expected) in [
        (vec!["10.0.0.1"], Some(Private)),
        (vec!["fd00::1", "10.0.0.1"], Some(Private)),
        (vec!["8.8.8.8"], Some(Public)),
        // The outermost of several: who has one outside is no one inside.
        (vec!["10.0.0.1", "8.8.8.8"], Some(Public)),
        (vec!["8.8.8.8", "10.0.0.1"], Some(Public)),
        // No name means this machine.
        (vec!["127.0.0.1"], Some(Private)),
        // Strangers are neighbours in an overlay network, and local proxies give such addresses to every name.
        (vec!["100.64.0.1"], None),
        (vec!["198.18.0.1"], None),
        (vec!["240.0.0.1"], None),
        (vec!["fd7a:115c:a1e0::1", "10.0.0.1"], None),
        (vec!["100.64.0.1", "8.8.8.8"], Some(Public)),
    ] {
        // What it is said to be afterwards is of no account.
        for later in ["8.8.8.8", "10.0.0.1", "127.0.0.1"] {
            let names = [("api.example", found.clone()), ("api.example", vec![later])];
            let (transport, location) = transport_to(server.address, names).locating();
            let url = format!("http://api.example:{}/", server.address.port());
            assert_eq!((location.has_answered(), location.scope()), (false, None));
            transport.send(request(&url), Repeat::Idempotent).await.unwrap();
            assert_eq!((location.has_answered(), location.scope()), (true, expected), "{found:?}");
        }
    }
    for host in ["127.0.0.1", "localhost"] {
        let (transport, location) = transport_to(server.address, [("localhost", vec!["8.8.8.8"])]).locating();
        let url = format!("http://{host}:{}/", server.address.port());
        transport.send(request(&url), Repeat::Idempotent).await.unwrap();
        assert_eq!(location.scope(), Some(AddressScope::Loopback), "it is where it is written to be: {host}");
    }
}

#[tokio::test]
async fn a_guarded_transport_is_never_less_guarded() {
    let server = Server::silent().await;
    let transport = transport_to(server.address, [("as.example", vec!["10.0.0.1"])]);
    let url = format!("http://as.example:{}/", server.address.port());
    let guarded = transport.guarded(AddressScope::Public);
    for further in [AddressScope::Private, AddressScope::Loopback, AddressScope::Public] {
        let error = guarded.guarded(further).send(request(&url), Repeat::Never).await.unwrap_err();
        assert!(error.is_security(), "{further:?} {error}");
        assert_eq!(guarded.guarded(further).document_key(), guarded.document_key());
    }
    let keys = [&transport, &guarded, &transport.guarded(AddressScope::Private)].map(Transport::document_key);
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
    assert_eq!(transport.guarded(AddressScope::Loopback).document_key(), keys[0]);
    // A failure is no news for the other; a token in a store is as good.
    assert_ne!(guarded.identity(), transport.identity());
    assert_eq!(guarded.identity().to_string(), transport.identity().to_string());
}

#[tokio::test]
async fn an_address_that_is_refused_opens_no_circuit() {
    let server = Server::silent().await;
    let told = Arc::new(Told(Mutex::new(vec![("as.example", vec!["10.0.0.1"])])));
    let resolver = Resolver { other: Some(told), leads_to: Some(server.address) };
    let builder = Transport::builder().configure(move |reqwest| reqwest.no_proxy().dns_resolver(resolver.clone()));
    let transport = builder.build().unwrap();
    let url = format!("http://as.example:{}/", server.address.port());
    for _ in 0..20 {
        let error = transport.guarded(AddressScope::Public).send(request(&url), Repeat::Never).await.unwrap_err();
        assert!(error.is_security(), "{error}");
    }
    assert_eq!(transport.send(request(&url), Repeat::Never).await.unwrap().status(), 204);
}

#[tokio::test]
async fn who_does_not_answer_or_is_behind_a_proxy_is_nowhere() {
    // Nothing listens there.
    let nowhere = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (transport, location) = transport_to(nowhere, [("api.example", vec!["10.0.0.1"])]).locating();
    let url = format!("http://api.example:{}/", nowhere.port());
    assert!(transport.send(request(&url), Repeat::Never).await.unwrap_err().is_connect());
    assert_eq!((location.has_answered(), location.scope()), (false, None));

    let server = Server::silent().await;
    let proxy = reqwest::Proxy::all(format!("http://{}", server.address)).unwrap();
    let transport = Transport::builder().configure(move |reqwest| reqwest.proxy(proxy.clone())).build().unwrap();
    let (transport, location) = transport.locating();
    transport.send(request("http://api.example/"), Repeat::Idempotent).await.unwrap();
    assert_eq!((location.has_answered(), location.scope()), (true, None), "the proxy's address is not the server's");
}

/// A look-up may take as long as connecting may, and no longer.
#[tokio::test(start_paused = true)]
async fn a_look_up_that_has_no_end_is_no_connection() {
    struct Endless;

    impl Resolve for Endless {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(std::future::pending())
        }
    }

    let resolver = Resolver { other: Some(Arc::new(Endless)), leads_to: None };
    let builder = Transport::builder().configure(move |reqwest| reqwest.no_proxy().dns_resolver(resolver.clone()));
    let (transport, location) = builder.build().unwrap().locating();
    let error = transport.send(request("http://api.example/"), Repeat::Never).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(!location.has_answered());
}

#[tokio::test]
async fn the_systems_resolver_still_finds_what_there_is() {
    let mut found = Resolver::default().resolve("localhost".parse().unwrap()).await.unwrap();
    assert!(found.any(|address| address.ip().is_loopback()));
}
