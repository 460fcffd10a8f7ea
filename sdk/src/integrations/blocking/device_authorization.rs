use super::{Login, wait};
use crate::error::Result;
use crate::grant::{self, PendingDeviceAuthorization};

/// The login of a person on another device (RFC 8628): [`DeviceAuthorization`](grant::DeviceAuthorization) whose methods block. It is made of that
/// one, once its scopes and parameters are set.
///
/// ```no_run
/// use grantkit::integrations::blocking::DeviceAuthorization;
/// use grantkit::prelude::*;
///
/// # fn example(client: Client) -> Result<()> {
/// let login = DeviceAuthorization::from(client.device_authorization()?.scope("read:invoices"));
/// let login = login.log_in(|code| println!("Open {} and enter {}", code.verification_uri(), code.user_code()))?;
/// let credentials = login.credentials("tool")?;
/// # let _ = credentials;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `.log_in(..)`"]
pub struct DeviceAuthorization(grant::DeviceAuthorization);

impl DeviceAuthorization {
    /// Requests a code, has it shown, and waits until the person has entered it, or the code has expired.
    ///
    /// # Errors
    ///
    /// As [`DeviceAuthorization::start`](grant::DeviceAuthorization::start) and [`wait`](grant::DeviceAuthorization::wait).
    pub fn log_in(&self, show: impl FnOnce(&PendingDeviceAuthorization)) -> Result<Login> {
        let pending = wait(self.0.start())?;
        show(&pending);
        wait(self.0.wait(pending)).map(Login::from)
    }
}

impl From<grant::DeviceAuthorization> for DeviceAuthorization {
    fn from(login: grant::DeviceAuthorization) -> Self {
        Self(login)
    }
}
