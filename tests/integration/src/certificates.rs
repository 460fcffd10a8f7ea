//! Certificates of servers and clients, and the CAs that issue them.

use grantkit::keys::SigningKey;
use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

/// A CA.
pub type Issuer = CertifiedIssuer<'static, KeyPair>;

/// A CA of the test's own.
pub fn issuer(name: &str) -> Issuer {
    let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
    // Unlike that of the certificates it signs: those were self-signed otherwise, by their names.
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate and its private key.
pub struct Issued {
    pub key: KeyPair,
    pub certificate: Certificate,
}

impl Issued {
    /// For this host or client.
    pub fn by(issuer: &Issuer, name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, issuer).unwrap();
        Self { key, certificate }
    }

    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().self_signed(&key).unwrap();
        Self { key, certificate }
    }

    /// Both, as a client is configured with them.
    pub fn pem(&self) -> String {
        format!("{}{}", self.key.serialize_pem(), self.certificate.pem())
    }

    /// The public key.
    pub fn jwk(&self) -> serde_json::Value {
        SigningKey::from_pem(self.key.serialize_pem()).unwrap().public_jwk()
    }
}
