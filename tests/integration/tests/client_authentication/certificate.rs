//! The certificate that a client presents (RFC 8705): a server over TLS asks for one and takes no other.

use std::sync::Arc;

use grantkit::transport::Transport;
use grantkit::{ApiClient, Client, Error};
use grantkit_integration_tests::certificates::{Issued, Issuer, issuer};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use crate::support::{all_said, verdict};

/// A certificate that no server has to trust.
pub(crate) fn client_certificate() -> String {
    Issued::by(&issuer("ca.example"), "client.example").pem()
}

/// A token endpoint over TLS, for clients with a certificate of a CA.
struct TlsServer {
    url: String,
    ca: Issuer,
    /// The certificate of each request and its body.
    requests: mpsc::UnboundedReceiver<(Vec<u8>, String)>,
}

impl TlsServer {
    async fn start(clients: &Issuer) -> Self {
        let ca = issuer("server-ca.example");
        let own = Issued::by(&ca, "localhost");
        let mut roots = RootCertStore::empty();
        roots.add(clients.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap();
        let key = PrivateKeyDer::from_pem_slice(own.key.serialize_pem().as_bytes()).unwrap();
        let certificate: CertificateDer<'static> = own.certificate.der().clone();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/token", listener.local_addr().unwrap().port());
        let (sender, requests) = mpsc::unbounded_channel();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(acceptor.clone(), stream, sender.clone()));
            }
        });
        Self { url, ca, requests }
    }

    /// A transport that trusts this server, with that certificate or none.
    fn transport(&self, certificate: Option<&str>) -> Transport {
        let transport =
            Transport::builder().root_certificates_only(self.ca.pem()).configure(reqwest::ClientBuilder::no_proxy);
        match certificate {
            Some(pem) => transport.client_certificate(pem).build().unwrap(),
            None => transport.build().unwrap(),
        }
    }

    fn client(&self, certificate: Option<&str>) -> Client<grantkit::client::Endpoints> {
        self.client_over(self.transport(certificate))
    }

    fn client_over(&self, transport: Transport) -> Client<grantkit::client::Endpoints> {
        Client::builder()
            .client_id("billing")
            .tls_client_auth()
            .token_endpoint(&self.url)
            .unwrap()
            .transport(transport)
            .build()
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, sender: mpsc::UnboundedSender<(Vec<u8>, String)>) {
    // A client that is refused is none of the server's business.
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let certificate = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    // One request, whose body has no end of its own but is not empty.
    while !request.windows(4).any(|window| window == b"\r\n\r\n") || request.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut buffer).await.unwrap();
        request.extend_from_slice(&buffer[..read]);
    }
    let request = String::from_utf8(request).unwrap();
    let body = request.split_once("\r\n\r\n").unwrap().1.to_owned();
    sender.send((certificate, body)).unwrap();
    let token = r#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#;
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{token}", token.len());
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_certificate_is_presented_and_the_request_has_the_client_id_alone() {
    let clients = issuer("clients.example");
    let mut server = TlsServer::start(&clients).await;
    let certificate = Issued::by(&clients, "client.example");
    let client = server.client(Some(&certificate.pem()));
    client.client_credentials().scope("read").get_token().await.unwrap();
    let (presented, body) = server.requests.recv().await.unwrap();
    assert_eq!(presented, certificate.certificate.der().to_vec());
    assert_eq!(body, "grant_type=client_credentials&scope=read&client_id=billing");
}

#[tokio::test]
async fn an_api_client_takes_over_what_the_transport_was_given() {
    let clients = issuer("clients.example");
    let mut server = TlsServer::start(&clients).await;
    let certificate = Issued::by(&clients, "client.example");
    let transport = server.transport(Some(&certificate.pem()));
    let credentials = server.client_over(transport.clone()).client_credentials().credentials("one-certificate");
    let api = ApiClient::builder(&server.url, credentials.clone()).transport(&transport).build().unwrap();
    let answer: serde_json::Value = api.post("invoices").json(&1).fetch().await.unwrap();
    assert_eq!(answer["token_type"], "Bearer");
    for _ in ["token", "invoices"] {
        let (presented, _) = server.requests.recv().await.unwrap();
        assert_eq!(presented, certificate.certificate.der().to_vec());
    }

    let twice = ApiClient::builder(&server.url, credentials).transport(&transport);
    let error = twice.client_certificate(certificate.pem()).build().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.transport(..)`"), "{error}");
}

#[tokio::test]
async fn without_a_certificate_or_with_another_one_there_is_no_token() {
    let clients = issuer("clients.example");
    let mut server = TlsServer::start(&clients).await;
    let foreign = client_certificate();
    for certificate in [None, Some(foreign.as_str())] {
        let error = server.client(certificate).client_credentials().get_token().await.unwrap_err();
        // TLS 1.3 refuses a client only after it thinks that it is connected.
        assert!(error.is_retryable(), "{error:?}");
    }
    assert!(server.requests.try_recv().is_err(), "no request came through");
}

#[test]
fn certificate_without_a_key_is_refused_by_build() {
    let issued = Issued::by(&issuer("ca.example"), "client.example");
    let (key, certificate) = (issued.key.serialize_pem(), issued.certificate.pem());
    for pem in ["", "s3cret", &key, &certificate, &certificate.replace("MII", "s3cret")] {
        let error: Error = Transport::builder().client_certificate(pem).build().unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{error}");
        assert!(error.to_string().contains("client certificate"), "{error}");
        assert!(!all_said(&error).contains("s3cret"), "{error:?}");
    }
    // In either order.
    Transport::builder().client_certificate(format!("{certificate}{key}")).build().unwrap();
    Transport::builder().client_certificate(format!("{key}{certificate}")).build().unwrap();
}

#[test]
fn what_is_no_root_certificate_is_refused_when_the_transport_is_built() {
    let (one, other) = (issuer("one.example"), issuer("other.example"));
    let key = Issued::by(&one, "key.example").key.serialize_pem();
    for pem in
        ["", "s3cret", &key, &one.pem().replace("MII", "s3cret"), &format!("{}{}", one.pem(), &other.pem()[..90])]
    {
        let error = Transport::builder().root_certificates_only(pem).build().unwrap_err();
        assert_eq!(verdict(&error), ["configuration"], "{error}");
        assert!(error.to_string().contains("root certificates"), "{error}");
        assert!(!all_said(&error).contains("s3cret"), "{error:?}");
    }
    Transport::builder().root_certificates_only(format!("{}{}", one.pem(), other.pem())).build().unwrap();
}
