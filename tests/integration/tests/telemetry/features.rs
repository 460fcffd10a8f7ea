//! Without its feature, telemetry is not compiled in.

use std::process::Command;

/// The packages that `grantkit` with these features depends on, down to this depth.
fn dependencies(features: &str, depth: &str) -> Vec<String> {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            "grantkit",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--depth", depth, "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let listed = String::from_utf8(cargo.stdout).unwrap();
    let names: Vec<_> = listed.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    assert!(names.iter().any(|name| name == "reqwest"), "dependencies are listed: {listed}");
    names
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one == name)
}

/// `tracing` as such is there in any case: HTTP/2 (`h2`) writes to it.
#[test]
fn neither_crate_is_depended_on_unless_asked_for() {
    let usual = dependencies("", "1");
    assert!(!has(&usual, "tracing") && !has(&usual, "metrics"));
    assert!(!has(&dependencies("oidc", "99"), "metrics"));
}

#[test]
fn each_feature_brings_its_crate_and_not_the_other() {
    let (traced, metered) = (dependencies("tracing", "1"), dependencies("metrics", "1"));
    assert!(has(&traced, "tracing") && !has(&traced, "metrics"));
    assert!(has(&metered, "metrics") && !has(&metered, "tracing"));
}
