//! French: what guests of a hotel say of their stay.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Arrives,
        &[
            "arrive",
            "arrivons",
            "arrivez",
            "arriver",
            "arrivant",
            "arrivee",
            "arriverai",
            "arriverons",
            "arrivera",
            "check in",
            "checkin",
            "viens",
            "venons",
            "on vient",
        ],
    ),
    (
        Leaves,
        &[
            "pars",
            "partons",
            "repars",
            "repartons",
            "repartir",
            "repart",
            "partir",
            "partant",
            "on part",
            "depart",
            "partirons",
            "partirai",
            "check out",
            "checkout",
            "quittons",
        ],
    ),
    (Only, &["seulement", "juste", "uniquement", "rien que"]),
    (Extra, &["de plus", "en plus", "supplementaire", "encore"]),
    (Room, &["chambre", "chambres"]),
];
