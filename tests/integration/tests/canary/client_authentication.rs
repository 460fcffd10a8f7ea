//! Secrets, keys and assertions by which a client proves who it is.

use grantkit::Client;
use grantkit::client_auth::AssertionFile;
use grantkit::keys::SigningKey;
use grantkit::transport::Transport;
use serde_json::json;

use crate::support::RawServer;
use crate::watch::Watch;

/// Long enough to sign with.
const SECRET: &str = "CANARY-client-secret-of-32-bytes-and-then-some";

/// The private half of a key, in each of its lines.
fn private_lines(watch: &mut Watch, pem: &str) {
    for line in pem.lines().filter(|line| !line.starts_with("-----")) {
        watch.secret(line);
    }
}

#[tokio::test]
async fn client_authentication_shows_no_secret() {
    let mut watch = Watch::start();
    watch.secret(SECRET);
    let pair = rcgen::KeyPair::generate().unwrap();
    private_lines(&mut watch, &pair.serialize_pem());
    let key = SigningKey::from_pem(pair.serialize_pem()).unwrap().with_key_id("k1");
    watch.show(&key);
    watch.say(&key.public_jwk());

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    std::fs::write(&path, "CANARY.assertion.from-outside").unwrap();
    watch.secret("CANARY.assertion.from-outside");
    let file = AssertionFile::new(&path);
    watch.show(&file);

    let certificate = rcgen::CertificateParams::new(["client.example".to_owned()]).unwrap().self_signed(&pair).unwrap();
    let presenting = Transport::builder().client_certificate(format!("{}{}", pair.serialize_pem(), certificate.pem()));
    watch.show(&presenting);
    let presenting = presenting.build().unwrap();
    watch.show(&presenting);

    // How every JWT begins.
    watch.secret("eyJhbGciOi");
    let token = json!({ "access_token": "CANARY-access-token", "token_type": "Bearer", "expires_in": 3600 });
    let good = answering("200 OK", &token).await;
    let quoting = json!({ "error": "invalid_client", "error_description": "no: CANARY.assertion.from-outside" });
    let refusing = answering("401 Unauthorized", &quoting).await;
    let at = |server: &RawServer| Client::builder().client_id("billing").token_endpoint(&server.url("/token")).unwrap();
    let builder = || at(&good);
    for (name, client) in [
        ("secret", builder().client_secret_jwt(SECRET).build()),
        ("key", builder().signing_key(key.clone()).build()),
        ("signer", builder().private_key_jwt(key.clone()).build()),
        ("file", builder().client_assertion(file.clone()).build()),
        ("certificate", builder().tls_client_auth().transport(presenting.clone()).build()),
    ] {
        let grant = client.client_credentials().scope(name);
        let credentials = grant.clone().credentials(format!("shows-no-secret-{name}"));
        watch.token(&credentials.token().await.unwrap());
        watch.show(&client);
        watch.show(&grant);
        watch.show(&credentials);
    }
    let refused = at(&refusing).client_assertion(file.clone()).build();
    watch.error(&refused.client_credentials().get_token().await.unwrap_err());
    watch.show(&builder().client_secret_jwt(SECRET));
    watch.show(&builder().signing_key(key.clone()));
    watch.show(&builder().private_key_jwt(key));
    watch.show(&builder().client_assertion(file));
    watch.error(&SigningKey::from_pem(pair.serialize_pem().replace("BEGIN", "BEGUN")).unwrap_err());
    watch
        .error(&SigningKey::from_jwk(&json!({ "kty": "OKP", "crv": "Ed25519", "d": SECRET }).to_string()).unwrap_err());
    watch.error(&SigningKey::from_jwk(&format!("{{\"kty\":{SECRET:?}")).unwrap_err());
    watch.finish();
}

/// A server that writes no log of its own, and answers always the same.
async fn answering(status: &str, body: &serde_json::Value) -> RawServer {
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close", body.len());
    RawServer::start(format!("{head}\r\n\r\n{body}")).await
}
