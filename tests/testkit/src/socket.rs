//! A loopback listener that serves one site over HTTP/1.1 and may treat its connections badly.

mod body;
mod exchange;

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::fault::Faults;
use crate::recorded_request::{RecordedRequest, Recorder};
use crate::sync::lock;

/// What a socket serves.
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
    /// Counts a request that has arrived.
    pub(crate) arrived: Box<dyn Fn(&RecordedRequest) + Send + Sync>,
    /// Counts a fault that was taken.
    pub(crate) faulted: Box<dyn Fn() + Send + Sync>,
}

/// The ports that servers of this process were given.
static HAD: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// How often a port is given back that an earlier server had, before one is taken again.
const ATTEMPTS: usize = 64;

/// A bound port that is not served yet, so that what it serves can know its own URL.
pub(crate) struct Socket {
    listener: TcpListener,
    address: SocketAddr,
}

impl Socket {
    /// On this port of 127.0.0.1; 0 is one that is free, and that no earlier server of this process had: clients keep metadata, keys
    /// and circuits by address.
    pub(crate) fn bind(port: u16) -> io::Result<Self> {
        if port != 0 {
            return Self::bind_to(port);
        }
        // Bound until one is found, so that the system gives another each time.
        let mut had = Vec::new();
        loop {
            let socket = Self::bind_to(0)?;
            if lock(&HAD).insert(socket.address.port()) || had.len() == ATTEMPTS {
                return Ok(socket);
            }
            had.push(socket);
        }
    }

    fn bind_to(port: u16) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        // A server that is started again finds connections of the one before on its port, which are closed and not yet forgotten.
        #[cfg(unix)]
        socket.set_reuseaddr(port != 0)?;
        socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
        // As many as Linux lets wait by default: a benchmark opens thousands of connections at once.
        let listener = socket.listen(4096)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn serve(self, site: Arc<Site>) -> Serving {
        let (stop, stopped) = watch::channel(());
        let task = tokio::spawn(accept(self.listener, site, stopped));
        Serving { stop, task: Mutex::new(Some(task)) }
    }
}

/// A served port; dropping it stops the service.
#[derive(Debug)]
pub(crate) struct Serving {
    stop: watch::Sender<()>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Serving {
    /// Closes the port and all connections, and returns when they are closed.
    pub(crate) async fn shutdown(&self) {
        self.stop.send_replace(());
        let task = lock(&self.task).take();
        if let Some(task) = task {
            // An error says that the runtime has ended the task before.
            let _ = task.await;
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(task) = lock(&self.task).take() {
            task.abort();
        }
    }
}

async fn accept(listener: TcpListener, site: Arc<Site>, mut stopped: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, Arc::clone(&site)));
                }
                // Mostly a lack of file descriptors, which ends when connections do.
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn serve_connection(stream: TcpStream, site: Arc<Site>) {
    // Only a matter of speed.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| exchange::answer(Arc::clone(&site), request));
    // An error here is a client that went away, or a fault at work.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
