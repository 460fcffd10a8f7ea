use super::*;
use crate::error::Fault;

fn down() -> Error {
    Error::new(Fault::Connect, "no connection")
}

/// A circuit that has just opened.
fn open(now: Instant) -> CircuitBreaker {
    let mut circuit = CircuitBreaker::default();
    for _ in 0..FAILURE_THRESHOLD {
        let admission = circuit.admit(now, 0.0).unwrap();
        circuit.failed(admission, down(), now);
    }
    circuit
}

fn wait(circuit: &mut CircuitBreaker, now: Instant) -> Duration {
    circuit.admit(now, 0.0).unwrap_err().retry_after
}

#[test]
fn a_row_of_failures_opens_it() {
    let now = Instant::now();
    let mut circuit = open(now);
    assert_eq!(wait(&mut circuit, now), INITIAL_BACKOFF);
    assert!(circuit.admit(now, 0.0).unwrap_err().why.is_connect());
    assert_eq!(circuit.admit(now, 1.0).unwrap_err().retry_after, INITIAL_BACKOFF * 2);
}

#[test]
fn an_answer_in_between_starts_the_row_anew() {
    let now = Instant::now();
    let mut circuit = CircuitBreaker::default();
    for number in 0..FAILURE_THRESHOLD * 3 {
        let admission = circuit.admit(now, 0.0).unwrap();
        if number % (FAILURE_THRESHOLD - 1) == 0 {
            circuit.answered(admission, now);
        } else {
            circuit.failed(admission, down(), now);
        }
    }
    assert!(circuit.admit(now, 0.0).is_ok());
}

#[test]
fn one_trial_goes_through_and_each_failure_doubles_the_pause() {
    let mut now = Instant::now();
    let mut circuit = open(now);
    for pause in [1, 2, 4, 8, 16, 30, 30] {
        assert_eq!(wait(&mut circuit, now), Duration::from_secs(pause));
        now += Duration::from_secs(pause);
        let trial = circuit.admit(now, 0.0).unwrap();
        assert!(circuit.admit(now, 0.0).is_err(), "a second one");
        circuit.failed(trial, down(), now);
    }
}

/// How many of those who come in each second may send in it, when many come all the time.
fn by_the_second(circuit: &mut CircuitBreaker, from: Instant, seconds: usize) -> Vec<usize> {
    let mut sent = vec![0; seconds + 60];
    for tick in 0..seconds * 100 {
        let now = from + Duration::from_millis(10) * u32::try_from(tick).unwrap();
        while let Ok(admission) = circuit.admit(now, 0.5) {
            let second = admission.not_before.duration_since(from).as_secs();
            sent[usize::try_from(second).unwrap()] += 1;
            circuit.answered(admission, now);
            if admission.not_before == now && sent[tick / 100] > 10_000 {
                break;
            }
        }
    }
    sent.truncate(seconds);
    sent
}

/// Fails until it opens, and answers the trial; gives the time of that.
fn recovers(circuit: &mut CircuitBreaker, mut now: Instant) -> Instant {
    for _ in 0..FAILURE_THRESHOLD {
        let admission = circuit.admit(now, 0.0).unwrap();
        circuit.failed(admission, down(), now);
    }
    now += INITIAL_BACKOFF;
    let trial = circuit.admit(now, 0.0).unwrap();
    circuit.answered(trial, now);
    now
}

#[test]
fn a_server_that_is_back_gets_three_times_what_it_usually_gets() {
    let mut now = Instant::now();
    let mut circuit = CircuitBreaker::default();
    for _ in 0..600 {
        let admission = circuit.admit(now, 0.0).unwrap();
        circuit.answered(admission, now);
        now += Duration::from_millis(200);
    }
    let back = recovers(&mut circuit, now);
    let sent = by_the_second(&mut circuit, back, 60);
    // Five a second were usual; the ten failures, which came at once, count among them.
    assert!(sent[1..].iter().all(|count| (14..=17).contains(count)), "{sent:?}");
    assert!(sent[0] <= 16 + 5, "{sent:?}");
}

#[test]
fn a_server_of_which_nothing_is_known_gets_ten_a_second_and_then_more() {
    let mut circuit = CircuitBreaker::default();
    let back = recovers(&mut circuit, Instant::now());
    let sent = by_the_second(&mut circuit, back, 31);
    // Turns are given out some seconds ahead.
    for (second, least, most) in [(1, 9, 12), (10, 13, 20), (20, 25, 40), (30, 50, 80)] {
        assert!((least..=most).contains(&sent[second]), "{second}: {sent:?}");
    }
}

#[test]
fn after_a_calm_time_the_rate_limit_ends() {
    let mut circuit = CircuitBreaker::default();
    let back = recovers(&mut circuit, Instant::now());
    let calm = back + CALM + Duration::from_secs(1);
    assert!((0..1000).all(|_| circuit.admit(calm, 0.0).is_ok_and(|admission| admission.not_before == calm)));
}

#[test]
fn the_rate_limit_ends_after_ten_minutes() {
    let mut circuit = CircuitBreaker::default();
    let back = recovers(&mut circuit, Instant::now());
    by_the_second(&mut circuit, back, 5);
    let end = back + MAX_RECOVERY + Duration::from_secs(1);
    assert!((0..1000).all(|_| circuit.admit(end, 0.0).is_ok_and(|admission| admission.not_before == end)));
}

#[test]
fn who_would_wait_too_long_is_told_when_to_come_again() {
    let mut circuit = CircuitBreaker::default();
    let back = recovers(&mut circuit, Instant::now());
    let refusal = std::iter::repeat_with(|| circuit.admit(back, 0.0)).take(1000).find_map(Result::err).unwrap();
    assert!(refusal.retry_after > MAX_WAIT && refusal.retry_after < MAX_WAIT * 2);
}

#[test]
fn a_trial_that_was_dropped_is_made_by_the_next_caller() {
    let now = Instant::now() + INITIAL_BACKOFF;
    let mut circuit = open(now - INITIAL_BACKOFF);
    let trial = circuit.admit(now, 0.0).unwrap();
    circuit.cancel(trial);
    assert!(circuit.admit(now, 0.0).is_ok());
}

/// Its runtime stands still: its end will not be seen.
#[test]
fn a_trial_that_does_not_end_is_followed_by_another() {
    let now = Instant::now() + INITIAL_BACKOFF;
    let mut circuit = open(now - INITIAL_BACKOFF);
    let stuck = circuit.admit(now, 0.0).unwrap();
    let later = now + MAX_TRIAL;
    assert!(circuit.admit(later - Duration::from_millis(1), 0.0).is_err());
    let another = circuit.admit(later, 0.0).unwrap();
    assert!(circuit.admit(later, 0.0).is_err(), "one at a time");
    circuit.cancel(stuck);
    circuit.failed(stuck, down(), later);
    assert!(circuit.admit(later, 0.0).is_err(), "what became of the first one says nothing");
    circuit.answered(another, later);
    assert!(circuit.admit(later, 0.0).is_ok());
}

#[test]
fn what_becomes_of_requests_from_before_says_nothing() {
    let now = Instant::now();
    let mut circuit = CircuitBreaker::default();
    let late = circuit.admit(now, 0.0).unwrap();
    for _ in 0..FAILURE_THRESHOLD {
        let admission = circuit.admit(now, 0.0).unwrap();
        circuit.failed(admission, down(), now);
    }
    circuit.failed(late, down(), now);
    assert_eq!(wait(&mut circuit, now), INITIAL_BACKOFF);
    let now = now + INITIAL_BACKOFF;
    let trial = circuit.admit(now, 0.0).unwrap();
    circuit.failed(late, down(), now);
    circuit.answered(trial, now);
    assert!(circuit.admit(now, 0.0).is_ok());
}

#[test]
fn a_longer_retry_after_is_obeyed_up_to_the_longest_pause() {
    let now = Instant::now();
    for (asked_for, obeyed) in [(10, 10), (0, 2), (3600, 30)] {
        let mut circuit = open(now);
        let now = now + INITIAL_BACKOFF;
        let trial = circuit.admit(now, 0.0).unwrap();
        circuit.failed(trial, down().with_retry_after(Duration::from_secs(asked_for)), now);
        assert_eq!(wait(&mut circuit, now), Duration::from_secs(obeyed));
    }
}
