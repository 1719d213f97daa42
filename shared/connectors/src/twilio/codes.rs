//! Twilio's error codes, as its REST API gives them in `code` and its status callbacks in `ErrorCode`.
//!
//! Source: twilio.com/docs/api/errors, one page per code. A 300xx comes only with a callback.

use domain::messaging::delivery::Blocked;

use crate::codes::CodeClass;

/// Sorts one of Twilio's codes.
#[must_use]
pub fn classify(code: i64) -> CodeClass {
    match code {
        // Too many requests; internal error; service unavailable; timeout upstream.
        20_429 | 20_500 | 20_503 | 20_504
        // The queue of our number (21611), of the account (30001) or of the carrier (30017, 30022) is full.
        | 21_611 | 30_001 | 30_017 | 30_022
        // The handset is off (30003); the carrier gave no reason (30008); the provider did not answer (30410).
        | 30_003 | 30_008 | 30_410
        // WhatsApp through Twilio: rate limit.
        | 63_018 => CodeClass::Retry,
        // The recipient texted STOP.
        21_610 => CodeClass::Blocked(Blocked::OptedOut),
        // No such number (21211, 30005), one that cannot get SMS (21614), a landline (21635, 30006).
        21_211 | 30_005 | 21_614 | 21_635 | 30_006
        // The recipient or their carrier blocks us; Twilio does not say which, so it is no word of the person's.
        | 30_004
        // WhatsApp through Twilio: not on WhatsApp (63003, 63024).
        | 63_003 | 63_024 => CodeClass::Blocked(Blocked::Unreachable),
        // Among the rest: credentials (20003), suspended account (30002), filtered content (30007), a country that is
        // not enabled (21408), an unregistered sender (30034).
        _ => CodeClass::Permanent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_by_what_helps() {
        for (code, class) in [
            (20_429, CodeClass::Retry),
            (30_003, CodeClass::Retry),
            (21_610, CodeClass::Blocked(Blocked::OptedOut)),
            (21_211, CodeClass::Blocked(Blocked::Unreachable)),
            (21_614, CodeClass::Blocked(Blocked::Unreachable)),
            (30_004, CodeClass::Blocked(Blocked::Unreachable)),
            (30_005, CodeClass::Blocked(Blocked::Unreachable)),
            (30_006, CodeClass::Blocked(Blocked::Unreachable)),
            (30_007, CodeClass::Permanent),
            (20_003, CodeClass::Permanent),
            (0, CodeClass::Permanent),
        ] {
            assert_eq!(classify(code), class, "{code}");
        }
    }
}
