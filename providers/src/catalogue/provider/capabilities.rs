use std::sync::Arc;

use async_trait::async_trait;
use grantkit::authorize::{RedirectUri, ResponseMode};
use grantkit::endpoint::{Introspection, Revocation};
use grantkit::grant::{DeviceAuthorization, Login, StoredLogin};
use grantkit::provider::{Capability, Person, ProfileMapping, ProfileRequest, ProviderCapabilities, ProviderSettings};
use grantkit::{ApiClient, AuthorizationCode, Client, Credentials, Error, OAuthClient, Result, SecretString};
use http::HeaderValue;
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::did;
use super::keys;
use super::requests::{authorization_parameters, header_name, is_consent, scope};
use super::revocations;
use super::values::Values;
use crate::catalogue::{Endpoint, Entry, Grant, Kind, Method, ProfileSource, Quirk, TokenPlace};
use crate::odnoklassniki;

/// What a service offers.
pub(super) fn of(entry: &Entry) -> Vec<Capability> {
    let mut all = Vec::new();
    if entry.kind() == Kind::OpenId2 {
        return all;
    }
    if entry.has_grant(Grant::ClientCredentials) || entry.kind() == Kind::ApiToken {
        all.push(Capability::Credentials);
    }
    if entry.has_grant(Grant::AuthorizationCode) {
        all.push(Capability::Login);
    }
    if entry.has_grant(Grant::DeviceCode) {
        all.push(Capability::DeviceLogin);
    }
    if entry.id().next().is_some() {
        all.push(Capability::Identity);
    }
    if entry.endpoint(Endpoint::Revocation).is_some() {
        all.push(Capability::Revocation);
    }
    // An address that comes with the token is no known one.
    if entry.api_base_url().is_some_and(|base| !base.contains("{token:/")) {
        all.push(Capability::Api);
    }
    all
}

/// A service of the catalogue, configured.
pub(super) struct Catalogued {
    entry: &'static Entry,
    values: Values,
    logins: Option<Client>,
    devices: Option<Client>,
    own: Option<Arc<dyn OAuthClient>>,
    client_id: String,
    client_secret: Option<SecretString>,
    scopes: Vec<String>,
    /// Of each authorization request, but for the consent that the client asks for.
    parameters: Vec<(&'static str, String)>,
}

impl Catalogued {
    pub(super) fn new(
        entry: &'static Entry,
        values: Values,
        logins: Client,
        own: Option<Arc<dyn OAuthClient>>,
        devices: Client,
        settings: &ProviderSettings,
    ) -> Self {
        let parameters = authorization_parameters(entry, settings).filter(|parameter| !is_consent(parameter));
        Self {
            parameters: parameters.map(|(name, value)| (name, values.fill(value))).collect(),
            scopes: scope(entry, &values, settings)
                .into_iter()
                .filter(|scope| scope != "openid" || !entry.has_quirk(Quirk::IdTokenInvalid))
                .collect(),
            client_id: settings.text(keys::CLIENT_ID).unwrap_or_default().to_owned(),
            client_secret: settings.secret(keys::CLIENT_SECRET),
            entry,
            values,
            logins: Some(logins),
            devices: Some(devices),
            own,
        }
    }

    pub(super) fn of_token(entry: &'static Entry, values: Values, token: impl OAuthClient) -> Self {
        Self {
            entry,
            values,
            logins: None,
            devices: None,
            own: Some(Arc::new(token)),
            client_id: String::new(),
            client_secret: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// The client, where the service has the grant.
    fn client<'a>(&self, client: Option<&'a Client>, grant: Grant, capability: Capability) -> Result<&'a Client> {
        let client = client.filter(|_| self.entry.has_grant(grant));
        client.ok_or_else(|| capability.unsupported(self.entry.name()))
    }

    fn login_client(&self) -> Result<&Client> {
        self.client(self.logins.as_ref(), Grant::AuthorizationCode, Capability::Login)
    }

    /// The value of a header: this text, and the secret where the template wants it.
    fn header_value(&self, name: &str, template: &str, text: String) -> Result<HeaderValue> {
        let has_secret = template.contains("{client_secret}");
        let secret = self.client_secret.as_ref().filter(|_| has_secret);
        let text = match secret {
            Some(secret) => text.replace("{client_secret}", secret.expose_secret()),
            None => text,
        };
        let mut value = HeaderValue::from_str(&text)
            .map_err(|error| Error::configuration(format!("`{name}` has no such value")).with_source(error))?;
        value.set_sensitive(has_secret);
        Ok(value)
    }

    /// Text of the entry, with what is known of the login.
    fn filled(&self, template: &str, login: &Login) -> Result<String> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let mut text = self.values.url(template).replace("{client_id}", &self.client_id);
        while let Some((before, after)) = text.split_once("{token:/") {
            let (pointer, after) = after.split_once('}').unwrap_or((after, ""));
            let answer: Value =
                login.token().extra().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            let value = match answer.pointer(&format!("/{pointer}")) {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => {
                    return Err(Error::invalid_response(format!(
                        "the token response has no `{pointer}`, which the profile is asked with"
                    )));
                }
            };
            // Where it comes first it is the address of the API, and else a part of one.
            let value = if before.is_empty() { self.values.told_address(&value)? } else { encoded(&value) };
            text = format!("{before}{value}{after}");
        }
        if let Some((before, after)) = text.split_once(odnoklassniki::SIGNATURE) {
            let signature = odnoklassniki::signature(&text, login.token().access_token(), self.client_secret.as_ref())?;
            text = format!("{before}{signature}{after}");
        }
        Ok(text)
    }

    fn profile(&self, login: &Login) -> Result<ProfileMapping> {
        let entry = self.entry;
        let second = entry.email_url().map(|url| match url.strip_suffix('}').and_then(|url| url.split_once("/{/")) {
            Some((url, member)) => Ok(self.request(url, login)?.profile_segment(format!("/{member}"))),
            None => self.request(url, login),
        });
        let second = second.transpose()?;
        let mut profile = match entry.profile() {
            None => ProfileMapping::token_response(),
            Some(ProfileSource::Introspection) => ProfileMapping::introspection(),
            Some(ProfileSource::Url(url)) if self.is_userinfo(url) => ProfileMapping::userinfo(),
            Some(ProfileSource::Url(url)) => {
                let mut request = self.request(url, login)?;
                if entry.profile_method() == Method::Post {
                    request = match entry.profile_body() {
                        None => request.post(),
                        Some(body) if body.starts_with('{') || body == "null" => request.post_json(body),
                        Some(form) => request.post_form(self.filled(form, login)?),
                    };
                }
                for (name, value) in entry.profile_headers() {
                    let value = self.header_value(name, value, self.filled(value, login)?)?;
                    request = request.header(header_name(name)?, value);
                }
                ProfileMapping::new(request)
            }
        };
        if let Some(second) = second {
            profile = profile.second_request(second);
            if let Some(email) = entry.second_email() {
                profile = profile.email(format!("second:{email}"));
                profile = match entry.second_email_verified() {
                    Some(verified) => profile.email_verified(format!("second:{verified}")),
                    // It stands beside the address that comes first.
                    None => profile.email_verified("second:/-"),
                };
            }
        }
        profile = entry.id().fold(profile, ProfileMapping::id);
        if entry.has_quirk(Quirk::IdUsername) {
            profile = profile.reassignable_id();
        }
        profile = entry.email().fold(profile, ProfileMapping::email);
        profile = entry.email_verified().fold(profile, ProfileMapping::email_verified);
        profile = entry.person_name().fold(profile, ProfileMapping::name);
        profile = entry.picture().fold(profile, ProfileMapping::picture);
        Ok(if entry.is_email_always_verified() { profile.email_always_verified() } else { profile })
    }

    /// Whether it is the standard's endpoint, whose answer may be signed, and is that of the ID token's person.
    fn is_userinfo(&self, url: &str) -> bool {
        let entry = self.entry;
        entry.kind() == Kind::Oidc
            && entry.endpoint(Endpoint::Userinfo) == Some(url)
            && entry.profile_method() == Method::Get
            && entry.profile_token() == TokenPlace::Bearer
            && entry.profile_headers().next().is_none()
    }

    fn request(&self, url: &str, login: &Login) -> Result<ProfileRequest> {
        let request = ProfileRequest::get(&self.filled(url, login)?)?;
        if url.contains("{access_token}") {
            return Ok(request.danger_token_in_path());
        }
        Ok(match self.entry.profile_token() {
            TokenPlace::Scheme(scheme) => request.scheme(scheme),
            TokenPlace::Header(name) => request.token_header(header_name(name)?),
            TokenPlace::Query(name) => request.danger_token_in_query(name),
            TokenPlace::Body(name) => request.token_in_form(name),
            TokenPlace::Nowhere => request.without_token(),
            _ => request,
        })
    }
}

#[async_trait]
impl ProviderCapabilities for Catalogued {
    fn name(&self) -> &str {
        self.entry.name()
    }

    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        self.own.clone().ok_or_else(|| Capability::Credentials.unsupported(self.entry.name()))
    }

    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        check_redirect_uri(self.entry, &redirect_uri)?;
        let login = self.login_client()?.authorization_code(redirect_uri)?.scopes(self.scopes.as_slice());
        Ok(self.parameters.iter().fold(login, |login, (name, value)| match *name {
            "response_mode" if value == "form_post" => login.response_mode(ResponseMode::FormPost),
            "acr_values" => login.acr_values(value.split(' ')),
            name => login.login_parameter(name, value),
        }))
    }

    fn device_login(&self) -> Result<DeviceAuthorization> {
        let client = self.client(self.devices.as_ref(), Grant::DeviceCode, Capability::DeviceLogin)?;
        Ok(client.device_authorization()?.scopes(self.scopes.as_slice()))
    }

    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        let login = self.login_client()?.stored_login(name);
        Ok(self.parameters.iter().fold(login, |login, (name, value)| login.login_parameter(name, value)))
    }

    async fn identity(&self, login: &Login) -> Result<Person> {
        let client = self.logins.as_ref().filter(|_| self.entry.id().next().is_some());
        let client = client.ok_or_else(|| Capability::Identity.unsupported(self.entry.name()))?;
        if self.entry.has_quirk(Quirk::IdIsDid) {
            did::check(&self.values, login).await?;
        }
        self.profile(login)?.fetch(login, client).await
    }

    fn revocation(&self) -> Result<Revocation> {
        let has_one = self.entry.endpoint(Endpoint::Revocation).is_some();
        let client = self.logins.as_ref().filter(|_| has_one);
        let client = client.ok_or_else(|| Capability::Revocation.unsupported(self.entry.name()))?;
        Ok(revocations::of_kinds(self.entry, client.revocation()?))
    }

    fn introspection(&self) -> Result<Introspection> {
        match &self.logins {
            Some(client) => client.introspection(),
            None => Err(Error::unsupported(format!("{} has no endpoint that introspects tokens", self.entry.title()))),
        }
    }

    fn api(&self, credentials: Credentials) -> Result<ApiClient> {
        let base = self.entry.api_base_url().ok_or_else(|| Capability::Api.unsupported(self.entry.name()))?;
        if base.contains("{token:/") {
            return Err(Error::unsupported(format!(
                "the address of the API of {} comes with the token, and is {base}: read it from `login.token().extra()`, keep it with the \
                 login, and give it to `ApiClient::new`",
                self.entry.title()
            )));
        }
        let api = ApiClient::builder(&self.values.url(base), credentials);
        let api = match self.entry.api_token() {
            TokenPlace::Scheme(scheme) => api.token_scheme(scheme),
            TokenPlace::Header(name) => api.token_header(header_name(name)?),
            TokenPlace::Query(name) => api.danger_token_in_query(name),
            _ => api,
        };
        let headers = self.entry.api_headers();
        let mut api = api;
        for (name, value) in headers {
            let text = self.values.fill(value).replace("{client_id}", &self.client_id);
            api = api.default_header(name, self.header_value(name, value, text)?);
        }
        api.build()
    }
}

/// Says what the service would say, before a person is sent there.
fn check_redirect_uri(entry: &Entry, redirect_uri: &RedirectUri) -> Result<()> {
    let uri = redirect_uri.as_str();
    if entry.has_quirk(Quirk::RedirectHttpsOnly) && uri.starts_with("http:") {
        return Err(Error::configuration(format!(
            "{} takes no redirect URI but https ones, for loopback addresses too: {uri} is plain http",
            entry.title()
        )));
    }
    if entry.has_quirk(Quirk::LoopbackIpOnly) && uri.starts_with("http://localhost") {
        return Err(Error::configuration(format!(
            "{} does not take `localhost` in a redirect URI: write 127.0.0.1, here and in the settings of the application",
            entry.title()
        )));
    }
    Ok(())
}
