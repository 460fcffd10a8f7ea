//! Who starts processes, hears what they say, and ends them.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::MutexGuard;
use tokio::time::sleep;

use crate::job::{Event, Job, Kind, Verdict, Work};
use crate::other_process::other_process;
use crate::worker::JOB;

/// For a machine that is very busy; most waits take seconds.
const LOCK_TIMEOUT: Duration = Duration::from_mins(2);

/// Processes of several tests at once would keep each other from running.
pub(crate) async fn alone() -> MutexGuard<'static, ()> {
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    TURN.lock().await
}

pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let gives_up = Instant::now() + LOCK_TIMEOUT;
    while !is_so() {
        assert!(Instant::now() < gives_up, "waited in vain: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// How a process has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    ByItself,
    Killed,
}

/// What `kill -9` sends, on every Unix.
const SIGKILL: i32 = 9;

/// A process, which ends with this value.
pub(crate) struct Worker {
    process: Child,
    events: Arc<Mutex<Vec<(Instant, Event)>>>,
    listening: Option<JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn start(job: &Job) -> Self {
        let mut process = other_process("worker::this_program_is_a_worker")
            .env(JOB, serde_json::to_string(job).unwrap())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let events = Arc::<Mutex<Vec<_>>>::default();
        let heard = events.clone();
        // To the end: also what one that was killed had said.
        let listening = std::thread::spawn(move || {
            for event in lines.filter_map(|line| serde_json::from_str(&line).ok()) {
                heard.lock().unwrap().push((Instant::now(), event));
            }
        });
        Self { process, events, listening: Some(listening) }
    }

    /// As the machine's own lack of memory would: `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        assert_eq!(self.end(), End::Killed);
    }

    /// Ends its standard input, which it waits for.
    pub(crate) fn go(&mut self) {
        drop(self.process.stdin.take());
    }

    /// Waits until it has ended, and tells how.
    pub(crate) fn end(&mut self) -> End {
        self.go();
        let status = self.process.wait().unwrap();
        if let Some(listening) = self.listening.take() {
            listening.join().unwrap();
        }
        match (status.success(), status.signal()) {
            (true, _) => End::ByItself,
            (false, Some(SIGKILL)) => End::Killed,
            (false, _) => panic!("a process failed: {status}"),
        }
    }

    /// `end` does not wait any more.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.process.try_wait().unwrap().is_some()
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap().iter().map(|(_, event)| event.clone()).collect()
    }

    pub(crate) fn has_said(&self, is_it: impl Fn(&Event) -> bool) -> bool {
        self.events.lock().unwrap().iter().any(|(_, event)| is_it(event))
    }

    pub(crate) fn count(&self, is_it: impl Fn(&Event) -> bool) -> usize {
        self.events.lock().unwrap().iter().filter(|(_, event)| is_it(event)).count()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// All that these processes have said, in the order in which they did, for the message of a failure.
pub(crate) fn story<'a>(workers: impl IntoIterator<Item = &'a Worker>) -> String {
    let mut story: Vec<_> = Vec::new();
    for (number, worker) in workers.into_iter().enumerate() {
        let events = worker.events.lock().unwrap();
        story.extend(events.iter().map(|(at, event)| (*at, format!("process {number}: {event:?}"))));
    }
    story.sort();
    let Some(began) = story.first().map(|(at, _)| *at) else { return String::new() };
    let lines = story.into_iter().map(|(at, said)| format!("\n{:.3} s, {said}", (at - began).as_secs_f64()));
    lines.collect()
}

/// Processes that do the same, one of which may be another from time to time.
pub(crate) struct Fleet {
    job: Job,
    workers: Vec<Worker>,
    killed: Vec<Worker>,
}

impl Fleet {
    pub(crate) fn start(job: Job, processes: usize) -> Self {
        assert!(matches!(job.work, Work::Serve { .. }));
        let workers = (0..processes).map(|_| Worker::start(&job)).collect();
        Self { job, workers, killed: Vec::new() }
    }

    /// The number of the first one of which this is said to hold.
    pub(crate) async fn one_that(&self, is_it: impl Fn(&[Event]) -> bool) -> usize {
        let mut found = None;
        until("one is at it", || {
            found = self.workers.iter().position(|worker| is_it(&worker.events()));
            found.is_some()
        })
        .await;
        found.unwrap()
    }

    /// All that was said, in the order in which it was, for the message of a failure.
    pub(crate) fn story(&self) -> String {
        story(self.all())
    }

    pub(crate) fn has_said(&self, is_it: impl Fn(&Event) -> bool) -> bool {
        self.all().any(|worker| worker.has_said(&is_it))
    }

    /// Kills one, and starts another in its place; what the one had said to the end.
    pub(crate) fn kill(&mut self, number: usize) -> Vec<Event> {
        self.workers[number].kill();
        let killed = std::mem::replace(&mut self.workers[number], Worker::start(&self.job));
        let events = killed.events();
        self.killed.push(killed);
        events
    }

    /// Each is handed so many tokens more than it has had.
    pub(crate) async fn goes_on(&self, kinds: &[Kind], tokens: usize) {
        let before: Vec<_> = kinds.iter().map(|&kind| (kind, self.had(kind))).collect();
        let goes_on = || before.iter().all(|(kind, had)| self.has_gone_on(*kind, had, tokens));
        until(&format!("{kinds:?}: everybody gets new tokens"), goes_on).await;
    }

    /// How many tokens each has had.
    pub(crate) fn had(&self, kind: Kind) -> Vec<usize> {
        let is_one = |event: &Event| matches!(event, Event::Token { kind: of, .. } if *of == kind);
        self.workers.iter().map(|worker| worker.count(is_one)).collect()
    }

    pub(crate) fn has_gone_on(&self, kind: Kind, had: &[usize], tokens: usize) -> bool {
        self.had(kind).iter().zip(had).all(|(now, had)| *now >= had + tokens)
    }

    /// How often calls have come to this.
    pub(crate) fn turned(&self, kind: Kind, to: &Verdict) -> usize {
        let turned = Event::Turned { kind, to: to.clone() };
        self.all().map(|worker| worker.count(|event| *event == turned)).sum()
    }

    /// How many processes have come to this since then.
    pub(crate) fn turned_since(&self, since: Instant, kind: Kind, to: &Verdict) -> usize {
        let turned = Event::Turned { kind, to: to.clone() };
        let has =
            |worker: &&Worker| worker.events.lock().unwrap().iter().any(|(at, event)| *at > since && *event == turned);
        self.workers.iter().filter(has).count()
    }

    /// Ends all; they have seen nothing that must never be, and have called.
    pub(crate) fn end(&mut self) {
        for worker in &mut self.workers {
            drop(worker.process.stdin.take());
        }
        for worker in &mut self.workers {
            assert_eq!(worker.end(), End::ByItself);
            assert!(worker.has_said(|event| matches!(event, Event::Ended { calls } if *calls >= 100)), "it has called");
        }
        let is_wrong = |event: &Event| matches!(event, Event::Wrong(_) | Event::Turned { to: Verdict::Other(_), .. });
        assert!(!self.has_said(is_wrong), "{}", self.story());
    }

    /// The tokens that were handed out, first ones first: when, and to how many processes.
    pub(crate) fn tokens(&self, kind: Kind) -> Vec<(Instant, usize)> {
        let mut tokens = BTreeMap::new();
        for worker in self.all() {
            for (at, event) in worker.events.lock().unwrap().iter() {
                if let Event::Token { kind: of, token } = event
                    && *of == kind
                {
                    let (first, processes) = tokens.entry(token.clone()).or_insert((*at, 0));
                    *first = at.min(first).to_owned();
                    *processes += 1;
                }
            }
        }
        let mut tokens: Vec<_> = tokens.into_values().collect();
        tokens.sort_unstable();
        tokens
    }

    fn all(&self) -> impl Iterator<Item = &Worker> {
        self.workers.iter().chain(&self.killed)
    }
}
