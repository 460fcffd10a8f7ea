//! Logins that are finished: by a code, on another device, by the server asking the person. Everything that a login's token depends
//! on, one at a time, in one cache.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grantkit::Client;
use grantkit::client_auth::AssertionSource as _;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::grant::{BackchannelHint, JwtAssertion, Login};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::transport::{Responder, Transport};
use serde_json::json;

use crate::authentication::{Ready, key, other_key, ways};

const ISSUER: &str = "https://as.example";
const CALLBACK: &str = "https://app.example/callback";

/// An authorization server at whatever address it is asked; each of its tokens is another one.
#[derive(Default)]
struct Server {
    count: AtomicUsize,
    /// Who logs in, at which client, and with which `nonce`.
    login: Mutex<(&'static str, &'static str, Option<String>)>,
}

#[async_trait]
impl Responder for Server {
    async fn respond(&self, request: http::Request<Bytes>) -> http::Response<Vec<u8>> {
        let answer = match request.uri().path() {
            "/jwks" => json!({ "keys": [key().public_jwk()] }),
            "/device" => json!({
                "device_code": "d", "user_code": "u", "verification_uri": "https://as.example/go", "expires_in": 600,
            }),
            "/bc" => json!({ "auth_req_id": "b", "expires_in": 600 }),
            _ => {
                let (user, client_id, nonce) = self.login.lock().unwrap().clone();
                let id_token = JwtAssertion::new(key(), ISSUER, user);
                let id_token = nonce.into_iter().fold(id_token, |token, nonce| token.claim("nonce", nonce));
                let id_token = id_token.assertion(client_id).await.unwrap();
                json!({
                    "access_token": format!("{user}-{}", self.count.fetch_add(1, Ordering::SeqCst)),
                    "token_type": if request.headers().contains_key("dpop") { "DPoP" } else { "Bearer" },
                    "expires_in": 3600,
                    "id_token": id_token.expose_secret(),
                })
            }
        };
        http::Response::new(answer.to_string().into_bytes())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Code,
    Device,
    Backchannel,
}

/// What is changed of a login.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
    Nothing,
    User,
    Client,
    TokenEndpoint,
    Dpop,
    OtherDpop,
    ClientHeader,
    Scope,
    Resource,
    Audience,
    Parameter,
    Header,
    Details,
}

const CHANGES: [Change; 13] = [
    Change::Nothing,
    Change::User,
    Change::Client,
    Change::TokenEndpoint,
    Change::Dpop,
    Change::OtherDpop,
    Change::ClientHeader,
    Change::Scope,
    Change::Resource,
    Change::Audience,
    Change::Parameter,
    Change::Header,
    Change::Details,
];

macro_rules! changed {
    ($grant:expr, $change:expr) => {{
        let grant = $grant.scope("openid");
        match $change {
            Change::Scope => grant.scope("read"),
            Change::Resource => grant.resource("https://api.example"),
            Change::Audience => grant.audience("https://api.example"),
            Change::Parameter => grant.parameter("organization", "acme"),
            Change::Header => grant.header(http::HeaderName::from_static("x-tenant"), "acme".parse().unwrap()),
            Change::Details => grant.authorization_details(&json!({ "type": "payment" })).unwrap(),
            _ => grant,
        }
    }};
}

fn client(ready: Ready, change: Change, transport: &Transport) -> Client {
    let endpoint =
        if change == Change::TokenEndpoint { "https://as.example/token2" } else { "https://as.example/token" };
    let builder = ready.transport(transport.clone()).token_endpoint(endpoint).unwrap();
    let builder = match change {
        Change::Dpop => builder.dpop(DpopKey::from(key())),
        Change::OtherDpop => builder.dpop(DpopKey::from(other_key())),
        Change::ClientHeader => {
            builder.token_request_header(http::HeaderName::from_static("x-tenant"), "acme".parse().unwrap())
        }
        _ => builder,
    };
    let builder = builder.issuer(ISSUER).unwrap().jwks_uri("https://as.example/jwks").unwrap();
    let builder = builder.authorization_endpoint("https://as.example/authorize").unwrap();
    let builder = builder.device_authorization_endpoint("https://as.example/device").unwrap();
    builder.backchannel_authentication_endpoint("https://as.example/bc").unwrap().build().erased()
}

/// The login of this kind, or why the client cannot authenticate.
async fn finished(server: &Server, client: &Client, kind: Kind, change: Change) -> Result<Login> {
    let user = if change == Change::User { "bob" } else { "alice" };
    let client_id = if change == Change::Client { "other" } else { "billing" };
    let begin = |nonce: Option<String>| *server.login.lock().unwrap() = (user, client_id, nonce);
    begin(None);
    match kind {
        Kind::Code => {
            let login = client.authorization_code(RedirectUri::new(CALLBACK)?)?;
            let login = changed!(login, change);
            let (url, pending) = login.start()?;
            let of_url = |name: &str| url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
            begin(Some(of_url("nonce")));
            login.finish(pending, format!("{CALLBACK}?code=c&state={}&iss={ISSUER}", of_url("state"))).await
        }
        Kind::Device => {
            let grant = changed!(client.device_authorization()?, change);
            let mut pending = grant.start().await?;
            Ok(grant.poll(&mut pending).await?.unwrap())
        }
        Kind::Backchannel => {
            let grant = changed!(client.backchannel_authentication(BackchannelHint::login_hint(user))?, change);
            let mut pending = grant.start().await?;
            Ok(grant.poll(&mut pending).await?.unwrap())
        }
    }
}

#[tokio::test]
async fn one_input_changed_is_another_login() {
    let (server, cache) = (Arc::new(Server::default()), CredentialCache::new(100_000, None));
    let transport =
        Transport::builder().responder(Arc::clone(&server)).timeout(Duration::from_mins(5)).build().unwrap();
    let (mut all, mut without_a_file) = (HashMap::new(), 0);
    for (way, number, proof) in
        ways().iter().flat_map(|way| way.proofs.iter().enumerate().map(|(number, proof)| (way.setter, number, proof)))
    {
        for kind in [Kind::Code, Kind::Device, Kind::Backchannel] {
            for change in CHANGES {
                let client_id = if change == Change::Client { "other" } else { "billing" };
                let client = client(proof(Client::builder().client_id(client_id)), change, &transport);
                let login = match finished(&server, &client, kind, change).await {
                    Ok(login) => login,
                    // An assertion in a file that is not there.
                    Err(error) => {
                        assert!(way == "client_assertion", "{way} {number} {kind:?} {change:?}: {error}");
                        without_a_file += 1;
                        continue;
                    }
                };
                let text = login.token().access_token().secret().to_owned();
                let credentials = login.credentials_builder("x").cache(&cache).await.unwrap();
                assert!(all.insert(format!("{way} {number} {kind:?} {change:?}"), (text, credentials)).is_none());
            }
        }
    }
    // What took another's place would be there in its stead.
    for (what, (text, credentials)) in &all {
        assert_eq!(credentials.token().await.unwrap().access_token().secret(), text, "{what}");
    }
    assert!(all.len() > 600 && without_a_file == 3 * 3 * CHANGES.len(), "{} {without_a_file}", all.len());
}

#[tokio::test]
async fn the_same_login_again_takes_the_place_of_the_first() {
    let (server, cache) = (Arc::new(Server::default()), CredentialCache::new(100, None));
    let transport = Transport::builder().responder(Arc::clone(&server)).build().unwrap();
    for kind in [Kind::Code, Kind::Device, Kind::Backchannel] {
        let mut last = Vec::new();
        for _ in 0..2 {
            let ready = Client::builder().client_id("billing").client_secret("s3cret");
            let client = client(ready, Change::Nothing, &transport);
            let login = finished(&server, &client, kind, Change::Nothing).await.unwrap();
            let text = login.token().access_token().secret().to_owned();
            last.push((login.credentials_builder("x").cache(&cache).await.unwrap(), text));
        }
        assert_eq!(last[0].0.token().await.unwrap().access_token().secret(), last[1].1, "{kind:?}");
    }
}

/// What a program's own functions ask for as a login begins, and what only one kind of login can be asked for.
#[tokio::test]
async fn what_begins_a_login_otherwise_is_another_login() {
    let (server, cache) = (Arc::new(Server::default()), CredentialCache::new(100, None));
    let transport = Transport::builder().responder(Arc::clone(&server)).build().unwrap();
    let mut all = Vec::new();
    for asked in ["one", "two"] {
        let ready = Client::builder().client_id("billing").client_secret("s3cret");
        let ready = ready.write_authorization_request(move |request| {
            request.set("scope", format!("openid {asked}"));
            Ok(())
        });
        let ready = ready.write_device_authorization_request(Fingerprint::new("tenant", asked), move |request| {
            request.set("tenant", asked);
            Ok(())
        });
        let client = client(ready, Change::Nothing, &transport);
        for kind in [Kind::Code, Kind::Device] {
            all.push((kind, asked, finished(&server, &client, kind, Change::Nothing).await.unwrap()));
        }
        *server.login.lock().unwrap() = ("alice", "billing", None);
        let grant = client.backchannel_authentication(BackchannelHint::login_hint("alice")).unwrap();
        let grant = grant.scope("openid").acr_values([asked]);
        let mut pending = grant.start().await.unwrap();
        all.push((Kind::Backchannel, asked, grant.poll(&mut pending).await.unwrap().unwrap()));
    }
    let mut handles = Vec::new();
    for (kind, asked, login) in all {
        let text = login.token().access_token().secret().to_owned();
        handles.push((kind, asked, login.credentials_builder("x").cache(&cache).await.unwrap(), text));
    }
    for (kind, asked, credentials, text) in handles {
        assert_eq!(credentials.token().await.unwrap().access_token().secret(), text, "{kind:?} {asked}");
    }
}
