//! French.

use super::{EmailTemplate, Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> EmailTemplate {
    let Facts { business, inviter, link, .. } = facts;
    match kind {
        Kind::Invitation => EmailTemplate {
            subject: format!("Invitation : {business}"),
            text: format!(
                "Bonjour,\n\n\
                 {inviter} vous invite à travailler avec les clients et les conversations de {business}. Ouvrez cette page pour accepter \
                 et choisir un mot de passe :\n\n{link}\n\n\
                 Le lien est valable {} jours.\n\n\
                 Si vous ne connaissez pas {business}, ignorez ce message : rien ne se passe tant que vous n'ouvrez pas le \
                 lien.\n",
                facts.days()
            ),
        },
        Kind::Verification => EmailTemplate {
            subject: format!("Confirmez votre adresse pour {business}"),
            text: format!(
                "Bonjour,\n\n\
                 Ouvrez cette page pour confirmer que cette adresse est la vôtre et l'utiliser chez {business} :\n\n\
                 {link}\n\n\
                 Le lien est valable {} heures.\n\n\
                 Si vous n'avez rien demandé, ignorez ce message : l'adresse reste non confirmée.\n",
                facts.hours()
            ),
        },
        Kind::Reset => EmailTemplate {
            subject: format!("Nouveau mot de passe pour {business}"),
            text: format!(
                "Bonjour,\n\n\
                 Un nouveau mot de passe a été demandé pour votre compte chez {business}. Ouvrez cette page pour le \
                 choisir :\n\n{link}\n\n\
                 Le lien est valable {} minutes. Le nouveau mot de passe ferme toutes vos sessions.\n\n\
                 Si ce n'était pas vous, ignorez ce message : votre mot de passe ne change pas.\n",
                facts.minutes()
            ),
        },
        Kind::PasswordSet => EmailTemplate {
            subject: format!("Votre nouveau mot de passe chez {business}"),
            text: format!(
                "Bonjour,\n\n\
                 Votre compte chez {business} a un nouveau mot de passe et est déconnecté partout ailleurs.\n\n\
                 Si c'était vous, il n'y a rien à faire. Sinon, choisissez-en un autre tout de suite :\n\n{link}\n\n\
                 Prévenez ensuite les personnes qui administrent {business} : quelqu'un lit peut-être vos messages.\n"
            ),
        },
        Kind::CalendarLost => EmailTemplate {
            subject: format!("Un calendrier de {business} est déconnecté"),
            text: format!(
                "Bonjour,\n\n\
                 Un compte Google ne laisse plus Porchlight lire un calendrier de {business}. Ce qu'il a \
                 montré en dernier compte toujours comme occupé, et rien de nouveau n'y est vu. Reconnectez-le :\n\n{link}\n\n\
                 Vous recevez ce message une seule fois, parce que {business} vous compte parmi ceux qui reçoivent des avis.\n"
            ),
        },
        Kind::CampaignWaiting => EmailTemplate {
            subject: format!("Une campagne de {business} attend votre accord"),
            text: format!(
                "Bonjour,\n\n\
                 Le temps va changer, et Porchlight a préparé un message pour des clients de {business}. Rien n'est envoyé sans l'accord de \
                 quelqu'un. Voyez ce qu'il dit et qui il touche, modifiez-le, approuvez-le ou refusez-le :\n\n{link}\n\n\
                 Vous recevez ce message une seule fois, parce que {business} vous compte parmi ceux qui reçoivent des avis.\n"
            ),
        },
        Kind::WebhookDisabled => EmailTemplate {
            subject: format!("Les événements de {business} ne sont plus transmis"),
            text: format!(
                "Bonjour,\n\nUne adresse à laquelle Porchlight envoie des événements de {business} n'a rien accepté pendant cinq jours, ou dit qu'elle n'existe plus. Elle \
                 est désactivée, et ce qui se passe jusqu'à ce que vous la réactiviez n'est pas gardé pour elle. Voyez ce qu'elle a répondu :\n\n{link}\n\nVous recevez ce message une seule fois, parce que vous pouvez la réactiver chez {business}.\n"
            ),
        },
    }
}
