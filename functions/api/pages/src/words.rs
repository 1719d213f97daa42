//! The words of the pages: one row a text, in all five languages, so that none can lack one. `{}` is filled in by the script.
//!
//! What the API says of a mistake is in English; a page in another language says first what its code means ([`runtime::http::refusals`]).

use axum::http::HeaderMap;
use serde_json::{Map, Value};

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

        impl Words {
            /// Those that the script says: their names begin with `say_`, and what follows is what it knows them by.
            pub(crate) fn said(&self) -> String {
                let all = [$((stringify!($name), self.$name),)*];
                let own = all.into_iter().filter_map(|(name, text)| Some((name.strip_prefix("say_")?.to_owned(), text)));
                let said = own.chain(runtime::http::refusals(self.language)).map(|(name, text)| (name, Value::from(text)));
                Value::Object(said.collect::<Map<String, Value>>()).to_string()
            }
        }
    };
}

words! {
    no_script:
        "This page needs JavaScript. Turn it on for this site, then load the page again.",
        "Esta página necesita JavaScript. Actívelo para este sitio y vuelva a cargar la página.",
        "Cette page a besoin de JavaScript. Activez-le pour ce site, puis rechargez la page.",
        "Diese Seite braucht JavaScript. Schalten Sie es für diese Website ein und laden Sie die Seite neu.",
        "Esta página precisa de JavaScript. Ative-o para este site e carregue a página de novo.";
    same_again: "The same again", "Otra vez la misma", "Le même, encore une fois", "Noch einmal dasselbe", "A mesma, outra vez";
    sign_in: "Sign in", "Iniciar sesión", "Se connecter", "Anmelden", "Entrar";
    email: "E-mail address", "Correo electrónico", "Adresse e-mail", "E-Mail-Adresse", "E-mail";
    password: "Password", "Contraseña", "Mot de passe", "Passwort", "Senha";
    code:
        "Six digits from your authenticator app",
        "Seis cifras de su aplicación de autenticación",
        "Six chiffres de votre application d’authentification",
        "Sechs Ziffern aus Ihrer Authenticator-App",
        "Seis dígitos do seu aplicativo autenticador";
    use_backup:
        "Use a backup code instead",
        "Usar un código de respaldo",
        "Utiliser un code de secours",
        "Stattdessen einen Ersatzcode verwenden",
        "Usar um código reserva";
    backup_code: "Backup code", "Código de respaldo", "Code de secours", "Ersatzcode", "Código reserva";
    use_app:
        "Use the authenticator app instead",
        "Usar la aplicación de autenticación",
        "Utiliser l’application d’authentification",
        "Stattdessen die Authenticator-App verwenden",
        "Usar o aplicativo autenticador";
    forgot_link:
        "I forgot my password",
        "Olvidé mi contraseña",
        "J’ai oublié mon mot de passe",
        "Ich habe mein Passwort vergessen",
        "Esqueci minha senha";
    accept_title:
        "Accept your invitation",
        "Acepte su invitación",
        "Acceptez votre invitation",
        "Nehmen Sie Ihre Einladung an",
        "Aceite seu convite";
    accept: "Accept", "Aceptar", "Accepter", "Annehmen", "Aceitar";
    own_name: "Your name", "Su nombre", "Votre nom", "Ihr Name", "Seu nome";
    accept_text:
        "Choose a password, at least 10 characters long. A few uncommon words make a good one.",
        "Elija una contraseña de al menos 10 caracteres. Unas pocas palabras poco comunes hacen una buena.",
        "Choisissez un mot de passe d’au moins 10 caractères. Quelques mots peu courants en font un bon.",
        "Wählen Sie ein Passwort mit mindestens 10 Zeichen. Ein paar seltene Wörter ergeben ein gutes.",
        "Escolha uma senha de pelo menos 10 caracteres. Algumas palavras incomuns formam uma boa.";
    accept_known:
        "You have an account with this address already? Then enter its password; your name stays as it is.",
        "¿Ya tiene una cuenta con esta dirección? Escriba entonces su contraseña; su nombre no cambia.",
        "Vous avez déjà un compte avec cette adresse ? Saisissez alors son mot de passe ; votre nom reste le même.",
        "Sie haben mit dieser Adresse schon ein Konto? Dann geben Sie dessen Passwort ein; Ihr Name bleibt, wie er ist.",
        "Já tem uma conta com este endereço? Então digite a senha dela; seu nome continua o mesmo.";
    verify_title:
        "Confirm your e-mail address",
        "Confirme su correo electrónico",
        "Confirmez votre adresse e-mail",
        "Bestätigen Sie Ihre E-Mail-Adresse",
        "Confirme seu e-mail";
    verify_text:
        "One press, and we know that our mails reach you.",
        "Un clic y sabremos que nuestros correos le llegan.",
        "Un clic, et nous savons que nos e-mails vous parviennent.",
        "Ein Klick, und wir wissen, dass unsere E-Mails Sie erreichen.",
        "Um clique e sabemos que nossos e-mails chegam a você.";
    confirm: "Confirm", "Confirmar", "Confirmer", "Bestätigen", "Confirmar";
    forgot_title: "Forgot your password?", "¿Olvidó su contraseña?", "Mot de passe oublié ?", "Passwort vergessen?", "Esqueceu sua senha?";
    forgot_text:
        "We send you a mail with a link to choose a new one.",
        "Le enviamos un correo con un enlace para elegir una nueva.",
        "Nous vous envoyons un e-mail avec un lien pour en choisir un nouveau.",
        "Wir schicken Ihnen eine E-Mail mit einem Link, um ein neues zu wählen.",
        "Enviamos um e-mail com um link para escolher uma nova.";
    send_mail: "Send the mail", "Enviar el correo", "Envoyer l’e-mail", "E-Mail senden", "Enviar o e-mail";
    to_sign_in: "Back to sign-in", "Volver al inicio de sesión", "Retour à la connexion", "Zurück zur Anmeldung", "Voltar para entrar";
    reset_title:
        "Choose a new password",
        "Elija una contraseña nueva",
        "Choisissez un nouveau mot de passe",
        "Wählen Sie ein neues Passwort",
        "Escolha uma nova senha";
    reset_text:
        "At least 10 characters. A few uncommon words make a good one. You will be signed out everywhere.",
        "Al menos 10 caracteres. Unas pocas palabras poco comunes hacen una buena. Se cerrarán todas sus sesiones.",
        "Au moins 10 caractères. Quelques mots peu courants en font un bon. Vous serez déconnecté partout.",
        "Mindestens 10 Zeichen. Ein paar seltene Wörter ergeben ein gutes. Sie werden überall abgemeldet.",
        "Pelo menos 10 caracteres. Algumas palavras incomuns formam uma boa. Você sairá de todas as sessões.";
    new_password: "New password", "Contraseña nueva", "Nouveau mot de passe", "Neues Passwort", "Nova senha";
    set_password: "Set the password", "Guardar la contraseña", "Enregistrer le mot de passe", "Passwort setzen", "Definir a senha";
    new_link:
        "Ask for a new link",
        "Pedir un enlace nuevo",
        "Demander un nouveau lien",
        "Einen neuen Link anfordern",
        "Pedir um novo link";
    account_title: "Your account", "Su cuenta", "Votre compte", "Ihr Konto", "Sua conta";
    loading: "Loading…", "Cargando…", "Chargement…", "Wird geladen …", "Carregando…";
    enrolling:
        "This business asks its administrators for a second factor. Set one up below; until then, nothing else is open to you.",
        "Esta empresa pide a sus administradores un segundo factor. Configúrelo abajo; hasta entonces no podrá abrir nada más.",
        "Cette entreprise demande à ses administrateurs un second facteur. Configurez-le ci-dessous ; d’ici là, rien d’autre ne vous est ouvert.",
        "Dieses Unternehmen verlangt von seinen Administratoren einen zweiten Faktor. Richten Sie unten einen ein; bis dahin steht Ihnen nichts anderes offen.",
        "Esta empresa pede um segundo fator aos administradores. Configure um abaixo; até lá, nada mais estará aberto para você.";
    you: "You", "Usted", "Vous", "Sie", "Você";
    name: "Name", "Nombre", "Nom", "Name", "Nome";
    business: "Business", "Empresa", "Entreprise", "Unternehmen", "Empresa";
    role: "Role", "Función", "Rôle", "Rolle", "Função";
    rename: "Change the name", "Cambiar el nombre", "Changer le nom", "Namen ändern", "Mudar o nome";
    unverified:
        "Your e-mail address is not confirmed yet.",
        "Su correo electrónico aún no está confirmado.",
        "Votre adresse e-mail n’est pas encore confirmée.",
        "Ihre E-Mail-Adresse ist noch nicht bestätigt.",
        "Seu e-mail ainda não foi confirmado.";
    send_me: "Send me the mail", "Envíenme el correo", "Envoyez-moi l’e-mail", "E-Mail an mich senden", "Enviar o e-mail para mim";
    other_businesses:
        "Your other businesses",
        "Sus otras empresas",
        "Vos autres entreprises",
        "Ihre anderen Unternehmen",
        "Suas outras empresas";
    enter: "Enter", "Entrar", "Entrer", "Öffnen", "Entrar";
    factor: "Second factor", "Segundo factor", "Second facteur", "Zweiter Faktor", "Segundo fator";
    factor_text:
        "With a second factor, a stolen password is not enough to get in. You need an authenticator app on your telephone.",
        "Con un segundo factor, una contraseña robada no basta para entrar. Necesita una aplicación de autenticación en su teléfono.",
        "Avec un second facteur, un mot de passe volé ne suffit pas pour entrer. Il vous faut une application d’authentification sur votre téléphone.",
        "Mit einem zweiten Faktor reicht ein gestohlenes Passwort nicht, um hineinzukommen. Sie brauchen eine Authenticator-App auf Ihrem Telefon.",
        "Com um segundo fator, uma senha roubada não basta para entrar. Você precisa de um aplicativo autenticador no celular.";
    your_password: "Your password", "Su contraseña", "Votre mot de passe", "Ihr Passwort", "Sua senha";
    set_up: "Set up", "Configurar", "Configurer", "Einrichten", "Configurar";
    scan:
        "Scan this with your authenticator app:",
        "Escanee esto con su aplicación de autenticación:",
        "Scannez ceci avec votre application d’authentification :",
        "Scannen Sie dies mit Ihrer Authenticator-App:",
        "Leia isto com seu aplicativo autenticador:";
    qr:
        "QR code with the secret that stands below as text",
        "Código QR con la clave que aparece abajo como texto",
        "Code QR avec le secret écrit ci-dessous en toutes lettres",
        "QR-Code mit dem Geheimnis, das darunter als Text steht",
        "Código QR com o segredo escrito abaixo";
    or_type:
        "Or type this secret into the app:",
        "O escriba esta clave en la aplicación:",
        "Ou saisissez ce secret dans l’application :",
        "Oder tippen Sie dieses Geheimnis in die App:",
        "Ou digite este segredo no aplicativo:";
    code_now:
        "The six digits that the app shows now",
        "Las seis cifras que muestra ahora la aplicación",
        "Les six chiffres que l’application affiche maintenant",
        "Die sechs Ziffern, die die App jetzt zeigt",
        "Os seis dígitos que o aplicativo mostra agora";
    codes_title: "Your backup codes", "Sus códigos de respaldo", "Vos codes de secours", "Ihre Ersatzcodes", "Seus códigos reserva";
    codes_text:
        "Each lets you in once, should you lose your telephone. Keep them where you keep papers: they are shown only now.",
        "Cada uno le deja entrar una vez si pierde el teléfono. Guárdelos con sus papeles: solo se muestran ahora.",
        "Chacun vous laisse entrer une fois si vous perdez votre téléphone. Gardez-les avec vos papiers : ils ne sont montrés que maintenant.",
        "Mit jedem kommen Sie einmal hinein, wenn Sie Ihr Telefon verlieren. Bewahren Sie sie bei Ihren Papieren auf: Sie werden nur jetzt gezeigt.",
        "Cada um deixa você entrar uma vez se perder o celular. Guarde-os com seus documentos: só aparecem agora.";
    copy: "Copy", "Copiar", "Copier", "Kopieren", "Copiar";
    code_or_backup:
        "Six digits from the app, or a backup code",
        "Seis cifras de la aplicación o un código de respaldo",
        "Six chiffres de l’application, ou un code de secours",
        "Sechs Ziffern aus der App oder ein Ersatzcode",
        "Seis dígitos do aplicativo ou um código reserva";
    renew:
        "Make new backup codes",
        "Crear códigos de respaldo nuevos",
        "Créer de nouveaux codes de secours",
        "Neue Ersatzcodes erstellen",
        "Criar novos códigos reserva";
    renew_text:
        "The codes of before are void then.",
        "Los códigos anteriores dejan de valer.",
        "Les codes précédents ne valent alors plus.",
        "Die bisherigen Codes gelten dann nicht mehr.",
        "Os códigos anteriores deixam de valer.";
    remove:
        "Remove the second factor",
        "Quitar el segundo factor",
        "Retirer le second facteur",
        "Zweiten Faktor entfernen",
        "Remover o segundo fator";
    remove_text:
        "Your password alone lets you in then, and your other sessions end.",
        "Entonces basta su contraseña para entrar, y sus otras sesiones se cierran.",
        "Votre mot de passe suffit alors pour entrer, et vos autres sessions prennent fin.",
        "Dann reicht Ihr Passwort zum Anmelden, und Ihre anderen Sitzungen enden.",
        "Então sua senha basta para entrar, e suas outras sessões terminam.";
    sessions:
        "Where you are signed in",
        "Dónde tiene la sesión abierta",
        "Où vous êtes connecté",
        "Wo Sie angemeldet sind",
        "Onde você está conectado";
    end: "End", "Cerrar", "Terminer", "Beenden", "Encerrar";
    password_now: "Your password now", "Su contraseña actual", "Votre mot de passe actuel", "Ihr jetziges Passwort", "Sua senha atual";
    password_text:
        "All your other sessions end when you change it.",
        "Al cambiarla se cierran todas sus otras sesiones.",
        "Toutes vos autres sessions prennent fin quand vous le changez.",
        "Wenn Sie es ändern, enden alle Ihre anderen Sitzungen.",
        "Ao mudá-la, todas as suas outras sessões terminam.";
    change_password: "Change the password", "Cambiar la contraseña", "Changer le mot de passe", "Passwort ändern", "Mudar a senha";
    sign_out: "Sign out", "Cerrar sesión", "Se déconnecter", "Abmelden", "Sair";
    sign_out_everywhere:
        "Sign out everywhere",
        "Cerrar todas las sesiones",
        "Se déconnecter partout",
        "Überall abmelden",
        "Sair de todas as sessões";
    say_not_same:
        "The two are not the same",
        "Las dos no coinciden",
        "Les deux ne sont pas identiques",
        "Die beiden sind nicht gleich",
        "As duas não são iguais";
    say_joined:
        "You are in. Sign in with your e-mail address and password.",
        "Ya está dentro. Inicie sesión con su correo y su contraseña.",
        "Vous y êtes. Connectez-vous avec votre adresse e-mail et votre mot de passe.",
        "Sie gehören dazu. Melden Sie sich mit E-Mail-Adresse und Passwort an.",
        "Tudo certo. Entre com seu e-mail e sua senha.";
    say_confirmed:
        "Your e-mail address is confirmed.",
        "Su correo electrónico está confirmado.",
        "Votre adresse e-mail est confirmée.",
        "Ihre E-Mail-Adresse ist bestätigt.",
        "Seu e-mail está confirmado.";
    say_reset_sent:
        "If somebody signs in with this address, the mail is on its way. Its link is good for half an hour.",
        "Si alguien inicia sesión con esta dirección, el correo va en camino. Su enlace vale media hora.",
        "Si quelqu’un se connecte avec cette adresse, l’e-mail est en route. Son lien est valable une demi-heure.",
        "Wenn sich jemand mit dieser Adresse anmeldet, ist die E-Mail unterwegs. Ihr Link gilt eine halbe Stunde.",
        "Se alguém entra com este endereço, o e-mail está a caminho. O link vale por meia hora.";
    say_reset:
        "Your new password is set. Sign in with it.",
        "Su contraseña nueva está guardada. Inicie sesión con ella.",
        "Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.",
        "Ihr neues Passwort ist gesetzt. Melden Sie sich damit an.",
        "Sua nova senha está definida. Entre com ela.";
    say_mail_sent:
        "The mail is on its way.",
        "El correo va en camino.",
        "L’e-mail est en route.",
        "Die E-Mail ist unterwegs.",
        "O e-mail está a caminho.";
    say_renamed:
        "Your name is changed.",
        "Su nombre ha cambiado.",
        "Votre nom est changé.",
        "Ihr Name ist geändert.",
        "Seu nome foi alterado.";
    say_password_changed:
        "Your password is changed.",
        "Su contraseña ha cambiado.",
        "Votre mot de passe est changé.",
        "Ihr Passwort ist geändert.",
        "Sua senha foi alterada.";
    say_signed_out: "You are signed out.", "Ha cerrado la sesión.", "Vous êtes déconnecté.", "Sie sind abgemeldet.", "Você saiu.";
    say_signed_out_everywhere:
        "You are signed out everywhere.",
        "Se cerraron todas sus sesiones.",
        "Vous êtes déconnecté partout.",
        "Sie sind überall abgemeldet.",
        "Você saiu de todas as sessões.";
    say_please_sign_in: "Please sign in.", "Inicie sesión.", "Veuillez vous connecter.", "Bitte melden Sie sich an.", "Entre, por favor.";
    say_enter: "Enter {}", "Entrar en {}", "Entrer chez {}", "{} öffnen", "Entrar em {}";
    say_end: "End {}", "Cerrar {}", "Terminer {}", "{} beenden", "Encerrar {}";
    say_here: "{} (here)", "{} (aquí)", "{} (ici)", "{} (hier)", "{} (aqui)";
    say_unknown_device: "Unknown device", "Dispositivo desconocido", "Appareil inconnu", "Unbekanntes Gerät", "Dispositivo desconhecido";
    say_factor_since:
        "Set up on {}. Backup codes left: {}.",
        "Configurado el {}. Códigos de respaldo restantes: {}.",
        "Configuré le {}. Codes de secours restants : {}.",
        "Eingerichtet am {}. Verbleibende Ersatzcodes: {}.",
        "Configurado em {}. Códigos reserva restantes: {}.";
    say_factor_removed:
        "The second factor is removed.",
        "El segundo factor se ha quitado.",
        "Le second facteur est retiré.",
        "Der zweite Faktor ist entfernt.",
        "O segundo fator foi removido.";
    say_copied: "Copied.", "Copiado.", "Copié.", "Kopiert.", "Copiado.";
    say_not_copied:
        "Your browser does not let us copy them: mark them and copy them yourself.",
        "Su navegador no nos deja copiarlos: selecciónelos y cópielos usted.",
        "Votre navigateur ne nous laisse pas les copier : sélectionnez-les et copiez-les vous-même.",
        "Ihr Browser lässt uns nicht kopieren: Markieren und kopieren Sie sie selbst.",
        "Seu navegador não nos deixa copiar: selecione e copie você mesmo.";
    say_unreachable:
        "We cannot be reached: check your connection and try again",
        "No podemos ser contactados: revise su conexión e inténtelo de nuevo",
        "Nous sommes injoignables : vérifiez votre connexion et réessayez",
        "Wir sind nicht erreichbar: Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal",
        "Não foi possível nos alcançar: verifique sua conexão e tente de novo";
    say_not_now:
        "This did not work: try again in a moment",
        "Esto no funcionó: inténtelo de nuevo en un momento",
        "Cela n’a pas fonctionné : réessayez dans un instant",
        "Das hat nicht geklappt: Versuchen Sie es gleich noch einmal",
        "Isto não deu certo: tente de novo em um momento";
    say_broken:
        "This page failed. Load it again.",
        "Esta página falló. Cárguela de nuevo.",
        "Cette page a échoué. Rechargez-la.",
        "Diese Seite ist gescheitert. Laden Sie sie neu.",
        "Esta página falhou. Carregue-a de novo.";
    say_viewer: "viewer", "lectura", "lecture", "Leser", "leitor";
    say_agent: "agent", "agente", "agent", "Mitarbeiter", "agente";
    say_manager: "manager", "encargado", "responsable", "Manager", "gerente";
    say_admin: "admin", "administrador", "administrateur", "Administrator", "administrador";
    say_super_admin:
        "platform operator",
        "operador de la plataforma",
        "exploitant de la plateforme",
        "Betreiber der Plattform",
        "operador da plataforma";
}

/// The words of the language that a browser asks for first among those there are, else English.
pub(crate) fn wanted(headers: &HeaderMap) -> &'static Words {
    let of = |code: &str| ALL.iter().find(|words| words.language == code);
    let [english, ..] = &ALL;
    runtime::http::languages(headers).into_iter().find_map(of).unwrap_or(english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::ACCEPT_LANGUAGE;

    #[test]
    fn a_page_speaks_the_first_language_that_is_asked_for_and_known() {
        let language =
            |accepted: &str| wanted(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, accepted.parse().unwrap())])).language;
        assert_eq!(language("it, en;q=0.2, pt-BR;q=0.8"), "pt");
        assert_eq!((language("nl"), wanted(&HeaderMap::new()).language), ("en", "en"));
    }

    #[test]
    fn every_language_leaves_the_same_gaps() {
        let gaps = |words: &Words| {
            let said: Map<String, Value> = serde_json::from_str(&words.said()).unwrap();
            said.into_iter()
                .filter(|(name, _)| !name.starts_with("code_"))
                .map(|(name, text)| (name, text.as_str().unwrap().matches("{}").count()))
                .collect::<Vec<_>>()
        };
        let [english, others @ ..] = &ALL;
        assert!(gaps(english).iter().any(|(_, count)| *count == 2));
        for other in others {
            assert_eq!(gaps(other), gaps(english), "{}", other.language);
        }
    }
}
