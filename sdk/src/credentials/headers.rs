use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use super::OAuthClient;
use crate::error::{Error, Fault, Result};
use crate::keys::dpop::{DPOP, DpopKey, is_nonce_asked_by_api, nonce_asked_by_api};
use crate::token::{OAuthToken, TokenType};

/// The headers that authorise one request; they know which token they are of.
///
/// The values are marked sensitive: `Debug` does not show them, and HTTP/2 does not index them. That of `Authorization` is
/// made ready once for each token; a token that is bound to a key (DPoP, RFC 9449) goes with a proof, which is good for one
/// request.
#[derive(Clone, Debug)]
pub struct AuthorizationHeaders {
    token: OAuthToken,
    /// On the heap: most tokens are of use without.
    proof: Option<Box<Proof>>,
}

/// Proof of possession: that the sender of the request has the key.
#[derive(Clone)]
struct Proof {
    header: HeaderValue,
    key: DpopKey,
    method: Method,
    url: Url,
    /// One that no other request has.
    nonce: Option<String>,
}

impl AuthorizationHeaders {
    /// Of a token that is of use without a proof.
    #[inline]
    pub(super) fn bearer(token: OAuthToken) -> Result<Self> {
        match token.token_type() {
            TokenType::Bearer => Ok(Self { token, proof: None }),
            TokenType::DPoP => Err(request_not_known()),
        }
    }

    /// Of any token, for one request.
    #[inline]
    pub(super) async fn for_request(
        token: OAuthToken,
        client: &dyn OAuthClient,
        method: &Method,
        url: &Url,
    ) -> Result<Self> {
        match token.token_type() {
            TokenType::Bearer => Ok(Self { token, proof: None }),
            TokenType::DPoP => {
                let key = client.dpop_key().ok_or_else(|| no_key(client.name()))?;
                Box::pin(Self::proven(token, key, method.clone(), url.clone(), None)).await
            }
        }
    }

    async fn proven(token: OAuthToken, key: DpopKey, method: Method, url: Url, nonce: Option<String>) -> Result<Self> {
        let header = key.prove(&method, &url, Some(&token.ath()), nonce.as_deref()).await?;
        Ok(Self { token, proof: Some(Box::new(Proof { header, key, method, url, nonce })) })
    }

    /// The value of the `Authorization` header; empty where it is [left out](OAuthToken::without_authorization).
    pub fn authorization(&self) -> &HeaderValue {
        self.token.authorization()
    }

    /// The token as `Authorization` would present it, sent or not.
    pub(crate) fn presented(&self) -> &HeaderValue {
        self.token.access_token().header()
    }

    /// Whether there is no `Authorization`.
    pub(crate) fn is_without_authorization(&self) -> bool {
        self.token.is_withheld()
    }

    #[cfg(feature = "google-cloud-auth")]
    pub(crate) fn token(&self) -> &OAuthToken {
        &self.token
    }

    /// Whether a header has the secret that no HTTP client knows as one.
    #[cfg(feature = "reqwest-middleware")]
    pub(crate) fn has_other_headers(&self) -> bool {
        !self.token.request_headers().is_empty()
    }

    /// The value of the `DPoP` header, where the token is bound to a key (RFC 9449 §7.1).
    pub fn proof(&self) -> Option<&HeaderValue> {
        self.proof.as_ref().map(|proof| &proof.header)
    }

    /// Puts the headers onto a request: `Authorization` and `DPoP` in place of any that are there, further ones of the
    /// [token](OAuthToken::with_request_header) unless the request has its own.
    ///
    /// ```
    /// # use grantkit::prelude::*;
    /// # async fn example(credentials: Credentials, mut request: http::Request<()>) -> Result<()> {
    /// credentials.headers().await?.apply(request.headers_mut());
    /// # Ok(())
    /// # }
    /// ```
    pub fn apply(self, headers: &mut HeaderMap) {
        if !self.is_without_authorization() {
            headers.insert(AUTHORIZATION, self.authorization().clone());
        }
        for (name, value) in self.token.request_headers() {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if let Some(proof) = self.proof {
            headers.insert(DPOP, proof.header);
        }
    }

    /// Reads the DPoP nonce of an answer: call it for each answer to headers that have a proof.
    ///
    /// Keeps the nonce that the API gives for the next proof. Where the API asks for one in this request, gives the headers to
    /// send it again with: the same token with a new proof. Do so once; the API has looked at nothing else (RFC 9449 §9).
    ///
    /// ```no_run
    /// use grantkit::Credentials;
    /// use reqwest::{Client, Method, Response, Url};
    ///
    /// # async fn example(credentials: Credentials, http: Client) -> Result<Response, Box<dyn std::error::Error>> {
    /// let url = Url::parse("https://api.example/invoices/42")?;
    /// let headers = credentials.headers_for(&Method::GET, &url).await?;
    /// let answer = http.get(url.clone()).headers(headers.clone().into_iter().collect()).send().await?;
    /// let answer = match headers.on_response(answer.status(), answer.headers()).await? {
    ///     Some(again) => http.get(url).headers(again.into_iter().collect()).send().await?,
    ///     None => answer,
    /// };
    /// # Ok(answer)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Why the new proof could not be signed.
    pub async fn on_response(&self, status: StatusCode, answer: &HeaderMap) -> Result<Option<Self>> {
        self.keep_nonce(answer);
        self.again(status, answer).await
    }

    /// The headers to send the request again with, if the API asks for a nonce. No other request gets the nonce before it was
    /// accepted, since some APIs accept each once only: without another try it is to be [kept](Self::keep_nonce).
    pub(crate) async fn again(&self, status: StatusCode, answer: &HeaderMap) -> Result<Option<Self>> {
        match (&self.proof, nonce_asked_by_api(status, answer)) {
            (Some(proof), Some(nonce)) => {
                let Proof { key, method, url, .. } = (**proof).clone();
                Self::proven(self.token.clone(), key, method, url, Some(nonce.to_owned())).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Keeps the nonce of an answer to the request, or the request's own, for the next proof.
    pub(crate) fn keep_nonce(&self, answer: &HeaderMap) {
        if let Some(proof) = &self.proof {
            proof.key.keep_after(&proof.url, Some(answer), proof.nonce.as_deref());
        }
    }

    /// Whether the answer refuses the proof for want of a nonce, and says nothing of the token.
    pub(crate) fn lack_nonce(&self, status: StatusCode, answer: &HeaderMap) -> bool {
        self.proof.is_some() && is_nonce_asked_by_api(status, answer)
    }

    /// The request that they are for, where that matters.
    pub(super) fn request(&self) -> Option<(&Method, &Url)> {
        self.proof.as_ref().map(|proof| (&proof.method, &proof.url))
    }

    pub(super) fn are_of(&self, token: &OAuthToken) -> bool {
        self.token.access_token() == token.access_token()
    }
}

#[cold]
pub(super) fn request_not_known() -> Error {
    Error::configuration(
        "the token is bound to a key (DPoP), and goes with a proof for each request: call `.headers_for(method, url)`, or send \
         the request by `ApiClient`",
    )
}

/// Refuses a token from elsewhere that is of no use with the client's key, and one that is of use without, where the program
/// relies on that a stolen one is not.
pub(super) fn check_key(token: &OAuthToken, client: &dyn OAuthClient) -> Result<()> {
    match (token.token_type(), client.dpop_key()) {
        (TokenType::Bearer, None) => Ok(()),
        (TokenType::Bearer, Some(_)) => Err(not_bound(client.name())),
        (TokenType::DPoP, None) => Err(no_key(client.name())),
        (TokenType::DPoP, Some(key)) => match token.key_thumbprint() {
            Some(thumbprint) if thumbprint != key.thumbprint() => Err(another_key(client.name(), thumbprint, &key)),
            // Where it is not known which, the API finds out.
            Some(_) | None => Ok(()),
        },
    }
}

fn not_bound(name: &str) -> Error {
    Error::new(
        Fault::Security,
        format!(
            "the token of {name:?} is not used: it is not DPoP-bound, and the client has a DPoP key; obtain it with that key, or \
             remove `.dpop(..)`"
        ),
    )
}

fn another_key(name: &str, thumbprint: &str, key: &DpopKey) -> Error {
    Error::configuration(format!(
        "the token of {name:?} is bound to another key ({thumbprint}) than the client's ({own}): give the client the key that the \
         token was issued for, the same in each run, as by `DpopKey::from(SigningKey::from_pem(..)?)`, or get another token",
        own = key.thumbprint()
    ))
}

#[cold]
fn no_key(name: &str) -> Error {
    Error::configuration(format!(
        "the token of {name:?} is bound to a key (DPoP), and the client has none: give it the key that the token was issued \
         for, by `.dpop(..)` on its builder or `dpop_key` of its `OAuthClient`"
    ))
}

impl IntoIterator for AuthorizationHeaders {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::iter::Chain<
        std::iter::Chain<std::option::IntoIter<Self::Item>, std::option::IntoIter<Self::Item>>,
        std::vec::IntoIter<Self::Item>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        let authorization = (!self.is_without_authorization()).then(|| (AUTHORIZATION, self.authorization().clone()));
        let further = self.token.request_headers().to_vec();
        authorization.into_iter().chain(self.proof.map(|proof| (DPOP, proof.header))).chain(further)
    }
}

/// Without the address: its query may hold a secret.
impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proof").field("key", &self.key).finish_non_exhaustive()
    }
}
