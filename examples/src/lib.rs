//! The examples are beside this file, one a use. This crate has the servers that they need, and compiles the programs of the README, of the guide
//! and of the pages in `docs`.

use std::io;

use grantkit_testkit::{AuthorizationServer, ProtectedApi};

/// What would be elsewhere: an authorization server that knows the client `billing`, and an API that takes its tokens.
///
/// # Errors
///
/// Where this machine does not let them listen.
pub async fn elsewhere() -> io::Result<(AuthorizationServer, ProtectedApi)> {
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await?;
    let api = ProtectedApi::start(&server).await?;
    Ok((server, api))
}

/// Pages whose programs are doc tests, each under its name.
macro_rules! pages {
    ($($name:ident: $path:literal),+ $(,)?) => {$(
        #[cfg(doctest)]
        #[doc = include_str!($path)]
        struct $name;
    )+};
}

pages! {
    Readme: "../../README.md",
    Guide: "../../sdk/src/guide.md",
    SdkReadme: "../../sdk/README.md",
    Comparison: "../../docs/comparison.md",
    Fleet: "../../docs/fleet.md",
    FromDuende: "../../docs/coming-from/duende.md",
    FromGoogleAuth: "../../docs/coming-from/google-auth.md",
    FromGoogleCloudAuth: "../../docs/coming-from/google-cloud-auth.md",
    FromHttpxOauth: "../../docs/coming-from/httpx-oauth.md",
    FromHuskarl: "../../docs/coming-from/huskarl.md",
    FromOauth2: "../../docs/coming-from/oauth2.md",
    FromOpenidClient: "../../docs/coming-from/openid-client.md",
    FromOpenidconnect: "../../docs/coming-from/openidconnect.md",
    FromQciClientAndQ2Sdk: "../../docs/coming-from/qci-client-and-q2-sdk.md",
    FromRequestsOauth2client: "../../docs/coming-from/requests_oauth2client.md",
    ProvidersReadme: "../../providers/README.md",
    TestkitReadme: "../../tests/testkit/README.md",
    FromYupOauth2: "../../docs/coming-from/yup-oauth2.md",
}
