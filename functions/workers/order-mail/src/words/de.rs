//! German.

use domain::tenancy::CostMode;

use super::{NoticeFacts, OrderFacts, ThresholdFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "de", order, notice, threshold };

fn order(facts: &OrderFacts<'_>) -> Written {
    let OrderFacts { business, number, lines, total, place, account, note } = facts;
    let place = labelled("Lieferung an: ", place);
    let (account, note) = (labelled("Unsere Kundennummer: ", account), labelled("Hinweis: ", note));
    Written {
        subject: format!("Bestellung {number} von {business}"),
        text: format!(
            "Guten Tag,\n\n\
             {business} bestellt bei Ihnen. Die Bestellung {number} liegt als PDF bei; in Kürze:\n\n\
             {lines}\n\
             Summe: {total}\n\
             {place}\
             {account}{note}\n\
             Bitte bestätigen Sie sie mit einer Antwort auf diese E-Mail.\n\n{business}\n"
        ),
    }
}

fn notice(facts: &NoticeFacts<'_>) -> Written {
    let NoticeFacts { business, count, orders, left_out, link } = facts;
    let left_out = match left_out {
        0 => String::new(),
        _ => format!(
            "Die Seite zeigt außerdem, dass {left_out} Artikel fehlen und nicht bestellt werden konnten oder spät kommen.\n\n"
        ),
    };
    Written {
        subject: match count {
            1 => "Eine Bestellung wartet auf Ihre Freigabe".to_owned(),
            _ => format!("{count} Bestellungen warten auf Ihre Freigabe"),
        },
        text: format!(
            "Guten Tag,\n\n\
             Diese Bestellungen von {business} wurden für diese Woche entworfen:\n\n\
             {orders}\n\
             {left_out}\
             Sehen Sie sie an, ändern Sie, was Sie möchten, und senden Sie sie mit einem Klick:\n\n{link}\n\n\
             Nichts geht hinaus, bevor Sie zustimmen.\n"
        ),
    }
}

fn threshold(facts: &ThresholdFacts<'_>) -> Written {
    let ThresholdFacts { business, month, percent, tokens: [used, included], cost, limit, cost_mode, link } = facts;
    let limit = limit
        .map_or_else(|| "Sie haben keine Grenze gesetzt".to_owned(), |limit| format!("von {limit}, die Sie erlauben"));
    let change = match cost_mode {
        CostMode::None | CostMode::Shorter => "sind die Antworten kürzer",
        CostMode::Structured => "füllt der Assistent ein Formular aus, statt frei zu sprechen",
        CostMode::Builtin => "wird kein Sprachmodell gefragt, und der eingebaute Assistent antwortet",
    };
    Written {
        subject: format!("{percent} % dessen, was Ihr Assistent in diesem Monat verbrauchen darf, sind verbraucht"),
        text: format!(
            "Guten Tag,\n\n\
             Von dem, was der Assistent von {business} in {month} (UTC) verbrauchen darf, sind {percent} % verbraucht:\n\n\
             - {used} von {included} Tokens Ihres Tarifs\n\
             - {cost} zu Listenpreisen ({limit})\n\n\
             Von jetzt an bis zum Ende des Monats {change}.\n\n\
             Sehen Sie hier, wofür, und ändern Sie hier die Grenze in Dollar:\n\n{link}\n"
        ),
    }
}
