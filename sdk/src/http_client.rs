//! Where every HTTP client of this crate comes from, on a machine without certificates too.

mod failure;
mod gated_connector;
mod per_runtime;
mod pools;
mod recipe;
mod tls;

pub(crate) use failure::classify;
pub(crate) use per_runtime::PerRuntime;
pub(crate) use pools::{Pool, Pools};
pub(crate) use recipe::Recipe;
