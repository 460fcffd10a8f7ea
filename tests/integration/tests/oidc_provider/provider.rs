//! The bundled provider `oauth2`, by name, with each way to authenticate that this server knows.

use grantkit::prelude::*;
use grantkit_providers as _;
use rcgen::KeyPair;
use serde_json::json;

use crate::real_server::RealServer;

fn connect(server: &RealServer, client_id: &str, given: &[(&str, &str)]) -> ProviderClient {
    let settings = ProviderSettings::new()
        .with("client_id", client_id)
        .with("issuer", server.issuer())
        .with("scopes", vec!["read"]);
    let settings = given.iter().fold(settings, |settings, (key, value)| settings.with(*key, *value));
    ProviderClient::connect("oauth2", settings).unwrap()
}

#[tokio::test]
async fn provider_is_found_by_its_issuer_and_accepted_by_every_method() {
    let pem = KeyPair::generate().unwrap().serialize_pem();
    let key = grantkit::keys::SigningKey::from_pem(&pem).unwrap().with_key_id("k-1");
    let clients = json!([{ "client_id": "private-key-jwt", "jwks": { "keys": [key.public_jwk()] } }]);
    let server = RealServer::oidc_provider().setting("CLIENTS", &clients.to_string()).start();
    let files = tempfile::tempdir().unwrap();
    let path = files.path().join("key.pem");
    std::fs::write(&path, &pem).unwrap();
    let path = path.to_str().unwrap();
    let secret = ("client_secret", server.secret());
    let method = |name| ("token_endpoint_auth_method", name);
    for (client_id, given) in [
        ("basic", &[secret][..]),
        ("post", &[secret, method("client_secret_post")]),
        ("secret-jwt", &[secret, method("client_secret_jwt")]),
        ("secret-jwt", &[secret, ("token_endpoint_auth_signing_alg", "HS512")]),
        ("private-key-jwt", &[("private_key", pem.as_str()), ("private_key_id", "k-1")]),
        ("private-key-jwt", &[("private_key_file", path), method("private_key_jwt")]),
    ] {
        let token = connect(&server, client_id, given).get_token().await.unwrap();
        assert_eq!(token.scope(), Some("read"), "{client_id} {given:?}");
    }
    let wrong = connect(&server, "secret-jwt", &[secret]).get_token().await.unwrap_err();
    assert_eq!(wrong.oauth_code(), Some("invalid_client"), "it was registered for another method: {wrong}");
}
