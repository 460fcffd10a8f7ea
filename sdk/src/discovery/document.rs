//! Metadata documents of any kind: which members they have, and how they are read.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::lenient::{self, NoObject};

/// A document of which one member is required (RFC 8414 §2, RFC 9728 §2).
pub(super) trait Document: DeserializeOwned {
    const REQUIRED: &'static str;
}

/// Why something is no such document.
#[derive(Debug)]
pub(super) enum NoDocument {
    NotJson,
    /// JSON of another kind, or a member that occurs twice.
    Unreadable(serde_json::Error),
    Lacks(&'static str),
}

impl NoDocument {
    /// Completes the sentence "it answered …".
    pub(super) fn reason(&self) -> String {
        match self {
            Self::NotJson => "with what is not a JSON object".to_owned(),
            Self::Unreadable(error) => {
                format!("with JSON that is no such document (line {}, column {})", error.line(), error.column())
            }
            Self::Lacks(member) => format!("with JSON that has no `{member}`"),
        }
    }

    pub(super) fn error(self, what: &str) -> Error {
        match self {
            Self::NotJson => Error::invalid_response(format!("{what} is not a JSON object")),
            Self::Unreadable(error) => {
                Error::invalid_response(format!("{what} is no such document")).with_source(error)
            }
            Self::Lacks(member) => Error::invalid_response(format!("{what} has no `{member}`, or none that is a text")),
        }
    }
}

pub(super) fn parse<T: Document>(json: &[u8]) -> Result<T, NoDocument> {
    lenient::read_object(json).map_err(|error| {
        let NoObject::Unreadable(error) = error else { return NoDocument::NotJson };
        match lenient::read_object::<Map<String, Value>>(json) {
            Ok(members) if !members.get(T::REQUIRED).is_some_and(Value::is_string) => NoDocument::Lacks(T::REQUIRED),
            Ok(_) => NoDocument::Unreadable(error),
            Err(_) => NoDocument::NotJson,
        }
    })
}

/// Defines a document. Its first member is required; each other is read leniently, and there is no way to forget that.
macro_rules! document {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $(#[$about_required:meta])*
            pub required $required:ident: String,
            $($(#[$about_member:meta])* pub $member:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $(#[$about_required])*
            pub $required: String,
            $(
                $(#[$about_member])*
                #[serde(
                    default,
                    deserialize_with = "crate::discovery::lenient::lenient",
                    skip_serializing_if = "crate::discovery::lenient::is_absent"
                )]
                pub $member: $type,
            )*
            /// Everything else.
            #[serde(flatten)]
            pub further: $crate::discovery::FurtherMembers,
        }

        impl $name {
            /// How much memory the document takes.
            #[allow(dead_code, reason = "of those that are cached")]
            pub(crate) fn bytes(&self) -> usize {
                let members = [$($crate::discovery::lenient::Lenient::heap_bytes(&self.$member)),*];
                let of_members = members.into_iter().sum::<usize>() + self.$required.capacity() + self.further.heap_bytes();
                size_of::<Self>() + of_members
            }
        }

        impl $crate::discovery::document::Document for $name {
            const REQUIRED: &'static str = stringify!($required);
        }
    };
}

pub(super) use document;

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    /// Without members that are not known, which keep serde from it by chance.
    #[derive(Debug, Deserialize)]
    struct Bare {
        issuer: String,
    }

    impl Document for Bare {
        const REQUIRED: &'static str = "issuer";
    }

    #[test]
    fn a_document_is_read_by_its_names_alone() {
        for json in [r#"{"issuer":"https://as.example"}"#, "\u{feff} {\"issuer\":\"https://as.example\"}"] {
            assert_eq!(parse::<Bare>(json.as_bytes()).unwrap().issuer, "https://as.example");
        }
        for json in [r#"["https://as.example"]"#, " [\"https://as.example\"]", "\"https://as.example\"", "null", ""] {
            assert!(matches!(parse::<Bare>(json.as_bytes()), Err(NoDocument::NotJson)), "{json}");
        }
    }
}
