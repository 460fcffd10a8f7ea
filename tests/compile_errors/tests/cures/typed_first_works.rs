use grantkit::credentials::Credentials;
use grantkit::discovery::ServerMetadata;
use grantkit::prelude::*;
use grantkit::provider::ProviderSettings;
use grantkit::resource_access::ResourceAccess;
use grantkit::time::TokioClock;

const CALLBACK: &str = "https://app.example/callback";

pub(crate) fn redirect_uris(client: &Client, github: &ProviderClient, url: url::Url) -> Result<()> {
    let _ = client.authorization_code(CALLBACK)?;
    let _ = client.authorization_code(String::from(CALLBACK))?;
    let _ = client.authorization_code(&url)?;
    let _ = client.authorization_code(RedirectUri::new(CALLBACK)?)?;
    let _ = github.login(CALLBACK)?.start()?;
    let _ = github.login(&RedirectUri::new(CALLBACK)?)?;
    let _ = ResourceAccess::discover("https://api.example", "http://127.0.0.1:4180/callback");
    Ok(())
}

pub(crate) fn settings(secret: SecretString) -> Result<()> {
    let _ = ProviderClient::connect("auth0", [("tenant", "acme"), ("client_id", "billing")]);
    let _ = ProviderClient::connect("auth0", (("tenant", "acme"), ("client_secret", secret), ("scopes", ["read"])));
    let _ = ProviderClient::connect("auth0", vec![("tenant", String::from("acme"))]);
    let _ = ProviderClient::connect("auth0", serde_json::json!({ "tenant": "acme" }));
    let _ = ProviderClient::connect("auth0", ProviderSettings::new().with("audience", Some("https://api.example")));
    let _ = ProviderClient::from_env("auth0", "BILLING", ());
    Ok(())
}

pub(crate) fn clients() -> Result<ProviderClient> {
    let client = Client::builder().client_id("app").public().token_endpoint("https://as.example/token")?.build();
    let _ = ResourceAccess::discover("https://api.example", CALLBACK).client(&client);
    let erased: Client = client.clone().into();
    let _ = ProviderClient::builder("acme").login(erased, ["profile", "email"]);
    Ok(ProviderClient::builder("acme").login(client, "profile email").api_header("accept", "application/json").build())
}

pub(crate) fn clocks(client: impl OAuthClient) -> Credentials {
    let _ = Client::builder().clock(TokioClock::new());
    Credentials::builder(client).clock(TokioClock::new()).build()
}
