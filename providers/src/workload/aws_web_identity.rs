use std::path::PathBuf;

use grantkit::Result;
use grantkit::client_auth::AssertionFile;

use super::environment::required;
use super::token_file::assertions_of_file;

/// The token of a service account in EKS, which EKS keeps fresh in a file (Amazon EKS, "IAM roles for service accounts").
///
/// It is for `sts.amazonaws.com` unless the service account's annotation `eks.amazonaws.com/audience` says otherwise; its issuer is the
/// cluster's OpenID provider.
#[derive(Clone, Debug)]
pub struct AwsWebIdentity {
    file: AssertionFile,
}

impl AwsWebIdentity {
    /// The file that `AWS_WEB_IDENTITY_TOKEN_FILE` names; it is read for each request.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](grantkit::Error::is_configuration) where the variable is not set.
    pub fn from_env() -> Result<Self> {
        let otherwise =
            "run this in EKS, in a pod whose service account has the annotation `eks.amazonaws.com/role-arn`";
        Ok(Self::new(required("AWS_WEB_IDENTITY_TOKEN_FILE", otherwise)?))
    }

    /// The token in this file; it is read for each request.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { file: AssertionFile::new(path) }
    }
}

assertions_of_file!(AwsWebIdentity, such as "system:serviceaccount:shop:billing");
