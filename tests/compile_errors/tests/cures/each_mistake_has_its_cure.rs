//! What the notes of the error messages say to type compiles.

use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::client_auth::AssertionFile;
use grantkit::grant::BackchannelHint;
use grantkit::keys::{HmacAlgorithm, SigningAlgorithm, SigningKey};
use grantkit::registration::RegisteredClient;

async fn discovered() -> grantkit::Result<()> {
    let client: Client = Client::builder().client_id("app").public().discover("https://as.example").await?;
    client.authorization_code(RedirectUri::new("https://app.example/callback")?)?.start()?;
    client.pushed_authorization_code(RedirectUri::new("https://app.example/callback")?)?.push().await?;
    client.device_authorization()?;
    client.backchannel_authentication(BackchannelHint::login_hint("alice"))?;
    client.revocation()?;
    client.introspection()?;
    client.userinfo()?;
    client.registration()?;
    let _ = client.logout_request()?;
    client.logout_token_verifier()?;
    Ok(())
}

pub(crate) fn main() -> grantkit::Result<()> {
    // In any order.
    Client::builder().token_endpoint("https://as.example/token")?.client_secret_basic("s").client_id("app").build();
    Client::builder().client_secret_post("s").token_endpoint("https://as.example/token")?.client_id("app").build();
    Client::builder().public().client_id("app").token_endpoint("https://as.example/token")?.build();
    // Each way to authenticate.
    let unauthenticated = || Client::builder().client_id("app").token_endpoint("https://as.example/token");
    let key = SigningKey::generate(SigningAlgorithm::Es256)?;
    unauthenticated()?.client_secret("s").build();
    unauthenticated()?.client_secret_jwt("s").build();
    unauthenticated()?.client_secret_jwt_with(HmacAlgorithm::Hs512, "s").build();
    unauthenticated()?.signing_key(key.clone()).build();
    unauthenticated()?.private_key_jwt(key).build();
    unauthenticated()?.client_assertion(AssertionFile::new("/run/token")).build();
    unauthenticated()?.tls_client_auth().build();
    unauthenticated()?.self_signed_tls_client_auth().build();
    let builder = || Client::builder().client_id("app").public();
    let at = || builder().token_endpoint("https://as.example/token");
    at()?
        .authorization_endpoint("https://as.example/a")?
        .build()
        .authorization_code(RedirectUri::new("https://app.example/cb")?);
    at()?
        .pushed_authorization_request_endpoint("https://as.example/par")?
        .authorization_endpoint("https://as.example/a")?
        .build()
        .pushed_authorization_code(RedirectUri::new("https://app.example/cb")?);
    at()?.device_authorization_endpoint("https://as.example/d")?.build().device_authorization();
    at()?
        .backchannel_authentication_endpoint("https://as.example/b")?
        .build()
        .backchannel_authentication(BackchannelHint::login_hint("alice"));
    at()?.revocation_endpoint("https://as.example/r")?.build().revocation();
    at()?.introspection_endpoint("https://as.example/i")?.build().introspection();
    at()?.userinfo_endpoint("https://as.example/u")?.build().userinfo();
    at()?.registration_endpoint("https://as.example/register")?.build().registration();
    let _ = at()?.end_session_endpoint("https://as.example/logout")?.build().logout_request();
    at()?.issuer("https://as.example")?.jwks_uri("https://as.example/jwks")?.build().logout_token_verifier();
    // A registration has ID and authentication.
    let registered = RegisteredClient::from_json(r#"{ "client_id": "s6BhdRkqt3" }"#)?;
    Client::builder().registered(&registered)?.token_endpoint("https://as.example/token")?.build();
    // Endpoints may come before anything else.
    Client::builder()
        .userinfo_endpoint("https://as.example/u")?
        .issuer("https://as.example")?
        .jwks_uri("https://as.example/jwks")?
        .client_id("app")
        .public()
        .token_endpoint("https://as.example/token")?
        .build()
        .userinfo();
    let _ = discovered;
    Ok(())
}
