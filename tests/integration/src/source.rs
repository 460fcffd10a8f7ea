//! A source that counts, waits, fails, rotates and panics as told; the testkit's clock beside it.

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use grantkit::credentials::{CredentialCache, CredentialsBuilder, Fingerprint, RefreshKey};
use grantkit::prelude::*;
pub use grantkit_testkit::ManualClock;
use tokio::sync::watch;

/// An `OAuthClient` by hand. Its tokens are `access-1`, `access-2`, …; its refresh tokens are `refresh-1`, ….
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    settings: Mutex<Settings>,
    /// How many get through the gate.
    gate: watch::Sender<bool>,
    gets: AtomicUsize,
    refreshes: AtomicUsize,
    issued: AtomicUsize,
    /// How often each refresh token was spent.
    spent: Mutex<HashMap<String, usize>>,
}

#[derive(Clone)]
struct Settings {
    name: String,
    latency: Duration,
    lifetime: Option<Duration>,
    failure: Option<Error>,
    refresh_failure: Option<Error>,
    panics: bool,
    gives_refresh_tokens: bool,
    rotates: bool,
}

impl Source {
    pub fn new() -> Self {
        Self(Arc::new(Inner {
            settings: Mutex::new(Settings {
                name: "source".into(),
                latency: Duration::ZERO,
                lifetime: Some(Duration::from_hours(1)),
                failure: None,
                refresh_failure: None,
                panics: false,
                gives_refresh_tokens: false,
                rotates: true,
            }),
            gate: watch::Sender::new(true),
            gets: AtomicUsize::new(0),
            refreshes: AtomicUsize::new(0),
            issued: AtomicUsize::new(0),
            spent: Mutex::default(),
        }))
    }

    /// Credentials in a cache of their own.
    pub fn alone(&self) -> Credentials {
        self.builder().build()
    }

    pub fn builder(&self) -> CredentialsBuilder {
        Credentials::builder(self.clone()).cache(&CredentialCache::new(16, None))
    }

    /// Requests of both kinds.
    pub fn requests(&self) -> usize {
        self.gets() + self.refreshes()
    }

    pub fn gets(&self) -> usize {
        self.0.gets.load(Ordering::SeqCst)
    }

    pub fn refreshes(&self) -> usize {
        self.0.refreshes.load(Ordering::SeqCst)
    }

    /// How often the refresh token that was spent most was spent.
    pub fn most_spent(&self) -> usize {
        self.0.spent.lock().unwrap().values().copied().max().unwrap_or(0)
    }

    /// How often this refresh token was spent.
    pub fn times_spent(&self, refresh_token: &str) -> usize {
        self.0.spent.lock().unwrap().get(refresh_token).copied().unwrap_or(0)
    }

    /// Holds every request until [`open`](Self::open).
    pub fn close(&self) {
        self.0.gate.send_replace(false);
    }

    pub fn open(&self) {
        self.0.gate.send_replace(true);
    }

    /// Returns when so many requests have arrived.
    pub async fn arrived(&self, requests: usize) {
        until(|| self.requests() >= requests).await;
    }

    pub fn fail(&self, error: impl Into<Option<Error>>) {
        self.set(|settings| settings.failure = error.into());
    }

    pub fn fail_refresh(&self, error: impl Into<Option<Error>>) {
        self.set(|settings| settings.refresh_failure = error.into());
    }

    pub fn panic(&self, panics: bool) {
        self.set(|settings| settings.panics = panics);
    }

    pub fn latency(self, latency: Duration) -> Self {
        self.set(|settings| settings.latency = latency);
        self
    }

    pub fn lifetime(self, lifetime: impl Into<Option<Duration>>) -> Self {
        self.set(|settings| settings.lifetime = lifetime.into());
        self
    }

    pub fn named(self, name: &str) -> Self {
        self.set(|settings| settings.name = name.into());
        self
    }

    pub fn with_refresh_tokens(self, rotates: bool) -> Self {
        self.set(|settings| (settings.gives_refresh_tokens, settings.rotates) = (true, rotates));
        self
    }

    /// Another source of the same server: the counters are shared, the tenant (a part of the fingerprint) is not.
    pub fn other_tenant(&self, tenant: &str) -> Tenant {
        Tenant { source: self.clone(), tenant: tenant.into() }
    }

    fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.0.settings.lock().unwrap());
    }

    fn settings(&self) -> Settings {
        self.0.settings.lock().unwrap().clone()
    }

    async fn answer(&self) -> Settings {
        let settings = self.settings();
        assert!(!settings.panics, "the source panics, as told");
        if !settings.latency.is_zero() {
            tokio::time::sleep(settings.latency).await;
        }
        self.0.gate.subscribe().wait_for(|open| *open).await.unwrap();
        self.settings()
    }

    fn issue(&self, settings: &Settings, with_refresh_token: bool) -> OAuthToken {
        let number = self.0.issued.fetch_add(1, Ordering::SeqCst) + 1;
        let mut token = OAuthToken::new(format!("access-{number}")).unwrap();
        if let Some(lifetime) = settings.lifetime {
            token = token.with_expires_in(lifetime);
        }
        if with_refresh_token {
            token = token.with_refresh_token(format!("refresh-{number}"));
        }
        token
    }
}

#[async_trait]
impl OAuthClient for Source {
    fn name(&self) -> &'static str {
        "source"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.gets.fetch_add(1, Ordering::SeqCst);
        let settings = self.answer().await;
        match settings.failure.clone() {
            Some(error) => Err(error),
            None => Ok(self.issue(&settings, settings.gives_refresh_tokens)),
        }
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.0.refreshes.fetch_add(1, Ordering::SeqCst);
        *self.0.spent.lock().unwrap().entry(refresh_token.secret().to_owned()).or_default() += 1;
        let settings = self.answer().await;
        match settings.refresh_failure.clone() {
            Some(error) => Err(error),
            None => Ok(self.issue(&settings, settings.rotates)),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("tenant", "one").build()
    }

    fn access_key(&self) -> String {
        format!("{}:access", self.settings().name)
    }

    fn refresh_key(&self) -> RefreshKey {
        format!("{}:refresh", self.settings().name).into()
    }
}

/// A source under another fingerprint that shares its refresh token: one login, several audiences.
#[derive(Clone)]
pub struct Tenant {
    source: Source,
    tenant: String,
}

#[async_trait]
impl OAuthClient for Tenant {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.source.get_token().await
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.source.refresh_token(refresh_token).await
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("tenant", &self.tenant).build()
    }

    fn access_key(&self) -> String {
        self.source.access_key()
    }

    fn refresh_key(&self) -> RefreshKey {
        self.source.refresh_key()
    }
}

pub fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// The token's text.
pub async fn text(credentials: &Credentials) -> Result<String> {
    Ok(credentials.token().await?.access_token().secret().to_owned())
}

/// The same for a future that must not wait: it is polled once.
#[track_caller]
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

/// Waits until something that other tasks do is done; some seconds at the most.
#[track_caller]
pub fn until(done: impl Fn() -> bool) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    async move {
        for _ in 0..20_000 {
            if done() {
                return;
            }
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        panic!("it did not happen, at {caller}");
    }
}
