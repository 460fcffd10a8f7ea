//! Google: all the ways in which a program gets Google's tokens, and the login of a person.
//!
//! | type | whose token |
//! |---|---|
//! | [`application_default`] | the program's own, wherever it runs |
//! | [`GoogleCredentials`] | of a JSON file of any type |
//! | [`ServiceAccount`] | a service account's, by its key |
//! | [`MetadataServer`] | of the service account that is attached to the machine |
//! | [`ImpersonatedServiceAccount`] | a service account's that other credentials may act as |
//! | [`ExternalAccount`], [`ExternalAccountUser`] | of an identity elsewhere: workload and workforce identity federation |
//! | [`AuthorizedUser`], [`GcloudUser`] | a user's |
//! | [`Downscoped`] | one that may do less than another |
//! | [`ApiKey`], [`Anonymous`] | no account's: a key that names the project, and nothing at all |
//! | [`IdTokenCredentials`] | an ID token, for Cloud Run, IAP and the like; made by `id_token(audience)` of the others |
//!
//! [`id_token::verify`] verifies ID tokens that others send. By name they are the provider `google` ([`Google`]).

mod api_key;
mod boundary;
mod client;
mod credentials;
mod credentials_file;
mod downscoped;
mod endpoints;
mod external_account;
mod external_account_user;
mod gcloud;
mod iam;
pub mod id_token;
mod impersonated;
mod jwt;
mod metadata_server;
mod options;
mod private_key;
mod provider;
mod retry;
mod service_account;
mod source;
mod user;
mod well_known;

pub use api_key::{Anonymous, ApiKey};
pub use credentials::{GoogleCredentials, application_default, application_default_id_token};
pub use downscoped::{AccessBoundaryRule, Downscoped};
pub use external_account::{AwsSecurityCredentials, ExternalAccount};
pub use external_account_user::ExternalAccountUser;
pub use gcloud::GcloudUser;
#[doc(inline)]
pub use id_token::IdTokenCredentials;
pub use impersonated::ImpersonatedServiceAccount;
pub(crate) use metadata_server::Server as MetadataService;
pub use metadata_server::{MetadataMutualTls, MetadataServer};
pub use provider::{Google, GoogleConfig};
pub use service_account::ServiceAccount;
pub(crate) use user::keep_refresh_token;
pub use user::{AuthorizedUser, ReauthChallenges};

/// Of all of Google's credentials; what tells them apart is their fingerprint.
const NAME: &str = "google";

/// Lets a client be given where credentials are wanted.
macro_rules! into_credentials {
    ($client:ty) => {
        impl grantkit::credentials::IntoCredentials for $client {
            fn into_credentials(self) -> grantkit::Credentials {
                grantkit::OAuthClient::credentials(&self)
            }
        }

        impl grantkit::credentials::IntoCredentials for &$client {
            fn into_credentials(self) -> grantkit::Credentials {
                grantkit::OAuthClient::credentials(self)
            }
        }
    };
}
use into_credentials;
