use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::lenient::Members;

/// The key or certificate that a token is bound to (`cnf`, RFC 7800 §3), of which its sender must prove possession. `Debug` shows the
/// names only.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenConfirmation {
    /// The thumbprint of a DPoP key (RFC 9449 §6).
    pub jkt: Option<String>,
    /// The digest of a client certificate, `x5t#S256` (RFC 8705 §3.1).
    pub x5t_s256: Option<String>,
    /// Every other way of confirmation. A program that does not know one must not take the token for unbound.
    pub further: BTreeMap<String, Value>,
}

impl TokenConfirmation {
    pub(super) fn read(members: Map<String, Value>) -> Self {
        let mut members = Members::of(members, "the confirmation (RFC 7800 §3)");
        Self {
            jkt: members.text("jkt"),
            x5t_s256: members.text("x5t#S256"),
            further: members.rest().into_iter().collect(),
        }
    }
}

impl fmt::Debug for TokenConfirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenConfirmation")
            .field("jkt", &self.jkt.is_some())
            .field("x5t_s256", &self.x5t_s256.is_some())
            .field("further", &self.further.keys().collect::<Vec<_>>())
            .finish()
    }
}
