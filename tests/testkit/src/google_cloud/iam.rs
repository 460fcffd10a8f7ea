//! The IAM Credentials API, by which one acts as a service account.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::principal::{self, Granted, LIFETIME};
use super::{Cloud, Shared};
use crate::keys::{SigningAlgorithm, SigningKey};

pub(super) async fn call(
    State(cloud): Shared,
    Path(call): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Json<Value>, Refusal> {
    let caller = cloud.authorized(&headers).ok_or(Refusal::Unauthenticated)?;
    let (email, verb) = call.rsplit_once(':').ok_or(Refusal::NotFound)?;
    let key = cloud.account(email).ok_or(Refusal::NotFound)?;
    if !caller.may_call_iam() {
        return Err(Refusal::Denied("Request had insufficient authentication scopes."));
    }
    check_chain(&cloud, &caller, &body, email)?;
    let answer = match verb {
        "generateAccessToken" => access_token(&cloud, email, &body)?,
        "generateIdToken" => id_token(&cloud, email, &body)?,
        "signJwt" => signed_jwt(&key, &body)?,
        "signBlob" => signed_blob(&key, &body)?,
        _ => return Err(Refusal::NotFound),
    };
    Ok(Json(answer))
}

/// The caller may act as the first delegate, each delegate as the next one, and the last as the account. An account may act as itself, for
/// what its own key would do.
fn check_chain(cloud: &Cloud, caller: &Granted, body: &Value, email: &str) -> Result<(), Refusal> {
    let delegates = body.get("delegates").and_then(Value::as_array).into_iter().flatten();
    let delegates = delegates.map(|name| {
        let name = name.as_str().and_then(|name| name.strip_prefix("projects/-/serviceAccounts/"));
        name.ok_or(Refusal::Invalid("Invalid delegates."))
    });
    let chain: Vec<&str> = delegates.chain([Ok(email)]).collect::<Result<_, _>>()?;
    let mut who = caller.principal.as_str();
    for account in chain {
        if who != account && !cloud.may_act_as(who, account) {
            return Err(Refusal::Denied(
                "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
            ));
        }
        who = account;
    }
    Ok(())
}

fn access_token(cloud: &Cloud, email: &str, body: &Value) -> Result<Value, Refusal> {
    let scopes: Vec<&str> =
        body.get("scope").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    if scopes.is_empty() {
        return Err(Refusal::Invalid("Scope required."));
    }
    let lifetime = match body.get("lifetime") {
        None => Some(LIFETIME),
        Some(text) => text.as_str().and_then(|text| text.strip_suffix('s')).and_then(|text| text.parse().ok()),
    };
    let lifetime = lifetime.filter(|lifetime| (1..=LIFETIME).contains(lifetime));
    let lifetime = lifetime.ok_or(Refusal::Invalid("Invalid lifetime."))?;
    let granted = Granted { expires_at: cloud.clock.unix() + lifetime, ..cloud.granted(email, &scopes.join(" ")) };
    let expire_time = rfc3339(granted.expires_at);
    let token = cloud.grant(granted).map_err(|_| Refusal::Failed)?;
    Ok(json!({ "accessToken": token, "expireTime": expire_time }))
}

fn id_token(cloud: &Cloud, email: &str, body: &Value) -> Result<Value, Refusal> {
    let audience = body.get("audience").and_then(Value::as_str).filter(|audience| !audience.is_empty());
    let audience = audience.ok_or(Refusal::Invalid("Audience required."))?;
    let id = principal::id(email);
    let by_email = body.get("useEmailAzp").and_then(Value::as_bool) == Some(true);
    let token = cloud.id_token(email, audience, if by_email { email } else { &id });
    Ok(json!({ "token": token.map_err(|_| Refusal::Failed)? }))
}

fn signed_jwt(key: &SigningKey, body: &Value) -> Result<Value, Refusal> {
    let claims = body.get("payload").and_then(Value::as_str).and_then(|text| serde_json::from_str::<Value>(text).ok());
    let claims = claims.filter(Value::is_object).ok_or(Refusal::Invalid("The payload is not a JWT claims set."))?;
    let jwt = key.sign(SigningAlgorithm::Rs256, "JWT", &claims).map_err(|_| Refusal::Failed)?;
    Ok(json!({ "keyId": key.kid, "signedJwt": jwt }))
}

fn signed_blob(key: &SigningKey, body: &Value) -> Result<Value, Refusal> {
    let blob = body.get("payload").and_then(Value::as_str).and_then(|text| STANDARD.decode(text).ok());
    let blob = blob.ok_or(Refusal::Invalid("The payload is no base64."))?;
    let signature = key.sign_bytes(&blob).map_err(|_| Refusal::Failed)?;
    Ok(json!({ "keyId": key.kid, "signedBlob": STANDARD.encode(signature) }))
}

/// As Google's APIs say no (`google.rpc.Status`).
pub(super) enum Refusal {
    Unauthenticated,
    Denied(&'static str),
    NotFound,
    Invalid(&'static str),
    Failed,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (code, status, message) = match self {
            Self::Unauthenticated => (
                StatusCode::UNAUTHORIZED,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication \
                 credential.",
            ),
            Self::Denied(why) => (StatusCode::FORBIDDEN, "PERMISSION_DENIED", why),
            Self::NotFound => (StatusCode::NOT_FOUND, "NOT_FOUND", "Not found; Gaia id not found for email"),
            Self::Invalid(why) => (StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", why),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "The cryptographic library has failed."),
        };
        let body = json!({ "error": { "code": code.as_u16(), "message": message, "status": status } });
        (code, Json(body)).into_response()
    }
}

/// A time of the seconds since 1970, in UTC (RFC 3339).
fn rfc3339(seconds: u64) -> String {
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the leap day is the last one.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn times_of_leap_years_and_others() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(seconds), text);
        }
    }
}
