use std::path::PathBuf;

use grantkit::client_auth::AssertionFile;

use super::token_file::assertions_of_file;

/// The type of a JWT-SVID as a client's assertion (draft-ietf-oauth-spiffe-client-auth §3).
const JWT_SPIFFE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe";

/// A JWT-SVID in a file, which `spiffe-helper` keeps fresh: the identity of a workload of SPIFFE.
///
/// The server is told that it is one (draft-ietf-oauth-spiffe-client-auth); [`as_jwt`](Self::as_jwt) is for servers that take it for
/// any other JWT.
#[derive(Clone, Debug)]
pub struct Spiffe {
    file: AssertionFile,
}

impl Spiffe {
    /// The JWT-SVID in this file, `jwt_svid_file_name` of the helper; it is read for each request.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { file: AssertionFile::new(path).with_type(JWT_SPIFFE) }
    }

    /// The JWT-SVID in this file as a plain JWT (RFC 7523 §2.2).
    pub fn as_jwt(path: impl Into<PathBuf>) -> Self {
        Self { file: AssertionFile::new(path) }
    }
}

assertions_of_file!(Spiffe, such as "spiffe://acme.example/billing");
