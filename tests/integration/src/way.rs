//! A way to a server that is closed at first.

use std::net::SocketAddr;

use grantkit_testkit::AuthorizationServer;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpSocket, TcpStream};

/// The way to a server: until it is opened, connections are refused.
pub struct Way {
    socket: TcpSocket,
    address: SocketAddr,
}

impl Way {
    pub fn closed() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // Bound, so that no other process gets the port; nothing listens on it.
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self { address: socket.local_addr().unwrap(), socket }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn open(self, server: &AuthorizationServer) {
        let to = server.issuer().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = self.socket.listen(1024).unwrap();
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let to = to.clone();
                tokio::spawn(async move {
                    let mut to = TcpStream::connect(to).await.unwrap();
                    // Either side may end it as it likes.
                    let _ = copy_bidirectional(&mut from, &mut to).await;
                });
            }
        });
    }
}
