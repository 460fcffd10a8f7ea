//! The value of `Authorization` by itself: that of the token of the moment, marked sensitive, and never that of an expired one.

use grantkit::prelude::*;
use grantkit::token::TokenType;
use http::{HeaderName, HeaderValue};

use crate::support::{ManualClock, Source, at_once, seconds};

#[tokio::test]
async fn authorization_header_is_that_of_the_token_and_sensitive() {
    let credentials = Source::new().alone();
    // Waited for at first, and at hand then.
    for header in [credentials.authorization_header().await, at_once(credentials.authorization_header())] {
        let header = header.unwrap();
        assert_eq!(header, "Bearer access-1");
        assert!(header.is_sensitive() && !format!("{header:?}").contains("access-1"));
    }
}

#[tokio::test]
async fn an_expired_one_is_not_given() {
    let (source, clock) = (Source::new(), ManualClock::new());
    let credentials = source.builder().clock(clock.clone()).build();
    assert_eq!(credentials.authorization_header().await.unwrap(), "Bearer access-1");
    clock.advance(seconds(3600.0));
    assert_eq!(credentials.authorization_header().await.unwrap(), "Bearer access-2");
    credentials.clear().await.unwrap();
    assert_eq!(credentials.authorization_header().await.unwrap(), "Bearer access-3");
}

#[tokio::test]
async fn a_token_that_takes_a_proof_has_none() {
    struct Bound;

    #[async_trait]
    impl OAuthClient for Bound {
        async fn get_token(&self) -> Result<OAuthToken> {
            OAuthToken::with_type("bound", TokenType::DPoP)
        }
    }

    let credentials = Credentials::new(Bound);
    for _ in 0..2 {
        let error = credentials.authorization_header().await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("headers_for"), "{error}");
    }
}

#[tokio::test]
async fn authorization_header_is_empty_if_the_token_has_another() {
    let credentials = Source::new().alone();
    let key = (HeaderName::from_static("x-api-key"), HeaderValue::from_static("key-1"));
    let token = OAuthToken::new("key-1").unwrap().without_authorization().with_request_header(key.0, key.1);
    credentials.put(token).await.unwrap();
    assert_eq!(at_once(credentials.authorization_header()).unwrap(), "");
}

/// Threads that read often have a copy each, of the same token.
#[test]
fn authorization_header_is_the_same_on_every_thread() {
    let credentials = Source::new().alone();
    at_once(credentials.put(OAuthToken::new("shared").unwrap())).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..2000 {
                    assert_eq!(at_once(credentials.authorization_header()).unwrap(), "Bearer shared");
                }
            });
        }
    });
    at_once(credentials.put(OAuthToken::new("next").unwrap())).unwrap();
    assert_eq!(at_once(credentials.authorization_header()).unwrap(), "Bearer next");
}
