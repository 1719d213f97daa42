//! A sample of every kind of item of this context: opt-outs and of sends that failed.

use domain::ContactId;
use domain::messaging::Channel;
use jiff::civil::date;

use crate::table::keys;
use crate::table::samples::{CONTACT, Place, acme, phone};

pub(crate) fn places() -> Vec<Place> {
    let (acme, address) = (acme(), phone());
    let own = keys::of(&acme);
    vec![
        ("suppression", own.suppression(&address), "T#acme#SUPPRESSION#phone:+13035550101|SUPPRESSION"),
        ("suppression, kept", own.kept_suppression("5f"), "T#acme#SUPPRESSION#hmac-sha256:5f|SUPPRESSION"),
        ("standing", own.opt_out_state(ContactId::parse(CONTACT).unwrap()), "T#acme#PERSON#{contact}|NOW#STANDING"),
        (
            "failed sends",
            own.failed_sends(date(2026, 11, 20), Channel::Sms, "30007"),
            "T#acme#FAILED_SENDS#2026-11-20|sms#30007",
        ),
    ]
}
