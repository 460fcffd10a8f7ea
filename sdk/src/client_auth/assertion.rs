//! Assertions that a client makes about itself: JWTs, a new one for each request (RFC 7523 §3).

use std::time::Duration;

use serde::Serialize;
use url::Url;

use super::AuthenticationRequest;
use crate::error::Result;
use crate::fingerprint::Fingerprint;
use crate::random::random_id;
use crate::time::Time;

/// The assertion is a JWT (RFC 7523 §2.2).
pub(super) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// As short as clocks that differ a little allow. A new one costs nothing.
pub(crate) const LIFETIME: Duration = Duration::from_mins(1);

/// The audience of a client's assertions: the `aud` of RFC 7523 §3.
///
/// Current text (draft-ietf-oauth-rfc7523bis §4) wants the issuer, since one server could pass off an assertion that names an
/// endpoint as its own; older servers want the token endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssertionAudience {
    /// The issuer, or the token endpoint where the issuer is not known.
    #[default]
    Issuer,
    /// The token endpoint, for servers that go by OpenID Connect Core §9.
    ///
    /// An assertion that names it goes only to its origin. A request to another origin has the issuer as the audience, or its own
    /// endpoint where the issuer is not known: metadata may name the token endpoint of another server.
    TokenEndpoint,
    /// The endpoint that the request goes to, for servers that take an assertion at that alone, as Okta.
    Endpoint,
    /// This value, character by character.
    Exactly(String),
}

/// What stands in every assertion of a client, whichever key signs it.
#[derive(Clone, Debug)]
pub(crate) struct AssertionTerms {
    audience: Audience,
    typ: String,
    lifetime: Duration,
    time: Time,
}

/// An assertion goes only where its audience is: with the name of one server in it, another could use it there (audience injection,
/// draft-ietf-oauth-rfc7523bis §1).
#[derive(Clone, Debug)]
enum Audience {
    /// The endpoint of each request.
    Endpoint,
    /// At the origin of this token endpoint; elsewhere the issuer, or the endpoint of the request.
    TokenEndpoint { url: Url, issuer: Option<String> },
    /// Whatever the endpoint.
    Exactly(String),
}

impl Audience {
    fn of_token_endpoint(token_endpoint: &str, issuer: Option<&str>) -> Self {
        match Url::parse(token_endpoint) {
            Ok(url) => Self::TokenEndpoint { url, issuer: issuer.map(str::to_owned) },
            // No request goes there.
            Err(_) => Self::Endpoint,
        }
    }

    fn of<'a>(&'a self, endpoint: &'a Url) -> &'a str {
        match self {
            Self::TokenEndpoint { url, .. } if url.origin() == endpoint.origin() => url.as_str(),
            Self::TokenEndpoint { issuer: Some(issuer), .. } => issuer,
            Self::TokenEndpoint { issuer: None, .. } | Self::Endpoint => endpoint.as_str(),
            Self::Exactly(audience) => audience,
        }
    }

    fn identity(&self) -> Fingerprint {
        match self {
            Self::Endpoint => Fingerprint::new("aud of", "each endpoint"),
            Self::TokenEndpoint { url, issuer } => {
                let builder = Fingerprint::builder().parameter("aud", url.as_str());
                issuer.iter().fold(builder, |builder, issuer| builder.parameter("elsewhere", issuer)).build()
            }
            Self::Exactly(audience) => Fingerprint::new("aud", audience),
        }
    }
}

/// In the order that other libraries have them in.
#[derive(Serialize)]
pub(super) struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: u64,
    exp: u64,
    jti: String,
}

impl AssertionTerms {
    /// `typ` is what the program says, where it does.
    ///
    /// Otherwise it is the explicit type of draft-ietf-oauth-rfc7523bis §4 for the issuer alone: with it, a client says that it
    /// keeps to that text, and the issuer as the audience is the better part of it. What goes to the token endpoint is a plain
    /// `JWT`, as servers of the time before expect.
    pub(crate) fn new(
        audience: AssertionAudience,
        typ: Option<String>,
        issuer: Option<&str>,
        token_endpoint: &str,
    ) -> Self {
        let audience = match (audience, issuer) {
            (AssertionAudience::Issuer, Some(issuer)) => Audience::Exactly(issuer.to_owned()),
            (AssertionAudience::Issuer, None) | (AssertionAudience::TokenEndpoint, _) => {
                Audience::of_token_endpoint(token_endpoint, issuer)
            }
            (AssertionAudience::Endpoint, _) => Audience::Endpoint,
            (AssertionAudience::Exactly(audience), _) => Audience::Exactly(audience),
        };
        let is_issuer = matches!(&audience, Audience::Exactly(audience) if issuer == Some(audience.as_str()));
        let usual = if is_issuer { "client-authentication+jwt" } else { "JWT" };
        Self { audience, typ: typ.unwrap_or_else(|| usual.to_owned()), lifetime: LIFETIME, time: Time::System }
    }

    /// The same for assertions that are good for this long.
    pub(crate) fn with_lifetime(self, lifetime: Duration) -> Self {
        Self { lifetime, ..self }
    }

    /// The same by this clock.
    pub(crate) fn with_time(self, time: Time) -> Self {
        Self { time, ..self }
    }

    pub(super) fn identity(&self) -> Fingerprint {
        let Self { audience, typ, lifetime, time: _ } = self;
        let builder = Fingerprint::builder().part("audience", audience.identity());
        builder.parameter("typ", typ).parameter("lifetime", format!("{lifetime:?}")).build()
    }

    /// The clock that they are dated by.
    pub(crate) fn time(&self) -> &Time {
        &self.time
    }

    /// Of an assertion for this endpoint.
    pub(super) fn audience<'a>(&'a self, endpoint: &'a Url) -> &'a str {
        self.audience.of(endpoint)
    }

    pub(super) fn typ(&self) -> &str {
        &self.typ
    }

    /// The claims of a new assertion for this endpoint.
    pub(super) fn claims<'a>(&'a self, client_id: &'a str, endpoint: &'a Url) -> Result<Claims<'a>> {
        let iat = self.time.issued_at()?;
        Ok(Claims {
            iss: client_id,
            sub: client_id,
            aud: self.audience(endpoint),
            iat,
            exp: iat.saturating_add(self.lifetime.as_secs()),
            jti: random_id()?,
        })
    }
}

/// The parameters of RFC 7521 §4.2. The client ID is optional there, and many servers look for the client by it.
pub(super) fn push(request: &mut AuthenticationRequest<'_>, assertion: &str, assertion_type: &str) {
    request.form.push("client_id", request.client_id);
    request.form.push_secret("client_assertion", assertion);
    request.form.push("client_assertion_type", assertion_type);
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://as.example";
    const ENDPOINT: &str = "https://as.example/token";

    #[test]
    fn the_audience_is_the_issuer_where_it_is_known_and_the_type_goes_with_it() {
        use AssertionAudience::{Endpoint, Exactly, Issuer, TokenEndpoint};
        let other = "https://as.example/revoke";
        let explicit = "client-authentication+jwt";
        let cases = [
            (Issuer, None, Some(ISSUER), ISSUER, explicit),
            (Issuer, None, None, ENDPOINT, "JWT"),
            (TokenEndpoint, None, Some(ISSUER), ENDPOINT, "JWT"),
            (Endpoint, None, Some(ISSUER), other, "JWT"),
            (Endpoint, None, None, other, "JWT"),
            (Exactly("https://else.example".to_owned()), None, Some(ISSUER), "https://else.example", "JWT"),
            (Exactly(ISSUER.to_owned()), None, Some(ISSUER), ISSUER, explicit),
            (Issuer, Some("JWT"), Some(ISSUER), ISSUER, "JWT"),
            (TokenEndpoint, Some("x+jwt"), Some(ISSUER), ENDPOINT, "x+jwt"),
        ];
        for (audience, typ, issuer, expected_audience, expected_typ) in cases {
            let said = format!("{audience:?} {typ:?} {issuer:?}");
            let terms = AssertionTerms::new(audience, typ.map(str::to_owned), issuer, ENDPOINT);
            let endpoint = Url::parse(other).unwrap();
            assert_eq!((terms.audience(&endpoint), terms.typ()), (expected_audience, expected_typ), "{said}");
        }
    }

    /// Metadata of a hostile server may name an honest server's token endpoint, and endpoints of its own for all else.
    #[test]
    fn audience_of_the_token_endpoint_stays_at_its_origin() {
        let own = Url::parse("https://as.example/par").unwrap();
        let elsewhere = ["https://evil.example/par", "https://as.example:8443/par", "http://as.example/par"];
        let terms = |issuer| AssertionTerms::new(AssertionAudience::TokenEndpoint, None, issuer, ENDPOINT);
        assert_eq!(terms(Some("https://evil.example")).audience(&own), ENDPOINT);
        for url in elsewhere {
            let endpoint = Url::parse(url).unwrap();
            assert_eq!(terms(Some("https://evil.example")).audience(&endpoint), "https://evil.example", "{url}");
            assert_eq!(terms(None).audience(&endpoint), url);
            let by_default = AssertionTerms::new(AssertionAudience::Issuer, None, None, ENDPOINT);
            assert_eq!(by_default.audience(&endpoint), url);
        }
    }

    #[test]
    fn every_assertion_is_another_one_for_a_minute() {
        let terms = AssertionTerms::new(AssertionAudience::Issuer, None, Some(ISSUER), ENDPOINT);
        let endpoint = Url::parse(ENDPOINT).unwrap();
        let (one, other) = (terms.claims("billing", &endpoint).unwrap(), terms.claims("billing", &endpoint).unwrap());
        assert_eq!((one.iss, one.sub, one.aud), ("billing", "billing", ISSUER));
        assert_eq!(one.exp - one.iat, 60);
        assert!(one.iat.abs_diff(Time::System.unix().as_secs()) < 60);
        assert_ne!(one.jti, other.jti);
        let json = serde_json::to_string(&one).unwrap();
        assert!(json.starts_with(r#"{"iss":"billing","sub":"billing","aud":"https://as.example","iat":"#), "{json}");
    }
}
