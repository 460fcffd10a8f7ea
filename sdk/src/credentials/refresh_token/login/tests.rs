use super::*;

const NOW: Duration = Duration::from_hours(500_000);
const MICROSECONDS: u64 = 1_800_000_000_000_000;

fn now() -> ClockReading {
    ClockReading { monotonic: Duration::from_secs(5), wall: NOW }
}

fn at(version: u64) -> Versioned<()> {
    Versioned { version, value: () }
}

#[test]
fn version_in_place_of_a_record_is_the_next_whatever_the_clock_says() {
    for version in [1, 7, MICROSECONDS - 1, MICROSECONDS, MICROSECONDS + 7] {
        assert_eq!(at(version).version_in_its_place(now()), version + 1);
    }
}

#[test]
fn version_in_place_of_none_follows_all_that_were_put_before_now() {
    assert_eq!(at(0).version_in_its_place(now()), MICROSECONDS);
    assert_eq!(version_at(now()), MICROSECONDS);
}

#[test]
fn next_version_follows_the_record_and_all_that_were_put_before_now() {
    for (version, next) in [(0, MICROSECONDS), (7, MICROSECONDS), (MICROSECONDS + 7, MICROSECONDS + 8)] {
        assert_eq!(at(version).next_version(now()), next);
    }
}

#[test]
fn versions_end_without_an_overflow() {
    assert_eq!(at(u64::MAX).version_in_its_place(now()), u64::MAX);
    assert_eq!(at(u64::MAX).next_version(now()), u64::MAX);
}
