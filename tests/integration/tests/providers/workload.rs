//! What platforms are asked for, exactly, and what is said where this program does not run on them.

mod aws;

use grantkit::client_auth::AssertionSource;
use grantkit::prelude::*;
use grantkit_providers::workload::{
    self, Aws, AwsWebIdentity, AzureManagedIdentity, AzureWorkloadIdentity, GitHubActions, GoogleMetadata, Kubernetes,
    Spiffe, Vault,
};
use serde_json::json;

use crate::token_service::{Received, TokenService, bearer, headers};
use crate::{refusal, settings};

const AUDIENCE: &str = "https://as.example/?x=1&y";
const ENCODED: &str = "https%3A%2F%2Fas.example%2F%3Fx%3D1%26y";

async fn given(source: &dyn AssertionSource) -> String {
    source.assertion(AUDIENCE).await.unwrap().expose_secret().to_owned()
}

async fn refused(source: &dyn AssertionSource) -> String {
    let error = source.assertion(AUDIENCE).await.unwrap_err();
    assert!(error.is_configuration() && !error.is_retryable(), "{error:?}");
    error.to_string()
}

fn line(request: &Received) -> (&str, &str) {
    (&request.method, &request.path_and_query)
}

/// With these variables alone, of those that platforms set.
fn with<T>(variables: &[(&str, &str)], then: impl FnOnce() -> T) -> T {
    const ALL: [&str; 23] = [
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "GITLAB_OIDC_TOKEN",
        "TFC_WORKLOAD_IDENTITY_TOKEN",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_ENDPOINT_URL_STS",
        "GCE_METADATA_HOST",
        "IDENTITY_ENDPOINT",
        "IDENTITY_HEADER",
        "AZURE_FEDERATED_TOKEN_FILE",
        "VAULT_ADDR",
        "VAULT_TOKEN",
        "VAULT_NAMESPACE",
        "HOME",
    ];
    let others = ALL.into_iter().filter(|name| variables.iter().all(|(set, _)| set != name));
    let all = variables.iter().map(|(name, value)| (*name, Some(*value))).chain(others.map(|name| (name, None)));
    temp_env::with_vars(all.collect::<Vec<_>>(), then)
}

/// Where nothing answers.
fn nowhere() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn a_client_by_name_proves_itself_with_the_platforms_assertion() {
    let service = TokenService::answering([(200, json!({ "count": 1, "value": "a.b.c" })), bearer("T1")]).await;
    let url = service.url("/idtoken?api-version=2.0");
    let variables =
        [("ACTIONS_ID_TOKEN_REQUEST_URL", url.as_str()), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")];
    let settings = settings([("client_id", "deployer"), ("client_assertion", "github-actions")])
        .with("client_assertion_audience", AUDIENCE)
        .with("token_endpoint", service.url("/as/token"));
    let client = with(&variables, || ProviderClient::connect("oauth2", settings)).unwrap();
    client.get_token().await.unwrap();

    let [asked, token] = service.received().try_into().unwrap();
    assert_eq!(line(&asked), ("GET", format!("/idtoken?api-version=2.0&audience={ENCODED}").as_str()));
    assert_eq!(asked.headers, headers([("accept", "application/json"), ("authorization", "Bearer request-token")]));
    assert_eq!(
        token.body,
        "grant_type=client_credentials&client_id=deployer&client_assertion=a.b.c\
         &client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    );
}

#[test]
fn what_is_wrong_by_name_is_told_with_all_else() {
    let wrong = |platform: &str| {
        let settings = settings([("client_id", "b"), ("issuer", "https://as.example"), ("client_assertion", platform)]);
        with(&[], || refusal("oauth2", settings))
    };
    for (platform, why) in [
        (
            "github-actions",
            "ACTIONS_ID_TOKEN_REQUEST_URL is not set: run this in GitHub Actions, in a job with `permissions: id-token",
        ),
        ("github-actions:x", "github-actions takes nothing behind a colon"),
        (
            "gitlab-ci",
            "GITLAB_OIDC_TOKEN is not set: run this in GitLab CI, in a job with `id_tokens: GITLAB_OIDC_TOKEN: aud: ..`",
        ),
        ("terraform-cloud", "TFC_WORKLOAD_IDENTITY_TOKEN is not set: run this in HCP Terraform"),
        ("terraform-cloud:X", "TFC_WORKLOAD_IDENTITY_TOKEN_X is not set"),
        ("aws-web-identity", "AWS_WEB_IDENTITY_TOKEN_FILE is not set: run this in EKS"),
        ("azure-workload-identity", "AZURE_FEDERATED_TOKEN_FILE is not set: run this in a pod with the label"),
        ("vault:deployer", "VAULT_ADDR is not set: log in to Vault"),
        ("vault", "vault needs a role behind a colon: write \"vault:..\""),
        ("spiffe", "spiffe needs the path of a JWT-SVID behind a colon"),
        (
            "jenkins",
            "\"jenkins\" is no platform that is known here: write aws, aws-web-identity, azure-managed-identity",
        ),
    ] {
        let said = wrong(platform);
        assert!(said.contains("`client_assertion`: ") && said.contains(why), "{platform}: {said}");
    }
    let half = |variables: &[(&str, &str)], platform: &str| {
        with(variables, || workload::named(platform).map(drop)).unwrap_err().to_string()
    };
    assert!(half(&[("AWS_ACCESS_KEY_ID", "AKID")], "aws").contains("AWS_SECRET_ACCESS_KEY is not: set both"));
    assert!(half(&[("IDENTITY_HEADER", "h")], "azure-managed-identity").contains("IDENTITY_ENDPOINT is not"));
    let elsewhere = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://10.0.0.1/keys")];
    assert!(half(&elsewhere, "aws").contains("keys do not go over plain http elsewhere"));
}

#[tokio::test]
async fn platforms_that_keep_it_in_a_variable_or_a_file() {
    let variables =
        [("GITLAB_OIDC_TOKEN", "gitlab"), ("OTHER", " other\n"), ("TFC_WORKLOAD_IDENTITY_TOKEN_AS", "tagged")];
    for (platform, expected) in
        [("gitlab-ci", "gitlab"), ("gitlab-ci:OTHER", "other"), ("terraform-cloud:AS", "tagged")]
    {
        let source = with(&variables, || workload::named(platform)).unwrap();
        assert_eq!(given(&*source).await, expected);
        assert!(!format!("{source:?}").contains(expected));
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let text = path.to_str().unwrap();
    let files = [("AWS_WEB_IDENTITY_TOKEN_FILE", text), ("AZURE_FEDERATED_TOKEN_FILE", text)];
    let sources: [Box<dyn AssertionSource>; 4] = [
        Box::new(with(&files, AwsWebIdentity::from_env).unwrap()),
        Box::new(with(&files, AzureWorkloadIdentity::from_env).unwrap()),
        Box::new(Kubernetes::new(&path)),
        Box::new(Spiffe::new(&path)),
    ];
    for content in ["one\n", "two"] {
        std::fs::write(&path, content).unwrap();
        for source in &sources {
            assert_eq!(given(&**source).await, content.trim());
        }
    }
    assert_eq!(Spiffe::new(&path).assertion_type(), "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe");
    assert_eq!(Spiffe::as_jwt(&path).assertion_type(), "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
}

#[tokio::test]
async fn github_says_what_went_wrong_without_the_request_token() {
    let service = TokenService::answering([(401, json!({ "message": "bad request-token" }))]).await;
    let source = GitHubActions::new(&service.url("/idtoken"), "request-token").unwrap();
    let error = source.assertion(AUDIENCE).await.unwrap_err();
    assert!(!format!("{error} {error:?} {source:?}").contains("request-token"), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}

#[tokio::test]
async fn google_metadata() {
    let service = TokenService::metadata([(200, ""), (200, "g.o.o\n"), (200, "g.o.o")]).await;
    let source = GoogleMetadata::from_metadata_server(&service.url(""));
    assert_eq!(given(&source).await, "g.o.o");
    given(&source.with_service_account("a@b.iam.gserviceaccount.com")).await;
    let asked = service.received();
    let path = "/computeMetadata/v1/instance/service-accounts";
    let query = format!("audience={ENCODED}&format=full");
    assert_eq!(line(&asked[0]), ("GET", "/"));
    assert_eq!(line(&asked[1]), ("GET", format!("{path}/default/identity?{query}").as_str()));
    // It is known to be there.
    assert_eq!(line(&asked[2]), ("GET", format!("{path}/a%40b.iam.gserviceaccount.com/identity?{query}").as_str()));
    for request in asked {
        assert_eq!(request.headers, headers([("accept", "application/json"), ("metadata-flavor", "Google")]));
    }
    let nobody = TokenService::metadata([(200, ""), (404, "not found")]).await;
    assert!(
        refused(&GoogleMetadata::from_metadata_server(&nobody.url("")))
            .await
            .contains("attach one, or name one that is attached")
    );
}

#[tokio::test]
async fn a_host_that_is_not_googles_metadata_server_gives_no_identity() {
    let other = TokenService::answering_text([(200, ""), (200, "g.o.o")]).await;
    let said = refused(&GoogleMetadata::from_metadata_server(&other.url(""))).await;
    assert!(said.contains("has no `Metadata-Flavor: Google`: check GCE_METADATA_HOST"), "{said}");
    assert_eq!(other.only().path_and_query, "/");
}

#[tokio::test]
async fn an_account_of_google_stays_within_its_segment() {
    let service = TokenService::metadata([(200, ""), (200, "g.o.o")]).await;
    given(&GoogleMetadata::from_metadata_server(&service.url("")).with_service_account("../x?y=1#z")).await;
    let path = "/computeMetadata/v1/instance/service-accounts/..%2Fx%3Fy%3D1%23z/identity";
    assert_eq!(line(&service.received()[1]), ("GET", format!("{path}?audience={ENCODED}&format=full").as_str()));
}

#[tokio::test]
async fn azure_managed_identity() {
    let token = (200, json!({ "access_token": "a.z.u", "expires_on": "1896091200", "token_type": "Bearer" }));
    let service = TokenService::answering([(200, json!({})), token.clone()]).await;
    assert_eq!(given(&AzureManagedIdentity::from_metadata_service(&service.url(""))).await, "a.z.u");
    let asked = service.received();
    let query = "resource=api%3A%2F%2FAzureADTokenExchange";
    assert_eq!(
        line(&asked[1]),
        ("GET", format!("/metadata/identity/oauth2/token?api-version=2018-02-01&{query}").as_str())
    );
    assert_eq!(asked[1].headers, headers([("accept", "application/json"), ("metadata", "true")]));

    let service = TokenService::answering([token]).await;
    let endpoint = service.url("/msi/token");
    let variables = [("IDENTITY_ENDPOINT", endpoint.as_str()), ("IDENTITY_HEADER", "h3ader")];
    let source =
        with(&variables, AzureManagedIdentity::from_env).unwrap().with_client_id("c1").with_resource("api://x");
    assert_eq!(given(&source).await, "a.z.u");
    let asked = service.only();
    let path = "/msi/token?api-version=2019-08-01&resource=api%3A%2F%2Fx&client_id=c1";
    assert_eq!(line(&asked), ("GET", path));
    assert_eq!(asked.headers, headers([("accept", "application/json"), ("x-identity-header", "h3ader")]));
    assert!(!format!("{source:?}").contains("h3ader"));

    let answer = json!({ "error": "invalid_request", "error_description": "Identity not found" });
    let nobody = TokenService::answering([(200, json!({})), (400, answer)]).await;
    let said = refused(&AzureManagedIdentity::from_metadata_service(&nobody.url(""))).await;
    assert!(said.contains("Azure has no such managed identity here: assign one"), "{said}");
}

#[tokio::test]
async fn vault() {
    let service = TokenService::answering([(200, json!({ "data": { "token": "v.a.u", "ttl": 3600 } }))]).await;
    let address = service.url("/");
    let variables = [("VAULT_ADDR", address.as_str()), ("VAULT_TOKEN", "hvs.s3cret"), ("VAULT_NAMESPACE", "team")];
    let source = with(&variables, || Vault::from_env("deploy er")).unwrap();
    assert_eq!(given(&source).await, "v.a.u");
    let asked = service.only();
    assert_eq!(line(&asked), ("GET", "/v1/identity/oidc/token/deploy+er"));
    let expected = [("accept", "application/json"), ("x-vault-namespace", "team"), ("x-vault-token", "hvs.s3cret")];
    assert_eq!(asked.headers, headers(expected));
    assert!(!format!("{source:?}").contains("s3cret"));
    for (status, why) in
        [(403, "its policy lacks `read` on identity/oidc/token/deployer"), (404, "no role \"deployer\"")]
    {
        let service = TokenService::answering([(status, json!({ "errors": ["permission denied"] }))]).await;
        let said = refused(&Vault::new(&service.url(""), "deployer", "hvs.s3cret")).await;
        assert!(said.contains(why), "{said}");
    }
    // As `vault login` leaves it.
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join(".vault-token"), "hvs.file\n").unwrap();
    let variables = [("VAULT_ADDR", "https://vault.example"), ("HOME", home.path().to_str().unwrap())];
    let of_file = with(&variables, || Vault::from_env("r")).unwrap();
    assert_eq!(of_file.identity(), Vault::new("https://vault.example", "r", "hvs.file").identity());
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_told_with_the_cure() {
    let base = nowhere();
    for (source, cure) in [
        (
            Box::new(GoogleMetadata::from_metadata_server(&base)) as Box<dyn AssertionSource>,
            "run this on Google Cloud, or set GCE_METADATA_HOST",
        ),
        (
            Box::new(AzureManagedIdentity::from_metadata_service(&base)),
            "run this on Azure, with a managed identity assigned",
        ),
        (
            Box::new(Aws::from_metadata_service(&base)),
            "run this on AWS, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION",
        ),
    ] {
        let said = refused(&*source).await;
        assert!(said.contains("does not answer at") && said.contains(cure), "{said}");
    }
    // What takes the connection and never answers is no platform either.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}", listener.local_addr().unwrap());
    let said = refused(&GoogleMetadata::from_metadata_server(&silent)).await;
    assert!(said.contains("does not answer at"), "{said}");
}
