//! Spanish: what guests of a hotel say of their stay.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Arrives,
        &[
            "llego",
            "llegamos",
            "llegar",
            "llegando",
            "llegada",
            "llegaremos",
            "llegaria",
            "entro",
            "entramos",
            "entrar",
            "entrada",
            "entrando",
            "check in",
            "checkin",
            "vengo",
            "venimos",
        ],
    ),
    (
        Leaves,
        &[
            "salgo",
            "salimos",
            "salir",
            "saliendo",
            "salida",
            "salida el",
            "me voy",
            "nos vamos",
            "irnos",
            "irme",
            "me marcho",
            "nos marchamos",
            "check out",
            "checkout",
        ],
    ),
    (Only, &["solo", "solamente", "unicamente"]),
    (Extra, &["mas", "extra", "adicional"]),
    (Room, &["habitacion", "habitaciones", "hab", "cuarto"]),
];
