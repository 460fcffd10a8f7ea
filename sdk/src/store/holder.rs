use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{Error, Result};

/// Who has a lease: 128 random bits as text, nobody else's and not those of an earlier lease.
pub(super) fn new_holder() -> Result<String> {
    let mut random = [0; 16];
    rand::fill(&mut random).map_err(|_| Error::temporary("the machine has no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}
