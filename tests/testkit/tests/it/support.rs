//! A client by hand: reqwest without redirects, forms and JSON spelt out.

use std::time::{Duration, Instant};

use grantkit_testkit::{AuthorizationServer, AuthorizationServerBuilder};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;
use url::Url;

pub(crate) const BILLING: (&str, &str) = ("billing", "s3cret");
pub(crate) const BILLING_CALLBACK: &str = "https://app.example/cb";
pub(crate) const CLI_CALLBACK: &str = "http://127.0.0.1:49152/callback";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A server with a confidential client, `billing`, and a public one, `cli`.
pub(crate) fn builder() -> AuthorizationServerBuilder {
    AuthorizationServer::builder()
        .confidential_client(BILLING.0, BILLING.1)
        .redirect_uri(BILLING.0, BILLING_CALLBACK)
        .public_client("cli", ["http://127.0.0.1/callback"])
}

pub(crate) async fn server() -> AuthorizationServer {
    builder().start().await.unwrap()
}

pub(crate) fn http() -> Client {
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

pub(crate) fn encode(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

pub(crate) fn form(request: RequestBuilder, parameters: &[(&str, &str)]) -> RequestBuilder {
    request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(encode(parameters))
}

pub(crate) async fn json(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

/// Asks the token endpoint as `billing`.
pub(crate) async fn ask(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Response {
    let request = http().post(server.token_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
    form(request, parameters).send().await.unwrap()
}

/// Asks the token endpoint as `cli`.
pub(crate) async fn ask_as_cli(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Response {
    let parameters = [&[("client_id", "cli")], parameters].concat();
    form(http().post(server.token_endpoint()), &parameters).send().await.unwrap()
}

/// Gets an access token for `billing` itself.
pub(crate) async fn client_token(server: &AuthorizationServer, scope: &str) -> String {
    let answer = json(ask(server, &[("grant_type", "client_credentials"), ("scope", scope)]).await).await;
    text(&answer, "access_token")
}

/// Sends the user to `/authorize` and returns where the browser is sent back to.
pub(crate) async fn authorize(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> Url {
    let url = format!("{}?{}", server.authorization_endpoint(), encode(parameters));
    let response = http().get(url).send().await.unwrap();
    assert_eq!(response.status(), 302);
    Url::parse(response.headers()[LOCATION].to_str().unwrap()).unwrap()
}

/// The parameters of a complete authorization request of `cli`, and more.
pub(crate) fn cli_login<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("response_type", "code"),
        ("client_id", "cli"),
        ("redirect_uri", CLI_CALLBACK),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    [&usual, more].concat()
}

/// Logs in and returns the code.
pub(crate) async fn code(server: &AuthorizationServer, parameters: &[(&str, &str)]) -> String {
    query(&authorize(server, parameters).await, "code").unwrap()
}

/// Redeems a code as `cli`.
pub(crate) async fn redeem(server: &AuthorizationServer, code: &str) -> Response {
    let parameters = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CLI_CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    ask_as_cli(server, &parameters).await
}

/// Logs in as `cli` and returns the token answer.
pub(crate) async fn login(server: &AuthorizationServer, scope: &str) -> Value {
    let code = code(server, &cli_login(&[("scope", scope), ("nonce", "n-1")])).await;
    let response = redeem(server, &code).await;
    assert_eq!(response.status(), 200);
    json(response).await
}

/// Refreshes as `cli`.
pub(crate) async fn refresh(server: &AuthorizationServer, token: &str, more: &[(&str, &str)]) -> Response {
    let parameters = [&[("grant_type", "refresh_token"), ("refresh_token", token)], more].concat();
    ask_as_cli(server, &parameters).await
}

pub(crate) fn text(answer: &Value, member: &str) -> String {
    answer[member].as_str().unwrap().to_owned()
}

pub(crate) fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Waits for this; a minute is for a machine that is very busy.
pub(crate) async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let gives_up = Instant::now() + Duration::from_mins(1);
    while !is_so().await {
        assert!(Instant::now() < gives_up, "waited in vain");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Checks that a response is the OAuth error that is expected.
pub(crate) async fn assert_error(response: Response, status: u16, error: &str) {
    assert_eq!(response.status(), status);
    assert_eq!(json(response).await["error"], error);
}
