use super::ApiRequest;
use crate::api::progress::Progress;

/// How far its bodies are.
impl ApiRequest {
    /// Calls this with the bytes of the request's body that have gone so far, and all of them where that is known: for a progress bar.
    ///
    /// Bytes have gone when the connection has taken them; they count from 0 again where the request is sent again.
    ///
    /// ```no_run
    /// # async fn example(api: grantkit::ApiClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let file = tokio::fs::File::open("backup.tar").await?;
    /// let size = file.metadata().await?.len();
    /// api.put("backups/7")
    ///     .header("content-length", size)
    ///     .body(file)
    ///     .on_upload_progress(|done, total| println!("{done} of {total:?}"))      // `bar.set_position(done)` of indicatif
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_upload_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.options().upload = Some(Progress::new(callback));
        self
    }

    /// Calls this with the bytes of the answer's body that have come so far, and all of them where that is known, however it is read:
    /// `fetch`, [`bytes_stream`](crate::api::ApiResponse::bytes_stream), [`copy_to`](crate::api::ApiResponse::copy_to).
    pub fn on_download_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.options().download = Some(Progress::new(callback));
        self
    }
}
