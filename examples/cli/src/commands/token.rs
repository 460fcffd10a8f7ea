use std::time::{Duration, SystemTime};

use clap::{Args, ValueEnum};
use grantkit::token::IdTokenClaims;
use grantkit::{Credentials, OAuthToken};
use serde_json::json;

use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::helper;
use crate::screen::Screen;
use crate::service::Service;
use crate::time::rfc3339;

/// Print an access token that is valid, refreshed first if it has expired
#[derive(Args, Debug)]
pub(crate) struct Token {
    #[command(flatten)]
    profile: ProfileChoice,
    /// Answer as another program's credential helper
    #[arg(long = "as", value_name = "PROGRAM")]
    helper: Option<Helper>,
    /// What git or docker adds: get, store, erase, list
    #[arg(value_name = "OPERATION", requires = "helper", hide = true)]
    operation: Option<String>,
    /// The ID token in place of the access token, as Kubernetes wants it; renewed first if it has expired
    #[arg(long = "id-token", id = "id_token")]
    of_identity: bool,
    /// Refresh it first, even if it has not expired
    #[arg(long)]
    fresh: bool,
    /// Print the header line, as for `curl -H @-`
    #[arg(long, conflicts_with_all = ["helper", "id_token", "json"])]
    header: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// A program that asks a helper for credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Helper {
    /// git's credential.helper
    Git,
    /// docker's credHelpers
    Docker,
    /// An exec plugin of kubectl (`client.authentication.k8s.io/v1`)
    Kubectl,
    /// Lines of an .npmrc, for the profile's hosts
    Npm,
}

impl Token {
    pub(crate) async fn run(mut self, screen: Screen) -> Result<(), Failure> {
        if let Some(helper @ (Helper::Git | Helper::Docker)) = self.helper {
            // git and docker add their word at the end, where the profile may have been left out.
            let operation = self.operation.take().or_else(|| self.profile.take_word());
            let operation = operation.ok_or_else(|| {
                Failure::usage("git and docker say what they want: get, store or erase").or_next("grantkit help token")
            })?;
            let profile = self.profile.name();
            return match helper {
                Helper::Git => helper::git::answer(profile, &operation, screen).await,
                _ => helper::docker::answer(profile, &operation, screen).await,
            };
        }
        let service = super::service(self.profile.name()).await?;
        let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(&service.name);
        let credentials = service.credentials()?;
        let mut token = service.token(&credentials).await?;
        if self.fresh {
            // Another one than that which this process has seen.
            token = credentials.refresh().await.map_err(of_profile)?;
        }
        if self.of_identity {
            token = with_valid_id_token(&service, &credentials, token, self.fresh).await?;
        }
        let secret = if self.of_identity {
            token.id_token().ok_or_else(|| without_id_token(&service, &token))?
        } else {
            token.access_token().secret()
        };
        // The end of an ID token is its own.
        let end = if self.of_identity { end_of_id_token(&token) } else { token.expires_at() };
        if self.helper == Some(Helper::Kubectl) {
            return helper::kubectl::answer(secret, end, screen);
        }
        if self.helper == Some(Helper::Npm) {
            return helper::npm::answer(&service.name, &service.profile, secret, screen);
        }
        if self.header {
            return screen.line(&format!("Authorization: {} {secret}", token.token_type().scheme()));
        }
        if screen.is_json() {
            return screen.json(&json!({
                "profile": service.name,
                "token": secret,
                "token_type": token.token_type().scheme(),
                "scope": token.scope(),
                "expires_at": end.and_then(rfc3339),
            }));
        }
        if credentials.dpop_key().is_some() && !self.of_identity && screen.is_result_watched() {
            screen.advice("This token is bound to a key (DPoP): it is of use with `grantkit call` alone.");
        }
        screen.line(secret)
    }
}

/// An ID token that ends within this time is renewed before it is given out: it has to reach the cluster, too.
const AHEAD: Duration = Duration::from_secs(30);

fn end_of_id_token(token: &OAuthToken) -> Option<SystemTime> {
    token.id_token_claims().map(IdTokenClaims::expires_at)
}

fn without_id_token(service: &Service, token: &OAuthToken) -> Failure {
    let mut asked = service
        .profile
        .scopes
        .iter()
        .map(String::as_str)
        .chain(token.scope().into_iter().flat_map(str::split_whitespace));
    let failure = if asked.any(|scope| scope == "openid") {
        Failure::login("the server gave no ID token with the last token: it takes a new login")
    } else {
        Failure::configuration("the login has no ID token: it takes the scope `openid`")
    };
    failure.of_profile(&service.name)
}

/// The token, refreshed where its ID token is over or nearly so. It may end before the access token, and a refresh need not bring another
/// one (OpenID Connect Core §12.2).
async fn with_valid_id_token(
    service: &Service,
    credentials: &Credentials,
    token: OAuthToken,
    is_fresh: bool,
) -> Result<OAuthToken, Failure> {
    let lasts =
        |token: &OAuthToken, ahead: Duration| end_of_id_token(token).is_none_or(|end| end > SystemTime::now() + ahead);
    if lasts(&token, AHEAD) {
        return Ok(token);
    }
    let token = if is_fresh {
        token
    } else {
        match credentials.refresh().await {
            // Without an ID token, the one of the login is still the newest.
            Ok(newer) if newer.id_token().is_some() => newer,
            Err(error) if !lasts(&token, Duration::ZERO) => {
                return Err(Failure::from(error).of_profile(&service.name));
            }
            _ => token,
        }
    };
    if lasts(&token, Duration::ZERO) {
        return Ok(token);
    }
    let over = "the ID token of the login is over, and the server gives no newer one for the refresh token";
    Err(Failure::login(over).of_profile(&service.name))
}
