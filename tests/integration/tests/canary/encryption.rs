//! Decryption keys, and what comes out when they decrypt.

use grantkit::Client;
use grantkit::discovery::ServerMetadata;
use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm};
use grantkit::oidc::LogoutTokenVerifier;
use serde_json::json;

use crate::flows::server;
use crate::watch::Watch;

/// RFC 7520 §5.5: key, text and what it says.
const PRIVATE_KEY: &str = r#"{ "kty": "EC", "crv": "P-256", "x": "Ze2loSV3wrroKUN_4zhwGhCqo3Xhu1td4QjeQ5wIVR0",
    "y": "HlLtdXARY_f55A3fnzQbPcm6hgr34Mp8p-nuzQCE0Zw", "d": "r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8" }"#;
const TOKEN: &str = "eyJhbGciOiJFQ0RILUVTIiwia2lkIjoibWVyaWFkb2MuYnJhbmR5YnVja0BidWNrbGFuZC5leGFtcGxlIiwiZXBrIjp7Imt0eSI6IkVDIi\
                     wiY3J2IjoiUC0yNTYiLCJ4IjoibVBVS1RfYkFXR0hJaGcwVHBqanFWc1AxclhXUXVfdndWT0hIdE5rZFlvQSIsInkiOiI4QlFBc0ltR2VB\
                     UzQ2ZnlXdzVNaFlmR1RUMElqQnBGdzJTUzM0RHY0SXJzIn0sImVuYyI6IkExMjhDQkMtSFMyNTYifQ..yc9N8v5sYyv3iGQT926IUg.BoD\
                     lwPnTypYq-ivjmQvAYJLb5Q6l-F3LIgQomlz87yW4OPKbWE1zSTEFjDfhU9IPIOSA9Bml4m7iDFwA-1ZXvHteLDtw4R1XRGMEsDIqAYts\
                     kTTmzmzNa-_q4F_evAPUmwlO-ZG45Mnq4uhM1fm_D9rBtWolqZSF3xGNNkpOMQKF1Cl8i8wjzRli7-IXgyirlKQsbhhqRzkv8IcY6aHl24\
                     j03C-AR2le1r7URUhArM79BY8soZU0lzwI-sD5PZ3l4NDCCei9XkoIAfsXJWmySPoeRb2Ni5UZL4mYpvKDiwmyzGd65KqVw7MsFfI_K767\
                     G9C9Azp73gKZD0DyUn1mn0WW5LmyX_yJ-3AROq8p1WZBfG-ZyJ6195_JGG2m9Csg.WCCkNa-x4BeB9hIDIfFuhg";
const PLAINTEXT: &str = "You can trust us";

#[tokio::test]
async fn decryption_keys_and_what_they_decrypt_show_no_secret() {
    let mut watch = Watch::start();
    watch.secret("r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8");
    watch.secret("CANARY-secret-to-derive-from");
    watch.secret(PLAINTEXT);
    let key = DecryptionKey::from_jwk(PRIVATE_KEY).unwrap();
    let secret = DecryptionKey::from_client_secret("CANARY-secret-to-derive-from");
    watch.show(&(&key, &secret, key.public_jwk(), secret.public_jwk()));

    let decrypted = key.decrypt(TOKEN).unwrap();
    watch.show(&decrypted);
    for (key, text) in [(&key, &TOKEN[..TOKEN.len() - 1]), (&key, &TOKEN.replacen("WCC", "WCD", 1)), (&secret, TOKEN)] {
        watch.error(&key.decrypt(text).unwrap_err());
    }
    for jwk in
        [PRIVATE_KEY.replace("\"Ze2", "\"Ze3"), PRIVATE_KEY.replace("P-256", "P-384"), format!("{PRIVATE_KEY}}}")]
    {
        watch.error(&DecryptionKey::from_jwk(&jwk).unwrap_err());
    }

    let builder = Client::builder()
        .client_id("billing")
        .public()
        .decryption_key(key.clone())
        .decryption_key(secret)
        .id_token_encrypted_response_alg(KeyManagementAlgorithm::EcdhEs);
    watch.show(&builder);
    let server = server().await;
    let client = builder.discover(&server.issuer()).await.unwrap();
    watch.show(&client);
    watch.show(&(client.userinfo().unwrap(), client.introspection().unwrap(), client.logout_token_verifier().unwrap()));

    // What is no JWT within is not quoted.
    let metadata = json!({ "issuer": "https://as.example", "jwks_uri": "https://as.example/jwks" });
    let metadata: ServerMetadata = serde_json::from_value(metadata).unwrap();
    let verifier = LogoutTokenVerifier::from_metadata(&metadata, "billing").unwrap().decryption_key(key);
    watch.error(&verifier.verify(TOKEN).await.unwrap_err());
    watch.show(&verifier);
    watch.finish();
}
