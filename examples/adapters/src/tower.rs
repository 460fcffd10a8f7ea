//! hyper-util's client, as any other `tower` service.

use bytes::Bytes;
use grantkit::Credentials;
use grantkit::integrations::tower::{Authorization, AuthorizationLayer, ReplayCloned};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::Layer;

/// The authorised client.
pub type Http = Authorization<Client<HttpConnector, Full<Bytes>>, ReplayCloned>;

// yours
/// Requests below `base` carry the token; one that is rejected is sent again, its body cloned.
pub fn client(base: &str, credentials: &Credentials) -> grantkit::Result<Http> {
    let http = Client::builder(TokioExecutor::new()).build_http();
    Ok(AuthorizationLayer::new(base, credentials)?.replay(ReplayCloned).layer(http))
}
// up to here
