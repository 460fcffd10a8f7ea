//! A `reqwest` client with middleware.

use grantkit::Credentials;
use grantkit::integrations::reqwest_middleware::AuthorizationMiddleware;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};

// yours
/// Requests below `base` carry the token; it follows no redirect away from there.
pub fn client(base: &str, credentials: &Credentials) -> Result<ClientWithMiddleware, Box<dyn std::error::Error>> {
    let authorization = AuthorizationMiddleware::new(base, credentials)?;
    let http = reqwest::Client::builder().redirect(authorization.redirect_policy()).build()?;
    Ok(ClientBuilder::new(http).with(authorization).build())
}
// up to here
