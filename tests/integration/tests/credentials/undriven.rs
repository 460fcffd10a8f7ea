//! A runtime that is not driven for a while, in the middle of a refresh whose bytes have not left: another takes its turn, and when
//! it is driven again it neither sends the refresh token nor says that it was sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::{MemoryStore, StoreKey, StoreLease, StoreRecord, TokenStore};
use grantkit::transport::Transport;
use grantkit_integration_tests::certificates::{Issued, issuer};
use grantkit_integration_tests::support::HeldTime;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::support::{ManualClock, until};

/// A token endpoint that rotates refresh tokens, and finishes the TLS handshakes of as many connections as it is told to.
struct Server {
    url: String,
    ca: String,
    state: Arc<State>,
}

struct State {
    acceptor: TlsAcceptor,
    handshakes: watch::Sender<usize>,
    connections: Mutex<usize>,
    spent: Mutex<Vec<String>>,
}

impl Server {
    async fn start() -> Self {
        let ca = issuer("server-ca.example");
        let own = Issued::by(&ca, "localhost");
        let key = PrivateKeyDer::from_pem_slice(own.key.serialize_pem().as_bytes()).unwrap();
        let certificate: CertificateDer<'static> = own.certificate.der().clone();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/token", listener.local_addr().unwrap().port());
        let state = Arc::new(State {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            handshakes: watch::Sender::new(0),
            connections: Mutex::default(),
            spent: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, ca: ca.pem(), state }
    }

    fn connections(&self) -> usize {
        *self.state.connections.lock().unwrap()
    }

    /// The refresh tokens that came.
    fn spent(&self) -> Vec<String> {
        self.state.spent.lock().unwrap().clone()
    }

    fn finish_handshakes(&self, connections: usize) {
        self.state.handshakes.send_replace(connections);
    }

    fn client(&self) -> Client {
        let transport =
            Transport::builder().root_certificates_only(&self.ca).configure(reqwest::ClientBuilder::no_proxy);
        let builder = Client::builder().client_id("app").public().token_endpoint(&self.url).unwrap();
        builder.transport(transport.build().unwrap()).build().erased()
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    // The client has begun the handshake.
    stream.readable().await.unwrap();
    let number = {
        let mut connections = state.connections.lock().unwrap();
        *connections += 1;
        *connections
    };
    state.handshakes.subscribe().wait_for(|finished| *finished >= number).await.unwrap();
    // A client that has gone is none of the server's business.
    let Ok(mut stream) = state.acceptor.accept(stream).await else { return };
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    while !request.windows(4).any(|window| window == b"\r\n\r\n") || request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read @ 1..) => request.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let request = String::from_utf8(request).unwrap();
    let form = request.split_once("\r\n\r\n").unwrap().1;
    let spent =
        form_urlencoded::parse(form.as_bytes()).find(|(name, _)| name == "refresh_token").unwrap().1.into_owned();
    let issued = {
        let mut all = state.spent.lock().unwrap();
        all.push(spent);
        all.len()
    };
    let token = format!(
        r#"{{"access_token":"access-{issued}","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-{issued}"}}"#
    );
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{token}", token.len());
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// As long as a refresh may take, and longer than this test does.
const LIMIT: Duration = Duration::from_mins(10);

/// Where the login is kept.
#[derive(Clone, Copy, Debug)]
enum Place {
    Process,
    Store,
    /// In the process, as its store cannot be reached.
    AwayStore,
}

#[derive(Debug)]
struct Away;

fn away() -> Error {
    Error::temporary("the store is away")
}

#[async_trait]
impl TokenStore for Away {
    fn identity(&self) -> Fingerprint {
        Fingerprint::new("store", "away")
    }

    async fn get(&self, _: &StoreKey) -> Result<Option<StoreRecord>> {
        Err(away())
    }

    async fn put_if_newer(&self, _: &StoreKey, _: &StoreRecord) -> Result<bool> {
        Err(away())
    }

    async fn remove(&self, _: &StoreKey) -> Result<()> {
        Err(away())
    }

    async fn lease(&self, _: &StoreKey, _: Duration) -> Result<Option<Box<dyn StoreLease>>> {
        Err(away())
    }
}

#[test]
fn a_task_that_has_lost_its_turn_neither_sends_nor_marks() {
    for place in [Place::Process, Place::Store, Place::AwayStore] {
        loses_its_turn(place);
    }
}

fn loses_its_turn(place: Place) {
    let servers = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let [kept, driven] = [(); 2].map(|()| Builder::new_current_thread().enable_all().build().unwrap());
    let (server, clock, cache) = (servers.block_on(Server::start()), ManualClock::new(), CredentialCache::new(4, None));
    let (client, store) = (server.client(), MemoryStore::new());
    // Of one login.
    let [first, second] = ["read", "write"].map(|scope| {
        // What is said to be sent, and was not, costs a login then.
        let never = RefreshPolicy::default().with_after_lost_response(AfterLostResponse::Never);
        let policy = never.with_request_timeout(LIMIT).danger_spend_refresh_token_without_store();
        let builder = client.stored_login("alice").scope(scope).credentials_builder();
        let builder = match place {
            Place::Process => builder,
            Place::Store => builder.store(store.clone()),
            Place::AwayStore => builder.store(Away),
        };
        builder.cache(&cache).clock(clock.clone()).policy(policy).build()
    });
    let login =
        OAuthToken::new("login").unwrap().with_expires_in(Duration::from_mins(1)).with_refresh_token("refresh-0");
    assert_eq!(driven.block_on(first.put(login)).is_err(), matches!(place, Place::AwayStore));
    clock.advance(Duration::from_hours(1));

    // It has connected, and waits for the server's part of the handshake.
    let of_first = kept.spawn(async move { first.token().await });
    kept.block_on(until(|| server.connections() == 1));
    // It is not driven any more, its time is up by the clock of the other runtime, and it is another's turn.
    driven.block_on(async {
        let time = HeldTime::pause();
        time.pass(LIMIT).await;
        time.let_go();
    });
    let of_second = driven.spawn({
        let second = second.clone();
        async move { second.token().await }
    });
    driven.block_on(until(|| server.connections() == 2));

    // It is driven again, and its connection is made. It is refused, and makes no other one.
    server.finish_handshakes(1);
    let error = kept.block_on(of_first).unwrap().unwrap_err();
    assert!(error.is_retryable() && error.to_string().contains("turn"), "{place:?}: {error:?}");
    assert!(server.spent().is_empty(), "{place:?}: it was not for that task to send it");
    assert_eq!(server.connections(), 2, "{place:?}");
    server.finish_handshakes(100);
    let token = driven.block_on(of_second).unwrap().unwrap();
    assert_eq!((token.access_token().secret(), server.spent()), ("access-1", vec!["refresh-0".to_owned()]));
    driven.block_on(second.refresh()).unwrap();
    assert_eq!(server.spent(), ["refresh-0", "refresh-1"], "{place:?}");
}
