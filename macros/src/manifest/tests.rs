use std::fs;
use std::path::Path;

use super::*;

fn manifest(text: &str) -> Manifest {
    Manifest(entries(text))
}

fn name_in(member: &str, workspace: &str) -> Option<String> {
    manifest(member).name_of("grantkit", || Some(manifest(workspace)))
}

#[test]
fn a_renamed_package_is_found_wherever_a_manifest_can_name_it() {
    for text in [
        "[dependencies]\ntickets = { version = \"0.1\", package = \"grantkit\" }",
        "[dependencies]\r\ntickets={package='grantkit',features=['oidc', \"redis\", ]}\r\n",
        "[dependencies.tickets]\nversion = \"0.1\" # package = \"other\"\npackage = \"grantkit\"",
        "[ dependencies . \"tickets\" ]\npackage = \"\"\"grantkit\"\"\"",
        "dependencies.tickets.package = \"grantkit\"",
        "dependencies = { serde = \"1\", tickets = { package = \"grantkit\" } }",
        "[dependencies]\ntickets = {\n  version = \"0.1\", # the usual\n  package = \"grantkit\",\n}",
        "[dev-dependencies]\ntickets.package = \"grantkit\"",
        "[target.'cfg(unix)'.dependencies]\ntickets = { package = \"grantkit\" }",
        "[target.\"cfg(target_os = \\\"linux\\\")\".dev-dependencies.tickets]\npackage = \"grantkit\"",
        "[[bin]]\nname = \"[dependencies]\"\n[dependencies]\na = \"#\"\ntickets = { package = \"grantkit\" }",
        "[package]\ndescription = '''\n[dependencies]\ngrantkit = \"1\"''''\n[dependencies]\ntickets = { package = \"grantkit\" }",
    ] {
        assert_eq!(name_in(text, "").as_deref(), Some("tickets"), "{text}");
    }
    assert_eq!(name_in("[dependencies]\nour-tickets = { package = \"grantkit\" }", "").as_deref(), Some("our_tickets"));
}

#[test]
fn a_name_that_is_given_in_the_workspace_is_found_there() {
    let workspace = "[workspace.dependencies]\ntickets = { package = \"grantkit\", path = \"sdk\" }\nserde = \"1\"";
    for member in [
        "[dependencies]\ntickets.workspace = true",
        "[dependencies]\nserde = \"1\"\ntickets = { workspace = true, optional = true }",
    ] {
        assert_eq!(name_in(member, workspace).as_deref(), Some("tickets"), "{member}");
    }
    assert_eq!(name_in("[dependencies]\nserde.workspace = true", workspace), None);
    assert_eq!(name_in("[dependencies]\ntickets = \"1\"", workspace), None);
}

#[test]
fn a_package_under_its_own_name_is_not_renamed() {
    for text in [
        "[dependencies]\ngrantkit = \"0.1\"",
        "[dependencies]\ngrantkit = { package = \"grantkit\", version = \"0.1\" }",
        "[dependencies]\ngrantkit.workspace = true",
        "[build-dependencies]\ntickets = { package = \"grantkit\" }",
        "[package]\nname = \"grantkit\"",
        "# no TOML from here on\n[dependencies\ntickets = { package = \"grantkit\" }",
        "[dependencies]\ntickets = { package = \"grantkit",
        "[dependencies]\ntickets = { package = \"grantkit\\",
    ] {
        assert_eq!(name_in(text, "[workspace.dependencies]\ngrantkit = { path = \"sdk\" }"), None, "{text}");
    }
}

#[test]
fn the_manifests_of_this_workspace_are_read_as_a_toml_parser_reads_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders =
        [".", "sdk", "macros", "providers", "examples", "tests/testkit", "tests/renamed", "tests/integration"];
    let mut seen = 0;
    for folder in folders {
        let Ok(text) = fs::read_to_string(root.join(folder).join("Cargo.toml")) else { continue };
        let mut expected = Vec::new();
        flatten(&toml::from_str(&text).unwrap(), &mut Vec::new(), &mut expected);
        let mut found = entries(&text);
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{folder}");
        seen += 1;
    }
    // In the published package there is no workspace around it.
    assert!(seen == folders.len() || !root.join("sdk").exists());
}

fn flatten(value: &toml::Value, keys: &mut Vec<String>, out: &mut Vec<(Vec<String>, String)>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                keys.push(key.clone());
                flatten(value, keys, out);
                keys.pop();
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| flatten(value, keys, out)),
        toml::Value::String(text) => out.push((keys.clone(), text.clone())),
        other => out.push((keys.clone(), other.to_string())),
    }
}
