//! Processes that use one login, end it, or begin it anew.

use std::io::Read as _;
use std::time::Duration;

use grantkit::prelude::*;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use crate::job::{Event, Job, ServedToken, Verdict};
use crate::login::{finished_login, keep_login};
use crate::support::{ID, SECRET};
use crate::trace::{Trace, say};
use crate::worker::person;

/// Tasks that use the login beside the task that says what it gets.
const TASKS: usize = 3;
const PAUSE: Duration = Duration::from_millis(20);
/// Between two refreshes of a process, at the most.
const REFRESH_PAUSE: u64 = 400;

fn told_to_end() -> JoinHandle<()> {
    tokio::task::spawn_blocking(|| {
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    })
}

pub(crate) async fn use_and_refresh(job: &Job, login: &str) {
    let (credentials, told_to_end) = (person(job, login, &Trace::default()), told_to_end());
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let credentials = credentials.clone();
        tasks.spawn(async move {
            loop {
                let _ = credentials.headers().await;
                sleep(PAUSE).await;
            }
        });
    }
    tasks.spawn({
        let credentials = credentials.clone();
        async move {
            loop {
                sleep(Duration::from_millis(fastrand::u64(..REFRESH_PAUSE))).await;
                let _ = credentials.refresh().await;
            }
        }
    });
    // By one task, so that what is said first came first.
    let mut before = None;
    while !told_to_end.is_finished() {
        let served = match credentials.token().await {
            Ok(token) => Ok(ServedToken {
                scope: token.scope().unwrap().to_owned(),
                token: token.access_token().secret().to_owned(),
            }),
            Err(error) => Err(Verdict::of(&error)),
        };
        if before.as_ref() != Some(&served) {
            say(&Event::Served(served.clone()));
            before = Some(served);
        }
        sleep(PAUSE).await;
    }
    tasks.shutdown().await;
    // A refresh that is under way is not to be lost with the process.
    credentials.settle().await.unwrap();
}

pub(crate) async fn log_out(job: &Job, login: &str) {
    let (credentials, told_to_end) = (person(job, login, &Trace::default()), told_to_end());
    // Others refresh it all the time, and it lives for seconds: on a busy machine it may be over when it comes.
    while credentials.token().await.is_err() {
        sleep(PAUSE).await;
    }
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET);
    let client = client.token_endpoint(&format!("{}/token", job.issuer)).unwrap();
    let revocation = client.revocation_endpoint(&format!("{}/revoke", job.issuer)).unwrap().build().revocation();
    say(&Event::Ready);
    told_to_end.await.unwrap();
    let ended = credentials.log_out(&revocation).await;
    let token = ended.map(|()| String::new()).map_err(|error| Verdict::Other(format!("{error:?}")));
    say(&Event::Outcome { login: login.to_owned(), token });
}

pub(crate) async fn log_in(job: &Job, login: &str, scope: &str) {
    let (token, told_to_end) = (finished_login(&job.issuer, scope).await, told_to_end());
    say(&Event::Ready);
    told_to_end.await.unwrap();
    keep_login(&job.issuer, &job.place, login, &token).await;
    say(&Event::Outcome { login: login.to_owned(), token: Ok(token.access_token().secret().to_owned()) });
}
