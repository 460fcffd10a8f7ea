use proc_macro2::TokenStream;
use quote::quote;

use super::attribute;

/// What is generated, as Rust reads it.
fn expansion(keys: TokenStream, item: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(attribute(keys, item)).unwrap())
}

#[test]
fn requests_of_every_kind() {
    insta::assert_snapshot!(expansion(
        quote!(base = "https://api.acme.dev/v1", auth = clients::Billing, error = Problem),
        quote! {
            /// The API of the invoices.
            pub trait BillingApi: Send {
                /// One invoice.
                #[get("/invoices/{id}")]
                async fn invoice(&self, id: u64) -> Result<Invoice>;
                #[post("/invoices", scopes("write:invoices"))]
                async fn create(
                    &self,
                    #[json] new: &NewInvoice,
                    #[header("Idempotency-Key")] key: Option<&str>,
                ) -> Result<Invoice>;
                #[get("/invoices")]
                async fn search(&self, #[query] filter: &Filter, #[query] page: u32) -> Result<Vec<Invoice>>;
                #[put("/invoices/{type}.pdf")]
                async fn upload(&self, r#type: &str, #[body] pdf: &[u8]) -> Result<()>;
                #[get]
                async fn base(&self) -> Result<ApiResponse>;
                async fn own(&self) -> u8 {
                    7
                }
            }
        },
    ));
}

#[test]
fn lists_in_pages() {
    insta::assert_snapshot!(expansion(
        quote!(base = "https://api.acme.dev/v1"),
        quote! {
            trait BillingApi {
                #[get("/invoices", paginate = "link")]
                fn invoices(&self, #[query] filter: &Filter) -> impl Stream<Item = Result<Invoice>>;
                #[get("/files", paginate = cursor("/next", "cursor").items_at("/files"))]
                fn files(&self) -> impl futures::Stream<Item = Result<String>>;
                #[get("/links", paginate = link().max_pages(5), scopes("read"))]
                fn links(&self) -> impl Stream<Item = Result<String>>;
            }
        },
    ));
}

#[test]
fn wrong_paginations_are_reported() {
    let expansion = expansion(
        quote!(base = "https://api.acme.dev"),
        quote! {
            trait BillingApi {
                #[get("/a", paginate = curser("/next", "cursor"))]
                fn misspelt(&self) -> impl Stream<Item = Result<u8>>;
                #[get("/a", paginate = "cursor")]
                fn text(&self) -> impl Stream<Item = Result<u8>>;
                #[post("/a", paginate = link())]
                async fn posted(&self) -> impl Stream<Item = Result<u8>>;
                #[get("/a", paginate = link())]
                async fn one(&self) -> Result<Vec<u8>>;
                #[get("/a")]
                fn without(&self) -> impl Stream<Item = Result<u8>>;
            }
        },
    );
    assert_eq!(expansion.matches("compile_error!").count(), 6, "{expansion}");
}

#[test]
fn without_a_base() {
    insta::assert_snapshot!(expansion(
        quote!(crate = ::acme::grantkit),
        quote! {
            trait Ping {
                #[head("/ping")]
                async fn ping(&self) -> Result<()>;
            }
        },
    ));
}

#[test]
fn mistakes_leave_stubs() {
    insta::assert_snapshot!(expansion(
        quote!(base = "https://api.acme.dev", auth = Billing),
        quote! {
            pub(crate) trait BillingApi<T> {
                #[gett("/invoices/{id}")]
                async fn invoice(&self, id: u64) -> Result<T>;
            }
        },
    ));
}

#[test]
fn every_mistake_is_reported() {
    let expansion = expansion(
        quote!(base = "http://api.acme.dev", aut = Billing),
        quote! {
            trait BillingApi {
                #[get("invoices/{id}/{id}/{customer}")]
                async fn invoice(&mut self, id: u64, name: &str) -> Invoice;
                fn nothing(&self);
            }
        },
    );
    // The base, the key, the slash, twice, no such argument, `&mut self`, the unused argument, the return, no request.
    assert_eq!(expansion.matches("compile_error!").count(), 9, "{expansion}");
}
