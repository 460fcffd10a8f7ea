//! Observability: spans and events as they happen, and counters and histograms at the end.
//!
//! `cargo run -p grantkit-examples --example observability`; the names are explained in `docs/observability.md`.

use std::io;

use grantkit::prelude::*;
use grantkit_examples::elsewhere;
use grantkit_testkit::Fault;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use serde_json::Value;
use tracing::{Instrument, info_span};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Any subscriber and any recorder will do: `tracing-opentelemetry`, `metrics-exporter-prometheus`, …
    show_spans();
    let recorder = DebuggingRecorder::new();
    let measured = recorder.snapshotter();
    // Before the first token: its age goes to the recorder that is there when the token comes.
    metrics::set_global_recorder(recorder)?;
    grantkit::telemetry::describe_metrics();

    a_busy_morning().await?;
    print_metrics(&measured);
    Ok(())
}

/// Ten callers without a token, a busy token endpoint, a revoked token, and an endpoint that is out of order.
async fn a_busy_morning() -> anyhow::Result<()> {
    let (server, protected) = elsewhere().await?;
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .token_endpoint(&server.token_endpoint())?
        .build();
    let credentials = client.client_credentials().scope("read:invoices").credentials("billing");
    let api = ApiClient::new(&protected.url("/v1"), credentials.clone())?;

    server.faults().next("/token", 1, Fault::status(503).header("retry-after", "0"));
    let callers = (0..10).map(|number| {
        let api = api.clone();
        // What a web framework's middleware does.
        let span = info_span!("request", number);
        tokio::spawn(async move { api.get("whoami").fetch::<Value>().await }.instrument(span))
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }

    server.revoke_all_access_tokens();
    let _: Value = api.get("whoami").fetch().await?;

    credentials.clear().await?;
    server.faults().always("/token", Fault::status(500));
    for _ in 0..3 {
        let outcome = api.get("whoami").fetch::<Value>().await;
        anyhow::ensure!(outcome.is_err_and(|error| error.is_retryable()), "no token, and later perhaps");
    }
    Ok(())
}

/// Prints each span of grantkit when it ends, with how long it took, and each event.
fn show_spans() {
    let printed = tracing_subscriber::fmt::layer().with_span_events(FmtSpan::CLOSE).with_writer(io::stdout);
    let of_grantkit =
        Targets::new().with_target("grantkit", LevelFilter::DEBUG).with_target("observability", LevelFilter::INFO);
    tracing_subscriber::registry().with(printed).with(of_grantkit).init();
}

fn print_metrics(measured: &Snapshotter) {
    println!();
    let mut lines: Vec<_> = measured
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, unit, _, value)| {
            let labels: Vec<_> = key.key().labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            let name = key.key().name().to_owned();
            match value {
                DebugValue::Counter(count) => format!("{name}{{{}}} {count}", labels.join(", ")),
                DebugValue::Histogram(values) => {
                    let unit = unit.map_or("", |unit| unit.as_canonical_label());
                    let (count, sum) = (values.len(), values.iter().map(|value| value.into_inner()).sum::<f64>());
                    format!("{name}{{{}}} {count} times, {sum:.3} {unit} in all", labels.join(", "))
                }
                DebugValue::Gauge(value) => format!("{name}{{{}}} {value}", labels.join(", ")),
            }
        })
        .collect();
    lines.sort();
    println!("{}", lines.join("\n"));
}
