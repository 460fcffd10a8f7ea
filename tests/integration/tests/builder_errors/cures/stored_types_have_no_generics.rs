//! What a program keeps can be named without a parameter, whatever the client was built with.

use grantkit::{
    ApiClient, AuthorizationCode, Client, ClientCredentials, Credentials, DeviceAuthorization, Discovered, Introspection,
    Login, LoopbackListener, PendingDevice, PendingLogin, RedirectUri, RefreshTokenGrant, Revocation, Transport, Userinfo,
};

struct Program {
    credentials: Credentials,
    api: ApiClient,
    client_credentials: ClientCredentials,
    authorization_code: AuthorizationCode,
    device_authorization: DeviceAuthorization,
    refresh_token: RefreshTokenGrant,
    revocation: Revocation,
    introspection: Introspection,
    userinfo: Userinfo,
    transport: Transport,
    redirect_uri: RedirectUri,
    discovered: Option<Client<Discovered>>,
    plain: Client,
    login: Option<Login>,
    pending: Option<(PendingLogin, PendingDevice, LoopbackListener)>,
}

fn kept<T: Send + Sync + 'static>(_: &T) {}

fn main() -> grantkit::Result<()> {
    let builder = || Client::builder().client_id("app").client_secret_basic("s3cret");
    let client = builder()
        .token_endpoint("https://as.example/token")?
        .authorization_endpoint("https://as.example/authorize")?
        .device_authorization_endpoint("https://as.example/device")?
        .revocation_endpoint("https://as.example/revoke")?
        .introspection_endpoint("https://as.example/introspect")?
        .userinfo_endpoint("https://as.example/userinfo")?
        .build();
    let redirect_uri = RedirectUri::new("https://app.example/callback")?;
    let credentials = client.client_credentials().credentials("app");
    let program = Program {
        api: ApiClient::new("https://api.example/v1", credentials.clone())?,
        credentials,
        client_credentials: client.client_credentials(),
        authorization_code: client.authorization_code(redirect_uri.clone()),
        device_authorization: client.device_authorization(),
        refresh_token: client.refresh_token_grant("long-lived"),
        revocation: client.revocation(),
        introspection: client.introspection(),
        userinfo: client.userinfo(),
        transport: Transport::shared()?,
        redirect_uri,
        discovered: None,
        plain: builder().token_endpoint("https://as.example/token")?.build(),
        login: None,
        pending: None,
    };
    kept(&program);
    let Program { plain, discovered, .. } = &program;
    kept(plain);
    kept(discovered);
    Ok(())
}
