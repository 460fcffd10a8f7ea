use std::borrow::Cow;

use super::{Multipart, Part};

/// What an argument with `#[part]` can be, in a trait with [`#[api]`](https://docs.rs/grantkit/latest/grantkit/attr.api.html): text, a number,
/// `bool`, or a [`Part`]; or a list or an `Option` of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no part of a form",
    label = "neither text nor a number, and no `Part`",
    note = "give text, a number, or a `grantkit::api::Part`: `Part::bytes(..)`, `Part::file(..)`, `Part::stream(..)`"
)]
pub trait IntoParts {
    /// The form with this under that name; as it was where there is none, more than one part where there are several.
    fn add_to(self, name: &str, form: Multipart) -> Multipart;
}

impl IntoParts for Part {
    fn add_to(self, name: &str, form: Multipart) -> Multipart {
        form.part(name, self)
    }
}

impl<T: IntoParts> IntoParts for Option<T> {
    fn add_to(self, name: &str, form: Multipart) -> Multipart {
        match self {
            Some(part) => part.add_to(name, form),
            None => form,
        }
    }
}

impl<T: IntoParts> IntoParts for Vec<T> {
    fn add_to(self, name: &str, form: Multipart) -> Multipart {
        self.into_iter().fold(form, |form, part| part.add_to(name, form))
    }
}

impl<T: IntoParts + Clone> IntoParts for &[T] {
    fn add_to(self, name: &str, form: Multipart) -> Multipart {
        self.iter().cloned().fold(form, |form, part| part.add_to(name, form))
    }
}

macro_rules! text {
    ($($text:ty),*) => {
        $(impl IntoParts for $text {
            fn add_to(self, name: &str, form: Multipart) -> Multipart {
                form.text(name, self.to_string())
            }
        })*
    };
}

text!(&str, &String, String, Cow<'_, str>, bool, char, f32, f64);
text!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);
