use grantkit::prelude::*;
use grantkit_providers::services::Spotify;

fn revoke(spotify: &ProviderClient<Spotify>) {
    let _ = spotify.revocation();
}

fn main() {}
