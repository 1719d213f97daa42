//! German: what guests of a hotel say of their stay.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Arrives,
        &[
            "anreise",
            "anreisen",
            "anreisend",
            "ankunft",
            "ankommen",
            "kommen",
            "komme",
            "check in",
            "checkin",
            "einchecken",
        ],
    ),
    (Leaves, &["abreise", "abreisen", "abreisend", "check out", "checkout", "auschecken"]),
    (Travels, &["reise", "reisen", "reist", "fahre", "fahren"]),
    (Only, &["nur", "bloss"]),
    (Extra, &["mehr", "langer", "zusatzlich", "weitere", "noch"]),
    (Room, &["zimmer", "zi", "zimmernummer"]),
];
