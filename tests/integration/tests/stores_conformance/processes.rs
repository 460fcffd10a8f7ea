//! The same among processes: this program is the other process, too.

use std::process::Child;
use std::time::Duration;

use tokio::time::sleep;

use crate::kept::{Kept, for_each_store_among_processes, kept, key, open_described, record};
use crate::other_process::other_process;

for_each_store_among_processes!(
    four_processes_take_turns,
    of_processes_that_put_the_same_version_one_is_told_so,
    what_a_killed_process_held_is_free_when_its_time_is_over,
);

const STORE: &str = "GRANTKIT_TEST_STORE";
const JOB: &str = "GRANTKIT_TEST_JOB";
const TURNS: usize = 20;

/// Runs a job in a process of its own.
pub(crate) fn process(place: &dyn Kept, job: &str) -> Child {
    other_process("processes::this_program_is_the_other_process")
        .env(STORE, place.description())
        .env(JOB, job)
        .spawn()
        .unwrap()
}

/// What the job printed.
pub(crate) fn end_of(process: Child) -> String {
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "the other process failed");
    String::from_utf8(output.stdout).unwrap()
}

/// Of no consequence when it is run as a test: it does the job that the environment names, which is none then.
#[tokio::test]
async fn this_program_is_the_other_process() {
    let Ok(store) = std::env::var(STORE) else {
        assert!(std::env::var(JOB).is_err());
        return;
    };
    let store = open_described(&store).await;
    match std::env::var(JOB).unwrap().as_str() {
        // Reads, then writes: without the lease, turns would get lost.
        "turns" => {
            for _ in 0..TURNS {
                let lease = loop {
                    if let Some(lease) = store.lease(&key("turns"), Duration::from_mins(1)).await.unwrap() {
                        break lease;
                    }
                };
                let turns = kept(&*store, "counter").await.map_or(0, |(version, _)| version);
                sleep(Duration::from_millis(1)).await;
                assert!(store.put_if_newer(&key("counter"), &record(turns + 1, "it")).await.unwrap(), "two have it");
                lease.release().await.unwrap();
            }
        }
        "put" => {
            for version in 1..=TURNS as u64 {
                let content = std::process::id().to_string();
                if store.put_if_newer(&key("billing"), &record(version, &content)).await.unwrap() {
                    println!("\nput {version}");
                }
            }
        }
        job => match job.split_once(' ') {
            Some(("hold", seconds)) => {
                let length = Duration::from_secs(seconds.parse().unwrap());
                let _held = store.lease(&key("billing"), length).await.unwrap().unwrap();
                println!("\nheld");
                sleep(Duration::from_mins(10)).await;
            }
            Some(("tool", token_endpoint)) => {
                println!("\ntoken {}", crate::ten_copies::tool(store, token_endpoint).await);
            }
            _ => panic!("no such job: {job}"),
        },
    }
}

async fn four_processes_take_turns(place: &dyn Kept) {
    let processes: Vec<_> = (0..4).map(|_| process(place, "turns")).collect();
    for process in processes {
        end_of(process);
    }
    assert_eq!(kept(&*place.open().await, "counter").await.unwrap().0, 4 * TURNS as u64);
}

async fn of_processes_that_put_the_same_version_one_is_told_so(place: &dyn Kept) {
    let processes: Vec<_> = (0..4).map(|_| process(place, "put")).collect();
    let said: Vec<_> = processes.into_iter().map(end_of).collect();
    for version in 1..=TURNS {
        let told = said.iter().filter(|said| said.lines().any(|line| line == format!("put {version}"))).count();
        // A version that was overtaken by a newer one before it was put was put by no process.
        assert!(told <= 1, "{version} was put by {told}");
    }
    assert!(said.iter().any(|said| said.contains(&format!("put {TURNS}"))));
}

async fn what_a_killed_process_held_is_free_when_its_time_is_over(place: &dyn Kept) {
    use std::io::{BufRead as _, BufReader};
    let store = place.open().await;
    // The longer ones where a machine takes longer than that to ask for it.
    for seconds in [3, 10, 30] {
        let mut process = process(place, &format!("hold {seconds}"));
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line == "held"), "it has taken it");
        let waiting = tokio::spawn({
            let store = store.clone();
            async move {
                let was_held = store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().is_none();
                (was_held, store.lease(&key("billing"), Duration::from_mins(1)).await.unwrap().is_some())
            }
        });
        sleep(Duration::from_millis(100)).await;
        process.kill().unwrap();
        process.wait().unwrap();
        let (was_held, is_free) = waiting.await.unwrap();
        if was_held {
            assert!(is_free);
            return;
        }
    }
    panic!("nothing was held");
}
