//! The colour of a business, made readable on pages and on paper.

/// What text needs for WCAG 2.2 level AA (success criterion 1.4.3).
pub const READABLE: f64 = 4.5;
/// Steps on the way to black or white.
const STEPS: i32 = 50;

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self([255; 3]);

    /// Reads `#RRGGBB`; `None`: it is no such colour.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// As `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        let Self([red, green, blue]) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The nearest colour on the way to black (0) or white (255) that can be read on these backgrounds; that end where none can.
    #[must_use]
    pub fn against(self, backgrounds: &[Self], end: u8) -> Self {
        let towards = |step: i32| {
            Self(self.0.map(|part| {
                let (part, last) = (i32::from(part), i32::from(end));
                u8::try_from(part + (last - part) * step / STEPS).unwrap_or(end)
            }))
        };
        let is_readable = |colour: &Self| backgrounds.iter().all(|ground| colour.contrast(*ground) >= READABLE);
        (0..STEPS).map(towards).find(is_readable).unwrap_or(Self([end; 3]))
    }

    /// WCAG's contrast ratio.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let Self([red, green, blue]) = self;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_the_one_of_wcag() {
        let contrast = |a, b| Colour::read(a).unwrap().contrast(Colour::read(b).unwrap());
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
    }

    #[test]
    fn a_colour_that_can_be_read_stays_and_another_goes_as_far_as_it_must() {
        let own = Colour::read("#1a4d8f").unwrap();
        assert_eq!(own.against(&[Colour::WHITE], 0), own);
        for pale in ["#F2A900", "#FFFFFF", "#FFFF00", "#808080", "#00FFFF"] {
            let shown = Colour::read(pale).unwrap().against(&[Colour::WHITE], 0);
            assert!(shown.contrast(Colour::WHITE) >= READABLE, "{pale} became {}", shown.hex());
        }
    }

    #[test]
    fn what_is_no_colour_is_not_read() {
        for wrong in ["red", "#12345", "#12345é", "1a4d8f", "#eval(\"1\")", "#1a4d8f0"] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }
}
