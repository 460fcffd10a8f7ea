//! What has to be one step in Redis. Each script takes one key, as a cluster wants it, and may run twice: a call whose
//! connection broke is repeated.

use std::sync::LazyLock;

use redis::Script;

pub(super) const DONE: i64 = 1;
pub(super) const NOT_A_RECORD: i64 = -1;

/// A record begins with its version (20 digits). Arguments: version, record, milliseconds to keep it.
///
/// Records are sealed with a random nonce, so that one that is there byte for byte is this one, put before.
pub(super) static PUT_IF_NEWER: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local stored = redis.call('GETRANGE', KEYS[1], 0, 19)
if stored ~= '' then
    if #stored ~= 20 or string.find(stored, '%D') then return -1 end
    if stored > ARGV[1] then return 0 end
    if stored == ARGV[1] then
        if redis.call('GET', KEYS[1]) == ARGV[2] then return 1 end
        return 0
    end
end
if ARGV[3] then
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
else
    redis.call('SET', KEYS[1], ARGV[2])
end
return 1",
    )
});

/// Answers nothing if the lease is taken now, else who has it. Arguments: the holder to be, milliseconds.
pub(super) static TAKE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then return false end
return holder",
    )
});

/// Arguments: the holder, milliseconds from now on.
pub(super) static RENEW: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])",
    )
});

/// Arguments: the holder, the channel on which those listen who wait. A user who may not publish lets go all the same.
pub(super) static RELEASE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.pcall('PUBLISH', ARGV[2], '')
return 1",
    )
});
