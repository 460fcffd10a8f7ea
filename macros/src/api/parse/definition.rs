use syn::{Attribute, FnArg, ItemTrait, ReturnType, Signature, TraitItem, TraitItemFn, Type, parse_quote};

use super::request::{ARGUMENT_ATTRIBUTES, misspelt};

/// The attributes that name a request's method.
pub(super) const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];

/// The trait as its users see it: without the attributes of the macro, and with futures that can be sent to other threads.
pub(super) fn without_attributes(item: &ItemTrait) -> ItemTrait {
    let mut definition = item.clone();
    for item in &mut definition.items {
        if let TraitItem::Fn(method) = item {
            let (is_request, is_open) = (is_request(method), lacks_request(method));
            method
                .attrs
                .retain(|attribute| !(is_one_of(attribute, &VERBS) || is_open && misspelt(attribute).is_some()));
            for argument in &mut method.sig.inputs {
                if let FnArg::Typed(argument) = argument {
                    argument.attrs.retain(|attribute| !is_one_of(attribute, &ARGUMENT_ATTRIBUTES));
                }
            }
            if is_request {
                method.default = None;
                method.semi_token = Some(parse_quote!(;));
                desugar(&mut method.sig);
            }
        }
    }
    definition
}

/// All but those with a body alone, which stay as they are.
fn is_request(method: &TraitItemFn) -> bool {
    method.default.is_none() || method.attrs.iter().any(|attribute| is_one_of(attribute, &VERBS))
}

/// Neither with an attribute that says what is requested, nor with a body.
pub(super) fn lacks_request(method: &TraitItemFn) -> bool {
    method.default.is_none() && !method.attrs.iter().any(|attribute| is_one_of(attribute, &VERBS))
}

pub(super) fn is_one_of(attribute: &Attribute, names: &[&str]) -> bool {
    names.iter().any(|name| attribute.path().is_ident(name))
}

/// `async fn` as a future that is `Send`, which a trait's `async fn` does not say; a stream that is, too.
fn desugar(signature: &mut Signature) {
    if signature.asyncness.take().is_some() {
        let output: Type = match &signature.output {
            ReturnType::Default => parse_quote!(()),
            ReturnType::Type(_, ty) => (**ty).clone(),
        };
        signature.output = parse_quote!(-> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
    } else if let ReturnType::Type(_, ty) = &mut signature.output
        && let Type::ImplTrait(stream) = &mut **ty
    {
        stream.bounds.push(parse_quote!(::core::marker::Send));
    }
}
