use std::path::PathBuf;

use grantkit::Result;
use grantkit::client_auth::AssertionFile;

use super::environment::required;
use super::token_file::assertions_of_file;

/// The token of a service account in a cluster with Microsoft Entra Workload ID, which is kept fresh in a file.
///
/// It is for `api://AzureADTokenExchange`: what Microsoft Entra takes as a client's assertion, where the application has a federated
/// credential for the service account.
#[derive(Clone, Debug)]
pub struct AzureWorkloadIdentity {
    file: AssertionFile,
}

impl AzureWorkloadIdentity {
    /// The file that `AZURE_FEDERATED_TOKEN_FILE` names; it is read for each request.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) where the variable is not set.
    pub fn from_env() -> Result<Self> {
        let otherwise = "run this in a pod with the label `azure.workload.identity/use: \"true\"`";
        Ok(Self::new(required("AZURE_FEDERATED_TOKEN_FILE", otherwise)?))
    }

    /// The token in this file; it is read for each request.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { file: AssertionFile::new(path) }
    }
}

assertions_of_file!(AzureWorkloadIdentity, such as "system:serviceaccount:shop:billing");
