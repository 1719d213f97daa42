//! The phrases the router looks for, per language. Our own collection.
//!
//! All languages are looked through for every message: short texts are told wrongly too easily, and people mix.
//! So a phrase must mean the same wherever it is a word at all. Diacritics and case are folded by the reader.

/// What the phrases of one language say.
pub(super) struct Signals {
    /// Danger or damage now.
    pub(super) emergency: &'static [&'static str],
    /// Within days.
    pub(super) high: &'static [&'static str],
    /// Some time, in the customer's own words: these go before a `high` word beside them.
    pub(super) low: &'static [&'static str],
    /// The customer wants a person.
    pub(super) person: &'static [&'static str],
    /// The same, where it is the whole message.
    pub(super) person_alone: &'static [&'static str],
    /// The customer is unhappy, or speaks of the law.
    pub(super) complaint: &'static [&'static str],
    /// What a guest of a house complains of, and a customer of another trade orders.
    pub(super) unclean: &'static [&'static str],
}

pub(super) const ALL: [Signals; 5] = [ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE];

/// Words that deny what follows them.
#[rustfmt::skip]
pub(super) const NEGATIONS: &[&str] = &[
    "no", "not", "never", "without", "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt", "wont", "aint",
    "cannot", "cant", "sin", "nunca", "ni", "tampoco", "ningun", "ninguna", "pas", "sans", "jamais", "aucun", "aucune",
    "nicht", "kein", "keine", "keinen", "keiner", "ohne", "nie", "nao", "sem", "nem", "nenhum", "nenhuma",
];

/// Words that may stand between a denial and what it denies: `not really an emergency`, `ce n'est pas une urgence`.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "a", "an", "any", "the", "really", "talk", "speak", "with", "exactly", "so", "that", "very", "too", "yet", "have",
    "need", "want", "to", "it", "at", "all", "been", "be", "being", "es", "una", "un", "hay", "muy", "tan", "quiero",
    "necesito", "estoy", "une", "de", "d", "vraiment", "tres", "eine", "ein", "einen", "wirklich", "sehr", "brauche",
    "e", "uma", "um", "muito", "estou", "quero", "preciso",
];

/// Things that are called by what they warn of, which stands behind them: `détecteur de monoxyde`.
#[rustfmt::skip]
pub(super) const DETECTORS: &[&str] = &[
    "detector", "detectores", "alarma", "alarmas", "sensor", "sensores", "detecteur", "detecteurs", "alarme", "alarmes",
    "capteur", "detetor", "detetores",
];

/// Words that make an offer or a thing of what stands before them: `emergency service`, `refund policy`.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "service", "services", "rate", "rates", "fee", "fees", "contact", "number", "policy", "policies", "plan", "kit",
    "exit", "care", "detector", "detectors", "detection", "sensor", "alarm", "alarms", "insurance", "dienst", "detecteur",
    "seguro", "melder", "warner",
];

#[rustfmt::skip]
const ENGLISH: Signals = Signals {
    emergency: &[
        "emergency", "gas smell", "smell gas", "smelling gas", "smells like gas", "smell of gas", "gas leak",
        "gas is leaking", "carbon monoxide", "sparks", "sparking", "on fire", "there is a fire", "there's a fire",
        "smell smoke", "smell burning", "burning smell", "smoke coming", "electric shock", "electrocuted", "live wire",
        "flooding", "flooded", "is flooded", "burst pipe", "pipe burst", "pipes burst", "pipe has burst",
        "pipe just burst", "sewage backup", "sewage is coming", "water is pouring", "water pouring",
        "water is coming in", "water coming in", "water coming through", "water is coming through",
        "leaking through the ceiling", "leaking badly", "leaking everywhere", "ceiling collapsed",
        "ceiling is collapsing", "ceiling is falling", "roof collapsed", "roof blew off", "tree fell on",
        "tree on my roof", "tree through", "bleeding", "won't stop bleeding", "swelling", "face is swollen",
        "swollen face", "knocked out tooth", "tooth knocked out", "knocked out my tooth", "unbearable pain",
        "severe pain", "excruciating", "trouble breathing", "can't breathe",
    ],
    high: &[
        "urgent", "urgently", "asap", "as soon as possible", "right away", "immediately", "leak", "leaks", "leaking",
        "leaky", "toothache", "tooth ache", "tooth hurts", "teeth hurt", "in pain", "broken tooth", "chipped tooth",
        "broke a tooth", "abscess", "storm damage", "storm damaged", "hail damage", "wind damage", "water damage",
        "damaged by the storm", "no hot water", "no power", "lost power", "no running water", "no ac",
        "no air conditioning", "stopped working", "broken down", "locked out", "clogged", "overflowing",
        "before it rains", "no heat", "without heat", "heat is out", "heat went out", "not have heat", "don't have heat",
        "don't have any heat",
    ],
    low: &[
        "not urgent", "isn't urgent", "no rush", "no hurry", "not in a hurry", "not in a rush", "no emergency",
        "not an emergency", "isn't an emergency", "whenever you can", "just looking", "just browsing", "just curious",
        "next year",
    ],
    person: &[
        "real person", "actual person", "real human", "actual human", "human being", "a human", "human please",
        "human agent", "live agent", "live person", "talk to a person", "talk to someone", "talk to somebody",
        "talk to an agent", "talk to a manager", "talk to the manager", "talk to your manager",
        "talk to a representative", "talk to the owner", "talk with a person", "talk with someone",
        "speak to a person", "speak to someone", "speak to somebody", "speak to an agent", "speak to a manager",
        "speak to the manager", "speak to your manager", "speak to a representative", "speak to the owner",
        "speak with a person", "speak with someone", "speak with somebody", "speak with an agent",
        "speak with a manager", "speak with the manager", "speak with your manager", "speak with a representative",
        "speak with the owner", "get me a manager", "get me your manager", "need a manager", "need your manager",
        "want a manager", "want your manager", "chat with a person", "chat with an agent",
        "customer service representative", "stop the bot", "not a bot", "not a robot",
    ],
    person_alone: &[
        "human", "agent", "person", "representative", "operator", "manager", "someone", "live chat", "manager please",
        "agent please", "operator please", "representative please",
    ],
    complaint: &[
        "lawyer", "attorney", "sue you", "sue your", "will sue", "i'll sue", "going to sue", "gonna sue",
        "want to sue", "suing", "legal action", "lawsuit", "small claims", "refund", "money back", "chargeback",
        "unacceptable", "disappointed", "disappointing", "complaint", "complaints", "complain", "complaining", "scam",
        "scammed", "scammer", "scammers", "fraud", "rip off", "ripoff", "ripped off", "ripped me off",
        "terrible service", "awful service", "horrible service", "worst service", "worst experience",
        "terrible experience", "bad review", "better business bureau", "never showed up", "didn't show up",
        "nobody showed up", "no one showed up", "never called back", "nobody called back", "furious", "outrageous",
        "ridiculous", "overcharged", "not happy with your", "unhappy with your", "not satisfied with your",
    ],
    unclean: &[
        "bed bug", "bed bugs", "bedbug", "bedbugs", "cockroach", "cockroaches", "roaches", "mouse", "mice", "rat", "rats", "filthy", "dirty sheets", "dirty towels", "moldy", "not been cleaned", "wasn't cleaned", "no hot water", "won't flush",
    ],
};

#[rustfmt::skip]
const SPANISH: Signals = Signals {
    emergency: &[
        "emergencia", "olor a gas", "huele a gas", "huelo gas", "fuga de gas", "escape de gas", "monóxido de carbono",
        "chispas", "echa chispas", "incendio", "se quema", "se está quemando", "huele a quemado", "olor a quemado",
        "inundación", "inundado", "inundada", "se inunda", "se inundó", "se está inundando", "tubería rota",
        "reventó la tubería", "se reventó", "entra agua", "está entrando agua", "cae agua del techo", "sale agua por",
        "se cayó el techo", "se está cayendo el techo", "cayó un árbol", "sangrando", "sangrado", "sangra mucho", "hinchado", "hinchada", "hinchazón",
        "dolor insoportable", "dolor muy fuerte", "no puedo respirar",
    ],
    high: &[
        "urgente", "urgentemente", "cuanto antes", "lo antes posible", "lo más pronto posible", "de inmediato",
        "inmediatamente", "gotera", "goteras", "fuga", "gotea", "dolor de muela", "dolor de muelas", "dolor de diente",
        "me duele la muela", "me duelen las muelas", "me duele un diente", "me duele el diente", "me duele mucho",
        "diente roto", "se me rompió un diente", "absceso", "daños por la tormenta", "daños por tormenta",
        "daños por granizo", "sin agua caliente", "no hay agua caliente", "sin luz", "no hay luz", "no funciona",
        "dejó de funcionar", "atascado", "tapado", "sin calefacción", "no hay calefacción", "no tengo calefacción",
    ],
    low: &[
        "no es urgente", "no urge", "nada urgente", "sin prisa", "no hay prisa", "no tengo prisa",
        "no es una emergencia", "no es emergencia", "solo estoy mirando", "cuando puedan", "el próximo año",
    ],
    person: &[
        "persona real", "una persona de verdad", "un humano", "agente humano", "hablar con una persona",
        "hablar con alguien", "hablar con un agente", "hablar con un humano", "hablar con el gerente",
        "hablar con la gerente", "hablar con un gerente", "hablar con el encargado", "hablar con la encargada",
        "hablar con el dueño", "hablar con la dueña", "hablar con un asesor", "hablar con un representante",
        "que me atienda una persona", "no un robot",
    ],
    person_alone: &["humano", "agente", "asesor", "gerente", "operador", "operadora", "una persona"],
    complaint: &[
        "abogado", "abogada", "voy a demandar", "los voy a demandar", "acciones legales", "reembolso",
        "devuelvan mi dinero", "devuélvanme mi dinero", "devuélvanme el dinero", "inaceptable", "decepcionado",
        "decepcionada", "decepcionante", "queja", "quejas", "quejarme", "reclamo", "reclamación", "estafa",
        "estafadores", "me estafaron", "fraude", "pésimo", "pésima", "mal servicio", "muy molesto", "muy molesta",
        "nunca llegaron", "nadie llegó", "nadie vino", "no vino nadie", "es una vergüenza",
    ],
    unclean: &[
        "chinches", "cucaracha", "cucarachas", "ratón", "ratones", "sábanas sucias", "toallas sucias", "está sucia", "está sucio", "sin limpiar", "no han limpiado", "huele mal",
    ],
};

#[rustfmt::skip]
const FRENCH: Signals = Signals {
    emergency: &[
        "une urgence", "urgence dentaire", "extrême urgence", "odeur de gaz", "ça sent le gaz", "sent le gaz",
        "fuite de gaz", "monoxyde de carbone", "étincelles", "incendie", "au feu", "prend feu", "en feu",
        "odeur de brûlé", "ça sent le brûlé", "inondation", "inondé", "inondée", "tuyau éclaté",
        "canalisation éclatée", "l'eau coule du plafond", "l'eau coule partout", "l'eau entre",
        "le plafond s'effondre", "plafond effondré", "un arbre est tombé", "saigne", "saignement", "saignements", "joue gonflée", "visage gonflé", "gencive gonflée",
        "enflée", "douleur insupportable", "très mal aux dents", "peux pas respirer",
    ],
    high: &[
        "urgent", "urgente", "en urgence", "au plus vite", "dès que possible", "le plus vite possible",
        "tout de suite", "immédiatement", "fuite", "fuites", "fuite d'eau", "infiltration", "mal aux dents",
        "mal à une dent", "rage de dents", "dent cassée", "abcès", "dégâts de la tempête", "dégât des eaux",
        "dégâts des eaux", "plus d'eau chaude", "pas d'eau chaude", "plus d'électricité", "ne fonctionne plus",
        "ne marche plus", "en panne", "bouché", "bouchée", "plus de chauffage", "sans chauffage", "pas de chauffage",
    ],
    low: &[
        "pas urgent", "pas d'urgence", "pas une urgence", "pas pressé", "pas pressée", "rien d'urgent",
        "rien ne presse", "quand vous pourrez", "je regarde juste", "l'année prochaine",
    ],
    person: &[
        "vraie personne", "personne réelle", "un humain", "un vrai humain", "parler à quelqu'un",
        "parler à une personne", "parler à un humain", "parler à un conseiller", "parler à un agent",
        "parler avec quelqu'un", "parler au responsable", "parler à un responsable", "parler au patron",
        "parler au gérant", "parler au directeur", "pas un robot",
    ],
    person_alone: &["humain", "conseiller", "conseillère", "responsable", "quelqu'un", "un conseiller", "un agent"],
    complaint: &[
        "avocat", "porter plainte", "porte plainte", "plainte", "poursuites", "action en justice", "au tribunal",
        "remboursement", "remboursez", "remboursez-moi", "être remboursé", "être remboursée", "inacceptable",
        "inadmissible", "déçu", "déçue", "décevant", "réclamation", "arnaque", "arnaqueurs", "arnaqué", "escroquerie",
        "escrocs", "scandaleux", "honteux", "très mécontent", "très mécontente", "service nul", "personne n'est venu",
        "jamais venus",
    ],
    unclean: &[
        "punaises", "punaise de lit", "cafards", "cafard", "souris", "draps sales", "serviettes sales", "est sale", "pas été nettoyée", "pas été faite", "sent mauvais",
    ],
};

#[rustfmt::skip]
const GERMAN: Signals = Signals {
    emergency: &[
        "notfall", "gasgeruch", "riecht nach gas", "es riecht nach gas", "gasleck", "gas tritt aus", "kohlenmonoxid",
        "funken", "sprüht funken", "es brennt", "feuer ausgebrochen", "brennt bei", "verbrannt riecht",
        "riecht verbrannt", "überschwemmung", "überschwemmt", "überflutet", "rohrbruch", "wasserrohrbruch",
        "rohr geplatzt", "rohr ist geplatzt", "wasser läuft", "wasser kommt durch", "wasser tropft von der decke",
        "decke eingestürzt", "decke stürzt ein", "dach abgedeckt", "baum gefallen", "blutet", "blutung", "geschwollen",
        "unerträgliche schmerzen", "starke schmerzen", "zahn ausgeschlagen", "bekomme keine luft",
    ],
    high: &[
        "dringend", "eilig", "eilt", "sofort", "schnellstmöglich", "so schnell wie möglich", "so bald wie möglich",
        "umgehend", "undicht", "leck", "leckt", "tropft", "wasserschaden", "zahnschmerzen", "zahnweh", "zahn tut weh",
        "zahn abgebrochen", "schmerzen", "abszess", "sturmschaden", "sturmschäden", "hagelschaden", "kein warmwasser",
        "kein warmes wasser", "kein strom", "stromausfall", "funktioniert nicht mehr", "geht nicht mehr", "verstopft",
        "ausgesperrt", "keine heizung", "heizung ausgefallen", "heizung ist ausgefallen", "ohne heizung",
    ],
    low: &[
        "nicht dringend", "nicht eilig", "eilt nicht", "keine eile", "kein notfall", "nichts dringendes",
        "wenn sie zeit haben", "nur mal schauen", "nächstes jahr",
    ],
    person: &[
        "echten menschen", "echter mensch", "echte person", "mit einem menschen", "mit einem mitarbeiter",
        "mit einer mitarbeiterin", "mit jemandem sprechen", "mit jemandem reden", "jemanden sprechen",
        "mit einer person sprechen", "mit einer echten person", "mit dem chef", "mit der chefin",
        "mit dem geschäftsführer", "mit ihrem vorgesetzten", "mit dem inhaber", "kein roboter", "kein bot",
    ],
    person_alone: &["mensch", "mitarbeiter", "mitarbeiterin", "berater", "ein mensch", "einen menschen"],
    complaint: &[
        "anwalt", "anwältin", "rechtsanwalt", "verklagen", "verklage", "klage", "rechtliche schritte",
        "rückerstattung", "erstattung", "geld zurück", "inakzeptabel", "unverschämt", "unverschämtheit", "frechheit",
        "enttäuscht", "enttäuschend", "enttäuschung", "beschwerde", "beschweren", "reklamation", "betrug", "betrüger",
        "abzocke", "schlechter service", "katastrophaler service", "unzumutbar", "sehr verärgert", "niemand gekommen",
        "nie gekommen",
    ],
    unclean: &[
        "bettwanzen", "kakerlaken", "kakerlake", "mäuse", "dreckig", "schmutzig", "nicht geputzt", "nicht gereinigt", "schimmel", "stinkt",
    ],
};

#[rustfmt::skip]
const PORTUGUESE: Signals = Signals {
    emergency: &[
        "emergência", "cheiro de gás", "cheiro a gás", "vazamento de gás", "fuga de gás", "vazando gás",
        "monóxido de carbono", "faíscas", "soltando faísca", "saindo faísca", "incêndio", "pegando fogo",
        "cheiro de queimado", "inundação", "inundado", "inundada", "inundou", "alagado", "alagada", "alagou",
        "alagamento", "cano estourou", "cano estourado", "estourou o cano", "água entrando", "entrando água",
        "caindo água do teto", "teto caiu", "teto desabou", "caiu uma árvore", "árvore caiu",
        "sangrando", "sangramento", "inchado", "inchada", "inchaço", "dor insuportável", "dor muito forte",
        "não consigo respirar",
    ],
    high: &[
        "urgente", "com urgência", "urgência", "o quanto antes", "o mais rápido possível", "imediatamente", "goteira",
        "goteiras", "vazamento", "vazando", "infiltração", "dor de dente", "dente doendo", "dente quebrado",
        "meu dente dói", "quebrei um dente", "abscesso", "danos da tempestade", "estrago da tempestade", "granizo",
        "sem água quente", "sem luz", "sem energia", "parou de funcionar", "não funciona", "entupido", "entupida",
        "sem aquecimento",
    ],
    low: &[
        "não é urgente", "sem pressa", "não tenho pressa", "sem urgência", "não é emergência", "não é uma emergência",
        "só estou olhando", "só olhando", "quando puderem", "ano que vem",
    ],
    person: &[
        "pessoa de verdade", "pessoa real", "um humano", "falar com uma pessoa", "falar com alguém",
        "falar com um atendente", "falar com atendente", "falar com um humano", "falar com o gerente",
        "falar com a gerente", "falar com um gerente", "falar com o dono", "falar com a dona",
        "falar com o responsável", "falar com o proprietário", "não um robô",
    ],
    person_alone: &["humano", "atendente", "gerente", "uma pessoa", "alguém"],
    complaint: &[
        "advogado", "advogada", "processar vocês", "vou processar", "ação judicial", "procon", "reembolso",
        "meu dinheiro de volta", "dinheiro de volta", "inaceitável", "decepcionado", "decepcionada", "decepcionante",
        "decepção", "no procon", "reclamação", "reclamar", "é golpe", "um golpe", "num golpe", "golpistas", "fraude", "enganado",
        "enganada", "péssimo", "péssima", "absurdo", "vergonha", "mau atendimento", "ninguém veio", "ninguém apareceu",
        "nunca vieram",
    ],
    unclean: &[
        "percevejos", "barata", "baratas", "rato", "ratos", "lençóis sujos", "toalhas sujas", "está sujo", "está suja", "não foi limpo", "não limparam", "cheira mal",
    ],
};
