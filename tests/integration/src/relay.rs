//! An address whose connections are passed on to a server, until they are held up or led to another: a network that hangs, and what a
//! name or a load balancer is to those who use it.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Works for as long as the runtime that it was started on.
pub struct Relay {
    address: SocketAddr,
    way: watch::Sender<Way>,
}

#[derive(Clone, Copy)]
struct Way {
    to: u16,
    is_held: bool,
}

impl Relay {
    /// To a port of this machine.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (way, state) = watch::channel(Way { to: port, is_held: false });
        tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                tokio::spawn(carry(from, state.clone()));
            }
        });
        Self { address, way }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Connections stay, and nothing comes through any more.
    pub fn hold(&self) {
        self.way.send_modify(|way| way.is_held = true);
    }

    /// Connections to the server before end.
    pub fn lead_to(&self, port: u16) {
        self.way.send_modify(|way| *way = Way { to: port, is_held: false });
    }
}

async fn carry(from: TcpStream, mut way: watch::Receiver<Way>) {
    let to = way.borrow().to;
    let Ok(server) = TcpStream::connect(("127.0.0.1", to)).await else { return };
    let ((from_read, from_write), (server_read, server_write)) = (from.into_split(), server.into_split());
    let (there, back) = (way.clone(), way.clone());
    tokio::select! {
        () = pass_on(from_read, server_write, there) => {}
        () = pass_on(server_read, from_write, back) => {}
        _ = way.wait_for(|way| way.to != to) => {}
    }
}

async fn pass_on(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut way: watch::Receiver<Way>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let may_go = way.wait_for(|way| !way.is_held).await.is_ok();
        if !may_go || to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
