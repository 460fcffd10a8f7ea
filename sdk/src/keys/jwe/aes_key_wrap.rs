//! AES Key Wrap (RFC 3394), block by block with aws-lc's AES: aws-lc-rs's own has no key of 192 bits, and does not wipe the
//! key that it wraps with.

use aws_lc_rs::cipher::{DecryptingKey, DecryptionContext, EncryptingKey, EncryptionContext};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use zeroize::Zeroizing;

use super::aes::cipher_key;

/// §2.2.3.1: what the unwrapped key is recognised by.
const INITIAL_VALUE: [u8; 8] = [0xa6; 8];
const ROUNDS: u64 = 6;
const HALF: usize = 8;

/// §2.2.1.
pub(super) fn wrap(key_encryption_key: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let cipher = EncryptingKey::ecb(cipher_key(key_encryption_key)?).ok()?;
    let mut registers = Zeroizing::new(key.to_vec());
    let mut integrity = INITIAL_VALUE;
    let mut step = 0;
    check_length(&registers)?;
    for _ in 0..ROUNDS {
        for register in registers.chunks_exact_mut(HALF) {
            step += 1;
            let mut block = Zeroizing::new([0; 2 * HALF]);
            let (left, right) = block.split_at_mut(HALF);
            left.copy_from_slice(&integrity);
            right.copy_from_slice(register);
            cipher.less_safe_encrypt(&mut *block, EncryptionContext::None).ok()?;
            let (left, right) = block.split_at(HALF);
            integrity = mixed(left, step)?;
            register.copy_from_slice(right);
        }
    }
    Some([&integrity, &registers[..]].concat())
}

/// §2.2.2; nothing is said of why it cannot be unwrapped.
pub(super) fn unwrap(key_encryption_key: &[u8], wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = DecryptingKey::ecb(cipher_key(key_encryption_key)?).ok()?;
    let (integrity, registers) = wrapped.split_first_chunk::<HALF>()?;
    let (mut integrity, mut registers) = (*integrity, Zeroizing::new(registers.to_vec()));
    let mut step = ROUNDS * check_length(&registers)?;
    for _ in 0..ROUNDS {
        for register in registers.chunks_exact_mut(HALF).rev() {
            let mut block = Zeroizing::new([0; 2 * HALF]);
            let (left, right) = block.split_at_mut(HALF);
            left.copy_from_slice(&mixed(&integrity, step)?);
            right.copy_from_slice(register);
            cipher.decrypt(&mut *block, DecryptionContext::None).ok()?;
            let (left, right) = block.split_at(HALF);
            integrity = left.try_into().ok()?;
            register.copy_from_slice(right);
            step -= 1;
        }
    }
    verify_slices_are_equal(&integrity, &INITIAL_VALUE).ok()?;
    Some(registers)
}

/// The number of registers: two at least (§2), and no key of RFC 7518 has more than eight.
fn check_length(registers: &[u8]) -> Option<u64> {
    let count = registers.len() / HALF;
    (registers.len().is_multiple_of(HALF) && (2..=8).contains(&count)).then_some(u64::try_from(count).ok()?)
}

/// A half with the number of the step added in.
fn mixed(half: &[u8], step: u64) -> Option<[u8; HALF]> {
    Some((u64::from_be_bytes(half.try_into().ok()?) ^ step).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hexadecimal: &str) -> Vec<u8> {
        let digits: Vec<_> = hexadecimal.chars().filter(|digit| !digit.is_whitespace()).collect();
        digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
    }

    #[test]
    fn the_examples_of_rfc_3394_section_4() {
        let key = "00112233445566778899AABBCCDDEEFF";
        let longer = "00112233445566778899AABBCCDDEEFF0001020304050607";
        let longest = "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F";
        let with = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
        for (section, length, key, wrapped) in [
            ("4.1", 16, key, "1FA68B0A8112B447 AEF34BD8FB5A7B82 9D3E862371D2CFE5"),
            ("4.2", 24, key, "96778B25AE6CA435 F92B5B97C050AED2 468AB8A17AD84E5D"),
            ("4.3", 32, key, "64E8C3F9CE0F5BA2 63E9777905818A2A 93C8191E7D6E8AE7"),
            ("4.4", 24, longer, "031D33264E15D332 68F24EC260743EDC E1C6C7DDEE725A93 6BA814915C6762D2"),
            ("4.5", 32, longer, "A8F9BC1612C68B3F F6E6F4FBE30E71E4 769C8B80A32CB895 8CD5D17D6B254DA1"),
            (
                "4.6",
                32,
                longest,
                "28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21",
            ),
        ] {
            let (with, key, wrapped) = (&bytes(with)[..length], bytes(key), bytes(wrapped));
            assert_eq!(wrap(with, &key).unwrap(), wrapped, "{section}");
            assert_eq!(*unwrap(with, &wrapped).unwrap(), key, "{section}");
            for at in 0..wrapped.len() {
                let mut changed = wrapped.clone();
                changed[at] ^= 1;
                assert!(unwrap(with, &changed).is_none(), "{section}, byte {at}");
            }
        }
    }

    #[test]
    fn other_lengths_are_none() {
        let with = [7; 16];
        for length in [0, 1, 8, 15, 17, 72] {
            assert!(wrap(&with, &vec![1; length]).is_none(), "{length}");
            assert!(unwrap(&with, &vec![1; length + 8]).is_none(), "{length}");
        }
        assert!(unwrap(&with, &[1; 7]).is_none());
        assert!(wrap(&with[1..], &[1; 16]).is_none());
    }
}
