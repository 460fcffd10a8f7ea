use syn::{ItemTrait, TraitItem};

use crate::mistakes::Mistakes;

/// A trait that one struct can implement.
pub(super) fn check(item: &ItemTrait, mistakes: &mut Mistakes) {
    if !item.generics.params.is_empty() {
        let text = format!("one trait is one API, so `{}` cannot have parameters", item.ident);
        mistakes.at(&item.generics.params, text);
    }
    for item in &item.items {
        match item {
            TraitItem::Fn(_) => {}
            TraitItem::Const(item) => mistakes.at(&item.ident, "the trait of an API has methods only"),
            TraitItem::Type(item) => mistakes.at(&item.ident, "the trait of an API has methods only"),
            other => mistakes.at(other, "the trait of an API has methods only"),
        }
    }
}
