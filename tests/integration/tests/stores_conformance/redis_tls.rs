//! Redis over TLS, with a CA of one's own and with a client certificate.

use std::path::Path;

use grantkit::store::TokenStore as _;
use grantkit_integration_tests::certificates::{Issued, issuer};

use crate::kept::{kept, key, record, sealing_key};
use crate::redis_server::{RedisServer, free_port};
use crate::redis_store::patient;

fn write(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn tls_is_used_and_certificates_are_checked() {
    let (ca, other_ca, folder) = (issuer("ca.example"), issuer("ca.example"), tempfile::tempdir().unwrap());
    let server = Issued::by(&ca, "localhost");
    let client = Issued::by(&ca, "client.example");
    let port = free_port();
    let redis = RedisServer::start_with(&[
        "--tls-port",
        &port.to_string(),
        "--tls-cert-file",
        &write(folder.path(), "server.pem", &server.certificate.pem()),
        "--tls-key-file",
        &write(folder.path(), "server.key", &server.key.serialize_pem()),
        "--tls-ca-cert-file",
        &write(folder.path(), "ca.pem", &ca.pem()),
        "--tls-auth-clients",
        "yes",
    ]);
    let builder = || patient(format!("rediss://localhost:{port}"), sealing_key());
    let store = builder()
        .root_certificate(ca.pem())
        .client_certificate(client.certificate.pem(), client.key.serialize_pem())
        .connect()
        .await
        .unwrap();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert_eq!(kept(&store, "billing").await, Some((1, "token".to_owned())));
    let listening = store.lease(&key("billing"), std::time::Duration::from_mins(1)).await.unwrap().unwrap();
    listening.release().await.unwrap();

    // A server whose CA is not trusted, and a client without a certificate.
    let stranger = builder().root_certificate(other_ca.pem());
    let stranger = stranger.client_certificate(client.certificate.pem(), client.key.serialize_pem());
    assert!(stranger.connect().await.unwrap_err().is_retryable());
    assert!(builder().root_certificate(ca.pem()).connect().await.unwrap_err().is_retryable());
    let unreadable = builder().root_certificate("no PEM").build();
    assert!(unreadable.unwrap_err().is_configuration());
    drop(redis);
}
