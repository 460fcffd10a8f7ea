use grantkit::prelude::*;
use grantkit::provider::{ConfigKind, provider_names, providers, search_providers};
use grantkit_providers as _;

use crate::token_service::{TokenService, bearer};

#[test]
fn they_are_found_by_name() {
    let names = provider_names();
    assert!(names.is_sorted());
    for name in ["auth0", "github", "google", "oauth2", "oidc", "qci"] {
        assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{name}");
    }
    let error = ProviderClient::connect("gogle", ProviderSettings::new()).unwrap_err();
    assert!(error.is_configuration());
    assert!(error.to_string().contains("did you mean \"google\"?"), "{error}");
}

#[test]
fn their_keys_are_described_and_secrets_are_marked() {
    for plugin in providers() {
        for key in plugin.keys() {
            assert!(key.description.ends_with('.'), "{}: {key:?}", plugin.name());
            let is_secret = matches!(
                key.name,
                "api_key"
                    | "client_certificate"
                    | "client_secret"
                    | "credentials_json"
                    | "decryption_key"
                    | "dpop_key"
                    | "private_key"
                    | "refresh_token"
                    | "token"
            );
            assert_eq!(key.kind == ConfigKind::Secret, is_secret, "{}: {key:?}", plugin.name());
        }
    }
}

fn from_env(provider: &str, prefix: &str, variables: &[(&str, &str)]) -> Result<ProviderClient> {
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, Some(*value))).collect();
    temp_env::with_vars(variables, || ProviderClient::from_env(provider, prefix, ProviderSettings::new()))
}

#[tokio::test]
async fn auth0_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let tenant = service.url("");
    let variables = [
        ("BILLING_TENANT", tenant.as_str()),
        ("BILLING_CLIENT_ID", "billing"),
        ("BILLING_CLIENT_SECRET", "s3cret"),
        ("BILLING_AUDIENCE", "api"),
        ("BILLING_SCOPES", "read, write"),
    ];
    from_env("auth0", "BILLING", &variables).unwrap().get_token().await.unwrap();
    assert_eq!(
        service.only().body,
        "grant_type=client_credentials&scope=read+write&audience=api&client_id=billing&client_secret=s3cret"
    );
}

#[test]
fn auth0_names_the_variables_that_are_missing() {
    let error = from_env("auth0", "BILLING", &[("BILLING_TENANT", "acme"), ("BILLING_CLIENT_ID", "")]).unwrap_err();
    assert!(
        error.to_string().contains("missing: `client_id` (BILLING_CLIENT_ID), `client_secret` (BILLING_CLIENT_SECRET)"),
        "{error}"
    );
}

#[tokio::test]
async fn google_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let token_uri = service.url("/token");
    let variables = [
        ("DRIVE_CLIENT_ID", "c"),
        ("DRIVE_CLIENT_SECRET", "s"),
        ("DRIVE_REFRESH_TOKEN", "r"),
        ("DRIVE_SCOPES", "https://www.googleapis.com/auth/drive"),
        ("DRIVE_TOKEN_URI", token_uri.as_str()),
    ];
    from_env("google", "DRIVE", &variables).unwrap().get_token().await.unwrap();
    assert!(service.only().body.starts_with("grant_type=refresh_token&refresh_token=r&scope=https%3A%2F%2Fwww"));
}

/// The names of `qci-client`, the company's own client.
#[tokio::test]
async fn qci_from_the_environment() {
    let service = TokenService::answering([bearer("T1")]).await;
    let url = service.url("/");
    from_env("qci", "QCI", &[("QCI_API_URL", &url), ("QCI_TOKEN", "api-token")]).unwrap().get_token().await.unwrap();
    assert_eq!(service.only().body, r#"{"refresh_token":"api-token"}"#);

    let error = from_env("qci", "QCI", &[("QCI_API_URL", ""), ("QCI_TOKEN", "")]).unwrap_err();
    assert!(error.to_string().contains("missing: `api_url` (QCI_API_URL), `token` (QCI_TOKEN)"), "{error}");
}

#[test]
fn everything_that_is_wrong_in_the_environment_is_told_at_once() {
    let variables = [
        ("TOLD_ISSUER", "as.example"),
        ("TOLD_TOKEN_ENDPOINT_AUTH_METHOD", "basic"),
        ("TOLD_CLIENT_SECRET", "CANARY"),
        ("TOLD_PRIVATE_KEY_FILE", "/nowhere/key.pem"),
        ("TOLD_CLIENT_CERTIFICATE_FILE", "/nowhere/client.pem"),
        ("TOLD_SCOPE", "read"),
    ];
    let error = from_env("oauth2", "TOLD", &variables).unwrap_err();
    let said = error.to_string();
    assert!(error.is_configuration() && !said.contains("CANARY"), "{said}");
    for told in [
        "missing: `client_id` (TOLD_CLIENT_ID)",
        "`issuer` (TOLD_ISSUER): ",
        "https://as.example",
        "more than one of `client_secret`, `private_key_file` is given",
        "`client_certificate_file` (TOLD_CLIENT_CERTIFICATE_FILE): \"/nowhere/client.pem\" cannot be read",
        "TOLD_SCOPE is set: did you mean TOLD_SCOPES?",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn one_of_several_keys_is_told_with_all_that_is_missing_beside_it() {
    let error = from_env("oauth2", "ONEOF", &[("ONEOF_SCOPES", "read")]).unwrap_err().to_string();
    let expected = "missing: `client_id` (ONEOF_CLIENT_ID), `token_endpoint` (ONEOF_TOKEN_ENDPOINT) or `issuer` (ONEOF_ISSUER), \
                    `client_secret` (ONEOF_CLIENT_SECRET) or ";
    assert!(error.contains(expected), "{error}");
    let error = from_env("google", "ONEOF", &[("ONEOF_CLIENT_ID", "c")]).unwrap_err().to_string();
    assert!(
        error.contains("missing: `client_secret` (ONEOF_CLIENT_SECRET)") && !error.contains("refresh_token"),
        "{error}"
    );
}

#[test]
fn a_value_of_the_wrong_type_names_its_key_and_not_itself() {
    let settings = || ProviderSettings::new().with("api_url", "https://api.qci.example");
    let error =
        ProviderClient::connect("qci", settings().with("token", 12_345_678).with("timeout", "CANARY")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the configuration of provider \"qci\" is wrong; `token`: it must be text; `timeout`: it must be a number"
    );
    let variables = [("TYPED_API_URL", "https://api.qci.example"), ("TYPED_TIMEOUT", "CANARY")];
    let error = from_env("qci", "TYPED", &variables).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the configuration of provider \"qci\" is wrong; missing: `token` (TYPED_TOKEN); `timeout` (TYPED_TIMEOUT): it must be \
         a number"
    );
    let lists = ProviderSettings::new().with("tenant", "acme").with("client_id", "b").with("client_secret", "s");
    let error = ProviderClient::connect("auth0", lists.with("scopes", 5).with_origin("billing.toml")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the configuration of provider \"auth0\" in billing.toml is wrong; `scopes`: it must be a list of texts"
    );
}

/// Names, titles and what else people call a service.
#[test]
fn unknown_name_is_answered_with_the_providers_that_are_meant() {
    for (typed, meant) in [
        ("azure", "did you mean \"microsoft\" (Microsoft Entra ID) or \"azure-b2c\" (Azure AD B2C)?"),
        ("entra", "did you mean \"microsoft\" (Microsoft Entra ID)?"),
        ("Twitter", "did you mean \"x\" (X (Twitter))?"),
        ("meta", "did you mean \"facebook\"?"),
        ("GitHub", "did you mean \"github\" or \"github-enterprise\" (GitHub Enterprise Server)?"),
        ("microsft", "did you mean \"microsoft\" (Microsoft Entra ID)?"),
        ("openid", "did you mean \"oidc\" (any OpenID provider)?"),
        ("oauth", "did you mean \"oauth2\" (any OAuth 2 server)?"),
    ] {
        let error = ProviderClient::connect(typed, ()).unwrap_err().to_string();
        assert!(error.contains(meant), "{typed}: {error}");
    }
    let error = ProviderClient::connect("qwertzuiop", ()).unwrap_err().to_string();
    assert!(!error.contains("did you mean") && error.contains("`search_providers(..)`"), "{error}");
}

#[test]
fn providers_are_searched_by_what_people_call_them() {
    let names = |text: &str| search_providers(text).iter().map(|provider| provider.name()).collect::<Vec<_>>();
    assert_eq!(names("twitter"), ["x"]);
    assert_eq!(names("microsoft")[..2], ["microsoft", "microsoft-personal"]);
    assert_eq!(names("Amazon")[..2], ["amazon", "cognito"]);
    assert_eq!(names(""), [""; 0]);
    // A name of the one is no other name of another.
    for provider in providers() {
        for alias in provider.aliases() {
            assert!(!provider_names().contains(alias), "{alias}");
            let same = |other: &&&grantkit::provider::ProviderPlugin| other.aliases().contains(alias);
            assert_eq!(providers().iter().filter(same).count(), 1, "{alias}");
        }
    }
}

#[tokio::test]
async fn settings_are_pairs_maps_and_secrets_and_text_is_a_list_of_scopes() {
    let service = TokenService::answering([bearer("T1"), bearer("T2"), bearer("T3")]).await;
    let tenant = service.url("");
    let pairs = [("tenant", tenant.as_str()), ("client_id", "c"), ("client_secret", "s"), ("scopes", "read write")];
    let map: std::collections::BTreeMap<_, _> = pairs.into_iter().collect();
    let several = ProviderSettings::new()
        .with("tenant", &tenant)
        .with("client_id", Some("c"))
        .with("client_secret", SecretString::from("s"))
        .with("scopes", ["read", "write"])
        .with("audience", None::<&str>);
    let all: [ProviderSettings; 4] = [
        pairs.into(),
        map.into(),
        several,
        serde_json::json!({ "tenant": tenant, "client_id": "c", "client_secret": "s", "scopes": "read, write" }).into(),
    ];
    for settings in &all {
        ProviderClient::connect("auth0", settings).unwrap();
    }
    for settings in all.into_iter().take(3) {
        ProviderClient::connect("auth0", settings).unwrap().get_token().await.unwrap();
    }
    let bodies = service.bodies();
    assert_eq!(bodies.len(), 3);
    for body in bodies {
        assert!(body.contains("scope=read+write") && !body.contains("audience"), "{body}");
    }
    let error = ProviderClient::connect("auth0", serde_json::json!(["tenant"])).unwrap_err().to_string();
    assert!(error.contains("the settings are no map"), "{error}");
}

/// The prefix is the program's own too.
#[test]
fn other_variables_with_the_prefix_are_left_alone() {
    let variables = [
        ("ALONE_API_URL", "https://api.qci.example"),
        ("ALONE_TOKEN", "t"),
        ("ALONE_REGION", "eu"),
        ("ALONE_TIMEOUT_POLICY", "x"),
    ];
    from_env("qci", "ALONE", &variables).unwrap();
}
