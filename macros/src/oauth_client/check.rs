//! Judges what was parsed; every check looks at its own key and adds its mistakes to those of the others.

mod fields;
mod fixed;
mod item;
mod name;
mod prefix;
mod provider;
mod redirect_uri;
mod resource;

use super::model::{ByName, ByType, Model, Shape};
use super::parse::Parsed;
use crate::mistakes::Mistakes;
use provider::Picked;

/// The model, if there is enough for one; it is good only if there are no mistakes.
pub(super) fn check<'a>(parsed: &Parsed<'a>, mistakes: &mut Mistakes) -> Option<Model<'a>> {
    let is_struct = item::check(parsed, mistakes);
    let provider = provider::check(parsed, mistakes);
    let name = name::check(parsed, mistakes);
    let prefix = prefix::check(parsed, provider.as_ref(), name.as_ref(), mistakes);
    let fixed = fixed::check(parsed, mistakes);
    let fields = is_struct?;
    let shape = match provider? {
        Picked::Name(provider) => {
            Shape::ByName(ByName { provider, field: fields::client(parsed, fields, mistakes)?, prefix: prefix? })
        }
        Picked::Type(provider) => Shape::ByType(ByType {
            fields: fields::configuration(parsed, fields, &provider, &fixed, mistakes),
            provider,
            is_configuration: !prefix::has_skipped_field(parsed),
            prefix,
        }),
    };
    Some(Model { krate: parsed.krate.clone(), ident: parsed.ident, vis: parsed.vis, name: name?.text, shape, fixed })
}
