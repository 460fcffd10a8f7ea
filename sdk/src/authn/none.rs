use async_trait::async_trait;
use http::HeaderMap;

use super::ClientAuthentication;
use crate::error::Result;
use crate::wire::Form;

/// `none`: a public client, which only says its name (RFC 6749 §3.2.1).
#[derive(Debug)]
pub(crate) struct NoAuthentication;

#[async_trait]
impl ClientAuthentication for NoAuthentication {
    fn method(&self) -> &'static str {
        "none"
    }

    async fn authenticate(&self, client_id: &str, form: &mut Form, _: &mut HeaderMap) -> Result<()> {
        form.push("client_id", client_id);
        Ok(())
    }
}
