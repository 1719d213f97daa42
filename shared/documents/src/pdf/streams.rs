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
    let (mut is_image, mut holds_objects, mut has_columns, mut has_size) = (false, false, false, false);
    let (mut of_objects, mut hidden) = (0, 0);
    while let Some(at) = memchr::memmem::find(rest, b"stream") {
        budget.step()?;
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        let data = behind.get(6..).unwrap_or_default();
        rest = data;
        if before.ends_with(b"end") {
            (is_image, holds_objects, has_columns, has_size) = (false, false, false, false);
            continue;
        }
        let has = |name: &[u8]| memchr::memmem::find(before, name).is_some();
        is_image |= has(b"/Image");
        // A stream with objects says where the first is. A name can be written with "#" in many ways.
        holds_objects |= has(b"/First") || before.contains(&b'#');
        // A table of objects has columns and a size. Each of its bytes may be an object.
        has_columns |= [b"/W ".as_slice(), b"/W[", b"/W\n", b"/W\r", b"#57"].into_iter().any(has);
        has_size |= has(b"/Size") || before.contains(&b'#');
        let is_table = has_columns && has_size;
        if is_image && !holds_objects && !is_table {
            continue;
        }
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let unpacked = weigh(data, budget)?;
        if is_table && unpacked > MAX_TABLE {
            return Err(Unreadable::UnpacksToTooMuch);
        }
        if !holds_objects {
            continue;
        }
        of_objects += unpacked;
        if unpacked == 0 {
            // Encrypted, or packed in another way: what it can become is known by its size alone.
            let end = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
            hidden += u64::try_from(end).unwrap_or(u64::MAX);
        }
        if of_objects > budget.limits.unpacked || hidden > MAX_HIDDEN {
            return Err(Unreadable::UnpacksToTooMuch);
        }
    }
    Ok(())
}

/// Bytes of streams with objects that cannot be looked into before a file is opened: half a megabyte is some 10,000 objects.
const MAX_HIDDEN: u64 = 500_000;

/// Bytes of a table of objects: some 300,000 of them.
const MAX_TABLE: u64 = 2_000_000;

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
