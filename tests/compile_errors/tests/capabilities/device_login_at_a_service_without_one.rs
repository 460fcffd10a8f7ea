use grantkit::prelude::*;
use grantkit_providers::services::Spotify;

fn log_in(spotify: &ProviderClient<Spotify>) {
    let _ = spotify.device_login();
}

fn main() {}
