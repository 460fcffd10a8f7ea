#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

use std::time::Duration;

use super::parts::RareParts;
use super::{AcceptedTokenTypes, OAuthToken, TokenType};
use crate::error::Result;
use crate::lenient::{Members, as_number, as_seconds, wipe};
use crate::time;

/// The `token_type` of what is no access token (RFC 8693 §2.2.1).
const NOT_APPLICABLE: &str = "N_A";

/// The members of a token response (RFC 6749 §5.1).
pub(crate) fn token_response(json: &[u8]) -> Result<Members<'_>> {
    Members::read(json, "the token response", "RFC 6749 §5.1")
}

pub(super) fn read(mut answer: Members<'_>, accepted: &AcceptedTokenTypes) -> Result<OAuthToken> {
    let access_token = answer.required_borrowed_text("access_token")?;
    let token_type = accepted.read(answer.borrowed_text("token_type")?.as_deref().unwrap_or_default())?;
    into_token(answer, &access_token, token_type)
}

/// The same of a token exchange, where the token may be of another kind (RFC 8693 §2.2.1); whether it is an access token.
pub(super) fn read_exchanged(mut answer: Members<'_>, accepted: &AcceptedTokenTypes) -> Result<(OAuthToken, bool)> {
    let access_token = answer.required_borrowed_text("access_token")?;
    let name = answer.borrowed_text("token_type")?;
    let name = name.as_deref().unwrap_or_default();
    if name.eq_ignore_ascii_case(NOT_APPLICABLE) {
        return Ok((into_token(answer, &access_token, TokenType::Bearer)?, false));
    }
    let token_type = accepted.read(name)?;
    Ok((into_token(answer, &access_token, token_type)?, true))
}

fn into_token(mut answer: Members<'_>, access_token: &str, token_type: TokenType) -> Result<OAuthToken> {
    let mut token = OAuthToken::of(access_token, token_type)?;
    if let Some(mut expires_in) = answer.take("expires_in") {
        // A negative number is not to be taken for "never", nor to cost the refresh token that may have come with it.
        let is_over = as_number(&expires_in).is_some_and(|seconds| seconds < 0.0);
        if let Some(lifetime) = as_seconds(&expires_in).or(is_over.then_some(Duration::ZERO)) {
            token = token.with_lifetime(lifetime, time::wall_clock());
        }
        wipe(&mut expires_in);
    }
    let (refresh_token, scope) = (answer.text("refresh_token"), answer.scope("scope"));
    let id_token = answer.text("id_token");
    Ok(token.edit(|parts| {
        parts.refresh_token = refresh_token.map(Into::into);
        parts.scope = scope.map(String::into_boxed_str);
        let id_token = id_token.map(Into::into);
        parts.further = RareParts { id_token, extra: answer.rest().into(), ..RareParts::none() }.into_box();
    }))
}
