use proc_macro2::TokenStream;
use quote::quote;
use syn::{ReturnType, TraitItem, TraitItemFn, Type, TypeParamBound};

use super::expand::{Constructors, struct_of};
use super::parse::Parsed;
use crate::mistakes::Mistakes;

/// All the mistakes, the trait, and stand-ins for what would have been generated, so that its users are not in error too.
pub(super) fn fallback(parsed: &Parsed<'_>, mistakes: Mistakes) -> TokenStream {
    let errors = mistakes.into_compile_errors();
    let Parsed { krate, item, definition, client, keyed, .. } = parsed;
    let (ident, vis) = (&item.ident, &item.vis);
    let (impl_generics, type_generics, where_clause) = item.generics.split_for_impl();
    let structure = struct_of(&ident.to_string(), &quote!(#vis struct #client;));
    let constructors = Constructors(parsed).stubs();
    let items = definition.items.iter().filter_map(stub_of);
    let auth = match keyed.get("auth").map(|entry| &entry.value) {
        // Its import is not unused.
        Some(crate::parse::Value::Path(path)) => {
            quote!(const _: ::core::marker::PhantomData<#path> = ::core::marker::PhantomData;)
        }
        _ => TokenStream::new(),
    };
    quote! {
        #errors
        #definition
        #structure
        #auth

        #[allow(dead_code)]
        impl #client {
            #constructors
        }

        impl #impl_generics #ident #type_generics for #client #where_clause {
            #(#items)*
        }

        #[automatically_derived]
        impl ::core::convert::AsRef<#krate::ApiClient> for #client {
            fn as_ref(&self) -> &#krate::ApiClient { ::core::unreachable!() }
        }
    }
}

/// What stands in for an item of the trait; that it has others than methods is a mistake by itself.
fn stub_of(item: &TraitItem) -> Option<TokenStream> {
    match item {
        TraitItem::Fn(method) if method.default.is_none() => Some(stub(method)),
        TraitItem::Type(item) if item.default.is_none() => {
            let (ident, generics) = (&item.ident, &item.generics);
            Some(quote!(type #ident #generics = ();))
        }
        TraitItem::Const(item) if item.default.is_none() => {
            let (ident, ty) = (&item.ident, &item.ty);
            Some(quote!(const #ident: #ty = ::core::unreachable!();))
        }
        _ => None,
    }
}

/// What is returned as `impl Trait` needs some type that has the trait.
fn stub(method: &TraitItemFn) -> TokenStream {
    let signature = &method.sig;
    let stub = quote!(::core::unreachable!());
    let body = match &signature.output {
        ReturnType::Type(_, ty) => of_type(ty, stub),
        ReturnType::Default => stub,
    };
    quote! {
        #[allow(unreachable_code, unused_variables)]
        #signature { #body }
    }
}

fn of_type(ty: &Type, stub: TokenStream) -> TokenStream {
    let Type::ImplTrait(returned) = ty else { return stub };
    let bounds = &returned.bounds;
    // A pinned one is no iterator.
    if bounds.iter().any(|bound| is_named(bound, "Iterator")) {
        return quote! {
            let stub: ::std::boxed::Box<dyn #bounds> = #stub;
            stub
        };
    }
    quote! {
        let stub: ::core::pin::Pin<::std::boxed::Box<dyn #bounds>> = #stub;
        stub
    }
}

fn is_named(bound: &TypeParamBound, name: &str) -> bool {
    matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|last| last.ident == name))
}
