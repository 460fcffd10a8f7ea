//! From the model to code; a file a generated piece. All paths are absolute, under the SDK's own name.

mod by_name;
mod by_type;
mod checks;
mod docs;
mod implementation;
mod settings;

use proc_macro2::TokenStream;

pub(super) use implementation::future_of_a_token;

use super::model::{Model, Shape};

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    match &model.shape {
        Shape::ByName(shape) => by_name::expand(model, shape),
        Shape::ByType(shape) => by_type::expand(model, shape),
    }
}
