use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{FnArg, Signature};

use super::{Shared, argument, headers, path, returned, timeout};
use crate::api::model::{Answer, Method};
use crate::api::pagination::Pagination;
use crate::api::parse::{ParsedMethod, ParsedRequest};
use crate::mistakes::Mistakes;
use crate::parse::Entry;
use crate::scopes as scope_texts;

/// A method that is a request; `None` for one that has a body, or mistakes.
pub(super) fn check<'a>(
    method: &'a ParsedMethod<'_>,
    signature: &'a Signature,
    shared: &Shared<'_>,
    scopes: &mut Vec<Vec<String>>,
    mistakes: &mut Mistakes,
) -> Option<Method<'a>> {
    let own = &method.item.sig;
    let Some(request) = &method.request else {
        if method.item.default.is_none() && !method.is_reported {
            let text = format!("`{}` has no request: write `#[get(\"/..\")]` above it, or another method", own.ident);
            mistakes.at(&own.ident, text);
        }
        return None;
    };
    if let Some(body) = &method.item.default {
        let text =
            format!("the request is the body of `{}`: end it with `;`, or remove `#[{}(..)]`", own.ident, request.verb);
        mistakes.at_span(body.brace_token.span.open(), text);
    }
    receiver(own, mistakes);
    let path = request.path.as_ref().map(|text| path::check(text, method, mistakes));
    let headers = headers::check(&request.keyed, mistakes);
    let arguments = argument::check(method, request, path.as_ref(), &headers, mistakes);
    let headers = headers::with_those_of_the_trait(&headers, shared.headers);
    let timeout = timeout::check(request, mistakes);
    let scopes = method_scopes(request, scopes, mistakes);
    let answer = answer(own, request, shared.blocking, mistakes);
    let path = path.map(|path| path.pieces);
    Some(Method { signature, verb: request.verb, path, headers, arguments, timeout, scopes, answer: answer? })
}

fn answer<'a>(
    own: &'a Signature,
    request: &ParsedRequest<'_>,
    blocking: bool,
    mistakes: &mut Mistakes,
) -> Option<Answer<'a>> {
    let entry = request.keyed.get("paginate");
    let pagination = entry.and_then(|entry| Pagination::parse(entry, mistakes));
    let is_async = own.asyncness.is_some();
    let list = if blocking { "Iterator" } else { "Stream" };
    match (entry, returned::item_of(own, list)) {
        (None, None) => {
            if blocking && is_async {
                mistakes.at(own.asyncness, "take the `async` away: the methods of a trait with `blocking` block");
            } else if !blocking && !is_async {
                let text = format!("write `async fn {}`: the request is sent when it is awaited", own.ident);
                mistakes.at(own.fn_token, text);
            }
            returned::check(own, mistakes)
        }
        (None, Some(_)) => {
            let text = format!("say where the next page is: `#[{}(\"/..\", paginate = link())]`", request.verb);
            mistakes.at(&own.output, text);
            None
        }
        (Some(entry), None) => {
            mistakes.at(
                &entry.key,
                format!("a list of pages is returned as `impl {list}<Item = Result<T>>`, by a method without `async`"),
            );
            None
        }
        (Some(entry), Some(item)) => {
            if is_async {
                mistakes
                    .at(own.asyncness, "take the `async` away: a page is requested when its first item is asked for");
            }
            if request.verb != "get" {
                mistakes.at(&entry.key, format!("pages are requested by `get`, not by `{}`", request.verb));
            }
            Some(Answer::Items(item, pagination?))
        }
    }
}

fn receiver(signature: &Signature, mistakes: &mut Mistakes) {
    let wanted = "a request takes `&self`: the client is shared, and none is used up";
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) => {
            if receiver.to_token_stream().to_string() != quote!(&self).to_string() {
                mistakes.at(receiver, wanted);
            }
        }
        _ => mistakes.at(&signature.ident, format!("`{}` has no `&self`; {wanted}", signature.ident.unraw())),
    }
}

/// The place of the method's scopes among those of all methods.
fn method_scopes(request: &ParsedRequest<'_>, all: &mut Vec<Vec<String>>, mistakes: &mut Mistakes) -> Option<usize> {
    let entry: &Entry = request.keyed.get("scopes")?;
    let Some(texts) = entry.value.texts() else {
        entry.wrong_value(mistakes, "`scopes` takes strings in parentheses: `scopes(\"read\", \"write\")`");
        return None;
    };
    scope_texts::check(entry, &texts, mistakes);
    // Their order means nothing.
    let mut scopes: Vec<String> = texts.iter().map(syn::LitStr::value).collect();
    scopes.sort();
    Some(all.iter().position(|other| *other == scopes).unwrap_or_else(|| {
        all.push(scopes);
        all.len() - 1
    }))
}
