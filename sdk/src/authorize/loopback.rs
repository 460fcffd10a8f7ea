mod page;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use subtle::ConstantTimeEq;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::callback::{Callback, Part};
use super::{PendingLogin, RedirectUri};
use crate::error::{Error, Kind, Result};

/// Receives the browser of a native app on a loopback address with a free port (RFC 8252 §7.3).
///
/// ```no_run
/// use std::time::Duration;
/// use grantkit::prelude::*;
///
/// # async fn example(client: Client<grantkit::Discovered>) -> Result<()> {
/// let listener = LoopbackListener::bind().await?;
/// let login = client.authorization_code(listener.redirect_uri()?)?.scope("read:invoices");
/// let (url, pending) = login.start()?;
/// println!("Open {url}");
/// let callback = listener.receive(&pending, Duration::from_secs(300)).await?;
/// let credentials = login.finish(pending, callback).await?.credentials("tool").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct LoopbackListener {
    listener: TcpListener,
    address: SocketAddr,
}

const PATH: &str = "/callback";
/// Not so short that it keeps a processor busy, not so long that anybody notices.
const BETWEEN_FAILURES: Duration = Duration::from_millis(50);

impl LoopbackListener {
    /// Listens on `127.0.0.1`, on a port that is free.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where this machine does not let it.
    pub async fn bind() -> Result<Self> {
        let failed = |error: std::io::Error| {
            Error::configuration("cannot listen on 127.0.0.1 for the browser to come back").with_source(error)
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// The redirect URI that leads here; servers let its port vary (RFC 8252 §7.3).
    ///
    /// # Errors
    ///
    /// None in practice: the URI is well-formed.
    pub fn redirect_uri(&self) -> Result<RedirectUri> {
        RedirectUri::new(format!("http://{}{PATH}", self.address))
    }

    /// Waits for the browser to come back to this login, and shows the person a page that says so.
    ///
    /// Requests that do not carry this login's `state` are turned away and do not end it.
    ///
    /// # Errors
    ///
    /// [`is_timeout`](Error::is_timeout) where nobody came in time.
    pub async fn receive(self, pending: &PendingLogin, limit: Duration) -> Result<String> {
        let (came, mut comes) = mpsc::channel(1);
        let state: Arc<str> = pending.state().into();
        // Ends with this future: a task set aborts its tasks when it is dropped.
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(self.listener, state, came));
        match tokio::time::timeout(limit, comes.recv()).await {
            Ok(Some(callback)) => Ok(callback),
            Ok(None) | Err(_) => Err(Error::new(
                Kind::Timeout,
                format!("the browser did not come back within {} s: start the login again", limit.as_secs()),
            )),
        }
    }
}

async fn accept(listener: TcpListener, state: Arc<str>, came: mpsc::Sender<String>) {
    // Several at once: browsers open connections ahead of need and leave them idle.
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(serve(stream, Arc::clone(&state), came.clone()));
            }
            // A connection that broke, or no file descriptor left for now: neither ends the wait.
            Err(_) => tokio::time::sleep(BETWEEN_FAILURES).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Answers one connection; only when the page has been sent is the callback passed on, since that ends everything.
async fn serve(stream: TcpStream, state: Arc<str>, came: mpsc::Sender<String>) {
    let callback = Arc::new(Mutex::new(None));
    let service = service_fn(|request| {
        let (response, found) = answer(&request, &state);
        if found.is_some() {
            *callback.lock().unwrap_or_else(PoisonError::into_inner) = found;
        }
        std::future::ready(Ok::<_, Infallible>(response))
    });
    // A browser that breaks off has sent its request all the same.
    let _ = http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
    let found = callback.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(callback) = found {
        let _ = came.send(callback).await;
    }
}

fn answer(request: &Request<Incoming>, state: &str) -> (Response<Full<Bytes>>, Option<String>) {
    if request.uri().path() != PATH {
        return (page::page(StatusCode::NOT_FOUND, "Nothing here", "This address is for logging in only."), None);
    }
    let query = request.uri().query().unwrap_or_default();
    let callback = Callback::parse(query, Part::Query).ok();
    let ours = callback
        .as_ref()
        .and_then(|callback| callback.state.as_deref())
        .is_some_and(|given| given.as_bytes().ct_eq(state.as_bytes()).into());
    if !ours {
        let text = "This is not the answer to the login that the program waits for.";
        return (page::page(StatusCode::BAD_REQUEST, "Another login", text), None);
    }
    let refused = callback.is_some_and(|callback| callback.is_refusal());
    let (title, text) = if refused {
        ("Not logged in", "The login was refused. You can close this window and go back to the program.")
    } else {
        ("Logged in", "You can close this window and go back to the program.")
    };
    (page::page(StatusCode::OK, title, text), Some(query.to_owned()))
}
