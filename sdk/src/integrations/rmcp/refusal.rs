//! What an MCP server says when it refuses a request, in the terms of the other clients.

use std::io;

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};
use rmcp::transport::streamable_http_client::StreamableHttpError;
use zeroize::Zeroizing;

use crate::error::{Challenge, Error, ErrorKind};
use crate::text::{Secrets, ServerText};

/// A refusal: its status, and the header with the challenge.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

impl Refusal {
    /// Of an error that is one, to a request with these headers: the server may quote them, and nothing of them stays in the error.
    pub(super) fn of<E: std::error::Error + Send + Sync + 'static>(
        error: &mut StreamableHttpError<E>,
        sent: impl Fn() -> Vec<Zeroizing<String>>,
    ) -> Option<Self> {
        let (status, challenge) = match error {
            StreamableHttpError::AuthRequired(refused) => {
                (StatusCode::UNAUTHORIZED, &mut refused.www_authenticate_header)
            }
            StreamableHttpError::InsufficientScope(refused) => {
                (StatusCode::FORBIDDEN, &mut refused.www_authenticate_header)
            }
            _ => return None,
        };
        let secrets = Secrets::new(sent().iter().map(|secret| secret.as_str()));
        ServerText::value(challenge, &secrets).as_str().clone_into(challenge);
        let challenge = HeaderValue::from_str(challenge).ok();
        Some(Self { status, headers: challenge.into_iter().map(|challenge| (WWW_AUTHENTICATE, challenge)).collect() })
    }

    /// What [`Error::step_up`] and [`ResourceAccess::step_up`](crate::resource_access::ResourceAccess::step_up) read.
    pub(super) fn to_error(&self) -> Error {
        let message = format!("the MCP server answered {}", self.status);
        // They were struck out before.
        Error::of_api(message, self.status, Challenge::without_secrets(&self.headers, []), None)
    }
}

/// rmcp's error for a request without a token; the first one is the source of the second.
pub(super) fn without_token<E: std::error::Error + Send + Sync + 'static>(error: Error) -> StreamableHttpError<E> {
    let kind = match error.kind() {
        ErrorKind::LoginRequired | ErrorKind::Denied => io::ErrorKind::PermissionDenied,
        ErrorKind::Configuration => io::ErrorKind::InvalidInput,
        ErrorKind::Temporary if error.is_timeout() => io::ErrorKind::TimedOut,
        ErrorKind::Temporary | ErrorKind::Security | ErrorKind::InvalidResponse | ErrorKind::Rejected => {
            io::ErrorKind::Other
        }
    };
    StreamableHttpError::Io(io::Error::new(kind, error))
}
