//! One process of a fleet: this program, run again.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use grantkit::credentials::RefreshPolicy;
use grantkit::prelude::*;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::job::{AfterLostResponse, Event, Job, KINDS, Kind, Verdict, Work};
use crate::login::client;
use crate::trace::{Trace, say};
use crate::traced::{TracedClient, TracedStore};
use crate::user;

/// Where a process finds its job.
pub(crate) const JOB: &str = "GRANTKIT_TEST_FLEET_JOB";
/// The person's login.
pub(crate) const PERSON: &str = "alice";
/// Between the calls of a task.
const PAUSE: Duration = Duration::from_millis(100);

/// Of no consequence when it is run as a test: it does the job that the environment names, which is none then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_program_is_a_worker() {
    let Ok(job) = std::env::var(JOB) else { return };
    let job: Job = serde_json::from_str(&job).unwrap();
    match &job.work {
        Work::Serve { tasks, lifetime } => serve(&job, *tasks, *lifetime).await,
        Work::Try { login } => keep_trying(&job, login).await,
        Work::Use { login } => user::use_and_refresh(&job, login).await,
        Work::LogOut { login } => user::log_out(&job, login).await,
        Work::LogIn { login, scope } => user::log_in(&job, login, scope).await,
        Work::Once { logins, killed_at } => {
            let trace = Trace::new(*killed_at);
            let outcomes = logins.iter().map(|login| once(person(&job, login, &trace), login.clone()));
            outcomes.collect::<JoinSet<_>>().join_all().await;
        }
    }
}

pub(crate) fn person(job: &Job, name: &str, trace: &Trace) -> Credentials {
    credentials(client(&job.issuer).stored_login(name).named(), job, trace)
}

fn credentials(client: impl OAuthClient, job: &Job, trace: &Trace) -> Credentials {
    let store = TracedStore { behind: job.place.open(), trace: trace.clone() };
    let mut policy = RefreshPolicy::default().with_backoff(Duration::from_millis(100), Duration::from_millis(500));
    if job.after_lost_response == AfterLostResponse::Never {
        policy = policy.with_after_lost_response(grantkit::credentials::AfterLostResponse::Never);
    }
    Credentials::builder(TracedClient { behind: client, trace: trace.clone() }).policy(policy).store(store).build()
}

async fn once(credentials: Credentials, login: String) {
    let token = credentials.token().await.map(|token| token.access_token().secret().to_owned());
    say(&Event::Outcome { login, token: token.map_err(|error| Verdict::of(&error)) });
}

async fn keep_trying(job: &Job, login: &str) {
    let credentials = person(job, login, &Trace::default());
    let told_to_end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    while !told_to_end.is_finished() {
        once(credentials.clone(), login.to_owned()).await;
        sleep(PAUSE / 10).await;
    }
}

async fn serve(job: &Job, tasks: u32, lifetime: Duration) {
    let trace = Trace::default();
    let machine = client(&job.issuer).client_credentials().scope("read").named("machine");
    let [machine, person] = [credentials(machine, job, &trace), person(job, PERSON, &trace)];
    let told_to_end = watch::Sender::new(false);
    let mut running = JoinSet::new();
    let calls = Arc::new(AtomicUsize::new(0));
    let uses = KINDS.map(|kind| Arc::new(Use { kind, lifetime, had: Mutex::default(), calls: calls.clone() }));
    for task in 0..tasks {
        // A task that waits for the one does not delay those that want the other.
        for (credentials, of_it) in [&machine, &person].into_iter().zip(&uses) {
            let (credentials, of_it) = (credentials.clone(), of_it.clone());
            let mut told_to_end = told_to_end.subscribe();
            let spread = PAUSE * task / tasks;
            running.spawn(async move {
                sleep(spread).await;
                while !*told_to_end.borrow_and_update() {
                    of_it.one(&credentials).await;
                    sleep(PAUSE).await;
                }
            });
        }
    }
    // Also when the process that started this has ended.
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    told_to_end.send_replace(true);
    running.join_all().await;
    say(&Event::Ended { calls: calls.load(Ordering::SeqCst) });
}

/// What the tasks of this process see of a kind of token.
struct Use {
    kind: Kind,
    lifetime: Duration,
    had: Mutex<Had>,
    calls: Arc<AtomicUsize>,
}

#[derive(Default)]
struct Had {
    tokens: BTreeSet<String>,
    good_until: Option<SystemTime>,
    verdict: Option<Verdict>,
}

impl Use {
    /// Gets the headers of a request, as a task of a program does, and looks at what it has got.
    async fn one(&self, credentials: &Credentials) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let (began, had_one_until) = (SystemTime::now(), self.had.lock().unwrap().good_until);
        let token = match credentials.headers().await {
            Ok(_) => credentials.token().await,
            Err(error) => Err(error),
        };
        let mut had = self.had.lock().unwrap();
        let verdict = match &token {
            Ok(token) => {
                let expires_at = token.expires_at().unwrap();
                if expires_at <= began {
                    say(&Event::Wrong(format!("{:?}: an expired token was handed out", self.kind)));
                }
                had.good_until = had.good_until.max(Some(expires_at));
                let text = token.access_token().secret().to_owned();
                if had.tokens.insert(text.clone()) {
                    say(&Event::Token { kind: self.kind, token: text });
                }
                Verdict::Good
            }
            Err(error) => {
                // Less what a request takes, from before which its life counts, and the last moments, in which it is kept back.
                if had_one_until.is_some_and(|until| until > SystemTime::now() + self.lifetime / 2) {
                    say(&Event::Wrong(format!("{:?}: a token that was still good was not served: {error}", self.kind)));
                }
                Verdict::of(error)
            }
        };
        if had.verdict.as_ref() != Some(&verdict) {
            say(&Event::Turned { kind: self.kind, to: verdict.clone() });
            had.verdict = Some(verdict);
        }
    }
}
