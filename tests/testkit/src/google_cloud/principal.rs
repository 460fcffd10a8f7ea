//! Who a token is of.

use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;

use super::Cloud;
use crate::jws;
use crate::sync::lock;

/// Of every token, in seconds.
pub(super) const LIFETIME: u64 = 3600;
/// What lets a token be used for the IAM Credentials API.
const FOR_IAM: [&str; 2] = ["https://www.googleapis.com/auth/cloud-platform", "https://www.googleapis.com/auth/iam"];

/// What an access token is good for.
#[derive(Clone, Debug)]
pub(super) struct Granted {
    /// An e-mail address, or the `principal://…` of a workload.
    pub(super) principal: String,
    pub(super) scopes: Vec<String>,
    /// What it is narrowed to (Credential Access Boundaries).
    pub(super) boundary: Option<Value>,
    pub(super) expires_at: u64,
}

impl Granted {
    pub(super) fn may_call_iam(&self) -> bool {
        self.boundary.is_none() && self.scopes.iter().any(|scope| FOR_IAM.contains(&scope.as_str()))
    }
}

impl Cloud {
    /// To this principal, for the usual time.
    pub(super) fn granted(&self, principal: impl Into<String>, scopes: &str) -> Granted {
        Granted {
            principal: principal.into(),
            scopes: scopes.split_ascii_whitespace().map(str::to_owned).collect(),
            boundary: None,
            expires_at: self.clock.unix() + LIFETIME,
        }
    }

    /// What the token of a request is good for.
    pub(super) fn authorized(&self, headers: &HeaderMap) -> Option<Granted> {
        let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") { self.good(token) } else { None }
    }

    /// What an access token is good for, if it is.
    pub(super) fn good(&self, token: &str) -> Option<Granted> {
        let granted = lock(&self.tokens).get(token).cloned();
        granted.or_else(|| self.self_signed(token)).filter(|granted| granted.expires_at > self.clock.unix())
    }

    /// One that a service account has signed itself: `sub` is the account, and it has scopes or the API that it is for ("Service account
    /// authorization without OAuth").
    fn self_signed(&self, token: &str) -> Option<Granted> {
        let claims = jws::claims(token)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let email = text("iss").filter(|issuer| Some(*issuer) == text("sub"))?;
        let key = self.account(email)?;
        let scopes = text("scope").unwrap_or_default();
        let names_its_use = !scopes.is_empty() || text("aud").is_some();
        if !names_its_use || !jws::is_signed_by(token, &key.published()) {
            return None;
        }
        Some(Granted { expires_at: claims.get("exp")?.as_u64()?, ..self.granted(email, scopes) })
    }
}

/// The account's number, which stays the same.
pub(super) fn id(email: &str) -> String {
    let hash = digest(&SHA256, email.as_bytes());
    let number = hash.as_ref().iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    format!("1{number:020}")
}
