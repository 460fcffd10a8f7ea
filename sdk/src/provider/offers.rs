//! Capabilities by type: what a provider does not offer does not compile.

use super::Capability;

/// What a provider offers, as [`declare_capabilities!`](crate::provider::declare_capabilities) states it: once, for the compiler and for
/// the look-up by name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what it offers",
    label = "no `Offers`",
    note = "write `grantkit::provider::declare_capabilities!({Self}: Credentials);` beside its `impl Provider`, with all that it has of \
            Credentials, Login, DeviceLogin, Identity, Revocation and Api"
)]
pub trait Offers: 'static {
    /// What it offers: also listed where a capability is looked for that another provider lacks.
    const CAPABILITIES: &'static [Capability];
}

/// In place of a provider's type: a provider that was picked by its name. It may offer anything, so that what it lacks is an error when it
/// is asked for ([`is_unsupported`](crate::Error::is_unsupported)).
#[derive(Debug)]
pub enum AnyProvider {}

/// A provider that has tokens for the program itself: [`Capability::Credentials`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no tokens for the program itself",
    label = "no `Credentials` among its capabilities",
    note = "log a person in, by `.login(redirect_uri)?` on the provider's client (of a derived struct: `.connect()?`), and use the \
            credentials of the login",
    note = "of the services in `grantkit::provider::providers()`, those with `Capability::Credentials` have tokens for programs"
)]
pub trait OffersCredentials: 'static {}

/// A provider that logs persons in, in a browser: [`Capability::Login`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no login in a browser",
    label = "no `Login` among its capabilities",
    note = "use the tokens of the program itself, by `.credentials()`; of the services in `grantkit::provider::providers()`, those with `Capability::Login` log persons in"
)]
pub trait OffersLogin: 'static {}

/// A provider that logs persons in on another device (RFC 8628): [`Capability::DeviceLogin`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no login on another device",
    label = "no `DeviceLogin` among its capabilities",
    note = "log in with a browser, by `.login(redirect_uri)?`; of the services in `grantkit::provider::providers()`, those with `Capability::DeviceLogin` log in on devices"
)]
pub trait OffersDeviceLogin: 'static {}

/// A provider that says who has logged in: [`Capability::Identity`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who has logged in",
    label = "no `Identity` among its capabilities",
    note = "ask its API with the credentials of the login, or read the members of `login.token().extra()` and `login.claims()`"
)]
pub trait OffersIdentity: 'static {}

/// A provider that revokes tokens (RFC 7009, or what it has in its place): [`Capability::Revocation`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no revocation of tokens",
    label = "no `Revocation` among its capabilities",
    note = "log out by `.log_out(&credentials).await?`, which forgets the tokens; they end by themselves"
)]
pub trait OffersRevocation: 'static {}

/// A provider whose API has a known address: [`Capability::Api`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no API at an address of its own",
    label = "no `Api` among its capabilities",
    note = "name the address: `ApiClient::new(base, credentials)?`"
)]
pub trait OffersApi: 'static {}

impl OffersCredentials for AnyProvider {}
impl OffersLogin for AnyProvider {}
impl OffersDeviceLogin for AnyProvider {}
impl OffersIdentity for AnyProvider {}
impl OffersRevocation for AnyProvider {}
impl OffersApi for AnyProvider {}

/// What a derived client asks of its provider. The lifetime is there because a bound without any parameter is an error where the client is
/// derived, and not where its credentials are asked for.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no tokens for the program itself",
    label = "no `Credentials` among its capabilities",
    note = "log a person in, by `.connect()?.login(redirect_uri)?`, and use the credentials of the login",
    note = "of the services in `grantkit::provider::providers()`, those with `Capability::Credentials` have tokens for programs"
)]
pub trait OffersCredentialsFor<'any> {}

impl<P: OffersCredentials> OffersCredentialsFor<'_> for P {}

#[doc(hidden)]
#[macro_export]
macro_rules! __declare_capabilities {
    ($provider:ty: $($capability:ident),* $(,)?) => {
        impl $crate::provider::Offers for $provider {
            const CAPABILITIES: &'static [$crate::provider::Capability] = &[$($crate::provider::Capability::$capability),*];
        }
        $($crate::__declare_capability!($provider: $capability);)*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __declare_capability {
    ($provider:ty: Credentials) => {
        impl $crate::provider::OffersCredentials for $provider {}
    };
    ($provider:ty: Login) => {
        impl $crate::provider::OffersLogin for $provider {}
    };
    ($provider:ty: DeviceLogin) => {
        impl $crate::provider::OffersDeviceLogin for $provider {}
    };
    ($provider:ty: Identity) => {
        impl $crate::provider::OffersIdentity for $provider {}
    };
    ($provider:ty: Revocation) => {
        impl $crate::provider::OffersRevocation for $provider {}
    };
    ($provider:ty: Api) => {
        impl $crate::provider::OffersApi for $provider {}
    };
    // Of a word that is no capability the enum says it.
    ($provider:ty: $unknown:ident) => {};
}

/// States what a provider offers: the words of [`Capability`](crate::provider::Capability).
///
/// It is stated once, for the compiler ([`OffersLogin`](crate::provider::OffersLogin) and the other traits) and for the look-up by name.
///
/// ```
/// use grantkit::provider::{Capability, Offers, declare_capabilities};
///
/// struct Acme;
///
/// declare_capabilities!(Acme: Login, Identity, Api);
///
/// # fn main() {
/// assert_eq!(Acme::CAPABILITIES, [Capability::Login, Capability::Identity, Capability::Api]);
/// # }
/// ```
///
/// See [`Provider`](crate::provider::Provider) for the whole of a provider.
#[doc(inline)]
pub use __declare_capabilities as declare_capabilities;
