//! Mutual TLS with the metadata server: with the certificates that Google's guest agent keeps on the machine.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::transport::Transport;
use grantkit::{Error, Result};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::requests::{HOST, IP};
use crate::bounded_file::{self, MAX_KEY_FILE};

const VARIABLE: &str = "GCE_METADATA_MTLS_MODE";
/// Where the guest agent puts them ("About VM metadata", HTTPS metadata server).
const DIRECTORY: &str = if cfg!(windows) { "C:/ProgramData/Google/ComputeEngine" } else { "/run/google-mds-mtls" };
const ROOT: &str = if cfg!(windows) { "mds-mtls-root.crt" } else { "root.crt" };
const CLIENT: &str = if cfg!(windows) { "mds-mtls-client.key" } else { "client.key" };
/// TLS that failed is not tried again for so long where plain `http` does as well: each try may wait as long as the server is looked for,
/// and what is wrong is mended by an update of the agent, or its next certificate.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_mins(10);

/// Whether the metadata server is asked over mutual TLS (Google's guest agent, "MTLS MDS"): by `https`, with the certificates that the agent
/// keeps on Shielded VMs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataMutualTls {
    /// By plain `http`, as unless said otherwise: `none` in `GCE_METADATA_MTLS_MODE`.
    #[default]
    Never,
    /// Where the certificates are there, and by plain `http` where they are not or no good answer comes: `default`. Where none came
    /// over TLS alone, that is tried again after ten minutes.
    WherePossible,
    /// By nothing else: `strict`.
    Always,
}

/// Whether, and with what.
#[derive(Clone, Debug)]
pub(super) struct MutualTls {
    /// Or what the variable says instead.
    mode: std::result::Result<MetadataMutualTls, String>,
    /// Where the mode comes from, as the program or its environment has it.
    said_by: &'static str,
    root: PathBuf,
    /// Private key and certificate.
    client: PathBuf,
    /// The files are those of the machine, for its own metadata server.
    is_of_machine: bool,
    /// What was last read, by its digest: the agent replaces the certificate every other day.
    made: Arc<Mutex<Option<Made>>>,
    /// When TLS last failed where plain `http` did not.
    failed: Arc<Mutex<Option<Instant>>>,
}

/// A transport, and the digest of the files that it was made of.
type Made = ([u8; 32], Transport);

impl MutualTls {
    /// As `GCE_METADATA_MTLS_MODE` says.
    pub(super) fn from_env() -> Self {
        let said = env::var(VARIABLE).unwrap_or_default();
        let mode = match said.trim().to_ascii_lowercase().as_str() {
            "" | "none" => Ok(MetadataMutualTls::Never),
            "default" => Ok(MetadataMutualTls::WherePossible),
            "strict" => Ok(MetadataMutualTls::Always),
            _ => Err(said),
        };
        let directory = Path::new(DIRECTORY);
        Self {
            mode,
            said_by: "GCE_METADATA_MTLS_MODE=strict",
            root: directory.join(ROOT),
            client: directory.join(CLIENT),
            is_of_machine: true,
            made: Arc::default(),
            failed: Arc::default(),
        }
    }

    pub(super) fn set_mode(&mut self, mode: MetadataMutualTls) {
        self.mode = Ok(mode);
        self.said_by = "`.mutual_tls(MetadataMutualTls::Always)`";
    }

    pub(super) fn set_files(&mut self, root: PathBuf, client: PathBuf) {
        *self = Self {
            mode: self.mode.clone(),
            said_by: self.said_by,
            root,
            client,
            is_of_machine: false,
            made: Arc::default(),
            failed: Arc::default(),
        };
    }

    /// TLS has failed with a server that answers by plain `http`.
    pub(super) fn remember_failure(&self) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(super) fn forget_failure(&mut self) {
        self.failed = Arc::default();
    }

    fn has_just_failed(&self) -> bool {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|failed| failed.elapsed() < PAUSE_AFTER_FAILURE)
    }

    pub(super) fn is_required(&self) -> bool {
        self.mode == Ok(MetadataMutualTls::Always)
    }

    /// What is told by a server that has proved who it is, by the root in a program's own file, is not shared with who takes another answer.
    /// The rest changes nothing about the token, and is for each program to say.
    #[expect(clippy::unnecessary_debug_formatting, reason = "two paths that are no text are told apart")]
    pub(super) fn identify(&self, builder: FingerprintBuilder) -> FingerprintBuilder {
        let Self { mode, said_by: _, root, client, is_of_machine, made: _, failed: _ } = self;
        let files = Fingerprint::builder()
            .parameter("root", format!("{root:?}"))
            .parameter("client", format!("{client:?}"))
            .parameter("is_of_machine", is_of_machine.to_string())
            .build();
        match mode {
            Ok(MetadataMutualTls::Always) if *is_of_machine => builder.parameter("mutual_tls", "always"),
            Ok(MetadataMutualTls::Always) => builder.parameter("mutual_tls", "always").part("files", files),
            Ok(MetadataMutualTls::WherePossible) => {
                builder.local_part("mutual_tls", Fingerprint::builder().part("where possible", files).build())
            }
            Ok(MetadataMutualTls::Never) => builder.local_part("mutual_tls", Fingerprint::new("files", "none")),
            Err(said) => builder.local_part("mutual_tls", Fingerprint::new("no mode", said)),
        }
    }

    /// What to ask this host over, where that is by TLS. A program's own transport, if it has one, has its own certificates.
    pub(super) async fn transport(&self, host: &str, own: Option<&Transport>) -> Result<Option<Transport>> {
        let mode = self.mode.as_ref().map_err(|said| {
            Error::configuration(format!(
                "{VARIABLE} is {said:?}, which is no mode of the metadata server: write none, default or strict"
            ))
        })?;
        let transport = match (mode, own) {
            (MetadataMutualTls::Never, _) | (MetadataMutualTls::WherePossible, Some(_)) => return Ok(None),
            (MetadataMutualTls::WherePossible, None) if self.has_just_failed() => return Ok(None),
            (MetadataMutualTls::Always, Some(own)) => Ok(own.clone()),
            _ if self.is_of_machine && host != HOST && host != IP => Err(Error::configuration(format!(
                "the metadata server is to be asked over mutual TLS ({}), which is spoken at {HOST} and {IP}, and not known to be at \
                 {host}: leave the host out, or set the mode to none, or name its certificates by `.mutual_tls_files(..)`",
                self.said_by
            ))),
            _ => self.of_files().await,
        };
        match transport {
            Ok(transport) => Ok(Some(transport)),
            Err(error) if self.is_required() => Err(error),
            Err(_) => Ok(None),
        }
    }

    async fn of_files(&self) -> Result<Transport> {
        let (root, client) = (self.read(&self.root).await?, self.read(&self.client).await?);
        let mut digests = [0; 32];
        let both: Vec<u8> = [&root, &client].into_iter().flat_map(|it| digest(&SHA256, it).as_ref().to_vec()).collect();
        digests.copy_from_slice(digest(&SHA256, &both).as_ref());
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, transport)) = made.filter(|(of, _)| *of == digests) {
            return Ok(transport);
        }
        #[allow(clippy::redundant_closure_for_method_calls, reason = "the method's type is named by no crate here")]
        let transport = Transport::builder()
            .client_certificate(&*client)
            .root_certificates_only(&*root)
            .configure(|http| http.no_proxy())
            .build()?;
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some((digests, transport.clone()));
        Ok(transport)
    }

    async fn read(&self, path: &Path) -> Result<Zeroizing<Vec<u8>>> {
        bounded_file::read_apart(path, MAX_KEY_FILE).await.map_err(|error| {
            Error::configuration(format!(
                "mutual TLS with the metadata server is asked for ({}), and {} cannot be read: Google's guest agent writes it on Shielded \
                 VMs; update the agent, or set the mode to default or none",
                self.said_by,
                path.display()
            ))
            .with_source(error)
        })
    }
}
