# The pages
nav-knowledge = Wissen
knowledge-documents = Dokumente
knowledge-pairs = Fragen und Antworten
knowledge-gaps = Noch nicht beantwortet
knowledge-text = Ihr Assistent antwortet aus dem, was hier steht, und sagt, wo er es gelesen hat. Was er nirgends findet, fragt er Ihr Team.
knowledge-location = Standort
knowledge-everywhere = Alle Standorte
knowledge-category = Kategorie
knowledge-category-hint = Ein Wort dafür, worum es geht, etwa Preise.

# Adding documents
document-add = Dokumente hinzufügen
document-files = Dateien
document-files-hint = Wählen Sie eine oder mehrere oder ziehen Sie sie auf diese Seite: PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown oder Text, je höchstens { $size }.
document-file-hint = PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown oder Text, höchstens { $size }.
document-more = Standort und Kategorie
document-replaces = Eine Datei mit dem Namen eines Dokuments ersetzt dieses
do-upload = Hochladen
upload-waits = wartet
upload-runs = wird gesendet
upload-sent = gesendet; als Nächstes wird sie gelesen
upload-lost = Die Datei konnte nicht gesendet werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.
upload-again = Noch einmal senden
upload-empty = In dieser Datei steht nichts.
upload-too-large = Sie ist größer als { $size }. Teilen Sie sie, oder speichern Sie sie kleiner.
upload-wrong-kind = Dateien dieser Art können nicht gelesen werden. Speichern Sie sie als PDF, DOCX, XLSX, CSV, HTML, Markdown oder Text.
upload-done = Gesendet: {"{}"}. Jetzt wird gelesen, und diese Seite zeigt, wie weit das ist.
upload-some-failed = Gesendet: {"{}"} von {"{}"}. Was mit den anderen ist, steht daneben.

# The list
documents-title = Was Ihr Assistent weiß
documents-empty = Noch nichts. Geben Sie ihm eine Preisliste, eine Seite Ihrer Website oder was Kunden oft fragen; eine Minute später antwortet er daraus.
documents-none-match = Keine Dokumente passen dazu.
documents-count =
    { $count ->
        [one] 1 Dokument
       *[other] { $count } Dokumente
    }
documents-on-page =
    { $count ->
        [one] 1 Dokument auf dieser Seite
       *[other] { $count } Dokumente auf dieser Seite
    }
document-count-ready =
    { $count ->
        [one] 1 bereit
       *[other] { $count } bereit
    }
document-count-reading =
    { $count ->
        [one] 1 wird noch gelesen
       *[other] { $count } werden noch gelesen
    }
document-count-failed =
    { $count ->
        [one] 1 nicht lesbar
       *[other] { $count } nicht lesbar
    }
document-status-waiting-for-file = wartet auf die Datei
document-status-queued = wartet darauf, gelesen zu werden
document-status-reading = wird gelesen
document-status-ready = bereit
document-status-failed = nicht lesbar
document-told-ready = { $name } ist bereit.
document-told-failed = { $name } konnte nicht gelesen werden.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = Webseite
format-markdown = Markdown
format-text = Text
format-faq = Fragen und Antworten
document-pages =
    { $count ->
        [one] 1 Seite
       *[other] { $count } Seiten
    }
document-chunks =
    { $count ->
        [one] 1 Abschnitt
       *[other] { $count } Abschnitte
    }
document-unread =
    { $count ->
        [one] 1 Seite konnte nicht gelesen werden
       *[other] { $count } Seiten konnten nicht gelesen werden
    }
size-kb = { $size } KB
size-mb = { $size } MB

# Why a document could not be read
document-failure-unknown-format = Dateien dieser Art können nicht gelesen werden. Speichern Sie sie als PDF, DOCX, XLSX, CSV, HTML, Markdown oder Text.
document-failure-damaged = Die Datei ist beschädigt oder nicht das, was ihr Name sagt. Speichern Sie sie neu und ersetzen Sie sie.
document-failure-protected = Die Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne und ersetzen Sie sie.
document-failure-too-large = Die Datei ist zu groß oder hat zu viele Seiten. Teilen Sie sie.
document-failure-empty = In dieser Datei gibt es nichts zu lesen.
document-failure-only-images = Alle Seiten sind Bilder ohne Text. Ersetzen Sie sie durch eine Datei, in der sich der Text markieren lässt.
document-failure-index-full = Mit Ihren anderen Dokumenten zusammen ist es mehr, als Platz hat. Löschen Sie, was Sie nicht brauchen.
document-failure-took-too-long = Das Lesen hat zu lange gedauert. Teilen Sie die Datei, oder speichern Sie sie in einem anderen Format.

# One document
back-to-knowledge = Zurück zu den Dokumenten
document-kind = Art
document-size = Größe
document-page-count = Seiten
document-chunk-count = Abschnitte
document-languages = Sprachen
document-uploaded = Hinzugefügt
document-ready-at = Bereit seit
document-unread-image = Bilder ohne Text
document-unread-broken = Beschädigte Seiten
document-unread-text = Was auf diesen Seiten steht, weiß Ihr Assistent nicht. Ersetzen Sie die Datei durch eine, in der sich der Text markieren lässt.
document-page-list = Seiten { $pages }
document-change = Name und Ort
document-name = Name
document-replace = Datei ersetzen
document-replace-text = Bis die neue Version gelesen ist, antwortet Ihr Assistent aus der bisherigen.
document-file = Neue Version
document-remove = Löschen
document-remove-text = Ihr Assistent antwortet dann nicht mehr daraus. Auch die Datei ist weg: Das lässt sich nicht rückgängig machen.
do-document-remove = Dieses Dokument löschen
done-document-remove = Das Dokument ist gelöscht.
knowledge-clear = Alles löschen
knowledge-clear-text = Alle Dokumente und alle Fragen mit ihren Antworten verschwinden für immer. Das lässt sich nicht rückgängig machen.
knowledge-clear-confirm = Zur Bestätigung { $name } eingeben
done-knowledge-clear = Alles ist gelöscht.

# Questions with their answers
pairs-text = Eine Antwort, die Sie schreiben, wird Wort für Wort gegeben. Am besten geht es in jeder um eine Sache.
pairs-settings = Die kurze Liste in Ihren Einstellungen wird auch verwendet.
pairs-one = Eine hinzufügen
pairs-many = Viele auf einmal hinzufügen
pairs-list = Liste
pairs-new-list = Eine neue Liste
pairs-name = Name der neuen Liste
pairs-first-name = Was Kunden fragen
pair-question = Frage
pair-answer = Antwort
pair-line = Zeile
do-pair-add = Hinzufügen
done-pair-add = Die Antwort ist hinzugefügt.
pairs-paste = Ihre Fragen und Antworten
pairs-paste-hint = Fügen Sie zwei Spalten einer Tabelle ein, schreiben Sie „F:“ und „A:“ davor, oder jede Frage mit der Antwort darunter.
pairs-count = Verstanden: {"{}"}. Nicht verstanden: {"{}"}.
pairs-understood = Was verstanden wurde
pairs-rest = Und {"{}"} weitere.
pairs-wrong = Was nicht verstanden wurde
pairs-line = Zeile {"{}"}:
pairs-no-question = Dies gehört zu keiner Frage.
pairs-no-answer = Zu dieser Frage fehlt die Antwort.
pairs-long-question = Die Frage ist länger als {"{}"} Zeichen.
pairs-long-answer = Die Antwort ist länger als {"{}"} Zeichen.
pairs-twice = Dieselbe Frage steht in Zeile {"{}"}.
pairs-too-many = Eine Liste fasst höchstens {"{}"}.
pairs-columns = Das sind mehr als zwei Spalten.
pairs-none = Noch wurde nichts verstanden.
do-pairs-add = Hinzufügen, was verstanden wurde
done-pairs-add = Hinzugefügt: {"{}"}. Gleich weiß es Ihr Assistent.
pairs-lists = Ihre Listen
pairs-lists-empty = Noch keine Listen.
pairs-script = Zum Hinzufügen wird JavaScript gebraucht. Ihre Listen stehen unten.
pairs-in-list = Fragen in dieser Liste
pairs-add-here = Frage hinzufügen
done-pair-remove = Die Frage ist entfernt.
pair-gone = Diese Frage steht nicht mehr in der Liste: Jemand hat sie geändert. Laden Sie die Seite neu.

# A question is tried
ask-title = Eine Frage ausprobieren
ask-text = So, wie ein Kunde sie stellen würde. Nichts wird gesendet oder gespeichert.
ask-question = Frage
do-ask = Nachsehen
do-ask-reset = Neu beginnen
ask-from = Die Antwort käme aus {"{}"}
ask-none = Nicht beantwortet: Nichts hier passt gut genug. Ihr Team wird gefragt.
ask-nothing = Nicht beantwortet: Nichts wurde gefunden. Ihr Team wird gefragt.
ask-page = Seite {"{}"}
ask-score = Wert
ask-score-of = {"{}"} (verwendet ab {"{}"})
ask-marked = Der markierte Satz ist der, der zitiert würde.

# What no one had an answer for
gaps-text = Was mehrere Kunden gefragt haben und nichts hier beantwortet, jeden Montag gesammelt. Schreiben Sie die Antwort einmal, und der Nächste bekommt sie sofort.
gaps-empty = Nichts ist offen. Was mehrere Kunden fragen und nichts beantwortet, steht dann hier.
gap-times =
    { $count ->
        [one] einmal gefragt
       *[other] { $count }-mal gefragt
    }
gap-last = zuletzt
gap-examples = In den Worten der Kunden
gap-draft = Diese Antwort ist ein Entwurf aus dem, was Ihr Team einem von ihnen geschrieben hat. Lesen Sie sie, bevor Sie sie hinzufügen.
do-gap-add = Antwort hinzufügen
done-gap-add = Zu Ihren häufigen Fragen hinzugefügt. Ihr Assistent beantwortet das ab jetzt.
do-gap-dismiss = Verwerfen
done-gap-dismiss = Verworfen.
