//! `grantkit`: logs in to any OAuth 2.x or OpenID Connect server, gives out tokens, and calls APIs with them.

mod arguments;
mod commands;
mod dpop_key;
mod exit_code;
mod failure;
mod helper;
mod identity;
mod metadata;
mod next;
mod profile;
mod profile_file;
mod redirect_uri;
mod renewal;
mod revoked;
mod screen;
mod service;
mod time;
mod trace;
mod vault;
mod wait;

use std::process::ExitCode;

use grantkit_providers as _;

use crate::failure::Failure;
use crate::screen::Screen;

fn main() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let screen = Screen::new(arguments.wants_json());
    let screen = if arguments.trace { trace::start(screen) } else { screen };
    let outcome = runtime().and_then(|runtime| runtime.block_on(commands::run(arguments, &screen)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            let next = failure.exit_code().usual_next();
            let failure = failure.or_next(next);
            screen.failure(&failure);
            failure.exit_code().into()
        }
    }
}

/// One thread: a command line waits for servers, and a second copy is another process.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::general("the program cannot start its runtime").caused_by(&error))
}
