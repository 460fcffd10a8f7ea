use clap::{ArgGroup, Args};
use grantkit::discovery::ServerMetadata;
use grantkit::provider::Capability;
use serde_json::json;

use super::assignment::Assignment;
use super::{done, forget_other_server, read_secret};
use crate::failure::Failure;
use crate::profile::{Grant, Profile, check_name};
use crate::profile_file::ProfileFile;
use crate::screen::Screen;
use crate::service::{CLIENT_SECRET, plugin};
use crate::vault::Vault;

/// The server is asked for its metadata, so that mistakes show at once.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("server").required(true).args(["issuer", "provider"]))]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Add {
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
    /// Whether a person logs in, or the client acts for itself; a login, unless the provider has none
    #[arg(long, value_enum)]
    grant: Option<Grant>,
    /// Bind tokens to a key (DPoP, RFC 9449)
    #[arg(long)]
    dpop: bool,
    /// Replace the profile of that name
    #[arg(long)]
    replace: bool,
    /// Do not ask the server
    #[arg(long)]
    offline: bool,
    /// Further keys: `redirect_port=8400`, `redirect_uri=http://localhost:8400/callback`, `hosts=git.acme.dev`,
    /// `private_key_file=/etc/acme/key.pem`, or keys of the provider, which come first where the profile
    /// has one of that name: `profile.redirect_uri=..` is then the profile's
    #[arg(value_name = "KEY=VALUE")]
    assignments: Vec<Assignment>,
}

impl Add {
    pub(super) async fn run(self, screen: Screen) -> Result<(), Failure> {
        check_name(&self.name)?;
        self.check_free(&ProfileFile::read()?)?;
        let mut profile = Profile {
            provider: self.provider.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            scopes: self.scopes.clone(),
            api: self.api.clone(),
            grant: self.grant.unwrap_or_else(|| self.provider.as_deref().map(usual_grant).unwrap_or_default()),
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
        // As it is by now: another copy may have changed it while the server and the person were asked.
        let file = ProfileFile::change()?;
        self.check_free(&file)?;
        let path = file.path().to_owned();
        if let Some(before) = file.profiles().get(&self.name) {
            forget_other_server(&self.name, before, &profile, screen).await?;
        }
        file.put(&self.name, &profile)?;
        if let Some(secret) = secret {
            Vault::open().await?.put_secret(&self.name, CLIENT_SECRET, &secret).await?;
        }
        let next = if profile.grant == Grant::Login { "login" } else { "token" };
        done(
            &format!("profile {} is in {}\nnext: grantkit {next} {}", self.name, path.display(), self.name),
            &json!({ "profile": self.name, "file": path, "scopes": profile.scopes }),
            screen,
        )
    }

    /// Whether there is no such profile yet, or it may be replaced.
    fn check_free(&self, file: &ProfileFile) -> Result<(), Failure> {
        if self.replace || !file.profiles().contains_key(&self.name) {
            return Ok(());
        }
        Err(Failure::configuration(format!("there is a profile {:?} already", self.name))
            .or_next(format!("grantkit profiles set {} KEY=VALUE, or add it with --replace", self.name)))
    }
}

/// How a provider's tokens are got, unless told otherwise.
fn usual_grant(provider: &str) -> Grant {
    let offers = |capability| plugin(provider).is_some_and(|plugin| plugin.capabilities().contains(&capability));
    let logs_in = offers(Capability::Login) || offers(Capability::DeviceLogin);
    if !logs_in && offers(Capability::Credentials) { Grant::ClientCredentials } else { Grant::Login }
}

/// What a login asks for unless told otherwise, of what the server has; all of it of an OpenID provider that does not list its scopes.
fn usual_scopes(metadata: &ServerMetadata) -> Vec<String> {
    let listed = &metadata.scopes_supported;
    let is_openid = !metadata.id_token_signing_alg_values_supported.is_empty();
    let has = |scope: &&str| listed.iter().any(|supported| supported == scope) || listed.is_empty() && is_openid;
    ["openid", "profile", "email", "offline_access"].into_iter().filter(has).map(str::to_owned).collect()
}
