//! The blocking types against the async ones: a method is there, or it stands in a list with the reason.

use std::collections::{BTreeMap, BTreeSet};

use super::source::SourceFile;

/// Methods of the async type that the blocking one of its name goes without, and what there is in their place.
const ELSEWHERE: &[(&str, &[&str], &str)] = &[
    ("ApiClient", &["builder"], "it is made of the async client once that is built"),
    ("ApiResponse", &["bytes_stream"], "`into_reader`"),
    ("ApiResponse", &["into_inner"], "reqwest's answer is read by awaiting it"),
    (
        "AuthorizationCode",
        &[
            "request_parameter_methods!",
            "acr_values",
            "claims",
            "display",
            "encrypt_request",
            "encrypt_request_with",
            "for_step_up",
            "hybrid",
            "id_token_hint",
            "login_hint",
            "login_parameter",
            "max_age",
            "prompt",
            "request_lifetime",
            "request_signer",
            "response_mode",
            "ui_locales",
        ],
        "it is made of the async login once they are set",
    ),
    ("AuthorizationCode", &["native"], "`native_login`"),
    ("Credentials", &["builder"], "they are made of the async credentials once they are built"),
    ("Credentials", &["dpop_key", "keep_fresh", "unauthorized_status_codes"], "`as_async`: they wait for nothing"),
    ("DeviceAuthorization", &["request_parameter_methods!"], "it is made of the async login once they are set"),
    ("DeviceAuthorization", &["poll", "start", "wait"], "`log_in` is all of them"),
    ("Items", &["next"], "it is an iterator"),
    ("Items", &["fetch_all"], "`collect`"),
    ("Login", &["claims", "credentials_builder"], "`as_async`: they wait for nothing"),
    ("Pages", &["next"], "it is an iterator"),
    (
        "ProviderClient",
        &["builder", "connect_as", "erased", "from_capabilities", "from_env_as", "new", "with_extra"],
        "it is made of the async client of any provider, by `from(client.erased())`",
    ),
    ("ProviderClient", &["introspection", "revocation"], "`as_async`: they wait for nothing"),
];

const FOLDER: &str = "sdk/src/integrations/blocking/";

type Methods = BTreeMap<String, BTreeSet<String>>;

fn methods<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Methods {
    let mut all = Methods::new();
    for (owner, name) in files.flat_map(SourceFile::public_methods) {
        all.entry(owner.to_owned()).or_default().insert(name);
    }
    all
}

/// What is wrong with the list, for these files.
fn complaints(files: &[SourceFile], elsewhere: &[(&str, &[&str], &str)]) -> Vec<String> {
    let (blocking, others): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.path().starts_with(FOLDER));
    let types: BTreeSet<_> = blocking.iter().flat_map(|file| file.public_structs()).collect();
    let there = methods(blocking.iter().copied());
    let of_async = methods(others.into_iter().filter(|file| file.module() != "integrations"));
    let lacks: BTreeSet<(&str, &str)> = of_async
        .iter()
        .filter(|(owner, _)| types.contains(owner.as_str()))
        .flat_map(|(owner, methods)| methods.iter().map(move |method| (owner.as_str(), method.as_str())))
        .filter(|(owner, method)| there.get(*owner).is_none_or(|methods| !methods.contains(*method)))
        .collect();
    let listed: BTreeSet<(&str, &str)> =
        elsewhere.iter().flat_map(|(owner, methods, _)| methods.iter().map(|method| (*owner, *method))).collect();
    let forgotten = lacks.difference(&listed).map(|(owner, method)| {
        format!("`{FOLDER}` has no `{owner}::{method}`: write it, or say in `ELSEWHERE` what there is in its place")
    });
    let outdated = listed.difference(&lacks).map(|(owner, method)| {
        format!("`ELSEWHERE` names `{owner}::{method}`, which the blocking type has, or the async one has not")
    });
    forgotten.chain(outdated).collect()
}

#[test]
fn blocking_twin_has_each_method_or_a_reason_why_not() {
    let files = super::sdk();
    let types =
        files.iter().filter(|file| file.path().starts_with(FOLDER)).flat_map(SourceFile::public_structs).count();
    assert!(types > 8, "the blocking types are found");
    super::fail_with(&complaints(&files, ELSEWHERE));
}

/// The reader of this test sees what it is to see.
#[test]
fn a_method_that_was_forgotten_is_seen() {
    let of_async = r"
pub struct Thing<P>(P);

impl Thing {
    pub fn new() -> Self {
        fn inner() {}
    }
}

#[diagnostic::do_not_recommend]
impl<P: Fn(u8) -> u8> Thing<P>
where
    P: Sized,
{
    setters!();

    /// pub fn in_a_comment() {}
    #[must_use]
    pub async fn run(&self) {}

    #[doc(hidden)]
    pub fn hidden(&self) {}

    pub(crate) fn inside(&self) {}

    pub const fn limit(&self) -> usize {
        0
    }
}

#[doc(hidden)]
impl Thing {
    pub fn misplaced(&self) {}
}

impl Default for Thing {
    fn default() -> Self {}
}
";
    let blocking = "pub struct Thing(api::Thing);\n\nimpl Thing {\n    pub fn new() -> Self {}\n}\n";
    let files = [
        SourceFile::new("sdk/src/api/thing.rs", of_async),
        SourceFile::new("sdk/src/integrations/blocking/thing.rs", blocking),
    ];
    let seen = methods(files[..1].iter());
    let expected = ["limit", "new", "run", "setters!"].map(str::to_owned).into();
    assert_eq!(seen, BTreeMap::from([("Thing".to_owned(), expected)]));
    assert_eq!(complaints(&files, &[("Thing", &["limit", "setters!"], "")]).len(), 1, "`run`");
    assert_eq!(complaints(&files, &[("Thing", &["limit", "new", "run", "setters!"], "")]).len(), 1, "`new` is there");
    assert_eq!(complaints(&files, &[("Thing", &["limit", "run", "setters!"], "")]), Vec::<String>::new());
}
