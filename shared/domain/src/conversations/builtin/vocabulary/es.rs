//! Spanish.

use super::{Cues, Vocabulary, alone, anywhere};

pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    greeting: anywhere(&["hola", "buenos dias", "buenas tardes", "buenas noches", "buenas", "buen dia", "saludos"]),
    thanks: anywhere(&["gracias", "muchas gracias", "se lo agradezco", "muy amable"]),
    goodbye: anywhere(&["adios", "hasta luego", "hasta pronto", "hasta manana", "nos vemos", "que tenga buen dia"]),
    yes: alone(&["si", "si por favor", "claro", "claro que si", "por supuesto", "de acuerdo", "vale", "esta bien", "perfecto", "me parece bien"]),
    not_now: Cues {
        anywhere: &[
            "ahora no", "por ahora no", "no me interesa", "no estoy interesado", "no estoy interesada", "tal vez despues",
            "quizas despues", "mas adelante", "otro dia", "en otro momento", "no gracias", "solo estoy mirando",
            "solo miraba", "ya no lo necesito", "de momento no",
        ],
        alone: &["todavia no", "aun no", "hoy no", "no lo creo", "despues"],
    },
    hours: Cues {
        anywhere: &[
            "horario", "horarios", "a que hora abren", "a que hora cierran", "a que hora abre", "a que hora cierra",
            "estan abiertos", "esta abierto", "cuando abren", "cuando cierran", "abren", "cierran", "abierto hoy",
            "abiertos hoy", "horas de atencion",
        ],
        alone: &["abierto", "abiertos"],
    },
    price: anywhere(&[
        "cuanto cuesta", "cuanto cuestan", "cuanto vale", "cuanto cobran", "cuanto sale", "cuanto seria", "cuanto es",
        "que precio", "precio", "precios", "costo", "costos", "tarifa", "tarifas", "presupuesto", "cotizacion", "cotizar",
    ]),
    address: Cues {
        anywhere: &[
            "donde estan", "donde queda", "donde quedan", "donde se encuentran", "donde estan ubicados", "su direccion",
            "la direccion", "que direccion", "su ubicacion", "como llego",
        ],
        alone: &["direccion", "ubicacion", "donde"],
    },
    phone: Cues {
        anywhere: &["su telefono", "su numero", "puedo llamar", "puedo llamarles", "numero de telefono", "llamarlos"],
        alone: &["telefono", "numero"],
    },
    website: anywhere(&["pagina web", "sitio web", "su pagina"]),
    services: Cues {
        anywhere: &[
            "que servicios", "cuales servicios", "sus servicios", "que ofrecen", "ofrecen", "que hacen", "ustedes hacen",
            "me pueden ayudar con", "pueden ayudarme con",
        ],
        alone: &["servicios", "informacion", "informes", "mas informacion", "ayuda", "necesito ayuda"],
    },
    booking: Cues {
        anywhere: &[
            "cita", "citas", "agendar", "reservar", "reserva", "programar", "apartar", "puedo ir", "pueden venir",
            "tienen disponibilidad", "disponibilidad", "turno",
        ],
        alone: &["disponible"],
    },
    ready: anywhere(&[
        "listo para empezar", "lista para empezar", "quiero empezar", "quiero contratar", "cuando pueden empezar",
        "vamos a hacerlo", "hagamoslo",
    ]),
    open_now: anywhere(&["abierto ahora", "abiertos ahora", "ahora mismo", "estan abiertos"]),
    own: &["mi direccion", "mi telefono", "mi numero", "mi celular", "mi ubicacion", "llameme", "mi presupuesto"],
    please: &["por favor"],

    positive: &["excelente", "perfecto", "genial", "estupendo", "maravilloso", "encanta", "feliz", "contento", "contenta", "gracias"],
    negative: &[
        "mal", "malo", "mala", "terrible", "horrible", "pesimo", "pesima", "peor", "enojado", "enojada", "molesto", "molesta",
        "decepcionado", "decepcionada", "inaceptable", "estafa", "no estoy contento", "no estoy contenta",
    ],

    name_follows: &["me llamo", "mi nombre es"],
    capital_name_follows: &["soy", "le habla"],
    place_follows: &["estoy en", "estamos en", "vivo en", "vivimos en", "soy de", "mi casa esta en", "la casa esta en"],
    budget: &["mi presupuesto", "gastar"],
    about: &["unos", "alrededor de", "hasta", "como", "maximo", "menos de", "aproximadamente", "mas o menos"],
    decides: &["yo decido", "soy el dueno", "soy la duena", "solo yo", "yo mismo", "yo misma", "yo"],
    others_decide: &["mi esposa", "mi esposo", "mi marido", "mi mujer", "mi pareja", "mi jefe", "mi jefa", "mis padres"],

    today: &["hoy", "esta noche"],
    tomorrow: &["manana", "pasado manana"],
    weekdays: [
        &["lunes"],
        &["martes"],
        &["miercoles"],
        &["jueves"],
        &["viernes"],
        &["sabado", "sabados"],
        &["domingo", "domingos"],
    ],
    periods: &[
        "esta semana", "la proxima semana", "proxima semana", "la semana que viene", "semana que viene",
        "este fin de semana", "el fin de semana", "este mes", "el proximo mes", "proximo mes", "el mes que viene",
        "mes que viene", "este ano", "el proximo ano", "lo antes posible", "cuanto antes", "de inmediato", "pronto",
        "en una semana", "en un mes", "en unos dias", "en unas semanas", "fin de mes",
    ],
    parts: &["por la manana", "en la manana", "de la manana", "por la tarde", "en la tarde", "de la tarde", "mediodia", "por la noche"],
    units: &["dia", "dias", "semana", "semanas", "mes", "meses"],
    within: &["en", "dentro de"],
    flexible: &["cualquier hora", "a cualquier hora", "cualquier dia", "cuando puedan", "cuando sea", "no hay prisa", "sin prisa", "me da igual"],
    at: &["a las", "a la", "las", "sobre las", "despues de las", "antes de las"],
    links: &["el", "este", "la", "a", "de", "o", "y", "a las", "a la", "sobre las", "despues de", "antes de", "las", "para", "entre", "proximo"],
    past: &["pasado", "pasada", "desde", "hace", "ayer"],
    no_time: &["buenos dias", "buenas tardes", "buenas noches", "buen dia", "hasta manana", "que tenga buen dia"],
};
