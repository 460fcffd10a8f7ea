//! Google's credentials by a clock of the program's own.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::prelude::*;
use grantkit::time::{Clock, ClockReading};
use grantkit_providers::google::{AuthorizedUser, ImpersonatedServiceAccount, ServiceAccount};
use serde_json::Value;
use url::form_urlencoded;

use crate::google_service_account::info;
use crate::token_service::{TokenService, bearer};

/// Stands at so many seconds after 1970.
#[derive(Debug)]
struct At(u64);

impl Clock for At {
    fn now(&self) -> ClockReading {
        let now = Duration::from_secs(self.0);
        ClockReading { monotonic: now, wall: now }
    }
}

fn account() -> ServiceAccount {
    ServiceAccount::from_json(&info("clock@acme.example").to_string()).unwrap().scopes("a")
}

fn dates(jwt: &str) -> [u64; 2] {
    let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    ["iat", "exp"].map(|name| claims[name].as_u64().unwrap())
}

#[tokio::test]
async fn jwts_are_dated_by_it() {
    let token = account().self_signed().clock(At(1_000_000)).get_token().await.unwrap();
    assert_eq!(dates(token.access_token().secret()), [1_000_000, 1_003_600]);
    assert_eq!(token.expires_at(), Some(UNIX_EPOCH + Duration::from_secs(1_003_600)));

    let service = TokenService::answering([bearer("t")]).await;
    account().clock(At(2_000_000)).token_uri(service.url("/token")).unwrap().get_token().await.unwrap();
    let body = service.only().body;
    let (_, assertion) = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "assertion").unwrap();
    assert_eq!(dates(&assertion), [2_000_000, 2_003_600]);
}

#[test]
fn a_users_token_ends_by_it() {
    let end = UNIX_EPOCH + Duration::from_secs(1000);
    let at = |seconds| AuthorizedUser::new("app", "s", "r").token("t", Some(end)).clock(At(seconds));
    assert!(at(774).is_valid() && at(775).is_expired());
}

/// They judge by it when to renew what they keep.
#[test]
fn credentials_have_it() {
    let impersonated = ImpersonatedServiceAccount::new(account(), "t@acme.example");
    assert!(OAuthClient::clock(&impersonated).is_none());
    for client in [
        OAuthClient::clock(&impersonated.clone().clock(At(1))),
        OAuthClient::clock(&impersonated.clock(At(1)).id_token("https://a.example")),
        OAuthClient::clock(&account().clock(At(1))),
        OAuthClient::clock(&account().clock(At(1)).id_token("https://a.example").unwrap()),
        OAuthClient::clock(&AuthorizedUser::new("app", "s", "r").clock(At(1))),
    ] {
        assert_eq!(client.unwrap().now().wall, Duration::from_secs(1));
    }
}
