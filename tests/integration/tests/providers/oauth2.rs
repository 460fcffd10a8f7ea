use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::prelude::*;
use rcgen::KeyPair;
use serde_json::{Value, json};

use crate::token_service::{TokenService, bearer, form_headers, headers};
use crate::{refusal, settings};

fn acme(service: &TokenService) -> ProviderSettings {
    settings([("client_id", "billing"), ("client_secret", "s3cret")]).with("token_endpoint", service.url("/as/token"))
}

/// The same without a credential.
fn anonymous(service: &TokenService) -> ProviderSettings {
    settings([("client_id", "billing")]).with("token_endpoint", service.url("/as/token"))
}

fn client(settings: ProviderSettings) -> ProviderClient {
    ProviderClient::connect("oauth2", settings).unwrap()
}

const LONG_SECRET: &str = "a-secret-of-sixty-four-bytes-which-is-what-HS512-needs-at-least!";

/// A key on P-256, in PEM.
fn private_key() -> String {
    KeyPair::generate().unwrap().serialize_pem()
}

/// The form's parameter.
fn parameter(body: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(body.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// Header and claims of the assertion.
fn assertion(body: &str) -> [Value; 2] {
    let jwt = parameter(body, "client_assertion").unwrap();
    let mut parts = jwt.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    [(); 2].map(|()| serde_json::from_slice(&parts.next().unwrap()).unwrap())
}

#[tokio::test]
async fn exact_request_with_everything() {
    let service = TokenService::answering([bearer("T1")]).await;
    let settings = acme(&service)
        .with("scopes", vec!["read", "write"])
        .with("audience", "api")
        .with("resource", "https://api.acme.dev");
    client(settings).get_token().await.unwrap();
    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/as/token"));
    let expected = headers([
        ("accept", "application/json"),
        ("authorization", "Basic YmlsbGluZzpzM2NyZXQ="),
        ("content-type", "application/x-www-form-urlencoded"),
    ]);
    assert_eq!(request.headers, expected);
    assert_eq!(
        request.body,
        "grant_type=client_credentials&scope=read+write&audience=api&resource=https%3A%2F%2Fapi.acme.dev"
    );
}

#[tokio::test]
async fn exact_request_with_the_secret_as_a_parameter() {
    let service = TokenService::answering([bearer("T1")]).await;
    client(acme(&service).with("token_endpoint_auth_method", "client_secret_post")).get_token().await.unwrap();
    let request = service.only();
    assert_eq!(request.headers, form_headers());
    assert_eq!(request.body, "grant_type=client_credentials&client_id=billing&client_secret=s3cret");
}

#[tokio::test]
async fn the_secret_signs_an_assertion_where_its_method_or_algorithm_is_named() {
    let method = ("token_endpoint_auth_method", "client_secret_jwt");
    let algorithm = ("token_endpoint_auth_signing_alg", "HS512");
    for (given, expected) in [(vec![method], "HS256"), (vec![algorithm], "HS512"), (vec![method, algorithm], "HS512")] {
        let service = TokenService::answering([bearer("T1")]).await;
        let settings = anonymous(&service).with("client_secret", LONG_SECRET);
        let settings = given.into_iter().fold(settings, |settings, (key, value)| settings.with(key, value));
        client(settings).get_token().await.unwrap();
        let [header, claims] = assertion(&service.only().body);
        assert_eq!((&header["alg"], &claims["iss"]), (&expected.into(), &"billing".into()));
    }
}

#[tokio::test]
async fn a_key_signs_an_assertion_from_a_file_or_given_itself() {
    let files = tempfile::tempdir().unwrap();
    let path = files.path().join("key.pem");
    std::fs::write(&path, private_key()).unwrap();
    let by_file = ("private_key_file", path.to_str().unwrap().to_owned());
    // The last as an environment variable has it.
    let written_out = private_key().replace('\n', "\\n");
    for (key, value) in [by_file, ("private_key", private_key()), ("private_key", written_out)] {
        let service = TokenService::answering([bearer("T1")]).await;
        let settings = anonymous(&service).with(key, value).with("private_key_id", "billing-1");
        client(settings.with("issuer", "https://as.example")).get_token().await.unwrap();
        let [header, claims] = assertion(&service.only().body);
        assert_eq!((&header["alg"], &header["kid"]), (&"ES256".into(), &"billing-1".into()));
        assert_eq!(claims["aud"], "https://as.example", "the issuer is whom it is for");
    }
}

/// A file that has no end, or is something else, is not read into memory: of each provider that takes the name of a file.
#[test]
fn a_key_file_is_as_long_as_keys_are() {
    let files = tempfile::tempdir().unwrap();
    let path = files.path().join("key.pem");
    std::fs::write(&path, "x".repeat(256 * 1024 + 1)).unwrap();
    let path = path.to_str().unwrap();
    let oauth2 = || settings([("client_id", "b"), ("token_endpoint", "https://as.example/token")]);
    let auth0 = || settings([("client_id", "b"), ("tenant", "acme.eu.auth0.com"), ("audience", "https://api.example")]);
    let keycloak = || settings([("client_id", "b"), ("base", "https://sso.acme.dev"), ("realm", "acme")]);
    for (provider, settings) in [
        ("oauth2", oauth2().with("private_key_file", path)),
        ("oauth2", oauth2().with("client_certificate_file", path)),
        ("auth0", auth0().with("private_key_file", path)),
        ("keycloak", keycloak().with("private_key_file", path)),
    ] {
        let said = refusal(provider, settings);
        assert!(said.contains("it is longer than 256 KiB"), "{provider}: {said}");
    }
    #[cfg(unix)]
    for endless in ["/dev/zero", "/dev"] {
        let said = refusal("oauth2", oauth2().with("private_key_file", endless));
        assert!(said.contains("it is no regular file"), "{said}");
    }
}

#[tokio::test]
async fn an_assertion_in_a_file_is_sent_as_it_is_then() {
    let files = tempfile::tempdir().unwrap();
    let path = files.path().join("token");
    let service = TokenService::answering([bearer("T1")]).await;
    let client = client(anonymous(&service).with("client_assertion_file", path.to_str().unwrap()));
    for text in ["one.two.three", "four.five.six"] {
        std::fs::write(&path, text).unwrap();
        client.get_token().await.unwrap();
        assert_eq!(parameter(service.bodies().last().unwrap(), "client_assertion").as_deref(), Some(text));
    }
}

#[tokio::test]
async fn a_client_without_a_secret_says_its_name_alone() {
    let files = tempfile::tempdir().unwrap();
    let path = files.path().join("client.pem");
    let key = KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(["client.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(&path, format!("{}{}", key.serialize_pem(), certificate.pem())).unwrap();
    let path = path.to_str().unwrap();
    for (key, value, method) in [
        ("token_endpoint_auth_method", "none", "none"),
        ("client_certificate_file", path, "tls_client_auth"),
        ("client_certificate_file", path, "self_signed_tls_client_auth"),
        ("client_certificate_file", path, "none"),
    ] {
        let service = TokenService::answering([bearer("T1")]).await;
        let settings = anonymous(&service).with("token_endpoint_auth_method", method).with(key, value);
        client(settings).get_token().await.unwrap();
        assert_eq!(service.only().body, "grant_type=client_credentials&client_id=billing");
    }
}

#[tokio::test]
async fn the_issuer_says_where_and_how() {
    let service = TokenService::answering([(500, json!({}))]).await;
    let issuer = service.url("");
    let metadata = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/found"),
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    });
    service.now_answer([(200, metadata), bearer("T1"), bearer("T2")]);
    let settings = settings([("client_id", "billing"), ("client_secret", "s3cret"), ("issuer", &issuer)]);
    let client = client(settings.with("scopes", vec!["read"]).with("audience", "api"));
    for token in ["T1", "T2"] {
        let answered = client.get_token().await;
        let answered = answered.unwrap_or_else(|error| panic!("{error}, after {:#?}", service.received()));
        assert_eq!(answered.access_token().secret(), token);
    }
    let asked = service.received();
    let paths: Vec<_> = asked.iter().map(|request| request.path_and_query.as_str()).collect();
    assert_eq!(paths, ["/.well-known/openid-configuration", "/found", "/found"], "the metadata is kept");
    assert_eq!(
        asked[1].body,
        "grant_type=client_credentials&scope=read&audience=api&client_id=billing&client_secret=s3cret"
    );
}

#[test]
fn what_is_asked_for_tells_two_discovered_clients_apart() {
    let print = |key: &str, value: &str| {
        let settings = settings([("client_secret", "s3cret"), ("client_id", "b"), ("issuer", "https://as.example")]);
        client(settings.with(key, value)).fingerprint()
    };
    let plain = print("client_id", "b");
    assert_eq!(plain, print("client_id", "b"));
    let mut all = vec![plain];
    for (key, value) in
        [("client_id", "c"), ("issuer", "https://as.example/2"), ("audience", "a"), ("resource", "https://a")]
    {
        all.push(print(key, value));
    }
    let scopes = settings([("client_secret", "s3cret"), ("client_id", "b"), ("issuer", "https://as.example")]);
    all.push(client(scopes.with("scopes", vec!["read"])).fingerprint());
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[test]
fn what_is_wrong_is_named() {
    let without = settings([("audience", "api")]);
    assert!(refusal("oauth2", without).contains("missing: `client_id`"));
    let nowhere = refusal("oauth2", settings([("client_id", "b"), ("client_secret", "s")]));
    assert!(nowhere.contains("missing: `token_endpoint` or `issuer`"), "{nowhere}");

    let key = private_key();
    let base = || settings([("client_id", "b"), ("token_endpoint", "https://as.example/token")]);
    let with = |given: &[(&str, &str)]| {
        let said = refusal("oauth2", given.iter().fold(base(), |settings, (key, value)| settings.with(*key, *value)));
        assert!(!said.contains("s3cret") && !said.contains("PRIVATE KEY-----M"), "{said}");
        said
    };
    let secret = ("client_secret", "s3cret");
    let method = |name| ("token_endpoint_auth_method", name);
    for (given, expected) in [
        (
            &[][..],
            "missing: `client_secret` or `private_key_file` or `private_key` or `client_assertion_file` or `client_assertion` or `client_certificate_file`",
        ),
        (&[secret, ("token_endpoint", "http://as.example/token")], "`token_endpoint`: "),
        (&[secret, ("issuer", "no issuer")], "`issuer`: "),
        (&[secret, ("client_id", " ")], "empty: `client_id`"),
        (&[secret, ("private_key", "")], "empty: `private_key`"),
        (&[secret, ("private_key", &key)], "more than one of `client_secret`, `private_key` is given"),
        (
            &[secret, method("basic")],
            "write client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt",
        ),
        (
            &[secret, method("private_key_jwt")],
            "needs `private_key_file`, `private_key`, `client_assertion_file` or `client_assertion`",
        ),
        (&[secret, method("none")], "needs no secret and no key"),
        (
            &[secret, ("client_assertion_subject", "billing")],
            "`client_assertion_subject`: it says whose the assertion of `client_assertion_file` or `client_assertion` is",
        ),
        (&[("client_assertion_file", "/t"), ("client_assertion_subject", " ")], "empty: `client_assertion_subject`"),
        // All at once.
        (&[("client_assertion_subject", "b"), ("issuer", "no issuer")], "`client_assertion_subject`: "),
        (&[("client_assertion_subject", "b"), ("issuer", "no issuer")], "`issuer`: "),
        (&[("client_assertion_subject", "b"), ("issuer", "no issuer")], "missing: `client_secret` or "),
        (&[secret, method("tls_client_auth")], "needs `client_certificate_file`"),
        (&[("private_key", &key), method("client_secret_post")], "needs `client_secret`"),
        (&[method("client_secret_basic")], "needs `client_secret`"),
        (&[secret, ("token_endpoint_auth_signing_alg", "ES256")], "`token_endpoint_auth_signing_alg`: "),
        (&[("private_key", &key), ("token_endpoint_auth_signing_alg", "RS256")], "`token_endpoint_auth_signing_alg`: "),
        (&[("private_key", &key), ("token_endpoint_auth_signing_alg", "X")], "`token_endpoint_auth_signing_alg`: "),
        (&[("private_key", "s3cret")], "`private_key`: "),
        (&[("private_key_file", "/nowhere/key.pem")], "`private_key_file`: \"/nowhere/key.pem\" cannot be read"),
        (
            &[("client_certificate_file", "/nowhere/c.pem")],
            "`client_certificate_file`: \"/nowhere/c.pem\" cannot be read",
        ),
    ] {
        let said = with(given);
        assert!(said.contains(expected), "{given:?}: {said}");
    }
}
