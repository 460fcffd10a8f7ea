//! A client that is known by its certificate (RFC 8705), over TLS: at the token endpoint, and at the API, to which the token is bound.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

use grantkit_integration_tests::certificates::{Issued, Issuer, issuer};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use crate::support::{Home, Ran};

/// An authorization server and its API, which ask for certificates of a CA and let others read the metadata alone.
struct TlsServer {
    issuer: String,
    /// The bodies of the token requests.
    requests: Arc<Mutex<Vec<String>>>,
}

impl TlsServer {
    fn start(own: &Issuer, clients: &Issuer) -> Self {
        let (listener, requests) = (TcpListener::bind("127.0.0.1:0").unwrap(), Arc::default());
        let issuer = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let server = Self { issuer: issuer.clone(), requests: Arc::clone(&requests) };
        let config = Arc::new(config(own, clients));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let tls = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
                let (issuer, requests) = (issuer.clone(), Arc::clone(&requests));
                thread::spawn(move || answer(tls, &issuer, &requests));
            }
        });
        server
    }
}

fn config(own: &Issuer, clients: &Issuer) -> ServerConfig {
    let certificate = Issued::by(own, "localhost");
    let mut roots = RootCertStore::empty();
    roots.add(clients.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let key = PrivateKeyDer::from_pem_slice(certificate.key.serialize_pem().as_bytes()).unwrap();
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
        .with_single_cert(vec![certificate.certificate.der().clone()], key)
        .unwrap()
}

/// One request; a client that breaks off is none of the server's business.
fn answer(tls: StreamOwned<ServerConnection, TcpStream>, issuer: &str, requests: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(tls);
    let (mut first, mut length, mut is_bearer) = (String::new(), 0, false);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        is_bearer |= line == "authorization: bearer a-token";
        length = line.strip_prefix("content-length:").map_or(length, |text| text.trim().parse().unwrap());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let has_certificate = reader.get_ref().conn.peer_certificates().is_some();
    let (status, answer) = match first.split(' ').nth(1)? {
        "/token" if has_certificate => {
            requests.lock().unwrap().push(String::from_utf8(body).unwrap());
            ("200 OK", json!({ "access_token": "a-token", "token_type": "Bearer", "expires_in": 3600 }))
        }
        "/token" => ("401 Unauthorized", json!({ "error": "invalid_client" })),
        "/v1/whoami" if has_certificate && is_bearer => ("200 OK", json!({ "name": "the client of the certificate" })),
        path if path.starts_with("/.well-known/") => {
            let methods = ["tls_client_auth"];
            let token_endpoint = format!("{issuer}/token");
            let metadata = json!({
                "issuer": issuer,
                "token_endpoint": token_endpoint,
                "token_endpoint_auth_methods_supported": methods,
            });
            ("200 OK", metadata)
        }
        _ => ("401 Unauthorized", json!({})),
    };
    let answer = answer.to_string();
    let head = format!("content-type: application/json\r\ncontent-length: {}\r\nconnection: close", answer.len());
    let mut tls = reader.into_inner();
    write!(tls, "HTTP/1.1 {status}\r\n{head}\r\n\r\n{answer}").ok()?;
    tls.conn.send_close_notify();
    tls.flush().ok()
}

/// A person's home, at a machine that trusts the server's CA.
struct Machine {
    home: Home,
    roots: PathBuf,
    certificate: PathBuf,
}

impl Machine {
    fn new(own: &Issuer, certificate: &Issued) -> Self {
        let home = Home::new();
        let (roots, file) = (home.path().join("roots.pem"), home.path().join("client.pem"));
        fs::write(&roots, own.pem()).unwrap();
        fs::write(&file, certificate.pem()).unwrap();
        Self { home, roots, certificate: file }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.home.command(arguments);
        command.env("SSL_CERT_FILE", &self.roots).env("SSL_CERT_DIR", self.home.path());
        Ran::of(command, "")
    }

    fn with_profile(self, server: &TlsServer) -> Self {
        let (file, api) =
            (format!("client_certificate_file={}", self.certificate.display()), format!("{}/v1", server.issuer));
        let add = ["profiles", "add", "job", "--issuer", &server.issuer, "--client-id", "a", "--api", &api];
        self.run(&[&add[..], &["--grant", "client_credentials", &file]].concat()).ok();
        self
    }
}

#[test]
fn a_certificate_is_presented_to_the_server_and_to_the_api() {
    let (own, clients) = (issuer("server-ca.example"), issuer("clients.example"));
    let server = TlsServer::start(&own, &clients);
    let machine = Machine::new(&own, &Issued::by(&clients, "client.example")).with_profile(&server);
    assert_eq!(machine.run(&["token"]).ok(), "a-token\n");
    let sent = server.requests.lock().unwrap().clone();
    assert!(sent[0].contains("client_id=a") && !sent[0].contains("client_secret"), "{sent:?}");
    assert_eq!(machine.run(&["call", "whoami"]).json()["name"], "the client of the certificate");
    assert_eq!(server.requests.lock().unwrap().len(), 1, "the token is kept");
}

#[test]
fn another_certificate_none_and_what_is_none_are_refused() {
    let (own, clients) = (issuer("server-ca.example"), issuer("clients.example"));
    let server = TlsServer::start(&own, &clients);
    let foreign = Machine::new(&own, &Issued::by(&issuer("ca.example"), "client.example")).with_profile(&server);
    assert_ne!(foreign.run(&["token"]).code, 0);
    assert!(server.requests.lock().unwrap().is_empty());

    let machine = Machine::new(&own, &Issued::by(&clients, "client.example")).with_profile(&server);
    fs::write(&machine.certificate, "no certificate").unwrap();
    machine.run(&["token"]).failed(4, &["certificate"]);
    fs::remove_file(&machine.certificate).unwrap();
    machine.run(&["token"]).failed(4, &["cannot be read", "next: grantkit profiles set job client_certificate_file="]);
}
