//! What people give providers by mistake, each told in a sentence with the cure, to the letter.

use grantkit::prelude::*;
use grantkit_providers::google::{GoogleCredentials, ServiceAccount};
use serde_json::json;

use crate::{refusal, settings};

fn client() -> ProviderSettings {
    settings([("client_id", "app"), ("client_secret", "s3cret")])
}

fn wrong(provider: &str, settings: ProviderSettings, said: &str) {
    let told = refusal(provider, settings);
    assert_eq!(told, format!("the configuration of provider {provider:?} is wrong; {said}"));
}

#[test]
fn a_tenant_that_is_a_url() {
    for tenant in ["https://login.microsoftonline.com/acme", "acme/v2.0"] {
        wrong(
            "microsoft",
            client().with("tenant", tenant),
            "`tenant`: it must be a name by itself, and not a URL: letters, digits, `.`, `_` and `-`",
        );
    }
}

#[test]
fn an_instance_with_a_path() {
    let by_host = "it must be a host name without a path, such as acme.example.com";
    wrong("zitadel", client().with("instance", "acme.zitadel.cloud/ui/console"), &format!("`instance`: {by_host}"));
    wrong(
        "salesforce",
        client().with("host", "https://acme.my.salesforce.com/services"),
        &format!("`host`: {by_host}"),
    );
    wrong(
        "servicenow",
        client().with("instance", "acme.service-now.com/now"),
        "`instance`: it must be a name by itself, and not a URL: letters, digits, `.`, `_` and `-`",
    );
    wrong(
        "servicenow",
        client().with("instance", "acme.service-now.com"),
        "`instance`: it must be the name before `.service-now.com`, without that",
    );
}

#[test]
fn scopes_with_commas_between_them() {
    wrong(
        "github",
        client().with("scopes", vec!["repo,user"]),
        "`scopes`: its scopes have commas between them: write a list, or spaces between them",
    );
    // Where the service wants commas, they come of a list and of text alike.
    for scopes in [json!(["read_products", "write_products"]), json!("read_products write_products")] {
        let shopify = ProviderClient::connect("shopify", client().with("shop", "acme").with("scopes", scopes)).unwrap();
        let (url, _) = shopify.login("https://app.example/cb").unwrap().start().unwrap();
        let scope = url.query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned();
        assert_eq!(scope, "read_products,write_products");
    }
}

#[test]
fn a_key_of_another_provider() {
    wrong(
        "github",
        client().with("tenant", "acme"),
        "unknown: `tenant`; the keys of \"github\" are `client_id`, `client_secret`, `token_endpoint_auth_method`, `scopes`, \
         `offline_access`, `provider_base_url`, `provider_hosts`",
    );
}

#[test]
fn a_service_accounts_file_that_is_a_users() {
    let user = json!({ "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r" });
    let error = ServiceAccount::from_json(&user.to_string()).unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the JSON is of the type \"authorized_user\", and \"service_account\" is wanted: give another file, or use \
         `google::GoogleCredentials::from_file`, which takes each type"
    );
    assert_eq!(GoogleCredentials::from_json(&user.to_string()).unwrap().kind(), "authorized_user");
}

#[test]
fn a_p12() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key.p12");
    std::fs::write(&path, [0x30, 0x82, 0x09, 0xa1, 0x02, 0x01, 0x03]).unwrap();
    let path = path.to_str().unwrap();
    wrong(
        "google",
        settings([("credentials_file", path)]),
        &format!("`credentials_file`: {path:?} is a key in the form P12: create one of the type JSON in its place"),
    );
}
