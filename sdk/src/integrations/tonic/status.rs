use std::sync::Arc;

use tonic::{Code, Status};

use crate::error::{Error, ErrorKind};

/// The status of a call for which there is no token, with the error as its source.
///
/// | [kind](Error::kind) of the error | code |
/// |---|---|
/// | [`LoginRequired`](ErrorKind::LoginRequired) | `UNAUTHENTICATED` |
/// | [`Denied`](ErrorKind::Denied) | `PERMISSION_DENIED` |
/// | [`Configuration`](ErrorKind::Configuration) | `FAILED_PRECONDITION`, which is not retried |
/// | [`Temporary`](ErrorKind::Temporary) | `UNAVAILABLE` |
/// | any other | `INTERNAL` |
pub fn status_of(error: Error) -> Status {
    let code = match error.kind() {
        ErrorKind::LoginRequired => Code::Unauthenticated,
        ErrorKind::Denied => Code::PermissionDenied,
        ErrorKind::Configuration => Code::FailedPrecondition,
        ErrorKind::Temporary => Code::Unavailable,
        ErrorKind::Security | ErrorKind::InvalidResponse | ErrorKind::Rejected => Code::Internal,
    };
    let mut status = Status::new(code, error.to_string());
    status.set_source(Arc::new(error));
    status
}
