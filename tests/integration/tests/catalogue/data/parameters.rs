//! What an address or a request of a service has in place of a value.

use std::collections::BTreeSet;

use grantkit_providers::catalogue::{Endpoint, Form, Quirk, placeholders};
use url::Url;

use super::check;
use crate::source::{ChoiceSource, ParameterSource, RESERVED, Word, sources};

#[test]
fn placeholders_are_parameters_and_parameters_are_used() {
    check(|source, wrong| {
        let issuer = source.endpoint(Endpoint::Issuer);
        let mut used = BTreeSet::new();
        let pairs = [&source.authorization_request.parameters, &source.profile.headers, &source.api.headers];
        let pairs = pairs.into_iter().flat_map(|pairs| pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        let scopes = source.scope.login.iter().map(|scope| ("scope.login", scope.as_str()));
        let audience = source.client.assertion_audience.iter().map(|text| ("client.assertion_audience", text.as_str()));
        for (key, text) in source.urls().chain(pairs).chain(scopes).chain(audience).chain(source.selectors()) {
            for placeholder in placeholders(text) {
                let (name, part) = placeholder.split_once('.').unwrap_or((placeholder, ""));
                let pointer = placeholder.strip_prefix("token:").or_else(|| placeholder.strip_prefix("id_token:"));
                if pointer.unwrap_or(placeholder).starts_with('/') {
                    continue; // selectors are checked on their own
                }
                match (placeholder, source.parameters.get(name)) {
                    ("issuer", _) if issuer.is_some_and(|issuer| !issuer.contains("{issuer}")) => {}
                    ("client_id" | "client_secret" | "access_token", _) => {}
                    ("endpoint", _) if key == "client.assertion_audience" => {}
                    ("token_endpoint", _) if source.endpoint(Endpoint::Token).is_some() => {}
                    ("introspection_endpoint", _) if source.endpoint(Endpoint::Introspection).is_some() => {}
                    ("profile", _) if source.profile.url.is_some() => {}
                    ("sig", _) if source.quirks.contains(&Word(Quirk::ProfileSigned)) => {}
                    (_, Some(parameter)) => {
                        used.insert(name);
                        if parts(parameter).iter().all(|present| *present != part) {
                            wrong(format!("{key}: {{{placeholder}}} is no part of its parameter"));
                        }
                    }
                    _ => wrong(format!("{key}: {{{placeholder}}} is no parameter")),
                }
            }
        }
        for name in source.parameters.keys().filter(|name| !used.contains(name.as_str())) {
            wrong(format!("parameters.{name} is not used"));
        }
    });
}

/// A program's own prompt replaces this one; any other would be given twice.
#[test]
fn the_prompt_of_a_login_is_consent() {
    let sources = sources();
    let requests = sources.iter().map(|source| &source.authorization_request);
    let parameters = requests.flat_map(|request| request.parameters.iter().chain(&request.offline_parameters));
    let prompts: Vec<_> = parameters.filter(|(name, _)| *name == "prompt").map(|(_, value)| value.as_str()).collect();
    assert!(prompts.len() > 3 && prompts.iter().all(|prompt| *prompt == "consent"), "{prompts:?}");
}

fn parts(parameter: &ParameterSource) -> BTreeSet<&str> {
    let parts = parameter.choices.values().flat_map(|choice| match choice {
        ChoiceSource::Text(_) => vec![""],
        ChoiceSource::Parts(parts) => parts.keys().map(String::as_str).collect(),
    });
    let parts: BTreeSet<_> = parts.collect();
    if parts.is_empty() { BTreeSet::from([""]) } else { parts }
}

#[test]
fn parameters_are_sound_and_their_defaults_too() {
    check(|source, wrong| {
        for (name, parameter) in &source.parameters {
            let is_word = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
            if !name.chars().all(is_word) || RESERVED.contains(&name.as_str()) {
                wrong(format!("parameters.{name} is no name for a parameter"));
            }
            let Some(form) = Form::named(&parameter.form) else {
                wrong(format!("parameters.{name}.form is {:?}", parameter.form));
                continue;
            };
            if (form == Form::Choice) == parameter.choices.is_empty() {
                wrong(format!("parameters.{name}: choices belong to the form choice"));
            }
            let all = parts(parameter).len();
            for (word, choice) in &parameter.choices {
                let is_whole = match choice {
                    ChoiceSource::Text(_) => all == 1,
                    ChoiceSource::Parts(parts) => parts.len() == all,
                };
                if !is_whole || word.contains([' ', '=']) {
                    wrong(format!("parameters.{name}.choices.{word} has other parts than the others"));
                }
            }
            for value in parameter.default.iter().chain(&parameter.example) {
                let is_valid = match form {
                    Form::BaseUrl => {
                        Url::parse(value).is_ok_and(|url| url.scheme() == "https") && !value.ends_with('/')
                    }
                    Form::Host => Url::parse(&format!("https://{value}/")).is_ok_and(|url| url.path() == "/"),
                    Form::Choice => parameter.choices.contains_key(value),
                    _ => value.chars().all(|char| char.is_ascii_alphanumeric() || "._-".contains(char)),
                };
                if !is_valid {
                    wrong(format!("parameters.{name}: {value:?} is not of its form"));
                }
            }
            if parameter.description.is_empty()
                || (form != Form::Choice && parameter.default.is_none()) == parameter.example.is_none()
            {
                wrong(format!("parameters.{name} has a description, and an example where it has no default"));
            }
        }
    });
}
