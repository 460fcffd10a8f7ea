//! An error as the service writes it.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::Quirk;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde_json::{Value, json};

use super::service::Service;
use crate::oauth_error::{Code, OAuthError};

/// The answer of an endpoint of the service.
pub(super) fn error(service: &Service, error: &OAuthError) -> Response {
    let status = if service.has(Quirk::ErrorIn200) { StatusCode::OK } else { error.status() };
    (status, [(CACHE_CONTROL, "no-store")], Json(body(service.entry.name(), error))).into_response()
}

fn body(service: &str, error: &OAuthError) -> Value {
    let (code, why) = (error.error(), error.description.as_ref());
    let is = |code: Code| error.code == code;
    match service {
        "facebook" | "instagram" | "threads" => {
            let (number, subcode) = match error.code {
                Code::AuthorizationPending => (31, 1_349_174),
                Code::SlowDown => (17, 1_349_172),
                Code::ExpiredToken => (463, 1_349_152),
                Code::InvalidGrant => (190, 460),
                _ => (100, 33),
            };
            let error = json!({
                "message": why, "type": "OAuthException", "code": number, "error_subcode": subcode, "fbtrace_id": "A",
            });
            json!({ "error": error })
        }
        "fitbit" => json!({ "errors": [{ "errorType": code, "message": why }], "success": false }),
        "twitch" => {
            let message = if is(Code::InvalidGrant) { "Invalid refresh token" } else { code };
            json!({ "status": error.status().as_u16(), "message": message })
        }
        "bitly" => json!({ "status_code": error.status().as_u16(), "data": null, "status_txt": code.to_uppercase() }),
        "wechat" => {
            let number = match error.code {
                Code::InvalidGrant => 40_030,
                Code::InvalidClient => 40_125,
                _ => 40_003,
            };
            json!({ "errcode": number, "errmsg": why })
        }
        "withings" => {
            let (status, why) = match error.code {
                Code::InvalidGrant => (503, "Invalid Params: invalid refresh_token"),
                Code::InvalidClient => (401, why),
                _ => (503, why),
            };
            json!({ "status": status, "body": {}, "error": why })
        }
        "slack" | "slack-bot" => {
            json!({ "ok": false, "error": if is(Code::InvalidGrant) { "invalid_refresh_token" } else { code } })
        }
        "zoho" => json!({ "error": if is(Code::InvalidGrant) { "invalid_code" } else { code } }),
        _ => json!({ "error": code, "error_description": why }),
    }
}

/// What the service says of a success where its errors have the status 200.
pub(super) fn mark_success(service: &Service, body: &mut Value) {
    match service.entry.name() {
        "slack" | "slack-bot" => body["ok"] = true.into(),
        "withings" => body["status"] = 0.into(),
        _ => {}
    }
}

pub(super) fn broken() -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
