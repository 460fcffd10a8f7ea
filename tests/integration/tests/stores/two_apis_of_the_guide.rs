use grantkit::prelude::*;
use grantkit::store::TokenStore;
use grantkit::AuthorizationCode;

fn login(client: &Client, redirect_uri: RedirectUri) -> Result<AuthorizationCode> {
    let login = client.authorization_code(redirect_uri)?.scopes(["offline_access", "read"]);
    Ok(login.resource("https://mail.example").resource("https://files.example"))
}

// After `login.finish(..).await?.credentials_in(store.clone(), user).await?`:
fn apis(client: &Client, store: impl TokenStore + Clone, user: &str) -> Result<[ApiClient; 2]> {
    let api = |url: &str| {
        // What the login was for is a part of its key.
        let login = client.stored_login(user).logged_in_for(["https://mail.example", "https://files.example"]);
        ApiClient::new(url, login.resource(url).credentials_in(store.clone()))
    };
    Ok([api("https://mail.example")?, api("https://files.example")?])
}
