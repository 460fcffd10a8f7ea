use std::sync::Arc;

use grantkit::client_auth::AssertionSource;
use grantkit::{Error, Result};

use super::{
    Aws, AwsWebIdentity, AzureManagedIdentity, AzureWorkloadIdentity, GitHubActions, GitLabCi, GoogleMetadata,
    Kubernetes, Spiffe, TerraformCloud, Vault,
};

type Source = Arc<dyn AssertionSource>;

/// A platform's name, with what is made of the detail behind its colon.
struct Named {
    name: &'static str,
    detail: Detail,
    make: fn(&str) -> Result<Source>,
}

/// What stands behind the colon.
enum Detail {
    None,
    Optional,
    Required(&'static str),
}

const PLATFORMS: [Named; 11] = [
    Named { name: "aws", detail: Detail::None, make: |_| Ok(Arc::new(Aws::from_env()?)) },
    Named { name: "aws-web-identity", detail: Detail::None, make: |_| Ok(Arc::new(AwsWebIdentity::from_env()?)) },
    Named {
        name: "azure-managed-identity",
        detail: Detail::Optional,
        make: |client_id| {
            let identity = AzureManagedIdentity::from_env()?;
            Ok(Arc::new(if client_id.is_empty() { identity } else { identity.with_client_id(client_id) }))
        },
    },
    Named {
        name: "azure-workload-identity",
        detail: Detail::None,
        make: |_| Ok(Arc::new(AzureWorkloadIdentity::from_env()?)),
    },
    Named { name: "github-actions", detail: Detail::None, make: |_| Ok(Arc::new(GitHubActions::from_env()?)) },
    Named {
        name: "gitlab-ci",
        detail: Detail::Optional,
        make: |variable| {
            let variable = if variable.is_empty() { GitLabCi::VARIABLE } else { variable };
            Ok(Arc::new(GitLabCi::from_env(variable)?))
        },
    },
    Named {
        name: "google-metadata",
        detail: Detail::Optional,
        make: |account| {
            let identity = GoogleMetadata::from_env();
            Ok(Arc::new(if account.is_empty() { identity } else { identity.with_service_account(account) }))
        },
    },
    Named {
        name: "kubernetes",
        detail: Detail::Optional,
        make: |path| Ok(Arc::new(Kubernetes::new(if path.is_empty() { Kubernetes::PATH } else { path }))),
    },
    Named {
        name: "spiffe",
        detail: Detail::Required("the path of a JWT-SVID"),
        make: |path| Ok(Arc::new(Spiffe::new(path))),
    },
    Named {
        name: "terraform-cloud",
        detail: Detail::Optional,
        make: |tag| {
            Ok(Arc::new(if tag.is_empty() { TerraformCloud::from_env()? } else { TerraformCloud::tagged(tag)? }))
        },
    },
    Named { name: "vault", detail: Detail::Required("a role"), make: |role| Ok(Arc::new(Vault::from_env(role)?)) },
];

/// The assertions of a platform by its name, with a detail behind a colon where it has one: `github-actions`, `vault:deployer`. The table
/// in the [module](super) has them all.
///
/// # Errors
///
/// [`is_configuration`](Error::is_configuration) where there is no platform of that name, or this program does not run on it.
pub fn named(name: &str) -> Result<Arc<dyn AssertionSource>> {
    let (name, detail) = name.trim().split_once(':').unwrap_or((name.trim(), ""));
    let Some(platform) = PLATFORMS.iter().find(|platform| platform.name == name) else {
        let known: Vec<_> = names().collect();
        return Err(Error::configuration(format!(
            "{name:?} is no platform that is known here: write {}",
            known.join(", ")
        )));
    };
    match platform.detail {
        Detail::None if !detail.is_empty() => {
            Err(Error::configuration(format!("{name} takes nothing behind a colon: write {name:?}")))
        }
        Detail::Required(what) if detail.is_empty() => {
            Err(Error::configuration(format!("{name} needs {what} behind a colon: write \"{name}:..\"")))
        }
        _ => (platform.make)(detail),
    }
}

/// The names of the platforms, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PLATFORMS.iter().map(|platform| platform.name)
}
