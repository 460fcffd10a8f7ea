//! A data file, as `providers/catalogue/README.md` describes it.

use std::collections::BTreeMap;
use std::fs;

use grantkit_providers::catalogue::{
    AuthMethod, Endpoint, Grant, Kind, Method, Pkce, Quirk, RequestBody, RevocationAuth, ScopeParameter,
};
use serde::{Deserialize, Deserializer, de};

use crate::root;

/// A value that the data has as a word of the catalogue's vocabulary.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<T>(pub T);

macro_rules! words {
    ($($name:ident)*) => {$(
        impl<'de> Deserialize<'de> for Word<$name> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                let unknown = || de::Error::custom(format!("{word:?} is no {}", stringify!($name)));
                $name::named(&word).map(Word).ok_or_else(unknown)
            }
        }
    )*};
}
words!(AuthMethod Grant Kind Method Pkce Quirk RequestBody RevocationAuth ScopeParameter);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    #[serde(skip)]
    pub name: String,
    pub title: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: Word<Kind>,
    pub confidence: String,
    pub purpose: String,
    pub rust_type: Option<String>,
    pub type_name: Option<String>,
    pub registration_url: Option<String>,
    /// Of the configuration's keys, what their descriptions do not say.
    pub keys: Option<String>,
    pub redirect_uri: Option<String>,
    #[serde(default)]
    pub traps: Vec<String>,
    #[serde(default)]
    pub unsure: Vec<String>,
    #[serde(default)]
    pub quirks: Vec<Word<Quirk>>,
    pub grants: Vec<Word<Grant>>,
    #[serde(default)]
    pub parameters: BTreeMap<String, ParameterSource>,
    #[serde(default)]
    pub server: BTreeMap<String, String>,
    #[serde(default)]
    pub client: ClientSource,
    #[serde(default)]
    pub scope: ScopeSource,
    #[serde(default)]
    pub authorization_request: AuthorizationRequestSource,
    #[serde(default)]
    pub callback: CallbackSource,
    #[serde(default)]
    pub token_request: TokenRequestSource,
    #[serde(default)]
    pub token_response: TokenResponseSource,
    #[serde(default)]
    pub refresh: RefreshSource,
    #[serde(default)]
    pub profile: ProfileSource,
    #[serde(default)]
    pub api: ApiSource,
    #[serde(default)]
    pub revocation: RevocationSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterSource {
    pub form: String,
    pub description: String,
    pub default: Option<String>,
    pub example: Option<String>,
    #[serde(default)]
    pub choices: BTreeMap<String, ChoiceSource>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum ChoiceSource {
    Text(String),
    Parts(BTreeMap<String, String>),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ClientSource {
    pub token_endpoint_auth_methods: Vec<Word<AuthMethod>>,
    pub pkce: Option<Word<Pkce>>,
    pub id_parameter: Option<String>,
    pub secret_parameter: Option<String>,
    pub redirect_uri_parameter: Option<String>,
    pub assertion_audience: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ScopeSource {
    pub separator: Option<char>,
    pub parameter: Option<Word<ScopeParameter>>,
    pub login: Vec<String>,
    pub email: Option<String>,
    pub offline: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AuthorizationRequestSource {
    pub parameters: BTreeMap<String, String>,
    pub offline_parameters: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CallbackSource {
    pub kept: Vec<String>,
    pub forwarded: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TokenRequestSource {
    pub body: Option<Word<RequestBody>>,
    pub parameters: BTreeMap<String, String>,
    pub headers: BTreeMap<String, String>,
    pub grant_types: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TokenResponseSource {
    pub container: Option<String>,
    pub renamed: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RefreshSource {
    pub rotates: Option<bool>,
    pub rotation: Option<String>,
    pub reuse_grace_seconds: Option<u32>,
    pub access_token_lifetime_seconds: Option<u32>,
    pub access_token_lifetime: Option<String>,
    pub refresh_token_lifetime: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ProfileSource {
    pub url: Option<String>,
    pub method: Option<Word<Method>>,
    pub body: Option<String>,
    pub token: Option<String>,
    pub headers: BTreeMap<String, String>,
    pub id: Vec<String>,
    pub email: Vec<String>,
    pub email_verified: Vec<String>,
    pub email_always_verified: bool,
    pub name: Vec<String>,
    pub picture: Vec<String>,
    pub second_request: Option<SecondRequestSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondRequestSource {
    pub url: String,
    pub email: String,
    pub email_verified: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ApiSource {
    pub base_url: Option<String>,
    pub token: Option<String>,
    pub headers: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RevocationSource {
    pub method: Option<Word<Method>>,
    pub body: Option<Word<RequestBody>>,
    pub authentication: Option<Word<RevocationAuth>>,
    pub token_parameter: Option<String>,
    pub client_id_parameter: Option<String>,
    pub client_secret_parameter: Option<String>,
    pub parameters: BTreeMap<String, String>,
    pub note: Option<String>,
}

impl Source {
    pub(crate) fn endpoint(&self, endpoint: Endpoint) -> Option<&str> {
        self.server.get(endpoint.name()).map(String::as_str)
    }

    pub(crate) fn has(&self, grant: Grant) -> bool {
        self.grants.contains(&Word(grant))
    }

    /// All selectors, each with the key that it stands under.
    pub(crate) fn selectors(&self) -> impl Iterator<Item = (&str, &str)> {
        let profile = &self.profile;
        let second = profile.second_request.iter();
        let second = second.flat_map(|second| [Some(&second.email), second.email_verified.as_ref()]).flatten();
        let lists = [
            ("id", &profile.id),
            ("email", &profile.email),
            ("email_verified", &profile.email_verified),
            ("name", &profile.name),
            ("picture", &profile.picture),
        ];
        lists
            .into_iter()
            .flat_map(|(key, list)| list.iter().map(move |text| (key, text.as_str())))
            .chain(second.map(|text| ("second_request", text.as_str())))
    }

    /// All URLs, each with the key that it stands under.
    pub(crate) fn urls(&self) -> impl Iterator<Item = (&str, &str)> {
        let server = self.server.iter().map(|(key, url)| (key.as_str(), url.as_str()));
        let others = [
            ("profile.url", self.profile.url.as_ref()),
            ("profile.second_request.url", self.profile.second_request.as_ref().map(|second| &second.url)),
            ("api.base_url", self.api.base_url.as_ref()),
            ("registration_url", self.registration_url.as_ref()),
        ];
        server.chain(others.into_iter().filter_map(|(key, url)| Some((key, url?.as_str()))))
    }
}

/// Placeholders that are no parameters.
pub(crate) const RESERVED: [&str; 8] = [
    "issuer",
    "client_id",
    "client_secret",
    "access_token",
    "token_endpoint",
    "introspection_endpoint",
    "profile",
    "sig",
];

/// All data files, sorted by name.
pub(crate) fn sources() -> Vec<Source> {
    let directory = root().join("providers/catalogue");
    let mut sources = Vec::new();
    for file in fs::read_dir(directory).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let source = toml::from_str(&fs::read_to_string(&path).unwrap());
            let source: Source = source.unwrap_or_else(|error| panic!("{name}.toml: {error}"));
            sources.push(Source { name, ..source });
        }
    }
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    sources
}
