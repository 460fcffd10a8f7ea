//! Tokens that are bound to a key, and the proofs that go with them.

use grantkit::authorize::RedirectUri;
use grantkit::keys::{DpopKey, SigningKey};
use grantkit::{ApiClient, Client};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::support::{CALLBACK, RawServer};
use crate::watch::Watch;

/// RFC 7515 appendix A.3.1.
const PRIVATE_KEY: &str = r#"{ "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "d": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI" }"#;

/// How every proof begins: `{"alg":"ES256","typ":"dpop+jwt"`.
const ANY_PROOF: &str = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRwb3Arand0I";

async fn token_endpoint(access_token: &str, token_type: &str) -> RawServer {
    let body = format!(
        r#"{{"access_token":"{access_token}","token_type":"{token_type}","expires_in":3600,"refresh_token":"CANARY-refresh"}}"#
    );
    RawServer::start(format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ndpop-nonce: n\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    ))
    .await
}

#[tokio::test]
async fn proofs_and_their_key_show_no_secret() {
    let mut watch = Watch::start();
    watch.secret("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    watch.secret(ANY_PROOF);
    watch.secret("CANARY-unbound");
    let (server, other) =
        (token_endpoint("CANARY-bound", "DPoP").await, token_endpoint("CANARY-unbound", "Bearer").await);
    let key = DpopKey::from(SigningKey::from_jwk(PRIVATE_KEY).unwrap());
    watch.show(&key);
    watch.show(&key.public_jwk());
    let at = |server: &RawServer| {
        Client::builder().client_id("billing").public().token_endpoint(&server.url("/token")).unwrap().dpop(key.clone())
    };
    watch.error(&at(&other).build().client_credentials().get_token().await.unwrap_err());
    let builder = at(&server).authorization_endpoint(&server.url("/authorize")).unwrap();
    watch.show(&builder);
    let client = builder.build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    watch.show(&login);
    watch.show(&login.start().unwrap().1);

    let grant = client.client_credentials();
    let credentials = grant.credentials("proofs");
    watch.token(&credentials.token().await.unwrap());
    watch.error(&credentials.headers().await.unwrap_err());
    let url = Url::parse("https://api.example/a?key=CANARY-query").unwrap();
    watch.secret("CANARY-query");
    let headers = credentials.headers_for(&Method::GET, &url).await.unwrap();
    let mut asks = HeaderMap::new();
    asks.insert("www-authenticate", r#"DPoP error="use_dpop_nonce""#.parse().unwrap());
    asks.insert("dpop-nonce", "n".parse().unwrap());
    let again = headers.on_response(StatusCode::UNAUTHORIZED, &asks).await.unwrap().unwrap();
    for headers in [&headers, &again] {
        watch.show(headers);
        watch.show(&headers.proof());
        watch.show(&headers.clone().into_iter().collect::<HeaderMap>());
        watch.secret(headers.proof().unwrap().to_str().unwrap());
    }

    let challenge = r#"DPoP error="invalid_token CANARY-bound", error_description="CANARY-bound""#;
    let api = format!(
        "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: {challenge}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    let server = RawServer::start(api).await;
    let api = ApiClient::new(&server.url("/v1"), credentials).unwrap();
    watch.show(&api);
    watch.error(&api.get("a").send().await.unwrap_err());
    watch.finish();
}
