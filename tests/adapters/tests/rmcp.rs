//! The client of `rmcp`, against its own server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use grantkit::integrations::rmcp::AuthorizedClient;
use grantkit::keys::DpopKey;
use grantkit::{Client, Credentials};
use grantkit_adapter_tests::{Fixture, SECRET, assert_shows_no_secret, cause};
use grantkit_testkit::AuthorizationServer;
use http::StatusCode;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientJsonRpcMessage, ContentBlock, ServerCapabilities,
    ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::{
    StreamableHttpClient, StreamableHttpClientTransportConfig, StreamableHttpError,
};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleClient, ServerHandler, ServiceExt};

#[derive(Clone)]
struct Tools;

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        Ok(CallToolResult::success(vec![ContentBlock::text("done")]).into())
    }
}

/// What the server asks of its callers.
struct Guard {
    server: AuthorizationServer,
    /// Whose token alone will do for a call of a tool.
    stronger: Mutex<Option<Credentials>>,
    /// The `authorization` that came, or its absence.
    seen: Mutex<Vec<Option<String>>>,
}

async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let authorization = request.headers().get(AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    guard.seen.lock().unwrap().push(authorization.clone());
    let token = authorization.as_deref().and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
    if !guard.server.is_active(token) {
        let challenge = r#"Bearer error="invalid_token""#;
        return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, challenge)]).into_response();
    }
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let is_call = String::from_utf8_lossy(&body).contains("tools/call");
    let stronger = guard.stronger.lock().unwrap().clone();
    if let Some(stronger) = stronger.filter(|_| is_call)
        && stronger.token().await.unwrap().access_token().secret() != token
    {
        let challenge = r#"Bearer error="insufficient_scope", scope="write:invoices""#;
        return (StatusCode::FORBIDDEN, [(WWW_AUTHENTICATE, challenge)]).into_response();
    }
    next.run(Request::from_parts(parts, body.into())).await
}

/// A server of tools; returns its URL.
async fn serve(fixture: &Fixture) -> (String, Arc<Guard>) {
    let state = Arc::new(Guard { server: fixture.server.clone(), stronger: Mutex::default(), seen: Mutex::default() });
    let service: StreamableHttpService<Tools, LocalSessionManager> =
        StreamableHttpService::new(|| Ok(Tools), Arc::default(), StreamableHttpServerConfig::default());
    let router = axum::Router::new().nest_service("/mcp", service).layer(from_fn_with_state(Arc::clone(&state), guard));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, state)
}

fn client(url: &str, credentials: &Credentials) -> AuthorizedClient<reqwest::Client> {
    AuthorizedClient::new(reqwest::Client::new(), url, credentials).unwrap()
}

async fn connect(url: &str, client: AuthorizedClient<reqwest::Client>) -> RunningService<RoleClient, ()> {
    let config = StreamableHttpClientTransportConfig::with_uri(url);
    ().serve(StreamableHttpClientTransport::with_client(client, config)).await.unwrap()
}

async fn call(tools: &RunningService<RoleClient, ()>) -> Result<CallToolResult, rmcp::ServiceError> {
    tools.call_tool(CallToolRequestParams::new("any")).await
}

#[tokio::test]
async fn token_is_sent_and_refreshed_when_expired_or_rejected() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    let tools = connect(&url, client(&url, &fixture.credentials)).await;
    tools.list_all_tools().await.unwrap();
    call(&tools).await.unwrap();
    assert_eq!(fixture.token_requests(), 1);
    fixture.expire();
    call(&tools).await.unwrap();
    assert_eq!(fixture.token_requests(), 2);
    fixture.server.revoke_all_access_tokens();
    call(&tools).await.unwrap();
    assert_eq!(fixture.token_requests(), 3);
    let seen = guard.seen.lock().unwrap().clone();
    assert!(seen.iter().all(Option::is_some), "{}", seen.len());
    drop(tools);
}

#[tokio::test]
async fn more_scopes_are_got_by_another_login_and_the_call_goes_on() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    let stronger = fixture.credentials.with_scopes(["write:invoices"]).unwrap();
    *guard.stronger.lock().unwrap() = Some(stronger.clone());
    let logins = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&logins);
    let authorized = client(&url, &fixture.credentials).on_login_required(move |error| {
        assert_eq!(error.step_up().unwrap().scopes(), ["write:invoices"]);
        counted.fetch_add(1, Ordering::SeqCst);
        let stronger = stronger.clone();
        async move { Ok(stronger) }
    });
    let tools = connect(&url, authorized.clone()).await;
    let (one, other) = tokio::join!(call(&tools), call(&tools));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    call(&tools).await.unwrap();
    assert_eq!(logins.load(Ordering::SeqCst), 1);
    // The credentials of the login are now those of all clones.
    let text = format!("Bearer {}", authorized.credentials().token().await.unwrap().access_token().secret());
    assert_eq!(guard.seen.lock().unwrap().last().unwrap().as_deref(), Some(text.as_str()));
}

#[tokio::test]
async fn a_login_that_fails_is_asked_of_a_person_once_for_all_that_wait_for_it() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    *guard.stronger.lock().unwrap() = Some(fixture.credentials.with_scopes(["write:invoices"]).unwrap());
    let logins = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&logins);
    let client = client(&url, &fixture.credentials).on_login_required(move |error| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            // All of them wait by then, also on a machine that stands still once.
            for _ in 0..60 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            Err::<Credentials, _>(error)
        }
    });
    let tools = connect(&url, client).await;
    let (a, b, c, d) = tokio::join!(call(&tools), call(&tools), call(&tools), call(&tools));
    assert!([a, b, c, d].iter().all(Result::is_err));
    assert_eq!(logins.load(Ordering::SeqCst), 1);
    // Another request may ask again, but a server that goes on asking does not keep a person busy.
    for _ in 0..5 {
        assert!(call(&tools).await.is_err());
    }
    assert_eq!(logins.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_login_goes_on_without_the_request_that_asked_for_it() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    let stronger = fixture.credentials.with_scopes(["write:invoices"]).unwrap();
    *guard.stronger.lock().unwrap() = Some(stronger.clone());
    let started = Arc::new(tokio::sync::Notify::new());
    let (tell, finish) = (Arc::clone(&started), Arc::new(tokio::sync::Notify::new()));
    let wait = Arc::clone(&finish);
    let authorized = client(&url, &fixture.credentials).on_login_required(move |_| {
        let (stronger, tell, wait) = (stronger.clone(), Arc::clone(&tell), Arc::clone(&wait));
        async move {
            tell.notify_one();
            wait.notified().await;
            Ok(stronger)
        }
    });
    let request = {
        let (authorized, url) = (authorized.clone(), url.clone());
        tokio::spawn(async move {
            let call: ClientJsonRpcMessage = serde_json::from_value(
                serde_json::json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "any" } }),
            )
            .unwrap();
            authorized.post_message(url.as_str().into(), call, None, None, HashMap::new()).await.map(drop)
        })
    };
    started.notified().await;
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    let before = authorized.credentials().token().await.unwrap();
    finish.notify_one();
    for _ in 0..3000 {
        if authorized.credentials().token().await.unwrap().access_token().secret() != before.access_token().secret() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the login did not come to its end");
}

#[tokio::test]
async fn without_a_way_to_log_in_the_refusal_is_that_of_the_server() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    *guard.stronger.lock().unwrap() = Some(fixture.credentials.with_scopes(["write:invoices"]).unwrap());
    let tools = connect(&url, client(&url, &fixture.credentials)).await;
    let error = call(&tools).await.unwrap_err();
    assert!(format!("{error:?}").contains("InsufficientScope"), "{error:?}");
}

/// The request that the transport would send.
async fn ping(client: &AuthorizedClient<reqwest::Client>, url: &str) -> StreamableHttpError<reqwest::Error> {
    let ping: ClientJsonRpcMessage =
        serde_json::from_value(serde_json::json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" })).unwrap();
    client.post_message(url.into(), ping, None, None, HashMap::new()).await.unwrap_err()
}

#[tokio::test]
async fn an_error_says_why_there_is_no_token_and_reaches_no_server() {
    let fixture = Fixture::start().await;
    let (url, guard) = serve(&fixture).await;
    let wrong = client(&url, &fixture.wrong_credentials());
    let error = ping(&wrong, &url).await;
    assert!(cause(&error).is_configuration() && !cause(&error).is_retryable(), "{error:?}");
    // A stream of events is not opened again, as rmcp does it after errors of another kind.
    let error = wrong.get_stream(url.as_str().into(), None, None, None, HashMap::new()).await.err().unwrap();
    assert!(matches!(error, StreamableHttpError::AuthRequired(_)), "{error:?}");
    let error = ping(&client(&url, &fixture.unreachable_credentials()), &url).await;
    assert!(cause(&error).is_retryable(), "{error:?}");
    for closed in [fixture.denied_credentials(), fixture.ended_login()] {
        let client = client(&url, &closed);
        let error = client.get_stream(url.as_str().into(), None, None, None, HashMap::new()).await.err().unwrap();
        assert!(matches!(error, StreamableHttpError::AuthRequired(_)), "{error:?}");
    }
    assert!(guard.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_token_goes_to_no_other_server_which_gets_what_the_transport_has() {
    let (fixture, other) = (Fixture::start().await, Fixture::start().await);
    let ((url, _), (elsewhere, guard)) = (serve(&fixture).await, serve(&other).await);
    let client = client(&url, &fixture.credentials);
    fixture.credentials.token().await.unwrap();
    let error = ping(&client, &elsewhere).await;
    assert!(matches!(error, StreamableHttpError::AuthRequired(_)), "{error:?}");
    assert_eq!(*guard.seen.lock().unwrap(), [None]);
}

#[tokio::test]
async fn a_server_that_quotes_the_token_in_its_challenge_puts_it_into_no_error() {
    let fixture = Fixture::start().await;
    let quote = |request: Request| async move {
        let sent = request.headers()[AUTHORIZATION].to_str().unwrap().to_owned();
        let token = sent.strip_prefix("Bearer ").unwrap();
        let challenge =
            format!(r#"Bearer error="insufficient_scope", scope="more", error_description="of {token}", t="{sent}""#);
        (StatusCode::FORBIDDEN, [(WWW_AUTHENTICATE, challenge)])
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(quote)).await });
    let said = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&said);
    let client = client(&url, &fixture.credentials).on_login_required(move |error| {
        assert_eq!(error.step_up().unwrap().scopes(), ["more"]);
        *kept.lock().unwrap() = format!("{error:?} {error}");
        async move { Err::<Credentials, _>(error) }
    });
    let refused = ping(&client, &url).await;
    let without_login = ping(&self::client(&url, &fixture.credentials), &url).await;
    let said = said.lock().unwrap().clone();
    for shown in [said, format!("{refused:?}"), format!("{without_login:?} {without_login}")] {
        assert!(shown.contains("insufficient_scope"), "{shown}");
        assert_shows_no_secret(&shown, &fixture.credentials).await;
    }
}

/// Takes proofs with the nonce of now alone, which each answer to another one names.
async fn nonce_guard(State(proofs): State<Arc<Mutex<Vec<String>>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let proof = parts.headers["dpop"].to_str().unwrap();
    assert!(parts.headers[AUTHORIZATION].to_str().unwrap().starts_with("DPoP "));
    let claims = BASE64_URL_SAFE_NO_PAD.decode(proof.split('.').nth(1).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["htm"], parts.method.as_str());
    if claims["nonce"] != "nonce-of-now" {
        let challenge = (WWW_AUTHENTICATE, r#"DPoP error="use_dpop_nonce""#.to_owned());
        return (StatusCode::UNAUTHORIZED, [challenge, ("dpop-nonce".parse().unwrap(), "nonce-of-now".to_owned())])
            .into_response();
    }
    proofs.lock().unwrap().push(parts.method.to_string());
    next.run(Request::from_parts(parts, body)).await
}

/// rmcp shows no nonce: it is asked for beside.
#[tokio::test]
async fn a_server_that_asks_for_a_nonce_in_proofs_gets_one() {
    let fixture = Fixture::start().await;
    let client = Client::builder().client_id("billing").client_secret_basic(SECRET).dpop(DpopKey::generate().unwrap());
    let client = client.token_endpoint(&fixture.server.token_endpoint()).unwrap().clock(fixture.clock.clone()).build();
    let credentials = client.client_credentials().credentials("proven");
    let service: StreamableHttpService<Tools, LocalSessionManager> =
        StreamableHttpService::new(|| Ok(Tools), Arc::default(), StreamableHttpServerConfig::default());
    let proofs = Arc::new(Mutex::new(Vec::new()));
    let router = axum::Router::new().nest_service("/mcp", service);
    let router = router.layer(from_fn_with_state(Arc::clone(&proofs), nonce_guard));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let authorized = self::client(&url, &credentials).nonce_client(reqwest::Client::new());
    let tools = connect(&url, authorized).await;
    call(&tools).await.unwrap();
    let heads = proofs.lock().unwrap().iter().filter(|method| *method == "HEAD").count();
    assert_eq!(heads, 1, "the nonce is kept");
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    let client = client("https://mcp.example/tools", &fixture.credentials);
    assert_shows_no_secret(&format!("{client:?}"), &fixture.credentials).await;
}
