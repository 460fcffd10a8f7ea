use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use http::HeaderMap;
use serde_json::json;

use super::*;
use crate::discovery::cache;
use crate::time::Time;
use crate::transport::guard_tests::{Server, transport_to};
use crate::wire::AddressScope;

/// Of an API that takes the tokens of this issuer.
fn resource(scope: AddressScope, issuer: &str, transport: &Transport) -> ProtectedResource {
    let metadata = json!({ "resource": "https://api.example", "authorization_servers": [issuer] });
    let metadata = serde_json::from_value(metadata).unwrap();
    ProtectedResource { metadata, challenge: None, place: Place::at(scope), transport: transport.clone() }
}

#[tokio::test]
async fn an_api_elsewhere_leads_nowhere_inside() {
    let transport = Transport::builder().build().unwrap();
    let issuer = "https://as.example";
    let metadata = json!({ "issuer": issuer, "registration_endpoint": "http://127.0.0.1:8080/shutdown" });
    let known = serde_json::from_value(metadata).unwrap();
    let key = ServerMetadata::discover(issuer).oauth_document_first().key(&transport);
    cache::get(&key, || async { Ok((known, Duration::from_hours(1))) }).await.unwrap();
    let error = resource(AddressScope::Public, issuer, &transport).server_metadata().await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("`registration_endpoint`"), "{error}");
    resource(AddressScope::Loopback, issuer, &transport).server_metadata().await.unwrap();

    let elsewhere = resource(AddressScope::Public, "https://169.254.169.254", &transport);
    assert!(elsewhere.issuer().unwrap_err().is_security());
    assert!(elsewhere.server_metadata().await.unwrap_err().is_security());
}

/// What an API and its servers answer with, each by the path; `{port}` is that of all of them.
async fn world(answers: &'static [(&'static str, &'static str)]) -> Server {
    let listening = Arc::new(OnceLock::<SocketAddr>::new());
    let address = Arc::clone(&listening);
    let server = Server::start(move |path| {
        let port = address.get().unwrap().port().to_string();
        let found = answers.iter().find(|(known, _)| *known == path).map(|(_, answer)| answer.replace("{port}", &port));
        match found {
            // A challenge.
            Some(answer) if answer.starts_with("Bearer") => {
                (format!("401 Unauthorized\r\nwww-authenticate: {answer}"), String::new())
            }
            Some(document) => ("200 OK".to_owned(), document),
            None => ("404 Not Found".to_owned(), String::new()),
        }
    })
    .await;
    listening.set(server.address).unwrap();
    server
}

const OWN: &str = "/.well-known/oauth-protected-resource/mcp";
const OF_SERVER: &str = "/.well-known/oauth-authorization-server";

/// An API that announces its metadata at its own origin, and a server beside it.
const USUAL: &[(&str, &str)] = &[
    ("/mcp", "Bearer"),
    (OWN, r#"{"resource":"http://api.example:{port}/mcp","authorization_servers":["http://as.example:{port}"]}"#),
    (OF_SERVER, r#"{"issuer":"http://as.example:{port}","token_endpoint":"http://as.example:{port}/token"}"#),
];

/// One whose metadata is elsewhere.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/mcp", r#"Bearer resource_metadata="http://docs.example:{port}/mcp-metadata""#),
    (
        "/mcp-metadata",
        r#"{"resource":"http://api.example:{port}/mcp","authorization_servers":["http://as.example:{port}"]}"#,
    ),
];

const INSIDE: &str = "10.0.0.7";
const OUTSIDE: &str = "8.8.8.8";

fn discovery(server: &Server, transport: Transport) -> ResourceDiscovery {
    ProtectedResource::discover(format!("http://api.example:{}/mcp", server.address.port())).transport(transport)
}

fn challenge(server: &Server, host: &str, path: &str) -> Challenge {
    let text = format!("Bearer resource_metadata=\"http://{host}:{}{path}\"", server.address.port());
    let headers = HeaderMap::from_iter([(http::header::WWW_AUTHENTICATE, HeaderValue::from_str(&text).unwrap())]);
    Challenge::all(&headers).swap_remove(0)
}

async fn found(discovery: ResourceDiscovery) -> Result<ProtectedResource> {
    discovery.run(PlainHttp::Anywhere).await
}

/// Its server's metadata, as far as the guard lets it.
async fn server_metadata(resource: &ProtectedResource) -> Result<ServerMetadata> {
    let discovery = ServerMetadata::discover(resource.issuer()?).oauth_document_first();
    discovery.by(resource.transport(), PlainHttp::Anywhere, &Time::System).await.map(|metadata| (*metadata).clone())
}

#[tokio::test]
async fn an_api_in_a_private_network_has_its_server_there() {
    let server = world(USUAL).await;
    let names = || [("api.example", vec![INSIDE]), ("as.example", vec!["10.0.0.8"])];
    let resource = found(discovery(&server, transport_to(server.address, names()))).await.unwrap();
    server_metadata(&resource).await.unwrap();
    assert_eq!(server.asked(), ["/mcp", OWN, OF_SERVER]);

    // The same of one that answered before.
    let given =
        discovery(&server, transport_to(server.address, names())).challenge(challenge(&server, "api.example", OWN));
    server_metadata(&found(given).await.unwrap()).await.unwrap();
    assert_eq!(server.asked(), [OWN, OF_SERVER], "the API is asked for nothing else");
}

#[tokio::test]
async fn an_api_that_moves_inside_after_it_has_answered_leads_nowhere_inside() {
    let server = world(USUAL).await;
    // By the second look-up, and then the third, and so on.
    for (own, expected) in [
        (vec![vec![OUTSIDE], vec![INSIDE]], &["/mcp"][..]),
        (vec![vec![OUTSIDE, INSIDE]], &["/mcp"]),
        (vec![vec![INSIDE, OUTSIDE]], &["/mcp"]),
        (vec![vec![OUTSIDE], vec![OUTSIDE], vec![INSIDE]], &["/mcp", OWN]),
        (vec![vec![OUTSIDE]], &["/mcp", OWN]),
    ] {
        let names = own.into_iter().map(|addresses| ("api.example", addresses));
        let transport = transport_to(server.address, names.chain([("as.example", vec![INSIDE])]));
        let outcome = match found(discovery(&server, transport)).await {
            Ok(resource) => server_metadata(&resource).await.map(drop),
            Err(error) => Err(error),
        };
        let error = outcome.unwrap_err();
        assert!(error.is_security() && !error.to_string().contains("danger_"), "{error}");
        assert_eq!(server.asked(), expected);
    }
}

#[tokio::test]
async fn metadata_elsewhere_is_as_far_inside_as_the_api_at_the_most() {
    let server = world(ELSEWHERE).await;
    for (api, docs, is_reached) in
        [(INSIDE, INSIDE, true), (INSIDE, OUTSIDE, true), (OUTSIDE, OUTSIDE, true), (OUTSIDE, INSIDE, false)]
    {
        for is_given in [false, true] {
            let names = [("api.example", vec![api]), ("docs.example", vec![docs])];
            let discovery = discovery(&server, transport_to(server.address, names));
            let given = challenge(&server, "docs.example", "/mcp-metadata");
            let discovery = if is_given { discovery.challenge(given) } else { discovery };
            let outcome = found(discovery).await;
            assert_eq!(outcome.is_ok(), is_reached, "{api} {docs} {is_given}");
            assert!(outcome.err().is_none_or(|error| error.is_security()));
            // Who was answered by the API before asks where it is.
            let expected = if is_reached { &["/mcp", "/mcp-metadata"][..] } else { &["/mcp"] };
            assert_eq!(server.asked(), expected, "{api} {docs} {is_given}");
        }
    }
}

/// What a guarded transport was refused is no news for others, and what others have fetched is not for it.
#[tokio::test]
async fn metadata_is_not_shared_by_a_guarded_transport_and_another() {
    let server = world(USUAL).await;
    let transport = transport_to(server.address, [("as.example", vec![INSIDE])]);
    let guarded = transport.guarded(AddressScope::Public);
    let issuer = format!("http://as.example:{}", server.address.port());
    let discover = |transport: &Transport| {
        let discovery = ServerMetadata::discover(&issuer).oauth_document_only();
        discovery.by(transport, PlainHttp::Anywhere, &Time::System).run()
    };
    assert!(discover(&guarded).await.unwrap_err().is_security());
    discover(&transport).await.unwrap();
    assert!(discover(&guarded).await.unwrap_err().is_security());
    assert_eq!(server.asked(), [OF_SERVER]);
}

/// Strangers are neighbours in an overlay network, and a local proxy gives such an address to each name.
#[tokio::test]
async fn an_api_with_an_overlays_or_special_address_is_taken_to_be_outside() {
    let answers: &'static [(&str, &str)] = &[
        ("/mcp", r#"Bearer resource_metadata="http://docs.example:{port}/mcp-metadata""#),
        (
            "/mcp-metadata",
            r#"{"resource":"http://api.example:{port}/mcp","authorization_servers":["http://10.0.0.8:{port}"]}"#,
        ),
    ];
    let server = world(answers).await;
    for overlay in ["100.64.0.7", "198.18.0.7", "240.0.0.7", "fd7a:115c:a1e0::7"] {
        let names = || [("api.example", vec![overlay]), ("docs.example", vec![OUTSIDE])];
        let transport = || transport_to(server.address, names());
        let resource = found(discovery(&server, transport())).await.unwrap();
        let error = resource.issuer().unwrap_err();
        assert!(error.is_security() && error.to_string().contains("danger_accept_private_addresses"), "{error}");
        let accepting = discovery(&server, transport()).danger_accept_private_addresses();
        found(accepting).await.unwrap().issuer().unwrap();
        server.asked();
        // And no target from outside.
        let names = [("api.example", vec![OUTSIDE]), ("docs.example", vec![overlay])];
        let error = found(discovery(&server, transport_to(server.address, names))).await.unwrap_err();
        assert!(error.is_security(), "{error}");
        assert_eq!(server.asked(), ["/mcp"]);
    }
}

/// Nothing is known here of where it is.
#[tokio::test]
async fn an_api_behind_a_proxy_is_outside_unless_the_program_says_otherwise() {
    let answers: &'static [(&str, &str)] = &[
        ("/mcp", "Bearer"),
        (OWN, r#"{"resource":"http://api.example:{port}/mcp","authorization_servers":["http://10.0.0.8:{port}"]}"#),
    ];
    let server = world(answers).await;
    let proxy = reqwest::Proxy::all(format!("http://{}", server.address)).unwrap();
    let transport = Transport::builder().configure(move |reqwest| reqwest.proxy(proxy.clone())).build().unwrap();
    let resource = found(discovery(&server, transport.clone())).await.unwrap();
    let error = resource.issuer().unwrap_err();
    assert!(error.is_security() && error.to_string().contains("danger_accept_private_addresses"), "{error}");

    let resource = found(discovery(&server, transport).danger_accept_private_addresses()).await.unwrap();
    assert_eq!(resource.issuer().unwrap(), format!("http://10.0.0.8:{}", server.address.port()));
    assert!(resource.place.check("issuer", "http://127.0.0.1/").unwrap_err().is_security(), "not this machine");
}
