use super::ClientBuilder;
use super::Parts;
use super::endpoints::{Endpoints, Present};
use super::requirement::EndpointNotGiven;
use crate::error::Result;
use crate::wire::EndpointUrl;

/// A setter for each parameter of [`Endpoints`], in their order: all parameters but that of the setter stay.
///
/// The bound is in each entry, so that the compiler points there and not into a macro.
macro_rules! endpoint_setters {
    ([$($done:tt)*]) => {};
    (
        [$($Before:ident $before:ident)*]
        $(#[$attribute:meta])*
        $State:ident $field:ident [$($bound:tt)*] => $name:ident($what:literal, $keep:ident);
        $(
            $(#[$further:meta])*
            $After:ident $after:ident [$($next_bound:tt)*] => $next:ident($next_what:literal, $next_keep:ident);
        )*
    ) => {
        #[allow(clippy::type_complexity, reason = "the state is in the type")]
        impl<Id, Authentication, Token, $($Before,)* $State, $($After,)*>
            ClientBuilder<Id, Authentication, Token, Endpoints<$($Before,)* $State, $($After,)*>>
        {
            $(#[$attribute])*
            ///
            /// # Errors
            ///
            /// [`is_configuration`](crate::Error::is_configuration) where it is no URL that an endpoint may have.
            pub fn $name(
                mut self,
                url: &str,
            ) -> Result<ClientBuilder<Id, Authentication, Token, Endpoints<$($Before,)* Present, $($After,)*>>>
            where
                $($bound)*,
            {
                let at = self.parts.url($what, url)?;
                $keep(&mut self.parts, url, &at);
                let Endpoints { $($before,)* $($after,)* .. } = self.endpoints;
                let endpoints = Endpoints { $($before,)* $field: Present::at(at), $($after,)* };
                Ok(Self::with_endpoints(self.parts, self.token, endpoints))
            }
        }

        endpoint_setters! {
            [$($Before $before)* $State $field]
            $(
                $(#[$further])*
                $After $after [$($next_bound)*] => $next($next_what, $next_keep);
            )*
        }
    };
}

endpoint_setters! {
    []
    /// Where a person logs in and consents (RFC 6749 §3.1): makes `authorization_code` possible.
    Authorization authorization [Authorization: EndpointNotGiven] =>
        authorization_endpoint("authorization endpoint", no_side_effect);
    /// Where a device without a browser asks for a code (RFC 8628 §3.1): makes `device_authorization` possible.
    Device device [Device: EndpointNotGiven] => device_authorization_endpoint("device authorization endpoint", no_side_effect);
    /// Where tokens are revoked (RFC 7009 §2): makes `revocation` possible.
    Revocation revocation [Revocation: EndpointNotGiven] => revocation_endpoint("revocation endpoint", no_side_effect);
    /// Where tokens are looked into (RFC 7662 §2): makes `introspection` possible.
    Introspection introspection [Introspection: EndpointNotGiven] =>
        introspection_endpoint("introspection endpoint", no_side_effect);
    /// Where claims about the user are read (OpenID Connect Core §5.3): makes `userinfo` possible.
    Userinfo userinfo [Userinfo: EndpointNotGiven] => userinfo_endpoint("userinfo endpoint", no_side_effect);
    /// The issuer identifier (RFC 8414 §2): answers of the authorization endpoint and ID tokens must name it.
    ///
    /// With `{tenantid}` in it, as in `https://login.microsoftonline.com/{tenantid}/v2.0`, it stands for the issuers of all
    /// tenants of a server: an ID token is accepted whose `iss` is that with its own `tid` in it. **People of every tenant can
    /// log in then**: look at the claims `tid` and `sub` together, since only together they name a person.
    Issuer issuer [Issuer: EndpointNotGiven] => issuer("issuer", issuer_name);
    /// Where the server publishes its signing keys (RFC 8414 §2), which ID tokens are checked with.
    Jwks jwks [Jwks: EndpointNotGiven] => jwks_uri("jwks_uri", jwks_uri);
    /// Where the server is asked to ask a person on their own device (CIBA Core §7): makes `ciba` possible.
    Backchannel backchannel [Backchannel: EndpointNotGiven] =>
        backchannel_authentication_endpoint("backchannel authentication endpoint", no_side_effect);
    /// Where the parameters of an authorization request are sent ahead of the browser (RFC 9126 §2): makes
    /// `pushed_authorization_code` possible.
    PushedAuthorization pushed [PushedAuthorization: EndpointNotGiven] =>
        pushed_authorization_request_endpoint("pushed authorization request endpoint", pushed_requests);
    /// Where clients register themselves (RFC 7591 §3): makes `registration` possible.
    Registration registration [Registration: EndpointNotGiven] => registration_endpoint("registration endpoint", no_side_effect);
    /// Where a person's browser is sent to be logged out (OpenID Connect RP-Initiated Logout 1.0 §2): makes
    /// `logout_request` possible.
    EndSession end_session [EndSession: EndpointNotGiven] => end_session_endpoint("end session endpoint", no_side_effect);
}

fn no_side_effect(_: &mut Parts, _: &str, _: &EndpointUrl) {}

/// As it stands: a URL parser would add a slash, and issuers are compared character by character.
fn issuer_name(parts: &mut Parts, given: &str, _: &EndpointUrl) {
    parts.server.issuer = Some(given.to_owned());
}

fn jwks_uri(parts: &mut Parts, _: &str, url: &EndpointUrl) {
    parts.server.jwks_uri = Some(url.clone());
}

fn pushed_requests(parts: &mut Parts, _: &str, url: &EndpointUrl) {
    parts.server.pushed_requests = Some(url.clone());
}
