use proc_macro2::TokenStream;
use quote::quote;

use super::derive;

/// What is generated, as Rust reads it.
fn expansion(input: TokenStream) -> String {
    let input = syn::parse2(input).unwrap();
    prettyplease::unparse(&syn::parse2(derive(&input)).unwrap())
}

#[test]
fn provider_by_name() {
    insta::assert_snapshot!(expansion(quote! {
        #[oauth(provider = "auth0", audience = "https://api.acme.dev", scopes("read:invoices"))]
        struct Billing {
            client: ProviderClient,
        }
    }));
}

#[test]
fn provider_by_name_in_a_tuple() {
    insta::assert_snapshot!(expansion(quote! {
        #[oauth(provider = "auth0", name = "my-reports.eu", crate = ::acme::grantkit)]
        pub(crate) struct Reports(grantkit::ProviderClient);
    }));
}

#[test]
fn provider_by_type() {
    insta::assert_snapshot!(expansion(quote! {
        #[oauth(provider = idp::Auth0, name = "reports", settings(use_par = true, retries = 3))]
        pub struct Reports {
            tenant: String,
            r#type: Option<String>,
            client_secret: SecretString,
            #[oauth(skip)]
            calls: u64,
        }
    }));
}

#[test]
fn mistakes_leave_stubs() {
    insta::assert_snapshot!(expansion(quote! {
        #[oauth(provider = Auth0, scope("read"))]
        struct Reports<'a, T> {
            tenant: &'a T,
        }
    }));
}

#[test]
fn seven_mistakes_are_seven_errors() {
    let expansion = expansion(quote! {
        #[oauth(provider = "auth0", scope("read"), audience = 5)]
        #[oauth(scopes("read write"), resource = "invoices", env_prefix = "")]
        #[oauth(settings(redirect_uri = "http://app.acme.dev/"))]
        struct Billing {
            client: String,
        }
    });
    assert_eq!(expansion.matches("compile_error!").count(), 7, "{expansion}");
}

#[test]
fn a_providers_name_is_in_lower_case() {
    let expansion = expansion(quote! {
        #[oauth(provider = "Auth0")]
        struct Billing {
            client: ProviderClient,
        }
    });
    assert!(expansion.contains("a provider's name is in lower case: `auth0`"), "{expansion}");
}
