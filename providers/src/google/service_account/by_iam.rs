//! ID tokens in a universe whose token endpoint gives none: the account asks the IAM Credentials API for its own (google-auth,
//! `IDTokenCredentials`).

use async_trait::async_trait;
use grantkit::credentials::Fingerprint;
use grantkit::{Credentials, OAuthClient, OAuthToken, Result};

use super::ServiceAccount;
use crate::google::NAME;
use crate::google::endpoints::IAM_SCOPE;
use crate::google::iam::{Account, AuthorizedParty};

pub(super) struct Identity {
    /// The account as it calls the API: by a token that it signs itself.
    caller: ServiceAccount,
    credentials: Credentials,
    audience: String,
}

impl Identity {
    pub(super) fn new(account: &ServiceAccount, audience: String) -> Self {
        let caller =
            ServiceAccount { subject: None, audience: None, ..account.clone() }.scopes(IAM_SCOPE).self_signed();
        Self { credentials: Credentials::new(caller.clone()), caller, audience }
    }
}

#[async_trait]
impl OAuthClient for Identity {
    fn name(&self) -> &str {
        NAME
    }

    crate::google::options::clock!(caller.options);

    async fn get_token(&self) -> Result<OAuthToken> {
        let options = self.caller.options();
        let url = format!("{}/projects/-/serviceAccounts/{}", options.iam_url(), self.caller.email());
        let account = Account { url, delegates: Vec::new(), transport: options.transport.clone() };
        account.id_token(&self.credentials.token().await?, &self.audience, AuthorizedParty::Email).await
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { caller, credentials: _, audience } = self;
        let builder = Fingerprint::builder().parameter("kind", "id_token").parameter("audience", audience);
        builder.part("account", caller.fingerprint()).build()
    }
}
