//! The metadata server over mutual TLS: `GCE_METADATA_MTLS_MODE`, as google-auth has it, with the files that Google's guest agent writes.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use grantkit::client_auth::AssertionSource as _;
use grantkit::prelude::*;
use grantkit_integration_tests::certificates::{Issued, Issuer, issuer};
use grantkit_integration_tests::other_process::other_process;
use grantkit_providers::google::{MetadataMutualTls, MetadataServer};
use grantkit_providers::workload::GoogleMetadata;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const TOKEN: &str = r#"{"access_token":"ya29.m","expires_in":3599,"token_type":"Bearer"}"#;

/// What was asked: the client's certificate, where there was TLS, and the path.
type Asked = Vec<(Option<Vec<u8>>, String)>;

/// A change of the files that breaks the handshake.
type Break = fn(&Metadata);

/// A metadata server on one port, which speaks TLS with clients that begin so, and plain HTTP with others.
struct Metadata {
    host: String,
    /// The CA that signs the clients' certificates.
    clients: Issuer,
    folder: TempDir,
    asked: Arc<Mutex<Asked>>,
    /// How often TLS was begun.
    handshakes: Arc<AtomicUsize>,
}

impl Metadata {
    /// `status_over_tls` is what it answers there.
    async fn start(status_over_tls: u16) -> Self {
        let (ca, clients) = (issuer("mds-root.example"), issuer("mds-clients.example"));
        let own = Issued::by(&ca, "localhost");
        let mut roots = RootCertStore::empty();
        roots.add(clients.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(
                vec![own.certificate.der().clone()],
                PrivateKeyDer::from_pem_slice(own.pem().as_bytes()).unwrap(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = format!("localhost:{}", listener.local_addr().unwrap().port());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let handshakes = Arc::new(AtomicUsize::new(0));
        let begun = Arc::clone(&handshakes);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, log, begun) = (acceptor.clone(), Arc::clone(&log), Arc::clone(&begun));
                tokio::spawn(async move {
                    let mut first = [0];
                    // The record of a handshake (RFC 8446 §5.1).
                    if stream.peek(&mut first).await.is_ok() && first == [22] {
                        begun.fetch_add(1, Ordering::SeqCst);
                        let Ok(stream) = acceptor.accept(stream).await else { return };
                        let certificate = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
                        answer(stream, Some(certificate), status_over_tls, &log).await;
                    } else {
                        answer(stream, None, 200, &log).await;
                    }
                });
            }
        });
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("root.crt"), ca.pem()).unwrap();
        let server = Self { host, clients, folder, asked, handshakes };
        server.new_certificate();
        server
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the guest agent does every other day.
    fn new_certificate(&self) -> Vec<u8> {
        // Key and certificate in one file, the key first, as the guest agent writes them.
        let issued = Issued::by(&self.clients, "vm.example");
        fs::write(self.file("client.key"), issued.pem()).unwrap();
        issued.certificate.der().to_vec()
    }

    /// A client with the files' places, in this mode.
    fn client(&self, mode: MetadataMutualTls) -> MetadataServer {
        let server = MetadataServer::new().host(&self.host).mutual_tls(mode);
        server.mutual_tls_files(self.file("root.crt"), self.file("client.key"))
    }

    /// Whether each request came over TLS.
    fn encrypted(&self) -> Vec<bool> {
        self.asked.lock().unwrap().drain(..).map(|(certificate, _)| certificate.is_some()).collect()
    }
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    certificate: Option<Vec<u8>>,
    status: u16,
    log: &Mutex<Asked>,
) {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    let path = String::from_utf8(request).unwrap().split(' ').nth(1).unwrap().to_owned();
    let body = if path == "/" { "" } else { TOKEN };
    log.lock().unwrap().push((certificate, path));
    let head = format!("HTTP/1.1 {status} X\r\nmetadata-flavor: Google\r\nconnection: close\r\n");
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// What a process with this mode in its environment says: the token, or why there is none.
async fn said_by_a_process(mode: Option<&str>, host: Option<&str>, files: Option<&Metadata>) -> String {
    let mut process = other_process("google_metadata_mutual_tls::a_process");
    for variable in ["GCE_METADATA_HOST", "GCE_METADATA_ROOT", "GCE_METADATA_IP", VARIABLE] {
        process.env_remove(variable);
    }
    process.envs(mode.map(|mode| (VARIABLE, mode))).env(HOST, host.unwrap_or_default()).env(RUNS, "");
    if let Some(server) = files {
        process.env(FILES, server.folder.path());
    }
    let output = tokio::task::spawn_blocking(move || process.output().unwrap()).await.unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    output.lines().find_map(|line| line.strip_prefix("said: ")).unwrap_or(&output).to_owned()
}

const VARIABLE: &str = "GCE_METADATA_MTLS_MODE";
const RUNS: &str = "GRANTKIT_TEST_RUNS";
const HOST: &str = "GRANTKIT_TEST_HOST";
const FILES: &str = "GRANTKIT_TEST_FILES";

/// The process of the tests here: other tests read the same variables.
#[tokio::test]
async fn a_process() {
    if std::env::var_os(RUNS).is_none() {
        return;
    }
    let mut server = MetadataServer::new();
    if let Some(host) = std::env::var(HOST).ok().filter(|host| !host.is_empty()) {
        server = server.host(host);
    }
    if let Some(folder) = std::env::var_os(FILES).map(PathBuf::from) {
        server = server.mutual_tls_files(folder.join("root.crt"), folder.join("client.key"));
    }
    let said = match server.get_token().await {
        Ok(token) => token.access_token().secret().to_owned(),
        // The assertion of a client is asked for in the same way.
        Err(error) => match GoogleMetadata::from_env().assertion("https://as.example").await {
            Ok(_) => "another server".to_owned(),
            Err(other) => format!("{error} / {other}"),
        },
    };
    println!("\nsaid: {said}");
}

#[tokio::test]
async fn the_variable_says_whether_it_is_asked_over_tls() {
    let server = Metadata::start(200).await;
    for (mode, encrypted) in [
        (None, false),
        (Some(""), false),
        (Some("none"), false),
        (Some("NONE"), false),
        (Some("default"), true),
        (Some("strict"), true),
        (Some("Strict"), true),
    ] {
        assert_eq!(said_by_a_process(mode, Some(&server.host), Some(&server)).await, "ya29.m", "{mode:?}");
        assert_eq!(server.encrypted(), [encrypted; 2], "{mode:?}: whether it is there, and the token");
    }
    // By the program instead.
    for (mode, encrypted) in
        [(MetadataMutualTls::Never, false), (MetadataMutualTls::WherePossible, true), (MetadataMutualTls::Always, true)]
    {
        server.client(mode).get_token().await.unwrap();
        assert_eq!(server.encrypted(), [encrypted; 2], "{mode:?}");
    }
}

#[tokio::test]
async fn what_the_variable_asks_for_and_cannot_be_done_is_said_with_the_cure() {
    for (mode, host, expected) in [
        (
            "mtls",
            None,
            ["GCE_METADATA_MTLS_MODE is \"mtls\", which is no mode of the metadata server: write none, default or strict";
                2],
        ),
        ("strict", Some("127.0.0.1:9"), ["leave the host out, or set the mode to none", "root.crt cannot be read: "]),
        (
            "strict",
            None,
            ["cannot be read: Google's guest agent writes it on Shielded VMs", "root.crt cannot be read: "],
        ),
    ] {
        let said = said_by_a_process(Some(mode), host, None).await;
        let (token, assertion) = said.split_once(" / ").unwrap_or_else(|| panic!("{said}"));
        for (said, expected) in [token, assertion].into_iter().zip(expected) {
            assert!(said.contains(expected), "{mode} {host:?}: {said}");
        }
    }
}

#[tokio::test]
async fn another_certificate_of_the_machine_is_taken_up() {
    let server = Metadata::start(200).await;
    let client = server.client(MetadataMutualTls::Always);
    let mut presented = Vec::new();
    for _ in 0..2 {
        let certificate = server.new_certificate();
        client.get_token().await.unwrap();
        let last = server.asked.lock().unwrap().last().cloned().unwrap();
        assert_eq!(last.0, Some(certificate));
        presented.push(last);
    }
    assert_ne!(presented[0], presented[1]);
}

#[tokio::test]
async fn by_default_what_goes_wrong_over_tls_is_asked_again_without() {
    // It answers with an error.
    let server = Metadata::start(503).await;
    server.client(MetadataMutualTls::WherePossible).get_token().await.unwrap();
    let encrypted = server.encrypted();
    assert!(encrypted.contains(&true) && encrypted.last() == Some(&false), "{encrypted:?}");

    let broken: [(&str, Break); 5] = [
        ("the client is a stranger", |server| {
            fs::write(server.file("client.key"), Issued::by(&issuer("x.example"), "vm.example").pem()).unwrap();
        }),
        ("the server is a stranger", |server| fs::write(server.file("root.crt"), issuer("x.example").pem()).unwrap()),
        ("no client certificate", |server| fs::remove_file(server.file("client.key")).unwrap()),
        ("no root certificate", |server| fs::remove_file(server.file("root.crt")).unwrap()),
        ("no certificates in the files", |server| fs::write(server.file("root.crt"), "-----BEGIN").unwrap()),
    ];
    for (what, spoil) in broken {
        let server = Metadata::start(200).await;
        spoil(&server);
        server.client(MetadataMutualTls::WherePossible).get_token().await.unwrap();
        assert_eq!(server.encrypted(), [false, false], "{what}");
        // And never, where nothing else is to be done.
        let error = server.client(MetadataMutualTls::Always).get_token().await.unwrap_err();
        assert!(error.is_configuration(), "{what}: {error:?}");
        assert_eq!(server.encrypted(), [false; 0], "{what}");
    }
    let server = Metadata::start(503).await;
    assert!(server.client(MetadataMutualTls::Always).get_token().await.is_err());
    assert!(server.encrypted().into_iter().all(|encrypted| encrypted));
}

/// Each try may wait as long as the server is looked for.
#[tokio::test]
async fn tls_that_failed_is_not_tried_for_each_request() {
    let server = Metadata::start(200).await;
    fs::write(server.file("root.crt"), issuer("x.example").pem()).unwrap();
    let client = server.client(MetadataMutualTls::WherePossible);
    assert!(client.is_present().await);
    let tried = server.handshakes.load(Ordering::SeqCst);
    assert_ne!(tried, 0);
    client.get_token().await.unwrap();
    assert_eq!(server.handshakes.load(Ordering::SeqCst), tried);
    // What is set up anew is tried.
    server.client(MetadataMutualTls::WherePossible).get_token().await.unwrap();
    assert!(server.handshakes.load(Ordering::SeqCst) > tried);
}

#[tokio::test]
async fn what_asks_for_tls_is_named() {
    let absent = || MetadataServer::new().mutual_tls(MetadataMutualTls::Always);
    let of_files = absent().mutual_tls_files("/absent/root.crt", "/absent/client.key").host("127.0.0.1:9");
    for server in [absent().host("127.0.0.1:9"), of_files] {
        let error = server.get_token().await.unwrap_err().to_string();
        assert!(
            error.contains("(`.mutual_tls(MetadataMutualTls::Always)`)") && !error.contains("MTLS_MODE"),
            "{error}"
        );
    }
}

/// What only a server that has proved itself says is kept apart from what anyone may say.
#[test]
fn a_token_over_tls_alone_is_another_one() {
    // As a store has it: within the process each handle has its own.
    let key = |mode| MetadataServer::new().account("a@acme.example").mutual_tls(mode).fingerprint().to_string();
    assert_eq!(key(MetadataMutualTls::Never), key(MetadataMutualTls::WherePossible));
    assert_ne!(key(MetadataMutualTls::Never), key(MetadataMutualTls::Always));
}
