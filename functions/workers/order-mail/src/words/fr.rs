//! French.

use domain::tenancy::CostMode;

use super::{NoticeFacts, OrderFacts, ThresholdFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "fr", order, notice, threshold };

fn order(facts: &OrderFacts<'_>) -> Written {
    let OrderFacts { business, number, lines, total, place, account, note } = facts;
    let place = labelled("Livrer à : ", place);
    let (account, note) = (labelled("Notre compte : ", account), labelled("Remarque : ", note));
    Written {
        subject: format!("Commande {number} de {business}"),
        text: format!(
            "Bonjour,\n\n\
             {business} vous passe commande. La commande {number} est jointe en PDF ; en résumé :\n\n\
             {lines}\n\
             Total : {total}\n\
             {place}\
             {account}{note}\n\
             Merci de la confirmer en répondant à ce message.\n\n{business}\n"
        ),
    }
}

fn notice(facts: &NoticeFacts<'_>) -> Written {
    let NoticeFacts { business, count, orders, left_out, link } = facts;
    let left_out = match left_out {
        0 => String::new(),
        _ => format!(
            "La page indique aussi que {left_out} articles manquent et n’ont pas pu être commandés, ou arrivent tard.\n\n"
        ),
    };
    Written {
        subject: match count {
            1 => "Une commande attend votre accord".to_owned(),
            _ => format!("{count} commandes attendent votre accord"),
        },
        text: format!(
            "Bonjour,\n\n\
             Ces commandes de {business} ont été préparées pour cette semaine :\n\n\
             {orders}\n\
             {left_out}\
             Regardez-les, changez ce que vous voulez et envoyez-les en un clic :\n\n{link}\n\n\
             Rien ne part avant votre accord.\n"
        ),
    }
}

fn threshold(facts: &ThresholdFacts<'_>) -> Written {
    let ThresholdFacts { business, month, percent, tokens: [used, included], cost, limit, cost_mode, link } = facts;
    let limit = limit
        .map_or_else(|| "vous n’avez fixé aucune limite".to_owned(), |limit| format!("sur {limit} que vous autorisez"));
    let change = match cost_mode {
        CostMode::None | CostMode::Shorter => "les réponses sont plus courtes",
        CostMode::Structured => "l’assistant remplit un formulaire au lieu de converser librement",
        CostMode::Builtin => "aucun modèle de langage n’est interrogé et l’assistant intégré répond",
    };
    Written {
        subject: format!("{percent} % de ce que votre assistant peut utiliser ce mois-ci est consommé"),
        text: format!(
            "Bonjour,\n\n\
             De ce que l’assistant de {business} peut utiliser en {month} (UTC), {percent} % est consommé :\n\n\
             - {used} jetons sur {included} de votre offre\n\
             - {cost} aux prix publics ({limit})\n\n\
             À partir de maintenant et jusqu’à la fin du mois, {change}.\n\n\
             Voyez à quoi cela a servi, et changez la limite en dollars ici :\n\n{link}\n"
        ),
    }
}
