mod add;
mod assignment;
mod shown;
#[cfg(test)]
mod tests;

use clap::{Args, Subcommand};
use grantkit::SecretString;
use grantkit::provider::ConfigKind;
use serde_json::{Value, json};

use self::add::Add;
use self::assignment::Assignment;
use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::metadata::Age;
use crate::profile::Profile;
use crate::profile_file::ProfileFile;
use crate::screen::{Screen, harmless};
use crate::service::{ASSERTION_FILE, CLIENT_SECRET, Service, plugin};
use crate::vault::Vault;
use crate::{commands, dpop_key, identity, metadata, renewal, revoked};

/// The records of a login beside its tokens.
const OF_LOGIN: [&str; 4] = [identity::NAME, dpop_key::NAME, revoked::NAME, renewal::NAME];

/// List, add, change and remove profiles: which server, which client, which API
#[derive(Args, Debug)]
pub(crate) struct Profiles {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the profiles
    List,
    /// Add a profile
    Add(Box<Add>),
    /// Change keys of a profile; an empty value takes a key out
    Set {
        /// The profile
        name: String,
        /// As `scopes=openid,email`, `api=https://..`, or a key of the provider; where the provider has a key of that name,
        /// `profile.api=..` is the profile's
        #[arg(required = true, value_name = "KEY=VALUE")]
        assignments: Vec<Assignment>,
    },
    /// Keep a secret of a profile, from standard input or a prompt
    Secret {
        /// The profile
        name: String,
        /// The key
        #[arg(default_value = CLIENT_SECRET)]
        key: String,
    },
    /// Show a profile, without its secrets
    Show {
        #[command(flatten)]
        profile: ProfileChoice,
    },
    /// Make a profile the one that is used where none is named
    Default {
        /// The profile
        name: String,
    },
    /// Remove a profile, its secrets and its login
    Remove {
        /// The profile
        name: String,
    },
}

impl Profiles {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        match self.command.unwrap_or(Command::List) {
            Command::List => shown::list(screen).await,
            Command::Add(add) => add.run(screen).await,
            Command::Set { name, assignments } => set(&name, &assignments, screen).await,
            Command::Secret { name, key } => secret(&name, &key, screen).await,
            Command::Show { profile } => shown::show(profile.name(), screen).await,
            Command::Default { name } => {
                let file = ProfileFile::change()?;
                file.get(&name)?;
                file.set_default(&name)?;
                done(&format!("{name} is used where none is named"), &json!({ "default": name }), screen)
            }
            Command::Remove { name } => remove(&name, screen).await,
        }
    }
}

fn done(text: &str, json: &Value, screen: Screen) -> Result<(), Failure> {
    if screen.is_json() {
        return screen.json(json);
    }
    screen.done(text);
    Ok(())
}

async fn set(name: &str, assignments: &[Assignment], screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::change()?;
    let before = file.get(name)?;
    let mut profile = before.clone();
    assignments.iter().try_for_each(|assignment| assignment.apply(&mut profile))?;
    take_out_what_was_for_the_server_before(name, before, &mut profile, assignments, screen);
    forget_other_server(name, before, &profile, screen).await?;
    file.put(name, &profile)?;
    done(&format!("profile {name} is changed"), &json!({ "profile": name }), screen)
}

/// What was given to one server is not sent to another: secrets, the key that tokens are bound to, who has logged in.
async fn forget_other_server(name: &str, before: &Profile, now: &Profile, screen: Screen) -> Result<(), Failure> {
    if !has_other_server(before, now) {
        return Ok(());
    }
    let vault = Vault::open().await?;
    let mut forgotten = Vec::new();
    for key in secret_keys(before) {
        if vault.secret(name, key).await?.is_some() {
            forgotten.push(key);
        }
    }
    for key in secret_keys(before).into_iter().chain(OF_LOGIN).chain([metadata::NAME]) {
        vault.remove(name, key).await?;
    }
    for key in forgotten {
        screen.advice(&format!(
            "{key} was of the server before, and is forgotten; for a new one: grantkit profiles secret {name} {key}"
        ));
    }
    Ok(())
}

/// Nor is what the environment or a file has for the server before, unless it is named anew.
fn take_out_what_was_for_the_server_before(
    name: &str,
    before: &Profile,
    now: &mut Profile,
    assignments: &[Assignment],
    screen: Screen,
) {
    let is_named = |key: &str| assignments.iter().any(|assignment| assignment.key() == key);
    if !has_other_server(before, now) {
        return;
    }
    let variables = now.environment.clone();
    for (key, variable) in
        variables.iter().filter(|(key, variable)| before.environment.get(*key) == Some(*variable) && !is_named(key))
    {
        now.environment.remove(key);
        screen
            .advice(&format!("`{key}` was taken from the variable {variable} for the server before, and no longer is"));
    }
    let file = before.further.get(ASSERTION_FILE).cloned();
    if file.is_some() && !is_named(ASSERTION_FILE) && now.further.get(ASSERTION_FILE) == file.as_ref() {
        now.further.remove(ASSERTION_FILE);
        screen.advice(&format!(
            "`{ASSERTION_FILE}` was for the server before, and is taken out; for the new one: grantkit profiles set {name} {ASSERTION_FILE}=<a file>"
        ));
    }
}

fn has_other_server(before: &Profile, now: &Profile) -> bool {
    let server = |profile: &Profile| {
        // The further ones, of an issuer, say how the client authenticates, and not where.
        (profile.issuer.clone(), profile.provider.clone(), profile.client_id.clone(), profile.keys.clone())
    };
    server(before) != server(now)
}

async fn secret(name: &str, key: &str, screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let profile = file.get(name)?;
    let is_secret = match profile.provider.as_deref().and_then(plugin) {
        Some(plugin) => plugin.keys().iter().any(|known| known.name == key && known.kind == ConfigKind::Secret),
        None => key == CLIENT_SECRET,
    };
    if !is_secret {
        let next = profile.provider.as_ref().map(|provider| format!("grantkit providers {provider}"));
        return Err(Failure::usage(format!("profile {name:?} has no secret {key:?}"))
            .or_next(next.unwrap_or_else(|| format!("grantkit profiles secret {name} {CLIENT_SECRET}"))));
    }
    let secret = read_secret(key, screen)?;
    let vault = Vault::open().await?;
    vault.put_secret(name, key, &secret).await?;
    done(&format!("`{key}` is kept in {}", vault.place()), &json!({ "profile": name, "secret": key }), screen)
}

/// Without an echo where a person types it.
fn read_secret(key: &str, screen: Screen) -> Result<SecretString, Failure> {
    let text =
        if screen.can_ask() { rpassword::prompt_password(format!("{key}: "))? } else { commands::standard_input()? };
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() { Err(Failure::usage(format!("`{key}` is empty"))) } else { Ok(text.into()) }
}

fn secret_keys(profile: &Profile) -> Vec<&'static str> {
    match profile.provider.as_deref().and_then(plugin) {
        Some(plugin) => plugin.keys().iter().filter(|key| key.kind == ConfigKind::Secret).map(|key| key.name).collect(),
        None => vec![CLIENT_SECRET],
    }
}

async fn remove(name: &str, screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let profile = file.get(name)?;
    let vault = Vault::open().await?;
    let forgotten = forget(name, profile, &vault).await;
    for key in secret_keys(profile).into_iter().chain(OF_LOGIN) {
        vault.remove(name, key).await?;
    }
    // Those of before the client had a secret, too: how it authenticates is part of a token's identity.
    let forgotten =
        if profile.issuer.is_some() { forgotten.and(forget(name, profile, &vault).await) } else { forgotten };
    vault.remove(name, metadata::NAME).await?;
    if let Err(failure) = forgotten {
        screen.advice(&format!(
            "A login, if there is one, stays encrypted in the store: {}",
            harmless(failure.message())
        ));
    }
    ProfileFile::change()?.remove(name)?;
    done(&format!("profile {name} is removed"), &json!({ "removed": name }), screen)
}

/// Forgets the tokens; where they are follows from the server's metadata.
async fn forget(name: &str, profile: &Profile, vault: &Vault) -> Result<(), Failure> {
    let service = Service::connect(name, profile, vault.clone(), Age::Kept).await?;
    Ok(service.credentials()?.clear().await?)
}
