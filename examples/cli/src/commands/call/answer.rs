//! What the API answered, as it is shown.

use std::fs::File;
use std::io::{self, Write as _, stdout};
use std::path::Path;

use grantkit::api::ApiResponse;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::failure::Failure;
use crate::screen::{Screen, harmless, json_text, text_of_others};

/// Why the answer is not there as a whole.
pub(super) enum Lost {
    /// The API or the network broke off.
    Answer(Box<dyn std::error::Error + Send + Sync>),
    /// It could not be written.
    Output(Failure),
}

impl From<Failure> for Lost {
    fn from(failure: Failure) -> Self {
        Self::Output(failure)
    }
}

/// Status and headers, as of HTTP.
pub(super) fn head(response: &ApiResponse) -> String {
    let fields = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", harmless(&String::from_utf8_lossy(value.as_bytes()))));
    format!("{}\n{}", response.status(), fields.collect::<String>())
}

/// Writes the body to the file, or shows it: as it is, or indented for a person where it is JSON.
pub(super) async fn show(
    response: ApiResponse,
    output: Option<&Path>,
    is_raw: bool,
    screen: Screen,
) -> Result<(), Lost> {
    let path = output.filter(|path| *path != Path::new("-"));
    if path.is_none() && !is_raw && is_json(&response) && screen.is_result_watched() {
        let bytes = response.bytes().await.map_err(|error| Lost::Answer(error.into()))?;
        let shown = match serde_json::from_slice::<Value>(&bytes) {
            Ok(value) => screen.line(&json_text(&value)),
            Err(_) => screen.line(&text_of_others(&bytes).0),
        };
        return Ok(shown?);
    }
    let mut file = path.map(|path| Ok::<_, Failure>((create(path)?, path))).transpose()?;
    let is_shown_to_a_person = path.is_none() && output.is_none() && !is_raw && screen.is_result_watched();
    let mut rest = Vec::new();
    let mut response = response.into_inner();
    while let Some(chunk) = response.chunk().await.map_err(|error| Lost::Answer(error.into()))? {
        match &mut file {
            Some((file, path)) => file.write_all(&chunk).map_err(|error| unwritable(path, &error))?,
            None if is_shown_to_a_person => {
                rest.extend_from_slice(&chunk);
                let (text, unfinished) = text_of_others(&rest);
                screen.bytes(text.as_bytes())?;
                rest = unfinished.to_vec();
            }
            None => screen.bytes(&chunk)?,
        }
    }
    if !rest.is_empty() {
        screen.bytes("\u{fffd}".as_bytes())?;
    }
    Ok(stdout().flush().map_err(Failure::from)?)
}

fn is_json(response: &ApiResponse) -> bool {
    response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
    })
}

fn create(path: &Path) -> Result<File, Failure> {
    File::create(path).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::general(format!("{} cannot be written", path.display()))
        .caused_by(error)
        .or_next("the same command with another file for --output")
}
