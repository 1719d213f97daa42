//! Streams of a PDF, unpacked within the budget.

use crate::Unreadable;
use crate::limits::Budget;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// At the most, a byte becomes so many: a little more than Deflate (1,032) and LZW can.
const RATIO: u64 = 1_400;

/// What a stream says; `None` where it is damaged from the beginning, or an image.
pub(super) fn decoded(stream: &Stream<'_>, budget: &Budget<'_>) -> Result<Option<Vec<u8>>, Unreadable> {
    let filters = stream.filters();
    let has_params = stream.dict().contains_key("DecodeParms") || stream.dict().contains_key("DP");
    match filters.as_slice() {
        [] => {
            let data = stream.raw_data();
            budget.unpack(data.len())?;
            Ok(Some(data.into_owned()))
        }
        [Filter::FlateDecode] if !has_params => inflated(&stream.raw_data(), budget),
        [Filter::Ascii85Decode, Filter::FlateDecode] if !has_params => inflated(&ascii85(&stream.raw_data()), budget),
        filters => {
            // These are unpacked by the library, in one go: only if they are small enough for the worst that they can become.
            let packs = filters
                .iter()
                .filter(|filter| !matches!(filter, Filter::AsciiHexDecode | Filter::Ascii85Decode))
                .count();
            let packs = u32::try_from(packs).unwrap_or(u32::MAX);
            let raw = u64::try_from(stream.raw_data().len()).unwrap_or(u64::MAX);
            if raw.saturating_mul(RATIO.saturating_pow(packs)) > budget.limits.unpacked {
                return Err(Unreadable::UnpacksToTooMuch);
            }
            let Ok(data) = stream.decoded_data() else { return Ok(None) };
            budget.unpack(data.len())?;
            Ok(Some(data.into_owned()))
        }
    }
}

fn inflated(raw: &[u8], budget: &Budget<'_>) -> Result<Option<Vec<u8>>, Unreadable> {
    if let Some(data) = budget.inflate(ZlibDecoder::new(raw))? {
        return Ok(Some(data));
    }
    // Some programs leave the two bytes before it away, or write wrong ones.
    if let Some(data) = budget.inflate(DeflateDecoder::new(raw))? {
        return Ok(Some(data));
    }
    budget.inflate(DeflateDecoder::new(raw.get(2..).unwrap_or_default()))
}

/// Four bytes in five letters.
fn ascii85(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in text.strip_prefix(b"<~").unwrap_or(text) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    out.extend(four(&group));
                    group.clear();
                }
            }
            _ => {}
        }
    }
    if group.len() > 1 {
        let bytes = group.len() - 1;
        group.resize(5, 84);
        out.extend(four(&group).into_iter().take(bytes));
    }
    out
}

fn four(group: &[u32]) -> [u8; 4] {
    group.iter().fold(0_u32, |all, digit| all.wrapping_mul(85).wrapping_add(*digit)).to_be_bytes()
}

/// Unpacks every stream of a file once, counting, before the library does: it unpacks those that hold objects when it opens a file, and
/// without a limit. Streams that are images are passed over, because no one unpacks these.
pub(super) fn weigh_all(bytes: &[u8], budget: &Budget<'_>) -> Result<(), Unreadable> {
    let mut rest = bytes;
    let mut head = Vec::new();
    let mut hidden = 0_u64;
    while let Some(at) = memchr::memmem::find(rest, b"stream") {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        let data = behind.get(6..).unwrap_or_default();
        rest = data;
        if before.ends_with(b"end") {
            head.clear();
            continue;
        }
        head.extend_from_slice(before);
        let has = |name: &[u8]| memchr::memmem::find(&head, name).is_some();
        // A stream with objects says where the first is. A name can be written with "#" in many ways.
        let holds_objects = has(b"/First") || head.contains(&b'#');
        if !holds_objects && has(b"/Image") {
            continue;
        }
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let unpacked = weigh(data, budget)?;
        if unpacked == 0 && holds_objects {
            // Encrypted, or packed in another way: by its size, as the worst that it can become would be too much of every file.
            let end = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
            hidden += u64::try_from(end).unwrap_or(u64::MAX);
            if hidden > MAX_HIDDEN {
                return Err(Unreadable::UnpacksToTooMuch);
            }
        }
    }
    Ok(())
}

/// Bytes of streams with objects that cannot be looked into before a file is opened: a megabyte is some 20,000 objects.
const MAX_HIDDEN: u64 = 1_000_000;

/// How much comes out of it, on a budget of its own: what is read of it later is counted again.
fn weigh(data: &[u8], budget: &Budget<'_>) -> Result<u64, Unreadable> {
    let mut decoder = ZlibDecoder::new(data);
    let mut piece = [0; 16 * 1024];
    let mut unpacked = 0;
    while let Ok(read @ 1..) = std::io::Read::read(&mut decoder, &mut piece) {
        unpacked += u64::try_from(read).unwrap_or(u64::MAX);
        budget.in_time()?;
        if unpacked > budget.limits.unpacked {
            return Err(Unreadable::UnpacksToTooMuch);
        }
    }
    Ok(unpacked)
}

/// A string that people read: UTF-16 or UTF-8 by its mark, else nearly Latin-1.
pub(super) fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, skip)) => {
            encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default()).0.into_owned()
        }
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
