use std::time::Duration;

use anyhow::Context;
use grantkit::prelude::*;

use crate::Stage;
use crate::account::{Account, Since};
use crate::clients::Invoice;

const LIFETIME: Duration = Duration::from_secs(1);

/// A user logs in: PKCE, state, iss; then the token is refreshed with a refresh token that rotates.
pub(crate) async fn run(stage: &mut Stage) -> anyhow::Result<()> {
    Account::step(5, "A user logs in, and the token is refreshed");
    stage.server.set_access_token_lifetime(LIFETIME);
    let client = Client::builder().client_id("cli").public().discover(&stage.server.issuer()).await?;
    let listener = LoopbackListener::bind().await?;
    let login = client.authorization_code(listener.redirect_uri()?)?.scopes(["email", "offline_access"]);

    let (url, pending) = login.start()?;
    let browser = tokio::spawn(browse(url.to_string()));
    let callback = listener.receive(&pending, Duration::from_secs(30)).await?;
    let page = browser.await??;
    let login = login.finish(pending, callback).await?;
    Account::say(format!("the browser shows: {page}"));
    stage.account.check("codes redeemed", stage.server.counters().authorization_code, 1);
    let first = login.token().refresh_token().cloned();

    let credentials = login.credentials("cli").await?;
    let api = ApiClient::new(&stage.api.url("/v1"), credentials.clone())?;
    let since = Since::now(&stage.server);
    for lifetime in [LIFETIME, Duration::from_hours(1)] {
        tokio::time::sleep(LIFETIME).await;
        stage.server.set_access_token_lifetime(lifetime);
        api.get(["invoices", "7"]).fetch::<Invoice>().await?;
    }
    let last = credentials.token().await?.refresh_token().cloned();
    stage.account.check("refreshes, one for each token that ran out", since.refreshes(), 2);
    stage.account.check("the refresh token rotated", first.is_some() && last.is_some() && first != last, true);
    stage.account.check("logins lost to a replay", stage.server.counters().revoked_families, 0);
    // As before the end of any program: a refresh that is under way may bring the only successor of the refresh token.
    Ok(credentials.settle().await?)
}

/// Stands in for the browser: follows the redirect back to this program, and gives the title of the page that it gets.
async fn browse(url: String) -> anyhow::Result<String> {
    // On loopback only, so that it also works where there are no certificates.
    let browser = reqwest::Client::builder().tls_certs_only([]).build()?;
    let page = browser.get(url).send().await?.text().await?;
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    Ok(format!("“{}”", title.context("a page with a title")?))
}
