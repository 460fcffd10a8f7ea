//! The data files are sound: what the compiler would say if they were code.

mod parameters;

use std::collections::BTreeSet;

use grantkit::provider::Selector;
use grantkit_providers::catalogue::{
    AuthMethod, Endpoint, Grant, Kind, Pkce, Quirk, ScopeParameter, fill, placeholders,
};
use url::Url;

use crate::source::{Source, Word, sources};

/// Runs a check on each data file, and tells all mistakes at once.
fn check(check: impl Fn(&Source, &mut dyn FnMut(String))) {
    let mut mistakes = Vec::new();
    for source in sources() {
        check(&source, &mut |mistake| mistakes.push(format!("{}.toml: {mistake}", source.name)));
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

#[test]
fn names_are_lower_case_and_titles_are_given() {
    check(|source, wrong| {
        let is_sound = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
        if !source.name.chars().all(is_sound) {
            wrong("a name is of lower-case letters, digits and hyphens".into());
        }
        if source.title.is_empty() || source.purpose.is_empty() {
            wrong("it has no title or no purpose".into());
        }
        if !["high", "medium", "low"].contains(&source.confidence.as_str()) {
            wrong(format!("confidence is {:?}", source.confidence));
        }
    });
}

/// The URL with something in place of each placeholder.
fn filled(url: &str) -> String {
    fill(url, |_| Some("x".to_owned())).unwrap()
}

#[test]
fn urls_are_https_and_well_formed() {
    check(|source, wrong| {
        for (key, url) in source.urls() {
            // A base URL is a parameter, an issuer is put in: what is left is a path.
            let begins_elsewhere = url.starts_with('{');
            if !begins_elsewhere && !url.starts_with("https://") {
                wrong(format!("{key}: {url} is not https"));
            }
            let whole = if begins_elsewhere { format!("https://x{}", filled(url).split_off(1)) } else { filled(url) };
            let parsed = Url::parse(&whole);
            if parsed.as_ref().map_or(true, |parsed| parsed.fragment().is_some() || !parsed.username().is_empty()) {
                wrong(format!("{key}: {url} is not a valid URL without fragment and user"));
            }
            if url.contains(['…', ' ', '|']) {
                wrong(format!("{key}: {url} has a stray character"));
            }
        }
    });
}

#[test]
fn no_url_stands_twice() {
    check(|source, wrong| {
        let mut seen = BTreeSet::new();
        for (key, url) in source.urls() {
            if !seen.insert(url) && key != "issuer" && source.server.get("issuer").is_none_or(|issuer| issuer != url) {
                wrong(format!("{key}: {url} stands there twice"));
            }
        }
    });
}

#[test]
fn endpoints_are_known() {
    check(|source, wrong| {
        for key in source.server.keys() {
            if Endpoint::named(key).is_none() {
                wrong(format!("server.{key} is no endpoint"));
            }
        }
        let standard = source
            .endpoint(Endpoint::Issuer)
            .map(|issuer| format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer)));
        let discovery = source.endpoint(Endpoint::Discovery);
        if discovery.is_some() && discovery == standard.as_deref() {
            wrong("discovery_url is where it is anyway".into());
        }
        if source.kind == Word(Kind::Oidc) && standard.is_none() {
            wrong("a server of OpenID Connect has an issuer".into());
        }
    });
}

#[test]
fn grants_have_their_endpoints() {
    check(|source, wrong| {
        let is_discovered = source.kind == Word(Kind::Oidc) || source.endpoint(Endpoint::Discovery).is_some();
        let has = |endpoint: Endpoint| source.endpoint(endpoint).is_some() || is_discovered;
        if source.has(Grant::AuthorizationCode) && !has(Endpoint::Authorization) {
            wrong("authorization_code without authorization_endpoint".into());
        }
        if source.has(Grant::DeviceCode) != source.endpoint(Endpoint::DeviceAuthorization).is_some() {
            wrong("device_code and device_authorization_endpoint go together".into());
        }
        if !source.grants.is_empty() && !has(Endpoint::Token) {
            wrong("grants without token_endpoint".into());
        }
        let needed = [Endpoint::Refresh, Endpoint::ClientCredentials]
            .into_iter()
            .zip([Grant::RefreshToken, Grant::ClientCredentials]);
        for (endpoint, grant) in needed {
            if source.endpoint(endpoint).is_some() && !source.has(grant) {
                wrong(format!("{} without the grant", endpoint.name()));
            }
        }
        if !source.has(Grant::RefreshToken) {
            let refresh = &source.refresh;
            let asks = source.scope.offline.is_some() || !source.authorization_request.offline_parameters.is_empty();
            if refresh.rotates.is_some() || refresh.reuse_grace_seconds.is_some() || asks {
                wrong("it tells of refresh tokens and has none".into());
            }
        }
        let is_oauth = matches!(source.kind, Word(Kind::OAuth2 | Kind::Oidc));
        if is_oauth == source.grants.is_empty() {
            wrong("a server of OAuth has grants, another has none".into());
        }
    });
}

#[test]
fn client_authentication_is_told() {
    check(|source, wrong| {
        let client = &source.client;
        let is_oauth = !source.grants.is_empty();
        if is_oauth == client.token_endpoint_auth_methods.is_empty() || is_oauth == client.pkce.is_none() {
            wrong("token_endpoint_auth_methods and pkce belong to a server of OAuth, to each".into());
        }
        let is_machine = source.has(Grant::ClientCredentials);
        if is_machine && client.token_endpoint_auth_methods == [Word(AuthMethod::None)] {
            wrong("client_credentials without a client that authenticates".into());
        }
        if client.token_endpoint_auth_methods == [Word(AuthMethod::None)] && client.pkce != Some(Word(Pkce::Required)) {
            let is_none = source.quirks.contains(&Word(Quirk::ClientIdNone));
            if !is_none {
                wrong("public clients alone, and PKCE is not required".into());
            }
        }
    });
}

#[test]
fn scopes_are_single() {
    check(|source, wrong| {
        let scope = &source.scope;
        let separator = scope.separator.unwrap_or(' ');
        for one in scope.login.iter().chain(&scope.email).chain(&scope.offline) {
            if one.is_empty() || one.contains([separator, ' ', '"', '\\']) {
                wrong(format!("scope {one:?} is more than one, or none"));
            }
        }
        if scope.parameter == Some(Word(ScopeParameter::Absent)) && !scope.login.is_empty() {
            wrong("scopes where there is no parameter for them".into());
        }
        if scope.separator == Some(' ') {
            wrong("a space separates scopes anyway".into());
        }
    });
}

#[test]
fn selectors_are_well_formed() {
    check(|source, wrong| {
        for (key, text) in source.selectors() {
            if let Err(why) = Selector::parse(text) {
                wrong(format!("profile.{key}: {why}"));
            }
        }
        let profile = &source.profile;
        let templates = profile.url.iter().chain(profile.second_request.as_ref().map(|second| &second.url));
        for text in templates.chain(&source.api.base_url) {
            for pointer in placeholders(text).filter(|placeholder| placeholder.contains('/')) {
                if let Err(why) = Selector::parse(pointer) {
                    wrong(format!("{text}: {why}"));
                }
            }
        }
    });
}

#[test]
fn profiles_are_whole() {
    check(|source, wrong| {
        let profile = &source.profile;
        let has_login = source.has(Grant::AuthorizationCode);
        if profile.id.is_empty() && source.selectors().next().is_some() {
            wrong("a profile has an ID".into());
        }
        if !has_login && !profile.id.is_empty() && source.kind != Word(Kind::OpenId2) {
            wrong("a profile without a login".into());
        }
        let verified = profile.email_verified.len() + usize::from(profile.email_always_verified);
        if verified > profile.email.len() {
            wrong("it tells of more e-mail addresses that are verified than there are addresses".into());
        }
        let reads_profile = source.selectors().any(|(key, text)| {
            key != "second_request" && text.split(" + ").any(|part| part.starts_with('/') || part.contains("{/"))
        });
        let is_discovered = source.kind == Word(Kind::Oidc) && source.endpoint(Endpoint::Authorization).is_none();
        if reads_profile && profile.url.is_none() && source.endpoint(Endpoint::Userinfo).is_none() && !is_discovered {
            wrong("it reads a profile that it does not ask for".into());
        }
        if profile.url.is_some() && !reads_profile && profile.second_request.is_none() {
            wrong("it asks for a profile that it does not read".into());
        }
        for token in profile.token.iter().chain(&source.api.token) {
            let (place, name) = token.split_once(' ').unwrap_or((token, ""));
            let is_sound = match place {
                "none" => name.is_empty(),
                "scheme" => !name.contains(' '),
                "header" | "query" | "body" => !name.is_empty() && !name.contains(' '),
                _ => false,
            };
            if !is_sound {
                wrong(format!("{token:?} is no place for a token"));
            }
        }
    });
}

#[test]
fn pairs_have_sound_keys() {
    check(|source, wrong| {
        let pairs = [
            &source.authorization_request.parameters,
            &source.authorization_request.offline_parameters,
            &source.token_request.parameters,
            &source.token_request.headers,
            &source.token_response.renamed,
            &source.profile.headers,
            &source.api.headers,
            &source.revocation.parameters,
        ];
        for key in pairs.into_iter().flat_map(|pairs| pairs.keys()) {
            if key.is_empty() || key.contains(['=', ' ', '\n']) {
                wrong(format!("{key:?} is no name"));
            }
        }
        for grant in source.token_request.grant_types.keys() {
            if Grant::named(grant).is_none() {
                wrong(format!("token_request.grant_types.{grant} is no grant"));
            }
        }
        for name in &source.callback.forwarded {
            if !source.callback.kept.contains(name) {
                wrong(format!("callback.forwarded: {name} is not kept"));
            }
        }
        let revocation = &source.revocation;
        let tells = revocation.method.is_some()
            || revocation.body.is_some()
            || revocation.authentication.is_some()
            || revocation.token_parameter.is_some();
        let is_discovered = source.kind == Word(Kind::Oidc);
        if tells && source.endpoint(Endpoint::Revocation).is_none() && !is_discovered {
            wrong("it tells how to revoke, and not where".into());
        }
    });
}

#[test]
fn texts_are_whole_lines() {
    check(|source, wrong| {
        let texts =
            source.traps.iter().chain(&source.unsure).chain(&source.redirect_uri).chain(&source.revocation.note);
        for text in texts {
            if text.trim() != text || text.is_empty() || text.contains('\n') {
                wrong(format!("{text:?} is no line"));
            }
            if text.ends_with('?') || text.ends_with('.') {
                wrong(format!("{text:?} ends in a mark; what is not sure stands in `unsure`"));
            }
        }
    });
}

#[test]
fn each_quirk_is_used() {
    let used: BTreeSet<_> = sources().iter().flat_map(|source| source.quirks.iter().map(|quirk| quirk.0)).collect();
    let unused: Vec<_> = Quirk::ALL.iter().filter(|quirk| !used.contains(quirk)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn catalogue_has_the_services_that_it_promises() {
    let names: BTreeSet<_> = sources().into_iter().map(|source| source.name).collect();
    assert!(names.len() >= 162, "{} are there", names.len());
    let sample = ["apple", "auth0", "discord", "github", "google", "keycloak", "microsoft", "okta", "shopify", "slack"];
    for name in sample {
        assert!(names.contains(name), "{name} is missing");
    }
}
