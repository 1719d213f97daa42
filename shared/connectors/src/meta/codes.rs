//! Meta's error codes, as the WhatsApp Cloud API gives them in answers and in `statuses[].errors[].code`.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.

use domain::messaging::delivery::Blocked;

use crate::codes::CodeClass;

/// Sorts one of Meta's codes.
#[must_use]
pub fn classify(code: i64) -> CodeClass {
    match code {
        // Unknown and service errors: "temporary due to downtime or due to being overloaded".
        1 | 2 | 131_000 | 131_016 | 133_004
        // Throttling: of the app (4), the account (80007), the throughput (130429), the pair of numbers (131056).
        | 4 | 80_007 | 130_429 | 131_056
        // The business account is in maintenance mode, for minutes.
        | 131_057 => CodeClass::Retry,
        // Undeliverable: the number is not on WhatsApp, blocked us or has not accepted the terms of service. Meta does
        // not say which of them, so it is taken for the least.
        131_026 => CodeClass::Blocked(Blocked::Unreachable),
        // The person stopped our marketing messages. Meta would let other kinds through; we take them at their word.
        131_050 => CodeClass::Blocked(Blocked::OptedOut),
        // Among the rest: no template outside the 24-hour window (131047), withheld by Meta (131049, 130472),
        // spam limit of our number (131048, where further tries make it worse), tokens, permissions. Of templates:
        // another number of places (132000), no such name in this language (132001), too long when filled in (132005),
        // characters (132007) or a format (132012, 132018) that it does not allow, paused (132015) or disabled (132016)
        // for its quality. A pause ends after hours, but then the message is late: somebody should see it.
        _ => CodeClass::Permanent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_by_what_helps() {
        for (code, class) in [
            (130_429, CodeClass::Retry),
            (131_056, CodeClass::Retry),
            (131_026, CodeClass::Blocked(Blocked::Unreachable)),
            (131_050, CodeClass::Blocked(Blocked::OptedOut)),
            (131_047, CodeClass::Permanent),
            (132_000, CodeClass::Permanent),
            (132_001, CodeClass::Permanent),
            (132_005, CodeClass::Permanent),
            (132_007, CodeClass::Permanent),
            (132_012, CodeClass::Permanent),
            (132_015, CodeClass::Permanent),
            (132_016, CodeClass::Permanent),
            (190, CodeClass::Permanent),
            (-1, CodeClass::Permanent),
        ] {
            assert_eq!(classify(code), class, "{code}");
        }
    }
}
