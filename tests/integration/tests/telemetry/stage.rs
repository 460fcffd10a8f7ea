//! An authorization server, an API, and a client of both.

use grantkit::credentials::CredentialCache;
use grantkit::{ApiClient, Client, Credentials};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};

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
