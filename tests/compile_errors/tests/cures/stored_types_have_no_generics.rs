//! What a program keeps can be named without a parameter, whatever the client was built with.

use grantkit::authorize::{LoopbackListener, PendingLogin, RedirectUri};
use grantkit::client::NamedGrant;
use grantkit::endpoint::{Introspection, Revocation, Userinfo};
use grantkit::grant::{
    AssertionGrant, BackchannelAuthentication, BackchannelHint, ClientCredentials, DeviceAuthorization, ExtensionGrant,
    Login, PendingBackchannelAuthentication, PendingDeviceAuthorization, RefreshTokenGrant, ResourceOwnerPassword,
    SecurityToken, TokenExchange,
};
use grantkit::transport::Transport;
use grantkit::{ApiClient, AuthorizationCode, Client, Credentials};

struct Program {
    credentials: Credentials,
    api: ApiClient,
    client_credentials: ClientCredentials,
    authorization_code: AuthorizationCode,
    device_authorization: DeviceAuthorization,
    refresh_token: RefreshTokenGrant,
    token_exchange: TokenExchange,
    jwt_bearer: AssertionGrant,
    password: ResourceOwnerPassword,
    extension: ExtensionGrant,
    ciba: BackchannelAuthentication,
    named: NamedGrant,
    revocation: Revocation,
    introspection: Introspection,
    userinfo: Userinfo,
    transport: Transport,
    redirect_uri: RedirectUri,
    discovered: Option<Client>,
    plain: Client,
    login: Option<Login>,
    pending: Option<(PendingLogin, PendingDeviceAuthorization, PendingBackchannelAuthentication, LoopbackListener)>,
}

fn kept<T: Send + Sync + 'static>(_: &T) {}

pub(crate) fn main() -> grantkit::Result<()> {
    let builder = || Client::builder().client_id("app").client_secret_basic("s3cret");
    let client = builder()
        .token_endpoint("https://as.example/token")?
        .authorization_endpoint("https://as.example/authorize")?
        .device_authorization_endpoint("https://as.example/device")?
        .backchannel_authentication_endpoint("https://as.example/bc-authorize")?
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
        token_exchange: client.token_exchange(SecurityToken::jwt("subject")),
        jwt_bearer: client.jwt_bearer("a.b.c"),
        password: client.danger_resource_owner_password("u", "p"),
        extension: client.extension_grant("urn:x:y"),
        ciba: client.backchannel_authentication(BackchannelHint::login_hint("alice")),
        named: client.client_credentials().named("app"),
        revocation: client.revocation(),
        introspection: client.introspection(),
        userinfo: client.userinfo(),
        transport: Transport::shared()?,
        redirect_uri,
        discovered: None,
        plain: builder().token_endpoint("https://as.example/token")?.build().erased(),
        login: None,
        pending: None,
    };
    kept(&program);
    let Program { plain, discovered, .. } = &program;
    kept(plain);
    kept(discovered);
    Ok(())
}
