//! The services of the [`catalogue`](crate::catalogue), each as a type: what a service does not offer, or a key that it does not know, does
//! not compile.
//!
//! They stand in a module of their own, as they are many and all alike; a program names the one or two that it uses. What it does not name
//! is not in it. [`Auth0`], [`Google`], [`OAuth2`](crate::OAuth2), [`Oidc`](crate::Oidc) and [`Qci`](crate::Qci), which have code of their own, stand
//! in the root.
//!
//! ```no_run
//! use grantkit::prelude::*;
//! use grantkit_providers::services::GitHub;
//!
//! #[derive(OAuthClient)]
//! #[oauth(provider = GitHub, env_prefix = "GITHUB")]
//! struct App {
//!     client_id: String,
//!     client_secret: SecretString,
//! }
//!
//! # async fn example(callback: &str) -> Result<()> {
//! let github = App::from_env()?.connect()?; // GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET
//! let login = github.login("https://app.example/callback")?;
//! let (url, pending) = login.start()?; // send the browser there; it comes back with the callback
//! let person = github.identity(&login.finish(pending, callback).await?).await?;
//! # let _ = (url, person);
//! # Ok(())
//! # }
//! ```
//!
//! GitHub has no tokens for the program itself, so that `App::credentials` does not compile:
//!
//! ```compile_fail,E0277
//! # use grantkit::prelude::*;
//! # use grantkit_providers::services::GitHub;
//! # #[derive(OAuthClient)]
//! # #[oauth(provider = GitHub, env_prefix = "GITHUB")]
//! # struct App {
//! #     client_id: String,
//! #     client_secret: SecretString,
//! # }
//! # fn example(app: &App) {
//! app.credentials();
//! # }
//! ```

mod config;
mod table;

pub use config::{Service, ServiceConfig};
pub use table::*;

#[doc(no_inline)]
pub use crate::{Auth0, Google};

/// A service of the catalogue as a type: a provider with these keys, which offers this.
macro_rules! service {
    (
        $(#[$doc:meta])*
        $service:ident = $name:literal offers [$($capability:ident),*] with [$($key:ident),* $(,)?]
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $service;

        grantkit::provider::declare_capabilities!($service: $($capability),*);

        impl crate::services::Service for $service {
            const KEYS: &'static [grantkit::provider::ConfigKey] = &[$(keys::$key),*];
        }

        impl grantkit::provider::Provider for $service {
            const NAME: &'static str = $name;
            type Config = crate::services::ServiceConfig<Self>;

            // Inlined, so that this crate has no code for a service before a program uses it.
            #[inline]
            fn check(
                settings: &grantkit::provider::ProviderSettings,
                errors: &mut grantkit::provider::ConfigErrors,
            ) {
                crate::services::config::check($name, settings, errors);
            }

            #[inline]
            fn connect(config: Self::Config) -> grantkit::Result<grantkit::ProviderClient> {
                config.connect($name)
            }
        }
    };
}
use service;
