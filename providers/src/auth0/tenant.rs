use std::net::IpAddr;

use grantkit::{Error, Result};
use http::uri::Authority;

/// Where the tenant is, without a slash at the end.
pub(super) fn base_url(tenant: &str) -> Result<String> {
    let text = tenant.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, authority) = text.split_once("://").unwrap_or(("https", &text));
    let authority: Authority = authority.parse().map_err(|_| no_tenant(tenant))?;
    match scheme {
        "http" if is_loopback(authority.host()) => Ok(text),
        "http" => Err(Error::configuration(format!(
            "Auth0 is asked over https only, so leave the `http://` of {tenant:?} out"
        ))),
        // With a port it is a stand-in for tests.
        "https" if authority.port().is_some() => Ok(format!("https://{authority}")),
        "https" if is_domain(authority.as_str()) => Ok(format!("https://{}", completed(authority.as_str()))),
        _ => Err(no_tenant(tenant)),
    }
}

/// `acme` and `acme.eu` are names within `auth0.com`.
fn completed(domain: &str) -> String {
    let is_name = match domain.split_once('.') {
        None => true,
        Some((_, rest)) => rest.len() == 2,
    };
    if is_name { format!("{domain}.auth0.com") } else { domain.to_owned() }
}

fn is_domain(text: &str) -> bool {
    let is_label_char = |char: char| char.is_ascii_alphanumeric() || char == '-';
    text.split('.').all(|label| !label.is_empty() && label.chars().all(is_label_char))
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn no_tenant(tenant: &str) -> Error {
    Error::configuration(format!(
        "{tenant:?} is no Auth0 tenant: write its name (`acme`), its name and region (`acme.eu`) or its \
         domain (`login.acme.dev`), without a path"
    ))
}

#[cfg(test)]
mod tests;
