//! QR codes as SVG images: one path, dark on light whatever the page's colours are, because cameras want it so.

use domain::Failure;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// The light border that ISO/IEC 18004 asks for, in modules.
const QUIET: i32 = 4;

/// `text` as an image, one unit a module.
///
/// # Errors
/// [`Failure::Permanent`] for a text that is longer than a QR code holds (2,331 bytes).
pub(crate) fn svg(text: &str) -> Result<String, Failure> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| Failure::Permanent("a URL is longer than a QR code holds".into()))?;
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path = dark.fold(String::new(), |mut path, (x, y)| {
        // Writing to a String cannot fail.
        let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        path
    });
    let side = size + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0,0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_corners_are_where_a_camera_looks_for_them() {
        // 21 modules hold 14 bytes: version 1.
        let image = svg("otpauth").unwrap();
        assert!(image.contains("viewBox=\"0 0 29 29\""), "{image}");
        for corner in ["M4,4h", "M24,4h", "M4,24h"] {
            assert!(image.contains(corner), "{corner}");
        }
        let edge: Vec<bool> = (4..=11).map(|x| image.contains(&format!("M{x},4h"))).collect();
        assert_eq!(edge, [true, true, true, true, true, true, true, false], "seven dark, then a light one");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert!(svg(&"x".repeat(2331)).is_ok());
        assert!(matches!(svg(&"x".repeat(2332)), Err(Failure::Permanent(_))));
    }

    #[test]
    fn the_text_itself_is_not_in_the_image() {
        assert!(!svg("otpauth://totp/x?secret=GEZDGNBV&<script>").unwrap().contains("secret"));
    }
}
