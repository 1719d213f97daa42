//! German.

use super::{EmailTemplate, Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> EmailTemplate {
    let Facts { business, inviter, link, .. } = facts;
    match kind {
        Kind::Invitation => EmailTemplate {
            subject: format!("Einladung zu {business}"),
            text: format!(
                "Guten Tag,\n\n\
                 {inviter} lädt Sie ein, mit den Anfragen und Gesprächen von {business} zu arbeiten. Öffnen Sie diese Seite, um anzunehmen \
                 und ein Passwort zu wählen:\n\n{link}\n\n\
                 Der Link gilt noch {} Tage.\n\n\
                 Wenn Sie {business} nicht kennen, ignorieren Sie diese E-Mail: Es geschieht nichts, solange Sie den Link \
                 nicht öffnen.\n",
                facts.days()
            ),
        },
        Kind::Verification => EmailTemplate {
            subject: format!("Bestätigen Sie Ihre Adresse für {business}"),
            text: format!(
                "Guten Tag,\n\n\
                 Öffnen Sie diese Seite, um zu bestätigen, dass diese Adresse Ihnen gehört und Sie sie bei {business} \
                 verwenden:\n\n{link}\n\n\
                 Der Link gilt {} Stunden.\n\n\
                 Wenn Sie das nicht veranlasst haben, ignorieren Sie diese E-Mail: Die Adresse bleibt unbestätigt.\n",
                facts.hours()
            ),
        },
        Kind::Reset => EmailTemplate {
            subject: format!("Neues Passwort für {business}"),
            text: format!(
                "Guten Tag,\n\n\
                 für Ihr Konto bei {business} wurde ein neues Passwort verlangt. Öffnen Sie diese Seite, um eines zu \
                 wählen:\n\n{link}\n\n\
                 Der Link gilt {} Minuten. Das neue Passwort meldet Sie überall ab.\n\n\
                 Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.\n",
                facts.minutes()
            ),
        },
        Kind::PasswordSet => EmailTemplate {
            subject: format!("Ihr neues Passwort für {business}"),
            text: format!(
                "Guten Tag,\n\n\
                 Ihr Konto bei {business} hat ein neues Passwort und ist überall sonst abgemeldet.\n\n\
                 Wenn Sie das waren, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein anderes:\n\n{link}\n\n\
                 Sagen Sie dann denen Bescheid, die {business} verwalten: Vielleicht liest jemand Ihre E-Mails mit.\n"
            ),
        },
        Kind::CalendarLost => EmailTemplate {
            subject: format!("Ein Kalender von {business} ist getrennt"),
            text: format!(
                "Guten Tag,\n\n\
                 ein Google-Konto lässt Porchlight einen Kalender von {business} nicht mehr lesen. Was er zuletzt \
                 zeigte, gilt weiter als belegt; Neues darin wird nicht gesehen. Verbinden Sie ihn neu:\n\n{link}\n\n\
                 Sie bekommen diese E-Mail einmal, weil {business} Sie als Empfänger von Hinweisen nennt.\n"
            ),
        },
        Kind::CampaignWaiting => EmailTemplate {
            subject: format!("Eine Kampagne von {business} wartet auf Ihr Ja"),
            text: format!(
                "Guten Tag,\n\n\
                 das Wetter schlägt um, und Porchlight hat eine Nachricht an Kunden von {business} entworfen. Ohne ein Ja wird nichts \
                 verschickt. Sehen Sie, was sie sagt und wen sie erreicht, ändern Sie sie, geben Sie sie frei oder lehnen Sie sie ab:\n\n{link}\n\n\
                 Sie bekommen diese E-Mail einmal, weil {business} Sie als Empfänger von Hinweisen nennt.\n"
            ),
        },
        Kind::WebhookDisabled => EmailTemplate {
            subject: format!("Ereignisse von {business} werden nicht mehr weitergegeben"),
            text: format!(
                "Guten Tag,\n\neine Adresse, an die Porchlight Ereignisse von {business} sendet, hat fünf Tage lang nichts angenommen oder meldet, dass es sie nicht mehr \
                 gibt. Sie ist abgeschaltet; was geschieht, bis Sie sie wieder einschalten, wird für sie nicht aufgehoben. Sehen Sie, was sie geantwortet hat:\n\n{link}\n\nSie bekommen diese E-Mail einmal, weil Sie sie bei {business} wieder einschalten können.\n"
            ),
        },
    }
}
