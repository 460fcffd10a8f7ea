//! What the profiles say, and who is logged in.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::secret_keys;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::profile_file::ProfileFile;
use crate::screen::{Screen, harmless};
use crate::vault::Vault;

pub(super) async fn list(screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let people = people(&file).await.unwrap_or_else(|failure| {
        screen.advice(&format!("Who is logged in is not known: {}", harmless(failure.message())));
        BTreeMap::new()
    });
    if screen.is_json() {
        let profiles = serde_json::to_value(file.profiles());
        let profiles = profiles.map_err(|error| Failure::general("the profiles are no JSON").caused_by(&error))?;
        return screen.json(
            &json!({ "file": file.path(), "default": file.default_name(), "profiles": profiles, "logged_in": people }),
        );
    }
    if file.profiles().is_empty() {
        screen.note(&format!(
            "There is no profile yet in {}.\nnext: grantkit profiles add work --issuer https://.. --client-id ..",
            file.path().display()
        ));
        return Ok(());
    }
    let rows = file.profiles().iter().map(|(name, profile)| {
        let mark = if file.default_name() == Some(name) { "*" } else { "" };
        let person = people.get(name).map(|person| person.label().to_owned()).unwrap_or_default();
        [format!("{name}{mark}"), profile.server().to_owned(), profile.api.clone().unwrap_or_default(), person]
    });
    screen.table(["profile", "server", "API", "logged in"], &rows.collect::<Vec<_>>())
}

/// Who is logged in, by profile, where the server said so at the login.
async fn people(file: &ProfileFile) -> Result<BTreeMap<String, Identity>, Failure> {
    let mut people = BTreeMap::new();
    // One that is not there yet is not made for this.
    if !Vault::is_there()? {
        return Ok(people);
    }
    let vault = Vault::open().await?;
    for name in file.profiles().keys() {
        if let Some(person) = Identity::kept(&vault, name).await? {
            people.insert(name.clone(), person);
        }
    }
    Ok(people)
}

pub(super) async fn show(name: Option<&str>, screen: Screen) -> Result<(), Failure> {
    let file = ProfileFile::read()?;
    let (name, profile) = file.choose(name)?;
    let json = serde_json::to_value(profile).map_err(|error| Failure::general("no JSON").caused_by(&error))?;
    let vault = Vault::open().await?;
    let keys = secret_keys(profile);
    let mut kept = Vec::new();
    for key in keys {
        if vault.secret(name, key).await?.is_some() {
            kept.push(key);
        }
    }
    let person = Identity::kept(&vault, name).await?;
    if screen.is_json() {
        return screen.json(&json!({
            "name": name, "profile": json, "secrets": kept, "store": vault.place(), "logged_in": person,
        }));
    }
    let mut fields = vec![("profile", name.to_owned())];
    fields.extend(person.map(|person| ("logged in", person.label().to_owned())));
    for (key, value) in json.as_object().into_iter().flatten() {
        fields.push((key, as_text(value)));
    }
    fields.push(("secrets", kept.join(" ")));
    fields.push(("kept in", vault.place().to_owned()));
    fields.push(("file", file.path().display().to_string()));
    screen.fields(&fields)
}

/// Lists with spaces, tables with commas.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(table) => {
            table.iter().map(|(name, value)| format!("{name}={}", as_text(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
