//! Where Google's services are, in whichever universe.

/// The universe of the public cloud.
pub(super) const DEFAULT_UNIVERSE: &str = "googleapis.com";
/// The token endpoint, and the audience of assertions, wherever they are sent.
pub(super) const TOKEN_ENDPOINT: &str = "https://oauth2.googleapis.com/token";
/// What most of the cloud's APIs take.
pub(super) const CLOUD_PLATFORM: &str = "https://www.googleapis.com/auth/cloud-platform";
/// What the IAM Credentials API takes.
pub(super) const IAM_SCOPE: &str = "https://www.googleapis.com/auth/iam";

pub(super) fn token_endpoint(universe: &str) -> String {
    format!("https://oauth2.{universe}/token")
}

pub(super) fn sts_endpoint(universe: &str) -> String {
    format!("https://sts.{universe}/v1/token")
}

pub(super) fn iam_credentials(universe: &str) -> String {
    format!("https://iamcredentials.{universe}/v1")
}
