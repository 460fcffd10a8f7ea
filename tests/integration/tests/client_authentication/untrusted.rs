//! A server whose certificate is not to be trusted: said as what it is, and not tried again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::transport::Transport;
use grantkit_integration_tests::certificates::{Issuer, issuer};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{client_at, verdict};

/// Takes connections over TLS, as `localhost`, and counts them.
async fn start(ca: &Issuer, change: impl FnOnce(&mut CertificateParams)) -> (u16, Arc<AtomicUsize>) {
    let key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
    change(&mut parameters);
    let certificate = parameters.signed_by(&key, ca).unwrap();
    let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            tokio::spawn(async move { acceptor.accept(stream).await.map(drop) });
        }
    });
    (port, connections)
}

#[tokio::test]
async fn a_certificate_that_is_not_to_be_trusted_is_said_so_and_not_tried_again() {
    let ca = issuer("ca.example");
    let root = reqwest::Certificate::from_pem(ca.pem().as_bytes()).unwrap();
    let trusting = Transport::builder().configure(move |http| http.tls_certs_only([root.clone()]).no_proxy());
    let trusting = trusting.build().unwrap();
    let stranger = issuer("another-ca.example");
    let other = reqwest::Certificate::from_pem(stranger.pem().as_bytes()).unwrap();
    let distrusting = Transport::builder().configure(move |http| http.tls_certs_only([other.clone()]).no_proxy());
    let distrusting = distrusting.build().unwrap();

    let (good, at_good) = start(&ca, |_| {}).await;
    let (expired, at_expired) = start(&ca, |certificate| {
        certificate.not_before = date_time_ymd(2000, 1, 1);
        certificate.not_after = date_time_ymd(2001, 1, 1);
    })
    .await;
    for (transport, host, port, connections, says) in [
        (&distrusting, "localhost", good, &at_good, "CA that is not trusted here"),
        (&trusting, "127.0.0.1", good, &at_good, "for another host name"),
        (&trusting, "localhost", expired, &at_expired, "has expired"),
    ] {
        let before = connections.load(Ordering::SeqCst);
        let client = grantkit::Client::builder()
            .client_id("billing")
            .client_secret_basic("s3cret")
            .transport(transport.clone())
            .token_endpoint(&format!("https://{host}:{port}/token"))
            .unwrap()
            .build();
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration", "connect"], "{error:?}");
        assert!(error.is_tls() && !error.is_outcome_unknown(), "{error:?}");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(connections.load(Ordering::SeqCst), before + 1, "{says}");
    }
}

#[tokio::test]
async fn debug_shows_the_chain_of_causes() {
    let free_port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let nobody = client_at(&format!("http://127.0.0.1:{free_port}/token?key=CANARY"));
    let error = nobody.client_credentials().get_token().await.unwrap_err();
    let shown = format!("{error:?}");
    assert!(shown.contains("causes") && shown.to_lowercase().contains("connection refused"), "{shown}");
    assert!(!shown.contains("CANARY"), "{shown}");
}
