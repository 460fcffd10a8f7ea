use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};

use super::ServerMetadata;
use crate::error::{Error, Kind, Result};
use crate::transport::{Answer, Repeat, Transport};
use crate::wire::{EndpointUrl, PlainHttp, excerpt};

/// Documents of this size are some hundred times as large as honest ones.
const DOCUMENT_LIMIT: usize = 512 * 1024;

impl ServerMetadata {
    /// Fetches the document of an issuer and checks that it is this issuer's (RFC 8414 §3.3).
    pub(crate) async fn fetch(issuer: &str, transport: &Transport, plain_http: PlainHttp) -> Result<Self> {
        let url = EndpointUrl::parse("issuer", issuer, plain_http)?;
        if url.url().query().is_some() {
            return Err(Error::configuration(format!("the issuer {issuer:?} must not have a query (RFC 8414 §2)")));
        }
        let openid = openid_configuration(issuer);
        let answer = get(&openid, transport, plain_http).await?;
        let (location, answer) = if is_absent(answer.status()) {
            let oauth = oauth_authorization_server(&url);
            let answer = get(&oauth, transport, plain_http).await?;
            (oauth, answer)
        } else {
            (openid, answer)
        };
        read(issuer, &location, &answer)
    }
}

/// Appended to the issuer (OpenID Connect Discovery 1.0 §4).
fn openid_configuration(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

/// Between host and path (RFC 8414 §3.1).
fn oauth_authorization_server(issuer: &EndpointUrl) -> String {
    let mut url = issuer.url().clone();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/oauth-authorization-server{path}"));
    url.into()
}

/// Servers say so in more than one way.
fn is_absent(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE)
}

async fn get(location: &str, transport: &Transport, plain_http: PlainHttp) -> Result<Answer> {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = EndpointUrl::parse("metadata URL", location, plain_http)?.uri()?;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    transport.send(request, Repeat::WhenRefused).await
}

fn read(issuer: &str, location: &str, answer: &Answer) -> Result<ServerMetadata> {
    if !answer.status().is_success() {
        // There is none, or there is one that cannot be had now.
        let kind = if is_absent(answer.status()) { Kind::InvalidResponse } else { Kind::Status };
        return Err(Error::new(
            kind,
            format!("no metadata at {location}: the server answered {}; is the issuer right?", answer.status()),
        )
        .with_status(answer.status()));
    }
    let body = answer.body();
    if body.len() > DOCUMENT_LIMIT {
        return Err(Error::invalid_response(format!(
            "the metadata at {location} is larger than {DOCUMENT_LIMIT} bytes"
        )));
    }
    let metadata: ServerMetadata = serde_json::from_slice(body).map_err(|error| {
        let start = excerpt(&String::from_utf8_lossy(body), std::iter::empty());
        Error::invalid_response(format!("the metadata at {location} is no such document: {start:?}")).with_source(error)
    })?;
    if metadata.issuer != issuer {
        return Err(Error::new(
            Kind::Security,
            format!(
                "the metadata at {location} is of the issuer {:?}, not of {issuer:?}: the two must be equal character by \
                 character (RFC 8414 §3.3); use the one that the server calls itself, if you trust it",
                metadata.issuer
            ),
        ));
    }
    Ok(metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 8414 §3.1 and OpenID Connect Discovery 1.0 §4.1.
    #[test]
    fn well_known_locations_of_issuers_with_and_without_a_path() {
        let oauth = |issuer| {
            oauth_authorization_server(&EndpointUrl::parse("issuer", issuer, PlainHttp::LoopbackOnly).unwrap())
        };
        assert_eq!(oauth("https://example.com"), "https://example.com/.well-known/oauth-authorization-server");
        assert_eq!(
            oauth("https://example.com/issuer1"),
            "https://example.com/.well-known/oauth-authorization-server/issuer1"
        );
        assert_eq!(
            openid_configuration("https://example.com/issuer1/"),
            "https://example.com/issuer1/.well-known/openid-configuration"
        );
    }
}
