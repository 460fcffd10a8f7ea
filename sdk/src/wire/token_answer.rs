use http::{HeaderMap, StatusCode};
use zeroize::Zeroizing;

use super::answer_hook::{AnswerHook, TokenAnswer};
use super::error_body::{is_error, names_error};
use super::read_failure;
use super::successor::{Successor, TokenMembers};
use crate::error::{Error, Result};
use crate::fingerprint::FingerprintBuilder;
use crate::lenient::{self, Members};
use crate::text::ServerText;
use crate::token::{AcceptedTokenTypes, RefreshToken, token_response};

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
pub(crate) fn read_token<'a, T>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str> + Clone,
    rules: &AnswerRules,
    read: impl FnOnce(Members<'_>, &AcceptedTokenTypes) -> Result<T>,
) -> Result<T> {
    ReceivedAnswer::new(status, headers, body, secrets.clone(), rules).read(secrets, rules, read)
}

/// An answer of a token endpoint, as the hook leaves it.
pub(crate) struct ReceivedAnswer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a [u8],
    hooked: Hooked,
}

enum Hooked {
    /// There is no hook.
    No,
    /// The hook sees JSON objects alone, and this is none.
    NotSeen,
    Seen(Changed),
}

/// An answer as the hook leaves it.
struct Changed {
    body: Zeroizing<Vec<u8>>,
    keeps_refresh_token: bool,
    /// By which the hook refused it.
    error: Option<Error>,
}

impl<'a> ReceivedAnswer<'a> {
    pub(crate) fn new<'b>(
        status: StatusCode,
        headers: &'a HeaderMap,
        body: &'a [u8],
        secrets: impl Iterator<Item = &'b str>,
        rules: &AnswerRules,
    ) -> Self {
        let hooked = match &rules.hook {
            Some(hook) => hooked(status, headers, body, secrets, hook),
            None => Hooked::No,
        };
        Self { status, headers, body, hooked }
    }

    fn body(&self) -> &[u8] {
        match &self.hooked {
            Hooked::No | Hooked::NotSeen => self.body,
            Hooked::Seen(changed) => &changed.body,
        }
    }

    /// What an answer of success says of the refresh token that was `sent`, whether or not the rest of it can be read; `None` where it
    /// says nothing, or what it says cannot be known.
    pub(crate) fn successor(&self, sent: &RefreshToken) -> Option<Successor> {
        let was_refused = match &self.hooked {
            Hooked::No => false,
            // Where the hook would have moved another token into its place, this one may be of another login.
            Hooked::NotSeen => return None,
            Hooked::Seen(changed) => changed.error.is_some(),
        };
        if !self.status.is_success() {
            return None;
        }
        let names_error = names_error(self.body());
        let found = TokenMembers::read(self.body());
        match found.refresh_token {
            // An error may quote the request.
            Some(token) if names_error && token == *sent => None,
            Some(token) => Some(Successor::Given(token)),
            None if names_error || was_refused => None,
            None => (found.is_whole && found.has_access_token).then_some(Successor::SentOneStays),
        }
    }

    /// Reads it. Some servers say `200` and put an error into the body (GitHub among them): that is an error here too. `read` reads the
    /// members of any other.
    pub(crate) fn read<'b, T>(
        mut self,
        secrets: impl Iterator<Item = &'b str> + Clone,
        rules: &AnswerRules,
        read: impl FnOnce(Members<'_>, &AcceptedTokenTypes) -> Result<T>,
    ) -> Result<T> {
        let mut keeps_refresh_token = false;
        if let Hooked::Seen(changed) = &mut self.hooked {
            if let Some(error) = changed.error.take() {
                return Err(error);
            }
            keeps_refresh_token = changed.keeps_refresh_token;
        }
        let (status, headers, body) = (self.status, self.headers, self.body());
        if status.is_success() {
            match token_response(body) {
                Ok(members) if !is_error(&members) => return read(members, &rules.token_types),
                Err(error) if !names_error(body) => return Err(unreadable(status, body, secrets, error)),
                Ok(_) | Err(_) => {}
            }
        }
        let error = read_failure("token endpoint", status, headers, body, secrets);
        Err(if keeps_refresh_token { error.keeping_refresh_token() } else { error })
    }
}

/// What is wrong with an answer of success that gives no token.
fn unreadable<'a>(status: StatusCode, body: &[u8], secrets: impl Iterator<Item = &'a str>, error: Error) -> Error {
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
}

fn hooked<'a>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    secrets: impl Iterator<Item = &'a str>,
    hook: &AnswerHook,
) -> Hooked {
    let Ok(members) = token_response(body) else { return Hooked::NotSeen };
    let mut answer = TokenAnswer::new(status, headers.clone(), members.rest());
    // What it says may quote the answer, or the request that the server has quoted.
    let tokens: Vec<_> = answer.tokens().map(|token| Zeroizing::new(token.to_owned())).collect();
    let refused = hook.change(&mut answer).err().map(|error| {
        let sent: Vec<&str> = secrets.collect();
        error.without(sent.into_iter().chain(tokens.iter().map(|token| token.as_str())))
    });
    // Room for more than it was, so that no half-written copy is left behind by growing.
    let mut written = Zeroizing::new(Vec::with_capacity(body.len() * 2));
    let unwritten = serde_json::to_writer(&mut *written, answer.members_mut()).err();
    let unwritten = unwritten.map(|_| Error::invalid_response("the token response cannot be written as JSON again"));
    Hooked::Seen(Changed {
        body: written,
        keeps_refresh_token: answer.keeps_refresh_token,
        error: refused.or(unwritten),
    })
}
