//! `grant_type=authorization_code` (RFC 6749 §4.1.3) with PKCE (RFC 7636).

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{TokenAnswer, add_refresh_token, id_token, issue};
use crate::form::Form;
use crate::oauth_error::{Code, OAuthError};
use crate::state::{AuthorizationCode, Registration, State, narrow_audience};

/// Redeems a code, once.
///
/// A refused attempt does not use the code up. A second redemption revokes what the first one yielded (§4.1.2).
pub(super) fn exchange(state: &State, client: &Registration, form: &Form) -> Result<TokenAnswer, OAuthError> {
    let text = form.required("code")?;
    let redirect_uri = form.one("redirect_uri")?;
    let verifier = form.one("code_verifier")?;

    let code = state.tokens.code(text).ok_or_else(|| invalid("the code is unknown"))?;
    if code.login.client_id != client.id {
        return Err(invalid("the code belongs to another client"));
    }
    if code.is_redeemed() {
        return Err(reused(state, &code));
    }
    if code.has_expired() {
        return Err(invalid("the code has expired"));
    }
    if code.redirect_uri.is_some() && code.redirect_uri.as_deref() != redirect_uri {
        return Err(invalid("redirect_uri is not the one of the authorization request"));
    }
    check_verifier(code.challenge.as_deref(), verifier)?;
    let audience = narrow_audience(&code.login.audience, form.audience())?;
    if !code.redeem() {
        return Err(reused(state, &code));
    }

    let login = Arc::clone(&code.login);
    let mut answer = issue(state, &login, login.scope.clone(), audience)?;
    add_refresh_token(state, &login, &mut answer)?;
    id_token::add(state, client, &login, login.nonce.as_deref(), &mut answer)?;
    Ok(answer)
}

fn reused(state: &State, code: &AuthorizationCode) -> OAuthError {
    state.tally.reused_codes.bump();
    state.revoke_family(&code.login);
    invalid("the code was redeemed before; its tokens are revoked")
}

fn check_verifier(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(invalid("code_verifier is missing")),
        // RFC 9700 §4.8.2: a verifier without a challenge is a downgrade attack.
        (None, Some(_)) => Err(invalid("code_verifier was sent, but the authorization request had no code_challenge")),
        (Some(challenge), Some(verifier)) => {
            // RFC 7636 §4.1.
            let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
            if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(unreserved) {
                return Err(OAuthError::new(
                    Code::InvalidRequest,
                    "code_verifier is not 43 to 128 unreserved characters",
                ));
            }
            if URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())) == challenge {
                Ok(())
            } else {
                Err(invalid("code_verifier does not match code_challenge"))
            }
        }
    }
}

fn invalid(description: &'static str) -> OAuthError {
    OAuthError::new(Code::InvalidGrant, description)
}
