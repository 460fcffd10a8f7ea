//! JWTs of a service account.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::keys::{Signer, SigningKey};
use grantkit::provider::read_json;
use grantkit::{Error, Result};
use serde_json::{Map, Value, json};

/// Google takes no longer one (RFC 7523 §3; "Preparing to make an authorized API call").
pub(super) const LIFETIME: Duration = Duration::from_hours(1);

/// Signs the claims, with `iat` and `exp` of now; tells when the JWT ends.
pub(super) async fn sign(
    key: &SigningKey,
    mut claims: Map<String, Value>,
    now: SystemTime,
) -> Result<(String, SystemTime)> {
    let now = unix_time(now)?;
    claims.insert("iat".to_owned(), now.as_secs().into());
    let end = now + LIFETIME;
    claims.insert("exp".to_owned(), end.as_secs().into());
    let mut header = json!({ "typ": "JWT", "alg": key.algorithm().name() });
    if let Some(id) = key.key_id() {
        header["kid"] = id.into();
    }
    let mut jwt = encode(&header)?;
    jwt.push('.');
    jwt.push_str(&encode(&Value::Object(claims))?);
    let signature = key.sign(jwt.as_bytes()).await?;
    jwt.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut jwt);
    Ok((jwt, UNIX_EPOCH + Duration::from_secs(end.as_secs())))
}

fn encode(value: &Value) -> Result<String> {
    let json = serde_json::to_vec(value)
        .map_err(|error| Error::configuration("the claims cannot be written as JSON").with_source(error))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

pub(super) fn unix_time(now: SystemTime) -> Result<Duration> {
    now.duration_since(UNIX_EPOCH).map_err(|_| Error::configuration("this machine's clock is before 1970: set it"))
}

/// When a JWT that was fetched from its issuer ends; it is not verified.
pub(super) fn expiry(jwt: &str) -> Result<SystemTime> {
    let read = || {
        let payload = jwt.split('.').nth(1)?;
        let claims: Value = read_json(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        UNIX_EPOCH.checked_add(Duration::from_secs(claims.get("exp")?.as_u64()?))
    };
    read().ok_or_else(|| Error::invalid_response("Google's answer has an ID token that is not a JWT with an `exp`"))
}
