//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! The examples of the pages in `docs/providers`, as they are printed.

mod by_type_42 {
use grantkit::prelude::*;
use grantkit_providers::services::School42;

#[derive(OAuthClient)]
#[oauth(provider = School42, env_prefix = "SERVICE_42")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let client = App::from_env()?.connect()?;
    let login = client.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = client.identity(&login).await?;
    Ok(())
}
}

mod by_name_42 {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("42", "SERVICE_42", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let client = client()?;
    let login = client.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = client.identity(&login).await?;
    Ok(())
}
}

mod by_type_adfs {
use grantkit::prelude::*;
use grantkit_providers::services::Adfs;

#[derive(OAuthClient)]
#[oauth(provider = Adfs, env_prefix = "ADFS")]
struct App {
    host: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let adfs = App::from_env()?.connect()?;
    let login = adfs.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = adfs.identity(&login).await?;
    Ok(())
}
}

mod by_name_adfs {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("adfs", "ADFS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let adfs = client()?;
    let login = adfs.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = adfs.identity(&login).await?;
    Ok(())
}
}

mod by_type_adobe {
use grantkit::prelude::*;
use grantkit_providers::services::Adobe;

#[derive(OAuthClient)]
#[oauth(provider = Adobe, env_prefix = "ADOBE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let adobe = App::from_env()?.connect()?;
    let login = adobe.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = adobe.identity(&login).await?;
    Ok(())
}
}

mod by_name_adobe {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("adobe", "ADOBE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let adobe = client()?;
    let login = adobe.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = adobe.identity(&login).await?;
    Ok(())
}
}

mod by_type_airtable {
use grantkit::prelude::*;
use grantkit_providers::services::Airtable;

#[derive(OAuthClient)]
#[oauth(provider = Airtable, env_prefix = "AIRTABLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let airtable = App::from_env()?.connect()?;
    let login = airtable.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = airtable.identity(&login).await?;
    Ok(())
}
}

mod by_name_airtable {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("airtable", "AIRTABLE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let airtable = client()?;
    let login = airtable.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = airtable.identity(&login).await?;
    Ok(())
}
}

mod by_type_amazon {
use grantkit::prelude::*;
use grantkit_providers::services::Amazon;

#[derive(OAuthClient)]
#[oauth(provider = Amazon, env_prefix = "AMAZON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let amazon = App::from_env()?.connect()?;
    let login = amazon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = amazon.identity(&login).await?;
    Ok(())
}
}

mod by_name_amazon {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("amazon", "AMAZON", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let amazon = client()?;
    let login = amazon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = amazon.identity(&login).await?;
    Ok(())
}
}

mod by_type_apple {
use grantkit::prelude::*;
use grantkit_providers::services::Apple;

#[derive(OAuthClient)]
#[oauth(provider = Apple, env_prefix = "APPLE")]
struct App {
    client_id: String,
    team_id: String,
    private_key_id: String,
    private_key: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let apple = App::from_env()?.connect()?;
    let login = apple.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = apple.identity(&login).await?;
    Ok(())
}
}

mod by_name_apple {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("apple", "APPLE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let apple = client()?;
    let login = apple.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = apple.identity(&login).await?;
    Ok(())
}
}

mod by_type_asana {
use grantkit::prelude::*;
use grantkit_providers::services::Asana;

#[derive(OAuthClient)]
#[oauth(provider = Asana, env_prefix = "ASANA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let asana = App::from_env()?.connect()?;
    let login = asana.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = asana.identity(&login).await?;
    Ok(())
}
}

mod by_name_asana {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("asana", "ASANA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let asana = client()?;
    let login = asana.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = asana.identity(&login).await?;
    Ok(())
}
}

mod by_type_asgardeo {
use grantkit::prelude::*;
use grantkit_providers::services::Asgardeo;

#[derive(OAuthClient)]
#[oauth(provider = Asgardeo, env_prefix = "ASGARDEO")]
struct App {
    org: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let asgardeo = App::from_env()?.connect()?;
    let login = asgardeo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = asgardeo.identity(&login).await?;
    Ok(())
}
}

mod by_name_asgardeo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("asgardeo", "ASGARDEO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let asgardeo = client()?;
    let login = asgardeo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = asgardeo.identity(&login).await?;
    Ok(())
}
}

mod by_type_atlassian {
use grantkit::prelude::*;
use grantkit_providers::services::Atlassian;

#[derive(OAuthClient)]
#[oauth(provider = Atlassian, env_prefix = "ATLASSIAN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let atlassian = App::from_env()?.connect()?;
    let login = atlassian.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = atlassian.identity(&login).await?;
    Ok(())
}
}

mod by_name_atlassian {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("atlassian", "ATLASSIAN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let atlassian = client()?;
    let login = atlassian.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = atlassian.identity(&login).await?;
    Ok(())
}
}

mod by_type_auth0 {
use grantkit::prelude::*;
use grantkit_providers::Auth0;

#[derive(OAuthClient)]
#[oauth(provider = Auth0, env_prefix = "AUTH0")]
struct App {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let auth0 = App::from_env()?.connect()?;
    let login = auth0.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = auth0.identity(&login).await?;
    Ok(())
}
}

mod by_name_auth0 {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("auth0", "AUTH0", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let auth0 = client()?;
    let login = auth0.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = auth0.identity(&login).await?;
    Ok(())
}
}

mod by_type_authelia {
use grantkit::prelude::*;
use grantkit_providers::services::Authelia;

#[derive(OAuthClient)]
#[oauth(provider = Authelia, env_prefix = "AUTHELIA")]
struct App {
    host: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let authelia = App::from_env()?.connect()?;
    let login = authelia.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = authelia.identity(&login).await?;
    Ok(())
}
}

mod by_name_authelia {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("authelia", "AUTHELIA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let authelia = client()?;
    let login = authelia.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = authelia.identity(&login).await?;
    Ok(())
}
}

mod by_type_authentik {
use grantkit::prelude::*;
use grantkit_providers::services::Authentik;

#[derive(OAuthClient)]
#[oauth(provider = Authentik, env_prefix = "AUTHENTIK")]
struct App {
    base: String,
    slug: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let authentik = App::from_env()?.connect()?;
    let login = authentik.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = authentik.identity(&login).await?;
    Ok(())
}
}

mod by_name_authentik {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("authentik", "AUTHENTIK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let authentik = client()?;
    let login = authentik.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = authentik.identity(&login).await?;
    Ok(())
}
}

mod by_type_autodesk {
use grantkit::prelude::*;
use grantkit_providers::services::Autodesk;

#[derive(OAuthClient)]
#[oauth(provider = Autodesk, env_prefix = "AUTODESK")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let autodesk = App::from_env()?.connect()?;
    let login = autodesk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = autodesk.identity(&login).await?;
    Ok(())
}
}

mod by_name_autodesk {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("autodesk", "AUTODESK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let autodesk = client()?;
    let login = autodesk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = autodesk.identity(&login).await?;
    Ok(())
}
}

mod by_type_azure_b2c {
use grantkit::prelude::*;
use grantkit_providers::services::AzureB2c;

#[derive(OAuthClient)]
#[oauth(provider = AzureB2c, env_prefix = "AZURE_B2C")]
struct App {
    policy: String,
    tenant: String,
    tenant_id: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let azure_b2c = App::from_env()?.connect()?;
    let login = azure_b2c.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = azure_b2c.identity(&login).await?;
    Ok(())
}
}

mod by_name_azure_b2c {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("azure-b2c", "AZURE_B2C", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let azure_b2c = client()?;
    let login = azure_b2c.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = azure_b2c.identity(&login).await?;
    Ok(())
}
}

mod by_type_bankid_no {
use grantkit::prelude::*;
use grantkit_providers::services::BankIdNo;

#[derive(OAuthClient)]
#[oauth(provider = BankIdNo, env_prefix = "BANKID_NO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bankid_no = App::from_env()?.connect()?;
    let login = bankid_no.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bankid_no.identity(&login).await?;
    Ok(())
}
}

mod by_name_bankid_no {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bankid-no", "BANKID_NO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bankid_no = client()?;
    let login = bankid_no.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bankid_no.identity(&login).await?;
    Ok(())
}
}

mod by_type_basecamp {
use grantkit::prelude::*;
use grantkit_providers::services::Basecamp;

#[derive(OAuthClient)]
#[oauth(provider = Basecamp, env_prefix = "BASECAMP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let basecamp = App::from_env()?.connect()?;
    let login = basecamp.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = basecamp.identity(&login).await?;
    Ok(())
}
}

mod by_name_basecamp {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("basecamp", "BASECAMP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let basecamp = client()?;
    let login = basecamp.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = basecamp.identity(&login).await?;
    Ok(())
}
}

mod by_type_battlenet {
use grantkit::prelude::*;
use grantkit_providers::services::BattleNet;

#[derive(OAuthClient)]
#[oauth(provider = BattleNet, env_prefix = "BATTLENET")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let battlenet = App::from_env()?.connect()?;
    let login = battlenet.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = battlenet.identity(&login).await?;
    Ok(())
}
}

mod by_name_battlenet {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("battlenet", "BATTLENET", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let battlenet = client()?;
    let login = battlenet.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = battlenet.identity(&login).await?;
    Ok(())
}
}

mod by_type_bigcommerce {
use grantkit::prelude::*;
use grantkit_providers::services::BigCommerce;

#[derive(OAuthClient)]
#[oauth(provider = BigCommerce, env_prefix = "BIGCOMMERCE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bigcommerce = App::from_env()?.connect()?;
    let login = bigcommerce.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bigcommerce.identity(&login).await?;
    Ok(())
}
}

mod by_name_bigcommerce {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bigcommerce", "BIGCOMMERCE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bigcommerce = client()?;
    let login = bigcommerce.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bigcommerce.identity(&login).await?;
    Ok(())
}
}

mod by_type_bitbucket {
use grantkit::prelude::*;
use grantkit_providers::services::Bitbucket;

#[derive(OAuthClient)]
#[oauth(provider = Bitbucket, env_prefix = "BITBUCKET")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bitbucket = App::from_env()?.connect()?;
    let login = bitbucket.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bitbucket.identity(&login).await?;
    Ok(())
}
}

mod by_name_bitbucket {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bitbucket", "BITBUCKET", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bitbucket = client()?;
    let login = bitbucket.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bitbucket.identity(&login).await?;
    Ok(())
}
}

mod by_type_bitly {
use grantkit::prelude::*;
use grantkit_providers::services::Bitly;

#[derive(OAuthClient)]
#[oauth(provider = Bitly, env_prefix = "BITLY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bitly = App::from_env()?.connect()?;
    let login = bitly.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bitly.identity(&login).await?;
    Ok(())
}
}

mod by_name_bitly {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bitly", "BITLY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bitly = client()?;
    let login = bitly.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bitly.identity(&login).await?;
    Ok(())
}
}

mod by_type_bluesky {
use grantkit::prelude::*;
use grantkit_providers::services::Bluesky;

#[derive(OAuthClient)]
#[oauth(provider = Bluesky, env_prefix = "BLUESKY")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bluesky = App::from_env()?.connect()?;
    let login = bluesky.login(redirect_uri)?;
    let (url, pending) = login.push().await?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bluesky.identity(&login).await?;
    Ok(())
}
}

mod by_name_bluesky {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bluesky", "BLUESKY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bluesky = client()?;
    let login = bluesky.login(redirect_uri)?;
    let (url, pending) = login.push().await?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bluesky.identity(&login).await?;
    Ok(())
}
}

mod by_type_box {
use grantkit::prelude::*;
use grantkit_providers::services::BoxCom;

#[derive(OAuthClient)]
#[oauth(provider = BoxCom, env_prefix = "BOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let client = App::from_env()?.connect()?;
    let login = client.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = client.identity(&login).await?;
    Ok(())
}
}

mod by_name_box {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("box", "BOX", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let client = client()?;
    let login = client.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = client.identity(&login).await?;
    Ok(())
}
}

mod by_type_boxyhq {
use grantkit::prelude::*;
use grantkit_providers::services::BoxyHq;

#[derive(OAuthClient)]
#[oauth(provider = BoxyHq, env_prefix = "BOXYHQ")]
struct App {
    base: String,
    product: String,
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let boxyhq = App::from_env()?.connect()?;
    let login = boxyhq.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = boxyhq.identity(&login).await?;
    Ok(())
}
}

mod by_name_boxyhq {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("boxyhq", "BOXYHQ", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let boxyhq = client()?;
    let login = boxyhq.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = boxyhq.identity(&login).await?;
    Ok(())
}
}

mod by_type_bungie {
use grantkit::prelude::*;
use grantkit_providers::services::Bungie;

#[derive(OAuthClient)]
#[oauth(provider = Bungie, env_prefix = "BUNGIE")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bungie = App::from_env()?.connect()?;
    let login = bungie.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bungie.identity(&login).await?;
    Ok(())
}
}

mod by_name_bungie {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("bungie", "BUNGIE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let bungie = client()?;
    let login = bungie.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = bungie.identity(&login).await?;
    Ok(())
}
}

mod by_type_calendly {
use grantkit::prelude::*;
use grantkit_providers::services::Calendly;

#[derive(OAuthClient)]
#[oauth(provider = Calendly, env_prefix = "CALENDLY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let calendly = App::from_env()?.connect()?;
    let login = calendly.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = calendly.identity(&login).await?;
    Ok(())
}
}

mod by_name_calendly {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("calendly", "CALENDLY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let calendly = client()?;
    let login = calendly.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = calendly.identity(&login).await?;
    Ok(())
}
}

mod by_type_canva {
use grantkit::prelude::*;
use grantkit_providers::services::Canva;

#[derive(OAuthClient)]
#[oauth(provider = Canva, env_prefix = "CANVA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let canva = App::from_env()?.connect()?;
    let login = canva.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = canva.identity(&login).await?;
    Ok(())
}
}

mod by_name_canva {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("canva", "CANVA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let canva = client()?;
    let login = canva.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = canva.identity(&login).await?;
    Ok(())
}
}

mod by_type_clerk {
use grantkit::prelude::*;
use grantkit_providers::services::Clerk;

#[derive(OAuthClient)]
#[oauth(provider = Clerk, env_prefix = "CLERK")]
struct App {
    frontend_api: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let clerk = App::from_env()?.connect()?;
    let login = clerk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = clerk.identity(&login).await?;
    Ok(())
}
}

mod by_name_clerk {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("clerk", "CLERK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let clerk = client()?;
    let login = clerk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = clerk.identity(&login).await?;
    Ok(())
}
}

mod by_type_clickup {
use grantkit::prelude::*;
use grantkit_providers::services::ClickUp;

#[derive(OAuthClient)]
#[oauth(provider = ClickUp, env_prefix = "CLICKUP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let clickup = App::from_env()?.connect()?;
    let login = clickup.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = clickup.identity(&login).await?;
    Ok(())
}
}

mod by_name_clickup {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("clickup", "CLICKUP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let clickup = client()?;
    let login = clickup.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = clickup.identity(&login).await?;
    Ok(())
}
}

mod by_type_cognito {
use grantkit::prelude::*;
use grantkit_providers::services::Cognito;

#[derive(OAuthClient)]
#[oauth(provider = Cognito, env_prefix = "COGNITO")]
struct App {
    domain: String,
    region: String,
    user_pool_id: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let cognito = App::from_env()?.connect()?;
    let login = cognito.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = cognito.identity(&login).await?;
    Ok(())
}
}

mod by_name_cognito {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("cognito", "COGNITO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let cognito = client()?;
    let login = cognito.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = cognito.identity(&login).await?;
    Ok(())
}
}

mod by_type_coinbase {
use grantkit::prelude::*;
use grantkit_providers::services::Coinbase;

#[derive(OAuthClient)]
#[oauth(provider = Coinbase, env_prefix = "COINBASE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let coinbase = App::from_env()?.connect()?;
    let login = coinbase.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = coinbase.identity(&login).await?;
    Ok(())
}
}

mod by_name_coinbase {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("coinbase", "COINBASE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let coinbase = client()?;
    let login = coinbase.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = coinbase.identity(&login).await?;
    Ok(())
}
}

mod by_type_dailymotion {
use grantkit::prelude::*;
use grantkit_providers::services::Dailymotion;

#[derive(OAuthClient)]
#[oauth(provider = Dailymotion, env_prefix = "DAILYMOTION")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dailymotion = App::from_env()?.connect()?;
    let login = dailymotion.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dailymotion.identity(&login).await?;
    Ok(())
}
}

mod by_name_dailymotion {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("dailymotion", "DAILYMOTION", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dailymotion = client()?;
    let login = dailymotion.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dailymotion.identity(&login).await?;
    Ok(())
}
}

mod by_type_databricks {
use grantkit::prelude::*;
use grantkit_providers::services::Databricks;

#[derive(OAuthClient)]
#[oauth(provider = Databricks, env_prefix = "DATABRICKS")]
struct App {
    host: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let databricks = App::from_env()?.connect()?;
    let login = databricks.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = databricks.identity(&login).await?;
    Ok(())
}
}

mod by_name_databricks {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("databricks", "DATABRICKS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let databricks = client()?;
    let login = databricks.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = databricks.identity(&login).await?;
    Ok(())
}
}

mod by_type_deezer {
use grantkit::prelude::*;
use grantkit_providers::services::Deezer;

#[derive(OAuthClient)]
#[oauth(provider = Deezer, env_prefix = "DEEZER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let deezer = App::from_env()?.connect()?;
    let login = deezer.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = deezer.identity(&login).await?;
    Ok(())
}
}

mod by_name_deezer {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("deezer", "DEEZER", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let deezer = client()?;
    let login = deezer.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = deezer.identity(&login).await?;
    Ok(())
}
}

mod by_type_descope {
use grantkit::prelude::*;
use grantkit_providers::services::Descope;

#[derive(OAuthClient)]
#[oauth(provider = Descope, env_prefix = "DESCOPE")]
struct App {
    project_id: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let descope = App::from_env()?.connect()?;
    let login = descope.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = descope.identity(&login).await?;
    Ok(())
}
}

mod by_name_descope {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("descope", "DESCOPE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let descope = client()?;
    let login = descope.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = descope.identity(&login).await?;
    Ok(())
}
}

mod by_type_deviantart {
use grantkit::prelude::*;
use grantkit_providers::services::DeviantArt;

#[derive(OAuthClient)]
#[oauth(provider = DeviantArt, env_prefix = "DEVIANTART")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let deviantart = App::from_env()?.connect()?;
    let login = deviantart.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = deviantart.identity(&login).await?;
    Ok(())
}
}

mod by_name_deviantart {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("deviantart", "DEVIANTART", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let deviantart = client()?;
    let login = deviantart.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = deviantart.identity(&login).await?;
    Ok(())
}
}

mod by_type_digitalocean {
use grantkit::prelude::*;
use grantkit_providers::services::DigitalOcean;

#[derive(OAuthClient)]
#[oauth(provider = DigitalOcean, env_prefix = "DIGITALOCEAN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let digitalocean = App::from_env()?.connect()?;
    let login = digitalocean.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = digitalocean.identity(&login).await?;
    Ok(())
}
}

mod by_name_digitalocean {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("digitalocean", "DIGITALOCEAN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let digitalocean = client()?;
    let login = digitalocean.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = digitalocean.identity(&login).await?;
    Ok(())
}
}

mod by_type_discord {
use grantkit::prelude::*;
use grantkit_providers::services::Discord;

#[derive(OAuthClient)]
#[oauth(provider = Discord, env_prefix = "DISCORD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let discord = App::from_env()?.connect()?;
    let login = discord.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = discord.identity(&login).await?;
    Ok(())
}
}

mod by_name_discord {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("discord", "DISCORD", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let discord = client()?;
    let login = discord.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = discord.identity(&login).await?;
    Ok(())
}
}

mod by_type_docusign {
use grantkit::prelude::*;
use grantkit_providers::services::DocuSign;

#[derive(OAuthClient)]
#[oauth(provider = DocuSign, env_prefix = "DOCUSIGN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let docusign = App::from_env()?.connect()?;
    let login = docusign.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = docusign.identity(&login).await?;
    Ok(())
}
}

mod by_name_docusign {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("docusign", "DOCUSIGN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let docusign = client()?;
    let login = docusign.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = docusign.identity(&login).await?;
    Ok(())
}
}

mod by_type_dribbble {
use grantkit::prelude::*;
use grantkit_providers::services::Dribbble;

#[derive(OAuthClient)]
#[oauth(provider = Dribbble, env_prefix = "DRIBBBLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dribbble = App::from_env()?.connect()?;
    let login = dribbble.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dribbble.identity(&login).await?;
    Ok(())
}
}

mod by_name_dribbble {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("dribbble", "DRIBBBLE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dribbble = client()?;
    let login = dribbble.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dribbble.identity(&login).await?;
    Ok(())
}
}

mod by_type_dropbox {
use grantkit::prelude::*;
use grantkit_providers::services::Dropbox;

#[derive(OAuthClient)]
#[oauth(provider = Dropbox, env_prefix = "DROPBOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dropbox = App::from_env()?.connect()?;
    let login = dropbox.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dropbox.identity(&login).await?;
    Ok(())
}
}

mod by_name_dropbox {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("dropbox", "DROPBOX", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let dropbox = client()?;
    let login = dropbox.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = dropbox.identity(&login).await?;
    Ok(())
}
}

mod by_type_duende {
use grantkit::prelude::*;
use grantkit_providers::services::Duende;

#[derive(OAuthClient)]
#[oauth(provider = Duende, env_prefix = "DUENDE")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let duende = App::from_env()?.connect()?;
    let login = duende.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = duende.identity(&login).await?;
    Ok(())
}
}

mod by_name_duende {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("duende", "DUENDE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let duende = client()?;
    let login = duende.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = duende.identity(&login).await?;
    Ok(())
}
}

mod by_type_ebay {
use grantkit::prelude::*;
use grantkit_providers::services::EBay;

#[derive(OAuthClient)]
#[oauth(provider = EBay, env_prefix = "EBAY")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri_name: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ebay = App::from_env()?.connect()?;
    let login = ebay.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ebay.identity(&login).await?;
    Ok(())
}
}

mod by_name_ebay {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("ebay", "EBAY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ebay = client()?;
    let login = ebay.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ebay.identity(&login).await?;
    Ok(())
}
}

mod by_type_epicgames {
use grantkit::prelude::*;
use grantkit_providers::services::EpicGames;

#[derive(OAuthClient)]
#[oauth(provider = EpicGames, env_prefix = "EPICGAMES")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let epicgames = App::from_env()?.connect()?;
    let login = epicgames.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = epicgames.identity(&login).await?;
    Ok(())
}
}

mod by_name_epicgames {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("epicgames", "EPICGAMES", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let epicgames = client()?;
    let login = epicgames.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = epicgames.identity(&login).await?;
    Ok(())
}
}

mod by_type_etsy {
use grantkit::prelude::*;
use grantkit_providers::services::Etsy;

#[derive(OAuthClient)]
#[oauth(provider = Etsy, env_prefix = "ETSY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let etsy = App::from_env()?.connect()?;
    let login = etsy.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = etsy.identity(&login).await?;
    Ok(())
}
}

mod by_name_etsy {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("etsy", "ETSY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let etsy = client()?;
    let login = etsy.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = etsy.identity(&login).await?;
    Ok(())
}
}

mod by_type_eventbrite {
use grantkit::prelude::*;
use grantkit_providers::services::Eventbrite;

#[derive(OAuthClient)]
#[oauth(provider = Eventbrite, env_prefix = "EVENTBRITE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let eventbrite = App::from_env()?.connect()?;
    let login = eventbrite.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = eventbrite.identity(&login).await?;
    Ok(())
}
}

mod by_name_eventbrite {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("eventbrite", "EVENTBRITE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let eventbrite = client()?;
    let login = eventbrite.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = eventbrite.identity(&login).await?;
    Ok(())
}
}

mod by_type_eveonline {
use grantkit::prelude::*;
use grantkit_providers::services::EveOnline;

#[derive(OAuthClient)]
#[oauth(provider = EveOnline, env_prefix = "EVEONLINE")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let eveonline = App::from_env()?.connect()?;
    let login = eveonline.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    Ok(())
}
}

mod by_name_eveonline {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("eveonline", "EVEONLINE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let eveonline = client()?;
    let login = eveonline.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    Ok(())
}
}

mod by_type_facebook {
use grantkit::prelude::*;
use grantkit_providers::services::Facebook;

#[derive(OAuthClient)]
#[oauth(provider = Facebook, env_prefix = "FACEBOOK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let facebook = App::from_env()?.connect()?;
    let login = facebook.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = facebook.identity(&login).await?;
    Ok(())
}
}

mod by_name_facebook {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("facebook", "FACEBOOK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let facebook = client()?;
    let login = facebook.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = facebook.identity(&login).await?;
    Ok(())
}
}

mod by_type_faceit {
use grantkit::prelude::*;
use grantkit_providers::services::Faceit;

#[derive(OAuthClient)]
#[oauth(provider = Faceit, env_prefix = "FACEIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let faceit = App::from_env()?.connect()?;
    let login = faceit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = faceit.identity(&login).await?;
    Ok(())
}
}

mod by_name_faceit {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("faceit", "FACEIT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let faceit = client()?;
    let login = faceit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = faceit.identity(&login).await?;
    Ok(())
}
}

mod by_type_figma {
use grantkit::prelude::*;
use grantkit_providers::services::Figma;

#[derive(OAuthClient)]
#[oauth(provider = Figma, env_prefix = "FIGMA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let figma = App::from_env()?.connect()?;
    let login = figma.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = figma.identity(&login).await?;
    Ok(())
}
}

mod by_name_figma {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("figma", "FIGMA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let figma = client()?;
    let login = figma.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = figma.identity(&login).await?;
    Ok(())
}
}

mod by_type_fitbit {
use grantkit::prelude::*;
use grantkit_providers::services::Fitbit;

#[derive(OAuthClient)]
#[oauth(provider = Fitbit, env_prefix = "FITBIT")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let fitbit = App::from_env()?.connect()?;
    let login = fitbit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = fitbit.identity(&login).await?;
    Ok(())
}
}

mod by_name_fitbit {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("fitbit", "FITBIT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let fitbit = client()?;
    let login = fitbit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = fitbit.identity(&login).await?;
    Ok(())
}
}

mod by_type_forgejo {
use grantkit::prelude::*;
use grantkit_providers::services::Forgejo;

#[derive(OAuthClient)]
#[oauth(provider = Forgejo, env_prefix = "FORGEJO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let forgejo = App::from_env()?.connect()?;
    let login = forgejo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = forgejo.identity(&login).await?;
    Ok(())
}
}

mod by_name_forgejo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("forgejo", "FORGEJO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let forgejo = client()?;
    let login = forgejo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = forgejo.identity(&login).await?;
    Ok(())
}
}

mod by_type_foursquare {
use grantkit::prelude::*;
use grantkit_providers::services::Foursquare;

#[derive(OAuthClient)]
#[oauth(provider = Foursquare, env_prefix = "FOURSQUARE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let foursquare = App::from_env()?.connect()?;
    let login = foursquare.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = foursquare.identity(&login).await?;
    Ok(())
}
}

mod by_name_foursquare {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("foursquare", "FOURSQUARE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let foursquare = client()?;
    let login = foursquare.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = foursquare.identity(&login).await?;
    Ok(())
}
}

mod by_type_franceconnect {
use grantkit::prelude::*;
use grantkit_providers::services::FranceConnect;

#[derive(OAuthClient)]
#[oauth(provider = FranceConnect, env_prefix = "FRANCECONNECT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let franceconnect = App::from_env()?.connect()?;
    let login = franceconnect.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = franceconnect.identity(&login).await?;
    Ok(())
}
}

mod by_name_franceconnect {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("franceconnect", "FRANCECONNECT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let franceconnect = client()?;
    let login = franceconnect.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = franceconnect.identity(&login).await?;
    Ok(())
}
}

mod by_type_freshbooks {
use grantkit::prelude::*;
use grantkit_providers::services::FreshBooks;

#[derive(OAuthClient)]
#[oauth(provider = FreshBooks, env_prefix = "FRESHBOOKS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let freshbooks = App::from_env()?.connect()?;
    let login = freshbooks.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = freshbooks.identity(&login).await?;
    Ok(())
}
}

mod by_name_freshbooks {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("freshbooks", "FRESHBOOKS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let freshbooks = client()?;
    let login = freshbooks.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = freshbooks.identity(&login).await?;
    Ok(())
}
}

mod by_type_frontegg {
use grantkit::prelude::*;
use grantkit_providers::services::Frontegg;

#[derive(OAuthClient)]
#[oauth(provider = Frontegg, env_prefix = "FRONTEGG")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let frontegg = App::from_env()?.connect()?;
    let login = frontegg.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = frontegg.identity(&login).await?;
    Ok(())
}
}

mod by_name_frontegg {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("frontegg", "FRONTEGG", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let frontegg = client()?;
    let login = frontegg.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = frontegg.identity(&login).await?;
    Ok(())
}
}

mod by_type_fusionauth {
use grantkit::prelude::*;
use grantkit_providers::services::FusionAuth;

#[derive(OAuthClient)]
#[oauth(provider = FusionAuth, env_prefix = "FUSIONAUTH")]
struct App {
    base: String,
    issuer_url: String,
    tenant_id: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let fusionauth = App::from_env()?.connect()?;
    let login = fusionauth.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = fusionauth.identity(&login).await?;
    Ok(())
}
}

mod by_name_fusionauth {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("fusionauth", "FUSIONAUTH", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let fusionauth = client()?;
    let login = fusionauth.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = fusionauth.identity(&login).await?;
    Ok(())
}
}

mod by_type_garmin {
use grantkit::prelude::*;
use grantkit_providers::services::Garmin;

#[derive(OAuthClient)]
#[oauth(provider = Garmin, env_prefix = "GARMIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let garmin = App::from_env()?.connect()?;
    let login = garmin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = garmin.identity(&login).await?;
    Ok(())
}
}

mod by_name_garmin {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("garmin", "GARMIN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let garmin = client()?;
    let login = garmin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = garmin.identity(&login).await?;
    Ok(())
}
}

mod by_type_gitea {
use grantkit::prelude::*;
use grantkit_providers::services::Gitea;

#[derive(OAuthClient)]
#[oauth(provider = Gitea, env_prefix = "GITEA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gitea = App::from_env()?.connect()?;
    let login = gitea.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gitea.identity(&login).await?;
    Ok(())
}
}

mod by_name_gitea {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("gitea", "GITEA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gitea = client()?;
    let login = gitea.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gitea.identity(&login).await?;
    Ok(())
}
}

mod by_type_github {
use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub, env_prefix = "GITHUB")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let github = App::from_env()?.connect()?;
    let login = github.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = github.identity(&login).await?;
    Ok(())
}
}

mod by_name_github {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("github", "GITHUB", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let github = client()?;
    let login = github.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = github.identity(&login).await?;
    Ok(())
}
}

mod by_type_github_enterprise {
use grantkit::prelude::*;
use grantkit_providers::services::GitHubEnterprise;

#[derive(OAuthClient)]
#[oauth(provider = GitHubEnterprise, env_prefix = "GITHUB_ENTERPRISE")]
struct App {
    api: String,
    base: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let github_enterprise = App::from_env()?.connect()?;
    let login = github_enterprise.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = github_enterprise.identity(&login).await?;
    Ok(())
}
}

mod by_name_github_enterprise {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("github-enterprise", "GITHUB_ENTERPRISE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let github_enterprise = client()?;
    let login = github_enterprise.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = github_enterprise.identity(&login).await?;
    Ok(())
}
}

mod by_type_gitlab {
use grantkit::prelude::*;
use grantkit_providers::services::GitLab;

#[derive(OAuthClient)]
#[oauth(provider = GitLab, env_prefix = "GITLAB")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gitlab = App::from_env()?.connect()?;
    let login = gitlab.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gitlab.identity(&login).await?;
    Ok(())
}
}

mod by_name_gitlab {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("gitlab", "GITLAB", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gitlab = client()?;
    let login = gitlab.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gitlab.identity(&login).await?;
    Ok(())
}
}

mod by_type_gohighlevel {
use grantkit::prelude::*;
use grantkit_providers::services::GoHighLevel;

#[derive(OAuthClient)]
#[oauth(provider = GoHighLevel, env_prefix = "GOHIGHLEVEL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gohighlevel = App::from_env()?.connect()?;
    let login = gohighlevel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gohighlevel.identity(&login).await?;
    Ok(())
}
}

mod by_name_gohighlevel {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("gohighlevel", "GOHIGHLEVEL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gohighlevel = client()?;
    let login = gohighlevel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gohighlevel.identity(&login).await?;
    Ok(())
}
}

mod by_type_google {
use grantkit::prelude::*;
use grantkit_providers::Google;

#[derive(OAuthClient)]
#[oauth(provider = Google, env_prefix = "GOOGLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let google = App::from_env()?.connect()?;
    let login = google.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = google.identity(&login).await?;
    Ok(())
}
}

mod by_name_google {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("google", "GOOGLE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let google = client()?;
    let login = google.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = google.identity(&login).await?;
    Ok(())
}
}

mod by_type_gusto {
use grantkit::prelude::*;
use grantkit_providers::services::Gusto;

#[derive(OAuthClient)]
#[oauth(provider = Gusto, env_prefix = "GUSTO")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gusto = App::from_env()?.connect()?;
    let login = gusto.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gusto.identity(&login).await?;
    Ok(())
}
}

mod by_name_gusto {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("gusto", "GUSTO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let gusto = client()?;
    let login = gusto.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = gusto.identity(&login).await?;
    Ok(())
}
}

mod by_type_harvest {
use grantkit::prelude::*;
use grantkit_providers::services::Harvest;

#[derive(OAuthClient)]
#[oauth(provider = Harvest, env_prefix = "HARVEST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let harvest = App::from_env()?.connect()?;
    let login = harvest.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = harvest.identity(&login).await?;
    Ok(())
}
}

mod by_name_harvest {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("harvest", "HARVEST", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let harvest = client()?;
    let login = harvest.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = harvest.identity(&login).await?;
    Ok(())
}
}

mod by_type_heroku {
use grantkit::prelude::*;
use grantkit_providers::services::Heroku;

#[derive(OAuthClient)]
#[oauth(provider = Heroku, env_prefix = "HEROKU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let heroku = App::from_env()?.connect()?;
    let login = heroku.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = heroku.identity(&login).await?;
    Ok(())
}
}

mod by_name_heroku {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("heroku", "HEROKU", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let heroku = client()?;
    let login = heroku.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = heroku.identity(&login).await?;
    Ok(())
}
}

mod by_type_hetzner {
use grantkit::prelude::*;
use grantkit_providers::services::Hetzner;

#[derive(OAuthClient)]
#[oauth(provider = Hetzner, env_prefix = "HETZNER")]
struct App {
    token: SecretString,
}

async fn call() -> Result<()> {
    let hetzner = App::from_env()?.connect()?;
    let api = hetzner.api(hetzner.credentials())?;
    let answer = api.get("..").send().await?; // a path of the API
    Ok(())
}
}

mod by_name_hetzner {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("hetzner", "HETZNER", ())
}

async fn call() -> Result<()> {
    let hetzner = client()?;
    let api = hetzner.api(hetzner.credentials())?;
    let answer = api.get("..").send().await?; // a path of the API
    Ok(())
}
}

mod by_type_hubspot {
use grantkit::prelude::*;
use grantkit_providers::services::HubSpot;

#[derive(OAuthClient)]
#[oauth(provider = HubSpot, env_prefix = "HUBSPOT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let hubspot = App::from_env()?.connect()?;
    let login = hubspot.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = hubspot.identity(&login).await?;
    Ok(())
}
}

mod by_name_hubspot {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("hubspot", "HUBSPOT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let hubspot = client()?;
    let login = hubspot.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = hubspot.identity(&login).await?;
    Ok(())
}
}

mod by_type_huggingface {
use grantkit::prelude::*;
use grantkit_providers::services::HuggingFace;

#[derive(OAuthClient)]
#[oauth(provider = HuggingFace, env_prefix = "HUGGINGFACE")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let huggingface = App::from_env()?.connect()?;
    let login = huggingface.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = huggingface.identity(&login).await?;
    Ok(())
}
}

mod by_name_huggingface {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("huggingface", "HUGGINGFACE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let huggingface = client()?;
    let login = huggingface.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = huggingface.identity(&login).await?;
    Ok(())
}
}

mod by_type_ibm_appid {
use grantkit::prelude::*;
use grantkit_providers::services::IbmAppId;

#[derive(OAuthClient)]
#[oauth(provider = IbmAppId, env_prefix = "IBM_APPID")]
struct App {
    region: String,
    tenant_id: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ibm_appid = App::from_env()?.connect()?;
    let login = ibm_appid.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ibm_appid.identity(&login).await?;
    Ok(())
}
}

mod by_name_ibm_appid {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("ibm-appid", "IBM_APPID", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ibm_appid = client()?;
    let login = ibm_appid.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ibm_appid.identity(&login).await?;
    Ok(())
}
}

mod by_type_instagram {
use grantkit::prelude::*;
use grantkit_providers::services::Instagram;

#[derive(OAuthClient)]
#[oauth(provider = Instagram, env_prefix = "INSTAGRAM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let instagram = App::from_env()?.connect()?;
    let login = instagram.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = instagram.identity(&login).await?;
    Ok(())
}
}

mod by_name_instagram {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("instagram", "INSTAGRAM", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let instagram = client()?;
    let login = instagram.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = instagram.identity(&login).await?;
    Ok(())
}
}

mod by_type_intercom {
use grantkit::prelude::*;
use grantkit_providers::services::Intercom;

#[derive(OAuthClient)]
#[oauth(provider = Intercom, env_prefix = "INTERCOM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let intercom = App::from_env()?.connect()?;
    let login = intercom.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = intercom.identity(&login).await?;
    Ok(())
}
}

mod by_name_intercom {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("intercom", "INTERCOM", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let intercom = client()?;
    let login = intercom.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = intercom.identity(&login).await?;
    Ok(())
}
}

mod by_type_intuit {
use grantkit::prelude::*;
use grantkit_providers::services::Intuit;

#[derive(OAuthClient)]
#[oauth(provider = Intuit, env_prefix = "INTUIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let intuit = App::from_env()?.connect()?;
    let login = intuit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = intuit.identity(&login).await?;
    Ok(())
}
}

mod by_name_intuit {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("intuit", "INTUIT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let intuit = client()?;
    let login = intuit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = intuit.identity(&login).await?;
    Ok(())
}
}

mod by_type_itsme {
use grantkit::prelude::*;
use grantkit_providers::services::Itsme;

#[derive(OAuthClient)]
#[oauth(provider = Itsme, env_prefix = "ITSME")]
struct App {
    service_code: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let itsme = App::from_env()?.connect()?;
    let login = itsme.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = itsme.identity(&login).await?;
    Ok(())
}
}

mod by_name_itsme {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("itsme", "ITSME", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let itsme = client()?;
    let login = itsme.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = itsme.identity(&login).await?;
    Ok(())
}
}

mod by_type_jumpcloud {
use grantkit::prelude::*;
use grantkit_providers::services::JumpCloud;

#[derive(OAuthClient)]
#[oauth(provider = JumpCloud, env_prefix = "JUMPCLOUD")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let jumpcloud = App::from_env()?.connect()?;
    let login = jumpcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = jumpcloud.identity(&login).await?;
    Ok(())
}
}

mod by_name_jumpcloud {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("jumpcloud", "JUMPCLOUD", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let jumpcloud = client()?;
    let login = jumpcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = jumpcloud.identity(&login).await?;
    Ok(())
}
}

mod by_type_kakao {
use grantkit::prelude::*;
use grantkit_providers::services::Kakao;

#[derive(OAuthClient)]
#[oauth(provider = Kakao, env_prefix = "KAKAO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kakao = App::from_env()?.connect()?;
    let login = kakao.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kakao.identity(&login).await?;
    Ok(())
}
}

mod by_name_kakao {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("kakao", "KAKAO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kakao = client()?;
    let login = kakao.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kakao.identity(&login).await?;
    Ok(())
}
}

mod by_type_keycloak {
use grantkit::prelude::*;
use grantkit_providers::services::Keycloak;

#[derive(OAuthClient)]
#[oauth(provider = Keycloak, env_prefix = "KEYCLOAK")]
struct App {
    base: String,
    realm: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let keycloak = App::from_env()?.connect()?;
    let login = keycloak.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = keycloak.identity(&login).await?;
    Ok(())
}
}

mod by_name_keycloak {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("keycloak", "KEYCLOAK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let keycloak = client()?;
    let login = keycloak.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = keycloak.identity(&login).await?;
    Ok(())
}
}

mod by_type_kick {
use grantkit::prelude::*;
use grantkit_providers::services::Kick;

#[derive(OAuthClient)]
#[oauth(provider = Kick, env_prefix = "KICK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kick = App::from_env()?.connect()?;
    let login = kick.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kick.identity(&login).await?;
    Ok(())
}
}

mod by_name_kick {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("kick", "KICK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kick = client()?;
    let login = kick.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kick.identity(&login).await?;
    Ok(())
}
}

mod by_type_kinde {
use grantkit::prelude::*;
use grantkit_providers::services::Kinde;

#[derive(OAuthClient)]
#[oauth(provider = Kinde, env_prefix = "KINDE")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kinde = App::from_env()?.connect()?;
    let login = kinde.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kinde.identity(&login).await?;
    Ok(())
}
}

mod by_name_kinde {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("kinde", "KINDE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let kinde = client()?;
    let login = kinde.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = kinde.identity(&login).await?;
    Ok(())
}
}

mod by_type_klaviyo {
use grantkit::prelude::*;
use grantkit_providers::services::Klaviyo;

#[derive(OAuthClient)]
#[oauth(provider = Klaviyo, env_prefix = "KLAVIYO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let klaviyo = App::from_env()?.connect()?;
    let login = klaviyo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = klaviyo.identity(&login).await?;
    Ok(())
}
}

mod by_name_klaviyo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("klaviyo", "KLAVIYO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let klaviyo = client()?;
    let login = klaviyo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = klaviyo.identity(&login).await?;
    Ok(())
}
}

mod by_type_lichess {
use grantkit::prelude::*;
use grantkit_providers::services::Lichess;

#[derive(OAuthClient)]
#[oauth(provider = Lichess, env_prefix = "LICHESS")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let lichess = App::from_env()?.connect()?;
    let login = lichess.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = lichess.identity(&login).await?;
    Ok(())
}
}

mod by_name_lichess {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("lichess", "LICHESS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let lichess = client()?;
    let login = lichess.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = lichess.identity(&login).await?;
    Ok(())
}
}

mod by_type_line {
use grantkit::prelude::*;
use grantkit_providers::services::Line;

#[derive(OAuthClient)]
#[oauth(provider = Line, env_prefix = "LINE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let line = App::from_env()?.connect()?;
    let login = line.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = line.identity(&login).await?;
    Ok(())
}
}

mod by_name_line {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("line", "LINE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let line = client()?;
    let login = line.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = line.identity(&login).await?;
    Ok(())
}
}

mod by_type_linear {
use grantkit::prelude::*;
use grantkit_providers::services::Linear;

#[derive(OAuthClient)]
#[oauth(provider = Linear, env_prefix = "LINEAR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linear = App::from_env()?.connect()?;
    let login = linear.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linear.identity(&login).await?;
    Ok(())
}
}

mod by_name_linear {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("linear", "LINEAR", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linear = client()?;
    let login = linear.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linear.identity(&login).await?;
    Ok(())
}
}

mod by_type_linkedin {
use grantkit::prelude::*;
use grantkit_providers::services::LinkedIn;

#[derive(OAuthClient)]
#[oauth(provider = LinkedIn, env_prefix = "LINKEDIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linkedin = App::from_env()?.connect()?;
    let login = linkedin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linkedin.identity(&login).await?;
    Ok(())
}
}

mod by_name_linkedin {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("linkedin", "LINKEDIN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linkedin = client()?;
    let login = linkedin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linkedin.identity(&login).await?;
    Ok(())
}
}

mod by_type_linode {
use grantkit::prelude::*;
use grantkit_providers::services::Linode;

#[derive(OAuthClient)]
#[oauth(provider = Linode, env_prefix = "LINODE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linode = App::from_env()?.connect()?;
    let login = linode.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linode.identity(&login).await?;
    Ok(())
}
}

mod by_name_linode {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("linode", "LINODE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let linode = client()?;
    let login = linode.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = linode.identity(&login).await?;
    Ok(())
}
}

mod by_type_logto {
use grantkit::prelude::*;
use grantkit_providers::services::Logto;

#[derive(OAuthClient)]
#[oauth(provider = Logto, env_prefix = "LOGTO")]
struct App {
    base: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let logto = App::from_env()?.connect()?;
    let login = logto.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = logto.identity(&login).await?;
    Ok(())
}
}

mod by_name_logto {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("logto", "LOGTO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let logto = client()?;
    let login = logto.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = logto.identity(&login).await?;
    Ok(())
}
}

mod by_type_lyft {
use grantkit::prelude::*;
use grantkit_providers::services::Lyft;

#[derive(OAuthClient)]
#[oauth(provider = Lyft, env_prefix = "LYFT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let lyft = App::from_env()?.connect()?;
    let login = lyft.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = lyft.identity(&login).await?;
    Ok(())
}
}

mod by_name_lyft {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("lyft", "LYFT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let lyft = client()?;
    let login = lyft.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = lyft.identity(&login).await?;
    Ok(())
}
}

mod by_type_mailchimp {
use grantkit::prelude::*;
use grantkit_providers::services::Mailchimp;

#[derive(OAuthClient)]
#[oauth(provider = Mailchimp, env_prefix = "MAILCHIMP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mailchimp = App::from_env()?.connect()?;
    let login = mailchimp.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mailchimp.identity(&login).await?;
    Ok(())
}
}

mod by_name_mailchimp {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("mailchimp", "MAILCHIMP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mailchimp = client()?;
    let login = mailchimp.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mailchimp.identity(&login).await?;
    Ok(())
}
}

mod by_type_mailru {
use grantkit::prelude::*;
use grantkit_providers::services::MailRu;

#[derive(OAuthClient)]
#[oauth(provider = MailRu, env_prefix = "MAILRU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mailru = App::from_env()?.connect()?;
    let login = mailru.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mailru.identity(&login).await?;
    Ok(())
}
}

mod by_name_mailru {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("mailru", "MAILRU", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mailru = client()?;
    let login = mailru.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mailru.identity(&login).await?;
    Ok(())
}
}

mod by_type_mastodon {
use grantkit::prelude::*;
use grantkit_providers::services::Mastodon;

#[derive(OAuthClient)]
#[oauth(provider = Mastodon, env_prefix = "MASTODON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mastodon = App::from_env()?.connect()?;
    let login = mastodon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mastodon.identity(&login).await?;
    Ok(())
}
}

mod by_name_mastodon {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("mastodon", "MASTODON", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mastodon = client()?;
    let login = mastodon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mastodon.identity(&login).await?;
    Ok(())
}
}

mod by_type_mattermost {
use grantkit::prelude::*;
use grantkit_providers::services::Mattermost;

#[derive(OAuthClient)]
#[oauth(provider = Mattermost, env_prefix = "MATTERMOST")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mattermost = App::from_env()?.connect()?;
    let login = mattermost.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mattermost.identity(&login).await?;
    Ok(())
}
}

mod by_name_mattermost {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("mattermost", "MATTERMOST", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mattermost = client()?;
    let login = mattermost.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mattermost.identity(&login).await?;
    Ok(())
}
}

mod by_type_medium {
use grantkit::prelude::*;
use grantkit_providers::services::Medium;

#[derive(OAuthClient)]
#[oauth(provider = Medium, env_prefix = "MEDIUM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let medium = App::from_env()?.connect()?;
    let login = medium.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = medium.identity(&login).await?;
    Ok(())
}
}

mod by_name_medium {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("medium", "MEDIUM", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let medium = client()?;
    let login = medium.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = medium.identity(&login).await?;
    Ok(())
}
}

mod by_type_meetup {
use grantkit::prelude::*;
use grantkit_providers::services::Meetup;

#[derive(OAuthClient)]
#[oauth(provider = Meetup, env_prefix = "MEETUP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let meetup = App::from_env()?.connect()?;
    let login = meetup.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = meetup.identity(&login).await?;
    Ok(())
}
}

mod by_name_meetup {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("meetup", "MEETUP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let meetup = client()?;
    let login = meetup.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = meetup.identity(&login).await?;
    Ok(())
}
}

mod by_type_microsoft {
use grantkit::prelude::*;
use grantkit_providers::services::Microsoft;

#[derive(OAuthClient)]
#[oauth(provider = Microsoft, env_prefix = "MICROSOFT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let microsoft = App::from_env()?.connect()?;
    let login = microsoft.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = microsoft.identity(&login).await?;
    Ok(())
}
}

mod by_name_microsoft {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("microsoft", "MICROSOFT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let microsoft = client()?;
    let login = microsoft.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = microsoft.identity(&login).await?;
    Ok(())
}
}

mod by_type_microsoft_personal {
use grantkit::prelude::*;
use grantkit_providers::services::MicrosoftPersonal;

#[derive(OAuthClient)]
#[oauth(provider = MicrosoftPersonal, env_prefix = "MICROSOFT_PERSONAL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let microsoft_personal = App::from_env()?.connect()?;
    let login = microsoft_personal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = microsoft_personal.identity(&login).await?;
    Ok(())
}
}

mod by_name_microsoft_personal {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("microsoft-personal", "MICROSOFT_PERSONAL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let microsoft_personal = client()?;
    let login = microsoft_personal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = microsoft_personal.identity(&login).await?;
    Ok(())
}
}

mod by_type_miro {
use grantkit::prelude::*;
use grantkit_providers::services::Miro;

#[derive(OAuthClient)]
#[oauth(provider = Miro, env_prefix = "MIRO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let miro = App::from_env()?.connect()?;
    let login = miro.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = miro.identity(&login).await?;
    Ok(())
}
}

mod by_name_miro {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("miro", "MIRO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let miro = client()?;
    let login = miro.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = miro.identity(&login).await?;
    Ok(())
}
}

mod by_type_mixcloud {
use grantkit::prelude::*;
use grantkit_providers::services::Mixcloud;

#[derive(OAuthClient)]
#[oauth(provider = Mixcloud, env_prefix = "MIXCLOUD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mixcloud = App::from_env()?.connect()?;
    let login = mixcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mixcloud.identity(&login).await?;
    Ok(())
}
}

mod by_name_mixcloud {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("mixcloud", "MIXCLOUD", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let mixcloud = client()?;
    let login = mixcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = mixcloud.identity(&login).await?;
    Ok(())
}
}

mod by_type_monday {
use grantkit::prelude::*;
use grantkit_providers::services::Monday;

#[derive(OAuthClient)]
#[oauth(provider = Monday, env_prefix = "MONDAY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let monday = App::from_env()?.connect()?;
    let login = monday.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = monday.identity(&login).await?;
    Ok(())
}
}

mod by_name_monday {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("monday", "MONDAY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let monday = client()?;
    let login = monday.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = monday.identity(&login).await?;
    Ok(())
}
}

mod by_type_naver {
use grantkit::prelude::*;
use grantkit_providers::services::Naver;

#[derive(OAuthClient)]
#[oauth(provider = Naver, env_prefix = "NAVER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let naver = App::from_env()?.connect()?;
    let login = naver.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = naver.identity(&login).await?;
    Ok(())
}
}

mod by_name_naver {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("naver", "NAVER", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let naver = client()?;
    let login = naver.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = naver.identity(&login).await?;
    Ok(())
}
}

mod by_type_netlify {
use grantkit::prelude::*;
use grantkit_providers::services::Netlify;

#[derive(OAuthClient)]
#[oauth(provider = Netlify, env_prefix = "NETLIFY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let netlify = App::from_env()?.connect()?;
    let login = netlify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = netlify.identity(&login).await?;
    Ok(())
}
}

mod by_name_netlify {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("netlify", "NETLIFY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let netlify = client()?;
    let login = netlify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = netlify.identity(&login).await?;
    Ok(())
}
}

mod by_type_netsuite {
use grantkit::prelude::*;
use grantkit_providers::services::NetSuite;

#[derive(OAuthClient)]
#[oauth(provider = NetSuite, env_prefix = "NETSUITE")]
struct App {
    account_id: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let netsuite = App::from_env()?.connect()?;
    let login = netsuite.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    Ok(())
}
}

mod by_name_netsuite {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("netsuite", "NETSUITE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let netsuite = client()?;
    let login = netsuite.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    Ok(())
}
}

mod by_type_nextcloud {
use grantkit::prelude::*;
use grantkit_providers::services::Nextcloud;

#[derive(OAuthClient)]
#[oauth(provider = Nextcloud, env_prefix = "NEXTCLOUD")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let nextcloud = App::from_env()?.connect()?;
    let login = nextcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = nextcloud.identity(&login).await?;
    Ok(())
}
}

mod by_name_nextcloud {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("nextcloud", "NEXTCLOUD", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let nextcloud = client()?;
    let login = nextcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = nextcloud.identity(&login).await?;
    Ok(())
}
}

mod by_type_notion {
use grantkit::prelude::*;
use grantkit_providers::services::Notion;

#[derive(OAuthClient)]
#[oauth(provider = Notion, env_prefix = "NOTION")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let notion = App::from_env()?.connect()?;
    let login = notion.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = notion.identity(&login).await?;
    Ok(())
}
}

mod by_name_notion {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("notion", "NOTION", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let notion = client()?;
    let login = notion.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = notion.identity(&login).await?;
    Ok(())
}
}

mod by_type_ok {
use grantkit::prelude::*;
use grantkit_providers::services::Odnoklassniki;

#[derive(OAuthClient)]
#[oauth(provider = Odnoklassniki, env_prefix = "OK")]
struct App {
    application_key: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ok = App::from_env()?.connect()?;
    let login = ok.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ok.identity(&login).await?;
    Ok(())
}
}

mod by_name_ok {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("ok", "OK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ok = client()?;
    let login = ok.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ok.identity(&login).await?;
    Ok(())
}
}

mod by_type_okta {
use grantkit::prelude::*;
use grantkit_providers::services::Okta;

#[derive(OAuthClient)]
#[oauth(provider = Okta, env_prefix = "OKTA")]
struct App {
    domain: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let okta = App::from_env()?.connect()?;
    let login = okta.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = okta.identity(&login).await?;
    Ok(())
}
}

mod by_name_okta {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("okta", "OKTA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let okta = client()?;
    let login = okta.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = okta.identity(&login).await?;
    Ok(())
}
}

mod by_type_onelogin {
use grantkit::prelude::*;
use grantkit_providers::services::OneLogin;

#[derive(OAuthClient)]
#[oauth(provider = OneLogin, env_prefix = "ONELOGIN")]
struct App {
    subdomain: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let onelogin = App::from_env()?.connect()?;
    let login = onelogin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = onelogin.identity(&login).await?;
    Ok(())
}
}

mod by_name_onelogin {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("onelogin", "ONELOGIN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let onelogin = client()?;
    let login = onelogin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = onelogin.identity(&login).await?;
    Ok(())
}
}

mod by_type_openrouter {
use grantkit::prelude::*;
use grantkit_providers::services::OpenRouter;

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let openrouter = ProviderClient::from_env_as::<OpenRouter>("OPENROUTER", ())?;
    let login = openrouter.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = openrouter.identity(&login).await?;
    Ok(())
}
}

mod by_name_openrouter {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("openrouter", "OPENROUTER", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let openrouter = client()?;
    let login = openrouter.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = openrouter.identity(&login).await?;
    Ok(())
}
}

mod by_type_openstreetmap {
use grantkit::prelude::*;
use grantkit_providers::services::OpenStreetMap;

#[derive(OAuthClient)]
#[oauth(provider = OpenStreetMap, env_prefix = "OPENSTREETMAP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let openstreetmap = App::from_env()?.connect()?;
    let login = openstreetmap.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = openstreetmap.identity(&login).await?;
    Ok(())
}
}

mod by_name_openstreetmap {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("openstreetmap", "OPENSTREETMAP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let openstreetmap = client()?;
    let login = openstreetmap.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = openstreetmap.identity(&login).await?;
    Ok(())
}
}

mod by_type_oracle_idcs {
use grantkit::prelude::*;
use grantkit_providers::services::OracleIdcs;

#[derive(OAuthClient)]
#[oauth(provider = OracleIdcs, env_prefix = "ORACLE_IDCS")]
struct App {
    instance: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let oracle_idcs = App::from_env()?.connect()?;
    let login = oracle_idcs.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = oracle_idcs.identity(&login).await?;
    Ok(())
}
}

mod by_name_oracle_idcs {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("oracle-idcs", "ORACLE_IDCS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let oracle_idcs = client()?;
    let login = oracle_idcs.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = oracle_idcs.identity(&login).await?;
    Ok(())
}
}

mod by_type_orcid {
use grantkit::prelude::*;
use grantkit_providers::services::Orcid;

#[derive(OAuthClient)]
#[oauth(provider = Orcid, env_prefix = "ORCID")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let orcid = App::from_env()?.connect()?;
    let login = orcid.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = orcid.identity(&login).await?;
    Ok(())
}
}

mod by_name_orcid {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("orcid", "ORCID", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let orcid = client()?;
    let login = orcid.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = orcid.identity(&login).await?;
    Ok(())
}
}

mod by_type_ory {
use grantkit::prelude::*;
use grantkit_providers::services::Ory;

#[derive(OAuthClient)]
#[oauth(provider = Ory, env_prefix = "ORY")]
struct App {
    base: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ory = App::from_env()?.connect()?;
    let login = ory.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ory.identity(&login).await?;
    Ok(())
}
}

mod by_name_ory {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("ory", "ORY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let ory = client()?;
    let login = ory.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = ory.identity(&login).await?;
    Ok(())
}
}

mod by_type_osu {
use grantkit::prelude::*;
use grantkit_providers::services::Osu;

#[derive(OAuthClient)]
#[oauth(provider = Osu, env_prefix = "OSU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let osu = App::from_env()?.connect()?;
    let login = osu.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = osu.identity(&login).await?;
    Ok(())
}
}

mod by_name_osu {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("osu", "OSU", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let osu = client()?;
    let login = osu.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = osu.identity(&login).await?;
    Ok(())
}
}

mod by_type_oura {
use grantkit::prelude::*;
use grantkit_providers::services::Oura;

#[derive(OAuthClient)]
#[oauth(provider = Oura, env_prefix = "OURA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let oura = App::from_env()?.connect()?;
    let login = oura.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = oura.identity(&login).await?;
    Ok(())
}
}

mod by_name_oura {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("oura", "OURA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let oura = client()?;
    let login = oura.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = oura.identity(&login).await?;
    Ok(())
}
}

mod by_type_pagerduty {
use grantkit::prelude::*;
use grantkit_providers::services::PagerDuty;

#[derive(OAuthClient)]
#[oauth(provider = PagerDuty, env_prefix = "PAGERDUTY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pagerduty = App::from_env()?.connect()?;
    let login = pagerduty.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pagerduty.identity(&login).await?;
    Ok(())
}
}

mod by_name_pagerduty {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("pagerduty", "PAGERDUTY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pagerduty = client()?;
    let login = pagerduty.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pagerduty.identity(&login).await?;
    Ok(())
}
}

mod by_type_patreon {
use grantkit::prelude::*;
use grantkit_providers::services::Patreon;

#[derive(OAuthClient)]
#[oauth(provider = Patreon, env_prefix = "PATREON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let patreon = App::from_env()?.connect()?;
    let login = patreon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = patreon.identity(&login).await?;
    Ok(())
}
}

mod by_name_patreon {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("patreon", "PATREON", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let patreon = client()?;
    let login = patreon.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = patreon.identity(&login).await?;
    Ok(())
}
}

mod by_type_paypal {
use grantkit::prelude::*;
use grantkit_providers::services::PayPal;

#[derive(OAuthClient)]
#[oauth(provider = PayPal, env_prefix = "PAYPAL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let paypal = App::from_env()?.connect()?;
    let login = paypal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = paypal.identity(&login).await?;
    Ok(())
}
}

mod by_name_paypal {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("paypal", "PAYPAL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let paypal = client()?;
    let login = paypal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = paypal.identity(&login).await?;
    Ok(())
}
}

mod by_type_pingone {
use grantkit::prelude::*;
use grantkit_providers::services::PingOne;

#[derive(OAuthClient)]
#[oauth(provider = PingOne, env_prefix = "PINGONE")]
struct App {
    environment_id: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pingone = App::from_env()?.connect()?;
    let login = pingone.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pingone.identity(&login).await?;
    Ok(())
}
}

mod by_name_pingone {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("pingone", "PINGONE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pingone = client()?;
    let login = pingone.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pingone.identity(&login).await?;
    Ok(())
}
}

mod by_type_pinterest {
use grantkit::prelude::*;
use grantkit_providers::services::Pinterest;

#[derive(OAuthClient)]
#[oauth(provider = Pinterest, env_prefix = "PINTEREST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pinterest = App::from_env()?.connect()?;
    let login = pinterest.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pinterest.identity(&login).await?;
    Ok(())
}
}

mod by_name_pinterest {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("pinterest", "PINTEREST", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pinterest = client()?;
    let login = pinterest.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pinterest.identity(&login).await?;
    Ok(())
}
}

mod by_type_pipedrive {
use grantkit::prelude::*;
use grantkit_providers::services::Pipedrive;

#[derive(OAuthClient)]
#[oauth(provider = Pipedrive, env_prefix = "PIPEDRIVE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pipedrive = App::from_env()?.connect()?;
    let login = pipedrive.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pipedrive.identity(&login).await?;
    Ok(())
}
}

mod by_name_pipedrive {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("pipedrive", "PIPEDRIVE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let pipedrive = client()?;
    let login = pipedrive.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = pipedrive.identity(&login).await?;
    Ok(())
}
}

mod by_type_polar_accesslink {
use grantkit::prelude::*;
use grantkit_providers::services::PolarAccessLink;

#[derive(OAuthClient)]
#[oauth(provider = PolarAccessLink, env_prefix = "POLAR_ACCESSLINK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let polar_accesslink = App::from_env()?.connect()?;
    let login = polar_accesslink.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = polar_accesslink.identity(&login).await?;
    Ok(())
}
}

mod by_name_polar_accesslink {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("polar-accesslink", "POLAR_ACCESSLINK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let polar_accesslink = client()?;
    let login = polar_accesslink.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = polar_accesslink.identity(&login).await?;
    Ok(())
}
}

mod by_type_polar_sh {
use grantkit::prelude::*;
use grantkit_providers::services::PolarSh;

#[derive(OAuthClient)]
#[oauth(provider = PolarSh, env_prefix = "POLAR_SH")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let polar_sh = App::from_env()?.connect()?;
    let login = polar_sh.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = polar_sh.identity(&login).await?;
    Ok(())
}
}

mod by_name_polar_sh {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("polar-sh", "POLAR_SH", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let polar_sh = client()?;
    let login = polar_sh.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = polar_sh.identity(&login).await?;
    Ok(())
}
}

mod by_type_prosanteconnect {
use grantkit::prelude::*;
use grantkit_providers::services::ProSanteConnect;

#[derive(OAuthClient)]
#[oauth(provider = ProSanteConnect, env_prefix = "PROSANTECONNECT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let prosanteconnect = App::from_env()?.connect()?;
    let login = prosanteconnect.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = prosanteconnect.identity(&login).await?;
    Ok(())
}
}

mod by_name_prosanteconnect {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("prosanteconnect", "PROSANTECONNECT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let prosanteconnect = client()?;
    let login = prosanteconnect.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = prosanteconnect.identity(&login).await?;
    Ok(())
}
}

mod by_type_qq {
use grantkit::prelude::*;
use grantkit_providers::services::Qq;

#[derive(OAuthClient)]
#[oauth(provider = Qq, env_prefix = "QQ")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let qq = App::from_env()?.connect()?;
    let login = qq.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = qq.identity(&login).await?;
    Ok(())
}
}

mod by_name_qq {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("qq", "QQ", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let qq = client()?;
    let login = qq.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = qq.identity(&login).await?;
    Ok(())
}
}

mod by_type_railway {
use grantkit::prelude::*;
use grantkit_providers::services::Railway;

#[derive(OAuthClient)]
#[oauth(provider = Railway, env_prefix = "RAILWAY")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let railway = App::from_env()?.connect()?;
    let login = railway.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = railway.identity(&login).await?;
    Ok(())
}
}

mod by_name_railway {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("railway", "RAILWAY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let railway = client()?;
    let login = railway.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = railway.identity(&login).await?;
    Ok(())
}
}

mod by_type_reddit {
use grantkit::prelude::*;
use grantkit_providers::services::Reddit;

#[derive(OAuthClient)]
#[oauth(provider = Reddit, env_prefix = "REDDIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let reddit = App::from_env()?.connect()?;
    let login = reddit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = reddit.identity(&login).await?;
    Ok(())
}
}

mod by_name_reddit {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("reddit", "REDDIT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let reddit = client()?;
    let login = reddit.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = reddit.identity(&login).await?;
    Ok(())
}
}

mod by_type_roblox {
use grantkit::prelude::*;
use grantkit_providers::services::Roblox;

#[derive(OAuthClient)]
#[oauth(provider = Roblox, env_prefix = "ROBLOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let roblox = App::from_env()?.connect()?;
    let login = roblox.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = roblox.identity(&login).await?;
    Ok(())
}
}

mod by_name_roblox {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("roblox", "ROBLOX", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let roblox = client()?;
    let login = roblox.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = roblox.identity(&login).await?;
    Ok(())
}
}

mod by_type_salesforce {
use grantkit::prelude::*;
use grantkit_providers::services::Salesforce;

#[derive(OAuthClient)]
#[oauth(provider = Salesforce, env_prefix = "SALESFORCE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let salesforce = App::from_env()?.connect()?;
    let login = salesforce.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = salesforce.identity(&login).await?;
    Ok(())
}
}

mod by_name_salesforce {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("salesforce", "SALESFORCE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let salesforce = client()?;
    let login = salesforce.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = salesforce.identity(&login).await?;
    Ok(())
}
}

mod by_type_sap_concur {
use grantkit::prelude::*;
use grantkit_providers::services::SapConcur;

#[derive(OAuthClient)]
#[oauth(provider = SapConcur, env_prefix = "SAP_CONCUR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_concur = App::from_env()?.connect()?;
    let login = sap_concur.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_concur.identity(&login).await?;
    Ok(())
}
}

mod by_name_sap_concur {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("sap-concur", "SAP_CONCUR", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_concur = client()?;
    let login = sap_concur.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_concur.identity(&login).await?;
    Ok(())
}
}

mod by_type_sap_ias {
use grantkit::prelude::*;
use grantkit_providers::services::SapIas;

#[derive(OAuthClient)]
#[oauth(provider = SapIas, env_prefix = "SAP_IAS")]
struct App {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_ias = App::from_env()?.connect()?;
    let login = sap_ias.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_ias.identity(&login).await?;
    Ok(())
}
}

mod by_name_sap_ias {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("sap-ias", "SAP_IAS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_ias = client()?;
    let login = sap_ias.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_ias.identity(&login).await?;
    Ok(())
}
}

mod by_type_sap_xsuaa {
use grantkit::prelude::*;
use grantkit_providers::services::SapXsuaa;

#[derive(OAuthClient)]
#[oauth(provider = SapXsuaa, env_prefix = "SAP_XSUAA")]
struct App {
    region: String,
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_xsuaa = App::from_env()?.connect()?;
    let login = sap_xsuaa.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_xsuaa.identity(&login).await?;
    Ok(())
}
}

mod by_name_sap_xsuaa {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("sap-xsuaa", "SAP_XSUAA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sap_xsuaa = client()?;
    let login = sap_xsuaa.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sap_xsuaa.identity(&login).await?;
    Ok(())
}
}

mod by_type_sendgrid {
use grantkit::prelude::*;
use grantkit_providers::services::SendGrid;

#[derive(OAuthClient)]
#[oauth(provider = SendGrid, env_prefix = "SENDGRID")]
struct App {
    token: SecretString,
}

async fn call() -> Result<()> {
    let sendgrid = App::from_env()?.connect()?;
    let api = sendgrid.api(sendgrid.credentials())?;
    let answer = api.get("..").send().await?; // a path of the API
    Ok(())
}
}

mod by_name_sendgrid {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("sendgrid", "SENDGRID", ())
}

async fn call() -> Result<()> {
    let sendgrid = client()?;
    let api = sendgrid.api(sendgrid.credentials())?;
    let answer = api.get("..").send().await?; // a path of the API
    Ok(())
}
}

mod by_type_servicenow {
use grantkit::prelude::*;
use grantkit_providers::services::ServiceNow;

#[derive(OAuthClient)]
#[oauth(provider = ServiceNow, env_prefix = "SERVICENOW")]
struct App {
    instance: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let servicenow = App::from_env()?.connect()?;
    let login = servicenow.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = servicenow.identity(&login).await?;
    Ok(())
}
}

mod by_name_servicenow {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("servicenow", "SERVICENOW", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let servicenow = client()?;
    let login = servicenow.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = servicenow.identity(&login).await?;
    Ok(())
}
}

mod by_type_shopify {
use grantkit::prelude::*;
use grantkit_providers::services::Shopify;

#[derive(OAuthClient)]
#[oauth(provider = Shopify, env_prefix = "SHOPIFY")]
struct App {
    shop: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let shopify = App::from_env()?.connect()?;
    let login = shopify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = shopify.identity(&login).await?;
    Ok(())
}
}

mod by_name_shopify {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("shopify", "SHOPIFY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let shopify = client()?;
    let login = shopify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = shopify.identity(&login).await?;
    Ok(())
}
}

mod by_type_simplelogin {
use grantkit::prelude::*;
use grantkit_providers::services::SimpleLogin;

#[derive(OAuthClient)]
#[oauth(provider = SimpleLogin, env_prefix = "SIMPLELOGIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let simplelogin = App::from_env()?.connect()?;
    let login = simplelogin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = simplelogin.identity(&login).await?;
    Ok(())
}
}

mod by_name_simplelogin {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("simplelogin", "SIMPLELOGIN", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let simplelogin = client()?;
    let login = simplelogin.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = simplelogin.identity(&login).await?;
    Ok(())
}
}

mod by_type_slack {
use grantkit::prelude::*;
use grantkit_providers::services::Slack;

#[derive(OAuthClient)]
#[oauth(provider = Slack, env_prefix = "SLACK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let slack = App::from_env()?.connect()?;
    let login = slack.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = slack.identity(&login).await?;
    Ok(())
}
}

mod by_name_slack {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("slack", "SLACK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let slack = client()?;
    let login = slack.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = slack.identity(&login).await?;
    Ok(())
}
}

mod by_type_slack_bot {
use grantkit::prelude::*;
use grantkit_providers::services::SlackBot;

#[derive(OAuthClient)]
#[oauth(provider = SlackBot, env_prefix = "SLACK_BOT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let slack_bot = App::from_env()?.connect()?;
    let login = slack_bot.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = slack_bot.identity(&login).await?;
    Ok(())
}
}

mod by_name_slack_bot {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("slack-bot", "SLACK_BOT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let slack_bot = client()?;
    let login = slack_bot.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = slack_bot.identity(&login).await?;
    Ok(())
}
}

mod by_type_snapchat {
use grantkit::prelude::*;
use grantkit_providers::services::Snapchat;

#[derive(OAuthClient)]
#[oauth(provider = Snapchat, env_prefix = "SNAPCHAT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let snapchat = App::from_env()?.connect()?;
    let login = snapchat.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = snapchat.identity(&login).await?;
    Ok(())
}
}

mod by_name_snapchat {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("snapchat", "SNAPCHAT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let snapchat = client()?;
    let login = snapchat.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = snapchat.identity(&login).await?;
    Ok(())
}
}

mod by_type_snowflake {
use grantkit::prelude::*;
use grantkit_providers::services::Snowflake;

#[derive(OAuthClient)]
#[oauth(provider = Snowflake, env_prefix = "SNOWFLAKE")]
struct App {
    account: String,
    role: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let snowflake = App::from_env()?.connect()?;
    let login = snowflake.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = snowflake.identity(&login).await?;
    Ok(())
}
}

mod by_name_snowflake {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("snowflake", "SNOWFLAKE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let snowflake = client()?;
    let login = snowflake.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = snowflake.identity(&login).await?;
    Ok(())
}
}

mod by_type_soundcloud {
use grantkit::prelude::*;
use grantkit_providers::services::SoundCloud;

#[derive(OAuthClient)]
#[oauth(provider = SoundCloud, env_prefix = "SOUNDCLOUD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let soundcloud = App::from_env()?.connect()?;
    let login = soundcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = soundcloud.identity(&login).await?;
    Ok(())
}
}

mod by_name_soundcloud {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("soundcloud", "SOUNDCLOUD", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let soundcloud = client()?;
    let login = soundcloud.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = soundcloud.identity(&login).await?;
    Ok(())
}
}

mod by_type_sourcehut {
use grantkit::prelude::*;
use grantkit_providers::services::SourceHut;

#[derive(OAuthClient)]
#[oauth(provider = SourceHut, env_prefix = "SOURCEHUT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sourcehut = App::from_env()?.connect()?;
    let login = sourcehut.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sourcehut.identity(&login).await?;
    Ok(())
}
}

mod by_name_sourcehut {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("sourcehut", "SOURCEHUT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let sourcehut = client()?;
    let login = sourcehut.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = sourcehut.identity(&login).await?;
    Ok(())
}
}

mod by_type_splitwise {
use grantkit::prelude::*;
use grantkit_providers::services::Splitwise;

#[derive(OAuthClient)]
#[oauth(provider = Splitwise, env_prefix = "SPLITWISE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let splitwise = App::from_env()?.connect()?;
    let login = splitwise.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = splitwise.identity(&login).await?;
    Ok(())
}
}

mod by_name_splitwise {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("splitwise", "SPLITWISE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let splitwise = client()?;
    let login = splitwise.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = splitwise.identity(&login).await?;
    Ok(())
}
}

mod by_type_spotify {
use grantkit::prelude::*;
use grantkit_providers::services::Spotify;

#[derive(OAuthClient)]
#[oauth(provider = Spotify, env_prefix = "SPOTIFY")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let spotify = App::from_env()?.connect()?;
    let login = spotify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = spotify.identity(&login).await?;
    Ok(())
}
}

mod by_name_spotify {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("spotify", "SPOTIFY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let spotify = client()?;
    let login = spotify.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = spotify.identity(&login).await?;
    Ok(())
}
}

mod by_type_square {
use grantkit::prelude::*;
use grantkit_providers::services::Square;

#[derive(OAuthClient)]
#[oauth(provider = Square, env_prefix = "SQUARE")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let square = App::from_env()?.connect()?;
    let login = square.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = square.identity(&login).await?;
    Ok(())
}
}

mod by_name_square {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("square", "SQUARE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let square = client()?;
    let login = square.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = square.identity(&login).await?;
    Ok(())
}
}

mod by_type_stackexchange {
use grantkit::prelude::*;
use grantkit_providers::services::StackExchange;

#[derive(OAuthClient)]
#[oauth(provider = StackExchange, env_prefix = "STACKEXCHANGE")]
struct App {
    key: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let stackexchange = App::from_env()?.connect()?;
    let login = stackexchange.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = stackexchange.identity(&login).await?;
    Ok(())
}
}

mod by_name_stackexchange {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("stackexchange", "STACKEXCHANGE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let stackexchange = client()?;
    let login = stackexchange.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = stackexchange.identity(&login).await?;
    Ok(())
}
}

mod by_type_strava {
use grantkit::prelude::*;
use grantkit_providers::services::Strava;

#[derive(OAuthClient)]
#[oauth(provider = Strava, env_prefix = "STRAVA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let strava = App::from_env()?.connect()?;
    let login = strava.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = strava.identity(&login).await?;
    Ok(())
}
}

mod by_name_strava {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("strava", "STRAVA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let strava = client()?;
    let login = strava.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = strava.identity(&login).await?;
    Ok(())
}
}

mod by_type_stripe {
use grantkit::prelude::*;
use grantkit_providers::services::Stripe;

#[derive(OAuthClient)]
#[oauth(provider = Stripe, env_prefix = "STRIPE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let stripe = App::from_env()?.connect()?;
    let login = stripe.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = stripe.identity(&login).await?;
    Ok(())
}
}

mod by_name_stripe {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("stripe", "STRIPE", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let stripe = client()?;
    let login = stripe.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = stripe.identity(&login).await?;
    Ok(())
}
}

mod by_type_surveymonkey {
use grantkit::prelude::*;
use grantkit_providers::services::SurveyMonkey;

#[derive(OAuthClient)]
#[oauth(provider = SurveyMonkey, env_prefix = "SURVEYMONKEY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let surveymonkey = App::from_env()?.connect()?;
    let login = surveymonkey.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = surveymonkey.identity(&login).await?;
    Ok(())
}
}

mod by_name_surveymonkey {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("surveymonkey", "SURVEYMONKEY", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let surveymonkey = client()?;
    let login = surveymonkey.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = surveymonkey.identity(&login).await?;
    Ok(())
}
}

mod by_type_threads {
use grantkit::prelude::*;
use grantkit_providers::services::Threads;

#[derive(OAuthClient)]
#[oauth(provider = Threads, env_prefix = "THREADS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let threads = App::from_env()?.connect()?;
    let login = threads.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = threads.identity(&login).await?;
    Ok(())
}
}

mod by_name_threads {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("threads", "THREADS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let threads = client()?;
    let login = threads.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = threads.identity(&login).await?;
    Ok(())
}
}

mod by_type_tidal {
use grantkit::prelude::*;
use grantkit_providers::services::Tidal;

#[derive(OAuthClient)]
#[oauth(provider = Tidal, env_prefix = "TIDAL")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tidal = App::from_env()?.connect()?;
    let login = tidal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tidal.identity(&login).await?;
    Ok(())
}
}

mod by_name_tidal {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("tidal", "TIDAL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tidal = client()?;
    let login = tidal.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tidal.identity(&login).await?;
    Ok(())
}
}

mod by_type_tiktok {
use grantkit::prelude::*;
use grantkit_providers::services::TikTok;

#[derive(OAuthClient)]
#[oauth(provider = TikTok, env_prefix = "TIKTOK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tiktok = App::from_env()?.connect()?;
    let login = tiktok.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tiktok.identity(&login).await?;
    Ok(())
}
}

mod by_name_tiktok {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("tiktok", "TIKTOK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tiktok = client()?;
    let login = tiktok.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tiktok.identity(&login).await?;
    Ok(())
}
}

mod by_type_todoist {
use grantkit::prelude::*;
use grantkit_providers::services::Todoist;

#[derive(OAuthClient)]
#[oauth(provider = Todoist, env_prefix = "TODOIST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let todoist = App::from_env()?.connect()?;
    let login = todoist.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = todoist.identity(&login).await?;
    Ok(())
}
}

mod by_name_todoist {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("todoist", "TODOIST", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let todoist = client()?;
    let login = todoist.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = todoist.identity(&login).await?;
    Ok(())
}
}

mod by_type_trakt {
use grantkit::prelude::*;
use grantkit_providers::services::Trakt;

#[derive(OAuthClient)]
#[oauth(provider = Trakt, env_prefix = "TRAKT")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let trakt = App::from_env()?.connect()?;
    let login = trakt.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = trakt.identity(&login).await?;
    Ok(())
}
}

mod by_name_trakt {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("trakt", "TRAKT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let trakt = client()?;
    let login = trakt.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = trakt.identity(&login).await?;
    Ok(())
}
}

mod by_type_tumblr {
use grantkit::prelude::*;
use grantkit_providers::services::Tumblr;

#[derive(OAuthClient)]
#[oauth(provider = Tumblr, env_prefix = "TUMBLR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tumblr = App::from_env()?.connect()?;
    let login = tumblr.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tumblr.identity(&login).await?;
    Ok(())
}
}

mod by_name_tumblr {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("tumblr", "TUMBLR", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let tumblr = client()?;
    let login = tumblr.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = tumblr.identity(&login).await?;
    Ok(())
}
}

mod by_type_twitch {
use grantkit::prelude::*;
use grantkit_providers::services::Twitch;

#[derive(OAuthClient)]
#[oauth(provider = Twitch, env_prefix = "TWITCH")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let twitch = App::from_env()?.connect()?;
    let login = twitch.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = twitch.identity(&login).await?;
    Ok(())
}
}

mod by_name_twitch {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("twitch", "TWITCH", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let twitch = client()?;
    let login = twitch.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = twitch.identity(&login).await?;
    Ok(())
}
}

mod by_type_typeform {
use grantkit::prelude::*;
use grantkit_providers::services::Typeform;

#[derive(OAuthClient)]
#[oauth(provider = Typeform, env_prefix = "TYPEFORM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let typeform = App::from_env()?.connect()?;
    let login = typeform.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = typeform.identity(&login).await?;
    Ok(())
}
}

mod by_name_typeform {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("typeform", "TYPEFORM", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let typeform = client()?;
    let login = typeform.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = typeform.identity(&login).await?;
    Ok(())
}
}

mod by_type_uber {
use grantkit::prelude::*;
use grantkit_providers::services::Uber;

#[derive(OAuthClient)]
#[oauth(provider = Uber, env_prefix = "UBER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let uber = App::from_env()?.connect()?;
    let login = uber.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = uber.identity(&login).await?;
    Ok(())
}
}

mod by_name_uber {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("uber", "UBER", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let uber = client()?;
    let login = uber.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = uber.identity(&login).await?;
    Ok(())
}
}

mod by_type_united_effects {
use grantkit::prelude::*;
use grantkit_providers::services::UnitedEffects;

#[derive(OAuthClient)]
#[oauth(provider = UnitedEffects, env_prefix = "UNITED_EFFECTS")]
struct App {
    group_id: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let united_effects = App::from_env()?.connect()?;
    let login = united_effects.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = united_effects.identity(&login).await?;
    Ok(())
}
}

mod by_name_united_effects {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("united-effects", "UNITED_EFFECTS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let united_effects = client()?;
    let login = united_effects.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = united_effects.identity(&login).await?;
    Ok(())
}
}

mod by_type_vercel {
use grantkit::prelude::*;
use grantkit_providers::services::Vercel;

#[derive(OAuthClient)]
#[oauth(provider = Vercel, env_prefix = "VERCEL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vercel = App::from_env()?.connect()?;
    let login = vercel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vercel.identity(&login).await?;
    Ok(())
}
}

mod by_name_vercel {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("vercel", "VERCEL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vercel = client()?;
    let login = vercel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vercel.identity(&login).await?;
    Ok(())
}
}

mod by_type_vimeo {
use grantkit::prelude::*;
use grantkit_providers::services::Vimeo;

#[derive(OAuthClient)]
#[oauth(provider = Vimeo, env_prefix = "VIMEO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vimeo = App::from_env()?.connect()?;
    let login = vimeo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vimeo.identity(&login).await?;
    Ok(())
}
}

mod by_name_vimeo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("vimeo", "VIMEO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vimeo = client()?;
    let login = vimeo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vimeo.identity(&login).await?;
    Ok(())
}
}

mod by_type_vipps {
use grantkit::prelude::*;
use grantkit_providers::services::Vipps;

#[derive(OAuthClient)]
#[oauth(provider = Vipps, env_prefix = "VIPPS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vipps = App::from_env()?.connect()?;
    let login = vipps.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vipps.identity(&login).await?;
    Ok(())
}
}

mod by_name_vipps {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("vipps", "VIPPS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vipps = client()?;
    let login = vipps.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vipps.identity(&login).await?;
    Ok(())
}
}

mod by_type_vk {
use grantkit::prelude::*;
use grantkit_providers::services::Vk;

#[derive(OAuthClient)]
#[oauth(provider = Vk, env_prefix = "VK")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vk = App::from_env()?.connect()?;
    let login = vk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vk.identity(&login).await?;
    Ok(())
}
}

mod by_name_vk {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("vk", "VK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let vk = client()?;
    let login = vk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = vk.identity(&login).await?;
    Ok(())
}
}

mod by_type_wakatime {
use grantkit::prelude::*;
use grantkit_providers::services::WakaTime;

#[derive(OAuthClient)]
#[oauth(provider = WakaTime, env_prefix = "WAKATIME")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wakatime = App::from_env()?.connect()?;
    let login = wakatime.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wakatime.identity(&login).await?;
    Ok(())
}
}

mod by_name_wakatime {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("wakatime", "WAKATIME", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wakatime = client()?;
    let login = wakatime.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wakatime.identity(&login).await?;
    Ok(())
}
}

mod by_type_webex {
use grantkit::prelude::*;
use grantkit_providers::services::Webex;

#[derive(OAuthClient)]
#[oauth(provider = Webex, env_prefix = "WEBEX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let webex = App::from_env()?.connect()?;
    let login = webex.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = webex.identity(&login).await?;
    Ok(())
}
}

mod by_name_webex {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("webex", "WEBEX", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let webex = client()?;
    let login = webex.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = webex.identity(&login).await?;
    Ok(())
}
}

mod by_type_webflow {
use grantkit::prelude::*;
use grantkit_providers::services::Webflow;

#[derive(OAuthClient)]
#[oauth(provider = Webflow, env_prefix = "WEBFLOW")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let webflow = App::from_env()?.connect()?;
    let login = webflow.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = webflow.identity(&login).await?;
    Ok(())
}
}

mod by_name_webflow {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("webflow", "WEBFLOW", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let webflow = client()?;
    let login = webflow.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = webflow.identity(&login).await?;
    Ok(())
}
}

mod by_type_wechat {
use grantkit::prelude::*;
use grantkit_providers::services::WeChat;

#[derive(OAuthClient)]
#[oauth(provider = WeChat, env_prefix = "WECHAT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wechat = App::from_env()?.connect()?;
    let login = wechat.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wechat.identity(&login).await?;
    Ok(())
}
}

mod by_name_wechat {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("wechat", "WECHAT", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wechat = client()?;
    let login = wechat.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wechat.identity(&login).await?;
    Ok(())
}
}

mod by_type_weibo {
use grantkit::prelude::*;
use grantkit_providers::services::Weibo;

#[derive(OAuthClient)]
#[oauth(provider = Weibo, env_prefix = "WEIBO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let weibo = App::from_env()?.connect()?;
    let login = weibo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = weibo.identity(&login).await?;
    Ok(())
}
}

mod by_name_weibo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("weibo", "WEIBO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let weibo = client()?;
    let login = weibo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = weibo.identity(&login).await?;
    Ok(())
}
}

mod by_type_whoop {
use grantkit::prelude::*;
use grantkit_providers::services::Whoop;

#[derive(OAuthClient)]
#[oauth(provider = Whoop, env_prefix = "WHOOP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let whoop = App::from_env()?.connect()?;
    let login = whoop.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = whoop.identity(&login).await?;
    Ok(())
}
}

mod by_name_whoop {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("whoop", "WHOOP", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let whoop = client()?;
    let login = whoop.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = whoop.identity(&login).await?;
    Ok(())
}
}

mod by_type_wikimedia {
use grantkit::prelude::*;
use grantkit_providers::services::Wikimedia;

#[derive(OAuthClient)]
#[oauth(provider = Wikimedia, env_prefix = "WIKIMEDIA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wikimedia = App::from_env()?.connect()?;
    let login = wikimedia.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wikimedia.identity(&login).await?;
    Ok(())
}
}

mod by_name_wikimedia {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("wikimedia", "WIKIMEDIA", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wikimedia = client()?;
    let login = wikimedia.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wikimedia.identity(&login).await?;
    Ok(())
}
}

mod by_type_withings {
use grantkit::prelude::*;
use grantkit_providers::services::Withings;

#[derive(OAuthClient)]
#[oauth(provider = Withings, env_prefix = "WITHINGS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let withings = App::from_env()?.connect()?;
    let login = withings.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = withings.identity(&login).await?;
    Ok(())
}
}

mod by_name_withings {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("withings", "WITHINGS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let withings = client()?;
    let login = withings.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = withings.identity(&login).await?;
    Ok(())
}
}

mod by_type_wordpress {
use grantkit::prelude::*;
use grantkit_providers::services::WordPress;

#[derive(OAuthClient)]
#[oauth(provider = WordPress, env_prefix = "WORDPRESS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wordpress = App::from_env()?.connect()?;
    let login = wordpress.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wordpress.identity(&login).await?;
    Ok(())
}
}

mod by_name_wordpress {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("wordpress", "WORDPRESS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let wordpress = client()?;
    let login = wordpress.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = wordpress.identity(&login).await?;
    Ok(())
}
}

mod by_type_workos {
use grantkit::prelude::*;
use grantkit_providers::services::WorkOS;

#[derive(OAuthClient)]
#[oauth(provider = WorkOS, env_prefix = "WORKOS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let workos = App::from_env()?.connect()?;
    let login = workos.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = workos.identity(&login).await?;
    Ok(())
}
}

mod by_name_workos {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("workos", "WORKOS", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let workos = client()?;
    let login = workos.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = workos.identity(&login).await?;
    Ok(())
}
}

mod by_type_world_id {
use grantkit::prelude::*;
use grantkit_providers::services::WorldId;

#[derive(OAuthClient)]
#[oauth(provider = WorldId, env_prefix = "WORLD_ID")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let world_id = App::from_env()?.connect()?;
    let login = world_id.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = world_id.identity(&login).await?;
    Ok(())
}
}

mod by_name_world_id {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("world-id", "WORLD_ID", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let world_id = client()?;
    let login = world_id.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = world_id.identity(&login).await?;
    Ok(())
}
}

mod by_type_x {
use grantkit::prelude::*;
use grantkit_providers::services::X;

#[derive(OAuthClient)]
#[oauth(provider = X, env_prefix = "X")]
struct App {
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let x = App::from_env()?.connect()?;
    let login = x.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = x.identity(&login).await?;
    Ok(())
}
}

mod by_name_x {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("x", "X", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let x = client()?;
    let login = x.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = x.identity(&login).await?;
    Ok(())
}
}

mod by_type_xero {
use grantkit::prelude::*;
use grantkit_providers::services::Xero;

#[derive(OAuthClient)]
#[oauth(provider = Xero, env_prefix = "XERO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let xero = App::from_env()?.connect()?;
    let login = xero.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = xero.identity(&login).await?;
    Ok(())
}
}

mod by_name_xero {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("xero", "XERO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let xero = client()?;
    let login = xero.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = xero.identity(&login).await?;
    Ok(())
}
}

mod by_type_yahoo {
use grantkit::prelude::*;
use grantkit_providers::services::Yahoo;

#[derive(OAuthClient)]
#[oauth(provider = Yahoo, env_prefix = "YAHOO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let yahoo = App::from_env()?.connect()?;
    let login = yahoo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = yahoo.identity(&login).await?;
    Ok(())
}
}

mod by_name_yahoo {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("yahoo", "YAHOO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let yahoo = client()?;
    let login = yahoo.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = yahoo.identity(&login).await?;
    Ok(())
}
}

mod by_type_yandex {
use grantkit::prelude::*;
use grantkit_providers::services::Yandex;

#[derive(OAuthClient)]
#[oauth(provider = Yandex, env_prefix = "YANDEX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let yandex = App::from_env()?.connect()?;
    let login = yandex.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = yandex.identity(&login).await?;
    Ok(())
}
}

mod by_name_yandex {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("yandex", "YANDEX", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let yandex = client()?;
    let login = yandex.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = yandex.identity(&login).await?;
    Ok(())
}
}

mod by_type_zendesk {
use grantkit::prelude::*;
use grantkit_providers::services::Zendesk;

#[derive(OAuthClient)]
#[oauth(provider = Zendesk, env_prefix = "ZENDESK")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zendesk = App::from_env()?.connect()?;
    let login = zendesk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zendesk.identity(&login).await?;
    Ok(())
}
}

mod by_name_zendesk {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("zendesk", "ZENDESK", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zendesk = client()?;
    let login = zendesk.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zendesk.identity(&login).await?;
    Ok(())
}
}

mod by_type_zitadel {
use grantkit::prelude::*;
use grantkit_providers::services::Zitadel;

#[derive(OAuthClient)]
#[oauth(provider = Zitadel, env_prefix = "ZITADEL")]
struct App {
    instance: String,
    client_id: String,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zitadel = App::from_env()?.connect()?;
    let login = zitadel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zitadel.identity(&login).await?;
    Ok(())
}
}

mod by_name_zitadel {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("zitadel", "ZITADEL", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zitadel = client()?;
    let login = zitadel.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zitadel.identity(&login).await?;
    Ok(())
}
}

mod by_type_zoho {
use grantkit::prelude::*;
use grantkit_providers::services::Zoho;

#[derive(OAuthClient)]
#[oauth(provider = Zoho, env_prefix = "ZOHO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zoho = App::from_env()?.connect()?;
    let login = zoho.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zoho.identity(&login).await?;
    Ok(())
}
}

mod by_name_zoho {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("zoho", "ZOHO", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zoho = client()?;
    let login = zoho.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zoho.identity(&login).await?;
    Ok(())
}
}

mod by_type_zoom {
use grantkit::prelude::*;
use grantkit_providers::services::Zoom;

#[derive(OAuthClient)]
#[oauth(provider = Zoom, env_prefix = "ZOOM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zoom = App::from_env()?.connect()?;
    let login = zoom.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zoom.identity(&login).await?;
    Ok(())
}
}

mod by_name_zoom {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("zoom", "ZOOM", ())
}

async fn log_in(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
    let zoom = client()?;
    let login = zoom.login(redirect_uri)?;
    let (url, pending) = login.start()?; // send the person to `url`, who comes back with `callback`
    let login = login.finish(pending, callback).await?;
    let person = zoom.identity(&login).await?;
    Ok(())
}
}

mod by_name_oauth2 {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("oauth2", "OAUTH2", ())
}
}

mod by_name_oidc {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("oidc", "OIDC", ())
}
}

mod by_name_qci {
use grantkit::prelude::*;
use grantkit_providers as _; // links the providers

fn client() -> Result<ProviderClient> {
    ProviderClient::from_env("qci", "QCI", ())
}
}