use crate::oauth_client::model::{ByName, Fixed, Model};

pub(super) fn from_env(shape: &ByName, fixed: &[Fixed]) -> String {
    format!(
        " Connects to the provider `{}` as the environment says: the key `client_id` is the variable `{}_CLIENT_ID`.{}",
        shape.provider,
        shape.prefix,
        set_by_the_program(fixed)
    )
}

pub(super) fn from_settings(shape: &ByName, fixed: &[Fixed]) -> String {
    format!(" Connects to the provider `{}` with these settings.{}", shape.provider, set_by_the_program(fixed))
}

/// Of a client whose fields are its configuration.
pub(super) fn fields_from_env(prefix: &str, fixed: &[Fixed]) -> String {
    format!(
        " Reads the fields from environment variables: the field `client_id` is the variable `{prefix}_CLIENT_ID`.{}",
        set_by_the_program(fixed)
    )
}

/// Of a client whose fields are its configuration.
pub(super) fn fields_from_settings(fixed: &[Fixed]) -> String {
    format!(" Takes the fields from these settings.{}", set_by_the_program(fixed))
}

pub(super) fn connect(provider: &str, fixed: &[Fixed]) -> String {
    format!(" Connects to `{provider}` with the values of the fields. It sends nothing.{}", set_by_the_program(fixed))
}

pub(super) fn credentials(model: &Model<'_>) -> String {
    format!(" The handle to hold: every handle of the client `{}` shares its token.", model.name)
}

fn set_by_the_program(fixed: &[Fixed]) -> String {
    if fixed.is_empty() {
        return String::new();
    }
    let keys: Vec<_> = fixed.iter().map(|fixed| format!("`{}`", fixed.key)).collect();
    format!("\n\n Set by the program: {}.", keys.join(", "))
}
