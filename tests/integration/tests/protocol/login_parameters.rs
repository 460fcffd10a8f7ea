//! The authorization request by its parameters: in the browser's address, pushed (RFC 9126), signed (RFC 9101).

use std::time::Duration;

use grantkit::authorize::{DisplayMode, Prompt, RedirectUri, ResponseMode};
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::{AuthorizationCode, Client};
use serde_json::json;
use url::Url;

use crate::support::{Answer, CALLBACK, Scripted, query, verdict};

fn login_at(endpoint: &str) -> AuthorizationCode {
    login_by_default(endpoint, &[])
}

fn login_by_default(endpoint: &str, prompts: &[Prompt]) -> AuthorizationCode {
    let client = Client::builder().client_id("app").client_secret_basic("s3cret");
    let client = client.token_endpoint("https://as.example/token").unwrap();
    let client = client.authorization_endpoint("https://as.example/authorize?tenant=7&client_id=no").unwrap();
    let client = client.pushed_authorization_request_endpoint(endpoint).unwrap();
    let client = client.issuer("https://as.example").unwrap().jwks_uri("https://as.example/jwks").unwrap();
    let client = prompts.iter().copied().fold(client, grantkit::client::ClientBuilder::default_prompt).build();
    client.authorization_code(RedirectUri::new(CALLBACK).unwrap())
}

fn login() -> AuthorizationCode {
    login_at("https://as.example/par")
}

fn names(url: &Url) -> Vec<String> {
    url.query_pairs().map(|(name, _)| name.into_owned()).collect()
}

#[test]
fn each_parameter_has_its_place_and_its_form() {
    let login = login().scope("openid").resource("https://a.example").resource("https://b.example");
    let login = login.authorization_details(&json!({ "type": "payment", "amount": 1 })).unwrap();
    let login = login.authorization_details(&[json!({ "type": "account" })]).unwrap();
    let login = login.prompt(Prompt::Login).prompt(Prompt::SelectAccount).max_age(Duration::from_millis(61_900));
    let login = login.acr_values(["gold", "silver"]).ui_locales(["de-CH", "fr"]).display(DisplayMode::Touch);
    let login = login.login_hint("alice@example.com").id_token_hint("e.y.J").response_mode(ResponseMode::FormPost);
    let login = login.claims(&json!({ "userinfo": { "name": null } })).unwrap().login_parameter("hd", "example.com");
    let (url, pending) = login.start().unwrap();
    let expected = "tenant response_type client_id state code_challenge code_challenge_method redirect_uri scope \
                    resource resource authorization_details response_mode prompt max_age acr_values ui_locales display \
                    login_hint id_token_hint claims hd nonce";
    assert_eq!(names(&url).join(" "), expected);
    for (name, value) in [
        ("authorization_details", r#"[{"amount":1,"type":"payment"},{"type":"account"}]"#),
        ("response_mode", "form_post"),
        ("prompt", "login select_account"),
        ("max_age", "61"),
        ("acr_values", "gold silver"),
        ("ui_locales", "de-CH fr"),
        ("display", "touch"),
        ("claims", r#"{"userinfo":{"name":null}}"#),
    ] {
        assert_eq!(query(&url, name).as_deref(), Some(value), "{name}");
    }
    let kept = serde_json::to_value(&pending).unwrap();
    assert_eq!((&kept["max_age"], &kept["acr_values"]), (&json!(61), &json!(["gold", "silver"])));
    assert_eq!(kept["response_mode"], "form_post");
    let shown = format!("{login:?}");
    for private in ["alice", "e.y.J"] {
        assert!(!shown.contains(private), "{shown}");
    }
}

/// A client's prompt, or a provider's, is for want of the program's, whichever way that is named.
#[test]
fn a_programs_prompt_replaces_the_default() {
    let prompt = |login: AuthorizationCode| query(&login.start().unwrap().0, "prompt").unwrap_or_default();
    let of_client = |prompts: &[Prompt]| login_by_default("https://as.example/par", prompts);
    let by_default = || of_client(&[Prompt::Consent]);
    assert_eq!(prompt(by_default()), "consent");
    assert_eq!(prompt(of_client(&[Prompt::Consent, Prompt::SelectAccount])), "consent select_account");
    assert_eq!(prompt(by_default().prompt(Prompt::None)), "none");
    assert_eq!(prompt(by_default().prompt(Prompt::Login).prompt(Prompt::Consent)), "login consent");
    assert_eq!(prompt(by_default().login_parameter("prompt", "login")), "login");
    assert_eq!(prompt(by_default().prompt(Prompt::Login)), "login");
    assert_eq!(prompt(login().prompt(Prompt::Consent).prompt(Prompt::Consent)), "consent");
}

#[test]
fn what_could_not_be_understood_or_checked_starts_no_login() {
    let openid = || login().scope("openid");
    for (login, word) in vec![
        (login().max_age(Duration::from_secs(1)), "max_age"),
        (login().acr_values(["gold"]), "acr_values"),
        (openid().acr_values(["gold silver"]), "acr_values"),
        (openid().ui_locales([""]), "ui_locales"),
        (openid().prompt(Prompt::None).prompt(Prompt::Login), "none"),
        (openid().prompt(Prompt::Login).login_parameter("prompt", "none"), "prompt"),
        (openid().login_parameter("max_age", "1"), "max_age"),
        (openid().login_parameter("response_mode", "query"), "response_mode"),
        (openid().login_parameter("request", "e.y.J"), "request"),
        (openid().login_parameter("request_uri", "urn:x"), "request_uri"),
        (login().hybrid(), "openid"),
        (openid().hybrid().response_mode(ResponseMode::Query), "query"),
    ] {
        let error = login.start().unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
    assert!(login().claims(&["no object"]).unwrap_err().is_configuration());
    for bad in [json!("text"), json!({ "no": "type" }), json!([{ "type": "a" }, 1])] {
        assert!(login().authorization_details(&bad).unwrap_err().is_configuration(), "{bad}");
    }
}

#[tokio::test]
async fn a_pushed_request_goes_to_the_server_and_its_name_to_the_browser() {
    let answer =
        json!({ "request_uri": "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c", "expires_in": 60 });
    let server = Scripted::start([Answer::json(201, &answer)]).await;
    let login = login_at(&server.url("/par")).scope("read").login_hint("alice");
    let (url, pending) = login.push().await.unwrap();
    assert_eq!(names(&url), ["tenant", "client_id", "request_uri"]);
    assert_eq!(query(&url, "request_uri").as_deref(), answer["request_uri"].as_str());
    let asked = server.only();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/par"));
    assert!(asked.headers.iter().any(|(name, value)| name == "authorization" && value.starts_with("Basic ")));
    let body: Vec<(String, String)> = form_urlencoded::parse(&asked.body).into_owned().collect();
    let sent: Vec<_> = body.iter().map(|(name, _)| name.as_str()).collect();
    let expected = "response_type client_id state code_challenge code_challenge_method redirect_uri scope login_hint";
    assert_eq!(sent.join(" "), expected);
    assert_eq!(body[2].1, pending.state());
    assert_eq!(pending.request_expires_in(), Some(Duration::from_mins(1)));
}

#[tokio::test]
async fn an_answer_that_names_no_request_is_none() {
    for (status, body) in [
        (201, json!({})),
        (201, json!({ "request_uri": "" })),
        (200, json!([])),
        (201, json!(["urn:a"])),
        (500, json!("oh")),
    ] {
        let server = Scripted::start([Answer::json(status, &body)]).await;
        let error = login_at(&server.url("/par")).push().await.unwrap_err();
        assert!(error.is_invalid_response() || status == 500 && error.is_retryable(), "{error}");
    }
    let server = Scripted::start([Answer::json(400, &json!({ "error": "invalid_request" }))]).await;
    assert_eq!(login_at(&server.url("/par")).push().await.unwrap_err().oauth_code(), Some("invalid_request"));
}

#[tokio::test]
async fn a_server_that_wants_requests_pushed_gets_no_other() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let issuer = server.base_url();
    let metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        "require_pushed_authorization_requests": true,
    });
    server
        .mock_async(|when, then| {
            when.path("/.well-known/openid-configuration");
            then.status(200).json_body(metadata.clone());
        })
        .await;
    let par = server
        .mock_async(|when, then| {
            when.method("POST").path("/par");
            then.status(201).json_body(json!({ "request_uri": "urn:x", "expires_in": 60 }));
        })
        .await;
    let client = Client::builder().client_id("app").public().discover(&issuer).await.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let error = login.start().unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("call `.push().await` instead of `.start()`"), "{error}");
    let (url, _) = login.push().await.unwrap();
    assert_eq!(names(&url), ["client_id", "request_uri"]);
    par.assert_async().await;
}

#[tokio::test]
async fn a_signed_request_needs_a_signer_and_an_issuer() {
    assert!(login().start_signed().await.unwrap_err().is_configuration());
    let key = || SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let (url, _) = login().scope("read").request_signer(key()).start_signed().await.unwrap();
    assert_eq!(names(&url), ["tenant", "client_id", "request"]);
    assert!(login().request_signer(key()).start().unwrap_err().is_configuration());
    let nameless = Client::builder().client_id("app").public().token_endpoint("https://as.example/token").unwrap();
    let nameless = nameless.authorization_endpoint("https://as.example/authorize").unwrap().build();
    let login = nameless.authorization_code(RedirectUri::new(CALLBACK).unwrap()).request_signer(key());
    assert!(login.start_signed().await.unwrap_err().to_string().contains("`.issuer(..)`"));
    assert!(login.push().await.unwrap_err().is_unsupported());
}
