use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

/// The loopback addresses that a [`LoopbackListener`](super::LoopbackListener) listens on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoopbackAddress {
    /// `127.0.0.1` and `[::1]`, on one port: wherever the browser looks for `localhost`, it finds it. On a machine that has
    /// only one of them, that one.
    #[default]
    Both,
    /// `127.0.0.1` alone.
    Ipv4,
    /// `[::1]` alone.
    Ipv6,
}

/// A port that is free on one address may be taken on the other; this often in a row it is not by chance.
const MAX_ATTEMPTS: usize = 32;

const IPV4: (IpAddr, &str) = (IpAddr::V4(Ipv4Addr::LOCALHOST), "127.0.0.1");
const IPV6: (IpAddr, &str) = (IpAddr::V6(Ipv6Addr::LOCALHOST), "[::1]");

impl LoopbackAddress {
    /// The listeners, and how the first one's address is written in a URL; port 0 for any that is free.
    pub(super) async fn bind(self, port: u16) -> io::Result<(Vec<TcpListener>, &'static str)> {
        let (address, host) = match self {
            Self::Both => return both(port).await,
            Self::Ipv4 => IPV4,
            Self::Ipv6 => IPV6,
        };
        Ok((vec![TcpListener::bind((address, port)).await?], host))
    }
}

async fn both(port: u16) -> io::Result<(Vec<TcpListener>, &'static str)> {
    let mut attempts = 0;
    loop {
        let first = match TcpListener::bind((IPV4.0, port)).await {
            Err(error) if is_missing(&error) => {
                return Ok((vec![TcpListener::bind((IPV6.0, port)).await?], IPV6.1));
            }
            bound => bound?,
        };
        attempts += 1;
        match TcpListener::bind(SocketAddr::new(IPV6.0, first.local_addr()?.port())).await {
            Ok(second) => return Ok((vec![first, second], IPV4.1)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if port != 0 || attempts == MAX_ATTEMPTS {
                    return Err(error);
                }
            }
            // This machine has none, or does not let programs use it.
            Err(_) => return Ok((vec![first], IPV4.1)),
        }
    }
}

/// The machine has no such address, as opposed to: the port is taken.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported)
}
