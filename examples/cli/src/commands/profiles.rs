mod assignment;

use clap::{ArgGroup, Args, Subcommand};
use grantkit::SecretString;
use grantkit::discovery::ServerMetadata;
use grantkit::provider::ConfigKind;
use serde_json::{Value, json};

use self::assignment::Assignment;
use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::profile::{Grant, Profile, check_name};
use crate::profile_file::ProfileFile;
use crate::screen::Screen;
use crate::service::{CLIENT_SECRET, Service, plugin};
use crate::vault::Vault;
use crate::{commands, dpop_key, identity};

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
        /// As `scopes=openid,email`, `api=https://..`, or a key of the provider
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

/// The server is asked for its metadata, so that mistakes show at once.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("server").required(true).args(["issuer", "provider"]))]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
struct Add {
    /// The profile's name
    name: String,
    /// The issuer: a server that publishes its metadata
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// A provider of `grantkit providers`
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// The client's ID, as it is registered at the server
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read the client's secret from standard input, or ask for it
    #[arg(long)]
    client_secret: bool,
    /// What to ask for; may be repeated
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// The base URL of the API that the token is for
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Whether a person logs in, or the client acts for itself
    #[arg(long, value_enum, default_value_t)]
    grant: Grant,
    /// Bind tokens to a key (DPoP, RFC 9449)
    #[arg(long)]
    dpop: bool,
    /// Replace the profile of that name
    #[arg(long)]
    replace: bool,
    /// Do not ask the server
    #[arg(long)]
    offline: bool,
    /// Further keys: `redirect_port=8400`, `hosts=git.acme.dev`, or keys of the provider
    #[arg(value_name = "KEY=VALUE")]
    assignments: Vec<Assignment>,
}

impl Profiles {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        match self.command.unwrap_or(Command::List) {
            Command::List => list(screen),
            Command::Add(add) => add.run(screen).await,
            Command::Set { name, assignments } => set(&name, &assignments, screen).await,
            Command::Secret { name, key } => secret(&name, &key, screen).await,
            Command::Show { profile } => show(profile.name(), screen).await,
            Command::Default { name } => {
                let file = ProfileFile::read()?;
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

fn list(screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    if screen.is_json() {
        let profiles = serde_json::to_value(file.profiles());
        let profiles = profiles.map_err(|error| Failure::general("the profiles are no JSON").caused_by(&error))?;
        return screen.json(&json!({ "file": file.path(), "default": file.default_name(), "profiles": profiles }));
    }
    if file.profiles().is_empty() {
        screen.note(&format!(
            "There is no profile yet in {}.\nnext: grantkit profiles add work --issuer https://.. --client-id ..",
            file.path().display()
        ));
        return Ok(());
    }
    let rows = file.profiles().iter().map(|(name, profile)| {
        let mark = if file.default_name() == Some(name) { "*" } else { "" };
        [format!("{name}{mark}"), profile.server().to_owned(), profile.api.clone().unwrap_or_default()]
    });
    screen.table(["profile", "server", "API"], &rows.collect::<Vec<_>>())
}

impl Add {
    async fn run(self, screen: Screen) -> Result<(), Failure> {
        check_name(&self.name)?;
        let file = ProfileFile::read()?;
        if file.profiles().contains_key(&self.name) && !self.replace {
            return Err(Failure::configuration(format!("there is a profile {:?} already", self.name))
                .or_next(format!("grantkit profiles set {} KEY=VALUE, or add it with --replace", self.name)));
        }
        let mut profile = Profile {
            provider: self.provider.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            scopes: self.scopes.clone(),
            api: self.api.clone(),
            grant: self.grant,
            dpop: self.dpop,
            ..Profile::default()
        };
        if let Some(provider) = &self.provider
            && plugin(provider).is_none()
        {
            return Err(
                Failure::configuration(format!("there is no provider {provider:?}")).or_next("grantkit providers")
            );
        }
        self.assignments.iter().try_for_each(|assignment| assignment.apply(&mut profile))?;
        if let (Some(issuer), false) = (&profile.issuer, self.offline) {
            let metadata = ServerMetadata::discover(issuer)
                .await
                .map_err(|error| Failure::from(error).or_next("check the issuer, or add the profile with --offline"))?;
            if profile.scopes.is_empty() && profile.grant == Grant::Login {
                profile.scopes = usual_scopes(&metadata);
            }
        }
        let secret = if self.client_secret { Some(read_secret(CLIENT_SECRET, screen)?) } else { None };
        if let Some(before) = file.profiles().get(&self.name) {
            forget_other_server(&self.name, before, &profile, screen).await?;
        }
        file.put(&self.name, &profile)?;
        if let Some(secret) = secret {
            Vault::open().await?.put_secret(&self.name, CLIENT_SECRET, &secret).await?;
        }
        let next = if self.grant == Grant::Login { "login" } else { "token" };
        done(
            &format!("profile {} is in {}\nnext: grantkit {next} {}", self.name, file.path().display(), self.name),
            &json!({ "profile": self.name, "file": file.path(), "scopes": profile.scopes }),
            screen,
        )
    }
}

/// What a login asks for unless told otherwise, of what the server has; all of it of an OpenID provider that does not list its scopes.
fn usual_scopes(metadata: &ServerMetadata) -> Vec<String> {
    let listed = &metadata.scopes_supported;
    let is_openid = !metadata.id_token_signing_alg_values_supported.is_empty();
    let has = |scope: &&str| listed.iter().any(|supported| supported == scope) || listed.is_empty() && is_openid;
    ["openid", "profile", "email", "offline_access"].into_iter().filter(has).map(str::to_owned).collect()
}

async fn set(name: &str, assignments: &[Assignment], screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let before = file.get(name)?;
    let mut profile = before.clone();
    assignments.iter().try_for_each(|assignment| assignment.apply(&mut profile))?;
    forget_other_server(name, before, &profile, screen).await?;
    file.put(name, &profile)?;
    done(&format!("profile {name} is changed"), &json!({ "profile": name }), screen)
}

/// What was given to one server is not sent to another: secrets, the key that tokens are bound to, who has logged in.
async fn forget_other_server(name: &str, before: &Profile, now: &Profile, screen: Screen) -> Result<(), Failure> {
    let server = |profile: &Profile| {
        (profile.issuer.clone(), profile.provider.clone(), profile.client_id.clone(), profile.keys.clone())
    };
    if server(before) == server(now) {
        return Ok(());
    }
    let vault = Vault::open().await?;
    let mut forgotten = Vec::new();
    for key in secret_keys(before) {
        if vault.secret(name, key).await?.is_some() {
            forgotten.push(key);
        }
    }
    for key in secret_keys(before).into_iter().chain([identity::NAME, dpop_key::NAME]) {
        vault.remove(name, key).await?;
    }
    for key in forgotten {
        screen.advice(&format!(
            "{key} was of the server before, and is forgotten; for a new one: grantkit profiles secret {name} {key}"
        ));
    }
    Ok(())
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

async fn show(name: Option<&str>, screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let (name, profile) = file.choose(name)?;
    let json = serde_json::to_value(profile).map_err(|error| Failure::general("no JSON").caused_by(&error))?;
    let vault = Vault::open().await?;
    let keys = secret_keys(profile);
    let mut kept = Vec::new();
    for key in keys {
        if vault.secret(name, key).await?.is_some() {
            kept.push(key);
        }
    }
    if screen.is_json() {
        return screen.json(&json!({ "name": name, "profile": json, "secrets": kept, "store": vault.place() }));
    }
    let mut fields = vec![("profile", name.to_owned())];
    for (key, value) in json.as_object().into_iter().flatten() {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            other => other.to_string(),
        };
        fields.push((key, text));
    }
    fields.push(("secrets", kept.join(" ")));
    fields.push(("kept in", vault.place().to_owned()));
    fields.push(("file", file.path().display().to_string()));
    screen.fields(&fields)
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
    for key in secret_keys(profile).into_iter().chain([identity::NAME, dpop_key::NAME]) {
        vault.remove(name, key).await?;
    }
    // Those of before the client had a secret, too: how it authenticates is part of a token's identity.
    let forgotten =
        if profile.issuer.is_some() { forgotten.and(forget(name, profile, &vault).await) } else { forgotten };
    if let Err(failure) = forgotten {
        screen.note(&format!("a login, if there is one, stays encrypted in the store: {}", failure.message()));
    }
    file.remove(name)?;
    done(&format!("profile {name} is removed"), &json!({ "removed": name }), screen)
}

/// Forgets the tokens; where they are follows from the server's metadata.
async fn forget(name: &str, profile: &Profile, vault: &Vault) -> Result<(), Failure> {
    let service = Service::connect(name, profile, vault.clone()).await?;
    Ok(service.credentials()?.clear().await?)
}
