//! Redis is there, and refuses: a password was changed, a right was taken away, it has no memory left. That is the store's trouble:
//! machines go on without it, a login waits and says what is wrong, and all goes on when it is mended.

use std::time::Duration;

use grantkit::Error;
use grantkit::keys::SealingKey;
use grantkit::store::RedisStore;
use redis::cmd;

use crate::issuer::Issuer;
use crate::redis_server::RedisServer;
use crate::source::text;

/// What befalls a Redis that is in use; an administrator's command each.
struct Trouble {
    made_by: &'static [&'static str],
    mended_by: &'static [&'static str],
    said: &'static str,
    /// Whether what is there can still be read.
    can_read: bool,
}

const USER: &str = "ACL SETUSER app on >s3cret ~grantkit:* &grantkit:* +get +set +del +getrange +pexpire +evalsha +script|load \
                    +publish +subscribe +unsubscribe +ping";
const RIGHTS: &str = "ACL does not allow";
const LOGIN: &str = "user or the password";

const TROUBLES: [Trouble; 9] = [
    Trouble {
        made_by: &["ACL SETUSER app resetpass >other", "CLIENT KILL USER app"],
        mended_by: &["ACL SETUSER app >s3cret"],
        said: LOGIN,
        can_read: false,
    },
    Trouble { made_by: &["ACL DELUSER app"], mended_by: &[USER], said: LOGIN, can_read: false },
    Trouble { made_by: &["ACL SETUSER app -get"], mended_by: &["ACL SETUSER app +get"], said: RIGHTS, can_read: false },
    // What a script may not do Redis says in words of its own.
    Trouble { made_by: &["ACL SETUSER app -set"], mended_by: &["ACL SETUSER app +set"], said: RIGHTS, can_read: true },
    Trouble {
        made_by: &["ACL SETUSER app -evalsha"],
        mended_by: &["ACL SETUSER app +evalsha"],
        said: RIGHTS,
        can_read: true,
    },
    Trouble {
        made_by: &["ACL SETUSER app resetkeys ~other:*"],
        mended_by: &["ACL SETUSER app ~grantkit:*"],
        said: RIGHTS,
        can_read: false,
    },
    Trouble {
        made_by: &["CONFIG SET maxmemory 1"],
        mended_by: &["CONFIG SET maxmemory 0"],
        said: "`maxmemory`",
        can_read: true,
    },
    Trouble {
        made_by: &["CONFIG SET min-replicas-to-write 1"],
        mended_by: &["CONFIG SET min-replicas-to-write 0"],
        said: "`min-replicas-to-write`",
        can_read: true,
    },
    Trouble {
        made_by: &["REPLICAOF 127.0.0.1 1"],
        mended_by: &["REPLICAOF NO ONE"],
        said: "URL lead to the primary",
        can_read: true,
    },
];

fn ask(server: &RedisServer, commands: &[&str]) {
    for command in commands {
        let mut words = command.split_whitespace();
        let mut asked = cmd(words.next().unwrap());
        let _: redis::Value = words.fold(&mut asked, |asked, word| asked.arg(word)).query(&mut server.raw()).unwrap();
    }
}

/// The client of the tests is known by one name as a machine and as a person: each has its own keys.
const MACHINES: &str = "grantkit:machines";
const PERSONS: &str = "grantkit:persons";

fn store_at(server: &RedisServer, prefix: &str) -> RedisStore {
    let url = format!("redis://app:s3cret@127.0.0.1:{}", server.port());
    // Patient, for a machine on which dozens of tests run.
    let store = RedisStore::builder(url, SealingKey::new([1; 32]).unwrap()).key_prefix(prefix);
    store.connect_timeout(Duration::from_secs(10)).response_timeout(Duration::from_secs(10)).build().unwrap()
}

#[tokio::test]
async fn redis_refusing_costs_no_token_and_no_login() {
    for trouble in &TROUBLES {
        goes_on_through(trouble).await;
    }
}

async fn goes_on_through(trouble: &Trouble) {
    let Trouble { made_by, mended_by, said, can_read } = trouble;
    let (server, issuer) = (RedisServer::start(), Issuer::new());
    ask(&server, &[USER]);
    let machine_for = |scope: &str| issuer.machine().for_scope(scope).process(store_at(&server, MACHINES));
    let another_person = || issuer.person().process(store_at(&server, PERSONS));
    let (machine, person) = (machine_for("all"), another_person());
    text(&machine).await.unwrap();
    person.put(issuer.expired_login()).await.unwrap();

    ask(&server, made_by);
    let requests = issuer.requests().len();
    // What can be read is read, and what would have to be written is got by each for itself.
    let headers = machine.headers().await.unwrap();
    machine.refresh_rejected_token(&headers).await.unwrap().unwrap();
    text(&machine_for("all")).await.unwrap();
    text(&machine_for("other")).await.unwrap();
    assert_eq!(issuer.requests().len(), requests + if *can_read { 2 } else { 3 }, "{made_by:?}");

    // A login waits, and is told for what.
    let says_why = |error: &Error| {
        assert!(error.is_retryable() && !error.needs_login() && !error.is_configuration(), "{made_by:?}: {error:?}");
        assert!(error.to_string().contains(said) && !format!("{error:?}").contains("s3cret"), "{made_by:?}: {error:?}");
    };
    says_why(&text(&person).await.unwrap_err());
    says_why(&text(&another_person()).await.unwrap_err());
    assert_eq!(issuer.refreshes(), 0, "nothing is spent whose successor could not be kept: {made_by:?}");
    // A person who logs in has the token at once, and is told that no other process has.
    let login = issuer.login();
    let logged_in = another_person();
    says_why(&logged_in.put(login.clone()).await.unwrap_err());
    assert_eq!(text(&logged_in).await.unwrap(), login.access_token().secret());

    ask(&server, mended_by);
    logged_in.put(issuer.expired_login()).await.unwrap();
    let renewed = text(&logged_in).await.unwrap();
    for credentials in [person, another_person()] {
        assert_eq!(text(&credentials).await.unwrap(), renewed, "{mended_by:?}");
    }
    assert_eq!((issuer.refreshes(), issuer.replays()), (1, 0), "{made_by:?}");
    // The machines share again, too.
    let headers = machine.headers().await.unwrap();
    machine.refresh_rejected_token(&headers).await.unwrap().unwrap();
    assert_eq!(text(&machine_for("all")).await.unwrap(), text(&machine).await.unwrap());
}

/// An administrator who changes a password and puts it right: a process that has lived through both goes on with the login that it
/// had, and nothing that it was told meanwhile is lost.
#[tokio::test]
async fn a_refresh_that_redis_refused_is_stored_later() {
    let (server, issuer) = (RedisServer::start(), Issuer::new());
    ask(&server, &[USER]);
    let open = || store_at(&server, PERSONS);
    let policy = crate::issuer::policy().danger_spend_refresh_token_without_store();
    let person = issuer.person().process_with(open(), policy);
    person.put(issuer.expired_login()).await.unwrap();
    for right in ["-set", "-evalsha", "-get"] {
        ask(&server, &[&format!("ACL SETUSER app {right}")]);
        let headers = person.headers().await.unwrap();
        person.refresh_rejected_token(&headers).await.unwrap().unwrap();
        ask(&server, &[USER]);
        let headers = person.headers().await.unwrap();
        person.refresh_rejected_token(&headers).await.unwrap().unwrap();
        assert_eq!(text(&issuer.person().process(open())).await.unwrap(), text(&person).await.unwrap(), "{right}");
    }
    assert_eq!(issuer.replays(), 0);
}
