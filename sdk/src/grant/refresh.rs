use super::{RequestParameters, TokenEndpoint};
use crate::error::Result;
use crate::token::{OAuthToken, RefreshToken};
use crate::wire::Form;

impl TokenEndpoint {
    /// The refresh-token grant (RFC 6749 §6). Never repeated: the token may be spent by the first request.
    pub(crate) async fn refresh(
        &self,
        refresh_token: &RefreshToken,
        parameters: &RequestParameters,
    ) -> Result<OAuthToken> {
        let mut form = Form::new();
        form.push("grant_type", "refresh_token");
        form.push_secret("refresh_token", refresh_token.secret());
        parameters.append_to(&mut form)?;
        // What asks for less says so itself.
        if self.repeats_scope()
            && !form.has("scope")
            && let Some(scope) = refresh_token.scope()
        {
            form.push("scope", scope.to_owned());
        }
        let token = self.request_refreshed(form, refresh_token).await?;
        // Without a new one the old one stays (RFC 6749 §6).
        Ok(if token.refresh_token().is_none() { token.with_refresh_token(refresh_token.clone()) } else { token })
    }
}
