use super::ApiRequest;
use crate::api::Multipart;

/// Forms with files.
impl ApiRequest {
    /// Sends these parts as `multipart/form-data`, as [`ApiRequest::multipart`](crate::api::ApiRequest::multipart).
    ///
    /// ```no_run
    /// use grantkit::api::{Multipart, Part};
    /// use grantkit::integrations::blocking::{ApiClient, wait};
    ///
    /// # fn example(api: ApiClient) -> grantkit::Result<()> {
    /// let scan = wait(Part::file("scan.pdf"))?.content_type("application/pdf");
    /// let form = Multipart::new().text("title", "Invoice 42").part("scan", scan);
    /// api.post("documents").multipart(form).send()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn multipart(self, form: impl Into<Multipart>) -> Self {
        self.edit(|request| request.multipart(form))
    }
}
