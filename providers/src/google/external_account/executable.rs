//! A subject token by a program that is run (AIP-4117, "Executable-sourced credentials").

use std::env;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit::credentials::FingerprintBuilder;
use grantkit::provider::read_json;
use grantkit::{Error, Result, SecretString};
use serde::Deserialize;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::info::{Executable, ExternalAccountInfo};
use crate::{bounded_file, lenient};

const ALLOW: &str = "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES";
const TIMEOUT: Duration = Duration::from_secs(30);
/// AIP-4117.
const MIN_TIMEOUT: Duration = Duration::from_secs(5);
const MAX_TIMEOUT: Duration = Duration::from_mins(2);
const MAX_OUTPUT: u64 = 256 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Program {
    command: Vec<String>,
    timeout: Duration,
    output_file: Option<String>,
    audience: String,
    subject_token_type: String,
    impersonated_email: Option<String>,
}

/// What the program prints. What is not needed may be as it likes.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Output {
    #[serde(deserialize_with = "lenient::number")]
    version: Option<u64>,
    #[serde(deserialize_with = "lenient::flag")]
    success: Option<bool>,
    #[serde(deserialize_with = "lenient::text")]
    token_type: Option<String>,
    #[serde(deserialize_with = "lenient::secret")]
    id_token: Option<SecretString>,
    #[serde(deserialize_with = "lenient::secret")]
    saml_response: Option<SecretString>,
    #[serde(deserialize_with = "lenient::number")]
    expiration_time: Option<u64>,
    #[serde(deserialize_with = "lenient::word")]
    code: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    message: Option<String>,
}

impl Program {
    pub(super) fn of(executable: &Executable, info: &ExternalAccountInfo) -> Result<Self> {
        let timeout = executable.timeout_millis.map_or(TIMEOUT, Duration::from_millis);
        if !(MIN_TIMEOUT..=MAX_TIMEOUT).contains(&timeout) {
            return Err(Error::configuration(
                "`credential_source.executable.timeout_millis` has to be between 5000 and 120000",
            ));
        }
        let command = words(&executable.command)?;
        let impersonated_email = info.service_account_impersonation_url.as_deref().and_then(|url| {
            let (_, name) = url.rsplit_once('/')?;
            Some(name.split_once(':')?.0.to_owned())
        });
        Ok(Self {
            command,
            timeout,
            output_file: executable.output_file.clone(),
            audience: info.audience.clone(),
            subject_token_type: info.subject_token_type.clone(),
            impersonated_email,
        })
    }

    pub(super) async fn token(&self, now: SystemTime) -> Result<SecretString> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if env::var(ALLOW).as_deref() != Ok("1") {
            return Err(Error::configuration(format!(
                "the external account's token comes from a program, and none is run unless the environment has {ALLOW}=1: set it if the \
                 credentials file is one that you trust"
            )));
        }
        if let Some(kept) = self.kept(now).await {
            return Ok(kept);
        }
        let output = self.run().await?;
        self.read(&output, now)
    }

    /// What an earlier run has left, if it is still good.
    async fn kept(&self, now: u64) -> Option<SecretString> {
        let text = bounded_file::read_apart(self.output_file.as_deref()?, MAX_OUTPUT).await.ok()?;
        let output: Output = read_json(&text).ok()?;
        output.expiration_time.filter(|end| *end > now)?;
        self.read(&text, now).ok()
    }

    async fn run(&self) -> Result<Zeroizing<Vec<u8>>> {
        let (program, arguments) =
            self.command.split_first().ok_or_else(|| Error::configuration("the command is empty"))?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE", &self.audience)
            .env("GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE", &self.subject_token_type)
            .env("GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE", "0")
            .env("GOOGLE_EXTERNAL_ACCOUNT_REVOKE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        if let Some(email) = &self.impersonated_email {
            command.env("GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL", email);
        }
        if let Some(file) = &self.output_file {
            command.env("GOOGLE_EXTERNAL_ACCOUNT_OUTPUT_FILE", file);
        }
        let mut child = command.spawn().map_err(|error| {
            Error::configuration(format!("the credentials' program {program:?} cannot be run: {error}"))
        })?;
        let mut stdout = child.stdout.take();
        let work = async {
            let mut output = Zeroizing::new(Vec::new());
            if let Some(stdout) = stdout.as_mut() {
                stdout.take(MAX_OUTPUT).read_to_end(&mut output).await?;
            }
            std::io::Result::Ok((child.wait().await?, output))
        };
        match tokio::time::timeout(self.timeout, work).await {
            Ok(Ok((status, output))) => self.judged(status, output),
            Ok(Err(error)) => {
                Err(Error::temporary(format!("the credentials' program {program:?} was interrupted"))
                    .with_source(error))
            }
            Err(_) => Err(Error::temporary(format!(
                "the credentials' program {program:?} did not end within {:?}, and was stopped: see why it hangs, or set \
                 `credential_source.executable.timeout_millis`",
                self.timeout
            ))),
        }
    }

    fn judged(&self, status: ExitStatus, output: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>> {
        if status.success() {
            return Ok(output);
        }
        let program = self.command.first().map_or("", String::as_str);
        Err(Error::configuration(format!(
            "the credentials' program {program:?} ended with {status}: run it by itself to see why"
        )))
    }

    fn read(&self, output: &[u8], now: u64) -> Result<SecretString> {
        let wrong = |what: &str| {
            let program = self.command.first().map_or("", String::as_str);
            Error::configuration(format!(
                "the credentials' program {program:?} {what}: it has to print the JSON of AIP-4117 alone"
            ))
        };
        if output.trim_ascii().is_empty() {
            return Err(wrong("printed nothing"));
        }
        let Output { version, success, token_type, id_token, saml_response, expiration_time, code, message } =
            read_json(output).map_err(|_| wrong("printed something else than JSON"))?;
        match version {
            Some(1) => {}
            Some(other) => return Err(wrong(&format!("printed `version` {other}, and only 1 is known"))),
            None => return Err(wrong("printed no `version`")),
        }
        match success {
            Some(true) => {}
            Some(false) => {
                let (code, message) = (code.unwrap_or_default(), message.unwrap_or_default());
                return Err(wrong(&format!("has no token ({code:?}: {message:?})")));
            }
            None => return Err(wrong("printed no `success`")),
        }
        if expiration_time.is_some_and(|end| end <= now) {
            return Err(wrong("printed a token that has expired"));
        }
        if self.output_file.is_some() && expiration_time.is_none() {
            return Err(wrong("printed no `expiration_time`, which goes with an `output_file`"));
        }
        let token = match token_type.as_deref() {
            Some("urn:ietf:params:oauth:token-type:jwt" | "urn:ietf:params:oauth:token-type:id_token") => id_token,
            Some("urn:ietf:params:oauth:token-type:saml2") => saml_response,
            Some(other) => return Err(wrong(&format!("printed the `token_type` {other:?}, which is not known"))),
            None => return Err(wrong("printed no `token_type`")),
        };
        token.ok_or_else(|| wrong("printed no token of its `token_type` (`id_token`, `saml_response`)"))
    }

    pub(super) fn identify(&self, builder: FingerprintBuilder) -> FingerprintBuilder {
        let Self { command, timeout: _, output_file, audience: _, subject_token_type, impersonated_email } = self;
        builder
            .parameter("command", format!("{command:?}"))
            .parameter("output_file", output_file.clone().unwrap_or_default())
            .parameter("subject_token_type", subject_token_type)
            .parameter("impersonated_email", impersonated_email.clone().unwrap_or_default())
    }
}

/// The words of a command, as a shell splits them: quotes hold words together, and a backslash outside of single quotes takes the next
/// character as it is. No shell is involved.
fn words(command: &str) -> Result<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('\\', None | Some('"')) if cfg!(not(windows)) => word.get_or_insert_default().extend(chars.next()),
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quote.is_some() {
        return Err(Error::configuration("`credential_source.executable.command` has a quote that does not end"));
    }
    if words.is_empty() {
        return Err(Error::configuration("`credential_source.executable.command` is empty"));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_split_as_a_shell_does() {
        let of = |command| words(command).unwrap();
        assert_eq!(of("/usr/bin/token  --for \"a b\" 'c\\d'"), ["/usr/bin/token", "--for", "a b", "c\\d"]);
        assert_eq!(of("a ''"), ["a", ""]);
        assert!(words("  ").is_err() && words("a 'b").is_err());
    }
}
