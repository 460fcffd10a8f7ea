use http::{HeaderMap, StatusCode};
use zeroize::Zeroizing;

use super::answer_hook::{AnswerHook, TokenAnswer};
use super::error_body::names_error;
use super::read_failure;
use crate::error::{Error, Result};
use crate::fingerprint::FingerprintBuilder;
use crate::lenient::{self, Members};
use crate::text::ServerText;
use crate::token::AcceptedTokenTypes;

/// How the answers of a token endpoint are read that are not as RFC 6749 §5.1 has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnswerRules {
    pub(crate) hook: Option<AnswerHook>,
    pub(crate) token_types: AcceptedTokenTypes,
}

impl AnswerRules {
    /// What of them tells one token from another.
    pub(crate) fn fingerprint(&self, fingerprint: FingerprintBuilder) -> FingerprintBuilder {
        let Self { hook, token_types } = self;
        let fingerprint = match hook {
            Some(hook) => fingerprint.part("read_token_answer", hook.identity()),
            None => fingerprint,
        };
        token_types.names().fold(fingerprint, |fingerprint, name| fingerprint.parameter("accepted_token_type", name))
    }
}

/// Reads the answer of a token endpoint (RFC 6749 §5).
///
/// Some servers say `200` and put an error into the body (GitHub among them): that is an error here too. `read` reads the
/// body of any other.
pub(crate) fn read_token<'a, T>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
    rules: &AnswerRules,
    read: impl FnOnce(&[u8], &AcceptedTokenTypes) -> Result<T>,
) -> Result<T> {
    let changed = changed(status, headers, body, secrets.clone(), rules.hook.as_ref())?;
    let keeps_refresh_token = changed.as_ref().is_some_and(|changed| changed.keeps_refresh_token);
    let body = changed.as_ref().map_or(body, |changed| changed.body.as_slice());
    if !status.is_success() || names_error(body) {
        let error = read_failure("token endpoint", status, headers, body, secrets);
        return Err(if keeps_refresh_token { error.keeping_refresh_token() } else { error });
    }
    read(body, &rules.token_types).map_err(|error| {
        if lenient::read_json::<serde::de::IgnoredAny>(body).is_ok() {
            // The body is JSON and may hold tokens: nothing of it is quoted.
            return error;
        }
        let text = String::from_utf8_lossy(body);
        let found = match text.trim_start().chars().next() {
            None => "an empty body".to_owned(),
            // A page for people; everything else may be a token in a form of its own.
            Some('<') => format!("{:?}", ServerText::without(&text, secrets)),
            Some('{') => {
                return Error::invalid_response(
                    "the token endpoint's answer is cut off or no JSON; ask again, and check the token endpoint if it persists",
                )
                .with_status(status);
            }
            Some(_) => "something else".to_owned(),
        };
        Error::invalid_response(format!(
            "the token endpoint answered {status} with {found} where a JSON object belongs: is the URL right?"
        ))
        .with_status(status)
    })
}

/// An answer as the hook leaves it.
struct Changed {
    body: Zeroizing<Vec<u8>>,
    keeps_refresh_token: bool,
}

/// The answer as the hook leaves it; `None` where there is no hook, or no JSON object for it to see.
fn changed<'a>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str>,
    hook: Option<&AnswerHook>,
) -> Result<Option<Changed>> {
    let Some(hook) = hook else { return Ok(None) };
    let Ok(members) = Members::read(body, "the token response", "RFC 6749 §5.1") else { return Ok(None) };
    let mut answer = TokenAnswer::new(status, headers.clone(), members.rest());
    // What it says may quote the answer, or the request that the server has quoted.
    let tokens: Vec<_> = answer.tokens().map(|token| Zeroizing::new(token.to_owned())).collect();
    hook.change(&mut answer).map_err(|error| {
        let sent: Vec<&str> = secrets.collect();
        error.without(sent.into_iter().chain(tokens.iter().map(|token| token.as_str())))
    })?;
    // Room for more than it was, so that no half-written copy is left behind by growing.
    let mut changed = Changed {
        body: Zeroizing::new(Vec::with_capacity(body.len() * 2)),
        keeps_refresh_token: answer.keeps_refresh_token,
    };
    serde_json::to_writer(&mut *changed.body, answer.members_mut())
        .map_err(|_| Error::invalid_response("the token response cannot be written as JSON again"))?;
    Ok(Some(changed))
}
