use super::*;

fn now() -> ClockReading {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    ClockReading { monotonic: Duration::from_secs(1000), wall }
}

/// The lifetime of an answer that took a second and a half is so much shorter, also for a process that reads it from the store.
#[test]
fn a_life_counts_from_when_the_request_was_sent() {
    let (life, took) = (Duration::from_secs(4), Duration::from_millis(1500));
    let sent = now();
    let arrived = ClockReading { monotonic: sent.monotonic + took, wall: sent.wall + took };
    let token = OAuthToken::new("access").unwrap().with_expires_in(life);
    let policy = RefreshPolicy::default();
    let access = Access::read(&Access::of(&token, sent, None).write().unwrap()).unwrap();
    let left = |of_life: Duration| {
        let at = ClockReading { monotonic: sent.monotonic + of_life, wall: sent.wall + of_life };
        access.usable(at, &policy, false).is_some()
    };
    assert!(left(Duration::from_millis(3800)), "it is used while it is good");
    assert!(!left(Duration::from_millis(3990)), "and not after, though it came less than four seconds ago");
    let end = access.expires_at(arrived, &policy);
    assert!(end <= sent.wall + life + Duration::from_millis(1), "{end:?}");
}

#[test]
fn an_access_token_says_with_which_login_it_came() {
    let token = OAuthToken::new("access").unwrap();
    let access = Access::read(&Access::of(&token, now(), Some(7)).write().unwrap()).unwrap();
    assert_eq!(access.login(), Some(7));
    assert_eq!(Access::read(b"{}").unwrap().login(), None);
}
