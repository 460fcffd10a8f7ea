//! A call whose connection breaks before its answer comes is sent once more, and knows again what it has done.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use grantkit::store::TokenStore as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::kept::{key, record, sealing_key};
use crate::redis_server::RedisServer;
use crate::redis_store::patient;

const LONG: Duration = Duration::from_mins(10);
const SCRIPT: &[u8] = b"EVALSHA";

/// Passes on what a store and its Redis say to each other, but for the answer to a script that it is told to lose.
struct Lossy {
    address: SocketAddr,
    loses: Arc<AtomicBool>,
}

impl Lossy {
    async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, loses) = (listener.local_addr().unwrap(), Arc::<AtomicBool>::default());
        let shared = Arc::clone(&loses);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, port, Arc::clone(&shared)));
            }
        });
        Self { address, loses }
    }

    fn lose_next(&self) {
        self.loses.store(true, Ordering::SeqCst);
    }

    fn has_lost(&self) -> bool {
        !self.loses.load(Ordering::SeqCst)
    }
}

/// Both connections end with the answer that is lost.
async fn carry(mut client: TcpStream, port: u16, loses: Arc<AtomicBool>) {
    let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut asked, mut answered, mut is_script) = ([0; 4096], [0; 4096], false);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                is_script = asked[..length].windows(SCRIPT.len()).any(|window| window == SCRIPT);
                if server.write_all(&asked[..length]).await.is_err() {
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(length @ 1..) = read else { return };
                let is_lost = is_script && loses.swap(false, Ordering::SeqCst);
                if is_lost || client.write_all(&answered[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

#[tokio::test]
async fn lease_whose_answer_was_lost_is_known_again() {
    let server = RedisServer::start();
    let lossy = Lossy::to(server.port()).await;
    let store = patient(format!("redis://{}", lossy.address), sealing_key()).build().unwrap();
    // From here on Redis knows the scripts.
    store.lease(&key("billing"), LONG).await.unwrap().unwrap().release().await.unwrap();
    lossy.lose_next();
    let lease = timeout(Duration::from_mins(1), store.lease(&key("billing"), LONG)).await;
    let mut held = lease.expect("it waits for nothing").unwrap().expect("it is free");
    assert!(lossy.has_lost());
    assert!(held.renew(LONG).await.unwrap());
    held.release().await.unwrap();
}

#[tokio::test]
async fn put_whose_answer_was_lost_is_known_again() {
    let server = RedisServer::start();
    let lossy = Lossy::to(server.port()).await;
    let store = patient(format!("redis://{}", lossy.address), sealing_key()).build().unwrap();
    assert!(store.put_if_newer(&key("other"), &record(1, "token")).await.unwrap());
    lossy.lose_next();
    assert!(store.put_if_newer(&key("billing"), &record(1, "token")).await.unwrap());
    assert!(lossy.has_lost());
    assert!(!store.put_if_newer(&key("billing"), &record(1, "another")).await.unwrap());
}
