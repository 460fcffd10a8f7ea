use std::borrow::Cow;
use std::fmt::Display;

use super::segments::Segments;
use super::{ApiPath, relative};

/// A path below an API's base URL. Below `https://api.acme.dev/v1`:
///
/// | given | requested |
/// |---|---|
/// | `"invoices/42"`, `"/invoices/42"` | `/v1/invoices/42` |
/// | `"invoices/"` | `/v1/invoices/` |
/// | `"invoices?state=open"` | `/v1/invoices?state=open` |
/// | `"a b"`, `"a%20b"` | `/v1/a%20b` |
/// | `"a/../b"` | `/v1/b` |
/// | `["invoices", "42"]`, `("invoices", 42)` | `/v1/invoices/42` |
/// | `["files", "a/b?c"]` | `/v1/files/a%2Fb%3Fc` |
/// | `""` | `/v1/` |
/// | `()`, `None`, an empty list | `/v1` |
/// | `"../admin"`, `"https://elsewhere.example"`, `["files", ".."]` | nothing: it is an error |
///
/// **Text** is a path as it stands: its `/`, `?` and `%20` mean what they mean in a URL. It is appended to the base
/// and never resolved against it, so that `"//elsewhere.example"` is only a folder's name.
///
/// **A list of segments**, an array or tuple of whatever has [`Display`], or a slice or `Vec` of text, is for what is not known beforehand.
/// (A slice of bytes is no list of numbers: `b"/invoices"` does not compile.) Each item is one segment of the path: all but letters, digits
/// and `-._~` is encoded in it. An empty one is an error, and so is one that could lead up by its dots (`..`, `%2e%2e`, `../x`).
///
/// Implement it for a type of your own by way of these:
///
/// ```
/// use grantkit::api::{ApiPath, IntoPath};
///
/// struct InvoiceId(u64);
///
/// impl IntoPath for InvoiceId {
///     fn into_path(self) -> ApiPath {
///         ("invoices", self.0).into_path()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no path below an API's base URL",
    label = "no path",
    note = "give text, as in `\"invoices/42\"`, or a list of segments that have `Display`, as in `[\"invoices\", id]` or `(\"invoices\", 42)`",
    note = "bytes are no text: leave out the `b` of `b\"..\"`"
)]
pub trait IntoPath {
    /// The path, encoded.
    fn into_path(self) -> ApiPath;
}

impl IntoPath for ApiPath {
    fn into_path(self) -> ApiPath {
        self
    }
}

impl IntoPath for &str {
    fn into_path(self) -> ApiPath {
        ApiPath::below(relative::read(self))
    }
}

impl IntoPath for String {
    fn into_path(self) -> ApiPath {
        self.as_str().into_path()
    }
}

impl IntoPath for &String {
    fn into_path(self) -> ApiPath {
        self.as_str().into_path()
    }
}

impl IntoPath for Cow<'_, str> {
    fn into_path(self) -> ApiPath {
        self.as_ref().into_path()
    }
}

impl IntoPath for () {
    fn into_path(self) -> ApiPath {
        ApiPath::base()
    }
}

impl<P: IntoPath> IntoPath for Option<P> {
    fn into_path(self) -> ApiPath {
        self.map_or_else(ApiPath::base, P::into_path)
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> IntoPath for &[T] {
    fn into_path(self) -> ApiPath {
        let texts: Vec<&str> = self.iter().map(AsRef::as_ref).collect();
        of_segments(&mut texts.iter().map(|segment| segment as &dyn Display))
    }
}

impl<T: Display, const N: usize> IntoPath for [T; N] {
    fn into_path(self) -> ApiPath {
        of_segments(&mut self.iter().map(|segment| segment as &dyn Display))
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>, const N: usize> IntoPath for &[T; N] {
    fn into_path(self) -> ApiPath {
        self.as_slice().into_path()
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> IntoPath for Vec<T> {
    fn into_path(self) -> ApiPath {
        self.as_slice().into_path()
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> IntoPath for &Vec<T> {
    fn into_path(self) -> ApiPath {
        self.as_slice().into_path()
    }
}

macro_rules! tuple_into_path {
    ($($item:ident)+) => {
        impl<$($item: Display),+> IntoPath for ($($item,)+) {
            fn into_path(self) -> ApiPath {
                #[expect(non_snake_case, reason = "each value is named as its type parameter")]
                let ($($item,)+) = &self;
                of_segments(&mut [$($item as &dyn Display),+].into_iter())
            }
        }
    };
}

tuple_into_path!(A);
tuple_into_path!(A B);
tuple_into_path!(A B C);
tuple_into_path!(A B C D);
tuple_into_path!(A B C D E);
tuple_into_path!(A B C D E F);

fn of_segments(segments: &mut dyn Iterator<Item = &dyn Display>) -> ApiPath {
    let mut path = Segments::new();
    for segment in segments {
        if let Err(error) = path.push(segment) {
            return ApiPath::below(Err(error));
        }
    }
    path.finish().map_or_else(ApiPath::base, |path| ApiPath::below(Ok(path)))
}
