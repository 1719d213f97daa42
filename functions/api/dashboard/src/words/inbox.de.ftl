# The inbox
inbox-queues = Warteschlangen
inbox-choose = Wählen Sie eine Unterhaltung aus.
inbox-empty = Hier wartet niemand.
queue-all = Alle
queue-mine = Meine
queue-unassigned = Ohne Zuständige
queue-escalated = Eskaliert
queue-snoozed = Später
queue-resolved = Erledigt
nobody-named = Noch kein Name
tag-escalated = möchte einen Menschen
tag-assistant = Assistent antwortet
tag-mine = Ihre
tag-colleague = bei einem Kollegen
tag-nobody = noch bei niemandem
tag-snoozed = später:
tag-resolved = erledigt
tag-urgent = dringend
minutes-waiting =
    { $count ->
        [one] wartet seit { $count } Minute
       *[other] wartet seit { $count } Minuten
    }
minutes-left =
    { $count ->
        [one] noch { $count } Minute
       *[other] noch { $count } Minuten
    }
minutes-late =
    { $count ->
        [one] { $count } Minute zu spät
       *[other] { $count } Minuten zu spät
    }
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-email = E-Mail
channel-chat = Chat
role-customer = Kunde
role-assistant = Assistent
role-staff = Team
role-notice = An das Team

# A conversation
thread-label = Unterhaltung
messages-label = Nachrichten
about-label = Über den Kunden
back-to-inbox = Zurück zum Posteingang
older-messages = Ältere Nachrichten
confidence = { $percent } % sicher
note-title = Notiz
note-summary = Notiz schreiben
note-label = Eine Notiz für Ihr Team; der Kunde sieht sie nie
reply-label = Ihre Nachricht an den Kunden
note-mention = @ und der Name eines Kollegen schickt ihm eine Mail, die hierher führt.
do-suggest = Antwort vorschlagen
do-suggest-drop = Vorschlag verwerfen
suggest-ask = Ersetzen, was Sie geschrieben haben?
suggest-busy = Eine Antwort wird geschrieben …
suggest-done = Das ist ein Vorschlag: Lesen Sie ihn, bevor Sie ihn senden.
suggest-builtin = Das ist ein Vorschlag des eingebauten Assistenten: Lesen Sie ihn, bevor Sie ihn senden.
suggest-unchecked = Das wird gerade geschrieben und ist noch nicht geprüft: Verwenden Sie es nicht.
suggest-replaced = Was Sie beim Schreiben gesehen haben, wird nicht verwendet. Das ist ein anderer Vorschlag: Lesen Sie ihn, bevor Sie ihn senden.
suggest-dropped = Der Vorschlag wurde verworfen.
suggest-none-not-configured = Ohne Modell gibt es hier nichts vorzuschlagen, und es ist keines eingerichtet.
suggest-none-budget-used-up = Ohne Modell gibt es hier nichts vorzuschlagen, und die Tokens dieses Monats sind verbraucht.
suggest-none-unavailable = Gerade gibt es nichts vorzuschlagen. Versuchen Sie es gleich noch einmal.
suggest-none-declined = Es gibt nichts vorzuschlagen: Das Modell hat abgelehnt.
suggest-none-unfit = Es gibt nichts vorzuschlagen: Was das Modell schrieb, konnte nicht gesendet werden.
do-send = Senden
do-note = Notiz speichern
do-take-over = Übernehmen
do-hand-back = An den Assistenten zurückgeben
do-assign = Mir zuweisen
do-release = Nicht mehr meine
assign-label = Zuweisen an
do-assign-to = Zuweisen
do-resolve = Erledigen
do-snooze = Später
snooze-label = Wann sie wieder auftaucht
snooze-hour = in einer Stunde
snooze-day = morgen um diese Zeit
snooze-week = in einer Woche
done-send = Ihre Nachricht ist unterwegs.
done-note = Die Notiz ist gespeichert.
done-take-over = Sie haben übernommen. Der Assistent schweigt.
done-hand-back = Der Assistent antwortet wieder.
done-assign = Sie ist jetzt Ihre.
done-release = Sie gehört jetzt niemandem.
done-assign-to = Zugewiesen.
done-resolve = Erledigt.
done-snooze = Sie taucht dann wieder auf.
to-lead = Der ganze Verlauf
to-conversation = Unterhaltung
strength-proven = bestätigt
strength-given = angegeben, nicht bestätigt
delivery-queued = Wartet auf den Versand
delivery-sending = Wird gesendet
delivery-sent = Gesendet
delivery-delivered = Zugestellt
delivery-read = Gelesen
delivery-failed = Nicht zugestellt
delivery-unknown = Vielleicht nicht zugestellt
delivery-held = Zurückgehalten
delivery-skipped = Nicht gesendet
delivery-dropped = Nicht gesendet

# Canned answers
settings-canned = Textbausteine
canned-text = Texte, die oft gebraucht werden. Wer einem Kunden antwortet, fügt einen ein und kann ihn vor dem Senden ändern.
canned-empty = Noch keine Textbausteine.
canned-none = Noch keine Textbausteine. Sie werden in den Einstellungen angelegt.
canned-add = Textbaustein anlegen
canned-name = Name, unter dem er gewählt wird
canned-words = Text
canned-places = {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"}, {"{time}"}, {"{amount}"}, {"{link}"} und {"{phone}"} werden ausgefüllt. Was in eckigen Klammern steht, wie {"[ am {date}]"}, entfällt, wo nichts bekannt ist.
canned-language = Sprache
canned-any-language = Jede Sprache
canned-label = Textbaustein
do-insert = Einfügen
canned-unknown = Es gibt keinen Textbaustein mit diesem Namen.
canned-missing = Hier ist nichts bekannt, bitte ausfüllen:

# What was read, and who is there
unread-only = Ungelesen
unread-count =
    { $count ->
        [one] { $count } ungelesen
       *[other] { $count } ungelesen
    }
do-unread = Als ungelesen markieren
done-unread = Als ungelesen markiert.
is-here = { $name } ist hier
is-writing = { $name } schreibt
somebody = Jemand

# Approved templates
window-closed = WhatsApp nimmt freien Text bis 24 Stunden nach der letzten Nachricht des Kunden an, und die sind vorbei. Eine genehmigte Vorlage erreicht ihn.
template-label = Genehmigte Vorlage
do-send-template = Vorlage senden
templates-none = Es sind keine genehmigten Vorlagen hinterlegt. Ein Administrator fügt sie in den Einstellungen unter Kanäle hinzu.
templates-title = Vorlagen für Gespräche
templates-text = Was Ihr Team über WhatsApp mehr als 24 Stunden nach der letzten Nachricht eines Kunden senden kann. Meta genehmigt Vorlagen im WhatsApp-Manager.
templates-empty = Noch keine Vorlagen.
template-add = Vorlage hinzufügen
template-name = Name
template-name-hint = Wie in Metas WhatsApp-Manager.
template-language = Sprache
template-language-hint = Metas Code, etwa de oder de_AT.
template-values = Werte
template-values-hint = Einer je Zeile für {"{{1}}"}, {"{{2}}"} und so weiter; {"{name}"} und andere Platzhalter werden ausgefüllt.
template-text = Was der Kunde liest
template-text-hint = Es steht im Gespräch. {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"} und {"{time}"} werden ausgefüllt.
file-picture = Bild vom Kunden
file-open = Datei öffnen ({ $kind })
file-missing-gone = Die Datei ist nicht mehr da.
file-missing-too-large = Die Datei ist zu groß: über 16 MB.
file-missing-no-access = Die Datei wurde nicht geholt: In den Einstellungen fehlt der Zugang zum Kanal.
file-missing-not-yet = Die Datei wurde noch nicht geholt. Es wird noch einmal versucht.
file-missing-refused = Die Datei ließ sich nicht holen.
attach-label = Bild, PDF oder Film anhängen (bis 16 MB)
attach-lost = Die Datei konnte nicht gesendet werden. Versuchen Sie es noch einmal.
summary-title = Was bisher gesagt wurde
point-wants = Wünscht
point-agreed = Vereinbart
point-open = Offen
point-prefers = Bevorzugt
point-told = Erzählt
summary-message = Nachricht { $number }
