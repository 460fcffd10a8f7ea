use http::HeaderValue;

use super::ApiRequest;
use crate::api::RetryPolicy;
use crate::api::retry_policy::IDEMPOTENCY_KEY;

/// Whether it is sent again.
impl ApiRequest {
    /// Sends this request again as this policy has it, in place of the client's; see
    /// [`ApiClientBuilder::retry`](crate::api::ApiClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options().retry = Some(policy);
        self
    }

    /// Sends this key (`Idempotency-Key`), by which the API knows the request when it comes again, and does it once: a
    /// [`RetryPolicy`] then repeats it, whatever its method.
    ///
    /// The key is sent as it is, which is what most APIs take. The draft of the IETF (draft-ietf-httpapi-idempotency-key-header) has it in
    /// quotes: write them, `""8e03978e""`, for an API that follows it.
    pub fn idempotency_key<V: TryInto<HeaderValue>>(self, key: V) -> Self {
        self.header(IDEMPOTENCY_KEY, key)
    }

    /// Says that this request may arrive twice, whatever its method: a [`RetryPolicy`] then repeats it. It sends nothing more.
    pub fn idempotent(mut self) -> Self {
        self.options().is_idempotent = true;
        self
    }
}
