//! Lists of pages that are lists of manifests and sources: features, versions, places within a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{links, pages, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The features of the SDK, with whether they are on by default.
fn features() -> BTreeMap<String, bool> {
    let manifest: toml::Table = read("sdk/Cargo.toml").parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let by_default: Vec<_> =
        features["default"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let names = features.keys().filter(|name| *name != "default");
    names.map(|name| (name.clone(), by_default.contains(&name.as_str()))).collect()
}

/// The words of a text that are names of features, each as it stands there.
fn named<'a>(text: &'a str, features: &BTreeMap<String, bool>) -> BTreeSet<&'a str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(|word| features.contains_key(*word)).collect()
}

#[test]
fn the_pages_name_every_feature_and_whether_it_is_on() {
    let features = features();
    assert!(features.len() > 20, "{features:?}");
    let readme = read("README.md");
    let list = readme.split_once("grantkit = \"0.1\"").unwrap().1.split_once("grantkit-providers = ").unwrap().0;
    let (by_default, others) = list.split_once("# others").unwrap();
    let is = |on: bool| features.iter().filter(|(_, is_on)| **is_on == on).map(|(name, _)| name.as_str()).collect();
    assert_eq!(named(by_default, &features), is(true), "README.md, by default");
    assert_eq!(named(others, &features), is(false), "README.md, others");

    let front_page = read("sdk/src/lib.rs");
    let table = front_page.split_once("//! # Features").unwrap().1.split_once("//! # ").unwrap().0;
    let rows = table.lines().filter_map(|line| line.strip_prefix("//! | `")?.split_once(" | "));
    let mut told = BTreeMap::new();
    for (names, rest) in rows {
        let on = rest.starts_with("yes");
        told.extend(names.split(", ").map(|name| (name.trim_matches('`').to_owned(), on)));
    }
    assert_eq!(told, features, "sdk/src/lib.rs");
}

/// The version of another library that the page of the adapters names is the version that the workspace builds with.
#[test]
fn the_adapters_page_names_the_versions_of_the_libraries() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let dependencies = manifest["workspace"]["dependencies"].as_table().unwrap();
    let version = |name: &str| {
        let entry = &dependencies[name];
        entry.as_str().or_else(|| entry["version"].as_str()).unwrap().to_owned()
    };
    let page = read("sdk/src/integrations.rs").replace('`', "");
    for library in [
        "axum",
        "tower",
        "tower-service",
        "reqwest-middleware",
        "reqwest",
        "tonic",
        "azure_core",
        "google-cloud-auth",
        "object_store",
        "reqsign-core",
        "reqsign-google",
        "opendal",
        "rmcp",
    ] {
        let own = version(library);
        let mut parts = own.split('.');
        let minor = format!("{}.{}", parts.next().unwrap(), parts.next().unwrap());
        let is_named = [" ", "("].iter().any(|before| page.contains(&format!("{before}{library} {minor}")));
        assert!(is_named, "sdk/src/integrations.rs does not name {library} {minor}");
    }
}

/// The place that a page gives to a heading: lower-case, words joined by hyphens, without other signs.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let mut broken = Vec::new();
    let mut found = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for (_, target) in links(&text).into_iter().filter(|(_, target)| !target.contains("://")) {
            let Some((file, place)) = target.split_once('#') else { continue };
            let linked = if file.is_empty() { page.clone() } else { page.with_file_name(file) };
            if linked.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            found += 1;
            let linked = fs::read_to_string(linked).unwrap();
            let mut headings =
                linked.lines().filter_map(|line| line.strip_prefix("##")).map(|line| line.trim_start_matches('#'));
            if !headings.any(|heading| anchor(heading) == place) {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(found > 50, "{found}");
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}
