use grantkit::client::EndpointRequest;
use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::endpoint::Revocation;
use grantkit::provider::ProviderSettings;
use grantkit::{Error, Result};
use http::Method as HttpMethod;
use http::header::AUTHORIZATION;
use serde_json::Value;

use super::client_names::ClientNames;
use super::requests::{header_name, pairs};
use super::values::Values;
use crate::catalogue::{Endpoint, Entry, Method, Quirk, RequestBody, RevocationAuth, TokenPlace};

/// The endpoint, for the kinds of token that the service revokes.
pub(crate) fn of_kinds(entry: &Entry, revocation: Revocation) -> Revocation {
    let is_of_access_token = matches!(entry.revocation_auth(), RevocationAuth::Token | RevocationAuth::TokenAndPost)
        || entry.revocation_token_parameter() == "access_token"
        || entry.revokes_by_token_members();
    if is_of_access_token || entry.has_quirk(Quirk::RevokeAccessOnly) {
        revocation.access_tokens_only()
    } else if entry.has_quirk(Quirk::RevokeRefreshOnly) {
        revocation.refresh_tokens_only()
    } else {
        revocation
    }
}

/// A revocation as the service wants it written.
pub(super) struct RevocationRequest {
    entry: &'static Entry,
    /// Where a member of the token response stands in it.
    url: Option<String>,
    parameters: Vec<(&'static str, String)>,
    client: ClientNames,
}

impl RevocationRequest {
    pub(super) fn new(entry: &'static Entry, values: &Values, settings: &ProviderSettings) -> Self {
        let client = ClientNames::new(entry, settings);
        let parameters = pairs(values, entry.revocation_parameters());
        let parameters = parameters.into_iter().map(|(name, value)| (name, value.replace("{client_id}", client.id())));
        let url = values.endpoint(Endpoint::Revocation).filter(|url| url.contains(MEMBER));
        Self { entry, url, parameters: parameters.collect(), client }
    }

    /// Tells it from one that writes anything else.
    pub(super) fn identity(&self) -> Fingerprint {
        let Self { entry, url, parameters, client } = self;
        let all = Fingerprint::builder().parameter("catalogue", entry.name()).part("client", client.identity());
        let all = url.iter().fold(all, |all, url| all.parameter("url", url));
        let add =
            |all: FingerprintBuilder, (name, value): &(&str, String)| all.parameter(format!("parameter {name}"), value);
        parameters.iter().fold(all, add).build()
    }

    pub(super) fn write(&self, request: &mut EndpointRequest) -> Result<()> {
        let entry = self.entry;
        let token = request.get("token").unwrap_or_default().to_owned();
        if entry.revokes_by_token_members() {
            request.remove("token");
        }
        let is_standard = entry.revocation_token_parameter() == "token"
            && entry.revocation_body() == RequestBody::Form
            && entry.revocation_method() == Method::Post
            && !entry.revokes_by_token_members();
        if !is_standard {
            request.remove("token_type_hint");
        }
        let without_client = |request: &mut EndpointRequest| {
            request.remove_header(&AUTHORIZATION);
            request.remove("client_id");
            request.remove("client_secret");
        };
        match entry.revocation_auth() {
            RevocationAuth::Token => {
                without_client(request);
                match entry.api_token() {
                    TokenPlace::Header(name) => request.header(header_name(name)?, &token)?,
                    _ => request.header(AUTHORIZATION, &format!("Bearer {token}"))?,
                }
            }
            RevocationAuth::TokenAndPost => {
                without_client(request);
                request.header(AUTHORIZATION, &format!("Bearer {token}"))?;
                self.client.post(request);
            }
            RevocationAuth::SecretBearer => {
                without_client(request);
                self.client.bearer(request)?;
            }
            RevocationAuth::None => without_client(request),
            RevocationAuth::Basic => {
                without_client(request);
                self.client.basic(request)?;
            }
            RevocationAuth::Post => {
                without_client(request);
                self.client.post(request);
                self.client.write(request)?;
            }
            // It has authenticated already, in its usual way.
            _ => self.client.write(request)?,
        }
        request.rename("client_id", entry.revocation_client_id_parameter());
        request.rename("client_secret", entry.revocation_client_secret_parameter());
        request.rename("token", entry.revocation_token_parameter());
        for (name, value) in &self.parameters {
            let value = with_members(entry, value, request, str::to_owned)?;
            request.set(*name, value);
        }
        if let Some(url) = &self.url {
            // One segment of a path, and no more than that.
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let url = with_members(entry, url, request, encoded)?;
            request.send_to(&url)?;
        }
        match entry.revocation_body() {
            RequestBody::Json => request.as_json(),
            RequestBody::Query => request.danger_in_query(),
            RequestBody::Empty => {
                request.remove(entry.revocation_token_parameter());
                request.remove("token_type_hint");
            }
            _ => {}
        }
        request.method(match entry.revocation_method() {
            Method::Get => HttpMethod::GET,
            Method::Delete => HttpMethod::DELETE,
            _ => HttpMethod::POST,
        });
        Ok(())
    }
}

/// Begins the place of a member of the token response.
const MEMBER: &str = "{token:/";

/// The text with the members of the token response that it names.
fn with_members(
    entry: &Entry,
    text: &str,
    request: &EndpointRequest,
    written: impl Fn(&str) -> String,
) -> Result<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MEMBER) {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = match request.token_member(name) {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => {
                return Err(Error::configuration(format!(
                    "{} ends a login by `{name}` of the token response, which is not known of a token alone: call `log_out`, or \
                     `Revocation::access_token_of` with the whole token",
                    entry.title()
                )));
            }
        };
        filled.push_str(before);
        filled.push_str(&written(&value));
        rest = after;
    }
    Ok(filled + rest)
}
