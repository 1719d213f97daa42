//! French.

use super::{NoticeFacts, OrderFacts, Words, Written, labelled};

pub(super) const WORDS: Words = Words { code: "fr", order, notice };

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
