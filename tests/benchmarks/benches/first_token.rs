//! The first token of a process and the first call with it, over TLS with the machine's certificates, next to the same by reqwest alone:
//! each in a process of its own, in turns.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use axum::routing::{get, post};
use axum::serve::Listener;
use axum::{Json, Router};
use grantkit::{ApiClient, Client, Error, Result};
use grantkit_benchmarks::{Comparison, HelperProcess, Summary, TOKEN_LENGTH, broken, median, process_time};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

const RUNS: usize = 60;
const ANSWER: &str = r#"{"id":"42"}"#;
/// Where the helper leaves the certificate of its CA.
const CA: &str = "GRANTKIT_BENCHMARK_CA";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if HelperProcess::is_this() {
        return Builder::new_current_thread()
            .enable_all()
            .build()
            .and_then(|runtime| runtime.block_on(serve()))
            .map_err(broken);
    }
    if let [_, way, issuer, api] = &arguments[..] {
        return child(way, issuer, api);
    }
    let folder = tempfile::tempdir().map_err(broken)?;
    let ca = folder.path().join("ca.pem");
    let server = HelperProcess::start_with(CA, &ca).map_err(broken)?;
    // Two hosts, as they mostly are.
    let port = server.address().port();
    let run = Run { issuer: format!("https://localhost:{port}"), api: format!("https://127.0.0.1:{port}"), ca };

    let mut pairs = Vec::with_capacity(RUNS);
    for round in 0..=RUNS {
        let pair = if round % 2 == 0 {
            let floor = run.measured("reqwest")?;
            (floor, run.measured("grantkit")?)
        } else {
            let cost = run.measured("grantkit")?;
            (run.measured("reqwest")?, cost)
        };
        if round > 0 {
            pairs.push(pair);
        }
    }
    let mut summary = Summary::default();
    for (of, what) in ["time", "processor"].into_iter().enumerate() {
        let comparison = Comparison {
            floor: median(pairs.iter().map(|(floor, _)| floor[of]).collect()),
            cost: median(pairs.iter().map(|(_, cost)| cost[of]).collect()),
            ratio: median(pairs.iter().map(|(floor, cost)| cost[of] / floor[of]).collect()),
        };
        summary.add(&format!("first token and call of a process, {what}"), "ms", comparison, 1.05);
    }
    print!("{summary}");
    match (run.files_opened("reqwest"), run.files_opened("grantkit")) {
        (Some(floor), Some(cost)) => println!("files opened: {cost} to {floor}"),
        _ => println!("files opened: counted where `strace` is installed"),
    }
    Ok(())
}

struct Run {
    issuer: String,
    api: String,
    ca: PathBuf,
}

impl Run {
    /// Milliseconds of time and of processor time, from the start of `main` and of the process.
    fn measured(&self, way: &str) -> Result<[f64; 2]> {
        let output = self
            .command(&[])
            .and_then(|mut command| command.args([way, &self.issuer, &self.api]).output())
            .map_err(broken)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let [time, processor] = numbers[..] else {
            return Err(Error::configuration(format!("{way}: {}", String::from_utf8_lossy(&output.stderr))));
        };
        Ok([time, processor])
    }

    fn files_opened(&self, way: &str) -> Option<usize> {
        let log = self.ca.with_extension("strace");
        let strace = ["strace", "-f", "-qq", "-e", "trace=open,openat", "-o"].map(Into::into);
        let mut prefix = Vec::from(strace);
        prefix.push(log.to_str()?.to_owned());
        self.command(&prefix).ok()?.args([way, &self.issuer, &self.api]).output().ok()?;
        Some(std::fs::read_to_string(log).ok()?.lines().count())
    }

    /// This program once more, which trusts the machine's certificates and that of the helper.
    fn command(&self, prefix: &[String]) -> io::Result<Command> {
        let mut words = prefix.to_vec();
        words.push(std::env::current_exe()?.to_string_lossy().into_owned());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env("SSL_CERT_FILE", &self.ca).env("SSL_CERT_DIR", certificates());
        Ok(command)
    }
}

fn certificates() -> &'static Path {
    Path::new("/etc/ssl/certs")
}

fn child(way: &str, issuer: &str, api: &str) -> Result<()> {
    let start = Instant::now();
    let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
    let answer = runtime.block_on(async {
        match way {
            "reqwest" => by_reqwest(issuer, api).await.map_err(broken),
            _ => by_grantkit(issuer, api).await,
        }
    })?;
    if answer != ANSWER {
        return Err(Error::invalid_response("another answer"));
    }
    println!("{} {}", start.elapsed().as_secs_f64() * 1e3, process_time().as_secs_f64() * 1e3);
    Ok(())
}

async fn by_grantkit(issuer: &str, api: &str) -> Result<String> {
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&format!("{issuer}/token"))?
        .build();
    let api = ApiClient::new(&format!("{api}/v1"), client.client_credentials().named("billing"))?;
    api.get("invoices/42").fetch_text().await
}

async fn by_reqwest(issuer: &str, api: &str) -> reqwest::Result<String> {
    let http = reqwest::Client::builder().build()?;
    let request = http.post(format!("{issuer}/token")).basic_auth("billing", Some("s3cret"));
    let form =
        request.header("content-type", "application/x-www-form-urlencoded").body("grant_type=client_credentials");
    let token: Value = serde_json::from_slice(&form.send().await?.bytes().await?).unwrap_or_default();
    let token = token["access_token"].as_str().unwrap_or_default();
    http.get(format!("{api}/v1/invoices/42")).bearer_auth(token).send().await?.text().await
}

/// An authorization server and an API behind TLS, until the benchmark ends.
async fn serve() -> io::Result<()> {
    let (config, ca) = certificate().map_err(io::Error::other)?;
    std::fs::write(std::env::var_os(CA).unwrap_or_default(), ca)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    HelperProcess::serves_at(listener.local_addr()?)?;
    let app = Router::new().route("/token", post(token)).route("/v1/invoices/{id}", get(async || ANSWER));
    axum::serve(TlsListener { listener, acceptor: TlsAcceptor::from(Arc::new(config)) }, app).await
}

async fn token() -> Json<Value> {
    Json(json!({ "access_token": format!("{:.<TOKEN_LENGTH$}", "token"), "token_type": "Bearer", "expires_in": 3600 }))
}

fn certificate() -> std::result::Result<(ServerConfig, String), Box<dyn std::error::Error + Send + Sync>> {
    let mut authority = CertificateParams::new([])?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let certificate =
        CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?.signed_by(&key, &authority)?;
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)?;
    Ok((config, authority.pem()))
}

struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            if let Ok((stream, address)) = self.listener.accept().await
                && let Ok(stream) = self.acceptor.accept(stream).await
            {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}
