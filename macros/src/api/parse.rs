//! From the attributes and the trait to what the user wrote, with its spans.

mod attributes;
mod definition;
mod request;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{ItemTrait, Path, TraitItem};

use crate::mistakes::Mistakes;
use crate::parse::{AcceptedKeys, Keyed, entries};
use crate::sdk_path::sdk_path;

pub(super) use request::{ArgumentAttribute, ParsedArgument, ParsedMethod, ParsedRequest};

const KEYS: AcceptedKeys = AcceptedKeys {
    keys: &["base", "auth", "error", "headers", "blocking", "crate"],
    hint: |key| {
        match key {
        "url" | "base_url" | "endpoint" => Some("the API's URL is `base = \"https://..\"`".to_owned()),
        "provider" | "client" | "credentials" => {
            Some("the client that the token comes from is `auth = ..`, a type that derives `OAuthClient`".to_owned())
        }
        "scopes" => Some(
            "the client's scopes stand where it is defined; those of one method in its request: `#[get(\"/..\", scopes(..))]`"
                .to_owned(),
        ),
        "timeout" => Some(
            "the time of one method is limited in its request: `#[get(\"/..\", timeout = ..)]`; of all, by `ApiClient::builder(..).timeout(..)` and \
             `from_client`"
                .to_owned(),
        ),
        _ => None,
    }
    },
};

/// What the user wrote, with its spans.
pub(super) struct Parsed<'a> {
    pub(super) krate: Path,
    pub(super) keyed: Keyed,
    pub(super) item: &'a ItemTrait,
    /// The trait without what only the macro reads, its methods as their users see them.
    pub(super) definition: ItemTrait,
    pub(super) client: Ident,
    pub(super) methods: Vec<ParsedMethod<'a>>,
}

pub(super) fn parse<'a>(keys: TokenStream, item: &'a ItemTrait, mistakes: &mut Mistakes) -> Parsed<'a> {
    let keyed = Keyed::new(entries(keys, mistakes), &KEYS, mistakes);
    let krate = sdk_path(&keyed, mistakes);
    let methods = item.items.iter().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(request::method(method, mistakes)),
        _ => None,
    });
    Parsed {
        methods: methods.collect(),
        krate,
        keyed,
        item,
        definition: definition::without_attributes(item),
        client: Ident::new(&format!("{}Client", item.ident.unraw()), item.ident.span()),
    }
}
