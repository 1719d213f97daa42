//! Spanish: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (
        Noise,
        &[
            "demasiado tarde",
            "buenos dias",
            "buenas tardes",
            "buenas noches",
            "buen dia",
            "un momento",
            "un segundo",
            "hasta manana",
        ],
    ),
    (
        Noise,
        &["buena tarde", "buena noche", "hasta luego", "algun dia", "de segunda mano", "primera vez", "mas tarde le"],
    ),
    // A price by the night is no evening.
    (Noise, &["por noche", "por dia", "por hora"]),
    (Noise, &["segunda mano", "por primera vez", "un minuto", "hasta pronto", "buen fin de semana", "feliz dia"]),
    (Asks, &["puede", "pueden", "podria", "podrian", "puedo", "necesito", "quiero", "quisiera"]),
    (Asks, &["por favor", "venir", "podemos", "podriamos", "pasarla", "pasarlo", "cambiarla", "cambiarlo"]),
    (Moves, &["cambiar", "mover", "pasar", "reprogramar", "aplazar"]),
    (Been, &["ayer", "anoche", "antier", "anteayer", "desde hace", "hace", "era", "estaba", "paso", "desde ayer"]),
    (Happened, &["fue", "estuvo", "empezo", "ocurrio", "comenzo", "rompio"]),
    (Wishing, &["hace falta", "paso a"]),
    (Noise, &["la noche antes", "la noche anterior", "la tarde anterior", "el dia anterior por la noche"]),
    (Distance, &["de viaje", "de camino", "de carretera", "de coche", "de carro", "en coche", "en carro", "de aqui"]),
    (Distance, &["de distancia", "de manejo", "manejando"]),
    (Calls, &["llame", "llamen", "llamarme", "llamar", "llamame", "llameme", "llamenme", "contactarme", "localizarme"]),
    (Same, &["misma hora", "a la misma hora", "mismo horario", "en el mismo horario"]),
    (Sunlight, &["sol", "pleno sol", "luz del sol"]),
    (Ago, &["atras", "de antiguedad", "de edad"]),
    (Street, &["calle", "avenida", "av", "avda", "plaza", "paseo", "carretera"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["mas", "pues", "es", "tras", "entonces", "antes", "despues", "estaria", "puedes", "podrias"]),
    (GoesOn, &["tienes", "vuelvo", "vengo", "llego", "voy", "paso"]),
    (GoesOn, &["me", "viene", "va", "esta", "es", "si", "o", "y", "por", "favor", "gracias", "ok", "bien", "perfecto"]),
    (
        GoesOn,
        &["que", "con", "para", "puedo", "puede", "seria", "podria", "no", "el", "la", "los", "en", "de", "del", "a"],
    ),
    (
        GoesOn,
        &["porque", "pero", "mejor", "tengo", "tiene", "hay", "cuando", "vale", "nos", "les", "le", "se", "un", "una"],
    ),
    (Vague, &["un par de", "par de", "unos", "unas", "unos cuantos"]),
    (
        WorkingDays,
        &["dia habil", "dias habiles", "dia laborable", "dias laborables", "dias laborales", "dias de trabajo"],
    ),
    (Days, &["dia habil", "dia laborable"]),
    (WithinWeek, &["dentro de la semana", "en el transcurso de la semana", "en el curso de la semana"]),
    (Instead, &["sino", "pero", "pero si", "mejor"]),
    (In, &["despues de", "pasados", "pasadas"]),
    (Not, &["ni", "ni el", "olvide el", "olvidemos el"]),
    (Unfit, &["queda descartado", "ya no puedo", "ya no", "mejor no", "ya no me viene bien", "ya no me va bien"]),
    (Until, &["como muy tarde", "como muy tarde a las", "como muy tarde el", "tan tarde como", "como maximo a las"]),
    (OrEarlier, &["como muy tarde", "a mas tardar", "como maximo"]),
    (OrLater, &["como pronto", "como muy pronto"]),
    (After, &["pasados", "pasadas"]),
    (MoveDays(-1), &["la vispera de", "visperas de"]),
    (Waited, &["todavia no", "aun no", "sigo", "sigue", "no ha", "no he", "no hemos", "esperando"]),
];
