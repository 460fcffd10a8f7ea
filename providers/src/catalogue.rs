//! What is known of the services that people log in to and programs call: endpoints, client authentication, scopes, where the person's ID
//! stands, and what each does differently. Data only; each entry is made from `providers/catalogue/<name>.toml`.
//!
//! ```
//! use grantkit_providers::catalogue::{self, Endpoint, Pkce};
//!
//! let github = catalogue::entry("github").ok_or("no such provider")?;
//! assert_eq!(github.endpoint(Endpoint::Token), Some("https://github.com/login/oauth/access_token"));
//! assert_eq!(github.pkce(), Pkce::Supported);
//! # Ok::<_, &str>(())
//! ```

mod entry;
mod field;
mod parameter;
mod provider;
mod quirk;
mod table;
mod template;
mod vocabulary;
mod words;

pub use entry::Entry;
pub use field::Field;
pub use parameter::{Choice, Form, Parameter};
pub(crate) use provider::{check, connect, connect_checked, of_kinds};
pub use quirk::Quirk;
pub use template::{fill, placeholders};
pub use vocabulary::{
    Audience, AuthMethod, Endpoint, Grant, Kind, Method, Pkce, ProfileSource, RequestBody, RevocationAuth,
    ScopeParameter, TokenPlace,
};

/// All entries, sorted by name.
pub fn entries() -> &'static [Entry] {
    table::ENTRIES
}

/// The entry of this name.
pub fn entry(name: &str) -> Option<&'static Entry> {
    let found = table::ENTRIES.binary_search_by(|entry| entry.name().cmp(name)).ok()?;
    table::ENTRIES.get(found)
}
