//! A command-line tool whose person has logged in earlier, started ten times at once.

use std::time::Duration;

use crate::commander::{End, Worker};
use crate::job::{AfterLostAnswer, Event, Job, Place, Work};
use crate::login::{log_in, no_replay, server};
use crate::worker::PERSON;

const COPIES: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_copies_of_a_tool_one_refreshes() {
    let (folder, server) = (tempfile::tempdir().unwrap(), server(Duration::from_hours(1)).await);
    let place = Place::File(folder.path().to_owned());
    log_in(&server, &place, PERSON, true).await;
    let work = Work::Once { logins: vec![PERSON.to_owned()], killed_at: None };
    let job = Job { place, issuer: server.issuer(), work, after_lost_answer: AfterLostAnswer::Default };
    let mut copies: Vec<_> = (0..COPIES).map(|_| Worker::start(&job)).collect();
    tokio::task::spawn_blocking(move || {
        let mut tokens: Vec<_> = copies.iter_mut().map(token_of).collect();
        tokens.dedup();
        assert_eq!(tokens.len(), 1, "{tokens:?}");
    })
    .await
    .unwrap();
    assert_eq!(server.counters().refresh_token, 1);
    no_replay(&server);
}

fn token_of(copy: &mut Worker) -> String {
    assert_eq!(copy.end(), End::ByItself);
    let mut tokens = copy.events().into_iter().filter_map(|event| match event {
        Event::Outcome { token: Ok(token), .. } => Some(token),
        _ => None,
    });
    tokens.next().expect("it has got one")
}
