//! Whether what wraps a client forwards all that the client says: what is lost costs a check, or a key.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;

use super::annotated::Annotated;
use super::{NamedClient, ProviderClient};
use crate::credentials::{InnerClient, OAuthClient, RefreshKey};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::keys::DpopKey;
use crate::token::{OAuthToken, RefreshToken, RefreshTokenRotation};

/// Overrides every method, each with what is not its default.
#[derive(Clone)]
struct Telling(DpopKey);

#[async_trait]
impl OAuthClient for Telling {
    fn name(&self) -> &'static str {
        "telling"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("got")
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        OAuthToken::new(format!("refreshed-with-{}", refresh_token.secret()))
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(key) = self;
        Fingerprint::new("key", key.thumbprint())
    }

    fn refresh_key(&self) -> RefreshKey {
        "its login".into()
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        Some(RefreshToken::from("configured"))
    }

    fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        vec![StatusCode::IM_A_TEAPOT]
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        Some(self.0.clone())
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        if subject == Some("alice") { Ok(token) } else { Err(Error::login_required("another person's")) }
    }

    fn subject(&self, _: &OAuthToken) -> Option<String> {
        Some("alice".to_owned())
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        RefreshTokenRotation::Never
    }

    fn announces_sending(&self) -> bool {
        true
    }
}

/// As a program may write one: nothing is forwarded but by `inner`.
struct Wrapper(Telling);

#[async_trait]
impl OAuthClient for Wrapper {
    async fn get_token(&self) -> Result<OAuthToken> {
        self.0.get_token().await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self(client) = self;
        client.fingerprint()
    }

    fn inner(&self) -> Option<InnerClient<'_>> {
        Some(InnerClient::from(&self.0))
    }
}

#[tokio::test]
async fn no_wrapper_loses_what_its_client_says() {
    let key = DpopKey::generate().unwrap();
    let client = || Telling(key.clone());
    let provider = || ProviderClient::new(client());
    let erased: Arc<dyn OAuthClient> = Arc::new(client());
    let wrappers: [(&str, Box<dyn OAuthClient>); 8] = [
        ("the client itself", Box::new(client())),
        ("Arc", Box::new(Arc::new(client()))),
        ("Arc<dyn>", Box::new(erased)),
        ("ProviderClient", Box::new(provider())),
        ("NamedClient", Box::new(NamedClient::new("named", Ok(provider())))),
        ("Annotated", Box::new(Annotated::new(provider(), "name".to_owned(), "value".to_owned()))),
        ("with_extra", Box::new(provider().with_extra("name", "value"))),
        ("a program's own", Box::new(Wrapper(client()))),
    ];
    for (what, wrapper) in wrappers {
        let token = || OAuthToken::new("t").unwrap();
        assert_eq!(wrapper.unauthorized_status_codes(), [StatusCode::IM_A_TEAPOT], "{what}");
        assert_eq!(
            wrapper.dpop_key().map(|own| own.thumbprint().to_owned()).as_deref(),
            Some(key.thumbprint()),
            "{what}"
        );
        assert_eq!(wrapper.subject(&token()).as_deref(), Some("alice"), "{what}");
        assert!(wrapper.check_refreshed(token(), Some("mallory")).await.unwrap_err().needs_login(), "{what}");
        assert!(wrapper.check_refreshed(token(), Some("alice")).await.is_ok(), "{what}");
        assert_eq!(wrapper.refresh_token_rotation(), RefreshTokenRotation::Never, "{what}");
        assert!(wrapper.announces_sending(), "{what}");
        assert_eq!(wrapper.configured_refresh_token().unwrap().secret(), "configured", "{what}");
        assert_eq!(wrapper.refresh_key().as_str(), "its login", "{what}");
        let refreshed = wrapper.refresh_token(&RefreshToken::from("r")).await.unwrap();
        assert_eq!(refreshed.access_token().secret(), "refreshed-with-r", "{what}");
    }
}
