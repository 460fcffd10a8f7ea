use std::fmt;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

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

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The table at the end.
#[derive(Debug, Default)]
pub struct Summary(Vec<[String; 6]>);

impl Summary {
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
