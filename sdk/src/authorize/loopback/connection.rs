use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use super::answer::{Ending, Wait, answer};

/// Not so short that it keeps a processor busy, not so long that a person notices.
const BETWEEN_FAILURES: Duration = Duration::from_millis(50);
/// A browser opens half a dozen; any program of this machine, and any page, can open more: they take the places of their own.
const MAX_CONNECTIONS: usize = 64;
/// From one loopback address to another it takes milliseconds; an idle connection is opened anew by the browser.
const MAX_CONNECTION: Duration = Duration::from_secs(10);
/// A signed answer in the query has some KiB.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// Takes connections until the wait ends.
pub(super) async fn accept(listener: TcpListener, wait: Arc<Wait>, came: mpsc::Sender<Ending>) {
    // Several at once: browsers open connections ahead of need and leave them idle.
    let mut connections = JoinSet::new();
    let mut opened = VecDeque::new();
    loop {
        let accepted = listener.accept().await;
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                opened.retain(|connection: &AbortHandle| !connection.is_finished());
                // The oldest of many is an idle one: a browser's has done with in milliseconds.
                if opened.len() >= MAX_CONNECTIONS
                    && let Some(oldest) = opened.pop_front()
                {
                    oldest.abort();
                }
                opened.push_back(connections.spawn(serve(stream, Arc::clone(&wait), came.clone())));
            }
            // A connection that broke, or no file descriptor left for now: neither ends the wait.
            Err(_) => tokio::time::sleep(BETWEEN_FAILURES).await,
        }
    }
}

/// Answers one connection; only when the page has been sent is the ending passed on, since the pages end with the wait.
async fn serve(stream: TcpStream, wait: Arc<Wait>, came: mpsc::Sender<Ending>) {
    let found = EndingSender { ending: Mutex::default(), came };
    let service = service_fn(|request| {
        let (wait, found) = (Arc::clone(&wait), &found);
        async move {
            let (page, ending) = answer(request, &wait).await;
            if ending.is_some() {
                *found.ending.lock().unwrap_or_else(PoisonError::into_inner) = ending;
            }
            Ok::<_, Infallible>(page)
        }
    });
    let mut http = http1::Builder::new();
    let http = http.keep_alive(false).max_buf_size(MAX_HEADER_BYTES);
    // A browser that breaks off, or does not fetch its page, has sent its request all the same.
    let _ = tokio::time::timeout(MAX_CONNECTION, http.serve_connection(TokioIo::new(stream), service)).await;
}

/// What a connection ends the wait with: passed on when the connection ends, however it does.
struct EndingSender {
    ending: Mutex<Option<Ending>>,
    came: mpsc::Sender<Ending>,
}

impl Drop for EndingSender {
    fn drop(&mut self) {
        let ending = self.ending.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(ending) = ending.take() {
            // There is room: a wait takes one.
            let _ = self.came.try_send(ending);
        }
    }
}
