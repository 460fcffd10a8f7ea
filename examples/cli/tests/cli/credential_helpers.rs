use std::os::unix::fs::symlink;
use std::process::Command;

use crate::support::{Home, Ran, Server};

fn host(server: &Server) -> String {
    server.api.trim_start_matches("http://").trim_end_matches("/v1").to_owned()
}

/// The real git asks for a password, and tells that it was refused.
#[test]
fn git_gets_the_token_and_a_new_one_after_a_refusal() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let git = |operation: &str, input: &str| {
        let mut command = Command::new("git");
        home.environment(&mut command);
        let helper = format!("credential.helper=!{} token test --as git", env!("CARGO_BIN_EXE_grantkit"));
        command.args(["-c", "credential.helper=", "-c", &helper, "credential", operation]);
        Ran::of(command, input)
    };
    let asked = format!("protocol=http\nhost={}\n\n", host(&server));
    let filled = git("fill", &asked).ok();
    let password = |filled: &str| filled.lines().find_map(|line| line.strip_prefix("password=")).unwrap().to_owned();
    let token = home.run(&["token"]).ok();
    assert_eq!(password(&filled), token.trim());
    assert!(filled.contains("username=oauth2\n") && filled.contains("password_expiry_utc="), "{filled}");

    git("approve", &filled).ok();
    git("reject", &filled).ok();
    let renewed = password(&git("fill", &asked).ok());
    assert_ne!(renewed, token.trim());
    // Another password that was refused is none of ours.
    git("reject", &format!("protocol=http\nhost={}\nusername=x\npassword=other\n\n", host(&server))).ok();
    assert_eq!(password(&git("fill", &asked).ok()), renewed);

    // A host that no profile lists, and a host that would see the token in the clear.
    for elsewhere in ["protocol=https\nhost=git.acme.dev\n\n", "protocol=http\nhost=git.acme.dev\n\n"] {
        assert_ne!(git("fill", elsewhere).code, 0);
    }
    home.run(&["profiles", "set", "test", "hosts=git.acme.dev", "username=x-access-token"]).ok();
    assert!(git("fill", "protocol=https\nhost=git.acme.dev\n\n").ok().contains("username=x-access-token\n"));
    assert_ne!(git("fill", "protocol=http\nhost=git.acme.dev\n\n").code, 0);
}

/// A host that is listed stays one.
#[test]
fn the_next_command_adds_a_host_to_those_that_are_listed() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    home.run(&["profiles", "set", "test", "hosts=git.acme.dev"]).ok();
    let unknown = home.run_with_input(&["token", "test", "--as", "docker", "get"], "registry.acme.dev");
    unknown.failed(1, &["no profile lists the host \"registry.acme.dev\""]);
    let (_, next) = unknown.err.split_once("next: grantkit ").unwrap();
    home.run(&next.split_whitespace().collect::<Vec<_>>()).ok();
    for host in ["git.acme.dev", "registry.acme.dev"] {
        let asked = format!("protocol=https\nhost={host}\n\n");
        assert!(
            home.run_with_input(&["token", "test", "--as", "git", "get"], &asked).ok().contains("password="),
            "{host}"
        );
    }
}

/// As docker calls it: by a link of this name, with the server on standard input.
#[test]
fn docker_finds_the_program_by_its_name() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    home.run(&["profiles", "set", "test", "hosts=registry.acme.dev"]).ok();
    let link = home.path().join("docker-credential-grantkit-test");
    symlink(env!("CARGO_BIN_EXE_grantkit"), &link).unwrap();
    let docker = |operation: &str, input: &str| {
        let mut command = Command::new(&link);
        home.environment(&mut command);
        command.arg(operation);
        Ran::of(command, input)
    };
    for name in ["registry.acme.dev", "https://registry.acme.dev/v2/"] {
        let got = docker("get", name).json();
        assert_eq!((got["ServerURL"].as_str(), got["Username"].as_str()), (Some(name), Some("oauth2")));
        assert_eq!(got["Secret"].as_str(), Some(home.run(&["token"]).ok().trim()));
    }
    assert_eq!(docker("list", "").json(), serde_json::json!({ "registry.acme.dev": "oauth2" }));
    let unknown = docker("get", "registry.evil.example");
    unknown.failed(1, &["registry.evil.example"]);
    assert_eq!(unknown.out, "credentials not found in native keychain\n");
    docker("get", "http://registry.acme.dev").failed(6, &["plain http"]);
    docker("store", r#"{"ServerURL":"registry.acme.dev","Username":"x","Secret":"y"}"#)
        .failed(2, &["grantkit login test"]);
}

/// The `ExecCredential` of the version that kubectl asks for.
#[test]
fn kubectl_gets_an_exec_credential() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let kubectl = |version: Option<&str>, arguments: &[&str]| {
        let mut command = home.command(&[&["token", "test", "--as", "kubectl"], arguments].concat());
        if let Some(version) = version {
            let info = serde_json::json!({ "apiVersion": version, "kind": "ExecCredential", "spec": { "interactive": false } });
            command.env("KUBERNETES_EXEC_INFO", info.to_string());
        }
        Ran::of(command, "")
    };
    for version in ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"] {
        let credential = kubectl(Some(version), &[]).json();
        assert_eq!((&credential["apiVersion"], &credential["kind"]), (&version.into(), &"ExecCredential".into()));
        assert_eq!(credential["status"]["token"].as_str(), Some(home.run(&["token"]).ok().trim()));
        let end = credential["status"]["expirationTimestamp"].as_str().unwrap();
        assert!(end.len() == 20 && end.ends_with('Z') && end.contains('T'), "RFC 3339 to the second: {end}");
        assert_eq!(credential["status"].as_object().unwrap().len(), 2);
    }
    let of_identity = kubectl(None, &["--id-token"]).json();
    assert_eq!(of_identity["apiVersion"], "client.authentication.k8s.io/v1");
    assert_eq!(of_identity["status"]["token"].as_str().unwrap().matches('.').count(), 2);
    kubectl(Some("client.authentication.k8s.io/v1alpha1"), &[]).failed(4, &["v1alpha1", "kubeconfig"]);
}

/// The real npm, with the lines that are printed as its `.npmrc`, at an API that knows the token and no package.
#[test]
fn npm_is_authorised_by_the_lines_that_are_printed() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let lines = home.run(&["token", "--as", "npm"]).ok();
    assert_eq!(lines, format!("//{}/:_authToken={}", host(&server), home.run(&["token"]).ok()));
    let npm = |npmrc: &str| {
        let file = home.path().join("npmrc");
        std::fs::write(&file, npmrc).unwrap();
        let mut command = Command::new("npm");
        home.environment(&mut command);
        command.env("NPM_TOKEN", home.run(&["token"]).ok().trim());
        command.args(["ping", "--no-update-notifier", "--fetch-retries=0", "--registry", &server.api, "--userconfig"]);
        command.arg(file).arg("--cache").arg(home.path().join("npm"));
        Ran::of(command, "")
    };
    let in_variable = format!("//{}/:_authToken=${{NPM_TOKEN}}", host(&server));
    for (npmrc, said) in [("", "E401"), (&lines, "E404"), (&in_variable, "E404")] {
        let ran = npm(npmrc);
        assert!(ran.code == 1 && ran.err.contains(said), "{ran:?}");
    }

    home.run(&["profiles", "add", "bare", "--issuer", &server.issuer, "--client-id", "cli"]).ok();
    home.log_in_with_device("bare");
    home.run(&["token", "bare", "--as", "npm"]).failed(4, &["next: grantkit profiles set bare hosts="]);
}
