//! An authorization server, an API, and a client of both.

use grantkit::credentials::CredentialCache;
use grantkit::{ApiClient, Client, Credentials};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};

use crate::support::Source;

pub(crate) struct Stage {
    pub(crate) server: AuthorizationServer,
    pub(crate) protected: ProtectedApi,
    pub(crate) credentials: Credentials,
    pub(crate) api: ApiClient,
}

pub(crate) async fn stage() -> Stage {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    let protected = ProtectedApi::start(&server).await.unwrap();
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build();
    let credentials = client.client_credentials().scope("read").credentials_builder("billing");
    let credentials = credentials.cache(&CredentialCache::new(16, None)).build();
    let api = ApiClient::new(&protected.url("/v1"), credentials.clone()).unwrap();
    Stage { server, protected, credentials, api }
}

/// Fifty callers want the token of this source while it is on its way, and get it.
pub(crate) async fn fifty_callers(source: &Source) -> Credentials {
    let credentials = source.alone();
    source.close();
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.token().await.map(drop) })
        })
        .collect();
    source.arrived(1).await;
    source.open();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    credentials
}
