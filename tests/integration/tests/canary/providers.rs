//! Configuration of providers, good and bad, with secrets in every place.

use grantkit::prelude::*;
use grantkit::provider::{Provider, ProviderConfig, declare_capabilities, register_provider};
use serde::Deserialize;

use crate::watch::Watch;

struct Canary;

#[derive(Deserialize, ProviderConfig)]
struct CanaryConfig {
    client_id: String,
    client_secret: SecretString,
    #[serde(default)]
    flag: bool,
    #[serde(default)]
    scopes: Vec<String>,
}

impl Provider for Canary {
    const NAME: &'static str = "canary";
    type Config = CanaryConfig;

    fn connect(config: CanaryConfig) -> Result<ProviderClient> {
        let _ = config.flag;
        let client = Client::builder()
            .client_id(config.client_id)
            .client_secret_basic(config.client_secret)
            .token_endpoint("https://as.example/token")?
            .build();
        Ok(ProviderClient::new(client.client_credentials().scopes(config.scopes).named("canary")))
    }
}

declare_capabilities!(Canary: Credentials);

register_provider!(Canary);

fn settings() -> ProviderSettings {
    ProviderSettings::new().with("client_id", "app").with("client_secret", "CANARY-secret")
}

#[tokio::test]
async fn settings_and_their_mistakes_show_no_value() {
    let mut watch = Watch::start();
    watch.secret("CANARY-secret");
    watch.secret("CANARY-elsewhere");
    let client = ProviderClient::connect("canary", settings()).unwrap();
    watch.show(&client);
    watch.show(&client.credentials());
    watch.show(&settings());
    let wrong = [
        settings().with("client_secrte", "CANARY-elsewhere"),
        settings().with("flag", "CANARY-elsewhere"),
        settings().with("scopes", serde_json::json!({ "CANARY-elsewhere": 1 })),
        settings().with("client_secret", serde_json::json!(["CANARY-elsewhere"])),
        settings().with("client_secret", serde_json::json!({ "CANARY-elsewhere": "CANARY-elsewhere" })),
        settings().with("client_id", serde_json::json!({ "x": "CANARY-elsewhere" })),
        ProviderSettings::new().with("client_secret", "CANARY-elsewhere"),
    ];
    for settings in wrong {
        watch.error(&ProviderClient::connect("canary", settings).unwrap_err());
    }
    let twice = settings().merged(&ProviderSettings::new().with("client_secret", "CANARY-elsewhere"));
    watch.error(&ProviderClient::connect("canary", twice).map(drop).unwrap_err());
    watch.error(&ProviderClient::connect("canry", settings()).unwrap_err());

    let environment = [
        ("CANARY_TEST_CLIENT_ID", Some("app")),
        ("CANARY_TEST_CLIENT_SECRET", Some("CANARY-secret")),
        ("CANARY_TEST_FLAG", Some("CANARY-elsewhere")),
    ];
    let mut said = String::new();
    temp_env::with_vars(environment, || {
        let error = ProviderClient::from_env("canary", "CANARY_TEST", ProviderSettings::new()).unwrap_err();
        // The name of the variable is to be said, and has the word in it that the watch looks for.
        said = crate::support::all_said(&error).replace("CANARY_TEST_", "");
    });
    assert!(said.contains("FLAG"), "{said}");
    watch.say(&said);
    log_something().await;
    watch.finish();
}

/// The watch wants to see that logs, spans and metrics come in.
async fn log_something() {
    let _ = grantkit::grant::JsonTokenRequest::new("http://127.0.0.1:9/").unwrap().get_token().await;
}
