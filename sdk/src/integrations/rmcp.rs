//! Authorised MCP clients of `rmcp`, over its streamable HTTP transport.
//!
//! ```no_run
//! use grantkit::integrations::rmcp::AuthorizedClient;
//! use rmcp::ServiceExt;
//! use rmcp::transport::StreamableHttpClientTransport;
//! use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
//!
//! # async fn example<H>(http: H, credentials: grantkit::Credentials) -> Result<(), Box<dyn std::error::Error>>
//! # where H: rmcp::transport::streamable_http_client::StreamableHttpClient + Sync {
//! let url = "https://mcp.example/tools";
//! let client = AuthorizedClient::new(http, url, &credentials)?; // `http`: a `reqwest::Client`, say
//! let config = StreamableHttpClientTransportConfig::with_uri(url);
//! let tools = ().serve(StreamableHttpClientTransport::with_client(client, config)).await?.list_all_tools().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`ResourceAccess`](crate::resource_access::ResourceAccess) finds the authorization server of such an URL, and begins the login there.

mod authorized_client;
mod log_in;
mod nonces;
mod refusal;

pub use authorized_client::AuthorizedClient;
