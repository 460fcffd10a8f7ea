use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, Path, parse_quote};

use crate::closest::closest;
use crate::mistakes::Mistakes;
use crate::parse::{Entry, Value};

/// The functions of `Pagination` that make one.
const KINDS: [&str; 5] = ["link", "next_url", "cursor", "page_number", "offset"];

/// How the next page is found: `link()`, `cursor("/next", "cursor").items_at("/data")`, or `"link"`.
pub(super) struct Pagination(Expr);

impl Pagination {
    pub(super) fn parse(entry: &Entry, mistakes: &mut Mistakes) -> Option<Self> {
        let tokens = match &entry.value {
            Value::Literal(_) => {
                let text = entry.value.text().filter(|text| text.value() == "link");
                text.map(|text| Ident::new("link", text.span()).to_token_stream())
            }
            Value::Path(_) | Value::Other(_) => Some(entry.value.to_token_stream()),
            Value::Nothing | Value::Parenthesised(_) => None,
            Value::Reported => return None,
        };
        let expression = tokens.and_then(|tokens| syn::parse2::<Expr>(tokens).ok()).map(called);
        let Some(mut expression) = expression else {
            entry.wrong_value(mistakes, wanted());
            return None;
        };
        let Some(kind) = kind(&mut expression) else {
            entry.wrong_value(mistakes, wanted());
            return None;
        };
        if KINDS.iter().all(|known| kind != known) {
            let text = match closest(&kind.to_string(), KINDS) {
                Some(close) => format!("`Pagination` has no `{kind}`; did you mean `{close}`?"),
                None => format!("`Pagination` has no `{kind}`; {}", wanted()),
            };
            mistakes.at(&*kind, text);
            return None;
        }
        Some(Self(expression))
    }

    /// The call, under the SDK's own path.
    pub(super) fn expand(&self, krate: &Path) -> TokenStream {
        let mut expression = self.0.clone();
        if let Some(function) = innermost(&mut expression)
            && let Expr::Path(path) = function
        {
            let name = &path.path;
            *function = parse_quote!(#krate::api::Pagination::#name);
        }
        quote!(#expression)
    }
}

fn wanted() -> String {
    "`paginate` says where the next page is: `link()`, `next_url(\"/next\")`, `cursor(\"/next\", \"cursor\")`, `page_number(\"page\")` or \
     `offset(\"offset\", 100)`, as `Pagination` has them"
        .to_owned()
}

/// `link` is `link()`.
fn called(expression: Expr) -> Expr {
    match expression {
        Expr::Path(path) => parse_quote!(#path()),
        other => other,
    }
}

fn kind(expression: &mut Expr) -> Option<&mut Ident> {
    match innermost(expression)? {
        Expr::Path(path) if path.path.segments.len() == 1 => path.path.segments.first_mut().map(|only| &mut only.ident),
        _ => None,
    }
}

/// The function whose result the methods are called on.
fn innermost(expression: &mut Expr) -> Option<&mut Expr> {
    match expression {
        Expr::MethodCall(call) => innermost(&mut call.receiver),
        Expr::Call(call) => Some(&mut call.func),
        _ => None,
    }
}
