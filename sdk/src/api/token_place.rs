use std::borrow::Cow;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use reqwest::Request;

use crate::credentials::AuthorizationHeaders;
use crate::error::{Error, Result};

/// Where the access token goes in a request to the API.
#[derive(Clone, Debug, Default)]
pub(super) enum TokenPlace {
    /// `Authorization: Bearer`, or `DPoP` with its proof.
    #[default]
    Standard,
    /// `Authorization` with another scheme; empty if the token stands alone.
    Scheme(Cow<'static, str>),
    Header(HeaderName),
    Query(Cow<'static, str>),
}

impl TokenPlace {
    pub(super) fn apply(&self, token: AuthorizationHeaders, request: &mut Request) -> Result<()> {
        if matches!(self, Self::Standard) || token.is_without_authorization() {
            token.apply(request.headers_mut());
            return Ok(());
        }
        if token.proof().is_some() {
            return Err(Error::configuration(
                "the token is bound to a key (DPoP), which RFC 9449 §7.1 knows in the `Authorization` header alone: leave out where \
                 else the token was to go",
            ));
        }
        let text = token.authorization().to_str().unwrap_or_default();
        let text = text.split_once(' ').map_or(text, |(_, token)| token);
        match self {
            Self::Standard => {}
            Self::Scheme(scheme) => {
                let text = if scheme.is_empty() { text.to_owned() } else { format!("{scheme} {text}") };
                request.headers_mut().insert(AUTHORIZATION, secret(&text)?);
            }
            Self::Header(name) => {
                request.headers_mut().insert(name.clone(), secret(text)?);
            }
            // Sent again, it is there already.
            Self::Query(name) => {
                let url = request.url_mut();
                let others: Vec<_> = url.query_pairs().filter(|(known, _)| known != name).collect();
                let query = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(others)
                    .append_pair(name, text)
                    .finish();
                url.set_query(Some(&query));
            }
        }
        Ok(())
    }
}

fn secret(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| Error::invalid_response("the access token has a character that no header can have"))?;
    value.set_sensitive(true);
    Ok(value)
}
