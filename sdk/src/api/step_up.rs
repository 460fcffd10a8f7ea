use super::{ApiRequest, ApiResponse};
use crate::credentials::IntoCredentials;
use crate::error::{Result, StepUp};

/// Logins that an API asks for.
impl ApiRequest {
    /// Sends it; where the API requires another login, or more scopes, `log_in` gets what it wants, and the request is sent once more with
    /// the credentials that `log_in` returns.
    ///
    /// The API is asked twice at the most: if it refuses those credentials too, that is the error. [`ApiClient`](super::ApiClient) keeps
    /// its own; [`ApiClient::with_credentials`](super::ApiClient::with_credentials) makes one with the new ones.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    ///
    /// # async fn log_in(login: AuthorizationCode) -> Result<Credentials> {
    /// #     let (_, pending) = login.start()?;
    /// #     login.finish(pending, "https://app.example/callback").await?.credentials("api").await
    /// # }
    /// # async fn example(api: ApiClient, login: AuthorizationCode) -> Result<()> {
    /// let request = api.delete(["accounts", "42"]);
    /// request.send_with_step_up(async |step_up| log_in(login.for_step_up(&step_up)).await).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), whatever `error_for_status` says, and that of `log_in`. A body that is a stream is sent once: then it is the
    /// API's error, from which [`step_up`](crate::Error::step_up) tells what it wants.
    pub async fn send_with_step_up<C: IntoCredentials>(
        self,
        log_in: impl AsyncFnOnce(StepUp) -> Result<C>,
    ) -> Result<ApiResponse> {
        let copy = self.try_clone();
        let error = match self.error_for_status(true).send().await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        match (error.step_up(), copy) {
            (Some(step_up), Some(copy)) => {
                let credentials = log_in(step_up).await?;
                copy.with_credentials(credentials).error_for_status(true).send().await
            }
            _ => Err(error),
        }
    }
}
