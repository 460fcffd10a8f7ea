//! ID tokens (OpenID Connect Core §2).

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::TokenAnswer;
use crate::keys;
use crate::oauth_error::OAuthError;
use crate::state::{Login, Registration, State};
use crate::sync::lock;

/// An ID token is read once, at the login: an hour is plenty.
const LIFETIME_SECS: u64 = 3600;

/// Adds an ID token to an answer, where `openid` was granted to a user.
///
/// A nonce belongs to the login; the ID token of a refresh has none (OpenID Connect Core §12.2).
pub(super) fn add(
    state: &State,
    client: &Registration,
    login: &Arc<Login>,
    nonce: Option<&str>,
    answer: &mut TokenAnswer,
) -> Result<(), OAuthError> {
    let rules = &state.id_tokens;
    let Some(user) = login.user.as_ref().filter(|_| rules.are_always_issued || login.scope.contains("openid")) else {
        return Ok(());
    };
    let now = state.clock.unix();
    let mut claims: Map<String, Value> = user.claims().clone();
    claims.extend((rules.more_claims)(user));
    claims.insert("iss".into(), state.issuer.as_str().into());
    claims.insert("sub".into(), user.subject().into());
    claims.insert("aud".into(), login.client_id.as_str().into());
    claims.insert("iat".into(), now.into());
    claims.insert("exp".into(), (now + LIFETIME_SECS).into());
    claims.insert("auth_time".into(), login.auth_time.into());
    claims.insert("at_hash".into(), at_hash(&answer.access_token).into());
    if let Some(acr) = &login.acr {
        claims.insert("acr".into(), acr.as_str().into());
    }
    if let Some(nonce) = nonce.filter(|_| rules.have_nonce) {
        claims.insert("nonce".into(), nonce.into());
    }
    for (name, value) in &lock(&state.live).id_token_claims {
        if value.is_null() {
            claims.remove(name);
        } else {
            claims.insert(name.clone(), value.clone());
        }
    }
    let claims = Value::Object(claims);
    let id_token = match client.secret.as_deref().filter(|_| rules.are_signed_with_secret) {
        Some(secret) => keys::sign_with_secret(secret, &claims),
        None => state.keys.sign(&claims)?,
    };
    state.tokens.add_id_token(id_token.clone(), Arc::clone(login));
    answer.id_token = Some(id_token);
    Ok(())
}

/// The left half of the access token's hash (OpenID Connect Core §3.1.3.6); both algorithms here hash with SHA-256.
fn at_hash(access_token: &str) -> String {
    let hash = digest(&SHA256, access_token.as_bytes());
    let half = hash.as_ref().len() / 2;
    URL_SAFE_NO_PAD.encode(hash.as_ref().split_at(half).0)
}
