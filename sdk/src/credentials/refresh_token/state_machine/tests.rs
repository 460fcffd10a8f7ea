use super::super::rules::AfterLostResponse;
use super::*;
use crate::token::RefreshTokenRotation;

const START: Duration = Duration::from_secs(1_000_000);

fn at(seconds: u64) -> ClockReading {
    let wall = START + Duration::from_secs(seconds);
    ClockReading { monotonic: wall, wall }
}

fn rules(after_lost_response: impl Into<Option<AfterLostResponse>>, rotation: RefreshTokenRotation) -> Rules {
    Rules { after_lost_response: after_lost_response.into(), rotation }
}

fn by_default() -> Rules {
    rules(None, RefreshTokenRotation::Unknown)
}

fn login(token: &str) -> Versioned<Login> {
    Versioned { version: 10, value: Login::of(Some(RefreshToken::new(token)), Some("alice".to_owned())) }
}

fn attempt(login: Versioned<Login>, rules: &Rules, now: u64) -> Attempt {
    match Next::of(login, rules, at(now).wall, 7) {
        Next::Send(attempt) => *attempt,
        other => panic!("{other:?}"),
    }
}

fn sent(login: Versioned<Login>, rules: &Rules, now: u64) -> (Attempt, Versioned<Login>) {
    let mut attempt = attempt(login, rules, now);
    let marked = attempt.mark(rules, at(now)).unwrap();
    attempt.sent();
    assert_eq!(attempt.state(), State::Sent);
    (attempt, marked)
}

fn gives_up(login: Versioned<Login>, rules: &Rules, now: u64) -> bool {
    matches!(Next::of(login, rules, at(now).wall, 8), Next::GiveUp(_))
}

#[test]
fn a_successor_follows_the_mark_and_keeps_whose_it_is() {
    let (mut attempt, marked) = sent(login("one"), &by_default(), 0);
    assert_eq!((marked.version, marked.value.spending.unwrap().sends), (11, 1));
    let stored = attempt.answered(Some(&RefreshToken::new("two")), &by_default(), at(1)).unwrap();
    assert_eq!(attempt.state(), State::Stored);
    assert_eq!(stored.version, 12);
    assert_eq!(stored.value.token.unwrap().secret(), "two");
    assert_eq!(stored.value.subject.as_deref(), Some("alice"));
    assert!(stored.value.spending.is_none());
    // Told from below and again at the end, it is put once.
    assert!(attempt.answered(Some(&RefreshToken::new("two")), &by_default(), at(1)).is_none());
}

/// Of several requests for one token, each may replace the refresh token.
#[test]
fn a_successor_of_the_successor_is_stored_too() {
    for first in [None, Some(RefreshToken::new("two"))] {
        let (mut attempt, _) = sent(login("one"), &by_default(), 0);
        let stored = attempt.answered(first.as_ref(), &by_default(), at(1)).unwrap();
        let last = attempt.answered(Some(&RefreshToken::new("three")), &by_default(), at(2)).unwrap();
        assert!(last.version > stored.version);
        assert_eq!(last.value.token.unwrap().secret(), "three");
        assert_eq!((last.value.subject.as_deref(), last.value.unchanged), (Some("alice"), None));
        for again in [None, Some(&RefreshToken::new("three"))] {
            assert!(attempt.answered(again, &by_default(), at(3)).is_none());
        }
    }
}

#[test]
fn what_was_not_sent_or_was_rejected_is_as_it_was() {
    let (mut attempt, marked) = sent(login("one"), &by_default(), 0);
    let back = attempt.taken_back(at(1)).unwrap();
    assert!(back.version > marked.version && back.value.spending.is_none());
    assert_eq!(attempt.state(), State::Idle);
    // One that was sent before stays one that was sent before.
    let (_, marked) = sent(login("one"), &by_default(), 0);
    let (mut again, _) = sent(marked, &by_default(), 1);
    assert_eq!(again.taken_back(at(2)).unwrap().value.spending.unwrap().sends, 1);
}

#[test]
fn nothing_is_put_back_where_nothing_was_marked() {
    let mut attempt = attempt(login("one"), &by_default(), 0);
    assert!(attempt.taken_back(at(1)).is_none());
}

#[test]
fn a_token_that_the_server_takes_no_more_is_gone() {
    let (mut attempt, marked) = sent(login("one"), &by_default(), 0);
    let gone = attempt.refused(at(1));
    assert!(gone.version > marked.version && gone.value.token.is_none());
    assert!(matches!(Next::of(gone, &by_default(), at(2).wall, 8), Next::Nothing));
}

/// How often a token goes out whose answers are all lost, a second apart; at most 100 times.
fn sends(rules: &Rules, mut login: Versioned<Login>) -> u64 {
    for second in 0..100 {
        match Next::of(login.clone(), rules, at(second).wall, second) {
            Next::Send(mut attempt) => {
                attempt.mark(rules, at(second));
                attempt.sent();
                login = attempt.unanswered();
            }
            _ => return second,
        }
    }
    100
}

#[test]
fn after_lost_answers_it_goes_out_as_often_as_the_rule_says() {
    use AfterLostResponse::{Never, RetryOnce, RetryWithin};
    let grace = Duration::from_secs(30);
    for (rule, rotation, expected) in [
        (None, RefreshTokenRotation::Unknown, 2),
        (Some(RetryOnce), RefreshTokenRotation::Unknown, 2),
        (Some(Never), RefreshTokenRotation::Unknown, 1),
        (Some(RetryWithin(grace)), RefreshTokenRotation::Unknown, 30),
        (None, RefreshTokenRotation::WithGrace(grace), 30),
        // The program's word counts more than the provider's data, …
        (Some(Never), RefreshTokenRotation::WithGrace(grace), 1),
        // … but a token that stays cannot be replayed.
        (None, RefreshTokenRotation::Never, 100),
        (Some(Never), RefreshTokenRotation::Never, 100),
    ] {
        assert_eq!(sends(&rules(rule, rotation), login("one")), expected, "{rule:?} {rotation:?}");
    }
}

#[test]
fn an_observed_rotation_outweighs_the_word_that_there_is_none() {
    let stated = rules(None, RefreshTokenRotation::Never);
    let mut first = attempt(login("one"), &stated, 0);
    assert!(first.mark(&stated, at(0)).is_none(), "it stays, as far as is known");
    first.sent();
    let replaced = first.answered(Some(&RefreshToken::new("two")), &stated, at(0)).unwrap();
    let (mut second, marked) = sent(replaced.clone(), &stated, 1);
    assert_eq!(marked.value.spending.unwrap().sends, 1, "others are told that it is being sent");
    second.unanswered();
    assert_eq!(sends(&stated, replaced.clone()), 2);
    assert_eq!(sends(&rules(AfterLostResponse::Never, RefreshTokenRotation::Never), replaced), 1);
}

#[test]
fn the_count_outlives_the_process() {
    let (mut attempt, _) = sent(login("one"), &by_default(), 0);
    let written = serde_json::to_vec(&attempt.unanswered().value).unwrap();
    let read: Login = serde_json::from_slice(&written).unwrap();
    let (mut again, _) = sent(Versioned { version: 11, value: read }, &by_default(), 3600);
    let written = serde_json::to_vec(&again.unanswered().value).unwrap();
    let read: Login = serde_json::from_slice(&written).unwrap();
    assert!(gives_up(Versioned { version: 12, value: read }, &by_default(), 3601));
}

#[test]
fn an_attempt_that_is_known_not_to_have_been_sent_does_not_count() {
    let (mut attempt, _) = sent(login("one"), &by_default(), 0);
    let marked = attempt.unanswered().value;
    assert!(marked.without_attempt(Some(7)).spending.is_none());
    assert_eq!(marked.without_attempt(Some(8)).spending, marked.spending);
    assert_eq!(marked.without_attempt(None).spending, marked.spending);
}

#[test]
fn no_rotation_is_concluded_from_many_refreshes_and_never_after_one() {
    let refresh = |login: Versioned<Login>, new: Option<&RefreshToken>| {
        let mut attempt = attempt(login.clone(), &by_default(), 0);
        attempt.mark(&by_default(), at(0));
        attempt.sent();
        attempt.answered(new, &by_default(), at(0)).unwrap_or(login)
    };
    let mut stayed = login("one");
    for _ in 0..19 {
        stayed = refresh(stayed, None);
        assert!(!by_default().stays(&stayed.value));
    }
    stayed = refresh(stayed, None);
    assert!(by_default().stays(&stayed.value), "after twenty");

    let mut replaced = refresh(login("one"), Some(&RefreshToken::new("two")));
    for _ in 0..100 {
        replaced = refresh(replaced, None);
    }
    assert!(!by_default().stays(&replaced.value), "it may be again");
}
