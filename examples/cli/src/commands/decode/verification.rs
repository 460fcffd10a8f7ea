//! Whether a JWT is of its issuer, and in force: as an API would verify it.

use grantkit::discovery::ServerMetadata;
use grantkit::oidc::JwtVerifier;

use super::Jwt;
use crate::failure::Failure;

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
        let metadata = ServerMetadata::discover(issuer).await.map_err(|error| not_found(&error))?;
        // Of any kind, for any audience, and bound to any key: all of that is shown.
        let verifier = JwtVerifier::from_metadata(&metadata)?.danger_accept_any_audience();
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

/// The issuer could not be asked; where that may pass, the exit code says so.
fn not_found(error: &grantkit::Error) -> Failure {
    let what = "the issuer's keys cannot be fetched";
    let failure = if error.is_retryable() { Failure::temporary(what) } else { Failure::general(what) };
    failure.caused_by(error)
}
