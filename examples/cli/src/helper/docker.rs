//! docker's credential helper protocol: <https://github.com/docker/docker-credential-helpers#development>.

use serde_json::{Map, Value, json};
use url::Url;

use super::git::is_safe;
use super::{list_host, question, service_for};
use crate::failure::Failure;
use crate::profile::host_of;
use crate::profile_file::ProfileFile;
use crate::screen::Screen;

/// What docker takes for "this helper has none"; any other text is an error.
const NOT_FOUND: &str = "credentials not found in native keychain";

pub(crate) async fn answer(profile: Option<&str>, operation: &str, screen: Screen) -> Result<(), Failure> {
    match operation {
        "get" => get(profile, screen).await,
        "list" => list(profile, screen),
        // What docker no longer wants stays: it is forgotten by `grantkit logout`.
        "erase" => Ok(()),
        "store" => Err(Failure::usage("docker's passwords are not kept here: the token comes from a login")
            .or_next(format!("grantkit login {}", profile.unwrap_or("<profile>")))),
        other => Err(Failure::usage(format!("{other:?} is no operation of docker's: get, list, store, erase"))),
    }
}

async fn get(profile: Option<&str>, screen: Screen) -> Result<(), Failure> {
    let server = question()?;
    let server = server.trim();
    let address = if server.contains("://") { server.to_owned() } else { format!("https://{server}") };
    let url = Url::parse(&address).ok();
    let host = url.as_ref().and_then(host_of).unwrap_or_default();
    if url.is_some_and(|url| !is_safe(url.scheme(), &host)) {
        screen.line(NOT_FOUND)?;
        return Err(Failure::security(format!("a token does not go to {host:?} over plain http"))
            .or_next("name the registry with https://"));
    }
    let Some(service) = service_for(profile, &host).await? else {
        screen.line(NOT_FOUND)?;
        return Err(Failure::general(format!("no profile lists the host {host:?}")).or_next(list_host(profile, &host)));
    };
    let token = service.token(&service.credentials()?).await?;
    let secret = token.access_token().secret();
    screen.line(&json!({ "ServerURL": server, "Username": service.profile.username(), "Secret": secret }).to_string())
}

fn list(profile: Option<&str>, screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let mut hosts = Map::new();
    for (_, profile) in file.profiles().iter().filter(|(name, _)| profile.is_none_or(|wanted| wanted == *name)) {
        for host in &profile.hosts {
            hosts.insert(host.clone(), Value::from(profile.username()));
        }
    }
    screen.line(&Value::Object(hosts).to_string())
}
