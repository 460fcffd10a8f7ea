//! A service that the testkit plays refuses what the service refuses: else the test of all providers could not fail.

use grantkit_testkit::{PlayedProvider, provider};
use reqwest::header::{LOCATION, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use url::Url;

const REDIRECT_URI: (&str, &str) = ("redirect_uri", "https://app.example/cb");
const CHALLENGE: (&str, &str) = ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
const S256: (&str, &str) = ("code_challenge_method", "S256");
const CODE: (&str, &str) = ("response_type", "code");

async fn play(name: &str) -> PlayedProvider {
    provider(name).start().await.unwrap()
}

fn client_id(played: &PlayedProvider) -> String {
    played.settings().text("client_id").unwrap().to_owned()
}

fn secret(played: &PlayedProvider) -> String {
    use secrecy::ExposeSecret as _;
    played.settings().secret("client_secret").unwrap().expose_secret().to_owned()
}

fn http() -> Client {
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

fn encoded(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

fn form(request: RequestBuilder, parameters: &[(&str, &str)]) -> RequestBuilder {
    request.header("content-type", "application/x-www-form-urlencoded").body(encoded(parameters))
}

/// What the browser comes back with; a page for the person where it does not come back.
async fn log_in(played: &PlayedProvider, path: &str, parameters: &[(&str, &str)]) -> Vec<(String, String)> {
    let id = client_id(played);
    let all = [&[("client_id", id.as_str()), CODE, REDIRECT_URI], parameters].concat();
    let response = http().get(format!("{}?{}", played.url(path), encoded(&all))).send().await.unwrap();
    match response.headers().get(LOCATION) {
        Some(location) => Url::parse(location.to_str().unwrap()).unwrap().query_pairs().into_owned().collect(),
        None => vec![("page".to_owned(), response.text().await.unwrap())],
    }
}

fn has(answer: &[(String, String)], name: &str, text: &str) -> bool {
    answer.iter().any(|(known, value)| known == name && value.contains(text))
}

async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn authorization_request_is_as_the_service_wants_it() {
    for (name, path, parameters, why) in [
        // Commas.
        ("strava", "/oauth/authorize", vec![("scope", "read profile:read_all")], "separated by"),
        // Spaces.
        ("spotify", "/authorize", vec![("scope", "a,b")], "separated by"),
        ("naver", "/oauth2.0/authorize", vec![("scope", "profile")], "no scopes here"),
        ("airtable", "/oauth2/v1/authorize", vec![("scope", "user.email:read")], "code_challenge is missing"),
        ("tiktok", "/v2/auth/authorize/", vec![("scope", "user.info.basic")], "there is no client_id here"),
        ("franceconnect", "/api/v2/authorize", vec![("scope", "openid"), CHALLENGE, S256], "nonce is missing"),
        ("notion", "/v1/oauth/authorize", vec![], "owner=user is missing"),
        (
            "slack",
            "/openid/connect/authorize",
            vec![("scope", "openid"), ("redirect_uri", "http://127.0.0.1/cb")],
            "twice",
        ),
    ] {
        let played = play(name).await;
        let answer = log_in(&played, path, &parameters).await;
        let told = has(&answer, "error_description", why) || has(&answer, "page", why);
        assert!(told && !has(&answer, "code", ""), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn client_authenticates_as_the_service_wants_it() {
    // By parameters alone.
    let facebook = play("facebook").await;
    let (id, secret_text) = (client_id(&facebook), secret(&facebook));
    let machine = [("grant_type", "client_credentials")];
    let url = facebook.url("/v24.0/oauth/access_token");
    let refused = form(http().post(&url).basic_auth(&id, Some("wrong")), &machine).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let named = [("client_id", id.as_str()), ("client_secret", secret_text.as_str()), machine[0]];
    assert_eq!(form(http().post(&url), &named).send().await.unwrap().status(), 200);
    // With the right secret, in the wrong place.
    let encoded: String = form_urlencoded::byte_serialize(secret_text.as_bytes()).collect();
    let misplaced = form(http().post(&url).basic_auth(&id, Some(&encoded)), &machine).send().await.unwrap();
    assert_eq!(misplaced.status(), 401);
}

#[tokio::test]
async fn token_request_is_as_the_service_wants_it() {
    // JSON, with a header.
    let notion = play("notion").await;
    let (id, secret_text) = (client_id(&notion), secret(&notion));
    let encoded: String = form_urlencoded::byte_serialize(secret_text.as_bytes()).collect();
    let ask = || http().post(notion.url("/v1/oauth/token")).basic_auth(&id, Some(&encoded));
    let body = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    let as_form = json_of(form(ask().header("Notion-Version", "2022-06-28"), &body).send().await.unwrap()).await;
    assert_eq!(as_form["error_description"], "the body is not application/json");
    let as_json = |request: RequestBuilder| {
        let body = json!({ "grant_type": "refresh_token", "refresh_token": "x" });
        request.header("content-type", "application/json").body(body.to_string())
    };
    let known = json_of(as_json(ask().header("Notion-Version", "2022-06-28")).send().await.unwrap()).await;
    assert_eq!(known["error"], "invalid_grant", "{known}");

    // A program that says who it is.
    let github = play("github").await;
    let nameless = form(http().post(github.url("/login/oauth/access_token")), &body).send().await.unwrap();
    assert!(json_of(nameless).await["error_description"].as_str().unwrap().contains("User-Agent"));
    let named = http().post(github.url("/login/oauth/access_token")).header(USER_AGENT, "test/1");
    let named = json_of(form(named, &body).send().await.unwrap()).await;
    assert!(!named["error_description"].as_str().unwrap().contains("User-Agent"), "{named}");
}

#[tokio::test]
async fn profile_and_api_want_the_token_where_the_service_does() {
    let token = "a token that nobody has";
    for (name, path) in
        [("instagram", "/me?fields=id,user_id,username,name,account_type,profile_picture_url"), ("soundcloud", "/me")]
    {
        let played = play(name).await;
        let refused = http().get(played.url(path)).bearer_auth(token).send().await.unwrap();
        assert_eq!(refused.status(), 401, "{name}");
    }
    let github = play("github").await;
    let elsewhere =
        http().get(github.url("/no/such/path/of/the/login")).header(USER_AGENT, "test/1").send().await.unwrap();
    assert!(elsewhere.status().is_client_error());
}

#[tokio::test]
async fn what_cannot_be_played_is_told() {
    assert_eq!(provider("no-such").start().await.unwrap_err().kind(), std::io::ErrorKind::NotFound);
    let unknown = provider("github").parameter("tenant", "acme").start().await.unwrap_err();
    assert!(unknown.to_string().contains("no parameter \"tenant\""), "{unknown}");
    let public = provider("facebook").public_client().start().await.unwrap_err();
    assert!(public.to_string().contains("no public clients"), "{public}");
}
