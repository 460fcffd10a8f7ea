//! A spinner with the time that remains, where a person waits before a terminal.

use std::pin::pin;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;
use crate::screen::Screen;
use crate::time::clock;

/// How often the spinner turns.
const TURN: Duration = Duration::from_millis(120);

/// Waits for `work` while a spinner says what for, and how much of the time is left.
pub(crate) async fn wait_for<T>(
    screen: Screen,
    what: &str,
    limit: Duration,
    work: impl Future<Output = Result<T, grantkit::Error>>,
) -> Result<T, Failure> {
    let end = Instant::now() + limit;
    let bar = ProgressBar::new_spinner();
    if screen.is_animated() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            bar.set_style(style);
        }
    } else {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let mut work = pin!(work);
    // The first turn comes later: what the work has to say at its beginning stands before the spinner.
    let mut turns = tokio::time::interval_at(tokio::time::Instant::now() + TURN, TURN);
    let outcome = loop {
        tokio::select! {
            biased;
            outcome = &mut work => break outcome.map_err(Failure::from),
            _ = turns.tick() => {
                // The time first: what does not fit into the line is left out.
                bar.set_message(format!("{} left, {what}", clock(end.saturating_duration_since(Instant::now()))));
                bar.tick();
            }
        }
    };
    bar.finish_and_clear();
    outcome
}
