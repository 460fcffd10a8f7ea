use proc_macro2::{Delimiter, Group, TokenStream};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Lit, LitStr, Path, Result, Token};

use super::entry::rest_of_entry;

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
}

impl Value {
    pub(super) fn parse(input: ParseStream) -> Result<Self> {
        if input.peek(syn::token::Paren) {
            return Ok(Self::Parenthesised(input.parse()?));
        }
        if !input.peek(Token![=]) {
            return Ok(Self::Nothing);
        }
        let equals = input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Ok(Self::Other(equals.to_token_stream()));
        }
        if input.peek(Lit) {
            return Ok(Self::Literal(input.parse()?));
        }
        if input.fork().parse::<Path>().is_ok() {
            return Ok(Self::Path(input.parse()?));
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

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Nothing => {}
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
