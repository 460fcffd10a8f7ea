use clap::Args;
use serde_json::json;

use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::identity::Identity;
use crate::profile::Grant;
use crate::renewal;
use crate::screen::Screen;
use crate::time::{from_now, rfc3339};

/// Show who is logged in, and with which rights
#[derive(Args, Debug)]
pub(crate) struct Whoami {
    #[command(flatten)]
    profile: ProfileChoice,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Whoami {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service(self.profile.name()).await?;
        let name = service.name.as_str();
        let credentials = service.credentials()?;
        let token = service.token(&credentials).await?;
        let is_client = service.profile.grant != Grant::Login;
        // The server's word of now, or else that of the login.
        let (person, is_current) = if is_client {
            (None, true)
        } else {
            match service.userinfo(&credentials).await.map_err(|failure| failure.of_profile(name))? {
                Some(person) => (Some(person), true),
                None => (Identity::kept(&service.vault, name).await?, false),
            }
        };
        let can_be_refreshed = is_client || renewal::is_kept(&service.vault, name).await?;
        if screen.is_json() {
            return screen.json(&json!({
                "profile": name,
                "server": service.profile.server(),
                "identity": person,
                "is_current": is_current,
                "client_id": service.profile.client_id,
                "scope": token.scope(),
                "expires_at": token.expires_at().and_then(rfc3339),
                "can_be_refreshed": can_be_refreshed,
            }));
        }
        let mut fields = vec![("profile", name.to_owned()), ("server", service.profile.server().to_owned())];
        match person {
            Some(person) => fields.extend([
                ("id", person.id),
                ("name", person.name.unwrap_or_default()),
                (
                    "e-mail",
                    match (person.email, person.email_verified) {
                        (Some(email), Some(false)) => format!("{email} (not verified)"),
                        (email, _) => email.unwrap_or_default(),
                    },
                ),
            ]),
            None if is_client => {
                fields.push(("client", service.profile.client_id.clone().unwrap_or_default()));
            }
            None => fields.push(("id", "the server does not say (is the scope `openid` missing?)".to_owned())),
        }
        fields.push(("scope", token.scope().unwrap_or_default().to_owned()));
        let end = token.expires_at().map(|end| format!("token {}", from_now(end))).unwrap_or_default();
        fields.push((
            "expires",
            if end.is_empty() || !can_be_refreshed { end } else { format!("{end}; it is refreshed") },
        ));
        screen.fields(&fields)
    }
}
