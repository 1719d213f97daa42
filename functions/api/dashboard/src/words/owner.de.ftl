
# Contacts
nav-contacts = Kontakte
back-to-contacts = Zurück zu den Kontakten
contacts-search = Name, Nummer oder E-Mail
contacts-empty = Noch keine Kontakte. Sie kommen von selbst, sobald jemand schreibt; oder Sie legen sie an oder importieren sie.
contacts-none-match = Keine Kontakte passen dazu.
contacts-import = Kontakte importieren
contacts-export = Alles exportieren
contacts-download = Diese Liste herunterladen (CSV)
contacts-downloaded = In der Datei: {"{}"}
contact-add = Kontakt anlegen
done-contact-add = Der Kontakt ist angelegt.
contact-tag = Schlagwort
contact-tags = Schlagwörter, durch Kommas getrennt
contact-assignee = Wer zuständig ist
contact-nobody = Niemand
contact-addresses = Erreichbar unter
contact-other-names = Andere Namen
contact-lead = Offene Anfrage
strength-proven-text = hat von hier geschrieben
strength-given-text = angegeben, nicht bestätigt
contact-remove-address = { $address } entfernen
contact-change = Ändern
contact-add-address = Nummer oder E-Mail-Adresse hinzufügen
contact-fields = Eigene Felder, je Zeile eines, etwa tor: 4711
contact-fields-wrong = Schreiben Sie jedes Feld als Name: Wert in eine eigene Zeile.
contact-erase = Diesen Kontakt löschen
contact-erase-text = Alles, was über diese Person bekannt ist, verschwindet für immer: Nachrichten, Anfragen, Notizen. Das lässt sich nicht rückgängig machen.
contact-erase-confirm = Zur Bestätigung { $name } eingeben
done-contact-erase = Der Kontakt wird gelöscht.
contact-notes = Notizen
contact-note-new = Notiz für Kollegen
contact-note-add = Notiz hinzufügen
contact-notes-empty = Noch keine Notizen.
done-contact-note = Die Notiz ist gespeichert.
contact-consents = Einwilligungen
contact-consents-empty = Nichts festgehalten.
contact-opted-out = Möchte nichts mehr hören.
consent-granted = Zugestimmt
consent-refused = Abgelehnt
purpose-transactional = zu Vereinbartem
purpose-conversational = zu ihrer Frage
purpose-marketing = Werbung
contact-duplicates = Vielleicht dieselbe Person
do-merge = Zusammenführen
done-merge = Sie sind jetzt ein Kontakt.
do-not-duplicate = Verschiedene Personen
done-not-duplicate = Sie bleiben getrennt.
contact-merged = In diesen Kontakt übernommen
contact-merged-text = Getrennt bekommt jeder zurück, was seines war.
do-take-apart = Trennen
done-take-apart = Sie sind wieder getrennt.

# Imports
import-text = Wählen Sie eine CSV-Datei mit höchstens 30 MB. Sie wird zuerst geprüft; gespeichert wird erst, wenn Sie es sagen.
import-file = Datei
import-file-wrong = Wählen Sie eine Datei.
import-lost = Die Datei konnte nicht gesendet werden. Versuchen Sie es noch einmal.
import-columns-text = Wie die Spalten in der ersten Zeile der Datei heißen. Mehrere durch Kommas trennen; leer lassen, was nicht darin ist.
import-column-name = Spalten des Namens
import-column-phones = Spalten der Telefonnummern
import-column-emails = Spalten der E-Mail-Adressen
import-column-tags = Spalten der Schlagwörter
import-update = Vorhandene Kontakte ergänzen
import-try = Datei prüfen
imports-title = Importe der letzten 30 Tage
imports-empty = Nichts importiert.
back-to-imports = Zurück zu den Importen
import-title = Import von Kontakten
import-waiting = wartet auf die Datei
import-running = läuft
import-tried = geprüft
import-done = fertig
import-failed = fehlgeschlagen
import-cancelled = angehalten
import-only-tried = Nur geprüft: So sähe der Import aus.
import-lines = Gelesene Zeilen
import-count-made = Neue Kontakte
import-count-updated = Ergänzte Kontakte
import-count-duplicates = Schon vorhanden
import-count-refused = Mit Fehlern
import-started = Begonnen
import-finished = Beendet
do-import = Jetzt importieren
done-import-start = Der Import läuft.
do-import-cancel = Anhalten
done-import-cancel = Angehalten. Gespeichertes bleibt.
import-told = Zeilen, aus denen kein Kontakt wurde
import-line = Zeile
import-column = Spalte
import-why = Grund
import-is-there = Diese Adresse gehört einem Kontakt.
import-show = Kontakt zeigen
import-made =
    { $count ->
        [one] 1 neuer Kontakt
       *[other] { $count } neue Kontakte
    }

# Clients
nav-clients = Kunden
back-to-clients = Zurück zu den Kunden
clients-empty = Noch keine Kunden.
client-enter = Betreten
client-new = Neuer Kunde
client-create = Anlegen
done-client-create = Der Kunde ist angelegt.
client-name = Name des Betriebs
client-industry = Branche, etwa Dachdecker
client-notify = Wer Hinweise bekommt (E-Mail)
client-region = Land, etwa US
client-currency = Währung, etwa USD
client-zone = Zeitzone
client-language = Sprache
client-today = Heute
client-leads = Anfragen
client-hot = Heiße Anfragen
client-booked = Gebucht
client-status = Status
client-status-text = Während einer Pause werden Nachrichten gespeichert und nichts geht hinaus. Ein geschlossener Kunde ist nicht nutzbar; er kann wieder geöffnet werden.
client-plan = Tarif
tenant-active = aktiv
tenant-paused = pausiert
tenant-closed = geschlossen
plan-starter = Starter
plan-growth = Growth
plan-scale = Scale

# A talk with the assistant
try-title = Mit Ihrem Assistenten sprechen
try-text = Wie ein Kunde im Chat. Nichts wird gespeichert oder gesendet, und es kostet nichts.
try-said = Was der Kunde sagt
try-say = Sagen
try-again = Von vorn
try-silent = Es würde nichts geantwortet.

# Approvals
nav-approvals = Freigaben
approvals-text = Was auf Ihr Ja wartet. Jedes lässt sich hier mit einem Klick beantworten.
approvals-empty = Nichts wartet auf ein Ja.
approval-pair = Sind diese beiden dieselbe Person?
approval-import = { $count ->
    [one] Einen Kontakt aus einer Datei importieren, die geprüft wurde?
   *[other] { $count } Kontakte aus einer Datei importieren, die geprüft wurde?
}
approval-visit = Wünscht
approval-question = { $count ->
    [one] Eine Person hat das gefragt, und nichts beantwortet es.
   *[other] { $count } Personen haben das gefragt, und nichts beantwortet es.
}
approval-kind-merge-contacts = mögliches Duplikat
approval-kind-import-contacts = Import
approval-kind-agree-visit = gewünschter Termin
approval-kind-add-faq = Frage ohne Antwort
approval-kind-send-order = Bestellung
do-approve-merge-contacts = Zusammenführen
do-decline-merge-contacts = Verschiedene Personen
do-approve-import-contacts = Importieren
do-decline-import-contacts = Nicht importieren
do-approve-agree-visit = Zusagen
do-decline-agree-visit = Ablehnen
do-approve-add-faq = Zu den häufigen Fragen hinzufügen
do-decline-add-faq = Nicht nötig
do-approve-send-order = Freigeben und senden
do-decline-send-order = Nicht bestellen
done-approve-merge-contacts = Sie sind jetzt ein Kontakt.
done-decline-merge-contacts = Sie bleiben getrennt.
done-approve-import-contacts = Der Import läuft.
done-decline-import-contacts = Der Import ist abgebrochen.
done-approve-agree-visit = Der Termin ist zugesagt. Schreiben Sie es ihnen in der Unterhaltung.
done-decline-agree-visit = Abgelehnt. Schreiben Sie es ihnen in der Unterhaltung.
done-approve-add-faq = Hinzugefügt. Wer danach fragt, bekommt jetzt eine Antwort.
done-decline-add-faq = Sie wird nicht mehr vorgeschlagen.
done-approve-send-order = Freigegeben. Sie geht jetzt an den Lieferanten.
done-decline-send-order = Sie wird nicht gesendet.

# The log of requests, and keys for tests
settings-requests = Anfragen
requests-text = Was Programme in den letzten 14 Tagen angefragt und Menschen geändert haben. Jede Antwort nennt ihre Anfrage in x-request-id.
requests-all = Alle
requests-failed = Abgelehnt oder fehlgeschlagen
request-log-empty = Keine Anfragen.
request-what = Anfrage
request-status = Status
request-time = Dauer
request-id = Id
key-test = für Tests
key-mode = Wofür er ist
key-mode-live = Echte Arbeit
key-mode-test = Tests: Nichts, was er bewirkt, geht an jemanden hinaus

# Questions as they are asked
intake-preview-title = So werden Kunden gefragt
intake-preview-text = Die gespeicherten Fragen in der Reihenfolge, in der der Assistent sie stellt: zuerst die, die beantwortet werden müssen, eine nach der anderen.
intake-preview-when = Nur nach: { $answer }
intake-preview-services = Nur für: { $services }

# Notices
settings-notices = Ihre Benachrichtigungen
notices-text = E-Mails, die Sie von diesem Betrieb zu Unterhaltungen bekommen.
notices-mentions = Wenn mich jemand in einer Notiz erwähnt
notices-assignments = Wenn mir eine Unterhaltung zugewiesen wird
told-title = Wer benachrichtigt wird, wenn ein Kunde einen Menschen will
told-text = Der Betrieb schickt diese E-Mails immer, an Adressen seiner Wahl.
told-change = Diese Adressen ändern

settings-extras = Extras
extras-title = Was der Assistent vorschlägt
extras-text = Höchstens eines in einem Gespräch: von mehreren passenden das erste. Nie jemandem, der sich beschwert, absagt oder auf einen Menschen wartet.
extras-empty = Noch wird nichts vorgeschlagen. Beginnen Sie mit dem, was Ihre Kunden gern dazunehmen.
extra-add = Extra hinzufügen
extra-name = Name
extra-when = Wann es vorgeschlagen wird
extra-when-service-chosen = eine Leistung wurde gewählt
extra-when-visit-booked = ein Besuch wurde gebucht oder erbeten
extra-when-other-platform = eine andere Plattform wird genannt, etwa Booking.com oder Yelp
extra-when-too-expensive = es ist dem Kunden zu teuer
extra-sentence = Satz
extra-sentence-hint = In Ihrer Sprache, mit höchstens einer Frage. Leer: Er wird aus Name und Preis gebildet.
extra-price = Preis
extra-percent = Rabatt in Prozent
extra-percent-hint = Anstelle eines Preises.
extra-keywords = Andere Wörter dafür
extra-services = Nur für diese Leistungen
extra-from = Erster Tag
extra-until = Letzter Tag
extra-active = Es wird vorgeschlagen
extra-inactive = aus
extras-limit = Höchster Rabatt in Prozent
extras-limit-hint = Mehr darf ein Extra nicht nachlassen.
extras-limit-title = Grenze der Rabatte
lead-extras = Extras
extras-insights-title = Vorgeschlagene Extras
extras-month = Monat
extras-suggested = Vorgeschlagen
extras-taken = Angenommen
extras-declined = Abgelehnt
extras-booked = Mit gebuchtem Besuch
extras-revenue = Bringt mindestens
settings-webhooks = Webhooks
webhooks-text = Was hier geschieht, wird in ein bis zwei Sekunden signiert an diese Adressen gesendet, damit Zapier, Make, n8n oder eigene Programme davon wissen.
webhook-add = Webhook hinzufügen
webhook-secret-once = Das Geheimnis, mit dem jede Sendung signiert wird, wird hier ein einziges Mal gezeigt. Bewahren Sie es wie ein Passwort auf. Löst ein neues ein anderes ab, wird 24 Stunden lang mit beiden signiert.
webhook-events = Ereignisse; ist keines angekreuzt, alle
webhook-off-failing = fünf Tage lang wurde dort nichts angenommen
webhook-off-gone = die Adresse sagt, dass es sie nicht mehr gibt
webhook-failing = dort wird nichts angenommen seit
do-webhook-test = Testereignis senden
webhook-sent = Es ist unterwegs.
webhook-rotate = Neues Geheimnis erzeugen
webhook-deliveries = In den letzten 30 Tagen gesendet
webhook-none = Noch nichts.
webhook-next = nächster Versuch
clients-none-match = Keine Kunden passen dazu.
