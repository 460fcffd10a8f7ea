//! What wraps a client hands on all of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use grantkit::credentials::{Fingerprint, RefreshKey};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::time::{Clock, SystemClock};
use grantkit::token::{RefreshToken, RefreshTokenRotation};
use http::StatusCode;

use crate::authentication::key;
use crate::inputs::{set, trait_functions};

/// Says something of its own in each method.
#[derive(Clone, Default)]
struct Probe(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl OAuthClient for Probe {
    fn name(&self) -> &'static str {
        "probe"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::new("got")
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        self.0.lock().unwrap().push(refresh_token.secret().to_owned());
        OAuthToken::new("refreshed")
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::new("probe", "one")
    }

    fn access_key(&self) -> String {
        "access key".into()
    }

    fn refresh_key(&self) -> RefreshKey {
        RefreshKey::new("refresh key").with_fingerprint(Fingerprint::new("login", "probe"))
    }

    fn configured_refresh_token(&self) -> Option<RefreshToken> {
        Some("configured".into())
    }

    fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
        vec![StatusCode::IM_A_TEAPOT]
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        Some(DpopKey::from(key()))
    }

    fn clock(&self) -> Option<Arc<dyn Clock>> {
        Some(Arc::new(SystemClock))
    }

    async fn check_refreshed(&self, token: OAuthToken, subject: Option<&str>) -> Result<OAuthToken> {
        OAuthToken::new(format!("{}-of-{}", token.access_token().secret(), subject.unwrap_or_default()))
    }

    fn check_stored(&self, token: OAuthToken) -> OAuthToken {
        OAuthToken::new(format!("{}-of-the-store", token.access_token().secret())).unwrap()
    }

    fn refresh_token_rotation(&self) -> RefreshTokenRotation {
        RefreshTokenRotation::Never
    }

    fn announces_sending(&self) -> bool {
        true
    }

    fn subject(&self, _: &OAuthToken) -> Option<String> {
        Some("alice".into())
    }

    fn with_scopes(&self, scopes: &[&str]) -> Option<Arc<dyn OAuthClient>> {
        self.0.lock().unwrap().extend(scopes.iter().map(ToString::to_string));
        Some(Arc::new(Self::default()))
    }
}

async fn said(client: &dyn OAuthClient) -> BTreeMap<&'static str, String> {
    let token = OAuthToken::new("t").unwrap();
    let text = |token: Result<OAuthToken>| token.unwrap().access_token().secret().to_owned();
    BTreeMap::from([
        ("name", client.name().to_owned()),
        ("get_token", text(client.get_token().await)),
        ("refresh_token", text(client.refresh_token(&"r".into()).await)),
        ("check_refreshed", text(client.check_refreshed(token.clone(), Some("alice")).await)),
        ("check_stored", text(Ok(client.check_stored(token.clone())))),
        ("fingerprint", client.fingerprint().to_string()),
        ("access_key", client.access_key()),
        ("refresh_key", format!("{:?}", client.refresh_key())),
        ("configured_refresh_token", client.configured_refresh_token().unwrap().secret().to_owned()),
        ("unauthorized_status_codes", format!("{:?}", client.unauthorized_status_codes())),
        ("dpop_key", client.dpop_key().unwrap().thumbprint().to_owned()),
        ("clock", format!("{:?}", client.clock())),
        ("refresh_token_rotation", format!("{:?}", client.refresh_token_rotation())),
        ("announces_sending", client.announces_sending().to_string()),
        ("subject", format!("{:?}", client.subject(&token))),
        ("with_scopes", client.with_scopes(&["read"]).is_some().to_string()),
    ])
}

#[tokio::test]
async fn every_method_goes_through_every_wrapper() {
    let expected = said(&Probe::default()).await;
    let of_handles = ["inner", "into_shared", "credentials", "get_token_obj", "clear_token"];
    let known = set(expected.keys().copied().chain(of_handles));
    assert_eq!(known, trait_functions("credentials/client.rs", "OAuthClient"), "a new method belongs into `said`");

    let wrappers: [(&str, Arc<dyn OAuthClient>); 4] = [
        ("Arc", Arc::new(Arc::new(Probe::default()))),
        ("Arc<dyn>", Arc::new(Arc::new(Probe::default()) as Arc<dyn OAuthClient>)),
        ("ProviderClient", Arc::new(ProviderClient::new(Probe::default()))),
        ("with_extra", Arc::new(ProviderClient::new(Probe::default()).with_extra("project", "p"))),
    ];
    for (wrapper, client) in wrappers {
        let mut of_wrapper = said(&*client).await;
        if wrapper == "with_extra" {
            // It makes another token of it.
            assert_ne!(
                of_wrapper.insert("fingerprint", expected["fingerprint"].clone()),
                expected.get("fingerprint").cloned()
            );
        }
        assert_eq!(of_wrapper, expected, "{wrapper}");
    }
    // The derive's has a name of its own, and what follows from that.
    let named = grantkit::provider::NamedClient::new("named", Ok(ProviderClient::new(Probe::default())));
    let mut of_named = said(&named).await;
    for (method, value) in [("name", "named"), ("access_key", "named:access")] {
        assert_eq!(of_named.insert(method, expected[method].clone()).unwrap(), value);
    }
    assert_ne!(of_named.insert("fingerprint", expected["fingerprint"].clone()).unwrap(), expected["fingerprint"]);
    assert_eq!(of_named, expected);
}

#[tokio::test]
async fn a_token_of_a_refresh_is_noted_as_that_of_the_login_is() {
    let client = ProviderClient::new(Probe::default()).with_extra("project", "p");
    for token in [client.get_token().await, client.refresh_token(&"r".into()).await] {
        assert_eq!(token.unwrap().extra()["project"], "p");
    }
}
