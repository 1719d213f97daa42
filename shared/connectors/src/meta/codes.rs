//! Meta's error codes, as the WhatsApp Cloud API gives them in answers and in `statuses[].errors[].code`.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.

use domain::messaging::delivery::Blocked::{OptedOut, Unreachable};

use crate::codes::CodeClass::{self, Blocked, Permanent, Retry};
use crate::codes::{Row, class_in};

/// Sorts one of Meta's codes.
#[must_use]
pub fn classify(code: i64) -> CodeClass {
    class_in(TABLE, code)
}

const NEW_TOKEN: &str = "Make a new access token of a system user, with the permission whatsapp_business_messaging, and put it into Porchlight.";
const MEND_TEMPLATE: &str =
    "Compare the template in WhatsApp Manager with the one in Porchlight, and correct one of them.";
const OTHER_WAY: &str = "Write to them another way, or call.";

/// What each code means.
pub(crate) const TABLE: &[Row] = &[
    // Unknown and service errors: "temporary due to downtime or due to being overloaded".
    Row::one(
        &[1, 2, 131_000, 131_016, 133_004],
        Retry,
        "WhatsApp could not take it for a while",
        "Nothing, unless it goes on: then look at metastatus.com.",
    ),
    // Throttling: of the app, the account, the throughput, the pair of numbers.
    Row::all(
        &[4, 80_007, 130_429, 131_056],
        Retry,
        "More messages were sent than WhatsApp allows at once",
        "Send fewer at once.",
    ),
    Row::all(&[131_057], Retry, "Your WhatsApp account is being maintained by Meta", "Nothing: it takes minutes."),
    // Meta does not say which of them, so it is taken for the least.
    Row::one(
        &[131_026],
        Blocked(Unreachable),
        "They are not on WhatsApp, use an old version, or block you",
        "Write to them by text message, or call.",
    ),
    // Meta would let other kinds through; we take them at their word.
    Row::one(
        &[131_050],
        Blocked(OptedOut),
        "They stopped your messages in WhatsApp",
        "Nothing: they want no messages. They come back by writing to you.",
    ),
    Row::one(
        &[131_047],
        Permanent,
        "They wrote on WhatsApp more than 24 hours ago, which leaves approved templates only",
        OTHER_WAY,
    ),
    Row::one(
        &[130_472, 131_049],
        Permanent,
        "WhatsApp withheld it: they have had many messages from businesses lately",
        "Write to them another way, or wait a day.",
    ),
    // Further tries make it worse.
    Row::all(
        &[131_048],
        Permanent,
        "WhatsApp limits your number, because people blocked or reported it",
        "Write only to who asked for it, and look at your number's quality in WhatsApp Manager.",
    ),
    Row::all(
        &[132_015],
        Permanent,
        "WhatsApp has paused the template, because people disliked it",
        "Edit the template in WhatsApp Manager, or use another one; a pause ends after hours.",
    ),
    Row::all(
        &[132_016],
        Permanent,
        "WhatsApp has disabled the template for good",
        "Have a new template approved, and put it into Porchlight.",
    ),
    Row::all(&[132_001], Permanent, "WhatsApp knows no approved template of that name in that language", MEND_TEMPLATE),
    Row::all(
        &[132_000, 132_012, 132_018],
        Permanent,
        "The template at WhatsApp has other places than Porchlight fills in",
        MEND_TEMPLATE,
    ),
    Row::one(
        &[132_005, 132_007],
        Permanent,
        "The template was too long, or held characters that WhatsApp does not allow",
        "Shorten the template's text, and leave out special characters.",
    ),
    Row::all(&[0, 3, 10, 190, 200], Permanent, "WhatsApp does not accept your access token", NEW_TOKEN),
    Row::all(
        &[33],
        Permanent,
        "Your WhatsApp number was deleted at Meta",
        "Register a number in WhatsApp Manager, and put its id into Porchlight.",
    ),
    Row::all(
        &[368, 131_031],
        Permanent,
        "Meta has blocked your WhatsApp account",
        "Read what Meta says in Business Support Home, and appeal there.",
    ),
    Row::all(
        &[131_042],
        Permanent,
        "Meta could not charge you for WhatsApp",
        "Add or renew the way you pay in WhatsApp Manager.",
    ),
    Row::one(&[130_497], Permanent, "Your WhatsApp account may not write to their country", OTHER_WAY),
    Row::one(
        &[131_062],
        Permanent,
        "They hide their number, and WhatsApp takes no such message for them",
        "Wait until they write again.",
    ),
    Row::one(
        &[100, 131_008, 131_009, 131_051],
        Permanent,
        "WhatsApp did not understand what was sent",
        "Tell Porchlight's support: it is not your fault.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_by_what_helps() {
        for (code, class) in [
            (130_429, Retry),
            (131_056, Retry),
            (131_026, Blocked(Unreachable)),
            (131_050, Blocked(OptedOut)),
            (131_047, Permanent),
            (132_000, Permanent),
            (132_001, Permanent),
            (132_005, Permanent),
            (132_007, Permanent),
            (132_012, Permanent),
            (132_015, Permanent),
            (132_016, Permanent),
            (190, Permanent),
            (-1, Permanent),
        ] {
            assert_eq!(classify(code), class, "{code}");
        }
    }
}
