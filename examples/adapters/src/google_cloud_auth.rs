//! Google's own clients (`google-cloud-storage` and its like): they take the `Credentials` of `google-cloud-auth`.

use google_cloud_auth::credentials::Credentials as GoogleCredentials;
use grantkit::Credentials;
use grantkit::integrations::google_cloud_auth::GoogleCloudCredentials;

// yours
/// For `Storage::builder().with_credentials(..)`, and every other client of Google's.
pub fn google_credentials(credentials: &Credentials) -> GoogleCredentials {
    GoogleCloudCredentials::new(credentials).into()
}
// up to here
