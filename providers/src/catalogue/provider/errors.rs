use grantkit::grant::TokenAnswer;
use serde_json::Value;

use crate::catalogue::Entry;
use crate::google;

/// Whether the service's token errors are not those of RFC 6749 §5.2.
pub(super) fn are_odd(entry: &Entry) -> bool {
    reader(entry.name()).is_some() || keeps_refresh_token(entry)
}

/// Whether some of them leave the refresh token that they refuse as good as it was.
fn keeps_refresh_token(entry: &Entry) -> bool {
    entry.name() == "google"
}

/// Puts the standard's code where the service has its own, so that a caller learns whether to ask again, to log in again or to mend its
/// configuration. What is not known stays as it is.
pub(super) fn standard(entry: &Entry, answer: &mut TokenAnswer) {
    if answer.get("access_token").is_some() {
        return;
    }
    if keeps_refresh_token(entry) {
        google::keep_refresh_token(answer);
    }
    if let Some((code, why)) = reader(entry.name()).and_then(|read| read(answer)) {
        answer.insert("error", code);
        if let Some(why) = why {
            answer.insert("error_description", why);
        }
    }
}

type Read = fn(&TokenAnswer) -> Option<(&'static str, Option<String>)>;

fn reader(provider: &str) -> Option<Read> {
    Some(match provider {
        "facebook" | "instagram" | "threads" => facebook,
        "fitbit" => fitbit,
        "slack" | "slack-bot" => slack,
        "twitch" => twitch,
        "wechat" => wechat,
        "withings" => withings,
        "zoho" => zoho,
        _ => return None,
    })
}

/// `{"error":{"message","type","code","error_subcode"}}` (Graph API, "Handling Errors"; Facebook Login for Devices).
fn facebook(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let error = answer.get("error").filter(|error| error.is_object())?;
    let number = |name: &str| error.get(name).and_then(Value::as_u64);
    let code = match (number("error_subcode"), number("code")) {
        (Some(1_349_174), _) => "authorization_pending",
        (Some(1_349_172), _) => "slow_down",
        (Some(1_349_152), _) => "expired_token",
        (_, Some(190 | 102)) => "invalid_grant",
        (_, Some(101)) => "invalid_client",
        (_, Some(1 | 2 | 4 | 17)) => "temporarily_unavailable",
        _ => "invalid_request",
    };
    Some((code, text(error, "message")))
}

/// `{"errors":[{"errorType","message"}]}`
fn fitbit(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let error = answer.get("errors")?.get(0)?;
    Some((known(error.get("errorType")?.as_str()?)?, text(error, "message")))
}

/// `{"ok":false,"error":"invalid_refresh_token"}` (Slack, `oauth.v2.access`).
fn slack(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let word = answer.get("error")?.as_str()?;
    let code = match word {
        "invalid_refresh_token"
        | "invalid_code"
        | "code_already_used"
        | "code_expired"
        | "token_expired"
        | "token_revoked" => "invalid_grant",
        "bad_client_secret" | "invalid_client_id" => "invalid_client",
        "ratelimited" => "temporarily_unavailable",
        _ => return None,
    };
    Some((code, Some(word.to_owned())))
}

/// `{"status":400,"message":"Invalid refresh token"}`
fn twitch(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let message = answer.get("message")?.as_str()?.trim();
    let code = match message.to_ascii_lowercase().as_str() {
        "invalid refresh token" | "invalid authorization code" | "invalid device code" => "invalid_grant",
        "invalid client" | "invalid client secret" => "invalid_client",
        other => known(other)?,
    };
    Some((code, Some(message.to_owned())))
}

/// `{"errcode":40029,"errmsg":"invalid code"}`
fn wechat(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let code = match answer.get("errcode")?.as_i64()? {
        0 => return None,
        // Code or refresh token: unknown, used up or expired.
        40_029 | 40_030 | 40_163 | 42_002 | 42_003 => "invalid_grant",
        40_013 | 40_125 => "invalid_client",
        -1 | 45_009 | 45_011 => "temporarily_unavailable",
        _ => "invalid_request",
    };
    Some((code, answer.get("errmsg").and_then(Value::as_str).map(str::to_owned)))
}

/// `{"status":503,"body":{},"error":"Invalid Params: invalid refresh_token"}`
fn withings(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let why = answer.get("error").and_then(Value::as_str).unwrap_or_default();
    let code = match answer.get("status")?.as_u64()? {
        0 => return None,
        _ if why.contains("invalid refresh_token") || why.contains("invalid code") => "invalid_grant",
        100..=102 | 200 | 401 => "invalid_client",
        601 => "temporarily_unavailable",
        _ => "invalid_request",
    };
    Some((code, Some(why.to_owned())))
}

/// `{"error":"invalid_code"}`, of a refresh token too.
fn zoho(answer: &TokenAnswer) -> Option<(&'static str, Option<String>)> {
    let word = answer.get("error")?.as_str()?;
    let code = match word {
        "invalid_code" => "invalid_grant",
        "invalid_client_secret" => "invalid_client",
        _ => return None,
    };
    Some((code, Some(word.to_owned())))
}

/// The codes that a client acts on.
fn known(word: &str) -> Option<&'static str> {
    const KNOWN: [&str; 9] = [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "invalid_scope",
        "authorization_pending",
        "slow_down",
        "access_denied",
        "expired_token",
        "temporarily_unavailable",
    ];
    KNOWN.into_iter().find(|known| *known == word)
}

fn text(error: &Value, name: &str) -> Option<String> {
    error.get(name).and_then(Value::as_str).map(str::to_owned)
}
