//! The pages in `docs/providers`, made from the data files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use grantkit::provider::{Capability, ConfigKey, ConfigKind, providers};
use grantkit_providers::catalogue::{Audience, Endpoint, Grant, Kind, Pkce, Quirk};

use crate::example::{Example, example, prefix};
use crate::source::{ParameterSource, Source, Word, sources};
use crate::types::{plugin, type_name};
use crate::{check_generated, code_pages, root};

#[test]
fn pages_are_current() {
    let sources = sources();
    check_generated("docs/providers.md", &overview(&sources));
    for source in &sources {
        check_generated(&format!("docs/providers/{}.md", source.name), &page(source));
    }
    let of_code = code_pages::pages();
    for (name, page) in &of_code {
        check_generated(&format!("docs/providers/{name}.md"), page);
    }
    let names = sources.iter().map(|source| source.name.as_str()).chain(of_code.iter().map(|(name, _)| *name));
    let names: BTreeSet<_> = names.map(|name| format!("{name}.md")).collect();
    for page in fs::read_dir(root().join("docs/providers")).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&name), "docs/providers/{name} is of no provider");
    }
}

const OVERVIEW: &str = "\
# Providers

<!-- Generated from providers/catalogue by the integration test `catalogue`; do not edit. -->

Each is found by its name, once `grantkit-providers` is linked, and has a type in `grantkit_providers::services`, of which the compiler knows
what it offers and which keys it takes. The page of a provider says which keys it takes, where to get them, what a
redirect URI may be, how its refresh tokens behave, and what surprises.

- **log in**: a person, by the authorization code grant (RFC 6749 §4.1). **device**: a person elsewhere (RFC 8628).
- **own token**: the program's own, by client credentials (RFC 6749 §4.4), or copied from the settings.
- **refresh**: `rotates`: each refresh gives a new refresh token; `stays`: it stays as it is; `depends`: on a setting, or not known.
- **e-mail**: `verified` where the service says whether an address is; `unverified` where nothing says so.
- **Confidence**, on each page: `high`, `medium` or `low`, how well its facts are confirmed by the service's documents or by other sources.

";

fn overview(sources: &[Source]) -> String {
    let mut text = OVERVIEW.to_owned();
    let others: Vec<_> = sources.iter().filter(|source| source.kind == Word(Kind::OpenId2)).collect();
    let others = others.iter().map(|source| source.title.as_str()).collect::<Vec<_>>().join(", ");
    writeln!(
        text,
        "{} providers. Besides them are [`oidc`](providers/oidc.md) for any other OpenID provider, [`oauth2`](providers/oauth2.md) for any other server, and [`qci`](providers/qci.md). {others} has a page that says why it is none.\n",
        supported(sources)
    )
    .unwrap();
    text.push_str(
        "| name | type | service | log in | device | own token | refresh | e-mail | keys besides the client's |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for source in sources {
        let yes = |is: bool| if is { "yes" } else { "" };
        // What the type offers, which for one with code of its own is more than the data says.
        let offers =
            |capability| source.kind != Word(Kind::OpenId2) && plugin(source).capabilities().contains(&capability);
        let keys: Vec<_> = source.parameters.keys().map(|key| format!("`{key}`")).collect();
        writeln!(
            text,
            "| [{name}](providers/{name}.md) | {} | {} | {} | {} | {} | {} | {} | {} |",
            if source.kind == Word(Kind::OpenId2) { String::new() } else { format!("`{}`", type_name(source)) },
            source.title,
            yes(offers(Capability::Login)),
            yes(offers(Capability::DeviceLogin)),
            yes(offers(Capability::Credentials)),
            rotation(source),
            email(source),
            keys.join(", "),
            name = source.name,
        )
        .unwrap();
    }
    text
}

/// Wherever it is told, the number of services is that of the data.
#[test]
fn the_number_of_services_is_told_right() {
    let number = supported(&sources()).to_string();
    for path in ["README.md", "docs/comparison.md", "providers/README.md", "providers/src/lib.rs", "sdk/src/lib.rs"] {
        let text = fs::read_to_string(root().join(path)).unwrap();
        let told: Vec<_> = text
            .lines()
            .filter(|line| line.contains("services"))
            .flat_map(|line| line.split(|char: char| !char.is_alphanumeric()))
            .filter(|word| word.len() == 3 && word.chars().all(|char| char.is_ascii_digit()))
            .collect();
        assert!(!told.is_empty() && told.iter().all(|told| *told == number), "{path} tells of {told:?} services");
    }
}

/// How many providers there are: all that the catalogue knows but for those of a protocol that is not supported.
pub(crate) fn supported(sources: &[Source]) -> usize {
    sources.iter().filter(|source| source.kind != Word(Kind::OpenId2)).count()
}

fn rotation(source: &Source) -> &'static str {
    match (source.has(Grant::RefreshToken), source.refresh.rotates) {
        (false, _) => "none",
        (true, Some(true)) => "rotates",
        (true, Some(false)) => "stays",
        (true, None) => "depends",
    }
}

fn email(source: &Source) -> &'static str {
    let profile = &source.profile;
    let second = profile.second_request.as_ref();
    let is_verified = !profile.email_verified.is_empty()
        || profile.email_always_verified
        || second.is_some_and(|second| second.email_verified.is_some());
    if is_verified {
        "verified"
    } else if !profile.email.is_empty() || second.is_some() {
        "unverified"
    } else {
        "none"
    }
}

fn page(source: &Source) -> String {
    let sections = [keys(source), shown(source), login(source), tokens(source), person(source), remarks(source)];
    let protocol = match source.kind {
        Word(Kind::Oidc) => "OpenID Connect",
        Word(Kind::ApiToken) => "an API token, no OAuth",
        Word(Kind::OpenId2) => "OpenID 2.0, no OAuth",
        Word(_) => "OAuth 2",
    };
    let head = format!(
        "# {}\n\n<!-- Generated from providers/catalogue/{name}.toml; do not edit. -->\n\n`{name}`{}: {}. {}. Confidence: {}.\n",
        source.title,
        linked_type(source),
        source.purpose,
        upper_first(protocol),
        source.confidence,
        name = source.name,
    );
    head + &sections.concat()
}

/// The text as a sentence, unless it starts with code.
fn upper_first(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if !first.trim_end_matches([',', ':', ';']).chars().all(|char| char.is_ascii_lowercase() || "'’-".contains(char))
    {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn keys(source: &Source) -> String {
    if source.kind == Word(Kind::OpenId2) {
        return String::from("\nThis protocol is not supported; the page says what is known of it.\n");
    }
    let prefix = prefix(source);
    let mut text = String::from("\n## Keys\n\n| key | variable | | meaning |\n|---|---|---|---|\n");
    let mut row = |key: &str, need: &str, meaning: &str| {
        writeln!(text, "| `{key}` | `{prefix}_{}` | {need} | {meaning} |", key.to_uppercase()).unwrap();
    };
    let plugins = providers();
    let keys = plugins.iter().find(|plugin| plugin.name() == source.name).map_or(&[][..], |plugin| plugin.keys());
    for key in keys {
        let (need, meaning) = match source.parameters.get(key.name) {
            Some(parameter) => parameter_row(parameter),
            None => (need(key), meaning(source, key)),
        };
        row(key.name, &need, &meaning);
    }
    if let Some(url) = &source.registration_url {
        writeln!(text, "\nCreate the keys at <{url}>.").unwrap();
    }
    if let Some(note) = &source.keys {
        writeln!(text, "\n{}.", upper_first(note)).unwrap();
    }
    text
}

/// Whether the key has to be given, or one of others.
fn need(key: &ConfigKey) -> String {
    match (key.required, key.alternatives) {
        (false, _) => String::new(),
        (true, []) => "required".to_owned(),
        (true, [other]) => format!("required, or `{other}`"),
        (true, others) => {
            let others: Vec<_> = others.iter().map(|other| format!("`{other}`")).collect();
            format!("required, or one of {}", others.join(", "))
        }
    }
}

/// The type, with a link to its page.
fn linked_type(source: &Source) -> String {
    if source.kind == Word(Kind::OpenId2) {
        return String::new();
    }
    let name = type_name(source);
    let module = if source.rust_type.is_some() { "" } else { "services/" };
    format!(
        ", type [`{name}`](https://docs.rs/grantkit-providers/latest/grantkit_providers/{module}struct.{name}.html)"
    )
}

/// The key's own description, as a part of a table.
fn meaning(source: &Source, key: &ConfigKey) -> String {
    let scopes: Vec<_> = source.scope.login.iter().map(|scope| format!("`{scope}`")).collect();
    let usual = match key.name {
        "scopes" if scopes.is_empty() => "; nothing unless given".to_owned(),
        "scopes" => format!("; {} for a login unless given", scopes.join(", ")),
        _ if key.kind == ConfigKind::Secret && !key.description.contains("secret") => "; a secret".to_owned(),
        _ => String::new(),
    };
    let text = key.description.trim_end_matches('.');
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}{usual}", first.to_lowercase())
}

fn parameter_row(parameter: &ParameterSource) -> (String, String) {
    let default = parameter.default.as_ref();
    let need = default.map_or_else(|| "required".to_owned(), |default| format!("`{default}`"));
    let example = parameter.example.as_ref().map(|example| format!("; for example `{example}`"));
    (need, format!("{}{}", parameter.description, example.unwrap_or_default()))
}

fn shown(source: &Source) -> String {
    let Some(Example { by_type, by_name, .. }) = example(source) else { return String::new() };
    format!(
        "\n## Example\n\nBy type: a key that is missing or misspelt does not compile, nor does a call of what the service does not offer.\n\n\
         ```rust\n{by_type}```\n\nBy name, which is looked up at run time; the calls are the same.\n\n```rust\n{by_name}```\n"
    )
}

fn login(source: &Source) -> String {
    if !source.has(Grant::AuthorizationCode) {
        return String::new();
    }
    let mut text = String::from("\n## Logging in\n\n");
    if let Some(rules) = &source.redirect_uri {
        writeln!(text, "- Redirect URI: {rules}.").unwrap();
    }
    for quirk in &source.quirks {
        let rule = match quirk.0 {
            Quirk::RedirectHttpsOnly => "A redirect URI is `https`, on localhost too.",
            Quirk::LoopbackIpOnly => "On this machine a redirect URI names `127.0.0.1` or `[::1]`, not `localhost`.",
            Quirk::LoopbackAnyPort => "A loopback redirect URI takes any port.",
            _ => continue,
        };
        writeln!(text, "- {rule}").unwrap();
    }
    let pkce = match source.client.pkce {
        Some(Word(Pkce::Required)) => "required",
        Some(Word(Pkce::Supported)) => "supported",
        Some(Word(Pkce::Refused)) => "refused, so that it is not sent",
        _ => "not known to be checked; it is sent all the same",
    };
    writeln!(text, "- PKCE: {pkce}.").unwrap();
    let methods: Vec<_> =
        source.client.token_endpoint_auth_methods.iter().map(|one| format!("`{}`", one.0.name())).collect();
    writeln!(text, "- Client authentication: {}; the first unless told otherwise.", methods.join(", ")).unwrap();
    match source.client.assertion_audience.as_deref().map(Audience::read) {
        Some(Audience::TokenEndpoint) => text.push_str("- The audience of a signed assertion is the token endpoint.\n"),
        Some(Audience::Endpoint) => {
            text.push_str("- The audience of a signed assertion is the endpoint that it is sent to.\n");
        }
        Some(Audience::Named(other)) => writeln!(text, "- The audience of a signed assertion is `{other}`.").unwrap(),
        _ => {}
    }
    if let Some(scope) = &source.scope.email {
        writeln!(text, "- The e-mail address takes the scope `{scope}`.").unwrap();
    }
    for (key, value) in &source.authorization_request.parameters {
        writeln!(text, "- Every authorization request carries `{key}={value}`.").unwrap();
    }
    text
}

fn tokens(source: &Source) -> String {
    if source.grants.is_empty() {
        return String::new();
    }
    let refresh = &source.refresh;
    let mut text = String::from("\n## Tokens\n\n");
    let life = refresh.access_token_lifetime.clone().or_else(|| {
        let seconds = refresh.access_token_lifetime_seconds?;
        Some(format!("{seconds} s"))
    });
    if let Some(life) = life {
        writeln!(text, "- Access token: {life}.").unwrap();
    }
    let mut kept = match rotation(source) {
        "none" => "there is none".to_owned(),
        "rotates" if refresh.rotation.is_some() => "each refresh gives a new one".to_owned(),
        "rotates" => "each refresh gives a new one, and the old one ends".to_owned(),
        "stays" => "it stays as it is".to_owned(),
        _ => "whether a refresh gives a new one depends on a setting, or is not known".to_owned(),
    };
    for more in refresh.rotation.iter().chain(&refresh.refresh_token_lifetime) {
        write!(kept, "; {more}").unwrap();
    }
    writeln!(text, "- Refresh token: {kept}.").unwrap();
    if let Some(seconds) = refresh.reuse_grace_seconds {
        writeln!(text, "- A spent refresh token works for {seconds} s more.").unwrap();
    }
    let offline = &source.authorization_request.offline_parameters;
    let asks: Vec<_> = source.scope.offline.iter().map(|scope| format!("the scope `{scope}`")).collect();
    let asks: Vec<_> = asks.into_iter().chain(offline.iter().map(|(key, value)| format!("`{key}={value}`"))).collect();
    if !asks.is_empty() {
        writeln!(text, "- A refresh token is asked for by {}.", asks.join(", ")).unwrap();
    }
    let has_revocation = source.endpoint(Endpoint::Revocation).is_some();
    let revocation = match (&source.revocation.note, has_revocation) {
        (Some(note), true) => format!("there is; {note}"),
        (Some(note), false) => format!("by request of your own: {note}"),
        (None, true) => "there is".to_owned(),
        (None, false) => "none is known".to_owned(),
    };
    writeln!(text, "- Revocation: {revocation}.").unwrap();
    text
}

fn person(source: &Source) -> String {
    let profile = &source.profile;
    if profile.id.is_empty() {
        return String::new();
    }
    let list = |selectors: &[String]| {
        let selectors: Vec<_> = selectors.iter().map(|text| format!("`{text}`")).collect();
        selectors.join(", else ")
    };
    let mut text = String::from("\n## The person\n\n| | where it stands |\n|---|---|\n");
    writeln!(text, "| id | {} |", list(&profile.id)).unwrap();
    if let Some(second) = &profile.second_request {
        writeln!(text, "| e-mail | `{}` of `{}` |", second.email, second.url).unwrap();
        if let Some(verified) = &second.email_verified {
            writeln!(text, "| verified | `{verified}` |").unwrap();
        }
    } else if !profile.email.is_empty() {
        writeln!(text, "| e-mail | {} |", list(&profile.email)).unwrap();
        let verified = match (profile.email_always_verified, profile.email_verified.is_empty()) {
            (true, _) => "always, as the vendor documents".to_owned(),
            (false, true) => "nothing says so: taken as not verified".to_owned(),
            (false, false) => list(&profile.email_verified),
        };
        writeln!(text, "| verified | {verified} |").unwrap();
    }
    for (key, selectors) in [("name", &profile.name), ("picture", &profile.picture)] {
        if !selectors.is_empty() {
            writeln!(text, "| {key} | {} |", list(selectors)).unwrap();
        }
    }
    text
}

fn remarks(source: &Source) -> String {
    let mut text = String::new();
    if let Some(url) = &source.api.base_url {
        writeln!(text, "\n## API\n\nBase URL `{url}`.").unwrap();
        for (name, value) in &source.api.headers {
            writeln!(text, "Every request carries `{name}: {value}`.").unwrap();
        }
    }
    for (title, lines) in [("Quirks", &source.traps), ("Unconfirmed", &source.unsure)] {
        if !lines.is_empty() {
            writeln!(text, "\n## {title}\n").unwrap();
            for line in lines {
                writeln!(text, "- {}", upper_first(&line.replace('<', "&lt;"))).unwrap();
            }
        }
    }
    text
}
