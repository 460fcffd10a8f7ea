use serde_json::Value;

use super::ClientMetadata;

/// A method for each member, by its name: one that sets it, or, for a list, one that adds to it.
macro_rules! members {
    ($($(#[$about:meta])* $kind:ident $name:ident $(of $list:ident)?;)+) => {
        $(member!($kind $(#[$about])* $name $($list)?);)+
    };
}

macro_rules! member {
    (text $(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        pub fn $name(self, value: impl Into<String>) -> Self {
            self.with(stringify!($name), value.into())
        }
    };
    (flag $(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        pub fn $name(self, value: bool) -> Self {
            self.with(stringify!($name), value)
        }
    };
    (seconds $(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        pub fn $name(self, value: std::time::Duration) -> Self {
            self.with(stringify!($name), value.as_secs())
        }
    };
    (json $(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        pub fn $name(self, value: Value) -> Self {
            self.with(stringify!($name), value)
        }
    };
    (one $(#[$about:meta])* $name:ident $list:ident) => {
        $(#[$about])*
        #[doc = concat!("\n\nMay be repeated: one more of `", stringify!($list), "`.")]
        pub fn $name(self, value: impl Into<String>) -> Self {
            self.and(stringify!($list), value.into())
        }
    };
}

/// What it is and who answers for it (RFC 7591 §2).
impl ClientMetadata {
    members! {
        /// The client's name, for people.
        text client_name;
        /// A page about the client, for people.
        text client_uri;
        /// Its logo.
        text logo_uri;
        /// Its terms of service.
        text tos_uri;
        /// What it does with personal data.
        text policy_uri;
        /// Who is to be asked about it, by e-mail for instance.
        one contact of contacts;
        /// What the software is called that it is one copy of, the same for all of them.
        text software_id;
        /// Which version of the software.
        text software_version;
        /// The software statement: claims about the software, a JWT signed by its issuer (RFC 7591 §2.3).
        text software_statement;
        /// `web` or `native`; `web` unless said (OpenID Connect Registration §2).
        text application_type;
    }
}

/// What it may do, and how it authenticates (RFC 7591 §2).
impl ClientMetadata {
    members! {
        /// Where the browser comes back to.
        one redirect_uri of redirect_uris;
        /// A grant; `authorization_code` alone unless said.
        one grant_type of grant_types;
        /// A kind of authorization response; `code` alone unless said.
        one response_type of response_types;
        /// The scopes that it may ask for, space-separated.
        text scope;
        /// How it authenticates; `client_secret_basic` unless said.
        text token_endpoint_auth_method;
        /// What its assertions are signed with, for `private_key_jwt` and `client_secret_jwt` (OpenID Connect Registration §2).
        text token_endpoint_auth_signing_alg;
        /// Where its public keys are.
        text jwks_uri;
        /// Its public keys: a JWK set.
        json jwks;
        /// The subject of its certificate, for `tls_client_auth` (RFC 8705 §2.1.2).
        text tls_client_auth_subject_dn;
        /// The DNS name in its certificate, for `tls_client_auth` (RFC 8705 §2.1.2).
        text tls_client_auth_san_dns;
        /// The URI in its certificate, for `tls_client_auth` (RFC 8705 §2.1.2).
        text tls_client_auth_san_uri;
        /// The IP address in its certificate, for `tls_client_auth` (RFC 8705 §2.1.2).
        text tls_client_auth_san_ip;
        /// The e-mail address in its certificate, for `tls_client_auth` (RFC 8705 §2.1.2).
        text tls_client_auth_san_email;
        /// Whether its tokens are bound to its certificate (RFC 8705 §3.4).
        flag tls_client_certificate_bound_access_tokens;
        /// Whether its tokens are bound to a key, by DPoP (RFC 9449 §5.2).
        flag dpop_bound_access_tokens;
        /// A type of what it may ask for in detail (RFC 9396 §10).
        one authorization_details_type of authorization_details_types;
    }
}

/// Its authorization requests and the answers to them.
impl ClientMetadata {
    members! {
        /// Whether they have to be pushed (RFC 9126 §6).
        flag require_pushed_authorization_requests;
        /// Whether they have to be signed (RFC 9101 §10.5).
        flag require_signed_request_object;
        /// How they are signed, if they are (OpenID Connect Registration §2).
        text request_object_signing_alg;
        /// How the key is encrypted that they are encrypted with (OpenID Connect Registration §2).
        text request_object_encryption_alg;
        /// What they are encrypted with (OpenID Connect Registration §2).
        text request_object_encryption_enc;
        /// Where a request may be that is made by reference (OpenID Connect Registration §2).
        one request_uri of request_uris;
        /// How answers in a JWT are signed; `RS256` unless said (JARM §3).
        text authorization_signed_response_alg;
        /// How the key is encrypted that these answers are encrypted with (JARM §3).
        text authorization_encrypted_response_alg;
        /// What these answers are encrypted with; `A128CBC-HS256` unless said (JARM §3).
        text authorization_encrypted_response_enc;
    }
}

/// What it is told of people (OpenID Connect Registration §2, RFC 9701 §6).
impl ClientMetadata {
    members! {
        /// How ID tokens are signed; `RS256` unless said.
        text id_token_signed_response_alg;
        /// How the key is encrypted that ID tokens are encrypted with.
        text id_token_encrypted_response_alg;
        /// What ID tokens are encrypted with; `A128CBC-HS256` unless said.
        text id_token_encrypted_response_enc;
        /// How answers of the userinfo endpoint are signed; they are plain JSON unless said.
        text userinfo_signed_response_alg;
        /// How the key is encrypted that these are encrypted with.
        text userinfo_encrypted_response_alg;
        /// What these are encrypted with; `A128CBC-HS256` unless said.
        text userinfo_encrypted_response_enc;
        /// How signed answers of the introspection endpoint are signed; `RS256` unless said (RFC 9701 §6).
        text introspection_signed_response_alg;
        /// How the key is encrypted that these are encrypted with (RFC 9701 §6).
        text introspection_encrypted_response_alg;
        /// What these are encrypted with; `A128CBC-HS256` unless said (RFC 9701 §6).
        text introspection_encrypted_response_enc;
        /// `pairwise` for a `sub` that no other client sees of the same person, `public` for one that all see.
        text subject_type;
        /// A document with the redirect URIs of all the clients that see the same `sub` of a person.
        text sector_identifier_uri;
        /// How long ago a login may be, unless a request says otherwise.
        seconds default_max_age;
        /// Whether ID tokens have to say when the login was (`auth_time`).
        flag require_auth_time;
        /// A class of login to ask for, the best first, unless a request says otherwise.
        one default_acr_value of default_acr_values;
        /// Where others can send a browser for a login to begin (OpenID Connect Core §4).
        text initiate_login_uri;
    }
}

/// Requests to a person on another device (OpenID Connect CIBA Core 1.0 §4).
impl ClientMetadata {
    members! {
        /// `poll` or `ping`.
        text backchannel_token_delivery_mode;
        /// Where `ping` goes to.
        text backchannel_client_notification_endpoint;
        /// How the requests are signed, if they are.
        text backchannel_authentication_request_signing_alg;
        /// Whether people have a code with which they allow it to ask them.
        flag backchannel_user_code_parameter;
    }
}

/// Logouts.
impl ClientMetadata {
    members! {
        /// Where the browser comes back to after a logout (OpenID Connect RP-Initiated Logout 1.0 §3).
        one post_logout_redirect_uri of post_logout_redirect_uris;
        /// Where the server sends logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.2).
        text backchannel_logout_uri;
        /// Whether these have to name the session (OpenID Connect Back-Channel Logout 1.0 §2.2).
        flag backchannel_logout_session_required;
        /// The page that the server's own shows in a frame at a logout (OpenID Connect Front-Channel Logout 1.0 §2).
        text frontchannel_logout_uri;
        /// Whether its address has to name the session (OpenID Connect Front-Channel Logout 1.0 §2).
        flag frontchannel_logout_session_required;
    }
}
