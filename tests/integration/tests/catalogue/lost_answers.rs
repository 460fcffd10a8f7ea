//! What a service's data say of its refresh tokens decides how often one is sent after lost answers.

use std::time::Duration;

use grantkit::ProviderClient;
use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit_providers::catalogue::{self, Entry};
use grantkit_testkit::{Fault, provider};

use crate::end_to_end::log_in;

/// How often a refresh token is sent whose first two answers are lost, and whether the login is there afterwards.
async fn after_two_lost_answers(entry: &Entry) -> (usize, bool) {
    let played = provider(entry.name()).start().await.unwrap();
    let client = ProviderClient::connect(entry.name(), played.settings()).unwrap();
    let login = log_in(entry, &client).await.unwrap();
    let policy = RefreshPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
    let builder = login.credentials_builder("alice").cache(&CredentialCache::new(1, None)).policy(policy);
    let credentials = builder.await.unwrap();
    let requests = played.requests();
    let path = requests.iter().rfind(|request| request.form_value("code").is_some()).unwrap().path.clone();
    played.faults().next(&path, 2, Fault::lose_answer());
    credentials.refresh().await.unwrap_err();
    let is_kept = credentials.refresh().await.is_ok();
    let requests = played.requests();
    let mut refreshes = requests.iter().filter_map(|request| request.form_value("refresh_token"));
    let first = refreshes.next().unwrap();
    (1 + refreshes.filter(|sent| *sent == first).count(), is_kept)
}

fn entry(name: &str) -> &'static Entry {
    catalogue::entry(name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn login_at_a_service_whose_refresh_tokens_stay_outlives_lost_answers() {
    let dropbox = entry("dropbox");
    assert_eq!(dropbox.rotates_refresh_tokens(), Some(false));
    assert_eq!(after_two_lost_answers(dropbox).await, (3, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn login_at_a_service_with_a_grace_period_outlives_lost_answers() {
    let atlassian = entry("atlassian");
    assert_eq!((atlassian.rotates_refresh_tokens(), atlassian.refresh_token_reuse_grace_seconds()), (Some(true), 600));
    assert_eq!(after_two_lost_answers(atlassian).await, (3, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_token_of_a_service_that_says_no_more_is_sent_twice() {
    let discord = entry("discord");
    assert_eq!((discord.rotates_refresh_tokens(), discord.refresh_token_reuse_grace_seconds()), (Some(true), 0));
    assert_eq!(after_two_lost_answers(discord).await, (2, false));
}
