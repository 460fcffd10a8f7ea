use std::sync::Arc;

use async_trait::async_trait;
use grantkit::authorize::RedirectUri;
use grantkit::endpoint::Revocation;
use grantkit::grant::{DeviceAuthorization, Login, StoredLogin};
use grantkit::provider::{Person, ProfileMapping, Provider as _, ProviderCapabilities};
use grantkit::{ApiClient, AuthorizationCode, Credentials, Error, OAuthClient, Result};

use super::{Auth0, Auth0Tenant};
use crate::catalogue::{self, Entry};

#[async_trait]
impl ProviderCapabilities for Auth0Tenant {
    fn name(&self) -> &str {
        Auth0::NAME
    }

    fn credentials(&self) -> Result<Arc<dyn OAuthClient>> {
        let grant = self.client().client_credentials().scopes(self.scopes()).audiences(self.audience());
        let grant = self.organization().into_iter().fold(grant, |grant, name| grant.parameter("organization", name));
        Ok(Arc::new(grant.named(Auth0::NAME)))
    }

    fn login(&self, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
        let login = self.client().authorization_code(redirect_uri)?.scopes(self.login_scopes());
        let further = [("audience", self.audience()), ("organization", self.organization())];
        let given = further.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Ok(given.fold(login, |login, (name, value)| login.login_parameter(name, value)))
    }

    fn device_login(&self) -> Result<DeviceAuthorization> {
        self.refuse_organization("a login on another device")?;
        let login = self.client().device_authorization()?.scopes(self.login_scopes());
        Ok(login.audiences(self.audience()))
    }

    fn stored_login(&self, name: &str) -> Result<StoredLogin> {
        let login = self.client().stored_login(name);
        Ok(self.audience().into_iter().fold(login, |login, api| login.login_parameter("audience", api)))
    }

    async fn identity(&self, login: &Login) -> Result<Person> {
        if let Some(organization) = self.organization() {
            check_organization(organization, login)?;
        }
        profile().fetch(login, self.client()).await
    }

    fn revocation(&self) -> Result<Revocation> {
        let revocation = self.client().revocation()?;
        Ok(entry().into_iter().fold(revocation, |revocation, entry| catalogue::of_kinds(entry, revocation)))
    }

    fn api(&self, credentials: Credentials) -> Result<ApiClient> {
        ApiClient::new(&format!("{}/api/v2", self.base_url()), credentials)
    }
}

/// Where the entry of the catalogue says that things stand.
fn profile() -> ProfileMapping {
    let Some(entry) = entry() else { return ProfileMapping::openid() };
    let profile = entry.id().fold(ProfileMapping::userinfo(), ProfileMapping::id);
    let profile = entry.email().fold(profile, ProfileMapping::email);
    let profile = entry.email_verified().fold(profile, ProfileMapping::email_verified);
    let profile = entry.person_name().fold(profile, ProfileMapping::name);
    entry.picture().fold(profile, ProfileMapping::picture)
}

pub(super) fn entry() -> Option<&'static Entry> {
    catalogue::entry(Auth0::NAME)
}

/// The ID token is of this organization: the browser could have changed the parameter (Auth0, "Work with Tokens and Organizations").
fn check_organization(organization: &str, login: &Login) -> Result<()> {
    let claim = claim_of(organization);
    let said = login.claims().and_then(|claims| claims.get(claim)).and_then(|value| value.as_str());
    if is_same(organization, said) {
        return Ok(());
    }
    Err(Error::security(format!(
        "the person has not logged in to the organization {organization:?}, by the `{claim}` of the ID token: log in again there"
    )))
}

/// IDs have this prefix.
fn claim_of(organization: &str) -> &'static str {
    if organization.starts_with("org_") { "org_id" } else { "org_name" }
}

/// A name is in lower case in the ID token, however it was written.
fn is_same(organization: &str, said: Option<&str>) -> bool {
    match claim_of(organization) {
        "org_id" => said == Some(organization),
        _ => said.is_some_and(|said| said.eq_ignore_ascii_case(organization)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organization_is_that_of_the_id_token() {
        for (organization, claim, said, expected) in [
            ("org_1", "org_id", Some("org_1"), true),
            ("org_1", "org_id", Some("ORG_1"), false),
            ("org_1", "org_id", Some("org_2"), false),
            ("org_1", "org_id", None, false),
            ("Acme", "org_name", Some("acme"), true),
            ("acme", "org_name", Some("other"), false),
            ("acme", "org_name", None, false),
        ] {
            assert_eq!(
                (claim_of(organization), is_same(organization, said)),
                (claim, expected),
                "{organization} {said:?}"
            );
        }
    }
}
