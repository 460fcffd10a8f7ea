use super::field::Field;
use super::parameter::Parameter;
use super::quirk::Quirk;
use super::vocabulary::{
    Audience, AuthMethod, Endpoint, Grant, Kind, Method, Pkce, ProfileSource, RequestBody, RevocationAuth,
    ScopeParameter, TokenPlace,
};

/// What is known of one service.
///
/// URLs and other texts may have placeholders:
///
/// | placeholder | stands for |
/// |---|---|
/// | `{tenant}` and other names | the [parameter](Self::parameters) of that name; `{region.api}` is one part of a choice |
/// | `{issuer}` | the [issuer](Endpoint::Issuer), itself a text with placeholders |
/// | `{client_id}`, `{access_token}` | the client's ID, the access token |
/// | `{client_secret}` | the client's secret, in a header of the API's requests |
/// | `{token:/user_id}` | the member of the token response |
/// | `{/id}` | the member of the profile |
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    // The texts, a line each: the first letter is the `Field`. One string, since each string of its own costs a relocation.
    pub(super) lines: &'static str,
    pub(super) kind: Kind,
    pub(super) grants: &'static [Grant],
    pub(super) auth_methods: &'static [AuthMethod],
    pub(super) pkce: Pkce,
    pub(super) quirks: &'static [Quirk],
    pub(super) scope_separator: char,
    pub(super) scope_parameter: ScopeParameter,
    pub(super) token_request_body: RequestBody,
    pub(super) rotates: Option<bool>,
    pub(super) reuse_grace_seconds: u32,
    pub(super) access_token_lifetime_seconds: u32,
    pub(super) profile_method: Method,
    pub(super) email_always_verified: bool,
    pub(super) revocation_method: Method,
    pub(super) revocation_body: RequestBody,
    pub(super) revocation_auth: RevocationAuth,
}

impl Entry {
    /// The name that the provider is found by: lower case, digits and hyphens.
    pub fn name(&self) -> &'static str {
        self.text(Field::Name).unwrap_or_default()
    }

    /// The service's own name, for people.
    pub fn title(&self) -> &'static str {
        self.text(Field::Title).unwrap_or_default()
    }

    /// Other names by which people look for it, such as `azure`.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::Alias)
    }

    /// Which protocol the service speaks.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The grants that the service has.
    pub fn grants(&self) -> &'static [Grant] {
        self.grants
    }

    /// Whether the service has the grant.
    pub fn has_grant(&self, grant: Grant) -> bool {
        self.grants.contains(&grant)
    }

    /// What it does that needs code, or that matters when the client is registered.
    pub fn quirks(&self) -> &'static [Quirk] {
        self.quirks
    }

    /// Whether it does this.
    pub fn has_quirk(&self, quirk: Quirk) -> bool {
        self.quirks.contains(&quirk)
    }

    /// What the placeholders of the URLs stand for, such as a tenant or a region.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> {
        let lines = self.lines;
        self.values(Field::Parameter).map(move |line| Parameter::new(line, lines))
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<Parameter> {
        self.parameters().find(|parameter| parameter.name() == name)
    }

    /// The URL, with placeholders.
    pub fn endpoint(&self, endpoint: Endpoint) -> Option<&'static str> {
        self.text(endpoint.field())
    }

    /// How the client authenticates at the token endpoint; the first is the default.
    pub fn auth_methods(&self) -> &'static [AuthMethod] {
        self.auth_methods
    }

    /// The name of the parameter with the client's ID: `client_id`, but for a few.
    pub fn client_id_parameter(&self) -> &'static str {
        self.text(Field::ClientIdParameter).unwrap_or("client_id")
    }

    /// The name of the parameter with the client's secret: `client_secret`, but for a few.
    pub fn client_secret_parameter(&self) -> &'static str {
        self.text(Field::ClientSecretParameter).unwrap_or("client_secret")
    }

    /// The name of the parameter with the redirect URI: `redirect_uri`, but for a few.
    pub fn redirect_uri_parameter(&self) -> &'static str {
        self.text(Field::RedirectUriParameter).unwrap_or("redirect_uri")
    }

    /// The audience (`aud`) of assertions that the client signs, where it is not the issuer.
    pub fn assertion_audience(&self) -> Option<Audience<'static>> {
        self.text(Field::AssertionAudience).map(Audience::read)
    }

    /// What becomes of a code challenge (RFC 7636).
    pub fn pkce(&self) -> Pkce {
        self.pkce
    }

    /// What stands between two scopes in a request.
    pub fn scope_separator(&self) -> char {
        self.scope_separator
    }

    /// Whether a request may, must or cannot name scopes.
    pub fn scope_parameter(&self) -> ScopeParameter {
        self.scope_parameter
    }

    /// The scopes that a login asks for unless told otherwise.
    pub fn login_scopes(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::LoginScope)
    }

    /// The scope that the e-mail address takes, if it takes one of its own.
    pub fn email_scope(&self) -> Option<&'static str> {
        self.text(Field::EmailScope)
    }

    /// The scope that asks for a refresh token.
    pub fn offline_scope(&self) -> Option<&'static str> {
        self.text(Field::OfflineScope)
    }

    /// What every authorization request carries besides.
    pub fn authorization_parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::AuthorizationParameter)
    }

    /// What an authorization request carries besides, to be given a refresh token.
    pub fn offline_parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::OfflineParameter)
    }

    /// The members of the authorization response that later requests, or the program, need.
    pub fn kept_callback_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::KeptCallbackParameter)
    }

    /// Those of them that go into the token request, under the same name.
    pub fn forwarded_callback_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::ForwardedCallbackParameter)
    }

    /// How the parameters of a token request are written.
    pub fn token_request_body(&self) -> RequestBody {
        self.token_request_body
    }

    /// What every token request carries besides.
    pub fn token_request_parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::TokenRequestParameter)
    }

    /// The headers that every token request carries besides.
    pub fn token_request_headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::TokenRequestHeader)
    }

    /// The `grant_type` that the service has for the grant in place of the standard's.
    pub fn grant_type(&self, grant: Grant) -> Option<&'static str> {
        self.pairs(Field::GrantType).find(|(name, _)| *name == grant.name()).map(|(_, value)| value)
    }

    /// The member of the token response that holds the token response proper, as a JSON pointer; all else takes it for the whole.
    pub fn token_response_container(&self) -> Option<&'static str> {
        self.text(Field::TokenResponseContainer)
    }

    /// The members of the token response under other names: the standard's name, and the service's.
    pub fn renamed_token_response_members(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::RenamedTokenResponseMember)
    }

    /// Whether a refresh answers with a new refresh token, after which the old one is spent; `None` if that depends or is not known.
    pub fn rotates_refresh_tokens(&self) -> Option<bool> {
        self.rotates
    }

    /// For how long a spent refresh token still works, in seconds; 0 if not at all.
    pub fn refresh_token_reuse_grace_seconds(&self) -> u32 {
        self.reuse_grace_seconds
    }

    /// How long an access token lives as a rule, in seconds.
    pub fn access_token_lifetime_seconds(&self) -> Option<u32> {
        (self.access_token_lifetime_seconds != 0).then_some(self.access_token_lifetime_seconds)
    }

    /// Where the profile is asked for: a URL of its own, the introspection endpoint, or the userinfo endpoint.
    ///
    /// `None` if all that is known of the person stands in the token response or the ID token.
    pub fn profile(&self) -> Option<ProfileSource<'static>> {
        if let Some(text) = self.text(Field::ProfileUrl) {
            return Some(ProfileSource::read(text));
        }
        let is_asked = Field::PROFILE.iter().flat_map(|field| self.values(*field)).any(|text| !is_of_the_login(text));
        self.endpoint(Endpoint::Userinfo).filter(|_| is_asked).map(ProfileSource::Url)
    }

    /// The URL that the [profile](Self::profile) is asked for at, where it is one.
    pub fn profile_url(&self) -> Option<&'static str> {
        match self.profile()? {
            ProfileSource::Url(url) => Some(url),
            ProfileSource::Introspection => None,
        }
    }

    /// The method of the profile request.
    pub fn profile_method(&self) -> Method {
        self.profile_method
    }

    /// The body of the profile request: JSON if it starts with `{`, a form otherwise.
    pub fn profile_body(&self) -> Option<&'static str> {
        self.text(Field::ProfileBody)
    }

    /// Where the access token goes in the profile request.
    pub fn profile_token(&self) -> TokenPlace {
        TokenPlace::read(self.text(Field::ProfileToken))
    }

    /// The headers that the profile request carries besides.
    pub fn profile_headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::ProfileHeader)
    }

    /// Where the person's ID stands: [selectors](grantkit::provider::Selector), of which the first with a value counts.
    pub fn id(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::Id)
    }

    /// Where the e-mail address stands.
    pub fn email(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::Email)
    }

    /// Where it stands whether the e-mail address is verified: one selector for each of [`email`](Self::email), in the same order.
    /// An address without one is not verified.
    pub fn email_verified(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::EmailVerified)
    }

    /// Whether the service documents that it shows verified e-mail addresses only.
    pub fn is_email_always_verified(&self) -> bool {
        self.email_always_verified
    }

    /// Where the person's name stands.
    pub fn person_name(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::PersonName)
    }

    /// Where the URL of the person's picture stands, or a template of it.
    pub fn picture(&self) -> impl Iterator<Item = &'static str> {
        self.values(Field::Picture)
    }

    /// A second request (`GET`) that the e-mail address takes. Its answer goes before what the profile says.
    pub fn email_url(&self) -> Option<&'static str> {
        self.text(Field::EmailUrl)
    }

    /// Where the e-mail address stands in the second answer.
    pub fn second_email(&self) -> Option<&'static str> {
        self.text(Field::SecondEmail)
    }

    /// Where it stands in the second answer whether the address is verified.
    pub fn second_email_verified(&self) -> Option<&'static str> {
        self.text(Field::SecondEmailVerified)
    }

    /// The base URL of the service's API.
    pub fn api_base_url(&self) -> Option<&'static str> {
        self.text(Field::ApiBaseUrl)
    }

    /// Where the access token goes in a request to the API.
    pub fn api_token(&self) -> TokenPlace {
        TokenPlace::read(self.text(Field::ApiToken))
    }

    /// The headers that every request to the API carries besides.
    pub fn api_headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::ApiHeader)
    }

    /// Whether requests of the API carry the client's secret in a header.
    pub fn has_secret_in_headers(&self) -> bool {
        self.api_headers().any(|(_, value)| value.contains("{client_secret}"))
    }

    /// The method of a revocation; `POST` in RFC 7009.
    pub fn revocation_method(&self) -> Method {
        self.revocation_method
    }

    /// How the parameters of a revocation are written.
    pub fn revocation_body(&self) -> RequestBody {
        self.revocation_body
    }

    /// Who authenticates at the revocation endpoint: the client, as in RFC 7009, or the token itself.
    pub fn revocation_auth(&self) -> RevocationAuth {
        self.revocation_auth
    }

    /// The name of the parameter with the token to be revoked; `token` in RFC 7009.
    pub fn revocation_token_parameter(&self) -> &'static str {
        self.text(Field::RevocationTokenParameter).unwrap_or("token")
    }

    /// The parameter with the client's ID in a revocation, where it is another than in the other requests.
    pub fn revocation_client_id_parameter(&self) -> &'static str {
        self.text(Field::RevocationClientIdParameter).unwrap_or_else(|| self.client_id_parameter())
    }

    /// The parameter with the client's secret in a revocation, where it is another than in the other requests.
    pub fn revocation_client_secret_parameter(&self) -> &'static str {
        self.text(Field::RevocationClientSecretParameter).unwrap_or_else(|| self.client_secret_parameter())
    }

    /// Whether a revocation says by members of the token response which login is to end, and not by a token.
    pub fn revokes_by_token_members(&self) -> bool {
        let url = self.endpoint(Endpoint::Revocation).unwrap_or_default();
        let url = if url == "{profile}" { self.profile_url().unwrap_or_default() } else { url };
        url.contains("{token:/") || self.revocation_parameters().any(|(_, value)| value.contains("{token:/"))
    }

    /// What a revocation carries besides.
    pub fn revocation_parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pairs(Field::RevocationParameter)
    }

    /// The first text of the field.
    pub fn text(&self, field: Field) -> Option<&'static str> {
        self.values(field).next()
    }

    /// All texts of the field, in their order.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &'static str> {
        field.values(self.lines)
    }

    fn pairs(&self, field: Field) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.values(field).filter_map(|line| line.split_once('='))
    }
}

/// Whether a selector or template takes nothing of the profile.
fn is_of_the_login(text: &str) -> bool {
    text.split(" + ").all(|part| part.starts_with("token:") || part.starts_with("id_token:"))
}
