use std::fmt;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::cpu::thread_time;

/// Two ways to do one thing, in nanoseconds a call.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// The least that it could cost.
    pub floor: f64,
    /// What it costs.
    pub cost: f64,
    /// The median of the rounds' ratios.
    pub ratio: f64,
}

/// Measures both ways in turns, so that what disturbs the machine disturbs both alike.
pub fn compare<A, B>(
    rounds: usize,
    calls_a_round: u32,
    mut floor: impl FnMut() -> A,
    mut subject: impl FnMut() -> B,
) -> Comparison {
    let mut floors = Vec::with_capacity(rounds);
    let mut costs = Vec::with_capacity(rounds);
    let mut ratios = Vec::with_capacity(rounds);
    for round in 0..=rounds {
        let (floor, cost) = (time(calls_a_round, &mut floor), time(calls_a_round, &mut subject));
        // The first one warms up.
        if round > 0 {
            floors.push(floor);
            costs.push(cost);
            ratios.push(cost / floor);
        }
    }
    Comparison { floor: median(floors), cost: median(costs), ratio: median(ratios) }
}

/// Two ways to do one thing, by both clocks.
#[derive(Clone, Copy, Debug)]
pub struct CpuComparison {
    /// What the thread's own clock says: what others do on the machine hardly counts.
    pub cpu: Comparison,
    /// What a clock on the wall says.
    pub wall: Comparison,
}

/// [`compare`] for what takes microseconds, by the thread's CPU time beside the time that passes.
pub fn compare_cpu<A, B>(
    rounds: usize,
    calls_a_round: u32,
    mut floor: impl FnMut() -> A,
    mut subject: impl FnMut() -> B,
) -> CpuComparison {
    let mut pairs = Vec::with_capacity(rounds);
    for round in 0..=rounds {
        // Each is the first in turn: the second finds the caches as the first has left them.
        let pair = if round % 2 == 0 {
            let floor = both_times(calls_a_round, &mut floor);
            (floor, both_times(calls_a_round, &mut subject))
        } else {
            let subject = both_times(calls_a_round, &mut subject);
            (both_times(calls_a_round, &mut floor), subject)
        };
        if round > 0 {
            pairs.push(pair);
        }
    }
    let of = |time: fn(&Times) -> f64| Comparison {
        floor: median(pairs.iter().map(|(floor, _)| time(floor)).collect()),
        cost: median(pairs.iter().map(|(_, cost)| time(cost)).collect()),
        ratio: median(pairs.iter().map(|(floor, cost)| time(cost) / time(floor)).collect()),
    };
    CpuComparison { cpu: of(|times| times.cpu), wall: of(|times| times.wall) }
}

struct Times {
    cpu: f64,
    wall: f64,
}

fn both_times<T>(calls: u32, work: impl FnMut() -> T) -> Times {
    let start = thread_time();
    let wall = time(calls, work);
    Times { cpu: nanoseconds(thread_time().saturating_sub(start)) / f64::from(calls), wall }
}

/// Nanoseconds a call while two threads do it at once: the median of the rounds' slower threads.
pub fn per_call_on_two_threads<T>(rounds: usize, calls_a_round: u32, work: impl Fn() -> T + Sync) -> f64 {
    let arrived = AtomicUsize::new(0);
    let run = || {
        let mut times = Vec::with_capacity(rounds);
        for round in 0..=rounds {
            // A barrier that sleeps would let one thread be done before the other has woken up.
            arrived.fetch_add(1, Ordering::AcqRel);
            while arrived.load(Ordering::Acquire) < (round + 1) * 2 {
                spin_loop();
            }
            let time = time(calls_a_round, &work);
            if round > 0 {
                times.push(time);
            }
        }
        times
    };
    thread::scope(|scope| {
        let other = scope.spawn(run);
        let mine = run();
        let theirs = other.join().unwrap_or_default();
        median(mine.into_iter().zip(theirs).map(|(mine, theirs)| mine.max(theirs)).collect())
    })
}

fn time<T>(calls: u32, mut work: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        std::hint::black_box(work());
    }
    nanoseconds(start.elapsed()) / f64::from(calls)
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

/// The one in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The table at the end.
#[derive(Debug, Default)]
pub struct Summary(Vec<[String; 6]>);

impl Summary {
    /// Adds two lines, in microseconds: `aim` is the ratio of CPU time that is wanted at the most, if one is.
    pub fn add_cpu(&mut self, what: &str, comparison: CpuComparison, aim: impl Into<Option<f64>>) {
        let microseconds =
            |Comparison { floor, cost, ratio }| Comparison { floor: floor / 1e3, cost: cost / 1e3, ratio };
        self.add(&format!("{what}, CPU time"), "us", microseconds(comparison.cpu), aim);
        self.add(&format!("{what}, time"), "us", microseconds(comparison.wall), None);
    }

    /// Adds a line; `aim` is the ratio that is wanted at the most, if one is.
    pub fn add(&mut self, what: &str, unit: &str, comparison: Comparison, aim: impl Into<Option<f64>>) {
        let Comparison { floor, cost, ratio } = comparison;
        let aim = aim.into();
        let verdict = match aim {
            Some(aim) if ratio <= aim => "met",
            Some(_) => "NOT met",
            None => "",
        };
        self.0.push([
            what.to_owned(),
            format!("{floor:.1} {unit}"),
            format!("{cost:.1} {unit}"),
            format!("{ratio:.2}"),
            aim.map_or_else(String::new, |aim| format!("{aim:.2}")),
            verdict.to_owned(),
        ]);
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{:<44} {:>12} {:>12} {:>7} {:>6}", "", "floor", "cost", "ratio", "aim")?;
        for [what, floor, cost, ratio, aim, verdict] in &self.0 {
            writeln!(f, "{what:<44} {floor:>12} {cost:>12} {ratio:>7} {aim:>6}  {verdict}")?;
        }
        Ok(())
    }
}
