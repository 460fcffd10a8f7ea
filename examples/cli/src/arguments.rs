//! The command line.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand};

use crate::commands::{
    call, completions, decode, discover, introspect, login, logout, man, profiles, providers, revoke, token, whoami,
};
use crate::exit_code::{self, Code};
use crate::failure::Failure;
use crate::screen::Screen;

/// Log in to any OAuth 2.x or OpenID Connect server, get tokens, and call APIs with them.
#[derive(Debug, Parser)]
#[command(name = "grantkit", version, arg_required_else_help = true, after_help = exit_code::HELP)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Show each request that is sent, on standard error: method, server, endpoint, status and time; no secret, path or body
    #[arg(long, global = true)]
    pub(crate) trace: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Login(login::Login),
    Token(token::Token),
    Call(call::Call),
    Whoami(whoami::Whoami),
    Introspect(introspect::Introspect),
    Revoke(revoke::Revoke),
    Logout(logout::Logout),
    Discover(discover::Discover),
    Decode(decode::Decode),
    Providers(providers::Providers),
    Profiles(profiles::Profiles),
    #[cfg(feature = "serve")]
    Serve(crate::commands::serve::Serve),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Which profile.
#[derive(Args, Clone, Debug)]
pub(crate) struct ProfileChoice {
    /// The profile; not needed where there is one alone, or a default
    #[arg(value_name = "PROFILE")]
    first: Option<String>,
    #[command(flatten)]
    option: ProfileOption,
}

/// Which profile, for commands whose first word is something else.
#[derive(Args, Clone, Debug)]
pub(crate) struct ProfileOption {
    /// The profile
    #[arg(short, long, value_name = "NAME", env = "GRANTKIT_PROFILE", hide_env_values = true)]
    profile: Option<String>,
}

impl ProfileChoice {
    pub(crate) fn name(&self) -> Option<&str> {
        self.first.as_deref().or(self.option.name())
    }

    /// The word takes the profile's place where there is no other.
    pub(crate) fn take_word(&mut self) -> Option<String> {
        self.first.take()
    }
}

impl ProfileOption {
    pub(crate) fn name(&self) -> Option<&str> {
        self.profile.as_deref().filter(|name| !name.is_empty())
    }
}

/// How results are printed.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Output {
    /// Print JSON, also of errors (on standard error)
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Arguments {
    pub(crate) fn wants_json(&self) -> bool {
        match &self.command {
            Command::Login(login) => login.output.json,
            Command::Token(token) => token.output.json,
            Command::Call(call) => call.json_errors,
            Command::Whoami(whoami) => whoami.output.json,
            Command::Introspect(introspect) => introspect.output.json,
            Command::Revoke(revoke) => revoke.output.json,
            Command::Logout(logout) => logout.output.json,
            Command::Discover(discover) => discover.output.json,
            Command::Decode(decode) => decode.output.json,
            Command::Providers(providers) => providers.output.json,
            Command::Profiles(profiles) => profiles.output.json,
            #[cfg(feature = "serve")]
            Command::Serve(serve) => serve.output.json,
            Command::Completions(_) | Command::Man(_) => false,
        }
    }
}

/// Docker finds its helpers by their names: by a link `docker-credential-grantkit` or `docker-credential-grantkit-<profile>` to this
/// program, it is `token --as docker`.
const DOCKER: &str = "docker-credential-grantkit";

/// The command line; of a wrong one the exit code, once it has been said what is wrong: in JSON, where `--json` is among its words.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    let words: Vec<OsString> = env::args_os().collect();
    try_parse(&words).map_err(|error| {
        let command = command(&words);
        // A body, of `call`.
        let option = if command == "call" { "--json-errors" } else { "--json" };
        if words.iter().any(|word| word == option) && error.exit_code() != 0 {
            Screen::new(true).failure(&usage(&error, &command));
        } else {
            // Where standard output is closed there is no reader to tell.
            let _ = error.print();
        }
        if error.exit_code() == 0 { ExitCode::SUCCESS } else { Code::Usage.into() }
    })
}

fn try_parse(words: &[OsString]) -> Result<Arguments, clap::Error> {
    let name =
        words.first().and_then(|first| Path::new(first).file_stem()).map(|name| name.to_string_lossy().into_owned());
    match name.as_deref().and_then(|name| name.strip_prefix(DOCKER)) {
        Some(profile) => Arguments::try_parse_from(as_docker(profile.trim_start_matches('-'), words)),
        None => Arguments::try_parse_from(words),
    }
}

/// What clap says, and where it is said what is right.
fn usage(error: &clap::Error, command: &str) -> Failure {
    let text = error.render().to_string();
    let message = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "a command is missing",
        _ => text.trim_start_matches("error: ").split("\n\nUsage:").next().unwrap_or_default().trim(),
    };
    Failure::usage(message).or_next(format!("grantkit help {command}").trim_end())
}

/// The first word that is a command; empty where none is.
fn command(words: &[OsString]) -> String {
    let grantkit = Arguments::command();
    let command = words.iter().skip(1).find_map(|word| grantkit.find_subcommand(word));
    command.map_or("", clap::Command::get_name).to_owned()
}

fn as_docker(profile: &str, words: &[OsString]) -> Vec<OsString> {
    let mut line: Vec<OsString> = ["grantkit", "token", "--as", "docker"].map(OsString::from).into();
    if !profile.is_empty() {
        line.extend(["--profile".into(), profile.into()]);
    }
    line.extend(words.iter().skip(1).cloned());
    line
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
