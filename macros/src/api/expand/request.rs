use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{FnArg, Path, Signature, Type};

use crate::api::check::returned::{error_of, is_option, parameter};
use crate::api::model::{Answer, Argument, FixedHeader, Method, Piece, Place};

/// A method of the trait. The request is made before the future is: only the request has to be sent to other threads, not what it is
/// made of.
pub(super) fn expand(krate: &Path, method: &Method<'_>, blocking: bool) -> TokenStream {
    let Method { signature, verb, path, headers, arguments, timeout, scopes, answer } = method;
    let this = receiver(signature);
    // Not to be taken for an argument of the same name.
    let request = Ident::new("request", Span::mixed_site());
    let client = scopes.map_or_else(|| quote!(&#this.api), |index| quote!(&#this.scoped[#index]));
    let path = path_of(krate, path.as_deref());
    let fixed = headers.iter().map(
        |FixedHeader { name, value }| quote!(let #request = #krate::api::ApiRequest::header(#request, #name, #value);),
    );
    let (form_parts, others): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|argument| matches!(argument.place, Place::Part(_)));
    let parts = others.into_iter().map(|argument| {
        let part = part(krate, &request, argument);
        quote!(let #request = #part;)
    });
    let form = form_of(krate, &request, &form_parts);
    let limited =
        timeout.as_ref().map(|limit| quote!(let #request = #krate::api::ApiRequest::timeout(#request, #limit);));
    let sending = if blocking { Sending::blocking(krate, &request) } else { Sending::asynchronous(krate) };
    let sent = match answer {
        Answer::Items(item, pagination) => {
            let (api_request, pagination) = (&sending.api_request, pagination.expand(krate));
            quote!(#api_request::paginate::<#item>(#request, #pagination))
        }
        _ if blocking => sent(krate, &sending, &request, method),
        _ => {
            let sent = sent(krate, &sending, &request, method);
            quote!(async move { #sent })
        }
    };
    let converted = &sending.converted;
    quote! {
        #signature {
            let #request = #krate::ApiClient::#verb(#client, #path);
            #(#fixed)*
            #(#parts)*
            #form
            #limited
            #converted
            #sent
        }
    }
}

/// How a request that is complete is sent.
struct Sending {
    /// Whose methods send it.
    api_request: TokenStream,
    /// What makes it one of those.
    converted: TokenStream,
    /// Behind each call.
    awaited: TokenStream,
}

impl Sending {
    fn asynchronous(krate: &Path) -> Self {
        let api_request = quote!(#krate::api::ApiRequest);
        Self { api_request, converted: TokenStream::new(), awaited: quote!(.await) }
    }

    fn blocking(krate: &Path, request: &Ident) -> Self {
        let api_request = quote!(#krate::integrations::blocking::ApiRequest);
        let converted = quote!(let #request = <#api_request as ::core::convert::From<_>>::from(#request););
        Self { api_request, converted, awaited: TokenStream::new() }
    }
}

fn receiver(signature: &Signature) -> TokenStream {
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) => receiver.self_token.to_token_stream(),
        _ => TokenStream::new(),
    }
}

fn path_of(krate: &Path, pieces: Option<&[Piece<'_>]>) -> TokenStream {
    let Some(pieces) = pieces else { return quote!(()) };
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => quote!(#krate::__private::PathPiece::Text(#text)),
        Piece::Value(ident) => {
            let name = ident.unraw().to_string();
            let value = by_reference(ident);
            quote!(#krate::__private::PathPiece::Value(#name, #value))
        }
    });
    quote!(#krate::__private::path_of_template(&[#(#pieces),*]))
}

/// The request with one argument more; without it where that is `None`.
fn part(krate: &Path, request: &Ident, argument: &Argument<'_>) -> TokenStream {
    let Argument { ident, ty, place } = argument;
    // A pair of a name and `None` writes nothing already.
    if is_option(ty) && !matches!(place, Place::QueryParameter(_)) {
        let value = Ident::new("value", Span::mixed_site());
        let inner = parameter(ty, "Option").unwrap_or(ty);
        let with = with(krate, request, place, &value, inner);
        return quote! {
            match #ident {
                ::core::option::Option::Some(#value) => #with,
                ::core::option::Option::None => #request,
            }
        };
    }
    with(krate, request, place, ident, ty)
}

fn with(krate: &Path, request: &Ident, place: &Place, value: &Ident, ty: &Type) -> TokenStream {
    let api_request = quote!(#krate::api::ApiRequest);
    let reference = by_reference(value);
    match place {
        Place::Query => quote!(#api_request::query(#request, #reference)),
        Place::QueryParameter(name) => quote!(#api_request::query(#request, &[(#name, #reference)])),
        Place::Json => quote!(#api_request::json(#request, #reference)),
        Place::Form => quote!(#api_request::form(#request, #reference)),
        Place::Header(name) => quote!(#api_request::header(#request, #name, #value)),
        Place::Multipart => quote!(#api_request::multipart(#request, #value)),
        // They are one form: see `form_of`.
        Place::Part(_) => request.to_token_stream(),
        // The body outlives the call.
        Place::Body if matches!(ty, Type::Reference(_)) => {
            quote!(#api_request::body(#request, ::std::borrow::ToOwned::to_owned(#value)))
        }
        Place::Body => quote!(#api_request::body(#request, #value)),
    }
}

/// The request with a form of these parts; without one where there are none.
fn form_of(krate: &Path, request: &Ident, parts: &[&Argument<'_>]) -> TokenStream {
    if parts.is_empty() {
        return TokenStream::new();
    }
    let form = Ident::new("form", Span::mixed_site());
    let parts = parts.iter().filter_map(|Argument { ident, place, .. }| match place {
        Place::Part(name) => Some(quote!(let #form = #krate::api::IntoParts::add_to(#ident, #name, #form);)),
        _ => None,
    });
    quote! {
        let #form = #krate::api::Multipart::new();
        #(#parts)*
        let #request = #krate::api::ApiRequest::multipart(#request, #form);
    }
}

/// Located at the argument, so that what the compiler says of its type stands there.
fn by_reference(ident: &Ident) -> TokenStream {
    let span = located_at(ident);
    quote_spanned!(span=> &#ident)
}

fn located_at(user: &impl syn::spanned::Spanned) -> Span {
    Span::mixed_site().located_at(user.span())
}

/// What turns the SDK's error into the method's own, and ends the method with it.
fn question(krate: &Path, method: &Method<'_>) -> TokenStream {
    let Some(error) = error_of(method.signature) else { return quote!(?) };
    let span = located_at(error);
    quote_spanned!(span=> .map_err(<#error as ::core::convert::From<#krate::Error>>::from)?)
}

fn sent(krate: &Path, sending: &Sending, request: &Ident, method: &Method<'_>) -> TokenStream {
    let Sending { api_request, awaited, .. } = sending;
    let question = question(krate, method);
    let answer = match method.answer {
        Answer::Nothing => {
            return quote! {
                #api_request::send(#request) #awaited #question;
                ::core::result::Result::Ok(())
            };
        }
        // Its method ends without this.
        Answer::Items(..) => return TokenStream::new(),
        Answer::Text => quote!(#api_request::fetch_text(#request) #awaited #question),
        Answer::Bytes => quote!(#api_request::fetch_bytes(#request) #awaited #question),
        Answer::ByteVec => quote!(::core::convert::Into::into(#api_request::fetch_bytes(#request) #awaited #question)),
        Answer::Response => quote!(#api_request::send(#request) #awaited #question),
        Answer::Json(ty) => {
            let span = located_at(ty);
            let fetched = quote_spanned!(span=> #api_request::fetch::<#ty>(#request));
            quote!(#fetched #awaited #question)
        }
    };
    // In two steps: `Ok(..?)` is a warning of clippy's where the errors are the same.
    let value = Ident::new("value", Span::mixed_site());
    quote! {
        let #value = #answer;
        ::core::result::Result::Ok(#value)
    }
}
