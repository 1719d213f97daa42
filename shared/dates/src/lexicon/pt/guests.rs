//! Portuguese: what guests of a hotel say of their stay.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Arrives,
        &[
            "chego",
            "chegamos",
            "chegar",
            "chegando",
            "chegada",
            "chegaremos",
            "entro",
            "entramos",
            "entrar",
            "entrada",
            "entrando",
            "check in",
            "checkin",
            "venho",
        ],
    ),
    (
        Leaves,
        &[
            "saio",
            "saimos",
            "sair",
            "saindo",
            "saida",
            "partida",
            "partimos",
            "vou embora",
            "vamos embora",
            "ir embora",
            "check out",
            "checkout",
        ],
    ),
    (Noise, &["check out", "check in"]),
    (Only, &["so", "apenas", "somente"]),
    (Extra, &["mais", "extra", "adicional"]),
    (Room, &["quarto", "quartos"]),
];
