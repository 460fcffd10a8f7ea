use proc_macro2::{Delimiter, Group, TokenStream};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Lit, LitStr, Path, Result, Token};

use super::entry::rest_of_entry;
use crate::mistakes::Mistakes;

/// What stands behind a key.
pub(crate) enum Value {
    /// `key`
    Nothing,
    /// `key = "text"`, `key = 5`, `key = true`
    Literal(Lit),
    /// `key = some::Path`
    Path(Path),
    /// `key(..)`
    Parenthesised(Group),
    /// Anything else: no key takes it.
    Other(TokenStream),
    /// What was reported already: no key says more of it.
    Reported,
}

impl Value {
    pub(super) fn parse(input: ParseStream, mistakes: &mut Mistakes) -> Result<Self> {
        if input.peek(syn::token::Paren) {
            return Ok(Self::Parenthesised(input.parse()?));
        }
        let equals = if input.peek(Token![:]) && !input.peek(Token![::]) {
            let colon = input.parse::<Token![:]>()?;
            mistakes.at(colon, "write `=` between a key and its value");
            colon.to_token_stream()
        } else if input.peek(Token![=]) {
            input.parse::<Token![=]>()?.to_token_stream()
        } else {
            return Ok(Self::Nothing);
        };
        if input.is_empty() || input.peek(Token![,]) {
            return Ok(Self::Other(equals));
        }
        if is_all::<Lit>(input) {
            return Ok(Self::Literal(input.parse()?));
        }
        if is_all::<Path>(input) {
            let path = input.parse::<Path>()?;
            if input.peek(Token![!]) {
                rest_of_entry(input)?;
                mistakes.at(&path, called_macro(&path));
                return Ok(Self::Reported);
            }
            return Ok(Self::Path(path));
        }
        Ok(Self::Other(rest_of_entry(input)?))
    }

    /// `key = "text"`
    pub(crate) fn text(&self) -> Option<&LitStr> {
        match self {
            Self::Literal(Lit::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// `key("text", "text")`
    pub(crate) fn texts(&self) -> Option<Vec<LitStr>> {
        let Self::Parenthesised(group) = self else { return None };
        let texts = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(group.stream()).ok()?;
        Some(texts.into_iter().collect())
    }
}

/// Whether one of these is ahead, and is not the beginning of an expression: `5 * MINUTE`, `link().max_pages(5)`.
fn is_all<T: Parse>(input: ParseStream) -> bool {
    let ahead = input.fork();
    ahead.parse::<T>().is_ok()
        && !ahead.peek(syn::token::Paren)
        && !ahead.peek(Token![.])
        && !ahead.peek(Token![*])
        && !ahead.peek(Token![/])
        && !ahead.peek(Token![+])
        && !ahead.peek(Token![-])
}

fn called_macro(path: &Path) -> String {
    let name = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    let text =
        format!("`{name}!(..)` cannot stand here, as an attribute is read before macros run; write the value itself");
    match name.as_str() {
        "env" | "option_env" => text + "; `from_env()` reads a provider's keys when the program runs",
        _ => text,
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Nothing | Self::Reported => {}
            Self::Literal(literal) => literal.to_tokens(tokens),
            Self::Path(path) => path.to_tokens(tokens),
            Self::Parenthesised(group) => {
                debug_assert_eq!(group.delimiter(), Delimiter::Parenthesis);
                group.to_tokens(tokens);
            }
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}
