//! A token answer as the service writes it.

use axum::response::{IntoResponse as _, Response};
use grantkit_providers::catalogue::{Endpoint, Grant, Quirk};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Map, Value, json};

use super::encryption::KeyEncryption;
use super::service::Service;
use super::{error_answer, person};
use crate::grant::TokenAnswer;
use crate::state::{State, unix_now};
use crate::sync::lock;

pub(super) fn response(service: &Service, state: &State, grant: Grant, answer: TokenAnswer, subject: &str) -> Response {
    let Ok(Value::Object(mut members)) = serde_json::to_value(answer) else { return error_answer::broken() };
    write_scope(service, &mut members);
    write_lifetime(service, grant, &mut members);
    write_type(service, &mut members);
    if service.has(Quirk::LongLivedExchange) {
        members.remove("refresh_token");
    }
    if service.has(Quirk::RefreshNull) && !members.contains_key("refresh_token") {
        members.insert("refresh_token".to_owned(), Value::Null);
    }
    if service.has(Quirk::IdTokenInvalid) {
        members.insert("id_token".to_owned(), Value::Bool(false));
    }
    if grant != Grant::ClientCredentials {
        let user = lock(&state.live).user.clone();
        person::add_to_token_answer(service, &mut members, &user, subject, &state.base_url);
    }
    if is_short_lived(service, grant) {
        members.insert("user_id".to_owned(), subject.parse::<u64>().map_or_else(|_| subject.into(), Value::from));
    }
    if let Some(Value::String(id_token)) = members.get("id_token") {
        match service.encrypted(KeyEncryption::RsaOaep256, id_token.clone()) {
            Ok(encrypted) => drop(members.insert("id_token".to_owned(), encrypted.into())),
            Err(error) => return error_answer::error(service, &error),
        }
    }
    for (standard, theirs) in service.entry.renamed_token_response_members() {
        if let Some(value) = members.remove(standard) {
            members.insert(theirs.to_owned(), value);
        }
    }
    let mut body = Value::Object(members);
    if let Some(container) = service.entry.token_response_container() {
        for name in container.split('/').skip(1).collect::<Vec<_>>().into_iter().rev() {
            body = json!({ name: body });
        }
    }
    error_answer::mark_success(service, &mut body);
    let content_type = if service.has(Quirk::ContentTypeOdd) { "text/html; charset=utf-8" } else { "application/json" };
    ([(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, content_type)], body.to_string()).into_response()
}

/// Whether the token is to be exchanged at another address first; its answer says whose it is, and not how long it lives.
fn is_short_lived(service: &Service, grant: Grant) -> bool {
    grant == Grant::AuthorizationCode && service.entry.endpoint(Endpoint::Exchange).is_some()
}

fn write_scope(service: &Service, members: &mut Map<String, Value>) {
    let Some(Value::String(scope)) = members.get("scope").cloned() else { return };
    let written = if service.has(Quirk::ScopeArray) {
        scope.split(' ').collect()
    } else if service.has(Quirk::ScopeNull) {
        Value::Null
    } else if service.has(Quirk::ScopeCommaAnswer) {
        Value::from(scope.replace(' ', ","))
    } else {
        return;
    };
    members.insert("scope".to_owned(), written);
}

fn write_lifetime(service: &Service, grant: Grant, members: &mut Map<String, Value>) {
    let seconds = members.get("expires_in").and_then(Value::as_u64).unwrap_or_default();
    let mut write = |value: Option<Value>| match value {
        Some(value) => drop(members.insert("expires_in".to_owned(), value)),
        None => drop(members.remove("expires_in")),
    };
    let is_silent = is_short_lived(service, grant);
    let is_lasting = service.has(Quirk::LongLivedExchange) && grant == Grant::ClientCredentials;
    if is_silent || is_lasting || service.has(Quirk::ExpiresInMissing) || service.has(Quirk::ExpiresAtOnly) {
        write(None);
    } else if service.has(Quirk::ExpiresInString) {
        write(Some(seconds.to_string().into()));
    } else if service.has(Quirk::ExpiresInZero) {
        write(Some(0.into()));
    } else if service.has(Quirk::ExpiresInMs) {
        write(Some((seconds * 1000).into()));
    }
    if service.has(Quirk::ExpiresAtOnly) {
        // Those who tell the moment tell it in milliseconds, or as a text; one way will do for a test of the other, which is simpler.
        members.insert("expires_at".to_owned(), ((unix_now() + seconds) * 1000).into());
    }
}

fn write_type(service: &Service, members: &mut Map<String, Value>) {
    if service.has(Quirk::TokenTypeMissing) {
        members.remove("token_type");
    } else if service.has(Quirk::TokenTypeOdd) {
        members.insert("token_type".to_owned(), "User Access Token".into());
    }
}
