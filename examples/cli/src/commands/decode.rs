mod verification;

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clap::Args;
use serde_json::{Value, json};

use crate::arguments::Output;
use crate::failure::Failure;
use crate::screen::{Screen, harmless, json_text};
use crate::time::{from_now, rfc3339};

/// Show what a JWT says, and verify it with its issuer's keys
///
/// Signature and times are verified, not the audience, which is shown. Keys are fetched from the issuer of --issuer or of a
/// profile; from another one that the token names, only by https from a public address, as a token can name any issuer.
#[derive(Args, Debug)]
pub(crate) struct Decode {
    /// The JWT, `-` for standard input
    jwt: String,
    /// The issuer that it has to be of, which is asked wherever it is
    #[arg(long, value_name = "URL", conflicts_with = "no_verify")]
    issuer: Option<String>,
    /// Show it without asking the issuer for keys
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What a JWT has in plain text.
struct Jwt {
    text: String,
    header: Value,
    claims: Value,
}

impl Decode {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let jwt = Jwt::read(super::token_argument(&self.jwt)?)?;
        let verdict = if self.no_verify { None } else { Some(jwt.verify(self.issuer.as_deref()).await) };
        let is_verified = matches!(verdict, Some(Ok(())));
        if screen.is_json() {
            let reason = match &verdict {
                Some(Err(failure)) => Some(failure.message()),
                _ => None,
            };
            screen.json(
                &json!({ "verified": is_verified, "reason": reason, "header": jwt.header, "claims": jwt.claims }),
            )?;
        } else {
            let issuer = jwt.claims["iss"].as_str().unwrap_or_default();
            let headline = if is_verified {
                format!("VERIFIED: signed by {}", harmless(issuer))
            } else {
                "NOT VERIFIED".to_owned()
            };
            screen.line(&headline)?;
            let (header, claims) = (json_text(&jwt.header), json_text(&jwt.claims));
            screen.line(&format!("\nheader {header}\n\nclaims {claims}"))?;
            jwt.times().into_iter().try_for_each(|line| screen.line(&line))?;
        }
        verdict.unwrap_or(Ok(()))
    }
}

impl Jwt {
    fn read(text: String) -> Result<Self, Failure> {
        let parts: Vec<_> = text.split('.').collect();
        let part = |text: &str| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
            serde_json::from_slice::<Value>(&bytes).ok().filter(Value::is_object)
        };
        match parts.as_slice() {
            [header, claims, _] => match (part(header), part(claims)) {
                (Some(header), Some(claims)) => Ok(Self { text, header, claims }),
                _ => Err(Failure::usage("this is not a JWT: its parts are not JSON objects in Base64URL")),
            },
            [_, _, _, _, _] => Err(Failure::usage("this JWT is encrypted (JWE): only who has the key can read it")),
            parts => Err(Failure::usage(format!(
                "this is not a JWT: that has three parts with dots between them, this has {}; many access tokens are no JWTs",
                parts.len()
            ))
            .or_next("grantkit introspect <token>, to ask the server what it knows of it")),
        }
    }

    fn times(&self) -> Vec<String> {
        let line = |name: &str, word: &str| {
            let since_1970 = Duration::try_from_secs_f64(self.claims[name].as_f64()?).ok()?;
            let time = UNIX_EPOCH.checked_add(since_1970)?;
            Some(format!("{word} {} ({})", rfc3339(time)?, from_now(time)))
        };
        [line("iat", "issued "), line("nbf", "starts "), line("exp", "expires")].into_iter().flatten().collect()
    }
}
