use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use crate::oauth_client::model::{ByType, Field, Fixed, FixedValue, Model};

/// What only the compiler can check, as only it knows the provider's keys: each check stands on the word that it is about.
pub(super) fn expand(model: &Model<'_>, shape: &ByType<'_>) -> TokenStream {
    let Model { krate, ident, fixed, .. } = model;
    let (subject, provider) = (ident.to_string(), shape.provider_name());
    let given = shape.fields.iter().map(|field| &field.key).chain(fixed.iter().map(|fixed| &fixed.key));
    let fields = shape.fields.iter().map(|field| field_checks(model, field));
    let settings = fixed.iter().map(setting_checks);
    let missing = quote_spanned!(ident.span()=> const _: () = GIVEN.nothing_is_missing(););
    let given = quote!(&[#(#given),*]);
    quote! {
        const GIVEN: #krate::provider::check::Given =
            #krate::provider::check::Given::new(#subject, #provider, PROVIDER.keys(), #given);
        #missing
        #(#fields)*
        #(#settings)*
    }
}

fn field_checks(model: &Model<'_>, field: &Field<'_>) -> TokenStream {
    let krate = &model.krate;
    let Field { ident, key, ty } = field;
    let known = quote_spanned!(ident.span()=> const _: () = GIVEN.field_is_known(#key););
    // The call starts where the type does and ends where it ends, so that the caret is under all of it.
    let call = quote_spanned!(ty.span()=> GIVEN.field_has_type);
    let arguments = quote_spanned! {last_span(ty)=>
        (
            #key,
            <#ty as #krate::provider::ConfigField>::KIND,
            <#ty as #krate::provider::ConfigField>::REQUIRED,
        )
    };
    let typed = quote!(const _: () = #call #arguments;);
    quote!(#known #typed)
}

fn last_span(ty: &Type) -> Span {
    ty.to_token_stream().into_iter().last().map_or_else(Span::call_site, |token| token.span())
}

fn setting_checks(fixed: &Fixed) -> TokenStream {
    let key = &fixed.key;
    let check = match &fixed.value {
        FixedValue::Text(_) => quote!(text_setting_is_known),
        FixedValue::Flag(_) => quote!(flag_setting_is_known),
        FixedValue::Number(_) => quote!(number_setting_is_known),
        FixedValue::List(_) => quote!(list_setting_is_known),
    };
    quote_spanned!(fixed.span=> const _: () = GIVEN.#check(#key);)
}
