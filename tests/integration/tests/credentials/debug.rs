//! No `Debug` of this room shows a secret.

use std::fmt::Debug;

use grantkit::credentials::{CacheKey, CredentialCache, Fingerprint, RefreshPolicy};
use grantkit::prelude::*;
use grantkit::time::SystemClock;

use crate::support::{Source, at_once};

const CANARY: &str = "canary";

#[derive(Clone, Debug)]
struct Leaky(#[expect(dead_code, reason = "shown by the derived `Debug`, if anything asks for it")] &'static str);

#[async_trait]
impl OAuthClient for Leaky {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(OAuthToken::new("canary-access")?
            .with_refresh_token("canary-refresh")
            .with_id_token("canary-id")
            .with_extra("secret", "canary-extra"))
    }
}

#[track_caller]
fn shows_nothing(value: &impl Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(CANARY), "{text}");
    }
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let cache = CredentialCache::new(16, None);
    let builder = || Credentials::builder(Leaky("canary-client")).cache(&cache);
    let credentials = builder().build();
    let token = credentials.token().await.unwrap();
    let headers = credentials.headers().await.unwrap();
    shows_nothing(&builder());
    shows_nothing(&credentials);
    shows_nothing(&cache);
    shows_nothing(&CacheKey::from_client(&Leaky("canary-client")));
    shows_nothing(&token);
    shows_nothing(&token.access_token());
    shows_nothing(&token.refresh_token());
    shows_nothing(&headers);
    shows_nothing(&headers.clone().into_iter().collect::<Vec<_>>());
    shows_nothing(&RefreshPolicy::default());
    shows_nothing(&grantkit::time::Clock::now(&SystemClock));
    let mut request = http::Request::new(());
    headers.apply(request.headers_mut());
    shows_nothing(&request);
    assert_eq!(format!("{credentials:?}"), r#"Credentials { name: "Leaky", .. }"#);
}

#[tokio::test]
async fn errors_show_no_secret() {
    let source = Source::new().with_refresh_tokens(true);
    source.fail(Error::temporary("busy"));
    let credentials = source.alone();
    credentials.token().await.unwrap_err();
    let error = at_once(credentials.token()).unwrap_err();
    assert!(!format!("{error:?} {error}").contains("refresh-"));
}
