use proc_macro2::Ident;
use syn::Type;
use syn::ext::IdentExt;

use super::path::Path;
use super::{header, returned};
use crate::api::model::{Argument, FixedHeader, Place};
use crate::api::parse::{ArgumentAttribute, ParsedArgument, ParsedMethod, ParsedRequest};
use crate::mistakes::Mistakes;

/// The arguments outside of the path; each goes to one place.
pub(super) fn check<'a>(
    method: &'a ParsedMethod<'_>,
    request: &ParsedRequest<'_>,
    path: Option<&Path<'_>>,
    fixed: &[FixedHeader],
    mistakes: &mut Mistakes,
) -> Vec<Argument<'a>> {
    let mut placed: Vec<Argument<'a>> = Vec::new();
    let mut body: Option<&Ident> = None;
    for argument in &method.arguments {
        let Some(ident) = argument.ident else {
            mistakes.at(argument.pattern, "an argument has a name here: it says where in the request it goes");
            continue;
        };
        let is_in_path = path.is_some_and(|path| path.has(ident));
        for second in argument.attributes.iter().skip(1) {
            mistakes.at(second.word, format!("`{ident}` goes to one place; remove `#[{}]`", second.word));
        }
        match argument.attributes.first() {
            None if is_in_path => in_path(argument, mistakes),
            None if path.is_some_and(|path| path.explains(ident)) => {}
            None => mistakes.at(ident, unused(ident)),
            Some(attribute) if is_in_path => {
                mistakes.at(
                    attribute.word,
                    format!("`{ident}` stands in the path already; remove `#[{}]`", attribute.word),
                );
            }
            Some(attribute) => {
                if is_body(attribute) {
                    check_body(attribute, request, body, mistakes);
                    body = body.or(Some(attribute.word));
                }
                let Some(place) = place(attribute, ident, argument.ty, mistakes) else { continue };
                if let Place::Header(name) = &place
                    && (placed.iter().any(|other| is_header(other, name))
                        || fixed.iter().any(|other| other.is_named(name)))
                {
                    mistakes.at(attribute.word, format!("the header `{name}` is set twice"));
                }
                placed.push(Argument { ident, ty: argument.ty, place });
            }
        }
    }
    content_type_of_parts(method, &placed, fixed, mistakes);
    placed
}

/// The boundary between the parts stands in the content type.
fn content_type_of_parts(
    method: &ParsedMethod<'_>,
    placed: &[Argument<'_>],
    fixed: &[FixedHeader],
    mistakes: &mut Mistakes,
) {
    const WRONG: &str = "a form with files has the content type that its boundary stands in: leave this out";
    if !placed.iter().any(|argument| matches!(argument.place, Place::Multipart | Place::Part(_))) {
        return;
    }
    for header in fixed.iter().filter(|header| header.is_named("content-type")) {
        mistakes.at(&header.value, WRONG);
    }
    for argument in placed.iter().filter(|argument| is_header(argument, "content-type")) {
        let of_it = method.arguments.iter().find(|parsed| parsed.ident == Some(argument.ident));
        if let Some(attribute) = of_it.and_then(|parsed| parsed.attributes.first()) {
            mistakes.at(attribute.word, WRONG);
        }
    }
}

/// A segment cannot be left out.
fn in_path(argument: &ParsedArgument<'_>, mistakes: &mut Mistakes) {
    if returned::is_option(argument.ty) {
        mistakes.at(argument.ty, "a path parameter cannot be left out: take the `Option` away, or make two methods");
    }
}

fn unused(ident: &Ident) -> String {
    let name = ident.unraw();
    format!(
        "`{name}` goes nowhere: write `{{{name}}}` into the path, or `#[query(\"{name}\")]`, `#[json]`, `#[form]`, `#[part]`, \
         `#[body]` or `#[header(\"..\")]` before it"
    )
}

fn is_body(attribute: &ArgumentAttribute<'_>) -> bool {
    ["json", "form", "body", "multipart", "part"].iter().any(|name| attribute.word == name)
}

fn check_body(
    attribute: &ArgumentAttribute<'_>,
    request: &ParsedRequest<'_>,
    first: Option<&Ident>,
    mistakes: &mut Mistakes,
) {
    // Several parts are one body.
    if let Some(first) = first
        && !(first == "part" && attribute.word == "part")
    {
        mistakes.at(attribute.word, "a request has one body; put both into one struct");
        mistakes.at(first, "the body is first given here");
    }
    if request.verb == "get" || request.verb == "head" {
        let text = format!("a `{}` request has no body; use `#[query]`, or `#[post(..)]`", request.verb);
        mistakes.at(attribute.word, text);
    }
}

fn place(attribute: &ArgumentAttribute<'_>, ident: &Ident, ty: &Type, mistakes: &mut Mistakes) -> Option<Place> {
    let ArgumentAttribute { word, name, is_reported } = attribute;
    if *is_reported {
        return None;
    }
    let place = match (word.to_string().as_str(), name) {
        ("query", Some(name)) if name.value().is_empty() => {
            mistakes.at(name, "a parameter of the query has a name");
            return None;
        }
        ("query", Some(name)) => Place::QueryParameter(name.value()),
        ("query", None) if is_plain(ty) => Place::QueryParameter(ident.unraw().to_string()),
        ("query", None) => Place::Query,
        ("part", Some(name)) if name.value().is_empty() => {
            mistakes.at(name, "a part of a form has a name");
            return None;
        }
        ("part", Some(name)) => Place::Part(name.value()),
        ("part", None) => Place::Part(ident.unraw().to_string()),
        ("header", Some(name)) => Place::Header(header::check(name, mistakes)),
        ("header", None) => {
            let example = ident.unraw().to_string().replace('_', "-");
            mistakes.at(word, format!("name the header: `#[header(\"{example}\")]`"));
            return None;
        }
        (other, Some(name)) => {
            mistakes.at(name, format!("`#[{other}]` is the whole body, and takes no name"));
            return None;
        }
        ("json", None) => Place::Json,
        ("form", None) => Place::Form,
        ("multipart", None) => Place::Multipart,
        _ => Place::Body,
    };
    Some(place)
}

fn is_header(argument: &Argument<'_>, name: &str) -> bool {
    matches!(&argument.place, Place::Header(other) if other.eq_ignore_ascii_case(name))
}

/// What is visibly no struct: a number, text, `bool`, or a list or an `Option` of them.
fn is_plain(ty: &Type) -> bool {
    const PLAIN: [&str; 18] = [
        "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
        "isize", "f32", "f64",
    ];
    match ty {
        Type::Reference(reference) => is_plain(&reference.elem),
        Type::Slice(list) => is_plain(&list.elem),
        Type::Paren(inner) => is_plain(&inner.elem),
        Type::Group(inner) => is_plain(&inner.elem),
        Type::Path(path) => {
            path.path.get_ident().is_some_and(|ident| PLAIN.iter().any(|plain| ident == plain))
                || ["Option", "Vec"].iter().any(|name| returned::parameter(ty, name).is_some_and(is_plain))
        }
        _ => false,
    }
}
