//! Every provider of the catalogue, end to end against the testkit playing its service: login, person, API, refresh, logout, devices, and
//! the program itself.

use std::fmt::Debug;
use std::time::Duration;

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::store::MemoryStore;
use grantkit::{ApiClient, OAuthClient, OAuthToken, ProviderClient, SecretString};
use grantkit_providers::catalogue::{self, Entry, Grant, Kind, Quirk};
use grantkit_providers::services::GitHub;
use grantkit_testkit::{PlayedProvider, provider};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;

const SUBJECT: &str = "4711";

type Outcome<T = ()> = Result<T, String>;

#[tokio::test(flavor = "multi_thread")]
async fn every_provider_logs_people_in_refreshes_and_logs_out() {
    let only = std::env::var("GRANTKIT_PROVIDER").ok();
    let mut failed = Vec::new();
    let mut tried = 0;
    let all = catalogue::entries().iter().filter(|entry| entry.kind() != Kind::OpenId2);
    for entry in all.filter(|entry| only.as_ref().is_none_or(|only| only == entry.name())) {
        tried += 1;
        if let Err(why) = end_to_end(entry).await {
            failed.push(format!("{}: {why}", entry.name()));
        }
    }
    assert!(failed.is_empty(), "{} of {tried} providers:\n{}", failed.len(), failed.join("\n"));
}

#[derive(OAuthClient)]
#[oauth(provider = GitHub)]
struct App {
    client_id: String,
    client_secret: SecretString,
    provider_base_url: Option<String>,
}

/// The struct's fields are its configuration, and what it makes has the calls that the service offers.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_by_type_logs_a_person_in() {
    let played = provider("github").start().await.unwrap();
    let github = App::from_settings(played.settings()).unwrap().connect().unwrap();
    let entry = catalogue::entry("github").unwrap();
    let login = log_in(entry, &github.clone().erased()).await.unwrap();
    assert_eq!(github.identity(&login).await.unwrap().id(), played.id_of(SUBJECT));
    let credentials = login.credentials(SUBJECT).await.unwrap();
    call(&github.api(&credentials).unwrap()).await.unwrap();
    github.log_out(&credentials).await.unwrap();
    assert!(credentials.token().await.unwrap_err().needs_login());
    let wrong = App { client_id: String::new(), client_secret: "s3cret".into(), provider_base_url: None };
    assert!(wrong.connect().unwrap_err().to_string().contains("empty: `client_id`"));
}

async fn end_to_end(entry: &Entry) -> Outcome {
    let played =
        provider(entry.name()).poll_interval(Duration::ZERO).start().await.map_err(|error| error.to_string())?;
    let client = ok("connect", ProviderClient::connect(entry.name(), played.settings()))?;
    if entry.has_grant(Grant::ClientCredentials) || entry.kind() == Kind::ApiToken {
        let token = ok("the program's own token", client.credentials().token().await)?;
        that(played.is_active(&access_token(&token)), "the program's own token is good")?;
        if entry.kind() == Kind::ApiToken && entry.api_base_url().is_some() {
            call(&ok("api", client.api(client.credentials()))?).await?;
        }
    }
    if entry.has_grant(Grant::DeviceCode) {
        let login = log_in_on_a_device(&client).await?;
        check_person(entry, &played, &client, &login).await?;
    }
    if entry.has_grant(Grant::AuthorizationCode) {
        let login = log_in(entry, &client).await?;
        check_person(entry, &played, &client, &login).await?;
        use_and_log_out(entry, &played, &client, login).await?;
        if entry.has_grant(Grant::RefreshToken) {
            lose_the_login(entry, &played, &client).await?;
        }
    }
    Ok(())
}

/// As a browser does.
pub(crate) async fn log_in(entry: &Entry, client: &ProviderClient) -> Outcome<Login> {
    let code = ok("login", client.login(RedirectUri::new("https://app.example/cb").unwrap()))?;
    let (url, pending) =
        if entry.has_quirk(Quirk::ParRequired) { ok("push", code.push().await)? } else { ok("start", code.start())? };
    let response = ok("authorize", browser().get(url.as_str()).send().await)?;
    let callback = match response.headers().get(LOCATION) {
        Some(location) => location.to_str().unwrap().to_owned(),
        None => posted(&response.text().await.unwrap()).map_err(|page| format!("{url} shows {page}"))?,
    };
    code.finish(pending, &callback).await.map_err(|error| format!("finish {callback}: {error}"))
}

/// The body that a page posts (OAuth 2.0 Form Post Response Mode).
fn posted(page: &str) -> Result<String, String> {
    let inputs = page.split("<input ").skip(1).map(|input| {
        let attribute = |name: &str| {
            let (_, rest) = input.split_once(&format!("{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
        };
        (attribute("name"), attribute("value"))
    });
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(inputs).finish();
    if body.is_empty() { Err(page.to_owned()) } else { Ok(body) }
}

async fn log_in_on_a_device(client: &ProviderClient) -> Outcome<Login> {
    let device = ok("device login", client.device_login())?;
    let mut pending = ok("device start", device.start().await)?;
    that(ok("first poll", device.poll(&mut pending).await)?.is_none(), "nobody has consented yet")?;
    let page = format!("{}?user_code={}", pending.verification_uri(), pending.user_code());
    ok("device page", browser().get(page).send().await.and_then(reqwest::Response::error_for_status))?;
    let login = ok("poll", device.poll(&mut pending).await)?;
    login.ok_or_else(|| "the device is still waiting".to_owned())
}

async fn check_person(entry: &Entry, played: &PlayedProvider, client: &ProviderClient, login: &Login) -> Outcome {
    if entry.id().next().is_none() {
        return Ok(());
    }
    let person = ok("identity", client.identity(login).await)?;
    same("id", person.id(), &played.id_of(SUBJECT))?;
    same("reassignable ID", &person.is_id_reassignable(), &entry.has_quirk(Quirk::IdUsername))?;
    let has_email = entry.email().next().is_some() || entry.second_email().is_some();
    same("email", &person.email(), &has_email.then_some("alice@example.com"))?;
    let says_verified = match entry.email_url() {
        Some(_) => entry.second_email_verified().is_some(),
        None => entry.email_verified().next().is_some(),
    };
    same("verified", &person.is_email_verified(), &(has_email && (says_verified || entry.is_email_always_verified())))?;
    if entry.person_name().next().is_some() {
        // Of some services the ID is the name.
        let is_id = entry.id().next() == entry.person_name().next();
        same("name", &person.name(), &Some(if is_id { SUBJECT } else { "Alice Example" }))?;
    }
    Ok(())
}

async fn use_and_log_out(entry: &Entry, played: &PlayedProvider, client: &ProviderClient, login: Login) -> Outcome {
    let store = MemoryStore::new();
    let name = played.id_of(SUBJECT);
    let had_refresh_token = login.token().refresh_token().is_some();
    same("refresh token", &had_refresh_token, &entry.has_grant(Grant::RefreshToken))?;
    let mut tokens = vec![access_token(login.token())];
    let mut refresh_tokens: Vec<String> = refresh_token(login.token()).into_iter().collect();
    let credentials = ok("store", login.credentials_in(store.clone(), name.clone()).await)?;
    // As another process does.
    let stored = ok("stored login", client.stored_login(&name))?.credentials_in(store);
    same("stored", &access_token(&ok("stored token", stored.token().await)?), &tokens[0])?;
    if entry.api_base_url().is_some_and(|base| !base.contains("{token:")) {
        call(&ok("api", client.api(stored.clone()))?).await?;
    }
    if had_refresh_token {
        // A second time with what the first has left.
        for _ in 0..2 {
            let token = ok("refresh", stored.refresh().await)?;
            that(!tokens.contains(&access_token(&token)), "the refreshed token is a new one")?;
            tokens.push(access_token(&token));
            refresh_tokens.extend(refresh_token(&token));
        }
        that(played.counters().reused_refresh_tokens == 0, "no refresh token is spent twice")?;
    }
    ok("log out", client.log_out(&credentials).await)?;
    if client.revocation().is_ok() {
        let kept: Vec<_> = tokens.iter().chain(&refresh_tokens).filter(|token| played.is_active(token)).collect();
        that(!played.is_active(&tokens[tokens.len() - 1]) || kept.is_empty(), "the access token is dead")?;
        that(!refresh_tokens.iter().any(|token| played.is_active(token)), "the refresh token is dead")?;
    }
    let after = stored.token().await;
    that(after.is_err_and(|error| error.needs_login()), "there is no login after the logout")
}

/// The service has ended the login, and says so in its own words.
async fn lose_the_login(entry: &Entry, played: &PlayedProvider, client: &ProviderClient) -> Outcome {
    let login = log_in(entry, client).await?;
    let credentials = ok("store", login.credentials_in(MemoryStore::new(), "lost").await)?;
    played.revoke_all_refresh_tokens();
    if entry.has_quirk(Quirk::LongLivedExchange) {
        // They are refreshed with themselves.
        played.revoke_all_access_tokens();
    }
    match credentials.refresh().await {
        Ok(_) => Err("the refresh token that was revoked still works".to_owned()),
        Err(error) => that(error.needs_login(), &format!("the login is lost: {error:?}")),
    }
}

async fn call(api: &ApiClient) -> Outcome {
    let answer: serde_json::Value = ok("call", api.get(["things", "1"]).fetch().await)?;
    that(answer["path"].as_str().is_some_and(|path| path.ends_with("/things/1")), "the API is called")
}

pub(crate) fn browser() -> reqwest::Client {
    reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

fn access_token(token: &OAuthToken) -> String {
    token.access_token().secret().to_owned()
}

fn refresh_token(token: &OAuthToken) -> Option<String> {
    token.refresh_token().map(|token| token.secret().to_owned())
}

fn ok<T, E: Debug>(step: &str, result: Result<T, E>) -> Outcome<T> {
    result.map_err(|error| format!("{step}: {error:?}"))
}

fn that(is: bool, what: &str) -> Outcome {
    if is { Ok(()) } else { Err(format!("not so: {what}")) }
}

fn same<T: PartialEq + Debug + ?Sized>(what: &str, found: &T, wanted: &T) -> Outcome {
    if found == wanted { Ok(()) } else { Err(format!("{what} is {found:?} and not {wanted:?}")) }
}
