use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::keys::DpopKey;
use grantkit::store::MemoryStore;
use grantkit::token::{StoredToken, TokenType};
use grantkit::{Credentials, OAuthClient, OAuthToken, ProviderClient, Result};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode, Url};

use crate::proof::verified;
use crate::support::{Scripted, verdict};
use crate::{bound, grant};

fn url() -> Url {
    Url::parse("https://user:secret@api.example/v1/invoices?token=secret#x").unwrap()
}

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let parse =
        |(name, value): &(&str, &str)| -> (HeaderName, HeaderValue) { (name.parse().unwrap(), value.parse().unwrap()) };
    pairs.iter().map(parse).collect()
}

#[tokio::test]
async fn headers_for_a_request_carry_the_token_and_a_proof_for_it() {
    let server = Scripted::start([bound("CANARY-1")]).await;
    let key = DpopKey::generate().unwrap();
    let credentials = grant(&server, &key).credentials("headers for a request");
    assert_eq!(credentials.dpop_key().unwrap().thumbprint(), key.thumbprint());

    let of_request = credentials.headers_for(&Method::PUT, &url()).await.unwrap();
    assert_eq!(of_request.authorization(), "DPoP CANARY-1");
    assert!(of_request.proof().unwrap().is_sensitive());
    let text = of_request.proof().unwrap().to_str().unwrap().to_owned();
    let proof = verified(&text);
    assert_eq!((proof.htm.as_str(), proof.htu.as_str()), ("PUT", "https://api.example/v1/invoices"));
    assert_eq!(proof.ath.as_deref(), Some("0bKi1_xkNZkyMRB7klqPs292mlMzytTZ-6boMb4evWM"), "SHA-256 of the token");
    let shown = format!("{of_request:?}");
    assert!(!shown.contains("CANARY") && !shown.contains("secret") && !shown.contains(&text), "{shown}");

    let mut request = HeaderMap::new();
    request.insert("dpop", HeaderValue::from_static("of somebody else"));
    of_request.clone().apply(&mut request);
    assert_eq!(request, of_request.into_iter().collect());
    assert_eq!((request.len(), request["dpop"].to_str().unwrap()), (2, text.as_str()));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_bound_token_never_goes_without_a_proof() {
    let server = Scripted::start([bound("1")]).await;
    let credentials = grant(&server, &DpopKey::generate().unwrap()).credentials("never without");
    // Cold, and warm.
    for _ in 0..2 {
        let error = credentials.headers().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains("`.headers_for(method, url)`"), "{error}");
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_bearer_token_has_headers_for_any_request() {
    let server = Scripted::start([crate::support::Answer::token("1")]).await;
    let credentials = crate::support::client_at(&server.url("/token")).client_credentials().credentials("bearer");
    let of_request = credentials.headers_for(&Method::GET, &url()).await.unwrap();
    assert_eq!((of_request.authorization().to_str().unwrap(), of_request.proof()), ("Bearer 1", None));
    assert_eq!(of_request.clone().into_iter().count(), 1);
    let answer = headers(&[("www-authenticate", r#"DPoP error="use_dpop_nonce""#), ("dpop-nonce", "n")]);
    assert!(of_request.on_response(StatusCode::UNAUTHORIZED, &answer).await.unwrap().is_none());
}

#[tokio::test]
async fn an_answer_to_a_client_of_ones_own_gives_the_nonce_back() {
    let server = Scripted::start([bound("1")]).await;
    let credentials = grant(&server, &DpopKey::generate().unwrap()).credentials("own http client");
    let nonce = async |url: &Url| {
        let headers = credentials.headers_for(&Method::GET, url).await.unwrap();
        verified(headers.proof().unwrap().to_str().unwrap()).nonce
    };
    let first = credentials.headers_for(&Method::GET, &url()).await.unwrap();
    let challenge = ("www-authenticate", r#"DPoP error="use_dpop_nonce""#);
    // A demand without a nonce, another status, another error: nothing to send again.
    for (status, answer) in [
        (401, headers(&[challenge])),
        (403, headers(&[challenge, ("dpop-nonce", "n-0")])),
        (401, headers(&[("www-authenticate", r#"DPoP error="invalid_token""#), ("dpop-nonce", "n-0")])),
        (401, headers(&[("www-authenticate", r#"Bearer error="use_dpop_nonce""#), ("dpop-nonce", "n-0")])),
    ] {
        let again = first.on_response(StatusCode::from_u16(status).unwrap(), &answer).await.unwrap();
        assert!(again.is_none(), "{status} {answer:?}");
    }
    let again =
        first.on_response(StatusCode::UNAUTHORIZED, &headers(&[challenge, ("dpop-nonce", "n-1")])).await.unwrap();
    let again = again.expect("headers to send it again with");
    assert_eq!(again.authorization(), first.authorization());
    let (before, after) = (first.proof().unwrap().to_str().unwrap(), again.proof().unwrap().to_str().unwrap());
    let (before, after) = (verified(before), verified(after));
    assert_eq!((after.htm, after.htu, after.ath), (before.htm, before.htu, before.ath));
    assert_eq!((before.nonce, after.nonce.as_deref()), (None, Some("n-1")));
    assert_ne!(before.jti, after.jti);

    again.on_response(StatusCode::OK, &headers(&[("dpop-nonce", "n-2")])).await.unwrap();
    assert_eq!(nonce(&url()).await.as_deref(), Some("n-2"));
    assert_eq!(nonce(&Url::parse("https://other.example/").unwrap()).await, None, "it is that server's alone");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_renewed_token_has_a_proof_for_the_same_request() {
    let server = Scripted::start([bound("1"), bound("2")]).await;
    let credentials = grant(&server, &DpopKey::generate().unwrap()).credentials("renewed");
    let refused = credentials.headers_for(&Method::DELETE, &url()).await.unwrap();
    let renewed = credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    assert_eq!(renewed.authorization(), "DPoP 2");
    let proof = verified(renewed.proof().unwrap().to_str().unwrap());
    assert_eq!((proof.htm.as_str(), proof.htu.as_str()), ("DELETE", "https://api.example/v1/invoices"));
}

/// By hand: its tokens are bound to the key that it names.
#[derive(Clone)]
struct ByHand {
    key: Option<DpopKey>,
    token_type: TokenType,
}

#[async_trait]
impl OAuthClient for ByHand {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        OAuthToken::with_type("by-hand", self.token_type)
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        self.key.clone()
    }
}

fn fresh(client: impl OAuthClient) -> Credentials {
    Credentials::builder(client).cache(&CredentialCache::new(10, None)).build()
}

#[tokio::test]
async fn a_client_by_hand_names_its_key_through_every_wrapper() {
    let key = DpopKey::generate().unwrap();
    let client = ByHand { key: Some(key.clone()), token_type: TokenType::DPoP };
    let wrapped = ProviderClient::new(std::sync::Arc::new(client.clone()));
    assert_eq!(wrapped.dpop_key().unwrap().thumbprint(), key.thumbprint());
    let of_request = fresh(wrapped).headers_for(&Method::GET, &url()).await.unwrap();
    assert_eq!(of_request.authorization(), "DPoP by-hand");
    assert!(of_request.proof().is_some());
    // Its fingerprint says nothing of the key, and yet the two are kept apart.
    let other = ByHand { key: Some(DpopKey::generate().unwrap()), ..client.clone() };
    assert_eq!(client.fingerprint(), other.fingerprint());
    assert_ne!(
        grantkit::credentials::CacheKey::from_client(&client),
        grantkit::credentials::CacheKey::from_client(&other)
    );
}

#[tokio::test]
async fn a_bound_token_without_a_key_is_a_matter_of_configuration() {
    let credentials = fresh(ByHand { key: None, token_type: TokenType::DPoP });
    let bound = OAuthToken::with_type("stored", TokenType::DPoP).unwrap();
    let errors =
        [credentials.put(bound).await.unwrap_err(), credentials.headers_for(&Method::GET, &url()).await.unwrap_err()];
    for error in errors {
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains("ByHand") && error.to_string().contains("`.dpop(..)`"), "{error}");
    }
}

#[tokio::test]
async fn a_token_that_was_written_down_stays_bound() {
    let token = OAuthToken::with_type("stored", TokenType::DPoP).unwrap();
    let written = serde_json::to_string(&token.to_stored()).unwrap();
    assert_eq!(written, r#"{"access_token":"stored","token_type":"DPoP"}"#);
    let read = OAuthToken::try_from(serde_json::from_str::<StoredToken>(&written).unwrap()).unwrap();
    let credentials = fresh(ByHand { key: Some(DpopKey::generate().unwrap()), token_type: TokenType::DPoP });
    credentials.put(read).await.unwrap();
    let of_request = credentials.headers_for(&Method::GET, &url()).await.unwrap();
    assert_eq!(of_request.authorization(), "DPoP stored");
    assert!(of_request.proof().is_some());
}

#[tokio::test]
async fn a_token_is_written_down_with_its_key_and_refused_with_another() {
    let server = Scripted::start([bound("CANARY")]).await;
    let key = DpopKey::generate().unwrap();
    let token = grant(&server, &key).get_token().await.unwrap();
    assert_eq!(token.key_thumbprint(), Some(key.thumbprint()));
    let written = serde_json::to_string(&token.to_stored()).unwrap();
    assert!(written.contains(&format!(r#""jkt":"{}""#, key.thumbprint())), "{written}");
    let read = || OAuthToken::try_from(serde_json::from_str::<StoredToken>(&written).unwrap()).unwrap();

    let of = |key: &DpopKey| fresh(ByHand { key: Some(key.clone()), token_type: TokenType::DPoP });
    of(&key).put(read()).await.unwrap();
    let other = DpopKey::generate().unwrap();
    let credentials = of(&other);
    let error = credentials.put(read()).await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    let text = error.to_string();
    assert!(text.contains("ByHand") && text.contains(key.thumbprint()) && text.contains(other.thumbprint()), "{text}");
    assert!(!text.contains("CANARY"), "{text}");
    let of_request = credentials.headers_for(&Method::GET, &url()).await.unwrap();
    assert_eq!(of_request.authorization(), "DPoP by-hand", "nothing of it is kept");
}

/// A stolen one can be used (RFC 9449 §5), and the program believes that it cannot.
#[tokio::test]
async fn a_bearer_token_is_not_put_where_tokens_are_bound() {
    let credentials = fresh(ByHand { key: Some(DpopKey::generate().unwrap()), token_type: TokenType::DPoP });
    let error = credentials.put(OAuthToken::new("CANARY").unwrap()).await.unwrap_err();
    assert_eq!(verdict(&error), ["security"]);
    assert!(error.to_string().contains("ByHand") && !error.to_string().contains("CANARY"), "{error}");
    let of_request = credentials.headers_for(&Method::GET, &url()).await.unwrap();
    assert_eq!(of_request.authorization(), "DPoP by-hand", "nothing of it is kept");
}

/// A client that is not bound to what it says has written into the store what the others must not take for theirs.
#[tokio::test]
async fn a_token_of_the_store_that_is_not_bound_to_the_key_is_not_used() {
    #[derive(Clone)]
    struct Stored(DpopKey, OAuthToken);

    #[async_trait]
    impl OAuthClient for Stored {
        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::of_type::<Self>()
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            Ok(self.1.clone())
        }

        fn dpop_key(&self) -> Option<DpopKey> {
            Some(self.0.clone())
        }
    }

    let key = DpopKey::generate().unwrap();
    let token = |text: &str, token_type, key: &DpopKey| {
        let token = OAuthToken::with_type(text, token_type).unwrap().with_expires_in(Duration::from_mins(10));
        if token_type == TokenType::DPoP { token.with_key_thumbprint(key.thumbprint()) } else { token }
    };
    let of_another_key = token("of-another-key", TokenType::DPoP, &DpopKey::generate().unwrap());
    for (stored, is_used) in [
        (token("bearer", TokenType::Bearer, &key), false),
        (of_another_key, false),
        (token("bound", TokenType::DPoP, &key), true),
    ] {
        let store = MemoryStore::new();
        let credentials = |token: OAuthToken| {
            let builder = Credentials::builder(Stored(key.clone(), token)).store(store.clone());
            builder.cache(&CredentialCache::new(10, None)).build()
        };
        let text = stored.access_token().secret().to_owned();
        credentials(stored).token().await.unwrap();
        let mine = credentials(token("mine", TokenType::DPoP, &key)).token().await.unwrap();
        assert_eq!(mine.access_token().secret(), if is_used { &text } else { "mine" });
    }
}
