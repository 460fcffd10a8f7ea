//! Generated functions are as visible as their struct and documented, and nothing warns, also where they are unused.
#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, clippy::pedantic)]

/// Clients that another module uses.
pub(crate) mod clients {
    use grantkit::prelude::*;

    use crate::auth0::Auth0;

    /// Seen by the whole crate.
    #[derive(OAuthClient)]
    #[oauth(provider = "test-auth0")]
    pub(crate) struct Billing {
        client: ProviderClient,
    }

    /// Seen by the parent only.
    #[derive(OAuthClient)]
    #[oauth(provider = Auth0)]
    pub(super) struct Reports {
        pub(super) tenant: String,
        pub(super) client_id: String,
        pub(super) client_secret: SecretString,
    }

    #[derive(OAuthClient)]
    #[oauth(provider = "test-auth0")]
    struct Unused(ProviderClient);
}

#[test]
fn functions_are_seen_where_the_struct_is() {
    let _: fn() -> grantkit::Result<clients::Billing> = clients::Billing::from_env;
    let reports =
        clients::Reports { tenant: "acme".to_owned(), client_id: "reports".to_owned(), client_secret: "s3cret".into() };
    assert!(reports.connect().is_ok());
}

#[test]
fn a_struct_in_a_function_can_be_derived() {
    use grantkit::prelude::*;

    use crate::auth0::Auth0;

    #[derive(OAuthClient)]
    #[oauth(provider = Auth0)]
    struct Local {
        tenant: String,
        client_id: String,
        client_secret: SecretString,
    }

    let local = Local { tenant: "acme".to_owned(), client_id: "l".to_owned(), client_secret: "s".into() };
    assert_eq!(local.name(), "Local");
}
