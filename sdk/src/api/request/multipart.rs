use http::HeaderValue;
use http::header::CONTENT_TYPE;

use super::ApiRequest;
use crate::api::Multipart;
use crate::error::Error;

/// Forms with files.
impl ApiRequest {
    /// Sends these parts as `multipart/form-data` (RFC 7578): a [`Multipart`], or the form of reqwest.
    ///
    /// Parts that are bytes and texts are sent again as any other body is, where the API rejects the token. With a part that is a file or a
    /// stream, or with the form of reqwest, the request is sent once.
    ///
    /// ```no_run
    /// use grantkit::api::{Multipart, Part};
    ///
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let scan = Part::file("scan.pdf").await?.content_type("application/pdf");
    /// let form = Multipart::new().text("title", "Invoice 42").part("scan", scan);
    /// api.post("documents").multipart(form).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When it is sent, [`is_configuration`](Error::is_configuration) where a content type is none.
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.edit(|request| {
            let (boundary, body) = form.into().into_body()?;
            let value = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")).map_err(|_| {
                Error::configuration("the boundary of the form has a character that cannot stand in a header")
            })?;
            // In place of any other: without the boundary it cannot be read.
            request.headers_mut().insert(CONTENT_TYPE, value);
            *request.body_mut() = Some(body);
            Ok(())
        })
    }
}
