use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

/// Scopes (RFC 6749 §3.3): a space-separated text, or a list of such texts.
///
/// `"read write"`, `["read", "write"]`, `vec![String::from("read"), ..]` and sets of them are all two scopes; an empty list is none.
/// Collect an iterator first: `.collect::<Vec<_>>()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no scopes",
    label = "no scopes",
    note = "give text, `\"read write\"`, or a list of texts, `[\"read\", \"write\"]`; call `.collect::<Vec<_>>()` on an iterator"
)]
pub trait IntoScopes {
    /// Each scope by itself.
    fn into_scopes(self) -> Vec<String>;
}

impl IntoScopes for &str {
    fn into_scopes(self) -> Vec<String> {
        let scopes: Vec<_> = self.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        // Text without a scope is a mistake, which the request will name.
        if scopes.is_empty() { vec![self.to_owned()] } else { scopes }
    }
}

impl IntoScopes for String {
    fn into_scopes(self) -> Vec<String> {
        self.as_str().into_scopes()
    }
}

impl IntoScopes for Cow<'_, str> {
    fn into_scopes(self) -> Vec<String> {
        self.as_ref().into_scopes()
    }
}

/// A reference to a list, or to text that is owned.
impl<S: Clone + IntoScopes> IntoScopes for &S {
    fn into_scopes(self) -> Vec<String> {
        self.clone().into_scopes()
    }
}

impl<S: Clone + IntoScopes> IntoScopes for &[S] {
    fn into_scopes(self) -> Vec<String> {
        self.iter().flat_map(<&S>::into_scopes).collect()
    }
}

impl<S: IntoScopes, const N: usize> IntoScopes for [S; N] {
    fn into_scopes(self) -> Vec<String> {
        self.into_iter().flat_map(S::into_scopes).collect()
    }
}

impl<S: IntoScopes> IntoScopes for Vec<S> {
    fn into_scopes(self) -> Vec<String> {
        self.into_iter().flat_map(S::into_scopes).collect()
    }
}

impl<S: IntoScopes> IntoScopes for Option<S> {
    fn into_scopes(self) -> Vec<String> {
        self.map(S::into_scopes).unwrap_or_default()
    }
}

impl<S: IntoScopes> IntoScopes for BTreeSet<S> {
    fn into_scopes(self) -> Vec<String> {
        self.into_iter().flat_map(S::into_scopes).collect()
    }
}

impl<T: IntoScopes, S> IntoScopes for HashSet<T, S> {
    fn into_scopes(self) -> Vec<String> {
        self.into_iter().flat_map(T::into_scopes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists_of_every_kind_are_scopes() {
        let owned = || String::from("read write");
        let list = vec!["read".to_owned(), "write".to_owned()];
        let all = [
            "read write".into_scopes(),
            " read  write ".into_scopes(),
            owned().into_scopes(),
            (&owned()).into_scopes(),
            Cow::Borrowed("read write").into_scopes(),
            ["read", "write"].into_scopes(),
            (&["read", "write"]).into_scopes(),
            [owned()].into_scopes(),
            list.clone().into_scopes(),
            (&list).into_scopes(),
            list.as_slice().into_scopes(),
            Some("read write").into_scopes(),
            BTreeSet::from(["write", "read"]).into_scopes(),
        ];
        for scopes in all {
            assert_eq!(scopes, ["read", "write"]);
        }
        assert_eq!(HashSet::from(["read"]).into_scopes(), ["read"]);
    }

    #[test]
    fn an_empty_list_is_none_and_empty_text_stays_to_be_refused() {
        assert!(Vec::<String>::new().into_scopes().is_empty() && None::<&str>.into_scopes().is_empty());
        assert_eq!(("".into_scopes(), " ".into_scopes()), (vec![String::new()], vec![" ".to_owned()]));
    }
}
