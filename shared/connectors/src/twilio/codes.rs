//! Twilio's error codes, as its REST API gives them in `code` and its status callbacks in `ErrorCode`.
//!
//! Source: twilio.com/docs/api/errors, one page per code. A 300xx comes only with a callback.

use domain::messaging::delivery::Blocked::{OptedOut, Unreachable};

use crate::codes::CodeClass::{self, Blocked, Permanent, Retry};
use crate::codes::{Row, class_in};

/// Sorts one of Twilio's codes.
#[must_use]
pub fn classify(code: i64) -> CodeClass {
    class_in(TABLE, code)
}

const CALL_THEM: &str = "Call them instead.";
const CHECK_CREDENTIALS: &str = "Copy the account SID and an API key from Twilio's console into Porchlight again.";

/// What each code means.
pub(crate) const TABLE: &[Row] = &[
    // Too many requests; internal error; service unavailable; timeout upstream; the provider did not answer.
    Row::one(
        &[20_429, 20_500, 20_503, 20_504, 30_410],
        Retry,
        "Twilio could not take it for a while",
        "Nothing, unless it goes on: then look at status.twilio.com.",
    ),
    // The queue of our number, of the account, of the carrier.
    Row::all(
        &[21_611, 30_001, 30_017, 30_022],
        Retry,
        "More messages wait at Twilio than your number may send",
        "Send fewer at once, or ask Twilio for a higher throughput.",
    ),
    Row::one(&[30_003], Retry, "Their telephone was switched off or out of reach", "Try again later, or call them."),
    Row::one(&[30_008], Retry, "The phone company gave no reason", "Try again later, or call them."),
    // WhatsApp through Twilio: rate limit.
    Row::one(&[63_018], Retry, "WhatsApp could not take it for a while", "Nothing, unless it goes on."),
    Row::one(
        &[21_610],
        Blocked(OptedOut),
        "They texted STOP to your number",
        "Nothing: they want no messages. They can text START to come back.",
    ),
    Row::one(
        &[21_211, 30_005],
        Blocked(Unreachable),
        "There is no such number, or it is not in service",
        "Ask them for the right one another way.",
    ),
    Row::one(
        &[21_614, 21_635, 30_006],
        Blocked(Unreachable),
        "It is a landline, or cannot get text messages",
        CALL_THEM,
    ),
    // Twilio does not say which, so it is no word of the person's.
    Row::one(&[30_004], Blocked(Unreachable), "They, or their phone company, block your messages", CALL_THEM),
    // WhatsApp through Twilio.
    Row::one(
        &[63_003, 63_024],
        Blocked(Unreachable),
        "This number is not on WhatsApp",
        "Write to them by text message, or call.",
    ),
    Row::all(&[20_003], Permanent, "Twilio does not accept your credentials", CHECK_CREDENTIALS),
    Row::all(
        &[30_002],
        Permanent,
        "Your Twilio account is suspended",
        "Look at the messages in Twilio's console: often a payment failed.",
    ),
    Row::all(
        &[30_034],
        Permanent,
        "Your number is not registered for business messages in the United States (A2P 10DLC)",
        "Register your business and campaign in Twilio's console under Messaging > Regulatory Compliance, and add the number to it; \
         it takes days.",
    ),
    Row::all(
        &[30_032],
        Permanent,
        "Your toll-free number is not verified",
        "Verify it in Twilio's console under Messaging > Regulatory Compliance.",
    ),
    Row::all(
        &[30_007],
        Permanent,
        "Phone companies filter your messages as unwanted",
        "Leave out short links and capital letters, name your business, write only to who agreed, and ask Twilio's support why.",
    ),
    Row::all(
        &[30_023, 30_027],
        Permanent,
        "Your campaign has sent all that phone companies allow it for today",
        "Wait until tomorrow, or raise your campaign's trust score at Twilio.",
    ),
    Row::all(
        &[21_608],
        Permanent,
        "Your Twilio account is a trial, which writes to verified numbers only",
        "Upgrade the account in Twilio's console.",
    ),
    Row::all(
        &[21_212, 21_603, 21_606, 21_607],
        Permanent,
        "The number that you send from is not one of your Twilio account's, or cannot text",
        "Correct the number in Porchlight, or buy one that can text.",
    ),
    Row::one(
        &[21_408],
        Permanent,
        "Your Twilio account may not text to their country",
        "Allow the country in Twilio's console under Messaging > Settings > Geo permissions.",
    ),
    Row::one(&[21_612], Permanent, "Twilio has no way from your number to theirs", CALL_THEM),
    Row::one(
        &[30_010],
        Permanent,
        "It would have cost more than your limit at Twilio allows",
        "Raise the highest price of a message in Twilio's console.",
    ),
    // No body; no recipient; bad callback URL; over 1600 characters.
    Row::one(
        &[21_602, 21_604, 21_609, 21_617],
        Permanent,
        "Twilio did not understand what was sent",
        "Tell Porchlight's support: it is not your fault.",
    ),
    Row::one(
        &[63_016],
        Permanent,
        "They wrote on WhatsApp more than 24 hours ago, which leaves approved templates only",
        "Write to them another way, or have a template approved.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_by_what_helps() {
        for (code, class) in [
            (20_429, Retry),
            (30_003, Retry),
            (21_610, Blocked(OptedOut)),
            (21_211, Blocked(Unreachable)),
            (21_614, Blocked(Unreachable)),
            (30_004, Blocked(Unreachable)),
            (30_005, Blocked(Unreachable)),
            (30_006, Blocked(Unreachable)),
            (30_007, Permanent),
            (30_034, Permanent),
            (20_003, Permanent),
            (0, Permanent),
        ] {
            assert_eq!(classify(code), class, "{code}");
        }
    }
}
