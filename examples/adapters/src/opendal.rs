//! `OpenDAL`, by the providers of `reqsign`: here Google Cloud Storage.

use grantkit::Credentials;
use grantkit::integrations::reqsign::TokenProvider;
use opendal::services::Gcs;
use reqsign_google::{Credential, Token};

// yours
/// A bucket at Google; `Operator::new(..)?` makes the store.
pub fn bucket(credentials: &Credentials) -> Gcs {
    let tokens = TokenProvider::new(credentials, |access_token, expires_at| {
        Credential::with_token(Token { access_token, expires_at })
    });
    let bucket = Gcs::default().bucket("invoices").credential_provider(tokens);
    bucket.disable_config_load().disable_vm_metadata() // no other credentials than these
}
// up to here
