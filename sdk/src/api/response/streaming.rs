use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::ApiResponse;
use crate::api::{BytesStream, failure};
use crate::error::Result;

/// Bodies that do not fit into memory.
impl ApiResponse {
    /// The body as it comes, as a `Stream` of `Result<Bytes>`.
    ///
    /// [`body_limit`](crate::api::ApiClientBuilder::body_limit) does not hold, as nothing is kept; the
    /// [time-out](crate::api::ApiRequest::timeout) does: set it to what the whole may take.
    ///
    /// ```no_run
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// let mut body = api.get("exports/2024.csv").send().await?.bytes_stream();
    /// while let Some(bytes) = body.next().await {
    ///     println!("{} bytes", bytes?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn bytes_stream(self) -> BytesStream {
        BytesStream::new(self.response, self.progress)
    }

    /// Writes the body to a file, a socket, or whatever else takes bytes, and returns how many there were; see
    /// [`bytes_stream`](Self::bytes_stream) for the limits.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// # async fn example(api: grantkit::ApiClient) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut file = tokio::fs::File::create("2024.csv").await?;
    /// let request = api.get("exports/2024.csv").timeout(Duration::from_secs(3600));
    /// request.on_download_progress(|done, total| println!("{done} of {total:?}")).send().await?.copy_to(&mut file).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_retryable`](crate::Error::is_retryable) where the connection broke or the time was up before the end;
    /// [`is_configuration`](crate::Error::is_configuration) where the writer failed, as on a full disk. What was written stays.
    pub async fn copy_to<W: AsyncWrite + Unpin + ?Sized>(self, writer: &mut W) -> Result<u64> {
        let mut body = self.bytes_stream();
        let mut written = 0;
        while let Some(bytes) = body.next().await {
            let bytes = bytes?;
            writer.write_all(&bytes).await.map_err(failure::not_written)?;
            written += bytes.len() as u64;
        }
        writer.flush().await.map_err(failure::not_written)?;
        Ok(written)
    }
}
