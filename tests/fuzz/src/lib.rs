//! What the fuzz targets in `tests/` share.
//!
//! Each target gets every input twice: as it is, which is what a coverage-guided engine (`cargo bolero`) wants, and as
//! a script of changes to a sample of the target's corpus, because on stable Rust inputs are drawn blindly and blind
//! bytes hardly ever get past the first brace.

use std::path::Path;

/// Pieces that parsers stumble over.
const PIECES: [&[u8]; 20] = [
    b"null",
    b"{}",
    b"[]",
    b"\"\"",
    b"-1",
    b"1e400",
    b"9223372036854775808",
    b"\\ud800",
    b"\xff",
    b"\0",
    b"[[[[[[[[",
    b"true",
    b"&",
    b"=",
    b"%",
    b"\n",
    b",",
    b":",
    b"\xe2\x80\xae",
    b"+14155550123",
];

/// The samples in `tests/__fuzz__/TARGET/corpus`, in a fixed order.
///
/// # Errors
/// When the directory or a file cannot be read.
pub fn samples(target: &str) -> std::io::Result<Vec<Vec<u8>>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/__fuzz__").join(target).join("corpus");
    let mut paths = directory.read_dir()?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    paths.iter().map(std::fs::read).collect()
}

/// One of the samples, with none to three changes, as `script` says.
#[must_use]
pub fn changed(samples: &[Vec<u8>], script: &[u8]) -> Vec<u8> {
    let [pick, count, script @ ..] = script else { return Vec::new() };
    let mut bytes = samples.iter().cycle().nth(usize::from(*pick)).cloned().unwrap_or_default();
    let (steps, _) = script.as_chunks::<4>();
    for [step, high, low, with] in steps.iter().take(usize::from(count % 4)) {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % (bytes.len() + 1);
        let end = bytes.len().min(at + usize::from(*with));
        match step % 8 {
            0 | 1 => drop(bytes.splice(at..bytes.len().min(at + 1), [*with])),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.extend_from_within(at..end),
            4 => bytes.truncate(at),
            _ => {
                let piece = PIECES.iter().cycle().nth(usize::from(*with)).copied().unwrap_or_default();
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}
