//! Where the browser comes back to: a listener on this machine, at the redirect URI that is registered.

use grantkit::authorize::{LoopbackAddress, LoopbackListener, RedirectUri};

use crate::failure::Failure;
use crate::profile::Profile;
use crate::redirect_uri::LoopbackUri;

/// Listens at the profile's redirect URI; on a port that is free, unless it has one.
pub(super) async fn listen(name: &str, profile: &Profile) -> Result<(LoopbackListener, RedirectUri), Failure> {
    let uri = profile.redirect_uri().map(str::parse::<LoopbackUri>).transpose();
    let uri = uri.map_err(|why| {
        Failure::configuration(format!("the `redirect_uri` of profile {name:?} cannot be served: {why}"))
            .or_next(format!("grantkit profiles set {name} redirect_uri=http://127.0.0.1:8400/callback"))
    })?;
    let (port, key) = match uri.as_ref().and_then(LoopbackUri::port) {
        Some(port) => (Some(port), "redirect_uri=http://127.0.0.1:<another port>/callback"),
        None => (profile.redirect_port, "redirect_port=<another>"),
    };
    let mut listener = LoopbackListener::builder().program("grantkit");
    if let Some(uri) = &uri {
        listener = listener.path(uri.path()).address(match uri.host() {
            "127.0.0.1" => LoopbackAddress::Ipv4,
            "[::1]" => LoopbackAddress::Ipv6,
            _ => LoopbackAddress::Both,
        });
    }
    if let Some(port) = port {
        listener = listener.port(port);
    }
    let listener = listener.bind().await.map_err(|error| match port {
        Some(port) => Failure::configuration(format!("the login cannot come back to port {port} of this machine"))
            .caused_by(&error)
            .or_next(format!("grantkit profiles set {name} {key}, as it is registered at the server")),
        None => Failure::from(error).or_next(format!("grantkit login {name} --device")),
    })?;
    let redirect_uri = match &uri {
        Some(uri) => RedirectUri::new(uri.with_port(listener.port()))?,
        None => listener.redirect_uri()?,
    };
    Ok((listener, redirect_uri))
}
