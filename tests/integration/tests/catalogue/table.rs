//! The table of constants in `providers/src/catalogue/table.rs`, made from the data files.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};

use grantkit_providers::catalogue::{Endpoint, Field};

use crate::check_generated;
use crate::source::{ChoiceSource, Source, Word, sources};

const PATH: &str = "providers/src/catalogue/table.rs";

const HEAD: &str = r#"//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! `GRANTKIT_UPDATE=1 cargo test -p grantkit-integration-tests --test catalogue` writes it.

use super::entry::Entry;
use super::quirk::Quirk;
use super::vocabulary::{AuthMethod, Grant, Kind, Method, Pkce, RequestBody, RevocationAuth, ScopeParameter};

const DEFAULT: Entry = Entry {
    lines: "",
    kind: Kind::OAuth2,
    grants: &[],
    auth_methods: &[],
    pkce: Pkce::Unsupported,
    quirks: &[],
    scope_separator: ' ',
    scope_parameter: ScopeParameter::Used,
    token_request_body: RequestBody::Form,
    rotates: None,
    reuse_grace_seconds: 0,
    access_token_lifetime_seconds: 0,
    profile_method: Method::Get,
    email_always_verified: false,
    revocation_method: Method::Post,
    revocation_body: RequestBody::Form,
    revocation_auth: RevocationAuth::Client,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
"#;

#[test]
fn table_is_current() {
    let entries: String = sources().iter().map(entry).collect();
    check_generated(PATH, &format!("{HEAD}{entries}];\n"));
}

fn entry(source: &Source) -> String {
    let mut text = String::from("    Entry {\n");
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(text, "        {name}: {value},").unwrap();
        }
    };
    put("lines", Some(literal(&lines(source).join("\n"))));
    put("kind", Some(constant("Kind", source.kind)));
    put("grants", Some(constants("Grant", &source.grants)));
    put("auth_methods", Some(constants("AuthMethod", &source.client.token_endpoint_auth_methods)));
    put("pkce", source.client.pkce.map(|pkce| constant("Pkce", pkce)));
    put("quirks", (!source.quirks.is_empty()).then(|| constants("Quirk", &source.quirks)));
    put("scope_separator", source.scope.separator.map(|separator| format!("{separator:?}")));
    put("scope_parameter", source.scope.parameter.map(|parameter| constant("ScopeParameter", parameter)));
    put("token_request_body", source.token_request.body.map(|body| constant("RequestBody", body)));
    put("rotates", source.refresh.rotates.map(|rotates| format!("Some({rotates})")));
    put("reuse_grace_seconds", source.refresh.reuse_grace_seconds.map(grouped));
    put("access_token_lifetime_seconds", source.refresh.access_token_lifetime_seconds.map(grouped));
    put("profile_method", source.profile.method.map(|method| constant("Method", method)));
    put("email_always_verified", source.profile.email_always_verified.then(|| "true".to_owned()));
    put("revocation_method", source.revocation.method.map(|method| constant("Method", method)));
    put("revocation_body", source.revocation.body.map(|body| constant("RequestBody", body)));
    put("revocation_auth", source.revocation.authentication.map(|auth| constant("RevocationAuth", auth)));
    text.push_str("        ..DEFAULT\n    },\n");
    text
}

/// A string literal, raw only where it has to be.
fn literal(text: &str) -> String {
    match (text.contains('"'), text.contains('\\')) {
        (true, _) => format!("r#\"{text}\"#"),
        (false, true) => format!("r\"{text}\""),
        (false, false) => format!("\"{text}\""),
    }
}

fn constant<T: Debug + Copy>(of: &str, word: Word<T>) -> String {
    format!("{of}::{:?}", word.0)
}

fn constants<T: Debug + Copy>(of: &str, words: &[Word<T>]) -> String {
    let words: Vec<_> = words.iter().map(|word| constant(of, *word)).collect();
    format!("&[{}]", words.join(", "))
}

/// With an underscore before each three digits.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The lines of an entry, each with the letter of its field.
fn lines(source: &Source) -> Vec<String> {
    let mut lines = Lines(Vec::new());
    lines.put(Field::Name, &source.name);
    lines.put(Field::Title, &source.title);
    lines.put_all(Field::Alias, &source.aliases);
    for (name, parameter) in &source.parameters {
        let default = parameter.default.iter().map(|default| format!(" {default}"));
        lines.put(Field::Parameter, format!("{name} {}{}", parameter.form, default.collect::<String>()));
        for (word, choice) in &parameter.choices {
            match choice {
                ChoiceSource::Text(text) => lines.put(Field::Choice, format!("{name} {word}={text}")),
                ChoiceSource::Parts(parts) => {
                    for (part, text) in parts {
                        lines.put(Field::Choice, format!("{name} {word} {part}={text}"));
                    }
                }
            }
        }
    }
    for endpoint in Endpoint::ALL {
        lines.put_all(endpoint_field(*endpoint), source.endpoint(*endpoint));
    }
    lines.put_all(Field::ClientIdParameter, &source.client.id_parameter);
    lines.put_all(Field::ClientSecretParameter, &source.client.secret_parameter);
    lines.put_all(Field::RedirectUriParameter, &source.client.redirect_uri_parameter);
    lines.put_all(Field::AssertionAudience, &source.client.assertion_audience);
    lines.put_all(Field::LoginScope, &source.scope.login);
    lines.put_all(Field::EmailScope, &source.scope.email);
    lines.put_all(Field::OfflineScope, &source.scope.offline);
    lines.put_pairs(Field::AuthorizationParameter, &source.authorization_request.parameters);
    lines.put_pairs(Field::OfflineParameter, &source.authorization_request.offline_parameters);
    lines.put_all(Field::KeptCallbackParameter, &source.callback.kept);
    lines.put_all(Field::ForwardedCallbackParameter, &source.callback.forwarded);
    lines.put_pairs(Field::TokenRequestParameter, &source.token_request.parameters);
    lines.put_pairs(Field::TokenRequestHeader, &source.token_request.headers);
    lines.put_pairs(Field::GrantType, &source.token_request.grant_types);
    lines.put_all(Field::TokenResponseContainer, &source.token_response.container);
    lines.put_pairs(Field::RenamedTokenResponseMember, &source.token_response.renamed);
    let profile = &source.profile;
    lines.put_all(Field::ProfileUrl, &profile.url);
    lines.put_all(Field::ProfileBody, &profile.body);
    lines.put_all(Field::ProfileToken, &profile.token);
    lines.put_pairs(Field::ProfileHeader, &profile.headers);
    lines.put_all(Field::Id, &profile.id);
    lines.put_all(Field::Email, &profile.email);
    lines.put_all(Field::EmailVerified, &profile.email_verified);
    lines.put_all(Field::PersonName, &profile.name);
    lines.put_all(Field::Picture, &profile.picture);
    if let Some(second) = &profile.second_request {
        lines.put(Field::EmailUrl, &second.url);
        lines.put(Field::SecondEmail, &second.email);
        lines.put_all(Field::SecondEmailVerified, &second.email_verified);
    }
    lines.put_all(Field::ApiBaseUrl, &source.api.base_url);
    lines.put_all(Field::ApiToken, &source.api.token);
    lines.put_pairs(Field::ApiHeader, &source.api.headers);
    lines.put_all(Field::RevocationTokenParameter, &source.revocation.token_parameter);
    lines.put_all(Field::RevocationClientIdParameter, &source.revocation.client_id_parameter);
    lines.put_all(Field::RevocationClientSecretParameter, &source.revocation.client_secret_parameter);
    lines.put_pairs(Field::RevocationParameter, &source.revocation.parameters);
    lines.put_all(Field::RegistrationUrl, &source.registration_url);
    lines.0
}

struct Lines(Vec<String>);

impl Lines {
    fn put(&mut self, field: Field, text: impl AsRef<str>) {
        let text = text.as_ref();
        assert!(!text.contains('\n') && !text.contains("\"#"), "{text:?} is not for the table");
        self.0.push(format!("{}{text}", field.name()));
    }

    fn put_all<T: AsRef<str>>(&mut self, field: Field, texts: impl IntoIterator<Item = T>) {
        for text in texts {
            self.put(field, text);
        }
    }

    fn put_pairs(&mut self, field: Field, pairs: &BTreeMap<String, String>) {
        for (key, value) in pairs {
            self.put(field, format!("{key}={value}"));
        }
    }
}

fn endpoint_field(endpoint: Endpoint) -> Field {
    let name = format!("{endpoint:?}");
    let field = Field::ALL.iter().find(|field| format!("{field:?}") == name);
    *field.unwrap_or_else(|| panic!("no field for {name}"))
}
