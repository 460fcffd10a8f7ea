use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

use crate::api::model::Piece;
use crate::api::parse::ParsedMethod;
use crate::closest::closest;
use crate::mistakes::Mistakes;

/// The pieces of a path, with an argument for each `{name}`.
pub(super) fn check<'a>(text: &LitStr, method: &ParsedMethod<'a>, mistakes: &mut Mistakes) -> Vec<Piece<'a>> {
    let path = text.value();
    if let Some(wrong) = wrong(&path) {
        mistakes.at(text, wrong);
    }
    let mut found: Vec<Piece<'a>> = Vec::new();
    for piece in split(&path) {
        match piece {
            Err(wrong) => mistakes.at(text, wrong),
            Ok(Split::Text(piece)) => found.push(Piece::Text(piece.to_owned())),
            Ok(Split::Name(name)) => {
                let Some(ident) = argument(name, text, method, mistakes) else { continue };
                let is_same = |piece: &Piece<'_>| matches!(piece, Piece::Value(other) if *other == ident);
                if found.iter().any(is_same) {
                    mistakes.at(text, format!("`{{{name}}}` is in the path twice"));
                }
                found.push(Piece::Value(ident));
            }
        }
    }
    found
}

fn argument<'a>(name: &str, text: &LitStr, method: &ParsedMethod<'a>, mistakes: &mut Mistakes) -> Option<&'a Ident> {
    let idents: Vec<&'a Ident> = method.arguments.iter().filter_map(|argument| argument.ident).collect();
    let found = idents.iter().find(|ident| ident.unraw() == name);
    if found.is_none() {
        let names: Vec<String> = idents.iter().map(|ident| ident.unraw().to_string()).collect();
        let method = method.item.sig.ident.unraw();
        let cure = match closest(name, names.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{{{close}}}`?"),
            None => format!("add `{name}: ..` to its arguments"),
        };
        mistakes.at(text, format!("`{{{name}}}` is no argument of `{method}`; {cure}"));
    }
    found.copied()
}

/// What no request's path has.
fn wrong(path: &str) -> Option<&'static str> {
    let before_query = path.split('?').next().unwrap_or_default();
    if before_query.contains("://") {
        Some("a path is below the API's base: leave out scheme and host")
    } else if !path.starts_with('/') {
        Some("a path starts with `/`; for the base itself leave the path out")
    } else if path.contains('#') {
        Some("behind a `#` nothing is sent: write `%23`")
    } else if path.contains(['\\', ' ']) {
        Some("a path has no space and no backslash: write `%20` and `/`")
    } else if before_query.split('/').any(|segment| matches!(segment, "." | "..")) {
        Some("a path goes down only: `.` and `..` lead elsewhere")
    } else {
        None
    }
}

enum Split<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// `/invoices/`, `id`, `/lines` of `/invoices/{id}/lines`.
fn split(path: &str) -> Vec<Result<Split<'_>, String>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    let mut is_query = false;
    while let Some((text, after)) = rest.split_once('{') {
        is_query |= text.contains('?');
        if text.contains('}') {
            return vec![Err("a `}` has no `{` before it".to_owned())];
        }
        let Some((name, after)) = after.split_once('}') else {
            pieces.push(Err("a `{` has no `}` behind it".to_owned()));
            return pieces;
        };
        if !text.is_empty() {
            pieces.push(Ok(Split::Text(text)));
        }
        pieces.push(if name.is_empty() {
            Err("`{}` names no argument: write `{id}`".to_owned())
        } else if is_query {
            Err(format!(
                "`{{{name}}}` stands in the query: take it out, and write `#[query(\"{name}\")]` before the argument"
            ))
        } else {
            Ok(Split::Name(name))
        });
        rest = after;
    }
    if rest.contains('}') {
        pieces.push(Err("a `}` has no `{` before it".to_owned()));
    } else if !rest.is_empty() {
        pieces.push(Ok(Split::Text(rest)));
    }
    pieces
}
