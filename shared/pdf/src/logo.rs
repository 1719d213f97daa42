//! A logo: PNG or JPEG of a bounded size, looked at before anything unpacks it.

use crate::Error;

/// The most bytes of a logo.
pub const LOGO_BYTES: usize = 512 * 1024;
/// The most pixels of a side. Unpacked, four bytes each, that is 16 MB.
pub const LOGO_PIXELS: u32 = 2_000;

/// The place of a logo, in millimetres.
const PLACE: (f64, f64) = (60.0, 16.0);

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// A picture that may be shown.
#[derive(Debug, Clone)]
pub(crate) struct Logo {
    /// The name of its file for the template; the ending says the format.
    pub(crate) file: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Millimetres: as large as fits into its place.
    pub(crate) width: f64,
    /// The same.
    pub(crate) height: f64,
}

impl Logo {
    /// Checks format and size by the head of the file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > LOGO_BYTES {
            return Err(Error::Logo("it has more than 512 kB"));
        }
        let (file, size) = if bytes.starts_with(PNG) {
            ("/logo.png", png_size(bytes))
        } else if bytes.starts_with(JPEG) {
            ("/logo.jpg", jpeg_size(bytes))
        } else {
            return Err(Error::Logo("it is neither PNG nor JPEG"));
        };
        let (width, height) = size.ok_or(Error::Logo("it is damaged"))?;
        let fits = |pixels: u32| (1..=LOGO_PIXELS).contains(&pixels);
        if !fits(width) || !fits(height) {
            return Err(Error::Logo("a side has more than 2,000 pixels"));
        }
        let (width, height) = (f64::from(width), f64::from(height));
        let scale = (PLACE.0 / width).min(PLACE.1 / height);
        Ok(Self { file, bytes: bytes.to_vec(), width: width * scale, height: height * scale })
    }
}

/// Width and height of the chunk `IHDR`, which is always the first.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((number(16)?, number(20)?))
}

/// Width and height of the frame's head (`SOF0` to `SOF15` without `DHT`, `JPG` and `DAC`; ITU-T T.81, B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    loop {
        let (&[0xff, kind, high, low], _) = rest.split_first_chunk::<4>()? else { return None };
        if kind == 0xff {
            // A byte that only fills.
            rest = rest.get(1..)?;
            continue;
        }
        if (0xc0..=0xcf).contains(&kind) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            let number = |at: usize| Some(u32::from(u16::from_be_bytes(rest.get(at..at + 2)?.try_into().ok()?)));
            return Some((number(7)?, number(5)?));
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(2 + length.max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        [PNG, b"\0\0\0\x0dIHDR", &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06\0\0\0"].concat()
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let app = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
        [&app[..], b"\xff\xff\xc2\0\x11\x08", &height.to_be_bytes(), &width.to_be_bytes(), b"\x03"].concat()
    }

    #[test]
    fn the_size_is_read_before_anything_is_unpacked() {
        assert_eq!((png_size(&png(300, 80)), jpeg_size(&jpeg(301, 81))), (Some((300, 80)), Some((301, 81))));
        let logo = Logo::read(&png(300, 80)).unwrap();
        assert_eq!((logo.file, logo.width, logo.height), ("/logo.png", 60.0, 16.0));
        let narrow = Logo::read(&png(20, 40)).unwrap();
        assert_eq!((narrow.width, narrow.height), (8.0, 16.0));
        assert_eq!(Logo::read(&jpeg(300, 80)).unwrap().file, "/logo.jpg");
        let why = |bytes: &[u8]| Logo::read(bytes).map(|_| ());
        for bomb in [png(50_000, 1), png(1, 2_001), jpeg(2_001, 5), png(0, 5)] {
            assert_eq!(why(&bomb), Err(Error::Logo("a side has more than 2,000 pixels")));
        }
        assert_eq!(why(&vec![0; LOGO_BYTES + 1]), Err(Error::Logo("it has more than 512 kB")));
        assert_eq!(why(b"<svg/>"), Err(Error::Logo("it is neither PNG nor JPEG")));
        for cut in 8..24 {
            assert_eq!(why(&png(300, 80)[..cut]), Err(Error::Logo("it is damaged")), "{cut}");
        }
        for cut in 3..29 {
            assert_eq!(why(&jpeg(300, 80)[..cut]), Err(Error::Logo("it is damaged")), "{cut}");
        }
    }
}
