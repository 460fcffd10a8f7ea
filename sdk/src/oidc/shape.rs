use serde_json::{Map, Value};

use super::numeric_date::numeric_date;

/// The claims that every ID token has, and the times that it may have, are of the right type (OpenID Connect Core §2).
pub(super) fn check_shape(claims: &Map<String, Value>) -> Result<(), &'static str> {
    let is_text = |name| claims.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    let is_time = |name| claims.get(name).and_then(numeric_date).is_some();
    if !is_text("iss") {
        return Err("it names no issuer (`iss`)");
    }
    if !is_text("sub") {
        return Err("it names no user (`sub`)");
    }
    if !claims.get("aud").is_some_and(is_audience) {
        return Err("it names no audience (`aud`)");
    }
    if !is_time("exp") {
        return Err("it has no expiry (`exp`), or one that is no time");
    }
    if !is_time("iat") {
        return Err("it has no time of issue (`iat`), or one that is no time");
    }
    for name in ["auth_time", "nbf"] {
        if claims.get(name).is_some_and(|time| !time.is_null()) && !is_time(name) {
            return Err("its `auth_time` or `nbf` is no time");
        }
    }
    for name in ["nonce", "azp", "at_hash", "c_hash", "s_hash", "acr"] {
        if claims.get(name).is_some_and(|text| !text.is_null() && !text.is_string()) {
            return Err("one of `nonce`, `azp`, `at_hash`, `c_hash`, `s_hash` and `acr` is no string");
        }
    }
    Ok(())
}

fn is_audience(audience: &Value) -> bool {
    match audience {
        Value::String(one) => !one.is_empty(),
        Value::Array(several) => !several.is_empty() && several.iter().all(Value::is_string),
        _ => false,
    }
}
