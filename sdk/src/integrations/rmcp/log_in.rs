use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::sync::Mutex;

use crate::credentials::{Credentials, IntoCredentials};
use crate::error::{Error, Result};

type Pending = Pin<Box<dyn Future<Output = Result<Credentials>> + Send>>;

/// The program's way to another login.
#[derive(Clone)]
pub(super) struct LogIn(Arc<dyn Fn(Error) -> Pending + Send + Sync>);

impl LogIn {
    pub(super) fn new<F, C>(log_in: impl Fn(Error) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<C>> + Send + 'static,
        C: IntoCredentials,
    {
        Self(Arc::new(move |error| {
            let credentials = log_in(error);
            Box::pin(async move { credentials.await.map(IntoCredentials::into_credentials) })
        }))
    }
}

/// A server that asks for one login after another gets this many of a person in a minute; then its refusal stands.
const MAX_LOGINS: usize = 3;
const WINDOW: Duration = Duration::from_mins(1);

/// The credentials of a client, which a login may replace.
pub(super) struct Current {
    credentials: ArcSwap<Credentials>,
    log_in: Option<LogIn>,
    /// One login at a time.
    logins: Mutex<Logins>,
}

#[derive(Default)]
struct Logins {
    started: VecDeque<Instant>,
    /// When the last one failed, and how.
    failed: Option<(Instant, Error)>,
}

impl Logins {
    /// Whether another may be asked for.
    fn start(&mut self, now: Instant) -> bool {
        self.started.retain(|started| now.duration_since(*started) < WINDOW);
        let may_start = self.started.len() < MAX_LOGINS;
        if may_start {
            self.started.push_back(now);
        }
        may_start
    }
}

impl Current {
    pub(super) fn new(credentials: Credentials, log_in: Option<LogIn>) -> Self {
        Self { credentials: ArcSwap::from_pointee(credentials), log_in, logins: Mutex::default() }
    }

    pub(super) fn credentials(&self) -> Arc<Credentials> {
        self.credentials.load_full()
    }

    /// Other credentials than these, if a login brings them, or has brought them since the request began; or how that login failed.
    ///
    /// It goes on where the request that asked for it is given up, as a person is at it.
    pub(super) async fn log_in(
        self: &Arc<Self>,
        instead_of: &Arc<Credentials>,
        began: Instant,
        error: Error,
    ) -> Result<Option<Arc<Credentials>>> {
        let (this, instead_of) = (Arc::clone(self), Arc::clone(instead_of));
        let login = tokio::spawn(async move { this.log_in_once(&instead_of, began, error).await });
        login.await.unwrap_or_else(|ended| Err(Error::temporary("the login ended before its time").with_source(ended)))
    }

    async fn log_in_once(
        &self,
        instead_of: &Arc<Credentials>,
        began: Instant,
        error: Error,
    ) -> Result<Option<Arc<Credentials>>> {
        let Some(log_in) = &self.log_in else { return Ok(None) };
        let mut logins = self.logins.lock().await;
        let current = self.credentials();
        if !Arc::ptr_eq(&current, instead_of) {
            return Ok(Some(current));
        }
        if let Some((_, error)) = logins.failed.as_ref().filter(|(at, _)| *at >= began) {
            return Err(error.clone());
        }
        if !logins.start(Instant::now()) {
            return Ok(None);
        }
        match (log_in.0)(error).await {
            Ok(credentials) => {
                let credentials = Arc::new(credentials);
                self.credentials.store(Arc::clone(&credentials));
                Ok(Some(credentials))
            }
            Err(error) => {
                logins.failed = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}
