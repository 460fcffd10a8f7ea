use url::{Url, form_urlencoded};

/// The parameter of the login's address that says where to go afterwards.
const PARAMETER: &str = "return_to";
/// It travels in a cookie, of which each login under way has one.
pub(super) const MAX_LENGTH: usize = 256;

/// A path of this application, with its query: no address that leads elsewhere (an open redirect).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReturnPath(String);

impl ReturnPath {
    /// `None` unless it is a path that every browser takes for one of the same origin.
    pub(super) fn new(text: &str) -> Option<Self> {
        // Browsers read a backslash as a slash, and leave tabs and line ends out.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let is_path = text.starts_with('/') && !text.starts_with("//");
        if !is_plain || !is_path || text.len() > MAX_LENGTH {
            return None;
        }
        let here = Url::parse("https://here.invalid/").ok()?;
        let there = here.join(text).ok()?;
        // A path with `/..//` in it ends up with two slashes in front.
        let is_here = there.origin() == here.origin() && !there.path().starts_with("//");
        is_here.then(|| Self(text.to_owned()))
    }

    /// What the query of the login's address asks for.
    pub(super) fn asked_for(query: &str) -> Option<Self> {
        let (_, path) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == PARAMETER)?;
        Self::new(&path)
    }

    /// The address of a login that comes back here.
    pub(super) fn after(&self, login: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair(PARAMETER, &self.0).finish();
        format!("{login}?{query}")
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_application_is_returned_to() {
        for path in ["/", "/invoices", "/invoices?page=2&q=a%20b", "/a//b", "/?next=https://evil.example", "/a#b"] {
            assert_eq!(ReturnPath::new(path).unwrap().as_str(), path);
        }
        let long = format!("/{}", "a".repeat(2000));
        let refused = [
            "",
            "invoices",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/..//evil.example",
            "/./\\evil.example",
            "/a\r\nset-cookie: x=y",
            "/\u{e9}",
            "/a b",
            &long,
        ];
        for path in refused {
            assert_eq!(ReturnPath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn return_path_goes_through_the_login_address_unchanged() {
        let path = ReturnPath::new("/invoices?page=2&q=%2B").unwrap();
        let login = path.after("/auth/login");
        let (_, query) = login.split_once('?').unwrap();
        assert_eq!(ReturnPath::asked_for(query).unwrap(), path);
        assert_eq!(ReturnPath::asked_for("return_to=%2F%2Fevil.example"), None);
        assert_eq!(ReturnPath::asked_for("other=/"), None);
    }
}
