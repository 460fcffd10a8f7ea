use std::fmt::Display;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Result, Token};

use super::Value;
use crate::mistakes::Mistakes;

/// One `key`, `key = value` or `key(..)`, as it was written.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

impl Entry {
    /// The key as text, without the `r#` of a raw identifier.
    pub(crate) fn name(&self) -> String {
        self.key.unraw().to_string()
    }

    /// Says what the key takes, unless its value was reported already.
    pub(crate) fn wrong_value(&self, mistakes: &mut Mistakes, text: impl Display) {
        if !matches!(self.value, Value::Reported) {
            mistakes.at(&self.key, text);
        }
    }
}

/// Reads entries with commas between them; one that cannot be read is reported and the next one goes on after its comma.
pub(crate) fn entries(tokens: TokenStream, mistakes: &mut Mistakes) -> Vec<Entry> {
    let mut found = Vec::new();
    let all = |input: ParseStream| {
        while !input.is_empty() {
            if let Some(entry) = entry(input, mistakes)? {
                found.push(entry);
            }
            skip_comma(input, mistakes)?;
        }
        Ok(())
    };
    if let Err(error) = all.parse2(tokens) {
        mistakes.at_span(error.span(), error);
    }
    found
}

fn entry(input: ParseStream, mistakes: &mut Mistakes) -> Result<Option<Entry>> {
    if !input.peek(Ident::peek_any) {
        let rest = rest_of_entry(input)?;
        mistakes.at(rest, "a key was expected here");
        return Ok(None);
    }
    let key = input.call(Ident::parse_any)?;
    let value = Value::parse(input, mistakes)?;
    Ok(Some(Entry { key, value }))
}

/// Where a comma was left out and a key follows, that key is read all the same.
fn skip_comma(input: ParseStream, mistakes: &mut Mistakes) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    if input.peek(Ident::peek_any) {
        mistakes.at_span(input.span(), "a comma was expected before this");
        return Ok(());
    }
    if !input.peek(Token![,]) {
        mistakes.at(rest_of_entry(input)?, "a comma was expected before this");
    }
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

/// Everything up to the next comma.
pub(super) fn rest_of_entry(input: ParseStream) -> Result<TokenStream> {
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        rest.extend([input.parse::<TokenTree>()?]);
    }
    if rest.is_empty() && input.peek(Token![,]) {
        // Two commas in a row: the second is what is wrong, and stays for the caller to skip.
        rest.extend([input.fork().parse::<TokenTree>()?]);
    }
    Ok(rest)
}
