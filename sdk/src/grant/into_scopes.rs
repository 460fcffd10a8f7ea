/// Scopes (RFC 6749 §3.3): a space-separated text, or a list of such texts.
///
/// `"read write"`, `["read", "write"]`, `vec![String::from("read"), ..]`, sets and iterators of them are all two scopes; an empty list
/// is none. The compiler finds the parameter, which tells a text from a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no scopes",
    label = "no scopes",
    note = "give text, `\"read write\"`, or a list of texts, `[\"read\", \"write\"]`"
)]
pub trait IntoScopes<Form> {
    /// Each scope by itself.
    fn into_scopes(self) -> Vec<String>;
}

/// Of [`IntoScopes`]: one text.
#[doc(hidden)]
#[derive(Debug)]
pub enum OneText {}

/// Of [`IntoScopes`]: several.
#[doc(hidden)]
#[derive(Debug)]
pub enum SeveralTexts {}

impl<T: AsRef<str>> IntoScopes<OneText> for T {
    fn into_scopes(self) -> Vec<String> {
        split(self.as_ref())
    }
}

impl<L: IntoIterator<Item: AsRef<str>>> IntoScopes<SeveralTexts> for L {
    fn into_scopes(self) -> Vec<String> {
        self.into_iter().flat_map(|text| split(text.as_ref())).collect()
    }
}

fn split(text: &str) -> Vec<String> {
    let scopes: Vec<_> = text.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    // Text without a scope is a mistake, which the request will name.
    if scopes.is_empty() { vec![text.to_owned()] } else { scopes }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::{BTreeSet, HashSet};

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
            list.iter().into_scopes(),
            list.iter().map(String::as_str).into_scopes(),
            "read,write".split(',').into_scopes(),
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
