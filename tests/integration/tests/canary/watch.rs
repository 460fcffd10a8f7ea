use std::fmt::{Debug, Display, Write as _};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, Once, OnceLock};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use grantkit::{Error, OAuthToken};
use grantkit_testkit::AuthorizationServer;
use metrics_util::debugging::{DebuggingRecorder, Snapshotter};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Sees everything that a program could show, and knows what must not be among it.
pub(crate) struct Watch {
    shown: String,
    secrets: Vec<String>,
}

impl Watch {
    /// From now on all logs and spans of all crates are kept, at every level, all metrics, and all panics.
    pub(crate) fn start() -> Self {
        static START: Once = Once::new();
        START.call_once(|| {
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_span_events(FmtSpan::FULL)
                .with_ansi(false)
                .with_writer(Log)
                .try_init()
                .unwrap();
            let recorder = DebuggingRecorder::new();
            METRICS.set(recorder.snapshotter()).ok().unwrap();
            recorder.install().unwrap();
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                let _ = writeln!(Log, "{panic}");
                usual(panic);
            }));
        });
        Self { shown: String::new(), secrets: Vec::new() }
    }

    /// Shows a value in every way that it has.
    pub(crate) fn show(&mut self, value: &dyn Debug) {
        writeln!(self.shown, "{value:?}\n{value:#?}").unwrap();
    }

    pub(crate) fn say(&mut self, value: &dyn Display) {
        writeln!(self.shown, "{value}").unwrap();
    }

    /// Shows an error with all that led to it.
    pub(crate) fn error(&mut self, error: &Error) {
        self.shown.push_str(&crate::support::all_said(error));
        self.say(&format!("{:?}{:?}{:?}", error.oauth_code(), error.error_description(), error.error_uri()));
    }

    /// Must never be seen.
    pub(crate) fn secret(&mut self, secret: impl Into<String>) {
        self.secrets.push(secret.into());
    }

    /// The token is shown; what is secret of it must not be.
    pub(crate) fn token(&mut self, token: &OAuthToken) {
        self.show(token);
        self.show(token.access_token());
        self.show(&token.refresh_token());
        self.show(&token.authorization_header());
        self.show(&token.to_stored());
        self.secret(token.access_token().secret());
        self.secrets.extend(token.refresh_token().map(|token| token.secret().to_owned()));
        self.secrets.extend(token.id_token().map(str::to_owned));
    }

    /// What went over the wire and is secret.
    pub(crate) fn secrets_sent_to(&mut self, server: &AuthorizationServer) {
        const SECRET: [&str; 8] = [
            "client_secret",
            "client_assertion",
            "code",
            "code_verifier",
            "device_code",
            "password",
            "refresh_token",
            "token",
        ];
        for request in server.requests() {
            self.secrets.extend(SECRET.iter().filter_map(|name| request.form_value(name)));
            if let Some((_, credentials)) = request.header("authorization").and_then(|header| header.split_once(' ')) {
                self.secret(credentials);
            }
        }
    }

    /// Looks at everything.
    pub(crate) fn finish(self) {
        if let Some(sighting) = self.sighting() {
            panic!("{sighting}");
        }
    }

    fn sighting(&self) -> Option<String> {
        let (logs, metrics) = (log(), measured());
        assert!(self.secrets.len() > 1 && self.secrets.iter().all(|secret| secret.len() >= 8), "{:?}", self.secrets);
        assert!(logs.contains("hyper_util") && logs.contains("reqwest"), "logs of the dependencies are seen");
        assert!(logs.contains("grantkit.request"), "spans are seen");
        assert!(metrics.contains("grantkit.client.request.duration"), "metrics are seen");
        // A word that is in every canary, in case one was forgotten.
        let forms: Vec<_> = self.secrets.iter().flat_map(|secret| forms(secret)).chain(["CANARY".to_owned()]).collect();
        [("what was shown", &self.shown), ("the logs", &logs), ("the metrics", &metrics)].into_iter().find_map(
            |(what, text)| {
                let (form, at) = forms.iter().find_map(|form| Some((form, text.find(form)?)))?;
                let line = text[..at].matches('\n').count();
                Some(format!("{form:?} is in {what}:\n{}", text.lines().nth(line).unwrap()))
            },
        )
    }
}

/// A text in every encoding that a server, a proxy or a page may make of it.
pub(crate) fn encodings(text: &str) -> Vec<String> {
    let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let each = |write: fn(u8) -> String| text.bytes().map(write).collect::<String>();
    let character = |write: fn(u32) -> String| text.chars().map(|char| write(u32::from(char))).collect::<String>();
    let json = json!(text).to_string();
    vec![
        text.to_owned(),
        form.replace('+', "%20"),
        form,
        each(|byte| format!("%{byte:02X}")),
        each(|byte| format!("%{byte:02x}")),
        each(|byte| format!("{byte:02x}")),
        each(|byte| format!("{byte:02X}")),
        character(|char| format!("\\u{char:04x}")),
        character(|char| format!("\\u{char:04X}")),
        character(|char| format!("&#{char};")),
        character(|char| format!("&#x{char:x};")),
        json[1..json.len() - 1].replace('/', "\\/"),
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
        BASE64_STANDARD_NO_PAD.encode(text),
        BASE64_URL_SAFE_NO_PAD.encode(text),
        BASE64_STANDARD_NO_PAD.encode(format!("billing:{text}")),
    ]
}

/// A secret in every encoding, and within what is encoded.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = encodings(secret);
    // Wherever it stands within what is encoded; the characters at its edges depend on its neighbours.
    for shift in 0..3 {
        let shifted = [&b"   "[..shift], secret.as_bytes()].concat();
        for encoded in [BASE64_STANDARD_NO_PAD.encode(&shifted), BASE64_URL_SAFE_NO_PAD.encode(&shifted)] {
            forms.push(encoded[4..encoded.len() - 2].to_owned());
        }
    }
    forms
}

#[derive(Clone, Copy)]
struct Log;

fn buffer() -> &'static Arc<Mutex<Vec<u8>>> {
    static BUFFER: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    BUFFER.get_or_init(Arc::default)
}

pub(crate) fn log() -> String {
    String::from_utf8_lossy(&buffer().lock().unwrap()).into_owned()
}

static METRICS: OnceLock<Snapshotter> = OnceLock::new();

/// All metrics with all their labels; what histograms were told is numbers.
fn measured() -> String {
    format!("{:#?}", METRICS.get().unwrap().snapshot().into_vec())
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        buffer().lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

/// What a watch says of what was shown. It does not panic: the logs of all tests are one, and panics are in them.
fn bark(show: impl FnOnce(&mut Watch)) -> String {
    let mut watch = Watch::start();
    tracing::info!("hyper_util reqwest grantkit.request");
    metrics::histogram!("grantkit.client.request.duration").record(1.0);
    watch.secret("s3cret-of-a-dog");
    watch.secret("another one");
    show(&mut watch);
    watch.sighting().unwrap_or_default()
}

#[test]
fn a_watch_that_sees_nothing_is_silent() {
    assert_eq!(bark(|watch| watch.say(&"all is well")), "");
}

#[test]
fn a_watch_barks_at_a_secret() {
    assert!(bark(|watch| watch.say(&"here: s3cret-of-a-dog.")).contains("is in what was shown"));
}

#[test]
fn a_watch_barks_at_a_secret_within_base64() {
    let encoded = BASE64_STANDARD_NO_PAD.encode("billing:s3cret-of-a-dog");
    assert!(bark(|watch| watch.say(&encoded)).contains("is in what was shown"));
}

#[test]
fn a_watch_barks_at_a_secret_in_every_encoding() {
    for encoded in encodings("s3cret-of-a-dog") {
        assert!(bark(|watch| watch.say(&encoded)).contains("is in what was shown"), "{encoded}");
    }
}

#[test]
fn a_watch_barks_at_a_canary_that_was_not_announced() {
    assert!(bark(|watch| watch.show(&"CANARY")).contains("is in what was shown"));
}

#[test]
fn a_watch_barks_at_a_secret_in_a_label() {
    let label = "a-secret-label-that-is-only-here";
    metrics::counter!("grantkit.dog", "label" => label).increment(1);
    let told = bark(|watch| {
        metrics::counter!("grantkit.dog", "label" => label).increment(1);
        watch.secret(label);
    });
    assert!(told.contains("is in the metrics"), "{told}");
}
