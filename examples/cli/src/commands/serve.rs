mod lie;

use std::time::Duration;

use clap::Args;
use grantkit::provider::ConfigKind;
use grantkit_testkit::{AuthorizationServer, ProtectedApi, RecordedRequest, User, provider};
use serde_json::{Map, Value, json};

use self::lie::{Claim, Lie};
use crate::arguments::Output;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::service::plugin;

/// Run an authorization server and an API on this machine, for tests
///
/// Whoever comes is logged in. With --provider it plays a service of the catalogue: its paths, its requests, its quirks. Each request
/// is shown. It is for tests alone: it keeps nothing secret.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// Play this service of `grantkit providers`
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// How many seconds access tokens live
    #[arg(long, value_name = "SECONDS")]
    lifetime: Option<u64>,
    /// How many seconds devices wait between two polls
    #[arg(long, value_name = "SECONDS")]
    poll_interval: Option<u64>,
    /// Who logs in, by the subject
    #[arg(long, value_name = "SUBJECT", default_value = "alice")]
    user: String,
    /// Go wrong: `/token=503`, `/token=503x2` for two requests, `drop`, `lose`, `delay:2`, `html`, `json:expires_in=-1`
    #[arg(long = "lie", value_name = "PATH=LIE")]
    lies: Vec<Lie>,
    /// Lie in ID tokens, as `aud=somebody-else`; `nonce=` leaves one out
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
        let user = User::new(&self.user)
            .claim("name", "Alice Example")
            .claim("email", format!("{}@example.com", self.user))
            .claim("email_verified", true);
        let mut server = AuthorizationServer::builder()
            .public_client(CLIENT, ["http://127.0.0.1/callback"])
            .confidential_client(SERVICE, SECRET)
            .user(user);
        if let Some(seconds) = self.lifetime {
            server = server.access_token_lifetime(Duration::from_secs(seconds));
        }
        if let Some(seconds) = self.poll_interval {
            server = server.poll_interval(Duration::from_secs(seconds));
        }
        let server = server.start().await?;
        let api = ProtectedApi::start(&server).await?;
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
        if let Some(seconds) = self.lifetime {
            service = service.access_token_lifetime(Duration::from_secs(seconds));
        }
        if let Some(seconds) = self.poll_interval {
            service = service.poll_interval(Duration::from_secs(seconds));
        }
        let service = service.start().await.map_err(|error| {
            Failure::usage(format!("{name:?} cannot be played")).caused_by(&error).or_next("grantkit providers")
        })?;
        let settings = service.settings();
        let keys = plugin(name).map(grantkit::provider::ProviderPlugin::keys).unwrap_or_default();
        let (mut shown, mut words, mut secrets) = (Map::new(), Vec::new(), Vec::new());
        for key in keys.iter().filter(|key| settings.contains(key.name)) {
            let value = settings.text(key.name).unwrap_or_default();
            shown.insert(key.name.to_owned(), Value::from(value));
            match key.kind {
                ConfigKind::Secret => {
                    secrets.push(format!("\n      printf %s '{value}' | grantkit profiles secret test {}", key.name));
                }
                _ => words.push(format!(" {}={value}", key.name)),
            }
        }
        let next = format!("grantkit profiles add test --provider {name}{}{}", words.concat(), secrets.concat());
        let ready = json!({ "event": "ready", "provider": name, "issuer": service.issuer(), "settings": shown });
        announce(&ready, &[("service", name.to_owned()), ("address", service.url(""))], &next, screen)?;
        self.watch(&service, None, screen).await
    }

    /// Lies as it was told to, and shows what is asked, until Ctrl-C.
    async fn watch(
        &self,
        server: &AuthorizationServer,
        api: Option<&ProtectedApi>,
        screen: Screen,
    ) -> Result<(), Failure> {
        self.lies.iter().for_each(|lie| lie.tell(server.faults(), api.map(ProtectedApi::faults)));
        self.claims.iter().for_each(|claim| claim.tell(server));
        (0..self.deny).for_each(|_| server.deny_next_login("access_denied"));
        let (mut of_server, mut of_api) = (0, 0);
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => return Ok(()),
                _ = looks.tick() => {}
            }
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
