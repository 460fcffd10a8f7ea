//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! `GRANTKIT_UPDATE=1 cargo test -p grantkit-integration-tests --test catalogue` writes it.
#![allow(clippy::doc_markdown, reason = "names of services are no code")]

use std::collections::BTreeMap;

use grantkit::SecretString;
use grantkit::provider::ConfigKey;

use super::service;

/// A line for each key, however long.
#[rustfmt::skip]
mod keys {
    use super::{BTreeMap, ConfigKey, SecretString};

    pub(super) const ACCOUNT: ConfigKey = ConfigKey::new::<String>("account", "A part of the service's addresses.");
    pub(super) const ACCOUNT_ID: ConfigKey = ConfigKey::new::<String>("account_id", "A part of the service's addresses.");
    pub(super) const API: ConfigKey = ConfigKey::new::<String>("api", "A part of the service's addresses.");
    pub(super) const APPLICATION_KEY: ConfigKey = ConfigKey::new::<String>("application_key", "A part of the service's addresses.");
    pub(super) const AUDIENCE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("audience", "The API that a token for the program itself is for.");
    pub(super) const BASE: ConfigKey = ConfigKey::new::<String>("base", "A part of the service's addresses.");
    pub(super) const BASE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("base", "A part of the service's addresses.");
    pub(super) const CLIENT_CERTIFICATE_FILE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("client_certificate_file", "The path of a file with that.");
    pub(super) const CLIENT_CERTIFICATE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<SecretString>>("client_certificate", "A certificate with its private key, in PEM: assertions name it (`x5t#S256`).");
    pub(super) const CLIENT_ID: ConfigKey = ConfigKey::new::<String>("client_id", "The client's ID.");
    pub(super) const CLIENT_ID_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("client_id", "The client's ID.");
    pub(super) const CLIENT_SECRET: ConfigKey = ConfigKey::new::<SecretString>("client_secret", "The client's secret.");
    pub(super) const CLIENT_SECRET_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<SecretString>>("client_secret", "The client's secret.");
    pub(super) const CLIENT_SECRET_OR_ANOTHER: ConfigKey = ConfigKey::new::<SecretString>("client_secret", "The client's secret.").unless(&["private_key", "private_key_file"]);
    pub(super) const CLIENT_SECRET_OR_ONE_OF_4: ConfigKey = ConfigKey::new::<SecretString>("client_secret", "The client's secret.").unless(&["private_key", "private_key_file", "client_certificate", "client_certificate_file"]);
    pub(super) const CLOUD_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("cloud", "A part of the service's addresses.");
    pub(super) const DC_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("dc", "A part of the service's addresses.");
    pub(super) const DECRYPTION_KEY_FILE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("decryption_key_file", "The path of a file with that.");
    pub(super) const DECRYPTION_KEY_OR_ANOTHER: ConfigKey = ConfigKey::new::<SecretString>("decryption_key", "The private RSA key that answers are encrypted to, in PEM; the one before it behind it, while keys change.").unless(&["decryption_key_file", "client_secret"]);
    pub(super) const DOMAIN: ConfigKey = ConfigKey::new::<String>("domain", "A part of the service's addresses.");
    pub(super) const DPOP_KEY_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<SecretString>>("dpop_key", "The private key that tokens are bound to, in PEM; without it, one of the process.");
    pub(super) const ENVIRONMENT_ID: ConfigKey = ConfigKey::new::<String>("environment_id", "A part of the service's addresses.");
    pub(super) const ENVIRONMENT_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("environment", "A part of the service's addresses.");
    pub(super) const FRONTEND_API: ConfigKey = ConfigKey::new::<String>("frontend_api", "A part of the service's addresses.");
    pub(super) const GROUP_ID: ConfigKey = ConfigKey::new::<String>("group_id", "A part of the service's addresses.");
    pub(super) const HOST: ConfigKey = ConfigKey::new::<String>("host", "A part of the service's addresses.");
    pub(super) const HOST_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("host", "A part of the service's addresses.");
    pub(super) const INSTANCE: ConfigKey = ConfigKey::new::<String>("instance", "A part of the service's addresses.");
    pub(super) const ISSUER_URL: ConfigKey = ConfigKey::new::<String>("issuer_url", "A part of the service's addresses.");
    pub(super) const KEY: ConfigKey = ConfigKey::new::<String>("key", "A part of the service's addresses.");
    pub(super) const OFFLINE_ACCESS: ConfigKey = ConfigKey::new::<Option<bool>>("offline_access", "Whether logins ask for a refresh token; they do unless told otherwise.");
    pub(super) const ORG: ConfigKey = ConfigKey::new::<String>("org", "A part of the service's addresses.");
    pub(super) const PDS_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("pds", "A part of the service's addresses.");
    pub(super) const POLICY: ConfigKey = ConfigKey::new::<String>("policy", "A part of the service's addresses.");
    pub(super) const PRIVATE_KEY_FILE_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("private_key_file", "The path of the private key, in PEM.");
    pub(super) const PRIVATE_KEY_ID: ConfigKey = ConfigKey::new::<String>("private_key_id", "The ID of the private key.");
    pub(super) const PRIVATE_KEY_ID_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("private_key_id", "The ID of the private key (`kid`).");
    pub(super) const PRIVATE_KEY_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<SecretString>>("private_key", "The client's private key, in PEM.");
    pub(super) const PRIVATE_KEY_OR_ANOTHER: ConfigKey = ConfigKey::new::<SecretString>("private_key", "The client's private key, in PEM.").unless(&["private_key_file"]);
    pub(super) const PRODUCT: ConfigKey = ConfigKey::new::<String>("product", "A part of the service's addresses.");
    pub(super) const PROJECT_ID: ConfigKey = ConfigKey::new::<String>("project_id", "A part of the service's addresses.");
    pub(super) const PROVIDER_BASE_URL_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("provider_base_url", "In place of the scheme and host of every address of the service.");
    pub(super) const PROVIDER_HOSTS: ConfigKey = ConfigKey::new::<BTreeMap<String, String>>("provider_hosts", "Base URLs in place of hosts of the service, by host.");
    pub(super) const PROVIDER_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("provider", "A part of the service's addresses.");
    pub(super) const REALM: ConfigKey = ConfigKey::new::<String>("realm", "A part of the service's addresses.");
    pub(super) const REDIRECT_URI: ConfigKey = ConfigKey::new::<String>("redirect_uri", "The redirect URI of the logins, which each refresh repeats.");
    pub(super) const REDIRECT_URI_NAME: ConfigKey = ConfigKey::new::<String>("redirect_uri_name", "The name that the service has given to the redirect URI, and wants in its place.");
    pub(super) const REGION: ConfigKey = ConfigKey::new::<String>("region", "A part of the service's addresses.");
    pub(super) const REGION_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("region", "A part of the service's addresses.");
    pub(super) const REVISION_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("revision", "A part of the service's addresses.");
    pub(super) const ROLE: ConfigKey = ConfigKey::new::<String>("role", "A part of the service's addresses.");
    pub(super) const SCOPES: ConfigKey = ConfigKey::new::<Vec<String>>("scopes", "What is asked for, in place of what is usual.");
    pub(super) const SERVER_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("server", "A part of the service's addresses.");
    pub(super) const SERVICE_CODE: ConfigKey = ConfigKey::new::<String>("service_code", "A part of the service's addresses.");
    pub(super) const SHOP: ConfigKey = ConfigKey::new::<String>("shop", "A part of the service's addresses.");
    pub(super) const SLUG: ConfigKey = ConfigKey::new::<String>("slug", "A part of the service's addresses.");
    pub(super) const SUBDOMAIN: ConfigKey = ConfigKey::new::<String>("subdomain", "A part of the service's addresses.");
    pub(super) const TEAM_ID: ConfigKey = ConfigKey::new::<String>("team_id", "The team that the key is of.");
    pub(super) const TENANT: ConfigKey = ConfigKey::new::<String>("tenant", "A part of the service's addresses.");
    pub(super) const TENANT_ID: ConfigKey = ConfigKey::new::<String>("tenant_id", "A part of the service's addresses.");
    pub(super) const TENANT_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("tenant", "A part of the service's addresses.");
    pub(super) const TLD_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("tld", "A part of the service's addresses.");
    pub(super) const TOKEN: ConfigKey = ConfigKey::new::<SecretString>("token", "The token, from the service's settings.");
    pub(super) const TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("token_endpoint_auth_method", "How the client authenticates.");
    pub(super) const USER_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("user", "The user whose token the program itself gets, by an assertion of its private key (RFC 7523 §2.1).");
    pub(super) const USER_POOL_ID: ConfigKey = ConfigKey::new::<String>("user_pool_id", "A part of the service's addresses.");
    pub(super) const VERSION_IF_GIVEN: ConfigKey = ConfigKey::new::<Option<String>>("version", "A part of the service's addresses.");
}

service! {
    /// 42 School: login.
    ///
    /// Provider `42`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    School42 = "42" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Active Directory Federation Services: self-hosted IdP.
    ///
    /// Provider `adfs`. Keys: `host` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Adfs = "adfs" offers [Credentials, Login, DeviceLogin, Identity] with [
        HOST, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Adobe: Adobe APIs, login.
    ///
    /// Provider `adobe`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Adobe = "adobe" offers [Credentials, Login, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Airtable: bases API.
    ///
    /// Provider `airtable`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Airtable = "airtable" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Login with Amazon: login, Amazon APIs.
    ///
    /// Provider `amazon`. Keys: `region`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Amazon = "amazon" offers [Credentials, Login, DeviceLogin, Identity] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Sign in with Apple: login.
    ///
    /// Provider `apple`. Keys: `client_id` (required), `team_id` (required), `private_key_id` (required), `private_key` (required, or `private_key_file`), `private_key_file`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Apple = "apple" offers [Login, Identity, Revocation] with [
        CLIENT_ID, TEAM_ID, PRIVATE_KEY_ID, PRIVATE_KEY_OR_ANOTHER, PRIVATE_KEY_FILE_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Asana: tasks API, login.
    ///
    /// Provider `asana`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Asana = "asana" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Asgardeo: customer login.
    ///
    /// Provider `asgardeo`. Keys: `org` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Asgardeo = "asgardeo" offers [Credentials, Login, Identity, Revocation] with [
        ORG, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Atlassian: Cloud APIs, login.
    ///
    /// Provider `atlassian`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Atlassian = "atlassian" offers [Login, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Authelia: self-hosted IdP.
    ///
    /// Provider `authelia`. Keys: `host` (required), `client_id` (required), `client_secret`, `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Authelia = "authelia" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        HOST, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// authentik: self-hosted IdP.
    ///
    /// Provider `authentik`. Keys: `base` (required), `slug` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Authentik = "authentik" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        BASE, SLUG, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Autodesk Platform Services: design APIs, login.
    ///
    /// Provider `autodesk`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Autodesk = "autodesk" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Azure AD B2C: customer login.
    ///
    /// Provider `azure-b2c`. Keys: `policy` (required), `tenant` (required), `tenant_id` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    AzureB2c = "azure-b2c" offers [Credentials, Login, Identity] with [
        POLICY, TENANT, TENANT_ID, CLIENT_ID, CLIENT_SECRET, SCOPES,
        OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// BankID (Norway): bank identity.
    ///
    /// Provider `bankid-no`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    BankIdNo = "bankid-no" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Basecamp: project API, login.
    ///
    /// Provider `basecamp`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Basecamp = "basecamp" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Battle.net: login, game APIs.
    ///
    /// Provider `battlenet`. Keys: `region`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    BattleNet = "battlenet" offers [Credentials, Login, Identity] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// BigCommerce: shop apps.
    ///
    /// Provider `bigcommerce`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    BigCommerce = "bigcommerce" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Bitbucket Cloud: repositories API, login.
    ///
    /// Provider `bitbucket`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Bitbucket = "bitbucket" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Bitly: links API.
    ///
    /// Provider `bitly`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Bitly = "bitly" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Bluesky (AT Protocol): login, API; any PDS.
    ///
    /// Provider `bluesky`. Keys: `pds`, `client_id` (required), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `dpop_key`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Bluesky = "bluesky" offers [Login, Identity, Revocation, Api] with [
        PDS_IF_GIVEN, CLIENT_ID, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN,
        DPOP_KEY_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Box: files API.
    ///
    /// Provider `box`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    BoxCom = "box" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Ory Polis (BoxyHQ): SAML bridge.
    ///
    /// Provider `boxyhq`. Keys: `base` (required), `product` (required), `tenant` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    BoxyHq = "boxyhq" offers [Login, Identity] with [
        BASE, PRODUCT, TENANT, CLIENT_ID, CLIENT_SECRET, SCOPES,
        OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Bungie.net: Destiny API.
    ///
    /// Provider `bungie`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Bungie = "bungie" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Calendly: scheduling API.
    ///
    /// Provider `calendly`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Calendly = "calendly" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Canva Connect: design API.
    ///
    /// Provider `canva`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Canva = "canva" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Clerk: customer login.
    ///
    /// Provider `clerk`. Keys: `frontend_api` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Clerk = "clerk" offers [Login, Identity, Revocation] with [
        FRONTEND_API, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// ClickUp: tasks API.
    ///
    /// Provider `clickup`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    ClickUp = "clickup" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Amazon Cognito: customer login.
    ///
    /// Provider `cognito`. Keys: `domain` (required), `region` (required), `user_pool_id` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Cognito = "cognito" offers [Credentials, Login, Identity, Revocation] with [
        DOMAIN, REGION, USER_POOL_ID, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN,
        SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Coinbase: wallet API (new clients by approval).
    ///
    /// Provider `coinbase`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Coinbase = "coinbase" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Dailymotion: video API.
    ///
    /// Provider `dailymotion`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Dailymotion = "dailymotion" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Databricks: workspace and account API.
    ///
    /// Provider `databricks`. Keys: `host` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Databricks = "databricks" offers [Credentials, Login, Identity, Api] with [
        HOST, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Deezer: music API (closed to new apps).
    ///
    /// Provider `deezer`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Deezer = "deezer" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Descope: customer login.
    ///
    /// Provider `descope`. Keys: `host`, `project_id` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Descope = "descope" offers [Credentials, Login, Identity, Revocation] with [
        HOST_IF_GIVEN, PROJECT_ID, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// DeviantArt: art API.
    ///
    /// Provider `deviantart`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    DeviantArt = "deviantart" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// DigitalOcean: cloud API.
    ///
    /// Provider `digitalocean`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    DigitalOcean = "digitalocean" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Discord: login, bots, API.
    ///
    /// Provider `discord`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Discord = "discord" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// DocuSign: e-signature API, login.
    ///
    /// Provider `docusign`. Keys: `environment`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    DocuSign = "docusign" offers [Login, Identity, Revocation] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Dribbble: design API.
    ///
    /// Provider `dribbble`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Dribbble = "dribbble" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Dropbox: files API, login.
    ///
    /// Provider `dropbox`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Dropbox = "dropbox" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Duende IdentityServer: self-hosted OAuth server.
    ///
    /// Provider `duende`. Keys: `base` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Duende = "duende" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        BASE, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// eBay: marketplace API.
    ///
    /// Provider `ebay`. Keys: `environment`, `client_id` (required), `client_secret` (required), `redirect_uri_name` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    EBay = "ebay" offers [Credentials, Login, Identity, Revocation, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI_NAME, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Epic Games: login, EOS.
    ///
    /// Provider `epicgames`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    EpicGames = "epicgames" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Etsy: shop API.
    ///
    /// Provider `etsy`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Etsy = "etsy" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Eventbrite: events API.
    ///
    /// Provider `eventbrite`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Eventbrite = "eventbrite" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// EVE Online: login, ESI.
    ///
    /// Provider `eveonline`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    EveOnline = "eveonline" offers [Login, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Facebook: login, Graph API.
    ///
    /// Provider `facebook`. Keys: `version`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Facebook = "facebook" offers [Credentials, Login, DeviceLogin, Identity, Revocation, Api] with [
        VERSION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// FACEIT: gaming login.
    ///
    /// Provider `faceit`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Faceit = "faceit" offers [Credentials, Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Figma: design API.
    ///
    /// Provider `figma`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Figma = "figma" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Fitbit: health API.
    ///
    /// Provider `fitbit`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Fitbit = "fitbit" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Forgejo (Codeberg): login, API.
    ///
    /// Provider `forgejo`. Keys: `base`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Forgejo = "forgejo" offers [Login, Identity, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Foursquare: places login.
    ///
    /// Provider `foursquare`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Foursquare = "foursquare" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// FranceConnect: French state login.
    ///
    /// Provider `franceconnect`. Keys: `base`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    FranceConnect = "franceconnect" offers [Login, Identity] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// FreshBooks: accounting API.
    ///
    /// Provider `freshbooks`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    FreshBooks = "freshbooks" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Frontegg: customer login.
    ///
    /// Provider `frontegg`. Keys: `subdomain` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Frontegg = "frontegg" offers [Login, Identity] with [
        SUBDOMAIN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// FusionAuth: self-hosted or cloud IdP.
    ///
    /// Provider `fusionauth`. Keys: `base` (required), `issuer_url` (required), `tenant_id` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    FusionAuth = "fusionauth" offers [Credentials, Login, DeviceLogin, Identity] with [
        BASE, ISSUER_URL, TENANT_ID, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN,
        SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Garmin Connect: health API (by approval).
    ///
    /// Provider `garmin`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Garmin = "garmin" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Gitea: login, API.
    ///
    /// Provider `gitea`. Keys: `base`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Gitea = "gitea" offers [Login, Identity, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// GitHub: login, API.
    ///
    /// Provider `github`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    GitHub = "github" offers [Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// GitHub Enterprise Server: login, API of a GitHub of your own.
    ///
    /// Provider `github-enterprise`. Keys: `api` (required), `base` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    GitHubEnterprise = "github-enterprise" offers [Login, DeviceLogin, Identity, Api] with [
        API, BASE, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// GitLab: login, API.
    ///
    /// Provider `gitlab`. Keys: `base`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    GitLab = "gitlab" offers [Login, DeviceLogin, Identity, Revocation, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// HighLevel: CRM API.
    ///
    /// Provider `gohighlevel`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    GoHighLevel = "gohighlevel" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Gusto: payroll API.
    ///
    /// Provider `gusto`. Keys: `environment`, `client_id` (required), `client_secret` (required), `redirect_uri` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Gusto = "gusto" offers [Login, Identity, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Harvest: time tracking API.
    ///
    /// Provider `harvest`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Harvest = "harvest" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Heroku: platform API.
    ///
    /// Provider `heroku`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Heroku = "heroku" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Hetzner Cloud: cloud API.
    ///
    /// Provider `hetzner`. Keys: `token` (required), `provider_base_url`, `provider_hosts`.
    Hetzner = "hetzner" offers [Credentials, Api] with [
        TOKEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// HubSpot: CRM API.
    ///
    /// Provider `hubspot`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    HubSpot = "hubspot" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Hugging Face: login, Hub API.
    ///
    /// Provider `huggingface`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    HuggingFace = "huggingface" offers [Login, DeviceLogin, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// IBM Cloud App ID: customer login.
    ///
    /// Provider `ibm-appid`. Keys: `region` (required), `tenant_id` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    IbmAppId = "ibm-appid" offers [Credentials, Login, Identity, Revocation] with [
        REGION, TENANT_ID, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Instagram: posting, messaging; not an identity provider.
    ///
    /// Provider `instagram`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Instagram = "instagram" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Intercom: messaging API.
    ///
    /// Provider `intercom`. Keys: `region`, `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Intercom = "intercom" offers [Login, Identity, Revocation, Api] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Intuit QuickBooks: accounting API, login.
    ///
    /// Provider `intuit`. Keys: `environment`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Intuit = "intuit" offers [Login, Identity, Revocation, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// itsme: Belgian identity.
    ///
    /// Provider `itsme`. Keys: `environment`, `service_code` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `decryption_key` (required, or `decryption_key_file` or `client_secret`), `decryption_key_file`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Itsme = "itsme" offers [Login, Identity] with [
        ENVIRONMENT_IF_GIVEN, SERVICE_CODE, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN,
        PRIVATE_KEY_ID_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, DECRYPTION_KEY_OR_ANOTHER, DECRYPTION_KEY_FILE_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// JumpCloud: workforce login.
    ///
    /// Provider `jumpcloud`. Keys: `region`, `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    JumpCloud = "jumpcloud" offers [Login, Identity] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Kakao: login (Korea).
    ///
    /// Provider `kakao`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Kakao = "kakao" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Keycloak: self-hosted IdP.
    ///
    /// Provider `keycloak`. Keys: `base` (required), `realm` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Keycloak = "keycloak" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        BASE, REALM, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN,
        PRIVATE_KEY_ID_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Kick: streaming login.
    ///
    /// Provider `kick`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Kick = "kick" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Kinde: customer login.
    ///
    /// Provider `kinde`. Keys: `subdomain` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Kinde = "kinde" offers [Credentials, Login, Identity, Revocation] with [
        SUBDOMAIN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Klaviyo: marketing API.
    ///
    /// Provider `klaviyo`. Keys: `revision`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Klaviyo = "klaviyo" offers [Login, Identity, Revocation, Api] with [
        REVISION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Lichess: chess login, API.
    ///
    /// Provider `lichess`. Keys: `client_id` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Lichess = "lichess" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// LINE Login: login (Japan, Thailand, Taiwan).
    ///
    /// Provider `line`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Line = "line" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Linear: issues API.
    ///
    /// Provider `linear`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Linear = "linear" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// LinkedIn: login, posting, marketing APIs.
    ///
    /// Provider `linkedin`. Keys: `version`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    LinkedIn = "linkedin" offers [Credentials, Login, Identity, Revocation, Api] with [
        VERSION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Linode (Akamai Cloud): cloud API.
    ///
    /// Provider `linode`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Linode = "linode" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Logto: self-hosted or cloud IdP.
    ///
    /// Provider `logto`. Keys: `base` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Logto = "logto" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        BASE, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Lyft: rides API (restricted).
    ///
    /// Provider `lyft`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Lyft = "lyft" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Mailchimp: marketing API.
    ///
    /// Provider `mailchimp`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Mailchimp = "mailchimp" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Mail.ru: login (Russia).
    ///
    /// Provider `mailru`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    MailRu = "mailru" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Mastodon: login, API; any instance.
    ///
    /// Provider `mastodon`. Keys: `base`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Mastodon = "mastodon" offers [Credentials, Login, Identity, Revocation, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Mattermost: login, chat API.
    ///
    /// Provider `mattermost`. Keys: `base` (required), `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Mattermost = "mattermost" offers [Login, Identity, Api] with [
        BASE, CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Medium: publishing (closed to new apps).
    ///
    /// Provider `medium`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Medium = "medium" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Meetup: events API.
    ///
    /// Provider `meetup`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Meetup = "meetup" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Microsoft Entra ID: login, Graph, any Entra API.
    ///
    /// Provider `microsoft`. Keys: `cloud`, `tenant`, `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file` or `client_certificate` or `client_certificate_file`), `private_key`, `private_key_file`, `private_key_id`, `client_certificate`, `client_certificate_file`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Microsoft = "microsoft" offers [Credentials, Login, DeviceLogin, Identity, Api] with [
        CLOUD_IF_GIVEN, TENANT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_OR_ONE_OF_4, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN,
        PRIVATE_KEY_ID_IF_GIVEN, CLIENT_CERTIFICATE_IF_GIVEN, CLIENT_CERTIFICATE_FILE_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Microsoft personal accounts: Outlook.com, OneDrive, Xbox.
    ///
    /// Provider `microsoft-personal`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    MicrosoftPersonal = "microsoft-personal" offers [Login, DeviceLogin, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Miro: whiteboard API.
    ///
    /// Provider `miro`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Miro = "miro" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Mixcloud: audio API.
    ///
    /// Provider `mixcloud`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Mixcloud = "mixcloud" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// monday.com: work API.
    ///
    /// Provider `monday`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Monday = "monday" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Naver: login (Korea).
    ///
    /// Provider `naver`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Naver = "naver" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Netlify: hosting API.
    ///
    /// Provider `netlify`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Netlify = "netlify" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// NetSuite: ERP API.
    ///
    /// Provider `netsuite`. Keys: `account_id` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    NetSuite = "netsuite" offers [Credentials, Login, Revocation, Api] with [
        ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Nextcloud: login, files.
    ///
    /// Provider `nextcloud`. Keys: `base` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Nextcloud = "nextcloud" offers [Login, Identity, Api] with [
        BASE, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Notion: workspace API.
    ///
    /// Provider `notion`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Notion = "notion" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Odnoklassniki: login (Russia).
    ///
    /// Provider `ok`. Keys: `application_key` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Odnoklassniki = "ok" offers [Login, Identity] with [
        APPLICATION_KEY, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Okta: workforce and customer login.
    ///
    /// Provider `okta`. Keys: `domain` (required), `server`, `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Okta = "okta" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        DOMAIN, SERVER_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN,
        PRIVATE_KEY_ID_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// OneLogin: workforce login.
    ///
    /// Provider `onelogin`. Keys: `subdomain` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    OneLogin = "onelogin" offers [Login, Identity, Revocation] with [
        SUBDOMAIN, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// OpenRouter: API keys by PKCE.
    ///
    /// Provider `openrouter`. Keys: `client_id`, `offline_access`, `provider_base_url`, `provider_hosts`.
    OpenRouter = "openrouter" offers [Login, Identity, Api] with [
        CLIENT_ID_IF_GIVEN, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// OpenStreetMap: login, editing API.
    ///
    /// Provider `openstreetmap`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    OpenStreetMap = "openstreetmap" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Oracle Identity Domains: workforce login.
    ///
    /// Provider `oracle-idcs`. Keys: `instance` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    OracleIdcs = "oracle-idcs" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        INSTANCE, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// ORCID: researcher identity.
    ///
    /// Provider `orcid`. Keys: `environment`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Orcid = "orcid" offers [Credentials, Login, Identity, Revocation, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Ory Network: OAuth server.
    ///
    /// Provider `ory`. Keys: `base` (required), `client_id` (required), `client_secret`, `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Ory = "ory" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        BASE, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// osu!: login, API.
    ///
    /// Provider `osu`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Osu = "osu" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Oura: health API.
    ///
    /// Provider `oura`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Oura = "oura" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// PagerDuty: incident API, login.
    ///
    /// Provider `pagerduty`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    PagerDuty = "pagerduty" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Patreon: membership login, API.
    ///
    /// Provider `patreon`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Patreon = "patreon" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// PayPal: login, payments.
    ///
    /// Provider `paypal`. Keys: `environment`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    PayPal = "paypal" offers [Credentials, Login, Identity, Revocation, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// PingOne: workforce and customer login.
    ///
    /// Provider `pingone`. Keys: `environment_id` (required), `tld`, `client_id` (required), `client_secret`, `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    PingOne = "pingone" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        ENVIRONMENT_ID, TLD_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN,
        PRIVATE_KEY_ID_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Pinterest: pins, ads.
    ///
    /// Provider `pinterest`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Pinterest = "pinterest" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Pipedrive: CRM API.
    ///
    /// Provider `pipedrive`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Pipedrive = "pipedrive" offers [Login, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Polar AccessLink: training API.
    ///
    /// Provider `polar-accesslink`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    PolarAccessLink = "polar-accesslink" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Polar: merchant platform login.
    ///
    /// Provider `polar-sh`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    PolarSh = "polar-sh" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Pro Santé Connect: French health professionals.
    ///
    /// Provider `prosanteconnect`. Keys: `environment`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    ProSanteConnect = "prosanteconnect" offers [Login, Identity] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// QQ: login (China).
    ///
    /// Provider `qq`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Qq = "qq" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Railway: login, API.
    ///
    /// Provider `railway`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Railway = "railway" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Reddit: API, login without e-mail.
    ///
    /// Provider `reddit`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Reddit = "reddit" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Roblox: login, Open Cloud.
    ///
    /// Provider `roblox`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Roblox = "roblox" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Salesforce: login, CRM API.
    ///
    /// Provider `salesforce`. Keys: `host`, `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `user`, `audience`, `provider_base_url`, `provider_hosts`.
    Salesforce = "salesforce" offers [Credentials, Login, Identity, Revocation] with [
        HOST_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, USER_IF_GIVEN, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// SAP Concur: travel and expense API.
    ///
    /// Provider `sap-concur`. Keys: `dc`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    SapConcur = "sap-concur" offers [Credentials, Login, Identity] with [
        DC_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// SAP Cloud Identity Services: workforce login.
    ///
    /// Provider `sap-ias`. Keys: `tenant` (required), `client_id` (required), `client_secret` (required, or `private_key` or `private_key_file`), `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    SapIas = "sap-ias" offers [Credentials, Login, Identity, Revocation] with [
        TENANT, CLIENT_ID, CLIENT_SECRET_OR_ANOTHER, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// SAP BTP XSUAA: API tokens on SAP BTP.
    ///
    /// Provider `sap-xsuaa`. Keys: `region` (required), `subdomain` (required), `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    SapXsuaa = "sap-xsuaa" offers [Credentials, Login, Identity] with [
        REGION, SUBDOMAIN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Twilio SendGrid: mail API.
    ///
    /// Provider `sendgrid`. Keys: `token` (required), `provider_base_url`, `provider_hosts`.
    SendGrid = "sendgrid" offers [Credentials, Api] with [
        TOKEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// ServiceNow: instance API.
    ///
    /// Provider `servicenow`. Keys: `instance` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    ServiceNow = "servicenow" offers [Credentials, Login, Identity, Revocation, Api] with [
        INSTANCE, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Shopify: shop apps.
    ///
    /// Provider `shopify`. Keys: `shop` (required), `version`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Shopify = "shopify" offers [Credentials, Login, Identity, Revocation, Api] with [
        SHOP, VERSION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// SimpleLogin: login with alias.
    ///
    /// Provider `simplelogin`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    SimpleLogin = "simplelogin" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Sign in with Slack: login.
    ///
    /// Provider `slack`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Slack = "slack" offers [Login, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Slack: workspace apps.
    ///
    /// Provider `slack-bot`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    SlackBot = "slack-bot" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Snapchat: login.
    ///
    /// Provider `snapchat`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Snapchat = "snapchat" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Snowflake: SQL API.
    ///
    /// Provider `snowflake`. Keys: `account` (required), `role` (required), `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Snowflake = "snowflake" offers [Login, Identity, Api] with [
        ACCOUNT, ROLE, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES,
        OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// SoundCloud: audio API.
    ///
    /// Provider `soundcloud`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    SoundCloud = "soundcloud" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// SourceHut: repositories API.
    ///
    /// Provider `sourcehut`. Keys: `base`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    SourceHut = "sourcehut" offers [Login, Identity, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Splitwise: expenses API.
    ///
    /// Provider `splitwise`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Splitwise = "splitwise" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Spotify: music API, login.
    ///
    /// Provider `spotify`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Spotify = "spotify" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Square: seller API.
    ///
    /// Provider `square`. Keys: `environment`, `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Square = "square" offers [Login, Identity, Api] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Stack Exchange: Q&A API.
    ///
    /// Provider `stackexchange`. Keys: `key` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    StackExchange = "stackexchange" offers [Login, Identity, Api] with [
        KEY, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Strava: sports API, login.
    ///
    /// Provider `strava`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Strava = "strava" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Stripe Connect: payments platforms.
    ///
    /// Provider `stripe`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Stripe = "stripe" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// SurveyMonkey: survey API.
    ///
    /// Provider `surveymonkey`. Keys: `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    SurveyMonkey = "surveymonkey" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Threads: posting, login.
    ///
    /// Provider `threads`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Threads = "threads" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// TIDAL: music API.
    ///
    /// Provider `tidal`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Tidal = "tidal" offers [Credentials, Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// TikTok: login, content API.
    ///
    /// Provider `tiktok`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    TikTok = "tiktok" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Todoist: tasks API.
    ///
    /// Provider `todoist`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Todoist = "todoist" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Trakt: film tracking API.
    ///
    /// Provider `trakt`. Keys: `client_id` (required), `client_secret` (required), `redirect_uri` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    Trakt = "trakt" offers [Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Tumblr: blog API.
    ///
    /// Provider `tumblr`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Tumblr = "tumblr" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Twitch: login, streaming API.
    ///
    /// Provider `twitch`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Twitch = "twitch" offers [Credentials, Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Typeform: forms API.
    ///
    /// Provider `typeform`. Keys: `region`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Typeform = "typeform" offers [Login, Identity, Api] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Uber: rides API.
    ///
    /// Provider `uber`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Uber = "uber" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// United Effects Auth: customer login.
    ///
    /// Provider `united-effects`. Keys: `group_id` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    UnitedEffects = "united-effects" offers [Credentials, Login, Identity] with [
        GROUP_ID, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Vercel: login, API.
    ///
    /// Provider `vercel`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Vercel = "vercel" offers [Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Vimeo: video API.
    ///
    /// Provider `vimeo`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Vimeo = "vimeo" offers [Credentials, Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Vipps MobilePay: Nordic payment and login.
    ///
    /// Provider `vipps`. Keys: `environment`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Vipps = "vipps" offers [Login, Identity] with [
        ENVIRONMENT_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// VK ID: login (Russia).
    ///
    /// Provider `vk`. Keys: `client_id` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Vk = "vk" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// WakaTime: coding time API.
    ///
    /// Provider `wakatime`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    WakaTime = "wakatime" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Webex: collaboration API, login.
    ///
    /// Provider `webex`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Webex = "webex" offers [Login, DeviceLogin, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Webflow: site API.
    ///
    /// Provider `webflow`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Webflow = "webflow" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// WeChat: login (China).
    ///
    /// Provider `wechat`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    WeChat = "wechat" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Weibo: login (China).
    ///
    /// Provider `weibo`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Weibo = "weibo" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// WHOOP: health API.
    ///
    /// Provider `whoop`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Whoop = "whoop" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Wikimedia: login, MediaWiki APIs.
    ///
    /// Provider `wikimedia`. Keys: `base`, `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Wikimedia = "wikimedia" offers [Credentials, Login, Identity, Api] with [
        BASE_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS,
        AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Withings: health API.
    ///
    /// Provider `withings`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Withings = "withings" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// WordPress.com: blog API, login.
    ///
    /// Provider `wordpress`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    WordPress = "wordpress" offers [Login, Identity, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// WorkOS: enterprise login broker.
    ///
    /// Provider `workos`. Keys: `provider`, `client_id` (required), `client_secret` (required), `offline_access`, `provider_base_url`, `provider_hosts`.
    WorkOS = "workos" offers [Login, Identity, Api] with [
        PROVIDER_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// World ID: proof of personhood.
    ///
    /// Provider `world-id`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    WorldId = "world-id" offers [Login, Identity] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// X (Twitter): API v2, login.
    ///
    /// Provider `x`. Keys: `client_id` (required), `client_secret`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    X = "x" offers [Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET_IF_GIVEN, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Xero: accounting API, login.
    ///
    /// Provider `xero`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Xero = "xero" offers [Credentials, Login, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Yahoo: login.
    ///
    /// Provider `yahoo`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Yahoo = "yahoo" offers [Login, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Yandex ID: login.
    ///
    /// Provider `yandex`. Keys: `client_id` (required), `client_secret` (required), `token_endpoint_auth_method`, `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Yandex = "yandex" offers [Login, DeviceLogin, Identity, Revocation] with [
        CLIENT_ID, CLIENT_SECRET, TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN,
        PROVIDER_HOSTS,
    ]
}

service! {
    /// Zendesk: support API.
    ///
    /// Provider `zendesk`. Keys: `subdomain` (required), `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Zendesk = "zendesk" offers [Credentials, Login, Identity, Revocation, Api] with [
        SUBDOMAIN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// ZITADEL: self-hosted or cloud IdP.
    ///
    /// Provider `zitadel`. Keys: `instance` (required), `client_id` (required), `client_secret`, `private_key`, `private_key_file`, `private_key_id`, `token_endpoint_auth_method`, `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Zitadel = "zitadel" offers [Credentials, Login, DeviceLogin, Identity, Revocation] with [
        INSTANCE, CLIENT_ID, CLIENT_SECRET_IF_GIVEN, PRIVATE_KEY_IF_GIVEN, PRIVATE_KEY_FILE_IF_GIVEN, PRIVATE_KEY_ID_IF_GIVEN,
        TOKEN_ENDPOINT_AUTH_METHOD_IF_GIVEN, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Zoho: business APIs, login.
    ///
    /// Provider `zoho`. Keys: `region`, `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `audience`, `provider_base_url`, `provider_hosts`.
    Zoho = "zoho" offers [Credentials, Login, Identity, Revocation] with [
        REGION_IF_GIVEN, CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, AUDIENCE_IF_GIVEN,
        PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}

service! {
    /// Zoom: meetings API, login.
    ///
    /// Provider `zoom`. Keys: `client_id` (required), `client_secret` (required), `scopes`, `offline_access`, `provider_base_url`, `provider_hosts`.
    Zoom = "zoom" offers [Login, DeviceLogin, Identity, Revocation, Api] with [
        CLIENT_ID, CLIENT_SECRET, SCOPES, OFFLINE_ACCESS, PROVIDER_BASE_URL_IF_GIVEN, PROVIDER_HOSTS,
    ]
}
