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
fn methods_that_block() {
    let expansion = expansion(
        quote!(base = "https://api.acme.dev/v1", blocking),
        quote! {
            trait BillingApi {
                #[get("/invoices/{id}")]
                fn invoice(&self, id: u64) -> Result<Invoice>;
                #[delete("/invoices/{id}", scopes("write"))]
                fn delete(&self, id: u64) -> Result<()>;
                #[get("/invoices", paginate = link())]
                fn invoices(&self) -> impl Iterator<Item = Result<Invoice>>;
            }
        },
    );
    let flat: String = expansion.split_whitespace().collect();
    for part in [
        "fninvoice(&self,id:u64)->Result<Invoice>{",
        "::grantkit::integrations::blocking::ApiRequest::fetch::<Invoice",
        "::grantkit::integrations::blocking::ApiRequest::send(request)?;::core::result::Result::Ok(())",
        "::grantkit::integrations::blocking::ApiRequest::paginate::<Invoice",
    ] {
        assert!(flat.contains(part), "no {part} in\n{expansion}");
    }
    assert!(!flat.contains("await") && !flat.contains("asyncmove"), "{expansion}");
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

/// The compiler has reported them, before it calls the macro.
#[test]
fn reserved_words_in_place_of_names_are_names() {
    let expansion = expansion(
        quote!(base = "https://api.acme.dev"),
        quote! {
            trait BillingApi {
                #[get("/{in}/{type}")]
                async fn match<F: Fn(u8) -> u8>(&self, type: &str, in: Vec<HashMap<u8, u8>>, #[query] gen: u8) -> Result<()>;
                #[get("/")]
                async fn gen(self: &Self, #[query] super: u8) -> Result<()>;
                fn hook(&self) -> fn(u8) -> u8 {
                    std::convert::identity
                }
                #[get("/")]
                async fn after(&self) -> Result<()>;
            }
        },
    );
    for part in ["fn r#match", "r#type: &str", "r#in: Vec<HashMap<u8, u8>>", "r#gen: u8", "fn r#gen", "super_: u8"] {
        assert!(expansion.contains(part), "no {part} in\n{expansion}");
    }
    // `self: &Self` is a mistake of its own.
    assert_eq!(expansion.matches("compile_error!").count(), 1, "{expansion}");
}

#[test]
fn headers_parts_and_a_limit_of_time() {
    let expansion = expansion(
        quote!(base = "https://api.acme.dev", headers("Accept" = "a/b", "X-Version" = "2",)),
        quote! {
            trait BillingApi {
                #[post("/documents", headers("accept" = "c/d"), timeout = 5 * MINUTE)]
                async fn upload(&self, #[part] title: &str, #[header("X-Version")] v: &str, #[part("scan")] s: Part) -> Result<()>;
                #[put("/documents", timeout = LONG)]
                async fn replace(&self, #[multipart] form: Option<Multipart>) -> Result<()>;
            }
        },
    );
    let flat: String = expansion.split_whitespace().collect();
    for part in [
        r#"header(request,"X-Version","2");letrequest=::grantkit::api::ApiRequest::header(request,"accept","c/d");"#,
        r#"IntoParts::add_to(title,"title",form);letform=::grantkit::api::IntoParts::add_to(s,"scan",form);"#,
        "ApiRequest::multipart(request,form)",
        "ApiRequest::timeout(request,5*MINUTE)",
        "ApiRequest::timeout(request,LONG)",
        r#"header(request,"Accept","a/b")"#,
        "ApiRequest::multipart(request,value)",
    ] {
        assert!(flat.contains(part), "no {part} in\n{expansion}");
    }
    assert!(!flat.contains("compile_error"), "{expansion}");
}
