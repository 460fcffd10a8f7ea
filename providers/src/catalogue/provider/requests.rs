use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use grantkit::authorize::{AuthorizationRequest, AuthorizationResponse};
use grantkit::client::EndpointRequest;
use grantkit::credentials::Fingerprint;
use grantkit::provider::ProviderSettings;
use grantkit::{Error, Result};
use http::HeaderName;
use http::header::AUTHORIZATION;

use super::client_names::ClientNames;
use super::connect::Authenticated;
use super::keys;
use super::long_lived;
use super::revocations::RevocationRequest;
use super::values::Values;
use crate::catalogue::{Entry, Grant, Kind, Pkce, Quirk, RequestBody, ScopeParameter};
use crate::shopify;

/// Has requests written as the service wants them, where that is otherwise than in the standards.
pub(super) fn hooked(
    entry: &'static Entry,
    values: &Values,
    settings: &ProviderSettings,
    builder: Authenticated,
) -> Authenticated {
    let redirect_uri_name = settings.text(keys::REDIRECT_URI_NAME).map(ToOwned::to_owned);
    let name = redirect_uri_name.clone();
    let builder = builder.write_authorization_request(move |request| authorization(entry, name.as_deref(), request));
    let token = TokenRequest {
        entry,
        parameters: pairs(values, entry.token_request_parameters()),
        headers: pairs(values, entry.token_request_headers()),
        scope: entry.has_quirk(Quirk::RefreshNeedsScope).then(|| scope(entry, values, settings)),
        redirect_uri: settings.text(keys::REDIRECT_URI).map(ToOwned::to_owned),
        redirect_uri_name: redirect_uri_name.clone(),
        client: ClientNames::new(entry, settings),
        exchange: long_lived::Exchange::of(entry, values),
    };
    let (device, identity) = (token.clone(), token.identity());
    let builder = if token.is_standard() {
        builder
    } else {
        builder.write_token_request(identity, move |request| token.write(request)).write_device_authorization_request(
            identity,
            move |request| {
                device.client.write(request)?;
                device.write_names(request);
                Ok(())
            },
        )
    };
    let secret = settings.secret(keys::CLIENT_SECRET);
    let kept: Vec<_> = entry.kept_callback_parameters().collect();
    let forwarded: Vec<_> = entry.forwarded_callback_parameters().collect();
    let is_signed = entry.has_quirk(Quirk::CallbackSigned);
    let builder = if kept.is_empty() && forwarded.is_empty() && !is_signed {
        builder
    } else {
        builder.read_authorization_response(move |response: &mut AuthorizationResponse| {
            if is_signed {
                shopify::check_signature(response.parameters(), secret.as_ref())?;
            }
            for name in &kept {
                response.keep(*name);
            }
            for name in &forwarded {
                response.send_on(*name);
            }
            Ok(())
        })
    };
    let revocation = RevocationRequest::new(entry, values, settings);
    builder.write_revocation_request(revocation.identity(), move |request| revocation.write(request))
}

/// What a login asks for: what is usual, or what the settings say. A scope that a parameter of the service stands in goes with both, unless
/// the settings name one of its kind.
pub(super) fn scope(entry: &Entry, values: &Values, settings: &ProviderSettings) -> Vec<String> {
    let given = settings.list(keys::SCOPES);
    let is_asked = |scope: &&str| match scope.split_once('{') {
        _ if given.is_empty() => true,
        Some((kind, _)) => !given.iter().any(|given| given.starts_with(kind)),
        None => false,
    };
    let usual = entry.login_scopes().filter(is_asked).map(|scope| values.fill(scope));
    let offline = entry.offline_scope().filter(|_| wants_refresh_token(settings));
    let own = given.iter().map(|scope| (*scope).to_owned());
    let mut all: Vec<String> = Vec::new();
    for scope in own.chain(usual).chain(offline.map(str::to_owned)) {
        if !all.contains(&scope) {
            all.push(scope);
        }
    }
    all
}

pub(super) fn wants_refresh_token(settings: &ProviderSettings) -> bool {
    settings.flag(keys::OFFLINE_ACCESS).unwrap_or(true)
}

/// What every authorization request carries besides, with what it takes to be given a refresh token where that is wanted.
pub(super) fn authorization_parameters(
    entry: &'static Entry,
    settings: &ProviderSettings,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let wants_refresh_token = wants_refresh_token(settings);
    entry.authorization_parameters().chain(entry.offline_parameters().filter(move |_| wants_refresh_token))
}

/// Of these, the one that a program's own prompt replaces.
pub(super) fn is_consent((name, value): &(&str, &str)) -> bool {
    (*name, *value) == ("prompt", "consent")
}

pub(super) fn pairs(
    values: &Values,
    pairs: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, String)> {
    pairs.map(|(name, value)| (name, values.fill(value))).collect()
}

fn authorization(entry: &Entry, redirect_uri_name: Option<&str>, request: &mut AuthorizationRequest) -> Result<()> {
    // It is asked for without the promise of an ID token, which would be missed.
    if entry.has_quirk(Quirk::IdTokenInvalid) && entry.kind() == Kind::Oidc {
        let scope = request.get("scope").map_or(String::new(), |scope| format!(" {scope}"));
        request.set("scope", format!("openid{scope}"));
    }
    let separator = entry.scope_separator();
    if entry.scope_parameter() == ScopeParameter::Absent {
        request.remove("scope");
    } else if separator != ' '
        && let Some(scope) = request.get("scope").map(|scope| scope.replace(' ', separator.encode_utf8(&mut [0; 4])))
    {
        request.set("scope", scope);
    }
    if entry.client_id_parameter() != "client_id" {
        request.rename("client_id", entry.client_id_parameter());
    }
    if entry.pkce() == Pkce::Refused {
        request.remove("code_challenge");
        request.remove("code_challenge_method");
    }
    if entry.has_quirk(Quirk::PkceChallengeHex)
        && let Some(challenge) = request.get("code_challenge")
    {
        let hash = BASE64_URL_SAFE_NO_PAD
            .decode(challenge)
            .map_err(|error| Error::configuration("the code challenge is no base64url").with_source(error))?;
        let digits =
            |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        request.set("code_challenge", hash.iter().flat_map(digits).collect::<String>());
    }
    if entry.has_quirk(Quirk::StateNotEchoed)
        && let (Some(uri), Some(state)) = (request.get("redirect_uri"), request.get("state"))
    {
        let separator = if uri.contains('?') { '&' } else { '?' };
        let uri = format!("{uri}{separator}state={state}");
        request.set("redirect_uri", uri);
    }
    if let Some(name) = redirect_uri_name {
        request.set("redirect_uri", name);
    }
    if entry.redirect_uri_parameter() != "redirect_uri" {
        request.rename("redirect_uri", entry.redirect_uri_parameter());
    }
    if entry.has_quirk(Quirk::ClientIdNone) {
        request.remove("client_id");
    }
    Ok(())
}

#[derive(Clone)]
struct TokenRequest {
    entry: &'static Entry,
    parameters: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    /// Of refreshes of a login whose own is not known.
    scope: Option<Vec<String>>,
    /// Of refreshes.
    redirect_uri: Option<String>,
    redirect_uri_name: Option<String>,
    client: ClientNames,
    exchange: Option<long_lived::Exchange>,
}

impl TokenRequest {
    fn is_standard(&self) -> bool {
        let Self { entry, parameters, headers, scope, redirect_uri, redirect_uri_name, client: _, exchange } = self;
        let odd = [
            Quirk::TokenNoRedirectUri,
            Quirk::BasicForPublic,
            Quirk::BasicRaw,
            Quirk::ClientIdNone,
            Quirk::ClientAuthSpecial,
        ];
        let grants = [Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode];
        parameters.is_empty()
            && headers.is_empty()
            && scope.is_none()
            && exchange.is_none()
            && redirect_uri.is_none()
            && redirect_uri_name.is_none()
            && entry.scope_separator() == ' '
            && entry.redirect_uri_parameter() == "redirect_uri"
            && entry.token_request_body() == RequestBody::Form
            && entry.client_id_parameter() == "client_id"
            && entry.client_secret_parameter() == "client_secret"
            && entry.pkce() != Pkce::Refused
            && !odd.into_iter().any(|quirk| entry.has_quirk(quirk))
            && !grants.into_iter().any(|grant| entry.grant_type(grant).is_some())
    }

    /// Tells it from one that writes anything else.
    fn identity(&self) -> Fingerprint {
        let Self { entry, parameters, headers, scope, redirect_uri, redirect_uri_name, client, exchange } = self;
        let all = Fingerprint::builder().parameter("catalogue", entry.name()).part("client", client.identity());
        let all = parameters.iter().fold(all, |all, (name, value)| all.parameter(format!("parameter {name}"), value));
        let all = headers.iter().fold(all, |all, (name, value)| all.parameter(format!("header {name}"), value));
        let all = scope.iter().flatten().fold(all, |all, scope| all.parameter("scope", scope));
        let all = redirect_uri.iter().fold(all, |all, uri| all.parameter("redirect_uri", uri));
        let all = redirect_uri_name.iter().fold(all, |all, name| all.parameter("redirect_uri_name", name));
        match exchange {
            Some(exchange) => all.part("exchange", exchange.identity()).build(),
            None => all.build(),
        }
    }

    fn write(&self, request: &mut EndpointRequest) -> Result<()> {
        let entry = self.entry;
        let grants = [
            ("authorization_code", Grant::AuthorizationCode),
            ("refresh_token", Grant::RefreshToken),
            ("client_credentials", Grant::ClientCredentials),
            ("urn:ietf:params:oauth:grant-type:device_code", Grant::DeviceCode),
        ];
        let grant =
            grants.into_iter().find(|(name, _)| request.get("grant_type") == Some(name)).map(|(_, grant)| grant);
        // The scope of the login stands there already, or less.
        let is_open = grant == Some(Grant::RefreshToken) && request.get("scope").is_none();
        if let Some(scope) = self.scope.as_ref().filter(|_| is_open) {
            request.set("scope", scope.join(" "));
        }
        if let Some(uri) = self.redirect_uri.as_ref().filter(|_| grant == Some(Grant::RefreshToken)) {
            request.set("redirect_uri", uri.as_str());
        }
        if let Some(name) = self.redirect_uri_name.as_ref().filter(|_| grant == Some(Grant::AuthorizationCode)) {
            request.set("redirect_uri", name.as_str());
        }
        if let Some(exchange) = self.exchange.as_ref().filter(|_| grant == Some(Grant::RefreshToken)) {
            exchange.write(request)?;
        }
        if let Some(theirs) = grant.and_then(|grant| entry.grant_type(grant)) {
            request.set("grant_type", theirs);
        }
        if entry.has_quirk(Quirk::TokenNoRedirectUri) {
            request.remove("redirect_uri");
        }
        if entry.pkce() == Pkce::Refused {
            request.remove("code_verifier");
        }
        if entry.has_quirk(Quirk::BasicForPublic)
            && let Some(client_id) = request.get("client_id").filter(|_| request.get("client_secret").is_none())
        {
            let credentials = BASE64_STANDARD.encode(format!("{client_id}:"));
            request.header(AUTHORIZATION, &format!("Basic {credentials}"))?;
        }
        for (name, value) in &self.parameters {
            request.set(*name, value.as_str());
        }
        for (name, value) in &self.headers {
            request.header(header_name(name)?, value)?;
        }
        self.client.write(request)?;
        self.write_names(request);
        Ok(())
    }

    /// What holds for the device authorization request as well.
    fn write_names(&self, request: &mut EndpointRequest) {
        let entry = self.entry;
        if entry.has_quirk(Quirk::ClientIdNone) || entry.has_quirk(Quirk::ClientAuthSpecial) {
            request.remove("client_id");
        }
        let separator = entry.scope_separator();
        // What the callback said goes on as it was.
        let is_forwarded = entry.forwarded_callback_parameters().any(|name| name == "scope");
        if separator != ' '
            && !is_forwarded
            && let Some(scope) =
                request.get("scope").map(|scope| scope.replace(' ', separator.encode_utf8(&mut [0; 4])))
        {
            request.set("scope", scope);
        }
        if entry.redirect_uri_parameter() != "redirect_uri" {
            request.rename("redirect_uri", entry.redirect_uri_parameter());
        }
        match entry.token_request_body() {
            RequestBody::Json => request.as_json(),
            RequestBody::Query => request.danger_in_query(),
            _ => {}
        }
    }
}

pub(super) fn header_name(name: &str) -> Result<HeaderName> {
    name.parse().map_err(|error| Error::configuration(format!("{name:?} is no header")).with_source(error))
}
