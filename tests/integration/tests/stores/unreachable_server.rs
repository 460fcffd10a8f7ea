//! The token endpoint refuses connections while processes are killed in the middle of a refresh: nothing was sent, so that no
//! login is lost, also where a lost answer would cost one.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use grantkit::credentials::{AfterLostResponse, CredentialCache};
use grantkit::prelude::*;
use grantkit::store::MemoryStore;
use grantkit::transport::Transport;

use crate::faulty_store::{Fault, FaultyStore, Step};
use crate::issuer::policy;
use crate::support::{CALLBACK, ID, SECRET, billing, log_in, server};
use crate::way::Way;

/// What a process has of the login; no two have anything in common but the store.
fn process(way: SocketAddr, name: &str, store: impl grantkit::store::TokenStore) -> Credentials {
    let client = Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .token_endpoint(&format!("http://{way}/token"))
        .unwrap()
        .transport(Transport::builder().build().unwrap())
        .build();
    let policy = policy().with_after_lost_response(AfterLostResponse::Never);
    let builder = Credentials::builder(client.stored_login(name).named()).cache(&CredentialCache::new(1, None));
    builder.policy(policy).store(store).build()
}

/// When a process is killed.
#[derive(Clone, Copy, Debug)]
enum Killed {
    /// At this call of the store.
    AtCall(usize, Step),
    /// After its threads have run so often, wherever that is.
    AfterTurns(usize),
}

/// Runs until it is killed, with all that it has: its runtime ends in the middle. Whether it had come to an end by itself.
fn run_and_kill(credentials: &Credentials, store: &FaultyStore, killed: Killed) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    store.set(match killed {
        Killed::AtCall(call, step) => Fault::StopAt(call, step),
        Killed::AfterTurns(_) => Fault::None,
    });
    runtime.block_on(async {
        let is_time = async {
            match killed {
                Killed::AtCall(..) => store.stopped().await,
                Killed::AfterTurns(turns) => {
                    for _ in 0..turns {
                        tokio::task::yield_now().await;
                    }
                }
            }
        };
        tokio::select! {
            biased;
            () = is_time => false,
            outcome = credentials.token() => {
                let error = outcome.unwrap_err();
                assert!(error.is_retryable() && !error.needs_login(), "{killed:?}: {error}");
                true
            }
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_no_connection_is_to_be_had_no_login_is_lost() {
    let (server, store, way) = (server().await, MemoryStore::new(), Way::closed());
    let address = way.address();
    let client = billing(&server);
    let login = async |name: &str| {
        let login =
            log_in(&client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).scope("read")).await.unwrap();
        let expired = login.token().clone().with_expires_at(SystemTime::now() - Duration::from_secs(1));
        process(address, name, store.clone()).put(expired).await.unwrap();
    };
    let calls = {
        login("undisturbed").await;
        let faulty = FaultyStore::new(&store);
        let error = process(address, "undisturbed", faulty.clone()).token().await.unwrap_err();
        assert!(error.is_connect() && error.is_retryable(), "{error}");
        faulty.calls()
    };
    // get, lease, get, get, and what tells others that it failed.
    assert!(calls >= 4, "{calls}");

    let at_calls = (1..=calls).flat_map(|call| [Step::BeforeIt, Step::AfterIt].map(|step| Killed::AtCall(call, step)));
    let at_random = (0..12).map(|number| Killed::AfterTurns(number * number));
    let mut runs = Vec::new();
    for (number, killed) in at_calls.chain(at_random).enumerate() {
        let name = format!("login-{number}");
        login(&name).await;
        let faulty = FaultyStore::new(&store);
        let credentials = process(address, &name, faulty.clone());
        let (of_it, watched) = (credentials.clone(), faulty.clone());
        let ended = tokio::task::spawn_blocking(move || run_and_kill(&of_it, &watched, killed)).await.unwrap();
        runs.push((name, killed, ended, faulty, credentials));
    }
    assert!(runs.len() >= 20, "{}", runs.len());
    assert!(runs.iter().filter(|(_, _, ended, ..)| !ended).count() >= 16, "most were in the middle");
    assert_eq!(server.counters().refresh_token, 0, "the server has seen nothing");

    way.open(&server);
    for (number, (name, killed, _, faulty, credentials)) in runs.iter().enumerate() {
        let next = process(address, name, store.clone());
        faulty.set(Fault::None);
        // Where it was a runtime that ended, the same process may go on.
        let in_turn = if number % 2 == 0 { [&next, credentials] } else { [credentials, &next] };
        let mut tokens = Vec::new();
        for credentials in in_turn {
            let token = credentials.token().await;
            tokens.push(token.unwrap_or_else(|error| panic!("{name}, {killed:?}: {error}")));
        }
        assert_eq!(tokens[0].access_token(), tokens[1].access_token(), "{name}, {killed:?}");
    }
    let counters = server.counters();
    assert_eq!(counters.refresh_token, runs.len() as u64, "one a login");
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (0, 0));
}
