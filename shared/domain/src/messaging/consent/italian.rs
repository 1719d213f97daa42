//! How Italian refuses.

use super::grammar::Vocabulary;

pub(super) const ITALIAN: Vocabulary = Vocabulary {
    classes: &[
        ("please", "per favore|per piacere|perfavore|per cortesia|cortesemente|gentilmente"),
        ("again", "più|mai più|di nuovo|ancora|un altra volta"),
        (
            "at times",
            "(all una|alle (1|2|3|4|5|6|7|8|9|10|11|12|due|tre|quattro|cinque|sei)|a mezzanotte) [di (notte|mattina|sera)|del mattino]|di notte|in piena notte|\
             (a quest ora|così (tardi|presto|spesso)|troppo spesso)|tutti i giorni|ogni giorno|in continuazione",
        ),
        ("at once", "subito|immediatamente|adesso|ora|una buona volta|una volta per tutte|all istante"),
        ("when", "<at once>|<at times>"),
        (
            "messages",
            "messaggi|messaggio|sms|messaggini|mail|email|e mail|pubblicità|promozioni|spam|notifiche|comunicazioni|whatsapp|promemoria|avvisi|\
             messaggi (pubblicitari|promozionali|di testo)|sollecitazioni",
        ),
        (
            "these",
            "tutti (i|questi|i vostri)|i|gli|le|la|questi|questa|i vostri|i tuoi|i suoi|vostri|suoi|tuoi|altri|altre|tutta questa|alcun|nessun|la vostra|dei vostri",
        ),
        (
            "from",
            "da (voi|lei|te|parte vostra|parte sua|questo numero)|vostri|a questo numero|su questo numero|sul mio (numero|telefono|cellulare)",
        ),
        (
            "to reach",
            "scrivermi|contattarmi|chiamarmi|disturbarmi|messaggiarmi|tormentarmi|importunarmi|infastidirmi|scriverci|contattarci|disturbarci|\
                      assillarmi|cercarmi|scrivere|molestarmi|rompere [le scatole|i coglioni|le palle]|stressarmi|telefonarmi|spammarmi",
        ),
        ("to send", "mandarmi|inviarmi|mandarci|inviarci|mandare|inviare|spedirmi"),
        (
            "reach",
            "scrivetemi|contattatemi|disturbatemi|importunatemi|cercatemi|scriveteci|contattateci|disturbateci|(mi|ci) (scriva|scrivere|scrivano|\
                   contatti|contattare)|scrivermi|contattarmi|disturbarmi|importunarmi|scriverci",
        ),
        (
            "send",
            "mandatemi|inviatemi|mandarmi|inviarmi|mandateci|inviateci|(mi|ci) (mandi|mandate|mandare|invii|inviate|inviare)",
        ),
        (
            "list",
            "(da|dalla|dalle|dall|dal|dai|sulla|nella) [vostra|vostre|sua|tua|questa|vostro|suo|vostri|tutte le vostre|suoi] (lista|liste|mailing list|rubrica|\
                  database|elenco|contatti|archivio|sistema|lista (contatti|clienti|broadcast)|newsletter)",
        ),
        (
            "erase me",
            "toglietemi|toglimi|mi tolga|mi togliete|cancellatemi|cancellami|mi cancelli|mi cancellate|rimuovetemi|rimuovimi|mi rimuova|mi rimuovete|\
                      eliminatemi|eliminami|mi elimini|levatemi|levami|depennatemi|toglieteci|cancellateci",
        ),
        (
            "to erase me",
            "togliermi|cancellarmi|rimuovermi|eliminarmi|levarmi|toglierci|essere (rimosso|rimossa|cancellato|cancellata|tolto|tolta|eliminato)",
        ),
        (
            "erase",
            "cancellate|cancella|cancelli|cancellare|eliminate|elimina|elimini|eliminare|rimuovete|rimuovi|rimuova|rimuovere|dimenticate|dimentica|\
                   dimentichi|dimenticatevi|dimenticare|perdete|togliete|tolga|togliere",
        ),
    ],
    firm: &[
        "(smettila|smettetela|smetti|smettete|smetta|smettere|smetterla|la smetta|la smettete|finitela|finiscila|la finisca|basta|piantala|piantatela|evitate|eviti|evita) \
         [<please>] [<when>] [di] <to reach> [<when>]",
        "(smettila|smettetela|smetti|smettete|smetta|smettere|smetterla|la smetta|la smettete|finitela|finiscila|la finisca|basta|piantala|piantatela|evitate|eviti) \
         [<please>] [<when>] [di] <to send> [<these>] [<messages>|roba] [<from>] [<when>]",
        "(basta|stop|stop a|stop ai|basta con|fermate|fermi|interrompete|interrompa|sospendete|smettetela con|niente più|niente altri|non più|bloccate|cessate|finitela con) \
         [<please>] [<these>] <messages> [<from>] [<when>]",
        "(nessun altro|nessun|mai più|mai più nessun) [altro|<these>] <messages> [<please>]",
        "(non|mai più|non mi) <reach> [<please>] [<again>]",
        "non (mi|ci) (scrivete|contattate|disturbi|disturbate|importunate|cercate|cerchi|scrivi) <again>",
        "non (chiamatemi|mi chiami|mi chiamate|chiamarmi|telefonatemi) [<please>] [né scrivetemi] (più|mai più)",
        "non <send> [<please>] (più|mai più|altri|altre|nessun) [<these>|altri|altro] (<messages>|niente|nulla)",
        "non <send> [<please>] (<messages>|più)",
        "non (inviate|mandate|inviare|mandare|invii|mandi) (più|altri|altre|mai più) [<these>] <messages>",
        "non ricevere [più] [<these>] <messages> [<from>]",
        "(disattivare|disattivate|disattivi|disattiva|disdire|disdite|disdica) [<these>] <messages>",
        "non (voglio|vogliamo|desidero|desideriamo|intendo|vorrei|mi interessa) [più] [ricevere|avere] [più] [<these>] <messages> [<from>] [<again>]",
        "non (voglio|desidero|intendo) [più] (essere (contattato|contattata|disturbato|disturbata|importunato|importunata|cercato)|sentirvi|ricevere (niente|nulla)|\
         avere contatti|sapere (niente|nulla) di voi|che mi (scriviate|contattiate|mandiate <messages>)) [<again>] [da voi|con voi]",
        "<erase me> [<please>] <list> [<when>]",
        "<to erase me> [<please>] <list> [<when>]",
        "(toglietemi|rimuovetemi|disiscrivimi|disiscrivetemi|mi disiscriva|disiscrivermi|disiscrivere|disiscrizione|disiscriviti|disinscrivetemi|disinscrivimi|disinscrivermi|cancellatemi) [<list>|da questo servizio]",
        "<erase> [subito] [il] (mio|questo) (numero|numero di telefono|contatto|cellulare|telefono) [<list>] [<when>]",
        "(annullare|cancellare|disdire) (l iscrizione|la mia iscrizione) (a questi|ai vostri|ai) <messages>",
        "(lasciatemi|lasciami|lasciateci|mi lasci|mi lasciate|lasciarmi) (in pace|stare|tranquillo|tranquilla) [<when>]",
        "(revoco|ritiro) il [mio] consenso [al trattamento|ai messaggi]",
        "(vaffanculo|andate a quel paese|vai a quel paese|andate al diavolo|andate a cagare|non rompete|non rompere)",
        "non (contattare|disturbare|contattate) [più] [questo numero]",
    ],
    bare: &[
        "(stop|basta|fermatevi) [<please>] [<at once>]",
        "(smettila|smettetela|la smetta|finitela|piantatela|finiscila) [<please>] [<at once>]",
        "basta (davvero|con questa storia)",
    ],
    polite: &[
        "<please>",
        "[no|ok] (grazie|grazie mille|tante grazie|molte grazie|grazie comunque|ringrazio|vi ringrazio|la ringrazio|grazie lo stesso)",
        "(ciao|salve|buongiorno|buon giorno|buonasera|buona (giornata|serata)|arrivederci|addio|saluti|cordiali saluti|distinti saluti|ok|va bene|scusi|scusate|scusa|senta|sentite|mi dispiace)",
        "(sì|certo)",
        "(signore|signora|signori|ragazzi|gente|amico|amici)",
        "(cazzo|porca miseria|merda|idiota|idioti|stronzi|stronzo|scocciatori|truffatori|accidenti|che palle|che noia|rompiscatole|maledizione|imbecilli|diamine)",
        "non (mi|ci) (interessa|interessano|interessa più) [niente|nulla|affatto|i vostri servizi|la vostra offerta]",
        "non (sono|siamo) [più] (interessato|interessata|interessati)",
        "(non interessato|non interessata|nessun interesse|non ho interesse)",
        "[avete il|ha il|è il|questo è il] numero sbagliato",
        "(ha|avete|hai) sbagliato (numero|persona)",
        "(davvero|seriamente|sul serio|per l ultima volta|ultimo avviso|lo ripeto|ve lo ripeto|una buona volta|e|ve l ho già detto|ho già detto|l ho già detto)",
    ],
    reasons: &[
        "(no|perché|altrimenti|o|ma)",
        "(potete|potreste|può|potrebbe|puoi|potresti|volete|vuole|vorreste|dovete|deve|posso|vorrei|voglio|desidero|chiedo|chiedo di|gradirei|esigo|pretendo) [per favore] [che]",
        "(come (faccio a|posso|si fa a|fare per|faccio per)|dove posso)",
        "(vi|la|le|ti) (prego|chiedo|ho chiesto|ho già chiesto|ho detto|ho già detto|avevo chiesto|pregherei|chiederei) [di]",
        "(ho [già] (chiesto|detto)|siete pregati|è pregato|avevo chiesto) [due volte|più volte|mille volte] [di]",
        "[ho|abbiamo] [già] (trovato|scelto|preso|chiamato|incaricato|assunto) [già] (un altro|qualcun altro|qualcuno|un altra (ditta|azienda)|un altro (dentista|idraulico|tecnico|artigiano)|altrove|un idraulico)",
        "[ho|abbiamo] [già] (risolto|cambiato idea|venduto (la casa|casa)|fatto|aggiustato tutto|traslocato|sistemato)",
        "[mi sono|ci siamo] (trasferito|trasferita|trasferiti)",
        "non (mi|ci) serve (più|più niente|niente|nulla)",
        "non ne (ho|abbiamo) [più] bisogno",
        "non ho [più] bisogno (di voi|di niente|di nulla|dei vostri servizi)",
        "(non vi conosco|chi siete|chi è|chi sei|non so chi siete|non so chi sia|come avete avuto il mio numero|non sono io|non sono un vostro cliente|non sono vostro cliente|non sono il proprietario)",
        "(non ho [mai] (chiesto|richiesto|autorizzato) (niente|nulla|questi messaggi|questo)|non mi sono [mai] (iscritto|iscritta))",
        "[è|siete|costa] [troppo] (troppo caro|troppo cari|troppo|cari)",
        "[questo|questa] (è|sono) [una|un|uno] (molestia|molestie|spam|truffa|stalking|seccatura|esagerazione|persecuzione|illegale|troppi)",
        "[o|altrimenti|oppure] (vi|la|ti) (denuncio|blocco|segnalo|querelo)",
        "[o|altrimenti] (chiamo (il mio avvocato|la polizia|i carabinieri)|faccio denuncia|sporgo denuncia|vi segnalo al garante|mi rivolgo al garante|mi rivolgo a un avvocato)",
        "(sono (stufo|stufa|stanco|stanca) [di (voi|questi messaggi)]|troppi messaggi|continuate a scrivermi)",
    ],
};
