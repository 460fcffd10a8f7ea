use proc_macro2::TokenStream;
use quote::quote;

use super::derive;

/// What is generated, as Rust reads it.
fn expansion(input: TokenStream) -> String {
    let input = syn::parse2(input).unwrap();
    prettyplease::unparse(&syn::parse2(derive(&input)).unwrap())
}

#[test]
fn keys_of_the_fields() {
    insta::assert_snapshot!(expansion(quote! {
        pub struct Auth0Config {
            /// The tenant: `acme`
            /// of `acme.auth0.com`.
            ///
            /// Not shown.
            tenant: String,
            client_secret: SecretString,
            audience: Option<String>,
            #[serde(default)]
            scopes: Vec<String>,
            #[serde(rename = "type")]
            kind: String,
            #[serde(skip)]
            calls: u64,
        }
    }));
}

#[test]
fn a_default_for_all() {
    insta::assert_snapshot!(expansion(quote! {
        #[serde(default)]
        #[oauth(crate = ::acme::grantkit)]
        struct AcmeConfig {
            r#type: String,
            scopes: Vec<String>,
        }
    }));
}

#[test]
fn mistakes_leave_a_stub() {
    insta::assert_snapshot!(expansion(quote! {
        struct AcmeConfig {
            scopes: Vec<String>,
        }
    }));
}

#[test]
fn two_fields_of_one_key_are_an_error() {
    let expansion = expansion(quote! {
        struct AcmeConfig {
            tenant: String,
            #[serde(rename(deserialize = "tenant"))]
            realm: String,
        }
    });
    assert!(expansion.contains("another field has the key `tenant` already"), "{expansion}");
}
