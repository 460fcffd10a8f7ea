use redis::{ErrorKind, RedisError};

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The program, which has told the store's builder what is wrong.
    Program,
    /// An administrator of Redis, who has set it so.
    SetUp,
    /// It may pass, or an operator has to look.
    Passing,
}

/// What Redis answers in place of a result, and the cure.
pub(super) struct Refusal {
    code: &'static str,
    pub(super) cause: Cause,
    pub(super) message: &'static str,
}

static REFUSALS: [Refusal; 21] = [
    Refusal::set_up(
        NO_RIGHT,
        "Redis' ACL does not allow this user what the store needs; `RedisStore` lists the commands",
    ),
    Refusal::set_up("NOAUTH", WRONG_LOGIN),
    Refusal::set_up("WRONGPASS", WRONG_LOGIN),
    Refusal::set_up(
        "WRONGTYPE",
        "another program has keys of these names in Redis: set another `key_prefix` on the store's builder",
    ),
    Refusal::set_up(
        "DENIED",
        "Redis is in protected mode, and serves its own machine only: give it a password (`requirepass`, or an ACL)",
    ),
    Refusal::set_up(
        UNKNOWN_COMMAND,
        "Redis, or a proxy before it, does not know a command that the store needs, or has it disabled or renamed; \
         `RedisStore` lists the commands",
    ),
    Refusal::set_up(NO_DATABASE, "Redis has no database of the number at the end of the store's URL"),
    Refusal::of_cluster("MOVED"),
    Refusal::of_cluster("ASK"),
    Refusal::of_cluster("CROSSSLOT"),
    Refusal::passing(
        "NOSCRIPT",
        "Redis has forgotten a script that it was just sent: if it lasts, a proxy before it spreads the commands of one \
         connection over several servers; connect the store to Redis itself",
    ),
    Refusal::passing(
        "READONLY",
        "this Redis is a replica, which takes no writes: after a failover the next call connects anew; if it lasts, let the \
         store's URL lead to the primary",
    ),
    Refusal::passing(
        "MASTERDOWN",
        "this Redis is a replica that has lost its primary: bring that back, or let the store's URL lead to the primary",
    ),
    Refusal::passing("LOADING", "Redis has just started and reads its data; it serves once it has"),
    Refusal::passing(
        "BUSY",
        "Redis is busy with a script of another program: `SCRIPT KILL` or `FUNCTION KILL` ends it",
    ),
    Refusal::passing(
        "OOM",
        "Redis has reached its `maxmemory`: raise that, or remove what is not needed; a `maxmemory-policy` other than \
         `noeviction` makes room by forgetting logins",
    ),
    Refusal::passing(
        "MISCONF",
        "Redis cannot write to its disk, and takes no writes until it can: see its log, the disk's free space, and the rights \
         to its folder",
    ),
    Refusal::passing(
        "CLUSTERDOWN",
        "the Redis cluster is down, or has no node for some of its slots: see `CLUSTER INFO`, and bring the missing nodes back",
    ),
    Refusal::passing("TRYAGAIN", "the Redis cluster is moving the token to another node: try again when it has"),
    Refusal::passing(
        "NOREPLICAS",
        "Redis has fewer replicas than its `min-replicas-to-write` asks for: bring them back, or lower that",
    ),
    Refusal::passing(
        MANY_CLIENTS,
        "Redis has as many connections as its `maxclients` allows: raise that, or end connections that are not needed",
    ),
];

pub(super) const WRONG_LOGIN: &str = "Redis does not accept the user or the password of the store's URL";

const NO_RIGHT: &str = "NOPERM";
/// Names of our own for what Redis says under `ERR`.
const UNKNOWN_COMMAND: &str = "unknown command";
const NO_DATABASE: &str = "no such database";
const MANY_CLIENTS: &str = "too many clients";

/// What Redis says under the code of any other error, and the code that it has in truth. What a script may not do has none of its own:
/// the first text is of Redis 6 and 7.0, the second of later ones and of Valkey.
const UNDER_ERR: [(&str, &str); 6] = [
    ("The user executing the script", NO_RIGHT),
    ("ACL failure in script", NO_RIGHT),
    ("while the cluster is down", "CLUSTERDOWN"),
    ("unknown command", UNKNOWN_COMMAND),
    ("DB index is out of range", NO_DATABASE),
    ("max number of clients", MANY_CLIENTS),
];

/// How Redis 6 reports what a command in a script has failed with: the code of that comes behind it.
const SCRIPT_FAILED: &str = "Error running script";

impl Refusal {
    /// What is known of the answer; `None` for an error that is no answer of Redis, or an unknown one.
    pub(super) fn of(error: &RedisError) -> Option<&'static Self> {
        if !is_answer(error) {
            return None;
        }
        // Of commands that went out together, it is the first that failed.
        let answers = error.clone().into_server_errors();
        match answers.as_deref().and_then(<[_]>::first) {
            Some((_, answer)) => Self::find(answer.code(), answer.details()),
            None => Self::find(error.code()?, error.detail()),
        }
    }

    /// Whether it is an answer of this code.
    pub(super) fn is(error: &RedisError, codes: &[&str]) -> bool {
        Self::of(error).is_some_and(|refusal| codes.contains(&refusal.code))
    }

    fn find(code: &str, said: Option<&str>) -> Option<&'static Self> {
        let by_code = |code: &str| REFUSALS.iter().find(|refusal| refusal.code == code);
        let said = said.unwrap_or_default();
        let in_other_words =
            || UNDER_ERR.iter().find(|(text, _)| said.contains(text)).and_then(|(_, code)| by_code(code));
        let in_script = || said.contains(SCRIPT_FAILED).then(|| said.split([' ', '-']).find_map(by_code)).flatten();
        if code == "ERR" { in_other_words().or_else(in_script) } else { by_code(code) }
    }

    const fn set_up(code: &'static str, message: &'static str) -> Self {
        Self { code, cause: Cause::SetUp, message }
    }

    const fn passing(code: &'static str, message: &'static str) -> Self {
        Self { code, cause: Cause::Passing, message }
    }

    const fn of_cluster(code: &'static str) -> Self {
        let message = "this Redis is a cluster: call `.cluster([])` on the store's builder";
        Self { code, cause: Cause::Program, message }
    }
}

pub(super) fn is_answer(error: &RedisError) -> bool {
    matches!(error.kind(), ErrorKind::Server(_) | ErrorKind::Extension)
}
