//! A client of the Model Context Protocol by `rmcp`, over streamable HTTP.

use grantkit::Credentials;
use grantkit::integrations::rmcp::AuthorizedClient;
use rmcp::service::RunningService;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{RoleClient, ServiceExt};

// yours
/// The server's tools are called by `.call_tool(..)` of what it returns.
pub async fn connect(
    url: &str,
    credentials: &Credentials,
) -> Result<RunningService<RoleClient, ()>, Box<dyn std::error::Error>> {
    let client = AuthorizedClient::new(reqwest::Client::new(), url, credentials)?;
    let config = StreamableHttpClientTransportConfig::with_uri(url);
    Ok(().serve(StreamableHttpClientTransport::with_client(client, config)).await?)
}
// up to here
