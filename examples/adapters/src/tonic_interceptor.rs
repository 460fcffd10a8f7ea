//! gRPC by `tonic` with an interceptor, where calls take the token that is there: for programs that build their own channels.

use grantkit::Credentials;
use grantkit::integrations::tonic::AuthorizationInterceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::health_client::HealthClient;

/// What calls go through.
pub type Intercepted = InterceptedService<Channel, AuthorizationInterceptor>;

// yours
/// The first token is requested here, as an interceptor cannot wait for it.
pub async fn client(
    url: &str,
    credentials: &Credentials,
) -> Result<HealthClient<Intercepted>, Box<dyn std::error::Error>> {
    credentials.token().await?;
    let channel = Endpoint::from_shared(url.to_owned())?.connect_lazy();
    Ok(HealthClient::with_interceptor(channel, AuthorizationInterceptor::new(credentials)))
}
// up to here
