//! The words of the pages: one row a text, in all five languages, so that none can lack one. `{}` is filled in.

use axum::http::HeaderMap;

macro_rules! words {
    ($($name:ident: $en:literal, $es:literal, $fr:literal, $de:literal, $pt:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(crate) struct Words {
            /// Its code.
            pub(crate) language: &'static str,
            $(pub(crate) $name: &'static str,)*
        }

        pub(crate) static ALL: [Words; 5] = [
            Words { language: "en", $($name: $en,)* },
            Words { language: "es", $($name: $es,)* },
            Words { language: "fr", $($name: $fr,)* },
            Words { language: "de", $($name: $de,)* },
            Words { language: "pt", $($name: $pt,)* },
        ];
    };
}

words! {
    own_name: "English", "Español", "Français", "Deutsch", "Português";
    skip: "Skip to the content", "Ir al contenido", "Aller au contenu", "Zum Inhalt", "Ir para o conteúdo";
    languages: "Language", "Idioma", "Langue", "Sprache", "Idioma";
    book_title: "Book an appointment", "Reservar una cita", "Prendre rendez-vous", "Termin buchen", "Marcar um horário";
    choose_service: "What is it for?", "¿Para qué es?", "Pour quel service ?", "Worum geht es?", "Para qual serviço?";
    choose_place: "Where?", "¿Dónde?", "Où ?", "Wo?", "Onde?";
    choose_day: "Choose a day", "Elija un día", "Choisissez un jour", "Wählen Sie einen Tag", "Escolha um dia";
    choose_time: "Choose a time: {}", "Elija una hora: {}", "Choisissez un horaire : {}", "Wählen Sie eine Zeit: {}", "Escolha um horário: {}";
    free: "{} free", "{} libres", "{} libres", "{} frei", "{} livres";
    earlier: "Earlier days", "Días anteriores", "Jours précédents", "Frühere Tage", "Dias anteriores";
    later: "Later days", "Días siguientes", "Jours suivants", "Spätere Tage", "Próximos dias";
    none_free: "Nothing is free on these days.", "No hay nada libre en estos días.", "Rien n’est libre ces jours-là.",
        "An diesen Tagen ist nichts frei.", "Não há nada livre nestes dias.";
    wait_title: "Tell me when a time is free", "Avísenme cuando haya una hora libre", "Prévenez-moi quand un horaire se libère", "Sagen Sie mir, wenn etwas frei wird", "Avisem-me quando houver um horário livre";
    wait_text: "Leave us your details, and we write to you when a time becomes free. You then have half an hour to take it.",
        "Déjenos sus datos y le escribiremos cuando se libere una hora. Entonces tendrá media hora para tomarla.",
        "Laissez-nous vos coordonnées : nous vous écrirons quand un horaire se libère. Vous aurez alors une demi-heure pour le prendre.",
        "Hinterlassen Sie uns Ihre Angaben, und wir schreiben Ihnen, wenn eine Zeit frei wird. Sie haben dann eine halbe Stunde, um sie zu nehmen.",
        "Deixe seus dados e escreveremos quando um horário ficar livre. Você terá então meia hora para aceitá-lo.";
    wait_from: "From which day", "Desde qué día", "À partir du", "Ab welchem Tag", "A partir de que dia";
    wait_until: "Until which day", "Hasta qué día", "Jusqu’au", "Bis zu welchem Tag", "Até que dia";
    wait: "Put me on the waiting list", "Inscribirme en la lista de espera", "M’inscrire sur la liste d’attente", "Auf die Warteliste setzen", "Entrar na lista de espera";
    done_wait: "You are on the waiting list.", "Está en la lista de espera.", "Vous êtes sur la liste d’attente.", "Sie stehen auf der Warteliste.", "Você está na lista de espera.";
    zone: "Times are local time in {}.", "Hora local de {}.", "Heure locale de {}.", "Ortszeit {}.", "Horário local de {}.";
    not_online: "Appointments cannot be booked online here at the moment. We are glad to arrange one with you:",
        "Por ahora no se pueden reservar citas en línea aquí. Con gusto acordamos una con usted:",
        "Pour le moment, il n’est pas possible de prendre rendez-vous en ligne ici. Nous en conviendrons volontiers avec vous :",
        "Zurzeit können hier keine Termine online gebucht werden. Gern vereinbaren wir einen mit Ihnen:",
        "No momento não é possível marcar horários online aqui. Teremos prazer em combinar um com você:";
    details: "Your details", "Sus datos", "Vos coordonnées", "Ihre Angaben", "Seus dados";
    change_time: "Choose another time", "Elegir otra hora", "Choisir un autre horaire", "Andere Zeit wählen", "Escolher outro horário";
    name: "Your name", "Su nombre", "Votre nom", "Ihr Name", "Seu nome";
    reach: "A telephone number or an e-mail address is enough.", "Basta un número de teléfono o un correo electrónico.",
        "Un numéro de téléphone ou une adresse e-mail suffit.", "Eine Telefonnummer oder eine E-Mail-Adresse genügt.",
        "Basta um número de telefone ou um e-mail.";
    phone: "Telephone number", "Número de teléfono", "Numéro de téléphone", "Telefonnummer", "Número de telefone";
    email: "E-mail address", "Correo electrónico", "Adresse e-mail", "E-Mail-Adresse", "E-mail";
    address: "Where should we come? Street and town", "¿Adónde vamos? Calle y localidad", "Où devons-nous venir ? Rue et ville",
        "Wohin sollen wir kommen? Straße und Ort", "Para onde devemos ir? Rua e cidade";
    note: "Is there anything we should know? (optional)", "¿Hay algo que debamos saber? (opcional)",
        "Y a-t-il quelque chose que nous devrions savoir ? (facultatif)", "Sollten wir etwas wissen? (freiwillig)",
        "Há algo que devamos saber? (opcional)";
    texts: "You may text me about this appointment at this number. Message and data rates may apply. Reply STOP to stop the messages.",
        "Pueden enviarme mensajes de texto sobre esta cita a este número. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para dejar de recibirlos.",
        "Vous pouvez m’envoyer des SMS au sujet de ce rendez-vous à ce numéro. Des frais d’opérateur peuvent s’appliquer. Répondez STOP pour ne plus en recevoir.",
        "Sie dürfen mir zu diesem Termin SMS an diese Nummer senden. Es können Kosten anfallen. Mit der Antwort STOP bekomme ich keine mehr.",
        "Podem me enviar mensagens de texto sobre este horário para este número. Pode haver cobrança da operadora. Responda STOP para não receber mais.";
    data: "We use what you write to arrange this appointment.", "Usamos lo que escribe para organizar esta cita.",
        "Nous utilisons ce que vous écrivez pour organiser ce rendez-vous.", "Wir verwenden Ihre Angaben, um diesen Termin zu vereinbaren.",
        "Usamos o que você escreve para organizar este horário.";
    trap: "Leave this field empty", "Deje este campo vacío", "Laissez ce champ vide", "Lassen Sie dieses Feld leer", "Deixe este campo vazio";
    deposit: "A deposit of {} is required.", "Se requiere un anticipo de {}.", "Un acompte de {} est requis.", "Es ist eine Anzahlung von {} nötig.",
        "É necessário um sinal de {}.";
    deposit_share: "A deposit of {} % is required.", "Se requiere un anticipo del {} %.", "Un acompte de {} % est requis.",
        "Es ist eine Anzahlung von {} % nötig.", "É necessário um sinal de {} %.";
    minutes: "{} minutes", "{} minutos", "{} minutes", "{} Minuten", "{} minutos";
    book: "Book this appointment", "Reservar esta cita", "Réserver ce rendez-vous", "Diesen Termin buchen", "Marcar este horário";
    wrong: "Please correct the following:", "Corrija lo siguiente:", "Veuillez corriger :", "Bitte korrigieren Sie:", "Corrija o seguinte:";
    name_missing: "Please enter your name (up to 100 characters).", "Escriba su nombre (máximo 100 caracteres).",
        "Indiquez votre nom (100 caractères maximum).", "Bitte geben Sie Ihren Namen an (höchstens 100 Zeichen).",
        "Informe seu nome (até 100 caracteres).";
    reach_missing: "Please enter a phone number or an e-mail address.", "Escriba un número de teléfono o un correo electrónico.",
        "Indiquez un numéro de téléphone ou une adresse e-mail.", "Bitte geben Sie eine Telefonnummer oder E-Mail-Adresse an.",
        "Informe um número de telefone ou um e-mail.";
    phone_wrong: "Please check the number. Include the area code, or + and the country code.",
        "Revise el número. Inclúyalo con prefijo, o con + y el código del país.",
        "Vérifiez le numéro. Écrivez-le en entier, ou avec + et l’indicatif du pays.",
        "Bitte prüfen Sie die Nummer. Mit Vorwahl, oder mit + und Landesvorwahl.", "Confira o número. Inclua o DDD, ou + e o código do país.";
    phone_abroad: "We do not text numbers of this country. Write an e-mail address too.", "No enviamos mensajes a números de este país. Escriba también un correo electrónico.",
        "Nous n’envoyons pas de SMS aux numéros de ce pays. Écrivez aussi une adresse e-mail.", "Nummern dieses Landes schreiben wir nicht an. Schreiben Sie auch eine E-Mail-Adresse.",
        "Não enviamos mensagens a números deste país. Escreva também um e-mail.";
    email_wrong: "Please check the e-mail address. It should look like name@example.com.",
        "Revise el correo electrónico. Debe tener este formato: nombre@example.com.", "Vérifiez l’adresse e-mail. Exemple : nom@example.com.",
        "Bitte prüfen Sie die E-Mail-Adresse. Beispiel: name@example.com.", "Confira o e-mail. Exemplo: nome@example.com.";
    address_missing: "Please enter the street and town (up to 200 characters).", "Escriba la calle y la localidad (máximo 200 caracteres).",
        "Indiquez la rue et la ville (200 caractères maximum).", "Bitte geben Sie Straße und Ort an (höchstens 200 Zeichen).",
        "Informe a rua e a cidade (até 200 caracteres).";
    note_long: "Please shorten your note (up to 500 characters).", "Acorte su nota (máximo 500 caracteres).",
        "Raccourcissez votre note (500 caractères maximum).", "Bitte kürzen Sie Ihre Notiz (höchstens 500 Zeichen).",
        "Encurte sua observação (até 500 caracteres).";
    taken: "That time is no longer free. Choose one of these, or another day:", "Esa hora ya no está libre. Elija una de estas, u otro día:",
        "Cet horaire n’est plus libre. Choisissez-en un de ceux-ci, ou un autre jour :", "Diese Zeit ist nicht mehr frei. Wählen Sie eine von diesen, oder einen anderen Tag:",
        "Esse horário não está mais livre. Escolha um destes, ou outro dia:";
    taken_all: "That time is no longer free. Choose another one.", "Esa hora ya no está libre. Elija otra.", "Cet horaire n’est plus libre. Choisissez-en un autre.",
        "Diese Zeit ist nicht mehr frei. Wählen Sie eine andere.", "Esse horário não está mais livre. Escolha outro.";
    call_instead: "This appointment cannot be booked online. Please call us or write to us.", "Esta cita no se puede reservar en línea. Llámenos o escríbanos.",
        "Ce rendez-vous ne peut pas être pris en ligne. Appelez-nous ou écrivez-nous.", "Dieser Termin kann nicht online gebucht werden. Bitte rufen Sie uns an oder schreiben Sie uns.",
        "Este horário não pode ser marcado online. Ligue ou escreva para nós.";
    visit_title: "Your appointment", "Su cita", "Votre rendez-vous", "Ihr Termin", "Seu horário";
    service: "Service", "Servicio", "Service", "Leistung", "Serviço";
    day: "Day", "Día", "Jour", "Tag", "Dia";
    time: "Time", "Hora", "Heure", "Zeit", "Hora";
    place: "Place", "Lugar", "Lieu", "Ort", "Local";
    state: "Status", "Estado", "Statut", "Status", "Situação";
    is_booked: "Booked", "Reservada", "Réservé", "Gebucht", "Marcado";
    is_confirmed: "Confirmed", "Confirmada", "Confirmé", "Bestätigt", "Confirmado";
    is_en_route: "We are on our way", "Estamos en camino", "Nous sommes en route", "Wir sind unterwegs", "Estamos a caminho";
    is_under_way: "Under way", "En curso", "En cours", "Läuft", "Em andamento";
    is_done: "Over", "Terminada", "Terminé", "Vorbei", "Encerrado";
    is_missed: "Did not take place", "No tuvo lugar", "N’a pas eu lieu", "Hat nicht stattgefunden", "Não realizado";
    is_cancelled: "Cancelled", "Cancelada", "Annulé", "Abgesagt", "Cancelado";
    done_book: "Your appointment is booked.", "Su cita está reservada.", "Votre rendez-vous est réservé.", "Ihr Termin ist gebucht.", "Seu horário está marcado.";
    done_confirm: "Thank you. We look forward to seeing you.", "Gracias. Le esperamos.", "Merci. Nous vous attendons.", "Danke. Wir freuen uns auf Sie.", "Obrigado. Esperamos por você.";
    done_move: "Your appointment has been moved.", "Su cita tiene su nueva hora.", "Votre rendez-vous a son nouvel horaire.",
        "Ihr Termin hat seine neue Zeit.", "Seu horário foi alterado.";
    done_cancel: "Your appointment is cancelled.", "Su cita está cancelada.", "Votre rendez-vous est annulé.", "Ihr Termin ist abgesagt.", "Seu horário foi cancelado.";
    keep_link: "With the address of this page you can change or cancel it: keep it.", "Con la dirección de esta página puede cambiarla o cancelarla: guárdela.",
        "L’adresse de cette page permet de le déplacer ou de l’annuler : gardez-la.", "Mit der Adresse dieser Seite können Sie ihn verlegen oder absagen: Bewahren Sie sie auf.",
        "Com o endereço desta página você pode alterar ou cancelar: guarde-o.";
    add_calendar: "Add to your calendar", "Añadir a su calendario", "Ajouter à votre agenda", "In den Kalender eintragen", "Adicionar à sua agenda";
    confirm: "I will be there", "Asistiré", "Je serai là", "Ich komme", "Confirmar presença";
    move_it: "Change the time", "Cambiar la hora", "Changer l’horaire", "Zeit ändern", "Mudar o horário";
    cancel: "Cancel the appointment", "Cancelar la cita", "Annuler le rendez-vous", "Termin absagen", "Cancelar o horário";
    why: "Why? (optional)", "¿Por qué? (opcional)", "Pourquoi ? (facultatif)", "Warum? (freiwillig)", "Por quê? (opcional)";
    back: "Back to the appointment", "Volver a la cita", "Retour au rendez-vous", "Zurück zum Termin", "Voltar ao horário";
    again: "Book another appointment", "Reservar otra cita", "Prendre un autre rendez-vous", "Einen anderen Termin buchen", "Marcar outro horário";
    too_late: "This can no longer be changed here. Please call us or write to us.", "Esto ya no se puede cambiar aquí. Llámenos o escríbanos.",
        "Cela ne peut plus être modifié ici. Appelez-nous ou écrivez-nous.", "Das lässt sich hier nicht mehr ändern. Bitte rufen Sie uns an oder schreiben Sie uns.",
        "Isto não pode mais ser alterado aqui. Ligue ou escreva para nós.";
    gone_title: "Page not found", "Página no encontrada", "Page introuvable", "Seite nicht gefunden", "Página não encontrada";
    gone: "This link is incomplete or has expired. Please ask the business for a new one.",
        "Este enlace está incompleto o ha caducado. Pida uno nuevo a la empresa.",
        "Ce lien est incomplet ou a expiré. Demandez-en un nouveau à l’entreprise.",
        "Dieser Link ist unvollständig oder abgelaufen. Bitte fragen Sie das Unternehmen nach einem neuen.",
        "Este link está incompleto ou expirou. Peça um novo à empresa.";
    busy_title: "Please wait a moment", "Espere un momento", "Un instant, s’il vous plaît", "Einen Moment, bitte", "Aguarde um momento";
    busy: "There were too many requests. Try again in some minutes, or call us.", "Hubo demasiadas solicitudes. Inténtelo de nuevo en unos minutos o llámenos.",
        "Il y a eu trop de demandes. Réessayez dans quelques minutes, ou appelez-nous.", "Es waren zu viele Anfragen. Versuchen Sie es in einigen Minuten wieder, oder rufen Sie uns an.",
        "Houve pedidos demais. Tente de novo em alguns minutos ou ligue para nós.";
    failed_title: "That did not work", "No funcionó", "Cela n’a pas fonctionné", "Das hat nicht geklappt", "Não deu certo";
    failed: "Nothing is lost: go back and try again in a moment.", "No se ha perdido nada: vuelva atrás e inténtelo de nuevo en un momento.",
        "Rien n’est perdu : revenez en arrière et réessayez dans un instant.", "Es ist nichts verloren: Gehen Sie zurück und versuchen Sie es gleich noch einmal.",
        "Nada se perdeu: volte e tente de novo em um momento.";
}

/// The words of a language by its code.
pub(crate) fn of(code: &str) -> Option<&'static Words> {
    ALL.iter().find(|words| words.language == code)
}

/// The words that a reader gets: of the language they chose, else of the first that their browser asks for, else of the
/// business's, else English.
pub(crate) fn wanted(chosen: Option<&str>, headers: &HeaderMap, tenants: &str) -> &'static Words {
    let browsers = || runtime::http::languages(headers).into_iter().find_map(of);
    let [english, ..] = &ALL;
    chosen.and_then(of).or_else(browsers).or_else(|| of(tenants)).unwrap_or(english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::ACCEPT_LANGUAGE;

    fn accepts(languages: &str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_LANGUAGE, languages.parse().unwrap())])
    }

    #[test]
    fn the_choice_beats_the_browser_and_the_browser_the_business() {
        let language = |chosen, accepted: &str, tenants| wanted(chosen, &accepts(accepted), tenants).language;
        assert_eq!(language(Some("de"), "es", "fr"), "de");
        assert_eq!(language(Some("xx"), "it, en;q=0.2, pt-BR;q=0.8", "fr"), "pt");
        assert_eq!(language(None, "it, es;q=0", "fr"), "fr");
        assert_eq!(language(None, "", "it"), "en");
    }
}
