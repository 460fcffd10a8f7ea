//! The service that is played: its entry, with what its placeholders stand for here.

use std::collections::BTreeMap;

use grantkit::provider::{ProviderSettings, providers};
use grantkit_providers::catalogue::{
    self, AuthMethod, Endpoint, Entry, Form as ParameterForm, Grant, Kind, Parameter, Quirk, RevocationAuth,
    ScopeParameter,
};

use super::client_key::ClientKey;
use super::encryption::{EncryptionKey, KeyEncryption, encrypt_with_secret};
use super::person;
use super::router::{Route, routes};
use crate::oauth_error::{Code, OAuthError};

pub(super) const CLIENT_ID: &str = "acme-app";
/// As long as a key for HS256 has to be, and with characters that are written differently in forms.
pub(super) const CLIENT_SECRET: &str = "acme+s3cret/of:the=app, as long as a hash";
pub(super) const REDIRECT_URI: &str = "https://app.example/cb";
pub(super) const REDIRECT_URI_NAME: &str = "Acme-acme-app-redirect";
pub(super) const TEAM_ID: &str = "ACMETEAM";
pub(super) const KEY_ID: &str = "ACMEKEY";

/// What the client proves itself with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ClientKind {
    /// Its secret, or its key where the service takes nothing else.
    #[default]
    Usual,
    Signing,
    Public,
}

pub(super) struct Service {
    pub(super) entry: &'static Entry,
    /// Of the parameters, by name.
    values: BTreeMap<&'static str, String>,
    pub(super) is_public: bool,
    /// Whether the client proves itself with its key where the service takes a secret too.
    pub(super) signs: bool,
    pub(super) key: ClientKey,
    /// Of a service that encrypts.
    encryption_key: Option<EncryptionKey>,
    /// What is copied from the settings of a service without logins.
    pub(super) api_token: String,
    pub(super) routes: Vec<Route>,
}

impl Service {
    pub(super) fn new(
        entry: &'static Entry,
        given: &BTreeMap<String, String>,
        client: ClientKind,
        key: ClientKey,
        encryption_key: Option<EncryptionKey>,
        api_token: String,
    ) -> Self {
        let value =
            |parameter: Parameter| given.get(parameter.name()).cloned().unwrap_or_else(|| usual_value(parameter));
        let mut values: BTreeMap<_, _> =
            entry.parameters().map(|parameter| (parameter.name(), value(parameter))).collect();
        if entry.has_quirk(Quirk::IssuerTemplate) {
            // One tenant's, as its tokens name it.
            values.insert("tenant", "72f988bf-86f1-41af-91ab-2d7cd011db47".to_owned());
        }
        let is_public = client == ClientKind::Public;
        let has_keys_alone = entry.auth_methods() == [AuthMethod::PrivateKeyJwt];
        let signs = client == ClientKind::Signing || has_keys_alone;
        let mut service = Self { entry, values, is_public, signs, key, encryption_key, api_token, routes: Vec::new() };
        service.routes = routes(&service);
        service
    }

    /// The settings with which the provider finds the server at this address.
    pub(super) fn settings(&self, base_url: &str) -> ProviderSettings {
        let base_url = base_url.trim_end_matches('/');
        let Some(plugin) = providers().into_iter().find(|plugin| plugin.name() == self.entry.name()) else {
            return ProviderSettings::new();
        };
        let keys = plugin.keys();
        let is_moved = keys.iter().any(|key| key.name == "provider_base_url");
        let takes_secret = !self.signs && keys.iter().any(|key| key.name == "client_secret");
        keys.iter().fold(ProviderSettings::new(), |settings, key| {
            let value = match key.name {
                "provider_base_url" => Some(base_url.to_owned()),
                "client_id" => Some(CLIENT_ID.to_owned()),
                "client_secret" if takes_secret && (!self.is_public || self.entry.has_secret_in_headers()) => {
                    Some(CLIENT_SECRET.to_owned())
                }
                "private_key" if !self.is_public && !takes_secret => Some(self.key.pem().to_owned()),
                "decryption_key" if !takes_secret => self.encryption_key.as_ref().map(|key| key.pem().to_owned()),
                "private_key_id" if key.required => Some(KEY_ID.to_owned()),
                "redirect_uri" => Some(REDIRECT_URI.to_owned()),
                "redirect_uri_name" => Some(REDIRECT_URI_NAME.to_owned()),
                "team_id" => Some(TEAM_ID.to_owned()),
                "token" => Some(self.api_token.clone()),
                name => self.entry.parameter(name).map(|parameter| match parameter.form() {
                    ParameterForm::Host | ParameterForm::BaseUrl if !is_moved => base_url.to_owned(),
                    _ => self.values.get(name).cloned().unwrap_or_default(),
                }),
            };
            value.into_iter().fold(settings, |settings, value| settings.with(key.name, value))
        })
    }

    /// The text with what is known put in; the rest stays as it is.
    pub(super) fn fill(&self, text: &str) -> String {
        let filled = catalogue::fill(text, |name| Some(self.value(name).unwrap_or_else(|| format!("{{{name}}}"))));
        filled.unwrap_or_else(|_| text.to_owned())
    }

    fn value(&self, name: &str) -> Option<String> {
        match name {
            "issuer" => return self.entry.endpoint(Endpoint::Issuer).map(|issuer| self.fill(issuer)),
            "client_id" => return Some(CLIENT_ID.to_owned()),
            "client_secret" => return Some(CLIENT_SECRET.to_owned()),
            "token_endpoint" => return self.entry.endpoint(Endpoint::Token).map(|url| self.fill(url)),
            "profile" => return self.entry.profile_url().map(|url| self.fill(url)),
            _ => {}
        }
        let (name, part) = name.split_once('.').unwrap_or((name, ""));
        let given = self.values.get(name)?;
        let parameter = self.entry.parameter(name)?;
        if parameter.form() == ParameterForm::Choice {
            return parameter.choice(given, part).map(ToOwned::to_owned);
        }
        Some(if given.contains('{') { self.fill(given) } else { given.clone() })
    }

    /// Pairs of the entry, with what is known put in.
    pub(super) fn pairs(
        &self,
        pairs: impl Iterator<Item = (&'static str, &'static str)>,
    ) -> impl Iterator<Item = (String, String)> {
        pairs.map(|(name, value)| (name.to_owned(), self.fill(value))).collect::<Vec<_>>().into_iter()
    }

    /// What the issuer has after the address of the service.
    pub(super) fn issuer_path(&self) -> String {
        let issuer = self.entry.endpoint(Endpoint::Issuer).map(|issuer| self.fill(issuer)).unwrap_or_default();
        let rest = issuer.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or(String::new(), |at| rest.split_at(at).1.to_owned())
    }

    pub(super) fn has(&self, quirk: Quirk) -> bool {
        self.entry.has_quirk(quirk)
    }

    /// The role of a request, by its path and query, and what stands there for the placeholders.
    pub(super) fn routes_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a Route, super::target::Captures)> {
        self.routes.iter().filter_map(move |route| Some((route, route.target.matches(path)?)))
    }

    /// Whether each login yields an ID token.
    pub(super) fn issues_id_tokens(&self) -> bool {
        self.entry.kind() == Kind::Oidc || person::stands_in_id_token(self.entry)
    }

    /// The scopes of a request as RFC 6749 §3.3 has them, if they are written as the service takes them.
    pub(super) fn scope(&self, written: Option<&str>) -> Result<Option<String>, OAuthError> {
        let wrong = |why: String| Err(OAuthError::new(Code::InvalidScope, why));
        let Some(written) = written else { return Ok(None) };
        let separator = self.entry.scope_separator();
        if self.entry.scope_parameter() == ScopeParameter::Absent {
            return wrong("there are no scopes here".to_owned());
        }
        let strange = [' ', ',', ';'].into_iter().find(|other| *other != separator && written.contains(*other));
        if strange.is_some() {
            return wrong(format!("scopes are separated by {separator:?}"));
        }
        let written = written.replace(separator, " ");
        // One that a parameter stands in says what the login is for.
        for scope in self.entry.login_scopes().filter(|scope| scope.contains('{')) {
            let scope = self.fill(scope);
            if !written.split(' ').any(|sent| sent == scope) {
                return wrong(format!("{scope} is missing"));
            }
        }
        Ok(Some(written))
    }

    /// The JWT as the service gives it to its client: encrypted, where it encrypts. One way stands in ID tokens and another in other answers, as
    /// a client has to take both.
    pub(super) fn encrypted(&self, by: KeyEncryption, jwt: String) -> Result<String, OAuthError> {
        match &self.encryption_key {
            None => Ok(jwt),
            Some(_) if !self.signs => Ok(encrypt_with_secret(&jwt)?),
            Some(key) => Ok(key.encrypt(by, &jwt)?),
        }
    }

    /// Whether a login gives a refresh token: the service has them, and the request asked as the service wants it.
    pub(super) fn gives_refresh_token(&self, scope: &str, sent: impl Fn(&str) -> Option<String>) -> bool {
        self.entry.has_grant(Grant::RefreshToken)
            // Its access tokens are exchanged instead.
            && !self.has(Quirk::LongLivedExchange)
            && self.entry.offline_scope().is_none_or(|offline| scope.split(' ').any(|scope| scope == offline))
            && self.pairs(self.entry.offline_parameters()).all(|(name, value)| sent(&name) == Some(value))
    }

    pub(super) fn revokes_access_tokens_only(&self) -> bool {
        self.has(Quirk::RevokeAccessOnly)
            || matches!(self.entry.revocation_auth(), RevocationAuth::Token | RevocationAuth::TokenAndPost)
            || self.entry.revocation_token_parameter() == "access_token"
    }

    /// Whether a client may authenticate this way.
    pub(super) fn takes(&self, method: AuthMethod) -> bool {
        let methods = self.entry.auth_methods();
        methods.contains(&method) || (methods.is_empty() && method == AuthMethod::None)
    }
}

fn usual_value(parameter: Parameter) -> String {
    if let Some(default) = parameter.default_value() {
        return default.to_owned();
    }
    match parameter.form() {
        ParameterForm::BaseUrl => "https://acme.example".to_owned(),
        ParameterForm::Host => "acme.example".to_owned(),
        ParameterForm::Choice => parameter.choices().next().map_or(String::new(), |choice| choice.word.to_owned()),
        _ => "acme".to_owned(),
    }
}
