use std::path::PathBuf;

use grantkit::client_auth::AssertionFile;

use super::token_file::assertions_of_file;

/// The token of a pod's service account, which Kubernetes keeps fresh in a file (Kubernetes, "Projected Volumes").
///
/// The token in the usual place is for the cluster's own API. One for the server comes from a volume of the pod:
///
/// ```yaml
/// volumes:
///   - name: tokens
///     projected:
///       sources:
///         - serviceAccountToken: { path: as, audience: "https://as.example", expirationSeconds: 600 }
/// ```
#[derive(Clone, Debug)]
pub struct Kubernetes {
    file: AssertionFile,
}

impl Kubernetes {
    /// Where the token for the cluster's own API is.
    pub const PATH: &'static str = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// The token in this file; it is read for each request.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { file: AssertionFile::new(path) }
    }
}

assertions_of_file!(Kubernetes, such as "system:serviceaccount:shop:billing");
