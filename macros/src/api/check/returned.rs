use syn::{GenericArgument, PathArguments, ReturnType, Signature, Type, TypeParamBound};

use crate::api::model::Answer;
use crate::mistakes::Mistakes;

const WANTED: &str = "a request returns `Result<T>`: `Result<Invoice>` reads JSON, `Result<()>` nothing, `Result<String>` text, \
                      `Result<Bytes>` bytes, `Result<ApiResponse>` is the answer itself";

/// What the method makes of the answer, by the words of its return type.
pub(super) fn check<'a>(signature: &'a Signature, mistakes: &mut Mistakes) -> Option<Answer<'a>> {
    let ReturnType::Type(_, ty) = &signature.output else {
        mistakes.at(&signature.ident, format!("`{}` returns nothing, not even an error; {WANTED}", signature.ident));
        return None;
    };
    let Some(answer) = parameter(ty, "Result") else {
        mistakes.at(ty, WANTED);
        return None;
    };
    Some(match answer {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Answer::Nothing,
        answer if is_named(answer, "String") => Answer::Text,
        answer if is_named(answer, "Bytes") => Answer::Bytes,
        answer if is_named(answer, "ApiResponse") => Answer::Response,
        answer if parameter(answer, "Vec").is_some_and(|item| is_named(item, "u8")) => Answer::ByteVec,
        answer => Answer::Json(answer),
    })
}

/// `T` of `impl Stream<Item = Result<T>>`, or of another trait.
pub(super) fn item_of<'a>(signature: &'a Signature, of_trait: &str) -> Option<&'a Type> {
    let ReturnType::Type(_, ty) = &signature.output else { return None };
    let Type::ImplTrait(stream) = &**ty else { return None };
    stream.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let last = bound.path.segments.last().filter(|last| last.ident == of_trait)?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(item) if item.ident == "Item" => parameter(&item.ty, "Result"),
            _ => None,
        })
    })
}

pub(in crate::api) fn is_option(ty: &Type) -> bool {
    parameter(ty, "Option").is_some()
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name && last.arguments.is_none()))
}

/// `E` of a method that returns `Result<T, E>`.
pub(in crate::api) fn error_of(signature: &Signature) -> Option<&Type> {
    let ReturnType::Type(_, ty) = &signature.output else { return None };
    nth_parameter(ty, "Result", 1)
}

/// `T` of `some::path::name<T, ..>`.
pub(in crate::api) fn parameter<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    nth_parameter(ty, name, 0)
}

fn nth_parameter<'a>(ty: &'a Type, name: &str, index: usize) -> Option<&'a Type> {
    let Type::Path(path) = ungrouped(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.iter().nth(index) {
        Some(GenericArgument::Type(ty)) => Some(ungrouped(ty)),
        _ => None,
    }
}

/// A type that came through a macro may stand in an invisible group.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        other => other,
    }
}
