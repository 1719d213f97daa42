//! English: what guests of a hotel say of their stay.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Arrives,
        &[
            "arrive",
            "arriving",
            "arrival",
            "check in",
            "checking in",
            "checkin",
            "get in",
            "getting in",
            "come in",
            "be there",
        ],
    ),
    (Arrives, &["coming", "come", "we land", "landing"]),
    (
        Leaves,
        &[
            "leave",
            "leaving",
            "depart",
            "departing",
            "departure",
            "check out",
            "checking out",
            "checkout",
            "go home",
            "head home",
            "fly home",
            "fly back",
        ],
    ),
    (Only, &["only", "just"]),
    (Extra, &["more", "extra", "additional", "longer"]),
    (Room, &["room", "rooms", "rm", "suite", "cabin", "apartment"]),
];
