//! A login that is kept fresh with settings of its own, each of which takes effect, alone and with the others.

use std::time::Duration;

use grantkit::credentials::{AfterLostResponse, CredentialCache, RefreshPolicy};
use grantkit::grant::Login;
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit_testkit::{AuthorizationServer, Fault, ManualClock};

use crate::faulty_store::FaultyStore;
use crate::source::text;
use crate::support::{CALLBACK, billing, log_in, server};

/// What a program says of a login.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setter that is called or is not")]
struct Set {
    cache: bool,
    policy: bool,
    clock: bool,
    store: bool,
}

const ONLY: Set = Set { cache: false, policy: false, clock: false, store: false };

struct Settings {
    cache: CredentialCache,
    clock: ManualClock,
    store: FaultyStore,
}

impl Settings {
    fn new() -> Self {
        Self {
            cache: CredentialCache::new(16, None),
            clock: ManualClock::new(),
            store: FaultyStore::new(&MemoryStore::new()),
        }
    }

    async fn credentials(&self, login: Login, name: &str, set: Set) -> Credentials {
        let builder = login.credentials_builder(name);
        let builder = if set.cache { builder.cache(&self.cache) } else { builder };
        let policy = || RefreshPolicy::default().with_after_lost_response(AfterLostResponse::Never);
        let builder = if set.policy { builder.policy(policy()) } else { builder };
        let builder = if set.clock { builder.clock(self.clock.clone()) } else { builder };
        let builder = if set.store { builder.store(self.store.clone()) } else { builder };
        builder.await.unwrap()
    }
}

async fn login(server: &AuthorizationServer) -> Login {
    let code = billing(server).authorization_code(RedirectUri::new(CALLBACK).unwrap());
    log_in(&code.scope("openid").scope("read")).await.unwrap()
}

#[tokio::test]
async fn each_setting_of_a_login_takes_effect() {
    let sets = [
        Set { cache: true, ..ONLY },
        Set { policy: true, ..ONLY },
        Set { clock: true, ..ONLY },
        Set { store: true, ..ONLY },
        Set { cache: true, policy: true, clock: true, store: true },
        ONLY,
    ];
    for (number, set) in sets.into_iter().enumerate() {
        let (server, settings, name) = (server().await, Settings::new(), format!("of-settings-{number}"));
        let login = login(&server).await;
        let credentials = settings.credentials(login.clone(), &name, set).await;
        let first = text(&credentials).await.unwrap();

        // The cache: who has the same one has the same token, and who has another has not.
        let same = settings.credentials(login.clone(), &name, set).await;
        let of_process = settings.credentials(login, &name, Set { cache: false, ..set }).await;
        let second = credentials.refresh().await.unwrap().access_token().secret().to_owned();
        assert_ne!(second, first);
        assert_eq!(text(&same).await.unwrap(), second, "{set:?}");
        assert_eq!(text(&of_process).await.unwrap() == second, !set.cache, "{set:?}");

        // The clock: an hour passes at once.
        settings.clock.advance(Duration::from_hours(1));
        let requests = server.counters().refresh_token;
        credentials.token().await.unwrap();
        assert_eq!(server.counters().refresh_token, requests + u64::from(set.clock), "{set:?}");

        // The store: another process finds the login.
        assert_eq!(settings.store.calls() > 0, set.store, "{set:?}");
        let stored = billing(&server).stored_login(name.clone()).credentials_builder();
        let stored = if set.clock { stored.clock(settings.clock.clone()) } else { stored };
        let elsewhere = stored.cache(&CredentialCache::new(1, None)).store(settings.store.clone());
        let found = text(&elsewhere.build()).await;
        assert_eq!(found.is_ok(), set.store, "{set:?}: {found:?}");

        // The policy: what is done after a lost answer.
        let requests = server.counters().refresh_token;
        server.faults().next("/token", 1, Fault::lose_answer());
        assert!(credentials.refresh().await.unwrap_err().needs_login(), "{set:?}");
        assert_eq!(server.counters().refresh_token, requests + if set.policy { 1 } else { 2 }, "{set:?}");
    }
}
