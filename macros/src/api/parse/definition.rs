use syn::{FnArg, ItemTrait, ReturnType, Signature, TraitItem, Type, parse_quote};

use super::attributes::{ARGUMENT_ATTRIBUTES, VERBS, is_one_of, is_request, lacks_request, misspelt};
use super::request::name;

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
                without_patterns(&mut method.sig);
                desugar(&mut method.sig);
            }
        }
    }
    definition
}

/// A pattern in place of a name is a mistake, which the compiler would report again: the method has no body.
fn without_patterns(signature: &mut Signature) {
    for argument in &mut signature.inputs {
        if let FnArg::Typed(argument) = argument
            && name(&argument.pat).is_none()
        {
            *argument.pat = parse_quote!(_);
        }
    }
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
