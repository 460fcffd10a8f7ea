use async_trait::async_trait;

use super::{AuthenticationRequest, ClientAuthentication};
use crate::error::Result;
use crate::fingerprint::Fingerprint;

/// `tls_client_auth` and `self_signed_tls_client_auth`: the certificate of the connection says who the client is, by its
/// subject or by itself (RFC 8705 §2). The transport presents it; on the wire the two are the same.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TlsClientAuth {
    Issued,
    SelfSigned,
}

#[async_trait]
impl ClientAuthentication for TlsClientAuth {
    fn method(&self) -> &'static str {
        match self {
            Self::Issued => "tls_client_auth",
            Self::SelfSigned => "self_signed_tls_client_auth",
        }
    }

    fn is_by_certificate(&self) -> bool {
        true
    }

    /// The certificate is the transport's, which has an identity of its own.
    fn identity(&self) -> Fingerprint {
        match self {
            Self::Issued | Self::SelfSigned => Fingerprint::builder().build(),
        }
    }

    async fn authenticate(&self, request: &mut AuthenticationRequest<'_>) -> Result<()> {
        request.form.push("client_id", request.client_id);
        Ok(())
    }
}
