use super::{OFFLINE_ACCESS, ResourceAccess};
use crate::client::Client;
use crate::discovery::ServerMetadata;
use crate::error::{Error, Result};
use crate::grant::{IdentityAssertionGrant, SecurityToken};
use crate::text::ServerText;

/// What a server announces that takes identity assertions (draft-ietf-oauth-identity-assertion-authz-grant, "Authorization Server
/// Metadata").
const PROFILE: &str = "urn:ietf:params:oauth:grant-profile:id-jag";

impl ResourceAccess {
    /// Returns the grant that leads from a person's login at their company's identity provider to the API, without a login at the API's
    /// own server (ID-JAG, draft-ietf-oauth-identity-assertion-authz-grant; MCP, "Enterprise-Managed Authorization").
    ///
    /// It asks for this API (`resource`) at its server (`audience`), for the [scopes](Self::scopes) of a login, without `offline_access`:
    /// the person's login at the identity provider is what lasts. The client at the API's server is that of
    /// [`client`](Self::client); the identity provider has to know it by the same ID, so that one that has only just
    /// [registered](super::AccessDiscovery::register) itself will be refused by most.
    ///
    /// ```no_run
    /// use grantkit::grant::{Login, SecurityToken};
    /// use grantkit::prelude::*;
    /// use grantkit::resource_access::ResourceAccess;
    ///
    /// # async fn example(identity_provider: Client, chat: Client, login: Login) -> Result<()> {
    /// # let callback = RedirectUri::new("https://app.example/callback")?;
    /// let access = ResourceAccess::discover("https://mcp.example/tools", callback).client(chat).await?;
    /// let login = SecurityToken::from_login(&login)?;
    /// let credentials = access.identity_assertion(&identity_provider, login)?.credentials("tools");
    /// let api = ApiClient::new(access.url(), credentials)?;
    /// # let _ = api;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Where the API asks for more scopes, [`step_up`](Self::step_up) adds them, for the next call of this method.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) if the API's server does not announce the grant
    /// (`authorization_grant_profiles_supported`), with what it does announce; [`is_configuration`](Error::is_configuration) if the
    /// identity provider is the API's server itself, which must not take its own assertions.
    pub fn identity_assertion<I>(
        &self,
        identity_provider: &Client<I>,
        subject: impl Into<SecurityToken>,
    ) -> Result<IdentityAssertionGrant> {
        let issuer = ServerText::new(self.issuer());
        if identity_provider.issuer_name() == Some(self.issuer()) {
            return Err(Error::configuration(format!(
                "{issuer} is the API's own server, which takes no assertions of its own: use `.login()`, or give the client of the \
                 company's identity provider"
            )));
        }
        if !self.server.authorization_grant_profiles_supported.iter().any(|profile| profile == PROFILE) {
            return Err(Error::unsupported(format!(
                "{issuer} does not announce identity assertions (`authorization_grant_profiles_supported` without {PROFILE}), but {}: use \
                 `.login()`, or `.client().identity_assertion(..)` if it is known to take them",
                announced(&self.server)
            )));
        }
        let scopes = self.scopes.iter().filter(|scope| *scope != OFFLINE_ACCESS);
        let grant = self.client.identity_assertion(identity_provider, subject).scopes(scopes);
        Ok(if self.asking.skips_resource { grant } else { grant.resource(self.resource.resource()) })
    }
}

/// The grants of a server, in its own words.
fn announced(server: &ServerMetadata) -> String {
    let list = |names: &[String]| match names {
        [] => "none".to_owned(),
        names => ServerText::new(&names.join(", ")).to_string(),
    };
    let profiles = list(&server.authorization_grant_profiles_supported);
    // RFC 8414 §2.
    let grants =
        server.grant_types_supported.as_deref().map_or_else(|| "authorization_code, implicit".to_owned(), list);
    format!("the profiles {profiles} and the grants {grants}")
}
