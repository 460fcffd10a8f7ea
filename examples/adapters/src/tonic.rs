//! gRPC by `tonic`: a layer on the channel, with which a call that is rejected is repeated.

use grantkit::Credentials;
use grantkit::integrations::tonic::ReplayRecorded;
use grantkit::integrations::tower::{Authorization, AuthorizationLayer};
use tonic::transport::Endpoint;
use tonic_health::pb::health_client::HealthClient;
use tower::Layer;

/// What calls go through.
pub type Channel = Authorization<tonic::transport::Channel, ReplayRecorded>;

// yours
/// `HealthClient` stands for any generated client.
pub fn client(url: &str, credentials: &Credentials) -> Result<HealthClient<Channel>, Box<dyn std::error::Error>> {
    let channel = Endpoint::from_shared(url.to_owned())?.connect_lazy();
    let authorization = AuthorizationLayer::new(url, credentials)?.replay(ReplayRecorded::new());
    Ok(HealthClient::new(authorization.layer(channel)))
}
// up to here
