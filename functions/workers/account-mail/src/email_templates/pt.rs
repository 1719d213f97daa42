//! Portuguese.

use super::{EmailTemplate, Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> EmailTemplate {
    let Facts { business, inviter, link, .. } = facts;
    match kind {
        Kind::Invitation => EmailTemplate {
            subject: format!("Convite para {business}"),
            text: format!(
                "Olá,\n\n\
                 {inviter} convida você a trabalhar com os clientes e conversas de {business}. Abra esta página para aceitar e \
                 escolher uma senha:\n\n{link}\n\n\
                 O link é válido por {} dias.\n\n\
                 Se você não conhece {business}, ignore este e-mail: nada acontece enquanto o link não for aberto.\n",
                facts.days()
            ),
        },
        Kind::Verification => EmailTemplate {
            subject: format!("Confirme seu endereço para {business}"),
            text: format!(
                "Olá,\n\n\
                 Abra esta página para confirmar que este endereço é seu e usá-lo em {business}:\n\n{link}\n\n\
                 O link é válido por {} horas.\n\n\
                 Se você não pediu isto, ignore este e-mail: o endereço continua sem confirmação.\n",
                facts.hours()
            ),
        },
        Kind::Reset => EmailTemplate {
            subject: format!("Nova senha para {business}"),
            text: format!(
                "Olá,\n\n\
                 Alguém pediu uma nova senha para a sua conta em {business}. Abra esta página para escolhê-la:\n\n\
                 {link}\n\n\
                 O link é válido por {} minutos. A nova senha encerra todas as suas sessões.\n\n\
                 Se não foi você, ignore este e-mail: a sua senha não muda.\n",
                facts.minutes()
            ),
        },
        Kind::PasswordSet => EmailTemplate {
            subject: format!("A sua nova senha em {business}"),
            text: format!(
                "Olá,\n\n\
                 A sua conta em {business} tem uma nova senha e foi encerrada em todos os outros lugares.\n\n\
                 Se foi você, não há nada a fazer. Se não foi, escolha outra imediatamente:\n\n{link}\n\n\
                 Depois avise quem administra {business}: talvez alguém leia os seus e-mails.\n"
            ),
        },
        Kind::CalendarLost => EmailTemplate {
            subject: format!("Um calendário de {business} está desligado"),
            text: format!(
                "Olá,\n\n\
                 Uma conta Google já não deixa o Porchlight ler um calendário de {business}. O que mostrou \
                 por último continua a contar como ocupado, e nada de novo nele é visto. Ligue-o de novo:\n\n{link}\n\n\
                 Recebe este e-mail uma só vez, porque {business} o indica entre quem recebe avisos.\n"
            ),
        },
        Kind::CampaignWaiting => EmailTemplate {
            subject: format!("Uma campanha de {business} espera a sua aprovação"),
            text: format!(
                "Olá,\n\n\
                 O tempo vai mudar, e o Porchlight preparou uma mensagem para clientes de {business}. Nada é enviado antes de alguém \
                 aprovar. Veja o que ela diz e a quem chega, altere, aprove ou recuse:\n\n{link}\n\n\
                 Recebe este e-mail uma só vez, porque {business} o indica entre quem recebe avisos.\n"
            ),
        },
        Kind::WebhookDisabled => EmailTemplate {
            subject: format!("Os eventos de {business} já não são enviados"),
            text: format!(
                "Olá,\n\nUm endereço para o qual o Porchlight envia eventos de {business} não aceitou nada durante cinco dias, ou diz que já não existe. Está \
                 desativado, e o que acontecer até que o ative de novo não é guardado para ele. Veja o que respondeu:\n\n{link}\n\nRecebe este e-mail uma só vez, porque pode ativá-lo de novo em {business}.\n"
            ),
        },
    }
}
