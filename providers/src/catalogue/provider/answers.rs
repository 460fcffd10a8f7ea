use grantkit::Result;
use grantkit::credentials::Fingerprint;
use grantkit::grant::TokenAnswer;
use jiff::Timestamp;
use serde_json::Value;

use super::connect::Authenticated;
use super::errors;
use super::long_lived;
use crate::catalogue::{Entry, Quirk};

/// No lifetime in seconds is as long as a year and ten days; in milliseconds it is one of ten hours.
const MAX_SECONDS: u64 = 375 * 24 * 3600;

/// Makes what RFC 6749 §5 has of the service's token answers, where they are otherwise.
pub(super) fn hooked(entry: &'static Entry, builder: Authenticated) -> Authenticated {
    let odd = [
        Quirk::TokenTypeMissing,
        Quirk::TokenTypeOdd,
        Quirk::ScopeCommaAnswer,
        Quirk::ExpiresInZero,
        Quirk::ExpiresInMs,
        Quirk::ExpiresAtOnly,
        Quirk::IdTokenInvalid,
    ];
    let is_standard = !errors::are_odd(entry)
        && !long_lived::is_of(entry)
        && entry.token_response_container().is_none()
        && entry.renamed_token_response_members().next().is_none()
        && !odd.into_iter().any(|quirk| entry.has_quirk(quirk));
    if is_standard {
        return builder;
    }
    builder.read_token_answer(Fingerprint::new("catalogue", entry.name()), move |answer| standard(entry, answer))
}

#[allow(clippy::unnecessary_wraps, reason = "as a hook is")]
fn standard(entry: &Entry, answer: &mut TokenAnswer) -> Result<()> {
    if let Some(container) = entry.token_response_container() {
        open(answer, container);
    }
    errors::standard(entry, answer);
    if long_lived::is_of(entry) {
        long_lived::open(answer);
    }
    for (name, theirs) in entry.renamed_token_response_members() {
        if answer.get(name).is_none_or(Value::is_null)
            && let Some(value) = answer.remove(theirs)
        {
            answer.insert(name, value);
        }
    }
    let has_token = answer.get("access_token").is_some();
    if has_token && (entry.has_quirk(Quirk::TokenTypeOdd) || entry.has_quirk(Quirk::TokenTypeMissing)) {
        answer.insert("token_type", "Bearer");
    }
    if entry.has_quirk(Quirk::ScopeCommaAnswer)
        && let Some(scope) = answer.get("scope").and_then(Value::as_str)
    {
        let scope = scope.replace(',', " ");
        answer.insert("scope", scope);
    }
    let seconds = answer.get("expires_in").and_then(number);
    if entry.has_quirk(Quirk::ExpiresInZero) && seconds == Some(0) {
        answer.remove("expires_in");
    }
    if let Some(milliseconds) = seconds.filter(|seconds| entry.has_quirk(Quirk::ExpiresInMs) && *seconds > MAX_SECONDS)
    {
        answer.insert("expires_in", milliseconds / 1000);
    }
    if entry.has_quirk(Quirk::ExpiresAtOnly)
        && seconds.is_none()
        && let Some(left) = answer.get("expires_at").and_then(seconds_until)
    {
        answer.insert("expires_in", left);
    }
    if entry.has_quirk(Quirk::IdTokenInvalid) && !answer.get("id_token").is_none_or(is_jwt) {
        answer.remove("id_token");
    }
    if long_lived::is_of(entry) {
        long_lived::keep(entry, answer);
    }
    Ok(())
}

/// Puts the members of the object at this pointer beside the others.
fn open(answer: &mut TokenAnswer, container: &str) {
    let mut names = container.split('/').skip(1);
    let Some(mut value) = names.next().and_then(|name| answer.remove(name)) else { return };
    for name in names {
        match value.get_mut(name).map(Value::take) {
            Some(inner) => value = inner,
            None => return,
        }
    }
    if let Value::Object(members) = value {
        answer.members_mut().extend(members);
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// From a time in RFC 3339, or in seconds or milliseconds since 1970.
fn seconds_until(value: &Value) -> Option<u64> {
    /// In the year 5138.
    const MAX_TIMESTAMP: i64 = 100_000_000_000;
    let at = match value {
        Value::String(text) => text.trim().parse::<Timestamp>().ok()?.as_second(),
        value => match value.as_i64()? {
            milliseconds if milliseconds > MAX_TIMESTAMP => milliseconds / 1000,
            seconds => seconds,
        },
    };
    u64::try_from(at.saturating_sub(Timestamp::now().as_second())).ok()
}

fn is_jwt(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.matches('.').count() >= 2)
}
