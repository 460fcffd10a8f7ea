use super::{RequestParameters, TokenEndpoint};
use crate::error::Result;
use crate::token::OAuthToken;
use crate::transport::Repeat;
use crate::wire::Form;

/// The second half of the authorization-code grant: a code for a token (RFC 6749 §4.1.3, RFC 7636 §4.5).
pub(crate) struct CodeExchange<'a> {
    pub(crate) code: &'a str,
    /// Not sent where it is empty.
    pub(crate) redirect_uri: &'a str,
    pub(crate) code_verifier: Option<&'a str>,
    pub(crate) parameters: &'a RequestParameters,
    /// What of the authorization response goes on to the token endpoint.
    pub(crate) of_response: &'a [(String, String)],
}

impl TokenEndpoint {
    pub(crate) async fn exchange(&self, exchange: CodeExchange<'_>) -> Result<OAuthToken> {
        let mut form = Form::new();
        form.push("grant_type", "authorization_code");
        form.push_secret("code", exchange.code);
        if !exchange.redirect_uri.is_empty() {
            form.push("redirect_uri", exchange.redirect_uri);
        }
        if let Some(verifier) = exchange.code_verifier {
            form.push_secret("code_verifier", verifier);
        }
        exchange.parameters.append_extra_to(&mut form);
        for (name, value) in exchange.of_response {
            form.push(name.clone(), value.clone());
        }
        // A code is spent by the first request (RFC 6749 §4.1.2).
        self.request(form, Repeat::Never).await
    }
}
