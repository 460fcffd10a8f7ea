use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

use crate::api::model::Piece;
use crate::api::parse::ParsedMethod;
use crate::closest::closest;
use crate::mistakes::Mistakes;

/// The path of a request.
pub(super) struct Path<'a> {
    /// Its pieces, with an argument for each `{name}`.
    pub(super) pieces: Vec<Piece<'a>>,
    /// The arguments whose place in the path was reported.
    reported: Vec<String>,
    /// Whether it was reported that its braces cannot be read, so that any argument may have its place there.
    is_unreadable: bool,
}

impl Path<'_> {
    pub(super) fn has(&self, argument: &Ident) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Value(value) if *value == argument))
    }

    /// Whether a mistake that was reported explains why the argument is not in the path.
    pub(super) fn explains(&self, argument: &Ident) -> bool {
        self.is_unreadable || self.reported.iter().any(|name| argument.unraw() == name)
    }
}

/// The pieces of a path, with an argument for each `{name}`.
pub(super) fn check<'a>(text: &LitStr, method: &ParsedMethod<'a>, mistakes: &mut Mistakes) -> Path<'a> {
    let written = text.value();
    if let Some(wrong) = wrong(&written) {
        mistakes.at(text, wrong);
    }
    let mut path = Path { pieces: Vec::new(), reported: Vec::new(), is_unreadable: false };
    for piece in split(&written) {
        match piece {
            Err(wrong) => {
                path.is_unreadable = true;
                mistakes.at(text, wrong);
            }
            Ok(Split::Text(piece)) => path.pieces.push(Piece::Text(piece.to_owned())),
            Ok(Split::InQuery(name)) => {
                path.reported.push(name.to_owned());
                let wrong = "stands in the query: take it out, and write";
                mistakes.at(text, format!("`{{{name}}}` {wrong} `#[query(\"{name}\")]` before the argument"));
            }
            Ok(Split::Name(name)) => {
                let Some(ident) = argument(name, text, method, &mut path, mistakes) else { continue };
                if path.has(ident) {
                    mistakes.at(text, format!("`{{{name}}}` is in the path twice"));
                }
                path.pieces.push(Piece::Value(ident));
            }
        }
    }
    path
}

fn argument<'a>(
    name: &str,
    text: &LitStr,
    method: &ParsedMethod<'a>,
    path: &mut Path<'_>,
    mistakes: &mut Mistakes,
) -> Option<&'a Ident> {
    let idents: Vec<&'a Ident> = method.arguments.iter().filter_map(|argument| argument.ident).collect();
    let found = idents.iter().find(|ident| ident.unraw() == name);
    // An argument without a name is reported, and may be the one.
    if found.is_none() && idents.len() == method.arguments.len() {
        let names: Vec<String> = idents.iter().map(|ident| ident.unraw().to_string()).collect();
        let method = method.item.sig.ident.unraw();
        let cure = match closest(name, names.iter().map(String::as_str)) {
            Some(close) => {
                path.reported.push(close.to_owned());
                format!("did you mean `{{{close}}}`?")
            }
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
    /// A name behind the `?`.
    InQuery(&'a str),
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
            Ok(Split::InQuery(name))
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
