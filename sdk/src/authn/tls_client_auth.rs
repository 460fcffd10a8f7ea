use async_trait::async_trait;
use http::HeaderMap;

use super::ClientAuthentication;
use crate::error::Result;
use crate::wire::Form;

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

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        form.push("client_id", client_id);
        Ok(())
    }
}
