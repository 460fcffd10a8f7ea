//! Whether a JWT is of its issuer, and in force: as an API would verify it.

use grantkit::discovery::ServerMetadata;
use grantkit::oidc::JwtVerifier;
use grantkit::transport::Transport;

use super::Jwt;
use crate::failure::Failure;
use crate::next::plain;
use crate::profile_file::ProfileFile;

const UNVERIFIED: &str = "grantkit decode --no-verify, to see what it says all the same";

impl Jwt {
    /// Signature, issuer and times.
    pub(super) async fn verify(&self, wanted: Option<&str>) -> Result<(), Failure> {
        self.check(wanted).await.map_err(|failure| failure.or_next(UNVERIFIED))
    }

    async fn check(&self, wanted: Option<&str>) -> Result<(), Failure> {
        let issuer = self.claims["iss"].as_str().ok_or_else(|| Failure::security("it names no issuer (`iss`)"))?;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != issuer) {
            return Err(Failure::security(format!("it is of {issuer}, not of {wanted}")));
        }
        // No key of the issuer's can verify these, so that it need not be asked.
        match self.header["alg"].as_str().unwrap_or_default() {
            "none" | "" => return Err(Failure::security("it is not signed (`alg` is none)")),
            name if name.starts_with("HS") => {
                return Err(Failure::security(format!(
                    "it is signed with a secret ({name}): only who has the secret can verify it"
                )));
            }
            _ => {}
        }
        // What is critical and not understood is no token for us (RFC 7515 §4.1.11).
        if let Some(critical) = self.header.get("crit") {
            let unknown = format!("its header has extensions that have to be understood: {critical}");
            return Err(Failure::security(unknown));
        }
        // A token of others must not make this machine send requests into its own network (SSRF).
        let is_known = wanted.is_some() || ProfileFile::read()?.has_issuer(issuer);
        let transport = Transport::shared()?;
        let transport = if is_known { transport } else { transport.public_addresses_only() };
        let refused = |error: &grantkit::Error| {
            let is_refused = error.is_security() || error.is_configuration();
            if is_refused && !is_known { not_asked(issuer, error) } else { not_found(error) }
        };
        let discovery = ServerMetadata::discover(issuer).transport(transport.clone());
        let metadata = discovery.await.map_err(|error| refused(&error))?;
        // Of any kind, for any audience, and bound to any key: all of that is shown.
        let verifier = JwtVerifier::from_metadata(&metadata)?.transport(transport).danger_accept_any_audience();
        let verifier = verifier.danger_accept_sender_constrained().danger_accept_without_expiry();
        let verifier = match self.header["typ"].as_str() {
            Some(kind) => verifier.typ(kind),
            None => verifier,
        };
        match verifier.verify(&self.text).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_security() => Err(error.into()),
            Err(error) => Err(not_found(&error)),
        }
    }
}

/// Neither the person nor a profile names this issuer, and it has no public `https` address, or is not what it claims to be.
fn not_asked(issuer: &str, error: &grantkit::Error) -> Failure {
    let only = format!("only the token names the issuer {issuer}: its keys are not fetched");
    let issuer = plain(issuer).unwrap_or("<its issuer>");
    let next = format!("grantkit decode <jwt> --issuer {issuer}, if that is an issuer of yours");
    Failure::security(only).caused_by(error).or_next(next)
}

/// The issuer could not be asked; where that may pass, the exit code says so.
fn not_found(error: &grantkit::Error) -> Failure {
    let what = "the issuer's keys cannot be fetched";
    let failure = if error.is_retryable() { Failure::temporary(what) } else { Failure::general(what) };
    failure.caused_by(error)
}
