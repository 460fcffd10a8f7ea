use syn::{Ident, Path, parse_quote};

use crate::manifest;
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
    let renamed = manifest::renamed("grantkit").and_then(|name| syn::parse_str::<Ident>(&name).ok());
    match renamed {
        Some(name) => parse_quote!(::#name),
        None => parse_quote!(::grantkit),
    }
}
