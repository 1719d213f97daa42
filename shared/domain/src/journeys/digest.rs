//! A digest of a text, by which a repeat is known.

/// The digest of `text`: the same for texts that differ only in capitals and white space. It is stored, so it never
/// changes.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo): quick, and good enough to tell a person's few texts of a day apart.
#[must_use]
pub fn digest(text: &str) -> u64 {
    let text = text.trim();
    // Most texts are ASCII, and this is the gate's longest loop.
    if text.is_ascii() { folded(text.bytes().map(char::from)) } else { folded(text.chars()) }
}

fn folded(chars: impl Iterator<Item = char>) -> u64 {
    let mut hash = BASIS;
    let mut gap = false;
    for char in chars {
        if char.is_whitespace() {
            gap = true;
            continue;
        }
        if gap {
            hash = add(hash, b' ');
            gap = false;
        }
        match u8::try_from(char) {
            Ok(byte) if byte.is_ascii() => hash = add(hash, byte.to_ascii_lowercase()),
            _ => {
                for lower in char.to_lowercase() {
                    hash = lower.encode_utf8(&mut [0; 4]).bytes().fold(hash, add);
                }
            }
        }
    }
    hash
}

/// FNV's offset basis of 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn add(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_white_space_make_no_difference_and_words_do() {
        let text = digest("Hello Ana, your roof is ready");
        for alike in ["hello ana,  YOUR roof\nis ready ", "\tHello Ana, your\u{a0}roof is ready"] {
            assert_eq!(digest(alike), text, "{alike:?}");
        }
        for other in ["", "Hello Ana, your roof isready", "Hello Ana, your roof is not ready", "Hola Ana"] {
            assert_ne!(digest(other), text, "{other:?}");
        }
        assert_eq!(digest("ÄRGER"), digest("ärger"));
    }

    #[test]
    fn it_is_what_was_stored_before() {
        // From FNV's published test vectors.
        assert_eq!(digest(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(digest("A"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(digest(" FooBar "), 0x8594_4171_f739_67e8);
    }
}
