//! Clients of other hands accept the testkit's server and API: from the API's URL alone (RFC 9728) to its answers, by the metadata
//! (RFC 8414), a registration (RFC 7591), a login with PKCE, and a refresh. What users prove with the testkit is worth no more than that.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use grantkit_integration_tests::real_server::require;
use grantkit_testkit::{AuthorizationServer, ProtectedApi, RecordedRequest};
use serde_json::Value;

/// For a machine that is very busy; a client takes a second or two.
const TIMEOUT: Duration = Duration::from_mins(2);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers/foreign-clients")
}

/// A program that drives a client of npm.
fn node(program: &str, package: &str) -> Command {
    require(&folder().join("node_modules").join(package));
    let mut command = Command::new("node");
    command.arg(folder().join(program));
    command
}

/// A program that drives a client of `PyPI`.
fn python(program: &str) -> Command {
    let python = folder().join("../../../target/test-servers/foreign-clients/bin/python");
    require(&python);
    let mut command = Command::new(python);
    command.arg("-B").arg(folder().join(program));
    command
}

struct Stage {
    server: AuthorizationServer,
    api: ProtectedApi,
    /// What the client says of itself.
    outcome: Value,
}

impl Stage {
    /// Starts the servers, and leads the client to the API.
    async fn play(client: Command) -> Self {
        let server = AuthorizationServer::builder().start().await.unwrap();
        let api = ProtectedApi::start(&server).await.unwrap();
        let mut client = tokio::process::Command::from(client);
        client.arg(api.url("/v1/whoami")).kill_on_drop(true);
        let output = tokio::time::timeout(TIMEOUT, client.output()).await.expect("the client hangs").unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the client failed: {complaints}");
        let outcome = serde_json::from_slice(&output.stdout);
        let outcome = outcome.unwrap_or_else(|error| panic!("no outcome ({error}): {output:?}"));
        Self { server, api, outcome }
    }

    fn requests(&self, path: &str) -> Vec<RecordedRequest> {
        self.server.requests().into_iter().filter(|request| request.path == path).collect()
    }

    fn token_request(&self, grant: &str) -> RecordedRequest {
        let requests = self.requests("/token").into_iter();
        let mut requests = requests.filter(|request| request.form_value("grant_type").as_deref() == Some(grant));
        let request = requests.next().unwrap_or_else(|| panic!("no request of {grant}"));
        assert!(requests.next().is_none(), "more than one request of {grant}");
        request
    }

    /// What holds for each of them; the servers saw it themselves.
    fn check(&self, resource: &str, authentication: &str) {
        let Self { server, api, outcome } = self;
        assert_eq!(outcome["issuer"].as_str().map(|issuer| issuer.trim_end_matches('/')), Some(&*server.issuer()));
        let client_id = outcome["client_id"].as_str().unwrap();

        let documents = api.requests();
        let metadata =
            documents.iter().filter(|request| request.path.starts_with("/.well-known/oauth-protected-resource"));
        assert!(metadata.count() >= 1, "RFC 9728: {documents:?}");
        assert!(!self.requests("/.well-known/oauth-authorization-server").is_empty(), "RFC 8414");

        let [registration] = &self.requests("/register")[..] else { panic!("one registration") };
        assert_eq!(registration.json().unwrap()["token_endpoint_auth_method"], authentication);

        let [login] = &self.requests("/authorize")[..] else { panic!("one login") };
        assert_eq!(login.query_value("client_id").as_deref(), Some(client_id));
        assert_eq!(login.query_value("code_challenge_method").as_deref(), Some("S256"));
        assert_eq!(login.query_value("resource").as_deref(), Some(resource));

        let code = self.token_request("authorization_code");
        assert!(code.form_value("code_verifier").is_some() && code.form_value("resource").as_deref() == Some(resource));
        let refresh = self.token_request("refresh_token");
        assert!(refresh.form_value("refresh_token").is_some_and(|token| !server.is_active(&token)), "it has rotated");

        let tokens: Vec<&str> = outcome["tokens"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        let [first, second] = tokens[..] else { panic!("two tokens: {tokens:?}") };
        assert!(first != second && server.is_active(second));
        let answers = outcome["answers"].as_array().unwrap();
        assert_eq!(answers.len(), 2);
        for answer in answers {
            assert_eq!((&answer["sub"], answer["client_id"].as_str()), (&"alice".into(), Some(client_id)));
            assert_eq!(answer["aud"], resource);
        }
        assert_eq!((api.counters().accepted, server.counters().token_requests), (2, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openid_client_of_npm() {
    let stage = Stage::play(node("openid_client.mjs", "openid-client")).await;
    stage.check(&stage.api.url("/v1/whoami"), "client_secret_basic");
    assert_eq!(stage.outcome["id_token_subject"], "alice");
    assert_eq!(stage.outcome["userinfo"]["sub"], "alice");
    assert!(!stage.requests("/jwks").is_empty(), "the signature of the ID token is verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn mcp_client_in_typescript() {
    let stage = Stage::play(node("mcp_typescript.mjs", "@modelcontextprotocol/sdk")).await;
    // The challenge leads to the metadata of the whole API.
    stage.check(&stage.api.base_url(), "none");
}

#[tokio::test(flavor = "multi_thread")]
async fn mcp_client_in_python() {
    let stage = Stage::play(python("mcp_python.py")).await;
    stage.check(&stage.api.base_url(), "client_secret_post");
}
