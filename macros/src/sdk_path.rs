use proc_macro_crate::{FoundCrate, crate_name};
use proc_macro2::{Ident, Span};
use syn::{Path, parse_quote};

use crate::mistakes::Mistakes;
use crate::parse::{Entry, Keyed, Value};

/// The path of the SDK: `#[oauth(crate = ..)]`, else what the user's `Cargo.toml` calls it.
pub(crate) fn sdk_path(keyed: &Keyed, mistakes: &mut Mistakes) -> Path {
    match keyed.get("crate") {
        Some(Entry { value: Value::Path(path), .. }) => return path.clone(),
        Some(entry) => entry.wrong_value(mistakes, "`crate` takes a path: `crate = ::my_reexport::grantkit`"),
        None => {}
    }
    from_manifest()
}

/// Inside the SDK itself, as in its doc tests, it is `::grantkit` too.
fn from_manifest() -> Path {
    match crate_name("grantkit") {
        Ok(FoundCrate::Name(name)) => {
            let name = Ident::new(&name, Span::call_site());
            parse_quote!(::#name)
        }
        Ok(FoundCrate::Itself) | Err(_) => parse_quote!(::grantkit),
    }
}
