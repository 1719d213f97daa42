//! French.

use super::{Cues, Vocabulary, alone, anywhere};

pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    greeting: anywhere(&["bonjour", "bonsoir", "salut", "coucou"]),
    thanks: anywhere(&["merci", "je vous remercie"]),
    goodbye: anywhere(&["au revoir", "a bientot", "bonne journee", "bonne soiree", "bonne nuit"]),
    yes: alone(&["oui", "oui merci", "d accord", "bien sur", "volontiers", "avec plaisir", "ca marche", "parfait", "entendu"]),
    not_now: Cues {
        anywhere: &[
            "pas maintenant", "pas interesse", "pas interessee", "plus tard", "non merci", "une autre fois", "pas pour le moment",
            "je regarde seulement", "je regarde juste", "plus besoin",
        ],
        alone: &["non", "pas encore", "pas aujourd hui", "pas vraiment"],
    },
    hours: Cues {
        anywhere: &[
            "vos horaires", "horaires", "heures d ouverture", "etes vous ouvert", "etes vous ouverts", "vous etes ouvert",
            "vous etes ouverts", "ouvrez vous", "fermez vous", "vous ouvrez", "vous fermez", "quelle heure ouvrez",
            "quelle heure fermez", "etes vous ferme", "etes vous fermes",
        ],
        alone: &["ouvert", "ouverts"],
    },
    price: anywhere(&[
        "combien coute", "combien coutent", "combien ca coute", "c est combien", "quel prix", "quel est le prix", "prix", "tarif",
        "tarifs", "devis", "combien pour", "ca coute combien", "combien",
    ]),
    address: Cues {
        anywhere: &[
            "ou etes vous", "ou vous trouvez vous", "votre adresse", "l adresse", "quelle adresse", "ou se trouve",
            "comment venir", "vous etes ou", "ou etes vous situes",
        ],
        alone: &["adresse", "ou"],
    },
    phone: Cues {
        anywhere: &["votre telephone", "votre numero", "puis je appeler", "puis je vous appeler", "vous appeler", "numero de telephone"],
        alone: &["telephone", "numero"],
    },
    website: anywhere(&["site web", "site internet", "votre site"]),
    services: Cues {
        anywhere: &[
            "quels services", "vos services", "que proposez vous", "proposez vous", "faites vous", "vous faites",
            "pouvez vous m aider", "quelles prestations", "vos prestations",
        ],
        alone: &["services", "prestations", "renseignements", "informations", "aide"],
    },
    booking: Cues {
        anywhere: &[
            "rendez vous", "rdv", "reserver", "reservation", "prendre rendez vous", "disponibilites", "etes vous disponible",
            "etes vous disponibles", "creneau", "pouvez vous passer", "puis je venir", "puis je passer",
        ],
        alone: &["disponible"],
    },
    ready: anywhere(&[
        "pret a commencer", "prete a commencer", "on y va", "quand pouvez vous commencer", "je veux commencer",
        "je suis partant", "je suis partante",
    ]),
    open_now: anywhere(&["ouvert maintenant", "ouverts maintenant", "en ce moment", "encore ouvert", "encore ouverts"]),
    own: &["mon adresse", "mon telephone", "mon numero", "mon portable", "appelez moi", "rappelez moi"],
    please: &["s il vous plait", "svp", "stp"],

    positive: &["parfait", "excellent", "super", "genial", "merveilleux", "formidable", "ravi", "ravie", "content", "contente", "merci"],
    negative: &[
        "mauvais", "mauvaise", "terrible", "horrible", "pire", "fache", "fachee", "decu", "decue", "mecontent", "mecontente",
        "inacceptable", "arnaque", "nul", "scandaleux", "pas content", "pas contente", "pas satisfait", "pas satisfaite",
    ],

    name_follows: &["je m appelle", "mon nom est", "je me nomme"],
    capital_name_follows: &["c est"],
    place_follows: &["je suis a", "nous sommes a", "j habite a", "nous habitons a", "j habite", "ma maison est a"],
    budget: &["budget", "depenser"],
    about: &["environ", "autour de", "jusqu a", "maximum", "moins de", "a peu pres"],
    decides: &["je decide", "c est moi", "je suis proprietaire", "je suis le proprietaire", "je suis la proprietaire", "moi seul", "moi seule", "moi"],
    others_decide: &["ma femme", "mon mari", "mon conjoint", "ma conjointe", "mon proprietaire", "mon patron", "ma patronne", "mes parents"],

    today: &["aujourd hui", "ce soir"],
    tomorrow: &["demain", "apres demain"],
    weekdays: [&["lundi"], &["mardi"], &["mercredi"], &["jeudi"], &["vendredi"], &["samedi"], &["dimanche"]],
    periods: &[
        "cette semaine", "la semaine prochaine", "semaine prochaine", "ce week end", "le week end prochain", "ce mois ci",
        "ce mois", "le mois prochain", "mois prochain", "cette annee", "l annee prochaine", "des que possible",
        "le plus tot possible", "au plus vite", "immediatement", "bientot", "dans une semaine", "dans un mois",
        "dans quelques jours", "dans quelques semaines", "fin du mois",
    ],
    parts: &["matin", "apres midi", "soir", "midi", "matinee"],
    units: &["jour", "jours", "semaine", "semaines", "mois"],
    within: &["dans", "d ici"],
    flexible: &["n importe quand", "quand vous voulez", "peu importe", "pas presse", "pas pressee", "rien ne presse", "n importe quel jour"],
    at: &["a", "vers", "apres", "avant", "entre"],
    links: &["le", "la", "a", "vers", "ou", "et", "dans", "en", "apres", "avant", "entre", "de", "prochain", "debut", "fin"],
    past: &["dernier", "derniere", "depuis", "hier", "il y a"],
    no_time: &["a bientot", "bonne soiree", "bonne journee"],
};
