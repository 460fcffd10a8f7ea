//! From a bare API URL to a login (MCP, "Authorization"), at a real authorization server and an API that asks it about tokens.

use std::convert::Infallible;
use std::sync::Arc;

use grantkit::ApiClient;
use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use grantkit::registration::{ClientMetadata, RegisteredClient};
use grantkit::resource_access::ResourceAccess;
use grantkit::transport::Transport;
use http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{Method, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::real_server::{RealServer, log_in};
use crate::support::verdict;

const CALLBACK: &str = "http://127.0.0.1:4180/callback";

/// An API that reads for `read` and deletes for `write`, and takes only tokens that are for it.
struct Api {
    origin: String,
    issuer: String,
    secret: &'static str,
    http: reqwest::Client,
    /// It takes only tokens that are bound to a key.
    is_bound: bool,
}

impl Api {
    /// Its URL.
    async fn start(server: &RealServer) -> String {
        Self::start_bound(server, false).await
    }

    async fn start_bound(server: &RealServer, is_bound: bool) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = Arc::new(Self {
            origin: format!("http://{}", listener.local_addr().unwrap()),
            issuer: server.issuer().to_owned(),
            secret: server.secret(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            is_bound,
        });
        let url = api.url();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let api = Arc::clone(&api);
                let service = service_fn(move |request| {
                    let api = Arc::clone(&api);
                    async move { Ok::<_, Infallible>(api.answer(request).await) }
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        url
    }

    fn url(&self) -> String {
        format!("{}/tools", self.origin)
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<String> {
        if request.uri().path() == "/.well-known/oauth-protected-resource/tools" {
            let metadata = json!({
                "resource": self.url(),
                "authorization_servers": [self.issuer],
                "scopes_supported": ["read", "write"],
                "dpop_bound_access_tokens_required": self.is_bound,
                "dpop_signing_alg_values_supported": ["ES256"],
            });
            return Response::new(metadata.to_string());
        }
        let refuse = |status: u16, challenge: String| {
            Response::builder().status(status).header(WWW_AUTHENTICATE, challenge).body(String::new()).unwrap()
        };
        let scheme = if self.is_bound { "DPoP " } else { "Bearer " };
        let token = request.headers().get(AUTHORIZATION);
        let token = token.and_then(|value| value.to_str().unwrap().strip_prefix(scheme));
        let token = token.filter(|_| self.is_bound == request.headers().contains_key("dpop"));
        let scopes = match token {
            Some(token) => self.scopes_of(token).await,
            None => None,
        };
        let Some(scopes) = scopes else {
            let at = format!("{}/.well-known/oauth-protected-resource/tools", self.origin);
            return refuse(401, format!(r#"Bearer resource_metadata="{at}", scope="read""#));
        };
        if request.uri().path() == "/tools/vault" {
            let step_up = "error=\"insufficient_user_authentication\", acr_values=\"urn:example:gold\", max_age=5";
            return refuse(401, format!("Bearer {step_up}"));
        }
        let needed = if *request.method() == Method::DELETE { "write" } else { "read" };
        if !scopes.split(' ').any(|scope| scope == needed) {
            return refuse(403, format!(r#"Bearer error="insufficient_scope", scope="{needed}""#));
        }
        Response::new(json!({ "scopes": scopes }).to_string())
    }

    /// What the token is good for here, by the server's word (RFC 7662).
    async fn scopes_of(&self, token: &str) -> Option<String> {
        let form_encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let request = self.http.post(format!("{}/token/introspection", self.issuer));
        let request = request
            .basic_auth("basic", Some(form_encoded(self.secret)))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("token={}", form_encoded(token)));
        let answer = request.send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let is_for_us = answer["active"] == true
            && answer["aud"] == self.url()
            && answer["cnf"]["jkt"].is_string() == self.is_bound;
        is_for_us.then(|| answer["scope"].as_str().unwrap().to_owned())
    }
}

fn back() -> RedirectUri {
    RedirectUri::new(CALLBACK).unwrap()
}

fn tool() -> ClientMetadata {
    ClientMetadata::new().client_name("Tool")
}

fn apart() -> Transport {
    // Another server may have had this port before, and its metadata be known.
    Transport::builder().build().unwrap()
}

async fn api_of(access: &ResourceAccess, login: Login) -> ApiClient {
    ApiClient::new(access.url(), login.credentials("tool").await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_bare_url_becomes_a_client_that_works_and_steps_up() {
    let server = RealServer::oidc_provider().start();
    let url = Api::start(&server).await;
    let mut access = ResourceAccess::discover(&url, back()).register(tool()).transport(apart()).await.unwrap();
    assert_eq!((access.issuer(), access.url()), (server.issuer(), url.as_str()));
    assert_eq!(access.scopes(), ["read", "offline_access"], "the challenge's, not all that there are");
    let registered = access.registration().unwrap();
    assert_eq!(registered.client_id(), access.client().client_id());
    for (name, value) in [
        ("application_type", json!("native")),
        ("client_name", json!("Tool")),
        ("grant_types", json!(["authorization_code", "refresh_token"])),
        ("redirect_uris", json!([CALLBACK])),
        ("token_endpoint_auth_method", json!("none")),
    ] {
        assert_eq!(registered.metadata().get(name), Some(&value), "{name}");
    }

    let login = log_in(&access.login().unwrap()).await.unwrap();
    assert!(login.token().refresh_token().is_some(), "{login:?}");
    let api = api_of(&access, login).await;
    let answer: Value = api.get("invoices").fetch().await.unwrap();
    assert_eq!(answer["scopes"], "read");
    // What a refresh gives is for this API, too.
    let old = api.credentials().headers().await.unwrap();
    api.credentials().refresh_rejected_token(&old).await.unwrap().expect("another token");
    assert_eq!(server.stats().await.tokens("refresh_token"), 1);
    api.get("invoices").send().await.unwrap();

    let error = api.delete("invoices").send().await.unwrap_err();
    let more = access.step_up(&error).unwrap().unwrap();
    assert_eq!(access.scopes(), ["read", "offline_access", "write"]);
    let api = api_of(&access, log_in(&more).await.unwrap()).await;
    api.delete("invoices").send().await.unwrap();
    api.get("invoices").send().await.unwrap();
    // Who is refused once more what was agreed to is not asked again.
    assert!(access.step_up(&error).unwrap().is_none());
    let unrelated = grantkit::Error::temporary("the network");
    assert!(access.step_up(&unrelated).unwrap().is_none());
    // Another way to log in (RFC 9470) can be asked for at any time.
    let error = api.get("vault").send().await.unwrap_err();
    let (address, _) = access.step_up(&error).unwrap().unwrap().start().unwrap();
    let parameters: Vec<_> = address.query_pairs().into_owned().collect();
    for (name, value) in
        [("acr_values", "urn:example:gold"), ("prompt", "consent login"), ("scope", "read offline_access write")]
    {
        assert!(parameters.contains(&(name.to_owned(), value.to_owned())), "{name}: {address}");
    }
}

#[tokio::test]
async fn a_registration_is_kept_and_used_again() {
    let server = RealServer::oidc_provider().start();
    let url = Api::start(&server).await;
    let discover = || ResourceAccess::discover(&url, back()).register(tool()).transport(apart());
    let first = discover().await.unwrap();
    let kept = first.registration().unwrap().to_json_with_secrets();
    let kept = RegisteredClient::from_json(&kept).unwrap();

    let again = discover().registered(server.issuer(), kept.clone()).await.unwrap();
    assert_eq!(again.client().client_id(), first.client().client_id());
    assert_eq!(again.registration().unwrap().client_id(), kept.client_id());
    assert_eq!(server.stats().await.requests("registration"), 1);
    api_of(&again, log_in(&again.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();

    // It is another issuer's: of no use here, and not shown to this one.
    let other = discover().registered("https://other.example", kept).await.unwrap();
    assert_ne!(other.client().client_id(), first.client().client_id());
    assert_eq!(server.stats().await.requests("registration"), 2);
}

#[tokio::test]
async fn a_client_that_the_issuer_knows_comes_first() {
    let server = RealServer::oidc_provider().start();
    let url = Api::start(&server).await;
    let access = ResourceAccess::discover(&url, back())
        .register(tool())
        .client(server.public().await)
        .transport(apart())
        .await
        .unwrap();
    assert_eq!(access.client().client_id(), "public");
    assert!(access.registration().is_none());
    assert_eq!(server.stats().await.requests("registration"), 0);
    api_of(&access, log_in(&access.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();
}

#[tokio::test]
async fn a_client_that_registers_for_a_secret_gets_one_and_keeps_it_to_itself() {
    let server = RealServer::oidc_provider().start();
    let url = Api::start(&server).await;
    let web = RedirectUri::new("https://app.example/callback").unwrap();
    let metadata = tool().token_endpoint_auth_method("client_secret_post");
    let access = ResourceAccess::discover(&url, web).register(metadata).transport(apart()).await.unwrap();
    let registered = access.registration().unwrap();
    assert_eq!(registered.metadata().get("application_type"), Some(&json!("web")));
    let secret = registered.client_secret().unwrap().expose_secret();
    assert!(!format!("{access:?}").contains(secret));
    api_of(&access, log_in(&access.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();
}

/// RFC 9728 §2, `dpop_bound_access_tokens_required`.
#[tokio::test]
async fn an_api_that_takes_only_bound_tokens_gets_such() {
    let server = RealServer::oidc_provider().start();
    let url = Api::start_bound(&server, true).await;
    let discover = || ResourceAccess::discover(&url, back()).transport(apart());
    // Before anything is registered that would be of no use.
    for without in [discover().register(tool()), discover().client(server.public().await)] {
        let error = without.await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains("`.dpop(key)`"), "{error}");
    }
    let other = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let error = discover().register(tool()).dpop(other).await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("EdDSA") && error.to_string().contains("ES256"), "{error}");
    assert_eq!(server.stats().await.requests("registration"), 0);

    let key = DpopKey::generate().unwrap();
    let access = discover().register(tool()).dpop(key.clone()).await.unwrap();
    let registered = access.registration().unwrap().clone();
    assert_eq!(registered.metadata().get("dpop_bound_access_tokens"), Some(&json!(true)));
    api_of(&access, log_in(&access.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();
    // The next time.
    let access = discover().registered(server.issuer(), registered).dpop(key).await.unwrap();
    api_of(&access, log_in(&access.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();
}

#[tokio::test]
async fn a_server_that_registers_not_everyone_is_shown_its_token() {
    let server = RealServer::oidc_provider().setting("INITIAL_ACCESS_TOKEN", "let-me-in").start();
    let url = Api::start(&server).await;
    let discover = || ResourceAccess::discover(&url, back()).register(tool()).transport(apart());
    assert!(discover().await.unwrap_err().oauth_code().is_some());
    let elsewhere = discover().initial_access_token("https://as.example", "let-me-in");
    assert!(elsewhere.await.unwrap_err().oauth_code().is_some(), "it is of another issuer");
    let discovery = discover().initial_access_token(server.issuer(), "let-me-in");
    assert!(!format!("{discovery:?}").contains("let-me-in"));
    let access = discovery.await.unwrap();
    assert!(!format!("{access:?}").contains("let-me-in"));
    api_of(&access, log_in(&access.login().unwrap()).await.unwrap()).await.get("invoices").send().await.unwrap();
}
