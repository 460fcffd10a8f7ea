//! The subject is the holder of a client certificate (X.509): its token is the certificates themselves, its proof the connection.

use std::env;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grantkit::credentials::FingerprintBuilder;
use grantkit::provider::read_json;
use grantkit::transport::Transport;
use grantkit::{Error, Result, SecretString};
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::info::Certificate;
use crate::bounded_file;
use crate::google::well_known::{self, shown};

/// A chain of certificates has some 10 KiB.
const MAX_LENGTH: u64 = 256 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    trust_chain: Option<PathBuf>,
}

/// The file `certificate_config.json`.
#[derive(Deserialize)]
struct Config {
    cert_configs: Configs,
}

#[derive(Deserialize)]
struct Configs {
    workload: Option<Workload>,
}

#[derive(Deserialize)]
struct Workload {
    cert_path: PathBuf,
    key_path: PathBuf,
}

impl Certificates {
    pub(super) fn of(source: &Certificate) -> Result<Self> {
        let path = match (&source.config_location, source.use_default_certificate_config) {
            (Some(path), false) => PathBuf::from(path),
            (None, true) => default_config()?,
            _ => {
                return Err(Error::configuration(
                    "`credential_source.certificate` has to have either `use_default_certificate_config` or \
                     `certificate_config_location`",
                ));
            }
        };
        let text = read(&path)?;
        let config: Config = read_json(&text).map_err(|_| {
            Error::configuration(format!(
                "{} is no certificate configuration: it has to have `cert_configs.workload`",
                shown(&path)
            ))
        })?;
        let workload = config.cert_configs.workload.ok_or_else(|| {
            Error::configuration(format!(
                "{} has no `cert_configs.workload` with `cert_path` and `key_path`",
                shown(&path)
            ))
        })?;
        let trust_chain = source.trust_chain_path.as_ref().map(PathBuf::from);
        Ok(Self { certificate: workload.cert_path, key: workload.key_path, trust_chain })
    }

    pub(super) fn transport(&self) -> Result<Transport> {
        let mut pem = Zeroizing::new(read(&self.key)?.to_vec());
        pem.push(b'\n');
        pem.extend_from_slice(&read(&self.certificate)?);
        Transport::builder().client_certificate(&*pem).build()
    }

    /// The certificates in a JSON array, base64 of DER, the holder's first.
    pub(super) fn token(&self) -> Result<SecretString> {
        let own = certificates(&read(&self.certificate)?);
        let Some(leaf) = own.first().cloned() else {
            return Err(Error::configuration(format!("{} has no certificate in PEM", shown(&self.certificate))));
        };
        let mut all = vec![leaf];
        if let Some(path) = &self.trust_chain {
            let chain = certificates(&read(path)?);
            if chain.iter().skip(1).any(|other| *other == all[0]) {
                return Err(Error::configuration(format!(
                    "{} has the holder's certificate, and not as the first one",
                    shown(path)
                )));
            }
            all.extend(chain.into_iter().filter(|other| *other != all[0]).collect::<Vec<_>>());
        }
        Ok(Value::from(all).to_string().into())
    }

    pub(super) fn identify(&self, builder: FingerprintBuilder) -> FingerprintBuilder {
        let Self { certificate, key, trust_chain } = self;
        let chain = trust_chain.as_ref().map(|path| path.to_string_lossy().into_owned());
        builder
            .parameter("certificate", certificate.to_string_lossy())
            .parameter("key", key.to_string_lossy())
            .parameter("trust_chain", chain.unwrap_or_default())
    }
}

fn default_config() -> Result<PathBuf> {
    if let Some(path) = env::var_os("GOOGLE_API_CERTIFICATE_CONFIG").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    well_known::gcloud_directory().map(|directory| directory.join("certificate_config.json")).ok_or_else(|| {
        Error::configuration("the directory of gcloud's configuration is not known: set GOOGLE_API_CERTIFICATE_CONFIG")
    })
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    bounded_file::read(path, MAX_LENGTH).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::configuration(format!("{} cannot be read: {error}", shown(path)))
}

/// The base64 of each certificate of a PEM file, in one line.
fn certificates(pem: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pem);
    let blocks = text.split("-----BEGIN CERTIFICATE-----").skip(1);
    let body = |block: &str| block.split("-----END").next().unwrap_or_default().split_whitespace().collect::<String>();
    blocks.map(body).filter(|body| STANDARD.decode(body).is_ok_and(|der| !der.is_empty())).collect()
}
