use url::Url;

use super::{AuthorizationCode, PendingLogin};
use crate::error::Result;

impl AuthorizationCode {
    /// Begins a login in the way that the server and the program want: [pushed](Self::push) where requests have to be, [signed](Self::start_signed)
    /// where there is a signer, and else as by [`start`](Self::start). A server that is to be
    /// [found when it is needed](crate::client::ClientBuilder::discover_lazily) is asked for its metadata first.
    ///
    /// ```no_run
    /// use grantkit::prelude::*;
    ///
    /// # async fn example() -> Result<()> {
    /// let client = Client::builder().client_id("app").public().discover_lazily("https://as.example")?;
    /// let login = client.authorization_code("https://app.example/callback").scope("openid");
    /// let (url, pending) = login.begin().await?;
    /// # let _ = (url, pending);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As those, and those of the discovery.
    pub async fn begin(&self) -> Result<(Url, PendingLogin)> {
        let login = self.found().await?;
        if login.has_to_be_pushed {
            login.push().await
        } else if login.request_signer.is_some() {
            login.start_signed().await
        } else {
            login.start()
        }
    }
}
