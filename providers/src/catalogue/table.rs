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
        lines: "n42
N42 School
ahttps://api.intra.42.fr/oauth/authorize
thttps://api.intra.42.fr/oauth/token
spublic
Uhttps://api.intra.42.fr/v2/me
1/id
2/email
4/usual_full_name
5/image/link
bhttps://api.intra.42.fr/v2
Chttps://profile.intra.42.fr/oauth/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nadfs
NActive Directory Federation Services
phost host
ihttps://{host}/adfs
a{issuer}/oauth2/authorize
t{issuer}/oauth2/token
D{issuer}/oauth2/devicecode
u{issuer}/userinfo
sopenid
1id_token:/sub
2id_token:/email
2id_token:/upn",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "nadobe
NAdobe
ihttps://ims-na1.adobelogin.com/
dhttps://ims-na1.adobelogin.com/ims/.well-known/openid-configuration
ahttps://ims-na1.adobelogin.com/ims/authorize/v2
thttps://ims-na1.adobelogin.com/ims/token/v3
vhttps://ims-na1.adobelogin.com/ims/revoke
uhttps://ims-na1.adobelogin.com/ims/userinfo/v2
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresInMs],
        scope_separator: ',',
        rotates: Some(true),
        access_token_lifetime_seconds: 86_399,
        ..DEFAULT
    },
    Entry {
        lines: "nairtable
NAirtable
ahttps://airtable.com/oauth2/v1/authorize
thttps://airtable.com/oauth2/v1/token
suser.email:read
muser.email:read
Uhttps://api.airtable.com/v0/meta/whoami
1/id
2/email
bhttps://api.airtable.com/v0
Chttps://airtable.com/create/oauth",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Required,
        quirks: &[Quirk::ScopeRequired],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "namazon
NLogin with Amazon
llwa
pregion choice na
cregion eu api=api.amazon.co.uk
cregion eu login=eu.account.amazon.com
cregion fe api=api.amazon.co.jp
cregion fe login=apac.account.amazon.com
cregion na api=api.amazon.com
cregion na login=www.amazon.com
ahttps://{region.login}/ap/oa
thttps://{region.api}/auth/o2/token
Dhttps://{region.api}/auth/o2/create/codepair
sprofile
mprofile
Gdevice_code=device_code
Uhttps://{region.api}/user/profile
1/user_id
2/email
4/name
Chttps://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html",
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
licloud
ihttps://appleid.apple.com
a{issuer}/auth/authorize
t{issuer}/auth/token
v{issuer}/auth/revoke
sopenid
sname
semail
memail
Aresponse_mode=form_post
1id_token:/sub
2id_token:/email
3id_token:/email_verified
Chttps://developer.apple.com/account/resources/identifiers/list/serviceId",
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
        lines: "nasana
NAsana
ihttps://app.asana.com/api/1.0
ahttps://app.asana.com/-/oauth_authorize
thttps://app.asana.com/-/oauth_token
vhttps://app.asana.com/-/oauth_revoke
u{issuer}/openid_connect/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
4/name
5/picture
bhttps://app.asana.com/api/1.0
Chttps://app.asana.com/0/my-apps",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::NonceMissing, Quirk::RevokeRefreshOnly],
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nasgardeo
NAsgardeo
porg name
ihttps://api.asgardeo.io/t/{org}/oauth2/token
ahttps://api.asgardeo.io/t/{org}/oauth2/authorize
thttps://api.asgardeo.io/t/{org}/oauth2/token
vhttps://api.asgardeo.io/t/{org}/oauth2/revoke
uhttps://api.asgardeo.io/t/{org}/oauth2/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
4/name
4/given_name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "natlassian
NAtlassian
ljira
lconfluence
ahttps://auth.atlassian.com/authorize
thttps://auth.atlassian.com/oauth/token
vhttps://auth.atlassian.com/oauth/revoke
sread:me
mread:me
ooffline_access
Aaudience=api.atlassian.com
Aprompt=consent
Uhttps://api.atlassian.com/me
1/account_id
2/email
4/name
5/picture
Chttps://developer.atlassian.com/console/myapps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::OpenidScopeRefused, Quirk::ApiHostFromSecondRequest],
        rotates: Some(true),
        reuse_grace_seconds: 600,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nauth0
NAuth0
ptenant host
ihttps://{tenant}/
ahttps://{tenant}/authorize
thttps://{tenant}/oauth/token
vhttps://{tenant}/oauth/revoke
Dhttps://{tenant}/oauth/device/code
uhttps://{tenant}/userinfo
ehttps://{tenant}/oidc/logout
Phttps://{tenant}/oauth/par
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name
5/picture
bhttps://{tenant}/api/v2
Chttps://manage.auth0.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RevokeRefreshOnly],
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nauthelia
NAuthelia
phost host
ihttps://{host}
a{issuer}/api/oidc/authorization
t{issuer}/api/oidc/token
v{issuer}/api/oidc/revocation
x{issuer}/api/oidc/introspection
D{issuer}/api/oidc/device-authorization
u{issuer}/api/oidc/userinfo
P{issuer}/api/oidc/pushed-authorization-request
sopenid
sprofile
semail
sgroups
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None, AuthMethod::ClientSecretJwt, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nauthentik
Nauthentik
pbase base_url
pslug name
i{base}/application/o/{slug}/
a{base}/application/o/authorize/
t{base}/application/o/token/
v{base}/application/o/revoke/
x{base}/application/o/introspect/
D{base}/application/o/device/
u{base}/application/o/userinfo/
e{base}/application/o/{slug}/end-session/
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 300,
        ..DEFAULT
    },
    Entry {
        lines: "nautodesk
NAutodesk Platform Services
ihttps://developer.api.autodesk.com
a{issuer}/authentication/v2/authorize
t{issuer}/authentication/v2/token
v{issuer}/authentication/v2/revoke
x{issuer}/authentication/v2/introspect
uhttps://api.userprofile.autodesk.com/userinfo
sopenid
suser-profile:read
1/sub
2/email
3/email_verified
4/name
5/picture
bhttps://developer.api.autodesk.com
qtoken_type_hint=access_token
Chttps://aps.autodesk.com/myapps/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_599,
        ..DEFAULT
    },
    Entry {
        lines: "nazure-b2c
NAzure AD B2C
lb2c
ppolicy name
ptenant name
ptenant_id name
ihttps://{tenant}.b2clogin.com/{tenant_id}/v2.0/
dhttps://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/v2.0/.well-known/openid-configuration
ahttps://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/oauth2/v2.0/authorize
thttps://{tenant}.b2clogin.com/{tenant}.onmicrosoft.com/{policy}/oauth2/v2.0/token
sopenid
ooffline_access
1id_token:/sub
2id_token:/emails/0
4id_token:/name
Chttps://portal.azure.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IssuerMismatch],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nbankid-no
NBankID (Norway)
lbankid
ihttps://auth.bankid.no/auth/realms/prod
a{issuer}/protocol/openid-connect/auth
t{issuer}/protocol/openid-connect/token
u{issuer}/protocol/openid-connect/userinfo
sopenid
sprofile
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        quirks: &[Quirk::UserinfoJwt],
        ..DEFAULT
    },
    Entry {
        lines: "nbasecamp
NBasecamp
ahttps://launchpad.37signals.com/authorization/new
thttps://launchpad.37signals.com/authorization/token
Atype=web_server
Ttype=web_server
Grefresh_token=refresh
Uhttps://launchpad.37signals.com/authorization.json
1/identity/id
2/identity/email_address
4/identity/first_name + /identity/last_name
Chttps://launchpad.37signals.com/integrations",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::UserAgentNeeded],
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(false),
        access_token_lifetime_seconds: 1_209_600,
        ..DEFAULT
    },
    Entry {
        lines: "nbattlenet
NBattle.net
lblizzard
pregion choice global
cregion cn=oauth.battlenet.com.cn
cregion global=oauth.battle.net
ihttps://{region}
a{issuer}/authorize
t{issuer}/token
u{issuer}/userinfo
sopenid
1/id
1/sub
4/battletag
Chttps://develop.battle.net/access/clients",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        access_token_lifetime_seconds: 86_399,
        ..DEFAULT
    },
    Entry {
        lines: "nbigcommerce
NBigCommerce
ahttps://login.bigcommerce.com/oauth2/authorize
thttps://login.bigcommerce.com/oauth2/token
sstore_v2_information_read_only
Kcontext
Kscope
Fcontext
Fscope
1token:/user/id + token:/context
2token:/user/email
4token:/user/username
bhttps://api.bigcommerce.com/{token:/context}/v3
zheader X-Auth-Token
Chttps://devtools.bigcommerce.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        ..DEFAULT
    },
    Entry {
        lines: "nbitbucket
NBitbucket Cloud
ahttps://bitbucket.org/site/oauth2/authorize
thttps://bitbucket.org/site/oauth2/access_token
memail
Mscope=scopes
Uhttps://api.bitbucket.org/2.0/user
1/uuid
1/account_id
4/display_name
5/links/avatar/href
6https://api.bitbucket.org/2.0/user/emails
7/values[is_primary]/email
8/values[is_primary]/is_confirmed
bhttps://api.bitbucket.org/2.0
Chttps://bitbucket.org/account/settings/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        scope_parameter: ScopeParameter::Optional,
        rotates: Some(false),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nbitly
NBitly
ahttps://bitly.com/oauth/authorize
thttps://api-ssl.bitly.com/oauth/access_token
Uhttps://api-ssl.bitly.com/v4/user
1/login
2/emails[is_primary]/email
3/emails[is_primary]/is_verified
4/name
bhttps://api-ssl.bitly.com/v4",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorNonstandard, Quirk::TokenTypeMissing, Quirk::ExpiresInMissing, Quirk::IdUsername],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "nbluesky
NBluesky (AT Protocol)
ppds base_url https://bsky.social
i{pds}
a{issuer}/oauth/authorize
t{issuer}/oauth/token
v{issuer}/oauth/revoke
P{issuer}/oauth/par
satproto
stransition:generic
mtransition:email
U{pds}/xrpc/com.atproto.server.getSession
1token:/sub
2/email
3/emailConfirmed
4/handle
b{pds}/xrpc",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::None, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Required,
        quirks: &[Quirk::ClientIdUrl, Quirk::ParRequired, Quirk::IssInCallback, Quirk::LoopbackIpOnly, Quirk::DpopRequired, Quirk::IdIsDid],
        rotates: Some(true),
        access_token_lifetime_seconds: 1_800,
        ..DEFAULT
    },
    Entry {
        lines: "nbox
NBox
ahttps://account.box.com/api/oauth2/authorize
thttps://api.box.com/oauth2/token
vhttps://api.box.com/oauth2/revoke
sroot_readwrite
Uhttps://api.box.com/2.0/users/me
1/id
2/login
4/name
5/avatar_url
bhttps://api.box.com/2.0
Chttps://app.box.com/developers/console",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nboxyhq
NOry Polis (BoxyHQ)
pbase base_url
pproduct name
ptenant name
a{base}/api/oauth/authorize
t{base}/api/oauth/token
Aproduct={product}
Atenant={tenant}
Tproduct={product}
Ttenant={tenant}
U{base}/api/oauth/userinfo
1/id
2/email
4/firstName + /lastName",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_parameter: ScopeParameter::Optional,
        access_token_lifetime_seconds: 300,
        ..DEFAULT
    },
    Entry {
        lines: "nbungie
NBungie.net
ahttps://www.bungie.net/en/OAuth/Authorize
thttps://www.bungie.net/platform/app/oauth/token/
Uhttps://www.bungie.net/Platform/User/GetMembershipsForCurrentUser/
1/Response/bungieNetUser/membershipId
4/Response/bungieNetUser/displayName
bhttps://www.bungie.net/Platform
Chttps://www.bungie.net/en/Application",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Unsupported,
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ncalendly
NCalendly
ahttps://auth.calendly.com/oauth/authorize
thttps://auth.calendly.com/oauth/token
vhttps://auth.calendly.com/oauth/revoke
xhttps://auth.calendly.com/oauth/introspect
sdefault
Uhttps://api.calendly.com/users/me
1/resource/uri
2/resource/email
4/resource/name
5/resource/avatar_url
bhttps://api.calendly.com
Chttps://developer.calendly.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RedirectHttpsOnly],
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "ncanva
NCanva Connect
ahttps://www.canva.com/api/oauth/authorize
thttps://api.canva.com/rest/v1/oauth/token
vhttps://api.canva.com/rest/v1/oauth/revoke
xhttps://api.canva.com/rest/v1/oauth/introspect
sprofile:read
Uhttps://api.canva.com/rest/v1/users/me
1/team_user/user_id + /team_user/team_id
bhttps://api.canva.com/rest/v1
Chttps://www.canva.com/developers/integrations",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        quirks: &[Quirk::LoopbackIpOnly],
        rotates: Some(true),
        access_token_lifetime_seconds: 14_400,
        ..DEFAULT
    },
    Entry {
        lines: "nclerk
NClerk
pfrontend_api host
ihttps://{frontend_api}
a{issuer}/oauth/authorize
t{issuer}/oauth/token
v{issuer}/oauth/token/revoke
x{issuer}/oauth/token_info
u{issuer}/oauth/userinfo
sopenid
sprofile
semail
memail
ooffline_access
1/sub
1/user_id
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::DynamicRegistration],
        rotates: Some(false),
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nclickup
NClickUp
ahttps://app.clickup.com/api
thttps://api.clickup.com/api/v2/oauth/token
Uhttps://api.clickup.com/api/v2/user
1/user/id
2/user/email
4/user/username
5/user/profilePicture
bhttps://api.clickup.com/api/v2
Chttps://app.clickup.com/settings/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::TokenNoRedirectUri, Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "ncognito
NAmazon Cognito
laws
laws-cognito
pdomain host
pregion name
puser_pool_id name
ihttps://cognito-idp.{region}.amazonaws.com/{user_pool_id}
ahttps://{domain}/oauth2/authorize
thttps://{domain}/oauth2/token
vhttps://{domain}/oauth2/revoke
uhttps://{domain}/oauth2/userInfo
ehttps://{domain}/logout
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ScopePercent20, Quirk::IssuerMismatch, Quirk::LogoutNonstandard, Quirk::RevokeRefreshOnly],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ncoinbase
NCoinbase
ahttps://login.coinbase.com/oauth2/auth
thttps://login.coinbase.com/oauth2/token
vhttps://login.coinbase.com/oauth2/revoke
swallet:user:read
swallet:user:email
mwallet:user:email
ooffline_access
Uhttps://api.coinbase.com/v2/user
hCB-VERSION=2024-01-01
1/data/id
2/data/email
4/data/name
5/data/avatar_url
bhttps://api.coinbase.com/v2
gCB-VERSION=2024-01-01
Chttps://portal.cdp.coinbase.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_separator: ',',
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ndailymotion
NDailymotion
ahttps://www.dailymotion.com/oauth/authorize
thttps://api.dailymotion.com/oauth/token
vhttps://api.dailymotion.com/oauth/revoke
suserinfo
semail
memail
Uhttps://api.dailymotion.com/user/{token:/uid}?fields=id,username,screenname,email,avatar_120_url
1/id
2/email
4/screenname
5/avatar_120_url
bhttps://api.dailymotion.com
Chttps://www.dailymotion.com/settings/developer",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RefreshNull],
        rotates: Some(true),
        access_token_lifetime_seconds: 36_000,
        ..DEFAULT
    },
    Entry {
        lines: "ndatabricks
NDatabricks
phost host
ihttps://{host}/oidc
dhttps://{host}/oidc/.well-known/oauth-authorization-server
a{issuer}/v1/authorize
t{issuer}/v1/token
sall-apis
ooffline_access
Uhttps://{host}/api/2.0/preview/scim/v2/Me
1/id
2/userName
4/displayName
bhttps://{host}/api",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ndeezer
NDeezer
ahttps://connect.deezer.com/oauth/auth.php
thttps://connect.deezer.com/oauth/access_token.php
Iapp_id
Ssecret
sbasic_access
semail
memail
Toutput=json
Mexpires_in=expires
Uhttps://api.deezer.com/user/me
yquery access_token
1/id
2/email
4/name
5/picture
bhttps://api.deezer.com
zquery access_token",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::StateNotEchoed, Quirk::TokenTypeMissing],
        scope_separator: ',',
        token_request_body: RequestBody::Query,
        ..DEFAULT
    },
    Entry {
        lines: "ndescope
NDescope
phost host api.descope.com
pproject_id name
ihttps://{host}/{project_id}
ahttps://{host}/oauth2/v1/authorize
thttps://{host}/oauth2/v1/token
vhttps://{host}/oauth2/v1/revoke
uhttps://{host}/oauth2/v1/userinfo
ehttps://{host}/oauth2/v1/logout
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 600,
        ..DEFAULT
    },
    Entry {
        lines: "ndeviantart
NDeviantArt
ahttps://www.deviantart.com/oauth2/authorize
thttps://www.deviantart.com/oauth2/token
vhttps://www.deviantart.com/oauth2/revoke
suser
sbasic
Uhttps://www.deviantart.com/api/v1/oauth2/user/whoami
1/userid
4/username
5/usericon
bhttps://www.deviantart.com/api/v1/oauth2
Chttps://www.deviantart.com/developers/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::UserAgentNeeded],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ndigitalocean
NDigitalOcean
ahttps://cloud.digitalocean.com/v1/oauth/authorize
thttps://cloud.digitalocean.com/v1/oauth/token
vhttps://cloud.digitalocean.com/v1/oauth/revoke
sread
Uhttps://api.digitalocean.com/v2/account
1/account/uuid
2/account/email
3/account/email_verified
4/account/name
bhttps://api.digitalocean.com/v2
Chttps://cloud.digitalocean.com/account/api/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 2_592_000,
        revocation_auth: RevocationAuth::Token,
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
bhttps://discord.com/api/v10
Chttps://discord.com/developers/applications",
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
        lines: "ndocusign
NDocuSign
penvironment choice production
cenvironment demo=account-d
cenvironment production=account
ihttps://{environment}.docusign.com/
ahttps://{environment}.docusign.com/oauth/auth
thttps://{environment}.docusign.com/oauth/token
vhttps://{environment}.docusign.com/oauth/revoke
uhttps://{environment}.docusign.com/oauth/userinfo
ssignature
sopenid
semail
memail
oextended
1/sub
2/email
4/name
Chttps://admindemo.docusign.com/apps-and-keys",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresInString, Quirk::ApiHostFromSecondRequest, Quirk::NonceMissing],
        rotates: Some(true),
        access_token_lifetime_seconds: 28_800,
        ..DEFAULT
    },
    Entry {
        lines: "ndribbble
NDribbble
ahttps://dribbble.com/oauth/authorize
thttps://dribbble.com/oauth/token
spublic
Uhttps://api.dribbble.com/v2/user
1/id
2/email
4/name
5/avatar_url
bhttps://api.dribbble.com/v2
Chttps://dribbble.com/account/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        ..DEFAULT
    },
    Entry {
        lines: "ndropbox
NDropbox
ihttps://www.dropbox.com
a{issuer}/oauth2/authorize
thttps://api.dropboxapi.com/oauth2/token
vhttps://api.dropboxapi.com/2/auth/token/revoke
saccount_info.read
maccount_info.read
Otoken_access_type=offline
Uhttps://api.dropboxapi.com/2/users/get_current_account
Bnull
1/account_id
2/email
3/email_verified
4/name/display_name
5/profile_photo_url
bhttps://api.dropboxapi.com/2
Chttps://www.dropbox.com/developers/apps",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::NonceMissing],
        rotates: Some(false),
        access_token_lifetime_seconds: 14_400,
        profile_method: Method::Post,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nduende
NDuende IdentityServer
lidentityserver
pbase base_url
i{base}
a{issuer}/connect/authorize
t{issuer}/connect/token
v{issuer}/connect/revocation
x{issuer}/connect/introspect
D{issuer}/connect/deviceauthorization
u{issuer}/connect/userinfo
e{issuer}/connect/endsession
P{issuer}/connect/par
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Required,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nebay
NeBay
penvironment choice production
cenvironment production=
cenvironment sandbox=sandbox.
ahttps://auth.{environment}ebay.com/oauth2/authorize
thttps://api.{environment}ebay.com/identity/v1/oauth2/token
vhttps://api.{environment}ebay.com/identity/v1/oauth2/token/revoke
shttps://api.ebay.com/oauth/api_scope/commerce.identity.readonly
mhttps://api.ebay.com/oauth/api_scope/commerce.identity.email.readonly
Uhttps://apiz.{environment}ebay.com/commerce/identity/v1/user/
1/userId
2/individualAccount/email
2/businessAccount/email
4/username
bhttps://api.{environment}ebay.com
Chttps://developer.ebay.com/my/keys",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectUriIsName, Quirk::TokenTypeOdd],
        rotates: Some(false),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nepicgames
NEpic Games
ihttps://api.epicgames.dev/epic/oauth/v2
ahttps://www.epicgames.com/id/authorize
t{issuer}/token
v{issuer}/revoke
x{issuer}/tokenInfo
D{issuer}/deviceAuthorization
u{issuer}/userInfo
sbasic_profile
sopenid
1/sub
1token:/account_id
4/preferred_username
Chttps://dev.epicgames.com/portal/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::BasicRaw],
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "netsy
NEtsy
ahttps://www.etsy.com/oauth/connect
thttps://api.etsy.com/v3/public/oauth/token
semail_r
memail_r
Uhttps://openapi.etsy.com/v3/application/users/me
hx-api-key={client_id}:{client_secret}
1/user_id
6https://openapi.etsy.com/v3/application/users/{/user_id}
7/primary_email
bhttps://openapi.etsy.com/v3/application
gx-api-key={client_id}:{client_secret}
Chttps://www.etsy.com/developers/your-apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "neventbrite
NEventbrite
ahttps://www.eventbrite.com/oauth/authorize
thttps://www.eventbrite.com/oauth/token
Uhttps://www.eventbriteapi.com/v3/users/me/
1/id
2/emails[primary]/email
3/emails[primary]/verified
4/name
bhttps://www.eventbriteapi.com/v3
Chttps://www.eventbrite.com/account-settings/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "neveonline
NEVE Online
dhttps://login.eveonline.com/.well-known/oauth-authorization-server
ahttps://login.eveonline.com/v2/oauth/authorize
thttps://login.eveonline.com/v2/oauth/token
vhttps://login.eveonline.com/v2/oauth/revoke
spublicData
bhttps://esi.evetech.net/latest
Chttps://developers.eveonline.com/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IdFromAccessToken],
        access_token_lifetime_seconds: 1_199,
        ..DEFAULT
    },
    Entry {
        lines: "nfacebook
NFacebook
lmeta
pversion name v24.0
ahttps://www.facebook.com/{version}/dialog/oauth
thttps://graph.facebook.com/{version}/oauth/access_token
vhttps://graph.facebook.com/{version}/me/permissions
Dhttps://graph.facebook.com/{version}/device/login
spublic_profile
semail
memail
Uhttps://graph.facebook.com/{version}/me?fields=id,name,email,picture
1/id
2/email
4/name
5/picture/data/url
bhttps://graph.facebook.com/{version}
Chttps://developers.facebook.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RedirectFragment, Quirk::LongLivedExchange, Quirk::ErrorNonstandard],
        scope_separator: ',',
        access_token_lifetime_seconds: 5_184_000,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nfaceit
NFACEIT
ihttps://api.faceit.com/auth
d{issuer}/v1/openid_configuration
ahttps://accounts.faceit.com/
t{issuer}/v1/oauth/token
u{issuer}/v1/resources/userinfo
sopenid
sprofile
semail
memail
Aredirect_popup=true
1/guid
2/email
4/nickname
5/picture
Chttps://developers.faceit.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::NonceMissing],
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nfigma
NFigma
ahttps://www.figma.com/oauth
thttps://api.figma.com/v1/oauth/token
rhttps://api.figma.com/v1/oauth/refresh
scurrent_user:read
mcurrent_user:read
Uhttps://api.figma.com/v1/me
1/id
2/email
4/handle
5/img_url
bhttps://api.figma.com/v1
Chttps://www.figma.com/developers/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_separator: ',',
        rotates: Some(false),
        access_token_lifetime_seconds: 7_776_000,
        ..DEFAULT
    },
    Entry {
        lines: "nfitbit
NFitbit
ahttps://www.fitbit.com/oauth2/authorize
thttps://api.fitbit.com/oauth2/token
vhttps://api.fitbit.com/oauth2/revoke
xhttps://api.fitbit.com/1.1/oauth2/introspect
sprofile
Uhttps://api.fitbit.com/1/user/-/profile.json
1/user/encodedId
4/user/displayName
5/user/avatar
bhttps://api.fitbit.com
Chttps://dev.fitbit.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ErrorNonstandard],
        rotates: Some(true),
        reuse_grace_seconds: 120,
        access_token_lifetime_seconds: 28_800,
        ..DEFAULT
    },
    Entry {
        lines: "nforgejo
NForgejo (Codeberg)
lcodeberg
pbase base_url https://codeberg.org
i{base}
a{issuer}/login/oauth/authorize
t{issuer}/login/oauth/access_token
x{issuer}/login/oauth/introspect
u{issuer}/login/oauth/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
4/name
5/picture
b{base}/api/v1",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nfoursquare
NFoursquare
ahttps://foursquare.com/oauth2/authenticate
thttps://foursquare.com/oauth2/access_token
Uhttps://api.foursquare.com/v2/users/self?v=20230131
yquery oauth_token
1/response/user/id
2/response/user/contact/email
4/response/user/firstName + /response/user/lastName
5{/response/user/photo/prefix}original{/response/user/photo/suffix}
bhttps://api.foursquare.com/v2
zquery oauth_token
Chttps://foursquare.com/developers/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::TokenTypeMissing, Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        token_request_body: RequestBody::Query,
        ..DEFAULT
    },
    Entry {
        lines: "nfranceconnect
NFranceConnect
pbase base_url https://oidc.franceconnect.gouv.fr/api/v2
i{base}
a{issuer}/authorize
t{issuer}/token
u{issuer}/userinfo
e{issuer}/session/end
sopenid
sgiven_name
sfamily_name
semail
memail
Aacr_values=eidas1
1/sub
2/email
4/given_name + /family_name
Chttps://partenaires.franceconnect.gouv.fr/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::NonceRequired, Quirk::UserinfoJwt],
        ..DEFAULT
    },
    Entry {
        lines: "nfreshbooks
NFreshBooks
ahttps://auth.freshbooks.com/oauth/authorize
thttps://api.freshbooks.com/auth/oauth/token
vhttps://api.freshbooks.com/auth/oauth/revoke
suser:profile:read
Uhttps://api.freshbooks.com/auth/api/v1/users/me
1/response/id
2/response/email
4/response/first_name + /response/last_name
bhttps://api.freshbooks.com
Chttps://my.freshbooks.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectHttpsOnly],
        rotates: Some(true),
        access_token_lifetime_seconds: 43_200,
        ..DEFAULT
    },
    Entry {
        lines: "nfrontegg
NFrontegg
psubdomain name
ihttps://{subdomain}.frontegg.com
d{issuer}/oauth/.well-known/openid-configuration
a{issuer}/oauth/authorize
t{issuer}/oauth/token
u{issuer}/identity/resources/users/v2/me
sopenid
sprofile
semail
1/sub
1/id
2/email
4/name
5/profilePictureUrl",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "nfusionauth
NFusionAuth
pbase base_url
pissuer_url base_url
ptenant_id name
i{issuer_url}
d{base}/.well-known/openid-configuration/{tenant_id}
a{base}/oauth2/authorize
t{base}/oauth2/token
x{base}/oauth2/introspect
D{base}/oauth2/device_authorize
u{base}/oauth2/userinfo
e{base}/oauth2/logout
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IssuerMismatch],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ngarmin
NGarmin Connect
ahttps://connect.garmin.com/oauth2Confirm
thttps://diauth.garmin.com/di-oauth2-service/oauth/token
vhttps://apis.garmin.com/wellness-api/rest/user/registration
Uhttps://apis.garmin.com/wellness-api/rest/user/id
1/userId
bhttps://apis.garmin.com",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "ngitea
NGitea
pbase base_url https://gitea.com
i{base}/
a{base}/login/oauth/authorize
t{base}/login/oauth/access_token
x{base}/login/oauth/introspect
u{base}/login/oauth/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
4/name
5/picture
b{base}/api/v1",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ngithub
NGitHub
ahttps://github.com/login/oauth/authorize
thttps://github.com/login/oauth/access_token
vhttps://api.github.com/applications/{client_id}/token
Dhttps://github.com/login/device/code
sread:user
suser:email
muser:email
Uhttps://api.github.com/user
1/id
2/email
4/name
5/avatar_url
6https://api.github.com/user/emails
7/[primary]/email
8/[primary]/verified
bhttps://api.github.com
gAccept=application/vnd.github+json
gX-GitHub-Api-Version=2022-11-28
Raccess_token
Chttps://github.com/settings/developers",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort, Quirk::UserAgentNeeded, Quirk::DeviceNonstandard, Quirk::ErrorIn200, Quirk::ScopeCommaAnswer, Quirk::ExpiresInMissing],
        rotates: Some(true),
        access_token_lifetime_seconds: 28_800,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
    Entry {
        lines: "ngithub-enterprise
NGitHub Enterprise Server
lghe
papi base_url
pbase base_url
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
b{base}/api/v4
Chttps://gitlab.com/-/user_settings/applications",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "ngohighlevel
NHighLevel
lhighlevel
ahttps://marketplace.gohighlevel.com/oauth/chooselocation
thttps://services.leadconnectorhq.com/oauth/token
slocations.readonly
Tuser_type=Location
1token:/userId + token:/locationId
1token:/userId + token:/companyId
bhttps://services.leadconnectorhq.com
gVersion=2021-07-28
Chttps://marketplace.gohighlevel.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 86_399,
        ..DEFAULT
    },
    Entry {
        lines: "ngoogle
NGoogle
lgmail
lgsuite
lgoogle-workspace
lyoutube
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
5/picture
Chttps://console.cloud.google.com/auth/clients",
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
        lines: "ngusto
NGusto
penvironment choice production
cenvironment demo=-demo
cenvironment production=
ahttps://api.gusto{environment}.com/oauth/authorize
thttps://api.gusto{environment}.com/oauth/token
Uhttps://api.gusto{environment}.com/v1/me
1/uuid
2/email
bhttps://api.gusto{environment}.com/v1
Chttps://dev.gusto.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RefreshNeedsRedirectUri],
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nharvest
NHarvest
ahttps://id.getharvest.com/oauth2/authorize
thttps://id.getharvest.com/api/v2/oauth2/token
Uhttps://id.getharvest.com/api/v2/accounts
1/user/id
2/user/email
4/user/first_name + /user/last_name
bhttps://api.harvestapp.com/v2
Chttps://id.getharvest.com/developers",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeInCallback, Quirk::UserAgentNeeded],
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 1_209_600,
        ..DEFAULT
    },
    Entry {
        lines: "nheroku
NHeroku
ahttps://id.heroku.com/oauth/authorize
thttps://id.heroku.com/oauth/token
sidentity
Uhttps://api.heroku.com/account
hAccept=application/vnd.heroku+json; version=3
1/id
2/email
4/name
bhttps://api.heroku.com
gAccept=application/vnd.heroku+json; version=3
Chttps://dashboard.heroku.com/account/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(false),
        access_token_lifetime_seconds: 28_799,
        ..DEFAULT
    },
    Entry {
        lines: "nhetzner
NHetzner Cloud
bhttps://api.hetzner.cloud/v1
Chttps://console.hetzner.cloud/",
        kind: Kind::ApiToken,
        grants: &[],
        auth_methods: &[],
        ..DEFAULT
    },
    Entry {
        lines: "nhubspot
NHubSpot
ahttps://app.hubspot.com/oauth/authorize
thttps://api.hubapi.com/oauth/2026-03/token
vhttps://api.hubapi.com/oauth/2026-03/token/revoke
xhttps://api.hubapi.com/oauth/2026-03/token/introspect
soauth
U{introspection_endpoint}
1/user_id + /hub_id
2/user
bhttps://api.hubapi.com
Chttps://app.hubspot.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RevokeRefreshOnly],
        rotates: Some(false),
        access_token_lifetime_seconds: 1_800,
        ..DEFAULT
    },
    Entry {
        lines: "nhuggingface
NHugging Face
ihttps://huggingface.co
a{issuer}/oauth/authorize
t{issuer}/oauth/token
D{issuer}/oauth/device
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
bhttps://huggingface.co/api
Chttps://huggingface.co/settings/applications/new",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ClientIdUrl, Quirk::LoopbackAnyPort, Quirk::DynamicRegistration],
        rotates: Some(true),
        access_token_lifetime_seconds: 28_800,
        ..DEFAULT
    },
    Entry {
        lines: "nibm-appid
NIBM Cloud App ID
pregion name
ptenant_id name
ihttps://{region}.appid.cloud.ibm.com/oauth/v4/{tenant_id}
a{issuer}/authorization
t{issuer}/token
v{issuer}/revoke
x{issuer}/introspect
u{issuer}/userinfo
sopenid
1/sub
2/email
4/name
5/picture
Chttps://cloud.ibm.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ninstagram
NInstagram
ahttps://www.instagram.com/oauth/authorize
thttps://api.instagram.com/oauth/access_token
rhttps://graph.instagram.com/refresh_access_token
Xhttps://graph.instagram.com/access_token
sinstagram_business_basic
Uhttps://graph.instagram.com/me?fields=id,user_id,username,name,account_type,profile_picture_url
yquery access_token
1/user_id
4/username
5/profile_picture_url
bhttps://graph.instagram.com
zquery access_token
Chttps://developers.facebook.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectFragment, Quirk::LongLivedExchange, Quirk::TokenTypeMissing],
        scope_separator: ',',
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nintercom
NIntercom
pregion choice us
cregion au=au.
cregion eu=eu.
cregion us=
ahttps://app.{region}intercom.com/oauth
thttps://api.{region}intercom.io/auth/eagle/token
vhttps://api.{region}intercom.io/auth/uninstall
Uhttps://api.{region}intercom.io/me
1/id
2/email
3/email_verified
4/name
5/avatar/image_url
bhttps://api.{region}intercom.io
gIntercom-Version=2.11
Chttps://app.intercom.com/a/developer-signup",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nintuit
NIntuit QuickBooks
lquickbooks
penvironment choice production
cenvironment production=
cenvironment sandbox=sandbox-
ihttps://oauth.platform.intuit.com/op/v1
dhttps://developer.api.intuit.com/.well-known/openid_configuration
ahttps://appcenter.intuit.com/connect/oauth2
thttps://oauth.platform.intuit.com/oauth2/v1/tokens/bearer
vhttps://developer.api.intuit.com/v2/oauth2/tokens/revoke
uhttps://{environment}accounts.platform.intuit.com/v1/openid_connect/userinfo
sopenid
sprofile
semail
memail
KrealmId
1/sub
2/email
3/emailVerified
4/givenName + /familyName
bhttps://{environment}quickbooks.api.intuit.com/v3
Chttps://developer.intuit.com/app/developer/dashboard",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectHttpsOnly, Quirk::NonceMissing],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
    Entry {
        lines: "nitsme
Nitsme
penvironment choice production
cenvironment production=prd
cenvironment sandbox=e2e
pservice_code name
ihttps://oidc.{environment}.itsme.services/v2
dhttps://idp.{environment}.itsme.services/v2/.well-known/openid-configuration
ahttps://idp.{environment}.itsme.services/v2/authorization
thttps://idp.{environment}.itsme.services/v2/token
uhttps://idp.{environment}.itsme.services/v2/userinfo
f{token_endpoint}
sopenid
sservice:{service_code}
memail
1/sub
2/email
3/email_verified
4/name
Chttps://portal.itsme-id.com/login",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::PrivateKeyJwt, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IdTokenEncrypted, Quirk::UserinfoJwt, Quirk::IssuerMismatch],
        ..DEFAULT
    },
    Entry {
        lines: "njumpcloud
NJumpCloud
pregion choice us
cregion eu=eu.
cregion in=in.
cregion us=
ihttps://oauth.id.{region}jumpcloud.com/
ahttps://oauth.id.{region}jumpcloud.com/oauth2/auth
thttps://oauth.id.{region}jumpcloud.com/oauth2/token
uhttps://oauth.id.{region}jumpcloud.com/userinfo
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name
Chttps://console.jumpcloud.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nkakao
NKakao
ihttps://kauth.kakao.com
a{issuer}/oauth/authorize
t{issuer}/oauth/token
vhttps://kapi.kakao.com/v1/user/unlink
sprofile_nickname
sprofile_image
saccount_email
maccount_email
Uhttps://kapi.kakao.com/v2/user/me
1/id
2/kakao_account/email
3/kakao_account/is_email_verified + /kakao_account/is_email_valid
4/kakao_account/profile/nickname
5/kakao_account/profile/profile_image_url
bhttps://kapi.kakao.com
Chttps://developers.kakao.com/console/app",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ErrorNonstandard],
        scope_separator: ',',
        access_token_lifetime_seconds: 21_599,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nkeycloak
NKeycloak
pbase base_url
prealm name
i{base}/realms/{realm}
a{issuer}/protocol/openid-connect/auth
t{issuer}/protocol/openid-connect/token
v{issuer}/protocol/openid-connect/revoke
x{issuer}/protocol/openid-connect/token/introspect
D{issuer}/protocol/openid-connect/auth/device
u{issuer}/protocol/openid-connect/userinfo
e{issuer}/protocol/openid-connect/logout
P{issuer}/protocol/openid-connect/ext/par/request
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt, AuthMethod::ClientSecretJwt, AuthMethod::TlsClientAuth],
        pkce: Pkce::Supported,
        quirks: &[Quirk::Dpop, Quirk::DynamicRegistration],
        access_token_lifetime_seconds: 300,
        ..DEFAULT
    },
    Entry {
        lines: "nkick
NKick
ahttps://id.kick.com/oauth/authorize
thttps://id.kick.com/oauth/token
vhttps://id.kick.com/oauth/revoke
suser:read
Uhttps://api.kick.com/public/v1/users
1/data/0/user_id
2/data/0/email
4/data/0/name
5/data/0/profile_picture
bhttps://api.kick.com/public/v1
Chttps://kick.com/settings/developer",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "nkinde
NKinde
psubdomain name
ihttps://{subdomain}.kinde.com
a{issuer}/oauth2/auth
t{issuer}/oauth2/token
v{issuer}/oauth2/revoke
x{issuer}/oauth2/introspect
u{issuer}/oauth2/v2/user_profile
e{issuer}/logout
sopenid
sprofile
semail
memail
ooffline
1/sub
1/id
2/email
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LogoutNonstandard],
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nklaviyo
NKlaviyo
prevision name 2025-10-15
ahttps://www.klaviyo.com/oauth/authorize
thttps://a.klaviyo.com/oauth/token
vhttps://a.klaviyo.com/oauth/revoke
saccounts:read
Uhttps://a.klaviyo.com/api/accounts/
hrevision={revision}
1/data/0/id
2/data/0/attributes/contact_information/default_sender_email
4/data/0/attributes/contact_information/organization_name
bhttps://a.klaviyo.com/api
grevision={revision}
Chttps://www.klaviyo.com/manage-apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Required,
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nlichess
NLichess
ahttps://lichess.org/oauth
thttps://lichess.org/api/token
v{token_endpoint}
memail:read
Uhttps://lichess.org/api/account
1/id
4/username
6https://lichess.org/api/account/email
7/email
bhttps://lichess.org/api",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::None],
        pkce: Pkce::Required,
        quirks: &[Quirk::ClientIdFree],
        scope_parameter: ScopeParameter::Optional,
        access_token_lifetime_seconds: 31_536_000,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nline
NLINE Login
ihttps://access.line.me
a{issuer}/oauth2/v2.1/authorize
thttps://api.line.me/oauth2/v2.1/token
vhttps://api.line.me/oauth2/v2.1/revoke
uhttps://api.line.me/oauth2/v2.1/userinfo
sopenid
sprofile
semail
memail
1/sub
2id_token:/email
4/name
5/picture
bhttps://api.line.me
Raccess_token
Chttps://developers.line.biz/console/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IdTokenHs256],
        rotates: Some(false),
        access_token_lifetime_seconds: 2_592_000,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: r#"nlinear
NLinear
ahttps://linear.app/oauth/authorize
thttps://api.linear.app/oauth/token
vhttps://api.linear.app/oauth/revoke
sread
Uhttps://api.linear.app/graphql
B{"query":"{ viewer { id name email avatarUrl } }"}
1/data/viewer/id
2/data/viewer/email
4/data/viewer/name
5/data/viewer/avatarUrl
bhttps://api.linear.app
Chttps://linear.app/settings/api/applications"#,
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ScopeCommaAnswer],
        scope_separator: ',',
        rotates: Some(true),
        access_token_lifetime_seconds: 86_399,
        profile_method: Method::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nlinkedin
NLinkedIn
pversion name 202601
ihttps://www.linkedin.com/oauth
a{issuer}/v2/authorization
t{issuer}/v2/accessToken
v{issuer}/v2/revoke
x{issuer}/v2/introspectToken
uhttps://api.linkedin.com/v2/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name
5/picture
bhttps://api.linkedin.com/rest
gLinkedIn-Version={version}
gX-Restli-Protocol-Version=2.0.0
Chttps://www.linkedin.com/developers/apps",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Refused,
        quirks: &[Quirk::LoopbackIpOnly, Quirk::ScopeCommaAnswer, Quirk::NonceMissing],
        access_token_lifetime_seconds: 5_184_000,
        ..DEFAULT
    },
    Entry {
        lines: "nlinode
NLinode (Akamai Cloud)
lakamai
ahttps://login.linode.com/oauth/authorize
thttps://login.linode.com/oauth/token
vhttps://login.linode.com/oauth/revoke
saccount:read_only
Uhttps://api.linode.com/v4/profile
1/uid
2/email
4/username
bhttps://api.linode.com/v4
Chttps://cloud.linode.com/profile/clients",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nlogto
NLogto
pbase base_url
i{base}/oidc
a{issuer}/auth
t{issuer}/token
v{issuer}/token/revocation
x{issuer}/token/introspection
D{issuer}/device/auth
u{issuer}/me
e{issuer}/session/end
sopenid
sprofile
semail
memail
ooffline_access
Oprompt=consent
1/sub
2/email
3/email_verified
4/name
5/picture",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nlyft
NLyft
ahttps://api.lyft.com/oauth/authorize
thttps://api.lyft.com/oauth/token
vhttps://api.lyft.com/oauth/revoke_refresh_token
spublic
sprofile
ooffline
Uhttps://api.lyft.com/v1/profile
1/id
4/first_name + /last_name
bhttps://api.lyft.com/v1",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RevokeRefreshOnly],
        token_request_body: RequestBody::Json,
        rotates: Some(false),
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nmailchimp
NMailchimp
ahttps://login.mailchimp.com/oauth2/authorize
thttps://login.mailchimp.com/oauth2/token
Uhttps://login.mailchimp.com/oauth2/metadata
yscheme OAuth
1/user_id
1/login/login_id
2/login/login_email
4/accountname
5/login/avatar
Chttps://admin.mailchimp.com/account/oauth2/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::LoopbackIpOnly, Quirk::ScopeNull, Quirk::ExpiresInZero, Quirk::ApiHostFromSecondRequest],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "nmailru
NMail.ru
ahttps://oauth.mail.ru/login
thttps://oauth.mail.ru/token
suserinfo
Uhttps://oauth.mail.ru/userinfo
yquery access_token
1/id
2/email
4/name
5/image",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nmastodon
NMastodon
pbase base_url https://mastodon.social
d{base}/.well-known/oauth-authorization-server
a{base}/oauth/authorize
t{base}/oauth/token
v{base}/oauth/revoke
sread:accounts
U{base}/api/v1/accounts/verify_credentials
1/id
4/username
5/avatar_static
b{base}/api/v1",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresInMissing, Quirk::DynamicRegistration],
        ..DEFAULT
    },
    Entry {
        lines: "nmattermost
NMattermost
pbase base_url
a{base}/oauth/authorize
t{base}/oauth/access_token
U{base}/api/v4/users/me
1/id
2/email
3/email_verified
4/username
b{base}/api/v4",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(false),
        access_token_lifetime_seconds: 2_592_000,
        ..DEFAULT
    },
    Entry {
        lines: "nmedium
NMedium
ahttps://medium.com/m/oauth/authorize
thttps://api.medium.com/v1/tokens
sbasicProfile
Uhttps://api.medium.com/v1/me
1/data/id
4/data/name
5/data/imageUrl
bhttps://api.medium.com/v1",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeArray, Quirk::ExpiresAtOnly],
        scope_separator: ',',
        rotates: Some(false),
        access_token_lifetime_seconds: 5_184_000,
        ..DEFAULT
    },
    Entry {
        lines: r#"nmeetup
NMeetup
ahttps://secure.meetup.com/oauth2/authorize
thttps://secure.meetup.com/oauth2/access
sbasic
Uhttps://api.meetup.com/gql-ext
B{"query":"{ self { id name email } }"}
1/data/self/id
2/data/self/email
4/data/self/name
bhttps://api.meetup.com
Chttps://www.meetup.com/api/oauth/list/"#,
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        profile_method: Method::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nmicrosoft
NMicrosoft Entra ID
lazure
lazure-ad
lentra
lmicrosoft365
loffice365
lmsgraph
pcloud choice global
ccloud china graph=microsoftgraph.chinacloudapi.cn
ccloud china login=login.partner.microsoftonline.cn
ccloud global graph=graph.microsoft.com
ccloud global login=login.microsoftonline.com
ccloud us graph=graph.microsoft.us
ccloud us login=login.microsoftonline.us
ccloud us-dod graph=dod-graph.microsoft.us
ccloud us-dod login=login.microsoftonline.us
ptenant name common
ihttps://{cloud.login}/{tenant}/v2.0
ahttps://{cloud.login}/{tenant}/oauth2/v2.0/authorize
thttps://{cloud.login}/{tenant}/oauth2/v2.0/token
Dhttps://{cloud.login}/{tenant}/oauth2/v2.0/devicecode
uhttps://{cloud.graph}/oidc/userinfo
ehttps://{cloud.login}/{tenant}/oauth2/v2.0/logout
f{token_endpoint}
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name
bhttps://{cloud.graph}/v1.0
Chttps://entra.microsoft.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackAnyPort, Quirk::IssuerTemplate, Quirk::KeyByCertificate],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nmicrosoft-personal
NMicrosoft personal accounts
loutlook
lhotmail
llive
lmsa
lxbox
ihttps://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0
dhttps://login.microsoftonline.com/consumers/v2.0/.well-known/openid-configuration
ahttps://login.microsoftonline.com/consumers/oauth2/v2.0/authorize
thttps://login.microsoftonline.com/consumers/oauth2/v2.0/token
Dhttps://login.microsoftonline.com/consumers/oauth2/v2.0/devicecode
uhttps://graph.microsoft.com/oidc/userinfo
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name
bhttps://graph.microsoft.com/v1.0
Chttps://entra.microsoft.com/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IssuerMismatch],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nmiro
NMiro
ahttps://miro.com/oauth/authorize
thttps://api.miro.com/v1/oauth/token
vhttps://api.miro.com/v2/oauth/revoke
Uhttps://api.miro.com/v1/oauth-token
1/user/id
4/user/name
bhttps://api.miro.com/v2
RaccessToken
jclientId
JclientSecret
Chttps://miro.com/app/settings/user-profile/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::TokenAndPost,
        ..DEFAULT
    },
    Entry {
        lines: "nmixcloud
NMixcloud
ahttps://www.mixcloud.com/oauth/authorize
thttps://www.mixcloud.com/oauth/access_token
Uhttps://api.mixcloud.com/me/
yquery access_token
1/key
4/username
bhttps://api.mixcloud.com
zquery access_token
Chttps://www.mixcloud.com/developers/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::StateNotEchoed, Quirk::ContentTypeOdd, Quirk::TokenTypeMissing, Quirk::ExpiresInMissing, Quirk::IdUsername],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: r#"nmonday
Nmonday.com
ahttps://auth.monday.com/oauth2/authorize
thttps://auth.monday.com/oauth_ms/oauth/token
sme:read
Uhttps://api.monday.com/v2
B{"query":"{ me { id name email photo_thumb } }"}
yscheme
1/data/me/id
2/data/me/email
4/data/me/name
5/data/me/photo_thumb
bhttps://api.monday.com
zscheme
Chttps://monday.com/developers/apps"#,
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        rotates: Some(true),
        profile_method: Method::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nnaver
NNaver
ahttps://nid.naver.com/oauth2.0/authorize
thttps://nid.naver.com/oauth2.0/token
vhttps://nid.naver.com/oauth2.0/token?grant_type=delete&service_provider=NAVER
Uhttps://openapi.naver.com/v1/nid/me
1/response/id
2/response/email
4/response/name
4/response/nickname
5/response/profile_image
bhttps://openapi.naver.com/v1
Raccess_token
Chttps://developers.naver.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorIn200, Quirk::ExpiresInString],
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        revocation_method: Method::Get,
        revocation_body: RequestBody::Query,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nnetlify
NNetlify
ahttps://app.netlify.com/authorize
thttps://api.netlify.com/oauth/token
Uhttps://api.netlify.com/api/v1/user
1/id
2/email
4/full_name
5/avatar_url
bhttps://api.netlify.com/api/v1
Chttps://app.netlify.com/user/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "nnetsuite
NNetSuite
paccount_id name
ahttps://{account_id}.app.netsuite.com/app/login/oauth2/authorize.nl
thttps://{account_id}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token
vhttps://{account_id}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/revoke
srest_webservices
srestlets
Krole
Kentity
Kcompany
bhttps://{account_id}.suitetalk.api.netsuite.com/services/rest",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::PrivateKeyJwtMachine],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nnextcloud
NNextcloud
pbase base_url
a{base}/index.php/apps/oauth2/authorize
t{base}/index.php/apps/oauth2/api/v1/token
U{base}/ocs/v2.php/cloud/user?format=json
hAccept=application/json
hOCS-APIRequest=true
1/ocs/data/id
1token:/user_id
2/ocs/data/email
4/ocs/data/displayname
4/ocs/data/display-name
b{base}/ocs/v2.php
gAccept=application/json
gOCS-APIRequest=true",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        scope_parameter: ScopeParameter::Absent,
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
gNotion-Version=2022-06-28
Chttps://www.notion.so/profile/integrations",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        token_request_body: RequestBody::Json,
        rotates: Some(true),
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
    Entry {
        lines: "nok
NOdnoklassniki
papplication_key name
ahttps://connect.ok.ru/oauth/authorize
thttps://api.ok.ru/oauth/token.do
sVALUABLE_ACCESS
sGET_EMAIL
mGET_EMAIL
Uhttps://api.ok.ru/fb.do?application_key={application_key}&format=json&method=users.getCurrentUser&sig={sig}
yquery access_token
1/uid
2/email
4/name
5/pic190x190",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInString, Quirk::ProfileSigned],
        scope_separator: ';',
        rotates: Some(false),
        access_token_lifetime_seconds: 1_800,
        ..DEFAULT
    },
    Entry {
        lines: "nokta
NOkta
pdomain host
pserver name default
ihttps://{domain}/oauth2/{server}
a{issuer}/v1/authorize
t{issuer}/v1/token
v{issuer}/v1/revoke
x{issuer}/v1/introspect
D{issuer}/v1/device/authorize
u{issuer}/v1/userinfo
e{issuer}/v1/logout
P{issuer}/v1/par
f{endpoint}
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt, AuthMethod::ClientSecretJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::Dpop, Quirk::RefreshNeedsScope],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nonelogin
NOneLogin
psubdomain name
ihttps://{subdomain}.onelogin.com/oidc/2
a{issuer}/auth
t{issuer}/token
v{issuer}/token/revocation
x{issuer}/token/introspection
u{issuer}/me
e{issuer}/logout
sopenid
sprofile
semail
memail
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nopenrouter
NOpenRouter
ahttps://openrouter.ai/auth
thttps://openrouter.ai/api/v1/auth/keys
Vcallback_url
Maccess_token=key
1token:/user_id
bhttps://openrouter.ai/api/v1",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ClientIdNone, Quirk::StateNotEchoed],
        scope_parameter: ScopeParameter::Absent,
        token_request_body: RequestBody::Json,
        ..DEFAULT
    },
    Entry {
        lines: "nopenstreetmap
NOpenStreetMap
ihttps://www.openstreetmap.org
a{issuer}/oauth2/authorize
t{issuer}/oauth2/token
v{issuer}/oauth2/revoke
x{issuer}/oauth2/introspect
sopenid
sread_prefs
mread_email
Uhttps://api.openstreetmap.org/api/0.6/user/details.json
1/user/id
4/user/display_name
5/user/img/href
bhttps://api.openstreetmap.org/api/0.6
Chttps://www.openstreetmap.org/oauth2/applications",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::UserAgentNeeded, Quirk::ExpiresInMissing],
        ..DEFAULT
    },
    Entry {
        lines: "noracle-idcs
NOracle Identity Domains
loracle
pinstance name
ihttps://identity.oraclecloud.com/
dhttps://{instance}.identity.oraclecloud.com/.well-known/openid-configuration
ahttps://{instance}.identity.oraclecloud.com/oauth2/v1/authorize
thttps://{instance}.identity.oraclecloud.com/oauth2/v1/token
vhttps://{instance}.identity.oraclecloud.com/oauth2/v1/revoke
xhttps://{instance}.identity.oraclecloud.com/oauth2/v1/introspect
Dhttps://{instance}.identity.oraclecloud.com/oauth2/v1/device
uhttps://{instance}.identity.oraclecloud.com/oauth2/v1/userinfo
sopenid
ooffline_access
1/sub
2/email",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretJwt, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::IssuerMismatch],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "norcid
NORCID
penvironment choice production
cenvironment production=
cenvironment sandbox=sandbox.
ihttps://{environment}orcid.org
a{issuer}/oauth/authorize
t{issuer}/oauth/token
v{issuer}/oauth/revoke
u{issuer}/oauth/userinfo
sopenid
1/sub
1token:/orcid
4token:/name
6https://pub.{environment}orcid.org/v3.0/{token:/orcid}/record
7/person/emails/email/0/email
bhttps://pub.{environment}orcid.org/v3.0
Chttps://orcid.org/developer-tools",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(false),
        access_token_lifetime_seconds: 631_138_518,
        ..DEFAULT
    },
    Entry {
        lines: "nory
NOry Network
pbase base_url
i{base}
a{issuer}/oauth2/auth
t{issuer}/oauth2/token
v{issuer}/oauth2/revoke
D{issuer}/oauth2/device/auth
u{issuer}/userinfo
e{issuer}/oauth2/sessions/logout
sopenid
ooffline_access
1/sub
Chttps://console.ory.sh/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::DynamicRegistration],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nosu
Nosu!
ahttps://osu.ppy.sh/oauth/authorize
thttps://osu.ppy.sh/oauth/token
vhttps://osu.ppy.sh/api/v2/oauth/tokens/current
sidentify
spublic
Uhttps://osu.ppy.sh/api/v2/me
1/id
4/username
5/avatar_url
bhttps://osu.ppy.sh/api/v2
Chttps://osu.ppy.sh/home/account/edit",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "noura
NOura
ahttps://cloud.ouraring.com/oauth/authorize
thttps://api.ouraring.com/oauth/token
vhttps://api.ouraring.com/oauth/revoke
spersonal
semail
memail
Uhttps://api.ouraring.com/v2/usercollection/personal_info
1/id
2/email
bhttps://api.ouraring.com/v2
Raccess_token
Chttps://cloud.ouraring.com/oauth/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeInCallback],
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        revocation_body: RequestBody::Query,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "npagerduty
NPagerDuty
ihttps://identity.pagerduty.com/global/oauth/anonymous
ahttps://identity.pagerduty.com/oauth/authorize
thttps://identity.pagerduty.com/oauth/token
vhttps://identity.pagerduty.com/oauth/revoke
sopenid
sread
Uhttps://api.pagerduty.com/users/me
hAccept=application/vnd.pagerduty+json;version=2
1/user/id
2/user/email
4/user/name
5/user/avatar_url
bhttps://api.pagerduty.com
gAccept=application/vnd.pagerduty+json;version=2",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 864_000,
        ..DEFAULT
    },
    Entry {
        lines: "npatreon
NPatreon
ahttps://www.patreon.com/oauth2/authorize
thttps://www.patreon.com/api/oauth2/token
sidentity
sidentity[email]
midentity[email]
Uhttps://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=email,full_name,image_url,is_email_verified
1/data/id
2/data/attributes/email
3/data/attributes/is_email_verified
4/data/attributes/full_name
5/data/attributes/image_url
bhttps://www.patreon.com/api/oauth2/v2
Chttps://www.patreon.com/portal/registration/register-clients",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::UserAgentNeeded],
        rotates: Some(true),
        access_token_lifetime_seconds: 2_678_400,
        ..DEFAULT
    },
    Entry {
        lines: "npaypal
NPayPal
penvironment choice production
cenvironment production=
cenvironment sandbox=sandbox.
ihttps://www.paypal.com
ahttps://www.{environment}paypal.com/signin/authorize
thttps://api-m.{environment}paypal.com/v1/oauth2/token
vhttps://api-m.{environment}paypal.com/v1/oauth2/token/terminate
uhttps://api-m.{environment}paypal.com/v1/identity/oauth2/userinfo?schema=paypalv1.1
sopenid
sprofile
semail
memail
1/user_id
2/emails[primary]/value
2/email
3/emails[primary]/confirmed
3/email_verified
4/name
bhttps://api-m.{environment}paypal.com
Chttps://developer.paypal.com/dashboard/applications",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInString, Quirk::IdTokenInvalid],
        rotates: Some(false),
        access_token_lifetime_seconds: 28_800,
        ..DEFAULT
    },
    Entry {
        lines: "npingone
NPingOne
lping
penvironment_id name
ptld choice com
ctld asia=asia
ctld au=com.au
ctld ca=ca
ctld com=com
ctld eu=eu
ihttps://auth.pingone.{tld}/{environment_id}/as
a{issuer}/authorize
t{issuer}/token
v{issuer}/revoke
x{issuer}/introspect
D{issuer}/device_authorization
u{issuer}/userinfo
e{issuer}/signoff
P{issuer}/par
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt, AuthMethod::ClientSecretJwt, AuthMethod::None],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "npinterest
NPinterest
ahttps://www.pinterest.com/oauth/
thttps://api.pinterest.com/v5/oauth/token
suser_accounts:read
Uhttps://api.pinterest.com/v5/user_account
1/id
4/username
5/profile_image
bhttps://api.pinterest.com/v5
Chttps://developers.pinterest.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        scope_separator: ',',
        access_token_lifetime_seconds: 2_592_000,
        ..DEFAULT
    },
    Entry {
        lines: "npipedrive
NPipedrive
ahttps://oauth.pipedrive.com/oauth/authorize
thttps://oauth.pipedrive.com/oauth/token
vhttps://oauth.pipedrive.com/oauth/revoke
Uhttps://api.pipedrive.com/v1/users/me
1/data/id
2/data/email
4/data/name
5/data/icon_url
b{token:/api_domain}/v1
Chttps://app.pipedrive.com/developer-hub",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorNonstandard, Quirk::ScopeCommaAnswer],
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(false),
        access_token_lifetime_seconds: 3_599,
        ..DEFAULT
    },
    Entry {
        lines: "npolar-accesslink
NPolar AccessLink
ahttps://flow.polar.com/oauth2/authorization
thttps://polarremote.com/v2/oauth2/token
v{profile}
saccesslink.read_all
Uhttps://www.polaraccesslink.com/v3/users/{token:/x_user_id}
hAccept=application/json
1token:/x_user_id
4/first-name + /last-name
bhttps://www.polaraccesslink.com/v3
gAccept=application/json
Chttps://admin.polaraccesslink.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "npolar-sh
NPolar
ihttps://polar.sh
a{issuer}/oauth2/authorize
thttps://api.polar.sh/v1/oauth2/token
vhttps://api.polar.sh/v1/oauth2/revoke
xhttps://api.polar.sh/v1/oauth2/introspect
uhttps://api.polar.sh/v1/oauth2/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name
5/picture
bhttps://api.polar.sh/v1
Chttps://polar.sh/settings",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::DynamicRegistration],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nprosanteconnect
NPro Santé Connect
penvironment choice production
cenvironment production=esw
cenvironment sandbox=bas.psc
ihttps://auth.{environment}.esante.gouv.fr/auth/realms/esante-wallet
d{issuer}/.well-known/wallet-openid-configuration
ahttps://wallet.{environment}.esante.gouv.fr/auth
t{issuer}/protocol/openid-connect/token
u{issuer}/protocol/openid-connect/userinfo
sopenid
sscope_all
Aacr_values=eidas1
1/sub",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::TlsClientAuth],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "nqq
NQQ
ahttps://graph.qq.com/oauth2.0/authorize
thttps://graph.qq.com/oauth2.0/token
sget_user_info
Tfmt=json
Tneed_openid=1
Uhttps://graph.qq.com/user/get_user_info?oauth_consumer_key={client_id}&openid={token:/openid}
yquery access_token
1token:/openid
4/nickname
5/figureurl_qq_2
Chttps://connect.qq.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorIn200, Quirk::TokenTypeMissing, Quirk::ExpiresInString],
        scope_separator: ',',
        token_request_body: RequestBody::Query,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_776_000,
        ..DEFAULT
    },
    Entry {
        lines: "nrailway
NRailway
ihttps://backboard.railway.com
a{issuer}/oauth/auth
t{issuer}/oauth/token
u{issuer}/oauth/me
sopenid
semail
sprofile
memail
ooffline_access
Oprompt=consent
1/sub
2/email
4/name
5/picture
bhttps://backboard.railway.com/graphql/v2",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nreddit
NReddit
ahttps://www.reddit.com/api/v1/authorize
thttps://www.reddit.com/api/v1/access_token
vhttps://www.reddit.com/api/v1/revoke_token
sidentity
Oduration=permanent
Uhttps://oauth.reddit.com/api/v1/me
1/id
4/name
5/icon_img
bhttps://oauth.reddit.com
Chttps://www.reddit.com/prefs/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeRequired, Quirk::BasicForPublic, Quirk::UserAgentNeeded, Quirk::ErrorIn200],
        rotates: Some(false),
        access_token_lifetime_seconds: 86_400,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
    Entry {
        lines: "nroblox
NRoblox
ihttps://apis.roblox.com/oauth/
ahttps://apis.roblox.com/oauth/v1/authorize
thttps://apis.roblox.com/oauth/v1/token
vhttps://apis.roblox.com/oauth/v1/token/revoke
xhttps://apis.roblox.com/oauth/v1/token/introspect
uhttps://apis.roblox.com/oauth/v1/userinfo
sopenid
sprofile
1/sub
4/nickname
4/preferred_username
5/picture
bhttps://apis.roblox.com
Chttps://create.roblox.com/dashboard/credentials",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 900,
        ..DEFAULT
    },
    Entry {
        lines: "nsalesforce
NSalesforce
lsfdc
phost host login.salesforce.com
ihttps://{host}
a{issuer}/services/oauth2/authorize
t{issuer}/services/oauth2/token
v{issuer}/services/oauth2/revoke
x{issuer}/services/oauth2/introspect
u{issuer}/services/oauth2/userinfo
sopenid
sprofile
semail
memail
orefresh_token
1/user_id
2/email
3/email_verified
4/name
5/photos/picture
b{token:/instance_url}",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresInMissing, Quirk::JwtBearer],
        ..DEFAULT
    },
    Entry {
        lines: "nsap-concur
NSAP Concur
pdc choice us
cdc cn=cn
cdc eu=eu
cdc eu2=eu2
cdc integration=integration
cdc us=us
cdc us2=us2
ahttps://{dc}.api.concursolutions.com/oauth2/v0/authorize
thttps://{dc}.api.concursolutions.com/oauth2/v0/token
suser_read
U{token:/geolocation}/profile/identity/v4/me
1/id
b{token:/geolocation}",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nsap-ias
NSAP Cloud Identity Services
ptenant host
ihttps://{tenant}
a{issuer}/oauth2/authorize
t{issuer}/oauth2/token
v{issuer}/oauth2/revoke
x{issuer}/oauth2/introspect
u{issuer}/oauth2/userinfo
e{issuer}/oauth2/logout
sopenid
semail
memail
1/sub
2/email",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt, AuthMethod::TlsClientAuth],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nsap-xsuaa
NSAP BTP XSUAA
lsap-btp
pregion name
psubdomain name
ihttps://{subdomain}.authentication.{region}.hana.ondemand.com/oauth/token
dhttps://{subdomain}.authentication.{region}.hana.ondemand.com/.well-known/openid-configuration
ahttps://{subdomain}.authentication.{region}.hana.ondemand.com/oauth/authorize
t{issuer}
sopenid
Uhttps://{subdomain}.authentication.{region}.hana.ondemand.com/userinfo
1/user_id
2/email
4/given_name + /family_name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::TlsClientAuth],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 43_200,
        ..DEFAULT
    },
    Entry {
        lines: "nsendgrid
NTwilio SendGrid
bhttps://api.sendgrid.com/v3
Chttps://app.sendgrid.com/settings/api_keys",
        kind: Kind::ApiToken,
        grants: &[],
        auth_methods: &[],
        ..DEFAULT
    },
    Entry {
        lines: "nservicenow
NServiceNow
pinstance name
ahttps://{instance}.service-now.com/oauth_auth.do
thttps://{instance}.service-now.com/oauth_token.do
vhttps://{instance}.service-now.com/oauth_revoke_token.do
suseraccount
Uhttps://{instance}.service-now.com/api/now/table/sys_user?sysparm_query=user_name=javascript:gs.getUserName()&sysparm_limit=1
1/result/0/sys_id
2/result/0/email
4/result/0/name
bhttps://{instance}.service-now.com/api/now",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 1_800,
        revocation_method: Method::Get,
        revocation_body: RequestBody::Query,
        revocation_auth: RevocationAuth::None,
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
1gid://shopify/StaffMember/{token:/associated_user/id}
1gid://shopify/Shop/{/shop/id}
2token:/associated_user/email
2/shop/email
3token:/associated_user/email_verified
4/shop/name
bhttps://{shop}.myshopify.com/admin/api/{version}
zheader X-Shopify-Access-Token
Chttps://partners.shopify.com/",
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
        lines: "nsimplelogin
NSimpleLogin
ihttps://app.simplelogin.io
a{issuer}/oauth2/authorize
t{issuer}/oauth2/token
u{issuer}/oauth2/userinfo
sopenid
sprofile
semail
memail
1/sub
1/id
2/email
3/email_verified
4/name
5/avatar_url",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        access_token_lifetime_seconds: 3_600,
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
5/picture
Chttps://api.slack.com/apps",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectHttpsOnly, Quirk::ErrorIn200, Quirk::ExpiresInMissing],
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nslack-bot
NSlack
ahttps://slack.com/oauth/v2/authorize
thttps://slack.com/api/oauth.v2.access
vhttps://slack.com/api/auth.revoke
susers:read
Uhttps://slack.com/api/auth.test
1/team_id + /user_id
4/user
bhttps://slack.com/api
Chttps://api.slack.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RedirectHttpsOnly, Quirk::ErrorIn200, Quirk::TokenTypeOdd, Quirk::ScopeCommaAnswer, Quirk::ExpiresInMissing],
        scope_separator: ',',
        rotates: Some(true),
        profile_method: Method::Post,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: r#"nsnapchat
NSnapchat
ahttps://accounts.snapchat.com/accounts/oauth2/auth
thttps://accounts.snapchat.com/accounts/oauth2/token
vhttps://accounts.snapchat.com/accounts/oauth2/revoke
shttps://auth.snapchat.com/oauth2/api/user.display_name
shttps://auth.snapchat.com/oauth2/api/user.external_id
shttps://auth.snapchat.com/oauth2/api/user.bitmoji.avatar
Uhttps://kit.snapchat.com/v1/me
B{"query":"{me{externalId displayName bitmoji{avatar}}}"}
1/data/me/externalId
4/data/me/displayName
5/data/me/bitmoji/avatar
bhttps://kit.snapchat.com/v1
Chttps://kit.snapchat.com/manage"#,
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        profile_method: Method::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nsnowflake
NSnowflake
paccount host
prole name
ahttps://{account}/oauth/authorize
thttps://{account}/oauth/token-request
ssession:role:{role}
orefresh_token
1token:/username
bhttps://{account}/api/v2
gX-Snowflake-Authorization-Token-Type=OAUTH",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        access_token_lifetime_seconds: 600,
        ..DEFAULT
    },
    Entry {
        lines: "nsoundcloud
NSoundCloud
ahttps://secure.soundcloud.com/authorize
thttps://secure.soundcloud.com/oauth/token
vhttps://secure.soundcloud.com/sign-out
Uhttps://api.soundcloud.com/me
yscheme OAuth
1/urn
1/id
4/username
5/avatar_url
bhttps://api.soundcloud.com
zscheme OAuth
Raccess_token
Chttps://soundcloud.com/you/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Required,
        scope_parameter: ScopeParameter::Absent,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: r#"nsourcehut
NSourceHut
lsrht
pbase base_url https://meta.sr.ht
a{base}/oauth2/authorize
t{base}/oauth2/access-token
x{base}/oauth2/introspect
smeta.sr.ht/PROFILE:RO
U{base}/query
B{"query":"{ me { id canonicalName username email } }"}
1/data/me/id
2/data/me/email
4/data/me/username
b{base}"#,
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        access_token_lifetime_seconds: 31_536_000,
        profile_method: Method::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nsplitwise
NSplitwise
ahttps://secure.splitwise.com/oauth/authorize
thttps://secure.splitwise.com/oauth/token
Uhttps://secure.splitwise.com/api/v3.0/get_current_user
1/user/id
2/user/email
4/user/first_name + /user/last_name
5/user/picture/medium
bhttps://secure.splitwise.com/api/v3.0
Chttps://secure.splitwise.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "nspotify
NSpotify
ahttps://accounts.spotify.com/authorize
thttps://accounts.spotify.com/api/token
suser-read-email
suser-read-private
muser-read-email
Uhttps://api.spotify.com/v1/me
1/id
2/email
4/display_name
5/images/0/url
bhttps://api.spotify.com/v1
Chttps://developer.spotify.com/dashboard",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::LoopbackIpOnly, Quirk::LoopbackAnyPort, Quirk::BasicRaw],
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nsquare
NSquare
penvironment choice production
cenvironment production=
cenvironment sandbox=sandbox
ahttps://connect.squareup{environment}.com/oauth2/authorize
thttps://connect.squareup{environment}.com/oauth2/token
sMERCHANT_PROFILE_READ
Uhttps://connect.squareup{environment}.com/v2/merchants/me
1/merchant/id
1token:/merchant_id
4/merchant/business_name
bhttps://connect.squareup{environment}.com/v2
gSquare-Version=2025-01-23
Chttps://developer.squareup.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::None],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresAtOnly],
        token_request_body: RequestBody::Json,
        access_token_lifetime_seconds: 2_592_000,
        ..DEFAULT
    },
    Entry {
        lines: "nstackexchange
NStack Exchange
lstackoverflow
pkey name
ahttps://stackoverflow.com/oauth
thttps://stackoverflow.com/oauth/access_token/json
Mexpires_in=expires
Uhttps://api.stackexchange.com/2.3/me?site=stackoverflow&key={key}
yquery access_token
1/items/0/account_id
4/items/0/display_name
5/items/0/profile_image
bhttps://api.stackexchange.com/2.3
zquery access_token
Chttps://stackapps.com/apps/oauth/register",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::TokenTypeMissing],
        scope_separator: ',',
        scope_parameter: ScopeParameter::Optional,
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "nsteam
NSteam
ahttps://steamcommunity.com/openid/login
Chttps://steamcommunity.com/dev/apikey",
        kind: Kind::OpenId2,
        grants: &[],
        auth_methods: &[],
        ..DEFAULT
    },
    Entry {
        lines: "nstrava
NStrava
ahttps://www.strava.com/oauth/authorize
thttps://www.strava.com/api/v3/oauth/token
vhttps://www.strava.com/oauth/deauthorize
sread
Uhttps://www.strava.com/api/v3/athlete
1/id
4/firstname + /lastname
5/profile
bhttps://www.strava.com/api/v3
Raccess_token
Chttps://www.strava.com/settings/api",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeInCallback],
        scope_separator: ',',
        access_token_lifetime_seconds: 21_600,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "nstripe
NStripe Connect
ahttps://connect.stripe.com/oauth/authorize
thttps://connect.stripe.com/oauth/token
vhttps://connect.stripe.com/oauth/deauthorize
sread_write
Uhttps://api.stripe.com/v1/accounts/{token:/stripe_user_id}
1token:/stripe_user_id
2/email
4/business_profile/name
bhttps://api.stripe.com/v1
qclient_id={client_id}
qstripe_user_id={token:/stripe_user_id}
Chttps://dashboard.stripe.com/settings/connect",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ClientAuthSpecial, Quirk::ExpiresInMissing],
        rotates: Some(false),
        revocation_auth: RevocationAuth::SecretBearer,
        ..DEFAULT
    },
    Entry {
        lines: "nsurveymonkey
NSurveyMonkey
ahttps://api.surveymonkey.com/oauth/authorize
thttps://api.surveymonkey.com/oauth/token
U{token:/access_url}/v3/users/me
1/id
2/email
4/username
b{token:/access_url}/v3
Chttps://developer.surveymonkey.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_parameter: ScopeParameter::Absent,
        ..DEFAULT
    },
    Entry {
        lines: "nthreads
NThreads
ahttps://threads.net/oauth/authorize
thttps://graph.threads.net/oauth/access_token
rhttps://graph.threads.net/refresh_access_token
Xhttps://graph.threads.net/access_token
sthreads_basic
Uhttps://graph.threads.net/v1.0/me?fields=id,username,name,threads_profile_picture_url
yquery access_token
1/id
4/username
5/threads_profile_picture_url
bhttps://graph.threads.net/v1.0
zquery access_token
Chttps://developers.facebook.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectFragment, Quirk::LongLivedExchange, Quirk::TokenTypeMissing],
        scope_separator: ',',
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "ntidal
NTIDAL
ahttps://login.tidal.com/authorize
thttps://auth.tidal.com/v1/oauth2/token
suser.read
Uhttps://openapi.tidal.com/v2/users/me
1/data/id
bhttps://openapi.tidal.com/v2
Chttps://developer.tidal.com/dashboard",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(false),
        access_token_lifetime_seconds: 86_400,
        ..DEFAULT
    },
    Entry {
        lines: "ntiktok
NTikTok
ahttps://www.tiktok.com/v2/auth/authorize/
thttps://open.tiktokapis.com/v2/oauth/token/
vhttps://open.tiktokapis.com/v2/oauth/revoke/
Iclient_key
suser.info.basic
Uhttps://open.tiktokapis.com/v2/user/info/?fields=open_id,union_id,avatar_url,display_name
1/data/user/open_id
4/data/user/display_name
5/data/user/avatar_url
bhttps://open.tiktokapis.com/v2
Chttps://developers.tiktok.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::PkceChallengeHex, Quirk::ErrorIn200, Quirk::ErrorNonstandard, Quirk::ScopeCommaAnswer],
        scope_separator: ',',
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "ntodoist
NTodoist
ahttps://todoist.com/oauth/authorize
thttps://todoist.com/oauth/access_token
vhttps://api.todoist.com/api/v1/access_tokens
sdata:read
mdata:read
Uhttps://api.todoist.com/api/v1/user
1/id
2/email
4/full_name
5/avatar_big
bhttps://api.todoist.com/api/v1
Raccess_token
Chttps://app.todoist.com/app/settings/integrations/app-management",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        scope_separator: ',',
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Query,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "ntrakt
NTrakt
ahttps://trakt.tv/oauth/authorize
thttps://api.trakt.tv/oauth/token
vhttps://api.trakt.tv/oauth/revoke
Dhttps://api.trakt.tv/oauth/device/code
Ehttps://api.trakt.tv/oauth/device/token
Uhttps://api.trakt.tv/users/me?extended=full
htrakt-api-key={client_id}
htrakt-api-version=2
1/ids/uuid
4/name
4/username
5/images/avatar/full
bhttps://api.trakt.tv
gtrakt-api-key={client_id}
gtrakt-api-version=2
Chttps://trakt.tv/oauth/applications",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::UserAgentNeeded, Quirk::DeviceNonstandard, Quirk::RefreshNeedsRedirectUri],
        scope_parameter: ScopeParameter::Absent,
        token_request_body: RequestBody::Json,
        rotates: Some(true),
        access_token_lifetime_seconds: 86_400,
        revocation_body: RequestBody::Json,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "ntumblr
NTumblr
ahttps://www.tumblr.com/oauth2/authorize
thttps://api.tumblr.com/v2/oauth2/token
sbasic
ooffline_access
Uhttps://api.tumblr.com/v2/user/info
1/response/user/name
4/response/user/name
bhttps://api.tumblr.com/v2
Chttps://www.tumblr.com/oauth/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::UserAgentNeeded, Quirk::IdTokenInvalid, Quirk::IdUsername],
        rotates: Some(true),
        access_token_lifetime_seconds: 2_520,
        ..DEFAULT
    },
    Entry {
        lines: r#"ntwitch
NTwitch
ihttps://id.twitch.tv/oauth2
a{issuer}/authorize
t{issuer}/token
v{issuer}/revoke
D{issuer}/device
u{issuer}/userinfo
sopenid
suser:read:email
muser:read:email
Aclaims={"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null},"userinfo":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}
1/sub
2/email
3/email_verified
4/preferred_username
5/picture
bhttps://api.twitch.tv/helix
gClient-Id={client_id}
qclient_id={client_id}
Chttps://dev.twitch.tv/console/apps"#,
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorNonstandard, Quirk::ScopeArray],
        access_token_lifetime_seconds: 14_400,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "ntypeform
NTypeform
pregion choice us
cregion eu=eu
cregion us=com
ahttps://api.typeform.{region}/oauth/authorize
thttps://api.typeform.{region}/oauth/token
saccounts:read
ooffline
Uhttps://api.typeform.{region}/me
1/user_id
2/email
4/alias
bhttps://api.typeform.{region}
Chttps://admin.typeform.com/user/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        rotates: Some(true),
        access_token_lifetime_seconds: 604_800,
        ..DEFAULT
    },
    Entry {
        lines: "nuber
NUber
ahttps://auth.uber.com/oauth/v2/authorize
thttps://auth.uber.com/oauth/v2/token
vhttps://auth.uber.com/oauth/v2/revoke
sprofile
mprofile
ooffline_access
Uhttps://api.uber.com/v1.2/me
1/uuid
2/email
4/first_name + /last_name
5/picture
bhttps://api.uber.com/v1.2
Chttps://developer.uber.com/dashboard",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 2_592_000,
        ..DEFAULT
    },
    Entry {
        lines: "nunited-effects
NUnited Effects Auth
pgroup_id name
ihttps://auth.unitedeffects.com/{group_id}
a{issuer}/auth
t{issuer}/token
u{issuer}/me
sopenid
semail
sprofile
memail
Aresource={issuer}
1/sub
2/email",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "nvercel
NVercel
ihttps://vercel.com
a{issuer}/oauth/authorize
thttps://api.vercel.com/login/oauth/token
vhttps://api.vercel.com/login/oauth/token/revoke
xhttps://api.vercel.com/login/oauth/token/introspect
Dhttps://api.vercel.com/login/oauth/device-authorization
uhttps://api.vercel.com/login/oauth/userinfo
sopenid
semail
sprofile
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name
5/picture
bhttps://api.vercel.com
Chttps://vercel.com/dashboard",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Required,
        quirks: &[Quirk::DynamicRegistration],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nvimeo
NVimeo
ahttps://api.vimeo.com/oauth/authorize
thttps://api.vimeo.com/oauth/access_token
khttps://api.vimeo.com/oauth/authorize/client
vhttps://api.vimeo.com/tokens
Dhttps://api.vimeo.com/oauth/device
spublic
memail
Uhttps://api.vimeo.com/me
hAccept=application/vnd.vimeo.*+json;version=3.4
1/uri
2/email
4/name
5/pictures/base_link
bhttps://api.vimeo.com
gAccept=application/vnd.vimeo.*+json;version=3.4
Chttps://developer.vimeo.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ExpiresInMissing],
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nvipps
NVipps MobilePay
penvironment choice production
cenvironment production=api
cenvironment test=apitest
ihttps://{environment}.vipps.no/access-management-1.0/access/
a{issuer}oauth2/auth
t{issuer}oauth2/token
uhttps://{environment}.vipps.no/vipps-userinfo-api/userinfo/
sopenid
sname
semail
memail
1/sub
2/email
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        ..DEFAULT
    },
    Entry {
        lines: "nvk
NVK ID
lvkontakte
ahttps://id.vk.com/authorize
thttps://id.vk.com/oauth2/auth
vhttps://id.vk.com/oauth2/revoke
svkid.personal_info
semail
memail
Kdevice_id
Fdevice_id
Uhttps://id.vk.com/oauth2/user_info
Bclient_id={client_id}
ybody access_token
1/user/user_id
2/user/email
4/user/first_name + /user/last_name
5/user/avatar
bhttps://api.vk.com/method
Raccess_token
qclient_id={client_id}
Chttps://id.vk.com/about/business/go",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        profile_method: Method::Post,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "nwakatime
NWakaTime
ahttps://wakatime.com/oauth/authorize
thttps://wakatime.com/oauth/token
vhttps://wakatime.com/oauth/revoke
semail
memail
Uhttps://wakatime.com/api/v1/users/current
1/data/id
2/data/email
4/data/display_name
5/data/photo
bhttps://wakatime.com/api/v1
Chttps://wakatime.com/apps",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_separator: ',',
        rotates: Some(true),
        access_token_lifetime_seconds: 31_536_000,
        ..DEFAULT
    },
    Entry {
        lines: "nwebex
NWebex
ihttps://idbroker.webex.com/idb
dhttps://webexapis.com/v1/.well-known/openid-configuration
ahttps://webexapis.com/v1/authorize
thttps://webexapis.com/v1/access_token
Dhttps://webexapis.com/v1/device/authorize
Ehttps://webexapis.com/v1/device/token
uhttps://webexapis.com/v1/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
4/name
5/picture
bhttps://webexapis.com/v1
Chttps://developer.webex.com/my-apps",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::DeviceNonstandard, Quirk::IssuerUnstable],
        rotates: Some(false),
        access_token_lifetime_seconds: 1_209_600,
        ..DEFAULT
    },
    Entry {
        lines: "nwebflow
NWebflow
ahttps://webflow.com/oauth/authorize
thttps://api.webflow.com/oauth/access_token
vhttps://webflow.com/oauth/revoke_authorization
sauthorized_user:read
mauthorized_user:read
Uhttps://api.webflow.com/v2/token/authorized_by
1/id
2/email
4/firstName + /lastName
bhttps://api.webflow.com/v2
Raccess_token",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ExpiresInMissing],
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nwechat
NWeChat
lweixin
ahttps://open.weixin.qq.com/connect/qrconnect
thttps://api.weixin.qq.com/sns/oauth2/access_token
rhttps://api.weixin.qq.com/sns/oauth2/refresh_token
Iappid
Ssecret
ssnsapi_login
Uhttps://api.weixin.qq.com/sns/userinfo?openid={token:/openid}&lang=zh_CN
yquery access_token
1/unionid
1/openid
4/nickname
5/headimgurl
Chttps://open.weixin.qq.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RedirectFragment, Quirk::TokenNoRedirectUri, Quirk::ErrorIn200, Quirk::TokenTypeMissing],
        scope_separator: ',',
        token_request_body: RequestBody::Query,
        rotates: Some(false),
        access_token_lifetime_seconds: 7_200,
        ..DEFAULT
    },
    Entry {
        lines: "nweibo
NWeibo
ahttps://api.weibo.com/oauth2/authorize
thttps://api.weibo.com/oauth2/access_token
vhttps://api.weibo.com/oauth2/revokeoauth2
Uhttps://api.weibo.com/2/users/show.json?uid={token:/uid}
yquery access_token
1/idstr
4/screen_name
5/avatar_large
bhttps://api.weibo.com/2
zquery access_token
Raccess_token
Chttps://open.weibo.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::TokenTypeMissing],
        scope_separator: ',',
        scope_parameter: ScopeParameter::Optional,
        access_token_lifetime_seconds: 157_679_999,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "nwhoop
NWHOOP
ahttps://api.prod.whoop.com/oauth/oauth2/auth
thttps://api.prod.whoop.com/oauth/oauth2/token
vhttps://api.prod.whoop.com/developer/v2/user/access
sread:profile
mread:profile
ooffline
Uhttps://api.prod.whoop.com/developer/v2/user/profile/basic
1/user_id
2/email
4/first_name + /last_name
bhttps://api.prod.whoop.com/developer
Chttps://developer-dashboard.whoop.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::RefreshNeedsScope],
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nwikimedia
NWikimedia
lwikipedia
pbase base_url https://meta.wikimedia.org/w/rest.php
a{base}/oauth2/authorize
t{base}/oauth2/access_token
U{base}/oauth2/resource/profile
1/sub
2/email
3/confirmed_email
4/realname
4/username
b{base}
Chttps://meta.wikimedia.org/wiki/Special:OAuthConsumerRegistration/propose",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::UserAgentNeeded, Quirk::ContentTypeOdd],
        scope_parameter: ScopeParameter::Optional,
        rotates: Some(true),
        access_token_lifetime_seconds: 14_400,
        ..DEFAULT
    },
    Entry {
        lines: "nwithings
NWithings
ahttps://account.withings.com/oauth2_user/authorize2
thttps://wbsapi.withings.net/v2/oauth2
suser.info
Taction=requesttoken
w/body
1token:/userid
bhttps://wbsapi.withings.net
Chttps://developer.withings.com/dashboard/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ErrorIn200, Quirk::ErrorNonstandard],
        scope_separator: ',',
        rotates: Some(true),
        reuse_grace_seconds: 28_800,
        access_token_lifetime_seconds: 10_800,
        ..DEFAULT
    },
    Entry {
        lines: "nwordpress
NWordPress.com
ahttps://public-api.wordpress.com/oauth2/authorize
thttps://public-api.wordpress.com/oauth2/token
sauth
mauth
Uhttps://public-api.wordpress.com/rest/v1/me
1/ID
2/email
3/email_verified
4/display_name
5/avatar_URL
bhttps://public-api.wordpress.com/rest/v1.1
Chttps://developer.wordpress.com/apps/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Unsupported,
        quirks: &[Quirk::ScopeDefaultWide, Quirk::ExpiresInMissing],
        ..DEFAULT
    },
    Entry {
        lines: "nworkos
NWorkOS
pprovider name authkit
ahttps://api.workos.com/sso/authorize
thttps://api.workos.com/sso/token
Aprovider={provider}
Uhttps://api.workos.com/sso/profile
1/id
2/email
4/first_name + /last_name
5/raw_attributes/picture
bhttps://api.workos.com
Chttps://dashboard.workos.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        scope_parameter: ScopeParameter::Absent,
        access_token_lifetime_seconds: 600,
        ..DEFAULT
    },
    Entry {
        lines: "nworld-id
NWorld ID
ihttps://id.worldcoin.org
a{issuer}/authorize
t{issuer}/token
u{issuer}/userinfo
sopenid
1/sub",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::TokenNoRedirectUri, Quirk::NonceMissing],
        ..DEFAULT
    },
    Entry {
        lines: "nx
NX (Twitter)
ltwitter
ahttps://x.com/i/oauth2/authorize
thttps://api.x.com/2/oauth2/token
vhttps://api.x.com/2/oauth2/revoke
susers.read
stweet.read
musers.email
ooffline.access
Uhttps://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email
1/data/id
2/data/confirmed_email
4/data/name
5/data/profile_image_url
bhttps://api.x.com/2
Chttps://developer.x.com/en/portal/dashboard",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::None],
        pkce: Pkce::Required,
        rotates: Some(true),
        access_token_lifetime_seconds: 7_200,
        email_always_verified: true,
        ..DEFAULT
    },
    Entry {
        lines: "nxero
NXero
ihttps://identity.xero.com
ahttps://login.xero.com/identity/connect/authorize
t{issuer}/connect/token
v{issuer}/connect/revocation
u{issuer}/connect/userinfo
sopenid
sprofile
semail
memail
ooffline_access
1id_token:/xero_userid
1id_token:/sub
2id_token:/email
4id_token:/name
bhttps://api.xero.com
Chttps://developer.xero.com/app/manage",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        reuse_grace_seconds: 1_800,
        access_token_lifetime_seconds: 1_800,
        ..DEFAULT
    },
    Entry {
        lines: "nyahoo
NYahoo
ihttps://api.login.yahoo.com
a{issuer}/oauth2/request_auth
t{issuer}/oauth2/get_token
v{issuer}/oauth2/revoke
u{issuer}/openid/v1/userinfo
sopenid
sprofile
semail
memail
1/sub
2/email
3/email_verified
4/name
5/picture
Chttps://developer.yahoo.com/apps/",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RedirectHttpsOnly],
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        ..DEFAULT
    },
    Entry {
        lines: "nyandex
NYandex ID
ahttps://oauth.yandex.ru/authorize
thttps://oauth.yandex.ru/token
vhttps://oauth.yandex.ru/revoke_token
Dhttps://oauth.yandex.ru/device/code
slogin:info
slogin:email
slogin:avatar
mlogin:email
Uhttps://login.yandex.ru/info?format=json
yscheme OAuth
1/id
2/default_email
4/display_name
4/real_name
5https://avatars.yandex.net/get-yapic/{/default_avatar_id}/islands-200
Raccess_token
Chttps://oauth.yandex.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 31_536_000,
        revocation_auth: RevocationAuth::Post,
        ..DEFAULT
    },
    Entry {
        lines: "nzendesk
NZendesk
psubdomain name
ahttps://{subdomain}.zendesk.com/oauth/authorizations/new
thttps://{subdomain}.zendesk.com/oauth/tokens
vhttps://{subdomain}.zendesk.com/api/v2/oauth/tokens/current.json
sread
Uhttps://{subdomain}.zendesk.com/api/v2/users/me.json
1/user/id
2/user/email
4/user/name
5/user/photo/content_url
bhttps://{subdomain}.zendesk.com/api/v2",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        token_request_body: RequestBody::Json,
        rotates: Some(true),
        access_token_lifetime_seconds: 1_800,
        revocation_method: Method::Delete,
        revocation_body: RequestBody::Empty,
        revocation_auth: RevocationAuth::Token,
        ..DEFAULT
    },
    Entry {
        lines: "nzitadel
NZITADEL
pinstance host
ihttps://{instance}
a{issuer}/oauth/v2/authorize
t{issuer}/oauth/v2/token
v{issuer}/oauth/v2/revoke
x{issuer}/oauth/v2/introspect
D{issuer}/oauth/v2/device_authorization
u{issuer}/oidc/v1/userinfo
e{issuer}/oidc/v1/end_session
sopenid
sprofile
semail
memail
ooffline_access
1/sub
2/email
3/email_verified
4/name",
        kind: Kind::Oidc,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None, AuthMethod::PrivateKeyJwt],
        pkce: Pkce::Supported,
        rotates: Some(true),
        access_token_lifetime_seconds: 43_200,
        ..DEFAULT
    },
    Entry {
        lines: "nzoho
NZoho
pregion choice us
cregion au=zoho.com.au
cregion ca=zohocloud.ca
cregion cn=zoho.com.cn
cregion eu=zoho.eu
cregion in=zoho.in
cregion jp=zoho.jp
cregion sa=zoho.sa
cregion us=zoho.com
ahttps://accounts.{region}/oauth/v2/auth
thttps://accounts.{region}/oauth/v2/token
vhttps://accounts.{region}/oauth/v2/token/revoke
sAaaServer.profile.READ
mAaaServer.profile.READ
Oaccess_type=offline
Oprompt=consent
Klocation
Kaccounts-server
Uhttps://accounts.{region}/oauth/user/info
yscheme Zoho-oauthtoken
1/ZUID
2/Email
4/Display_Name
b{token:/api_domain}
zscheme Zoho-oauthtoken
Chttps://api-console.zoho.com/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::ClientCredentials],
        auth_methods: &[AuthMethod::ClientSecretPost],
        pkce: Pkce::Supported,
        quirks: &[Quirk::ErrorIn200, Quirk::RevokeRefreshOnly],
        scope_separator: ',',
        rotates: Some(false),
        access_token_lifetime_seconds: 3_600,
        revocation_auth: RevocationAuth::None,
        ..DEFAULT
    },
    Entry {
        lines: "nzoom
NZoom
ahttps://zoom.us/oauth/authorize
thttps://zoom.us/oauth/token
vhttps://zoom.us/oauth/revoke
Dhttps://zoom.us/oauth/devicecode
suser:read:user
Uhttps://api.zoom.us/v2/users/me
1/id
2/email
3/verified
4/display_name
5/pic_url
bhttps://api.zoom.us/v2
Chttps://marketplace.zoom.us/",
        kind: Kind::OAuth2,
        grants: &[Grant::AuthorizationCode, Grant::RefreshToken, Grant::DeviceCode],
        auth_methods: &[AuthMethod::ClientSecretBasic],
        pkce: Pkce::Supported,
        quirks: &[Quirk::RevokeAccessOnly],
        scope_parameter: ScopeParameter::Optional,
        rotates: Some(true),
        access_token_lifetime_seconds: 3_600,
        revocation_auth: RevocationAuth::Basic,
        ..DEFAULT
    },
];
