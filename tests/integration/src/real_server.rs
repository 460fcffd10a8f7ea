//! Real authorization servers, each run by the test that asks for it; see `tests/servers/README.md`.

#![allow(dead_code, reason = "no test program uses all of it")]

mod browser;
mod process;
mod stats;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantkit::grant::Login;
use grantkit::{AuthorizationCode, Client, Credentials, Result};
use grantkit_testkit::ManualClock;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::support::eventually;
pub use crate::support::{copy, in_another_process};
pub use browser::Browser;
use process::Process;
pub use stats::Stats;

/// The redirect URI of every client that has a secret.
pub const CALLBACK: &str = "https://app.example/callback";

/// A server that runs for as long as this value is there.
pub struct RealServer {
    issuer: String,
    secret: &'static str,
    http: reqwest::Client,
    _process: Process,
}

/// A server that is about to be started.
pub struct Launch {
    command: Command,
    secret: &'static str,
}

impl RealServer {
    /// npm's `oidc-provider`, with every feature on.
    pub fn oidc_provider() -> Launch {
        let folder = servers().join("oidc-provider");
        require(&folder.join("node_modules/oidc-provider"));
        let mut command = Command::new("node");
        command.arg(folder.join("server.mjs"));
        Launch { command, secret: r#"s3cret of: 100% + a&b=c "d" \ / ~ and then some, so that it is sixty-four bytes"# }
    }

    /// `PyPI`'s `Authlib`: the core of the protocol.
    pub fn authlib() -> Launch {
        let python = servers().join("../../target/test-servers/authlib/bin/python");
        require(&python);
        let mut command = Command::new(python);
        command.arg("-B").arg(servers().join("authlib/server.py"));
        Launch { command, secret: "s3cret:100%+a&b=c/é" }
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// An address under the issuer.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }

    /// The secret of every client that has one.
    pub fn secret(&self) -> &'static str {
        self.secret
    }

    /// A client that sends the secret in a header, with all that the metadata says.
    pub async fn confidential(&self, client_id: &str) -> Client {
        Client::builder().client_id(client_id).client_secret_basic(self.secret).discover(&self.issuer).await.unwrap()
    }

    /// The client `public`.
    pub async fn public(&self) -> Client {
        Client::builder().client_id("public").public().discover(&self.issuer).await.unwrap()
    }

    /// What the server was asked so far, by its own count.
    pub async fn stats(&self) -> Stats {
        Stats::new(self.ask("stats", &[]).await)
    }

    /// The person enters the code on their other device and agrees.
    pub async fn person_agrees(&self, user_code: &str) {
        self.ask("device", &[("user_code", user_code)]).await;
    }

    /// The person enters the code on their other device and says no.
    pub async fn person_refuses(&self, user_code: &str) {
        self.ask("device", &[("user_code", user_code), ("deny", "1")]).await;
    }

    /// A test's request beside the protocol.
    pub async fn ask(&self, name: &str, parameters: &[(&str, &str)]) -> Value {
        let origin = reqwest::Url::parse(&self.issuer).unwrap();
        let mut url = origin.join(&format!("/_test/{name}")).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        let answer = self.http.get(url).send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{name}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}

impl Launch {
    /// Sets a variable of the server's environment.
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Waits until the server says where it listens.
    pub fn start(self) -> RealServer {
        let (process, issuer) = Process::start(self.command);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        RealServer { issuer, secret: self.secret, http, _process: process }
    }
}

/// A person's whole login, with a browser.
pub async fn log_in(login: &AuthorizationCode) -> Result<Login> {
    let (url, pending) = login.start()?;
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(pending, callback).await
}

fn servers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers")
}

/// A test that cannot run fails: one that is left out proves nothing, and would go unnoticed.
pub fn require(path: &Path) {
    assert!(
        path.exists(),
        "{} is not there: run `tests/run` (or `tests/servers/install`), which installs it",
        path.display()
    );
}

/// Lets tasks use these credentials at the same time, each until it has seen this many access tokens; gives all that were seen. By the
/// clock of the credentials, a token becomes due for renewal when all have seen it: those of the servers live for an hour.
pub async fn use_through_lives(
    credentials: &[Credentials],
    clock: &ManualClock,
    tasks: usize,
    lives: usize,
) -> BTreeSet<String> {
    let seen: Vec<_> = (0..tasks).map(|_| Arc::new(Mutex::new(BTreeSet::new()))).collect();
    let mut users = JoinSet::new();
    for (task, seen) in seen.iter().enumerate() {
        let (credentials, seen) = (credentials[task % credentials.len()].clone(), Arc::clone(seen));
        users.spawn(async move {
            while seen.lock().unwrap().len() < lives {
                let token = credentials.token().await.unwrap();
                seen.lock().unwrap().insert(token.access_token().secret().to_owned());
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
    }
    for life in 1..lives {
        eventually("all have seen the newest token", async || {
            seen.iter().all(|seen| seen.lock().unwrap().len() == life).then_some(())
        })
        .await;
        clock.advance(Duration::from_mins(57));
    }
    while let Some(ended) = users.join_next().await {
        ended.unwrap();
    }
    seen.iter().flat_map(|seen| seen.lock().unwrap().clone()).collect()
}
