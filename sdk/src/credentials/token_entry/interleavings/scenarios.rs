use std::time::Duration;

use shuttle::future::{block_on, spawn};

use super::super::super::sync::{Handle, checked};
use super::super::super::{CacheKey, CredentialCache};
use super::actors::{Act, PUT, Stage};
use super::simulation::{LIFE, Simulation, in_every_order, in_many_orders};
use crate::token::OAuthToken;

/// Past the time of renewal, before that of expiry.
pub(super) const DUE: Duration = Duration::from_secs(3500);
/// The longest pause after a failure.
const PAUSE: Duration = Duration::from_mins(1);

fn one_request<const N: usize>(acts: [Act; N]) {
    let stage = Stage::new();
    stage.play(acts);
    assert_eq!(stage.text(), "1");
    assert_eq!(stage.simulation.requests(), 1);
}

#[test]
fn cold_in_every_order() {
    in_every_order(|| one_request([Act::Read, Act::Read]));
}

#[test]
fn cleared_in_every_order() {
    in_every_order(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::Clear]);
        block_on(stage.read()).unwrap();
        assert!(stage.simulation.requests() <= 2 && stage.simulation.most_at_a_time() <= 2);
    });
}

#[test]
fn put_in_every_order() {
    in_every_order(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::Put]);
        assert_eq!(stage.text(), PUT);
    });
}

#[test]
fn lost_in_every_order() {
    in_every_order(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::LoseTheRuntime]);
        block_on(stage.read()).unwrap();
        assert_eq!(stage.simulation.most_at_a_time(), 1);
    });
}

#[test]
fn cold() {
    in_many_orders(|| one_request([Act::Read, Act::Read, Act::Read]));
}

#[test]
fn cold_with_one_who_gives_up() {
    in_many_orders(|| one_request([Act::GiveUp, Act::Read, Act::Read]));
}

#[test]
fn expired() {
    in_many_orders(|| {
        let (stage, _) = Stage::cached();
        stage.simulation.advance(LIFE);
        stage.play([Act::Read, Act::Read, Act::Read]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("2", 2));
    });
}

/// Readers go on with the old token, one renewal is made.
#[test]
fn renewing() {
    in_many_orders(|| {
        let (stage, _) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.play([Act::ReadWithoutWaiting, Act::ReadWithoutWaiting, Act::Read]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("2", 2));
    });
}

/// However readers and the failing refresh meet, one of them tries again when the back-off is over.
#[test]
fn renewing_in_vain() {
    in_many_orders(|| {
        let (stage, _) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.simulation.fail(true);
        stage.play([Act::ReadWithoutWaiting, Act::ReadWithoutWaiting, Act::Read]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("1", 2));
        stage.simulation.fail(false);
        stage.simulation.advance(PAUSE);
        stage.play([Act::ReadWithoutWaiting]);
        assert_eq!((stage.text().as_str(), stage.simulation.requests()), ("3", 3));
    });
}

/// A renewal that is lost with its runtime is made by the next reader.
#[test]
fn renewing_on_a_runtime_that_goes_away() {
    in_many_orders(|| {
        let (stage, _) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.play([Act::ReadWithoutWaiting, Act::LoseTheRuntime, Act::ReadWithoutWaiting]);
        stage.play([Act::ReadWithoutWaiting]);
        stage.play([Act::ReadWithoutWaiting]);
        assert_ne!(stage.text(), "1");
        assert_eq!(stage.simulation.most_at_a_time(), 1);
    });
}

#[test]
fn failed() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.simulation.fail(true);
        stage.play([Act::Read, Act::Read, Act::Read]);
        assert_eq!(stage.simulation.requests(), 1);
        stage.simulation.fail(false);
        assert!(block_on(stage.read()).unwrap_err().retry_after() <= Some(PAUSE), "the pause is served");
        stage.simulation.advance(PAUSE);
        stage.play([Act::Read, Act::Read, Act::Read]);
        assert_eq!(stage.simulation.requests(), 2);
    });
}

/// A trial request goes out when the pause is over, and only one, while the server may or may not work again.
#[test]
fn failed_and_tried_again() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.simulation.fail(true);
        assert!(block_on(stage.read()).is_err());
        stage.simulation.advance(PAUSE);
        stage.play([Act::Read, Act::Recover, Act::Read]);
        assert_eq!(stage.simulation.requests(), 2);
    });
}

#[test]
fn cleared_under_way() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::Clear, Act::Read]);
        assert!(stage.simulation.requests() <= 2 && stage.simulation.most_at_a_time() <= 2);
        block_on(stage.read()).unwrap();
    });
}

#[test]
fn cleared_while_it_is_renewed_and_refused() {
    in_many_orders(|| {
        let (stage, headers) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.play([Act::Read, Act::Clear, Act::Refuse(headers)]);
        assert!(stage.simulation.most_at_a_time() <= 2);
        let token = block_on(stage.read()).unwrap();
        assert_ne!(token.access_token().secret(), "1", "a token from before the clear");
    });
}

/// A cleared entry stays clear of a flight that was under way: the next caller makes another request.
#[test]
fn cleared_it_stays_clear() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.play([Act::GiveUp, Act::GiveUp, Act::Clear]);
        let before = stage.simulation.requests();
        stage.play([Act::Clear]);
        block_on(stage.read()).unwrap();
        assert_eq!(stage.simulation.requests(), before + 1);
    });
}

/// Whatever is under way when a token is put, that token is there afterwards.
#[test]
fn put_under_way() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::Put, Act::Read]);
        assert_eq!(stage.text(), PUT);
        assert!(stage.simulation.most_at_a_time() <= 1);
    });
}

#[test]
fn put_while_it_is_renewed_and_refused() {
    in_many_orders(|| {
        let (stage, headers) = Stage::cached();
        stage.simulation.advance(DUE);
        stage.play([Act::ReadWithoutWaiting, Act::Put, Act::Refuse(headers)]);
        assert_eq!(stage.text(), PUT);
    });
}

#[test]
fn put_in_the_pause_after_a_failure() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.simulation.fail(true);
        stage.play([Act::Read, Act::Put, Act::Read]);
        assert_eq!(stage.text(), PUT);
    });
}

/// Whenever the corrected client comes, also while the first request of the wrong one is under way, the next request is its own, for both
/// handles; and there is one at a time.
fn corrected() {
    let (simulation, cache) = (Simulation::default(), CredentialCache::new(4, None));
    let wrong = simulation.misconfigured_in(&cache, "one");
    let (first, second) = (wrong.clone(), (simulation.clone(), cache));
    let reader = spawn(async move { drop(first.token().await) });
    let other = spawn(async move {
        let corrected = second.0.credentials_in(&second.1, "one");
        drop(corrected.token().await);
        corrected
    });
    let corrected = block_on(async {
        reader.await.unwrap();
        let corrected = other.await.unwrap();
        Handle::idle().await;
        corrected
    });
    simulation.advance(PAUSE);
    let token = block_on(corrected.token()).unwrap();
    assert_eq!(block_on(wrong.token()).unwrap().access_token(), token.access_token());
    assert_eq!((simulation.requests(), simulation.most_at_a_time()), (2, 1));
}

#[test]
fn corrected_in_many_orders() {
    in_many_orders(corrected);
}

/// A client that has a token keeps it, and its place.
#[test]
fn a_later_client_takes_no_place_of_one_with_a_token() {
    in_many_orders(|| {
        let (simulation, cache) = (Simulation::default(), CredentialCache::new(4, None));
        let held = simulation.credentials_in(&cache, "one");
        block_on(held.token()).unwrap();
        block_on(Handle::idle());
        simulation.advance(DUE);
        let (here, there) = (held.clone(), (simulation.clone(), cache));
        let actors = [
            spawn(async move { drop(here.token().await.unwrap()) }),
            spawn(async move { drop(there.0.misconfigured_in(&there.1, "one").token().await.unwrap()) }),
        ];
        block_on(async {
            for actor in actors {
                actor.await.unwrap();
            }
            Handle::idle().await;
        });
        assert_eq!((block_on(held.token()).unwrap().access_token().secret(), simulation.requests()), ("2", 2));
    });
}

/// Who waits is answered, if only by the news that runtimes keep going away.
#[test]
fn lost_with_its_runtime() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::LoseTheRuntime, Act::Read]);
        assert!(stage.simulation.most_at_a_time() <= 1 && stage.simulation.requests() <= 2);
        block_on(stage.read()).unwrap();
    });
}

/// Two audiences of one login: each refresh token is spent once.
#[test]
fn a_login_of_two_entries() {
    in_many_orders(|| {
        let simulation = Simulation::default();
        let [one, other] = simulation.credentials_of_one_login(["one", "other"]);
        let login = OAuthToken::new("login").unwrap().with_expires_in(LIFE).with_refresh_token("refresh-0");
        block_on(one.put(login)).unwrap();
        simulation.advance(LIFE);
        let actors = [one.clone(), other, one].map(|credentials| spawn(async move { credentials.token().await }));
        block_on(async {
            for actor in actors {
                actor.await.unwrap().unwrap();
            }
            Handle::idle().await;
        });
        simulation.assert_each_refresh_token_was_spent_once();
        assert_eq!((simulation.requests(), simulation.most_at_a_time()), (2, 1));
    });
}

/// The short limit of one entry may be over at any time: a refresh of the other entry goes on, no other task spends its token, and
/// its successor is kept.
#[test]
fn a_short_limit_of_one_entry_ends_no_turn_of_another() {
    const SHORT: Duration = Duration::from_secs(1);
    in_many_orders(|| {
        let simulation = Simulation::default();
        let [patient, hasty] = simulation.credentials_with_limits([("patient", LIFE), ("hasty", SHORT)]);
        let login = OAuthToken::new("login").unwrap().with_expires_in(LIFE).with_refresh_token("refresh-0");
        block_on(patient.put(login)).unwrap();
        simulation.advance(LIFE);
        let of_patient = spawn({
            let patient = patient.clone();
            async move { patient.token().await }
        });
        let of_hasty = spawn(async move {
            for _ in 0..3 {
                drop(hasty.token().await);
            }
        });
        // Twice the limit is for waiting callers for the flight of another.
        let bells = [(); 2].map(|()| spawn(async { checked::ring_for_limits_up_to(SHORT * 2) }));
        block_on(async {
            of_patient.await.unwrap().unwrap();
            of_hasty.await.unwrap();
            for bell in bells {
                bell.await.unwrap();
            }
            Handle::idle().await;
        });
        simulation.advance(LIFE);
        block_on(patient.token()).unwrap();
        simulation.assert_not_sent_again_after("patient");
    });
}

/// Time may be up for a flight, for its waiting callers, or for both, in any order.
#[test]
fn out_of_time() {
    in_many_orders(|| {
        let stage = Stage::new();
        stage.play([Act::Read, Act::TimeIsUp, Act::Read]);
        assert!(stage.simulation.requests() <= 2 && stage.simulation.most_at_a_time() <= 1);
        stage.simulation.advance(PAUSE);
        stage.play([Act::Read, Act::Read]);
        block_on(stage.read()).unwrap();
    });
}

/// An entry that was removed from the cache is not put back by a caller that had just looked it up.
#[test]
fn removed_it_stays_removed() {
    in_many_orders(|| {
        let cache = CredentialCache::new(4, None);
        let simulation = Simulation::default();
        let held = simulation.credentials_in(&cache, "one");
        let key = CacheKey::from_client(held.client());
        let (checks_store, adds) = ((cache.clone(), key.clone()), (cache.clone(), simulation.clone()));
        let actors = [
            shuttle::thread::spawn(move || drop(checks_store.0.get(&checks_store.1))),
            shuttle::thread::spawn(move || drop(adds.1.credentials_in(&adds.0, "one"))),
        ];
        cache.remove(&key);
        for actor in actors {
            actor.join().unwrap();
        }
        cache.remove(&key);
        assert!(cache.get(&key).is_none());
        // One that was looked up before it was removed is not there afterwards.
        let kept = simulation.credentials_in(&cache, "one");
        let (cache_of_reader, key_of_reader) = (cache.clone(), key.clone());
        let reader = shuttle::thread::spawn(move || drop(cache_of_reader.get(&key_of_reader)));
        cache.remove(&key);
        reader.join().unwrap();
        assert!(cache.get(&key).is_none(), "it came back");
        drop((kept, held));
    });
}
