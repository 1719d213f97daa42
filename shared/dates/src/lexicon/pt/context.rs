//! Portuguese: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Noise,
        &[
            "tarde demais",
            "bom dia",
            "boa tarde",
            "boa noite",
            "um momento",
            "um segundo",
            "ate amanha",
            "ate logo",
            "ate mais",
        ],
    ),
    (
        Noise,
        &["segunda mao", "primeira vez", "um minuto", "bom fim de semana", "algum dia", "ate breve", "segunda via"],
    ),
    // A meal that is asked about
    // A price by the night is no evening.
    (Noise, &["por noite", "por dia", "por hora"]),
    (Noise, &["pequeno almoco", "pequenos almocos", "cafe da manha", "cafes da manha", "cafe de manha"]),
    (Noise, &["almoco incluido", "almoco incluso", "almoco esta incluido", "almoco esta incluso", "com almoco"]),
    (Noise, &["segunda opiniao", "segunda vez", "quarta vez", "quinta vez", "bom final de semana"]),
    (Asks, &["pode", "podem", "poderia", "posso", "preciso", "quero", "queria", "gostaria", "por favor"]),
    (Asks, &["vir"]),
    (Moves, &["mudar", "remarcar", "adiar", "trocar", "alterar"]),
    (Been, &["ontem", "anteontem", "desde ontem", "era", "estava", "faz"]),
    (Happened, &["foi", "comecou", "quebrou"]),
    (Ago, &["atras", "de idade"]),
    (Street, &["rua", "avenida", "av", "praca", "travessa", "estrada", "alameda"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["mas", "pois", "depois", "antes", "apos"]),
    (GoesOn, &["me", "esta", "e", "se", "ou", "por", "favor", "obrigado", "obrigada", "ok", "bem", "perfeito", "pode"]),
    (
        GoesOn,
        &["que", "com", "para", "seria", "poderia", "nao", "o", "a", "os", "as", "em", "de", "do", "da", "no", "na"],
    ),
    (
        GoesOn,
        &["porque", "mas", "melhor", "tenho", "tem", "quando", "eu", "voce", "nos", "ser", "fica", "funciona", "vai"],
    ),
];
