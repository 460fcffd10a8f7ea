use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grantkit::authorize::Prompt;
use grantkit::client::ClientBuilder;
use grantkit::client::state::{AlreadyGiven, NeedsAuthentication};
use grantkit::client_auth::AssertionAudience;
use grantkit::discovery::ServerMetadata;
use grantkit::keys::{DpopKey, Signer as _, SigningAlgorithm, SigningKey};
use grantkit::provider::{ConfigErrors, ProviderSettings};
use grantkit::token::RefreshTokenRotation;
use grantkit::{Client, Error, OAuthClient, ProviderClient, Result, SecretString};
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value};

use super::capabilities::Catalogued;
use super::values::Values;
use super::{answers, decryption, jwt_bearer, keys, long_lived, requests};
use crate::apple::ClientSecret;
use crate::bounded_file::{self, MAX_KEY_FILE};
use crate::catalogue::{Audience, AuthMethod, Endpoint, Entry, Grant, Kind, Quirk, entry};
use crate::copied_token::CopiedToken;
use crate::pem;

/// Makes the provider of this name from its settings. Nothing is sent.
pub(crate) fn connect(name: &'static str, settings: ProviderSettings) -> Result<ProviderClient> {
    let entry = known(name)?;
    let keys = keys::of(entry);
    let settings = settings.checked(name, &keys, |settings, errors| check(entry, settings, errors))?;
    connect_checked(name, &settings)
}

fn known(name: &str) -> Result<&'static Entry> {
    entry(name).ok_or_else(|| Error::configuration(format!("the catalogue has no {name:?}")))
}

/// The same from settings that were checked.
pub(crate) fn connect_checked(name: &'static str, settings: &ProviderSettings) -> Result<ProviderClient> {
    let entry = known(name)?;
    let values = Values::of(entry, settings)?;
    match entry.kind() {
        Kind::ApiToken => {
            let token = settings.secret(keys::TOKEN).unwrap_or_default();
            let token = CopiedToken::new(name, token);
            return Ok(ProviderClient::from_capabilities(Catalogued::of_token(entry, values, token)));
        }
        Kind::OpenId2 => {
            return Err(Error::unsupported(format!(
                "{} speaks OpenID 2.0, which is another protocol than OAuth and OpenID Connect: it gives no tokens",
                entry.title()
            )));
        }
        Kind::OAuth2 | Kind::Oidc => {}
    }
    let logins = client(entry, &values, settings, Endpoint::Token)?;
    // Where a grant has a token endpoint of its own, its client is another one.
    let elsewhere = |endpoint| match entry.endpoint(endpoint) {
        Some(_) => client(entry, &values, settings, endpoint),
        None => Ok(logins.clone()),
    };
    let devices = elsewhere(Endpoint::DeviceToken)?;
    let own = match jwt_bearer::of_user(entry, &values, settings)? {
        Some(of_user) => Some(of_user),
        None => of_program(entry, &elsewhere(Endpoint::ClientCredentials)?, settings),
    };
    Ok(ProviderClient::from_capabilities(Catalogued::new(entry, values, logins, own, devices, settings)))
}

/// The program's own tokens, where the service gives some.
fn of_program(entry: &'static Entry, client: &Client, settings: &ProviderSettings) -> Option<Arc<dyn OAuthClient>> {
    let grant =
        client.client_credentials().scopes(settings.list(keys::SCOPES)).audiences(settings.text(keys::AUDIENCE));
    entry.has_grant(Grant::ClientCredentials).then(|| Arc::new(grant.named(entry.name())) as _)
}

/// Adds what is wrong with the settings and does not follow from the list of keys.
pub(crate) fn check(entry: &'static Entry, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    Values::check(entry, settings, errors);
    if let Some(Err(why)) = settings.text(keys::AUTH_METHOD).map(|method| auth_method(entry, method)) {
        errors.wrong(keys::AUTH_METHOD, why);
    }
    if settings.text(keys::AUTH_METHOD) == Some(AuthMethod::None.name()) && settings.contains(keys::CLIENT_SECRET) {
        errors.wrong(keys::AUTH_METHOD, "it is \"none\", and `client_secret` is given: leave one of the two out");
    }
    if let Some((key, Err(error))) = given_key(entry, settings) {
        errors.wrong(key, error);
    }
    jwt_bearer::check(entry, settings, errors);
    if let Some(Err(error)) = settings.text(keys::DPOP_KEY).map(|pem| signing_key(pem, None)) {
        errors.wrong(keys::DPOP_KEY, error);
    }
    decryption::check(entry, settings, errors);
    for scope in settings.list(keys::SCOPES) {
        if scope.contains(',') && entry.scope_separator() != ',' {
            errors.wrong(keys::SCOPES, "its scopes have commas between them: write a list, or spaces between them");
        }
    }
    let has_key = has_key(entry, settings);
    let takes_key = entry.auth_methods().contains(&AuthMethod::PrivateKeyJwt) || entry.has_quirk(Quirk::SecretIsJwt);
    let is_secret = |method: &AuthMethod| {
        !matches!(method, AuthMethod::None | AuthMethod::PrivateKeyJwt | AuthMethod::TlsClientAuth)
    };
    let takes_secret = entry.auth_methods().iter().any(is_secret) && !entry.has_quirk(Quirk::SecretIsJwt);
    let is_public = entry.auth_methods().contains(&AuthMethod::None);
    let has_secret = takes_secret && settings.contains(keys::CLIENT_SECRET);
    if takes_key && !has_key && !is_public && !has_secret {
        let of_key = keys::of_private_key(entry);
        let all = [&[keys::CLIENT_SECRET], of_key].concat();
        errors.missing_one_of(if takes_secret { &all } else { of_key });
    }
}

fn auth_method(entry: &Entry, name: &str) -> std::result::Result<AuthMethod, String> {
    entry.auth_methods().iter().find(|method| method.name() == name).copied().ok_or_else(|| {
        let known: Vec<_> = entry.auth_methods().iter().map(|method| method.name()).collect();
        format!("{} takes {}", entry.title(), known.join(" or "))
    })
}

/// A client of the service; `tokens` is where its tokens come from.
fn client(entry: &'static Entry, values: &Values, settings: &ProviderSettings, tokens: Endpoint) -> Result<Client> {
    let metadata = metadata(entry, values, tokens, settings.text(keys::CLIENT_ID).unwrap_or_default())?;
    let builder = Client::builder().client_id(settings.text(keys::CLIENT_ID).unwrap_or("none"));
    let builder = authenticated(entry, values, settings, builder)?;
    let builder = match entry.assertion_audience() {
        Some(Audience::TokenEndpoint) => builder.assertion_audience(AssertionAudience::TokenEndpoint),
        Some(Audience::Endpoint) => builder.assertion_audience(AssertionAudience::Endpoint),
        // It is a name, and stays where the service is elsewhere.
        Some(Audience::Named(name)) => builder.assertion_audience(AssertionAudience::Exactly(values.fill(name))),
        None => builder,
    };
    let grace = u64::from(entry.refresh_token_reuse_grace_seconds());
    let builder = builder.refresh_token_rotation(match entry.rotates_refresh_tokens() {
        Some(false) => RefreshTokenRotation::Never,
        Some(true) if grace > 0 => RefreshTokenRotation::WithGrace(Duration::from_secs(grace)),
        Some(true) | None => RefreshTokenRotation::Unknown,
    });
    let builder = match values.endpoint(Endpoint::Refresh) {
        Some(url) => builder.refresh_endpoint(&url)?,
        None => builder,
    };
    let builder = if entry.has_quirk(Quirk::DpopRequired) { builder.dpop(dpop_key(settings)?) } else { builder };
    let builder = if long_lived::is_of(entry) { builder.refresh_new_logins() } else { builder };
    let builder = if entry.has_quirk(Quirk::RefreshNeedsScope) { builder.refresh_with_scope() } else { builder };
    let builder = match requests::authorization_parameters(entry, settings).find(requests::is_consent) {
        Some(_) => builder.default_prompt(Prompt::Consent),
        None => builder,
    };
    let builder = requests::hooked(entry, values, settings, builder);
    let builder = answers::hooked(entry, builder);
    let builder = decryption::with_keys(entry, settings, builder)?;
    with_keys(entry, values, builder).build_with_metadata(&metadata)
}

type Identified = ClientBuilder<AlreadyGiven, NeedsAuthentication>;
pub(super) type Authenticated = ClientBuilder<AlreadyGiven, AlreadyGiven>;

fn authenticated(
    entry: &Entry,
    values: &Values,
    settings: &ProviderSettings,
    builder: Identified,
) -> Result<Authenticated> {
    let secret = settings.secret(keys::CLIENT_SECRET);
    if entry.has_quirk(Quirk::SecretIsJwt) {
        let issuer = values.endpoint(Endpoint::Issuer).unwrap_or_default();
        let team = settings.text(keys::TEAM_ID).unwrap_or_default();
        let secret = ClientSecret::new(team, issuer, required_key(entry, settings)?);
        return Ok(builder.client_authentication(secret));
    }
    let method = match settings.text(keys::AUTH_METHOD) {
        Some(name) => auth_method(entry, name).map_err(Error::configuration)?,
        // A secret that the API wants is not for the token endpoint.
        None => usual_method(entry, secret.is_some() && !entry.has_secret_in_headers(), settings),
    };
    let secret = || secret.clone().unwrap_or_else(|| SecretString::from(""));
    Ok(match method {
        AuthMethod::ClientSecretBasic => builder.client_secret_basic(secret()),
        AuthMethod::ClientSecretPost => builder.client_secret_post(secret()),
        AuthMethod::ClientSecretJwt => builder.client_secret_jwt(secret()),
        AuthMethod::PrivateKeyJwt => builder.private_key_jwt(required_key(entry, settings)?),
        AuthMethod::TlsClientAuth => builder.tls_client_auth(),
        _ => builder.public(),
    })
}

/// By what was given, in the order of the service.
fn usual_method(entry: &Entry, has_secret: bool, settings: &ProviderSettings) -> AuthMethod {
    let has_key = has_key(entry, settings);
    let fits = |method: &&AuthMethod| match method {
        AuthMethod::PrivateKeyJwt => has_key,
        AuthMethod::None => !has_secret && !has_key,
        AuthMethod::TlsClientAuth => false,
        _ => has_secret,
    };
    entry.auth_methods().iter().find(fits).copied().unwrap_or(AuthMethod::None)
}

fn has_key(entry: &Entry, settings: &ProviderSettings) -> bool {
    keys::of_private_key(entry).iter().any(|key| settings.contains(key))
}

pub(super) fn required_key(entry: &Entry, settings: &ProviderSettings) -> Result<SigningKey> {
    given_key(entry, settings).map_or_else(
        || {
            Err(Error::configuration(format!(
                "`{}` is missing: give the key itself, or `{}_file`",
                keys::PRIVATE_KEY,
                keys::PRIVATE_KEY
            )))
        },
        |(_, key)| key,
    )
}

/// The private key that is given, and where.
fn given_key(entry: &Entry, settings: &ProviderSettings) -> Option<(&'static str, Result<SigningKey>)> {
    let name = keys::of_private_key(entry).iter().copied().find(|key| settings.contains(key))?;
    let read = || {
        let text = settings.text(name).unwrap_or_default();
        let is_file = [keys::PRIVATE_KEY_FILE, keys::CERTIFICATE_FILE].contains(&name);
        let pem = if is_file { key_in_file(text)? } else { SecretString::from(text) };
        let key = signing_key(pem.expose_secret(), settings.text(keys::PRIVATE_KEY_ID))?;
        if [keys::CERTIFICATE, keys::CERTIFICATE_FILE].contains(&name) {
            by_certificate(key, pem.expose_secret())
        } else {
            Ok(key)
        }
    };
    Some((name, read()))
}

/// The key, whose certificate stands beside it: RSA keys sign by PS256 then (Microsoft identity platform, "Certificate credentials").
fn by_certificate(key: SigningKey, pem: &str) -> Result<SigningKey> {
    let key = key.with_certificate(pem::with_line_ends(pem).as_bytes())?;
    if key.algorithm() == SigningAlgorithm::Rs256 { key.with_algorithm(SigningAlgorithm::Ps256) } else { Ok(key) }
}

/// What stands in the file.
pub(super) fn key_in_file(path: &str) -> Result<SecretString> {
    let pem = bounded_file::read(Path::new(path), MAX_KEY_FILE);
    pem.and_then(|pem| std::str::from_utf8(&pem).map(SecretString::from).map_err(io::Error::other))
        .map_err(|error| Error::configuration(format!("{path:?} cannot be read: {error}")).with_source(error))
}

/// What tokens are bound to; without one in the settings, one key of the process: another for each client would have the same settings
/// mean another login each time.
fn dpop_key(settings: &ProviderSettings) -> Result<DpopKey> {
    static OF_THE_PROCESS: OnceLock<DpopKey> = OnceLock::new();
    if let Some(pem) = settings.secret(keys::DPOP_KEY) {
        return Ok(DpopKey::from(signing_key(pem.expose_secret(), None)?));
    }
    if let Some(key) = OF_THE_PROCESS.get() {
        return Ok(key.clone());
    }
    let made = DpopKey::generate()?;
    Ok(OF_THE_PROCESS.get_or_init(|| made).clone())
}

fn signing_key(pem: &str, id: Option<&str>) -> Result<SigningKey> {
    let key = pem::signing_key(pem)?;
    Ok(match id {
        Some(id) => key.with_key_id(id),
        None => key,
    })
}

/// What the service would say of itself.
fn metadata(entry: &Entry, values: &Values, tokens: Endpoint, client_id: &str) -> Result<ServerMetadata> {
    let mut members = Map::new();
    let client_id: String = form_urlencoded::byte_serialize(client_id.as_bytes()).collect();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), Value::from(value.replace("{client_id}", &client_id)));
        }
    };
    add("token_endpoint", values.endpoint(tokens));
    for (name, endpoint) in [
        ("authorization_endpoint", Endpoint::Authorization),
        ("revocation_endpoint", Endpoint::Revocation),
        ("introspection_endpoint", Endpoint::Introspection),
        ("device_authorization_endpoint", Endpoint::DeviceAuthorization),
        ("userinfo_endpoint", Endpoint::Userinfo),
        ("end_session_endpoint", Endpoint::EndSession),
        ("pushed_authorization_request_endpoint", Endpoint::PushedAuthorizationRequest),
    ] {
        add(name, values.endpoint(endpoint));
    }
    if !entry.has_grant(Grant::AuthorizationCode) {
        members.remove("authorization_endpoint");
    }
    if entry.has_quirk(Quirk::ParRequired) {
        members.insert("require_pushed_authorization_requests".to_owned(), Value::Bool(true));
    }
    if entry.has_quirk(Quirk::IssInCallback) {
        members.insert("authorization_response_iss_parameter_supported".to_owned(), Value::Bool(true));
    }
    match issuer(entry, values) {
        Some(issuer) => {
            members.insert("issuer".to_owned(), Value::from(issuer));
            ServerMetadata::from_json(Value::Object(members).to_string())
        }
        None => ServerMetadata::without_issuer(Value::Object(members).to_string()),
    }
}

/// Stands in an issuer for the tenant of the person (Microsoft identity platform, "OpenID Connect").
const TENANT: &str = "{tenantid}";
/// The tenant of all personal accounts, by the name that issuers have.
const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// The issuer as ID tokens name it.
fn issuer(entry: &Entry, values: &Values) -> Option<String> {
    let issuer = values.endpoint(Endpoint::Issuer)?;
    if !entry.has_quirk(Quirk::IssuerTemplate) {
        return Some(issuer);
    }
    let of_all = ["/common/", "/organizations/"].into_iter().find(|tenants| issuer.contains(tenants));
    Some(match of_all {
        Some(tenants) => issuer.replacen(tenants, &format!("/{TENANT}/"), 1),
        None => issuer.replacen("/consumers/", &format!("/{CONSUMERS}/"), 1),
    })
}

/// Without the feature there are no ID tokens.
#[cfg(not(feature = "oidc"))]
fn with_keys(_: &Entry, _: &Values, builder: Authenticated) -> Authenticated {
    builder
}

/// Where the keys are that ID tokens are signed with, for a service that has some.
#[cfg(feature = "oidc")]
fn with_keys(entry: &Entry, values: &Values, builder: Authenticated) -> Authenticated {
    let (Some(place), Some(issuer)) = (values.endpoint(Endpoint::Issuer), issuer(entry, values)) else {
        return builder;
    };
    let discovery = match values.endpoint(Endpoint::Discovery) {
        None if issuer.contains(TENANT) => {
            ServerMetadata::discover_at(&format!("{place}/.well-known/openid-configuration")).issuer_template(issuer)
        }
        Some(url) => ServerMetadata::discover_at(&url).danger_accept_issuer(issuer),
        None => ServerMetadata::discover(&issuer),
    };
    let builder = builder.discover_jwks_uri(discovery);
    let builder = if entry.has_quirk(Quirk::NonceMissing) { builder.danger_accept_missing_nonce() } else { builder };
    if entry.has_quirk(Quirk::IdTokenHs256) { builder.id_token_signed_response_alg("HS256") } else { builder }
}
