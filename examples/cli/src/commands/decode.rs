use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use clap::Args;
use grantkit::discovery::ServerMetadata;
use grantkit::transport::ServiceRequest;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::arguments::Output;
use crate::failure::Failure;
use crate::screen::{Screen, harmless};
use crate::time::{from_now, rfc3339_of_seconds};

/// Show what a JWT says, and verify it with its issuer's keys
///
/// Signature and times are verified, not the audience: whom the token is for is shown. The issuer is the one that the token names,
/// unless --issuer says which one it has to be.
#[derive(Args, Debug)]
pub(crate) struct Decode {
    /// The JWT, `-` for standard input
    jwt: String,
    /// The issuer that it has to be of
    #[arg(long, value_name = "URL", conflicts_with = "no_verify")]
    issuer: Option<String>,
    /// Show it without asking the issuer for keys
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What a JWT has, readable by everybody.
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
            screen.line(&format!("\nheader {:#}\n\nclaims {:#}", jwt.header, jwt.claims))?;
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
                _ => Err(Failure::usage("this is no JWT: its parts are no JSON objects in Base64URL")),
            },
            [_, _, _, _, _] => Err(Failure::usage("this JWT is encrypted (JWE): only who has the key can read it")),
            parts => Err(Failure::usage(format!(
                "this is no JWT: that has three parts with dots between them, this has {}; many access tokens are no JWTs",
                parts.len()
            ))
            .or_next("grantkit introspect <token>, to ask the server what it knows of it")),
        }
    }

    /// Signature, issuer and times.
    async fn verify(&self, wanted: Option<&str>) -> Result<(), Failure> {
        let issuer = self.claims["iss"].as_str().ok_or_else(|| Failure::security("it names no issuer (`iss`)"))?;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != issuer) {
            return Err(Failure::security(format!("it is of {issuer}, not of {wanted}")));
        }
        let algorithm = self.header["alg"].as_str().unwrap_or_default();
        let algorithm: Algorithm = match algorithm {
            "none" | "" => return Err(Failure::security("it is not signed (`alg` is none)")),
            name if name.starts_with("HS") => {
                return Err(Failure::security(format!(
                    "it is signed with a secret ({name}): only who has the secret can verify it"
                )));
            }
            name => name
                .parse()
                .map_err(|_| Failure::general(format!("this program does not know the algorithm {name:?}")))?,
        };
        let keys = self.keys(issuer, algorithm).await?;
        if keys.is_empty() {
            return Err(Failure::security(format!("{issuer} publishes no key that fits it")));
        }
        let mut validation = Validation::new(algorithm);
        validation.validate_aud = false;
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let is_signed = |key: &DecodingKey| jsonwebtoken::decode::<Value>(&self.text, key, &validation).is_ok();
        if !keys.iter().any(is_signed) {
            return Err(Failure::security(format!("the signature is not of {issuer}")));
        }
        let now = jiff::Timestamp::now().as_second();
        match (self.claims["exp"].as_i64(), self.claims["nbf"].as_i64()) {
            (Some(end), _) if end < now => Err(Failure::security("the signature is right, but the token has expired")),
            (_, Some(start)) if start > now + 60 => {
                Err(Failure::security("the signature is right, but the token is not valid yet"))
            }
            _ => Ok(()),
        }
    }

    /// The issuer's keys that may have signed it.
    async fn keys(&self, issuer: &str, algorithm: Algorithm) -> Result<Vec<DecodingKey>, Failure> {
        let metadata = ServerMetadata::discover(issuer).await.map_err(|error| not_found(&error))?;
        let address =
            metadata.jwks_uri.clone().ok_or_else(|| Failure::general(format!("{issuer} publishes no keys")))?;
        let answer =
            ServiceRequest::get("the issuer's keys", address).send().await.map_err(|error| not_found(&error))?;
        let set: Value = answer.success().and_then(|answer| answer.json()).map_err(|error| not_found(&error))?;
        let key_id = self.header["kid"].as_str();
        let keys = set["keys"].as_array().into_iter().flatten();
        // One of another kind than this program knows is passed over.
        let keys = keys.filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok());
        let fits = |key: &Jwk| {
            let names_it = key_id.is_none_or(|id| key.common.key_id.as_deref() == Some(id));
            let is_for_it = key.common.key_algorithm.is_none_or(|known| known.to_string() == format!("{algorithm:?}"));
            names_it && is_for_it
        };
        Ok(keys.filter(fits).filter_map(|key| DecodingKey::from_jwk(&key).ok()).collect())
    }

    fn times(&self) -> Vec<String> {
        let line = |name: &str, word: &str| {
            let seconds = self.claims[name].as_i64()?;
            let time =
                std::time::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(u64::try_from(seconds).ok()?))?;
            Some(format!("{word} {} ({})", rfc3339_of_seconds(seconds)?, from_now(time)))
        };
        [line("iat", "issued "), line("nbf", "starts "), line("exp", "expires")].into_iter().flatten().collect()
    }
}

/// The issuer could not be asked; where that may pass, the exit code says so.
fn not_found(error: &grantkit::Error) -> Failure {
    let what = "the issuer's keys cannot be fetched";
    let failure = if error.is_retryable() { Failure::temporary(what) } else { Failure::general(what) };
    failure.caused_by(error).or_next("grantkit decode --no-verify, to see what it says all the same")
}
