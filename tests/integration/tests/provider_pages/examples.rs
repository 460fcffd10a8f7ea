//! Generated from `providers/catalogue/*.toml` by the integration test `catalogue`; do not edit.
//!
//! The examples of the pages in `docs/providers`, as they are printed.

use super::*;

mod of_42 {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::School42;

#[derive(OAuthClient)]
#[oauth(provider = School42, env_prefix = "SERVICE_42")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let client = App::from_env()?.connect()?;
let login = client.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = client.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let client = ProviderClient::from_env("42", "SERVICE_42", ProviderSettings::new())?;
let login = client.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = client.identity(&login).await?;
Ok(())
}
}

mod of_adfs {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Adfs;

#[derive(OAuthClient)]
#[oauth(provider = Adfs, env_prefix = "ADFS")]
struct App {
    host: String,
    client_id: String,
    client_secret: SecretString,
}

let adfs = App::from_env()?.connect()?;
let login = adfs.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = adfs.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let adfs = ProviderClient::from_env("adfs", "ADFS", ProviderSettings::new())?;
let login = adfs.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = adfs.identity(&login).await?;
Ok(())
}
}

mod of_adobe {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Adobe;

#[derive(OAuthClient)]
#[oauth(provider = Adobe, env_prefix = "ADOBE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let adobe = App::from_env()?.connect()?;
let login = adobe.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = adobe.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let adobe = ProviderClient::from_env("adobe", "ADOBE", ProviderSettings::new())?;
let login = adobe.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = adobe.identity(&login).await?;
Ok(())
}
}

mod of_airtable {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Airtable;

#[derive(OAuthClient)]
#[oauth(provider = Airtable, env_prefix = "AIRTABLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let airtable = App::from_env()?.connect()?;
let login = airtable.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = airtable.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let airtable = ProviderClient::from_env("airtable", "AIRTABLE", ProviderSettings::new())?;
let login = airtable.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = airtable.identity(&login).await?;
Ok(())
}
}

mod of_amazon {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Amazon;

#[derive(OAuthClient)]
#[oauth(provider = Amazon, env_prefix = "AMAZON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let amazon = App::from_env()?.connect()?;
let login = amazon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = amazon.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let amazon = ProviderClient::from_env("amazon", "AMAZON", ProviderSettings::new())?;
let login = amazon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = amazon.identity(&login).await?;
Ok(())
}
}

mod of_apple {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let apple = App::from_env()?.connect()?;
let login = apple.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = apple.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let apple = ProviderClient::from_env("apple", "APPLE", ProviderSettings::new())?;
let login = apple.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = apple.identity(&login).await?;
Ok(())
}
}

mod of_asana {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Asana;

#[derive(OAuthClient)]
#[oauth(provider = Asana, env_prefix = "ASANA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let asana = App::from_env()?.connect()?;
let login = asana.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = asana.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let asana = ProviderClient::from_env("asana", "ASANA", ProviderSettings::new())?;
let login = asana.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = asana.identity(&login).await?;
Ok(())
}
}

mod of_asgardeo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Asgardeo;

#[derive(OAuthClient)]
#[oauth(provider = Asgardeo, env_prefix = "ASGARDEO")]
struct App {
    org: String,
    client_id: String,
    client_secret: SecretString,
}

let asgardeo = App::from_env()?.connect()?;
let login = asgardeo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = asgardeo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let asgardeo = ProviderClient::from_env("asgardeo", "ASGARDEO", ProviderSettings::new())?;
let login = asgardeo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = asgardeo.identity(&login).await?;
Ok(())
}
}

mod of_atlassian {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Atlassian;

#[derive(OAuthClient)]
#[oauth(provider = Atlassian, env_prefix = "ATLASSIAN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let atlassian = App::from_env()?.connect()?;
let login = atlassian.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = atlassian.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let atlassian = ProviderClient::from_env("atlassian", "ATLASSIAN", ProviderSettings::new())?;
let login = atlassian.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = atlassian.identity(&login).await?;
Ok(())
}
}

mod of_auth0 {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::Auth0;

#[derive(OAuthClient)]
#[oauth(provider = Auth0, env_prefix = "AUTH0")]
struct App {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

let auth0 = App::from_env()?.connect()?;
let login = auth0.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = auth0.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let auth0 = ProviderClient::from_env("auth0", "AUTH0", ProviderSettings::new())?;
let login = auth0.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = auth0.identity(&login).await?;
Ok(())
}
}

mod of_authelia {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Authelia;

#[derive(OAuthClient)]
#[oauth(provider = Authelia, env_prefix = "AUTHELIA")]
struct App {
    host: String,
    client_id: String,
}

let authelia = App::from_env()?.connect()?;
let login = authelia.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = authelia.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let authelia = ProviderClient::from_env("authelia", "AUTHELIA", ProviderSettings::new())?;
let login = authelia.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = authelia.identity(&login).await?;
Ok(())
}
}

mod of_authentik {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Authentik;

#[derive(OAuthClient)]
#[oauth(provider = Authentik, env_prefix = "AUTHENTIK")]
struct App {
    base: String,
    slug: String,
    client_id: String,
}

let authentik = App::from_env()?.connect()?;
let login = authentik.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = authentik.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let authentik = ProviderClient::from_env("authentik", "AUTHENTIK", ProviderSettings::new())?;
let login = authentik.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = authentik.identity(&login).await?;
Ok(())
}
}

mod of_autodesk {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Autodesk;

#[derive(OAuthClient)]
#[oauth(provider = Autodesk, env_prefix = "AUTODESK")]
struct App {
    client_id: String,
}

let autodesk = App::from_env()?.connect()?;
let login = autodesk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = autodesk.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let autodesk = ProviderClient::from_env("autodesk", "AUTODESK", ProviderSettings::new())?;
let login = autodesk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = autodesk.identity(&login).await?;
Ok(())
}
}

mod of_azure_b2c {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let azure_b2c = App::from_env()?.connect()?;
let login = azure_b2c.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = azure_b2c.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let azure_b2c = ProviderClient::from_env("azure-b2c", "AZURE_B2C", ProviderSettings::new())?;
let login = azure_b2c.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = azure_b2c.identity(&login).await?;
Ok(())
}
}

mod of_bankid_no {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::BankIdNo;

#[derive(OAuthClient)]
#[oauth(provider = BankIdNo, env_prefix = "BANKID_NO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let bankid_no = App::from_env()?.connect()?;
let login = bankid_no.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bankid_no.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bankid_no = ProviderClient::from_env("bankid-no", "BANKID_NO", ProviderSettings::new())?;
let login = bankid_no.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bankid_no.identity(&login).await?;
Ok(())
}
}

mod of_basecamp {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Basecamp;

#[derive(OAuthClient)]
#[oauth(provider = Basecamp, env_prefix = "BASECAMP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let basecamp = App::from_env()?.connect()?;
let login = basecamp.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = basecamp.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let basecamp = ProviderClient::from_env("basecamp", "BASECAMP", ProviderSettings::new())?;
let login = basecamp.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = basecamp.identity(&login).await?;
Ok(())
}
}

mod of_battlenet {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::BattleNet;

#[derive(OAuthClient)]
#[oauth(provider = BattleNet, env_prefix = "BATTLENET")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let battlenet = App::from_env()?.connect()?;
let login = battlenet.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = battlenet.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let battlenet = ProviderClient::from_env("battlenet", "BATTLENET", ProviderSettings::new())?;
let login = battlenet.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = battlenet.identity(&login).await?;
Ok(())
}
}

mod of_bigcommerce {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::BigCommerce;

#[derive(OAuthClient)]
#[oauth(provider = BigCommerce, env_prefix = "BIGCOMMERCE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let bigcommerce = App::from_env()?.connect()?;
let login = bigcommerce.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bigcommerce.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bigcommerce = ProviderClient::from_env("bigcommerce", "BIGCOMMERCE", ProviderSettings::new())?;
let login = bigcommerce.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bigcommerce.identity(&login).await?;
Ok(())
}
}

mod of_bitbucket {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Bitbucket;

#[derive(OAuthClient)]
#[oauth(provider = Bitbucket, env_prefix = "BITBUCKET")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let bitbucket = App::from_env()?.connect()?;
let login = bitbucket.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bitbucket.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bitbucket = ProviderClient::from_env("bitbucket", "BITBUCKET", ProviderSettings::new())?;
let login = bitbucket.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bitbucket.identity(&login).await?;
Ok(())
}
}

mod of_bitly {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Bitly;

#[derive(OAuthClient)]
#[oauth(provider = Bitly, env_prefix = "BITLY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let bitly = App::from_env()?.connect()?;
let login = bitly.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bitly.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bitly = ProviderClient::from_env("bitly", "BITLY", ProviderSettings::new())?;
let login = bitly.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bitly.identity(&login).await?;
Ok(())
}
}

mod of_bluesky {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Bluesky;

#[derive(OAuthClient)]
#[oauth(provider = Bluesky, env_prefix = "BLUESKY")]
struct App {
    client_id: String,
}

let bluesky = App::from_env()?.connect()?;
let login = bluesky.login(redirect_uri)?;
let (url, pending) = login.push().await?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bluesky.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bluesky = ProviderClient::from_env("bluesky", "BLUESKY", ProviderSettings::new())?;
let login = bluesky.login(redirect_uri)?;
let (url, pending) = login.push().await?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bluesky.identity(&login).await?;
Ok(())
}
}

mod of_box {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::BoxCom;

#[derive(OAuthClient)]
#[oauth(provider = BoxCom, env_prefix = "BOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let client = App::from_env()?.connect()?;
let login = client.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = client.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let client = ProviderClient::from_env("box", "BOX", ProviderSettings::new())?;
let login = client.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = client.identity(&login).await?;
Ok(())
}
}

mod of_boxyhq {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let boxyhq = App::from_env()?.connect()?;
let login = boxyhq.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = boxyhq.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let boxyhq = ProviderClient::from_env("boxyhq", "BOXYHQ", ProviderSettings::new())?;
let login = boxyhq.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = boxyhq.identity(&login).await?;
Ok(())
}
}

mod of_bungie {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Bungie;

#[derive(OAuthClient)]
#[oauth(provider = Bungie, env_prefix = "BUNGIE")]
struct App {
    client_id: String,
}

let bungie = App::from_env()?.connect()?;
let login = bungie.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bungie.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let bungie = ProviderClient::from_env("bungie", "BUNGIE", ProviderSettings::new())?;
let login = bungie.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = bungie.identity(&login).await?;
Ok(())
}
}

mod of_calendly {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Calendly;

#[derive(OAuthClient)]
#[oauth(provider = Calendly, env_prefix = "CALENDLY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let calendly = App::from_env()?.connect()?;
let login = calendly.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = calendly.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let calendly = ProviderClient::from_env("calendly", "CALENDLY", ProviderSettings::new())?;
let login = calendly.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = calendly.identity(&login).await?;
Ok(())
}
}

mod of_canva {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Canva;

#[derive(OAuthClient)]
#[oauth(provider = Canva, env_prefix = "CANVA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let canva = App::from_env()?.connect()?;
let login = canva.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = canva.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let canva = ProviderClient::from_env("canva", "CANVA", ProviderSettings::new())?;
let login = canva.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = canva.identity(&login).await?;
Ok(())
}
}

mod of_clerk {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Clerk;

#[derive(OAuthClient)]
#[oauth(provider = Clerk, env_prefix = "CLERK")]
struct App {
    frontend_api: String,
    client_id: String,
}

let clerk = App::from_env()?.connect()?;
let login = clerk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = clerk.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let clerk = ProviderClient::from_env("clerk", "CLERK", ProviderSettings::new())?;
let login = clerk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = clerk.identity(&login).await?;
Ok(())
}
}

mod of_clickup {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::ClickUp;

#[derive(OAuthClient)]
#[oauth(provider = ClickUp, env_prefix = "CLICKUP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let clickup = App::from_env()?.connect()?;
let login = clickup.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = clickup.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let clickup = ProviderClient::from_env("clickup", "CLICKUP", ProviderSettings::new())?;
let login = clickup.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = clickup.identity(&login).await?;
Ok(())
}
}

mod of_cognito {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let cognito = App::from_env()?.connect()?;
let login = cognito.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = cognito.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let cognito = ProviderClient::from_env("cognito", "COGNITO", ProviderSettings::new())?;
let login = cognito.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = cognito.identity(&login).await?;
Ok(())
}
}

mod of_coinbase {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Coinbase;

#[derive(OAuthClient)]
#[oauth(provider = Coinbase, env_prefix = "COINBASE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let coinbase = App::from_env()?.connect()?;
let login = coinbase.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = coinbase.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let coinbase = ProviderClient::from_env("coinbase", "COINBASE", ProviderSettings::new())?;
let login = coinbase.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = coinbase.identity(&login).await?;
Ok(())
}
}

mod of_dailymotion {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Dailymotion;

#[derive(OAuthClient)]
#[oauth(provider = Dailymotion, env_prefix = "DAILYMOTION")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let dailymotion = App::from_env()?.connect()?;
let login = dailymotion.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dailymotion.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let dailymotion = ProviderClient::from_env("dailymotion", "DAILYMOTION", ProviderSettings::new())?;
let login = dailymotion.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dailymotion.identity(&login).await?;
Ok(())
}
}

mod of_databricks {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Databricks;

#[derive(OAuthClient)]
#[oauth(provider = Databricks, env_prefix = "DATABRICKS")]
struct App {
    host: String,
    client_id: String,
}

let databricks = App::from_env()?.connect()?;
let login = databricks.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = databricks.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let databricks = ProviderClient::from_env("databricks", "DATABRICKS", ProviderSettings::new())?;
let login = databricks.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = databricks.identity(&login).await?;
Ok(())
}
}

mod of_deezer {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Deezer;

#[derive(OAuthClient)]
#[oauth(provider = Deezer, env_prefix = "DEEZER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let deezer = App::from_env()?.connect()?;
let login = deezer.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = deezer.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let deezer = ProviderClient::from_env("deezer", "DEEZER", ProviderSettings::new())?;
let login = deezer.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = deezer.identity(&login).await?;
Ok(())
}
}

mod of_descope {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Descope;

#[derive(OAuthClient)]
#[oauth(provider = Descope, env_prefix = "DESCOPE")]
struct App {
    project_id: String,
    client_id: String,
    client_secret: SecretString,
}

let descope = App::from_env()?.connect()?;
let login = descope.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = descope.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let descope = ProviderClient::from_env("descope", "DESCOPE", ProviderSettings::new())?;
let login = descope.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = descope.identity(&login).await?;
Ok(())
}
}

mod of_deviantart {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::DeviantArt;

#[derive(OAuthClient)]
#[oauth(provider = DeviantArt, env_prefix = "DEVIANTART")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let deviantart = App::from_env()?.connect()?;
let login = deviantart.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = deviantart.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let deviantart = ProviderClient::from_env("deviantart", "DEVIANTART", ProviderSettings::new())?;
let login = deviantart.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = deviantart.identity(&login).await?;
Ok(())
}
}

mod of_digitalocean {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::DigitalOcean;

#[derive(OAuthClient)]
#[oauth(provider = DigitalOcean, env_prefix = "DIGITALOCEAN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let digitalocean = App::from_env()?.connect()?;
let login = digitalocean.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = digitalocean.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let digitalocean = ProviderClient::from_env("digitalocean", "DIGITALOCEAN", ProviderSettings::new())?;
let login = digitalocean.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = digitalocean.identity(&login).await?;
Ok(())
}
}

mod of_discord {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Discord;

#[derive(OAuthClient)]
#[oauth(provider = Discord, env_prefix = "DISCORD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let discord = App::from_env()?.connect()?;
let login = discord.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = discord.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let discord = ProviderClient::from_env("discord", "DISCORD", ProviderSettings::new())?;
let login = discord.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = discord.identity(&login).await?;
Ok(())
}
}

mod of_docusign {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::DocuSign;

#[derive(OAuthClient)]
#[oauth(provider = DocuSign, env_prefix = "DOCUSIGN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let docusign = App::from_env()?.connect()?;
let login = docusign.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = docusign.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let docusign = ProviderClient::from_env("docusign", "DOCUSIGN", ProviderSettings::new())?;
let login = docusign.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = docusign.identity(&login).await?;
Ok(())
}
}

mod of_dribbble {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Dribbble;

#[derive(OAuthClient)]
#[oauth(provider = Dribbble, env_prefix = "DRIBBBLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let dribbble = App::from_env()?.connect()?;
let login = dribbble.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dribbble.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let dribbble = ProviderClient::from_env("dribbble", "DRIBBBLE", ProviderSettings::new())?;
let login = dribbble.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dribbble.identity(&login).await?;
Ok(())
}
}

mod of_dropbox {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Dropbox;

#[derive(OAuthClient)]
#[oauth(provider = Dropbox, env_prefix = "DROPBOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let dropbox = App::from_env()?.connect()?;
let login = dropbox.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dropbox.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let dropbox = ProviderClient::from_env("dropbox", "DROPBOX", ProviderSettings::new())?;
let login = dropbox.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = dropbox.identity(&login).await?;
Ok(())
}
}

mod of_duende {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Duende;

#[derive(OAuthClient)]
#[oauth(provider = Duende, env_prefix = "DUENDE")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

let duende = App::from_env()?.connect()?;
let login = duende.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = duende.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let duende = ProviderClient::from_env("duende", "DUENDE", ProviderSettings::new())?;
let login = duende.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = duende.identity(&login).await?;
Ok(())
}
}

mod of_ebay {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::EBay;

#[derive(OAuthClient)]
#[oauth(provider = EBay, env_prefix = "EBAY")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri_name: String,
}

let ebay = App::from_env()?.connect()?;
let login = ebay.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ebay.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let ebay = ProviderClient::from_env("ebay", "EBAY", ProviderSettings::new())?;
let login = ebay.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ebay.identity(&login).await?;
Ok(())
}
}

mod of_epicgames {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::EpicGames;

#[derive(OAuthClient)]
#[oauth(provider = EpicGames, env_prefix = "EPICGAMES")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let epicgames = App::from_env()?.connect()?;
let login = epicgames.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = epicgames.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let epicgames = ProviderClient::from_env("epicgames", "EPICGAMES", ProviderSettings::new())?;
let login = epicgames.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = epicgames.identity(&login).await?;
Ok(())
}
}

mod of_etsy {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Etsy;

#[derive(OAuthClient)]
#[oauth(provider = Etsy, env_prefix = "ETSY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let etsy = App::from_env()?.connect()?;
let login = etsy.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = etsy.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let etsy = ProviderClient::from_env("etsy", "ETSY", ProviderSettings::new())?;
let login = etsy.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = etsy.identity(&login).await?;
Ok(())
}
}

mod of_eventbrite {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Eventbrite;

#[derive(OAuthClient)]
#[oauth(provider = Eventbrite, env_prefix = "EVENTBRITE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let eventbrite = App::from_env()?.connect()?;
let login = eventbrite.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = eventbrite.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let eventbrite = ProviderClient::from_env("eventbrite", "EVENTBRITE", ProviderSettings::new())?;
let login = eventbrite.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = eventbrite.identity(&login).await?;
Ok(())
}
}

mod of_eveonline {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::EveOnline;

#[derive(OAuthClient)]
#[oauth(provider = EveOnline, env_prefix = "EVEONLINE")]
struct App {
    client_id: String,
}

let eveonline = App::from_env()?.connect()?;
let login = eveonline.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let eveonline = ProviderClient::from_env("eveonline", "EVEONLINE", ProviderSettings::new())?;
let login = eveonline.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
Ok(())
}
}

mod of_facebook {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Facebook;

#[derive(OAuthClient)]
#[oauth(provider = Facebook, env_prefix = "FACEBOOK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let facebook = App::from_env()?.connect()?;
let login = facebook.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = facebook.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let facebook = ProviderClient::from_env("facebook", "FACEBOOK", ProviderSettings::new())?;
let login = facebook.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = facebook.identity(&login).await?;
Ok(())
}
}

mod of_faceit {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Faceit;

#[derive(OAuthClient)]
#[oauth(provider = Faceit, env_prefix = "FACEIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let faceit = App::from_env()?.connect()?;
let login = faceit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = faceit.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let faceit = ProviderClient::from_env("faceit", "FACEIT", ProviderSettings::new())?;
let login = faceit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = faceit.identity(&login).await?;
Ok(())
}
}

mod of_figma {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Figma;

#[derive(OAuthClient)]
#[oauth(provider = Figma, env_prefix = "FIGMA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let figma = App::from_env()?.connect()?;
let login = figma.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = figma.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let figma = ProviderClient::from_env("figma", "FIGMA", ProviderSettings::new())?;
let login = figma.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = figma.identity(&login).await?;
Ok(())
}
}

mod of_fitbit {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Fitbit;

#[derive(OAuthClient)]
#[oauth(provider = Fitbit, env_prefix = "FITBIT")]
struct App {
    client_id: String,
}

let fitbit = App::from_env()?.connect()?;
let login = fitbit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = fitbit.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let fitbit = ProviderClient::from_env("fitbit", "FITBIT", ProviderSettings::new())?;
let login = fitbit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = fitbit.identity(&login).await?;
Ok(())
}
}

mod of_forgejo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Forgejo;

#[derive(OAuthClient)]
#[oauth(provider = Forgejo, env_prefix = "FORGEJO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let forgejo = App::from_env()?.connect()?;
let login = forgejo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = forgejo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let forgejo = ProviderClient::from_env("forgejo", "FORGEJO", ProviderSettings::new())?;
let login = forgejo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = forgejo.identity(&login).await?;
Ok(())
}
}

mod of_foursquare {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Foursquare;

#[derive(OAuthClient)]
#[oauth(provider = Foursquare, env_prefix = "FOURSQUARE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let foursquare = App::from_env()?.connect()?;
let login = foursquare.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = foursquare.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let foursquare = ProviderClient::from_env("foursquare", "FOURSQUARE", ProviderSettings::new())?;
let login = foursquare.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = foursquare.identity(&login).await?;
Ok(())
}
}

mod of_franceconnect {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::FranceConnect;

#[derive(OAuthClient)]
#[oauth(provider = FranceConnect, env_prefix = "FRANCECONNECT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let franceconnect = App::from_env()?.connect()?;
let login = franceconnect.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = franceconnect.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let franceconnect = ProviderClient::from_env("franceconnect", "FRANCECONNECT", ProviderSettings::new())?;
let login = franceconnect.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = franceconnect.identity(&login).await?;
Ok(())
}
}

mod of_freshbooks {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::FreshBooks;

#[derive(OAuthClient)]
#[oauth(provider = FreshBooks, env_prefix = "FRESHBOOKS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let freshbooks = App::from_env()?.connect()?;
let login = freshbooks.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = freshbooks.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let freshbooks = ProviderClient::from_env("freshbooks", "FRESHBOOKS", ProviderSettings::new())?;
let login = freshbooks.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = freshbooks.identity(&login).await?;
Ok(())
}
}

mod of_frontegg {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Frontegg;

#[derive(OAuthClient)]
#[oauth(provider = Frontegg, env_prefix = "FRONTEGG")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

let frontegg = App::from_env()?.connect()?;
let login = frontegg.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = frontegg.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let frontegg = ProviderClient::from_env("frontegg", "FRONTEGG", ProviderSettings::new())?;
let login = frontegg.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = frontegg.identity(&login).await?;
Ok(())
}
}

mod of_fusionauth {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let fusionauth = App::from_env()?.connect()?;
let login = fusionauth.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = fusionauth.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let fusionauth = ProviderClient::from_env("fusionauth", "FUSIONAUTH", ProviderSettings::new())?;
let login = fusionauth.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = fusionauth.identity(&login).await?;
Ok(())
}
}

mod of_garmin {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Garmin;

#[derive(OAuthClient)]
#[oauth(provider = Garmin, env_prefix = "GARMIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let garmin = App::from_env()?.connect()?;
let login = garmin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = garmin.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let garmin = ProviderClient::from_env("garmin", "GARMIN", ProviderSettings::new())?;
let login = garmin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = garmin.identity(&login).await?;
Ok(())
}
}

mod of_gitea {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Gitea;

#[derive(OAuthClient)]
#[oauth(provider = Gitea, env_prefix = "GITEA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let gitea = App::from_env()?.connect()?;
let login = gitea.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gitea.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let gitea = ProviderClient::from_env("gitea", "GITEA", ProviderSettings::new())?;
let login = gitea.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gitea.identity(&login).await?;
Ok(())
}
}

mod of_github {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::GitHub;

#[derive(OAuthClient)]
#[oauth(provider = GitHub, env_prefix = "GITHUB")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let github = App::from_env()?.connect()?;
let login = github.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = github.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let github = ProviderClient::from_env("github", "GITHUB", ProviderSettings::new())?;
let login = github.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = github.identity(&login).await?;
Ok(())
}
}

mod of_github_enterprise {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let github_enterprise = App::from_env()?.connect()?;
let login = github_enterprise.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = github_enterprise.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let github_enterprise = ProviderClient::from_env("github-enterprise", "GITHUB_ENTERPRISE", ProviderSettings::new())?;
let login = github_enterprise.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = github_enterprise.identity(&login).await?;
Ok(())
}
}

mod of_gitlab {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::GitLab;

#[derive(OAuthClient)]
#[oauth(provider = GitLab, env_prefix = "GITLAB")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let gitlab = App::from_env()?.connect()?;
let login = gitlab.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gitlab.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let gitlab = ProviderClient::from_env("gitlab", "GITLAB", ProviderSettings::new())?;
let login = gitlab.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gitlab.identity(&login).await?;
Ok(())
}
}

mod of_gohighlevel {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::GoHighLevel;

#[derive(OAuthClient)]
#[oauth(provider = GoHighLevel, env_prefix = "GOHIGHLEVEL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let gohighlevel = App::from_env()?.connect()?;
let login = gohighlevel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gohighlevel.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let gohighlevel = ProviderClient::from_env("gohighlevel", "GOHIGHLEVEL", ProviderSettings::new())?;
let login = gohighlevel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gohighlevel.identity(&login).await?;
Ok(())
}
}

mod of_google {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::Google;

#[derive(OAuthClient)]
#[oauth(provider = Google, env_prefix = "GOOGLE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let google = App::from_env()?.connect()?;
let login = google.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = google.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let google = ProviderClient::from_env("google", "GOOGLE", ProviderSettings::new())?;
let login = google.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = google.identity(&login).await?;
Ok(())
}
}

mod of_gusto {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Gusto;

#[derive(OAuthClient)]
#[oauth(provider = Gusto, env_prefix = "GUSTO")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
}

let gusto = App::from_env()?.connect()?;
let login = gusto.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gusto.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let gusto = ProviderClient::from_env("gusto", "GUSTO", ProviderSettings::new())?;
let login = gusto.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = gusto.identity(&login).await?;
Ok(())
}
}

mod of_harvest {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Harvest;

#[derive(OAuthClient)]
#[oauth(provider = Harvest, env_prefix = "HARVEST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let harvest = App::from_env()?.connect()?;
let login = harvest.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = harvest.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let harvest = ProviderClient::from_env("harvest", "HARVEST", ProviderSettings::new())?;
let login = harvest.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = harvest.identity(&login).await?;
Ok(())
}
}

mod of_heroku {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Heroku;

#[derive(OAuthClient)]
#[oauth(provider = Heroku, env_prefix = "HEROKU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let heroku = App::from_env()?.connect()?;
let login = heroku.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = heroku.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let heroku = ProviderClient::from_env("heroku", "HEROKU", ProviderSettings::new())?;
let login = heroku.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = heroku.identity(&login).await?;
Ok(())
}
}

mod of_hetzner {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Hetzner;

#[derive(OAuthClient)]
#[oauth(provider = Hetzner, env_prefix = "HETZNER")]
struct App {
    token: SecretString,
}

let hetzner = App::from_env()?.connect()?;
let api = hetzner.api(hetzner.credentials())?;
let answer = api.get("..").send().await?; // a path of the API
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let hetzner = ProviderClient::from_env("hetzner", "HETZNER", ProviderSettings::new())?;
let api = hetzner.api(hetzner.credentials())?;
let answer = api.get("..").send().await?; // a path of the API
Ok(())
}
}

mod of_hubspot {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::HubSpot;

#[derive(OAuthClient)]
#[oauth(provider = HubSpot, env_prefix = "HUBSPOT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let hubspot = App::from_env()?.connect()?;
let login = hubspot.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = hubspot.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let hubspot = ProviderClient::from_env("hubspot", "HUBSPOT", ProviderSettings::new())?;
let login = hubspot.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = hubspot.identity(&login).await?;
Ok(())
}
}

mod of_huggingface {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::HuggingFace;

#[derive(OAuthClient)]
#[oauth(provider = HuggingFace, env_prefix = "HUGGINGFACE")]
struct App {
    client_id: String,
}

let huggingface = App::from_env()?.connect()?;
let login = huggingface.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = huggingface.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let huggingface = ProviderClient::from_env("huggingface", "HUGGINGFACE", ProviderSettings::new())?;
let login = huggingface.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = huggingface.identity(&login).await?;
Ok(())
}
}

mod of_ibm_appid {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let ibm_appid = App::from_env()?.connect()?;
let login = ibm_appid.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ibm_appid.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let ibm_appid = ProviderClient::from_env("ibm-appid", "IBM_APPID", ProviderSettings::new())?;
let login = ibm_appid.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ibm_appid.identity(&login).await?;
Ok(())
}
}

mod of_instagram {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Instagram;

#[derive(OAuthClient)]
#[oauth(provider = Instagram, env_prefix = "INSTAGRAM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let instagram = App::from_env()?.connect()?;
let login = instagram.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = instagram.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let instagram = ProviderClient::from_env("instagram", "INSTAGRAM", ProviderSettings::new())?;
let login = instagram.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = instagram.identity(&login).await?;
Ok(())
}
}

mod of_intercom {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Intercom;

#[derive(OAuthClient)]
#[oauth(provider = Intercom, env_prefix = "INTERCOM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let intercom = App::from_env()?.connect()?;
let login = intercom.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = intercom.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let intercom = ProviderClient::from_env("intercom", "INTERCOM", ProviderSettings::new())?;
let login = intercom.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = intercom.identity(&login).await?;
Ok(())
}
}

mod of_intuit {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Intuit;

#[derive(OAuthClient)]
#[oauth(provider = Intuit, env_prefix = "INTUIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let intuit = App::from_env()?.connect()?;
let login = intuit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = intuit.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let intuit = ProviderClient::from_env("intuit", "INTUIT", ProviderSettings::new())?;
let login = intuit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = intuit.identity(&login).await?;
Ok(())
}
}

mod of_itsme {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Itsme;

#[derive(OAuthClient)]
#[oauth(provider = Itsme, env_prefix = "ITSME")]
struct App {
    service_code: String,
    client_id: String,
    client_secret: SecretString,
}

let itsme = App::from_env()?.connect()?;
let login = itsme.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = itsme.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let itsme = ProviderClient::from_env("itsme", "ITSME", ProviderSettings::new())?;
let login = itsme.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = itsme.identity(&login).await?;
Ok(())
}
}

mod of_jumpcloud {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::JumpCloud;

#[derive(OAuthClient)]
#[oauth(provider = JumpCloud, env_prefix = "JUMPCLOUD")]
struct App {
    client_id: String,
}

let jumpcloud = App::from_env()?.connect()?;
let login = jumpcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = jumpcloud.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let jumpcloud = ProviderClient::from_env("jumpcloud", "JUMPCLOUD", ProviderSettings::new())?;
let login = jumpcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = jumpcloud.identity(&login).await?;
Ok(())
}
}

mod of_kakao {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Kakao;

#[derive(OAuthClient)]
#[oauth(provider = Kakao, env_prefix = "KAKAO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let kakao = App::from_env()?.connect()?;
let login = kakao.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kakao.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let kakao = ProviderClient::from_env("kakao", "KAKAO", ProviderSettings::new())?;
let login = kakao.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kakao.identity(&login).await?;
Ok(())
}
}

mod of_keycloak {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let keycloak = App::from_env()?.connect()?;
let login = keycloak.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = keycloak.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let keycloak = ProviderClient::from_env("keycloak", "KEYCLOAK", ProviderSettings::new())?;
let login = keycloak.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = keycloak.identity(&login).await?;
Ok(())
}
}

mod of_kick {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Kick;

#[derive(OAuthClient)]
#[oauth(provider = Kick, env_prefix = "KICK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let kick = App::from_env()?.connect()?;
let login = kick.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kick.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let kick = ProviderClient::from_env("kick", "KICK", ProviderSettings::new())?;
let login = kick.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kick.identity(&login).await?;
Ok(())
}
}

mod of_kinde {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Kinde;

#[derive(OAuthClient)]
#[oauth(provider = Kinde, env_prefix = "KINDE")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

let kinde = App::from_env()?.connect()?;
let login = kinde.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kinde.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let kinde = ProviderClient::from_env("kinde", "KINDE", ProviderSettings::new())?;
let login = kinde.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = kinde.identity(&login).await?;
Ok(())
}
}

mod of_klaviyo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Klaviyo;

#[derive(OAuthClient)]
#[oauth(provider = Klaviyo, env_prefix = "KLAVIYO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let klaviyo = App::from_env()?.connect()?;
let login = klaviyo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = klaviyo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let klaviyo = ProviderClient::from_env("klaviyo", "KLAVIYO", ProviderSettings::new())?;
let login = klaviyo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = klaviyo.identity(&login).await?;
Ok(())
}
}

mod of_lichess {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Lichess;

#[derive(OAuthClient)]
#[oauth(provider = Lichess, env_prefix = "LICHESS")]
struct App {
    client_id: String,
}

let lichess = App::from_env()?.connect()?;
let login = lichess.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = lichess.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let lichess = ProviderClient::from_env("lichess", "LICHESS", ProviderSettings::new())?;
let login = lichess.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = lichess.identity(&login).await?;
Ok(())
}
}

mod of_line {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Line;

#[derive(OAuthClient)]
#[oauth(provider = Line, env_prefix = "LINE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let line = App::from_env()?.connect()?;
let login = line.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = line.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let line = ProviderClient::from_env("line", "LINE", ProviderSettings::new())?;
let login = line.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = line.identity(&login).await?;
Ok(())
}
}

mod of_linear {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Linear;

#[derive(OAuthClient)]
#[oauth(provider = Linear, env_prefix = "LINEAR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let linear = App::from_env()?.connect()?;
let login = linear.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linear.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let linear = ProviderClient::from_env("linear", "LINEAR", ProviderSettings::new())?;
let login = linear.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linear.identity(&login).await?;
Ok(())
}
}

mod of_linkedin {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::LinkedIn;

#[derive(OAuthClient)]
#[oauth(provider = LinkedIn, env_prefix = "LINKEDIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let linkedin = App::from_env()?.connect()?;
let login = linkedin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linkedin.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let linkedin = ProviderClient::from_env("linkedin", "LINKEDIN", ProviderSettings::new())?;
let login = linkedin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linkedin.identity(&login).await?;
Ok(())
}
}

mod of_linode {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Linode;

#[derive(OAuthClient)]
#[oauth(provider = Linode, env_prefix = "LINODE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let linode = App::from_env()?.connect()?;
let login = linode.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linode.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let linode = ProviderClient::from_env("linode", "LINODE", ProviderSettings::new())?;
let login = linode.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = linode.identity(&login).await?;
Ok(())
}
}

mod of_logto {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Logto;

#[derive(OAuthClient)]
#[oauth(provider = Logto, env_prefix = "LOGTO")]
struct App {
    base: String,
    client_id: String,
}

let logto = App::from_env()?.connect()?;
let login = logto.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = logto.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let logto = ProviderClient::from_env("logto", "LOGTO", ProviderSettings::new())?;
let login = logto.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = logto.identity(&login).await?;
Ok(())
}
}

mod of_lyft {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Lyft;

#[derive(OAuthClient)]
#[oauth(provider = Lyft, env_prefix = "LYFT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let lyft = App::from_env()?.connect()?;
let login = lyft.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = lyft.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let lyft = ProviderClient::from_env("lyft", "LYFT", ProviderSettings::new())?;
let login = lyft.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = lyft.identity(&login).await?;
Ok(())
}
}

mod of_mailchimp {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Mailchimp;

#[derive(OAuthClient)]
#[oauth(provider = Mailchimp, env_prefix = "MAILCHIMP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let mailchimp = App::from_env()?.connect()?;
let login = mailchimp.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mailchimp.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let mailchimp = ProviderClient::from_env("mailchimp", "MAILCHIMP", ProviderSettings::new())?;
let login = mailchimp.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mailchimp.identity(&login).await?;
Ok(())
}
}

mod of_mailru {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::MailRu;

#[derive(OAuthClient)]
#[oauth(provider = MailRu, env_prefix = "MAILRU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let mailru = App::from_env()?.connect()?;
let login = mailru.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mailru.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let mailru = ProviderClient::from_env("mailru", "MAILRU", ProviderSettings::new())?;
let login = mailru.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mailru.identity(&login).await?;
Ok(())
}
}

mod of_mastodon {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Mastodon;

#[derive(OAuthClient)]
#[oauth(provider = Mastodon, env_prefix = "MASTODON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let mastodon = App::from_env()?.connect()?;
let login = mastodon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mastodon.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let mastodon = ProviderClient::from_env("mastodon", "MASTODON", ProviderSettings::new())?;
let login = mastodon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mastodon.identity(&login).await?;
Ok(())
}
}

mod of_mattermost {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Mattermost;

#[derive(OAuthClient)]
#[oauth(provider = Mattermost, env_prefix = "MATTERMOST")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

let mattermost = App::from_env()?.connect()?;
let login = mattermost.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mattermost.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let mattermost = ProviderClient::from_env("mattermost", "MATTERMOST", ProviderSettings::new())?;
let login = mattermost.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mattermost.identity(&login).await?;
Ok(())
}
}

mod of_medium {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Medium;

#[derive(OAuthClient)]
#[oauth(provider = Medium, env_prefix = "MEDIUM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let medium = App::from_env()?.connect()?;
let login = medium.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = medium.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let medium = ProviderClient::from_env("medium", "MEDIUM", ProviderSettings::new())?;
let login = medium.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = medium.identity(&login).await?;
Ok(())
}
}

mod of_meetup {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Meetup;

#[derive(OAuthClient)]
#[oauth(provider = Meetup, env_prefix = "MEETUP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let meetup = App::from_env()?.connect()?;
let login = meetup.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = meetup.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let meetup = ProviderClient::from_env("meetup", "MEETUP", ProviderSettings::new())?;
let login = meetup.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = meetup.identity(&login).await?;
Ok(())
}
}

mod of_microsoft {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Microsoft;

#[derive(OAuthClient)]
#[oauth(provider = Microsoft, env_prefix = "MICROSOFT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let microsoft = App::from_env()?.connect()?;
let login = microsoft.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = microsoft.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let microsoft = ProviderClient::from_env("microsoft", "MICROSOFT", ProviderSettings::new())?;
let login = microsoft.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = microsoft.identity(&login).await?;
Ok(())
}
}

mod of_microsoft_personal {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::MicrosoftPersonal;

#[derive(OAuthClient)]
#[oauth(provider = MicrosoftPersonal, env_prefix = "MICROSOFT_PERSONAL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let microsoft_personal = App::from_env()?.connect()?;
let login = microsoft_personal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = microsoft_personal.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let microsoft_personal = ProviderClient::from_env("microsoft-personal", "MICROSOFT_PERSONAL", ProviderSettings::new())?;
let login = microsoft_personal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = microsoft_personal.identity(&login).await?;
Ok(())
}
}

mod of_miro {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Miro;

#[derive(OAuthClient)]
#[oauth(provider = Miro, env_prefix = "MIRO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let miro = App::from_env()?.connect()?;
let login = miro.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = miro.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let miro = ProviderClient::from_env("miro", "MIRO", ProviderSettings::new())?;
let login = miro.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = miro.identity(&login).await?;
Ok(())
}
}

mod of_mixcloud {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Mixcloud;

#[derive(OAuthClient)]
#[oauth(provider = Mixcloud, env_prefix = "MIXCLOUD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let mixcloud = App::from_env()?.connect()?;
let login = mixcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mixcloud.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let mixcloud = ProviderClient::from_env("mixcloud", "MIXCLOUD", ProviderSettings::new())?;
let login = mixcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = mixcloud.identity(&login).await?;
Ok(())
}
}

mod of_monday {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Monday;

#[derive(OAuthClient)]
#[oauth(provider = Monday, env_prefix = "MONDAY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let monday = App::from_env()?.connect()?;
let login = monday.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = monday.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let monday = ProviderClient::from_env("monday", "MONDAY", ProviderSettings::new())?;
let login = monday.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = monday.identity(&login).await?;
Ok(())
}
}

mod of_naver {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Naver;

#[derive(OAuthClient)]
#[oauth(provider = Naver, env_prefix = "NAVER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let naver = App::from_env()?.connect()?;
let login = naver.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = naver.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let naver = ProviderClient::from_env("naver", "NAVER", ProviderSettings::new())?;
let login = naver.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = naver.identity(&login).await?;
Ok(())
}
}

mod of_netlify {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Netlify;

#[derive(OAuthClient)]
#[oauth(provider = Netlify, env_prefix = "NETLIFY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let netlify = App::from_env()?.connect()?;
let login = netlify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = netlify.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let netlify = ProviderClient::from_env("netlify", "NETLIFY", ProviderSettings::new())?;
let login = netlify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = netlify.identity(&login).await?;
Ok(())
}
}

mod of_netsuite {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::NetSuite;

#[derive(OAuthClient)]
#[oauth(provider = NetSuite, env_prefix = "NETSUITE")]
struct App {
    account_id: String,
    client_id: String,
}

let netsuite = App::from_env()?.connect()?;
let login = netsuite.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let netsuite = ProviderClient::from_env("netsuite", "NETSUITE", ProviderSettings::new())?;
let login = netsuite.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
Ok(())
}
}

mod of_nextcloud {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Nextcloud;

#[derive(OAuthClient)]
#[oauth(provider = Nextcloud, env_prefix = "NEXTCLOUD")]
struct App {
    base: String,
    client_id: String,
    client_secret: SecretString,
}

let nextcloud = App::from_env()?.connect()?;
let login = nextcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = nextcloud.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let nextcloud = ProviderClient::from_env("nextcloud", "NEXTCLOUD", ProviderSettings::new())?;
let login = nextcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = nextcloud.identity(&login).await?;
Ok(())
}
}

mod of_notion {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Notion;

#[derive(OAuthClient)]
#[oauth(provider = Notion, env_prefix = "NOTION")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let notion = App::from_env()?.connect()?;
let login = notion.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = notion.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let notion = ProviderClient::from_env("notion", "NOTION", ProviderSettings::new())?;
let login = notion.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = notion.identity(&login).await?;
Ok(())
}
}

mod of_ok {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Odnoklassniki;

#[derive(OAuthClient)]
#[oauth(provider = Odnoklassniki, env_prefix = "OK")]
struct App {
    application_key: String,
    client_id: String,
    client_secret: SecretString,
}

let ok = App::from_env()?.connect()?;
let login = ok.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ok.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let ok = ProviderClient::from_env("ok", "OK", ProviderSettings::new())?;
let login = ok.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ok.identity(&login).await?;
Ok(())
}
}

mod of_okta {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Okta;

#[derive(OAuthClient)]
#[oauth(provider = Okta, env_prefix = "OKTA")]
struct App {
    domain: String,
    client_id: String,
    client_secret: SecretString,
}

let okta = App::from_env()?.connect()?;
let login = okta.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = okta.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let okta = ProviderClient::from_env("okta", "OKTA", ProviderSettings::new())?;
let login = okta.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = okta.identity(&login).await?;
Ok(())
}
}

mod of_onelogin {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::OneLogin;

#[derive(OAuthClient)]
#[oauth(provider = OneLogin, env_prefix = "ONELOGIN")]
struct App {
    subdomain: String,
    client_id: String,
}

let onelogin = App::from_env()?.connect()?;
let login = onelogin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = onelogin.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let onelogin = ProviderClient::from_env("onelogin", "ONELOGIN", ProviderSettings::new())?;
let login = onelogin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = onelogin.identity(&login).await?;
Ok(())
}
}

mod of_openrouter {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::OpenRouter;

let openrouter = ProviderClient::from_env_as::<OpenRouter>("OPENROUTER", ProviderSettings::new())?;
let login = openrouter.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = openrouter.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let openrouter = ProviderClient::from_env("openrouter", "OPENROUTER", ProviderSettings::new())?;
let login = openrouter.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = openrouter.identity(&login).await?;
Ok(())
}
}

mod of_openstreetmap {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::OpenStreetMap;

#[derive(OAuthClient)]
#[oauth(provider = OpenStreetMap, env_prefix = "OPENSTREETMAP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let openstreetmap = App::from_env()?.connect()?;
let login = openstreetmap.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = openstreetmap.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let openstreetmap = ProviderClient::from_env("openstreetmap", "OPENSTREETMAP", ProviderSettings::new())?;
let login = openstreetmap.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = openstreetmap.identity(&login).await?;
Ok(())
}
}

mod of_oracle_idcs {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::OracleIdcs;

#[derive(OAuthClient)]
#[oauth(provider = OracleIdcs, env_prefix = "ORACLE_IDCS")]
struct App {
    instance: String,
    client_id: String,
    client_secret: SecretString,
}

let oracle_idcs = App::from_env()?.connect()?;
let login = oracle_idcs.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = oracle_idcs.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let oracle_idcs = ProviderClient::from_env("oracle-idcs", "ORACLE_IDCS", ProviderSettings::new())?;
let login = oracle_idcs.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = oracle_idcs.identity(&login).await?;
Ok(())
}
}

mod of_orcid {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Orcid;

#[derive(OAuthClient)]
#[oauth(provider = Orcid, env_prefix = "ORCID")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let orcid = App::from_env()?.connect()?;
let login = orcid.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = orcid.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let orcid = ProviderClient::from_env("orcid", "ORCID", ProviderSettings::new())?;
let login = orcid.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = orcid.identity(&login).await?;
Ok(())
}
}

mod of_ory {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Ory;

#[derive(OAuthClient)]
#[oauth(provider = Ory, env_prefix = "ORY")]
struct App {
    base: String,
    client_id: String,
}

let ory = App::from_env()?.connect()?;
let login = ory.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ory.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let ory = ProviderClient::from_env("ory", "ORY", ProviderSettings::new())?;
let login = ory.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = ory.identity(&login).await?;
Ok(())
}
}

mod of_osu {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Osu;

#[derive(OAuthClient)]
#[oauth(provider = Osu, env_prefix = "OSU")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let osu = App::from_env()?.connect()?;
let login = osu.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = osu.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let osu = ProviderClient::from_env("osu", "OSU", ProviderSettings::new())?;
let login = osu.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = osu.identity(&login).await?;
Ok(())
}
}

mod of_oura {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Oura;

#[derive(OAuthClient)]
#[oauth(provider = Oura, env_prefix = "OURA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let oura = App::from_env()?.connect()?;
let login = oura.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = oura.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let oura = ProviderClient::from_env("oura", "OURA", ProviderSettings::new())?;
let login = oura.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = oura.identity(&login).await?;
Ok(())
}
}

mod of_pagerduty {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::PagerDuty;

#[derive(OAuthClient)]
#[oauth(provider = PagerDuty, env_prefix = "PAGERDUTY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let pagerduty = App::from_env()?.connect()?;
let login = pagerduty.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pagerduty.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let pagerduty = ProviderClient::from_env("pagerduty", "PAGERDUTY", ProviderSettings::new())?;
let login = pagerduty.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pagerduty.identity(&login).await?;
Ok(())
}
}

mod of_patreon {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Patreon;

#[derive(OAuthClient)]
#[oauth(provider = Patreon, env_prefix = "PATREON")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let patreon = App::from_env()?.connect()?;
let login = patreon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = patreon.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let patreon = ProviderClient::from_env("patreon", "PATREON", ProviderSettings::new())?;
let login = patreon.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = patreon.identity(&login).await?;
Ok(())
}
}

mod of_paypal {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::PayPal;

#[derive(OAuthClient)]
#[oauth(provider = PayPal, env_prefix = "PAYPAL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let paypal = App::from_env()?.connect()?;
let login = paypal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = paypal.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let paypal = ProviderClient::from_env("paypal", "PAYPAL", ProviderSettings::new())?;
let login = paypal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = paypal.identity(&login).await?;
Ok(())
}
}

mod of_pingone {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::PingOne;

#[derive(OAuthClient)]
#[oauth(provider = PingOne, env_prefix = "PINGONE")]
struct App {
    environment_id: String,
    client_id: String,
}

let pingone = App::from_env()?.connect()?;
let login = pingone.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pingone.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let pingone = ProviderClient::from_env("pingone", "PINGONE", ProviderSettings::new())?;
let login = pingone.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pingone.identity(&login).await?;
Ok(())
}
}

mod of_pinterest {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Pinterest;

#[derive(OAuthClient)]
#[oauth(provider = Pinterest, env_prefix = "PINTEREST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let pinterest = App::from_env()?.connect()?;
let login = pinterest.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pinterest.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let pinterest = ProviderClient::from_env("pinterest", "PINTEREST", ProviderSettings::new())?;
let login = pinterest.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pinterest.identity(&login).await?;
Ok(())
}
}

mod of_pipedrive {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Pipedrive;

#[derive(OAuthClient)]
#[oauth(provider = Pipedrive, env_prefix = "PIPEDRIVE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let pipedrive = App::from_env()?.connect()?;
let login = pipedrive.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pipedrive.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let pipedrive = ProviderClient::from_env("pipedrive", "PIPEDRIVE", ProviderSettings::new())?;
let login = pipedrive.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = pipedrive.identity(&login).await?;
Ok(())
}
}

mod of_polar_accesslink {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::PolarAccessLink;

#[derive(OAuthClient)]
#[oauth(provider = PolarAccessLink, env_prefix = "POLAR_ACCESSLINK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let polar_accesslink = App::from_env()?.connect()?;
let login = polar_accesslink.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = polar_accesslink.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let polar_accesslink = ProviderClient::from_env("polar-accesslink", "POLAR_ACCESSLINK", ProviderSettings::new())?;
let login = polar_accesslink.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = polar_accesslink.identity(&login).await?;
Ok(())
}
}

mod of_polar_sh {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::PolarSh;

#[derive(OAuthClient)]
#[oauth(provider = PolarSh, env_prefix = "POLAR_SH")]
struct App {
    client_id: String,
}

let polar_sh = App::from_env()?.connect()?;
let login = polar_sh.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = polar_sh.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let polar_sh = ProviderClient::from_env("polar-sh", "POLAR_SH", ProviderSettings::new())?;
let login = polar_sh.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = polar_sh.identity(&login).await?;
Ok(())
}
}

mod of_prosanteconnect {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::ProSanteConnect;

#[derive(OAuthClient)]
#[oauth(provider = ProSanteConnect, env_prefix = "PROSANTECONNECT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let prosanteconnect = App::from_env()?.connect()?;
let login = prosanteconnect.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = prosanteconnect.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let prosanteconnect = ProviderClient::from_env("prosanteconnect", "PROSANTECONNECT", ProviderSettings::new())?;
let login = prosanteconnect.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = prosanteconnect.identity(&login).await?;
Ok(())
}
}

mod of_qq {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Qq;

#[derive(OAuthClient)]
#[oauth(provider = Qq, env_prefix = "QQ")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let qq = App::from_env()?.connect()?;
let login = qq.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = qq.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let qq = ProviderClient::from_env("qq", "QQ", ProviderSettings::new())?;
let login = qq.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = qq.identity(&login).await?;
Ok(())
}
}

mod of_railway {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Railway;

#[derive(OAuthClient)]
#[oauth(provider = Railway, env_prefix = "RAILWAY")]
struct App {
    client_id: String,
}

let railway = App::from_env()?.connect()?;
let login = railway.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = railway.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let railway = ProviderClient::from_env("railway", "RAILWAY", ProviderSettings::new())?;
let login = railway.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = railway.identity(&login).await?;
Ok(())
}
}

mod of_reddit {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Reddit;

#[derive(OAuthClient)]
#[oauth(provider = Reddit, env_prefix = "REDDIT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let reddit = App::from_env()?.connect()?;
let login = reddit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = reddit.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let reddit = ProviderClient::from_env("reddit", "REDDIT", ProviderSettings::new())?;
let login = reddit.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = reddit.identity(&login).await?;
Ok(())
}
}

mod of_roblox {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Roblox;

#[derive(OAuthClient)]
#[oauth(provider = Roblox, env_prefix = "ROBLOX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let roblox = App::from_env()?.connect()?;
let login = roblox.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = roblox.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let roblox = ProviderClient::from_env("roblox", "ROBLOX", ProviderSettings::new())?;
let login = roblox.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = roblox.identity(&login).await?;
Ok(())
}
}

mod of_salesforce {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Salesforce;

#[derive(OAuthClient)]
#[oauth(provider = Salesforce, env_prefix = "SALESFORCE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let salesforce = App::from_env()?.connect()?;
let login = salesforce.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = salesforce.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let salesforce = ProviderClient::from_env("salesforce", "SALESFORCE", ProviderSettings::new())?;
let login = salesforce.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = salesforce.identity(&login).await?;
Ok(())
}
}

mod of_sap_concur {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SapConcur;

#[derive(OAuthClient)]
#[oauth(provider = SapConcur, env_prefix = "SAP_CONCUR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let sap_concur = App::from_env()?.connect()?;
let login = sap_concur.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_concur.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let sap_concur = ProviderClient::from_env("sap-concur", "SAP_CONCUR", ProviderSettings::new())?;
let login = sap_concur.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_concur.identity(&login).await?;
Ok(())
}
}

mod of_sap_ias {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SapIas;

#[derive(OAuthClient)]
#[oauth(provider = SapIas, env_prefix = "SAP_IAS")]
struct App {
    tenant: String,
    client_id: String,
    client_secret: SecretString,
}

let sap_ias = App::from_env()?.connect()?;
let login = sap_ias.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_ias.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let sap_ias = ProviderClient::from_env("sap-ias", "SAP_IAS", ProviderSettings::new())?;
let login = sap_ias.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_ias.identity(&login).await?;
Ok(())
}
}

mod of_sap_xsuaa {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
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

let sap_xsuaa = App::from_env()?.connect()?;
let login = sap_xsuaa.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_xsuaa.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let sap_xsuaa = ProviderClient::from_env("sap-xsuaa", "SAP_XSUAA", ProviderSettings::new())?;
let login = sap_xsuaa.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sap_xsuaa.identity(&login).await?;
Ok(())
}
}

mod of_sendgrid {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SendGrid;

#[derive(OAuthClient)]
#[oauth(provider = SendGrid, env_prefix = "SENDGRID")]
struct App {
    token: SecretString,
}

let sendgrid = App::from_env()?.connect()?;
let api = sendgrid.api(sendgrid.credentials())?;
let answer = api.get("..").send().await?; // a path of the API
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let sendgrid = ProviderClient::from_env("sendgrid", "SENDGRID", ProviderSettings::new())?;
let api = sendgrid.api(sendgrid.credentials())?;
let answer = api.get("..").send().await?; // a path of the API
Ok(())
}
}

mod of_servicenow {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::ServiceNow;

#[derive(OAuthClient)]
#[oauth(provider = ServiceNow, env_prefix = "SERVICENOW")]
struct App {
    instance: String,
    client_id: String,
    client_secret: SecretString,
}

let servicenow = App::from_env()?.connect()?;
let login = servicenow.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = servicenow.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let servicenow = ProviderClient::from_env("servicenow", "SERVICENOW", ProviderSettings::new())?;
let login = servicenow.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = servicenow.identity(&login).await?;
Ok(())
}
}

mod of_shopify {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Shopify;

#[derive(OAuthClient)]
#[oauth(provider = Shopify, env_prefix = "SHOPIFY")]
struct App {
    shop: String,
    client_id: String,
    client_secret: SecretString,
}

let shopify = App::from_env()?.connect()?;
let login = shopify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = shopify.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let shopify = ProviderClient::from_env("shopify", "SHOPIFY", ProviderSettings::new())?;
let login = shopify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = shopify.identity(&login).await?;
Ok(())
}
}

mod of_simplelogin {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SimpleLogin;

#[derive(OAuthClient)]
#[oauth(provider = SimpleLogin, env_prefix = "SIMPLELOGIN")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let simplelogin = App::from_env()?.connect()?;
let login = simplelogin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = simplelogin.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let simplelogin = ProviderClient::from_env("simplelogin", "SIMPLELOGIN", ProviderSettings::new())?;
let login = simplelogin.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = simplelogin.identity(&login).await?;
Ok(())
}
}

mod of_slack {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Slack;

#[derive(OAuthClient)]
#[oauth(provider = Slack, env_prefix = "SLACK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let slack = App::from_env()?.connect()?;
let login = slack.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = slack.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let slack = ProviderClient::from_env("slack", "SLACK", ProviderSettings::new())?;
let login = slack.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = slack.identity(&login).await?;
Ok(())
}
}

mod of_slack_bot {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SlackBot;

#[derive(OAuthClient)]
#[oauth(provider = SlackBot, env_prefix = "SLACK_BOT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let slack_bot = App::from_env()?.connect()?;
let login = slack_bot.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = slack_bot.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let slack_bot = ProviderClient::from_env("slack-bot", "SLACK_BOT", ProviderSettings::new())?;
let login = slack_bot.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = slack_bot.identity(&login).await?;
Ok(())
}
}

mod of_snapchat {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Snapchat;

#[derive(OAuthClient)]
#[oauth(provider = Snapchat, env_prefix = "SNAPCHAT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let snapchat = App::from_env()?.connect()?;
let login = snapchat.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = snapchat.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let snapchat = ProviderClient::from_env("snapchat", "SNAPCHAT", ProviderSettings::new())?;
let login = snapchat.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = snapchat.identity(&login).await?;
Ok(())
}
}

mod of_snowflake {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Snowflake;

#[derive(OAuthClient)]
#[oauth(provider = Snowflake, env_prefix = "SNOWFLAKE")]
struct App {
    account: String,
    role: String,
    client_id: String,
}

let snowflake = App::from_env()?.connect()?;
let login = snowflake.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = snowflake.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let snowflake = ProviderClient::from_env("snowflake", "SNOWFLAKE", ProviderSettings::new())?;
let login = snowflake.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = snowflake.identity(&login).await?;
Ok(())
}
}

mod of_soundcloud {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SoundCloud;

#[derive(OAuthClient)]
#[oauth(provider = SoundCloud, env_prefix = "SOUNDCLOUD")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let soundcloud = App::from_env()?.connect()?;
let login = soundcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = soundcloud.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let soundcloud = ProviderClient::from_env("soundcloud", "SOUNDCLOUD", ProviderSettings::new())?;
let login = soundcloud.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = soundcloud.identity(&login).await?;
Ok(())
}
}

mod of_sourcehut {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SourceHut;

#[derive(OAuthClient)]
#[oauth(provider = SourceHut, env_prefix = "SOURCEHUT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let sourcehut = App::from_env()?.connect()?;
let login = sourcehut.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sourcehut.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let sourcehut = ProviderClient::from_env("sourcehut", "SOURCEHUT", ProviderSettings::new())?;
let login = sourcehut.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = sourcehut.identity(&login).await?;
Ok(())
}
}

mod of_splitwise {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Splitwise;

#[derive(OAuthClient)]
#[oauth(provider = Splitwise, env_prefix = "SPLITWISE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let splitwise = App::from_env()?.connect()?;
let login = splitwise.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = splitwise.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let splitwise = ProviderClient::from_env("splitwise", "SPLITWISE", ProviderSettings::new())?;
let login = splitwise.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = splitwise.identity(&login).await?;
Ok(())
}
}

mod of_spotify {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Spotify;

#[derive(OAuthClient)]
#[oauth(provider = Spotify, env_prefix = "SPOTIFY")]
struct App {
    client_id: String,
}

let spotify = App::from_env()?.connect()?;
let login = spotify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = spotify.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let spotify = ProviderClient::from_env("spotify", "SPOTIFY", ProviderSettings::new())?;
let login = spotify.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = spotify.identity(&login).await?;
Ok(())
}
}

mod of_square {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Square;

#[derive(OAuthClient)]
#[oauth(provider = Square, env_prefix = "SQUARE")]
struct App {
    client_id: String,
}

let square = App::from_env()?.connect()?;
let login = square.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = square.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let square = ProviderClient::from_env("square", "SQUARE", ProviderSettings::new())?;
let login = square.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = square.identity(&login).await?;
Ok(())
}
}

mod of_stackexchange {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::StackExchange;

#[derive(OAuthClient)]
#[oauth(provider = StackExchange, env_prefix = "STACKEXCHANGE")]
struct App {
    key: String,
    client_id: String,
    client_secret: SecretString,
}

let stackexchange = App::from_env()?.connect()?;
let login = stackexchange.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = stackexchange.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let stackexchange = ProviderClient::from_env("stackexchange", "STACKEXCHANGE", ProviderSettings::new())?;
let login = stackexchange.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = stackexchange.identity(&login).await?;
Ok(())
}
}

mod of_strava {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Strava;

#[derive(OAuthClient)]
#[oauth(provider = Strava, env_prefix = "STRAVA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let strava = App::from_env()?.connect()?;
let login = strava.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = strava.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let strava = ProviderClient::from_env("strava", "STRAVA", ProviderSettings::new())?;
let login = strava.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = strava.identity(&login).await?;
Ok(())
}
}

mod of_stripe {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Stripe;

#[derive(OAuthClient)]
#[oauth(provider = Stripe, env_prefix = "STRIPE")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let stripe = App::from_env()?.connect()?;
let login = stripe.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = stripe.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let stripe = ProviderClient::from_env("stripe", "STRIPE", ProviderSettings::new())?;
let login = stripe.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = stripe.identity(&login).await?;
Ok(())
}
}

mod of_surveymonkey {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::SurveyMonkey;

#[derive(OAuthClient)]
#[oauth(provider = SurveyMonkey, env_prefix = "SURVEYMONKEY")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let surveymonkey = App::from_env()?.connect()?;
let login = surveymonkey.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = surveymonkey.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let surveymonkey = ProviderClient::from_env("surveymonkey", "SURVEYMONKEY", ProviderSettings::new())?;
let login = surveymonkey.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = surveymonkey.identity(&login).await?;
Ok(())
}
}

mod of_threads {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Threads;

#[derive(OAuthClient)]
#[oauth(provider = Threads, env_prefix = "THREADS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let threads = App::from_env()?.connect()?;
let login = threads.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = threads.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let threads = ProviderClient::from_env("threads", "THREADS", ProviderSettings::new())?;
let login = threads.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = threads.identity(&login).await?;
Ok(())
}
}

mod of_tidal {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Tidal;

#[derive(OAuthClient)]
#[oauth(provider = Tidal, env_prefix = "TIDAL")]
struct App {
    client_id: String,
}

let tidal = App::from_env()?.connect()?;
let login = tidal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tidal.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let tidal = ProviderClient::from_env("tidal", "TIDAL", ProviderSettings::new())?;
let login = tidal.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tidal.identity(&login).await?;
Ok(())
}
}

mod of_tiktok {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::TikTok;

#[derive(OAuthClient)]
#[oauth(provider = TikTok, env_prefix = "TIKTOK")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let tiktok = App::from_env()?.connect()?;
let login = tiktok.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tiktok.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let tiktok = ProviderClient::from_env("tiktok", "TIKTOK", ProviderSettings::new())?;
let login = tiktok.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tiktok.identity(&login).await?;
Ok(())
}
}

mod of_todoist {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Todoist;

#[derive(OAuthClient)]
#[oauth(provider = Todoist, env_prefix = "TODOIST")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let todoist = App::from_env()?.connect()?;
let login = todoist.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = todoist.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let todoist = ProviderClient::from_env("todoist", "TODOIST", ProviderSettings::new())?;
let login = todoist.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = todoist.identity(&login).await?;
Ok(())
}
}

mod of_trakt {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Trakt;

#[derive(OAuthClient)]
#[oauth(provider = Trakt, env_prefix = "TRAKT")]
struct App {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
}

let trakt = App::from_env()?.connect()?;
let login = trakt.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = trakt.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let trakt = ProviderClient::from_env("trakt", "TRAKT", ProviderSettings::new())?;
let login = trakt.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = trakt.identity(&login).await?;
Ok(())
}
}

mod of_tumblr {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Tumblr;

#[derive(OAuthClient)]
#[oauth(provider = Tumblr, env_prefix = "TUMBLR")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let tumblr = App::from_env()?.connect()?;
let login = tumblr.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tumblr.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let tumblr = ProviderClient::from_env("tumblr", "TUMBLR", ProviderSettings::new())?;
let login = tumblr.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = tumblr.identity(&login).await?;
Ok(())
}
}

mod of_twitch {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Twitch;

#[derive(OAuthClient)]
#[oauth(provider = Twitch, env_prefix = "TWITCH")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let twitch = App::from_env()?.connect()?;
let login = twitch.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = twitch.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let twitch = ProviderClient::from_env("twitch", "TWITCH", ProviderSettings::new())?;
let login = twitch.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = twitch.identity(&login).await?;
Ok(())
}
}

mod of_typeform {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Typeform;

#[derive(OAuthClient)]
#[oauth(provider = Typeform, env_prefix = "TYPEFORM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let typeform = App::from_env()?.connect()?;
let login = typeform.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = typeform.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let typeform = ProviderClient::from_env("typeform", "TYPEFORM", ProviderSettings::new())?;
let login = typeform.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = typeform.identity(&login).await?;
Ok(())
}
}

mod of_uber {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Uber;

#[derive(OAuthClient)]
#[oauth(provider = Uber, env_prefix = "UBER")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let uber = App::from_env()?.connect()?;
let login = uber.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = uber.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let uber = ProviderClient::from_env("uber", "UBER", ProviderSettings::new())?;
let login = uber.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = uber.identity(&login).await?;
Ok(())
}
}

mod of_united_effects {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::UnitedEffects;

#[derive(OAuthClient)]
#[oauth(provider = UnitedEffects, env_prefix = "UNITED_EFFECTS")]
struct App {
    group_id: String,
    client_id: String,
    client_secret: SecretString,
}

let united_effects = App::from_env()?.connect()?;
let login = united_effects.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = united_effects.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let united_effects = ProviderClient::from_env("united-effects", "UNITED_EFFECTS", ProviderSettings::new())?;
let login = united_effects.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = united_effects.identity(&login).await?;
Ok(())
}
}

mod of_vercel {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Vercel;

#[derive(OAuthClient)]
#[oauth(provider = Vercel, env_prefix = "VERCEL")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let vercel = App::from_env()?.connect()?;
let login = vercel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vercel.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let vercel = ProviderClient::from_env("vercel", "VERCEL", ProviderSettings::new())?;
let login = vercel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vercel.identity(&login).await?;
Ok(())
}
}

mod of_vimeo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Vimeo;

#[derive(OAuthClient)]
#[oauth(provider = Vimeo, env_prefix = "VIMEO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let vimeo = App::from_env()?.connect()?;
let login = vimeo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vimeo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let vimeo = ProviderClient::from_env("vimeo", "VIMEO", ProviderSettings::new())?;
let login = vimeo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vimeo.identity(&login).await?;
Ok(())
}
}

mod of_vipps {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Vipps;

#[derive(OAuthClient)]
#[oauth(provider = Vipps, env_prefix = "VIPPS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let vipps = App::from_env()?.connect()?;
let login = vipps.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vipps.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let vipps = ProviderClient::from_env("vipps", "VIPPS", ProviderSettings::new())?;
let login = vipps.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vipps.identity(&login).await?;
Ok(())
}
}

mod of_vk {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Vk;

#[derive(OAuthClient)]
#[oauth(provider = Vk, env_prefix = "VK")]
struct App {
    client_id: String,
}

let vk = App::from_env()?.connect()?;
let login = vk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vk.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let vk = ProviderClient::from_env("vk", "VK", ProviderSettings::new())?;
let login = vk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = vk.identity(&login).await?;
Ok(())
}
}

mod of_wakatime {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::WakaTime;

#[derive(OAuthClient)]
#[oauth(provider = WakaTime, env_prefix = "WAKATIME")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let wakatime = App::from_env()?.connect()?;
let login = wakatime.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wakatime.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let wakatime = ProviderClient::from_env("wakatime", "WAKATIME", ProviderSettings::new())?;
let login = wakatime.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wakatime.identity(&login).await?;
Ok(())
}
}

mod of_webex {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Webex;

#[derive(OAuthClient)]
#[oauth(provider = Webex, env_prefix = "WEBEX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let webex = App::from_env()?.connect()?;
let login = webex.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = webex.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let webex = ProviderClient::from_env("webex", "WEBEX", ProviderSettings::new())?;
let login = webex.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = webex.identity(&login).await?;
Ok(())
}
}

mod of_webflow {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Webflow;

#[derive(OAuthClient)]
#[oauth(provider = Webflow, env_prefix = "WEBFLOW")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let webflow = App::from_env()?.connect()?;
let login = webflow.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = webflow.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let webflow = ProviderClient::from_env("webflow", "WEBFLOW", ProviderSettings::new())?;
let login = webflow.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = webflow.identity(&login).await?;
Ok(())
}
}

mod of_wechat {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::WeChat;

#[derive(OAuthClient)]
#[oauth(provider = WeChat, env_prefix = "WECHAT")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let wechat = App::from_env()?.connect()?;
let login = wechat.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wechat.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let wechat = ProviderClient::from_env("wechat", "WECHAT", ProviderSettings::new())?;
let login = wechat.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wechat.identity(&login).await?;
Ok(())
}
}

mod of_weibo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Weibo;

#[derive(OAuthClient)]
#[oauth(provider = Weibo, env_prefix = "WEIBO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let weibo = App::from_env()?.connect()?;
let login = weibo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = weibo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let weibo = ProviderClient::from_env("weibo", "WEIBO", ProviderSettings::new())?;
let login = weibo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = weibo.identity(&login).await?;
Ok(())
}
}

mod of_whoop {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Whoop;

#[derive(OAuthClient)]
#[oauth(provider = Whoop, env_prefix = "WHOOP")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let whoop = App::from_env()?.connect()?;
let login = whoop.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = whoop.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let whoop = ProviderClient::from_env("whoop", "WHOOP", ProviderSettings::new())?;
let login = whoop.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = whoop.identity(&login).await?;
Ok(())
}
}

mod of_wikimedia {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Wikimedia;

#[derive(OAuthClient)]
#[oauth(provider = Wikimedia, env_prefix = "WIKIMEDIA")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let wikimedia = App::from_env()?.connect()?;
let login = wikimedia.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wikimedia.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let wikimedia = ProviderClient::from_env("wikimedia", "WIKIMEDIA", ProviderSettings::new())?;
let login = wikimedia.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wikimedia.identity(&login).await?;
Ok(())
}
}

mod of_withings {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Withings;

#[derive(OAuthClient)]
#[oauth(provider = Withings, env_prefix = "WITHINGS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let withings = App::from_env()?.connect()?;
let login = withings.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = withings.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let withings = ProviderClient::from_env("withings", "WITHINGS", ProviderSettings::new())?;
let login = withings.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = withings.identity(&login).await?;
Ok(())
}
}

mod of_wordpress {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::WordPress;

#[derive(OAuthClient)]
#[oauth(provider = WordPress, env_prefix = "WORDPRESS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let wordpress = App::from_env()?.connect()?;
let login = wordpress.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wordpress.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let wordpress = ProviderClient::from_env("wordpress", "WORDPRESS", ProviderSettings::new())?;
let login = wordpress.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = wordpress.identity(&login).await?;
Ok(())
}
}

mod of_workos {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::WorkOS;

#[derive(OAuthClient)]
#[oauth(provider = WorkOS, env_prefix = "WORKOS")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let workos = App::from_env()?.connect()?;
let login = workos.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = workos.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let workos = ProviderClient::from_env("workos", "WORKOS", ProviderSettings::new())?;
let login = workos.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = workos.identity(&login).await?;
Ok(())
}
}

mod of_world_id {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::WorldId;

#[derive(OAuthClient)]
#[oauth(provider = WorldId, env_prefix = "WORLD_ID")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let world_id = App::from_env()?.connect()?;
let login = world_id.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = world_id.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let world_id = ProviderClient::from_env("world-id", "WORLD_ID", ProviderSettings::new())?;
let login = world_id.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = world_id.identity(&login).await?;
Ok(())
}
}

mod of_x {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::X;

#[derive(OAuthClient)]
#[oauth(provider = X, env_prefix = "X")]
struct App {
    client_id: String,
}

let x = App::from_env()?.connect()?;
let login = x.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = x.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let x = ProviderClient::from_env("x", "X", ProviderSettings::new())?;
let login = x.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = x.identity(&login).await?;
Ok(())
}
}

mod of_xero {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Xero;

#[derive(OAuthClient)]
#[oauth(provider = Xero, env_prefix = "XERO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let xero = App::from_env()?.connect()?;
let login = xero.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = xero.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let xero = ProviderClient::from_env("xero", "XERO", ProviderSettings::new())?;
let login = xero.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = xero.identity(&login).await?;
Ok(())
}
}

mod of_yahoo {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Yahoo;

#[derive(OAuthClient)]
#[oauth(provider = Yahoo, env_prefix = "YAHOO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let yahoo = App::from_env()?.connect()?;
let login = yahoo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = yahoo.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let yahoo = ProviderClient::from_env("yahoo", "YAHOO", ProviderSettings::new())?;
let login = yahoo.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = yahoo.identity(&login).await?;
Ok(())
}
}

mod of_yandex {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Yandex;

#[derive(OAuthClient)]
#[oauth(provider = Yandex, env_prefix = "YANDEX")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let yandex = App::from_env()?.connect()?;
let login = yandex.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = yandex.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let yandex = ProviderClient::from_env("yandex", "YANDEX", ProviderSettings::new())?;
let login = yandex.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = yandex.identity(&login).await?;
Ok(())
}
}

mod of_zendesk {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Zendesk;

#[derive(OAuthClient)]
#[oauth(provider = Zendesk, env_prefix = "ZENDESK")]
struct App {
    subdomain: String,
    client_id: String,
    client_secret: SecretString,
}

let zendesk = App::from_env()?.connect()?;
let login = zendesk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zendesk.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let zendesk = ProviderClient::from_env("zendesk", "ZENDESK", ProviderSettings::new())?;
let login = zendesk.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zendesk.identity(&login).await?;
Ok(())
}
}

mod of_zitadel {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Zitadel;

#[derive(OAuthClient)]
#[oauth(provider = Zitadel, env_prefix = "ZITADEL")]
struct App {
    instance: String,
    client_id: String,
}

let zitadel = App::from_env()?.connect()?;
let login = zitadel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zitadel.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let zitadel = ProviderClient::from_env("zitadel", "ZITADEL", ProviderSettings::new())?;
let login = zitadel.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zitadel.identity(&login).await?;
Ok(())
}
}

mod of_zoho {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Zoho;

#[derive(OAuthClient)]
#[oauth(provider = Zoho, env_prefix = "ZOHO")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let zoho = App::from_env()?.connect()?;
let login = zoho.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zoho.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let zoho = ProviderClient::from_env("zoho", "ZOHO", ProviderSettings::new())?;
let login = zoho.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zoho.identity(&login).await?;
Ok(())
}
}

mod of_zoom {
use super::*;

async fn by_type(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
use grantkit::prelude::*;
use grantkit_providers::services::Zoom;

#[derive(OAuthClient)]
#[oauth(provider = Zoom, env_prefix = "ZOOM")]
struct App {
    client_id: String,
    client_secret: SecretString,
}

let zoom = App::from_env()?.connect()?;
let login = zoom.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zoom.identity(&login).await?;
Ok(())
}

async fn by_name(redirect_uri: RedirectUri, callback: &str) -> Result<()> {
let zoom = ProviderClient::from_env("zoom", "ZOOM", ProviderSettings::new())?;
let login = zoom.login(redirect_uri)?;
let (url, pending) = login.start()?; // send the person to `url`
let login = login.finish(pending, callback).await?;
let person = zoom.identity(&login).await?;
Ok(())
}
}