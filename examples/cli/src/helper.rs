//! Answers other programs' questions for credentials, each in its protocol.

pub(crate) mod docker;
pub(crate) mod git;
pub(crate) mod kubectl;
pub(crate) mod npm;

use crate::commands;
use crate::failure::Failure;
use crate::metadata::Age;
use crate::next::plain;
use crate::profile_file::ProfileFile;
use crate::service::Service;
use crate::vault::Vault;

/// The profile that the host may have a token of: the named one, or else the only one that lists the host.
async fn service_for(profile: Option<&str>, host: &str) -> Result<Option<Service>, Failure> {
    let file = ProfileFile::read()?;
    let trusting: Vec<_> = match profile {
        Some(name) => vec![(name, file.get(name)?)],
        None => file.profiles().iter().map(|(name, profile)| (name.as_str(), profile)).collect(),
    };
    let trusting: Vec<_> = trusting.into_iter().filter(|(_, profile)| profile.trusts_host(host)).collect();
    match trusting.as_slice() {
        [] => Ok(None),
        [(name, profile)] => {
            let service = Service::connect(name, profile, Vault::open().await?, Age::Kept).await;
            service.map(Some).map_err(|failure| failure.of_profile(name))
        }
        [(first, _), (second, _), ..] => {
            let both = format!("profiles {first:?} and {second:?} both list the host {host}");
            Err(Failure::configuration(both).or_next(format!("name one in the helper's line: token {first} --as ..")))
        }
    }
}

/// What to type where no profile lists the host: with the hosts that the profile lists already, as `set` replaces them.
fn list_host(profile: Option<&str>, host: &str) -> String {
    let host = plain(host).unwrap_or("<its host>");
    let file = ProfileFile::read().ok();
    let named = file.as_ref().and_then(|file| file.choose(profile).ok());
    let Some((name, profile)) = named else {
        return format!("grantkit profiles set {} hosts={host}", profile.unwrap_or("<profile>"));
    };
    let hosts: Vec<_> = profile.hosts.iter().map(String::as_str).chain([host]).collect();
    format!("grantkit profiles set {name} hosts={}", hosts.join(","))
}

/// All of standard input.
fn question() -> Result<String, Failure> {
    commands::standard_input()
}
