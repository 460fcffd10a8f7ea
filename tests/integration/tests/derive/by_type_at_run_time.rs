//! A provider picked by type whose fields are read at run time.

use grantkit::prelude::*;

use crate::auth0::Auth0;

#[derive(OAuthClient)]
#[oauth(provider = Auth0, name = "exports", audience = "https://api.acme.dev")]
struct Exports {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
    scopes: Vec<String>,
    closed: Option<bool>,
}

#[derive(OAuthClient)]
#[oauth(provider = Auth0, env_prefix = "IMPORTS_OWN")]
struct Imports {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
    closed: bool,
}

fn settings() -> ProviderSettings {
    ProviderSettings::new().with("tenant", "acme").with("client_id", "exports").with("client_secret", "s3cret")
}

fn exports_from(variables: &[(&str, &str)]) -> Result<Exports> {
    temp_env::with_vars(
        variables.iter().map(|(name, value)| (*name, Some(*value))).collect::<Vec<_>>(),
        Exports::from_env,
    )
}

#[tokio::test]
async fn the_environment_fills_the_fields() {
    let variables = [
        ("EXPORTS_TENANT", "acme"),
        ("EXPORTS_CLIENT_ID", "exports"),
        ("EXPORTS_CLIENT_SECRET", "s3cret"),
        ("EXPORTS_SCOPES", "read,write"),
    ];
    let exports = exports_from(&variables).unwrap();
    assert_eq!((exports.tenant.as_str(), exports.closed), ("acme", None));
    let token = exports.get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "acme.exports.6.https://api.acme.dev.read+write");
}

#[test]
fn settings_fill_the_fields_and_an_absent_list_is_empty() {
    let exports = Exports::from_settings(settings().with("closed", true)).unwrap();
    assert_eq!((exports.client_id.as_str(), exports.closed), ("exports", Some(true)));
    assert!(exports.scopes.is_empty());
    let imports = Imports::from_settings(settings().with("closed", false)).unwrap();
    assert!(!imports.closed && imports.tenant == "acme");
}

#[test]
fn what_is_wrong_is_told_at_once_with_keys_and_variables() {
    let error = exports_from(&[("EXPORTS_TENANT", "acme"), ("EXPORTS_CLOSED", "CANARY")]).map(drop).unwrap_err();
    assert!(error.is_configuration());
    let text = error.to_string();
    assert!(text.contains("`client_id` (EXPORTS_CLIENT_ID), `client_secret` (EXPORTS_CLIENT_SECRET)"), "{text}");
    assert!(text.contains("`closed` (EXPORTS_CLOSED): it must be true or false") && !text.contains("CANARY"), "{text}");
    let error = Exports::from_settings(settings().with("audience", "https://other.dev")).map(drop).unwrap_err();
    assert!(error.to_string().contains("`audience` is set by the program"), "{error}");
    let error = Exports::from_settings(settings().with("tenannt", "x")).map(drop).unwrap_err();
    assert!(error.to_string().contains("`tenannt`"), "{error}");
    let error = Exports::from_settings(settings().with("tenant", "a space")).map(drop).unwrap_err();
    assert!(error.to_string().contains("`tenant` contains a space"), "{error}");
}

#[test]
fn a_setting_is_not_lost_for_want_of_a_field_nor_a_field_filled_by_guess() {
    let error = Imports::from_settings(settings().with("scopes", ["read"]).with("closed", true)).map(drop).unwrap_err();
    assert!(error.to_string().contains("`scopes`: the client has no field for it"), "{error}");
    // The provider could do without it, but a `bool` of the struct could not.
    let error = Imports::from_settings(settings()).map(drop).unwrap_err();
    assert!(error.to_string().contains("missing: `closed`"), "{error}");
    let error = temp_env::with_vars([("IMPORTS_OWN_TENANT", Some("acme"))], Imports::from_env).map(drop).unwrap_err();
    assert!(error.to_string().contains("`client_id` (IMPORTS_OWN_CLIENT_ID)"), "{error}");
}

#[test]
fn types_of_the_users_own_do_no_harm() {
    #[expect(dead_code, reason = "they are there to be mistaken for others")]
    mod own_names {
        pub(super) struct Box;
        pub(super) struct Pin;
        pub(super) struct Future;
        pub(super) struct Arc;
        pub(super) struct Option;
        pub(super) struct Result;
        pub(super) struct ProviderSettings;

        use grantkit::{OAuthClient, ProviderClient, SecretString};

        use crate::auth0::Auth0;

        #[derive(OAuthClient)]
        #[oauth(provider = "test-auth0", audience = "a", scopes("read"))]
        pub(super) struct ByName {
            client: ProviderClient,
        }

        #[derive(OAuthClient)]
        #[oauth(provider = Auth0, audience = "a")]
        pub(super) struct ByType {
            tenant: String,
            client_id: String,
            client_secret: SecretString,
        }
    }

    assert!(own_names::ByName::from_settings(settings()).is_ok());
    assert_eq!(own_names::ByType::from_settings(settings()).unwrap().name(), "ByType");
}
