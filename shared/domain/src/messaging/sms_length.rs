//! How long a text is by SMS: in parts, each of which is charged.

use serde::Serialize;
use utoipa::ToSchema;

/// The letters of GSM 03.38 that take one place; all others but [`EXTENDED`] make the whole text UCS-2.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that take two.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";
/// What one message takes alone, and what each of several does: their order takes the rest.
const GSM: (u32, u32) = (160, 153);
const UCS2: (u32, u32) = (70, 67);

/// How long a text is by SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SmsLength {
    /// Places that it takes.
    #[schema(example = 251)]
    pub places: u32,
    /// Parts that are sent, each of which is charged.
    #[schema(example = 2)]
    pub parts: u32,
    /// Whether it has only letters of the alphabet of telephones; others make a part less than half as long.
    #[schema(example = true)]
    pub plain: bool,
}

impl SmsLength {
    /// Of a text as it is sent.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let plain = text.chars().all(|c| BASIC.contains(c) || EXTENDED.contains(c));
        let places = match plain {
            true => text.chars().map(|c| if EXTENDED.contains(c) { 2 } else { 1 }).sum(),
            false => u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX),
        };
        let (alone, each) = if plain { GSM } else { UCS2 };
        let parts = if places <= alone { u32::from(places > 0) } else { places.div_ceil(each) };
        Self { places, parts, plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_networks_charge_them() {
        let of = |text: &str| {
            let SmsLength { places, parts, plain } = SmsLength::of(text);
            (places, parts, plain)
        };
        assert_eq!(of(""), (0, 0, true));
        assert_eq!(of(&"a".repeat(160)), (160, 1, true));
        assert_eq!(of(&"a".repeat(161)), (161, 2, true));
        assert_eq!(of(&"a".repeat(306)), (306, 2, true));
        assert_eq!(of(&"a".repeat(307)), (307, 3, true));
        assert_eq!(of(&"€".repeat(80)), (160, 1, true));
        assert_eq!(of(&"á".repeat(70)), (70, 1, false));
        assert_eq!(of(&"á".repeat(71)), (71, 2, false));
        assert_eq!(of("🔥"), (2, 1, false));
    }
}
