//! Every provider of the catalogue becomes a client: what it is given, what it asks for, and what is said of wrong settings.

use std::collections::BTreeSet;

use grantkit::ProviderClient;
use grantkit::authorize::RedirectUri;
use grantkit::credentials::CacheKey;
use grantkit::provider::{Capability, ProviderSettings, provider_names, providers};
use grantkit_providers::catalogue::{self, Entry, Field, Form, Grant, Kind, Pkce, Quirk};

/// An EC P-256 key of this test's own, PKCS #8.
const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\nOF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n-----END PRIVATE KEY-----\n";

/// Settings with a value for each key that is required, and a secret or a key.
pub(crate) fn settings(entry: &Entry) -> ProviderSettings {
    let plugin = providers().into_iter().find(|plugin| plugin.name() == entry.name()).unwrap();
    let mut settings = ProviderSettings::new();
    // One that another may take the place of is given below.
    for key in plugin.keys().iter().filter(|key| key.required && key.alternatives.is_empty()) {
        let value = match entry.parameter(key.name).map(|parameter| (parameter.form(), parameter)) {
            Some((Form::BaseUrl, _)) => "https://acme.example".to_owned(),
            Some((Form::Host, _)) => "acme.example".to_owned(),
            Some((Form::Choice, parameter)) => parameter.choices().next().unwrap().word.to_owned(),
            _ => "acme".to_owned(),
        };
        settings = settings.with(key.name, value);
    }
    let has = |name: &str| plugin.keys().iter().any(|key| key.name == name);
    if has("client_secret") {
        settings = settings.with("client_secret", "s3cret-CANARY");
    } else if has("private_key") {
        settings = settings.with("private_key", PEM);
    }
    settings
}

pub(crate) fn data() -> impl Iterator<Item = &'static Entry> {
    let others = catalogue::entries().iter().filter(|entry| !["auth0", "google"].contains(&entry.name()));
    others.filter(|entry| entry.kind() != Kind::OpenId2)
}

#[test]
fn every_entry_is_found_by_its_name_once() {
    let names = provider_names();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(catalogue::entries().iter().all(|entry| names.contains(&entry.name())));
    assert!(names.len() > 160, "{}", names.len());
}

/// What a listing shows of a provider is in the registry, of those with code of their own too.
#[test]
fn registry_says_where_keys_come_from_and_what_logins_ask_for() {
    for plugin in providers() {
        let Some(entry) = catalogue::entry(plugin.name()) else { continue };
        let name = entry.name();
        assert_eq!(plugin.title(), entry.title(), "{name}");
        assert_eq!(plugin.registration_url(), entry.text(Field::RegistrationUrl), "{name}");
        assert_eq!(plugin.login_scopes(), entry.login_scopes().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn every_entry_connects_with_its_required_keys_and_offers_what_it_says() {
    let callback = || RedirectUri::new("https://app.example/cb").unwrap();
    for entry in data() {
        let name = entry.name();
        let client = ProviderClient::connect(name, settings(entry)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let plugin = providers().into_iter().find(|plugin| plugin.name() == name).unwrap();
        let offers = |capability| plugin.capabilities().contains(&capability);
        assert_eq!(client.name(), name);
        assert!(!format!("{client:?}").contains("CANARY"), "{name}");

        let login = client.login(callback());
        assert_eq!(login.is_ok(), offers(Capability::Login), "{name}: {login:?}");
        assert_eq!(client.device_login().is_ok(), offers(Capability::DeviceLogin), "{name}");
        assert_eq!(
            client.revocation().is_ok(),
            offers(Capability::Revocation),
            "{name}: {:?}",
            client.revocation().err()
        );
        for error in [login.err(), client.device_login().err(), client.revocation().err()].into_iter().flatten() {
            assert!(error.is_unsupported() && error.to_string().contains(&format!("{name:?}")), "{name}: {error}");
        }
        let api = client.api(client.credentials());
        let says_where = |error: grantkit::Error| error.to_string().contains("comes with the token");
        assert!(
            api.map_or_else(|error| !offers(Capability::Api) || says_where(error), |_| offers(Capability::Api)),
            "{name}"
        );
    }
}

/// The program's own token depends on each of these; the addresses of the token endpoint are among them.
#[test]
fn one_setting_changed_is_another_token() {
    let machines = || data().filter(|entry| entry.has_grant(Grant::ClientCredentials));
    assert!(machines().count() > 50);
    for entry in machines() {
        let name = entry.name();
        let key = |settings: ProviderSettings| CacheKey::from_client(&ProviderClient::connect(name, settings).unwrap());
        let first = key(settings(entry));
        assert_eq!(first, key(settings(entry)), "{name}: the same again");
        let keys = providers().into_iter().find(|plugin| plugin.name() == name).unwrap().keys();
        let has = |wanted: &str| keys.iter().any(|key| key.name == wanted);
        let changes = [
            ("client_id", "other".into()),
            ("client_secret", "other".into()),
            ("scopes", vec!["x"].into()),
            ("audience", "x".into()),
            ("provider_base_url", "http://127.0.0.1:9".into()),
        ];
        for (setting, value) in changes.into_iter().filter(|(setting, _): &(&str, serde_json::Value)| has(setting)) {
            assert_ne!(first, key(settings(entry).with(setting, value)), "{name}: {setting}");
        }
    }
}

/// What the browser is sent with is as the entry has it, and the same for each.
#[test]
fn every_login_begins_with_the_request_that_the_service_wants() {
    for entry in
        data().filter(|entry| entry.has_grant(Grant::AuthorizationCode) && !entry.has_quirk(Quirk::ParRequired))
    {
        let name = entry.name();
        let client = ProviderClient::connect(name, settings(entry)).unwrap();
        let login = client.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
        let (url, pending) = login.start().unwrap_or_else(|error| panic!("{name}: {error}"));
        let sent =
            |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
        assert!(!url.as_str().contains(['{', '}', '+']), "{name}: {url}");
        assert_eq!(url.scheme(), "https", "{name}");
        assert_eq!(sent("state").as_deref(), Some(pending.state()), "{name}");
        if !entry.has_quirk(Quirk::ClientIdNone) {
            assert_eq!(sent(entry.client_id_parameter()).as_deref(), Some("acme"), "{name}: {url}");
        }
        assert_eq!(sent("code_challenge").is_some(), entry.pkce() != Pkce::Refused, "{name}");
        let scope = sent("scope").unwrap_or_default();
        let asked: Vec<_> = scope.split(entry.scope_separator()).filter(|scope| !scope.is_empty()).collect();
        for wanted in entry.login_scopes().chain(entry.offline_scope()) {
            // Each of their parameters is a name.
            let wanted = catalogue::fill(wanted, |_| Some("acme".to_owned())).unwrap();
            assert!(asked.contains(&wanted.as_str()), "{name}: {wanted} in {scope:?}");
        }
        for (parameter, value) in entry.authorization_parameters().chain(entry.offline_parameters()) {
            if !value.contains('{') {
                assert_eq!(sent(parameter).as_deref(), Some(value), "{name}: {parameter}");
            }
        }
    }
}

#[test]
fn wrong_settings_are_told_with_their_cure() {
    let error =
        |name: &str, settings: ProviderSettings| ProviderClient::connect(name, settings).unwrap_err().to_string();
    let base = || ProviderSettings::new().with("client_id", "app").with("client_secret", "s3cret");
    for (name, settings, said) in [
        ("okta", base().with("domain", "https://acme.okta.com/oauth2"), "host name without a path"),
        ("microsoft", base().with("tenant", "https://login.microsoftonline.com/acme"), "not a URL"),
        ("shopify", base().with("shop", "acme.myshopify.com/admin"), "not a URL"),
        ("amazon", base().with("region", "us"), "one of eu, fe, na"),
        ("gitlab", base().with("base", "http://gitlab.example"), "https URL"),
        ("github", base().with("tenant", "acme"), "unknown: `tenant`"),
        ("github", base().with("scopes", vec!["repo,user"]), "commas"),
        (
            "github",
            base().with("token_endpoint_auth_method", "private_key_jwt"),
            "client_secret_post or client_secret_basic",
        ),
        (
            "apple",
            ProviderSettings::new().with("client_id", "app").with("team_id", "T").with("private_key_id", "K"),
            "private_key_file",
        ),
    ] {
        let told = error(name, settings);
        assert!(told.contains(said), "{name}: {told}");
    }
    let proof = ProviderSettings::new().with("client_id", "app").with("domain", "acme.okta.com");
    let proof = error("okta", proof);
    assert!(proof.ends_with("missing: `client_secret` or `private_key` or `private_key_file`"), "{proof}");
    let user = base().with("user", "ada@acme.example");
    assert!(error("salesforce", user).ends_with("missing: `private_key` or `private_key_file`"));
    let missing = error("github", ProviderSettings::new());
    assert!(missing.contains("client_id") && missing.contains("client_secret"), "{missing}");
    // The key in a file is looked at as the one in the settings is.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for (path, said) in [(file, "private_key_file"), ("/nowhere/key.pem", "cannot be read")] {
        let base = ProviderSettings::new().with("client_id", "app").with("team_id", "T").with("private_key_id", "K");
        // Beside another mistake, so that all are told at once.
        let told = error("apple", base.with("private_key_file", path).with("nonsense", "x"));
        assert!(told.contains(said) && told.contains("nonsense"), "{told}");
    }
    // As an environment variable has it.
    let key = PEM.replace('\n', "\\n");
    let apple = ProviderSettings::new()
        .with("client_id", "app")
        .with("team_id", "T")
        .with("private_key_id", "K")
        .with("private_key", key);
    ProviderClient::connect("apple", apple).unwrap();
    let slack = ProviderClient::connect("slack", base()).unwrap();
    let plain = slack.login(RedirectUri::new("http://127.0.0.1/cb").unwrap()).unwrap_err();
    assert!(plain.is_configuration() && plain.to_string().contains("https ones"), "{plain}");
    let spotify = ProviderClient::connect("spotify", base()).unwrap();
    let named = spotify.login(RedirectUri::new("http://localhost/cb").unwrap()).unwrap_err();
    assert!(named.to_string().contains("127.0.0.1"), "{named}");
    let steam = ProviderClient::connect("steam", ProviderSettings::new()).unwrap_err();
    assert!(steam.is_unsupported() && steam.to_string().contains("OpenID 2.0"), "{steam}");
}

/// What a token request carries is a part of whose login it is.
#[test]
fn settings_in_the_token_request_tell_stored_logins_apart() {
    let key = |name: &str, settings: ProviderSettings| {
        CacheKey::from_client(&ProviderClient::connect(name, settings).unwrap().stored_login("alice").unwrap().named())
    };
    let polis = |tenant: &str| {
        let base =
            ProviderSettings::new().with("client_id", "dummy").with("client_secret", "dummy").with("product", "app");
        key("boxyhq", base.with("base", "https://polis.example").with("tenant", tenant))
    };
    assert_eq!(polis("a.example"), polis("a.example"));
    assert_ne!(polis("a.example"), polis("b.example"));
}

#[test]
fn hosts_of_no_service_and_names_with_their_domain_are_refused() {
    let error =
        |name: &str, settings: ProviderSettings| ProviderClient::connect(name, settings).unwrap_err().to_string();
    let base = || ProviderSettings::new().with("client_id", "app").with("client_secret", "s3cret");
    let hosts = serde_json::json!({ "api.githib.com": "https://github.acme.example" });
    assert!(error("github", base().with("provider_hosts", hosts)).contains("api.github.com"));
    let hosts = serde_json::json!({ "github.com": "https://github.acme.example" });
    let github = ProviderClient::connect("github", base().with("provider_hosts", hosts)).unwrap();
    let (url, _) = github.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap().start().unwrap();
    assert_eq!(url.host_str(), Some("github.acme.example"));
    assert!(error("shopify", base().with("shop", "acme.myshopify.com")).contains("before `.myshopify.com`"));
}

/// Of all tenants together the issuer is a template.
#[test]
fn microsoft_connects_for_all_tenants_and_for_one() {
    let base = || ProviderSettings::new().with("client_id", "app").with("client_secret", "s3cret");
    for settings in [base(), base().with("tenant", "acme.example"), base().with("tenant", "consumers")] {
        let client = ProviderClient::connect("microsoft", settings).unwrap();
        let login = client.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
        assert_eq!(login.start().unwrap().0.host_str(), Some("login.microsoftonline.com"));
    }
}
