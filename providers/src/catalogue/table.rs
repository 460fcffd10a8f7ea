//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! `GRANTKIT_UPDATE=1 cargo test -p grantkit-integration-tests --test catalogue` writes it.

use super::entry::Entry;
use super::quirk::Quirk;
use super::vocabulary::{AuthMethod, Grant, Kind, Method, Pkce, RequestBody, RevocationAuth, ScopeParameter};

const DEFAULT: Entry = Entry {
    lines: "",
    kind: Kind::OAuth2,
    grants: &[],
    auth_methods: &[],
    pkce: Pkce::Unsupported,
    quirks: &[],
    scope_separator: ' ',
    scope_parameter: ScopeParameter::Used,
    token_request_body: RequestBody::Form,
    rotates: None,
    reuse_grace_seconds: 0,
    access_token_lifetime_seconds: 0,
    profile_method: Method::Get,
    email_always_verified: false,
    revocation_method: Method::Post,
    revocation_body: RequestBody::Form,
    revocation_auth: RevocationAuth::Client,
};

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry {
        lines: "namazon
NLogin with Amazon
pregion choice na
cregion eu api=api.amazon.co.uk
cregion eu login=eu.account.amazon.com
cregion fe api=api.amazon.co.jp
cregion fe login=apac.account.amazon.com
cregion na api=api.amazon.com
cregion na login=www.amazon.com
ahttps://{region.login}/ap/oa
thttps://{region.api}/auth/o2/token
xhttps://{region.api}/auth/o2/tokeninfo
Dhttps://{region.api}/auth/o2/create/codepair
sprofile
mprofile
Gdevice_code=device_code
Uhttps://{region.api}/user/profile
1/user_id
2/email
4/name",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::DeviceNonstandard],
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "napple
NSign in with Apple
ihttps://appleid.apple.com
a{issuer}/auth/authorize
t{issuer}/auth/token
v{issuer}/auth/revoke
sname
semail
memail
Aresponse_mode=form_post
1id_token:/sub
2id_token:/email
3id_token:/email_verified",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopePercent20, Quirk::RedirectHttpsOnly, Quirk::SecretIsJwt],
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ndiscord
NDiscord
ahttps://discord.com/oauth2/authorize
thttps://discord.com/api/oauth2/token
vhttps://discord.com/api/oauth2/token/revoke
sidentify
semail
memail
Uhttps://discord.com/api/users/@me
1/id
2/email
3/verified
4/global_name
4/username
5https://cdn.discordapp.com/avatars/{/id}/{/avatar}.png
bhttps://discord.com/api/v10",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::UserAgentNeeded],
        rotates: Some(true),
        access_token_lifetime_seconds: 604_800,
        ..DEFAULT
    },
    Entry {
        lines: "ngithub
NGitHub
papi base_url https://api.github.com
pbase base_url https://github.com
a{base}/login/oauth/authorize
t{base}/login/oauth/access_token
D{base}/login/device/code
sread:user
suser:email
muser:email
U{api}/user
1/id
2/email
4/name
5/avatar_url
6{api}/user/emails
7/[primary]/email
8/[primary]/verified
b{api}
gAccept=application/vnd.github+json
gX-GitHub-Api-Version=2022-11-28",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort, Quirk::UserAgentNeeded, Quirk::DeviceNonstandard, Quirk::ErrorIn200, Quirk::ScopeCommaAnswer, Quirk::ExpiresInMissing],
        rotates: Some(true),
        access_token_lifetime_seconds: 28_800,
        ..DEFAULT
    },
    Entry {
        lines: "ngitlab
NGitLab
pbase base_url https://gitlab.com
i{base}
a{issuer}/oauth/authorize
t{issuer}/oauth/token
v{issuer}/oauth/revoke
x{issuer}/oauth/introspect
D{issuer}/oauth/authorize_device
u{issuer}/oauth/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name
5/picture
b{base}/api/v4",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "ngoogle
NGoogle
ihttps://accounts.google.com
a{issuer}/o/oauth2/v2/auth
thttps://oauth2.googleapis.com/token
vhttps://oauth2.googleapis.com/revoke
Dhttps://oauth2.googleapis.com/device/code
uhttps://openidconnect.googleapis.com/v1/userinfo
sopenid
semail
sprofile
memail
Oaccess_type=offline
Oprompt=consent
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort, Quirk::DeviceNonstandard, Quirk::IssuerMismatch],
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nmicrosoft
NMicrosoft Entra ID
pauthority host login.microsoftonline.com
ptenant name common
ihttps://{authority}/{tenant}/v2.0
ahttps://{authority}/{tenant}/oauth2/v2.0/authorize
thttps://{authority}/{tenant}/oauth2/v2.0/token
Dhttps://{authority}/{tenant}/oauth2/v2.0/devicecode
uhttps://graph.microsoft.com/oidc/userinfo
ehttps://{authority}/{tenant}/oauth2/v2.0/logout
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name
bhttps://graph.microsoft.com/v1.0",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort, Quirk::IssuerTemplate],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nnotion
NNotion
ahttps://api.notion.com/v1/oauth/authorize
thttps://api.notion.com/v1/oauth/token
vhttps://api.notion.com/v1/oauth/revoke
xhttps://api.notion.com/v1/oauth/introspect
Aowner=user
Uhttps://api.notion.com/v1/users/me
hNotion-Version=2022-06-28
1/bot/owner/user/id
1token:/owner/user/id
2/bot/owner/user/person/email
4/bot/owner/user/name
5/bot/owner/user/avatar_url
bhttps://api.notion.com/v1
gNotion-Version=2022-06-28",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Optional,
        token_request_body: RequestBody::Json,
        rotates: Some(true),
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
    Entry {
        lines: "nshopify
NShopify
pshop name
pversion name 2026-10
ahttps://{shop}.myshopify.com/admin/oauth/authorize
thttps://{shop}.myshopify.com/admin/oauth/access_token
vhttps://{shop}.myshopify.com/admin/api_permissions/current.json
sread_products
Kshop
Khost
Ktimestamp
Uhttps://{shop}.myshopify.com/admin/api/{version}/shop.json
yheader X-Shopify-Access-Token
1token:/associated_user/id
1/shop/id
2token:/associated_user/email
2/shop/email
3token:/associated_user/email_verified
4/shop/name
bhttps://{shop}.myshopify.com/admin/api/{version}
zheader X-Shopify-Access-Token",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::CallbackSigned, Quirk::TokenTypeMissing, Quirk::ScopeCommaAnswer],
        scope_separator: ',',
        rotates: Some(true),
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nslack
NSign in with Slack
ihttps://slack.com
a{issuer}/openid/connect/authorize
t{issuer}/api/openid.connect.token
v{issuer}/api/auth.revoke
u{issuer}/api/openid.connect.userInfo
sopenid
sprofile
semail
memail
1/https:~1~1slack.com~1team_id + /https:~1~1slack.com~1user_id
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectHttpsOnly, Quirk::ErrorIn200, Quirk::ExpiresInMissing],
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
];
