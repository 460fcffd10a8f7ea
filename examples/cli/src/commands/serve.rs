mod fault;

use std::io::{self, ErrorKind};
use std::time::Duration;

use clap::Args;
use grantkit::provider::{ConfigKey, ConfigKind, ProviderSettings};
use grantkit_testkit::{AuthorizationServer, ProtectedApi, RecordedRequest, User, provider};
use serde_json::{Map, Value, json};

use self::fault::{Claim, PathFault};
use crate::arguments::Output;
use crate::failure::Failure;
use crate::next::plain;
use crate::screen::Screen;
use crate::service::plugin;

/// Run an authorization server and an API on this machine, for tests
///
/// Every visitor is logged in. With --provider it plays a service of the catalogue: its paths, its requests, its quirks. Each request
/// is shown. It is for tests alone: it keeps nothing secret.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Play this service of `grantkit providers`
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// The port, in place of one that is free; the API has the next one
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..=65534))]
    port: Option<u16>,
    /// How many seconds access tokens live
    #[arg(long, value_name = "SECONDS")]
    lifetime: Option<u64>,
    /// How many seconds devices wait between two polls
    #[arg(long, value_name = "SECONDS")]
    poll_interval: Option<u64>,
    /// Who logs in, by the subject; `alice` unless given, or the first user of the service
    #[arg(long, value_name = "SUBJECT")]
    user: Option<String>,
    /// A redirect URI of the client, beside `http://127.0.0.1/callback`; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI", conflicts_with = "provider")]
    redirect_uris: Vec<String>,
    /// Go wrong: `/token=503`, `/token=503x2` for two requests, `drop`, `lose`, `delay:2`, `html`, `json:expires_in=-1`,
    /// `/v1/whoami=401:Bearer error="invalid_token"` with a challenge
    #[arg(long = "fault", value_name = "PATH=FAULT")]
    faults: Vec<PathFault>,
    /// Write something else into ID tokens, as `aud=another-client`; `nonce=` leaves one out
    #[arg(long = "claim", value_name = "CLAIM=VALUE")]
    claims: Vec<Claim>,
    /// Refuse this many logins
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    deny: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

const CLIENT: &str = "cli";
const SERVICE: &str = "service";
const SECRET: &str = "s3cret";

/// How often new requests are looked for.
const LOOK: Duration = Duration::from_millis(50);
/// How many requests are kept; the server itself keeps 10,000.
const KEPT: usize = 5000;

impl Serve {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        match &self.provider {
            Some(name) => self.play(name, screen).await,
            None => self.standard(screen).await,
        }
    }

    async fn standard(&self, screen: Screen) -> Result<(), Failure> {
        let redirect_uris =
            ["http://127.0.0.1/callback"].into_iter().chain(self.redirect_uris.iter().map(String::as_str));
        let mut server = AuthorizationServer::builder()
            .public_client(CLIENT, redirect_uris)
            .confidential_client(SERVICE, SECRET)
            .user(user(self.user.as_deref().unwrap_or("alice")));
        if let Some(seconds) = self.lifetime {
            server = server.access_token_lifetime(Duration::from_secs(seconds));
        }
        if let Some(seconds) = self.poll_interval {
            server = server.poll_interval(Duration::from_secs(seconds));
        }
        let port = self.port.unwrap_or(0);
        let server = server.port(port).start().await.map_err(|error| not_served(port, &error))?;
        let api_port = self.port.map_or(0, |port| port + 1);
        let api = ProtectedApi::start_on(&server, api_port).await.map_err(|error| not_served(api_port, &error))?;
        let base = api.url("v1");
        let ready = json!({
            "event": "ready",
            "issuer": server.issuer(),
            "api": base,
            "client_id": CLIENT,
            "confidential_client": { "client_id": SERVICE, "client_secret": SECRET },
        });
        let next = format!("grantkit profiles add test --issuer {} --client-id {CLIENT} --api {base}", server.issuer());
        announce(
            &ready,
            &[
                ("authorization server", server.issuer()),
                ("API", format!("{base} (invoices/42, whoami, echo)")),
                ("public client", CLIENT.to_owned()),
                ("confidential client", format!("{SERVICE}, with the secret {SECRET}")),
            ],
            &next,
            screen,
        )?;
        self.watch(&server, Some(&api), screen).await
    }

    async fn play(&self, name: &str, screen: Screen) -> Result<(), Failure> {
        let mut service = provider(name);
        if let Some(subject) = &self.user {
            service = service.user(user(subject));
        }
        if let Some(seconds) = self.lifetime {
            service = service.access_token_lifetime(Duration::from_secs(seconds));
        }
        if let Some(seconds) = self.poll_interval {
            service = service.poll_interval(Duration::from_secs(seconds));
        }
        let port = self.port.unwrap_or(0);
        let service = service.port(port).start().await.map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::InvalidInput => {
                Failure::usage(format!("{name:?} cannot be played")).caused_by(&error).or_next("grantkit providers")
            }
            _ => not_served(port, &error),
        })?;
        let settings = service.settings();
        let keys = plugin(name).map(grantkit::provider::ProviderPlugin::keys).unwrap_or_default();
        let (mut shown, mut words, mut secrets) = (Map::new(), Vec::new(), Vec::new());
        for key in keys.iter().filter(|key| settings.contains(key.name)) {
            let value = written(&settings, key);
            shown.insert(key.name.to_owned(), Value::from(value.as_str()));
            match key.kind {
                ConfigKind::Secret => {
                    secrets.push(format!(
                        "\n      printf %s {} | grantkit profiles secret test {}",
                        quoted(&value),
                        key.name
                    ));
                }
                _ => words.push(format!(" {}={}", key.name, quoted(&value))),
            }
        }
        let next = format!("grantkit profiles add test --provider {name}{}{}", words.concat(), secrets.concat());
        let ready = json!({ "event": "ready", "provider": name, "issuer": service.issuer(), "settings": shown });
        announce(&ready, &[("service", name.to_owned()), ("address", service.url(""))], &next, screen)?;
        self.watch(&service, None, screen).await
    }

    /// Sets the faults, and shows what is asked, until Ctrl-C.
    async fn watch(
        &self,
        server: &AuthorizationServer,
        api: Option<&ProtectedApi>,
        screen: Screen,
    ) -> Result<(), Failure> {
        self.faults.iter().for_each(|fault| fault.apply(server.faults(), api.map(ProtectedApi::faults)));
        self.claims.iter().for_each(|claim| claim.apply(server));
        (0..self.deny).for_each(|_| server.deny_next_login("access_denied"));
        let (mut of_server, mut of_api) = (0, 0);
        let mut looks = tokio::time::interval(LOOK);
        loop {
            looks.tick().await;
            of_server = show(&server.requests(), of_server, "server", screen)?;
            if of_server > KEPT {
                server.clear_requests();
                of_server = 0;
            }
            let Some(api) = api else { continue };
            of_api = show(&api.requests(), of_api, "API", screen)?;
            if of_api > KEPT {
                api.clear_requests();
                of_api = 0;
            }
        }
    }
}

/// A setting as `profiles add` takes it.
fn written(settings: &ProviderSettings, key: &ConfigKey) -> String {
    let name = key.name;
    match key.kind {
        ConfigKind::Flag => settings.flag(name).map(|flag| flag.to_string()),
        ConfigKind::Number => settings.decimal(name).map(|number| number.to_string()),
        ConfigKind::List => Some(settings.list(name).join(",")),
        ConfigKind::Json => Some(json!(settings.map(name)).to_string()),
        _ => settings.text(name).map(str::to_owned),
    }
    .unwrap_or_default()
}

/// As a shell takes it.
fn quoted(value: &str) -> String {
    plain(value).map_or_else(|| format!("'{}'", value.replace('\'', "'\\''")), str::to_owned)
}

/// A person of this subject.
fn user(subject: &str) -> User {
    User::new(subject)
        .claim("name", if subject == "alice" { "Alice Example" } else { subject })
        .claim("email", format!("{subject}@example.com"))
        .claim("email_verified", true)
}

/// Where the port is given, another program may have it.
fn not_served(port: u16, error: &io::Error) -> Failure {
    let failure = match port {
        0 => Failure::general("no port of this machine can be served"),
        port => Failure::configuration(format!("port {port} of this machine cannot be served")),
    };
    failure.caused_by(error).or_next("grantkit serve, without a port or with another")
}

/// Says where the server is, and what to type next.
fn announce(ready: &Value, fields: &[(&str, String)], next: &str, screen: Screen) -> Result<(), Failure> {
    if screen.is_json() {
        return screen.line(&ready.to_string());
    }
    screen.fields(fields)?;
    screen.line(&format!("\nnext: {next}\n\nCtrl-C ends it. Requests:"))
}

/// Shows what has come since; how many there are now.
fn show(requests: &[RecordedRequest], seen: usize, at: &str, screen: Screen) -> Result<usize, Failure> {
    for request in requests.iter().skip(seen) {
        let grant = request.form_value("grant_type");
        if screen.is_json() {
            let event = json!({ "event": "request", "at": at, "method": request.method.as_str(), "path": request.path, "grant_type": grant });
            screen.line(&event.to_string())?;
        } else {
            let grant = grant.map(|grant| format!(" {grant}")).unwrap_or_default();
            screen.line(&format!("{at:6} {:6} {}{grant}", request.method.as_str(), request.path))?;
        }
    }
    Ok(requests.len())
}
