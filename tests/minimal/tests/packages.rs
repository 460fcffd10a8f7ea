//! How many packages the SDK brings into a program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn a_program_is_built_from_no_more_packages_than_are_written_down() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("footprint.toml");
    let written: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    for (features, options) in [("default", &[][..]), ("none", &["--no-default-features"])] {
        let packages = packages(options);
        let allowed = written[features]["packages"].as_integer().unwrap();
        assert!(packages.len() > 50, "{features}: {packages:#?}");
        assert_eq!(
            i64::try_from(packages.len()).unwrap(),
            allowed,
            "features: {features}. Write the lower number into footprint.toml, or the higher one with its reason. {packages:#?}"
        );
    }
}

fn packages(options: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "--package=grantkit-minimal", "--edges=normal", "--prefix=none", "--format={p}"])
        .arg("--target=x86_64-unknown-linux-gnu")
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // `(*)` and `(proc-macro)` stand behind name and version.
    let name = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.is_empty()).map(name).collect()
}
