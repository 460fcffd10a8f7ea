use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{FnArg, Path, Signature, Type};

use crate::api::check::returned::{is_option, parameter};
use crate::api::model::{Answer, Argument, Method, Piece, Place};

/// A method of the trait. The request is made before the future is: only the request has to be sent to other threads, not what it is
/// made of.
pub(super) fn expand(krate: &Path, method: &Method<'_>) -> TokenStream {
    let Method { signature, verb, path, arguments, scopes, answer } = method;
    let this = receiver(signature);
    // Not to be taken for an argument of the same name.
    let request = Ident::new("request", Span::mixed_site());
    let client = scopes.map_or_else(|| quote!(&#this.api), |index| quote!(&#this.scoped[#index]));
    let path = path_of(krate, path.as_deref());
    let parts = arguments.iter().map(|argument| {
        let part = part(krate, &request, argument);
        quote!(let #request = #part;)
    });
    if let Answer::Items(item, pagination) = answer {
        let pagination = pagination.expand(krate);
        return quote! {
            #signature {
                let #request = #krate::ApiClient::#verb(#client, #path);
                #(#parts)*
                #krate::api::ApiRequest::paginate::<#item>(#request, #pagination)
            }
        };
    }
    let sent = sent(krate, &request, answer);
    quote! {
        #signature {
            let #request = #krate::ApiClient::#verb(#client, #path);
            #(#parts)*
            async move { #sent }
        }
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
        // The body outlives the call.
        Place::Body if matches!(ty, Type::Reference(_)) => {
            quote!(#api_request::body(#request, ::std::borrow::ToOwned::to_owned(#value)))
        }
        Place::Body => quote!(#api_request::body(#request, #value)),
    }
}

/// Located at the argument, so that what the compiler says of its type stands there.
fn by_reference(ident: &Ident) -> TokenStream {
    let span = Span::mixed_site().located_at(ident.span());
    quote_spanned!(span=> &#ident)
}

/// The conversion of the error lets a method return another error than this crate's.
fn sent(krate: &Path, request: &Ident, answer: &Answer<'_>) -> TokenStream {
    let api_request = quote!(#krate::api::ApiRequest);
    let answer = match answer {
        Answer::Nothing => {
            return quote! {
                #api_request::send(#request).await?;
                ::core::result::Result::Ok(())
            };
        }
        // Its method ends without this.
        Answer::Items(..) => return TokenStream::new(),
        Answer::Text => quote!(#api_request::fetch_text(#request).await?),
        Answer::Bytes => quote!(#api_request::fetch_bytes(#request).await?),
        Answer::ByteVec => quote!(::core::convert::Into::into(#api_request::fetch_bytes(#request).await?)),
        Answer::Response => quote!(#api_request::send(#request).await?),
        Answer::Json(ty) => quote!(#api_request::fetch::<#ty>(#request).await?),
    };
    // In two steps: `Ok(..?)` is a warning of clippy's where the errors are the same.
    let value = Ident::new("value", Span::mixed_site());
    quote! {
        let #value = #answer;
        ::core::result::Result::Ok(#value)
    }
}
