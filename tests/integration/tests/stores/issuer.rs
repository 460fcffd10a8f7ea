//! An authorization server in memory, which rotates refresh tokens and takes one that comes twice for theft.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use grantkit::credentials::{CredentialCache, CredentialsBuilder, Fingerprint, RefreshKey, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::TokenStore;

/// Of its access tokens.
pub(crate) const LIFETIME: Duration = Duration::from_hours(1);

#[derive(Clone)]
pub(crate) struct Issuer(Arc<Mutex<State>>);

struct State {
    latency: Duration,
    rotates: bool,
    grace: bool,
    failure: Option<Failure>,
    issued: usize,
    requests: Vec<Instant>,
    refreshes: usize,
    /// Whether each refresh token was spent.
    spent: HashMap<String, bool>,
    revoked: bool,
    replays: usize,
}

/// What befalls requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failure {
    /// Refused, and nothing was done.
    Busy,
    /// Done, and the answer is lost.
    AnswerLost,
    /// The same, the next time only.
    NextAnswerLost,
    /// The next request does not arrive, and the client cannot tell.
    NextRequestLost,
    /// The login is over.
    Revoked,
}

impl Issuer {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            latency: Duration::ZERO,
            rotates: true,
            grace: false,
            failure: None,
            issued: 0,
            requests: Vec::new(),
            refreshes: 0,
            spent: HashMap::new(),
            revoked: false,
            replays: 0,
        })))
    }

    pub(crate) fn latency(self, latency: Duration) -> Self {
        self.0.lock().unwrap().latency = latency;
        self
    }

    pub(crate) fn leaving_refresh_tokens(self) -> Self {
        self.0.lock().unwrap().rotates = false;
        self
    }

    /// One that takes the old refresh token for a while after it has given a new one.
    pub(crate) fn with_grace(self) -> Self {
        self.0.lock().unwrap().grace = true;
        self
    }

    /// The grace period is over.
    pub(crate) fn end_grace(&self) {
        self.0.lock().unwrap().grace = false;
    }

    pub(crate) fn fail(&self, failure: impl Into<Option<Failure>>) {
        self.0.lock().unwrap().failure = failure.into();
    }

    pub(crate) fn requests(&self) -> Vec<Instant> {
        self.0.lock().unwrap().requests.clone()
    }

    pub(crate) fn refreshes(&self) -> usize {
        self.0.lock().unwrap().refreshes
    }

    /// How often a refresh token came that had been spent.
    pub(crate) fn replays(&self) -> usize {
        self.0.lock().unwrap().replays
    }

    /// A login that a person has just finished; its access token has expired, so that the next thing is a refresh.
    pub(crate) fn expired_login(&self) -> OAuthToken {
        let token = self.login();
        token.with_expires_at(std::time::SystemTime::now() - Duration::from_secs(1))
    }

    pub(crate) fn login(&self) -> OAuthToken {
        let mut state = self.0.lock().unwrap();
        state.revoked = false;
        state.issue(true)
    }

    /// The client that needs no person.
    pub(crate) fn machine(&self) -> Party {
        Party { issuer: self.clone(), scope: "all".into(), kind: Kind::Machine }
    }

    /// The client that a person has to log in to.
    pub(crate) fn person(&self) -> Party {
        Party { issuer: self.clone(), scope: "all".into(), kind: Kind::Person }
    }
}

impl State {
    fn issue(&mut self, with_refresh_token: bool) -> OAuthToken {
        self.issued += 1;
        let token = OAuthToken::new(format!("access-{}", self.issued)).unwrap().with_expires_in(LIFETIME);
        if !with_refresh_token {
            return token;
        }
        let refresh_token = format!("refresh-{}", self.issued);
        self.spent.insert(refresh_token.clone(), false);
        token.with_refresh_token(refresh_token)
    }

    fn refresh(&mut self, refresh_token: &str) -> Result<OAuthToken> {
        self.refreshes += 1;
        match self.failure {
            Some(Failure::Busy) => return Err(Error::temporary("busy")),
            Some(Failure::Revoked) => self.revoked = true,
            Some(Failure::NextRequestLost) => {
                self.failure = None;
                return Err(Error::outcome_unknown("the connection broke"));
            }
            Some(Failure::AnswerLost | Failure::NextAnswerLost) | None => {}
        }
        if self.spent.get(refresh_token).copied().unwrap_or(true) && !self.grace {
            self.replays += 1;
            self.revoked = true;
        }
        if self.revoked {
            return Err(Error::login_required("invalid_grant"));
        }
        if self.rotates {
            self.spent.insert(refresh_token.to_owned(), true);
        }
        let token = self.issue(self.rotates);
        match self.failure {
            Some(Failure::AnswerLost) => Err(Error::invalid_response("the answer broke off")),
            Some(Failure::NextAnswerLost) => {
                self.failure = None;
                Err(Error::outcome_unknown("the connection broke"))
            }
            _ => Ok(token),
        }
    }
}

#[derive(Clone)]
pub(crate) struct Party {
    issuer: Issuer,
    scope: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Machine,
    Person,
}

impl Party {
    /// The same login for another purpose.
    pub(crate) fn for_scope(mut self, scope: &str) -> Self {
        self.scope = scope.into();
        self
    }

    /// What this client gets in a process of its own.
    pub(crate) fn process(&self, store: impl TokenStore) -> Credentials {
        self.process_with(store, policy())
    }

    pub(crate) fn process_with(&self, store: impl TokenStore, policy: RefreshPolicy) -> Credentials {
        self.builder().policy(policy).store(store).build()
    }

    pub(crate) fn builder(&self) -> CredentialsBuilder {
        Credentials::builder(self.clone()).cache(&CredentialCache::new(16, None))
    }

    async fn asked(&self) {
        let latency = {
            let mut state = self.issuer.0.lock().unwrap();
            state.requests.push(Instant::now());
            state.latency
        };
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
    }
}

/// Without the pauses that a failure would bring.
pub(crate) fn policy() -> RefreshPolicy {
    RefreshPolicy::default()
        .with_backoff(Duration::ZERO, Duration::ZERO)
        .with_min_forced_refresh_interval(Duration::ZERO)
}

#[async_trait]
impl OAuthClient for Party {
    fn name(&self) -> &'static str {
        "party"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        if self.kind == Kind::Person {
            return Err(Error::login_required("a person has to log in"));
        }
        self.asked().await;
        let mut state = self.issuer.0.lock().unwrap();
        if state.failure.is_some() {
            return Err(Error::temporary("busy").with_retry_after(Duration::from_mins(7)));
        }
        Ok(state.issue(false))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        // As any server does: what has arrived is done, whether or not the client still waits for the answer.
        let done = {
            let mut state = self.issuer.0.lock().unwrap();
            state.requests.push(Instant::now());
            state.refresh(refresh_token.secret())
        };
        let latency = self.issuer.0.lock().unwrap().latency;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        done
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::builder().parameter("scope", &self.scope).build()
    }

    fn refresh_key(&self) -> RefreshKey {
        "party:refresh".into()
    }
}
