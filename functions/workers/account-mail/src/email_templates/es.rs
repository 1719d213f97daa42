//! Spanish.

use super::{EmailTemplate, Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> EmailTemplate {
    let Facts { business, inviter, link, .. } = facts;
    match kind {
        Kind::Invitation => EmailTemplate {
            subject: format!("Invitación a {business}"),
            text: format!(
                "Hola:\n\n\
                 {inviter} le invita a trabajar con los clientes y conversaciones de {business}. Abra esta página para aceptar y elegir \
                 una contraseña:\n\n{link}\n\n\
                 El enlace es válido durante {} días.\n\n\
                 Si no conoce {business}, ignore este correo: no ocurre nada mientras no abra el enlace.\n",
                facts.days()
            ),
        },
        Kind::Verification => EmailTemplate {
            subject: format!("Confirme su dirección para {business}"),
            text: format!(
                "Hola:\n\n\
                 Abra esta página para confirmar que esta dirección es suya y usarla en {business}:\n\n{link}\n\n\
                 El enlace es válido durante {} horas.\n\n\
                 Si no lo ha pedido, ignore este correo: la dirección queda sin confirmar.\n",
                facts.hours()
            ),
        },
        Kind::Reset => EmailTemplate {
            subject: format!("Nueva contraseña para {business}"),
            text: format!(
                "Hola:\n\n\
                 Alguien ha pedido una nueva contraseña para su cuenta en {business}. Abra esta página para elegirla:\n\n\
                 {link}\n\n\
                 El enlace es válido durante {} minutos. La nueva contraseña cierra todas sus sesiones.\n\n\
                 Si no ha sido usted, ignore este correo: su contraseña no cambia.\n",
                facts.minutes()
            ),
        },
        Kind::PasswordSet => EmailTemplate {
            subject: format!("Su nueva contraseña en {business}"),
            text: format!(
                "Hola:\n\n\
                 Su cuenta en {business} tiene una nueva contraseña y se ha cerrado en todos los demás dispositivos.\n\n\
                 Si ha sido usted, no tiene que hacer nada. Si no, elija otra enseguida:\n\n{link}\n\n\
                 Avise después a quien administra {business}: puede que alguien lea su correo.\n"
            ),
        },
        Kind::CalendarLost => EmailTemplate {
            subject: format!("Un calendario de {business} está desconectado"),
            text: format!(
                "Hola:\n\n\
                 Una cuenta de Google ya no deja que Porchlight lea un calendario de {business}. Lo último \
                 que mostró sigue contando como ocupado, y no se ve nada nuevo en él. Vuelva a conectarlo:\n\n{link}\n\n\
                 Recibe este correo una sola vez, porque {business} le ha puesto entre quienes reciben avisos.\n"
            ),
        },
        Kind::CampaignWaiting => EmailTemplate {
            subject: format!("Una campaña de {business} espera su visto bueno"),
            text: format!(
                "Hola:\n\n\
                 El tiempo va a cambiar, y Porchlight ha preparado un mensaje para clientes de {business}. No se envía nada hasta que alguien lo \
                 apruebe. Vea qué dice y a quién llega, cámbielo, apruébelo o rechácelo:\n\n{link}\n\n\
                 Recibe este correo una sola vez, porque {business} le ha puesto entre quienes reciben avisos.\n"
            ),
        },
        Kind::WebhookDisabled => EmailTemplate {
            subject: format!("Los eventos de {business} ya no se envían"),
            text: format!(
                "Hola:\n\nUna dirección a la que Porchlight envía eventos de {business} no ha aceptado nada durante cinco días, o dice que ya no existe. Está \
                 desactivada, y lo que ocurra hasta que vuelva a activarla no se guarda para ella. Vea qué respondió:\n\n{link}\n\nRecibe este correo una sola vez, porque puede volver a activarla en {business}.\n"
            ),
        },
    }
}
