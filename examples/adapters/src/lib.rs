//! A token for each library that grantkit has an adapter for, a file a library. What a program writes stands between `// yours` and
//! `// up to here`; `tests/adapters/tests/examples.rs` runs each against a server that checks tokens.
//!
//! `web_login` beside this crate is the example for axum, `progenitor` the one for generated clients, `blocking` the one without a runtime.

pub mod azure_core;
pub mod google_cloud_auth;
pub mod object_store;
pub mod opendal;
pub mod reqwest_middleware;
pub mod rmcp;
pub mod tonic;
pub mod tonic_interceptor;
pub mod tower;
