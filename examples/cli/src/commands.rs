//! One module a command.

pub(crate) mod call;
pub(crate) mod completions;
pub(crate) mod decode;
pub(crate) mod discover;
pub(crate) mod introspect;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod man;
pub(crate) mod profiles;
pub(crate) mod providers;
pub(crate) mod revoke;
#[cfg(feature = "serve")]
pub(crate) mod serve;
pub(crate) mod token;
pub(crate) mod whoami;

use std::io::{Read as _, stdin};
use std::time::Duration;

use grantkit::credentials::CredentialCache;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::metadata::Age;
use crate::profile_file::ProfileFile;
use crate::screen::Screen;
use crate::service::Service;
use crate::vault::Vault;

/// How long the end of the program waits for a refresh that has spent the stored refresh token.
const SETTLE: Duration = Duration::from_secs(10);

pub(crate) async fn run(arguments: Arguments, screen: &Screen) -> Result<(), Failure> {
    let screen = *screen;
    let outcome = match arguments.command {
        Command::Login(login) => login.run(screen).await,
        Command::Token(token) => token.run(screen).await,
        Command::Call(call) => call.run(screen).await,
        Command::Whoami(whoami) => whoami.run(screen).await,
        Command::Introspect(introspect) => introspect.run(screen).await,
        Command::Revoke(revoke) => revoke.run(screen).await,
        Command::Logout(logout) => logout.run(screen).await,
        Command::Discover(discover) => discover.run(screen).await,
        Command::Decode(decode) => decode.run(screen).await,
        Command::Providers(providers) => providers.run(screen),
        Command::Profiles(profiles) => profiles.run(screen).await,
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve.run(screen).await,
        Command::Completions(completions) => completions.run(screen),
        Command::Man(man) => man.run(screen),
    };
    let settled = CredentialCache::global().settle(SETTLE).await;
    outcome.and_then(|()| Ok(settled?))
}

/// The profile, connected.
async fn service(profile: Option<&str>) -> Result<Service, Failure> {
    service_as_of(profile, Age::Kept).await
}

/// The same with metadata that may be as old.
async fn service_as_of(profile: Option<&str>, age: Age) -> Result<Service, Failure> {
    let file = ProfileFile::read()?;
    let (name, profile) = file.choose(profile)?;
    let vault = Vault::open().await?;
    Service::connect(name, profile, vault, age).await.map_err(|failure| failure.of_profile(name))
}

/// A token of the command line, or of standard input for `-`: arguments can be seen by all users of the machine.
fn token_argument(token: &str) -> Result<String, Failure> {
    let text = if token == "-" { standard_input()? } else { token.to_owned() };
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).to_owned();
    if text.is_empty() { Err(Failure::usage("the token is empty")) } else { Ok(text) }
}

/// All of standard input.
pub(crate) fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    Ok(text)
}
