//! The provider of the guide, "Write a provider of my own": a login with a nested token answer.

use grantkit::prelude::*;
use grantkit::provider::{
    ProfileMapping, ProfileRequest, Provider, ProviderConfig, declare_capabilities, register_provider,
};
use serde_json::{Value, json};

use crate::settings;
use crate::token_service::TokenService;

struct Acme;

#[derive(serde::Deserialize, ProviderConfig)]
struct AcmeConfig {
    /// Where Acme is.
    base_url: String,
    /// The client ID, from Acme's console.
    client_id: String,
    /// The client secret, from Acme's console.
    client_secret: SecretString,
}

declare_capabilities!(Acme: Login, Identity, Api);

impl Provider for Acme {
    const NAME: &'static str = "acme";
    type Config = AcmeConfig;

    fn connect(config: AcmeConfig) -> Result<ProviderClient> {
        let base = config.base_url.trim_end_matches('/');
        let client = Client::builder()
            .client_id(config.client_id)
            .client_secret_basic(config.client_secret)
            .authorization_endpoint(&format!("{base}/authorize"))?
            .token_endpoint(&format!("{base}/token"))?
            // {"ok": true, "data": {"access_token": "..", "token_type": "bearer"}}
            .read_token_answer("acme", |answer| {
                if let Some(Value::Object(data)) = answer.remove("data") {
                    answer.members_mut().extend(data);
                }
                Ok(())
            })
            .build();
        let profile = ProfileMapping::new(ProfileRequest::get(&format!("{base}/v1/me"))?)
            .id("/user/id")
            .email("/user/email")
            .email_verified("/user/email_confirmed")
            .name("/user/first_name + /user/last_name");
        Ok(ProviderClient::builder(Self::NAME)
            .login(client, ["profile"])
            .identity(profile)
            .api(format!("{base}/v1"))
            .build())
    }
}

register_provider!(Acme);

#[test]
fn own_provider_is_that_of_the_guide() {
    let (guide, here) = (include_str!("../../../../sdk/src/guide.md"), include_str!("own.rs"));
    let provider = |text: &str| {
        let start = text.find("struct Acme;\n\n#[derive(serde::Deserialize").unwrap();
        let end = text[start..].find("register_provider!(Acme);").unwrap();
        text[start..start + end].to_owned()
    };
    assert_eq!(provider(guide), provider(here));
}

#[tokio::test]
async fn own_provider_logs_a_person_in() {
    let token = json!({ "ok": true, "data": { "access_token": "T1", "token_type": "bearer", "expires_in": 3600 } });
    let person = json!({
        "user": { "id": 7, "email": "ada@acme.example", "email_confirmed": true, "first_name": "Ada", "last_name": "L" },
    });
    let service = TokenService::answering([(200, token), (200, person), (200, json!(["one"]))]).await;
    let settings = settings([("client_id", "app"), ("client_secret", "s3cret")]).with("base_url", service.url(""));
    let acme = ProviderClient::connect_as::<Acme>(settings.clone()).unwrap();
    let login = acme.login(RedirectUri::new("https://app.example/callback").unwrap()).unwrap();
    let (url, pending) = login.start().unwrap();
    let url = url.to_string();
    let parameters = form_urlencoded::parse(url.split_once('?').unwrap().1.as_bytes());
    let state = parameters.into_owned().find(|(name, _)| name == "state").unwrap().1;
    let login = login.finish(pending, format!("https://app.example/callback?code=C&state={state}")).await.unwrap();
    let person = acme.identity(&login).await.unwrap();
    assert_eq!((person.id(), person.name(), person.is_email_verified()), ("7", Some("Ada L"), true));
    let api = acme.api(login.credentials("ada").await.unwrap()).unwrap();
    assert_eq!(api.get("orders").fetch::<Value>().await.unwrap(), json!(["one"]));
    let paths: Vec<_> = service.received().into_iter().map(|request| request.path_and_query).collect();
    assert_eq!(paths, ["/token", "/v1/me", "/v1/orders"]);
    // By type the call does not compile.
    assert!(acme.erased().device_login().unwrap_err().is_unsupported());
    let by_name = ProviderClient::connect("acme", settings).unwrap();
    assert!(by_name.login(RedirectUri::new("https://app.example/callback").unwrap()).is_ok());
    assert!(by_name.device_login().unwrap_err().is_unsupported());
}

/// The API would refuse it, and learn it.
#[tokio::test]
async fn an_expired_token_is_not_sent_for_the_profile() {
    let token = json!({ "data": { "access_token": "T1", "token_type": "bearer", "expires_in": 0 } });
    let service = TokenService::answering([(200, token), (200, json!({ "user": { "id": 7 } }))]).await;
    let settings = settings([("client_id", "app"), ("client_secret", "s3cret")]).with("base_url", service.url(""));
    let acme = ProviderClient::connect_as::<Acme>(settings).unwrap();
    let login = acme.login(RedirectUri::new("https://app.example/callback").unwrap()).unwrap();
    let (_, pending) = login.start().unwrap();
    let callback = format!("https://app.example/callback?code=C&state={}", pending.state());
    let login = login.finish(pending, callback).await.unwrap();
    let error = acme.identity(&login).await.unwrap_err();
    assert!(error.is_token_expired() && error.status().is_none(), "{error:?}");
    assert_eq!(service.received().len(), 1);
}
