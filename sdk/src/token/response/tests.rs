use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use zeroize::Zeroize as _;

use crate::token::OAuthToken;

/// Whether this process has it anywhere in its memory, written backwards.
fn is_in_memory(backwards: &[u8]) -> bool {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut chunk = vec![0; 1 << 20];
    let (mut is_found, first) = (false, *backwards.last().unwrap());
    for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
        let (range, rest) = line.split_once(' ').unwrap();
        if !rest.starts_with("rw") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let [mut at, end] = [start, end].map(|number| u64::from_str_radix(number, 16).unwrap());
        while at < end {
            let length = usize::try_from(end - at).unwrap().min(chunk.len());
            let Ok(read) = memory.read_at(&mut chunk[..length], at) else { break };
            let text = &chunk[..read];
            is_found |= memchr::memchr_iter(first, text).any(|at| {
                text.get(at..at + backwards.len()).is_some_and(|found| found.iter().eq(backwards.iter().rev()))
            });
            at += read.max(1) as u64;
        }
    }
    // It must not find its own copy the next time.
    chunk.zeroize();
    is_found
}

#[test]
fn nothing_of_a_token_answer_stays_in_memory() {
    // Never there as it is looked for, but in what is tested.
    let backwards: Vec<u8> = (0_u8..32).map(|n| b'a' + (n * 7 + 3) % 26).collect();
    let answer = |name: &str| {
        // With room for all of it: growing leaves copies behind.
        let mut json = String::with_capacity(512);
        let start = format!("{{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"{name}\":[{{\"a\":\"");
        for (before, after) in [(start.as_str(), "\"}]"), (",\"b\":\"", "\"}")] {
            json.push_str(before);
            json.extend(backwards.iter().rev().map(|byte| char::from(*byte)));
            json.push_str(after);
        }
        json
    };
    for name in ["session_token", "expires_in"] {
        let mut json = answer(name);
        let token = OAuthToken::from_response(json.as_bytes()).unwrap();
        json.zeroize();
        assert!(is_in_memory(&backwards), "the search finds what is there");
        let stored = token.clone().with_extra("c", 1).to_stored();
        drop(token);
        let token = OAuthToken::try_from(stored.clone()).unwrap();
        drop((stored, token));
        assert!(!is_in_memory(&backwards), "{name}");
    }
}
