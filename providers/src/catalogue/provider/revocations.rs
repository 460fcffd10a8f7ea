use grantkit::Result;
use grantkit::client::EndpointRequest;
use grantkit::endpoint::Revocation;
use grantkit::provider::Settings;
use http::Method as HttpMethod;
use http::header::AUTHORIZATION;

use super::client_names::ClientNames;
use super::requests::{header_name, pairs};
use super::values::Values;
use crate::catalogue::{Entry, Method, Quirk, RequestBody, RevocationAuth, TokenPlace};

/// The endpoint, for the kinds of token that the service revokes.
pub(super) fn of_kinds(entry: &Entry, revocation: Revocation) -> Revocation {
    let is_of_access_token =
        entry.revocation_auth() == RevocationAuth::Token || entry.revocation_token_parameter() == "access_token";
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
    parameters: Vec<(&'static str, String)>,
    client: ClientNames,
}

impl RevocationRequest {
    pub(super) fn new(entry: &'static Entry, values: &Values, settings: &Settings) -> Self {
        let client = ClientNames::new(entry, settings);
        let parameters = pairs(values, entry.revocation_parameters());
        let parameters = parameters.into_iter().map(|(name, value)| (name, value.replace("{client_id}", client.id())));
        Self { entry, parameters: parameters.collect(), client }
    }

    pub(super) fn write(&self, request: &mut EndpointRequest) -> Result<()> {
        let entry = self.entry;
        let token = request.get("token").unwrap_or_default().to_owned();
        let is_standard = entry.revocation_token_parameter() == "token"
            && entry.revocation_body() == RequestBody::Form
            && entry.revocation_method() == Method::Post;
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
        request.rename("token", entry.revocation_token_parameter());
        for (name, value) in &self.parameters {
            request.set(*name, value.as_str());
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
