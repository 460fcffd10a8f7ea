//! The answer to a refresh comes when others have gone on without it: its runtime was not driven for longer than a refresh may take.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::credentials::{CredentialCache, Fingerprint, RefreshKey, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_integration_tests::support::HeldTime;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::support::{ManualClock, text, until};

/// As long as a refresh may take, and longer than these tests do.
const LIMIT: Duration = Duration::from_mins(10);

/// A server with a grace period, whose first answer is under way until it is let go.
#[derive(Clone)]
struct Server(Arc<State>);

struct State {
    sent: Mutex<Vec<String>>,
    first_answer: watch::Sender<bool>,
}

impl Server {
    fn new() -> Self {
        Self(Arc::new(State { sent: Mutex::default(), first_answer: watch::Sender::new(false) }))
    }

    /// The refresh tokens that came.
    fn sent(&self) -> Vec<String> {
        self.0.sent.lock().unwrap().clone()
    }

    fn client(&self, scope: &'static str) -> Person {
        Person { server: self.clone(), scope }
    }
}

/// One login, of which there is a token for each scope.
struct Person {
    server: Server,
    scope: &'static str,
}

#[async_trait]
impl OAuthClient for Person {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new("scope", self.scope)
    }

    fn refresh_key(&self) -> RefreshKey {
        "the login of alice".into()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("a person has to log in"))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        let State { sent, first_answer } = &*self.server.0;
        let number = {
            let mut sent = sent.lock().unwrap();
            sent.push(refresh_token.secret().to_owned());
            sent.len()
        };
        if number == 1 {
            first_answer.subscribe().wait_for(|is_there| *is_there).await.unwrap();
        }
        let token = OAuthToken::new(format!("access-{number}"))?.with_expires_in(Duration::from_hours(1));
        Ok(token.with_refresh_token(format!("refresh-{number}")))
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn late_answer_does_not_replace_a_newer_refresh_token() {
    for store in [None, Some(MemoryStore::new())] {
        let (kept, driven) = (runtime(), runtime());
        let (server, clock, cache) = (Server::new(), ManualClock::new(), CredentialCache::new(4, None));
        let [first, second] = ["read", "write"].map(|scope| {
            let builder = Credentials::builder(server.client(scope)).cache(&cache).clock(clock.clone());
            let builder = builder.policy(RefreshPolicy::default().with_request_timeout(LIMIT));
            store.iter().fold(builder, |builder, store| builder.store(store.clone())).build()
        });
        let login = OAuthToken::new("login").unwrap().with_expires_in(Duration::from_mins(1));
        driven.block_on(first.put(login.with_refresh_token("refresh-0"))).unwrap();
        clock.advance(Duration::from_hours(1));

        // It has sent the refresh token, and its runtime is not driven any more.
        let of_first = kept.spawn(async move { text(&first).await });
        kept.block_on(until(|| server.sent().len() == 1));
        // By the clock of the other runtime its time is up, and with it that of its lease: another one sends the token once more.
        driven.block_on(async {
            let time = HeldTime::pause();
            time.pass(LIMIT).await;
            time.let_go();
        });
        assert_eq!(driven.block_on(text(&second)).unwrap(), "access-2");

        server.0.first_answer.send_replace(true);
        let late = kept.block_on(of_first).unwrap().unwrap();
        assert_eq!(late, "access-1", "who has waited for it gets it");
        driven.block_on(second.refresh()).unwrap();
        assert_eq!(server.sent(), ["refresh-0", "refresh-0", "refresh-2"], "store: {}", store.is_some());
    }
}
