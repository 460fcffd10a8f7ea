use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, FnArg, LitStr, Meta, Pat, Token, TraitItemFn, Type};

use super::attributes::{ARGUMENT_ATTRIBUTES, VERBS, is_one_of, lacks_request, misspelt};
use crate::mistakes::Mistakes;
use crate::parse::{AcceptedKeys, Keyed, entries};

const KEYS: AcceptedKeys = AcceptedKeys {
    keys: &["scopes", "paginate", "headers", "timeout"],
    hint: |key| match key {
        "path" => Some("the path comes first and has no key: `#[get(\"/invoices\")]`".to_owned()),
        "query" | "json" | "form" | "body" | "multipart" | "part" => {
            Some(format!("what goes there is an argument: `#[{key}] name: Type`"))
        }
        _ => None,
    },
};

pub(in crate::api) struct ParsedMethod<'a> {
    pub(in crate::api) item: &'a TraitItemFn,
    /// `None` where no attribute says what is requested.
    pub(in crate::api) request: Option<ParsedRequest<'a>>,
    pub(in crate::api) arguments: Vec<ParsedArgument<'a>>,
    /// Whether what is wrong with the attribute of its request was reported.
    pub(in crate::api) is_reported: bool,
}

/// `#[get("/invoices", ..)]`
pub(in crate::api) struct ParsedRequest<'a> {
    pub(in crate::api) verb: &'a Ident,
    pub(in crate::api) path: Option<LitStr>,
    pub(in crate::api) keyed: Keyed,
}

pub(in crate::api) struct ParsedArgument<'a> {
    /// `None` for what is no name.
    pub(in crate::api) ident: Option<&'a Ident>,
    pub(in crate::api) pattern: &'a Pat,
    pub(in crate::api) ty: &'a Type,
    pub(in crate::api) attributes: Vec<ArgumentAttribute<'a>>,
}

/// `#[query]`, `#[header("Idempotency-Key")]`
pub(in crate::api) struct ArgumentAttribute<'a> {
    pub(in crate::api) word: &'a Ident,
    pub(in crate::api) name: Option<LitStr>,
    /// Whether what is wrong with the name was reported.
    pub(in crate::api) is_reported: bool,
}

pub(super) fn method<'a>(item: &'a TraitItemFn, mistakes: &mut Mistakes) -> ParsedMethod<'a> {
    let mut requests = Vec::new();
    let mut is_reported = false;
    for attribute in &item.attrs {
        if is_one_of(attribute, &VERBS) {
            requests.extend(request(attribute, mistakes));
        } else if lacks_request(item)
            && let Some((word, verb)) = misspelt(attribute)
        {
            mistakes.at(word, format!("unknown attribute `{word}`; did you mean `{verb}`?"));
            is_reported = true;
        }
    }
    for second in requests.iter().skip(1) {
        let text = format!("`{}` is one request; make a second method of this", item.sig.ident);
        mistakes.at(second.verb, text);
    }
    let arguments = item.sig.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(ParsedArgument {
            ident: name(&argument.pat),
            pattern: &argument.pat,
            ty: &argument.ty,
            attributes: argument.attrs.iter().filter_map(|attribute| self::argument(attribute, mistakes)).collect(),
        }),
        FnArg::Receiver(_) => None,
    });
    let arguments = arguments.collect();
    ParsedMethod { item, request: requests.into_iter().next(), arguments, is_reported }
}

fn request<'a>(attribute: &'a Attribute, mistakes: &mut Mistakes) -> Option<ParsedRequest<'a>> {
    let verb = attribute.path().get_ident()?;
    let tokens = match &attribute.meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(meta) => {
            mistakes.at(&meta.value, format!("write the path in parentheses: `#[{verb}(\"/..\")]`"));
            TokenStream::new()
        }
    };
    let split = |input: ParseStream| {
        let path = if input.peek(LitStr) { Some(input.parse::<LitStr>()?) } else { None };
        if path.is_some() && input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        }
        Ok((path, input.parse::<TokenStream>()?))
    };
    let (path, rest) = split.parse2(tokens).unwrap_or_default();
    Some(ParsedRequest { verb, path, keyed: Keyed::new(entries(rest, mistakes), &KEYS, mistakes) })
}

fn argument<'a>(attribute: &'a Attribute, mistakes: &mut Mistakes) -> Option<ArgumentAttribute<'a>> {
    let word = attribute.path().get_ident().filter(|_| is_one_of(attribute, &ARGUMENT_ATTRIBUTES))?;
    let mut is_reported = false;
    let name = match &attribute.meta {
        Meta::Path(_) => None,
        Meta::List(list) => {
            let name = syn::parse2::<LitStr>(list.tokens.clone()).ok();
            if name.is_none() {
                mistakes.at(&list.tokens, format!("the name is a string: `#[{word}(\"..\")]`"));
                is_reported = true;
            }
            name
        }
        Meta::NameValue(meta) => {
            let value = meta.value.to_token_stream();
            mistakes.at(&meta.value, format!("write the name in parentheses: `#[{word}({value})]`"));
            is_reported = true;
            None
        }
    };
    Some(ArgumentAttribute { word, name, is_reported })
}

/// `id` of `id: u64`.
pub(super) fn name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.mutability.is_none() && pattern.subpat.is_none() => {
            Some(&pattern.ident)
        }
        _ => None,
    }
}
