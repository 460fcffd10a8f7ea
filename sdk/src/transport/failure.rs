use crate::error::{Error, Kind};

/// Says what a failed exchange means for the next step: may the server have acted on the request?
pub(super) fn classify(error: reqwest::Error, host: &str) -> Error {
    let (kind, message) = if error.is_connect() {
        (Kind::Connect, format!("no connection to {host}: check the address, the network and the certificate"))
    } else if error.is_timeout() {
        (Kind::Timeout, format!("{host} did not answer in time"))
    } else if error.is_builder() {
        (Kind::Configuration, format!("the request to {host} could not be built"))
    } else {
        (Kind::Interrupted, format!("the connection to {host} broke before the answer was complete"))
    };
    // A URL can carry a secret in its query.
    Error::new(kind, message).with_source(error.without_url())
}
