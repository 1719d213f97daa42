//! The colour of a business, made readable on paper.

/// What white text on the colour, and the colour on white, need for WCAG 2.2 level AA (success criterion 1.4.3).
const READABLE: f64 = 4.5;
/// Steps on the way to black.
const STEPS: u32 = 50;
/// Where a business has no colour, or none that can be read.
const PLAIN: Colour = Colour([0x1f, 0x3a, 0x5f]);

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

/// The colour that a document uses for `#RRGGBB`: it, or the nearest darker one that is readable with white.
pub(crate) fn readable(own: Option<&str>) -> String {
    let own = own.and_then(Colour::read).unwrap_or(PLAIN);
    (0..STEPS).map(|step| own.darker(step)).find(|colour| colour.on_white() >= READABLE).unwrap_or(PLAIN).hex()
}

impl Colour {
    fn read(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn hex(self) -> String {
        let Self([red, green, blue]) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn darker(self, step: u32) -> Self {
        Self(self.0.map(|part| u8::try_from(u32::from(part) * (STEPS - step) / STEPS).unwrap_or(part)))
    }

    /// WCAG's contrast ratio with white.
    fn on_white(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_can_be_read_stays_and_a_pale_one_gets_darker() {
        assert_eq!(readable(Some("#1a4d8f")), "#1a4d8f");
        for pale in ["#F2A900", "#FFFFFF", "#FFFF00", "#808080", "#00FFFF"] {
            let shown = Colour::read(&readable(Some(pale))).unwrap();
            assert!(shown.on_white() >= READABLE, "{pale} became {}", shown.hex());
        }
        // The ratio is WCAG's.
        assert!((Colour([0; 3]).on_white() - 21.0).abs() < 0.001);
        assert!((Colour([0x77; 3]).on_white() - 4.478).abs() < 0.001);
    }

    #[test]
    fn what_is_no_colour_is_the_plain_one() {
        for wrong in [None, Some("red"), Some("#12345"), Some("#12345é"), Some("#eval(\"1\")")] {
            assert_eq!(readable(wrong), PLAIN.hex());
        }
    }
}
