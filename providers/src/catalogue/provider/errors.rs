use grantkit::grant::TokenAnswer;
use http::StatusCode;
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
/// configuration.
///
/// A login ends by what is known to mean a dead token: a code that is not known here is one for the moment, and the refresh token is sent
/// again later.
pub(super) fn standard(entry: &Entry, answer: &mut TokenAnswer) {
    if answer.get("access_token").is_some() {
        return;
    }
    if keeps_refresh_token(entry) {
        google::keep_refresh_token(answer);
    }
    let Some(read) = reader(entry.name()) else { return };
    let refuses = matches!(answer.status(), StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED);
    let Some(Failure { code, why }) = read(answer).or_else(|| refuses.then(|| Failure::unknown(words(answer)))) else {
        return;
    };
    if !ENDS_LOGIN.contains(&code) {
        answer.keep_refresh_token();
    }
    answer.insert("error", code);
    if let Some(why) = why {
        answer.insert("error_description", why);
    }
}

/// An error in the standard's code, and what the service says itself.
struct Failure {
    code: &'static str,
    why: Option<String>,
}

impl Failure {
    fn new(code: &'static str, why: Option<String>) -> Self {
        Self { code, why }
    }

    fn unknown(why: Option<String>) -> Self {
        Self::new(BUSY, why)
    }
}

const BUSY: &str = "temporarily_unavailable";
/// The refresh token, or what a login was begun with, is used up, expired or revoked.
const ENDS_LOGIN: [&str; 2] = ["invalid_grant", "expired_token"];

/// `None` where the answer has no error as the service writes them.
type Read = fn(&TokenAnswer) -> Option<Failure>;

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

/// `{"error":{"message","type","code","error_subcode","is_transient"}}` (Graph API, "Handling Errors" and "Rate Limits"; Facebook Login for
/// Devices).
fn facebook(answer: &TokenAnswer) -> Option<Failure> {
    let error = answer.get("error").filter(|error| error.is_object())?;
    let number = |name: &str| error.get(name).and_then(Value::as_u64);
    let is_transient = error.get("is_transient").and_then(Value::as_bool) == Some(true);
    let code = match (number("error_subcode"), number("code")) {
        (Some(1_349_174), _) => "authorization_pending",
        (Some(1_349_172), _) => "slow_down",
        (Some(1_349_152), _) => "expired_token",
        _ if is_transient => BUSY,
        (_, Some(190 | 102)) => "invalid_grant",
        (_, Some(101)) => "invalid_client",
        (_, Some(100)) => "invalid_request",
        // The app, or the person, has not got a permission.
        (_, Some(3 | 10 | 200..=299)) => "unauthorized_client",
        // 1, 2: failed; 4, 17, 32, 341, 368, 613, 80001 to 80014: too often.
        _ => BUSY,
    };
    Some(Failure::new(code, text(error, "message")))
}

/// `{"errors":[{"errorType","message"}]}`
fn fitbit(answer: &TokenAnswer) -> Option<Failure> {
    let error = answer.get("errors")?.get(0)?;
    let word = error.get("errorType")?.as_str()?;
    Some(Failure::new(known(word).unwrap_or(BUSY), text(error, "message").or_else(|| Some(word.to_owned()))))
}

/// `{"ok":false,"error":"invalid_refresh_token"}` (Slack, `oauth.v2.access`, "Errors").
fn slack(answer: &TokenAnswer) -> Option<Failure> {
    let word = answer.get("error")?.as_str()?;
    let code = match word {
        "invalid_refresh_token"
        | "invalid_code"
        | "code_already_used"
        | "code_expired"
        | "token_expired"
        | "token_revoked"
        | "account_inactive" => "invalid_grant",
        "bad_client_secret" | "invalid_client_id" => "invalid_client",
        "bad_redirect_uri" | "oauth_authorization_url_mismatch" => "redirect_uri_mismatch",
        "invalid_grant_type" => "unsupported_grant_type",
        "no_scopes" => "invalid_scope",
        "invalid_arguments"
        | "invalid_arg_name"
        | "invalid_array_arg"
        | "invalid_charset"
        | "invalid_form_data"
        | "invalid_post_type"
        | "missing_post_type"
        | "deprecated_endpoint"
        | "method_deprecated" => "invalid_request",
        // `ratelimited`, `internal_error`, `fatal_error`, `service_unavailable`, `request_timeout`, `team_added_to_org` and others.
        word => known(word).unwrap_or(BUSY),
    };
    Some(Failure::new(code, Some(word.to_owned())))
}

/// `{"status":400,"message":"Invalid refresh token"}`
fn twitch(answer: &TokenAnswer) -> Option<Failure> {
    let message = answer.get("message")?.as_str()?.trim();
    let word = message.to_ascii_lowercase();
    let code = match word.as_str() {
        "invalid refresh token" | "invalid authorization code" | "invalid device code" => "invalid_grant",
        "invalid client" | "invalid client secret" => "invalid_client",
        word if word.starts_with("missing ") => "invalid_request",
        word => known(word).unwrap_or(BUSY),
    };
    Some(Failure::new(code, Some(message.to_owned())))
}

/// `{"errcode":40029,"errmsg":"invalid code"}`
fn wechat(answer: &TokenAnswer) -> Option<Failure> {
    let code = match answer.get("errcode")?.as_i64()? {
        0 => return None,
        // Code or refresh token: unknown, used up, expired, or ended by a new password.
        40_029 | 40_030 | 40_163 | 42_002 | 42_003 | 42_007 => "invalid_grant",
        40_013 | 40_125 => "invalid_client",
        // A parameter is wrong or missing.
        40_002 | 40_003 | 41_001..=41_009 => "invalid_request",
        // -1: busy; 45009, 45011: too often.
        _ => BUSY,
    };
    Some(Failure::new(code, answer.get("errmsg").and_then(Value::as_str).map(str::to_owned)))
}

/// `{"status":503,"body":{},"error":"Invalid Params: invalid refresh_token"}` (Withings, "Return status").
fn withings(answer: &TokenAnswer) -> Option<Failure> {
    let why = answer.get("error").and_then(Value::as_str).unwrap_or_default();
    let code = match answer.get("status")?.as_u64()? {
        0 => return None,
        _ if why.contains("invalid refresh_token") || why.contains("invalid code") => "invalid_grant",
        100..=102 | 200 | 401 => "invalid_client",
        503 => "invalid_request",
        // 522: no answer in time; 524: a bad state; 601: too often; and many for "an error occurred".
        _ => BUSY,
    };
    Some(Failure::new(code, Some(why.to_owned())))
}

/// `{"error":"invalid_code"}`, of a refresh token too; `Access Denied` where tokens are asked for too often.
fn zoho(answer: &TokenAnswer) -> Option<Failure> {
    let word = answer.get("error")?.as_str()?;
    let code = match word {
        "invalid_code" => "invalid_grant",
        "invalid_client_secret" => "invalid_client",
        word => known(word).unwrap_or(BUSY),
    };
    let why = match answer.get("error_description").and_then(Value::as_str) {
        Some(why) => format!("{word}: {why}"),
        None => word.to_owned(),
    };
    Some(Failure::new(code, Some(why)))
}

/// The codes that a client acts on.
fn known(word: &str) -> Option<&'static str> {
    const KNOWN: [&str; 16] = [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "invalid_scope",
        "invalid_target",
        "invalid_redirect_uri",
        "redirect_uri_mismatch",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
        "authorization_pending",
        "slow_down",
        "access_denied",
        "expired_token",
        "server_error",
        BUSY,
    ];
    KNOWN.into_iter().find(|known| *known == word)
}

fn text(error: &Value, name: &str) -> Option<String> {
    error.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// What an answer of another form says, if it says anything.
fn words(answer: &TokenAnswer) -> Option<String> {
    let names = ["error_description", "message", "error"];
    names.into_iter().find_map(|name| answer.get(name).and_then(Value::as_str)).map(str::to_owned)
}
