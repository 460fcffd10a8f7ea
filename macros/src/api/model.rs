use proc_macro2::Ident;
use syn::{Expr, ItemTrait, LitStr, Path, Signature, Type};

use super::pagination::Pagination;

/// A trait that describes an API, with nothing left to check but what only the compiler knows.
pub(super) struct Model<'a> {
    /// The path of the SDK.
    pub(super) krate: &'a Path,
    pub(super) item: &'a ItemTrait,
    /// The trait without what only the macro reads.
    pub(super) definition: &'a ItemTrait,
    /// The name of the struct that sends the requests.
    pub(super) client: &'a Ident,
    pub(super) base: Option<&'a LitStr>,
    /// What `from_env` has its credentials from.
    pub(super) auth: Option<&'a Path>,
    /// The methods block the thread, and are no futures.
    pub(super) blocking: bool,
    /// What the body of an error is read as.
    pub(super) error: Option<&'a Path>,
    pub(super) methods: Vec<Method<'a>>,
    /// The scopes of which methods have a token of their own.
    pub(super) scopes: Vec<Vec<String>>,
}

/// A method that is one request.
pub(super) struct Method<'a> {
    /// As the trait's users see it.
    pub(super) signature: &'a Signature,
    /// `get`, `post`, …: the method of `ApiClient`.
    pub(super) verb: &'a Ident,
    /// `None` for the base URL itself.
    pub(super) path: Option<Vec<Piece<'a>>>,
    /// The headers that each of its requests has.
    pub(super) headers: Vec<FixedHeader>,
    pub(super) arguments: Vec<Argument<'a>>,
    pub(super) timeout: Option<Expr>,
    /// Which of the model's scopes its token has.
    pub(super) scopes: Option<usize>,
    pub(super) answer: Answer<'a>,
}

pub(super) enum Piece<'a> {
    Text(String),
    Value(&'a Ident),
}

/// A header whose value no argument decides.
#[derive(Clone)]
pub(super) struct FixedHeader {
    pub(super) name: String,
    pub(super) value: LitStr,
}

impl FixedHeader {
    /// Names are compared without regard to case.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// An argument outside of the path.
pub(super) struct Argument<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    pub(super) place: Place,
}

/// Where in the request an argument goes.
pub(super) enum Place {
    /// The fields of the whole value.
    Query,
    /// One parameter of this name.
    QueryParameter(String),
    Json,
    Form,
    Body,
    /// A form with files, as a whole.
    Multipart,
    /// The part of this name of a form with files.
    Part(String),
    Header(String),
}

/// What a method makes of the API's answer.
pub(super) enum Answer<'a> {
    Nothing,
    Text,
    Bytes,
    ByteVec,
    /// The answer itself, with its body not yet read.
    Response,
    Json(&'a Type),
    /// The items of all pages, as a stream or an iterator.
    Items(&'a Type, Pagination),
}
