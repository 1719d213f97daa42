# The frame
nav-label = Seiten
nav-start = Start
nav-inbox = Posteingang
nav-leads = Interessenten
nav-tasks = Zu erledigen
nav-account = Ihr Konto
skip = Zum Inhalt springen
offline = Die Verbindung ist unterbrochen. Wir versuchen es weiter, und was Sie geschrieben haben, bleibt hier stehen.
undo = Rückgängig machen
list-none-here = Nichts unter den neuesten. Ältere stehen auf der nächsten Seite.
next-page = Mehr
any = Alle
to-start = Zur Startseite
to-sign-in = Anmelden

# In the place of a page
renew-title = Einen Moment
renew-text = Wir prüfen, ob noch Sie es sind. Wenn nichts geschieht, melden Sie sich bitte neu an.
second-factor-title = Zuerst ein zweiter Faktor
second-factor-text = Ihr Betrieb verlangt einen zweiten Faktor. Richten Sie ihn in Ihrem Konto ein und kommen Sie dann zurück.
forbidden-title = Diese Seite gehört nicht zu Ihrer Rolle
forbidden-text = Wenn Sie sie brauchen, fragen Sie jemanden mit Administratorrechten in Ihrem Betrieb.
missing-title = Hier ist nichts
missing-text = Vielleicht wurde es mit etwas anderem zusammengeführt oder gelöscht, oder der Link ist unvollständig.
busy-title = Zu viele Anfragen
busy-text = Warten Sie eine Minute und laden Sie die Seite dann neu.
refused-title = Das hat nicht geklappt
failed-title = Das konnten wir nicht ausführen
failed-text = Der Fehler liegt bei uns. Versuchen Sie es in einer Minute noch einmal.

# The first page
start-title = { $name } heute
card-unassigned = warten auf einen Menschen
card-mine = gehören Ihnen
needs-title = Was Ihr Assistent noch braucht
needs-met = Ihr Assistent hat alles, was er braucht
need-done = erledigt
need-missing = fehlt
need-do = Einrichten
need-channel = Ein Kanal, auf dem Kunden Sie erreichen
need-services = Ihre Leistungen mit Preisen
need-hours = Ihre Öffnungszeiten
need-phone = Die Nummer, die Kunden anrufen
need-address = Ihre Adresse
need-faqs = Antworten auf das, was Kunden oft fragen

# Leads
leads-empty = Noch keine Interessenten. Sie erscheinen von selbst, sobald ein Kunde schreibt.
back-to-leads = Zurück zu den Interessenten
lead-name = Name
lead-score = Bewertung
lead-status = Status
lead-wants = Möchte
lead-source = Kam über
lead-active = Zuletzt aktiv
lead-urgency = Dringlichkeit
lead-when = Wann
lead-text = Name, Nummer, E-Mail oder Wunsch
lead-location = Zuständiger Standort
lead-no-location = Keiner
lead-how-many = Wie viele
lead-where = Wo
lead-budget = Budget
do-filter = Anzeigen
do-save = Speichern
done-save = Gespeichert.
stage-title = Phase
upcoming-title = Was als Nächstes kommt
blocked-title = Was wartet, und warum
timeline-title = Was geschehen ist
timeline-journey = Ablauf
timeline-task = Zu erledigen
score-hot = heiß
score-warm = warm
score-cold = kalt
score-unscored = nicht bewertet
status-new = neu
status-qualifying = wird befragt
status-qualified = qualifiziert
status-appointment-booked = Termin gebucht
status-handed-off = beim Team
status-nurturing = wird warmgehalten
status-closed-won = gewonnen
status-closed-lost = verloren
status-disqualified = kein Kunde
source-web-form = Webformular
source-whatsapp = WhatsApp
source-sms = SMS
source-live-chat = Chat
source-missed-call = verpasster Anruf
urgency-low = irgendwann
urgency-normal = normal
urgency-high = in den nächsten Tagen
urgency-emergency = Notfall
stage-new-lead = neuer Interessent
stage-quote-sent = Angebot verschickt
stage-quote-following-up = an das Angebot erinnert
stage-booked = gebucht
stage-pre-appointment = Termin steht bevor
stage-appointment-today = Termin heute
stage-job-in-progress = wird gerade bedient
stage-job-complete = Auftrag erledigt
stage-awaiting-payment = Rechnung offen
stage-paid = bezahlt
stage-review-eligible = kann um eine Bewertung gebeten werden
stage-reviewed = hat eine Bewertung geschrieben
stage-dormant = lange nichts gehört
stage-churned = abgewandert

# To do
escalations-title = Kunden, die einen Menschen möchten
escalations-empty = Niemand wartet auf einen Menschen.
escalations-more = Es gibt noch mehr: Erledigen Sie zuerst einige.
tasks-title = Aufgaben
tasks-empty = Nichts zu tun.
task-due = bis
do-task = Erledigt
done-task = Erledigt.
resolution-note = Was Sie unternommen haben
reason-customer-asked = hat nach einem Menschen gefragt
reason-complaint = ist unzufrieden
reason-emergency = Notfall
reason-tenant-word = hat eines Ihrer Wörter gesagt
reason-tenant-rule = eine Ihrer Regeln
reason-long-conversation = das Gespräch zieht sich hin
reason-unsure = der Assistent war nicht sicher
reason-ai-unavailable = das Modell war nicht erreichbar
reason-delivery-unknown = eine Antwort kam vielleicht nicht an
reason-delivery-failed = eine Antwort kam nicht an
reason-after-refusal = schreibt wieder, nachdem Nachrichten abbestellt wurden
reason-unproven-refusal = möchte keine Nachrichten, und niemand weiß, wer es ist
reason-automatic-replies = es scheint eine Maschine zu antworten
task-call = anrufen
task-collections-call = wegen einer Rechnung anrufen
task-write = schreiben
task-reschedule = anderen Termin finden
task-answer = antworten
task-other = Sonstiges

# Insights
nav-insights = Zahlen
insights-range = Tage
last-days =
    { $count ->
        [one] letzter Tag
       *[other] letzte { $count } Tage
    }
insight-leads = Anfragen
insight-hot = sehr interessiert
insight-booking-requests = wollten einen Termin
insight-booked = Termine vereinbart
insight-first-response = bis zur ersten Antwort, bei der Hälfte
insight-staff-response = bis Ihr Team antwortet, bei der Hälfte
model-cost = was die KI-Modelle gekostet haben
insight-qualified = der Anfragen geklärt
insight-after-hours = Anfragen außerhalb der Öffnungszeiten
insight-alone = Gespräche ohne einen Menschen beantwortet
seconds =
    { $count ->
        [one] { $count } Sekunde
       *[other] { $count } Sekunden
    }

# Settings
nav-settings = Einstellungen
nav-journeys = Abläufe
none = Keine Angabe
first-page = Von vorn
do-remove = Entfernen
do-up = Nach oben
do-revoke = Widerrufen
done-remove = Entfernt.
done-revoke = Widerrufen.
settings-business = Betrieb
settings-hours = Öffnungszeiten
settings-services = Leistungen
settings-questions = Fragen
settings-assistant = Assistent
settings-channels = Kanäle
settings-team = Team
settings-keys = API-Schlüssel
settings-data = Daten und Protokoll

business-title = Was Kunden erfahren dürfen
business-name = Name, den Kunden kennen
business-trade = Branche
business-trade-hint = In ein oder zwei Wörtern, etwa Dachdecker oder Zahnarzt.
business-works-at = Wo Sie arbeiten
works-at-business = Kunden kommen zu uns
works-at-customer = Wir fahren zu unseren Kunden
business-description = Was Sie tun, in ein bis zwei Sätzen
business-address = Adresse, in einer Zeile
business-phone = Telefonnummer
phone-hint = Mit Ländervorwahl, etwa +13035550100.
business-website = Website
business-zone = Zeitzone
business-zone-hint = Ihr Name in der Zeitzonen-Datenbank, etwa America/Denver.
business-language = Sprache, wenn die des Kunden nicht bekannt ist
language-en = Englisch
language-es = Spanisch
language-fr = Französisch
language-de = Deutsch
language-pt = Portugiesisch
business-notify = Wer von heißen Interessenten erfährt und von Kunden, die einen Menschen möchten
business-notify-hint = Ein bis fünf E-Mail-Adressen, jede in einer eigenen Zeile.

week-title = Eine gewöhnliche Woche
week-hint = Zum Beispiel 09:00-12:00, 13:00-17:00. Lassen Sie einen Tag leer, an dem Sie geschlossen haben.
spans-wrong = Schreiben Sie Zeiten wie 09:00-12:00, 13:00-17:00; leer heißt geschlossen.
closed = geschlossen
day-monday = Montag
day-tuesday = Dienstag
day-wednesday = Mittwoch
day-thursday = Donnerstag
day-friday = Freitag
day-saturday = Samstag
day-sunday = Sonntag
exceptions-title = Tage, die einmal abweichen
exceptions-empty = Keine solchen Tage. Tragen Sie Ihren nächsten freien Tag ein, damit niemandem für diesen Tag ein Anruf versprochen wird.
exception-add = Tag hinzufügen
exception-name = Grund
exception-date = Datum
exception-until = Letzter Tag, wenn es mehrere sind
special-spans = Geöffnet an diesem Tag
special-spans-hint = Lassen Sie es leer, wenn geschlossen ist.
holidays-title = Feiertage jedes Jahres
holidays-empty = Noch keine Feiertage.
holiday-add = Feiertag hinzufügen
holiday-name = Name
holiday-month = Monat, 1 bis 12
holiday-day = Tag des Monats
holiday-day-hint = Für einen Feiertag mit festem Datum. Für einen wie den vierten Donnerstag lassen Sie es leer und wählen unten.
holiday-nth = Der wievielte im Monat
holiday-weekday = Wochentag
nth-1 = erster
nth-2 = zweiter
nth-3 = dritter
nth-4 = vierter
nth-5 = fünfter
nth--1 = letzter
in-month = Monat { $month }

services-title = Was Sie anbieten
services-empty = Noch keine Leistungen. Der Assistent kann nur anbieten, was hier steht.
booking-page-title = Ihre Buchungsseite
booking-page-text = Hier buchen Kunden ihre Termine selbst. Stellen Sie die Adresse auf Ihre Website, oder verschicken Sie sie.
service-add = Leistung hinzufügen
service-name = Name
service-description = Ein Satz dazu
service-price = Preis
service-price-hint = Zum Beispiel 149, 350+ für einen Preis ab, oder 350-500; leer, wenn es darauf ankommt.
service-duration = Dauer in Minuten
service-keywords = Andere Wörter dafür
keywords-hint = Wie Kunden es sagen, in jeder Sprache, durch Kommas getrennt.
minutes =
    { $count ->
        [one] { $count } Minute
       *[other] { $count } Minuten
    }
worth-title = Was es wert ist
missed-revenue =
    { $count ->
        [one] möglicher Wert von { $count } Anfrage außerhalb der Öffnungszeiten
       *[other] möglicher Wert von { $count } Anfragen außerhalb der Öffnungszeiten
    }
won-value = gewonnen
roi = Ertrag auf das, was Porchlight kostet
assumes = Das nimmt an:
assumes-close-rate = Anfragen, die kaufen
assumes-job = ein mittlerer Auftrag
assumes-price = der Monatspreis von Porchlight
assumed-settings = aus Ihren Einstellungen
assumed-prices = aus Ihren Preisen
assumed-default = unsere Schätzung; tragen Sie Ihre ein
days-title = Anfragen nach Tagen
as-table = Als Tabelle
day = Tag
funnel-title = Wie weit Anfragen kommen
drop-off = Die meisten enden vor diesem Schritt
step-leads = gekommen
step-qualified = geklärt
step-booked = Termin vereinbart
step-won = gewonnen
asked-title = Was Kunden am meisten fragen
asked-empty = Noch hat niemand etwas gefragt.
ways-title = Wie Kunden Sie erreichen
best-source = Was am meisten bringt
channel = Kanal
conversations = Gespräche
messages-in = Nachrichten herein
messages-out = Nachrichten hinaus
intent-greeting = Grüße
intent-hours = Öffnungszeiten
intent-price = Preise
intent-address = wo Sie sind
intent-service = Leistungen
intent-booking = Termine
intent-complaint = Beschwerden
intent-emergency = Notfälle
intent-human = einen Menschen
intent-detail = Einzelheiten ihres Auftrags
intent-thanks = Dank
intent-not-now = jetzt nicht
intent-opt-out = keine Nachrichten mehr
intent-opt-in = wieder Nachrichten
intent-missed-call = verpasste Anrufe
intent-other = anderes
hours =
    { $count ->
        [one] { $count } Stunde
       *[other] { $count } Stunden
    }
days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }

faqs-title = Was Kunden oft fragen
faqs-empty = Noch keine Antworten. Beginnen Sie mit den drei Fragen, die Sie jeden Tag hören.
faq-add = Frage mit Antwort hinzufügen
faq-question = Frage
faq-answer = Antwort
faq-keywords = Andere Wörter, mit denen danach gefragt wird
intake-title = Was Sie Kunden fragen
intake-text = Der Assistent stellt sie in dieser Reihenfolge, die Pflichtfragen zuerst.
intake-empty = Noch keine Fragen. Ohne eigene fragt der Assistent nur, was man von jedem Interessenten wissen muss.
intake-add = Frage hinzufügen
question-text = Frage
question-kind = Art der Antwort
kind-text = beliebiger Text
kind-choice = eine von mehreren
kind-yes-no = ja oder nein
kind-number = eine Zahl
kind-date = ein Datum
kind-photo = ein Foto
question-required = Pflicht
question-required-label = Vor den anderen stellen
question-options = Antworten zur Auswahl
question-options-hint = Jede in einer eigenen Zeile, mindestens zwei.
question-min = Kleinste Zahl
question-max = Größte Zahl
question-unit = Was gezählt wird, etwa Jahre
question-when = Nur nach dieser Antwort stellen
question-when-always = Alle fragen
answer-yes = ja
answer-no = nein

voice-title = Wie er spricht
voice-personality = Art
personality-none = Keine besondere Art
personality-luxury-concierge = Concierge eines feinen Hotels
personality-fast-direct = Kurz und direkt
personality-friendly-casual = Freundlicher Nachbar
personality-sales = Guter Verkäufer
voice-tone = Ton, in Ihren eigenen Worten
voice-tone-hint = Zum Beispiel herzlich und knapp.
voice-instructions = Was er wissen oder tun muss
voice-instructions-hint = Was Sie einem neuen Kollegen am ersten Tag sagen würden.
calling-title = Wann er einen Menschen ruft
calling-words = Wörter, die sofort einen Menschen rufen
calling-words-hint = Neben Notfällen, Beschwerden und allen, die nach einem Menschen fragen. Durch Kommas getrennt.
hot-words = Wörter, die einen Interessenten heiß machen
hot-words-hint = Zum Beispiel Versicherung zahlt. Durch Kommas getrennt.
sla-first = Erste Antwort innerhalb von, in Sekunden
sla-staff = Antwort eines Menschen innerhalb von, in Minuten der Öffnungszeit
sla-resolution = Erledigt innerhalb von, in Stunden
quiet-title = Ruhezeiten
quiet-text = Kunden bekommen jederzeit Antwort. Worum sie nicht gerade gebeten haben, wartet, bis die Ruhezeit bei ihnen vorbei ist.
quiet-from = Von
quiet-until = Bis

channel-on = eingerichtet
channel-off = nicht eingerichtet
channel-turn-off = Diesen Kanal nicht mehr nutzen
sms-account = Twilio-Konto, beginnt mit AC
sms-from = Nummer, von der Nachrichten kommen
whatsapp-number = ID der Telefonnummer
whatsapp-number-hint = Die ID der Nummer im WhatsApp-Manager von Meta, nicht die Nummer selbst.
email-from = Adresse, von der E-Mails kommen
email-from-hint = An eine neue Adresse schicken wir eine E-Mail mit einem Link. Sobald dort jemand bestätigt, gehen E-Mails von ihr aus.
site-title = Website und verpasste Anrufe
chat-on = Chat auf Ihrer Website
text-back = Verpasste Anrufe werden beantwortet per
origins = Websites, die die API aufrufen dürfen
origins-hint = Protokoll und Domain, etwa https://www.example.com, jede in einer eigenen Zeile.
credentials-title = Zugangsdaten der Anbieter
credentials-text = Sie werden verschlüsselt gespeichert und nie wieder angezeigt.
credential-meta-app-secret = Meta: App-Geheimnis
credential-meta-access-token = Meta: Zugriffstoken
credential-meta-verify-token = Meta: Prüftoken
credential-twilio-auth-token = Twilio: Auth-Token
credential-twilio-api-key = Twilio: API-Schlüssel
credential-secret = Neuer Wert
credential-there = gespeichert
site-keys-title = Chat, Formulare und Telefonanlage
site-keys-text = Am Schlüssel erkennen wir, dass ein Chat, ein Formular oder ein verpasster Anruf zu Ihrem Betrieb gehört.
site-keys-empty = Noch keine Schlüssel. Erstellen Sie einen, um den Chat auf Ihre Website zu bringen.
site-key-new = Schlüssel erstellen
site-key-kind = Für
site-key-widget = Chat
site-key-form = Formular
site-key-call = Telefonanlage
site-key-origins = Websites, die ihn nutzen dürfen; leer: alle
site-key-consent = Worte, mit denen man Textnachrichten zustimmt
site-key-consent-hint = Genau so, wie sie neben dem Telefonfeld Ihres Formulars stehen. Ohne sie bekommen Interessenten aus dem Formular keine Textnachricht, außer das Formular sagt es selbst.
widget-line = Fügen Sie diese Zeile in die Seiten Ihrer Website ein:
key-name = Wofür er ist
do-make-key = Schlüssel erstellen
done-make-key = Der Schlüssel ist erstellt.

members-title = Wer zum Team gehört
member-you = Sie
member-role = Rolle
member-role-hint = Beobachter lesen. Mitarbeiter antworten Kunden. Leiter ändern Einstellungen. Administratoren kümmern sich um Personen, Schlüssel und Daten.
member-viewer = Beobachter
member-agent = Mitarbeiter
member-manager = Leiter
member-admin = Administrator
member-super-admin = Betreibt die Plattform
invitations-title = Einladungen
invitations-empty = Zurzeit ist niemand eingeladen.
invitation-until = gültig bis
invitation-over = abgelaufen
invite-title = Jemanden einladen
invite-email = E-Mail-Adresse
do-invite = Einladen
done-invite = Die Einladung ist unterwegs.

keys-title = Schlüssel von Programmen
keys-text = Ein Programm mit einem Schlüssel darf, was dessen Rechte sagen. Es kann zwei geben, damit ein neuer in Gebrauch ist, bevor der alte geht.
keys-empty = Kein Programm hat einen Schlüssel.
key-new = Schlüssel erstellen
key-scopes = Was er darf
key-once = Der Schlüssel wird nur einmal angezeigt, hier. Bewahren Sie ihn auf wie ein Passwort.
key-used = zuletzt benutzt
key-unused = nie benutzt

retention-title = Wie lange Daten aufbewahrt werden
retention-text = In Tagen, mindestens 30. Wo ein Feld leer ist, werden Unterhaltungen und Interessenten für immer aufbewahrt, das Protokoll 400 Tage.
retention-messages = Unterhaltungen
retention-leads = Abgeschlossene Interessenten
retention-audit = Dieses Protokoll
second-factor-required = Administratoren müssen sich mit einem zweiten Faktor anmelden
benchmarks = Unsere Zahlen gehen in den Durchschnitt unserer Branche ein
benchmarks-hint = Mit Haken werden sechs Zahlen Ihrer letzten zwölf Monate mit denen vieler anderer Betriebe zusammengezählt: angenommene Angebote, Zeit bis zur ersten Antwort, versäumte Termine, Sterne in Bewertungen, wiederkehrende Kunden, Umsatz je Techniker. Keine Namen, keine Kunden, keine Nachrichten. Veröffentlicht wird nur, was für viele Betriebe gilt und sich auf keinen zurückführen lässt. Ohne Haken zählt ab der nächsten Nacht nichts von Ihnen mit, und Sie sehen keinen Vergleich.
exports-title = Nehmen Sie Ihre Daten mit
exports-text = Ein Archiv mit allem, was für Ihren Betrieb gespeichert ist. Es dauert einige Minuten und liegt einige Tage bereit.
do-export = Archiv anfordern
done-export = Wir packen Ihre Daten. Das Archiv erscheint hier.
do-fetch = Herunterladen
export-all = alles
export-contact = ein Kunde
job-running = läuft
job-done = fertig
job-incomplete = wir sehen es uns an
audit-title = Was getan wurde
audit-empty = Noch nichts.
audit-when = Wann
audit-who = Wer
audit-what = Was
audit-subject = Betrifft
audit-created = erstellt
audit-updated = geändert
audit-removed = entfernt
audit-signed-in = angemeldet
audit-sign-in-failed = Anmeldung fehlgeschlagen
audit-sign-in-locked = nach Fehlversuchen gesperrt
audit-signed-out = abgemeldet
audit-refresh-reused = Sitzung beendet, weil ihr Token zweimal benutzt wurde
audit-registered = beigetreten
audit-email-verified = Adresse bestätigt
audit-reset-requested = neues Passwort angefordert
audit-password-set = Passwort gesetzt
audit-second-factor-enabled = zweiten Faktor eingerichtet
audit-second-factor-disabled = zweiten Faktor entfernt
audit-backup-code-used = Ersatzcode benutzt
audit-tenant-entered = diesen Betrieb betreten
audit-exported = Daten exportiert
audit-erased = Daten gelöscht
who-key = ein Programm
who-porchlight = Porchlight

# Journeys
journeys-text = Nachrichten, die von selbst beginnen und enden, sobald der Kunde reagiert.
back-to-journeys = Zurück zu den Abläufen
sequence-on = an
sequence-off = pausiert
sequence-own = Ihre eigene Fassung
step-count =
    { $count ->
        [one] { $count } Schritt
       *[other] { $count } Schritte
    }
steps-title = Schritte
do-pause = Anhalten
do-resume = Fortsetzen
done-pause = Angehalten. Niemand bekommt den nächsten Schritt, bis es weitergeht.
done-resume = Es geht weiter.
dry-run-link = Was ein Kunde in den kommenden Tagen bekommt, zeigt sein Interessent unter „Die kommenden Tage ansehen“.
ahead-title = Was auf { $name } zukommt
ahead-text = Was geschähe, wenn keine Reaktion kommt und niemand etwas tut: jeder Schritt, wohin er ginge und warum einer nicht hinausginge. Gesendet wird nichts.
ahead-days = Wie weit voraus
ahead-empty = In dieser Zeit geschähe nichts.
ahead-link = Die kommenden Tage ansehen
step-number = Schritt { $number }
happening-sent = geht hinaus
happening-delayed = wartet
happening-not-sent = geht nicht hinaus
happening-waiting = wartet schon
happening-task = Aufgabe
happening-mark = rückt weiter
happening-skipped = wird ausgelassen
happening-ended = endet hier
route-best = der Kanal, der am besten ankommt
variant-sent = an { $count } gesendet
variant-converted = { $count } taten, worum es bittet
variant-opted-out = { $count } meldeten sich ab
wait-at-once = sofort
wait-after = { $span } später
wait-day = Tag { $day }
wait-before-appointment = { $span } vor dem Termin
wait-appointment-day = am Tag des Termins
wait-after-appointment = { $span } nach dem Termin
wait-before-due =
    { $count ->
        [one] { $count } Tag vor der Fälligkeit der Rechnung
       *[other] { $count } Tage vor der Fälligkeit der Rechnung
    }
wait-after-due =
    { $count ->
        [one] { $count } Tag nach der Fälligkeit der Rechnung
       *[other] { $count } Tage nach der Fälligkeit der Rechnung
    }
wait-react = je nach Reaktion

# Locations, staff, branding
settings-locations = Standorte
settings-staff = Personal
branding-title = Wie Sie auftreten
branding-text = Leere Felder sind wie bei Porchlight oder wie Ihre Agentur sie gesetzt hat.
branding-name = Angezeigter Name, wenn er anders ist
branding-sender = Absendername der E-Mails
branding-logo = Adresse Ihres Logos, beginnt mit https
branding-color = Hauptfarbe, etwa #1A4D8F
branding-accent = Zweite Farbe, etwa #F2A900
branding-domain = Ihre eigene Domain für Links
locations-text = Was für einen Standort nicht festgelegt ist, gilt wie für den ganzen Betrieb.
locations-empty = Keine Standorte. Vielen genügt eine Adresse: Sie steht unter Betrieb.
location-add = Standort hinzufügen
location-name = Name, den Kunden kennen
location-street = Straße und Hausnummer
location-postal-code = Postleitzahl
location-city = Ort
location-state = Bundesland oder Provinz
location-country = Land
location-country-hint = Seine zwei Buchstaben, etwa US.
location-zone = Zeitzone, wenn sie anders ist
location-hours = Öffnungszeiten
location-hours-business = Wie für den ganzen Betrieb
location-hours-own = Eigene
location-active = Kunden dürfen dorthin geschickt werden
staff-text = Alle, die die Arbeit tun und Aufgaben bekommen können. Damit sich jemand anmelden kann, laden Sie ihn ins Team ein.
staff-empty = Noch niemand.
staff-add = Jemanden hinzufügen
staff-name = Name
staff-title = Tätigkeit
staff-title-hint = Zum Beispiel leitender Techniker.
staff-skills = Was sie oder er kann
staff-skills-hint = Wie Leistungen es verlangen, jedes in einer eigenen Zeile.
staff-active = Arbeitet zurzeit bei uns
not-active = nicht aktiv

# Patience
patience-title = Wie lange er allein weitermacht
patience-text = Darüber hinaus wird ein Mensch gebeten, sich die Unterhaltung anzusehen.
period-open = Während geöffnet ist
period-closed = Während geschlossen ist
period-weekend = Am Samstag und Sonntag
patience-messages = Nachrichten hin und her
patience-confidence = Antworten, deren er sich weniger sicher ist als, in Prozent

# Rules of escalation
rules-title = Ihre eigenen Regeln
rules-text = Wenn alles zutrifft, was eine Regel nennt, wird ein Mensch gerufen und getan, was die Regel sagt.
rules-empty = Keine eigenen Regeln. Notfälle, Beschwerden und alle, die nach einem Menschen fragen, werden ohnehin beachtet.
rule-add = Regel hinzufügen
rule-during = Sie gilt
during-any = jederzeit
during-open = während geöffnet ist
during-closed = während geschlossen ist
during-weekend = am Samstag und Sonntag
rule-words = Der Kunde sagt eines dieser Wörter
calling-words-hint-list = Durch Kommas getrennt. Leer: was auch immer gesagt wird.
rule-score-at-least = Der Interessent ist mindestens
rule-no-staff-reply-within-minutes = Niemand von Ihnen hat geantwortet innerhalb von, in Minuten
rule-notify = Auch diese E-Mail-Adressen benachrichtigen
rule-create-task = Jemandem diese Aufgabe geben
rule-sentiment = Stimmung
rule-vip = besondere Sorgfalt
rule-channel = Kanal
rule-first-message = erste Nachricht
rule-call-list = rufen an
rule-assign = geht an

# Leads that staff enter
lead-phone = Telefon
lead-email = E-Mail
lead-message = Worum es geht
lead-enter = Anfrage eintragen
do-enter = Eintragen
done-enter = Die Anfrage ist eingetragen.
lead-value = Wert
lead-lost-reason = Warum sie verloren ging
source-entered = vom Team eingetragen
site-key-once = Der Schlüssel der Telefonanlage ist geheim und wird nur einmal gezeigt, hier. Die für Chat und Formular sind öffentlich.

# What insights assume
assumptions-title = Was die Zahlen annehmen
assumptions-text = Damit schätzt die Seite der Zahlen, was Anfragen wert sind. Leere Felder nehmen unsere Schätzung.
assumptions-close-rate = Anfragen, aus denen Kunden werden, in Prozent
assumptions-job = Ein mittlerer Auftrag
assumptions-price = Was Porchlight im Monat kostet
leads-as-board = Als Tafel zeigen
leads-as-list = Als Liste zeigen
board-move = Verschieben nach
board-count = ({ $count } der angezeigten)
board-do-move = Verschieben
leads-none-match = Keine Anfrage passt dazu.
cents-wrong = Schreiben Sie einen Betrag wie 1250 oder 80,50.

# What the script says
say-unreachable = Wir sind nicht erreichbar: Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal
say-not-now = Das hat nicht geklappt: Versuchen Sie es gleich noch einmal
say-broken = Diese Seite ist gescheitert. Laden Sie sie neu.
say-please-sign-in = Bitte melden Sie sich an.
