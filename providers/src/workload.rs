//! Assertions that platforms give to the programs they run: a client proves itself with one, and keeps no secret of its own.
//!
//! Each is a [`grantkit::client_auth::AssertionSource`], for [`client_assertion`](grantkit::client::ClientBuilder::client_assertion) and
//! for grants. The provider `oauth2` takes them by name, as `client_assertion = "github-actions"`; what stands behind a colon is the
//! platform's own detail:
//!
//! | name | type | detail | the assertion is for |
//! |---|---|---|---|
//! | `github-actions` | [`GitHubActions`] | | the server |
//! | `gitlab-ci` | [`GitLabCi`] | the variable; `GITLAB_OIDC_TOKEN` unless given | what the job's `id_tokens` say |
//! | `kubernetes` | [`Kubernetes`] | the path of a projected token | what the volume says |
//! | `spiffe` | [`Spiffe`] | the path of a JWT-SVID, required | what the helper was told |
//! | `aws` | [`Aws`] | | the server |
//! | `aws-web-identity` | [`AwsWebIdentity`] | | `sts.amazonaws.com`, unless set otherwise |
//! | `google-metadata` | [`GoogleMetadata`] | the service account; `default` unless given | the server |
//! | `azure-managed-identity` | [`AzureManagedIdentity`] | the client ID of a user-assigned identity | `api://AzureADTokenExchange`, unless set otherwise |
//! | `azure-workload-identity` | [`AzureWorkloadIdentity`] | | `api://AzureADTokenExchange` |
//! | `vault` | [`Vault`] | the role, required | the client ID of the role |
//! | `terraform-cloud` | [`TerraformCloud`] | the tag | what `TFC_WORKLOAD_IDENTITY_AUDIENCE` says |
//!
//! Where it is for the server, it is for the issuer, or the token endpoint where no issuer is known;
//! [`assertion_audience`](grantkit::client::ClientBuilder::assertion_audience), and `client_assertion_audience` by name, say otherwise.
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit_providers::workload::GitHubActions;
//!
//! # fn main() -> Result<()> {
//! let client = Client::builder()
//!     .client_id("deployer")
//!     .client_assertion(GitHubActions::from_env()?)
//!     .token_endpoint("https://as.example/token")?
//!     .build();
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! A path or the address of a metadata server may belong to another identity on another machine: tokens that are got with it stay in the process, and are
//! put into no store. `with_subject` of the files, an account by its address and an identity by its client ID say whose they are, and machines
//! share the tokens. What has a secret of its own (GitHub Actions, GitLab CI, HCP Terraform, Vault) is told by that. [`OfSubject`] says whose they
//! are for each of them, as `client_assertion_subject` does by name.
//!
//! What a platform gives is got anew for each request. A program that runs elsewhere is told so within a second, and what to do.

mod aws;
mod aws_web_identity;
mod azure_managed_identity;
mod azure_workload_identity;
mod environment;
mod github_actions;
mod gitlab_ci;
mod google_metadata;
mod kubernetes;
mod named;
mod of_subject;
mod on_machine;
mod spiffe;
mod terraform_cloud;
mod token_file;
mod vault;

pub use aws::{Aws, AwsKeys};
pub use aws_web_identity::AwsWebIdentity;
pub use azure_managed_identity::AzureManagedIdentity;
pub use azure_workload_identity::AzureWorkloadIdentity;
pub use github_actions::GitHubActions;
pub use gitlab_ci::GitLabCi;
pub use google_metadata::GoogleMetadata;
pub use kubernetes::Kubernetes;
pub use named::{named, names};
pub use of_subject::OfSubject;
pub use spiffe::Spiffe;
pub use terraform_cloud::TerraformCloud;
pub use vault::Vault;
