use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Result, Token};

use super::header;
use crate::api::model::FixedHeader;
use crate::mistakes::Mistakes;
use crate::parse::{Keyed, Value};

const WANTED: &str = "`headers` takes names and values: `headers(\"Accept\" = \"text/csv\")`";

/// `headers("Accept" = "text/csv", ..)`, above the trait or a method.
pub(super) fn check(keyed: &Keyed, mistakes: &mut Mistakes) -> Vec<FixedHeader> {
    let Some(entry) = keyed.get("headers") else { return Vec::new() };
    let Value::Parenthesised(group) = &entry.value else {
        entry.wrong_value(mistakes, WANTED);
        return Vec::new();
    };
    if group.stream().is_empty() {
        mistakes.at(&entry.key, "`headers` names no header; leave it out");
    }
    let mut found: Vec<FixedHeader> = Vec::new();
    let all = |input: ParseStream| {
        while !input.is_empty() {
            if let Some((name, value)) = pair(input, mistakes)? {
                add(&name, value, &mut found, mistakes);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = all.parse2(group.stream()) {
        mistakes.at_span(error.span(), error);
    }
    found
}

/// A header of the method stands in place of one of the trait.
pub(super) fn with_those_of_the_trait(own: &[FixedHeader], of_trait: &[FixedHeader]) -> Vec<FixedHeader> {
    let others = of_trait.iter().filter(|header| own.iter().all(|own| !own.is_named(&header.name)));
    others.chain(own).cloned().collect()
}

fn add(name: &LitStr, value: LitStr, found: &mut Vec<FixedHeader>, mistakes: &mut Mistakes) {
    let text = header::check(name, mistakes);
    if !value.value().chars().all(|char| char == '\t' || char == ' ' || char.is_ascii_graphic()) {
        mistakes.at(&value, "a header's value is one line of printable ASCII characters");
    }
    if found.iter().any(|other| other.is_named(&text)) {
        mistakes.at(name, format!("the header `{text}` is set twice"));
        return;
    }
    found.push(FixedHeader { name: text, value });
}

/// `"Accept" = "text/csv"`; anything else is reported, and what stands behind its comma is read all the same.
fn pair(input: ParseStream, mistakes: &mut Mistakes) -> Result<Option<(LitStr, LitStr)>> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    if tokens.is_empty() {
        // A comma where a header belongs stays for the caller to skip.
        tokens.extend([input.fork().parse::<TokenTree>()?]);
    }
    let read = |input: ParseStream| {
        let name = input.parse::<LitStr>()?;
        input.parse::<Token![=]>()?;
        Ok((name, input.parse::<LitStr>()?))
    };
    let pair = read.parse2(tokens.to_token_stream()).ok();
    if pair.is_none() {
        mistakes.at(tokens, "a header is its name and its value, two strings: `\"Accept\" = \"text/csv\"`");
    }
    Ok(pair)
}
