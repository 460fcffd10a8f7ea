//! Logins whose ID token the test signs: of a server with many tenants, and of a device.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::keys::{Signer as _, SigningAlgorithm, SigningKey};
use grantkit::transport::Transport;
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, ID, SECRET, Scripted};

fn key() -> SigningKey {
    SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1")
}

fn keys(key: &SigningKey) -> Answer {
    Answer::json(200, &json!({ "keys": [key.public_jwk()] }))
}

/// A token response with an ID token of these claims, beside those that each has.
async fn token(key: &SigningKey, client_id: &str, claims: Value) -> Answer {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let mut all = json!({ "sub": "alice", "aud": client_id, "iat": now, "exp": now + 600 });
    all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&json!({ "alg": "ES256", "kid": "k1" })), part(&all));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).await.unwrap());
    let answer = json!({ "access_token": "t", "token_type": "Bearer", "id_token": format!("{message}.{signature}") });
    Answer::json(200, &answer)
}

/// Microsoft's `common` and `organizations`, from the metadata to the ID token.
#[tokio::test]
async fn login_at_the_issuer_of_all_tenants_is_of_its_id_tokens_tenant() {
    let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
    let server = Scripted::start([]).await;
    let issuer = server.url("/common/v2.0");
    let document = json!({
        "issuer": template,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "id_token_signing_alg_values_supported": ["ES256"],
        "response_types_supported": ["code"],
    });
    let key = key();
    let (own, other) = ("9188040d-6c67-4c5b-b112-36a304b66dad", "72f988bf-86f1-41af-91ab-2d7cd011db47");
    for (iss, tid, is_accepted) in [
        (own, json!(own), true),
        (other, json!(other), true),
        (other, json!(own), false),
        (own, Value::Null, false),
        ("{tenantid}", json!("{tenantid}"), false),
    ] {
        server.now_answer([Answer::json(200, &document)]);
        let discovery = ServerMetadata::discover(&issuer).issuer_template(template);
        let builder = Client::builder().client_id(ID).client_secret(SECRET);
        let builder = builder.transport(Transport::builder().build().unwrap());
        let client = builder.discover(discovery).await.unwrap();
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        let (url, pending) = login.start().unwrap();
        let nonce = url.query_pairs().find(|(name, _)| name == "nonce").unwrap().1.into_owned();
        let iss = template.replace("{tenantid}", iss);
        let claims = json!({ "iss": iss, "tid": tid, "nonce": nonce });
        server.now_answer([keys(&key), token(&key, ID, claims).await]);
        let callback = format!("code=c&state={}", pending.state());
        match login.finish(pending, callback).await {
            Ok(done) => assert!(is_accepted && done.claims().unwrap().issuer() == iss, "{iss} {tid}"),
            Err(error) => {
                assert!(!is_accepted && error.is_security() && error.to_string().contains("`iss`"), "{iss}: {error}");
            }
        }
    }
}

/// The keys come before the question that may spend the device code.
#[tokio::test]
async fn one_failed_fetch_of_the_keys_costs_no_login_of_a_device() {
    let key = key();
    let begun = json!({
        "device_code": "d", "user_code": "WDJB-MJHT", "verification_uri": "https://as.example/device",
        "expires_in": 1800, "interval": 1,
    });
    let server = Scripted::start([Answer::json(200, &begun)]).await;
    let grant = Client::builder()
        .client_id("tool")
        .public()
        .transport(Transport::builder().build().unwrap())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build()
        .device_authorization()
        .scope("openid");
    let device = grant.start().await.unwrap();
    let answer = token(&key, "tool", json!({ "iss": "https://as.example" })).await;
    // A failed fetch is two requests.
    server.now_answer([Answer::status(503), Answer::status(503), keys(&key), answer]);
    let done = grant.wait(device).await.unwrap();
    assert_eq!(done.claims().unwrap().subject(), "alice");
    let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths, ["/device", "/jwks", "/jwks", "/jwks", "/token"]);
}
