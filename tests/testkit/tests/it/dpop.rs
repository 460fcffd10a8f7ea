//! Proof of possession (RFC 9449), with proofs that another library signs.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::header::WWW_AUTHENTICATE;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::{BILLING, CHALLENGE, CLI_CALLBACK, VERIFIER, form, http, json as body, server, text};

struct Key {
    jwk: Value,
    key: EncodingKey,
}

impl Key {
    fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = pair.public_key().as_ref();
        let [x, y] = [&point[1..33], &point[33..]].map(|number| URL_SAFE_NO_PAD.encode(number));
        let key = EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref());
        Self { jwk: json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y }), key }
    }

    fn jkt(&self) -> String {
        let member = |name: &str| self.jwk[name].as_str().unwrap();
        let (x, y) = (member("x"), member("y"));
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
    }

    fn sign(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("dpop+jwt".to_owned());
        header.jwk = Some(serde_json::from_value(self.jwk.clone()).unwrap());
        jsonwebtoken::encode(&header, claims, &self.key).unwrap()
    }
}

/// A good proof for a request, but for `changed`.
fn claims(method: &str, url: &str, token: Option<&str>, changed: &Value) -> Value {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let jti = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
    let iat = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let mut claims = json!({ "jti": jti, "htm": method, "htu": url, "iat": iat });
    if let Some(token) = token {
        claims["ath"] = URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes())).into();
    }
    claims.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    claims
}

async fn ask(server: &AuthorizationServer, parameters: &[(&str, &str)], proof: &str) -> Response {
    let request = http().post(server.token_endpoint()).basic_auth(BILLING.0, Some(BILLING.1)).header("dpop", proof);
    form(request, parameters).send().await.unwrap()
}

async fn ask_as_cli(server: &AuthorizationServer, parameters: &[(&str, &str)], key: &Key) -> Response {
    let parameters = [&[("client_id", "cli")], parameters].concat();
    let proof = key.sign(&claims("POST", &server.token_endpoint(), None, &json!({})));
    form(http().post(server.token_endpoint()).header("dpop", proof), &parameters).send().await.unwrap()
}

const OWN: &[(&str, &str)] = &[("grant_type", "client_credentials")];

async fn bound_token(server: &AuthorizationServer, key: &Key) -> String {
    let answer = ask(server, OWN, &key.sign(&claims("POST", &server.token_endpoint(), None, &json!({})))).await;
    let answer = body(answer).await;
    assert_eq!(answer["token_type"], "DPoP");
    text(&answer, "access_token")
}

async fn call(api: &ProtectedApi, scheme: &str, token: &str, proof: Option<String>) -> Response {
    let mut request =
        http().request(Method::GET, api.url("/v1/whoami?a=b")).header("authorization", format!("{scheme} {token}"));
    if let Some(proof) = proof {
        request = request.header("dpop", proof);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_bound_token_is_of_use_with_its_key_alone() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let (key, other) = (Key::new(), Key::new());
    let token = bound_token(&server, &key).await;
    let good = || claims("GET", &api.url("/v1/whoami"), Some(&token), &json!({}));
    assert_eq!(call(&api, "DPoP", &token, Some(key.sign(&good()))).await.status(), 200);

    for (scheme, proof, error) in [
        ("Bearer", None, r#"Bearer error="invalid_token""#),
        ("Bearer", Some(key.sign(&good())), r#"Bearer error="invalid_token""#),
        ("DPoP", None, r#"DPoP error="invalid_token""#),
        ("DPoP", Some(other.sign(&good())), r#"DPoP error="invalid_token""#),
    ] {
        let answer = call(&api, scheme, &token, proof).await;
        assert_eq!(answer.status(), 401);
        let challenge = answer.headers()[WWW_AUTHENTICATE].to_str().unwrap();
        assert!(challenge.starts_with(error), "{challenge}");
    }

    let request = http().post(server.introspection_endpoint()).basic_auth(BILLING.0, Some(BILLING.1));
    let seen = body(form(request, &[("token", &token)]).send().await.unwrap()).await;
    assert_eq!((&seen["token_type"], &seen["cnf"]["jkt"]), (&json!("DPoP"), &json!(key.jkt())));
}

#[tokio::test]
async fn a_proof_is_for_one_request() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let key = Key::new();
    let token = bound_token(&server, &key).await;
    let url = api.url("/v1/whoami");
    let once = key.sign(&claims("GET", &url, Some(&token), &json!({})));
    assert_eq!(call(&api, "DPoP", &token, Some(once.clone())).await.status(), 200);
    let with = |changed: Value| key.sign(&claims("GET", &url, Some(&token), &changed));
    let bad = [
        once,
        with(json!({ "htm": "POST" })),
        with(json!({ "htu": api.url("/v1/whoami?a=b") })),
        with(json!({ "ath": "other" })),
        with(json!({ "iat": 1 })),
        key.sign(&claims("GET", &url, None, &json!({}))),
        format!("{}x", with(json!({}))),
        "none".to_owned(),
    ];
    for proof in bad {
        let answer = call(&api, "DPoP", &token, Some(proof.clone())).await;
        assert_eq!(answer.status(), 401, "{proof}");
        assert!(answer.headers()[WWW_AUTHENTICATE].to_str().unwrap().contains("invalid_dpop_proof"));
    }
    let answer = ask(&server, OWN, &key.sign(&claims("GET", &server.token_endpoint(), None, &json!({})))).await;
    assert_eq!((answer.status().as_u16(), body(answer).await["error"].clone()), (400, json!("invalid_dpop_proof")));
}

#[tokio::test]
async fn nonces_are_asked_for_by_each_server_for_itself() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let key = Key::new();
    let token = bound_token(&server, &key).await;
    server.renew_dpop_nonce().unwrap();
    api.renew_dpop_nonce().unwrap();
    let nonce = |answer: &Response| answer.headers()["dpop-nonce"].to_str().unwrap().to_owned();

    let of_request = |changed: Value| key.sign(&claims("POST", &server.token_endpoint(), None, &changed));
    let answer = ask(&server, OWN, &of_request(json!({}))).await;
    let of_server = nonce(&answer);
    assert_eq!((answer.status().as_u16(), body(answer).await["error"].clone()), (400, json!("use_dpop_nonce")));
    assert_eq!(ask(&server, OWN, &of_request(json!({ "nonce": of_server }))).await.status(), 200);

    let of_call = |changed: Value| Some(key.sign(&claims("GET", &api.url("/v1/whoami"), Some(&token), &changed)));
    let answer = call(&api, "DPoP", &token, of_call(json!({ "nonce": of_server }))).await;
    assert!(answer.headers()[WWW_AUTHENTICATE].to_str().unwrap().starts_with(r#"DPoP error="use_dpop_nonce""#));
    let of_api = nonce(&answer);
    assert_ne!(of_api, of_server);
    assert_eq!(call(&api, "DPoP", &token, of_call(json!({ "nonce": of_api }))).await.status(), 200);
    api.renew_dpop_nonce().unwrap();
    assert_eq!(call(&api, "DPoP", &token, of_call(json!({ "nonce": of_api }))).await.status(), 401);
}

#[tokio::test]
async fn a_code_and_the_refresh_token_of_a_public_client_are_bound_too() {
    let server = server().await;
    let (key, other) = (Key::new(), Key::new());
    let jkt = key.jkt();
    let query = crate::support::encode(&[
        ("response_type", "code"),
        ("client_id", "cli"),
        ("redirect_uri", CLI_CALLBACK),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("dpop_jkt", &jkt),
    ]);
    let page = http().get(format!("{}?{query}", server.authorization_endpoint())).send().await.unwrap();
    let back = reqwest::Url::parse(page.headers()["location"].to_str().unwrap()).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let parameters = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CLI_CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(body(ask_as_cli(&server, &parameters, &other).await).await["error"], "invalid_grant");
    let answer = body(ask_as_cli(&server, &parameters, &key).await).await;
    let refresh_token = text(&answer, "refresh_token");
    let parameters = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
    assert_eq!(body(ask_as_cli(&server, &parameters, &other).await).await["error"], "invalid_grant");
    assert_eq!(body(ask_as_cli(&server, &parameters, &key).await).await["token_type"], "DPoP");
}
