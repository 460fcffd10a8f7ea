use super::*;
use crate::error::Kind;

fn down() -> Error {
    Error::new(Kind::Connect, "no connection")
}

/// A circuit that has just opened.
fn open(now: Instant) -> Circuit {
    let mut circuit = Circuit::default();
    for _ in 0..FAILURES {
        let leave = circuit.enter(now, 0.0).unwrap();
        circuit.failed(leave, down(), now);
    }
    circuit
}

fn wait(circuit: &mut Circuit, now: Instant) -> Duration {
    circuit.enter(now, 0.0).unwrap_err().retry_after
}

#[test]
fn a_row_of_failures_opens_it() {
    let now = Instant::now();
    let mut circuit = open(now);
    assert_eq!(wait(&mut circuit, now), FIRST_PAUSE);
    assert!(circuit.enter(now, 0.0).unwrap_err().why.is_connect());
    assert_eq!(circuit.enter(now, 1.0).unwrap_err().retry_after, FIRST_PAUSE * 2);
}

#[test]
fn an_answer_in_between_starts_the_row_anew() {
    let now = Instant::now();
    let mut circuit = Circuit::default();
    for number in 0..FAILURES * 3 {
        let leave = circuit.enter(now, 0.0).unwrap();
        if number % (FAILURES - 1) == 0 { circuit.answered(leave) } else { circuit.failed(leave, down(), now) }
    }
    assert!(circuit.enter(now, 0.0).is_ok());
}

#[test]
fn one_trial_goes_through_and_each_failure_doubles_the_pause() {
    let mut now = Instant::now();
    let mut circuit = open(now);
    for pause in [1, 2, 4, 8, 16, 30, 30] {
        assert_eq!(wait(&mut circuit, now), Duration::from_secs(pause));
        now += Duration::from_secs(pause);
        let trial = circuit.enter(now, 0.0).unwrap();
        assert!(circuit.enter(now, 0.0).is_err(), "a second one");
        circuit.failed(trial, down(), now);
    }
}

#[test]
fn after_the_trial_more_and_more_are_let_through() {
    let mut now = Instant::now();
    let mut circuit = open(now);
    now += FIRST_PAUSE;
    let mut at_a_time = Vec::new();
    while !circuit.is_well() {
        let round: Vec<_> = std::iter::from_fn(|| circuit.enter(now, 0.0).ok()).take(1000).collect();
        at_a_time.push(round.len());
        for leave in round {
            circuit.answered(leave);
        }
    }
    assert_eq!(at_a_time, [1, 2, 4, 8, 16, 32]);
}

#[test]
fn a_trial_that_somebody_gave_up_is_made_by_the_next() {
    let now = Instant::now() + FIRST_PAUSE;
    let mut circuit = open(now - FIRST_PAUSE);
    let trial = circuit.enter(now, 0.0).unwrap();
    circuit.leave(trial);
    assert!(circuit.enter(now, 0.0).is_ok());
}

#[test]
fn what_becomes_of_requests_from_before_says_nothing() {
    let now = Instant::now();
    let mut circuit = Circuit::default();
    let late = circuit.enter(now, 0.0).unwrap();
    for _ in 0..FAILURES {
        let leave = circuit.enter(now, 0.0).unwrap();
        circuit.failed(leave, down(), now);
    }
    circuit.failed(late, down(), now);
    assert_eq!(wait(&mut circuit, now), FIRST_PAUSE);
    let now = now + FIRST_PAUSE;
    let trial = circuit.enter(now, 0.0).unwrap();
    circuit.failed(late, down(), now);
    circuit.answered(trial);
    assert!(circuit.enter(now, 0.0).is_ok());
}

#[test]
fn a_longer_retry_after_is_obeyed_up_to_the_longest_pause() {
    let now = Instant::now();
    for (asked_for, obeyed) in [(10, 10), (0, 2), (3600, 30)] {
        let mut circuit = open(now);
        let now = now + FIRST_PAUSE;
        let trial = circuit.enter(now, 0.0).unwrap();
        circuit.failed(trial, down().with_retry_after(Duration::from_secs(asked_for)), now);
        assert_eq!(wait(&mut circuit, now), Duration::from_secs(obeyed));
    }
}
